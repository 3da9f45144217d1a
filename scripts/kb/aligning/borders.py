"""Sentences at the borders of rows that seem to belong to the next one.

In: rows of an alignment, the paragraphs of both texts, and their languages. Out: the same rows; less sure are
those between which a sentence shares more with the other side's neighbour than with its own partner: a break
may stand elsewhere in the two texts, so that both rows look whole and are not. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kb.aligning.features import Features, Weights, features
from kb.aligning.sentences import sentences
from kb.languages import Language

_CROSSED = 0.5  # how sure a row can be, if something seems to have crossed its border
_MORE = 1.3  # times as much has to be shared with the neighbour as with the partner
_ENOUGH = 0.2  # of what a sentence holds must be shared with the neighbour


class Row(NamedTuple):
    """The places of paragraphs that belong together, and how sure that is, from 0 to 1."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    sure: float


class _Side(NamedTuple):
    texts: Sequence[str]
    language: Language

    def whole(self, places: Sequence[int]) -> Features:
        return features("".join(self.texts[at] for at in places), self.language)

    def sentence(self, place: int, *, last: bool) -> Features | None:
        """The first or last sentence of a paragraph that has several."""
        found = sentences(self.texts[place])
        return features(found[-1 if last else 0], self.language) if len(found) > 1 else None


def settled(
    rows: Sequence[Row], left: Sequence[str], right: Sequence[str], of: Language, to: Language
) -> Iterator[Row]:
    """The rows, with how sure they are in view of their neighbours."""
    sides = (_Side(left, of), _Side(right, to))
    weights = Weights([features(one, of) for one in left], [features(one, to) for one in right])
    doubtful: set[int] = set()
    both = [at for at, row in enumerate(rows) if row.left and row.right]
    for one, other in pairwise(both):
        if _has_crossed(rows[one], rows[other], sides, weights):
            doubtful |= {one, other}
    for at, row in enumerate(rows):
        yield row._replace(sure=min(row.sure, _CROSSED)) if at in doubtful else row


def _has_crossed(one: Row, other: Row, sides: tuple[_Side, _Side], weights: Weights) -> bool:
    for own, partner in ((0, 1), (1, 0)):
        ours, theirs = ([(row.left, row.right)[side] for row in (one, other)] for side in (own, partner))
        first, second = (sides[partner].whole(places) for places in theirs)
        end = sides[own].sentence(ours[0][-1], last=True)
        begin = sides[own].sentence(ours[1][0], last=False)
        if (end and _fits(end, second, first, weights)) or (begin and _fits(begin, first, second, weights)):
            return True
    return False


def _fits(sentence: Features, neighbour: Features, partner: Features, weights: Weights) -> bool:
    """Whether a sentence shares more with the neighbour than with its partner."""
    there, here = weights.shared(sentence, neighbour), weights.shared(sentence, partner)
    return there > _MORE * here and there > _ENOUGH * weights.mass(sentence)
