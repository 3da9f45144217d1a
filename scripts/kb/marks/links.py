"""Links, as they are right where a page is shown.

In: a tree whose links are as its author wrote them, to Markdown files and pictures of its own tree; where it
is to be shown. Out: the same tree: each link leads from there to the address of what it names. Links to other
sites stay as they are; one that leads nowhere stays too, since `kb.links` has named it.
"""

from __future__ import annotations

from collections.abc import Callable

from kb.reading.trees import Element
from kb.targets import relative, resolved

_PARTS = ("href", "src", "poster")
Addresses = Callable[[str], str | None]


def lead(root: Element, path: str, here: str, address: Addresses) -> None:
    """Make the links of a text that is written at `path` right at the address `here`. `address` gives the
    address of what stands at a path of the tree, below the site's root; None for nothing."""
    own = address(path) == here
    for element in root.iter():
        for name in _PARTS:
            link = element.get(name)
            if link is not None and not (own and link.startswith("#")):
                element.set(name, _leading(link, path, here, address))


def _leading(link: str, path: str, here: str, address: Addresses) -> str:
    target = resolved(path, link)
    there = address(target.path) if target.kind in ("page", "file", "anchor") else None
    return link if there is None else relative(here, there) + target.tail
