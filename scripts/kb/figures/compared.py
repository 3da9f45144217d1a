"""Where two texts that say the same in two languages differ in their figures.

In: the figures of both. Out: those of each that the other lacks. A small number may be left out on one side,
which says it in words; where each has one that the other lacks, they differ. Refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from kb.figures.values import FAINT, FIRM, SMALL, Figure


@dataclass(frozen=True)
class Difference:
    """The figures of the one text that the other lacks, and the reverse, each in the order of its text."""

    ours: tuple[Figure, ...] = ()
    theirs: tuple[Figure, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ours or self.theirs)


def differences(ours: Iterable[Figure], theirs: Iterable[Figure]) -> Difference:
    one, other = list(ours), list(theirs)
    # The likest first, so that what is left is what differs.
    for alike in (_same, _same_but_for_a_unit):
        _strike(one, other, alike)
    return Difference(_kept(one, other), _kept(other, one))


def _same(one: Figure, other: Figure) -> bool:
    return one.value == other.value and one.unit == other.unit


def _same_but_for_a_unit(one: Figure, other: Figure) -> bool:
    """7nm is 7ナノメートル: what letters say in one language, the other says in words."""
    return _value_of(one, other) == _value_of(other, one) and not (one.unit and other.unit)


def _value_of(one: Figure, other: Figure) -> Fraction | str:
    """What `one` is compared by: beside a name, a number is what is written: 742.6 is 第742.6条."""
    if isinstance(one.value, Fraction) and isinstance(other.value, str):
        return re.sub(r"[^\d.]", "", one.words)
    return one.value


def _strike(one: list[Figure], other: list[Figure], alike: Callable[[Figure, Figure], bool]) -> None:
    """Take out of both lists what they share, the weightiest first."""
    for figure in sorted(one, key=lambda figure: -figure.weight):
        equal = [own for own in other if alike(figure, own)]
        if equal:
            one.remove(figure)
            other.remove(max(equal, key=lambda own: own.weight))


def _kept(own: list[Figure], other: list[Figure]) -> tuple[Figure, ...]:
    is_firm = any(figure.weight == FIRM for figure in own)
    return tuple(
        figure for figure in sorted(own, key=lambda figure: figure.start)
        if figure.weight == FIRM or (figure.weight == SMALL and any(
            facing.is_ordinal == figure.is_ordinal and facing.weight != FAINT
            and (facing.weight == SMALL or not is_firm) for facing in other)))
