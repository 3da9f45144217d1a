"""Editor's notes beside the paragraphs they are about.

A Python-Markdown extension that works without MkDocs. In: Markdown whose paragraphs have ids, and
notes. Out: the note's mark, in the text after the words it is about, or at the paragraph's end; and
below the paragraph the note itself, with who signed it and when. The Markdown of an edition stays
free of both.

Options: `language` (BCP 47 tag), `notes` (`kb.collation.sources.Note`s of the document).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from kb.collation.sources import Note
from kb.languages import CHINESE, word

_ID = re.compile(r"\n[ ]*\{:?[ ]*#(p[0-9]+[a-z]*)[ ]*\}[ ]*$")


def spoken_date(date: str, language: str) -> str:
    """An ISO date as a reader of `language` writes it."""
    year, month, day = (int(part) for part in date.split("-"))
    return word("date", language, year=year, month=month, day=day)


class _PlaceNotes(Treeprocessor):
    """Runs on raw Markdown text, before inline syntax is read, so that marks and notes may use it."""

    def __init__(self, md: Markdown, language: str, notes: list[Note]) -> None:
        super().__init__(md)
        self.language = language
        self.notes: dict[str, list[Note]] = {}
        for note in notes:
            self.notes.setdefault(note.on, []).append(note)

    def run(self, root: Element) -> None:
        if not self.notes:
            return
        for parent in list(root.iter()):
            for element in list(parent):
                match = _ID.search(element.text or "") if element.tag in ("p", "li") else None
                if match and match.group(1) in self.notes:
                    # The attribute list must stand last in an item to be read, and the note will
                    # stand after it: set the id here.
                    element.set("id", match.group(1))
                    element.text = element.text[: match.start()]
                    for number, note in enumerate(self.notes[match.group(1)], 1):
                        self._place(parent, element, note, number)

    def _place(self, parent: Element, element: Element, note: Note, number: int) -> None:
        anchor = f"note-{note.on}-{number}"
        words = note.after.get(self.language)
        kind = note.kind if words else "note"
        mark = f"[{word(f'mark-{kind}', self.language)}](#{anchor}){{ .kb-mark .kb-mark-{kind} }}"
        if words and words in element.text:
            element.text = element.text.replace(words, words + mark, 1)
        else:
            element.text += mark
        aside = Element("aside", {"class": f"kb-note kb-note-{note.kind}", "id": anchor,
                                  "role": "note", "aria-label": word("note", self.language)})
        head = SubElement(aside, "p", {"class": "kb-note-head"})
        head.text = word("note", self.language)
        for text in note.wording[self.language].strip().split("\n\n"):
            SubElement(aside, "p").text = text
        sign = SubElement(aside, "p", {"class": "kb-note-sign"})
        sign.text = note.signed[self.language] + "\u3000"
        date = SubElement(sign, "time", {"datetime": note.date})
        date.text = spoken_date(note.date, self.language)
        if element.tag == "li":
            element.append(aside)
        else:
            parent.insert(list(parent).index(element) + number, aside)


class Apparatus(Extension):
    def __init__(self, **options: object) -> None:
        self.config = {
            "language": [CHINESE.tag, "language of the words"],
            "notes": [[], "the editor's notes of the document"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        # Before inline syntax (20).
        processor = _PlaceNotes(md, self.getConfig("language"), self.getConfig("notes"))
        md.treeprocessors.register(processor, "kb-apparatus", 25)
