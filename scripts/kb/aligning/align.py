"""Which paragraphs, or sentences, of a translation render which of its original.

In: those of both, in order. Out: `Row`s in order: one to one, merges (several of the original in
one of the translation), splits, and gaps on either side, each with how sure it is. The dearest way
through both texts is found by dynamic programming; what is gained by a row says how well lengths agree
(after Gale and Church, 1993) and how much of the Han characters, Latin words and figures is shared. How
sure a row is, is its share of all ways through both texts, each weighted by what it gains (the forward-
backward algorithm). Refuses nothing; texts of thousands of paragraphs are compared within a band around
their diagonal."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.aligning import borders
from kb.aligning.borders import Row
from kb.aligning.features import Features, Weights, features
from kb.aligning.sentences import sentences
from kb.languages import Language

Kinds = Mapping[tuple[int, int], float]
# (paragraphs of the original, of the translation) → the logarithm of how often it is so, as far as editors
# see it in machine translations, and as the benchmark makes them.
_PARAGRAPHS: Kinds = {
    (1, 1): -0.15,
    (2, 1): -2.6,
    (1, 2): -2.6,
    (1, 0): -3.2,
    (0, 1): -3.2,
    (3, 1): -5.0,
    (1, 3): -5.0,
    (2, 2): -5.0,
}
# The same of the sentences of one paragraph: translations into Japanese cut long ones more often than they
# join short ones.
_SENTENCES: Kinds = {
    (1, 1): -0.15,
    (1, 2): -1.2,
    (2, 1): -1.8,
    (1, 3): -2.5,
    (3, 1): -3.5,
    (2, 2): -4.0,
    (2, 3): -5.0,
    (3, 2): -5.0,
    (1, 0): -4.0,
    (0, 1): -4.0,
}
_BAND = 40
_LENGTH_WEIGHT, _WORDS_WEIGHT = 0.5, 20.0
_SPREAD = 0.08  # of lengths: the variance of a translated character's length, relative to the length
_COMMON = 0.10  # what two unrelated paragraphs of one text share
_TOO_UNLIKE = 12.0
_TEMPERATURE = 2.0


@dataclass(frozen=True)
class _Text:
    parts: tuple[Features, ...]

    def group(self, start: int, size: int) -> Features:
        found = self.parts[start]
        for at in range(start + 1, start + size):
            found = found + self.parts[at]
        return found


def align(
    left: Sequence[str],
    right: Sequence[str],
    of: Language,
    to: Language,
    *,
    headings: tuple[Collection[int], Collection[int]] = ((), ()),
) -> tuple[Row, ...]:
    """Lay the paragraphs `left`, in the language `of`, beside `right`, in `to`. `headings` are the places of
    headings on each side, as far as they are known."""
    found = _rows(left, right, of, to, _PARAGRAPHS, headings=headings)
    return tuple(borders.settled(found, left, right, of, to)) if left and right else found


def _rows(
    left: Sequence[str],
    right: Sequence[str],
    of: Language,
    to: Language,
    kinds: Kinds,
    *,
    headings: tuple[Collection[int], Collection[int]] = ((), ()),
) -> tuple[Row, ...]:
    """The dearest way through both texts, of rows of these `kinds`."""
    if not left or not right:
        return (
            *(Row((at,), (), 1.0) for at in range(len(left))),
            *(Row((), (at,), 1.0) for at in range(len(right))),
        )
    texts = (
        _Text(tuple(features(one, of) for one in left)),
        _Text(tuple(features(one, to) for one in right)),
    )
    gains = _gains(*texts, kinds)
    if all(headings):
        for place, gain in gains.items():
            gains[place] = gain + _shape(place, *headings)
    ahead = _sums(gains, len(left), len(right))
    behind = _sums(
        {(len(left) - i - di, len(right) - j - dj, di, dj): gain for (i, j, di, dj), gain in gains.items()},
        len(left),
        len(right),
    )
    total = ahead[len(left), len(right)]

    def sure(i: int, j: int, di: int, dj: int) -> float:
        rest = behind.get((len(left) - i - di, len(right) - j - dj), -math.inf)
        return math.exp(min(0.0, ahead[i, j] + gains[i, j, di, dj] / _TEMPERATURE + rest - total))

    return tuple(
        Row(tuple(range(i, i + di)), tuple(range(j, j + dj)), sure(i, j, di, dj))
        for i, j, di, dj in _best(gains, len(left), len(right))
    )


def rendered(left: str, right: str, of: Language, to: Language) -> tuple[Row, ...]:
    """Which sentences of the paragraph `left`, in the language `of`, are rendered by which of `right`."""
    return _rows(sentences(left), sentences(right), of, to, _SENTENCES)


_Gains = dict[tuple[int, int, int, int], float]


def _gains(left: _Text, right: _Text, kinds: Kinds) -> _Gains:
    """What each possible row gains."""
    rows, columns = len(left.parts), len(right.parts)
    weights = Weights(left.parts, right.parts)
    scale = sum(one.length for one in left.parts) / max(1.0, sum(one.length for one in right.parts))
    lefts = {
        (i, size): _weighed(left.group(i, size), weights)
        for size in (1, 2, 3)
        for i in range(rows - size + 1)
    }
    rights = {
        (j, size): _weighed(right.group(j, size), weights)
        for size in (1, 2, 3)
        for j in range(columns - size + 1)
    }
    found: _Gains = {}
    for i, j in _cells(rows, columns):
        for (di, dj), often in kinds.items():
            if i + di <= rows and j + dj <= columns:
                gain = _gain(lefts[i, di], rights[j, dj], weights, scale) if di and dj else 0.0
                if gain is not None:
                    found[i, j, di, dj] = often + gain
    return found


_SAME_SHAPE, _OTHER_SHAPE = 1.0, -2.5


def _shape(place: tuple[int, int, int, int], left: Collection[int], right: Collection[int]) -> float:
    """What it says of a row that its sides are headings, or one of them is."""
    i, j, di, dj = place
    ours, theirs = (
        sum(at in own for at in range(start, start + size))
        for start, size, own in ((i, di, left), (j, dj, right))
    )
    if not di or not dj or not (ours or theirs):
        return 0.0
    return _SAME_SHAPE if (di, dj, ours, theirs) == (1, 1, 1, 1) else _OTHER_SHAPE


_Weighed = tuple[Features, float]


def _weighed(one: Features, weights: Weights) -> _Weighed:
    return one, weights.mass(one)


def _gain(left: _Weighed, right: _Weighed, weights: Weights, scale: float) -> float | None:
    """What a row gains; None where its two sides are so unlike in length that nobody would have made it."""
    (one, first), (other, second) = left, right
    length, rendered = one.length, other.length * min(1.6, max(0.6, scale))
    deviation = (rendered - length) / math.sqrt(max(1.0, _SPREAD * (length + rendered) ** 1.5))
    unlike = _LENGTH_WEIGHT * deviation**2
    if unlike > _TOO_UNLIKE:
        return None
    smaller = min(first, second)
    share = weights.shared(one, other) / math.sqrt(first * second) if smaller else 0.0
    # A short paragraph says little.
    trust = min(1.0, smaller / 60)
    return _WORDS_WEIGHT * trust * (share - _COMMON) - unlike


def _cells(rows: int, columns: int) -> Iterator[tuple[int, int]]:
    """The places to think of: all of them, or those near the diagonal."""
    for i in range(rows + 1):
        middle = i * columns // max(1, rows)
        band = max(_BAND, abs(rows - columns) + 10)
        for j in range(max(0, middle - band), min(columns, middle + band) + 1):
            yield i, j


def _best(gains: _Gains, rows: int, columns: int) -> list[tuple[int, int, int, int]]:
    """The rows that gain most together."""
    best: dict[tuple[int, int], float] = {(0, 0): 0.0}
    came: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    for (i, j, di, dj), gain in gains.items():  # in the order of `i` and `j`
        if (i, j) in best and (value := best[i, j] + gain) > best.get((i + di, j + dj), -math.inf):
            best[i + di, j + dj] = value
            came[i + di, j + dj] = (i, j, di, dj)
    found, place = [], (rows, columns)
    while place != (0, 0):
        found.append(came[place])
        place = came[place][:2]
    return found[::-1]


def _sums(gains: _Gains, rows: int, columns: int) -> dict[tuple[int, int], float]:
    """The logarithm of the weight of all ways from the beginning to each place."""
    found: dict[tuple[int, int], float] = {(0, 0): 0.0}
    for (i, j, di, dj), gain in sorted(gains.items()):
        if (i, j) not in found:
            continue
        value, before = found[i, j] + gain / _TEMPERATURE, found.get((i + di, j + dj), -math.inf)
        high, low = max(value, before), min(value, before)
        found[i + di, j + dj] = high + (math.log1p(math.exp(low - high)) if low > -math.inf else 0.0)
    return found
