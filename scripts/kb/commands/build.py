"""`kb build`: the site, of which only what changed is made; nothing is put in its place unless all went well.

In: a project's root folder. Out: `site/`, a line of what was made and what was remembered, the exit code.
What no site is built from is printed as findings, a module that the copy to take along cannot hold among it,
and of any other failed build what MkDocs says. A build that fails leaves `site/` as it was (`kb.works.site`).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from kb import checks, project
from kb.commands import report
from kb.works import DONE, browser, library, progress, whole


def run(root: Path, today: str, manner: report.Manner) -> int:
    site = root / "site"
    printer = os.environ[browser.VARIABLE] if browser.VARIABLE in os.environ else browser.found()
    made_from = whole.mark(root, today, printer)
    if files := whole.count(root, site, made_from):
        report.note(f"site/ is as it was: nothing has changed; files: {files}", manner)
        return report.findings((), root, manner)
    # Not --quiet: it would hide warnings from --strict as well.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    if not printer and browser.VARIABLE not in os.environ:
        report.note("no browser that can print Chinese and Japanese (Debian: chromium fonts-noto-cjk): "
                    "no PDF, no pictures for links", manner)
    variables = {whole.VARIABLE: made_from, browser.VARIABLE: printer}
    with progress.terminal(manner.reader.tag) as (numbers, named):
        done = subprocess.run(command, cwd=root, text=True, capture_output=True, pass_fds=numbers,
                              env=os.environ | named | variables)
    if done.returncode:
        kept = "; site/ is as it was" if site.exists() else ""
        said = done.stdout + done.stderr
        findings = checks.blocking(project.read(root), today)
        findings = findings or (library.unfit(root) if "KB135" in said else ())
        report.findings(findings, root, manner)
        if not findings:
            print(said, end="", file=sys.stderr)
        report.problem(f"the build failed{kept}", manner)
        return 1
    counts = re.search(f"{DONE}.*", done.stdout + done.stderr)
    report.note("site/ is built" + (f"; {counts[0]}" if counts else ""), manner)
    return report.findings((), root, manner)
