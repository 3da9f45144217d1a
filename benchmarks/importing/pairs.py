"""Pairs of texts for alignment: the pages that this project has in both languages, paragraph by paragraph, with
merges and deletions made on both sides.

In: a project, chances of a merge and of a deletion, a seed. Out: `Score`: F1 of the rows that have both sides,
how many rows are wrong, how many of them are flagged, and how many rows are flagged in all.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from kb.aligning import align as aligning
from kb.importing.values import SURE
from kb.languages import CHINESE, JAPANESE
from kb.project import Project

RATES = ((0.0, 0.0), (0.05, 0.02), (0.10, 0.05), (0.15, 0.10))
_Row = tuple[tuple[int, ...], tuple[int, ...]]


class Score(NamedTuple):
    f1: float
    wrong: int
    caught: int
    flagged: int
    rows: int


def texts(project: Project) -> list[tuple[list[str], list[str]]]:
    """Pages of more than five paragraphs, as many in each language: their twins are paragraph for paragraph."""
    found = []
    for path in project.corpus.paths:
        editions = project.corpus.editions(path)
        if len(editions) == 2:
            left, right = ([one.text for one in page.paragraphs] for page in editions)
            if len(left) == len(right) > 5:
                found.append((left, right))
    return found


def scored(pairs: Sequence[tuple[list[str], list[str]]], merges: float, deletions: float, seed: int) -> Score:
    chance = random.Random(seed)
    right = proposed = shared = wrong = caught = flagged = rows = 0
    for left, other in pairs:
        ours, theirs = (_spoiled(len(one), chance, merges, deletions) for one in (left, other))
        if not ours or not theirs:
            continue
        true = _rows(ours, theirs)
        found = aligning.align(["".join(left[at] for at in group) for group in ours],
                               ["".join(other[at] for at in group) for group in theirs], CHINESE, JAPANESE)
        both = {(row.left, row.right) for row in found if row.left and row.right}
        wanted = {row for row in true if row[0] and row[1]}
        right, proposed, shared = right + len(wanted), proposed + len(both), shared + len(wanted & both)
        for row in found:
            is_wrong, is_flagged = (row.left, row.right) not in true, row.sure < SURE
            rows, flagged = rows + 1, flagged + is_flagged
            wrong, caught = wrong + is_wrong, caught + (is_wrong and is_flagged)
    return Score(2 * shared / (right + proposed), wrong, caught, flagged, rows)


def _spoiled(size: int, chance: random.Random, merges: float, deletions: float) -> list[tuple[int, ...]]:
    """The paragraphs that are left, those that were merged in one."""
    groups, at = [], 0
    while at < size:
        fate = chance.random()
        if fate >= deletions:
            merged = fate < deletions + merges and at + 1 < size
            groups.append((at, at + 1) if merged else (at,))
            at += merged
        at += 1
    return groups


def _rows(left: Sequence[tuple[int, ...]], right: Sequence[tuple[int, ...]]) -> set[_Row]:
    """The rows of a right alignment: groups that share a paragraph, directly or by others, stand in one."""
    owners = [{one: at for at, group in enumerate(side) for one in group} for side in (left, right)]
    found: set[_Row] = set()
    seen: set[tuple[int, int]] = set()
    for start in [(0, at) for at in range(len(left))] + [(1, at) for at in range(len(right))]:
        members, waiting = set(), [start]
        while waiting:
            side, at = waiting.pop()
            if (side, at) in seen:
                continue
            seen.add((side, at))
            members.add((side, at))
            waiting += [(1 - side, owners[1 - side][one]) for one in (left, right)[side][at] if one in owners[1 - side]]
        if members:
            found.add((tuple(sorted(at for side, at in members if not side)),
                       tuple(sorted(at for side, at in members if side))))
    return found
