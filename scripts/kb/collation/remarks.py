"""What is said of differences between a received text and its editions.

In: outcomes, pieces that no paragraph has, and where they stand. Out: findings, each with the received line
and both wordings, and a hint that is a way out: a translation may be emended, and the hint gives the line
that declares it; the original never is. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.anchors import ids
from kb.characters import comparable
from kb.collation.differences import Outcome, Pair
from kb.collation.editions import Edited
from kb.collation.excerpts import beside, short, yaml
from kb.collation.pieces import Piece, Share, join
from kb.collation.sources import Emendation, Received
from kb.corpus import Page
from kb.differences import changes
from kb.findings import Finding

REASONS = "empty-tags, advertisement, navigation, metadata, image, emphasis or repetition"


@dataclass(frozen=True)
class Stray:
    """A piece that no paragraph has: the paragraph after which it was received, the outcomes beside it with
    their pieces and this one, the line on which the same words stand in the text (`twin`), and the page that
    has them as a heading of its editors'."""

    piece: Piece
    after: Edited | None = None
    beside: tuple[tuple[Outcome, tuple[Piece, ...]], ...] = ()
    twin: int | None = None
    heading_of: Page | None = None


def lines(received: Received, pair: Pair) -> str:
    """The lines that a share comes from: “line 9”, “lines 9 to 11”, “line 1 and line 12” of two copies."""
    return " and ".join(_lines(received, share) for share in (pair.share, *pair.others))


def _lines(received: Received, share: Share) -> str:
    kept = [offset for offset, one in zip(share.offsets, share.text, strict=True) if not one.isspace()]
    first, last = (received.line_of(offset) for offset in (kept[0], kept[-1]))
    return f"line {first}" if first == last else f"lines {first} to {last}"


# --- received words that stand in no edition -----------------------------------------------------


def repeated(received: Received, strays: Sequence[Stray]) -> Finding:
    """Lines that follow each other and stand in the text a second time."""
    first, last = (received.line_of(one.piece.copies[0].offsets[0]) for one in (strays[0], strays[-1]))
    return Finding(received.file, first, "KB302",
                   f"“{short(strays[0].piece.text)}” and what follows it, up to line {last}, in no edition",
                   "every received word in an edition, or declared",
                   f"they stand on the lines {strays[0].twin} to {strays[-1].twin} too: where they belong to "
                   f"the text once only, add to {received.data_file} under omissions: "
                   f"- {{line: {first}, last: {last}, reason: repetition}}")


def stray(received: Received, one: Stray) -> Finding:
    """Received words that no paragraph has."""
    words = one.piece.text.strip()
    return _nowhere(received, words, one.piece.copies[0].offsets, _ways_out(received, one))


def strange(received: Received, outcome: Outcome, pair: Pair) -> Finding:
    """Received words that stand where a paragraph stands, and have little in common with it."""
    one, words = pair.edited, pair.share.text.strip()
    way = "" if one.is_original else f"; or, if they became {one.name}, {_declare(pair)}"
    return _nowhere(received, words, pair.share.offsets, f"restore them in the place of {one.name}{way}")


def _nowhere(received: Received, words: str, offsets: Sequence[int], way: str) -> Finding:
    first = next(offset for offset in offsets if not received.text[offset].isspace())
    return Finding(received.file, received.line_of(first), "KB302", f"“{short(words)}” in no edition",
                   "every received word in an edition, or declared",
                   f"{way}; or, if they do not belong to the text, {_omit(received, words, first)}")


def _omit(received: Received, words: str, offset: int) -> str:
    line = received.line_of(offset)
    whole = comparable(received.text.split("\n")[line - 1]) == comparable(words)
    text = "" if whole else f"text: {yaml(words)}, "
    return (f"add to {received.data_file} under omissions: - {{line: {line}, {text}reason: …}} "
            f"(the reason is {REASONS})")


