"""What commands print: findings, and the fidelity figures.

In: findings, or a project. Out: lines on standard output, and for findings the exit code: 0 where there
are none but warnings, else 1.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.findings import Finding, exit_code, limited, summary
from kb.project import Project


def findings(found: Iterable[Finding]) -> int:
    """Print each finding once, by file and line, and how many there are."""
    lines = sorted(set(found))
    for text in limited(lines):
        print(text)
    if lines:
        print(summary(lines))
    return exit_code(lines)


def figures(project: Project) -> None:
    """Print what became of the characters of each received text."""
    for collation in project.collations:
        print(f"fidelity  {collation.received.name}  {collation.figures}")
