"""`kb`: everything an editor does at the command line.

    kb check      every check; ends with the fidelity figures
    kb collate    the received texts against their editions
    kb anchors    give ids to new paragraphs, and record what was published
    kb build      the site, into a fresh folder that replaces the old one only if all went well

Exit codes: 0 fine, 1 findings (or a failed build), 2 wrong use.
"""

from __future__ import annotations

import argparse
import datetime
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kb import checks, project
from kb.anchors import register, wordings
from kb.files import read_text
from kb.findings import Finding, exit_code, summary


def run() -> None:
    """The installed command: `main` on the folder one stands in."""
    sys.exit(main(sys.argv[1:], root=Path.cwd()))


def main(argv: Sequence[str], *, root: Path) -> int:
    """Run one command on the project at `root`, and return the exit code."""
    parser = argparse.ArgumentParser(prog="kb", description=__doc__.partition("\n\n")[0])
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    commands.add_parser("check", help="run every check")
    commands.add_parser("collate", help="compare received texts with their editions")
    anchors = commands.add_parser("anchors", help="give ids to new paragraphs and record them")
    anchors.add_argument("--check", action="store_true", help="write nothing, only report")
    anchors.add_argument("--since", metavar="REVISION",
                         help="also: no line of a register may have gone since that git revision")
    commands.add_parser("build", help="build the site into site/")
    try:
        arguments = parser.parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    if not (root / "docs").is_dir():
        print(f"kb: no docs/ in {root}: run it at the top of a project", file=sys.stderr)
        return 2
    today = datetime.date.today().isoformat()
    if arguments.command == "check":
        return _check(root, today)
    if arguments.command == "collate":
        return _collate(root)
    if arguments.command == "anchors":
        return _anchors(root, today, arguments.since, only_check=arguments.check)
    return _build(root)


def _check(root: Path, today: str) -> int:
    found = project.read(root)
    findings = checks.run(found, today)
    code = _report(findings)
    _figures(found)
    return code


def _collate(root: Path) -> int:
    found = project.read(root)
    findings = [*found.sources.findings]
    findings += (finding for one in found.collations for finding in one.findings)
    code = _report(findings)
    _figures(found)
    return code


def _anchors(root: Path, today: str, since: str | None, *, only_check: bool) -> int:
    found = project.read(root)
    if exit_code(found.findings):
        return _report(found.findings)
    lost: list[Finding] = []
    if since:
        try:
            lost = list(_lost(root, since))
        except (OSError, subprocess.CalledProcessError):
            print(f"kb: git does not know the revision {since}", file=sys.stderr)
            return 2
    if only_check or lost:
        return _report([*register.check(found.corpus, found.registers, today),
                        *wordings.check(found.corpus, found.registers, found.wordings, today), *lost])
    shapes = [finding for page in found.corpus.documents for finding in register.shape(page)
              if finding.code != "KB203" or "heading" in finding.found]
    if shapes:
        return _report(shapes)  # no id can be given beside one that is wrong
    paths = sorted({page.path for page in found.corpus.documents})
    changed: dict[str, str] = {}  # file → what it is to hold
    report: list[str] = []
    pages = dict(found.corpus.pages)
    for path in paths:
        editions = [page for page in found.corpus.editions(path) if page.is_document]
        for assigned in register.assign(editions, found.register(path.removesuffix(".md"))):
            page = assigned.page
            pages[page.path, page.language.tag] = replace(page, markdown=assigned.markdown)
            whole, _ = read_text(root / page.file, page.file)
            changed[page.file] = whole.removesuffix(page.markdown) + assigned.markdown
            report.append(f"{page.file}: {', '.join(assigned.ids)}")
    corpus = replace(found.corpus, pages=pages)
    wrong = [finding for finding in (*register.check(corpus, found.registers, today),
                                     *wordings.check(corpus, found.registers, found.wordings, today))
             if finding.code not in ("KB205", "KB209", "KB210", "KB215")]
    if wrong:
        return _report(wrong)  # nothing is written while an id is wrong: the register is for ever
    for path in paths:
        known = found.register(path.removesuffix(".md"))
        editions = [page for page in corpus.editions(path) if page.is_document]
        if entries := register.missing(corpus, known, editions, today):
            file = root / known.file
            before = file.read_text("utf-8") if file.exists() else None
            changed[known.file] = register.appended(known, entries, before)
            report.append(f"{known.file}: {len(entries)} line{'s'[: len(entries) > 1]} added")
        kept = found.wordings_of(known.document)
        if lines := wordings.missing(kept, editions):
            file = root / kept.file
            before = file.read_text("utf-8") if file.exists() else None
            changed[kept.file] = wordings.appended(kept, lines, before)
            report.append(f"{kept.file}: {len(lines)} wording{'s'[: len(lines) > 1]} kept")
    for name, content in changed.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        _write(root / name, content)
    print("\n".join(report) or "every paragraph has its id, and the register is up to date")
    registers, kept = register.read(root)[0], wordings.read(root)[0]
    return _report([*register.check(corpus, registers, today),
                    *wordings.check(corpus, registers, kept, today)])


def _lost(root: Path, since: str) -> Iterable[Finding]:
    """Lines of registers and wordings that stood at the git revision `since` and stand no longer."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=root, check=True, text=True,
                              capture_output=True).stdout

    git("rev-parse", "--verify", f"{since}^{{commit}}")
    for name in git("ls-tree", "-r", "--name-only", since, "--", register.FOLDER).splitlines():
        now, _ = (read_text(root / name, name, as_it_is=True) if (root / name).exists()
                  else (None, ()))
        yield from register.lost_lines(name, git("show", f"{since}:./{name}"), now)


def _write(path: Path, content: str) -> None:
    """Write `content` with the line ends that the file has."""
    if path.exists() and b"\r\n" in path.read_bytes():
        content = content.replace("\n", "\r\n")
    path.write_bytes(content.encode())


def _build(root: Path) -> int:
    site = root / "site"
    fresh = Path(tempfile.mkdtemp(prefix=f"{site.name}.building-", dir=site.parent))
    try:
        # Not --quiet: it would hide warnings from --strict as well.
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(fresh)]
        done = subprocess.run(command, cwd=root, text=True, capture_output=True)
        if done.returncode:
            kept = "; site/ is as it was" if site.exists() else ""
            print(done.stdout + done.stderr, end="", file=sys.stderr)
            print(f"kb: the build failed{kept}", file=sys.stderr)
            return 1
        fresh.chmod(0o755)
        if site.exists():
            old = site.rename(fresh.with_name(f"{fresh.name}-old"))
            fresh.rename(site)
            shutil.rmtree(old)
        else:
            fresh.rename(site)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    print("site/ is built")
    return 0


def _report(findings: Iterable[Finding]) -> int:
    findings = sorted(set(findings))
    for finding in findings:
        print(finding)
    if findings:
        print(summary(findings))
    return exit_code(findings)


def _figures(found: project.Project) -> None:
    for collation in found.collations:
        print(f"fidelity  {collation.received.name}  {collation.figures}")
