"""Whether dates have come: of what is published, signed, received and recorded, and of sources.

In: the project, and today's date (ISO). Out: a finding for each date that lies after it, which is a slip
of the pen: 2036 for 2026. The timeline may tell of what is to come.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb import dates, timeline
from kb.checks import citing
from kb.findings import Finding
from kb.project import Project


def check(project: Project, today: str) -> Iterator[Finding]:
    for file, line, key, date in _dates(project):
        if dates.exists(date) and dates.first_day(date).isoformat() > today:
            yield Finding(file, line, "KB115", f"{key}: {date}", f"today, {today}, or a day before it",
                          "correct the year, month or day")


def _dates(project: Project) -> Iterator[citing.Dated]:
    for page in project.corpus.pages.values():
        for path in (("published",), ("date",), ("translation", "post-edited"),
                     ("translation", "reviewed", "date")):
            value = page.record.at(*path)
            if isinstance(value, str):
                yield page.file, page.record.line(*path), path[-1], value
    yield timeline.FILE, project.events.line, "as-of", project.as_of
    for received in project.sources.received:
        if received.date:
            yield received.data_file, received.record.line("date"), "date", received.date
    for declared in project.sources.declarations.values():
        for note in declared.notes:
            yield declared.file, note.line, "date", note.date
    yield from citing.days(project)
