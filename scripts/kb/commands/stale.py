"""`kb stale`: what a translator has to know of paragraphs whose original has changed since.

In: a project's root folder, pages that were named. Out: each such paragraph as a finding (KB210), and below
how the original changed, the sentences of the translation that answer to it, the glossary's terms, how the
same words were rendered elsewhere; 1 where there is any. What went is written [-so-], what came {+so+}, as
git does; «» are around sentences to be looked at. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kb import project
from kb.anchors.check import out_of_date
from kb.commands import report
from kb.corpus import Page
from kb.memory import folder
from kb.project import Project
from kb.renewals import Renewal
from kb.reporting import catalogue


def run(root: Path, names: Sequence[str], today: str, manner: report.Manner) -> int:
    with folder.readings(root) as memory:
        found = project.read(root, memory)
        if found.is_refused:
            return report.findings(found.findings, root, manner)
        pages = {page.file: page for page in found.corpus.documents}
        if unknown := [name for name in names if name not in pages]:
            report.problem(f"no page {unknown[0]}", manner)
            return 2
        return _told(found, root, [pages[name] for name in names or sorted(pages)], today, manner)


def _told(found: Project, root: Path, pages: Sequence[Page], today: str, manner: report.Manner) -> int:
    """The findings, and what there is to know of each paragraph."""
    findings = [one for page in pages
                for one in out_of_date(found.corpus, found.register(page.document), page, today)]
    if not findings:
        report.nothing(len(pages), manner)
        return 0
    code = report.findings(findings, root, manner)
    for page in pages:
        for one in found.renewals.get((page.document, page.language.tag), ()):
            said = (f"{page.file} #{one.id}", *_lines(page, one, manner.reader.tag))
            report.note("\n".join(said), manner)
    return code


def _lines(page: Page, one: Renewal, tag: str) -> Iterator[str]:
    def line(name: str, words: str) -> str:
        return f"    {catalogue.label(f'stale-{name}', tag)}  {words}"

    yield line("original", "".join(
        run.after if run.same else "".join((f"[-{run.before}-]" if run.before else "",
                                            f"{{+{run.after}+}}" if run.after else ""))
        for run in one.changes))
    yield line("translation", "".join(
        (f"«{part.words}»" if part.is_touched else part.words) + ("{+…+}" if part.is_followed else "")
        for part in one.parts))
    for form, rendering, _ in one.terms:
        yield line("term", f"{form} → {rendering}")
    for found in one.renderings:
        where = f"{page.language.tree}/{found.document}.md #{found.id}"
        title = found.titles.get(page.language.tag, found.document)
        yield line("elsewhere", f"{found.words}: {found.original} → {found.translation} ({title}, {where})")
