"""What the ids and the register of one document ought to be.

In: the editions of a document, the original first, its `History`, and which edits were declined. Out: an
`Outcome`: each page with its ids, and every line that follows what was published. Draft lines that hold no
longer are not among them. Refuses nothing: its findings say why it must not be written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kb.anchors import assign, edits, pairs
from kb.anchors.history import History
from kb.anchors.proposals import Edits, Key, Proposal
from kb.anchors.register import Entry, translated_from
from kb.corpus import Page
from kb.findings import Finding


@dataclass(frozen=True)
class Outcome:
    """`pages` are those of the document with ids; `entries` the lines after the published ones. `ids` are
    those by key. `explained` are the ids and (language tag, paragraph) of which a proposal or finding
    speaks."""

    pages: tuple[assign.Assigned, ...]
    entries: tuple[Entry, ...]
    proposals: tuple[Proposal, ...]
    findings: tuple[Finding, ...]
    explained: frozenset[str | tuple[str, int]]
    ids: Mapping[Key, str]

    @cached_property
    def again(self) -> Mapping[str, Page]:
        """File → the page as it is read with its ids."""
        return {one.page.file: replace(one.page, markdown=one.markdown) for one in self.pages}


def original_first(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The editions, a translation after what it was translated from."""
    return tuple(sorted(pages, key=lambda page: any(translated_from(page, other) for other in pages)))


def outcome(
    pages: Sequence[Page], history: History, today: str, declined: Collection[tuple[str, str]] = ()
) -> Outcome:
    """The ids and lines of a document. `today` (ISO) is the day that new lines carry."""
    pages = original_first(pages)
    found = edits.read(pages, history, declined)
    paired = pairs.pair(pages, found.keys)
    numbers = assign.number(paired.slots, history.register.ids | (history.fixed or set()))
    by_key = {slot.key: anchor for slot, anchor in zip(paired.slots, numbers, strict=True) if slot.key}
    done = []
    for page in pages:
        given = assign.places(paired.slots, numbers, page)
        done.append(assign.assigned(page, [given.get(at, paragraph.id)
                                           for at, paragraph in enumerate(page.paragraphs)]))
    result = Outcome(tuple(done), (), tuple(found.proposals), tuple(found.findings or paired.findings),
                     frozenset(found.explained | paired.explained), by_key)
    return replace(result, entries=tuple(_Lines(result, found, history, today).all()))


class _Lines:
    """The lines of the register after the published ones."""

    def __init__(self, result: Outcome, found: Edits, history: History, today: str) -> None:
        self.result, self.found, self.history, self.today = result, found, history, today
        ids = result.ids
        self.merged = {ids.get(key, key.anchor): tuple(taken) for key, taken in found.merged.items()}
        # Draft id → the id that its paragraph has now.
        self.renamed = {paragraph.id: label for one in result.pages
                        for paragraph, label in zip(one.page.paragraphs, one.labels, strict=True)
                        if paragraph.id and label and not history.is_fixed(paragraph.id)}
        self.drafts = [self._renamed(entry) for entry in history.drafts]
        self.origins = {(kind, ids[key]): key.anchor for key in ids
                        for kind in [{"part": "from", "move": "was"}.get(key.kind)] if kind}
        self.origins |= {("was", anchor): anchor for anchor in found.rewritten}

    def _renamed(self, entry: Entry) -> Entry:
        return replace(entry, id=self.renamed.get(entry.id, entry.id))

    def all(self) -> Iterator[Entry]:
        """Always in one order, whatever was written on the way: by page and place, then tombstones."""
        yield from self._wordings()
        yield from self._tombstones()

    def _wordings(self) -> Iterator[Entry]:
        again = self.result.again
        source = next(iter(again.values()), None)
        for page in again.values():
            sources = source.fingerprints if source and translated_from(page, source) else {}
            for anchor, text in page.fingerprints.items():
                entry = self._wording(anchor, page.language.tag, text, sources.get(anchor))
                if entry:
                    yield entry

    def _wording(self, anchor: str, tag: str, text: str, of: str | None) -> Entry | None:
        """The line that says what an id stands for now; None where a published line says it."""
        own = [entry for entry in self.drafts if (entry.id, entry.language) == (anchor, tag)]
        kept = next((entry for entry in reversed(own) if entry.text == text), None)
        known = self.history.register.latest.get((anchor, tag))
        if known and known.text == text and (kept is None or (kept.of == known.of and not kept.was)):
            return None
        entry = kept or Entry(anchor, self.today, tag, text, of)
        if anchor not in self.history.register.ids:
            entry = replace(entry, of=of)  # nobody has read either text, nor can one be older than the other
        origin = {kind: self.origins.get((kind, anchor)) or self._declared(kind, own, anchor)
                  for kind in ("from", "was")}
        if known is None:  # a translation that follows a split of its original says so too
            origin["from"] = origin["from"] or self.history.parents.get(anchor)
        return replace(entry, from_=origin["from"], was=origin["was"], merged=self._taken(anchor, own))

    def _declared(self, kind: str, own: Sequence[Entry], anchor: str) -> str | None:
        """Where draft lines of the id say that its text comes from, as far as it was published."""
        said = (entry.from_ if kind == "from" else entry.was for entry in reversed(own))
        named = next((one for one in said if one), None)
        return named if named in self.history.register.ids else None

    def _taken(self, anchor: str, own: Sequence[Entry]) -> tuple[str, ...]:
        before = (one for entry in own for one in entry.merged if one in self.found.withdrawn)
        return tuple(dict.fromkeys((*before, *self.merged.get(anchor, ()))))

    def _tombstones(self) -> Iterator[Entry]:
        for anchor, key in self.found.withdrawn.items():
            drafted = self.history.tombstones.get(anchor)
            successor = self.result.ids.get(key, key.anchor) if key else None
            yield replace(drafted, successor=successor) if drafted else Entry(
                anchor, self.today, withdrawn=True, successor=successor)
