"""Collation: what became of every character of a received text.

In: a received text with its declared omissions, and the editions that carry it with their declared
emendations. Out: a `Collation`: each character unchanged, normalised, omitted, emended or
unaccounted; each emended paragraph with its received and its edited wording; and a finding for
every difference that nobody declared, with the line to add.

Normalised is what a machine can undo: the same character after NFKC (half-width punctuation made
full-width), white space, what no reader can see, and the marks of a list or a quotation that became
Markdown structure. The number of an ordered list's item must be the one that was received.

Where a file holds two copies of its text, each is collated, and the text of the edition may rest on
either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.characters import comparable
from kb.collation import rests
from kb.collation.alignment import align
from kb.collation.differences import Comparison, Edited, compare
from kb.collation.ledger import Figures, Ledger
from kb.collation.pieces import Piece, line_starts, split
from kb.collation.sources import Declarations, Omission, Received, Sources
from kb.corpus import Corpus, Page
from kb.findings import Finding

TITLE = "title"  # what the title is called among the paragraphs

_LEAK = re.compile(r"\{\s*:?\s*#[^{}]*\}")


@dataclass(frozen=True)
class Left:
    """A declared omission with the words it leaves out."""

    line: int
    text: str
    reason: str
    count: int


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

    def emended(self, document: str) -> tuple[Comparison, ...]:
        return tuple(one for one in self.comparisons if one.document == document and one.reasons)


def collate_all(corpus: Corpus, sources: Sources) -> tuple[Collation, ...]:
    """Collate every received text that an edition in its language rests on, but for those of which an edition
    or its declarations could not be read."""
    return tuple(
        collate(corpus, sources, received)
        for received in sources.received
        if rests.is_compared(corpus, received) and not any(
            f"{document}.md" in corpus.unreadable or document in sources.unreadable
            for document in received.editions)
    )


def without_text(sources: Sources) -> Iterator[Finding]:
    """Emendations of editions that no received text stands behind (any more)."""
    behind = {(document, received.language.tag)
              for received in sources.received for document in received.editions}
    if sources.findings:
        return  # a received text may be there, only not readable
    for document, declarations in sources.declarations.items():
        for tag, declared in declarations.emendations.items():
            if declared and (document, tag) not in behind:
                line = min(emendation.line for emendation in declared.values())
                yield Finding(declarations.file, line, "KB305", f"emendations of {document} in {tag}",
                              "a received text that carries it",
                              "bring the received text and its provenance back")


def collate(corpus: Corpus, sources: Sources, received: Received) -> Collation:
    """Collate one received text with the editions that carry it."""
    ledger = Ledger(received)
    omissions, findings = _omit(received, ledger)
    findings += _absent(corpus, received)
    comparisons: list[Comparison] = []
    if not findings:  # with an edition or an omission that is not there, everything else would differ too
        comparisons, findings = _compared(received, _editions(corpus, sources, received), ledger)
    if not findings:
        findings = [*_needless(received, sources, comparisons), *_unaccounted(received, ledger)]
    return Collation(
        received=received,
        figures=ledger.figures(),
        by_document={document: ledger.figures(document) for document in (*received.editions, "")},
        comparisons=tuple(comparisons),
        omissions=omissions,
        replaced=ledger.replaced,
        findings=tuple(sorted(findings)),
    )


def _absent(corpus: Corpus, received: Received) -> Iterator[Finding]:
    """Editions that are named and not there."""
    for index, document in enumerate(received.editions):
        if corpus.page(f"{document}.md", received.language) is None:
            yield Finding(received.data_file, received.record.line("editions", index), "KB305",
                          f"the edition {document}", f"{received.language.tree}/{document}.md",
                          "correct the name, or add the page")


def _editions(corpus: Corpus, sources: Sources, received: Received) -> list[Edited]:
    """The paragraphs of all editions, in order."""
    pages = [(document, corpus.page(f"{document}.md", received.language))
             for document in received.editions]
    return [one for document, page in pages if page
            for one in _paragraphs(page, sources.of(document))]


def _paragraphs(page: Page, declarations: Declarations) -> Iterator[Edited]:
    """The title, then every paragraph. Section headings are not collated: in documents whose
    headings are the editors' they have no counterpart, and a received heading is a paragraph."""
    for heading in page.headings:
        if heading.level == 1:
            yield Edited(page, declarations, TITLE, heading.line, heading.title)
        elif page.front.get("headings") != "supplied" and heading.id:
            yield Edited(page, declarations, heading.id, heading.line, heading.title)
    for paragraph in page.paragraphs:
        # An id that leaks into the text is a finding of its own.
        text = _LEAK.sub("", paragraph.text)
        yield Edited(page, declarations, paragraph.id or f"line {paragraph.line}", paragraph.line,
                     text, paragraph.number.rstrip(".)"))


