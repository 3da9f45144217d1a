"""The index itself: where each pair of characters stands.

In: units. Out: for every gram (a string of one to six characters) its list as bytes, and the files
that hold the lists. Pairs have the places where they stand, so that consecutive places prove a longer
string; so have four and six letters in a row, Latin or katakana, because pairs of letters say little.
What stands in very many places would make a large file: of such a pair only the units that hold it are
kept, and the grams one character longer on either side have places of their own. White space is in no
gram: it parts the words of a query.

A file is a varint, the length of its keys; the keys in UTF-8, sorted, a line each; a varint for each key,
four times the length of its list, plus 1 if the list holds units, plus 2 if it is a file of its own; and the
lists, or the names of such files (`kb.search.named`). Numbers grow along a list and are kept as differences,
in varints. A list of units begins with how many they are; after them it has those that hold the gram more
than once, each as its place in the list (a difference) and how often beyond two. Where such a list is a file
it is compressed (zlib, RFC 1950), to a third: not every host compresses what is no text. Lists of places
would hardly become smaller.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from kb.characters import KATAKANA, LATIN
from kb.search import named
from kb.search.folding import START
from kb.search.units import PLACES, Unit

# A gram in more places than this is frequent: about 4 kB of a reader's first query.
FREQUENT = 2048
# How many letters in a row have places too (`cover` in search.js asks for these sizes), and up to which
# size grams grow that are frequent.
LETTERS, LONGEST = (4, 6), 4
# What a file is meant to hold, and what a list may hold within one, in bytes.
SHARD, INLINE = 1408, 1024
# Grams are sorted in so many parts, by their first characters: the memory of one is enough for all.
_PARTS = 8
# `isLetter` in folding.js is the same.
_LETTER = re.compile(f"[{LATIN}{KATAKANA}]")


class Posting(NamedTuple):
    """The list of a gram: places, or units with how often they hold it. A tuple: there are as many as
    different pairs of characters."""

    is_units: bool
    data: bytes


class _Text(NamedTuple):
    """All units in one row with a space after each, one element a character in all arrays but the first."""

    characters: np.ndarray  # the different characters, as code points
    codes: np.ndarray  # which of them it is
    places: np.ndarray
    units: np.ndarray  # the ordinal of its unit
    reach: np.ndarray  # how many characters from here to the next space
    letters: np.ndarray  # how many letters from here to what is none


def postings(units: Sequence[Unit], frequent: int) -> dict[str, Posting]:
    """Every gram that a query can need → its list. More than `frequent` places are many."""
    text = _row(units)
    made: dict[str, Posting] = {}
    is_start = text.reach > 0
    for size in sorted({*range(1, LONGEST + 1), *LETTERS}):
        if size in LETTERS:
            is_start |= text.letters >= size
        limit = 0 if size == 1 else frequent if size < LONGEST else len(is_start)
        is_longer = np.zeros_like(is_start)
        for part in range(_PARTS):
            chosen = np.flatnonzero(is_start & (text.codes % _PARTS == part))
            grams, at, counts = _alike(text, chosen, size)
            many = counts > limit
            is_many = np.repeat(many, counts)
            lists = iter(_growing(text.places[at[~is_many]], counts[~many]))
            unit_lists = iter(_counted(text.units[at[is_many]], counts[many]))
            made |= {gram: Posting(is_units, next(unit_lists if is_units else lists))
                     for gram, is_units in zip(grams, many.tolist(), strict=True)}
            is_longer[at[is_many]] = True
        # One character longer, after what is many and before it.
        is_longer[:-1] |= is_longer[1:]
        is_start = is_longer & (text.reach > size)
    return made


def _row(units: Sequence[Unit]) -> _Text:
    points = np.frombuffer("".join(f"{unit.folded} " for unit in units).encode("utf-32-le"), "<u4")
    is_known = np.zeros(0x110000, bool)
    is_known[points] = True
    characters = np.flatnonzero(is_known)
    # Numbers of 16 bits are sorted by their digits, several times as fast as wider ones.
    codes = (np.cumsum(is_known) - 1).astype(np.min_scalar_type(len(characters)))[points]
    is_letter = np.array([bool(_LETTER.match(chr(point % START))) for point in characters.tolist()], bool)
    # As narrow as they may be: there are as many of each as characters on the site.
    narrow = np.min_scalar_type(units[-1].end * PLACES if units else 0)
    sizes = np.array([len(unit.folded) + 1 for unit in units], np.int64)
    ordinals = np.repeat(np.array([unit.ordinal for unit in units], narrow), sizes)
    # The place of each unit's first character, less where it stands in the row.
    shifts = np.array([unit.ordinal * PLACES for unit in units], np.int64) - (np.cumsum(sizes) - sizes)
    places = np.repeat(shifts.astype(narrow), sizes)
    places += np.arange(len(points), dtype=narrow)
    return _Text(characters, codes, places, ordinals,
                 _reach(points == ord(" ")), _reach(~is_letter[codes]))


def _reach(is_end: np.ndarray) -> np.ndarray:
    """How far it is from each element to the next end; the last is one. 255 and more are 255."""
    ends = np.flatnonzero(is_end)
    far = np.repeat(ends.astype(np.uint32), np.diff(ends, prepend=-1))
    far -= np.arange(len(is_end), dtype=np.uint32)
    return np.minimum(far, 255).astype(np.uint8)


def _alike(text: _Text, at: np.ndarray, size: int) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The grams of `size` that begin at `at`, sorted; where they stand, each one's places in order; and
    how many those are."""
    columns = [text.codes[at + one] for one in range(size)]
    order = np.lexsort(columns[::-1])
    is_first = np.ones(len(at), bool)
    is_first[1:] = np.any([one[order][1:] != one[order][:-1] for one in columns], axis=0)
    first = np.flatnonzero(is_first)
    spelled = np.column_stack([text.characters[one[order[first]]] for one in columns])
    letters = spelled.astype("<u4").tobytes().decode("utf-32-le")
    return ([letters[one : one + size] for one in range(0, len(letters), size)],
            at[order], np.diff(first, append=len(at)))


