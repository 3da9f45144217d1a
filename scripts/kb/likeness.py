"""How much two wordings share.

In: two strings, and the lengths of the runs of characters that are compared. Out: Dice's coefficient
of the runs that each holds, from 0 (nothing shared) to 1 (the same runs). Refuses nothing: two
strings too short to hold any run are alike only when they are equal.
"""

from __future__ import annotations

from functools import lru_cache

PAIRS = (2,)
CHARACTERS_AND_PAIRS = (1, 2)


def likeness(one: str, other: str, lengths: tuple[int, ...] = PAIRS) -> float:
    """Dice's coefficient of the runs of these `lengths` in two wordings."""
    first, second = _runs(one, lengths), _runs(other, lengths)
    if not first and not second:
        return float(one == other)
    return 2 * len(first & second) / (len(first) + len(second))


@lru_cache(maxsize=4096)  # alignment compares each text with many others
def _runs(text: str, lengths: tuple[int, ...]) -> frozenset[str]:
    return frozenset(text[at : at + length]
                     for length in lengths for at in range(len(text) - length + 1))
