"""`kb anchors`: ids for new paragraphs, and lines for the register and the wordings.

In: a project's root folder, which revision is published, an editor to ask, if there is one. Out: findings,
or files written. What is to be written is a `Plan` (`kb.commands.planning`); all of it is written or nothing
(`kb.commands.transaction`). What was done to published paragraphs is only written once it is confirmed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from kb import project
from kb.anchors import advice, wordings
from kb.anchors import check as anchors
from kb.anchors.proposals import Proposal
from kb.commands import kept, report, revisions, transaction
from kb.commands.planning import Ask, plan
from kb.findings import exit_code

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
        print(f"kb: git does not know the revision {since}", file=sys.stderr)
        return 2
    if only_check:
        return report.findings((
            *anchors.check(found.corpus, found.registers, found.wordings, today),
            *wordings.check(found.corpus, found.registers, found.wordings, today), *lost), root, manner)
    planned = plan(found, revisions.texts(root), today, base, _asking(agreed))
    if not planned.refused:
        try:
            transaction.write(root, planned.files, planned.read)
        except transaction.Overtaken as name:
            print(f"kb: nothing is written: {name} was changed meanwhile; run: kb anchors, again",
                  file=sys.stderr)
            return 1
        except OSError as error:
            print(f"kb: nothing is written: {error.filename}: {error.strerror}", file=sys.stderr)
            return 1
        report.note("\n".join(planned.report) or _NOTHING, manner)
    return report.findings(planned.findings, root, manner)


def _asking(agreed: bool) -> Ask | None:
    """Who confirms proposals: everything was agreed to, the person at the terminal, or nobody."""
    if agreed:
        return lambda _: True
    if sys.stdin.isatty() and sys.stdout.isatty() and not os.environ.get("CI"):
        return _asked
    return None


def _asked(one: Proposal, read: Callable[[str], str] = input) -> bool:
    """The answer of the person at the terminal; no answer is no."""
    while True:
        try:
            answer = read(advice.question(one)).strip().lower()
        except EOFError:
            return False
        if answer in ("y", "yes", "n", "no", ""):
            return answer.startswith("y")
