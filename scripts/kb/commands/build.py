"""`kb build`: the site, into a fresh folder that replaces `site/` only if all went well.

In: a project's root folder. Out: `site/`, and the exit code. What no site is built from is printed as
findings, and of any other failed build what MkDocs says. A build that fails leaves `site/` as it was.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from kb import checks, project
from kb.commands import report


def run(root: Path, today: str, manner: report.Manner) -> int:
    site = root / "site"
    fresh = Path(tempfile.mkdtemp(prefix=f"{site.name}.building-", dir=site.parent))
    try:
        # Not --quiet: it would hide warnings from --strict as well.
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(fresh)]
        done = subprocess.run(command, cwd=root, text=True, capture_output=True)
        if done.returncode:
            kept = "; site/ is as it was" if site.exists() else ""
            findings = checks.blocking(project.read(root), today)
            report.findings(findings, root, manner)
            if not findings:
                print(done.stdout + done.stderr, end="", file=sys.stderr)
            report.problem(f"the build failed{kept}", manner)
            return 1
        _replace(site, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    report.note("site/ is built", manner)
    return report.findings((), root, manner)


def _replace(site: Path, fresh: Path) -> None:
    """Put the folder `fresh` where `site` is, or was not yet."""
    fresh.chmod(0o755)
    if site.exists():
        old = site.rename(fresh.with_name(f"{fresh.name}-old"))
        fresh.rename(site)
        shutil.rmtree(old)
    else:
        fresh.rename(site)
