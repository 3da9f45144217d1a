"""`kb check`: every check, and the fidelity figures.

In: a project's root folder. Out: findings and figures on standard output; 1 where there are findings.
"""

from __future__ import annotations

from pathlib import Path

from kb import checks, project
from kb.commands import report


def run(root: Path, today: str) -> int:
    """`today` (ISO) is the day that suggested register lines carry."""
    found = project.read(root)
    code = report.findings(checks.run(found, today))
    report.figures(found)
    return code
