"""Collation: what became of every character of a received text.

In: a received text with its declared omissions, and the editions that carry it with their declared
emendations. Out: a `Collation`: each character unchanged, normalised, omitted, emended or
unaccounted; each emended paragraph with its received and its edited wording; and a finding for
every difference that nobody declared, with what to do about it.

Normalised is what a machine can undo: the same character after NFKC (half-width punctuation made
full-width), a point that stands for a full stop, white space, what no reader can see, and the marks of a
list (`1、` and `①` among them) or a quotation that became Markdown structure. The number of an ordered
list's item must be the one that was received. Where a paragraph ends is no difference; in which order words
stand is one.

Where a file holds two copies of its text, each is collated, and the text of the edition may rest on
either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from kb import limits
from kb.characters import comparable
from kb.collation import dividing, editions, evidence, remarks, rests
from kb.collation.alignment import Line, align
from kb.collation.breaks import mend
from kb.collation.differences import Comparison, Outcome, compare
from kb.collation.editions import Edited
from kb.collation.enumerations import mark
from kb.collation.evidence import Evidence, Group
from kb.collation.layout import Layout
from kb.collation.ledger import Figures, Ledger
from kb.collation.omissions import Left, leave_out
from kb.collation.pieces import Piece, split
from kb.collation.sources import Received, Sources
from kb.collation.undeclared import Undeclared
from kb.collation.undeclared import of as undeclared_of
from kb.corpus import Corpus
from kb.findings import Finding
from kb.languages import BY_TAG
from kb.memory.unchanged import NOTHING, Unchanged
from kb.reading.patience import OutOfPatience, patience


@dataclass(frozen=True)
class Cut:
    """What can be said of a received text before anything is laid beside it: the `ledger` of its omissions,
    the same when it was `marked` with what opens its `pieces`. There are none where an omission is not
    there."""

    ledger: Ledger
    marked: Ledger
    omissions: tuple[Left, ...]
    findings: tuple[Finding, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Collation:
    """A received text against its editions. `by_document` gives the figures of the part that each
    document carries; what belongs to none (omissions, line breaks) stands under ""."""

    received: Received
    figures: Figures
    by_document: Mapping[str, Figures]
    comparisons: tuple[Comparison, ...]
    omissions: tuple[Left, ...]
    replaced: Mapping[tuple[str, str], int]  # (received, edited) character → how often
    findings: tuple[Finding, ...]
    undeclared: tuple[Undeclared, ...] = ()

    def part(self, document: str) -> Collation:
        """What the pages of one document show of it."""
        own = tuple(one for one in self.comparisons if one.document == document)
        return replace(self, comparisons=own, findings=(), undeclared=())

    def emended(self, document: str) -> tuple[Comparison, ...]:
        return tuple(one for one in self.comparisons if one.document == document and one.reasons)


def collate_all(corpus: Corpus, sources: Sources, unchanged: Unchanged = NOTHING) -> tuple[Collation, ...]:
    """Collate every received text that an edition in its language rests on, but for those of which an edition
    or its declarations could not be read. The first that takes too long is the last."""
    found: list[Collation] = []
    for received in sources.received:
        if rests.is_compared(corpus, received) and not any(
                f"{document}.md" in corpus.unreadable or document in sources.unreadable
                for document in received.editions):
            try:
                with patience(limits.COLLATION_SECONDS):
                    found.append(_collated(corpus, sources, received, unchanged))
            except OutOfPatience:  # another might take as long
                return (*found, _given_up(received))
    return tuple(found)


def _collated(corpus: Corpus, sources: Sources, received: Received, unchanged: Unchanged) -> Collation:
    """A received text with its editions in its language. What these render is asked only where something is
    left to say: so a change of the original leaves the collation of its translation as it was."""
    every = [(document, sources.declarations.get(document), corpus.editions(f"{document}.md"))
             for document in received.editions]
    parts = unchanged.once(cut, received)
    own = unchanged.once(_of_pages, received, parts, tuple(
        (document, declared, *(page for page in pages if page.language is received.language))
        for document, declared, pages in every))
    return own if not own.findings else unchanged.once(_of_pages, received, parts, tuple(
        (document, declared, *pages) for document, declared, pages in every))


def _of_pages(received: Received, parts: Cut, editions: tuple[tuple[Any, ...], ...]) -> Collation:
    """A received text with all that is laid beside it: the name of each document, what is declared of it, if
    anything is, and editions of it."""
    corpus = Corpus.of(page for _, _, *own in editions for page in own)
    declared = {document: own for document, own, *_ in editions if own}
    return collate(corpus, Sources((received,), declared), received, parts)


def _given_up(received: Received) -> Collation:
    """A text that is too long, and too little of which is in its edition, to be laid beside it."""
    finding = limits.over(
        received.file, 1, f"a text that takes more than {limits.COLLATION_SECONDS} seconds to compare",
        "less work", "divide it, or declare what its edition leaves out")
    return Collation(received, Ledger(received).figures(), {}, (), (), {}, (finding,))


def without_text(corpus: Corpus, sources: Sources) -> Iterator[Finding]:
    """Emendations of editions that no received text stands behind (any more), or none in their language."""
    if sources.findings:
        return  # a received text may be there, only not readable
    for document, declarations in sources.declarations.items():
        for tag, declared in declarations.emendations.items():
            carried = [one for one in sources.received
                       if document in one.editions and one.language.tag == tag]
            page = corpus.page(f"{document}.md", BY_TAG[tag])
            behind = [one for one in carried if page is None or one in rests.of(sources, page)]
            if not declared or behind:
                continue
            if page and carried:
                expected = "a received text that the edition rests on"
                hint = (f"remove them, or name in {rests.KEY} of {page.file} the text that they were made "
                        f"against: {', '.join(one.name for one in carried)}")
            else:
                expected = "a received text that carries it"
                hint = "bring the received text and its provenance back"
            line = min(emendation.line for emendation in declared.values())
            yield Finding(declarations.file, line, "KB305", f"emendations of {document} in {tag}",
                          expected, hint)


def cut(received: Received) -> Cut:
    """A received text without its omissions, for as many collations as there are."""
    ledger = Ledger(received)
    omissions, findings = leave_out(received, ledger)
    marked = ledger.copy()
    pieces = () if findings else tuple(split(received, marked))
    return Cut(ledger, marked, omissions, tuple(findings), pieces)


def collate(corpus: Corpus, sources: Sources, received: Received, parts: Cut | None = None) -> Collation:
    """Collate one received text, which may have been cut before, with the editions that carry it."""
    parts = parts or cut(received)
    findings = [*parts.findings, *_absent(corpus, received)]
    ledger = (parts.ledger if findings else parts.marked).copy()
    comparisons: list[Comparison] = []
    undeclared: tuple[Undeclared, ...] = ()
    if not findings:  # with an edition or an omission that is not there, everything else would differ too
        paragraphs = editions.read(corpus, sources, received)
        laid = _laid_out(received, parts.pieces, paragraphs, ledger)
        comparisons = [outcome.compared() for outcome in laid.outcomes]
        undeclared = tuple(undeclared_of(received, laid.outcomes, laid.strays, laid.unsourced))
        findings = [*laid.findings(received), *_needless(received, sources, comparisons)]
        findings += _unaccounted(received, ledger) if not findings else ()
    return Collation(
        received=received,
        figures=ledger.figures(),
        by_document=ledger.by_document((*received.editions, "")),
        comparisons=tuple(comparisons),
        omissions=parts.omissions,
        replaced=ledger.replaced,
        findings=tuple(sorted(findings)),
        undeclared=undeclared,
    )


def _absent(corpus: Corpus, received: Received) -> Iterator[Finding]:
    """Editions that are named and not there."""
    for index, document in enumerate(received.editions):
        if corpus.page(f"{document}.md", received.language) is None:
            yield Finding(received.data_file, received.record.line("editions", index), "KB305",
                          f"the edition {document}", f"{received.language.tree}/{document}.md",
                          "correct the name, or add the page")


def _laid_out(
    received: Received, pieces: Sequence[Piece], paragraphs: Sequence[Edited], ledger: Ledger
) -> Layout:
    """Lay pieces and paragraphs beside each other, and compare what belongs together."""
    known = evidence.read(received, pieces, paragraphs)
    groups = _grouped(known, paragraphs)
    outcomes: dict[int, Outcome] = {}
    for group in sorted((*groups, *known.moved), key=lambda one: one.paragraphs):
        # What stands in another order is not where a reader would look for it: nothing of it is settled.
        book = Ledger(received) if group in known.moved else ledger
        ours = [paragraphs[at] for at in group.paragraphs]
        outcomes.update(zip(group.paragraphs, compare(
            received, [known.pieces[row] for row in group.pieces], ours, book), strict=True))
    return Layout(known.pieces, groups, known.moved, tuple(outcomes[at] for at in range(len(paragraphs))))


def _grouped(known: Evidence, paragraphs: Sequence[Edited]) -> tuple[Group, ...]:
    """What belongs together in the order of both; the paragraphs that moved apart."""
    left = [Line(comparable(piece.text), piece.number or mark(piece.text)) for piece in known.pieces]
    right = [Line(comparable(one.text), one.number or mark(one.text)) for one in paragraphs]
    apart = ([row for group in known.moved for row in group.pieces],
             [*known.supplied, *(column for group in known.moved for column in group.paragraphs)])
    groups = align(left, right, known.groups, apart=apart, favoured=known.favoured)
    alone = (Group((), (column,)) for column in known.supplied)
    groups = mend(groups, left, right, known.groups)
    texts = [one.text for one in known.pieces]
    return (*dividing.shared_out(groups, texts, paragraphs, known.groups), *alone)


def _unaccounted(received: Received, ledger: Ledger) -> Iterator[Finding]:
    """Characters that nothing above has said anything about. There should be none: this is what
    makes “unaccounted 0” a promise."""
    offset = ledger.first_unaccounted()
    if offset is not None:
        line = received.line_of(offset)
        words = received.spaced[offset : offset + 20].partition("\n")[0]
        yield Finding(received.file, line, "KB302", f"“{words}” in no edition",
                      "every received word in an edition, or declared",
                      f"see what {received.data_file} says of copies and omissions")


def _needless(
    received: Received, sources: Sources, comparisons: Sequence[Comparison]
) -> Iterator[Finding]:
    """Emendations declared for paragraphs that do not differ, or do not exist."""
    differing = {(one.document, one.id) for one in comparisons
                 if comparable(one.received) != comparable(one.edited)}
    for document in received.editions:
        declarations = sources.of(document)
        ids = [one.id for one in comparisons if one.document == document]
        for anchor, emendation in declarations.emendations.get(received.language.tag, {}).items():
            if (document, anchor) not in differing:
                near = () if anchor in ids else get_close_matches(anchor, ids, 1, 0.5)
                yield remarks.needless(declarations.file, anchor, emendation, next(iter(near), None))
