"""What editors did to published paragraphs: split, merged, moved, deleted or rewritten.

In: the editions of one document, the original first, and its `History`. Out: `Edits`: a key for each
paragraph by which it is known in both languages, what becomes of ids, and a `Proposal` for each edit that a
person has to confirm. An edit that only one language has is no proposal: it is a finding, or is left to the
checks. Refuses nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from kb.anchors import ids
from kb.anchors.history import History
from kb.anchors.proposals import DELETE, MERGE, MOVE, REWRITE, Edits, Key
from kb.anchors.splits import Splits
from kb.anchors.traces import is_other, trace
from kb.corpus import Page


def read(pages: Sequence[Page], history: History, declined: Collection[tuple[str, str]] = ()) -> Edits:
    """What was done to published paragraphs, but for the (kind, id) that were `declined`."""
    return _Reader(pages, history, declined).edits()


class _Reader(Splits):
    def edits(self) -> Edits:
        for page in self.pages:
            tag = page.language.tag
            living = {anchor: text for anchor, text in self.old[tag].items()
                      if text and (anchor not in self.history.tombstones or anchor in self.marks[tag])}
            self.traces[tag] = trace([p.text for p in page.paragraphs], self.marks[tag], living)
            self.out.keys[tag] = [None] * len(page.paragraphs)
        self.splits()
        self._name()
        self._moves()
        self._merges()
        self._deletions()
        self._rewritings()
        self._declared()
        return self.out

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
                elif draft := self.draft(page, at):
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
                if self._is_mislabelled(main, at):
                    continue
                draft = self.history.origins.get(("was", self.draft(main, at) or ""))
                if self.propose(
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
                self.explain(page, [labels.index(anchor)])

    def _is_mislabelled(self, page: Page, at: int) -> bool:
        """Whether a paragraph has the words of another id, which stands below other words: then the mark is
        wrong, and nothing was done to the paragraph."""
        labels, old = self.traces[page.language.tag].labels, self.old[page.language.tag]
        texts = [paragraph.text for paragraph in page.paragraphs]
        return old.get(labels[at] or "") != texts[at] and any(
            words == texts[at] and anchor in labels and texts[labels.index(anchor)] != words
            for anchor, words in old.items())

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
                if self.propose(
                        MERGE, anchor, page, at, found=f"the words of #{anchor} under #{survivor}",
                        expected=f"#{survivor} that says it took #{anchor} in, and #{anchor} withdrawn"):
                    self.out.withdrawn[anchor] = key
                    self.out.merged.setdefault(key, []).append(anchor)
                    self._agree(survivor, anchor, page)

    def _agree(self, survivor: str, anchor: str, page: Page) -> None:
        """The twin's merged paragraph bears the same id, whichever of the two was left there."""
        twin = self.twin(page)
        found = self.traces[twin.language.tag] if twin else None
        if twin and found and anchor in found.labels and survivor not in found.labels:
            at = found.labels.index(anchor)
            found.labels[at] = survivor
            self.out.keys[twin.language.tag][at] = Key("id", survivor)

    def _stands(self, anchor: str, page: Page) -> bool:
        """Whether the twin of `page` has the id still, and not as what was merged."""
        twin = self.twin(page)
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
                if self.propose(DELETE, anchor, page, None, found=f"no #{anchor} “{words[:20]}”",
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
                if label is None or label in self.out.withdrawn or not is_other(before, now) \
                        or self._is_mislabelled(page, at):
                    continue
                declared = any(entry.id == label and entry.was == label for entry in self.history.drafts)
                if self.propose(
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