def _omit(received: Received, ledger: Ledger) -> tuple[tuple[Left, ...], list[Finding]]:
    """Enter the declared omissions: the words they leave out, and those that are not there."""
    done: list[Left] = []
    findings: list[Finding] = []
    starts = line_starts(received.text)
    for index, omission in enumerate(received.omissions):
        where = (received.data_file, received.record.line("omissions", index), "KB305")
        if omission.line >= len(starts):
            findings.append(Finding(*where, f"line {omission.line}",
                                    f"a line up to {len(starts) - 1}", "correct the line"))
            continue
        words, count = _left_out(received, omission, starts, ledger)
        if count < omission.count:
            findings.append(Finding(*where, f"“{words[:30]}” {count} times",
                                    f"{omission.count} times on line {omission.line}",
                                    "copy the words from the received text"))
        done.append(Left(omission.line, words, omission.reason, omission.count))
    return tuple(done), findings


def _left_out(
    received: Received, omission: Omission, starts: Sequence[int], ledger: Ledger
) -> tuple[str, int]:
    """The words that an omission leaves out, and how often they stand on its line."""
    start, end = starts[omission.line - 1], starts[omission.line]
    offsets = [o for o in range(start, min(end, len(received.text))) if o not in received.hidden]
    line = "".join(received.spaced[offset] for offset in offsets).rstrip("\n")
    words = omission.text or line
    at = count = 0
    while count < omission.count and (at := line.find(words, at)) >= 0:
        ledger.omit(offsets[at : at + len(words)])
        at, count = at + len(words), count + 1
    return words, count


def _compared(
    received: Received, paragraphs: Sequence[Edited], ledger: Ledger
) -> tuple[list[Comparison], list[Finding]]:
    """Lay pieces and paragraphs beside each other, and compare what belongs together."""
    comparisons: list[Comparison] = []
    findings: list[Finding] = []
    pieces = split(received, ledger)
    for group in align([piece.text for piece in pieces], [one.text for one in paragraphs]):
        ours, theirs = paragraphs[slice(*group.paragraphs)], pieces[slice(*group.pieces)]
        if not ours:
            findings += (_left_over(received, piece) for piece in theirs)
        for comparison, problems in compare(received, theirs, ours, ledger):
            comparisons.append(comparison)
            findings += problems
    return comparisons, findings


def _left_over(received: Received, piece: Piece) -> Finding:
    line = received.text.count("\n", 0, piece.copies[0].offsets[0]) + 1
    return Finding(received.file, line, "KB302", f"“{piece.text.strip()[:30]}” in no edition",
                   "every received word in an edition, or declared",
                   f"restore it, or add to {received.data_file} under omissions: "
                   f"- {{line: {line}, reason: …}}")


def _unaccounted(received: Received, ledger: Ledger) -> Iterator[Finding]:
    """Characters that nothing above has said anything about. There should be none: this is what
    makes “unaccounted 0” a promise."""
    offset = ledger.first_unaccounted()
    if offset is not None:
        line = received.text.count("\n", 0, offset) + 1
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
        declared = declarations.emendations.get(received.language.tag, {})
        for anchor, emendation in declared.items():
            if (document, anchor) not in differing:
                yield Finding(declarations.file, emendation.line, "KB305",
                              f"an emendation of {anchor}",
                              "a paragraph that differs from the received text",
                              "remove the line")
