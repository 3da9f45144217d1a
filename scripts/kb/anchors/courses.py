"""Paragraphs through time: every wording that each had, in all editions, as its document's register tells.

In: `Fates` of each edition of one document, and which of them is the original. Out: for each id its `Course`:
step by step the wordings of both languages that were recorded together, which of them a translation was made
from, what happened to the paragraph; for a day, what was changed on it. Refuses nothing: what nobody recorded
did not happen, and a wording that is not kept reads as nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from kb.anchors.fates import Event, Fates
from kb.anchors.register import Entry


@dataclass(frozen=True)
class Version:
    """A wording of a paragraph in one language. `text` is its fingerprint, `before` the words that stood
    there until then (None: there were none), `of` the fingerprint of the original that it was made from."""

    date: str
    text: str
    words: str
    before: str | None = None
    of: str = ""

    @property
    def is_confirmed(self) -> bool:
        """Whether only this was recorded: that the words still hold."""
        return self.before == self.words


@dataclass(frozen=True)
class Step:
    """What was recorded together of a paragraph on a day: by language tag a wording each. `behind` is the day
    of the wording that the translation was made from, where the original reads otherwise after this step;
    `is_caught_up` says that it was behind until then."""

    date: str
    versions: Mapping[str, Version]
    behind: str = ""
    is_caught_up: bool = False


@dataclass(frozen=True)
class Course:
    """All of the paragraph or section `id`, the oldest first. `withdrawn` is the day on which its id was."""

    id: str
    steps: tuple[Step, ...]
    events: tuple[Event, ...] = ()
    withdrawn: str = ""

    @property
    def is_quiet(self) -> bool:
        """Whether each language has one wording and nothing happened to it."""
        tags = list(chain.from_iterable(step.versions for step in self.steps))
        return not self.events and not self.withdrawn and len(tags) == len(set(tags))

    @property
    def first(self) -> tuple[tuple[str, str], ...]:
        """(language tag, day) of the first wording in each language."""
        days: dict[str, str] = {}
        for step in self.steps:
            for tag in step.versions:
                days.setdefault(tag, step.date)
        return tuple(sorted(days.items()))


@dataclass(frozen=True)
class Changed:
    """What a day brought to the paragraph or section `id` of an edition: the words before and after it, None
    for none."""

    id: str
    before: str | None
    after: str | None


def courses(editions: Mapping[str, Fates], original: str = "") -> tuple[Course, ...]:
    """The course of every id ever recorded, in the order of the text. `original` is the tag of the edition
    that the other is a translation of; where there is none, nothing is said of catching up."""
    order = dict.fromkeys(anchor for tag, own in editions.items() for anchor in own.register.order(tag))
    withdrawn = next(iter(editions.values())).register.withdrawn if editions else {}
    told: dict[str, dict[Event, None]] = {}
    for own in editions.values():
        for event in chain.from_iterable(own.of.values()):
            for anchor in (*event.what, *event.others):
                told.setdefault(anchor, {})[event] = None
    return tuple(
        Course(anchor, tuple(_followed(_steps(editions, anchor), original)),
               tuple(sorted(told.get(anchor, ()), key=lambda event: (event.date, event.at))),
               withdrawn[anchor].date if anchor in withdrawn else "")
        for anchor in order)


def _steps(editions: Mapping[str, Fates], anchor: str) -> Iterator[Step]:
    """The wordings in the order of their lines: what is of one day and of two languages is one step."""
    found: list[tuple[int, str, Version]] = []
    for tag, own in editions.items():
        before: str | None = None
        last: tuple[str, str] | None = None
        for place, entry in own.lines.get(anchor, ()):
            if (now := (entry.text or "", entry.of or "")) != last:
                words = own.texts.get(now[0], "")
                found.append((place, tag, Version(entry.date, now[0], words, before, now[1])))
                before, last = words, now
    step: Step | None = None
    for _, tag, version in sorted(found, key=lambda one: one[0]):
        if step and step.date == version.date and tag not in step.versions:
            step = replace(step, versions={**step.versions, tag: version})
            continue
        if step:
            yield step
        step = Step(version.date, {tag: version})
    if step:
        yield step


@dataclass
class _Follower:
    """How a translation stands to its original while both go on."""

    texts: dict[str, str] = field(default_factory=dict)  # wordings of the original → their first day
    now: str = ""
    of: str = ""

    @property
    def is_behind(self) -> bool:
        return bool(self.of and self.now and self.of != self.now)


def _followed(steps: Iterator[Step], original: str) -> Iterator[Step]:
    """The steps, and after which of them the translation was behind."""
    state = _Follower()
    for step in steps:
        was_behind = state.is_behind
        for tag, version in step.versions.items():
            if tag == original:
                state.now = version.text
                state.texts.setdefault(version.text, version.date)
            elif original:
                state.of = version.of
        yield replace(step, behind=state.texts.get(state.of, "") if state.is_behind else "",
                      is_caught_up=was_behind and not state.is_behind)


def days(fates: Fates) -> tuple[str, ...]:
    """The days on which anything of an edition was recorded, the oldest first."""
    found = {entry.date for _, entry in chain.from_iterable(fates.lines.values())}
    return tuple(sorted(found | {entry.date for entry in fates.register.withdrawn.values()
                                 if entry.id in fates.lines}))


def changed(fates: Fates, date: str) -> Sequence[Changed]:
    """What a day brought to an edition, in the order of the text, but for what ended it as it had begun."""
    found = []
    for anchor in fates.register.order(fates.tag):
        before, after = (_standing(fates, anchor, date, is_after) for is_after in (False, True))
        if before != after:
            found.append(Changed(anchor, _words(fates, before), _words(fates, after)))
    return found


def _standing(fates: Fates, anchor: str, date: str, is_after: bool) -> str | None:
    """The fingerprint of the wording that stood at the beginning of a day, or at its end."""
    def is_past(entry: Entry) -> bool:
        return entry.date < date or (is_after and entry.date == date)

    gone = fates.register.withdrawn.get(anchor)
    texts = [entry.text for _, entry in fates.lines[anchor] if is_past(entry)]
    return None if not texts or (gone and is_past(gone)) else texts[-1]


def _words(fates: Fates, text: str | None) -> str | None:
    return None if text is None else fates.texts.get(text, "")
