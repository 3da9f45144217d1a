"""How much is reported: enough to act on, and no more than a log can carry.

In: findings. Out: those that are reported, in order, each of fields that end, and how many are left out of
each file. Refuses nothing: what is left out is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.findings import LONGEST_LINE, Finding

MOST_OF_A_FILE = 200
MOST_BYTES = 1_900_000  # of 2 MB: there is something around them


@dataclass(frozen=True)
class Reported:
    """`findings` in order; `left_out` is file → how many more were found in it; `all` is everything."""

    findings: Sequence[Finding] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    all: Sequence[Finding] = ()


def reported(found: Iterable[Finding], most_bytes: int = MOST_BYTES) -> Reported:
    """What of `found` is reported. Of each file the first ones, what must be mended before what one can live
    with; of all as much as there is room for."""
    everything = sorted(set(found))
    counts: dict[str, int] = {}
    kept, room = [], most_bytes
    for one in sorted(everything, key=lambda one: one.is_warning):
        counts[one.file] = counts.get(one.file, 0) + 1
        short = _cut(one)
        # Three wordings at most, four bytes a character at most, and the line of the file.
        size = 2 * sum(len(part.encode("utf-8", "replace")) for part in (
            short.file, short.found, short.expected, short.hint)) + 1000
        if counts[one.file] <= MOST_OF_A_FILE and size <= room:
            kept.append(short)
            room -= size
    left = dict.fromkeys(sorted(counts), 0) | counts
    for one in kept:
        left[one.file] -= 1
    return Reported(sorted(kept), {file: count for file, count in left.items() if count}, everything)


def _cut(one: Finding) -> Finding:
    """The finding, none of its texts longer than a line may be."""
    hint = "\n".join(map(_line, one.hint.split("\n")[:MOST_OF_A_FILE]))
    return replace(one, found=_line(one.found), expected=_line(one.expected), hint=hint)


def _line(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else text[:LONGEST_LINE - 1] + "…"
