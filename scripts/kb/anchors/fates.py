"""What became of published paragraphs: split, merged, moved, written anew, deleted.

In: the register of a document, a language, and the wordings that are kept. Out: its `Event`s; and of a
wording that somebody may have cited, the events since, and the ids under which its words stand today.
Refuses nothing: what the register does not say did not happen.

A wording stands at the place of its line, counted from 0; an event concerns the wordings of an id that
stand before the event's place. Days would not tell: much may be recorded on one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from kb.anchors import ids
from kb.anchors.register import Entry, Register
from kb.anchors.traces import runs, share

# Of the words of a part, so many must have left the paragraph that it was split from, or have come to the
# one that took it in; wordings that share less are not laid side by side.
_SHARE = 0.2
# document → each withdrawn id → the ids under which its words stand today
Withdrawn = Mapping[str, Mapping[str, Sequence[str]]]
KINDS = ("split", "merged", "moved", "replaced", "rewritten", "deleted")
_ENDS = ("merged", "moved", "replaced", "deleted")  # after which an id has none of its words


@dataclass(frozen=True)
class Event:
    """`kind` is split (of `what`, into it and `others`), merged, moved or replaced (`what` went into
    `others`), rewritten or deleted (`what`). It concerns wordings at places before `at`; what it leads to
    goes on `after` that place."""

    kind: str
    date: str
    what: tuple[str, ...]
    others: tuple[str, ...] = ()
    at: float = field(default=0, compare=False)
    after: float = field(default=0, compare=False)


@dataclass(frozen=True)
class Since:
    """What happened to a wording, oldest first, and the ids under which its words stand today."""

    events: tuple[Event, ...]
    stands: tuple[str, ...]


@dataclass(frozen=True)
class Fates:
    """All that was done to the paragraphs of a document, as readers of the language `tag` met it. `texts`
    are the wordings kept: fingerprint → wording."""

    register: Register
    tag: str
    texts: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def lines(self) -> Mapping[str, tuple[tuple[int, Entry], ...]]:
        """Each id → the places of its wordings, and their lines."""
        found: dict[str, list[tuple[int, Entry]]] = {}
        for place, entry in enumerate(self.register.entries):
            if entry.language == self.tag:
                found.setdefault(entry.id, []).append((place, entry))
        return {anchor: tuple(own) for anchor, own in found.items()}

    @cached_property
    def of(self) -> Mapping[str, tuple[Event, ...]]:
        """Each id to which something happened → what did, oldest first."""
        found: dict[str, list[Event]] = {}
        entries = self.register.entries
        if any(one.withdrawn or one.was or one.from_ or one.merged for one in entries):
            for anchor, event in (*_splits(self), *_ends(self), *_on_lines(self)):
                found.setdefault(anchor, []).append(event)
        return {anchor: tuple(sorted(own, key=lambda event: event.at)) for anchor, own in found.items()}

    def since(self, anchor: str, place: float) -> Since:
        """What happened to the wording that stands at `place` for `anchor`."""
        events: dict[Event, None] = {}
        stands: dict[str, None] = {}
        seen: set[tuple[str, int]] = set()  # what was split and merged again is followed once
        waiting = [(anchor, place)]
        while waiting:
            here, place = waiting.pop()
            later = [event for event in self.of.get(here, ()) if event.at > place]
            if (here, len(later)) in seen:
                continue
            seen.add((here, len(later)))
            for event in later:
                events[event] = None
                waiting += [(goal, event.after) for goal in event.others if here in event.what]
                if event.kind in _ENDS and here in event.what:
                    break
            else:
                stands[here] = None
        return Since(tuple(sorted(events, key=lambda event: event.at)), tuple(sorted(stands, key=in_order)))

    def stands(self, anchor: str) -> tuple[str, ...]:
        """Where a reader finds today what stood last under `anchor`; nowhere where it was deleted."""
        return self.since(anchor, max((place for place, _ in self.lines.get(anchor, ())), default=-1)).stands

    def text(self, anchor: str) -> str:
        """The wording of today; empty where none is recorded."""
        latest = self.register.latest.get((anchor, self.tag))
        return self.texts.get(latest.text or "", "") if latest else ""

    def is_like(self, cited: str, stands: tuple[str, ...]) -> bool:
        """Whether a wording can be laid beside what stands there today, and tell a reader anything."""
        today = "".join(self.text(anchor) for anchor in stands)
        return contained(self.texts.get(cited, ""), today) >= _SHARE if today else False


def successors(register: Register) -> Mapping[str, tuple[str, ...]]:
    """Each withdrawn id → the living ids to which its successors lead; none where there is no successor, or
    where it was deleted in its turn."""
    tag = next((entry.language for entry in register.entries if entry.language), "")
    fates = Fates(register, tag)
    return {anchor: fates.stands(anchor) for anchor in register.withdrawn}


def led_on(withdrawn: Withdrawn, document: str, anchor: str) -> str:
    """What to do about a link to a withdrawn id; empty where it is none."""
    if anchor not in withdrawn.get(document, {}):
        return ""
    today = " or ".join(f"#{one}" for one in withdrawn[document][anchor])
    return f"#{anchor} was withdrawn" + (
        f": link to {today}" if today else ", and nothing stands in its place")


def contained(part: str, whole: str) -> float:
    """How much of `part` stands in `whole`, from 0 to 1."""
    return share(runs(part), runs(whole))


def in_order(anchor: str) -> tuple[bool, tuple[int, tuple[int, ...]]]:
    """A key that sorts paragraphs as they stand in the text, and sections after them."""
    return (False, ids.order(anchor)) if ids.is_paragraph(anchor) else (True, (0, ()))


def _splits(fates: Fates) -> Iterator[tuple[str, Event]]:
    """Where paragraphs were cut; what was cut at one place into several parts is one event."""
    sources = {entry.id: entry.from_ for entry in fates.register.entries if entry.from_}
    found: dict[tuple[str, int, str], list[str]] = {}
    for part, source in sources.items():
        own = fates.lines.get(part, ())
        line = next((one for one in own if one[1].from_), own[0] if own else None)
        if line:
            turn = _turn(fates, source, line[0], fates.texts.get(line[1].text or "", ""))
            found.setdefault((source, turn, line[1].date), []).append(part)
    for (source, place, date), parts in found.items():
        yield source, Event("split", date, (source,), tuple(sorted(parts, key=in_order)), place, place)


def _turn(fates: Fates, anchor: str, near: int, words: str, *, gained: bool = False) -> int:
    """The place of the first wording of `anchor` that lacks the `words`, or has `gained` them: the nearest to
    `near`, the line that tells of it, since lines of one day stand in any order."""
    sign = -1 if gained else 1
    turns = [place for (_, before), (place, now) in pairwise(fates.lines.get(anchor, ()))
             if sign * (contained(words, fates.texts.get(before.text or "", ""))
                        - contained(words, fates.texts.get(now.text or "", ""))) > _SHARE]
    return min(turns, key=lambda place: abs(place - near), default=near)


def _ends(fates: Fates) -> Iterator[tuple[str, Event]]:
    """What became of withdrawn ids."""
    entries = fates.register.entries
    for place, entry in enumerate(entries):
        anchor, successor = entry.id, entry.successor
        if not entry.withdrawn or fates.register.withdrawn[anchor] is not entry:
            continue
        others = (successor,) if successor else ()
        took = [(at, one) for at, one in enumerate(entries) if one.id == successor and anchor in one.merged]
        came = any(one.id == successor and one.was == anchor for one in entries)
        kind = "deleted" if not successor else "merged" if took else "moved" if came else "replaced"
        after = max(place, *(at for at, one in took if one.language == fates.tag), 0)
        yield anchor, Event(kind, entry.date, (anchor,), others, place, after)
        if took and successor and all(one.language != fates.tag for _, one in took):
            gone = fates.lines.get(anchor, ())
            words = fates.texts.get(gone[-1][1].text or "", "") if gone else ""
            came_at = _turn(fates, successor, place, words, gained=True)
            yield successor, Event(kind, entry.date, (anchor,), others, came_at, came_at)


def _on_lines(fates: Fates) -> Iterator[tuple[str, Event]]:
    """What the line of a wording tells of it."""
    for anchor, own in fates.lines.items():
        for place, entry in own:
            if entry.merged:
                yield anchor, Event("merged", entry.date, entry.merged, (anchor,), place, place)
            if entry.was == anchor:
                yield anchor, Event("rewritten", entry.date, (anchor,), (), place, place)
            elif entry.was and not _is_succeeded(fates, entry.was, anchor):
                left = max((at + 0.5 for at, one in fates.lines.get(entry.was, ())
                            if at < place and one.text == entry.text), default=place)
                yield entry.was, Event("moved", entry.date, (entry.was,), (anchor,), left, place)


def _is_succeeded(fates: Fates, anchor: str, successor: str) -> bool:
    """Whether the withdrawal of `anchor` says the same already."""
    gone = fates.register.withdrawn.get(anchor)
    return gone is not None and gone.successor == successor
