"""Paragraph numbers in the margin, as in a court judgment.

A Python-Markdown extension that works without MkDocs. In: rendered elements whose id is a
paragraph's (`p12`), and headings with an id. Out: each begins with a link to itself that shows its
number (`12`) or, for a section, `§`. A translation older than its original says so above the
paragraph.

Options: `language` (BCP 47 tag of the site's words), `stale` (ids of paragraphs to warn about),
`sections` (whether headings get a link).
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from kb.anchors import ids
from kb.languages import CHINESE, word


class _Number(Treeprocessor):
    def __init__(self, md: Markdown, language: str, stale: list[str], sections: bool) -> None:
        super().__init__(md)
        self.language, self.stale, self.sections = language, stale, sections

    def run(self, root: Element) -> None:
        for element in root.iter():
            anchor = element.get("id")
            if not anchor:
                continue
            if element.tag in ("p", "li") and ids.is_paragraph(anchor):
                if anchor in self.stale:
                    notice = Element("span", {"class": "kb-stale", "role": "note"})
                    notice.text = word("stale", self.language)
                    _put_first(element, notice)
                _put_first(element, self._link(anchor, anchor[1:], "paragraph-link"))
            elif element.tag in ("h2", "h3", "h4") and self.sections:
                _put_first(element, self._link(anchor, "§", "section-link", element))

    def _link(
        self, anchor: str, text: str, key: str, heading: Element | None = None
    ) -> Element:
        title = "".join(heading.itertext()) if heading is not None else ""
        link = Element("a", {
            "class": "kb-number", "href": f"#{anchor}",
            "aria-label": word(key, self.language, number=text, title=title),
        })
        link.text = text
        return link


def _put_first(element: Element, child: Element) -> None:
    child.tail, element.text = element.text, None
    element.insert(0, child)


class Numbering(Extension):
    def __init__(self, **options: object) -> None:
        self.config = {
            "language": [CHINESE.tag, "language of the words"],
            "stale": [[], "ids of paragraphs whose original has changed"],
            "sections": [False, "whether headings get a link"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        # After attributes (8), which set the ids, and the table of contents (5), which must not
        # see the links.
        processor = _Number(md, self.getConfig("language"), self.getConfig("stale"),
                            self.getConfig("sections"))
        md.treeprocessors.register(processor, "kb-numbering", 3)
