"""A document's two editions side by side, paired by id.

In: the editions of one document and the finished tree of each. Out: `Row`s in the order of the text: the
heading or paragraph of each language as HTML, with its marks and term links, without its number, which
stands once a row. Where one edition lacks an id its cell is None, and the page says so. A draft has a row of
its own, without an id: nobody knows yet which other one it belongs to. Links lead from the
site's root, for `kb.marks.links.led`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass

from kb.corpus import Page
from kb.marks.links import Addresses, lead_from_root
from kb.marks.numbers import DRAFT, NUMBER
from kb.reading import trees
from kb.reading.trees import Element

# What may stand below the words of a list item, and is not part of them: here it has a row of its own.
_APART = frozenset(("aside", "div", "ul", "ol", "blockquote", "table", "pre"))


@dataclass(frozen=True, slots=True)
class Row:
    """`kind` is heading, paragraph, item or quotation; `number` is that of an ordered list, as in `3.`;
    `cells` are in the order of the pages. A draft has no id."""

    id: str
    kind: str
    level: int
    number: str
    cells: tuple[str | None, ...]


def rows(pages: Sequence[Page], finished: Sequence[Element],
         address: Callable[[Page], Addresses]) -> tuple[Row, ...]:
    """The rows of `pages`, in the order of the first; what only a later one has comes last. `address` says
    where the links of each lead."""
    contents = [_contents(page, root, address(page)) for page, root in zip(pages, finished, strict=True)]
    kinds = {block.id: block for page in reversed(pages) for block in page.blocks if block.id}
    ids = dict.fromkeys(anchor for page in pages for anchor in page.anchors)
    drafts: dict[str, list[Row]] = {}
    for place, found in enumerate(contents):
        for anchor, kind, html in found.drafts:
            cells = tuple(html if one == place else None for one in range(len(pages)))
            drafts.setdefault(anchor, []).append(Row("", kind, 0, "", cells))
    made = list(drafts.get("", ()))
    for anchor in ids:
        if anchor in kinds:
            made.append(Row(anchor, kinds[anchor].kind, kinds[anchor].level, kinds[anchor].number,
                            tuple(found.cells.get(anchor) for found in contents)))
        made += drafts.get(anchor, ())
    return tuple(made)


@dataclass
class _Contents:
    """Every id of a page → what stands there, as HTML; and each draft: the id before it, its kind, HTML."""

    cells: dict[str, str]
    drafts: list[tuple[str, str, str]]


def _contents(page: Page, root: Element, address: Addresses) -> _Contents:
    wanted = page.anchors
    found = _Contents({}, [])
    before = ""
    for element in root.iter():
        anchor = element.get("id", "")
        is_draft = len(element) > 0 and element[0].get("class") == DRAFT
        if anchor in wanted or is_draft:
            own = _words(element)
            lead_from_root(own, page.path, address)
            if is_draft:
                found.drafts.append((before, _kind(element), trees.inner(own).strip()))
            else:
                found.cells[anchor] = trees.inner(own).strip()
                before = anchor
    return found


def _kind(element: Element) -> str:
    if element.tag == "li":
        return "item"
    return "quotation" if next(element.iterancestors("blockquote"), None) is not None else "paragraph"


def _words(element: Element) -> Element:
    """The words of a paragraph, item or heading with their markup."""
    own = deepcopy(element)
    for child in list(own):
        if child.tag in _APART or child.get("class") in (NUMBER, "kb-stale"):
            trees.drop(child)
    return own
