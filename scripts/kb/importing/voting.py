"""Which lines of a page are its text: two extractors, what a line says, and where in the page it stands.

In: the lines of a page with the votes of both extractors. Out: each line as `Judged`. Two elements are told:
the holder, which has most of what both extractors keep, and within it the body, which has the sentences. What
stands beside the body, and where anything disagrees, is doubtful. Refuses nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from kb.importing import noise
from kb.importing.values import SURE, Judged, Line
from kb.importing.words import any_of

_LINKED = 0.5  # of a line's characters in links: more of them is a list of other pages
_CORE = 0.8  # of the characters that tell an element must stand in it
_BODY = 0.65  # of the sentences: comments below a short text are a third of all
_SENTENCE = 20  # characters of a line that is a sentence, and no label with a full stop
END = re.compile(r"[。！？!?」』”’）)：:；;…]\s*$")
# A heading after which a page goes on with what is not its text.
_TAIL = re.compile(rf"{any_of('tail')}$")


class _Place(NamedTuple):
    """Where a line stands: in the holder, in the body, below the heading of what is no text."""

    is_inside: bool
    is_in_body: bool
    is_tail: bool


def judged(lines: Sequence[Line]) -> list[Judged]:
    """What each line of a page is."""
    holder = _holder(lines)
    body = _smallest(lines, lambda line: holder in line.path and _is_sentence(line), _BODY)
    body = holder if body < 0 else body
    tail = _tail(lines, holder, body)
    return [
        _judged(line, _Place(holder in line.path, body in line.path, at >= tail))
        for at, line in enumerate(lines)
    ]


def _holder(lines: Sequence[Line]) -> int:
    """The smallest element that holds most of what both extractors keep, or else of what either does."""
    for least in (2, 1):
        found = _smallest(lines, partial(_is_kept, least=least))
        if found >= 0:
            return found
    return -1


def _is_kept(line: Line, least: int) -> bool:
    return sum(line.votes) >= least and line.links < _LINKED


def _smallest(lines: Sequence[Line], tells: Callable[[Line], bool], share: float = _CORE) -> int:
    """The smallest element with most characters of the lines that tell; -1 where none does."""
    weights: Counter[int] = Counter()
    core = 0
    for line in lines:
        if tells(line):
            core += len(line.text)
            weights.update(dict.fromkeys(line.path, len(line.text)))
    return max((one for one, weight in weights.items() if weight >= share * core), default=-1)


def _is_sentence(line: Line) -> bool:
    """Whether it is one that an extractor keeps, and the page does not call it something else."""
    return (
        any(line.votes)
        and line.links < _LINKED
        and len(line.words) >= _SENTENCE
        and bool(END.search(line.words))
        and not noise.around(line)
    )


def _tail(lines: Sequence[Line], holder: int, body: int) -> int:
    """The place in `lines` from which a heading says that other things follow; their number where none does.
    Below it no sentence of the body follows: else it is the heading of a box in the midst of the text."""
    last = max((at for at, line in enumerate(lines) if body in line.path and _is_sentence(line)), default=-1)
    for at in range(last + 1, len(lines)):
        line = lines[at]
        if holder in line.path and len(line.words) <= 16 and _TAIL.match(line.words):
            return at
    return len(lines)


def _judged(line: Line, place: _Place) -> Judged:
    told, around = noise.told(line), noise.around(line)
    yes = sum(line.votes)
    if told and (told.sure >= SURE or not place.is_inside):
        # What both take for text is asked about, whatever it says, unless the page says the same of it.
        is_agreed = noise.reason_of(around) == told.reason
        sure = min(told.sure, 0.7) if yes == 2 and place.is_inside and not is_agreed else told.sure
        if told.reason == "metadata" and not place.is_inside and not (
                out := _outside(line, yes, around)).is_text:
            sure = max(sure, out.sure)  # it is no text, whatever else it is
        return Judged(line, False, sure, told.why, told.reason)
    if place.is_tail:
        why = "below the heading of what is not the text"
        return Judged(line, False, 0.6 if yes else 0.85, why, noise.reason_outside(line))
    if not place.is_inside:
        return _outside(line, yes, around)
    if line.links > _LINKED and len(line.words) < 60:
        return Judged(line, False, 0.6 if yes else 0.85, "links to other pages", "navigation")
    if around and line.mark != "heading":
        why, reason = f"in a part that the page calls “{around}”", noise.reason_of(around)
        # Extractors know no advertisements: how many keep one says nothing.
        is_kept = yes == 2 and reason != "advertisement"
        return Judged(line, is_kept, 0.5, why, reason)
    if told:
        return Judged(line, False, 0.5, told.why, told.reason)
    if not place.is_in_body:
        return _beside(line, yes)
    return Judged(line, True, 0.97, "both extractors keep it") if yes == 2 else _inside(line, yes)


def _outside(line: Line, yes: int, around: str) -> Judged:
    if yes == 2 and line.links < _LINKED and not around:
        return Judged(line, True, 0.5, "both extractors keep it, away from the rest")
    reason = noise.reason_of(around) or "navigation"
    if reason == "navigation":
        reason = noise.reason_outside(line)
    return Judged(line, False, 0.7 if yes and not around else 0.95, "outside the text", reason)


def _beside(line: Line, yes: int) -> Judged:
    """A line in the element that holds the text, and not in that which holds its sentences."""
    if END.search(line.words) and len(line.words) >= _SENTENCE:
        return Judged(line, yes == 2, 0.6, "a sentence, beside the text", "navigation")
    sure = 0.85 if yes < 2 and noise.is_labelled(line) else 0.7
    return Judged(line, False, sure, "beside the text", noise.reason_outside(line))


def _inside(line: Line, yes: int) -> Judged:
    """A line in the midst of the text that not both extractors keep."""
    if line.mark in ("heading", "item", "number", "quotation") or (line.is_bold and len(line.words) < 40):
        return Judged(line, True, 0.85, f"marked as a {line.mark or 'line in bold'}, in the text")
    if END.search(line.words):
        return Judged(line, True, 0.85, "a sentence, in the text")
    why = "the extractors disagree" if yes else "short, without an end, and neither extractor keeps it"
    return Judged(line, True, 0.75 if yes else 0.6, why)
