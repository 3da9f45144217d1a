"""Paragraph ids: their form, their order, and the next one.

Ids are `p1`, `p2`, … in order of first publication. One inserted after `p12` is `p12a`, the habit
of statute books; what must stand before `p12a` is `p12za`, as in British statutes, where section
12ZA comes before 12A. So a new id fits between any two, and none is ever renumbered.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from string import ascii_lowercase
from typing import TypeGuard

PARAGRAPH = re.compile(r"^p(0|[1-9][0-9]*)((?:z*[a-y])*)\Z")
SECTION = re.compile(r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z")
_LETTERS = ascii_lowercase[:-1]  # z only ever means "before a"


def is_paragraph(anchor: str | None) -> TypeGuard[str]:
    """Whether `anchor` has the form of a paragraph's id; nothing has none."""
    return anchor is not None and bool(PARAGRAPH.match(anchor)) and anchor != "p0"


def is_section(anchor: str) -> bool:
    """Whether `anchor` has the form of a section's id; what looks like a paragraph's is none."""
    return bool(SECTION.match(anchor)) and not re.match(r"^p[0-9]", anchor)


def order(anchor: str) -> tuple[int, tuple[int, ...]]:
    """A key that sorts paragraph ids as they stand in the text: p12 < p12za < p12a < p12b < p13."""
    number, letters = _parts(anchor)
    return number, tuple(0 if letter == "z" else ord(letter) for letter in letters)


def _parts(anchor: str) -> tuple[int, str]:
    match = PARAGRAPH.match(anchor)
    if not match:
        raise ValueError(f"{anchor} is no paragraph's id")
    return int(match[1]), match[2]


def between(before: str | None, after: str | None, used: Container[str]) -> str:
    """A new id for a paragraph that stands after `before` and before `after`; these two must be
    in order.

    `used` holds every id that was ever given. The next number that was never used is taken where it
    fits, as at the end of a text (`after` is None).

    >>> between("p12", "p13", set()), between("p12", "p12a", set()), between("p12", None, {"p13"})
    ('p12a', 'p12za', 'p14')
    """
    start = before or "p0"
    if after is not None and order(start) >= order(after):
        raise ValueError(f"{after} stands before {start}")
    number = order(start)[0] + 1
    while f"p{number}" in used:
        number += 1
    if after is None or order(f"p{number}") < order(after):
        return f"p{number}"
    return next(candidate for candidate in _candidates(start)
                if candidate not in used and order(start) < order(candidate) < order(after))


def below(before: str, after: str | None, used: Container[str]) -> str:
    """A new id for what was split from `before` and stands after it: never the next number.

    >>> below("p12", None, set()), below("p12a", "p13", {"p12b"})
    ('p12a', 'p12c')
    """
    low, high = order(before), order(after) if after else None
    return next(candidate for candidate in _candidates(before) if candidate not in used
                and low < order(candidate) and (high is None or order(candidate) < high))


def _candidates(start: str) -> Iterator[str]:
    """Siblings of `start` (p12a → p12b …), then ids below it (p12a → p12aa …), then those that
    must come before a first one (p12 → p12za, p12zza …)."""
    number, letters = _parts(start)
    if letters:
        stem = f"p{number}{letters[:-1]}"
        yield from (stem + letter for letter in _LETTERS if letter > letters[-1])
    prefix = f"p{number}{letters}"
    while True:
        yield from (prefix + letter for letter in _LETTERS)
        prefix += "z"