def _ways_out(received: Received, one: Stray) -> str:
    if one.twin is not None:
        return (f"they stand on line {one.twin} too: where they belong to the text once only, the reason is "
                "repetition")
    if one.heading_of:
        return (f"{one.heading_of.file} has them as a heading of its editors: where they are the author’s, "
                "write headings: original in its front matter, in both languages")
    ways = [f"restore them after {one.after.name}" if one.after else "restore them at the beginning"]
    for outcome, pieces in one.beside:
        if not outcome.edited.is_original:
            share = join([piece.copies[0] for piece in pieces], received.text)
            pair = Pair(outcome.edited, share)
            ways.append(f"or, if they are a part of {outcome.edited.name}, {_declare(pair)}")
    return "; ".join(ways)


# --- paragraphs that differ ----------------------------------------------------------------------


def difference(received: Received, outcome: Outcome) -> Iterator[Finding]:
    """What of a paragraph's difference nobody declared, or declared for other wordings."""
    pair = outcome.pair
    emendation = pair.edited.emendation
    if outcome.strange:
        yield strange(received, outcome, outcome.strange)
    if pair.is_same or pair.is_declared:
        return
    only_number = not pair.numbers_agree and (
        pair.words.is_declared if emendation else pair.words.is_same)
    if only_number:
        yield _other_number(received, pair)
    elif emendation:
        yield _outdated(received, pair, emendation)
    elif pair.share.text.strip():
        yield _other_words(received, pair)
    else:
        yield _never_received(received, pair, outcome.strange)


def declaration(pair: Pair) -> str:
    """The line that declares the difference as it is."""
    emendation, (edited, received) = pair.edited.emendation, pair.marks
    reasons = ", ".join(emendation.reasons) if emendation else "…"
    before = f"received: {received}, " if received else ""
    return f"{pair.edited.id}: {{reasons: [{reasons}], {before}text: {edited}}}"


def _declare(pair: Pair) -> str:
    """What to do to declare a difference; first of all an id, where there is none to declare it of."""
    one = pair.edited
    if not one.id:
        return ("give the heading an id first, as in { #legal-effect }, and it can be declared"
                if one.is_heading else "run kb anchors first, which gives it an id, and it can be declared")
    if one.emendation:
        return f"replace the line in {_place(one)}, by: {declaration(pair)}"
    return f"add to {_place(one)}: {declaration(pair)}"


def _place(one: Edited) -> str:
    return f"{one.declarations.file} under emendations, {one.page.language.tag}"


def _other_words(received: Received, pair: Pair) -> Finding:
    one = pair.edited
    old, new = beside(*pair.wordings)
    way = _of_original(received, pair) if one.is_original else f"or {_declare(pair)}"
    return Finding(one.page.file, one.line, "KB303", f"“{new}” in {one.name}",
                   f"“{old}”, as in {received.file} {lines(received, pair)}",
                   f"restore the received words, {way}")


def _of_original(received: Received, pair: Pair) -> str:
    """What may be done about the original besides restoring it."""
    one = pair.edited
    ways = ["which are the author’s and are never changed"]
    if ids.is_paragraph(one.id):
        ways.append(f"if they are wrong themselves, say so in a note: add to {one.declarations.file} under "
                    f"notes: - {{on: {one.id}, kind: sic, date: …, signed: …, zh-Hans: …, ja: …}}")
    if gone := _only_gone(received, pair):
        words, offset = gone
        ways.append(f"if “{short(words, 20)}” does not belong to the text, {_omit(received, words, offset)}")
    return "; ".join(ways)


def _only_gone(received: Received, pair: Pair) -> tuple[str, int] | None:
    """The received words that a paragraph lacks, where it lacks one run of them on one line and differs in
    nothing else."""
    at, gone = 0, []
    for change in changes(pair.share.text, pair.edited.text):
        offsets = pair.share.offsets[at : at + len(change.before)]
        at += len(change.before)
        if comparable(change.before) != comparable(change.after):
            gone.append((change, offsets))
    if len(gone) != 1 or gone[0][0].after.strip():
        return None
    change, offsets = gone[0]
    shown = [offset for offset, one in zip(offsets, change.before, strict=True) if not one.isspace()]
    one_line = received.line_of(shown[0]) == received.line_of(shown[-1])
    return (change.before.strip(), shown[0]) if one_line else None


