"""Edits of published paragraphs, as they are told from what stands on the pages.

In: the editions of one document, its `History`, and which edits a person declined. Out: `Edits` and
`Proposal` as plain values, and the `Telling` in which `kb.anchors.splits` and `kb.anchors.edits` put them
together. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.anchors import ids
from kb.anchors.history import History
from kb.anchors.marking import line_without
from kb.anchors.traces import Trace
from kb.corpus import Page
from kb.findings import Finding

KINDS = SPLIT, MERGE, MOVE, DELETE, REWRITE, KEEP = ("split", "merge", "move", "delete", "rewrite", "keep")


class Key(NamedTuple):
    """What a paragraph is known by in both languages: an `id` that it has, the further `part` of an id's
    words (counted from 1), the `move` of an id, or the `draft` id that stands below it."""

    kind: str
    anchor: str
    number: int = 0


class Proposal(NamedTuple):
    """An edit that a person has to confirm, at the file and line where it shows."""

    kind: str
    anchor: str
    file: str
    line: int
    found: str
    expected: str


@dataclass
class Edits:
    """`keys` are those of each page's paragraphs by language tag. `merged` is what a survivor took in,
    `withdrawn` which ids go, with the key of what has their words now. `explained` are the ids and the
    (language tag, paragraph) that proposals and findings speak of."""

    keys: dict[str, list[Key | None]] = field(default_factory=dict)
    proposals: list[Proposal] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    merged: dict[Key, list[str]] = field(default_factory=dict)
    withdrawn: dict[str, Key | None] = field(default_factory=dict)
    rewritten: set[str] = field(default_factory=set)
    explained: set[str | tuple[str, int]] = field(default_factory=set)


class Telling:
    """What is known of the pages while it is told what was done to them: by language tag the last published
    wordings (`old`), the ids that stand below paragraphs (`marks`), and where words went (`traces`)."""

    def __init__(self, pages: Sequence[Page], history: History,
                 declined: Collection[tuple[str, str]]) -> None:
        self.pages, self.history, self.declined = pages, history, declined
        self.out = Edits()
        self.old = {page.language.tag: history.last(page.language.tag) for page in pages}
        self.marks = {page.language.tag: [paragraph.id if history.is_fixed(paragraph.id) else None
                                          for paragraph in page.paragraphs] for page in pages}
        self.traces: dict[str, Trace] = {}

    def propose(self, kind: str, anchor: str, page: Page, at: int | None, *, found: str, expected: str,
                 is_declared: bool = False) -> bool:
        """Whether the edit is to be made; it is proposed unless draft lines declare it already."""
        if (kind, anchor) in self.declined:
            return False
        if not is_declared and not any(one[:2] == (kind, anchor) for one in self.out.proposals):
            line = page.paragraphs[at].line if at is not None else line_without(
                page, anchor, self.history.register.order(page.language.tag))
            self.out.proposals.append(Proposal(kind, anchor, page.file, line, found, expected))
            self.out.explained.add(anchor)
        return True

    def twin(self, page: Page) -> Page | None:
        return next((other for other in self.pages if other is not page), None)

    def explain(self, page: Page, places: Sequence[int]) -> None:
        self.out.explained |= {(page.language.tag, at) for at in places}

    def draft(self, page: Page, at: int) -> str | None:
        """The draft id that stands below a paragraph."""
        own = page.paragraphs[at].id
        return own if ids.is_paragraph(own) and not self.history.is_fixed(own) else None
