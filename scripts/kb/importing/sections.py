"""Ids for the sections of a new text: words that a reader of an address understands, one for both languages.

In: blocks, the forms of concepts with their ids, what an editor has said, and the headings of the other
language. Out: an id for each heading, by its place among the blocks: of the Latin words in it, the concepts
that it names, and the words that headings often have, at most three in their order, then a figure; of its
counterpart where none of its own is known. Where nothing is known it has its number, which is no name
for an address that stays for ever: `is_number` says so, and an editor is asked. Pinyin or romaji
are none either: who reads the other language cannot read them. Refuses nothing: whether an editor's own
words may be an id, `wrong` says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from kb.anchors import ids
from kb.collation import enumerations
from kb.collation.excerpts import short
from kb.corpus import Page
from kb.importing.values import Block

_MOST = 3  # words in an id
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]+")
_FIGURE = re.compile(r"(?<![A-Za-z0-9.])(\d{2,4})(?![A-Za-z0-9.])")
_YEAR = re.compile(r"(?:19|20)\d\d\s*年")
_MARK = re.compile(
    r"^\s*(?:第[^\s、.．]{1,5}[章节節编編条部]|[（(].{1,3}[）)]|[^\s、.．]{1,3}[、.．]|[①-⑳])[\s　]*")


@cache
def _common() -> Mapping[str, str]:
    """What headings often say → English."""
    table = yaml.safe_load((Path(__file__).parent / "headings.yml").read_text("utf-8"))
    return {form: english for english, forms in table.items() for form in forms}


def proposed(blocks: Sequence[Block], concepts: Mapping[str, str], said: Mapping[str, str],
             beside: Sequence[Block] = ()) -> dict[int, str]:
    """An id for each heading. `said` are those that an editor gave, by the words of the heading; `beside` are
    the blocks of the other language, whose headings count where they are as many."""
    found: dict[int, str] = {}
    theirs = [one.text for one in beside if one.kind == "heading"]
    if len(theirs) != sum(one.kind == "heading" for one in blocks):
        theirs = []
    for at, one in enumerate(blocks):
        if one.kind == "heading":
            number = f"section-{len(found) + 1}"
            texts = (one.text, *theirs[len(found) : len(found) + 1])
            known = (_worded(text, concepts) for text in texts)
            name = said.get(one.received) or next(filter(None, known), "")
            taken = name in found.values() or not ids.is_section(name or "")
            found[at] = name if name and not taken else number
    return found


def is_number(name: str) -> bool:
    """Whether an id is only the number of its section."""
    return bool(re.fullmatch(r"section-\d+", name))


def unnamed(blocks: Sequence[Block], names: Mapping[int, str]) -> Iterator[str]:
    """What is said of each heading that has only a number."""
    for at, name in names.items():
        if is_number(name):
            yield (f"the section “{short(blocks[at].text)}” has only a number, {name}: before kb anchors, "
                   "write English words for it in both languages, as in { #legal-effect }")


def wrong(name: str, others: Sequence[str]) -> bool:
    """Whether a section cannot be called so."""
    return not ids.is_section(name) or name in others


def _worded(heading: str, concepts: Mapping[str, str]) -> str:
    """The English of the words in a heading, in their order; empty where none is known."""
    counted = enumerations.mark(heading)
    words = _MARK.sub("", heading, count=1) if counted else heading
    places: dict[int, tuple[int, str]] = {}
    for form, english in (*concepts.items(), *_common().items()):
        at = words.find(form)
        while at >= 0:
            if len(form) > places.get(at, (0, ""))[0]:
                places[at] = (len(form), english)
            at = words.find(form, at + 1)
    for match in _LATIN.finditer(words):
        if len(match[0]) > places.get(match.start(), (0, ""))[0]:
            places[match.start()] = (len(match[0]), match[0].lower())
    parts: list[str] = []
    end = 0
    for at, (length, english) in sorted(places.items()):
        if at >= end and english not in parts:
            parts.append(english)
        end = max(end, at + length)
    name = "-".join(parts[:_MOST])[:48].strip("-")
    words = unicodedata.normalize("NFKC", words)
    numbers = [one for one in dict.fromkeys(_FIGURE.findall(words)) if one not in parts]
    return "-".join((name, *numbers[:1])) if name else f"year-{numbers[0]}" if _YEAR.search(words) else ""


def of_page(page: Page) -> dict[int, str]:
    """The ids of an edition that is there, in their order."""
    return {at: one.id or f"section-{at + 1}" for at, one in enumerate(page.sections)}


def by_order(blocks: Sequence[Block], ids: Sequence[str]) -> dict[int, str]:
    """The same ids for the headings of a translation, in their order."""
    places = [at for at, one in enumerate(blocks) if one.kind == "heading"]
    more = [f"section-{number}" for number in range(len(ids) + 1, len(places) + 1)]
    return dict(zip(places, (*ids, *more), strict=False))
