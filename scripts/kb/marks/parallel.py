"""A document's two editions side by side, paired by id.

In: the editions of one document and the finished tree of each. Out: `Row`s in the order of the text: the
heading or paragraph of each language as HTML, with its marks and term links, without its number, which
stands once a row. Where one edition lacks an id its cell is None, and the page says so. Links lead from the
site's root, for `kb.marks.links.led`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from kb.corpus import Page
from kb.marks.links import Addresses, lead_from_root
from kb.marks.numbers import NUMBER
from kb.reading import trees
from kb.reading.trees import Element

# What may stand below the words of a list item, and is not part of them: here it has a row of its own.
_APART = frozenset(("aside", "div", "ul", "ol", "blockquote", "table", "pre"))


@dataclass(frozen=True, slots=True)
class Row:
    """`kind` is heading, paragraph, item or quotation; `number` is that of an ordered list, as in `3.`;
    `cells` are in the order of the pages."""

    id: str
    kind: str
    level: int
    number: str
    cells: tuple[str | None, ...]


def rows(pages: Sequence[Page], finished: Sequence[Element],
         address: Callable[[Page], Addresses]) -> tuple[Row, ...]:
    """The rows of `pages`, in the order of the first; what only a later one has comes last. `address` says
    where the links of each lead."""
    contents = [_cells(page, root, address(page)) for page, root in zip(pages, finished, strict=True)]
    kinds = {block.id: block for page in reversed(pages) for block in page.blocks if block.id}
    ids = dict.fromkeys(anchor for page in pages for anchor in page.anchors)
    return tuple(
        Row(anchor, kinds[anchor].kind, kinds[anchor].level, kinds[anchor].number,
            tuple(content.get(anchor) for content in contents))
        for anchor in ids if anchor in kinds
    )


def _cells(page: Page, root: Element, address: Addresses) -> Mapping[str, str]:
    """Every id of `page` → what stands there, as HTML."""
    wanted = page.anchors
    found: dict[str, str] = {}
    for element in root.iter():
        if (anchor := element.get("id", "")) in wanted:
            own = _words(element)
            lead_from_root(own, page.path, address)
            found[anchor] = trees.inner(own).strip()
    return found


def _words(element: Element) -> Element:
    """The words of a paragraph, item or heading with their markup."""
    own = deepcopy(element)
    for child in list(own):
        if child.tag in _APART or child.get("class") in (NUMBER, "kb-stale"):
            trees.drop(child)
    return own
