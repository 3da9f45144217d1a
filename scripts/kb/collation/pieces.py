"""A received text cut into pieces that can be laid beside paragraphs.

In: a received text, and the ledger of its characters so far (what is omitted is not cut). Out:
`Piece`s in order. The marks of lists and quotations are taken off and counted as normalised; the
number of an ordered list's item is kept beside its words, because it was received as they were. The marks
that Chinese and Japanese put before such items (1、 ①) are words until the item is known.
Where a file holds two copies, one without breaks and one by lines, the second says where the first
must be cut, and what only one of them has keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.characters import break_between
from kb.collation.ledger import Ledger
from kb.collation.sources import Received

# What opens a list item or a quotation in a received text, at the start of a line …
_MARK = re.compile(r"\s*(?:>\s*)*(?:(?:[•*+-]|(?P<number>\d{1,2})\.)\s+|>\s*)")
# … and within a copy that is one line without breaks.
_INNER_MARK = re.compile(r"(?:>\s*)+(?:\*\s+)?|\*\s+|(?<!\d)(?P<number>\d{1,2})\.\s+")


@dataclass(frozen=True)
class Number:
    """The number of an ordered list's item: its digits; the offsets of what stood there; and that itself,
    where it was not digits and a point."""

    digits: str
    offsets: tuple[int, ...]
    sign: str = ""


@dataclass(frozen=True)
class Stretch:
    """One copy's wording of a piece: its text, the offset of each of its characters, and the number
    that stood before it."""

    text: str
    offsets: tuple[int, ...]
    number: Number | None = None

    @property
    def first(self) -> int:
        """The offset of its first character that is not white space."""
        return next(at for at, one in zip(self.offsets, self.text, strict=True) if not one.isspace())


@dataclass(frozen=True)
class Piece:
    """A part of the received text between two breaks, in one copy or in both."""

    copies: tuple[Stretch, ...]

    @property
    def text(self) -> str:
        return self.copies[0].text

    @property
    def number(self) -> str:
        """The digits of the number before it, in the first copy that has one."""
        return next((copy.number.digits for copy in self.copies if copy.number), "")

    def part(self, start: int, end: int) -> Piece | None:
        """What of it stands between two places of its text; None where its copies do not agree there."""
        words = self.text[start:end].strip()
        parts: list[Stretch] = []
        for copy in self.copies:
            at = start if copy is self.copies[0] else copy.text.find(words)
            if at < 0:
                return None
            parts.append(_cut(copy, at, at + end - start, copy.number if start == 0 else None))
        return Piece(tuple(parts))


@dataclass(frozen=True)
class Share:
    """What of one copy fell to a paragraph: its text, the offset of each character, and the numbers
    in it, each with its place in the text."""

    text: str
    offsets: tuple[int, ...]
    numbers: tuple[tuple[int, Number], ...] = ()

    @property
    def numbered(self) -> str:
        """The text with its numbers."""
        text = self.text
        for at, number in reversed(self.numbers):
            text = f"{text[:at]}{number.sign or f'{number.digits}. '}{text[at:]}"
        return text

    def part(self, start: int, end: int) -> Share:
        return Share(self.text[start:end], self.offsets[start:end],
                     tuple((at - start, number) for at, number in self.numbers if start <= at < end))


def join(stretches: Sequence[Stretch], text: str) -> Share:
    """Neighbouring stretches of the received `text` in one run: where a line was broken between two
    words of a script that parts its words, the break is the space between them."""
    words: list[str] = []
    offsets: list[int] = []
    numbers: list[tuple[int, Number]] = []
    for stretch in stretches:
        if words and stretch.text and break_between(words[-1], stretch.text[0]) == " " and (
                text[stretch.offsets[0] - 1].isspace()):
            words.append(" ")
            offsets.append(stretch.offsets[0] - 1)
        if stretch.number:
            numbers.append((len(words), stretch.number))
        words += stretch.text
        offsets += stretch.offsets
    return Share("".join(words), tuple(offsets), tuple(numbers))


def line_starts(text: str) -> list[int]:
    """The offset of each line, and one past the end."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def split(received: Received, ledger: Ledger) -> list[Piece]:
    """What can be seen of the received text after omissions, as pieces; marks become normalised."""
    starts = line_starts(received.text)
    running: list[Stretch] = []
    broken: list[Stretch] = []
    for copy in received.copies:
        for line in range(copy.first, min(copy.last, len(starts) - 1) + 1):
            start, end = starts[line - 1], starts[line] - 1  # without its line break
            offsets: Sequence[int] = range(start, end)
            if received.hidden or ledger.omits_any(start, end):
                offsets = [o for o in offsets if not ledger.is_omitted(o) and o not in received.hidden]
            stretch = _stretch(received.spaced, offsets)
            if copy.running and stretch.text.strip():
                running.append(stretch)
            elif not copy.running and (unmarked := _unmarked(stretch, ledger)).text.strip():
                broken.append(unmarked)
    if not running:
        return [Piece((stretch,)) for stretch in broken]
    return list(_merged(running[0], broken, ledger))


def _stretch(text: str, offsets: Sequence[int]) -> Stretch:
    return Stretch("".join(text[o] for o in offsets), tuple(offsets))


def _cut(stretch: Stretch, start: int, end: int, number: Number | None = None) -> Stretch:
    return Stretch(stretch.text[start:end], stretch.offsets[start:end], number)


def _unmarked(stretch: Stretch, ledger: Ledger) -> Stretch:
    """The stretch without the mark of a list or quotation at its start."""
    match = _MARK.match(stretch.text)
    if not match:
        return stretch
    return _cut(stretch, match.end(), len(stretch.text), _taken_off(stretch, match, ledger))


def _taken_off(stretch: Stretch, mark: re.Match[str], ledger: Ledger) -> Number | None:
    """The number in a mark. All else of the mark is normalised; what becomes of the number is not
    known before its paragraph is."""
    start, end = mark.span("number")
    ledger.normalise(offset for at, offset in enumerate(stretch.offsets[: mark.end()])
                     if mark.start() <= at and not start <= at < end)
    return Number(mark["number"], stretch.offsets[start:end]) if mark["number"] else None


def _merged(running: Stretch, lines: list[Stretch], ledger: Ledger) -> Iterator[Piece]:
    """A copy without breaks, cut where the other copy has its breaks, and where marks show that
    one was lost. Lines that only the other copy has keep their place."""
    position = 0
    for line in lines:
        at = running.text.find(line.text.strip(), position)
        if at < 0:
            yield Piece((line,))
            continue
        inner, number = _inner(_cut(running, position, at), ledger)
        yield from inner
        position = at + len(line.text.strip())
        yield Piece((_cut(running, at, position, number), line))
    inner, _ = _inner(_cut(running, position, len(running.text)), ledger)
    yield from inner


def _inner(stretch: Stretch, ledger: Ledger) -> tuple[list[Piece], Number | None]:
    """What only the copy without breaks has, cut at its marks, and the number of what follows it."""
    pieces: list[Piece] = []
    number: Number | None = None
    start = 0
    for match in _INNER_MARK.finditer(stretch.text):
        if stretch.text[start : match.start()].strip():
            pieces.append(Piece((_cut(stretch, start, match.start(), number),)))
            number = None
        number = _taken_off(stretch, match, ledger) or number
        start = match.end()
    if stretch.text[start:].strip():
        pieces.append(Piece((_cut(stretch, start, len(stretch.text), number),)))
        number = None
    return pieces, number
