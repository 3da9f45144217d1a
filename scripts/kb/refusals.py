"""What other plugins must not do, because no check, no search and no book would see it, and a licence that
tells nobody anything.

In: plain values of what MkDocs has and of what the project has. Out: the message with which the build stops,
empty where nothing is wrong. Each says what to do instead. Knows nothing of MkDocs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kb.corpus import Page
from kb.languages import CHINESE, JAPANESE
from kb.project import Project
from kb.reading.settings import license_of


def of_extensions(project: Project, named: Iterable[str]) -> str:
    """Markdown extensions that a plugin has added: only those of mkdocs.yml read the texts."""
    own = project.settings.extensions
    added = next((name for name in named if name not in own), None) if project.corpus.pages else None
    return (f"kb: a plugin adds the Markdown extension “{added}”, which no text is read with: "
            "name it under markdown_extensions in mkdocs.yml") if added else ""


def of_license(value: object) -> str:
    """A licence (`extra.license`) that does not say what it is called and where it can be read."""
    return "" if value is None or license_of(value) else (
        "kb: extra.license in mkdocs.yml must have a name and an address, as in "
        "{name: CC BY 4.0, address: https://creativecommons.org/licenses/by/4.0/}; without one, leave it out")


def of_text(page: Page, markdown: str) -> str:
    """Another text than the page's own. static-i18n takes every text apart at its lines, and leaves out the
    last line breaks; plugins may do so at both ends."""
    is_same = markdown.strip().splitlines() == page.markdown.strip().splitlines()
    return "" if is_same else (
        f"kb: a plugin changes the text of {page.file} before it is shown, where no check "
        "and no search would see it: take it out of mkdocs.yml, or change the text itself")


def of_added_page(name: str) -> str:
    """A page that static-i18n has not seen."""
    return (f"kb: a plugin adds the page {name}, which no check and no search would see: put it into "
            f"{CHINESE.tree}/ or {JAPANESE.tree}/")


def of_left_out(pages: Iterable[Page], built: Collection[str]) -> str:
    """A page that is not among the places that are built, to which search, books and files for programs
    would still lead."""
    missing = next((page for page in pages if f"{page.place}index.html" not in built), None)
    return (f"kb: {missing.file} is left out of the site, but search leads to it: take it out of "
            "exclude_docs and draft_docs in mkdocs.yml, or take out the plugin that removes it; a draft can "
            "stand outside the trees") if missing else ""
