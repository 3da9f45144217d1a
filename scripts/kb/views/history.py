"""What `history.html` asks for: a document through time, every wording of each paragraph in both languages.

In: the project and the document. Out: a `HistoryPage`: the days on which something was recorded; step by step
the paragraphs that did not stay as they were, each wording with what it changed; of the others only the day.
Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.anchors.courses import Course, Version, courses
from kb.anchors.fates import Event, Fates
from kb.anchors.register import Register, original
from kb.corpus import Page
from kb.differences import Change, changes
from kb.languages import LANGUAGES, Language
from kb.project import Project
from kb.renewals import Renewal
from kb.state import Change as Happened
from kb.state.changes import KINDS, of_document
from kb.views.fates import Piece, pieces
from kb.views.words import Words

_NAMED = 12  # paragraphs of one change


@dataclass(frozen=True)
class Cell:
    """A wording in one edition, as runs of what stayed, went and came; `is_latest`: it stands there today."""

    version: Version
    edition: Page
    changes: tuple[Change, ...]
    is_latest: bool


@dataclass(frozen=True)
class StepShown:
    """`cells` are in the order of the editions, None where nothing was recorded of one."""

    date: str
    cells: tuple[Cell | None, ...]
    behind: str
    is_caught_up: bool


@dataclass(frozen=True)
class CourseShown:
    """The paragraph `id`; `is_there` says whether it stands on the page today, `edition` where it is shown to
    the reader."""

    id: str
    name: str
    is_there: bool
    events: tuple[tuple[Piece, ...], ...]
    renewals: tuple[tuple[Page, Renewal], ...]  # with the translation that is behind
    steps: tuple[StepShown, ...]


@dataclass(frozen=True)
class Day:
    """What happened on a day: in which editions ("" for all of them), in words, and to how many places where
    not all are named."""

    date: str
    said: tuple[tuple[str, tuple[Piece, ...], int], ...]


@dataclass(frozen=True)
class Quiet:
    """Paragraphs that read as they did at first: since when, in which language each."""

    since: str
    courses: tuple[tuple[str, str], ...]  # id, name


@dataclass(frozen=True)
class HistoryPage:
    document: Page  # as the reader is shown it
    editions: tuple[Page, ...]  # the original first
    original: str  # its tag, "" where neither is a translation of the other
    days: tuple[Day, ...]  # the newest first
    courses: tuple[CourseShown, ...]
    quiet: tuple[Quiet, ...]


def body(project: Project, page: Page, language: Language) -> HistoryPage:
    editions = {edition.language.tag: edition for edition in project.corpus.editions(page.path)
                if edition.is_document}
    tags = [found.language.tag for one in editions.values() if (found := original(project.corpus, one))]
    source = tags[0] if tags else ""
    ordered = tuple(sorted(editions.values(), key=lambda one: one.language.tag != source))
    fates = {one.language.tag: project.fates(page.document, one.language) for one in ordered}
    all_courses = courses(fates, source)
    renewals = {(tag, one.id): one for tag in editions
                for one in project.renewals.get((page.document, tag), ())}
    teller = _Teller(Words(language), {one.id: _heading(one, page) for one in all_courses}, ordered, renewals)
    return HistoryPage(
        page, ordered, source,
        days=tuple(_days(teller, project.register(page.document), fates)),
        courses=tuple(_shown(teller, one) for one in all_courses if not one.is_quiet),
        quiet=tuple(_quiet(teller, all_courses)),
    )


def _heading(course: Course, page: Page) -> str:
    """The words of a section, in the reader's edition if it has them, else the last that were recorded."""
    latest = [version.words for step in course.steps for version in step.versions.values()]
    return page.anchors.get(course.id) or next(reversed(latest), "")


@dataclass(frozen=True)
class _Teller:
    """Says what happened: in which words, what sections are called, of which editions."""

    words: Words
    headings: Mapping[str, str]
    editions: Sequence[Page]
    renewals: Mapping[tuple[str, str], Renewal]

    def name(self, anchor: str) -> str:
        return self.words.number(anchor, self.headings[anchor])

    def says(self, key: str, one: Happened | Event, most: int | None = None) -> tuple[Piece, ...]:
        return tuple(pieces(self.words, key, self.headings, date=self.words.date(one.date),
                            what=one.what[:most], others=one.others))


def _days(teller: _Teller, register: Register, fates: Mapping[str, Fates]) -> Iterator[Day]:
    """The days, the newest first, with what happened on each."""
    told: dict[str, list[Happened]] = {}
    for one in of_document(register, fates):
        told.setdefault(one.date, []).append(one)
    first = min(told, default="")
    for date in sorted(told, reverse=True):
        found = sorted(told[date], key=lambda one: KINDS.index(one.kind))
        yield Day(date, tuple(_told(teller, one, is_first=date == first) for one in found))


def _told(teller: _Teller, one: Happened, *, is_first: bool) -> tuple[str, tuple[Piece, ...], int]:
    words = teller.words
    where = "" if len(one.tags) == len(teller.editions) else words.word("list-comma").join(
        words.word(f"language-{tag}") for tag in one.tags)
    is_received = is_first and one.kind == "new"
    own = {"new": "course-new", "changed": "course-changed"}.get(one.kind, f"event-{one.kind}")
    said = teller.says("course-received" if is_received else own, one, _NAMED)
    return where, said, len(one.what) if is_received or len(one.what) > _NAMED else 0


def _shown(teller: _Teller, course: Course) -> CourseShown:
    latest = {tag: version for step in course.steps for tag, version in step.versions.items()}

    def cell(edition: Page, version: Version | None) -> Cell | None:
        if version is None:
            return None
        found = (Change(version.words, version.words, True),) if version.before is None \
            else changes(version.before, version.words, exact=True)
        is_today = version is latest[edition.language.tag] and course.id in edition.anchors
        return Cell(version, edition, found, is_today)

    return CourseShown(
        course.id, teller.name(course.id),
        is_there=any(course.id in edition.anchors for edition in teller.editions),
        events=tuple(teller.says(f"event-{event.kind}", event) for event in course.events),
        renewals=tuple((one, found) for one in teller.editions
                       if (found := teller.renewals.get((one.language.tag, course.id)))),
        steps=tuple(StepShown(
            step.date, tuple(cell(one, step.versions.get(one.language.tag)) for one in teller.editions),
            step.behind, step.is_caught_up) for step in course.steps),
    )


def _quiet(teller: _Teller, found: Sequence[Course]) -> Iterator[Quiet]:
    """Those that stayed as they were, by the days on which they came."""
    groups: dict[tuple[tuple[str, str], ...], list[tuple[str, str]]] = {}
    for one in found:
        if one.is_quiet:
            groups.setdefault(one.first, []).append((one.id, teller.name(one.id)))
    for since, own in groups.items():
        yield Quiet(_since(teller.words, since), tuple(own))


def _since(words: Words, first: Sequence[tuple[str, str]]) -> str:
    """Since when: a day, where it is the same in all languages."""
    days = dict(first)
    if len(set(days.values())) == 1 and len(days) == len(LANGUAGES):
        return words.date(first[0][1])
    return words.word("list-comma").join(
        words.word("course-since", language=words.word(f"language-{one.tag}"), date=words.date(days[one.tag]))
        for one in LANGUAGES if one.tag in days)
