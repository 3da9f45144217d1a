"""Notes and commentary of a page, as a book has them: apart from the text, each leading back to it.

In: the tree of a page with `aside`s beside its paragraphs. Out: the same tree without them, with references
in their place, and the notes by id. One commentary may stand beside several paragraphs; the book has it once.
Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.commentary import Comment
from kb.corpus import Page
from kb.exports.epub.elements import BLOCKS, E, of_class, paragraph_of
from kb.marks.notes import COMMENT
from kb.project import Project
from kb.reading.trees import Element, above, drop, has_class, unwrap
from kb.targets import identifier
from kb.views import Words


@dataclass
class Notes:
    """The notes of one page, with what was met on the way."""

    page: Page
    comments: tuple[Comment, ...]
    site_url: str
    found: dict[str, Element] = field(default_factory=dict)
    # Each note → the ids of its references and the paragraphs that they stand in.
    references: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tag = self.page.language.tag
        self.words = Words(self.page.language)
        self.by_document = {one.page.document: one for one in self.comments}

    def take(self, flow: Element) -> None:
        """Take what stands beside paragraphs out of the flow."""
        for aside in list(flow.iter("aside")):
            if has_class(aside, "kb-note"):
                self._keep(f"{aside.get('id')}-{self.tag}", self.words.word("note"),
                           [child for child in aside if child.get("class") != "kb-note-head"])
                drop(aside)
            elif has_class(aside, "kb-comment"):
                self._take_comment(aside)
        for beside in of_class(flow, "div", "kb-beside"):
            drop(beside)
        for pair in of_class(flow, "div", "kb-pair"):
            unwrap(pair)

    def _take_comment(self, aside: Element) -> None:
        comment = self.by_document.get(aside.get(COMMENT, ""))
        if comment is None or self._name(comment) in self.found:
            return
        links = [link for link in aside.iter("a") if above(link).get("class", "") in
                 ("kb-comment-more", "kb-comment-line")]
        parts: list[Element] = []
        title = next(iter(of_class(aside, "span", "kb-comment-title")), None)
        if title is None:  # an essay: its title is the link to it
            parts.append(E.p(links[-1], {"class": "note-title"}))
        else:
            title.tag, title.tail = "p", None
            title.set("class", "note-title")
            parts.append(title)
            for body in of_class(aside, "div", "kb-comment-body"):
                parts += list(body)
            parts += [p for p in aside.iter("p") if p.get("class") == "kb-note-sign"]
            if self.site_url:
                parts.append(E.p(links[-1], {"class": "note-more"}))
        self._keep(self._name(comment), self.words.word(f"kind-{comment.page.kind}"), parts)

    def _keep(self, name: str, head: str, parts: list[Element]) -> None:
        self.found[name] = E.aside(
            E.p(head, {"class": "note-head"}), *parts,
            {"id": name, "class": "note", "epub:type": "footnote", "role": "doc-footnote",
             "lang": self.tag})

    def _name(self, comment: Comment) -> str:
        """The id of a commentary in a book: unique where two languages stand in one."""
        return f"{identifier(comment.page.document.replace('/', '-'))}-{self.tag}"

    def refer(self, flow: Element) -> None:
        """Put a reference to each commentary at the end of each paragraph that it is about."""
        paragraphs = {element.get("id"): element for element in flow.iter("p", "li")}
        for comment in self.comments:
            paragraph = paragraphs.get(comment.on)
            name = self._name(comment)
            if paragraph is not None and name in self.found:
                kind = self.words.word(f"kind-{comment.page.kind}")
                at = next((place for place, child in enumerate(paragraph) if child.tag in BLOCKS),
                          len(paragraph))
                if at:
                    paragraph[at - 1].tail = (paragraph[at - 1].tail or "").rstrip() or None
                paragraph.insert(at, E.a(f"〔{kind}〕", {"class": "kb-mark", "href": f"#{name}"}))

    def settle_mark(self, link: Element) -> None:
        """Make what refers to a note on the page refer to it in the book."""
        target = link.get("href", "")[1:]
        name = target if target in self.found else f"{target}-{self.tag}"
        link.attrib.clear()
        link.attrib.update({"class": "noteref", "href": f"#{name}", "epub:type": "noteref",
                            "role": "doc-noteref"})

    def lead_back(self, flow: Element) -> None:
        """Give each reference an id, and each note the ways back to where it is referred to."""
        for link in flow.iter("a"):
            if link.get("class") == "noteref":
                name = link.get("href", "#")[1:]
                known = self.references.setdefault(name, [])
                reference = f"ref-{name}" + (f"-{len(known) + 1}" if known else "")
                link.set("id", reference)
                known.append((reference, paragraph_of(link)))
        for name, references in self.references.items():
            if name in self.found:
                self._finish(self.found[name], references)

    def _finish(self, note: Element, references: list[tuple[str, str]]) -> None:
        numbers = dict.fromkeys(self.words.number(anchor) for _, anchor in references)
        note[0].text = f"{note[0].text}\u3000{self.words.word('list-comma').join(numbers)}"
        back = E.p({"class": "note-back"})
        for reference, anchor in references:
            if len(back):
                back[-1].tail = "\u3000"
            back.append(E.a(self.words.word("back-to", what=self.words.number(anchor)),
                            {"href": f"#{reference}", "role": "doc-backlink"}))
        note.append(back)

    def in_order(self) -> dict[str, Element]:
        """The notes, in the order in which the text first refers to them."""
        return {name: self.found[name] for name in self.references if name in self.found}


def of(project: Project, page: Page, site_url: str) -> Notes:
    return Notes(page, project.comments.get((page.document, page.language.tag), ()), site_url)
