"""What became of each character of one received text.

In: the received text, then, bit by bit, what is omitted, normalised, emended or unchanged, and which
document a character went to. Out: `Figures` that add up, which characters were replaced by their
equals, and the first character that nothing was said of. A `Ledger` is the only thing here that
changes: nobody else writes into it but by its methods.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.collation.sources import Received
from kb.differences import changes

# What can become of a character.
UNACCOUNTED, UNCHANGED, NORMALISED, OMITTED, EMENDED = range(5)
FATES = ("unaccounted", "unchanged", "normalised", "omitted", "emended")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True)
class Figures:
    """Counts of characters. They add up: received is the sum of all others."""

    received: int
    unchanged: int
    normalised: int
    omitted: int
    emended: int
    unaccounted: int


class Ledger:
    """The fate and the owner of each character of `received`; what shows nothing is normalised from the
    start."""

    def __init__(self, received: Received) -> None:
        self._text = text = received.text
        self._fates = bytearray(len(text))  # all unaccounted
        self._set((found.start() for found in _SPACE.finditer(text)), NORMALISED)
        self._set(received.hidden, NORMALISED)
        self._as_is = bytes(self._fates).replace(bytes((UNACCOUNTED,)), bytes((UNCHANGED,)))
        self._owners = [""] * len(text)
        self._replaced: dict[tuple[str, str], int] = {}

    def copy(self) -> Ledger:
        """The same, to be written into by itself."""
        other = Ledger.__new__(Ledger)
        other.__dict__.update(self.__dict__, _fates=self._fates[:], _owners=self._owners[:],
                              _replaced={**self._replaced})
        return other

    @property
    def replaced(self) -> Mapping[tuple[str, str], int]:
        """(received, edited) character → how often one stands for the other."""
        return self._replaced

    def omit(self, offsets: Iterable[int]) -> None:
        """These characters are left out, the white space among them too."""
        self._set(offsets, OMITTED)

    def is_omitted(self, offset: int) -> bool:
        return self._fates[offset] == OMITTED

    def omits_any(self, start: int, end: int) -> bool:
        """Whether a character from `start` to `end` is left out."""
        return self._fates.find(OMITTED, start, end) >= 0

    def normalise(self, offsets: Iterable[int]) -> None:
        self._set(offsets, NORMALISED)

    def emend(self, offsets: Iterable[int]) -> None:
        """These characters were changed, and that is declared. White space stays normalised."""
        self._set((offset for offset in offsets if not self._text[offset].isspace()), EMENDED)

    def own(self, document: str, offsets: Sequence[int]) -> None:
        """These characters went to `document`."""
        if whole := _without_gap(offsets):
            self._owners[whole] = [document] * len(offsets)
            return
        for offset in offsets:
            self._owners[offset] = document

    def settle(
        self, offsets: Sequence[int], edited: str, *, emended: bool, counted: bool = True
    ) -> None:
        """These characters became the paragraph `edited`: the same ones are unchanged or normalised,
        the others `emended` or unaccounted. Of two copies only one is `counted` in `replaced`."""
        if (whole := _without_gap(offsets)) and self._text[whole].split() == edited.split():
            self._fates[whole] = self._as_is[whole]
            return
        kept = [offset for offset in offsets if not self._text[offset].isspace()]
        at = 0
        for change in changes("".join(self._text[offset] for offset in kept), "".join(edited.split())):
            run = kept[at : at + len(change.before)]
            at += len(change.before)
            if not change.same:
                self._set(run, EMENDED if emended else UNACCOUNTED)
                continue
            if change.before == change.after:
                self._set(run, UNCHANGED)
                continue
            for offset, new in zip(run, change.after, strict=True):
                self._keep(offset, new, counted=counted)

    def _keep(self, offset: int, new: str, *, counted: bool) -> None:
        """The character at `offset` is `new` in the edition, which folding makes the same."""
        old = self._text[offset]
        self._fates[offset] = UNCHANGED if old == new else NORMALISED
        if old != new and counted:
            self._replaced[old, new] = self._replaced.get((old, new), 0) + 1

    def _set(self, offsets: Iterable[int], fate: int) -> None:
        for offset in offsets:
            self._fates[offset] = fate

    def figures(self) -> Figures:
        """The counts of the whole text."""
        return _counted({fate: self._fates.count(fate) for fate in range(len(FATES))})

    def by_document(self, documents: Iterable[str]) -> dict[str, Figures]:
        """The counts of what went to each of `documents` ("" for what went to none)."""
        found = Counter(zip(self._owners, self._fates, strict=True))
        return {document: _counted({fate: found[document, fate] for fate in range(len(FATES))})
                for document in documents}

    def first_unaccounted(self) -> int | None:
        """The offset of the first character that nothing was said of."""
        offset = self._fates.find(UNACCOUNTED)
        return None if offset < 0 else offset


def _without_gap(offsets: Sequence[int]) -> slice | None:
    """Where these offsets stand, if each follows on the one before."""
    if offsets and tuple(offsets) == tuple(range(offsets[0], offsets[0] + len(offsets))):
        return slice(offsets[0], offsets[0] + len(offsets))
    return None


def _counted(counts: Mapping[int, int]) -> Figures:
    return Figures(received=sum(counts.values()), **{name: counts[fate] for fate, name in enumerate(FATES)})
