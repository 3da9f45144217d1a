"""What an edition's paragraphs make of the received words that fell to them.

In: neighbouring pieces of a received text and the paragraphs they belong with, and the ledger. Out:
a `Comparison` for each paragraph, its characters settled in the ledger, and a finding for every
difference that nobody declared, with the line to add. The number of an ordered list's item is
compared too: where it differs, it is part of both wordings, and so of the fingerprints that an
emendation declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from kb.characters import chinese_only, comparable
from kb.collation.ledger import Ledger
from kb.collation.pieces import Number, Piece, Stretch
from kb.collation.sources import Declarations, Emendation, Received
from kb.corpus import Page
from kb.differences import Change, changes, opcodes
from kb.findings import Finding
from kb.fingerprints import fingerprint

_CLAUSE_END = re.compile(r"[。；;：:]\s*")


@dataclass(frozen=True)
class Comparison:
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
class Edited:
    """A paragraph, a heading or the title of an edition. `number` is an ordered list's item's, its
    digits."""

    page: Page
    declarations: Declarations
    id: str
    line: int
    text: str
    number: str = ""

    @property
    def emendation(self) -> Emendation | None:
        return self.declarations.emendations.get(self.page.language.tag, {}).get(self.id)


@dataclass(frozen=True)
class Share:
    """What of one copy fell to a paragraph: its text, the offset of each character, and the numbers
    in it, each with its place in the text."""

    text: str
    offsets: tuple[int, ...]
    numbers: tuple[tuple[int, Number], ...] = ()

    @property
    def numbered(self) -> str:
        """The text with its numbers."""
        text = self.text
        for at, number in reversed(self.numbers):
            text = f"{text[:at]}{number.digits}. {text[at:]}"
        return text


@dataclass(frozen=True)
class Pair:
    """A paragraph, and what of one copy fell to it."""

    edited: Edited
    share: Share

    @cached_property
    def words(self) -> Pair:
        """The same without numbers."""
        return Pair(replace(self.edited, number=""), replace(self.share, numbers=()))

    @cached_property
    def numbers_agree(self) -> bool:
        """Whether the item has the number that was received. Where none was and the words differ, it
        may be among the words: `（三）` is no mark of a list."""
        ours = [int(self.edited.number)] if self.edited.number else []
        theirs = [int(number.digits) for _, number in self.share.numbers]
        return ours == theirs or (not theirs and not self.words.is_same)

    @cached_property
    def wordings(self) -> tuple[str, str]:
        """The received wording and the edited one, with their numbers where these differ."""
        if self.numbers_agree:
            return self.share.text.strip(), self.edited.text
        number = f"{self.edited.number}. " if self.edited.number else ""
        return self.share.numbered.strip(), number + self.edited.text

    @cached_property
    def is_same(self) -> bool:
        received, edited = self.wordings
        return comparable(received) == comparable(edited)

    @cached_property
    def marks(self) -> tuple[str, str | None]:
        """The fingerprints that declare the difference: of the edited wording, and of the received one
        where there is any."""
        received, edited = self.wordings
        return fingerprint(edited), fingerprint(received) if received else None

    @property
    def is_declared(self) -> bool:
        one = self.edited.emendation
        return one is not None and (one.text, one.received) == self.marks

    def compared(self) -> Comparison:
        one, emendation = self.edited, self.edited.emendation
        reasons = emendation.reasons if emendation and not self.is_same else ()
        return Comparison(one.declarations.document, one.id, one.line, *self.wordings, reasons)


def compare(
    received: Received, pieces: Sequence[Piece], paragraphs: Sequence[Edited], ledger: Ledger
) -> Iterator[tuple[Comparison, tuple[Finding, ...]]]:
    """Settle one group of pieces and paragraphs that belong together."""
    copies = [
        _shares([piece.copies[copy] for piece in pieces if copy < len(piece.copies)], paragraphs)
        for copy in range(max((len(piece.copies) for piece in pieces), default=0))
    ]
    for index, one in enumerate(paragraphs):
        pairs = [Pair(one, shares[index]) for shares in copies]
        chosen = _chosen(pairs) if pairs else Pair(one, Share("", ()))
        for copy, pair in enumerate(pairs):
            _settle(pair, ledger, counted=copy == 0, declared=chosen.is_declared)
        yield chosen.compared(), tuple(_undeclared(received, chosen))


def _chosen(pairs: Sequence[Pair]) -> Pair:
    """The copy that the paragraph rests on: the first that has words for it; of numbers that differ,
    the one that has the edition's."""
    worded = [pair for pair in pairs if pair.share.text.strip()] or pairs
    numbered = [pair for pair in worded if pair.share.numbers] or worded
    return next((pair for pair in numbered if pair.numbers_agree), numbered[0])


def _settle(pair: Pair, ledger: Ledger, *, counted: bool, declared: bool) -> None:
    """Enter what became of one copy's words in a paragraph."""
    emendation, offsets = pair.edited.emendation, pair.share.offsets
    document = pair.edited.declarations.document
    ledger.own(document, offsets)
    if emendation and "untranslated" in emendation.reasons:
        ledger.emend(offsets)
    else:
        ledger.settle(offsets, pair.wordings[1], emended=emendation is not None, counted=counted)
    for _, number in pair.share.numbers:
        if pair.numbers_agree or pair.is_same:
            ledger.normalise(number.offsets)
        elif declared:
            ledger.own(document, number.offsets)
            ledger.emend(number.offsets)


