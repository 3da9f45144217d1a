"""Pieces of a received text and paragraphs of its editions, laid beside each other, and what is to be said of
them.

In: groups of both, in order and out of it, with the outcome of each paragraph. Out: the findings, each where
a reader looks for it; the pieces that no paragraph has, and whether received words are left that a paragraph
without any may come from. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.characters import comparable
from kb.collation import dividing, editions, moves, remarks
from kb.collation.differences import Outcome
from kb.collation.evidence import Group
from kb.collation.pieces import Piece
from kb.collation.sources import Received
from kb.findings import Finding


@dataclass(frozen=True)
class Layout:
    """Pieces and paragraphs beside each other: `groups` in order, `displaced` ones out of it; the
    outcome of each paragraph, in the order of the edition."""

    pieces: tuple[Piece, ...]
    groups: tuple[Group, ...]
    displaced: tuple[Group, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def strays(self) -> list[Piece]:
        """Pieces that no paragraph has."""
        return [self.pieces[group.pieces[0]] for group in self.groups if not group.paragraphs]

    @property
    def unsourced(self) -> list[bool]:
        """Of each paragraph in the order of the edition, whether it has no received words and none are left
        beside it that it may come from: no stray, nothing strange."""
        rows = {at: group.pieces for group in (*self.groups, *self.displaced) if group.pieces
                for at in group.paragraphs}
        strange = {at for at in rows if self.outcomes[at].strange}
        left = {group.pieces[0] for group in self.groups if not group.paragraphs}.union(
            *(rows[at] for at in strange))
        return [not one.pair.share.text.strip() and not one.strange
                and not self._has_source(at, {one: rows[one] for one in rows if one not in strange}, left)
                for at, one in enumerate(self.outcomes)]

    def _has_source(self, at: int, placed: Mapping[int, Sequence[int]], left: Collection[int]) -> bool:
        """Whether received words may be the source of a paragraph that has none: words in no edition between
        those of its neighbours, or such as a neighbour has and does not answer to."""
        before = max((one for one in placed if one < at), default=None)
        after = min((one for one in placed if one > at), default=None)
        first = -1 if before is None else placed[before][-1]
        last = len(self.pieces) if after is None else placed[after][0]
        if any(first <= row <= last for row in left):
            return True
        pairs = [self.outcomes[one].pair for one in (before, after) if one is not None]
        return any(not pair.is_same and dividing.has_more(pair.share.text, pair.edited) for pair in pairs)

    def findings(self, received: Received) -> Iterator[Finding]:
        """Everything that nobody declared."""
        differing = [one for one in self.outcomes if not one.is_settled]
        strays = [group.pieces[0] for group in self.groups if not group.paragraphs]
        found = moves.find(differing, [self.pieces[row] for row in strays])
        for move in found:
            yield remarks.moved_words(
                received, move.words, received.line_of(move.missing.offset),
                now=move.surplus.outcome.pair, then=moves.pair_of(move))
        gone = {id(move.missing.piece) for move in found}
        for run in _repeated([(row, self._stray(received, row)) for row in strays
                              if id(self.pieces[row]) not in gone]):
            if len(run) > 2:
                yield remarks.repeated(received, run)
            else:
                yield from (remarks.stray(received, one) for one in run)
        for outcome in differing:
            own = [move for move in found if outcome in (move.missing.outcome, move.surplus.outcome)]
            if not own or not moves.explains(own, outcome):
                yield from remarks.difference(received, outcome)
        yield from self._displaced(received)

    def _paragraphs(self) -> dict[int, int]:
        """Piece → the last paragraph that it went to, in order or not."""
        return {row: group.paragraphs[-1] for group in (*self.groups, *self.displaced)
                for row in group.pieces if group.paragraphs}

    def _stray(self, received: Received, row: int) -> remarks.Stray:
        places = self._paragraphs()
        before = max((one for one in places if one < row), default=-1)
        beside = [group for group in self.groups
                  if len(group.paragraphs) == 1 and {row - 1, row + 1} & set(group.pieces)
                  and not self.outcomes[group.paragraphs[0]].is_settled]
        words = comparable(self.pieces[row].text)
        twin = next((piece for at, piece in enumerate(self.pieces)
                     if at in places and comparable(piece.text) == words), None)
        return remarks.Stray(
            self.pieces[row],
            self.outcomes[places[before]].edited if before >= 0 else None,
            tuple((self.outcomes[group.paragraphs[0]],
                   tuple(self.pieces[at] for at in sorted({*group.pieces, row}))) for group in beside),
            received.line_of(twin.copies[0].offsets[0]) if twin else None,
            next((one.edited.page for one in self.outcomes if one.edited.id == editions.TITLE
                  and words in [comparable(section.title) for section in one.edited.page.sections]), None))

    def _displaced(self, received: Received) -> Iterator[Finding]:
        """Paragraphs out of order, those that moved together in one finding."""
        places = self._paragraphs()
        runs: list[list[Group]] = []
        for group in sorted(self.displaced, key=lambda one: one.paragraphs):
            last = runs[-1][-1] if runs else None
            if last and (last.paragraphs[-1] + 1, last.pieces[-1] + 1) == (
                    group.paragraphs[0], group.pieces[0]):
                runs[-1].append(group)
            else:
                runs.append([group])
        for run in runs:
            now, then = run[0].paragraphs[0] - 1, run[0].pieces[0] - 1
            while then >= 0 and then not in places:
                then -= 1
            yield remarks.moved(
                received, [self.outcomes[at] for group in run for at in group.paragraphs],
                self.outcomes[now].edited if now >= 0 else None,
                self.outcomes[places[then]].edited if then >= 0 else None)


def _repeated(strays: Sequence[tuple[int, remarks.Stray]]) -> list[list[remarks.Stray]]:
    """Strays, those in one run that follow each other here and where they stand a second time."""
    runs: list[list[remarks.Stray]] = []
    before: tuple[int, int | None] = (-2, None)
    for row, one in strays:
        if before[1] is not None and one.twin is not None and row == before[0] + 1 and one.twin > before[1]:
            runs[-1].append(one)
        else:
            runs.append([one])
        before = row, one.twin
    return runs
