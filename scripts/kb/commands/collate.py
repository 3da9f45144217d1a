"""`kb collate`: the received texts against their editions, and the fidelity figures.

In: a project's root folder. Out: findings and figures on standard output; 1 where there are findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb import project
from kb.commands import report
from kb.findings import Finding
from kb.memory import folder


def run(root: Path, manner: report.Manner) -> int:
    with folder.readings(root) as memory:
        found = project.read(root, memory)
        code = report.findings(differences(found), root, manner)
        report.figures(found, manner)
        return code


def differences(found: project.Project) -> Iterator[Finding]:
    """What is wrong with the received texts, or differs from them undeclared."""
    yield from found.findings if found.is_refused else found.sources.findings
    for collation in found.collations:
        yield from collation.findings
