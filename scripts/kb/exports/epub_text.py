"""A page of the site, turned into the text of a book.

In: the finished tree of a document as its page shows it (numbers, notes, commentary and term links are in
it), which is taken apart, and the project. Out: a `Text`, well-formed elements without what only a site needs: each
paragraph with its id and its number as plain text; notes and commentary apart from it, each reached
by a reference and leading back; links that lead to the same text or to the glossary of the book, to
the site where its address is known, and are plain text elsewhere. Nothing is rendered again, and
nothing in a book is fetched from anywhere. Refuses nothing: what has no place in a book is left out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.builder import ElementMaker

from kb.anchors import ids
from kb.commentary import Comment
from kb.corpus import Page
from kb.glossary.concepts import FOLDER
from kb.marks.notes import COMMENT
from kb.project import Project
from kb.reading.trees import Element, drop, unwrap
from kb.targets import identifier
from kb.views import Words

TEXT, GLOSSARY = "text.xhtml", "glossary.xhtml"
# Elements made by an HTML parser may carry `epub:type` and `xml:lang` as they are written; others
# ask for namespaces, which would cost every page a second walk. (`lxml.html` would do the same with
# a class of its own for each element, which makes a book take half as long again.)
E = ElementMaker(makeelement=etree.HTMLParser().makeelement)
# EPUB 3.3, 4.3 and 3.6: scripts need declaring, other media are not core media types.
_LEFT_OUT = ("script", "style", "link", "meta", "template", "noscript", "iframe", "object", "embed",
             "form", "button", "input", "select", "textarea", "video", "audio", "canvas", "svg")
PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
            ".webp": "image/webp"}
# What may stand below the words of a list item, and is not part of them.
BLOCKS = ("ul", "ol", "div", "blockquote", "table", "pre")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


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
    notes: dict[str, Element] = field(default_factory=dict)
    # Each note → the ids of its references and the paragraphs that they stand in.
    references: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    uses: dict[str, dict[str, None]] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tag = self.page.language.tag
        self.view = Words(self.page.language)
        self.comments = self.project.comments.get((self.page.document, self.tag), ())
        self.by_document = {one.page.document: one for one in self.comments}

    def read(self, flow: Element) -> Text:
        etree.strip_elements(flow, etree.Comment, etree.ProcessingInstruction, *_LEFT_OUT,
                             with_tail=False)
        found = flow.find("h1")
        title = E.h1(self.page.title) if found is None else found
        if found is not None:
            flow.remove(found)
            title.attrib.clear()
        self._take_notes(flow)
        self._refer_to_comments(flow)
        for root in (title, flow, *self.notes.values()):
            self._settle(root)
        if self.page.front.get("headings") == "supplied":
            for heading in flow.iter("h2"):
                _bracket(heading)
        self._lead_back(flow)
        notes = {name: self.notes[name] for name in self.references if name in self.notes}
        uses = {concept: tuple(found) for concept, found in self.uses.items()}
        return Text(self.page, title, flow, notes, uses, self.pictures)

    # --- notes and commentary -----------------------------------------------------------------------

    def _take_notes(self, flow: Element) -> None:
        """Take what stands beside paragraphs out of the flow."""
        for aside in list(flow.iter("aside")):
            kinds = aside.get("class", "").split()
            if "kb-note" in kinds:
                self._keep(f"{aside.get('id')}-{self.tag}", self.view.word("note"),
                           [child for child in aside if child.get("class") != "kb-note-head"])
                drop(aside)
            elif "kb-comment" in kinds:
                self._take_comment(aside)
        for beside in _of_class(flow, "div", "kb-beside"):
            drop(beside)
        for pair in _of_class(flow, "div", "kb-pair"):
            unwrap(pair)

    def _take_comment(self, aside: Element) -> None:
        """One commentary may stand beside several paragraphs; the book has it once."""
        links = [link for link in aside.iter("a") if (link.getparent().get("class") or "") in
                 ("kb-comment-more", "kb-comment-line")]
        comment = self.by_document.get(aside.get(COMMENT, ""))
        if comment is None or _name(comment, self.tag) in self.notes:
            return
        parts: list[Element] = []
        title = next(iter(_of_class(aside, "span", "kb-comment-title")), None)
        if title is None:  # an essay: its title is the link to it
            parts.append(E.p(links[-1], {"class": "note-title"}))
        else:
            title.tag, title.tail = "p", None
            title.set("class", "note-title")
            parts.append(title)
            for body in _of_class(aside, "div", "kb-comment-body"):
                parts += list(body)
            parts += [p for p in aside.iter("p") if p.get("class") == "kb-note-sign"]
            if self.site_url:
                parts.append(E.p(links[-1], {"class": "note-more"}))
        head = self.view.word(f"kind-{comment.page.kind}")
        self._keep(_name(comment, self.tag), head, parts)

    def _keep(self, name: str, head: str, parts: list[Element]) -> None:
        self.notes[name] = E.aside(
            E.p(head, {"class": "note-head"}), *parts,
            {"id": name, "class": "note", "epub:type": "footnote", "role": "doc-footnote",
             "lang": self.tag})

    def _refer_to_comments(self, flow: Element) -> None:
        """Put a reference to each commentary at the end of each paragraph that it is about."""
        paragraphs = {element.get("id"): element for element in flow.iter("p", "li")}
        for comment in self.comments:
            paragraph = paragraphs.get(comment.on)
            name = _name(comment, self.tag)
            if paragraph is not None and name in self.notes:
                kind = self.view.word(f"kind-{comment.page.kind}")
                at = next((place for place, child in enumerate(paragraph) if child.tag in BLOCKS),
                          len(paragraph))
                if at and paragraph[at - 1].tail:
                    paragraph[at - 1].tail = paragraph[at - 1].tail.rstrip()
                paragraph.insert(at, E.a(f"〔{kind}〕", {"class": "kb-mark", "href": f"#{name}"}))

    def _lead_back(self, flow: Element) -> None:
        """Give each reference an id, and each note the ways back to where it is referred to."""
        for link in flow.iter("a"):
            if link.get("class") == "noteref":
                name = link.get("href", "#")[1:]
                known = self.references.setdefault(name, [])
                link.set("id", f"ref-{name}" + (f"-{len(known) + 1}" if known else ""))
                known.append((link.get("id"), _paragraph_of(link)))
        for name, references in self.references.items():
            if name not in self.notes:
                continue
            numbers = dict.fromkeys(self.view.number(anchor) for _, anchor in references)
            self.notes[name][0].text += "\u3000" + self.view.word("list-comma").join(numbers)
            back = E.p({"class": "note-back"})
            for place, (reference, anchor) in enumerate(references):
                link = E.a(self.view.word("back-to", what=self.view.number(anchor)),
                           {"href": f"#{reference}", "role": "doc-backlink"})
                link.tail = "\u3000" if place < len(references) - 1 else None
                back.append(link)
            self.notes[name].append(back)

    # --- everything else ------------------------------------------------------------------------------

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
            elif tag in ("p", "li") and "id" in names and ids.is_paragraph(element.get("id")):
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
            if link.getparent().tag in _HEADINGS:
                drop(link)
                return
            link.tag = "span"
            link.attrib.clear()
            link.set("class", "number")
            return
        if href is None:
            return
        if kind.startswith("kb-mark"):
            name = href[1:] if href[1:] in self.notes else f"{href[1:]}-{self.tag}"
            link.attrib.clear()
            link.attrib.update({"class": "noteref", "href": f"#{name}", "epub:type": "noteref",
                                "role": "doc-noteref"})
            return
        concept = link.get("data-concept", "")
        concept = concept or self._concept(href)
        target = f"{GLOSSARY}#term-{identifier(concept)}" if concept else self._target(href)
        if target is None:
            unwrap(link)
            return
        if concept:
            anchors = self.uses.setdefault(concept, {})
            if kind == "kb-term" and (anchor := _paragraph_of(link)):
                anchors[anchor] = None
            link.attrib.clear()
            link.attrib.update({"class": "term", "epub:type": "glossref", "role": "doc-glossref"})
        elif kind.startswith("footnote-"):  # of the Markdown extension `footnotes`
            link.attrib.pop("title", None)  # in English
            link.set("role", "doc-noteref" if kind == "footnote-ref" else "doc-backlink")
        link.set("href", target)

    def _concept(self, href: str) -> str:
        """The concept whose page `href` leads to; empty for none."""
        folder, _, concept = unquote(self._place(href)).rpartition("/")
        own = folder == self.page.language.prefix + FOLDER and not urlsplit(href).scheme
        return concept if own and concept in self.project.glossary.concepts else ""

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
            picture.getparent().replace(picture, described)
            return
        file = f"pictures/{self.tag}-{len(self.pictures) + 1}{suffix}"
        self.pictures[file] = content
        for name in set(picture.keys()) - {"alt", "title"}:
            del picture.attrib[name]
        picture.set("src", file)
        picture.set("alt", picture.get("alt", ""))


def _of_class(root: Element, tag: str, name: str) -> list[Element]:
    return [element for element in root.iter(tag) if name in element.get("class", "").split()]


def _paragraph_of(element: Element) -> str:
    """The id of the paragraph that `element` stands in; empty for none."""
    return next((anchor for one in (element, *element.iterancestors())
                 if (anchor := one.get("id")) and ids.is_paragraph(anchor)), "")


def _name(comment: Comment, tag: str) -> str:
    """The id of a commentary in a book: unique where two languages stand in one."""
    return f"{identifier(comment.page.document.replace('/', '-'))}-{tag}"


def _bracket(heading: Element) -> None:
    """Mark a heading as the editors', in the text: reading systems may ignore the style sheet."""
    opening = E.span("〔", {"class": "supplied"})
    opening.tail, heading.text = heading.text, None
    heading.insert(0, opening)
    heading.append(E.span("〕", {"class": "supplied"}))
