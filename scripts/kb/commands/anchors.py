"""`kb anchors`: ids for new paragraphs, and lines for the register and the wordings.

In: a project's root folder, which revision is published, an editor to ask, if there is one. Out: findings,
or files written. What is to be written is a `Plan` (`kb.commands.planning`); all of it is written or nothing
(`kb.commands.transaction`). What was done to published paragraphs is only written once it is confirmed.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from kb import checks, project
from kb.anchors.proposals import Proposal
from kb.commands import kept, person, report, revisions, writing
from kb.commands.planning import Ask, plan
from kb.findings import exit_code
from kb.reporting import catalogue

_NOTHING = "every paragraph has its id, and the register is up to date"


def run(root: Path, today: str, *, since: str | None, only_check: bool, agreed: bool = False,
        manner: report.Manner) -> int:
    """Write what is missing; with `only_check` nothing. `since` is the git revision that is published,
    and of which no line of a register may be gone. `agreed` takes every proposal."""
    found = project.read(root)
    if exit_code(found.findings):
        return report.findings(found.findings, root, manner)
    try:
        lost = tuple(kept.check(found, root, since, today)) if since and only_check else ()
        revision = None if only_check else since or revisions.published(root)
        base = revisions.base(root, revision, found.corpus) if revision else None
    except (OSError, subprocess.CalledProcessError):
        report.problem(f"git does not know the revision {since}", manner)
        return 2
    if only_check:
        return report.findings((*checks.recorded(found, today), *lost), root, manner)
    planned = plan(found, revisions.texts(root), today, base, _asking(agreed, manner.reader.tag))
    if not planned.refused:
        if not writing.written(root, planned.files, planned.read, "anchors", manner):
            return 1
        for line in planned.report or (_NOTHING,):
            report.note(line, manner)
    return report.findings(planned.findings, root, manner)


def _asking(agreed: bool, tag: str) -> Ask | None:
    """Who confirms proposals: everything was agreed to, the person at the terminal, who is asked in the
    language `tag`, or nobody."""
    if agreed:
        return lambda _: True
    read = person.reader()
    return (lambda one: _asked(question(one, tag), read)) if read else None


def question(one: Proposal, tag: str) -> str:
    """What is asked of an editor on a terminal."""
    return catalogue.label("question", tag).format(
        place=f"{one.file}:{one.line}", found=catalogue.said(one.found, tag),
        expected=catalogue.said(one.expected, tag))


def _asked(words: str, read: person.Read) -> bool:
    """The answer of the person at the terminal; no answer is no."""
    while True:
        answer = person.meant(read(words))
        if answer in (*person.YES, *person.NO, "", person.END):
            return answer in person.YES
