"""What `timeline.html` asks for: the events, where they stand in the picture, and terms to name concepts by.

In: the project. Out: a `TimelinePage`. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.corpus import Page
from kb.languages import Language, other
from kb.project import Project
from kb.timeline import Event, Picture, Timeline, picture


@dataclass(frozen=True)
class TimelinePage:
    timeline: Timeline
    terms: Mapping[str, str]  # concept → preferred term

    @property
    def events(self) -> tuple[Event, ...]:
        return self.timeline.events

    @property
    def picture(self) -> Picture:
        return picture(self.timeline)


def body(project: Project, page: Page, language: Language) -> TimelinePage:
    return TimelinePage(project.events, {
        concept: term.preferred
        for tag in (other(language).tag, language.tag)  # its own language last: there it wins
        for concept, term in project.glossary.terms.get(tag, {}).items()})
