"""A page of the site, turned into the text of a book.

In: the finished tree of a document as its page shows it (numbers, notes, commentary and term links are in
it), which is taken apart, and the project. Out: a `Text`, well-formed elements without what only a site
needs: each paragraph with its id and its number as plain text; notes and commentary apart from it, each
reached by a reference and leading back; links that lead to the same text or to the glossary of the book, to
the site where its address is known, and are plain text elsewhere. Nothing is rendered again, and
nothing in a book is fetched from anywhere. Refuses nothing: what has no place in a book is left out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from lxml import etree

from kb.anchors import ids
from kb.corpus import Page
from kb.exports.epub import notes
from kb.exports.epub.elements import GLOSSARY, TEXT, E, paragraph_of
from kb.glossary.concepts import FOLDER
from kb.marks.numbers import SEE
from kb.project import Project
from kb.reading.trees import HEADINGS, Element, above, drop, unwrap
from kb.targets import identifier

# EPUB 3.3, 4.3 and 3.6: scripts need declaring, other media are not core media types.
_LEFT_OUT = ("script", "style", "link", "meta", "template", "noscript", "iframe", "object", "embed",
             "form", "button", "input", "select", "textarea", "video", "audio", "canvas", "svg")
PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
            ".webp": "image/webp"}


@dataclass(frozen=True)
class Text:
    """The text of `page`. `flow` holds all that stands below the `title`; `notes` are by id, in the
    order in which the text first refers to them; `uses` maps each concept that is linked to the
    paragraphs that link it; `pictures` maps the files in the book to their bytes."""

    page: Page
    title: Element
    flow: Element
    notes: Mapping[str, Element]
    uses: Mapping[str, tuple[str, ...]]
    pictures: Mapping[str, bytes]


def read(
    project: Project, page: Page, root: Element, site_url: str, picture: Callable[[str], bytes | None]
) -> Text:
    """The text of `page`, whose content the site shows as `root`. `picture` gives the bytes of the
    picture at a place below the site's root, None where there is none."""
    return _Reader(project, page, site_url, picture).read(root)


