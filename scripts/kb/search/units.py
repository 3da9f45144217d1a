"""What can be found: everything that a page shows, in the order in which it is ranked.

In: the project and a language. Out: `Unit`s, each with its ordinal. Titles and the forms of concepts
come first, then headings, then the blocks of the text, then what templates print beside it; within each
those of newer pages first, and undated pages last. So an ordinal is a rank, and the blocks of a heading are
neighbours. Units are tuples, because there are as many as paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kb import dates
from kb.corpus import CITABLE, Page
from kb.languages import Language, other
from kb.project import Project
from kb.reading import Block
from kb.search import beside
from kb.search.beside import Where
from kb.search.folding import Folder, marked

# The places that an ordinal stands for. A unit takes as many ordinals as its text needs, with at
# least one place to spare, so that no two units touch: most take one.
PLACES = 256
TITLE, TERM, HEADING, PARAGRAPH, OTHER = range(5)


class Found(NamedTuple):
    """One thing that can be found, as its page shows it. `anchor` is the id to lead to, "" for the
    page; `is_own` says that it is the unit's own. `headings` is the path of headings above a
    paragraph. `has_twin`: it stands in the other language too, under the same id."""

    kind: int
    page: Where
    text: str
    anchor: str = ""
    is_own: bool = False
    has_twin: bool = False
    headings: tuple[str, ...] = ()
    under: int = -1  # the title's or heading's place among all that are found


class Unit(NamedTuple):
    """`folded` is its text with marked words; `under` the ordinal of the heading it stands under, the
    title's where there is none, -1 for titles and headings."""

    found: Found
    folded: str
    ordinal: int
    under: int

    @property
    def end(self) -> int:
        """The first ordinal that is not this unit's."""
        return self.ordinal + len(self.folded) // PLACES + 1


def of(project: Project, language: Language) -> tuple[Unit, ...]:
    """All units of `language`, by ordinal."""
    found: list[Found] = []
    for page in _newest_first(project.corpus.pages.values(), language):
        found += _of_page(page, project, len(found))
    found += (Found(OTHER, one.where, one.text, one.anchor)
              for page in _newest_first(project.corpus.pages.values(), language)
              for one in beside.of_page(project, page))
    found += (Found(OTHER, one.where, one.text, one.anchor)
              for one in (*beside.of_collations(project, language), *beside.of_parallels(project, language),
                          *beside.of_state(project, language)))
    fold = Folder()
    ordinals = [-1] * len(found)
    units: list[Unit] = []
    ordinal = 0
    for kinds in ((TITLE, TERM), (HEADING,), (PARAGRAPH,), (OTHER,)):
        for place, one in enumerate(found):
            if one.kind in kinds:
                under = ordinals[one.under] if one.under >= 0 else -1
                units.append(Unit(one, marked(fold(one.text)), ordinal, under))
                ordinals[place] = ordinal
                ordinal = units[-1].end
    return tuple(units)


def _newest_first(pages: Iterable[Page], language: Language) -> list[Page]:
    def key(page: Page) -> tuple[tuple[int, int], str]:
        return dates.newest_first(page.date), page.path

    return sorted((page for page in pages if page.language is language), key=key)


def _of_page(page: Page, project: Project, first: int) -> Iterator[Found]:
    """The title of `page`, its terms, and everything in its text in order. `first` is the place that
    the title will have."""
    twin = project.corpus.page(page.path, other(page.language))
    here = beside.where(page)
    yield Found(TITLE, here, page.title, "", True, twin is not None)
    place = first + 1
    if term := _term(page, project):
        yield Found(TERM, here, "\n".join(term), "", True, twin is not None)
        place += 1
    shared = twin.anchors if twin else {}
    under = first
    above: list[tuple[int, str, str]] = []  # (level, text, id) of the headings over this place
    for block in page.blocks:
        if not block.text:
            continue
        path = tuple(text for _, text, _ in above if text)
        if block.kind != "heading":
            anchor = next((anchor for _, _, anchor in reversed(above) if anchor), "")
            own = block.id if block.kind in CITABLE else None
            yield Found(PARAGRAPH, here, _numbered(block), own or block.anchor or anchor, own is not None,
                        own in shared, path, under)
            place += 1
            continue
        above = [one for one in above if one[0] < block.level]
        if block.level == 1 and block.text == page.title:
            above.append((1, "", block.id or ""))
            under = first
            continue
        path = tuple(text for _, text, _ in above if text)
        above.append((block.level, block.text, block.id or ""))
        yield Found(HEADING, here, block.text, block.id or "", block.id is not None,
                    block.id in shared and block.is_given, path)
        under, place = place, place + 1


def _numbered(block: Block) -> str:
    """The words of a block, after the number that it has in an ordered list."""
    return f"{block.number} {block.text}" if block.number else block.text


def _term(page: Page, project: Project) -> tuple[str, ...]:
    """Every form of the concept that `page` is about, if it is about one."""
    terms = project.glossary.terms.get(page.language.tag, {})
    term = terms.get(page.document.rpartition("/")[2])
    return term.forms if term and term.page is page else ()
