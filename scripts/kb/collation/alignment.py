"""Which part of a received text became which part of the edition, where that has to be weighed.

In: the lines of a received text and of its edition, both in order, and what is certain of them. Out:
groups of neighbours that belong together. A received text and its edition run in parallel: a dynamic
programme over both (after Gale and Church, 1993) finds the cheapest way through the stretches between
what is certain, in steps of one to one, one to none, one to several, several to one, or a few to a few
where breaks have moved.

Whoever stands in a group gives something to it: a line of which hardly anything is in the paragraph,
once its other lines are taken out, is no part of it, however short it is and however well the others fit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.characters import break_between
from kb.collation.evidence import Group
from kb.collation.order import increasing
from kb.collation.overlap import added, alike, grams, shared

_ALONE = 0.95  # cost of a piece or paragraph without counterpart; in a group each costs at most 1
_EXTRA = 0.1  # cost of each further member of a group, so that groups stay as small as they can
_CROSSED = 0.2  # cost of a group with several members on both sides
_SAME_MARK, _OTHER_MARK = -0.3, 0.5  # what lines cost that begin with the same number, or with others
_BAND = 12  # how far the two runs may drift apart beyond their difference in length
_MOST = 40  # lines that may stand against one
_LONGER, _LONGER_BY = 2, 40  # how much longer than the one the several may be: strangers among them
_CROSSINGS = ((2, 2), (2, 3), (3, 2), (3, 3))
# How much of a member must be added to its group. Measured on the post-edited machine translation of this
# site: of 598 parts of paragraphs the half give more than 0.58, of 1,100 neighbours that do not belong
# 99 % give less than 0.39, of advertisements, captions and links all give less than 0.35. In a verbatim
# text parts give 1 and neighbours 0.
_GIVES = 0.35
_VOTE = 6  # characters that stand once on each side, and so show where they run in parallel

_Place = tuple[int, int]  # how many pieces and how many paragraphs are settled


@dataclass(frozen=True)
class Line:
    """A piece or paragraph: its words in comparable form, and what counts it (`kb.collation.enumerations`).
    """

    words: str
    mark: str = ""


def align(
    pieces: Sequence[Line],
    paragraphs: Sequence[Line],
    certain: Sequence[Group] = (),
    *,
    apart: tuple[Collection[int], Collection[int]] = ((), ()),
    favoured: Collection[Group] = (),
) -> tuple[Group, ...]:
    """Group `pieces` and `paragraphs`, covering both in order. `certain` groups are in order and stay;
    pieces and paragraphs kept `apart` are in no group."""
    taken = [set(apart[0]), set(apart[1])]
    for one in certain:
        taken[0].update(one.pieces)
        taken[1].update(one.paragraphs)
    groups: list[Group] = []
    i = j = 0
    ends: list[Group | None] = [*certain, None]
    for group in ends:
        row = group.pieces[0] if group else len(pieces)
        column = group.paragraphs[0] if group else len(paragraphs)
        groups += _Stretch(
            pieces, paragraphs, [one for one in range(i, row) if one not in taken[0]],
            [one for one in range(j, column) if one not in taken[1]], frozenset(favoured)).groups()
        if group:
            groups.append(group)
            i, j = group.pieces[-1] + 1, group.paragraphs[-1] + 1
    return tuple(groups)


class _Stretch:
    """The programme over one stretch: `rows` and `columns` are numbers of pieces and paragraphs."""

    def __init__(self, pieces: Sequence[Line], paragraphs: Sequence[Line], rows: Sequence[int],
                 columns: Sequence[int], favoured: frozenset[Group]) -> None:
        self._rows, self._columns, self._favoured = rows, columns, favoured
        self._left = [pieces[row] for row in rows]
        self._right = [paragraphs[column] for column in columns]
        self._pairs: dict[_Place, int] = {}

    def groups(self) -> list[Group]:
        """The cheapest grouping."""
        steps = self._cheapest() if self._rows and self._columns else {}
        found: list[Group] = []
        i, j = len(self._rows), len(self._columns)
        while i or j:
            rows, columns, came_from = steps.get((i, j)) or self._alone(i, j)
            kept = Group(tuple(self._rows[at] for at in rows), tuple(self._columns[at] for at in columns))
            left = [at for at in range(came_from[0], i) if at not in rows]
            right = [at for at in range(came_from[1], j) if at not in columns]
            found += [kept, *(Group((self._rows[at],), ()) for at in left),
                      *(Group((), (self._columns[at],)) for at in right)]
            i, j = came_from
        return found[::-1]

    @staticmethod
    def _alone(i: int, j: int) -> tuple[tuple[int, ...], tuple[int, ...], _Place]:
        return ((i - 1,), (), (i - 1, j)) if i else ((), (j - 1,), (i, j - 1))

    def _cheapest(self) -> dict[_Place, tuple[tuple[int, ...], tuple[int, ...], _Place]]:
        """How the cheapest way comes to each place: with which pieces and paragraphs, and from where."""
        best: dict[_Place, float] = {(0, 0): 0.0}
        steps: dict[_Place, tuple[tuple[int, ...], tuple[int, ...], _Place]] = {}
        for i, (first, last) in enumerate(_band(self._left, self._right)):
            for j in range(first, last + 1):
                for di, dj in self._moves(i, j):
                    came_from = (i - di, j - dj)
                    if came_from not in best:
                        continue
                    most = best.get((i, j), float("inf")) - best[came_from]
                    found = self._step(range(i - di, i), range(j - dj, j), most)
                    if found and found[0] < most:
                        best[i, j] = best[came_from] + found[0]
                        steps[i, j] = (found[1], found[2], came_from)
        return steps

    def _moves(self, i: int, j: int) -> Iterator[_Place]:
        """The steps to a place, the cheapest to ask first: several stand against one only where their
        lengths allow it. Of two ways that cost the same, the one that pairs last is taken: what a page has
        twice, it has before its text."""
        left, right = self._left[max(0, i - _MOST):i][::-1], self._right[max(0, j - _MOST):j][::-1]
        if left and right:
            yield 1, 1
        if left:
            yield 1, 0
        if right:
            yield 0, 1
        if left and right:
            yield from ((1, count) for count in _fitting(left[0], right))
            yield from ((count, 1) for count in _fitting(right[0], left))
            yield from ((di, dj) for di, dj in _CROSSINGS if di <= len(left) and dj <= len(right))

    def _step(
        self, rows: range, columns: range, most: float
    ) -> tuple[float, tuple[int, ...], tuple[int, ...]] | None:
        """What a step costs, and who of its members belongs to it; None where somebody does not who
        stands at an end, or where it costs more than `most`."""
        if not rows or not columns:
            return _ALONE, tuple(rows), tuple(columns)
        if self._favoured and Group(tuple(self._rows[at] for at in rows),
                                    tuple(self._columns[at] for at in columns)) in self._favoured:
            return 0.0, tuple(rows), tuple(columns)
        several = len(rows) + len(columns) > 2
        extra = _EXTRA * (len(rows) + len(columns) - 2) + (
            _CROSSED if len(rows) > 1 and len(columns) > 1 else 0)
        if several and not self._may_pay(rows, columns, most - extra):
            return None
        left, right = tuple(rows), tuple(columns)
        if several:
            left, right = self._givers(rows, columns), self._givers(columns, rows, swapped=True)
            if not left or not right:
                return None
        strangers = len(rows) - len(left) + len(columns) - len(right)
        likeness = alike(_joined(self._left, left), _joined(self._right, right))
        return ((len(left) + len(right)) * (1 - likeness) + extra + strangers * _ALONE
                + _marks(self._left[rows[0]], self._right[columns[0]])), left, right

    def _may_pay(self, rows: range, columns: range, most: float) -> bool:
        """Whether a group of several may cost less than `most`, and those at its ends give enough: cheaper
        to ask than to find out, and hardly any group gets further."""
        for row in {rows[0], rows[-1]}:
            given = sum(self._shared(row, column) for column in columns)
            if given < _GIVES * len(grams(self._left[row].words)):
                return False
        for column in {columns[0], columns[-1]}:
            taken = sum(self._shared(row, column) for row in rows)
            if taken < _GIVES * len(grams(self._right[column].words)):
                return False
        if len(rows) > 2 or len(columns) > 2:
            return most > _SAME_MARK  # strangers may be among them
        given = sum(self._shared(row, column) for row in rows for column in columns)
        there = (*(self._left[row].words for row in rows), *(self._right[column].words for column in columns))
        likeness = min(1.0, 2 * given / max(1, sum(len(grams(words)) for words in there)))
        return (len(rows) + len(columns)) * (1 - likeness) + _SAME_MARK < most

    def _shared(self, row: int, column: int) -> int:
        if (found := self._pairs.get((row, column))) is None:
            found = shared(self._left[row].words, self._right[column].words)
            self._pairs[row, column] = found
        return found

    def _givers(self, members: range, others: range, *, swapped: bool = False) -> tuple[int, ...]:
        """Those of `members` that give something to the group; nobody where one at an end does not, or
        one of a few that stand against a few."""
        if len(members) == 1:
            return tuple(members)
        own, theirs = (self._right, self._left) if swapped else (self._left, self._right)
        other = _joined(theirs, others)
        giving = tuple(at for at in members if added(
            own[at].words, _joined(own, [one for one in members if one != at]), other) >= _GIVES)
        ends = {members[0], members[-1]} if len(others) == 1 else set(members)
        return giving if ends <= set(giving) else ()


def _fitting(one: Line, several: Sequence[Line]) -> Iterator[int]:
    """How many of `several` (two or more) may stand against `one`."""
    length = 0
    for count, line in enumerate(several, 1):
        length += len(line.words)
        if length > _LONGER * len(one.words) + _LONGER_BY:
            return
        if count > 1:
            yield count


def _joined(lines: Sequence[Line], which: Iterable[int]) -> str:
    text = ""
    for at in which:
        text += break_between(text[-1:], lines[at].words[:1]) + lines[at].words
    return text


def _marks(one: Line, other: Line) -> float:
    """What it says of two lines that something counts them."""
    if not one.mark or not other.mark:
        return 0.0
    return _SAME_MARK if one.mark == other.mark else _OTHER_MARK


# --- where the two run in parallel ---------------------------------------------------------------


def _band(left: Sequence[Line], right: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """For each number of settled pieces, the first and last number of settled paragraphs to think of.
    Between two lines that share words which stand nowhere else, the runs may drift apart a little."""
    sure = [(-1, -1), *_parallel(left, right), (len(left), len(right))]
    for (i1, j1), (i2, j2) in pairwise(sure):
        slack = _BAND + abs((i2 - i1) - (j2 - j1))
        for i in range(max(i1, 0), i2 if i2 < len(left) else i2 + 1):
            yield (max(0, j1 - _BAND, j1 + i - i1 - slack),
                   min(len(right), j2 + _BAND, j1 + i - i1 + slack))


def _parallel(left: Sequence[Line], right: Sequence[Line]) -> list[_Place]:
    """Pairs of lines that share a run of characters which stands once on each side, as far as their order
    agrees."""
    places = _once(right)
    pairs = sorted({(row, places[gram]) for gram, row in _once(left).items() if gram in places},
                   key=lambda pair: (pair[0], -pair[1]))
    return [pairs[at] for at in increasing([column for _, column in pairs])]


def _once(lines: Sequence[Line]) -> dict[str, int]:
    """Each run of characters that stands once in all `lines` → the line."""
    found: dict[str, int] = {}
    for at, line in enumerate(lines):
        for start in range(len(line.words) - _VOTE + 1):
            gram = line.words[start:start + _VOTE]
            found[gram] = -1 if gram in found else at
    return {gram: at for gram, at in found.items() if at >= 0}
