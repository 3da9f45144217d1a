"""Which lines are the text, and why the others are not.

In: lines, with the votes of the extractors where there are some. Out: the lines that are kept, and
omissions, each with a reason and with how sure it is. Where the two extractors disagree, or where either
disagrees with what the line says or where it stands, the editor is asked. Refuses nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kb.importing import noise
from kb.importing.values import SURE, Line, Omission
from kb.importing.words import any_of

_LINKED = 0.5  # of a line's characters in links: more of them is a list of other pages
_CORE = 0.8  # of the characters that both extractors keep must stand in the element that holds the text
_END = re.compile(r"[。！？!?」』”’）)：:；;…]\s*$")
# A heading after which a page goes on with what is not its text.
_TAIL = re.compile(rf"{any_of('tail')}$")


class Judged(NamedTuple):
    """A line: whether it is text, how sure that is, and why; `reason` where it is none."""

    line: Line
    is_text: bool
    sure: float
    why: str
    reason: str = ""


def judged(lines: Sequence[Line]) -> tuple[Judged, ...]:
    """What each line is."""
    repeated = _repeated(lines)
    found = _by_votes(lines, repeated) if any(line.votes for line in lines) else _by_words(lines, repeated)
    is_page = any(line.votes for line in lines)
    return tuple(_signed(found) if is_page else _beside(_signed(found)))


def _signed(found: Sequence[Judged]) -> list[Judged]:
    """A date that stands directly below the end of the text is that of who signs, as letters and notices have
    it."""
    result = list(found)
    last = max((at for at, one in enumerate(found) if one.is_text), default=-1)
    if 0 < last < len(found) - 1 and last > 2:
        below, above = found[last + 1], found[last]
        if not below.is_text and noise.is_day(below.line) and below.line.path[:-1] == above.line.path[:-1]:
            result[last + 1] = Judged(below.line, True, 0.7, "a date below the end of the text")
    return result


def omissions(found: Sequence[Judged]) -> tuple[Omission, ...]:
    return tuple(
        Omission(one.line.number, one.line.text, one.reason, one.why, one.sure)
        for one in found
        if not one.is_text
    )


def _repeated(lines: Sequence[Line]) -> frozenset[str]:
    """Words that stand there more than once, and are no short word that may well be."""
    counted = Counter(line.words for line in lines)
    return frozenset(words for words, count in counted.items() if count > 1 and len(words) > 8)


# --- a page: two extractors, and where the text stands ---------------------------------------------


def _by_votes(lines: Sequence[Line], repeated: frozenset[str]) -> list[Judged]:
    holder = _holder(lines)
    tail = _tail(lines, holder)
    return [_voted(line, holder in line.path, at >= tail, repeated) for at, line in enumerate(lines)]


def _holder(lines: Sequence[Line]) -> int:
    """The smallest element that holds most of what both extractors keep, or else of what either does."""
    for wanted in (all, any):
        weights: Counter[int] = Counter()
        core = 0
        for line in lines:
            if wanted(line.votes) and line.links < _LINKED:
                core += len(line.text)
                weights.update(dict.fromkeys(line.path, len(line.text)))
        if core:
            return max(one for one, weight in weights.items() if weight >= _CORE * core)
    return -1


def _tail(lines: Sequence[Line], holder: int) -> int:
    """The place in `lines` from which a heading says that other things follow; their number where none
    does. What comes before most of the text is no tail."""
    inside = [at for at, line in enumerate(lines) if holder in line.path]
    size = sum(len(lines[at].text) for at in inside)
    seen = 0
    for at in inside:
        line = lines[at]
        seen += len(line.text)
        if seen > size / 3 and len(line.words) <= 16 and _TAIL.match(line.words):
            return at
    return len(lines)


def _voted(line: Line, is_inside: bool, is_tail: bool, repeated: frozenset[str]) -> Judged:
    told, around = noise.told(line), noise.around(line)
    yes = sum(line.votes)
    if told and (told.sure >= SURE or not is_inside):
        # What both take for text is asked about, whatever it says.
        return Judged(
            line, False, min(told.sure, 0.7) if yes == 2 and is_inside else told.sure, told.why, told.reason
        )
    if is_tail:
        return Judged(
            line, False, 0.6 if yes else 0.85, "below the heading of what is not the text", "navigation"
        )
    if not is_inside:
        if yes == 2 and line.links < _LINKED and not around:
            return Judged(line, True, 0.5, "both extractors keep it, away from the rest")
        return Judged(
            line,
            False,
            0.7 if yes and not around else 0.95,
            "outside the text",
            "advertisement" if "ad" in around.split("-") else "navigation",
        )
    if line.links > _LINKED and len(line.words) < 60:
        return Judged(line, False, 0.6 if yes else 0.85, "links to other pages", "navigation")
    if around and line.mark != "heading":
        return Judged(line, bool(yes == 2), 0.5, f"in a part that the page calls “{around}”", "navigation")
    if told:
        return Judged(line, False, 0.5, told.why, told.reason)
    if yes == 2:
        return Judged(line, True, 0.97, "both extractors keep it")
    return _inside(line, yes)


def _inside(line: Line, yes: int) -> Judged:
    """A line in the midst of the text that not both extractors keep."""
    if line.mark in ("heading", "item", "number", "quotation") or (line.is_bold and len(line.words) < 40):
        return Judged(line, True, 0.85, f"marked as a {line.mark or 'line in bold'}, in the text")
    if _END.search(line.words):
        return Judged(line, True, 0.85, "a sentence, in the text")
    return Judged(
        line,
        True,
        0.75 if yes else 0.6,
        "the extractors disagree" if yes else "short, without an end, and neither extractor keeps it",
    )


# --- a plain text: its words, and what repeats -----------------------------------------------------


def _by_words(lines: Sequence[Line], repeated: frozenset[str]) -> list[Judged]:
    found = []
    for line in lines:
        told = noise.told(line)
        if told and (told.reason != "metadata" or not re.match(r"\s*(?:来源|来自|出典)", line.words)):
            found.append(Judged(line, False, told.sure, told.why, told.reason))
        elif line.words in repeated:
            found.append(Judged(line, True, 0.6, "stands there twice"))
        else:
            found.append(Judged(line, True, 0.97, "nothing says that it is no text"))
    return found


def _beside(found: Sequence[Judged]) -> list[Judged]:
    """Short lines that stand there twice, beside advertisements each time, are their headings; and so is what
    follows the last navigation at the end of a plain text."""
    result = list(found)
    texts = Counter(one.line.words for one in found)
    for at, one in enumerate(result):
        beside = {other.reason for other in result[max(0, at - 1) : at + 2] if not other.is_text}
        if (
            one.is_text
            and texts[one.line.words] > 1
            and "advertisement" in beside
            and not _END.search(one.line.words)
        ):
            result[at] = Judged(
                one.line, False, 0.9, "stands there twice, beside an advertisement", "advertisement"
            )
    last = max(
        (at for at, one in enumerate(result) if one.is_text and _END.search(one.line.words)), default=-1
    )
    seen = False
    for at in range(last + 1, len(result)):
        one = result[at]
        if not one.is_text and one.reason == "navigation":
            seen = True
        elif seen and one.is_text:
            result[at] = Judged(one.line, False, 0.75, "after the navigation at the end", "navigation")
    return result