@dataclass
class _Reader:
    """One reading of one page, with what was met on the way."""

    project: Project
    page: Page
    site_url: str
    picture: Callable[[str], bytes | None]
    uses: dict[str, dict[str, None]] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.notes = notes.of(self.project, self.page, self.site_url)

    def read(self, flow: Element) -> Text:
        etree.strip_elements(flow, etree.Comment, etree.ProcessingInstruction, *_LEFT_OUT,
                             with_tail=False)
        found = flow.find("h1")
        title = E.h1(self.page.title) if found is None else found
        if found is not None:
            flow.remove(found)
            title.attrib.clear()
        self.notes.take(flow)
        self.notes.refer(flow)
        for root in (title, flow, *self.notes.found.values()):
            self._settle(root)
        if self.page.front.get("headings") == "supplied":
            for heading in flow.iter("h2"):
                _bracket(heading)
        self.notes.lead_back(flow)
        uses = {concept: tuple(anchors) for concept, anchors in self.uses.items()}
        return Text(self.page, title, flow, self.notes.in_order(), uses, self.pictures)

    def _settle(self, root: Element) -> None:
        """Make what a site needs into what a book needs, in `root` and below it."""
        for element in list(root.iter()):
            tag, names = element.tag, element.keys()
            kind = element.get("class", "") if names else ""
            if tag == "a":
                self._settle_link(element, kind)
            elif tag == "img":
                self._settle_picture(element)
            elif tag == "em" and any(child.get("lang") == "en" for child in element):
                element.set("class", "english")  # is set in italics there, and has no dots
            elif tag in ("p", "li") and "id" in names and ids.is_paragraph(element.get("id", "")):
                element.set("class", "numbered")
            elif kind.startswith("kb-"):
                element.set("class", kind.removeprefix("kb-"))
            if "align" in names:  # of a table's cell: a page has no style attributes, a book no align
                element.set("style", f"text-align: {element.attrib.pop('align')}")
            for name in names:
                if name.startswith(("data-", "on")):
                    element.attrib.pop(name, None)

    def _settle_link(self, link: Element, kind: str) -> None:
        href = link.get("href")
        if kind == "kb-number":
            _settle_number(link)
        elif href is not None and kind.startswith("kb-mark"):
            self.notes.settle_mark(link)
        elif href is not None and (concept := link.get("data-concept", "") or self._concept(href)):
            anchors = self.uses.setdefault(concept, {})
            if kind == "kb-term" and (anchor := paragraph_of(link)):
                anchors[anchor] = None
            link.attrib.clear()
            link.attrib.update({"class": "term", "epub:type": "glossref", "role": "doc-glossref",
                                "href": f"{GLOSSARY}#term-{identifier(concept)}"})
        elif href is not None:
            self._settle_other(link, href, kind)

    def _settle_other(self, link: Element, href: str, kind: str) -> None:
        target = self._target(href)
        if target is None:
            # Words that say nothing but that there is a link go with it.
            (drop if kind == SEE else unwrap)(link)
            return
        if kind.startswith("footnote-"):  # of the Markdown extension `footnotes`
            link.attrib.pop("title", None)  # in English
            link.set("role", "doc-noteref" if kind == "footnote-ref" else "doc-backlink")
        link.set("href", target)

    def _concept(self, href: str) -> str:
        """The concept whose page `href` leads to; empty for none."""
        folder, _, concept = unquote(self._place(href)).rpartition("/")
        own = folder == self.page.language.prefix + FOLDER and not urlsplit(href).scheme
        return concept if own and self.project.glossary.has(concept) else ""

    def _target(self, href: str) -> str | None:
        """Where a link of the page leads from the text of the book; None for nowhere."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return href
        place = self._place(href)
        if place == self.page.address.rstrip("/"):
            return f"#{unquote(parts.fragment)}" if parts.fragment else TEXT
        if not self.site_url:
            return None
        slash = "/" if place and parts.path.endswith(("/", ".")) else ""
        return self.site_url + place + slash + (f"#{parts.fragment}" if parts.fragment else "")

    def _place(self, href: str) -> str:
        """Where a relative link leads, below the site's root."""
        path = posixpath.normpath(posixpath.join("/", self.page.address, urlsplit(href).path))
        return path.strip("/")

    def _settle_picture(self, picture: Element) -> None:
        """A picture of the site goes into the book; of any other, only its description does."""
        parts = urlsplit(picture.get("src", ""))
        suffix = posixpath.splitext(parts.path)[1].lower()
        content = None
        if suffix in PICTURES and not parts.scheme and not parts.netloc:
            content = self.picture(unquote(self._place(parts.path)))
        if content is None:
            described = E.span(picture.get("alt", ""))
            described.tail = picture.tail
            above(picture).replace(picture, described)
            return
        file = f"pictures/{self.page.language.tag}-{len(self.pictures) + 1}{suffix}"
        self.pictures[file] = content
        for name in set(picture.keys()) - {"alt", "title"}:
            del picture.attrib[name]
        picture.set("src", file)
        picture.set("alt", picture.get("alt", ""))


def _settle_number(link: Element) -> None:
    """The number of a paragraph is plain text in a book; the sign beside a heading is nothing."""
    if above(link).tag in HEADINGS:
        drop(link)
        return
    link.tag = "span"
    link.attrib.clear()
    link.set("class", "number")


def _bracket(heading: Element) -> None:
    """Mark a heading as the editors', in the text: reading systems may ignore the style sheet."""
    opening = E.span("〔", {"class": "supplied"})
    opening.tail, heading.text = heading.text, None
    heading.insert(0, opening)
    heading.append(E.span("〕", {"class": "supplied"}))
