"""What editors did to published paragraphs: split, merged, moved, deleted or rewritten.

In: the editions of one document, the original first, and its `History`. Out: `Edits`: a key for each
paragraph by which it is known in both languages, what becomes of ids, and a `Proposal` for each edit that a
person has to confirm. An edit that only one language has is no proposal: it is a finding, or is left to the
checks. Refuses nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kb.anchors import ids
from kb.anchors.history import History
from kb.anchors.traces import Trace, is_other, trace
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


def read(pages: Sequence[Page], history: History, declined: Collection[tuple[str, str]] = ()) -> Edits:
    """What was done to published paragraphs, but for the (kind, id) that were `declined`."""
    return _Reader(pages, history, declined).edits()


class _Reader:
    def __init__(self, pages: Sequence[Page], history: History,
                 declined: Collection[tuple[str, str]]) -> None:
        self.pages, self.history, self.declined = pages, history, declined
        self.out = Edits()
        self.old = {page.language.tag: history.last(page.language.tag) for page in pages}
        self.marks = {page.language.tag: [paragraph.id if history.is_fixed(paragraph.id) else None
                                          for paragraph in page.paragraphs] for page in pages}
        self.traces: dict[str, Trace] = {}

    def edits(self) -> Edits:
        for page in self.pages:
            tag = page.language.tag
            living = {anchor: text for anchor, text in self.old[tag].items()
                      if text and (anchor not in self.history.tombstones or anchor in self.marks[tag])}
            self.traces[tag] = trace([p.text for p in page.paragraphs], self.marks[tag], living)
            self.out.keys[tag] = [None] * len(page.paragraphs)
        self._splits()
        self._name()
        self._moves()
        self._merges()
        self._deletions()
        self._rewritings()
        self._declared()
        return self.out

    # --- helpers ------------------------------------------------------------------------------------------

    def _propose(self, kind: str, anchor: str, page: Page, at: int | None, *, found: str, expected: str,
                 is_declared: bool = False) -> bool:
        """Whether the edit is to be made; it is proposed unless draft lines declare it already."""
        if (kind, anchor) in self.declined:
            return False
        if not is_declared and not any(one[:2] == (kind, anchor) for one in self.out.proposals):
            line = page.paragraphs[at].line if at is not None else self._line_before(page, anchor)
            self.out.proposals.append(Proposal(kind, anchor, page.file, line, found, expected))
            self.out.explained.add(anchor)
        return True

    def _line_before(self, page: Page, anchor: str) -> int:
        """The last line of the paragraph after which `anchor` stood."""
        if not ids.is_paragraph(anchor):
            return page.body_line
        return max((paragraph.last_line for paragraph in page.paragraphs if ids.is_paragraph(paragraph.id)
                    and ids.order(paragraph.id) < ids.order(anchor)), default=page.body_line)

    def _twin(self, page: Page) -> Page | None:
        return next((other for other in self.pages if other is not page), None)

    def _explain(self, page: Page, places: Sequence[int]) -> None:
        self.out.explained |= {(page.language.tag, at) for at in places}

    def _draft(self, page: Page, at: int) -> str | None:
        """The draft id that stands below a paragraph."""
        own = page.paragraphs[at].id
        return own if ids.is_paragraph(own) and not self.history.is_fixed(own) else None

    # --- splits -------------------------------------------------------------------------------------------

    def _splits(self) -> None:
        main = self.pages[0]
        for page in self.pages:
            found = self.traces[page.language.tag]
            for anchor in dict.fromkeys((*found.parts.values(), *found.slid)):
                own = found.paragraphs_of(anchor)
                if page is main or len(own) == 1:
                    self._split(page, anchor, own)
                else:
                    self._follow(page, anchor, own)

    def _split(self, page: Page, anchor: str, own: tuple[int, ...]) -> None:
        found = self.traces[page.language.tag]
        number = len(own)
        declared = number > 1 and all(
            self.history.origins.get(("from", self._draft(page, at) or "")) == anchor for at in own[1:])
        kind = SPLIT if number > 1 else KEEP
        text = page.paragraphs[own[-1] if number > 1 else own[0]].text[:20]
        if self._propose(
                kind, anchor, page, own[0], is_declared=declared,
                found=f"the words of #{anchor} in {number} paragraphs, up to “{text}”" if number > 1 else
                f"the words of #{anchor}, “{text}”, without its id",
                expected=f"#{anchor} for the first, and for the rest new ids that come from it" if number > 1
                else f"#{anchor} below them, and a new id for the other paragraph"):
            self._explain(page, own)
        else:
            self._undo(page, anchor, found)

    def _undo(self, page: Page, anchor: str, found: Trace) -> None:
        """The id where it is written, and the parts as paragraphs of their own."""
        for at, one in list(found.parts.items()):
            if one == anchor:
                del found.parts[at]
        written = self.marks[page.language.tag]
        if anchor in written:
            found.labels = [None if one == anchor else one for one in found.labels]
            found.labels[written.index(anchor)] = anchor

    def _follow(self, page: Page, anchor: str, own: tuple[int, ...]) -> None:
        """A split in another language than the original: it follows the original's, or is none."""
        found, first = self.traces[page.language.tag], self.traces[self.pages[0].language.tag]
        theirs = first.paragraphs_of(anchor)
        new = [one for one in self.history.children.get(anchor, ()) if one in first.labels
               and one not in found.labels]
        if (SPLIT, anchor) in self.declined:
            self._undo(page, anchor, found)
        elif len(theirs) == len(own):
            self._explain(page, own)
        elif len(theirs) == 1 and len(new) == len(own) - 1:
            for at, one in zip(own[1:], new, strict=True):
                del found.parts[at]
                found.labels[at] = one
        else:
            self._explain(page, own)
            self.out.findings.append(_split_alone(page, self.pages[0], anchor, own, theirs))

    def _name(self) -> None:
        """The key of each paragraph: its id, the part of one, or the draft id below it."""
        for page in self.pages:
            tag, found = page.language.tag, self.traces[page.language.tag]
            for at, label in enumerate(found.labels):
                if label:
                    self.out.keys[tag][at] = Key("id", label)
                elif at in found.parts:
                    number = found.paragraphs_of(found.parts[at]).index(at)
                    self.out.keys[tag][at] = Key("part", found.parts[at], number)
                elif draft := self._draft(page, at):
                    self.out.keys[tag][at] = Key("draft", draft)

    # --- moves --------------------------------------------------------------------------------------------

    def _moves(self) -> None:
        """Paragraphs out of the order of their ids: all but the longest run in order have moved."""
        rows = {page.language.tag: [one for one in self.traces[page.language.tag].labels
                                    if ids.is_paragraph(one)] for page in self.pages}
        main = self.pages[0]
        kept = set(_longest(rows[main.language.tag]))
        for anchor in rows[main.language.tag]:
            if anchor not in kept and anchor in self.history.register.ids and self._moved_in_all(
                    anchor, kept, rows):
                at = self.traces[main.language.tag].labels.index(anchor)
                draft = self.history.origins.get(("was", self._draft(main, at) or ""))
                if self._propose(
                        MOVE, anchor, main, at, is_declared=draft == anchor,
                        found=f"#{anchor} “{main.paragraphs[at].text[:20]}” at another place of the text",
                        expected=f"a new id there, and #{anchor} withdrawn in its favour"):
                    self._move(anchor)

    def _move(self, anchor: str) -> None:
        key = Key("move", anchor)
        self.out.withdrawn[anchor] = key
        for page in self.pages:
            labels = self.traces[page.language.tag].labels
            if anchor in labels:
                self.out.keys[page.language.tag][labels.index(anchor)] = key
                self._explain(page, [labels.index(anchor)])

    def _moved_in_all(self, anchor: str, kept: Collection[str], rows: Mapping[str, Sequence[str]]) -> bool:
        """Whether every language that has the paragraph has it at the same place among those `kept`."""
        before = [set(row[:row.index(anchor)]) for row in rows.values() if anchor in row]
        shared = set(kept).intersection(*rows.values())
        return len({frozenset(one & shared) for one in before}) == 1

    # --- merges, deletions, rewritings --------------------------------------------------------------------

    def _merges(self) -> None:
        for page in self.pages:
            found = self.traces[page.language.tag]
            for anchor, at in found.merged.items():
                key = self.out.keys[page.language.tag][at]
                if key is None or key.anchor == anchor or anchor in self.out.withdrawn \
                        or self._stands(anchor, page):
                    continue
                survivor = key.anchor
                if self._propose(
                        MERGE, anchor, page, at, found=f"the words of #{anchor} under #{survivor}",
                        expected=f"#{survivor} that says it took #{anchor} in, and #{anchor} withdrawn"):
                    self.out.withdrawn[anchor] = key
                    self.out.merged.setdefault(key, []).append(anchor)
                    self._agree(survivor, anchor, page)

    def _agree(self, survivor: str, anchor: str, page: Page) -> None:
        """The twin's merged paragraph bears the same id, whichever of the two was left there."""
        twin = self._twin(page)
        found = self.traces[twin.language.tag] if twin else None
        if twin and found and anchor in found.labels and survivor not in found.labels:
            at = found.labels.index(anchor)
            found.labels[at] = survivor
            self.out.keys[twin.language.tag][at] = Key("id", survivor)

    def _stands(self, anchor: str, page: Page) -> bool:
        """Whether the twin of `page` has the id still, and not as what was merged."""
        twin = self._twin(page)
        found = self.traces[twin.language.tag] if twin else None
        return found is not None and anchor in found.labels and not any(
            at == found.labels.index(anchor) for at in found.merged.values())

    def _deletions(self) -> None:
        """Ids whose words are nowhere, in no language that had them."""
        for page in self.pages:
            found = self.traces[page.language.tag]
            sections = [one for one in self.history.sections(page.language.tag)
                        if one not in self.history.tombstones]
            for anchor in (*found.gone, *(one for one in sections if one not in page.anchors)):
                if anchor in self.out.withdrawn or self._is_left(anchor):
                    continue
                words = self.old[page.language.tag].get(anchor) or self._heading(anchor, page)
                if self._propose(DELETE, anchor, page, None, found=f"no #{anchor} “{words[:20]}”",
                                 expected=f"#{anchor} withdrawn"):
                    successor = self._same_heading(anchor, page)
                    self.out.withdrawn[anchor] = Key("id", successor) if successor else None

    def _is_left(self, anchor: str) -> bool:
        """Whether some language has the id still."""
        return any(anchor in self.traces[page.language.tag].labels if ids.is_paragraph(anchor)
                   else anchor in page.anchors for page in self.pages)

    def _heading(self, anchor: str, page: Page) -> str:
        known = self.history.register.latest.get((anchor, page.language.tag))
        return self.history.texts.get(known.text or "", "") if known else ""

    def _same_heading(self, anchor: str, page: Page) -> str | None:
        """The new id of a section whose heading says what that of `anchor` said."""
        words = self._heading(anchor, page)
        return next((one.id for one in page.headings if one.id and one.title == words
                     and one.id not in self.history.register.ids), None)

    def _rewritings(self) -> None:
        for page in self.pages:
            tag = page.language.tag
            for at, label in enumerate(self.traces[tag].labels):
                before = self.old[tag].get(label or "", "")
                now = page.paragraphs[at].text
                if label is None or label in self.out.withdrawn or not is_other(before, now):
                    continue
                declared = any(entry.id == label and entry.was == label for entry in self.history.drafts)
                if self._propose(
                        REWRITE, label, page, at, is_declared=declared,
                        found=f"#{label} written anew, “{now[:20]}”",
                        expected=f"#{label} that says it is the same paragraph"):
                    self.out.rewritten.add(label)

    def _declared(self) -> None:
        """What draft lines withdraw, while no page has it again."""
        for anchor, entry in self.history.tombstones.items():
            if anchor in self.out.withdrawn or any(
                    anchor in labels for labels in (page.anchors for page in self.pages)):
                continue
            self.out.withdrawn[anchor] = self._key_of(entry.successor) if entry.successor else None
            for one in self.history.drafts:
                if anchor in one.merged and anchor not in (
                        taken := self.out.merged.setdefault(self._key_of(one.id), [])):
                    taken.append(anchor)

    def _key_of(self, anchor: str) -> Key:
        """The key of the paragraph that bears `anchor` on a page, which may be a draft's."""
        for page in self.pages:
            for at, paragraph in enumerate(page.paragraphs):
                if paragraph.id == anchor and (key := self.out.keys[page.language.tag][at]):
                    return key
        return Key("id", anchor)