def _never_received(received: Received, pair: Pair, strange: Pair | None) -> Finding:
    one = pair.edited
    beside = (f": {lines(received, strange)} has little in common with it" if strange else "")
    if one.is_original:
        way = ("restore the received words, or remove it: what editors add to the original is a note or a "
               "commentary")
    else:
        became = f"if {lines(received, strange)} became it, {_declare(strange)}; " if strange else ""
        way = f"{became}if the translation had left it out, {_declare(pair)}; else remove it"
    return Finding(one.page.file, one.line, "KB303", f"“{short(one.text)}” in {one.name}",
                   f"words that stand in {received.file}{beside}", way)


def _other_number(received: Received, pair: Pair) -> Finding:
    one, numbers = pair.edited, [number for _, number in pair.share.numbers]
    first = numbers[0].offsets[0] if numbers else pair.share.offsets[0]
    theirs = " and ".join(f"“{number.digits}.”" for number in numbers) or "no number"
    or_declare = "" if one.is_original else f", or {_declare(pair)}"
    way = "number the item of the list as it was received" if numbers else "write it without a number"
    return Finding(one.page.file, one.line, "KB303",
                   f"{f'the number “{one.number}.”' if one.number else 'no number'} before {one.name}",
                   f"{theirs}, as in {received.file} line {received.line_of(first)}",
                   f"{way}{or_declare}")


def _outdated(received: Received, pair: Pair, emendation: Emendation) -> Finding:
    one, (mark, before) = pair.edited, pair.marks
    was, now = pair.wordings
    edited = emendation.text != mark
    if edited:
        found, expected = emendation.text, (f"{mark}, the wording of {one.page.file} line {one.line}: "
                                            f"“{short(now)}”")
    elif before:
        found, expected = str(emendation.received), (
            f"{before}, the received wording that it now stands for, {received.file} "
            f"{lines(received, pair)}: “{short(was)}”")
    else:
        found, expected = str(emendation.received), (
            f"a received wording with that fingerprint: none of {received.file} is left for it")
    way = (f"restore the received words and remove the line: the original is never emended; "
           f"{received.file} has “{short(was)}”" if one.is_original
           else f"if the new wording is meant, replace the line by: {declaration(pair)}")
    return Finding(one.declarations.file, emendation.line, "KB304",
                   f"the fingerprint {found} for {one.name}", expected, way)


# --- words that stand somewhere else -------------------------------------------------------------


def moved(received: Received, which: Sequence[Outcome], now: Edited | None, then: Edited | None) -> Finding:
    """Paragraphs that follow another one than they did when they were received."""
    first, last = which[0].edited, which[-1].edited
    name = first.name if first is last else f"{first.name} to {last.name}"
    where = lines(received, which[0].pair)
    return Finding(first.page.file, first.line, "KB303",
                   f"{name} (“{short(first.text, 30)}”) {_after(now)}",
                   f"{_after(then)}, as in {received.file} {where}",
                   "put it back where it was received" if first is last
                   else "put them back where they were received")


def _after(one: Edited | None) -> str:
    return f"after {one.name}" if one else "at the beginning"


def moved_words(
    received: Received, words: str, line: int, *, now: Pair, then: Pair | None
) -> Finding:
    """Words that stand in another paragraph than they were received in."""
    one = now.edited
    pairs = [now, *([then] if then else [])]
    way = "put them back"
    if not any(pair.edited.is_original for pair in pairs):
        way += "; or " + " and ".join(_declare(pair) for pair in pairs)
    place = f"in {then.edited.name}" if then else "in a paragraph of their own"
    return Finding(one.page.file, one.line, "KB303", f"“{short(words)}” in {one.name}",
                   f"these words {place}, as in {received.file} line {line}", way)


def needless(file: str, anchor: str, emendation: Emendation, nearest: str | None) -> Finding:
    """An emendation of a paragraph that does not differ, or does not exist."""
    return Finding(file, emendation.line, "KB305", f"an emendation of {anchor}",
                   "a paragraph that differs from the received text",
                   f"write {nearest}, if that is meant, or remove the line" if nearest
                   else "remove the line")
