"""What can be found: everything that a page shows, in the order in which it is ranked.

In: the project and a language. Out: `Part`s, what can be found of each page, which may be remembered; and of
all parts together `Unit`s, each with its ordinal. Titles and the forms of concepts come first, then headings,
then the blocks of the text, then what templates print beside it; within each those of newer pages first, and
undated pages last. At the end are earlier wordings, of which the search says nothing. So an ordinal is a
rank, and the blocks of a heading are neighbours. Units are tuples, because there are as many as paragraphs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kb import dates
from kb.corpus import ALONE, CITABLE, Page
from kb.languages import Language, other
from kb.project import Project
from kb.reading import Block
from kb.search import beside, earlier
from kb.search.beside import Where
from kb.search.folding import Folder, marked

# The places that an ordinal stands for. A unit takes as many ordinals as its text needs, with at
# least one place to spare, so that no two units touch: most take one.
PLACES = 256
TITLE, TERM, HEADING, PARAGRAPH, OTHER, EARLIER = range(6)
_RANKS = 6


class Found(NamedTuple):
    """One thing that can be found, as its page shows it. `anchor` is the id to lead to, "" for the
    page; `is_own` says that it is the unit's own. `headings` is the path of headings above a
    paragraph. `has_twin`: it stands in the other language too, under the same id. `stood`, of an earlier
    wording: since when, until when, its fingerprint."""

    kind: int
    page: Where
    text: str
    anchor: str = ""
    is_own: bool = False
    has_twin: bool = False
    headings: tuple[str, ...] = ()
    under: int = -1  # the title's or heading's place among all that are found in the part
    folded: str = ""  # the text with marked words
    stood: tuple[str, ...] = ()


class Part(NamedTuple):
    """What can be found of the page at one path, and of those that the site makes of it."""

    path: str
    date: str
    found: tuple[Found, ...]


class Unit(NamedTuple):
    """`under` is the ordinal of the heading it stands under, the title's where there is none, -1 for titles
    and headings."""

    found: Found
    ordinal: int
    under: int

    @property
    def folded(self) -> str:
        return self.found.folded

    @property
    def end(self) -> int:
        """The first ordinal that is not this unit's."""
        return self.ordinal + len(self.found.folded) // PLACES + 1


def of(project: Project, language: Language) -> tuple[Unit, ...]:
    """All units of `language`, by ordinal."""
    fold = Folder()
    return ranked([part(project, path, language, fold) for path in paths(project)])


def paths(project: Project) -> tuple[str, ...]:
    """Where there may be something to find."""
    return tuple(dict.fromkeys((*project.corpus.paths, *ALONE)))


def part(project: Project, path: str, language: Language, fold: Callable[[str], str]) -> Part:
    """What readers of `language` can find of the page at `path`."""
    page = project.corpus.page(path, language)
    found = [*_of_page(page, project)] if page else []
    found += (Found(OTHER, one.where, one.text, one.anchor)
              for one in beside.of_path(project, path, language))
    if page and page.is_document:
        found += (Found(EARLIER, beside.where(page), one.text, one.anchor, True,
                        stood=(one.since, one.until, one.fingerprint))
                  for one in earlier.of_page(project, page))
    return Part(path, page.date if page else "",
                tuple(one._replace(folded=marked(fold(one.text))) for one in found))


def ranked(parts: Iterable[Part]) -> tuple[Unit, ...]:
    """The units of all `parts`, by ordinal."""
    ordered = sorted(parts, key=lambda part: (dates.newest_first(part.date), part.path))
    units: list[Unit] = []
    ordinals = [[-1] * len(part.found) for part in ordered]
    ordinal = 0
    for rank in range(_RANKS):
        for part, own in zip(ordered, ordinals, strict=True):
            for place, one in enumerate(part.found):
                if _rank(one) == rank:
                    units.append(Unit(one, ordinal, own[one.under] if one.under >= 0 else -1))
                    own[place] = ordinal
                    ordinal = units[-1].end
    return tuple(units)


def _rank(one: Found) -> int:
    """What comes first: titles and terms; what stands on pages that the site makes is last of what the search
    finds."""
    if one.kind == EARLIER:
        return _RANKS - 1
    return max(TITLE, one.kind - 1) + (one.kind == OTHER and one.page.kind == beside.MADE)


def written(part: Part) -> bytes:
    """`part` as bytes."""
    pages = list(dict.fromkeys(one.page for one in part.found))
    return json.dumps([part.path, part.date, pages, [(*one[:1], pages.index(one.page), *one[2:])
                                                     for one in part.found]],
                      ensure_ascii=False, separators=(",", ":")).encode()


def parsed(data: bytes) -> Part:
    """The part that these bytes are."""
    path, date, pages, found = json.loads(data)
    known = [Where(*one) for one in pages]
    return Part(path, date, tuple(
        Found(kind, known[page], text, anchor, is_own, has_twin, tuple(headings), under, folded, tuple(stood))
        for kind, page, text, anchor, is_own, has_twin, headings, under, folded, stood in found))


def _of_page(page: Page, project: Project) -> Iterator[Found]:
    """The title of `page`, its terms, and everything in its text in order."""
    twin = project.ids_of(page.path, other(page.language))
    here = beside.where(page)
    yield Found(TITLE, here, page.title, "", True, twin is not None)
    place = 1
    if term := _term(page, project):
        yield Found(TERM, here, "\n".join(term), "", True, twin is not None)
        place += 1
    shared = twin or frozenset()
    under = 0
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
            under = 0
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
    return term.forms if term and term.page.path == page.path else ()
