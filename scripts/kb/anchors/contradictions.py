"""What in a register contradicts itself.

In: a register. Out: the places of entries that cannot be: ids withdrawn or named before they were published,
lines without a wording, days that do not exist, successors that lead nowhere. Refuses nothing itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kb.anchors.register import Entry, Register


class Contradiction(NamedTuple):
    """What is wrong with the entry at `place`, from 0."""

    place: int
    found: str
    expected: str


def contradictions(register: Register) -> Iterator[Contradiction]:
    """Entries that contradict what stands before them, then days and successors that cannot be."""
    known: set[str] = set()
    before: Entry | None = None
    for index, entry in enumerate(register.entries):
        if entry.withdrawn and entry.id not in known:
            yield Contradiction(index, f"#{entry.id} withdrawn", "an id that was published before")
        if not entry.withdrawn and not (entry.language and entry.text):
            yield Contradiction(index, f"#{entry.id} without language and text",
                                 "language and text, or withdrawn: true")
        for key, named in _named(entry):
            if named not in known or (named == entry.id and key != "was"):
                yield Contradiction(index, f"#{entry.id} {key} #{named}",
                                     "another id that was published before")
        if entry.withdrawn and any(_named(entry)):
            yield Contradiction(index, f"#{entry.id} withdrawn, and where its text comes from",
                                 "that on a line with language and text")
        if entry == before:
            yield Contradiction(index, f"#{entry.id} a second time", "each line once")
        known.add(entry.id)
        before = entry
    wrong_days = {day for day in {entry.date for entry in register.entries} if not _is_day(day)}
    for index, entry in enumerate(register.entries):
        if entry.date in wrong_days:
            yield Contradiction(index, f"the date {entry.date}", "a day of the calendar")
        if entry.successor and entry.successor not in known:
            yield Contradiction(index, f"the successor #{entry.successor}", "an id of this document")
        if entry.successor and _leads_back(register, entry.id):
            yield Contradiction(index, f"#{entry.id} as its own successor in the end", "a living id")


def _named(entry: Entry) -> Iterator[tuple[str, str]]:
    """(key, id) of each id that an entry says its text comes from."""
    yield from ((key, one) for key, one in (("was", entry.was), ("from", entry.from_)) if one)
    yield from (("merged", one) for one in entry.merged)


def _is_day(day: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(day))
    except ValueError:
        return False


def _leads_back(register: Register, anchor: str) -> bool:
    """Whether the successors of a withdrawn id lead back to it."""
    seen: set[str] = set()
    here: str | None = anchor
    while here is not None and here in register.withdrawn and here not in seen:
        seen.add(here)
        here = register.withdrawn[here].successor
    return here in seen
