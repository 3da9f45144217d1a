"""`kb fix`: what is mechanical in the pages, mended: full-width punctuation, the form of ids, the order of
keys.

In: a project's root folder, pages that were named, and whether everything was agreed to. Out: a diff,
and, once somebody has agreed, the files, all or nothing. The words of an original are never touched.
Without anybody to ask, the diff is all: exit 1 where there is one."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path

from kb import front_matter, project, yamldata
from kb.commands import person, report, writing
from kb.corpus import Page
from kb.files import read_text
from kb.importing import mending
from kb.reporting import catalogue


def run(
    root: Path,
    names: Sequence[str],
    *,
    agreed: bool,
    manner: report.Manner,
    read: person.Read | None = None,
) -> int:
    found = project.read(root)
    if found.is_refused:
        return report.findings(found.findings, root, manner)
    pages = {page.file: page for page in found.corpus.pages.values() if not page.is_made}
    if unknown := [name for name in names if name not in pages]:
        report.problem(f"no page {unknown[0]}", manner)
        return 2
    files, texts = _mended(root, [pages[name] for name in names or sorted(pages)])
    for name, text in files.items():
        report.note(diff(name, texts[name], text).rstrip("\n"), manner)
    if not files:
        report.note("nothing to fix", manner)
        return 0
    if not (agreed or _agrees(len(files), manner.reader.tag, read)):
        report.note(f"{len(files)} of the files can be fixed; nothing is written (--yes writes)", manner)
        return 1
    if not writing.written(root, files, texts, "fix", manner):
        return 1
    report.note(f"{len(files)} of the files fixed", manner)
    return 0


def _mended(root: Path, pages: Sequence[Page]) -> tuple[dict[str, str], dict[str, str]]:
    files, texts = {}, {}
    for page in pages:
        text, _ = read_text(root / page.file, page.file, as_it_is=True)
        if text is not None:
            made = mending.mended(page, text, yamldata.order(front_matter.schema_of(page.kind)))
            if made != text:
                files[page.file], texts[page.file] = made, text
    return files, texts


def diff(name: str, before: str, after: str) -> str:
    """What changes, as a unified diff."""
    return "".join(
        difflib.unified_diff(
            before.splitlines(keepends=True), after.splitlines(keepends=True), name, name, n=1
        )
    )


def _agrees(count: int, tag: str, read: person.Read | None) -> bool:
    ask = person.reader(read)
    return ask is not None and person.meant(ask(catalogue.plural("fix-question", count, tag))) in person.YES
