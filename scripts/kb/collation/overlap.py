"""How much of one text is in others.

In: texts in comparable form. Out: counts of runs of characters that they share, each occurrence counted
once: what two pieces say twice, a paragraph that says it once cannot hold for both. Refuses nothing.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

_AGAIN = "\0"
_SIZES = (1, 2)  # single characters, and pairs of neighbours


@lru_cache(1 << 11)  # an alignment asks for the same texts again and again
def grams(text: str) -> frozenset[str]:
    """The runs of `text`; where one has stood before, with as many marks after it."""
    counts = Counter(text[at : at + size] for size in _SIZES for at in range(len(text) - size + 1))
    return frozenset(counts).union(
        f"{gram}{_AGAIN * count}" for gram, most in counts.items() for count in range(1, most))


def shared(one: str, other: str) -> int:
    """How many runs both texts hold."""
    return len(grams(one) & grams(other))


def alike(one: str, other: str) -> float:
    """How much two texts have in common, from 0 to 1 (Dice's coefficient of their runs)."""
    both = len(grams(one)) + len(grams(other))
    return 2 * shared(one, other) / both if both else float(one == other)


def added(part: str, rest: str, other: str) -> float:
    """Which share of `part` is found in `other` where `rest` is taken out of it first, from 0 to 1."""
    count = len(grams(part))
    return (shared(part + rest, other) - shared(rest, other)) / count if count else 1.0
