"""Links, as they are right where a page is shown.

In: a tree whose links are as its author wrote them, to Markdown files and pictures of its own tree; where it
is to be shown. Out: the same tree: each link leads from there to the address of what it names. Links to other
sites stay as they are; one that leads nowhere stays too, since `kb.links` has named it. One that says
its own address is marked as that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.reading.trees import Element
from kb.targets import relative, resolved

_PARTS = ("href", "src", "poster")
BARE = "kb-bare"
Addresses = Callable[[str], str | None]


# Stands in a link for the site's root, until it is known where the link will be shown.
_ROOT = "kb-root:/"


def lead(root: Element, path: str, here: str, address: Addresses) -> None:
    """Make the links of a text that is written at `path` right at the address `here`. `address` gives the
    address of what stands at a path of the tree, below the site's root; None for nothing."""
    own = address(path) == here
    for element, name, link in _links(root):
        if not (own and link.startswith("#")):
            element.set(name, _leading(link, path, address, lambda there: relative(here, there)))


def lead_from_root(root: Element, path: str, address: Addresses) -> None:
    """Make the links right for any page, by `led`."""
    for element, name, link in _links(root):
        element.set(name, _leading(link, path, address, lambda there: _ROOT + there))


def led(html: str, here: str) -> str:
    """HTML of which the links lead from the root, as it is right at the address `here`."""
    return html.replace(_ROOT, "../" * here.count("/") or "./")


def mark_bare(root: Element) -> None:
    """Mark the links whose words are their address: on paper it has to be said once."""
    for link in root.iter("a"):
        href, said = link.get("href", ""), "".join(link.itertext()).strip()
        if said and "://" in href and said.rstrip("/") in (href.rstrip("/"), href.partition("://")[2].rstrip("/")):
            link.set("class", f"{link.get('class', '')} {BARE}".strip())


def _links(root: Element) -> Iterator[tuple[Element, str, str]]:
    for element in root.iter("a", "img", "source", "video", "audio", "link", "area"):
        for name in _PARTS:
            link = element.get(name)
            if link is not None:
                yield element, name, link


def _leading(link: str, path: str, address: Addresses, way: Callable[[str], str]) -> str:
    target = resolved(path, link)
    there = address(target.path) if target.kind in ("page", "file", "anchor") else None
    return link if there is None else way(there) + target.tail
