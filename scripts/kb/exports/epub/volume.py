"""A book as a whole, and its pages as files.

In: the project, a `Book`, and the `Text` of each of its editions. Out: a `Volume`, of which every page is
made; a `Leaf` for the body of a page; elements that speak each language of the book. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from kb.books import Book
from kb.exports.epub.elements import STYLE, E
from kb.exports.epub.text import Text
from kb.project import Project
from kb.reading.trees import Element
from kb.views import Words
from kb.views.fates import Line, Piece, lines

Names = tuple[str, ...]  # what something is called in each language of the book


@dataclass(frozen=True)
class Leaf:
    """One XHTML file of a book. `sections` are those of the text: (id, names)."""

    file: str
    names: Names
    content: bytes
    sections: tuple[tuple[str, Names], ...] = ()


@dataclass(frozen=True)
class Volume:
    """A book with all that its pages tell. `edited` is the day of its last change (ISO 8601)."""

    project: Project
    book: Book
    texts: tuple[Text, ...]
    site_url: str
    edited: str
    # A cache, shared by the books of a build: entries of the glossary, by concept and languages.
    entries: dict[tuple[str, ...], Element] = field(default_factory=dict)

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """How each language of the book says things."""
        return tuple(Words(text.page.language) for text in self.texts)

    @property
    def titles(self) -> Names:
        """What the text is called in each language of the book."""
        return tuple(text.page.title for text in self.texts)

    @cached_property
    def fates(self) -> tuple[tuple[Line, ...], ...]:
        """What became of paragraphs: a line each, in each language of the book."""
        pages = [text.page for text in self.texts]
        all_fates = [self.project.fates(page.document, page.language) for page in pages]
        return tuple(zip(*(lines(words, all_fates) for words in self.words), strict=True))

    def names(self, key: str) -> Names:
        """A word of the interface, in each language of the book."""
        return tuple(words.word(key) for words in self.words)


def leaf(
    volume: Volume, file: str, names: Names, body: Sequence[Element], *,
    kind: str, sections: tuple[tuple[str, Names], ...] = (),
) -> Leaf:
    """The file of a page; `kind` is its part of the book, as `epub:type` has it."""
    root = E.html(
        {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops",
         "lang": volume.words[0].language.tag},
        E.head(E.meta({"charset": "utf-8"}), E.title(in_one_line(names)),
               E.link({"rel": "stylesheet", "type": "text/css", "href": STYLE})),
    )
    # To move an element from one tree to another costs a walk over it: here, and nowhere before.
    etree.SubElement(root, "body", {"epub:type": kind}).extend(body)
    for part in root.iter():  # some reading systems look for one, some for the other
        if language := part.get("lang"):
            part.set("xml:lang", language)
    content = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    return Leaf(file, names, content + b"\n", sections)


def in_one_line(names: Iterable[str]) -> str:
    """Names in several languages, where no markup can keep them apart."""
    return "\u3000".join(names)


def each(
    volume: Volume, tag: str, said: Iterable[str | Sequence[Piece]],
    attributes: dict[str, str] | None = None,
) -> Element:
    """An element that says something in each language of the book: words, some of them links
    within the book."""
    element = E(tag, attributes or {})
    for words, one in zip(volume.words, said, strict=True):
        if len(element):
            element[-1].tail = " "
        into = element
        if volume.book.is_bilingual:
            into = etree.SubElement(element, "span", {"class": "side", "lang": words.language.tag})
        for text, anchor in [(one, "")] if isinstance(one, str) else one:
            if anchor:
                into.append(E.a(text, {"href": f"#{anchor}"}))
            elif len(into):
                into[-1].tail = (into[-1].tail or "") + text
            else:
                into.text = (into.text or "") + text
    return element
