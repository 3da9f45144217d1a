"""Whether English that editors quote is translated alike wherever they quote it.

In: the project. Out: a finding for each place where the same English has another translation than in the
place before, in one language. A quotation is English in “…” or 「…」 with its translation in full-width
brackets after it, or a block quotation in English with a paragraph in such brackets below it; it stands in
the glossary, commentary, editors' notes and the timeline. Documents quote as their authors did.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kb import timeline
from kb.characters import CJK, LATIN
from kb.english import is_english
from kb.findings import Finding
from kb.languages import LANGUAGES, Language
from kb.project import Project

_ENGLISH = rf"[ -~{LATIN}‘’–—…§]+"
_WITHIN = re.compile(rf"[“「]({_ENGLISH})[”」]（([^（）]*[{CJK}][^（）]*)）")
_BLOCK = re.compile(_ENGLISH)
_BELOW = re.compile(rf"（([^（）]*[{CJK}][^（）]*)）")


class Quotation(NamedTuple):
    """English words as they are quoted, and what an editor made of them."""

    file: str
    line: int
    english: str
    translation: str

    @property
    def key(self) -> str:
        """What is the same English: case, marks at the ends and the shape of apostrophes do not matter."""
        return " ".join(self.english.replace("’", "'").split()).strip(" .,;:…").casefold()

    @property
    def said(self) -> str:
        """What is the same translation."""
        return "".join(self.translation.split()).rstrip("。")


def check(project: Project) -> Iterator[Finding]:
    for language in LANGUAGES:
        first: dict[str, Quotation] = {}
        for one in sorted(_quotations(project, language)):
            known = first.setdefault(one.key, one)
            if one.said != known.said:
                yield Finding(one.file, one.line, "KB610", f"“{one.translation}” for “{one.english}”",
                              f"“{known.translation}”, as {known.file} has it",
                              "translate the same English words alike, or quote words that differ")


def _quotations(project: Project, language: Language) -> Iterator[Quotation]:
    for page in project.corpus.pages.values():
        if page.language is language and (page.is_commentary or page.kind == "concept"):
            yield from _in((page.file, page.line_of(block), block.kind, block.text)
                           for block in page.blocks)
    for document, declared in project.sources.declarations.items():
        for note, reading in project.notes_of(document, language):
            yield from _in((declared.file, note.line, block.kind, block.text) for block in reading.blocks)
    for event in project.events.events:
        yield from _in([(timeline.FILE, event.line, "paragraph", event.text[language.tag])])


def _in(texts: Iterable[tuple[str, int, str, str]]) -> Iterator[Quotation]:
    """The quotations in blocks, each its file, line, kind and words."""
    above = ""
    for file, line, kind, text in texts:
        if above and (below := _BELOW.fullmatch(text)):
            yield Quotation(file, line, above, below[1])
        for found in _WITHIN.finditer(text):
            if is_english(found[1]):
                yield Quotation(file, line, found[1], found[2])
        is_quoted = kind == "quotation" and bool(_BLOCK.fullmatch(text)) and is_english(text)
        above = text if is_quoted else ""
