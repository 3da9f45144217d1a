"""What `listing.html` asks for: pages in the order in which a reader looks for them.

In: the project and an index. Out: a `Listing`. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb import commentary, dates
from kb.corpus import Page
from kb.glossary import order
from kb.languages import Language
from kb.project import Project

_LONGEST_FIRST = ("essay", "update", "correction", "note")


@dataclass(frozen=True)
class Listing:
    """`pages` are those of a folder. Of the glossary there are its terms too, of commentary what it is on."""

    pages: tuple[Page, ...]
    glossary: tuple[order.Pair, ...] = ()
    by_document: tuple[tuple[Page, tuple[Page, ...]], ...] = ()

    @property
    def by_english(self) -> list[order.Pair]:
        return sorted(self.glossary, key=lambda pair: order.by_english(pair[0]))


def body(project: Project, page: Page, language: Language) -> Listing:
    folder = page.front.get("lists")
    if folder == "commentary":
        pages = newest_first(commentary.pages(project.corpus, language))
        return Listing(pages, by_document=_by_document(project, language))
    pages = newest_first(project.corpus.below(folder, language)) if folder else ()
    return Listing(pages, order.pairs(project.glossary, language) if folder == "glossary" else ())


def newest_first(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """By date, the newest first, and of one day the longest kinds of commentary first; what has no
    date (concepts) by reading."""

    def key(page: Page) -> tuple[object, ...]:
        rank = _LONGEST_FIRST.index(page.kind) if page.kind in _LONGEST_FIRST else 0
        reading = order.sorting_form(str(page.front.get("reading", "")))
        return dates.newest_first(page.date), rank, reading, page.path

    return tuple(sorted(pages, key=key))


def _by_document(project: Project, language: Language) -> tuple[tuple[Page, tuple[Page, ...]], ...]:
    """Each document with the commentary on it, in the order of its paragraphs."""
    result: list[tuple[Page, tuple[Page, ...]]] = []
    for (document, tag), comments in project.comments.items():
        page = project.corpus.nearest(f"{document}.md", language)
        if tag != language.tag or not page:
            continue
        places = {anchor: place for place, anchor in enumerate(page.anchors)}
        ordered = sorted(comments, key=lambda one: places.get(one.on, len(places)))
        result.append((page, tuple({one.page.path: one.page for one in ordered}.values())))
    return tuple(result)
