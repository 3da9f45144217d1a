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

    @cache
    def shared(i1: int, i2: int, j1: int, j2: int) -> float:
        one, two = "".join(left[i1:i2]), "".join(right[j1:j2])
        short, long = sorted((len(one), len(two)))
        if (i2 - i1 > 1 or j2 - j1 > 1) and short * 3 < long:
            return 0.0  # no group of so different a size: spare the comparison
        return likeness(one, two, sizes=_SIZES)

    start, end = (rows[0], columns[0]), (rows[1], columns[1])
    slack = _BAND + abs((rows[1] - rows[0]) - (columns[1] - columns[0]))
    moves = [(1, 1), (1, 0), (0, 1)]
    moves += [(1, k) for k in range(2, _MOST + 1)] + [(k, 1) for k in range(2, _MOST + 1)]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {start: (0.0, (0, 0))}
    for i in range(start[0], end[0] + 1):
        for j in range(start[1], end[1] + 1):
            if (i, j) not in best or abs((i - start[0]) - (j - start[1])) > slack:
                continue
            cost = best[i, j][0]
            for di, dj in moves:
                to = (i + di, j + dj)
                if to[0] > end[0] or to[1] > end[1]:
                    continue
                step = _ALONE
                if di and dj:
                    step = (di + dj) * (1 - shared(i, to[0], j, to[1]))
                    step += _EXTRA * (di + dj - 2)
                if to not in best or cost + step < best[to][0]:
                    best[to] = (cost + step, (di, dj))
    groups: list[Group] = []
    i, j = end
    while (i, j) != start:
        di, dj = best[i, j][1]
        groups.append(Group((i - di, i), (j - dj, j)))
        i, j = i - di, j - dj
    return groups[::-1]
