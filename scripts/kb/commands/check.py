"""`kb check`: every check, and the fidelity figures.

In: a project's root folder. Out: findings, or that there are none, and figures on standard output; 1
where there are findings that are no mere warnings.
"""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path

from kb import checks, project
from kb.commands import kept, report
from kb.memory import folder
from kb.memory.digests import Digests
from kb.memory.unchanged import Unchanged
from kb.memory.verdicts import Verdicts
from kb.project import Project
from kb.works import readings, worker


def run(root: Path, today: str, manner: report.Manner, *, since: str | None = None) -> int:
    """`today` (ISO) is the day that suggested register lines carry; `since` the git revision that is
    published, of which nothing that is kept for ever may be gone or changed."""
    unchanged = Unchanged(keeps=False)
    with folder.readings(root) as memory:
        unchanged.verdicts = Verdicts(memory, Digests()) if memory else None
        return _checked(project.read(root, memory, unchanged), root, today, manner, since)


def _checked(found: Project, root: Path, today: str, manner: report.Manner, since: str | None) -> int:
    with suppress(worker.Ended):  # then each text is read when it is asked for
        readings.read(found.corpus)
    try:
        guarded = tuple(kept.check(found, root, since, today)) if since and not found.is_refused else ()
    except (OSError, subprocess.CalledProcessError):
        report.problem(f"git does not know the revision {since}", manner)
        return 2
    findings = (*checks.run(found, today), *guarded)
    code = report.findings(findings, root, manner)
    if not findings:
        report.nothing(sum(not page.is_made for page in found.corpus.pages.values()), manner)
    report.figures(found, manner)
    return code
