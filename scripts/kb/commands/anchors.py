"""`kb anchors`: ids for new paragraphs, and lines for the register and the wordings.

In: a project's root folder. Out: findings, or files written. What is to be written is a `Plan`, made
without touching a file and read again as it will be read tomorrow: the same words in every paragraph,
each id where it was meant, a register that holds. Nothing is written where anything could refuse the
outcome, and either all files are written or none.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb import checks, project
from kb.anchors import check as anchors
from kb.anchors import register, wordings
from kb.anchors.assign import Assigned, assign, misread
from kb.checks import reading
from kb.checks.pages import check as pages_check
from kb.commands import report
from kb.corpus import Corpus, Page
from kb.files import read_text
from kb.findings import Finding, exit_code
from kb.project import Project

# What no id can be given beside: text that is no text, or whose place cannot be told.
_SHAPE = ("KB106", "KB107", "KB112", "KB113", "KB114")
# What this command mends by writing, or what a person still has to do when it is written: a
# translation that is missing or out of date.
_MENDED = ("KB209", "KB215")
_STILL_TO_DO = ("KB205", "KB210")
_NOTHING = "every paragraph has its id, and the register is up to date"


@dataclass(frozen=True)
class Plan:
    """What is to be written: file → its text, and what to say of it. Where `refused`, nothing is, for
    the reasons in `findings`; else they are what remains to be done."""

    files: Mapping[str, str] = field(default_factory=dict)
    report: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: bool = False


def run(root: Path, today: str, *, since: str | None, only_check: bool) -> int:
    """Write what is missing; with `only_check` nothing. `since` is a git revision of which no line of a
    register may be gone."""
    found = project.read(root)
    if exit_code(found.findings):
        return report.findings(found.findings)
    try:
        lost = tuple(_lost(root, since)) if since else ()
    except (OSError, subprocess.CalledProcessError):
        print(f"kb: git does not know the revision {since}", file=sys.stderr)
        return 2
    if only_check or lost:
        return report.findings((*_checked(found, today), *lost))
    planned = plan(found, _texts(found), today)
    if not planned.refused:
        try:
            write(root, planned.files)
        except OSError as error:
            print(f"kb: nothing is written: {error.filename}: {error.strerror}", file=sys.stderr)
            return 1
        print("\n".join(planned.report) or _NOTHING)
    return report.findings(planned.findings)


def plan(found: Project, texts: Mapping[str, str], today: str) -> Plan:
    """What to write into the project `found`. `texts` are those of its registers and wordings: file →
    text."""
    documents = [_editions(found.corpus, path) for path in found.corpus.paths]
    problems = [problem for pages in documents for page in pages for problem in anchors.problems(page)]
    files = {page.file for pages in documents for page in pages}
    problems += (problem for problem in (*reading.check(found.corpus), *pages_check(found.corpus))
                 if problem.file in files and problem.code in _SHAPE)
    if problems:  # no id can be given beside one that is wrong, nor to a text that cannot be relied on
        return _refused(problems)
    assigned = [one for pages in documents if pages
                for one in assign(pages, found.register(pages[0].document))]
    numbered = replace(found, corpus=_with(found.corpus, assigned))
    # What else is wrong with a page that is read otherwise would only be said of the same mistake.
    wrong = [*_misread(numbered.corpus, assigned)] or [*_against(numbered, today)]
    if wrong:
        return _refused(wrong)  # nothing is written while an id is wrong: the register is for ever
    added = _added(numbered, texts, today)
    recorded, unreadable = _recorded(numbered, added.files)
    remaining = [*unreadable, *_checked(recorded, today)]
    if any(finding.code not in _STILL_TO_DO for finding in remaining):
        return _refused(remaining)
    pages = {one.page.file: one.page.head + one.markdown for one in assigned}
    return Plan({**pages, **added.files},
                (*(f"{one.page.file}: {', '.join(one.ids)}" for one in assigned), *added.report),
                tuple(remaining))


def _refused(findings: Iterable[Finding]) -> Plan:
    return Plan(findings=tuple(findings), refused=True)


def _editions(corpus: Corpus, path: str) -> tuple[Page, ...]:
    return tuple(page for page in corpus.editions(path) if page.is_document)


def _with(corpus: Corpus, assigned: Iterable[Assigned]) -> Corpus:
    """The corpus as it is read when the ids stand in its pages."""
    pages = dict(corpus.pages)
    for one in assigned:
        pages[one.page.path, one.page.language.tag] = replace(one.page, markdown=one.markdown)
    return replace(corpus, pages=pages)


def _misread(corpus: Corpus, assigned: Iterable[Assigned]) -> Iterator[Finding]:
    for one in assigned:
        if finding := misread(one, corpus.pages[one.page.path, one.page.language.tag]):
            yield finding


def _checked(found: Project, today: str) -> tuple[Finding, ...]:
    return (*anchors.check(found.corpus, found.registers, today),
            *wordings.check(found.corpus, found.registers, found.wordings, today))


def _against(found: Project, today: str) -> Iterator[Finding]:
    """What the register of today, or the build, would say against the project."""
    for finding in (*_checked(found, today), *checks.blocking(found, today)):
        if finding.code not in (*_MENDED, *_STILL_TO_DO):
            yield finding


def _added(found: Project, texts: Mapping[str, str], today: str) -> Plan:
    """The lines that registers and wordings lack."""
    files: dict[str, str] = {}
    said: list[str] = []
    for path in found.corpus.paths:
        pages = _editions(found.corpus, path)
        if not pages:
            continue
        known, kept = found.register(pages[0].document), found.wordings_of(pages[0].document)
        if entries := register.missing(found.corpus, known, pages, today):
            files[known.file] = register.appended(known, entries, texts.get(known.file))
            said.append(f"{known.file}: {len(entries)} line{'s'[: len(entries) > 1]} added")
        if lines := wordings.missing(kept, pages):
            files[kept.file] = wordings.appended(kept, lines, texts.get(kept.file))
            said.append(f"{kept.file}: {len(lines)} wording{'s'[: len(lines) > 1]} kept")
    return Plan(files, tuple(said))


def _recorded(
    found: Project, files: Mapping[str, str]
) -> tuple[Project, tuple[Finding, ...]]:
    """The project as it is read when `files` are written, and what of them cannot be read."""
    registers, kept = dict(found.registers), dict(found.wordings)
    findings: list[Finding] = []
    for document in {page.document for page in found.corpus.documents}:
        file = found.register(document).file
        if file in files:
            registers[document], problems = register.parse(document, file, files[file])
            findings += problems
        file = found.wordings_of(document).file
        if file in files:
            kept[document], problems = wordings.parse(document, file, files[file])
            findings += problems
    return replace(found, registers=registers, wordings=kept), tuple(findings)


def _texts(found: Project) -> Mapping[str, str]:
    """The texts of registers and wordings as they are today: file → text."""
    names = [*(one.file for one in found.registers.values()),
             *(one.file for one in found.wordings.values())]
    places = {name: found.corpus.root / name for name in names}
    return {name: place.read_text("utf-8") for name, place in places.items() if place.exists()}


def _lost(root: Path, since: str) -> Iterator[Finding]:
    """Lines of registers and wordings that stood at the git revision `since` and stand no longer."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=root, check=True, encoding="utf-8",
                              capture_output=True).stdout

    git("rev-parse", "--verify", f"{since}^{{commit}}")
    listed = git("ls-tree", "-r", "-z", "--name-only", since, "--", register.FOLDER)
    for name in filter(None, listed.split("\0")):
        now, _ = read_text(root / name, name, as_it_is=True) if (root / name).exists() else (None, ())
        yield from anchors.lost_lines(name, git("show", f"{since}:./{name}"), now)


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write all of `files` (name → text) or none, each with the line ends that it has."""
    fresh: dict[Path, Path] = {}  # what stands ready → the file that it replaces
    try:
        for name, text in files.items():
            path = (root / name).resolve()
            path.parent.mkdir(parents=True, exist_ok=True)
            ready = path.with_name(f".{path.name}.new")
            fresh[ready] = path
            ready.write_bytes(_ended(text, path).encode())
            if path.exists():
                ready.chmod(path.stat().st_mode)
        for ready, path in fresh.items():
            os.replace(ready, path)
    finally:
        for ready in fresh:
            ready.unlink(missing_ok=True)


def _ended(text: str, path: Path) -> str:
    """`text` with the line ends of the file at `path`."""
    crlf = path.exists() and b"\r\n" in path.read_bytes()
    return text.replace("\n", "\r\n") if crlf else text
