"""Clauses that a break parted from their paragraph.

In: groups of neighbours, and the lines that they are made of. Out: the groups, those joined between which a
clause stands on the other side of the break than in the edition. Where a paragraph ends is no difference
between a received text and its edition: what matters is that the words follow each other. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kb.collation.alignment import Line
from kb.collation.evidence import CLAUSE_END, Group
from kb.collation.overlap import grams, shared

_SHORTEST = 4  # characters of a clause that can say where it is at home
_AT_HOME = 0.5  # how much of it must be found only on the other side


def mend(
    groups: Sequence[Group], pieces: Sequence[Line], paragraphs: Sequence[Line], certain: Collection[Group]
) -> tuple[Group, ...]:
    """Join neighbouring groups between which a clause has crossed. `certain` ones stay as they are."""
    found: list[Group] = []
    for group in groups:
        last = found[-1] if found else None
        if last and not {last, group} & set(certain) and _crossed(last, group, pieces, paragraphs):
            found[-1] = Group(last.pieces + group.pieces, last.paragraphs + group.paragraphs)
        else:
            found.append(group)
    return tuple(found)


def _crossed(one: Group, other: Group, pieces: Sequence[Line], paragraphs: Sequence[Line]) -> bool:
    """Whether a clause at the end of `one` is at home in `other`, or the other way round."""
    if not (one.pieces and one.paragraphs and other.pieces and other.paragraphs):
        return False
    before, after = (_words(pieces, group.pieces) for group in (one, other))
    first, second = (_words(paragraphs, group.paragraphs) for group in (one, other))
    now = shared(before, first) + shared(after, second)
    for start, end, clause in _clauses(before, after):
        if shared(start, first) + shared(end, second) - now >= _AT_HOME * len(grams(clause)):
            return True
    return False


def _clauses(before: str, after: str) -> Iterator[tuple[str, str, str]]:
    """How two texts could be parted elsewhere: what would stand before, what after, and the clauses that
    would have crossed."""
    for match in CLAUSE_END.finditer(before):
        if len(clause := before[match.end():]) >= _SHORTEST and match.end() > 0:
            yield before[: match.end()], clause + after, clause
    for match in CLAUSE_END.finditer(after):
        if len(clause := after[: match.end()]) >= _SHORTEST and match.end() < len(after):
            yield before + clause, after[match.end():], clause


def _words(lines: Sequence[Line], which: Sequence[int]) -> str:
    return "".join(lines[at].words for at in which)
