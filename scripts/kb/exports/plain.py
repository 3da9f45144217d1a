"""The site for programs and for readers of plain text.

In: the project, a language, the site's address. Out: each page's own Markdown at `<page>/index.md`,
its links leading to the Markdown of other pages, and `llms.txt` (llmstxt.org): one list of all of
them. What a page is (its front matter) stands at its head, the ids of its paragraphs in the text.
"""

from __future__ import annotations

import json
import re

from kb import kinds
from kb.characters import one_line
from kb.corpus import Page
from kb.languages import LANGUAGES, Language, other, word
from kb.project import Project
from kb.reading.relinked import relinked
from kb.targets import Target, address, encoded, file_address, moved, relative
from kb.views import Words

NAME = "index.md"
# No text that begins with dashes, or with “# ”, is a script: as `text/markdown` a page could otherwise run it
# as one.
_HEAD = "---\ntitle: {}\n---\n\n"
_SHELVES = (*kinds.SHELVES, "commentary", "glossary", "about")


def of_page(project: Project, path: str, language: Language) -> dict[str, str]:
    page = project.corpus.page(path, language)
    return {place(page): markdown(project, page)} if page else {}


def of_all(project: Project, language: Language, site_url: str) -> dict[str, str]:
    has_home = project.corpus.page("index.md", language)
    return {f"{language.prefix}llms.txt": llms(project, language, site_url)} if has_home else {}


def place(page: Page) -> str:
    """Where the Markdown of `page` stands below the site's root."""
    return f"{page.place}{NAME}"


def markdown(project: Project, page: Page) -> str:
    """The Markdown of `page` as its file has it, but for its links, which are right at its place."""
    corpus, here = project.corpus, encoded(place(page))

    def there(target: Target) -> str:
        if goal := corpus.page(target.path, page.language):
            return relative(here, encoded(place(goal)))
        if target.kind == "page":  # in the other language only, or made by the site: its page
            return relative(here, address(target.path, page.language))
        # A picture: that of the default language where this one has none of its own.
        own = target.path in corpus.trees[page.language.tag].files
        return relative(here, file_address(target.path, page.language if own else LANGUAGES[0]))

    text = relinked(page.markdown, page.reading, lambda link: moved(page.path, link, there))
    if page.head or text.startswith("# "):
        return page.head + text
    return _HEAD.format(json.dumps(page.title, ensure_ascii=False)) + text


def llms(project: Project, language: Language, site_url: str) -> str:
    """A title, what the site is, and a list a shelf: title, address, description of each page."""

    def there(target: str) -> str:
        return site_url + target if site_url else relative(language.prefix, target)

    def entry(page: Page) -> str:
        description = _label(" ".join(str(page.front.get("description", "")).split()))
        said = f"{word('colon', language.tag)}{description}" if description else ""
        return f"- [{_label(page.title)}]({there(encoded(place(page)))}){said}\n"

    home = project.corpus.page("index.md", language)
    about = _label(" ".join(str(home.front.get("description", home.title)).split())) if home else ""
    parts = [f"# {word('site-name', language.tag)}\n\n> {about}\n\n{word('llms-note', language.tag)}\n\n"
             f"{Words(language).all_rights(project.settings.license)}\n"]
    folders = {path.rpartition("/")[0] for path in project.corpus.paths} - {"", *_SHELVES}
    for shelf in (*_SHELVES, *sorted(folders)):
        pages = sorted(project.corpus.below(shelf, language), key=lambda page: page.path)
        if pages:
            index = project.corpus.page(f"{shelf}/index.md", language)
            parts.append(f"\n## {_label(index.title if index else shelf)}\n\n" + "".join(map(entry, pages)))
    loose = project.corpus.below("", language)
    parts.append("\n## Optional\n\n" + "".join(map(entry, loose)))
    twin = other(language)
    parts.append(f"- [{word('site-name', twin.tag)}]({there(f'{twin.prefix}llms.txt')})\n")
    return "".join(parts)


def _label(text: str) -> str:
    """`text` as Markdown shows it: no link, no HTML, no reference, no code, in one line."""
    return re.sub(r"[\\\[\]<`]|&(?=[#\w])", r"\\\g<0>", one_line(text))
