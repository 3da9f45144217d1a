"""`kb check`: every check, and the fidelity figures.

In: a project's root folder. Out: findings, or that there are none, and figures on standard output; 1
where there are findings that are no mere warnings.
"""

from __future__ import annotations

from pathlib import Path

from kb import checks, project
from kb.commands import report


def run(root: Path, today: str, manner: report.Manner) -> int:
    """`today` (ISO) is the day that suggested register lines carry."""
    found = project.read(root)
    findings = checks.run(found, today)
    code = report.findings(findings, root, manner)
    if not findings:
        report.nothing(sum(not page.is_made for page in found.corpus.pages.values()), manner)
    report.figures(found, manner)
    return code
