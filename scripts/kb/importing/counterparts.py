"""What is left out in one language, at the place of a line that the other one keeps.

In: what was made of an original and of its translation, and their languages. Out: for each side, the lines
whose counterpart was left out for certain, with the reason: a translation renders the captions and
advertisements of its page too, and where one of them stays, a paragraph would have to be cut to make the
numbers agree. Only lines between neighbours that belong together are told. Refuses nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kb.aligning.align import align
from kb.aligning.borders import Row
from kb.importing.drafting import Made
from kb.importing.values import SURE
from kb.languages import Language

_ROW = 0.6  # how sure a row has to be to tell anything
_NEAR = 3  # lines before the first and after the last of a text that may be its counterparts


class _Unit(NamedTuple):
    line: int
    words: str
    reason: str  # empty where it is kept
    sure: float
    kind: str


Hints = tuple[Mapping[int, str], Mapping[int, str]]  # of the original, of the translation: line → reason


def hints(original: Made, translation: Made, of: Language, to: Language) -> Hints:
    left, right = _units(original), _units(translation)
    if not left or not right:
        return {}, {}
    rows = align([one.words for one in left], [one.words for one in right], of, to)
    found: tuple[dict[int, str], dict[int, str]] = ({}, {})
    for place, (ours, theirs) in _together(rows):
        one, other = left[ours], right[theirs]
        if bool(one.reason) == bool(other.reason) or not _is_between(rows, place, left, right):
            continue
        gone, kept, side = (one, other, 1) if one.reason else (other, one, 0)
        if gone.sure >= SURE and kept.kind == "paragraph":
            found[side][kept.line] = gone.reason
    return found


def _units(made: Made) -> list[_Unit]:
    """The lines of the first draft and of what is left out between and near them, in their order."""
    blocks = made.drafts[0].blocks if made.drafts else ()
    title = max((one.lines[-1] for one in blocks if one.kind == "title"), default=0)
    kept: dict[int, _Unit] = {}
    for one in blocks:
        if one.kind != "title":
            before = kept.get(one.lines[0])
            words = (before.words if before else "") + one.received
            kept[one.lines[0]] = _Unit(one.lines[0], words, "", one.sure, one.kind)
    if not kept:
        return []
    first, last = max(title, min(kept) - _NEAR), max(kept) + _NEAR
    gone = {one.line: _Unit(one.line, one.words, one.reason, one.sure, "") for one in made.omissions
            if not one.text and first < one.line <= last and one.line not in kept}
    return [one for _, one in sorted({**kept, **gone}.items())]


def _together(rows: Sequence[Row]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Lines that belong together or stand at the same place, each with the first and last row of theirs."""
    found = []
    for at, row in enumerate(rows):
        if len(row.left) == len(row.right) == 1 and row.sure >= _ROW:
            found.append(((at, at), (row.left[0], row.right[0])))
        elif at + 1 < len(rows):
            after = rows[at + 1]
            left, right = (*row.left, *after.left), (*row.right, *after.right)
            if len(left) == len(right) == 1 and not (row.left and row.right):
                found.append(((at, at + 1), (left[0], right[0])))
    return found


def _is_between(
    rows: Sequence[Row], place: tuple[int, int], left: Sequence[_Unit], right: Sequence[_Unit]
) -> bool:
    """Whether the rows around it, as far as there are some, are kept on both sides."""
    beside = [rows[at] for at in (place[0] - 1, place[1] + 1) if 0 <= at < len(rows)]
    return bool(beside) and all(
        row.left and row.right and not any(left[at].reason for at in row.left)
        and not any(right[at].reason for at in row.right) for row in beside)
