"""The timeline: dated events, from one data file.

In: `timeline/events.yml`. Out: a `Timeline`: events in the order of their dates, where each stands in the
picture, and how far the editors have looked up what is in force. Refuses events out of order, and ones that
name a paragraph or a concept that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb import dates, yamldata
from kb.anchors.fates import Withdrawn, led_on
from kb.commentary import meant
from kb.corpus import Corpus
from kb.files import read_text
from kb.findings import Finding, nearest
from kb.memory.unchanged import NOTHING, Unchanged

FILE = "timeline/events.yml"


@dataclass(frozen=True)
class Event:
    """Something that happened on `date` (a year, month or day), up to `until`."""

    date: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    sources: tuple[Mapping[str, Any], ...]  # `text`, alike or for each language, and perhaps `address`
    until: str | None = None
    paragraphs: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    hedge: bool = False
    line: int = 0
    id: str = ""  # its own on the page: its date, with a number where the day has several

    @property
    def year(self) -> int:
        return int(self.date[:4])

    def sources_in(self, tag: str) -> tuple[tuple[str, str], ...]:
        """Each source as readers of a language have it, with its address, which may be ""."""
        said = ((one["text"], one.get("address", "")) for one in self.sources)
        return tuple((text if isinstance(text, str) else text[tag], address) for text, address in said)

    @property
    def moment(self) -> float:
        """The date as a year with a fraction, for the picture."""
        parts = [int(part) for part in self.date.split("-")]
        year, month, day = [*parts, 1, 1][:3]
        return year + (month - 1) / 12 + (day - 1) / 365


@dataclass(frozen=True)
class Timeline:
    events: tuple[Event, ...] = ()
    as_of: str = ""  # a month or a day: whatever pages say of the law in force they say as of it
    line: int = 1  # where `as-of` is written
    findings: tuple[Finding, ...] = field(default=())


def read(root: Path, unchanged: Unchanged = NOTHING) -> Timeline:
    """The timeline below `root`; an empty one where there is no such file."""
    path = root / FILE
    if not path.exists():
        return Timeline()
    text, findings = read_text(path, FILE, unchanged=unchanged)
    if text is None:
        return Timeline(findings=findings)
    return unchanged.once(_parse, text)


def _parse(text: str) -> Timeline:
    record, findings = yamldata.parse(text, file=FILE, schema="timeline")
    if findings:
        return Timeline(findings=findings)
    days = [str(one["date"]) for one in record.values["events"]]
    return Timeline(tuple(_event(one, _id(days, index), record.line("events", index))
                          for index, one in enumerate(record.values["events"])),
                    str(record.values.get("as-of", "")), record.line("as-of"))


def _event(values: Mapping[str, Any], anchor: str, line: int) -> Event:
    lists = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
    return Event(**{**values, **lists, "id": anchor, "line": line})


def _id(days: list[str], index: int) -> str:
    before = days[:index].count(days[index])
    return f"event-{days[index]}" + (f"-{before + 1}" if before else "")


def check(timeline: Timeline, corpus: Corpus, withdrawn: Withdrawn) -> Iterator[Finding]:
    """Dates that do not exist or are out of order, paragraphs and concepts that do not exist."""
    if timeline.as_of and not dates.exists(timeline.as_of):
        yield Finding(FILE, timeline.line, "KB103", f"as-of: {timeline.as_of}", "a date that exists",
                      "a month or a day, as in 2026-06 or 2026-06-30")
    for before, event in zip((None, *timeline.events), timeline.events, strict=False):
        yield from _dates(event, before)
        for target in event.paragraphs:
            document, _, anchor = target.partition("#")
            if not any(anchor in page.anchors for page in corpus.editions(f"{document}.md")):
                yield Finding(FILE, event.line, "KB402", target, "a paragraph of a document",
                              led_on(withdrawn, document, anchor) or meant(target, corpus))
        for concept in event.concepts:
            if f"glossary/{concept}.md" not in corpus.paths:
                known = [path.removeprefix("glossary/").removesuffix(".md") for path in corpus.paths
                         if path.startswith("glossary/") and path != "glossary/index.md"]
                near = nearest(concept, known)
                yield Finding(FILE, event.line, "KB604", concept, "a concept of the glossary",
                              f"did you mean “{near}”?" if near
                              else f"concepts: {', '.join(known)}" if known
                              else "write the concept first, in glossary/")


def _dates(event: Event, before: Event | None) -> Iterator[Finding]:
    for date in filter(None, (event.date, event.until)):
        if not dates.exists(date):
            yield Finding(FILE, event.line, "KB103", date, "a date that exists",
                          "a year, a month or a day, as in 1951, 1952-01 or 1957-05-27")
    # A year ends after its months: 1951-10 until 1951.
    if event.until and event.until[: len(event.date)] < event.date[: len(event.until)]:
        yield Finding(FILE, event.line, "KB608", f"until {event.until}, from {event.date}",
                      "an end that is not before the beginning", "correct one of them")
    if before and event.date[: len(before.date)] < before.date[: len(event.date)]:
        yield Finding(FILE, event.line, "KB608", f"{event.date} after {before.date}",
                      "events in the order of their dates", "move it up")


@dataclass(frozen=True)
class Span:
    """A stretch of years that is drawn to scale, from `left` to `right`, with its labelled years."""

    left: float
    right: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Picture:
    """The spans of years, and a dot (x, y, number of the event from 1) for each. `top` is where the
    picture begins: a crowded day stands high."""

    top: float
    spans: tuple[Span, ...]
    dots: tuple[tuple[float, float, int], ...]


_Numbered = tuple[Event, int]  # an event and its number, from 1


def picture(timeline: Timeline, *, width: float = 960, gap: int = 15) -> Picture:
    """Lay the events out over `width`. Where more than `gap` years are empty the axis is broken;
    each stretch gets room by how many events it holds, so that a crowded year can be seen."""
    groups = _groups(timeline.events, gap)
    spans: list[Span] = []
    dots: list[tuple[float, float, int]] = []
    left = 24.0
    room = width - 48 - 40 * (len(groups) - 1)
    for group in groups:
        right = left + room * len(group) / max(1, len(timeline.events))
        span, more = _drawn(group, left, right)
        spans.append(span)
        dots += more
        left = right + 40
    return Picture(min([0, *(y - 10 for _, y, _ in dots)]), tuple(spans), tuple(dots))


def _groups(events: tuple[Event, ...], gap: int) -> list[list[_Numbered]]:
    """The events without more than `gap` empty years between two of them."""
    groups: list[list[_Numbered]] = []
    for number, event in enumerate(events, 1):
        if not groups or event.year - groups[-1][-1][0].year > gap:
            groups.append([])
        groups[-1].append((event, number))
    return groups


def _drawn(
    group: list[_Numbered], left: float, right: float
) -> tuple[Span, list[tuple[float, float, int]]]:
    """The span of one group from `left` to `right`, and its dots: those of one place stand upon each
    other."""
    first, last = group[0][0].year, group[-1][0].year + 1
    scale = (right - left) / (last - first)
    step = next(s for s in (1, 2, 5, 10, 20) if s * scale >= 44 or s == 20)
    ticks = tuple((round(left + (year - first) * scale, 1), str(year))
                  for year in range(first, last + 1, step))
    heights: dict[int, int] = {}
    dots: list[tuple[float, float, int]] = []
    for event, number in group:
        x = round(left + (event.moment - first) * scale, 1)
        stack = heights[int(x // 11)] = heights.get(int(x // 11), -1) + 1
        dots.append((x, 78 - 12 * stack, number))
    return Span(round(left, 1), round(right, 1), ticks), dots
