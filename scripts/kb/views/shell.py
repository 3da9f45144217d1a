"""What every page has around its content: its place, its languages, its head, the way to it.

In: the project, a path and a language. Out: a `Shell`, which every template is given as `kb`; and, for the
sitemap, the languages of every page. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb import kinds
from kb.citation import page_head, references
from kb.citation.references import Reference
from kb.corpus import Page
from kb.glossary.concepts import FOLDER
from kb.languages import LANGUAGES, Language, word
from kb.project import Project
from kb.reading import License
from kb.targets import address
from kb.views import generated
from kb.views.words import Words


@dataclass(frozen=True)
class Alternate:
    """The same page in another language. `exists` is false where only a notice stands there."""

    language: Language
    address: str
    exists: bool


@dataclass(frozen=True)
class Shell(Words):
    """The page at `address`. `page` is what its author wrote; on a fallback page that in the other language,
    and None for pages that the site makes itself."""

    address: str
    page: Page | None = None
    template: str = "main.html"
    description: str = ""  # one sentence; empty where nobody wrote one
    alternates: tuple[Alternate, ...] = ()
    crumbs: tuple[tuple[str, str], ...] = ()  # (title, address) of the pages above
    feeds: tuple[tuple[str, str], ...] = ()  # (title, address), the nearest to the page first
    has_texts: bool = False  # then there is something to quote, to take along, to write notes on
    term_index: str = ""  # the path of the page that lists all concepts
    site_url: str = ""
    reference: Reference | None = None  # how the page is cited
    license: License | None = None  # of what the site's editors write
    as_of: str = ""  # how far editors looked up what is in force, on pages of theirs that say it

    @property
    def is_fallback(self) -> bool:
        return self.page is not None and self.page.language is not self.language

    @property
    def twin(self) -> Alternate:
        return next(a for a in self.alternates if a.language is not self.language)

    @property
    def without_search(self) -> str:
        """Where the search leads without scripts: the glossary, if there is one."""
        return address(self.term_index or "index.md", self.language)

    def term_index_in(self, language: Language) -> str:
        return address(self.term_index, language)

    def head(self, title: str, description: str) -> page_head.Head:
        """What the page's head tells programs; a page that only stands in for its translation says
        it of the page in the other language."""
        shown = self.twin if self.is_fallback else None
        place = page_head.Place(
            shown.address if shown else self.address, shown.language if shown else self.language,
            tuple(one.language for one in self.alternates if one.exists), self.site_url,
            self.page.kind if self.page else "")
        return page_head.head(place, title, description, self.reference)


def of(
    project: Project, path: str, language: Language, *, template: str, about: Page | None, site_url: str
) -> Shell:
    """The shell of the page at `path` (as in `articles/x.md`); `about` is the document that the site makes it
    of, if it does."""
    corpus = project.corpus
    page = None if about else corpus.nearest(path, language)
    is_made = page is None and bool(generated.name(path))
    description = str(page.front.get("description") or "") if page else ""
    return Shell(
        language, address(path, language), page, template,
        description=generated.description(path, about, language) if is_made else description,
        alternates=tuple(
            Alternate(one, address(path, one), is_made or corpus.page(path, one) is not None)
            for one in LANGUAGES),
        crumbs=_crumbs(project, path, language, about),
        feeds=tuple(_feeds(project, path, language)),
        has_texts=corpus.has_texts,
        term_index=next((one for one in (f"{FOLDER}/index.md", f"{FOLDER}.md") if corpus.editions(one)), ""),
        site_url=site_url,
        reference=references.reference(project, page, site_url),
        license=project.settings.license,
        as_of=project.as_of if page and _says_what_is_in_force(page) else "",
    )


def _crumbs(
    project: Project, path: str, language: Language, document: Page | None
) -> tuple[tuple[str, str], ...]:
    """The pages above this one: home, the folder's index, and for a page made of a document that one."""
    if path == "index.md":
        return ()
    crumbs = [(word("home", language.tag), address("index.md", language))]
    folder = (document.path if document else path).rpartition("/")[0]
    index = f"{folder}/index.md"
    if folder and index != path and (page := project.corpus.page(index, language)):
        crumbs.append((page.title, address(index, language)))
    if document:
        crumbs.append((document.title, address(document.path, language)))
    return tuple(crumbs)


def _feeds(project: Project, path: str, language: Language) -> Iterator[tuple[str, str]]:
    """The feeds that somebody who reads this page may want to follow: as `kb.exports.feeds` makes them."""
    tag, page = language.tag, project.corpus.nearest(path, language)
    if page and page.is_document and project.register(page.document).entries:
        yield word("feed-document", tag, title=page.title), f"{address(path, language)}feed.xml"
    if page and page.kind == kinds.CONCEPT and page.language is language:
        yield word("feed-concept", tag, title=page.title), f"{address(path, language)}feed.xml"
    if path.startswith("commentary/") and project.comments:
        yield word("feed-title", tag), f"{language.prefix}commentary/feed.xml"
    if project.comments or project.registers:
        yield word("feed-all", tag), f"{language.prefix}feed.xml"


def _says_what_is_in_force(page: Page) -> bool:
    """Whether editors say on it what the law is: the glossary, commentary and the timeline do."""
    return page.is_commentary or page.kind in ("concept", "timeline")


def addresses(project: Project) -> tuple[tuple[Alternate, ...], ...]:
    """For the sitemap: every page, with the languages in which it really exists."""
    pages = [(path, {page.language for page in project.corpus.editions(path)})
             for path in project.corpus.paths]
    pages += [(path, set(LANGUAGES)) for path in project.made]
    return tuple(
        tuple(Alternate(one, address(path, one), True) for one in LANGUAGES if one in languages)
        for path, languages in pages
    )
