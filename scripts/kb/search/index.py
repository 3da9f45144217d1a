"""All files of the search, made from the project.

In: the project. Out: place below the site's root → content; the modules `search.js` and
`search-index.js` of the theme read them. Nothing is written here. Two builds of one project are the
same to the byte; a build of another has another version in its addresses, so that nothing old is
mixed with it.

    search/<tag>/manifest.json              what a reader's first query needs to know, asked for anew
    search/<tag>/<version>/grams/<n>.bin    see kb.search.grams
    search/<tag>/<version>/lists/<gram>.bin
    search/<tag>/<version>/under/<n>.json   what stands under each heading, for queries of many words
    search/<tag>/<version>/texts/<n>.json   the units that are shown, eight ordinals a file
    search/<tag>/<version>/terms.json       see kb.search.crossing
    search/all/<version>/variants.txt       classes of characters that are treated as equal
    search/all/<version>/forms/<n>.json     see kb.search.crossing
    search/all/<version>/concepts/<id>.json
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.languages import LANGUAGES
from kb.project import Project
from kb.search import crossing, folding, grams
from kb.search import units as all_units
from kb.search.beside import Where
from kb.search.crossing import compact
from kb.search.units import PARAGRAPH, PLACES, Unit

CHUNK = 8  # ordinals in a file of texts
_HEADINGS = 4096  # ordinals in a file of what stands under headings


def files(project: Project, frequent: int = grams.FREQUENT) -> dict[str, str | bytes]:
    """Every file of the search, in all languages. `frequent`: see kb.search.grams."""
    units = {language.tag: all_units.of(project, language) for language in LANGUAGES}
    made: dict[str, dict[str, str | bytes]] = {"all": {
        "variants.txt": "\n".join(folding.classes(_characters(units))),
        **dict(crossing.forms(project)),
        **dict(crossing.concepts(project, units)),
    }}
    manifests: dict[str, dict[str, Any]] = {}
    for language in LANGUAGES:
        own = units.pop(language.tag)
        lists, shards = _lists(own, frequent)
        manifests[language.tag] = {
            "shards": shards,
            "forms": crossing.shards(project),
            "places": PLACES,
            "longest": max((len(one.folded) for one in own), default=0),
            # Where paragraphs begin: below are titles, terms and headings.
            "paragraphs": next((one.ordinal for one in own if one.found.kind == PARAGRAPH),
                               own[-1].end if own else 0),
            # Units that take more than one ordinal: each as the difference to the one before, and how
            # many more it takes.
            "long": _long(own),
        }
        made[language.tag] = {
            **lists,
            **dict(_texts(own)),
            **dict(_under(own)),
            "terms.json": crossing.terms(project, language.tag),
        }
    version = _version(made)
    result = {f"search/{tag}/{version}/{place}": content
              for tag, all_ in made.items() for place, content in all_.items()}
    for tag, manifest in manifests.items():
        result[f"search/{tag}/manifest.json"] = compact({"version": version, **manifest})
    return result


def _lists(units: Sequence[Unit], frequent: int) -> tuple[dict[str, bytes], int]:
    """The files of all lists, and how many of them are files of grams. As objects the lists are large:
    nothing else keeps them."""
    found = grams.postings(units, frequent)
    shards = grams.shards(found)
    return dict(grams.files(found, shards)), shards


def _version(made: Mapping[str, Mapping[str, str | bytes]]) -> str:
    digest = hashlib.sha256()
    for tag, all_ in made.items():
        for place, content in all_.items():
            digest.update(f"{tag}/{place}\n".encode())
            digest.update(content.encode() if isinstance(content, str) else content)
    return digest.hexdigest()[:10]


def _characters(units: Mapping[str, Sequence[Unit]]) -> set[str]:
    """Every character that can be found: variants of no other need to be known."""
    found: set[str] = set()
    for all_ in units.values():
        for one in all_:
            found.update(one.found.text)
    return {folded for character in found for folded in folding.plain(character)}


def _texts(units: Sequence[Unit]) -> Iterator[tuple[str, str]]:
    """(place, JSON): `pages`, each [title, address, date, its twin's address]; `units`, by ordinal
    [kind, page, anchor, whether it is its own, whether it has a twin, headings, text]."""
    number = -1
    pages: dict[str, Where] = {}
    chunk: dict[int, list[Any]] = {}

    def written() -> tuple[str, str]:
        facts = [[page.title, page.address, page.date, page.twin] for page in pages.values()]
        return f"texts/{number}.json", compact({"pages": facts, "units": chunk})

    for unit in units:
        if unit.ordinal // CHUNK != number:
            if chunk:
                yield written()
            number, pages, chunk = unit.ordinal // CHUNK, {}, {}
        found = unit.found
        pages.setdefault(found.page.path, found.page)
        chunk[unit.ordinal] = [found.kind, list(pages).index(found.page.path), found.anchor,
                               int(found.is_own), int(found.has_twin), found.headings, found.text]
    if chunk:
        yield written()


def _long(units: Sequence[Unit]) -> list[int]:
    found: list[int] = []
    last = 0
    for unit in units:
        if unit.end > unit.ordinal + 1:
            found += (unit.ordinal - last, unit.end - unit.ordinal - 1)
            last = unit.ordinal
    return found


def _under(units: Sequence[Unit]) -> Iterator[tuple[str, str]]:
    """(place, JSON): numbers by threes, for each title and heading that has paragraphs: its ordinal and
    that of the first paragraph, as differences to the heading before it and to the end of that one's
    paragraphs, and how many ordinals its own are."""
    ranges: dict[int, tuple[int, int]] = {}
    for unit in units:
        if unit.under >= 0:
            first, _ = ranges.get(unit.under, (unit.ordinal, 0))
            ranges[unit.under] = first, unit.end
    headings = max((unit.ordinal for unit in units if unit.found.kind != PARAGRAPH), default=-1)
    parts: dict[int, list[int]] = {number: [] for number in range(headings // _HEADINGS + 1)}
    before: dict[int, tuple[int, int]] = {}
    for ordinal, (first, end) in sorted(ranges.items()):
        number = ordinal // _HEADINGS
        last, last_end = before.get(number, (number * _HEADINGS, 0))
        parts[number].extend((ordinal - last, first - last_end, end - first))
        before[number] = ordinal, end
    for number, numbers in parts.items():
        yield f"under/{number}.json", compact(numbers)
