"""Lines of a text that hold nothing but signs, and so carry no number.

In: blocks in the order of the text, and the source lines. Out: the same blocks: one that begins or ends with
such a line takes it in, and one that is nothing else gets its place where only one line can be meant. It
refuses to guess: where two could be meant the lines stay unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.reading.values import Block


def settle(blocks: list[Block], lines: Sequence[str]) -> list[Block]:
    """The blocks with their lines, as far as these can be told."""
    taken = {number for block in blocks if block.line for number in range(block.line, block.last_line + 1)}
    made: list[Block] = []
    for block in blocks:
        if block.line and block.kind not in ("code", "picture", "ruby"):
            block = _widened(block, lines, taken)
        elif not block.line and block.text:
            block = _found(block, lines, taken)
        if block.line and not _holds(lines[block.line - 1 : block.last_line], block.text):
            block = replace(block, line=0, last_line=0)
        taken.update(range(block.line, block.last_line + 1) if block.line else ())
        made.append(block)
    return made


def _holds(lines: Sequence[str], text: str) -> bool:
    """Whether all letters of `text` are in `lines`: HTML that does not close what it opens can bring words
    together that do not belong together."""
    missing = set(text).difference(*lines)
    return not any(map(str.isalnum, missing)) or any("&" in line for line in lines)


def _widened(block: Block, lines: Sequence[str], taken: set[int]) -> Block:
    first, last = block.line, block.last_line
    while first > 1 and first - 1 not in taken and _is_at(lines[first - 2], block.text, at_end=False):
        first -= 1
    while last < len(lines) and last + 1 not in taken and _is_at(lines[last], block.text, at_end=True):
        last += 1
    if (first, last) == (block.line, block.last_line):
        return block
    return replace(block, line=first, last_line=last)


def _is_at(line: str, text: str, *, at_end: bool) -> bool:
    signs = line.strip(" >")
    return bool(signs) and (text.endswith(signs) if at_end else text.startswith(signs))


def _found(block: Block, lines: Sequence[str], taken: set[int]) -> Block:
    """A block whose words stand in one place only: signs alone, and code that was taken out and put back,
    in lines that belong to no other block; or the words of HTML that is written in one line."""
    words = [line.strip(" >") for line in block.text.split("\n")]
    plain = [line.strip(" >") for line in lines]
    size = len(words)
    places = [at for at in range(1, len(lines) - size + 2) if plain[at - 1 : at - 1 + size] == words
              and not taken.intersection(range(at, at + size))]
    if len(places) != 1 and size == 1:  # HTML may have several blocks in a line
        places = [at for at, line in enumerate(lines, 1) if block.text in line]
    if len(places) != 1:
        return block
    return replace(block, line=places[0], last_line=places[0] + size - 1)
