"""A received text cut into pieces that can be laid beside paragraphs.

In: a received text, and the fates of its characters so far (what is omitted is not cut). Out:
`Piece`s in order. The marks of lists and quotations are taken off and counted as normalised. Where
a file holds two copies, one without breaks and one by lines, the second says where the first must
be cut, and what only one of them has keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.collation.sources import Received

# What can become of a character.
UNACCOUNTED, UNCHANGED, NORMALISED, OMITTED, EMENDED = range(5)
FATES = ("unaccounted", "unchanged", "normalised", "omitted", "emended")

# What opens a list item or a quotation in a received text, at the start of a line …
_MARK = re.compile(r"\s*(?:>\s*)*(?:(?:[•*+-]|\d{1,2}\.)\s+|>\s*)")
# … and within a copy that is one line without breaks.
_INNER_MARK = re.compile(r"(?:>\s*)+(?:\*\s+)?|\*\s+|(?<!\d)\d{1,2}\.\s+")


@dataclass(frozen=True)
class Reading:
    """One copy's wording of a piece: its text, and the offset of each of its characters."""

    text: str
    offsets: tuple[int, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of the received text between two breaks, in one copy or in both."""

    readings: tuple[Reading, ...]

    @property
    def text(self) -> str:
        return self.readings[0].text


def line_starts(text: str) -> list[int]:
    """The offset of each line, and one past the end."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def split(received: Received, fate: bytearray) -> list[Piece]:
    """What can be seen of the received text after omissions, as pieces; marks become normalised."""
    starts = line_starts(received.text)
    copies: list[list[Reading]] = []
    for copy in received.copies:
        readings: list[Reading] = []
        for line in range(copy.first, min(copy.last, len(starts) - 1) + 1):
            offsets = [o for o in range(starts[line - 1], min(starts[line], len(received.text)))
                       if fate[o] != OMITTED and received.text[o] != "\n" and o not in received.hidden]
            reading = _reading(received.spaced, offsets)
            readings += [reading] if copy.running else [_unmarked(reading, fate)]
        copies.append([reading for reading in readings if reading.text.strip()])
    running = [c for c, copy in zip(copies, received.copies, strict=True) if copy.running]
    broken = [c for c, copy in zip(copies, received.copies, strict=True) if not copy.running]
    if not running:
        return [Piece((reading,)) for reading in broken[0]] if broken else []
    return list(_merged(running[0][0], broken[0] if broken else [], fate))


def _reading(text: str, offsets: Sequence[int]) -> Reading:
    return Reading("".join(text[o] for o in offsets), tuple(offsets))


def _cut(reading: Reading, start: int, end: int) -> Reading:
    return Reading(reading.text[start:end], reading.offsets[start:end])


def _unmarked(reading: Reading, fate: bytearray) -> Reading:
    """The reading without the mark of a list or quotation at its start."""
    match = _MARK.match(reading.text)
    if not match:
        return reading
    for offset in reading.offsets[: match.end()]:
        fate[offset] = NORMALISED
    return _cut(reading, match.end(), len(reading.text))


def _merged(running: Reading, lines: list[Reading], fate: bytearray) -> Iterator[Piece]:
    """A copy without breaks, cut where the other copy has its breaks, and where marks show that
    one was lost. Lines that only the other copy has keep their place."""
    position = 0
    for line in lines:
        at = running.text.find(line.text.strip(), position)
        if at < 0:
            yield Piece((line,))
            continue
        yield from _inner(_cut(running, position, at), fate)
        position = at + len(line.text.strip())
        yield Piece((_cut(running, at, position), line))
    yield from _inner(_cut(running, position, len(running.text)), fate)


def _inner(reading: Reading, fate: bytearray) -> Iterator[Piece]:
    """What only the copy without breaks has, cut at its marks."""
    start = 0
    for match in _INNER_MARK.finditer(reading.text):
        if reading.text[start : match.start()].strip():
            yield Piece((_cut(reading, start, match.start()),))
        for offset in reading.offsets[match.start() : match.end()]:
            fate[offset] = NORMALISED
        start = match.end()
    if reading.text[start:].strip():
        yield Piece((_cut(reading, start, len(reading.text)),))
