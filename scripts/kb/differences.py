"""Differences between two wordings.

In: two strings. Out: the runs that they share and those that were replaced, which together spell both.
Characters are compared after NFKC, so that full-width and half-width forms are the same, and so is a point
that stands for a full stop; or exactly, where it counts how a text is printed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from kb import limits
from kb.characters import wide_stops


@dataclass(frozen=True)
class Change:
    """A run of characters that two wordings share (`before == after` after folding), or one that
    was replaced. An insertion has no `before`, a removal no `after`."""

    before: str
    after: str
    same: bool


@lru_cache(1 << 11)  # a page, its collation, its books ask for the same; so does a preview after each save
def changes(before: str, after: str, *, shortest: int = 2, exact: bool = False) -> tuple[Change, ...]:
    """How `before` became `after`, as runs that together spell both.

    Shared runs shorter than `shortest` between two replaced ones count as replaced: single
    particles shared by chance make a difference unreadable.
    """
    runs: list[tuple[bool, int, int, int, int]] = []
    for same, i1, i2, j1, j2 in opcodes(before, after, exact=exact):
        inner = bool(runs) and (i2 < len(before) or j2 < len(after))
        if same and inner and i2 - i1 < shortest:
            same = False
        if runs and runs[-1][0] == same:
            _, i1, _, j1, _ = runs.pop()
        runs.append((same, i1, i2, j1, j2))
    return tuple(Change(before[i1:i2], after[j1:j2], same) for same, i1, i2, j1, j2 in runs)


def opcodes(before: str, after: str, *, exact: bool = False) -> Iterator[tuple[bool, int, int, int, int]]:
    """Runs `(same, i1, i2, j1, j2)` that cover both, compared by character; if not `exact` after NFKC."""
    if exact:
        yield from _exact(before, after)
        return
    one, two = _keys(before), _keys(after)
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield tag == "equal", i1, i2, j1, j2


def _exact(before: str, after: str) -> Iterator[tuple[bool, int, int, int, int]]:
    """The same without folding. What both begin and end with is set apart; what is left and too long to be
    compared by character counts as replaced."""
    start = _shared(before, after)
    rest = _shared(before[start:][::-1], after[start:][::-1])
    i, j = len(before) - rest, len(after) - rest
    if start:
        yield True, 0, start, 0, start
    if (i - start) * (j - start) > limits.PAIRS:
        yield False, start, i, start, j
    else:
        found = SequenceMatcher(None, before[start:i], after[start:j], autojunk=False).get_opcodes()
        for tag, i1, i2, j1, j2 in found:
            yield tag == "equal", start + i1, start + i2, start + j1, start + j2
    if rest:
        yield True, i, len(before), j, len(after)


def _shared(one: str, two: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, two, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(two)))


def _keys(text: str) -> list[str]:
    return [unicodedata.normalize("NFKC", character) for character in wide_stops(text)]
