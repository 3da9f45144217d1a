"""A document's two editions side by side, paired by id.

In: the pages of one document, and for each the options of our Markdown extensions. Out: `Row`s in
the order of the text: the heading or paragraph of each language as HTML, with its marks and term
links, without its number, which stands once a row. Where one edition lacks an id its cell is None,
and the page says so. Works without MkDocs: links to Markdown files are left for the caller.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from kb.corpus import Page

_EXTENSIONS = ("attr_list", "def_list", "footnotes", "md_in_html", "tables", "pymdownx.superfences",
               "kb.apparatus", "kb.terms", "kb.passages")


@dataclass(frozen=True)
class Row:
    """`kind` is heading, paragraph, item or quotation; `cells` are in the order of the pages."""

    id: str
    kind: str
    level: int
    cells: tuple[str | None, ...]


class _Collect(Treeprocessor):
    """Takes each element with an id as HTML, when everything else has run."""

    def __init__(self, md: Markdown, wanted: Mapping[str, str], found: dict[str, str]) -> None:
        super().__init__(md)
        self.wanted, self.found = wanted, found

    def run(self, root: Element) -> None:
        for element in root.iter():
            anchor = element.get("id", "")
            if anchor in self.wanted:
                cell = Element("div")
                cell.text = element.text
                # A list item also holds its notes: they have a row of their own here.
                cell.extend(child for child in element if child.tag not in ("aside", "div", "ul", "ol"))
                self.found[anchor] = self._html(cell)
        root[:] = []  # nobody asks for the rest as HTML

    def _html(self, cell: Element) -> str:
        html = self.md.serializer(cell)
        for postprocessor in self.md.postprocessors:
            html = postprocessor.run(html)
        return html.strip().removeprefix("<div>").removesuffix("</div>").strip()


class _Collector(Extension):
    def __init__(self, wanted: Mapping[str, str], found: dict[str, str]) -> None:
        super().__init__()
        self.wanted, self.found = wanted, found

    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Collect(md, self.wanted, self.found), "kb-collect", -10)


def cells(page: Page, options: Mapping[str, dict]) -> Mapping[str, str]:
    """Every id of `page` → what stands there, as HTML."""
    found: dict[str, str] = {}
    Markdown(
        extensions=[*_EXTENSIONS, _Collector(page.anchors, found)], extension_configs=dict(options)
    ).convert(page.markdown)
    return found


def rows(pages: Sequence[Page], options: Sequence[Mapping[str, dict]]) -> tuple[Row, ...]:
    """The rows of `pages`, in the order of the first; what only a later one has comes last."""
    contents = [cells(page, own) for page, own in zip(pages, options)]
    kinds = {block.id: block for page in reversed(pages) for block in page.blocks if block.id}
    ids = dict.fromkeys(anchor for page in pages for anchor in page.anchors)
    return tuple(
        Row(anchor, kinds[anchor].kind, kinds[anchor].level,
            tuple(content.get(anchor) for content in contents))
        for anchor in ids if anchor in kinds
    )
