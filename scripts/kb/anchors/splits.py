"""Paragraphs that were split, and ids that slid below another paragraph.

In: a `Telling`, with the trace of every page. Out: the same traces, in which the first part bears the id, and
proposals; a split that the original does not have is a finding. Refuses nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.anchors.proposals import KEEP, SPLIT, Telling
from kb.anchors.traces import Trace
from kb.corpus import Page
from kb.findings import Finding


class Splits(Telling):
    def splits(self) -> None:
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
            self.history.origins.get(("from", self.draft(page, at) or "")) == anchor for at in own[1:])
        kind = SPLIT if number > 1 else KEEP
        text = page.paragraphs[own[-1] if number > 1 else own[0]].text[:20]
        if self.propose(
                kind, anchor, page, own[0], is_declared=declared,
                found=f"the words of #{anchor} in {number} paragraphs, up to “{text}”" if number > 1 else
                f"the words of #{anchor}, “{text}”, without its id",
                expected=f"#{anchor} for the first, and for the rest new ids that come from it" if number > 1
                else f"#{anchor} below them, and a new id for the other paragraph"):
            self.explain(page, own)
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
            self.explain(page, own)
        elif len(theirs) == 1 and len(new) == len(own) - 1:
            for at, one in zip(own[1:], new, strict=True):
                del found.parts[at]
                found.labels[at] = one
        else:
            self.explain(page, own)
            self.out.findings.append(_split_alone(page, self.pages[0], anchor, own, theirs))


def _split_alone(page: Page, main: Page, anchor: str, own: Sequence[int], theirs: Sequence[int]) -> Finding:
    """A split that the original does not have, or has otherwise."""
    lines = ", ".join(str(page.paragraphs[at].line) for at in own)
    at = main.paragraphs[theirs[0]].line if theirs else 1
    return Finding(
        page.file, page.paragraphs[own[1]].line, "KB220", f"the words of #{anchor} in {len(own)} paragraphs",
        f"{len(theirs) or 1}, as in {main.file} line {at}",
        f"join those of {page.file} lines {lines} again, with “{{ #{anchor} }}” below: no empty line between "
        "them" if len(theirs) < 2 else f"part {page.file} from line {page.paragraphs[own[0]].line} as there")
