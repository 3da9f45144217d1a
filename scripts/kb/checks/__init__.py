"""Every check: the project in, findings out. `run` gathers them all."""

from __future__ import annotations

from collections.abc import Iterator

from kb import commentary, links, timeline
from kb.anchors import check as anchors
from kb.anchors import fates, wordings
from kb.checks import beside, consistency, days, markup, names, notes, pages, people, reading, twins, writing
from kb.collation import rests
from kb.collation.collate import without_text
from kb.findings import Finding
from kb.project import Project


def run(project: Project, date: str) -> tuple[Finding, ...]:
    """Everything that is wrong with `project`, by file and line. `date` (ISO) is today's,
    which suggested register lines carry."""
    return tuple(sorted(set(_all(project, date))))


def _all(project: Project, date: str) -> Iterator[Finding]:
    yield from project.findings
    yield from _files(project)
    yield from pages.check(project.corpus)
    yield from reading.check(project.corpus)
    yield from markup.check(project)
    yield from anchors.check(project.corpus, project.registers, project.wordings, date)
    yield from wordings.check(project.corpus, project.registers, project.wordings, date)
    for collation in project.collations:
        yield from collation.findings
    yield from without_text(project.corpus, project.sources)
    yield from rests.check(project.corpus, project.sources)
    yield from notes.check(project.corpus, project.sources)
    withdrawn = {document: fates.successors(register) for document, register in project.registers.items()}
    yield from links.check(project.corpus, project.sources, project.notes_of, withdrawn, project.made)
    yield from writing.check(project.corpus)
    yield from people.check(project.corpus)
    yield from days.check(project, date)
    yield from consistency.check(project.corpus, project.glossary)
    yield from twins.check(project.corpus, project.glossary, project.sources)
    yield from commentary.check(project.corpus, withdrawn)
    yield from timeline.check(project.events, project.corpus, withdrawn)


def _files(project: Project) -> tuple[Finding, ...]:
    """What is wrong with the files of the trees, by their names or else by what they are."""
    named = tuple(names.check(project.corpus, project.sources))
    return (*named, *beside.check(project.corpus, {finding.file for finding in named}))


def blocking(project: Project, date: str) -> tuple[Finding, ...]:
    """What must not be published at all: unreadable files, ids that would break a citation, and
    received texts that were tampered with. A site is not built from these."""
    codes = {"KB101", "KB102", "KB103", "KB104", "KB109", "KB110", "KB114", "KB120",
             "KB121", "KB122", "KB123", "KB124", "KB125", "KB130", "KB131", "KB132", "KB134", "KB201",
             "KB202", "KB206", "KB207", "KB208", "KB211", "KB212", "KB216", "KB218", "KB301", "KB404"}
    found = (
        *project.findings,
        *_files(project),
        *pages.check(project.corpus),
        *reading.check(project.corpus),
        *markup.check(project),
        *(finding for collation in project.collations for finding in collation.findings),
        *anchors.check(project.corpus, project.registers, project.wordings, date),
    )
    return tuple(sorted({finding for finding in found if finding.code in codes}))
