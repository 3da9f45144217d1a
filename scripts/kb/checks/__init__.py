"""Every check: the project in, findings out. `run` gathers them all, `blocking` those that stop a build,
`recorded` those of registers and wordings."""

from __future__ import annotations

from collections.abc import Iterator

from kb import commentary, links, timeline
from kb.anchors import check as anchors
from kb.anchors import fates, wordings
from kb.anchors.fates import Withdrawn
from kb.checks import (
    beside,
    citing,
    consistency,
    days,
    markup,
    names,
    notes,
    pages,
    people,
    quoted,
    reading,
    twins,
    writing,
)
from kb.collation import rests
from kb.collation.collate import without_text
from kb.findings import BEARABLE, Finding, in_order
from kb.project import Project


def run(project: Project, date: str) -> tuple[Finding, ...]:
    """Everything that is wrong with `project`, by file and line. `date` (ISO) is today's,
    which suggested register lines carry."""
    return in_order((*_form(project, date), *_wording(project)))


def blocking(project: Project, date: str) -> tuple[Finding, ...]:
    """What must not be published: every error but those that a reader is told of or can live with
    (`BEARABLE`). A site is not built from these."""
    return in_order(one for one in _form(project, date) if not one.is_warning and one.code not in BEARABLE)


def recorded(project: Project, date: str) -> Iterator[Finding]:
    """Whether the ids and wordings of the pages are those that the registers and kept wordings have."""
    for one in (anchors, wordings):
        yield from one.check(project.corpus, project.registers, project.wordings, date, project.unchanged)


def _form(project: Project, date: str) -> Iterator[Finding]:
    """Whether files, pages, ids and data are what the site is made from."""
    yield from project.findings
    yield from _files(project)
    yield from pages.check(project.corpus, project.unchanged)
    yield from reading.check(project.corpus, project.unchanged)
    yield from markup.check(project)
    yield from recorded(project, date)
    for collation in project.collations:
        yield from collation.findings
    yield from without_text(project.corpus, project.sources)
    yield from rests.check(project.corpus, project.sources)
    yield from notes.check(project.corpus, project.sources)
    withdrawn = _withdrawn(project)
    yield from days.check(project, date)
    yield from consistency.check(project.corpus, project.terms)
    yield from twins.declared_alike(project.corpus, project.terms, project.sources)
    yield from commentary.check(project.corpus, withdrawn)
    yield from timeline.check(project.events, project.corpus, withdrawn)


def _wording(project: Project) -> Iterator[Finding]:
    """Whether links lead anywhere, what is written is written well, and both languages say the same: slow,
    and all of it bearable."""
    yield from links.check(
        project.corpus, project.sources, project.notes_of, _withdrawn(project), project.made,
        unchanged=project.unchanged)
    yield from writing.check(project.corpus, project.unchanged)
    yield from people.check(project.corpus, project.unchanged)
    yield from consistency.discouraged(project.corpus, project.terms, project.sources)
    yield from twins.check(project.corpus, project.terms, project.sources, project.unchanged)
    yield from citing.check(project)
    yield from quoted.check(project)


def _withdrawn(project: Project) -> Withdrawn:
    return {document: fates.successors(register) for document, register in project.registers.items()}


def _files(project: Project) -> tuple[Finding, ...]:
    """What is wrong with the files of the trees, by their names or else by what they are."""
    named = tuple(names.check(project))
    return (*named, *beside.check(project.corpus, {finding.file for finding in named}))
