"""Links, as they are right where a page is shown.

In: a tree whose links are as its author wrote them, to Markdown files and pictures of its own tree; where it
is to be shown. Out: the same tree: each link leads from there to the address of what it names. Links to other
sites stay as they are; one that leads nowhere stays too, since `kb.links` has named it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from urllib.parse import quote, unquote, urlsplit

from kb.reading.trees import Element

_PARTS = ("href", "src", "poster")


def lead(root: Element, path: str, here: str, address: Callable[[str], str | None]) -> None:
    """Make the links of a text that is written at `path` right at the address `here`. `address` gives the
    address of what stands at a path of the tree, below the site's root; None for nothing."""
    for element in root.iter():
        for name in _PARTS:
            target = element.get(name)
            if target is not None:
                element.set(name, leading(target, path, here, address))


def leading(target: str, path: str, here: str, address: Callable[[str], str | None]) -> str:
    """One link."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return target
    if parts.scheme or parts.netloc or parts.path.startswith(("/", "\\")):
        return target
    if not parts.path:
        if here == address(path):
            return target
        goal = path
    else:
        goal = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    there = address(goal)
    if there is None:
        return target
    relative = posixpath.relpath("/" + there, "/" + here)
    if there.endswith("/") or not there:
        relative += "/"
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{quote(unquote(parts.fragment), safe='/:?@!$&()*+,;=~')}" if parts.fragment else ""
    return relative + query + fragment
