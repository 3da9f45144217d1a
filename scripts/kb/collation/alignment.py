"""Which part of a received text became which paragraph of the edition.

In: the pieces of a received text and the paragraphs of its edition, both in order. Out: groups of
neighbouring pieces and paragraphs that belong together. Order is never changed: a received text and
its edition run in parallel, so a dynamic programme over both (after Gale and Church, 1993) finds
the cheapest pairing of one to one, one to several, several to one, or one to none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kb.characters import comparable, likeness

_SIZES = (1, 2)  # texts are alike by the characters that they share, and by pairs of neighbours
_MOST = 6  # pieces or paragraphs that may stand against one
_ALONE = 0.95  # cost of a piece or paragraph without counterpart; in a group each costs at most 1
_EXTRA = 0.1  # cost of each further member of a group, so that groups stay as small as they can
_BAND = 12  # how far the two runs may drift apart beyond their difference in length
# Steps (pieces, paragraphs): one to one, one to none, one to several, several to one.
_MOVES = ((1, 1), (1, 0), (0, 1),
          *((1, k) for k in range(2, _MOST + 1)), *((k, 1) for k in range(2, _MOST + 1)))

_Place = tuple[int, int]  # how many pieces and how many paragraphs are settled


@dataclass(frozen=True)
class Group:
    """Half-open ranges of pieces and of paragraphs that belong together; either may be empty."""

    pieces: tuple[int, int]
    paragraphs: tuple[int, int]


def align(pieces: Sequence[str], paragraphs: Sequence[str]) -> tuple[Group, ...]:
    """Group `pieces` and `paragraphs`, covering both in order.

    What is the same on both sides, and only once on each, is paired first; the programme runs over
    the stretches in between.
    """
    left = [comparable(piece) for piece in pieces]
    right = [comparable(paragraph) for paragraph in paragraphs]
    groups: list[Group] = []
    i = j = 0
    for row, column in [*_same(left, right), (len(left), len(right))]:
        groups += _between(left, right, (i, row), (j, column))
        if row < len(left):
            groups.append(Group((row, row + 1), (column, column + 1)))
        i, j = row + 1, column + 1
    return tuple(groups)


def _same(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of equal texts that occur once on each side, as far as their order agrees."""
    rows, columns = Counter(left), Counter(right)
    places = {text: column for column, text in enumerate(right) if columns[text] == 1}
    found: list[tuple[int, int]] = []
    for row, text in enumerate(left):
        column = places.get(text)
        if column is not None and rows[text] == 1 and (not found or column > found[-1][1]):
            found.append((row, column))
    return found


def _between(
    left: Sequence[str], right: Sequence[str], rows: tuple[int, int], columns: tuple[int, int]
) -> list[Group]:
    """The cheapest grouping of `left[rows]` and `right[columns]`."""
    start, end = (rows[0], columns[0]), (rows[1], columns[1])
    steps = _cheapest(left, right, start, end)
    groups: list[Group] = []
    i, j = end
    while (i, j) != start:
        di, dj = steps[i, j]
        groups.append(Group((i - di, i), (j - dj, j)))
        i, j = i - di, j - dj
    return groups[::-1]


def _cheapest(
    left: Sequence[str], right: Sequence[str], start: _Place, end: _Place
) -> dict[_Place, tuple[int, int]]:
    """The last step of the cheapest way from `start` to each place before `end`."""

    @cache
    def alike(i1: int, i2: int, j1: int, j2: int) -> float:
        return _alike(left[i1:i2], right[j1:j2])

    slack = _BAND + abs((end[0] - start[0]) - (end[1] - start[1]))
    best: dict[_Place, tuple[float, tuple[int, int]]] = {start: (0.0, (0, 0))}
    for i in range(start[0], end[0] + 1):
        for j in range(start[1], end[1] + 1):
            if (i, j) not in best or abs((i - start[0]) - (j - start[1])) > slack:
                continue
            cost = best[i, j][0]
            for di, dj in _MOVES:
                to = (i + di, j + dj)
                if to[0] > end[0] or to[1] > end[1]:
                    continue
                step = _ALONE
                if di and dj:
                    step = (di + dj) * (1 - alike(i, to[0], j, to[1])) + _EXTRA * (di + dj - 2)
                if to not in best or cost + step < best[to][0]:
                    best[to] = (cost + step, (di, dj))
    return {place: step for place, (_, step) in best.items()}


def _alike(pieces: Sequence[str], paragraphs: Sequence[str]) -> float:
    one, two = "".join(pieces), "".join(paragraphs)
    short, long = sorted((len(one), len(two)))
    if (len(pieces) > 1 or len(paragraphs) > 1) and short * 3 < long:
        return 0.0  # no group of so different a size: spare the comparison
    return likeness(one, two, sizes=_SIZES)
