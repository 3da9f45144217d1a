"""Collation: what became of every character of a received text.

In: a received text with its declared omissions, and the editions that carry it with their declared
emendations. Out: a `Collation`: each character unchanged, normalised, omitted, emended or
unaccounted; each emended paragraph with its received and its edited wording; and a finding for
every difference that nobody declared, with the line to add.

Normalised is what a machine can undo: the same character after NFKC (half-width punctuation made
full-width), white space, what no reader can see, and the marks of a list or a quotation that became
Markdown structure.

Where a file holds two copies of its text, each is collated, and the text of the edition may rest on
either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.characters import chinese_only, comparable
from kb.collation.alignment import align
from kb.collation.pieces import (
    EMENDED,
    FATES,
    NORMALISED,
    OMITTED,
    UNACCOUNTED,
    UNCHANGED,
    Piece,
    line_starts,
    split,
)
from kb.collation.sources import Declarations, Emendation, Received, Sources
from kb.corpus import Corpus, Page
from kb.differences import Change, changes, opcodes
from kb.findings import Finding
from kb.fingerprints import fingerprint

TITLE = "title"  # what the title is called among the paragraphs

_LEAK = re.compile(r"\{\s*:?\s*#[^{}]*\}")
_CLAUSE_END = re.compile(r"[。；;：:]\s*")


@dataclass(frozen=True)
class Passage:
    """A paragraph of an edition against the received text. `received` is empty where the edition
    supplies it. `reasons` are empty where nothing was emended."""

    document: str
    id: str
    line: int
    received: str
    edited: str
    reasons: tuple[str, ...] = ()

    @property
    def left_in_chinese(self) -> bool:
        """Whether the received wording of a Japanese paragraph is Chinese after all."""
        return "untranslated" in self.reasons or (
            self.reasons != () and bool(chinese_only(self.received)))

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The received wording beside the edited one; as one run each where the received one was
        another language and nothing of it was kept."""
        if "untranslated" in self.reasons:
            return (Change(self.received, "", False), Change("", self.edited, False))
        return changes(self.received, self.edited)


@dataclass(frozen=True)
class Left:
    """A declared omission with the words it leaves out."""

    line: int
    text: str
    reason: str
    count: int


@dataclass(frozen=True)
class Figures:
    """Counts of characters. They add up: received is the sum of all others."""

    received: int
    unchanged: int
    normalised: int
    omitted: int
    emended: int
    unaccounted: int

    def __str__(self) -> str:
        return "  ".join(f"{name} {getattr(self, name):,}" for name in
                         ("received", "unchanged", "normalised", "omitted", "emended",
                          "unaccounted"))


@dataclass(frozen=True)
class Collation:
    """A received text against its editions. `by_document` gives the figures of the part that each
    document carries; what belongs to none (omissions, line breaks) stands under ""."""

    received: Received
    figures: Figures
    by_document: Mapping[str, Figures]
    passages: tuple[Passage, ...]
    omissions: tuple[Left, ...]
    replaced: Mapping[tuple[str, str], int]  # (received, edited) character → how often
    findings: tuple[Finding, ...]

    def emended(self, document: str) -> tuple[Passage, ...]:
        return tuple(p for p in self.passages if p.document == document and p.reasons)


