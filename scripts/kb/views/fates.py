"""What pages and books say of paragraphs that were split, merged, moved, written anew or deleted.

In: the language of the reader, and the history of a document as readers of each edition met it. Out: a `Line`
for each id to which something happened, in the order of the text; a withdrawn id has its line as its
tombstone. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter

from kb.anchors.fates import Event, Fates, in_order
from kb.languages import words as every_word
from kb.views.words import Words

Piece = tuple[str, str]  # words, and the id that they are a link to, or ""


@dataclass(frozen=True)
class Line:
    """`id` is the withdrawn id whose tombstone it is, "" for that of a living paragraph."""

    id: str
    said: tuple[Piece, ...]


def lines(words: Words, all_fates: Sequence[Fates]) -> tuple[Line, ...]:
    """What readers are told. Of two editions only what happened to both: an edition that wrote a paragraph
    anew says so on its own page."""
    anchors = dict.fromkeys(anchor for fates in all_fates for anchor in fates.of)
    made = (_line(words, all_fates, anchor) for anchor in sorted(anchors, key=in_order))
    return tuple(line for line in made if line.said)


def _line(words: Words, all_fates: Sequence[Fates], anchor: str) -> Line:
    told: dict[tuple[str, tuple[str, ...]], Event] = {}
    for fates in all_fates:
        for event in fates.of.get(anchor, ()):
            # What a paragraph took in is told of that one.
            if anchor in event.what and (len(all_fates) == 1 or event.kind != "rewritten"):
                told.setdefault((event.kind, event.others), event)
    is_withdrawn = anchor in all_fates[0].register.withdrawn
    own = anchor if is_withdrawn else ""
    said = [piece for event in told.values() for piece in _event(words, event, own)]
    if is_withdrawn:
        stands = dict.fromkeys(one for fates in all_fates for one in fates.stands(anchor))
        said += _today(words, all_fates[0].register.withdrawn[anchor].successor,
                       tuple(sorted(stands, key=in_order)))
    return Line(own, tuple(said))


def _event(words: Words, event: Event, own: str) -> Iterator[Piece]:
    for text, anchor in pieces(words, f"event-{event.kind}", date=words.date(event.date),
                                what=event.what, others=event.others):
        yield text, "" if anchor == own else anchor


def _today(words: Words, successor: str | None, stands: tuple[str, ...]) -> Iterator[Piece]:
    """Where the words stand today, when a successor has gone or has been split in its turn."""
    if successor and stands != (successor,):
        yield from pieces(words, "today" if stands else "today-none", others=stands)


def pieces(words: Words, key: str, headings: Mapping[str, str] | None = None,
           **values: str | tuple[str, ...]) -> Iterator[Piece]:
    """A sentence of the interface, in which paragraphs are links; sections are called by their `headings`,
    id → heading, where these are given."""
    for before, name, _, _ in Formatter().parse(every_word()[key][words.language.tag]):
        value = values[name] if name else ""
        said = before + value if isinstance(value, str) else before
        if said:
            yield said, ""
        for index, anchor in enumerate(value if isinstance(value, tuple) else ()):
            if index:
                yield words.word("list-comma"), ""
            yield words.number(anchor, (headings or {}).get(anchor, "")), anchor
