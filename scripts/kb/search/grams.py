"""The index itself: where each pair of characters stands.

In: units. Out: for every gram (a string of one to four characters) its list as bytes, and the files
that hold the lists. Pairs have the places where they stand, so that consecutive places prove a longer
string; so have four Latin letters in a row, because pairs of letters say little. What stands in very
many places would make a large file: of such a pair only the units that hold it are kept, and the grams
one character longer on either side have places of their own. White space is in no gram: it parts the
words of a query.

A file is a varint, the length of its keys; the keys in UTF-8, sorted, a line each; a varint for each
key, four times the length of its list, plus 1 if the list holds units, plus 2 if it is a file of its
own; and the lists. Numbers grow along a list and are kept as differences, in varints. A list of units
begins with how many they are; after them it has those that hold the gram more than once, each as its
place in the list (a difference) and how often beyond two.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import sub
from typing import NamedTuple

from kb.search.folding import LATIN, START
from kb.search.units import PLACES, Unit

# A gram in more places than this is frequent: about 4 kB of a reader's first query.
FREQUENT = 2048
LONGEST = 4
# What a file is meant to hold, and what a list may hold within one, in bytes.
SHARD, INLINE = 3072, 1024
_LETTERS = re.compile(f"(?=([{LATIN}{chr(START + 0x61)}-{chr(START + 0x1EFF)}]{{4}}))")


class Posting(NamedTuple):
    """The list of a gram: places, or units with how often they hold it. A tuple: there are as many as
    different pairs of characters."""

    is_units: bool
    data: bytes


def postings(units: Sequence[Unit], frequent: int) -> dict[str, Posting]:
    """Every gram that a query can need → its list. More than `frequent` places are many."""
    owner = {extra: unit.ordinal for unit in units for extra in range(unit.ordinal + 1, unit.end)}
    texts = {unit.ordinal: unit.folded for unit in units}
    # First by character, then by the one that follows: as pairs at once it takes half as long again.
    rows: dict[str, array] = defaultdict(_numbers)
    fours: dict[str, array] = defaultdict(_numbers)
    for unit in units:
        first = unit.ordinal * PLACES
        for place, character in enumerate(unit.folded, first):
            rows[character].append(place)
        for match in _LETTERS.finditer(unit.folded):
            fours[match[1]].append(first + match.start())
    following = "".join(unit.folded[1:].ljust((unit.end - unit.ordinal) * PLACES) for unit in units)
    made = {letters: _places(places) for letters, places in fours.items()}
    many: dict[str, Sequence[int]] = {}
    rows.pop(" ", None)
    for character, row in rows.items():
        made[character] = _units(row, owner)
        pairs: dict[str, list[int]] = defaultdict(list)
        for place, after in zip(row, map(following.__getitem__, row)):
            pairs[after].append(place)
        pairs.pop(" ", None)
        for after, places in pairs.items():
            if len(places) > frequent:
                many[character + after] = places
            else:
                made[character + after] = _places(places)
    for size in range(3, LONGEST + 1):
        made |= {gram: _units(places, owner) for gram, places in many.items()}
        longer = _longer(many, texts, owner)
        many = {gram: places for gram, places in longer.items()
                if len(places) > frequent and size < LONGEST}
        made |= {gram: _places(places) for gram, places in longer.items() if gram not in many}
    return made


def _numbers() -> array:
    return array("Q")


def _longer(many: Mapping[str, Sequence[int]], texts: Mapping[int, str],
            owner: Mapping[int, int]) -> Mapping[str, array]:
    """The grams one character longer than those of `many`, after them and before them, with their
    places; each once, though both its halves be frequent."""
    found: dict[str, array] = defaultdict(_numbers)
    for gram, places in many.items():
        size = len(gram)
        for place in places:
            ordinal = owner.get(place // PLACES, place // PLACES)
            text, at = texts[ordinal], place - ordinal * PLACES
            after = text[at : at + size + 1]
            if len(after) > size and after[-1] != " ":
                found[after].append(place)
            if at and (before := text[at - 1 : at + size])[0] != " " and before[:-1] not in many:
                found[before].append(place - 1)
    return found


def _places(places: Sequence[int]) -> Posting:
    return Posting(False, _growing(places))


def _units(places: Sequence[int], owner: Mapping[int, int]) -> Posting:
    """The units in which `places` are, with how often."""
    counts: Mapping[int, int] = Counter([place // PLACES for place in places])
    if not counts.keys().isdisjoint(owner):
        counts = Counter(owner.get(place // PLACES, place // PLACES) for place in places)
    repeated = [at for at, count in enumerate(counts.values()) if count > 1]
    often = [count - 2 for count in counts.values() if count > 1]
    steps = map(sub, repeated, [0, *repeated])
    return Posting(True, varints((len(counts),)) + _growing(list(counts))
                   + varints(number for pair in zip(steps, often) for number in pair))


def _growing(numbers: Sequence[int]) -> bytes:
    """Growing numbers, as their differences."""
    if len(numbers) == 1:  # as most lists are
        return varints(numbers)
    return varints(map(sub, numbers, [0, *numbers]))


def varints(numbers: Iterable[int]) -> bytes:
    """Numbers as bytes: seven bits in each, the lowest first, the eighth set where more follow."""
    # Looked up, fourteen bits at a time: this runs for every character of the site.
    return b"".join([
        _SMALL[n] if n < 16384
        else _LOW[n & 16383] + _SMALL[n >> 14] if n < 1 << 28
        else _LOW[n & 16383] + varints((n >> 14,))
        for n in numbers
    ])


_SMALL = [bytes((n,)) if n < 128 else bytes((n & 127 | 128, n >> 7)) for n in range(16384)]
_LOW = [bytes((n & 127 | 128, n >> 7 | 128)) for n in range(16384)]


def shard_of(key: str, shards: int) -> int:
    """In which of `shards` files a key is (FNV-1a by code points, its high bits mixed in)."""
    mixed = 0x811C9DC5
    for character in key:
        mixed = (mixed ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
    return (mixed ^ mixed >> 15) % shards


def shards(found: Mapping[str, Posting]) -> int:
    """How many files of about 3 kB hold these lists."""
    inline = sum(len(gram) * 3 + 2 + len(one.data) for gram, one in found.items()
                 if len(one.data) <= INLINE)
    return max(1, round(inline / SHARD))


def files(found: Mapping[str, Posting], count: int) -> Iterator[tuple[str, bytes]]:
    """(place, content) of `count` files with all lists, and of each long list."""
    parts: list[list[str]] = [[] for _ in range(count)]
    for gram in sorted(found):
        parts[shard_of(gram, count)].append(gram)
    for number, grams in enumerate(parts):
        keys = "\n".join(grams).encode()
        heads: list[int] = []
        lists: list[bytes] = []
        for gram in grams:
            one = found[gram]
            if len(one.data) > INLINE:
                heads.append(2 + one.is_units)
                yield f"lists/{'-'.join(f'{ord(c):x}' for c in gram)}.bin", one.data
            else:
                heads.append(len(one.data) * 4 + one.is_units)
                lists.append(one.data)
        yield f"grams/{number}.bin", b"".join((varints((len(keys),)), keys, varints(heads), *lists))