def collate_all(corpus: Corpus, sources: Sources) -> tuple[Collation, ...]:
    """Collate every received text, but for those of which an edition or its declarations could not
    be read."""
    return tuple(
        collate(corpus, sources, received)
        for received in sources.received
        if not any(f"{document}.md" in corpus.unreadable or document in sources.unreadable
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
    findings: list[Finding] = []
    paragraphs: list[_Edited] = []
    fate = bytearray(len(received.text))
    owner: list[str] = [""] * len(received.text)
    for index, document in enumerate(received.editions):
        page = corpus.page(f"{document}.md", received.language)
        if page is None:
            findings.append(
                Finding(received.data_file, received.record.line("editions", index), "KB305",
                        f"the edition {document}", f"{received.language.tree}/{document}.md",
                        "correct the name, or add the page")
            )
            continue
        paragraphs += _paragraphs(page, sources.of(document))
    omissions = _omit(received, fate, findings)
    for offset, character in enumerate(received.text):
        if (character.isspace() or offset in received.hidden) and fate[offset] == UNACCOUNTED:
            fate[offset] = NORMALISED
    passages: list[Passage] = []
    replaced: dict[tuple[str, str], int] = {}
    # With an edition or an omission that is not there, everything else would differ too.
    pieces = [] if findings else split(received, fate)
    if findings:
        paragraphs = []
    for group in align([piece.text for piece in pieces], [one.text for one in paragraphs]):
        ours = paragraphs[slice(*group.paragraphs)]
        theirs = pieces[slice(*group.pieces)]
        if not ours:
            findings += (_left_over(received, piece) for piece in theirs)
            continue
        passages += _compare(received, theirs, ours, fate, owner, replaced, findings)
    if not findings:
        findings += _needless(received, sources, passages)
        findings += _last_gate(received, fate)
    return Collation(
        received=received,
        figures=_figures(fate),
        by_document={
            document: _figures(bytes(f for f, o in zip(fate, owner) if o == document))
            for document in (*received.editions, "")
        },
        passages=tuple(passages),
        omissions=omissions,
        replaced=replaced,
        findings=tuple(sorted(findings)),
    )


@dataclass(frozen=True)
class _Edited:
    page: Page
    declarations: Declarations
    id: str
    line: int
    text: str

    @property
    def emendation(self) -> Emendation | None:
        return self.declarations.emendations.get(self.page.language.tag, {}).get(self.id)


def _paragraphs(page: Page, declarations: Declarations) -> Iterator[_Edited]:
    """The title, then every paragraph. Section headings are not collated: in documents whose
    headings are the editors' they have no counterpart, and a received heading is a paragraph."""
    for heading in page.headings:
        if heading.level == 1:
            yield _Edited(page, declarations, TITLE, heading.line, heading.title)
        elif page.front.get("headings") != "supplied" and heading.id:
            yield _Edited(page, declarations, heading.id, heading.line, heading.title)
    for paragraph in page.paragraphs:
        # An id that leaks into the text is a finding of its own.
        text = _LEAK.sub("", paragraph.text)
        yield _Edited(page, declarations, paragraph.id or f"line {paragraph.line}", paragraph.line,
                      text)


def _omit(received: Received, fate: bytearray, findings: list[Finding]) -> tuple[Left, ...]:
    done: list[Left] = []
    starts = line_starts(received.text)
    for index, omission in enumerate(received.omissions):
        where = (received.data_file, received.record.line("omissions", index), "KB305")
        if omission.line >= len(starts):
            findings.append(Finding(*where, f"line {omission.line}",
                                    f"a line up to {len(starts) - 1}", "correct the line"))
            continue
        start, end = starts[omission.line - 1], starts[omission.line]
        offsets = [o for o in range(start, min(end, len(received.text))) if o not in received.hidden]
        line = "".join(received.spaced[offset] for offset in offsets).rstrip("\n")
        words = omission.text or line
        at = count = 0
        while count < omission.count and (at := line.find(words, at)) >= 0:
            for offset in offsets[at : at + len(words)]:
                fate[offset] = OMITTED
            at, count = at + len(words), count + 1
        if count < omission.count:
            findings.append(Finding(*where, f"“{words[:30]}” {count} times",
                                    f"{omission.count} times on line {omission.line}",
                                    "copy the words from the received text"))
        done.append(Left(omission.line, words, omission.reason, omission.count))
    return tuple(done)


def _compare(
    received: Received,
    pieces: Sequence[Piece],
    paragraphs: Sequence[_Edited],
    fate: bytearray,
    owner: list[str],
    replaced: dict[tuple[str, str], int],
    findings: list[Finding],
) -> Iterator[Passage]:
    """Settle one group: mark the fate of its characters, and yield its passages."""
    whole = "".join(one.text for one in paragraphs)
    shares: list[str] = [""] * len(paragraphs)
    for copy in range(max((len(piece.readings) for piece in pieces), default=0)):
        readings = [piece.readings[copy] for piece in pieces if copy < len(piece.readings)]
        text = "".join(reading.text for reading in readings)
        offsets = [offset for reading in readings for offset in reading.offsets]
        cuts = _cuts(text, whole, [len(one.text) for one in paragraphs])
        for index, (one, (start, end)) in enumerate(zip(paragraphs, cuts)):
            share = text[start:end]
            shares[index] = shares[index] or share.strip()
            for offset in offsets[start:end]:
                owner[offset] = one.declarations.document
            _settle(one, share, offsets[start:end], fate, replaced if copy == 0 else {})
    for one, share in zip(paragraphs, shares):
        emendation = one.emendation
        if comparable(share) == comparable(one.text):
            yield Passage(one.declarations.document, one.id, one.line, share, one.text)
            continue
        mark, before = fingerprint(one.text), fingerprint(share) if share.strip() else None
        reasons = emendation.reasons if emendation else ()
        yield Passage(one.declarations.document, one.id, one.line, share, one.text, reasons)
        tag = one.page.language.tag
        line = f"{one.id}: {{reasons: [{', '.join(reasons) or '…'}], "
        line += f"received: {before}, text: {mark}}}" if before else f"text: {mark}}}"
        if not emendation:
            old, new = _first_difference(share, one.text)
            findings.append(
                Finding(one.page.file, one.line, "KB303", f"“{new}” in {one.id}",
                        f"“{old}”, as in {received.file}" if share
                        else f"words that stand in {received.file}",
                        f"restore it, or add to {one.declarations.file} under emendations, {tag}: "
                        f"{line}")
            )
        elif (emendation.text, emendation.received) != (mark, before):
            edited = emendation.text != mark
            findings.append(
                Finding(one.declarations.file, emendation.line, "KB304",
                        f"the fingerprint {emendation.text if edited else emendation.received} "
                        f"for {one.id}",
                        f"{mark}, the wording of {one.page.file} line {one.line}" if edited
                        else f"{before}, the received wording that it now stands for",
                        f"if the new wording is meant, replace the line by: {line}")
            )


def _cuts(text: str, whole: str, lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Where to cut `text` so that its parts fall to the paragraphs whose texts make up `whole`."""
    if len(lengths) == 1:
        return [(0, len(text))]
    spans = list(opcodes(text, whole))
    bounds = [0]
    at = 0
    for length in lengths[:-1]:
        at += length
        cut = 0
        for same, i1, i2, j1, j2 in spans:
            if j1 < at <= j2:
                cut = i1 + (at - j1) if same else i2
                break
        bounds.append(max(bounds[-1], _snapped(text, cut)))
    bounds.append(len(text))
    return list(zip(bounds, bounds[1:]))


def _snapped(text: str, cut: int) -> int:
    """The end of the clause nearest to `cut`: where one received paragraph became several, the
    break is after a full stop or a semicolon, not where two characters happen to agree."""
    ends = [match.end() for match in _CLAUSE_END.finditer(text, max(0, cut - 12), cut + 12)]
    return min(ends, key=lambda end: abs(end - cut), default=cut)


def _settle(
    one: _Edited,
    share: str,
    offsets: Sequence[int],
    fate: bytearray,
    replaced: dict[tuple[str, str], int],
) -> None:
    """Mark what became of the characters of `share` in the paragraph `one`."""
    emendation = one.emendation
    kept = [(offset, character) for offset, character in zip(offsets, share)
            if not character.isspace()]
    text = "".join(character for _, character in kept)
    edited = "".join(one.text.split())
    if emendation and "untranslated" in emendation.reasons:
        for offset, _ in kept:
            fate[offset] = EMENDED
        return
    at = 0
    for change in changes(text, edited):
        for index, character in enumerate(change.before):
            offset = kept[at + index][0]
            if not change.same:
                fate[offset] = EMENDED if emendation else UNACCOUNTED
                continue
            new = change.after[index]
            fate[offset] = UNCHANGED if character == new else NORMALISED
            if character != new:
                replaced[character, new] = replaced.get((character, new), 0) + 1
        at += len(change.before)


def _first_difference(before: str, after: str) -> tuple[str, str]:
    """The first place where two wordings part, with the character before it."""
    for same, i1, i2, j1, j2 in opcodes(before, after):
        if not same and comparable(before[i1:i2]) != comparable(after[j1:j2]):
            return before[max(0, i1 - 1) : i2][:24], after[max(0, j1 - 1) : j2][:24]
    return before[:24], after[:24]


def _left_over(received: Received, piece: Piece) -> Finding:
    line = received.text.count("\n", 0, piece.readings[0].offsets[0]) + 1
    return Finding(received.file, line, "KB302", f"“{piece.text.strip()[:30]}” in no edition",
                   "every received word in an edition, or declared",
                   f"restore it, or add to {received.data_file} under omissions: "
                   f"- {{line: {line}, reason: …}}")


def _last_gate(received: Received, fate: bytearray) -> Iterator[Finding]:
    """Characters that nothing above has said anything about. There should be none: this is what
    makes “unaccounted 0” a promise."""
    for offset, one in enumerate(fate):
        if one == UNACCOUNTED:
            line = received.text.count("\n", 0, offset) + 1
            words = received.spaced[offset : offset + 20].partition("\n")[0]
            yield Finding(received.file, line, "KB302", f"“{words}” in no edition",
                          "every received word in an edition, or declared",
                          f"see what {received.data_file} says of copies and omissions")
            return


def _needless(
    received: Received, sources: Sources, passages: Sequence[Passage]
) -> Iterator[Finding]:
    """Emendations declared for paragraphs that do not differ, or do not exist."""
    differing = {(p.document, p.id) for p in passages if comparable(p.received) != comparable(p.edited)}
    for document in received.editions:
        declarations = sources.of(document)
        declared = declarations.emendations.get(received.language.tag, {})
        for anchor, emendation in declared.items():
            if (document, anchor) not in differing:
                yield Finding(declarations.file, emendation.line, "KB305",
                              f"an emendation of {anchor}",
                              "a paragraph that differs from the received text",
                              "remove the line")


def _figures(fate: bytes | bytearray) -> Figures:
    counts = {name: fate.count(value) for value, name in enumerate(FATES)}
    return Figures(received=len(fate), **counts)
