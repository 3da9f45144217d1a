"""Longest chains: as much of a sequence as is in order.

In: numbers. Out: the places of a longest strictly increasing subsequence. Refuses nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def increasing(values: Sequence[int]) -> list[int]:
    """The places of as many `values` as follow each other in ascending order."""
    ends: list[int] = []  # the value with which the best chain of each length ends …
    last: list[int] = []  # … and its place
    before: list[int] = []
    for at, value in enumerate(values):
        length = bisect_left(ends, value)
        ends[length : length + 1] = [value]
        last[length : length + 1] = [at]
        before.append(last[length - 1] if length else -1)
    found: list[int] = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return found[::-1]
