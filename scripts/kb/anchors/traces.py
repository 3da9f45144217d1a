"""What became of published paragraphs on one page: where the words of each stand now.

In: the texts of the page's paragraphs, the published id that each bears, and the last published wording of
every id. Out: a `Trace`. Words are compared by their runs of two characters: unrelated paragraphs of our
texts share 2 (Chinese) to 7 (Japanese) in a hundred. Refuses nothing, and knows one language only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kb.characters import comparable

_Runs = frozenset[str]
# So much of a paragraph's words has to come from another that it counts as made from it.
HALF = 0.5
# A paragraph under an id that shares less with what the id stood for is another text.
_OTHER = 0.12
_LETTER = re.compile(r"\w")
SHORT = 12  # characters: wordings of so few are unrelated only where nothing is alike


@dataclass
class Trace:
    """`labels` is the id of each paragraph by its words, `parts` the paragraphs that hold a further part of
    an id's words, `merged` the ids whose words another one's paragraph has taken in, `gone` those whose
    words are nowhere. `slid` are ids whose mark stood below another text."""

    labels: list[str | None]
    parts: dict[int, str] = field(default_factory=dict)
    merged: dict[str, int] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    slid: list[str] = field(default_factory=list)

    def paragraphs_of(self, anchor: str) -> tuple[int, ...]:
        """Every paragraph that holds words of `anchor`, the one that bears it first."""
        own = [at for at, label in enumerate(self.labels) if label == anchor]
        return (*own, *sorted(at for at, one in self.parts.items() if one == anchor))


def runs(text: str) -> _Runs:
    text = comparable(text)
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset({text} - {""})


def share(part: _Runs, whole: _Runs) -> float:
    """How much of `part` is in `whole`, from 0 to 1."""
    return len(part & whole) / len(part) if part else 0.0


def is_other(before: str, now: str) -> bool:
    """Whether `now` is another text than `before`: neither holds the other, and they hardly share a word; of
    short ones, that they share no letter at all."""
    if min(len(before), len(now)) <= SHORT:
        old, new = (set(_LETTER.findall(comparable(text))) for text in (before, now))
        return bool(old and new) and not old & new
    one, two = runs(before), runs(now)
    common = 2 * len(one & two) / max(len(one) + len(two), 1)
    return common < _OTHER and max(share(one, two), share(two, one)) < HALF


def trace(texts: Sequence[str], labels: Iterable[str | None], old: Mapping[str, str]) -> Trace:
    """Where the words of each id of `old` (id → wording, in the order of the text) stand among `texts`."""
    found = Trace(list(labels))
    tracer = _Tracer([runs(text) for text in texts],
                     {anchor: runs(text) for anchor, text in old.items()}, found)
    tracer.give_back({anchor: comparable(text) for anchor, text in old.items()},
                     [comparable(text) for text in texts])
    tracer.split()
    missing = [anchor for anchor in old if anchor not in found.labels]
    for anchor in missing:
        tracer.find(anchor)
    return found


class _Tracer:
    def __init__(self, now: Sequence[_Runs], old: Mapping[str, _Runs], found: Trace) -> None:
        self.now, self.old, self.found = now, old, found

    def _is_open(self, at: int) -> bool:
        return 0 <= at < len(self.now) and self.found.labels[at] is None and at not in self.found.parts

    def give_back(self, old: Mapping[str, str], texts: Sequence[str]) -> None:
        """Ids that are nowhere, to paragraphs without one that say the same."""
        for anchor, text in old.items():
            if anchor not in self.found.labels and text:
                same = (at for at, one in enumerate(texts) if one == text and self._is_open(at))
                if (at := next(same, None)) is not None:
                    self.found.labels[at] = anchor

    def split(self) -> None:
        """Paragraphs without an id beside one that has lost their words."""
        for first, last in list(self._gaps()):
            above, below = first - 1, last + 1
            at = first
            while at <= last and self._from(at, above) >= max(HALF, self._from(at, below)):
                self.found.parts[at] = self.found.labels[above] or ""
                at += 1
            while last >= at and self._from(last, below) >= HALF:
                self.found.parts[last] = self.found.labels[below] or ""
                last -= 1
        for anchor in dict.fromkeys(self.found.parts.values()):
            self._settle(anchor)

    def _gaps(self) -> Iterator[tuple[int, int]]:
        """The first and last of neighbouring paragraphs without ids."""
        at = 0
        while at < len(self.now):
            if self._is_open(at):
                first = at
                while self._is_open(at + 1):
                    at += 1
                yield first, at
            at += 1

    def _from(self, part: int, whole: int) -> float:
        """How much of a paragraph are words that the one at `whole` has lost."""
        anchor = self.found.labels[whole] if 0 <= whole < len(self.now) else None
        if anchor is None or anchor not in self.old:
            return 0.0
        return share(self.now[part], self.old[anchor] - self.now[whole])

    def _settle(self, anchor: str) -> None:
        """The first of the parts bears the id. What bore it and says something else is no part."""
        own = self.found.labels.index(anchor)
        parts = sorted(at for at, one in self.found.parts.items() if one == anchor)
        if share(self.now[own], self.old[anchor]) >= HALF / 2:
            parts = sorted((own, *parts))
        else:
            self.found.slid.append(anchor)
        for at in {own, *parts}:
            self.found.parts.pop(at, None)
            self.found.labels[at] = None
        self._give(anchor, parts)

    def _give(self, anchor: str, parts: Sequence[int]) -> None:
        self.found.labels[parts[0]] = anchor
        self.found.parts.update(dict.fromkeys(parts[1:], anchor))

    def find(self, anchor: str) -> None:
        """The words of an id that no paragraph bears: in paragraphs without one, else within another's."""
        words = self.old[anchor]
        parts = [at for first, last in self._gaps() for at in range(first, last + 1)
                 if share(self.now[at], words) >= HALF or share(words, self.now[at]) >= HALF]
        together = self._together(words, parts)
        if together:
            self._give(anchor, together)
            return
        taken = max(range(len(self.now)), key=lambda at: self._gain(at, words), default=0)
        if self.now and self._gain(taken, words) >= HALF:
            self.found.merged[anchor] = taken
        else:
            self.found.gone.append(anchor)

    def _together(self, words: _Runs, parts: Sequence[int]) -> list[int]:
        """The neighbours among `parts` that hold most of `words`; empty where that is less than half."""
        groups: list[list[int]] = []
        for at in parts:
            if groups and groups[-1][-1] == at - 1 and share(self.now[at], words) >= HALF:
                groups[-1].append(at)
            else:
                groups.append([at])

        def held(group: list[int]) -> float:
            return share(words, frozenset[str]().union(*(self.now[at] for at in group)))

        best = max(groups, key=held, default=[])
        return best if best and held(best) >= HALF else []

    def _gain(self, at: int, words: _Runs) -> float:
        """How much of `words` a paragraph holds that its own id did not stand for before."""
        own = self.found.labels[at] or self.found.parts.get(at)
        if own is None:
            return 0.0
        return share(words, self.now[at] - self.old.get(own, frozenset()))
