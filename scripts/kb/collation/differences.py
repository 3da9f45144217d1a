"""What an edition's paragraphs make of the received words that fell to them.

In: neighbouring pieces of a received text and the paragraphs they belong with, and the ledger. Out: an
`Outcome` for each paragraph, its characters settled in the ledger. What has little in common with its
paragraph is not settled: nobody would look for it there. The number of an ordered list's item is compared
too: where it differs, it is part of both wordings, and so of the fingerprints that an emendation declares.
Refuses nothing; what is said of an outcome stands in `kb.collation.remarks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from kb.characters import chinese_only, comparable
from kb.collation.dividing import divided, renders
from kb.collation.editions import Edited
from kb.collation.enumerations import mark
from kb.collation.ledger import Ledger
from kb.collation.overlap import alike
from kb.collation.pieces import Number, Piece, Share, join
from kb.collation.sources import Received
from kb.differences import Change, changes, opcodes
from kb.fingerprints import fingerprint

# How much a received wording must have in common with its paragraph. Measured on the texts of this site:
# of 66 paragraphs of a machine translation and its post-edited wording (those left untranslated apart, which
# have 0.11 to 0.15) all but one have more than 0.31; what stands up to four paragraphs away has less than
# 0.30 in 95 of 100 cases, an advertisement or caption in all but one. A verbatim text has 1, and its
# neighbours have at most 0.43.
_LITTLE = {"original": 0.5, "translation": 0.3}
_SENTENCE = re.compile(r"[^。！？]*[。！？]+[”」』）]*|[^。！？]+", re.DOTALL)
# 1、 （1） 1） ①: marks of a list in Chinese and Japanese, of which Markdown writes the number. Numbers in
# Han characters and those before a full-width point are words: Markdown has none such.
LISTED = re.compile(r"\s*(\d{1,2}、|[（(]\d{1,2}[）)]|\d{1,2}[）)]|[①-⑳])\s*")
_SURE = 6  # characters that agree before and after a break, or on one side of one at a sentence's end
_STOP = re.compile(r"[。！？!?][”’」』）)]*$")


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
        another language, but for the sentences before and after it that were kept."""
        if "untranslated" not in self.reasons:
            return changes(self.received, self.edited)
        (before, old, after), (first, new, last) = _kept(self.received, self.edited)
        runs = (Change(before, first, True), Change(old, "", False), Change("", new, False),
                Change(after, last, True))
        return tuple(one for one in runs if one.before or one.after)


@dataclass(frozen=True)
class Pair:
    """A paragraph, and what of one copy fell to it; what of the other copy did stands in `others`."""

    edited: Edited
    share: Share
    others: tuple[Share, ...] = ()

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

    @cached_property
    def is_unlike(self) -> bool:
        """Whether received words and paragraph have little in common, nothing else says that the ones became
        the other, and nobody has declared it."""
        received, edited = (comparable(text) for text in self.wordings)
        declared = self.edited.emendation
        if not received or received == edited or (declared and declared.received == self.marks[1]):
            return False
        counted = mark(received)
        if self.edited.is_heading and counted and counted == mark(edited):
            return False
        verbatim = self.edited.is_original and not self.edited.is_heading
        return (alike(received, edited) < _LITTLE["original" if verbatim else "translation"]
                and (self.edited.is_original or not renders(self.wordings[0], self.edited)))


@dataclass(frozen=True)
class Outcome:
    """What became of the received words in one paragraph. `share` is empty where none fell to it, or none
    that have anything in common with it: those are `strange`, and stand in no edition."""

    pair: Pair
    strange: Pair | None = None

    @property
    def edited(self) -> Edited:
        return self.pair.edited

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to say: the words are the same, or declared as they are."""
        return not self.strange and (self.pair.is_same or self.pair.is_declared)

    def compared(self) -> Comparison:
        one, pair = self.pair.edited, self.pair
        reasons = one.emendation.reasons if one.emendation and not pair.is_same else ()
        return Comparison(one.declarations.document, one.id, one.line, *pair.wordings, reasons)


def compare(
    received: Received, pieces: Sequence[Piece], paragraphs: Sequence[Edited], ledger: Ledger
) -> Iterator[Outcome]:
    """Settle one group of pieces and paragraphs that belong together."""
    copies = [
        _shares(join([piece.copies[copy] for piece in pieces if copy < len(piece.copies)], received.text),
                paragraphs)
        for copy in range(max((len(piece.copies) for piece in pieces), default=0))
    ]
    for index, one in enumerate(paragraphs):
        pairs = [Pair(one, _unlisted(shares[index], one.number)) for shares in copies]
        chosen = _chosen(pairs) if pairs else Pair(one, Share("", ()))
        chosen = replace(chosen, others=tuple(
            pair.share for pair in pairs if pair is not chosen and pair.share.text.strip()))
        if chosen.is_unlike:
            yield Outcome(Pair(one, Share("", ())), chosen)
            continue
        for copy, pair in enumerate(pairs):
            _settle(pair, ledger, chosen, counted=copy == 0)
        yield Outcome(chosen)


def _chosen(pairs: Sequence[Pair]) -> Pair:
    """The copy that the paragraph rests on: the first that has words for it; of numbers that differ,
    the one that has the edition's."""
    worded = [pair for pair in pairs if pair.share.text.strip()] or pairs
    numbered = [pair for pair in worded if pair.share.numbers] or worded
    return next((pair for pair in numbered if pair.numbers_agree), numbered[0])


