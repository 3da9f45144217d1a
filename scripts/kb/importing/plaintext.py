"""A plain text as lines, and a copy of it that lost its breaks.

In: a text. Out: its lines with the mark of a list or quotation told apart, and where a first line holds all
the others once more: which lines are which copy. Refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.characters import likeness
from kb.importing.values import Line

_MARK = re.compile(r"\s*(?:>\s*)*(?:(?P<bullet>[•*+-])\s+|(?P<number>\d{1,2})\.\s+)?")
_RUNNING = 3  # times as long as the next longest line
_SHARED = 0.5  # likeness of two copies of one text


def lines(text: str) -> tuple[Line, ...]:
    """The lines of `text` that hold anything, with the numbers that they have in it."""
    found = []
    for number, words in enumerate(text.replace("\r", "").split("\n"), 1):
        if not words.strip():
            continue
        mark = _MARK.match(words)
        begins = mark.end() if mark else 0
        kind = "item" if mark and mark["bullet"] else "number" if mark and mark["number"] else ""
        quoted = ">" in words[:begins]
        found.append(
            Line(
                number,
                words,
                kind or ("quotation" if quoted else ""),
                begins=begins,
                names="blockquote" if quoted else "",
            )
        )
    return tuple(found)


def running(found: Sequence[Line]) -> Line | None:
    """The first line, where it is a copy of all others that lost its breaks."""
    if len(found) < 4:
        return None
    first, rest = found[0], found[1:]
    if len(first.text) < _RUNNING * max(len(one.text) for one in rest):
        return None
    alike = likeness(first.text, "".join(one.text for one in rest), sizes=(4,))
    return first if alike > _SHARED else None
