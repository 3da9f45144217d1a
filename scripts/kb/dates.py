"""Dates that may be known to the month or to the year only: 1951-10-27, 1951-10, 1951.

In: ISO 8601 dates as data files write them. Out: whether they exist, the day that they begin with,
and a key by which they sort. Refuses with ValueError what is no such date.
"""

from __future__ import annotations

import datetime
import re

_FORM = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_LAST = (0, 0)


def exists(date: str) -> bool:
    """Whether `date` is a day, a month or a year of the calendar."""
    try:
        first_day(date)
    except ValueError:
        return False
    return True


def first_day(date: str) -> datetime.date:
    """The day that `date` begins with: 1951-10 → 1 October 1951."""
    if not _FORM.fullmatch(date):
        raise ValueError(f"{date!r} is no date")
    return datetime.date.fromisoformat(date + "-01-01"[len(date) - 4:] if len(date) < 10 else date)


def newest_first(date: str) -> tuple[int, int]:
    """A key that sorts the newest first: a month after its days, a year after its months, and what
    has no date last."""
    return (-first_day(date).toordinal(), -len(date)) if date else _LAST
