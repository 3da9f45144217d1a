"""What is read in one Markdown text: plain values, which nothing changes.

In: what `kb.reading.reader` found. Out: a `Reading` with its `Block`s and `Link`s. Refuses nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.reading import trees
from kb.reading.allowed import Refused
from kb.reading.trees import Element


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture as it was written. `line` counts from 1 within the Markdown; 0 if unknown."""

    target: str
    text: str
    line: int
    is_picture: bool = False


@dataclass(frozen=True, slots=True)  # there are as many as paragraphs
class Block:
    """One heading, paragraph, list item, cell …: words that stand together.

    `kind` is heading, paragraph, item, quotation, cell, caption, term, description, code, summary,
    footnote, picture (its words are the description) or ruby (its words are the readings). `id` is
    that of its element; `is_given` says that an author gave it, not a machine. `line` and `last_line` count
    from 1 within the Markdown, 0 where they cannot be told. `marker` is a list item's own mark (`*` or
    `3.`), `level` a heading's. `indent` is what a further line of the block must begin with.
    """

    kind: str
    text: str
    id: str | None = None
    line: int = 0
    last_line: int = 0
    indent: str = ""
    level: int = 0
    marker: str = ""
    is_given: bool = True
    anchor: str = ""  # the nearest id around it, its own if it has one

    @property
    def number(self) -> str:
        """What stands before an item of an ordered list, as in `3.`; empty elsewhere."""
        return self.marker if self.marker[:1].isdecimal() else ""


def pack(html: str) -> bytes:
    # The fastest level of zlib: an eighth of the size, in a fiftieth of the time that reading takes.
    return zlib.compress(html.encode(), 1)


@dataclass(frozen=True)
class Reading:
    """What one Markdown text shows. `packed` is its HTML, compressed: all of a site wait in memory until
    their pages are made. `contents` are the entries of the contents list as Python-Markdown gives them; `ids`
    all ids of the page; `unsupported` is (line, what) of everything that is not plain text with links,
    emphasis, code and passages in another language; `refused` everything that no page may contain."""

    blocks: tuple[Block, ...] = ()
    packed: bytes = pack("")
    contents: tuple[Mapping[str, Any], ...] = ()
    links: tuple[Link, ...] = ()
    ids: frozenset[str] = frozenset()
    unsupported: tuple[tuple[int, str], ...] = ()
    refused: tuple[Refused, ...] = ()
    unknown_lines: tuple[str, ...] = ()  # the beginnings of blocks whose lines cannot be told
    fault: str = ""  # what browsers might read otherwise, in HTML that does not close what it opens
    problem: str = ""  # why it could not be read at all

    @property
    def html(self) -> str:
        """What `tree()` is made of."""
        return zlib.decompress(self.packed).decode()

    def tree(self) -> Element:
        """The tree, a new one each time: it is there to be changed."""
        return trees.parsed(self.html)