def _shares(stretches: Sequence[Stretch], paragraphs: Sequence[Edited]) -> list[Share]:
    """What of one copy falls to each paragraph."""
    text = "".join(stretch.text for stretch in stretches)
    offsets = [offset for stretch in stretches for offset in stretch.offsets]
    numbers: list[tuple[int, Number]] = []
    at = 0
    for stretch in stretches:
        if stretch.number:
            numbers.append((at, stretch.number))
        at += len(stretch.text)
    return [
        Share(text[start:end], tuple(offsets[start:end]),
              tuple((at - start, number) for at, number in numbers if start <= at < end))
        for start, end in _cuts(text, [one.text for one in paragraphs])
    ]


def _cuts(text: str, paragraphs: Sequence[str]) -> list[tuple[int, int]]:
    """Where to cut `text` so that its parts fall to the paragraphs."""
    if len(paragraphs) == 1:
        return [(0, len(text))]
    spans = list(opcodes(text, "".join(paragraphs)))
    bounds = [0]
    at = 0
    for paragraph in paragraphs[:-1]:
        at += len(paragraph)
        cut = 0
        for same, i1, i2, j1, j2 in spans:
            if j1 < at <= j2:
                cut = i1 + (at - j1) if same else i2
                break
        bounds.append(max(bounds[-1], _snapped(text, cut)))
    return list(pairwise([*bounds, len(text)]))


def _snapped(text: str, cut: int) -> int:
    """The end of the clause nearest to `cut`: where one received paragraph became several, the
    break is after a full stop or a semicolon, not where two characters happen to agree."""
    ends = [match.end() for match in _CLAUSE_END.finditer(text, max(0, cut - 12), cut + 12)]
    return min(ends, key=lambda end: abs(end - cut), default=cut)


def _undeclared(received: Received, pair: Pair) -> Iterator[Finding]:
    """What of a difference nobody declared, or declared for other wordings."""
    emendation = pair.edited.emendation
    if pair.is_same or pair.is_declared:
        return
    line = _declaration(pair)
    if emendation and not (pair.words.is_declared and not pair.numbers_agree):
        yield _outdated(pair, emendation, line)
        return
    if not pair.numbers_agree:
        yield _other_number(received, pair, line)
    if not emendation and not pair.words.is_same:
        yield _other_words(received, pair.words, line)


def _declaration(pair: Pair) -> str:
    """The line that declares the difference as it is."""
    emendation, (edited, received) = pair.edited.emendation, pair.marks
    reasons = ", ".join(emendation.reasons) if emendation else "…"
    before = f"received: {received}, " if received else ""
    return f"{pair.edited.id}: {{reasons: [{reasons}], {before}text: {edited}}}"


def _place(one: Edited) -> str:
    return f"{one.declarations.file} under emendations, {one.page.language.tag}"


def _other_words(received: Received, pair: Pair, line: str) -> Finding:
    one, share = pair.edited, pair.share.text.strip()
    old, new = _first_difference(share, one.text)
    return Finding(one.page.file, one.line, "KB303", f"“{new}” in {one.id}",
                   f"“{old}”, as in {received.file}" if share
                   else f"words that stand in {received.file}",
                   f"restore it, or add to {_place(one)}: {line}")


def _other_number(received: Received, pair: Pair, line: str) -> Finding:
    one, numbers = pair.edited, [number for _, number in pair.share.numbers]
    first = numbers[0].offsets[0] if numbers else pair.share.offsets[0]
    where = f"{received.file} line {received.text.count(chr(10), 0, first) + 1}"
    theirs = " and ".join(f"“{number.digits}.”" for number in numbers) or "no number"
    declare = (f"replace the line in {_place(one)}, by: {line}" if one.emendation
               else f"add to {_place(one)}: {line}")
    return Finding(one.page.file, one.line, "KB303",
                   f"{f'the number “{one.number}.”' if one.number else 'no number'} before {one.id}",
                   f"{theirs}, as in {where}",
                   f"number the item of the list as it was received, or {declare}")


def _outdated(pair: Pair, emendation: Emendation, line: str) -> Finding:
    one, (mark, before) = pair.edited, pair.marks
    edited = emendation.text != mark
    return Finding(one.declarations.file, emendation.line, "KB304",
                   f"the fingerprint {emendation.text if edited else emendation.received} "
                   f"for {one.id}",
                   f"{mark}, the wording of {one.page.file} line {one.line}" if edited
                   else f"{before}, the received wording that it now stands for",
                   f"if the new wording is meant, replace the line by: {line}")


def _first_difference(before: str, after: str) -> tuple[str, str]:
    """The first place where two wordings part, with the character before it."""
    for same, i1, i2, j1, j2 in opcodes(before, after):
        if not same and comparable(before[i1:i2]) != comparable(after[j1:j2]):
            return before[max(0, i1 - 1) : i2][:24], after[max(0, j1 - 1) : j2][:24]
    return before[:24], after[:24]
