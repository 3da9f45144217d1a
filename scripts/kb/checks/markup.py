"""Whether pages and editors' notes hold only what a page may contain.

In: the project. Out: a finding for each element, attribute, class, address and id that they may not have, for
what is nested too deep, and for ids in commentary and notes, which would pass for a document's. What may
stand there, `kb.reading.allowed` says. Refuses nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.anchors.ids import is_paragraph
from kb.corpus import Page
from kb.files import hidden
from kb.findings import Finding
from kb.languages import BY_TAG
from kb.project import Project
from kb.reading import Reading

_ONLY_DOCUMENTS = "no id: only documents have paragraphs that can be cited"


def check(project: Project) -> Iterator[Finding]:
    for page in project.corpus.pages.values():
        for one in page.reading.refused:
            yield Finding(page.file, page.body_line + max(one.line, 1) - 1, one.code, one.found, one.expected,
                          one.hint)
        if page.is_commentary:
            yield from project.unchanged.every(_ids, page)
    for document, declared in project.sources.declarations.items():
        for language in BY_TAG.values():
            for note, reading in project.notes_of(document, language):
                yield from project.unchanged.every(_in_note, reading, declared.file, note.line)


def _ids(page: Page) -> Iterator[Finding]:
    for block in page.blocks:
        if is_paragraph(block.id):
            yield Finding(page.file, page.line_of(block), "KB125", f"the id “{block.id}” in a commentary",
                          _ONLY_DOCUMENTS, "leave it out: a commentary is cited as a whole")


def _in_note(reading: Reading, file: str, line: int) -> Iterator[Finding]:
    for one in reading.refused:
        yield Finding(file, line, one.code, f"{one.found} in the note", one.expected, one.hint)
    if reading.problem:
        yield Finding(file, line, "KB114", f"{reading.problem} in the note", "Markdown that can be read",
                      "write the note in plain sentences")
    if reading.ids:
        yield Finding(file, line, "KB125", f"the id “{min(reading.ids)}” in the note", _ONLY_DOCUMENTS,
                      "leave out ids and headings: a note belongs to its paragraph")
    for block in reading.blocks:  # a character reference is read as what it stands for
        yield from hidden(block.text, file, line)
