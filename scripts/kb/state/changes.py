"""What changed lately in the published paragraphs.

In: the documents with the languages that each is in, their registers and kept wordings. Out: the latest
`Change`s, the newest first: what is new, what reads otherwise, and what was split, merged, moved, withdrawn.
The paragraphs of a document to which the same happened on one day are one change. And the latest days on
which anything was recorded of a document, as readers of each language are shown it. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.anchors import courses, fates, register
from kb.anchors.fates import Event, Fates, in_order
from kb.anchors.register import Register
from kb.anchors.wordings import Wordings
from kb.languages import LANGUAGES, other

KINDS = ("new", "changed", *fates.KINDS)
MOST = 30
MOST_DAYS = 60


@dataclass(frozen=True)
class Change:
    """`what` happened to these ids on a day, in the editions of these language `tags`; as an `Event` says it,
    or as `new` or `changed`."""

    date: str
    document: str
    kind: str
    what: tuple[str, ...]
    others: tuple[str, ...]
    tags: tuple[str, ...]


def changes(documents: Mapping[str, Sequence[str]], registers: Mapping[str, Register],
            wordings: Mapping[str, Wordings]) -> tuple[Change, ...]:
    """The latest, at most `MOST`. `documents` → the tags of the languages that each is in."""
    found: list[Change] = []
    for document, tags in documents.items():
        known = register.of(registers, document)
        texts = wordings[document].texts if document in wordings else {}
        found += of_document(known, {tag: Fates(known, tag, texts) for tag in tags})
    found.sort(key=lambda one: (one.document, KINDS.index(one.kind), *map(in_order, one.what[:1])))
    found.sort(key=lambda one: one.date, reverse=True)
    return tuple(found[:MOST])


def days(documents: Mapping[str, Sequence[str]],
         registers: Mapping[str, Register]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Language tag → (day, document), the newest first, at most `MOST_DAYS`. A document that a language lacks
    is shown to its readers in the other one."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for language in LANGUAGES:
        own = [(date, document) for document, tags in documents.items() if tags
               for date in courses.days(Fates(
                   register.of(registers, document),
                   language.tag if language.tag in tags else other(language).tag))]
        own.sort(key=lambda one: one[1])
        own.sort(key=lambda one: one[0], reverse=True)
        found[language.tag] = tuple(own[:MOST_DAYS])
    return found


def of_document(known: Register, editions: Mapping[str, Fates]) -> Iterator[Change]:
    """All that happened to a document, by language tag its editions: to both alike is one change."""
    told: dict[Event, list[str]] = {}
    for tag, own in editions.items():
        for event in (*_events(own), *_lines(own)):
            told.setdefault(event, []).append(tag)
    for event, tags in told.items():
        yield Change(event.date, known.document, event.kind, event.what, event.others, tuple(tags))


def _events(own: Fates) -> dict[Event, None]:
    """Each event once: those that concern several ids are told of each."""
    return dict.fromkeys(event for events in own.of.values() for event in events)


def _lines(own: Fates) -> Iterator[Event]:
    """The ids that are new, and those that read otherwise, by day; but for those of which an event of that
    day tells."""
    told = {(event.date, anchor) for event in _events(own) for anchor in (*event.what, *event.others)}
    found: dict[tuple[str, str], dict[str, None]] = {}
    for anchor, lines in own.lines.items():
        before = None
        for _, entry in lines:
            if entry.text != before and (entry.date, anchor) not in told:
                found.setdefault((entry.date, "changed" if before else "new"), {})[anchor] = None
            before = entry.text
    for (date, kind), anchors in found.items():
        yield Event(kind, date, tuple(sorted(anchors, key=in_order)))