def _settle(pair: Pair, ledger: Ledger, chosen: Pair, *, counted: bool) -> None:
    """Enter what became of one copy's words in a paragraph that rests on the `chosen` copy."""
    emendation, offsets = pair.edited.emendation, pair.share.offsets
    document = pair.edited.declarations.document
    declared = chosen.is_declared or chosen.words.is_declared
    ledger.own(document, offsets)
    if declared and emendation and "untranslated" in emendation.reasons:
        (before, old, _), (first, _, last) = _kept(pair.share.text, pair.edited.text)
        begin, end = len(before), len(before) + len(old)
        ledger.settle(offsets[:begin], first, emended=True, counted=counted)
        ledger.emend(offsets[begin:end])
        ledger.settle(offsets[end:], last, emended=True, counted=counted)
    else:
        ledger.settle(offsets, pair.wordings[1], emended=declared, counted=counted)
    for _, number in pair.share.numbers:
        if pair.numbers_agree or pair.is_same:
            ledger.normalise(number.offsets)
        elif chosen.is_declared:
            ledger.own(document, number.offsets)
            ledger.emend(number.offsets)


def _kept(received: str, edited: str) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    """Both wordings, each as the sentences at its beginning that are the same in both, what differs, and the
    same sentences at its end."""
    ours, theirs = ([one[0] for one in _SENTENCE.finditer(text)] for text in (received, edited))
    first = _same(ours, theirs)
    last = _same(ours[first:][::-1], theirs[first:][::-1])
    return _parts(ours, first, last), _parts(theirs, first, last)


def _parts(sentences: Sequence[str], first: int, last: int) -> tuple[str, str, str]:
    end = len(sentences) - last
    return "".join(sentences[:first]), "".join(sentences[first:end]), "".join(sentences[end:])


def _same(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many at the beginning of both are the same."""
    return next((at for at, (one, other) in enumerate(zip(ours, theirs, strict=False))
                 if comparable(one) != comparable(other)), min(len(ours), len(theirs)))


def _shares(share: Share, paragraphs: Sequence[Edited]) -> list[Share]:
    """What of one copy falls to each paragraph."""
    return [share.part(*span) for span in _cuts(share.text, paragraphs)]


def _unlisted(share: Share, number: str) -> Share:
    """The share without the mark that it begins with, where that is the `number` of the list's item in the
    form that Chinese and Japanese give it."""
    found = LISTED.match(share.text)
    if not number or share.numbers or not found or mark(share.text) != number.lstrip("0"):
        return share
    start, end = found.span(1)
    return replace(share.part(found.end(), len(share.text)),
                   numbers=((0, Number(number, share.offsets[start:end], found[1])),))


def _cuts(text: str, paragraphs: Sequence[Edited]) -> tuple[tuple[int, int], ...]:
    """Where to cut `text` so that its parts fall to the paragraphs: where the words agree on both sides of a
    break, it is where it is; all else is divided as it agrees best."""
    if len(paragraphs) < 2:
        return ((0, len(text)),)
    seen = [at for at, one in enumerate(text) if not one.isspace()]  # white space is no difference
    places = [*seen, len(text)]
    solid = ["".join(one.text.split()) for one in paragraphs]
    words = "".join(text[at] for at in seen)
    spans = list(opcodes(words, "".join(solid)))
    sure: dict[int, int] = {}
    torn: dict[int, int] = {}
    at = 0
    for column, paragraph in enumerate(solid[:-1]):
        at += len(paragraph)
        cut, is_sure = _cut(words, spans, at)
        (sure if is_sure else torn)[column] = places[cut]
    bounds = [0, *(end for _, end in sorted({**sure, **torn}.items())), len(text)]
    for column in torn:  # what was declared was received as it is declared
        if any(_is_declared(text[bounds[at] : bounds[at + 1]], paragraphs[at])
               for at in (column, column + 1)):
            sure[column] = torn[column]
    if len(sure) == len(paragraphs) - 1:
        return tuple(pairwise(bounds))
    return divided(text, paragraphs, sure=sure, torn=torn).parts(len(text))


def _is_declared(received: str, edited: Edited) -> bool:
    return edited.emendation is not None and edited.emendation.received == fingerprint(received.strip())


def _cut(words: str, spans: Sequence[tuple[bool, int, int, int, int]], at: int) -> tuple[int, bool]:
    """Where the received `words` end for the paragraphs that end `at`, and whether the words around say so:
    they agree on both sides, or on one side of a sentence's end."""
    for place, (same, i1, i2, j1, j2) in enumerate(spans):
        if j1 < at <= j2:
            cut = i1 + (at - j1) if same else i2
            after = spans[place + 1] if at == j2 and place + 1 < len(spans) else None
            before = at - j1 if same else 0
            behind = j2 - at if same and at < j2 else after[4] - after[3] if after and after[0] else 0
            ends = bool(_STOP.search(words[:cut]))
            return cut, min(before, behind) >= _SURE or (ends and max(before, behind) >= _SURE)
    return 0, False
