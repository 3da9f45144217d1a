"""Which lines are the text, and why the others are not.

In: lines, with the votes of the extractors where there are some. Out: the lines that are kept, and
omissions, each with a reason and with how sure it is. Where the two extractors disagree, or where either
disagrees with what the line says or where it stands, the editor is asked. Refuses nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kb.importing import noise, voting
from kb.importing.values import Judged, Line, Omission


def judged(lines: Sequence[Line]) -> tuple[Judged, ...]:
    """What each line is."""
    if any(line.votes for line in lines):  # a page
        return tuple(_signed(voting.judged(lines)))
    return tuple(_beside(_signed(_by_words(lines, _repeated(lines)))))


def _signed(found: Sequence[Judged]) -> list[Judged]:
    """A date that stands directly below the end of the text is that of who signs, as letters and notices have
    it."""
    result = list(found)
    last = max((at for at, one in enumerate(found) if one.is_text), default=-1)
    if 0 < last < len(found) - 1 and last > 2:
        below, above = found[last + 1], found[last]
        if not below.is_text and noise.is_day(below.line) and below.line.path[:-2] == above.line.path[:-2]:
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
            and not voting.END.search(one.line.words)
        ):
            result[at] = Judged(
                one.line, False, 0.9, "stands there twice, beside an advertisement", "advertisement"
            )
    last = max(
        (at for at, one in enumerate(result) if one.is_text and voting.END.search(one.line.words)), default=-1
    )
    seen = False
    for at in range(last + 1, len(result)):
        one = result[at]
        if not one.is_text and one.reason == "navigation":
            seen = True
        elif seen and one.is_text:
            result[at] = Judged(one.line, False, 0.75, "after the navigation at the end", "navigation")
    return result
