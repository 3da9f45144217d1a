"""What stands in an edition, in its order: the title, the headings that are the author's, the paragraphs.

In: pages of the corpus, and what editors declare of them. Out: `Edited`s. Where the headings are the
editors' (`headings: supplied`) they have no counterpart in the received text and are left out. Refuses
nothing: what has no id yet is known by its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.collation.sources import Declarations, Emendation, Received, Sources
from kb.corpus import CITABLE, Corpus, Page
from kb.languages import other

TITLE = "title"  # what the title is called among the paragraphs

_LEAK = re.compile(r"\{\s*:?\s*#[^{}]*\}")


@dataclass(frozen=True)
class Edited:
    """A paragraph, a heading or the title of an edition. `id` is empty where it has none yet; `number`
    is an ordered list's item's, its digits. `counterpart` is what a translation renders: what has the same id
    in the other language's edition, if anything has."""

    page: Page
    declarations: Declarations
    id: str
    line: int
    text: str
    number: str = ""
    is_heading: bool = False
    counterpart: str = ""

    @property
    def emendation(self) -> Emendation | None:
        return self.declarations.emendations.get(self.page.language.tag, {}).get(self.id)

    @property
    def name(self) -> str:
        """What findings call it."""
        return self.id or ("the heading" if self.is_heading else "the paragraph")

    @property
    def is_original(self) -> bool:
        """Whether these are the author's own words, which nobody emends."""
        return self.page.front.get("text") == "original"


def read(corpus: Corpus, sources: Sources, received: Received) -> list[Edited]:
    """What stands in all editions that carry `received`, in order."""
    found: list[Edited] = []
    for document in received.editions:
        if page := corpus.page(f"{document}.md", received.language):
            declarations = sources.of(document)
            twin = corpus.page(page.path, other(received.language))
            rendered = {one.id: one.text for one in of(twin, declarations) if one.id} if (
                twin and page.front.get("text") != "original") else {}
            found += (replace(one, counterpart=rendered.get(one.id, "")) for one in of(page, declarations))
    return found


def of(page: Page, declarations: Declarations) -> Iterator[Edited]:
    """The title, headings and paragraphs of one page, as a reader meets them."""
    headings, paragraphs = iter(page.headings), iter(page.paragraphs)
    for block in page.blocks:
        if block.kind == "heading":
            heading = next(headings)
            if heading.level == 1 or page.front.get("headings") != "supplied":
                name = TITLE if heading.level == 1 else heading.id or ""
                yield Edited(page, declarations, name, heading.line, heading.title, is_heading=True)
        elif block.kind in CITABLE:
            one = next(paragraphs)
            # An id that leaks into the text is a finding of its own.
            yield Edited(page, declarations, one.id or "", one.line, _LEAK.sub("", one.text),
                         one.number.rstrip(".)"))
