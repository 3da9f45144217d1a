"""A file that holds its text twice: once without breaks, once by lines.

In: the lines of a plain text, what was judged of them. Out: the lines as a collation cuts them: where the
copy by lines has its breaks, and where marks of lists and quotations in the other show that one was lost.
Refuses nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.collation import pieces, sources
from kb.collation.ledger import Ledger
from kb.collation.omissions import leave_out
from kb.importing.values import Judged, Line, Omission
from kb.languages import CHINESE

_QUOTED = re.compile(r">[\s>*]*$|>\s*\d{1,2}\.\s*$")
_ITEM = re.compile(r"(?<!\*)\*\s+$")


def merged(
    text: str, first: Line, judged: Sequence[Judged], omitted: Sequence[Omission]
) -> tuple[tuple[Judged, ...], tuple[sources.Copy, ...]]:
    """The lines of both copies as one text, and which lines are which copy."""
    last = len(text.split("\n")) - text.endswith("\n")
    copies = (sources.Copy(first.number, first.number, running=True), sources.Copy(first.number + 1, last))
    received = sources.Received(
        "",
        "",
        text,
        "",
        CHINESE,
        {},
        (),
        copies,
        tuple(sources.Omission(one.line, one.reason, None, one.text or None, one.count) for one in omitted),
    )
    ledger = Ledger(received)
    leave_out(received, ledger)
    found = []
    for piece in pieces.split(received, ledger):
        found.append(_judged(text, piece, {one.line.number: one for one in judged}))
    return tuple(found), copies


def _judged(text: str, piece: pieces.Piece, known: dict[int, Judged]) -> Judged:
    stretch = piece.copies[0]
    offset = stretch.first
    number = text.count("\n", 0, piece.copies[-1].offsets[0]) + 1
    before = text[max(0, offset - 12) : offset] if number == 1 or len(piece.copies) > 1 else ""
    # A mark before what both copies have ends a quotation.
    quoted = len(piece.copies) == 1 and bool(_QUOTED.search(before))
    mark = "number" if piece.number else "item" if _ITEM.search(before) else "quotation" if quoted else ""
    words = f"{piece.number}. {stretch.text.strip()}" if piece.number else stretch.text.strip()
    begins = len(words) - len(stretch.text.strip())
    line = Line(number, words, mark, names="blockquote" if quoted else "", begins=begins)
    other = known.get(number)
    if len(piece.copies) == 2 or (other and number > 1):
        return Judged(
            line,
            True,
            other.sure if other else 0.9,
            "in both copies" if len(piece.copies) == 2 else "in the copy by lines only",
        )
    return Judged(line, True, 0.75 if mark else 0.6, "in the copy without breaks only")