def _counted(units: np.ndarray, counts: np.ndarray) -> list[bytes]:
    """Lists of units with how often they are repeated: `counts` of `units` for each."""
    of_gram = np.repeat(np.arange(len(counts)), counts)
    is_new = np.ones(len(units), bool)
    is_new[1:] = (units[1:] != units[:-1]) | (of_gram[1:] != of_gram[:-1])
    new = np.flatnonzero(is_new)
    times = np.diff(new, append=len(units))
    sizes = np.bincount(of_gram[new], minlength=len(counts))
    often = np.flatnonzero(times > 1)
    repeated = np.bincount(of_gram[new][often], minlength=len(counts))
    steps = _steps(often - np.repeat(np.cumsum(sizes) - sizes, repeated), repeated)
    return [b"".join(parts) for parts in zip(
        _cut(sizes, np.ones_like(sizes)), _growing(units[new], sizes),
        _cut(np.column_stack((steps, times[often] - 2)).ravel(), repeated * 2), strict=True)]


def _growing(numbers: np.ndarray, counts: np.ndarray) -> list[bytes]:
    """Lists of growing numbers, `counts` of them in each, as their differences."""
    return _cut(_steps(numbers, counts), counts)


def _steps(numbers: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Each number less the one before it in its list, of `counts` numbers each."""
    steps = np.diff(numbers, prepend=0)
    first = (np.cumsum(counts) - counts)[counts > 0]
    steps[first] = numbers[first]
    return steps


def _cut(numbers: np.ndarray, counts: np.ndarray) -> list[bytes]:
    """Numbers as varints, `counts` of them together."""
    data, ends = _varints(numbers)
    bounds = np.append(0, ends)[np.append(0, np.cumsum(counts))]
    return [data[first:end] for first, end in pairwise(bounds.tolist())]


def _varints(numbers: np.ndarray) -> tuple[bytes, np.ndarray]:
    """Numbers as bytes, and where each ends: seven bits in each byte, the lowest first, the eighth set
    where more follow."""
    most = max(1, -(-int(numbers.max(initial=0)).bit_length() // 7))
    data = np.empty((len(numbers), most), np.uint8)
    is_used = np.ones((len(numbers), most), bool)
    for place in range(most):
        rest = numbers >> 7 * place
        data[:, place] = rest & 127 | (rest > 127).astype(np.uint8) << 7
        if place:
            is_used[:, place] = rest > 0
    return data[is_used].tobytes(), np.cumsum(is_used.sum(axis=1))


def shard_of(key: str, shards: int) -> int:
    """In which of `shards` files a key is (FNV-1a by code points, its high bits mixed in)."""
    mixed = 0x811C9DC5
    for character in key:
        mixed = (mixed ^ ord(character)) * 0x01000193 & 0xFFFFFFFF
    return (mixed ^ mixed >> 15) % shards


def shards(found: Mapping[str, Posting]) -> int:
    """How many files of about 1.4 kB hold these lists. Not every number: another one would change all
    files."""
    inline = sum(len(gram) * 3 + 2 + len(one.data) for gram, one in found.items()
                 if len(one.data) <= INLINE)
    count = 1
    while count + max(1, count // 8) <= inline / SHARD:
        count += max(1, count // 8)
    return count


def files(found: Mapping[str, Posting], count: int) -> Iterator[tuple[str, bytes]]:
    """(place, content) of `count` files with all lists, and of each long list, which its file of grams knows
    by its name."""
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
                content = zlib.compress(one.data) if one.is_units else one.data
                lists.append(named.name(content).encode())
                heads.append(named.SIZE * 4 + 2 + one.is_units)
                yield f"lists/{'-'.join(f'{ord(c):x}' for c in gram)}.bin", content
            else:
                heads.append(len(one.data) * 4 + one.is_units)
                lists.append(one.data)
        sizes, ends = _varints(np.array([len(keys), *heads]))
        yield f"grams/{number}.bin", b"".join((sizes[: ends[0]], keys, sizes[ends[0] :], *lists))
