"""What is certain before anything is weighed: which received words can only have become which paragraph.

In: the pieces of a received text, and what stands in its editions. Out: the pieces, cut where a
declaration shows that a part of one stands against a paragraph; groups that are the same on both sides,
or declared to belong together; and of these the ones that stand in another order than they were received.
Refuses nothing.

A declaration names the received wording by its fingerprint. What has that fingerprint belongs to the
paragraph whatever became of its neighbours: they keep their declarations when something between them is
deleted or inserted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from kb.characters import break_between, comparable
from kb.collation.editions import Edited
from kb.collation.order import increasing
from kb.collation.pieces import Piece, join
from kb.collation.sources import Received
from kb.fingerprints import fingerprint

_RUN = 4  # pieces or paragraphs that may be the same only when joined
_DECLARED_RUN = 12  # pieces that one declared wording may have been received in
_CLAUSES = 24  # ends of clauses in a piece between which declared parts are looked for
CLAUSE_END = re.compile(r"[。！？!?；;：:]+[”」』）)]*\s*|\.\s+")


@dataclass(frozen=True)
class Group:
    """The numbers of pieces and of paragraphs that belong together; either may be empty."""

    pieces: tuple[int, ...]
    paragraphs: tuple[int, ...]


@dataclass(frozen=True)
class Evidence:
    """`groups` are certain and in order; `moved` are certain, and stand somewhere else than they were
    received; `supplied` are paragraphs declared to have no received words."""

    pieces: tuple[Piece, ...]
    groups: tuple[Group, ...]
    moved: tuple[Group, ...]
    supplied: frozenset[int]
    favoured: frozenset[Group] = frozenset()  # declared, but there are several of them


def read(received: Received, pieces: Sequence[Piece], paragraphs: Sequence[Edited]) -> Evidence:
    """What is certain of `pieces` and `paragraphs`."""
    supplied = frozenset(column for column, one in enumerate(paragraphs) if _is_supplied(one))
    same = _same(pieces, paragraphs, supplied)
    declared, favoured = _declared(received, pieces, paragraphs, same)
    whole = {column for group in (*same, *declared, *favoured) for column in group.paragraphs}
    wanted = {fingerprint_ for column, fingerprint_ in _wanted(paragraphs).items() if column not in whole}
    taken = {row for group in (*same, *declared, *favoured) for row in group.pieces}
    cut = tuple(part for row, piece in enumerate(pieces)
                for part in ((piece,) if row in taken or not wanted else _cut(piece, wanted)))
    if len(cut) > len(pieces):
        same = _same(cut, paragraphs, supplied)
        declared, favoured = _declared(received, cut, paragraphs, same)
    groups, moved = _ordered([*same, *declared])
    return Evidence(cut, groups, moved, supplied, favoured)


def _is_supplied(one: Edited) -> bool:
    declared = one.emendation
    return declared is not None and declared.received is None and declared.text == fingerprint(one.text)


def _wanted(paragraphs: Sequence[Edited]) -> Mapping[int, str]:
    """Paragraph → the fingerprint of the received wording that is declared of it."""
    return {column: one.emendation.received for column, one in enumerate(paragraphs)
            if one.emendation and one.emendation.received}


# --- the same on both sides ----------------------------------------------------------------------


def _same(
    pieces: Sequence[Piece], paragraphs: Sequence[Edited], supplied: frozenset[int]
) -> list[Group]:
    """Groups that are the same when joined and stand there once on each side, the smallest first. Two
    paragraphs between which a break has moved are such a group."""
    left = _runs([comparable(piece.text) for piece in pieces])
    right = _runs(["" if column in supplied else comparable(one.text)
                   for column, one in enumerate(paragraphs)])
    both = [Group(rows, columns) for text, rows in left.items()
            if rows and (columns := right.get(text))]
    return _apart(sorted(both, key=_size))


def _runs(texts: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """What each run of neighbours spells → the run, or nothing where there are several."""
    found: dict[str, tuple[int, ...]] = {}
    for start in range(len(texts)):
        words = ""
        for end in range(start, min(start + _RUN, len(texts))):
            if not texts[end]:
                break
            words += (break_between(words[-1:], texts[end][0])) + texts[end]
            found[words] = () if words in found else tuple(range(start, end + 1))
    return found


def _size(group: Group) -> tuple[int, int]:
    return len(group.pieces) + len(group.paragraphs), min(group.pieces)


def _apart(groups: Iterable[Group]) -> list[Group]:
    """The groups that share nothing with one before them."""
    rows: set[int] = set()
    columns: set[int] = set()
    found: list[Group] = []
    for group in groups:
        if rows.isdisjoint(group.pieces) and columns.isdisjoint(group.paragraphs):
            found.append(group)
            rows.update(group.pieces)
            columns.update(group.paragraphs)
    return found


# --- declared to belong together -----------------------------------------------------------------


def _declared(
    received: Received, pieces: Sequence[Piece], paragraphs: Sequence[Edited], same: Sequence[Group]
) -> tuple[list[Group], frozenset[Group]]:
    """Groups whose received wording is the one declared for their paragraph: those that stand there once,
    and the others."""
    rows = {row for group in same for row in group.pieces}
    done = {column for group in same for column in group.paragraphs}
    wanted: dict[str, list[int]] = {}
    for column, mark in _wanted(paragraphs).items():
        if column not in done:
            wanted.setdefault(mark, []).append(column)
    found: dict[str, list[tuple[int, ...]]] = {}
    for length in range(1, _DECLARED_RUN + 1):
        if wanted.keys() == found.keys():
            break
        for start in range(len(pieces) - length + 1):
            run = tuple(range(start, start + length))
            if rows.isdisjoint(run):
                for mark in wanted.keys() & _fingerprints(received, [pieces[row] for row in run]):
                    found.setdefault(mark, []).append(run)
        # A longer run around a piece that has found its paragraph would lose against it.
        rows.update(row for runs in found.values() if len(runs) == 1 for row in runs[0])
    pairs = {mark: [Group(run, (column,)) for run in runs for column in wanted[mark]]
             for mark, runs in found.items()}
    once = [groups[0] for groups in pairs.values() if len(groups) == 1]
    several = frozenset(group for groups in pairs.values() if len(groups) > 1 for group in groups)
    return _apart(sorted(once, key=_size)), several


def _fingerprints(received: Received, pieces: Sequence[Piece]) -> set[str]:
    """The fingerprints by which these pieces may have been declared: of each copy, with and without the
    numbers of a list."""
    found: set[str] = set()
    for copy in range(max(len(piece.copies) for piece in pieces)):
        share = join([piece.copies[copy] for piece in pieces if copy < len(piece.copies)], received.text)
        found |= {fingerprint(text.strip()) for text in {share.text, share.numbered}}
    return found


def _cut(piece: Piece, wanted: set[str]) -> Iterator[Piece]:
    """A piece, cut around the parts of it whose fingerprints are wanted."""
    bounds = sorted({0, *(match.end() for match in CLAUSE_END.finditer(piece.text)), len(piece.text)})
    if len(bounds) < 3 or len(bounds) > _CLAUSES:
        yield piece
        return
    spans: list[tuple[int, int]] = []
    for start, end in sorted(combinations(bounds, 2), key=lambda span: span[0] - span[1]):
        if all(end <= other[0] or start >= other[1] for other in spans) and (
                fingerprint(piece.text[start:end].strip()) in wanted):
            spans.append((start, end))
    edges = sorted({0, len(piece.text), *(edge for span in spans for edge in span)})
    parts = [piece.part(*span) for span in pairwise(edges)]
    yield from parts if all(parts) else (piece,)  # type: ignore[misc]


# --- in the order in which they were received ----------------------------------------------------


def _ordered(groups: Sequence[Group]) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """As many groups as follow each other on both sides (the longest increasing subsequence), and the
    others."""
    groups = sorted(groups, key=lambda group: group.pieces)
    kept = set(increasing([group.paragraphs[0] for group in groups]))
    return (tuple(group for index, group in enumerate(groups) if index in kept),
            tuple(group for index, group in enumerate(groups) if index not in kept))
