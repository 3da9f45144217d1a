"""Collation: what became of every character of a received text.

In: a received text with its declared omissions, and the editions that carry it with their declared
emendations. Out: a `Collation`: each character unchanged, normalised, omitted, emended or
unaccounted; each emended paragraph with its received and its edited wording; and a finding for
every difference that nobody declared, with the line to add.

Normalised is what a machine can undo: the same character after NFKC (half-width punctuation made
full-width), white space, and the marks of a list or a quotation that became Markdown structure.

Where a file holds two copies of its text, each is collated, and the text of the edition may rest on
either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.collation.alignment import align
from kb.collation.sources import Apparatus, Emendation, Received, Sources
from kb.corpus import Corpus, Page
from kb.findings import Finding
from kb.text import Change, changes, chinese_only, fingerprint, folded, opcodes

UNACCOUNTED, UNCHANGED, NORMALISED, OMITTED, EMENDED = range(5)
FATES = ("unaccounted", "unchanged", "normalised", "omitted", "emended")
TITLE = "title"  # what the title is called among the paragraphs

# What opens a list item or a quotation in a received text, at the start of a line …
_MARK = re.compile(r"\s*(?:>\s*)*(?:(?:[•*+-]|\d{1,2}\.)\s+|>\s*)")
# … and within a copy that is one line without breaks.
_INNER_MARK = re.compile(r"(?:>\s*)+(?:\*\s+)?|\*\s+|(?<!\d)\d{1,2}\.\s+")

_CLAUSE_END = re.compile(r"[。；;：:]\s*")


@dataclass(frozen=True)
class Reading:
    """One copy's wording of a piece: its text, and the offset of each of its characters."""

    text: str
    offsets: tuple[int, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of the received text between two breaks, in one copy or in both."""

    readings: tuple[Reading, ...]

    @property
    def text(self) -> str:
        return self.readings[0].text


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
    """Collate every received text."""
    return tuple(collate(corpus, sources, received) for received in sources.received)


def collate(corpus: Corpus, sources: Sources, received: Received) -> Collation:
    """Collate one received text with the editions that carry it."""
    findings: list[Finding] = []
    paragraphs: list[_Edited] = []
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
    fate = bytearray(len(received.text))
    owner: list[str] = [""] * len(received.text)
    omissions = _omit(received, fate, findings)
    for offset, character in enumerate(received.text):
        if character.isspace() and fate[offset] == UNACCOUNTED:
            fate[offset] = NORMALISED
    pieces = _pieces(received, fate)
    passages: list[Passage] = []
    replaced: dict[tuple[str, str], int] = {}
    for group in align([piece.text for piece in pieces], [one.text for one in paragraphs]):
        ours = paragraphs[slice(*group.paragraphs)]
        theirs = pieces[slice(*group.pieces)]
        if not ours:
            findings += (_left_over(received, piece) for piece in theirs)
            continue
        passages += _compare(received, theirs, ours, fate, owner, replaced, findings)
    findings += _needless(received, sources, passages)
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
    apparatus: Apparatus
    id: str
    line: int
    text: str

    @property
    def emendation(self) -> Emendation | None:
        return self.apparatus.emendations.get(self.page.language.tag, {}).get(self.id)


def _paragraphs(page: Page, apparatus: Apparatus) -> Iterator[_Edited]:
    """The title, then every paragraph. Section headings are not collated: in documents whose
    headings are the editors' they have no counterpart, and a received heading is a paragraph."""
    for heading in page.headings:
        if heading.level == 1:
            yield _Edited(page, apparatus, TITLE, heading.line, heading.title)
        elif page.front.get("headings") != "supplied" and heading.id:
            yield _Edited(page, apparatus, heading.id, heading.line, heading.title)
    for paragraph in page.paragraphs:
        yield _Edited(page, apparatus, paragraph.id or f"line {paragraph.line}", paragraph.line,
                      paragraph.text)


def _omit(received: Received, fate: bytearray, findings: list[Finding]) -> tuple[Left, ...]:
    done: list[Left] = []
    starts = _line_starts(received.text)
    for index, omission in enumerate(received.omissions):
        where = (received.data_file, received.record.line("omissions", index), "KB305")
        if omission.line >= len(starts):
            findings.append(Finding(*where, f"line {omission.line}",
                                    f"a line up to {len(starts) - 1}", "correct the line"))
            continue
        start, end = starts[omission.line - 1], starts[omission.line]
        words = omission.text or received.text[start:end].rstrip("\n")
        at, count = start, 0
        while count < omission.count and (at := received.text.find(words, at, end)) >= 0:
            for offset in range(at, at + len(words)):
                fate[offset] = OMITTED
            at, count = at + len(words), count + 1
        if count < omission.count:
            findings.append(Finding(*where, f"“{words[:30]}” {count} times",
                                    f"{omission.count} times on line {omission.line}",
                                    "copy the words from the received text"))
        done.append(Left(omission.line, words, omission.reason, omission.count))
    return tuple(done)


def _line_starts(text: str) -> list[int]:
    """The offset of each line, and one past the end."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _pieces(received: Received, fate: bytearray) -> list[Piece]:
    """What is left of the received text after omissions, as pieces; marks become normalised."""
    starts = _line_starts(received.text)
    copies: list[list[Reading]] = []
    for copy in received.copies:
        readings: list[Reading] = []
        for line in range(copy.first, min(copy.last, len(starts) - 1) + 1):
            offsets = [o for o in range(starts[line - 1], min(starts[line], len(received.text)))
                       if fate[o] != OMITTED and received.text[o] != "\n"]
            reading = _reading(received.text, offsets)
            readings += [reading] if copy.running else [_unmarked(reading, fate)]
        copies.append([reading for reading in readings if reading.text.strip()])
    running = [c for c, copy in zip(copies, received.copies) if copy.running]
    broken = [c for c, copy in zip(copies, received.copies) if not copy.running]
    if not running:
        return [Piece((reading,)) for reading in broken[0]] if broken else []
    return list(_merged(running[0][0], broken[0] if broken else [], fate))


def _reading(text: str, offsets: Sequence[int]) -> Reading:
    return Reading("".join(text[o] for o in offsets), tuple(offsets))


def _cut(reading: Reading, start: int, end: int) -> Reading:
    return Reading(reading.text[start:end], reading.offsets[start:end])


def _unmarked(reading: Reading, fate: bytearray) -> Reading:
    """The reading without the mark of a list or quotation at its start."""
    match = _MARK.match(reading.text)
    if not match:
        return reading
    for offset in reading.offsets[: match.end()]:
        fate[offset] = NORMALISED
    return _cut(reading, match.end(), len(reading.text))


def _merged(running: Reading, lines: list[Reading], fate: bytearray) -> Iterator[Piece]:
    """A copy without breaks, cut where the other copy has its breaks, and where marks show that
    one was lost. Lines that only the other copy has keep their place."""
    position = 0
    for line in lines:
        at = running.text.find(line.text.strip(), position)
        if at < 0:
            yield Piece((line,))
            continue
        yield from _inner(_cut(running, position, at), fate)
        position = at + len(line.text.strip())
        yield Piece((_cut(running, at, position), line))
    yield from _inner(_cut(running, position, len(running.text)), fate)


def _inner(reading: Reading, fate: bytearray) -> Iterator[Piece]:
    """What only the copy without breaks has, cut at its marks."""
    start = 0
    for match in _INNER_MARK.finditer(reading.text):
        if reading.text[start : match.start()].strip():
            yield Piece((_cut(reading, start, match.start()),))
        for offset in reading.offsets[match.start() : match.end()]:
            fate[offset] = NORMALISED
        start = match.end()
    if reading.text[start:].strip():
        yield Piece((_cut(reading, start, len(reading.text)),))


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
                owner[offset] = one.apparatus.document
            _settle(one, share, offsets[start:end], fate, replaced if copy == 0 else {})
    for one, share in zip(paragraphs, shares):
        emendation = one.emendation
        if folded(share) == folded(one.text):
            yield Passage(one.apparatus.document, one.id, one.line, share, one.text)
            continue
        mark = fingerprint(one.text)
        reasons = emendation.reasons if emendation else ()
        yield Passage(one.apparatus.document, one.id, one.line, share, one.text, reasons)
        tag = one.page.language.tag
        line = f"{one.id}: {{reasons: [{', '.join(reasons) or '…'}], text: {mark}}}"
        if not emendation:
            before, after = _first_difference(share, one.text)
            findings.append(
                Finding(one.page.file, one.line, "KB303", f"“{after}” in {one.id}",
                        f"“{before}”, as in {received.file}" if share
                        else f"words that stand in {received.file}",
                        f"restore it, or add to {one.apparatus.file} under emendations, {tag}: "
                        f"{line}")
            )
        elif emendation.text != mark:
            findings.append(
                Finding(one.apparatus.file, emendation.line, "KB304",
                        f"the fingerprint {emendation.text} for {one.id}",
                        f"{mark}, the wording of {one.page.file} line {one.line}",
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
        if not same and folded(before[i1:i2]) != folded(after[j1:j2]):
            return before[max(0, i1 - 1) : i2][:24], after[max(0, j1 - 1) : j2][:24]
    return before[:24], after[:24]


def _left_over(received: Received, piece: Piece) -> Finding:
    line = received.text.count("\n", 0, piece.readings[0].offsets[0]) + 1
    return Finding(received.file, line, "KB302", f"“{piece.text.strip()[:30]}” in no edition",
                   "every received word in an edition, or declared",
                   f"restore it, or add to {received.data_file} under omissions: "
                   f"- {{line: {line}, reason: …}}")


def _needless(
    received: Received, sources: Sources, passages: Sequence[Passage]
) -> Iterator[Finding]:
    """Emendations declared for paragraphs that do not differ, or do not exist."""
    differing = {(p.document, p.id) for p in passages if folded(p.received) != folded(p.edited)}
    for document in received.editions:
        apparatus = sources.of(document)
        declared = apparatus.emendations.get(received.language.tag, {})
        for anchor, emendation in declared.items():
            if (document, anchor) not in differing:
                yield Finding(apparatus.file, emendation.line, "KB305",
                              f"an emendation of {anchor}",
                              "a paragraph that differs from the received text",
                              "remove the line")


def _figures(fate: bytes | bytearray) -> Figures:
    counts = {name: fate.count(value) for value, name in enumerate(FATES)}
    return Figures(received=len(fate), **counts)
