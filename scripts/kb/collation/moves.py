"""Words that stand in another paragraph than the one that they were received in.

In: outcomes that differ, and pieces that no paragraph has. Out: the clauses, and the whole lines, that one
place lacks and another has too much of, so that one finding can say both. Refuses nothing: a few characters
that happen to be gone here and new there are no sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kb.characters import comparable
from kb.collation.differences import Outcome, Pair
from kb.collation.overlap import alike
from kb.collation.pieces import Piece
from kb.differences import changes

_SHORTEST = 6  # characters that can be said to have moved
_MOSTLY = 0.8  # how much of what is missing, or is too much, must be the same words
_REWORDED = 0.5  # how much a whole line must have in common with a paragraph that has no received words
_SENTENCE = re.compile(r"[。！？!?；;]|\.\s")


@dataclass(frozen=True)
class Missing:
    """Words that an outcome, or no outcome at all, lacks; where they were received."""

    words: str
    offset: int
    outcome: Outcome | None = None
    piece: Piece | None = None

    @property
    def is_whole(self) -> bool:
        return self.outcome is None or self.outcome.strange is not None


@dataclass(frozen=True)
class Surplus:
    """Words that an outcome has and did not receive."""

    words: str
    outcome: Outcome

    @property
    def is_whole(self) -> bool:
        return not self.outcome.pair.share.text.strip()


@dataclass(frozen=True)
class Move:
    missing: Missing
    surplus: Surplus
    words: str


def find(outcomes: Sequence[Outcome], strays: Sequence[Piece]) -> list[Move]:
    """Where words went. `outcomes` are those with a difference that nobody declared."""
    missing = [*(one for outcome in outcomes for one in _missing(outcome)),
               *(Missing(comparable(piece.text), piece.copies[0].offsets[0], piece=piece)
                 for piece in strays)]
    surplus = [one for outcome in outcomes for one in _surplus(outcome)]
    places: dict[str, list[int]] = {}
    for at, one in enumerate(surplus):
        for gram in _grams(one.words):
            places.setdefault(gram, []).append(at)
    found: list[Move] = []
    gone: set[int] = set()
    for lack in missing:
        candidates = sorted({at for gram in _grams(lack.words) for at in places.get(gram, ())} - gone)
        words = {at: _same(lack, surplus[at]) for at in candidates
                 if surplus[at].outcome is not lack.outcome}
        best = max((one for one in words if words[one]), key=lambda one: len(words[one]), default=None)
        if best is not None:
            found.append(Move(lack, surplus[best], words[best]))
            gone.update({best} if surplus[best].is_whole else ())
    return found


def explains(moves: Sequence[Move], outcome: Outcome) -> bool:
    """Whether nothing but these moves makes an outcome differ."""
    if outcome.strange:
        return False
    received, edited = (comparable(text) for text in outcome.pair.wordings)
    for move in moves:
        if move.missing.outcome is outcome:
            received = received.replace(move.words, "", 1)
        if move.surplus.outcome is outcome:
            edited = edited.replace(move.words, "", 1)
    return received == edited


def _missing(outcome: Outcome) -> Iterator[Missing]:
    pair = outcome.strange or outcome.pair
    if outcome.strange:
        yield Missing(comparable(pair.share.text), pair.share.offsets[0], outcome)
        return
    at = 0
    for change in changes(pair.share.text, pair.edited.text):
        if not change.same and change.before.strip():
            yield Missing(comparable(change.before), pair.share.offsets[at], outcome)
        at += len(change.before)


def _surplus(outcome: Outcome) -> Iterator[Surplus]:
    pair = outcome.pair
    if not pair.share.text.strip():
        yield Surplus(comparable(pair.edited.text), outcome)
        return
    for change in changes(pair.share.text, pair.edited.text):
        if not change.same and change.after.strip():
            yield Surplus(comparable(change.after), outcome)


def _same(missing: Missing, surplus: Surplus) -> str:
    """The words that moved, if a sentence did, or a whole line."""
    if missing.is_whole and surplus.is_whole and alike(missing.words, surplus.words) >= _REWORDED:
        return surplus.words
    match = SequenceMatcher(None, missing.words, surplus.words, autojunk=False).find_longest_match()
    words = missing.words[match.a : match.a + match.size]
    if missing.is_whole:
        return words if match.size >= _MOSTLY * len(missing.words) else ""
    mostly = match.size >= _MOSTLY * min(len(missing.words), len(surplus.words))
    return words if mostly and match.size >= _SHORTEST and _SENTENCE.search(words) else ""


def _grams(words: str) -> set[str]:
    return {words[at : at + _SHORTEST] for at in range(len(words) - _SHORTEST + 1)}


def pair_of(move: Move) -> Pair | None:
    """The paragraph that lacks the words."""
    return move.missing.outcome.pair if move.missing.outcome else None
