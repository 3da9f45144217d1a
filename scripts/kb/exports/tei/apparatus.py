"""The apparatus of an edition: every wording of a paragraph that is not the one of today.

In: the project and an edition. Out: an `Apparatus`: the witnesses, and an entry for each received wording
that is not, character for character, that of the edition (TEI P5, 12: “location-referenced”), for each
omission, and for each wording that the edition had before. Within a wording, what differs is marked
(`seg type="differs"`). Refuses nothing; white space that no XML can carry is a space.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.collation.collate import Collation
from kb.collation.differences import Comparison
from kb.collation.editions import TITLE
from kb.corpus import Page
from kb.differences import Change, changes
from kb.exports.tei.elements import ID, LANG, T, name_of, own, say
from kb.fingerprints import content_id
from kb.languages import CHINESE, spoken_date, word
from kb.project import Project
from kb.reading.trees import Element

EDITION = "edition"


@dataclass(frozen=True)
class Apparatus:
    """`witnesses` are what the readings come from, `entries` the places where they differ."""

    witnesses: tuple[Element, ...]
    entries: tuple[Element, ...]
    has_received: bool


def read(project: Project, page: Page) -> Apparatus:
    collations = [one for one in project.collations_of(page.document)
                  if one.received.language is page.language]
    witnesses, entries = [_edition(page)], list[Element]()
    for place, collation in enumerate(collations, 1):
        witnesses.append(_received(collation, page, place))
        entries += _compared(collation, page, f"received-{place}")
    former = tuple(_former(project, page))
    witnesses += [_earlier(date, page) for date in sorted({date for _, date, _, _ in former})]
    entries += [_app("earlier", anchor, changes(then, now), (EDITION, f"{EDITION}-{date}"), stands=bool(now))
                for anchor, date, then, now in former]
    return Apparatus(tuple(witnesses), tuple(entries), bool(collations))


def _edition(page: Page) -> Element:
    return T.witness(word("tei-edition", page.language.tag), {ID: own(EDITION)})


def _earlier(date: str, page: Page) -> Element:
    """The edition as it was recorded on a day."""
    tag = page.language.tag
    return T.witness(word("tei-earlier", tag), T.date(spoken_date(date, tag), {"when": date}),
                     {ID: own(f"{EDITION}-{date}")})


def _received(collation: Collation, page: Page, place: int) -> Element:
    """What reached us, and the identifiers of its bytes."""
    received = collation.received
    found = T.bibl(T.title(received.name), T.note(received.what[page.language.tag]))
    if received.date:
        found.append(T.date(spoken_date(received.date, page.language.tag), {"when": received.date}))
    found.append(T.idno(f"sha256:{received.sha256}", {"type": "SHA-256"}))
    found.append(T.idno(content_id(received.text), {"type": "SWHID"}))
    if received.address:
        found.append(T.ptr({"target": received.address}))
    return T.witness(found, {ID: own(f"received-{place}")})


def _compared(collation: Collation, page: Page, witness: str) -> Iterator[Element]:
    tag = page.language.tag
    for one in collation.comparisons:
        if one.document != page.document or one.received == one.edited:
            continue
        kind = ("emended" if one.reasons else "normalised") if one.received else "supplied"
        entry = _app(kind, one.id, _runs(one), (EDITION, witness))
        if one.left_in_chinese and one.received:
            entry[-1].set(LANG, CHINESE.tag)
        entry.extend(_reasons(one.reasons, tag))
        yield entry
    for left in collation.omissions:
        reading = T.rdg(left.text, {"wit": f"#{own(witness)}"})
        yield T.app(T.lem({"wit": f"#{own(EDITION)}"}), reading, *_reasons((left.reason,), tag),
                    {"type": "omitted", "n": str(left.line)})


def _runs(one: Comparison) -> tuple[Change, ...]:
    """The received wording beside the edited one; with no reason only their signs differ, each by itself."""
    return one.changes if one.reasons else changes(one.received, one.edited, shortest=1)


def _reasons(reasons: Iterable[str], tag: str) -> Iterator[Element]:
    return (T.note(word(f"reason-{one}", tag), {"type": "reason", "subtype": one}) for one in reasons)


def _former(project: Project, page: Page) -> Iterator[tuple[str, str, str, str]]:
    """(id, day from which it stood, earlier wording, wording of today or "") of every id of the edition."""
    fates = project.fates(page.document, page.language)
    for anchor, lines in fates.lines.items():
        is_here = anchor in page.anchors
        today = page.anchors.get(anchor, "")
        for _, entry in lines[:-1] if is_here else lines:
            if (then := fates.texts.get(entry.text or "")) is not None:
                yield anchor, entry.date, then, today


def _app(kind: str, anchor: str, runs: Iterable[Change], witnesses: tuple[str, str],
         *, stands: bool = True) -> Element:
    """An entry for `anchor`, which may not stand in the text any more: the wording of today, and the one of
    the other witness."""
    lem, rdg = T.lem({"wit": f"#{own(witnesses[0])}"}), T.rdg({"wit": f"#{own(witnesses[1])}"})
    for run in runs:
        for reading, words in ((lem, run.after), (rdg, run.before)):
            if words and run.before != run.after:
                reading.append(T.seg(words, {"type": "differs"}))
            else:
                say(reading, words)
    there = own(TITLE) if anchor == TITLE else name_of(anchor)
    where = {"corresp": f"#{there}"} if stands else {}
    return T.app(lem, rdg, {"type": kind, "loc": anchor, **where})
