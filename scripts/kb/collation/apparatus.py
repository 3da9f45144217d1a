"""Editor's notes and commentary beside the paragraphs they are about.

A Python-Markdown extension that works without MkDocs. In: Markdown whose paragraphs have ids, notes
and commentary. Out: a note's mark, in the text after the words it is about, or at the paragraph's
end; below the paragraph the note itself, signed and dated; and each commentary, folded to one line,
an essay as a link. The Markdown of an edition stays free of all of it.

Options: `language` (BCP 47 tag), `notes` (`kb.collation.sources.Note`s of the document),
`comments` (`kb.commentary.Comment`s on it).
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from kb import names
from kb.collation.sources import Note
from kb.commentary import Comment
from kb.languages import CHINESE, spoken_date, word

_ID = re.compile(r"\n[ ]*\{:?[ ]*#(p[0-9]+[a-z]*)[ ]*\}[ ]*$")


class _Place(Treeprocessor):
    """Runs on raw Markdown text, before inline syntax is read, so that marks and notes may use it."""

    def __init__(
        self, md: Markdown, language: str, notes: list[Note], comments: list[Comment], foreign: bool
    ) -> None:
        super().__init__(md)
        self.language, self.foreign = language, foreign
        self.notes: dict[str, list[Note]] = {}
        self.comments: dict[str, list[Comment]] = {}
        for note in notes:
            self.notes.setdefault(note.on, []).append(note)
        for comment in comments:
            self.comments.setdefault(comment.on, []).append(comment)

    def run(self, root: Element) -> None:
        if not self.notes and not self.comments:
            return
        # Each element of a quotation → the (outermost) quotation; what is to stand after each.
        self.quotations: dict[Element, Element] = {}
        self.after: dict[Element, list[Element]] = {}
        for quotation in root.iter("blockquote"):
            for element in quotation.iter():
                self.quotations.setdefault(element, quotation)
        for parent in list(root.iter()):
            for element in list(parent):
                match = _ID.search(element.text or "") if element.tag in ("p", "li") else None
                anchor = match.group(1) if match else ""
                if anchor in self.notes or anchor in self.comments:
                    # The attribute list must stand last in an item to be read, and the note will
                    # stand after it: set the id here.
                    element.set("id", anchor)
                    element.text = element.text[: match.start()]
                    self._put(parent, element, anchor)
        for parent in list(root.iter()):
            for quotation in [child for child in parent if child in self.after]:
                at = list(parent).index(quotation) + 1
                for offset, aside in enumerate(self.after[quotation]):
                    parent.insert(at + offset, aside)

    def _put(self, parent: Element, element: Element, anchor: str) -> None:
        """Put what belongs to `element` after it, or at its end where it is a list item; after a
        quotation where it is part of one, because the words are not the quoted person's."""
        asides = [self._note(element, note, number)
                  for number, note in enumerate(self.notes.get(anchor, ()), 1)]
        if comments := self.comments.get(anchor):
            beside = Element("div", {"class": "kb-beside"})
            beside.extend(self._comment(comment) for comment in comments)
            asides.append(beside)
        for aside in asides if self.foreign else ():
            aside.set("lang", self.language)
        if quotation := self.quotations.get(element):
            for aside in asides:
                for label in aside.iter("span" if aside.tag == "div" else "p"):
                    if label.get("class") in ("kb-note-head", "kb-comment-kind"):
                        label.text += "\u3000" + word("paragraph", self.language, number=anchor[1:])
            self.after.setdefault(quotation, []).extend(asides)
            return
        if element.tag == "li":
            element.extend(asides)
            return
        at = list(parent).index(element)
        pair = Element("div", {"class": "kb-pair"})
        parent.remove(element)
        parent.insert(at, pair)
        pair.append(element)
        pair.extend(asides)

    def _note(self, element: Element, note: Note, number: int) -> Element:
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
        self._sign(aside, note.signed[self.language], note.date)
        return aside

    def _comment(self, comment: Comment) -> Element:
        front, language = comment.page.front, comment.page.language.tag
        kind = comment.page.kind
        title, label = str(front["title"]), word(f"kind-{kind}", self.language)
        box = Element("aside", {"class": f"kb-comment kb-comment-{kind}", "role": "note",
                                "aria-label": label + word("colon", self.language) + title})
        if kind == "essay":
            line = SubElement(box, "p", {"class": "kb-comment-line"})
            SubElement(line, "span", {"class": "kb-comment-kind"}).text = label
            link = SubElement(line, "a", {"href": comment.link()})
            link.text = title
            if comment.is_foreign:
                link.set("lang", language)
            return box
        details = SubElement(box, "details")
        summary = SubElement(details, "summary")
        SubElement(summary, "span", {"class": "kb-comment-kind"}).text = label
        name = SubElement(summary, "span", {"class": "kb-comment-title"})
        name.text = title
        body = SubElement(details, "div", {"class": "kb-comment-body"})
        if comment.is_foreign:
            notice = SubElement(body, "p", {"class": "kb-comment-notice"})
            notice.text = word("comment-untranslated", self.language)
            for part in (name, body := SubElement(body, "div")):
                part.set("lang", language)
        self.md.parser.parseChunk(body, comment.markdown())
        self._sign(details, names.line(front["authors"], self.language), front["date"])
        more = SubElement(details, "p", {"class": "kb-comment-more"})
        SubElement(more, "a", {"href": comment.link()}).text = word("comment-page", self.language)
        return box

    def _sign(self, parent: Element, who: str, when: str) -> None:
        sign = SubElement(parent, "p", {"class": "kb-note-sign"})
        sign.text = who + "\u3000"
        date = SubElement(sign, "time", {"datetime": when})
        date.text = spoken_date(when, self.language)


class Apparatus(Extension):
    def __init__(self, **options: object) -> None:
        self.config = {
            "language": [CHINESE.tag, "language of the words"],
            "notes": [[], "the editor's notes of the document"],
            "comments": [[], "the commentary on the document"],
            "foreign": [False, "whether the text is in another language than its readers"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        # Before inline syntax (20).
        processor = _Place(md, self.getConfig("language"), self.getConfig("notes"),
                           self.getConfig("comments"), self.getConfig("foreign"))
        md.treeprocessors.register(processor, "kb-apparatus", 25)