def _split_alone(page: Page, main: Page, anchor: str, own: Sequence[int], theirs: Sequence[int]) -> Finding:
    """A split that the original does not have, or has otherwise."""
    lines = ", ".join(str(page.paragraphs[at].line) for at in own)
    at = main.paragraphs[theirs[0]].line if theirs else 1
    return Finding(
        page.file, page.paragraphs[own[1]].line, "KB220", f"the words of #{anchor} in {len(own)} paragraphs",
        f"{len(theirs) or 1}, as in {main.file} line {at}",
        f"join those of {page.file} lines {lines} again, with “{{ #{anchor} }}” below: no empty line between "
        "them" if len(theirs) < 2 else f"part {page.file} from line {page.paragraphs[own[0]].line} as there")


def _longest(row: Sequence[str]) -> Iterator[str]:
    """The longest run of ids that are in order, of several the one whose ids come first in the text."""
    best: list[tuple[int, int]] = [(0, len(row))] * len(row)  # how many from here on, and which comes next
    for at in range(len(row) - 1, -1, -1):
        after = [(best[later][0], -later) for later in range(at + 1, len(row))
                 if ids.order(row[later]) > ids.order(row[at])]
        size, later = max(after, default=(0, -len(row)))
        best[at] = (size + 1, -later)
    at = max(range(len(row)), key=lambda one: (best[one][0], -one), default=len(row))
    while at < len(row):
        yield row[at]
        at = best[at][1]
