"""All files of the search, made from the project.

In: the project. Out: place below the site's root → content; the modules `search.js` and
`search-index.js` of the theme read them. Nothing is written here. Two builds of one project are the
same to the byte; a file whose bytes are others has another address (`kb.search.named`), so that nothing old
is mixed with what is new.

    search/<tag>/manifest.json               what a reader's first query needs to know, asked for anew
    search/<tag>/grams/<n>-<name>.bin        see kb.search.grams
    search/<tag>/lists/<gram>-<name>.bin
    search/<tag>/under/<n>-<name>.json       what stands under each heading, for queries of many words
    search/<tag>/texts/<n>-<name>.json       the units that are shown, eight ordinals a file
    search/<tag>/names/<kind>-<n>-<name>.txt the names of files of a kind of which there are many
    search/<tag>/terms-<name>.json           see kb.search.crossing
    search/all/variants-<name>.txt           classes of characters that are treated as equal
    search/all/forms/<n>-<name>.json         see kb.search.crossing
    search/all/concepts/<id>-<name>.json
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.languages import LANGUAGES, Language
from kb.project import Project
from kb.search import crossing, folding, grams, named
from kb.search import units as all_units
from kb.search.beside import Where
from kb.search.crossing import Units, compact
from kb.search.named import Content
from kb.search.units import EARLIER, PARAGRAPH, PLACES, Unit

CHUNK = 8  # ordinals in a file of texts
_HEADINGS = 4096  # ordinals in a file of what stands under headings

Files = dict[str, Content]
Facts = dict[str, Any]  # what a manifest says


def files(project: Project, frequent: int = grams.FREQUENT) -> Files:
    """Every file of the search, in all languages. `frequent`: see kb.search.grams."""
    units = {language.tag: all_units.of(project, language) for language in LANGUAGES}
    made, shared = of_all(project, units)
    for language in LANGUAGES:
        own, facts = of_units(language, units[language.tag], frequent)
        terms, names = of_terms(project, language)
        made |= own | terms | manifest(language, facts | names | shared)
    return made


def of_units(
    language: Language, units: Sequence[Unit], frequent: int = grams.FREQUENT
) -> tuple[Files, Facts]:
    """What is made of the units of one language."""
    facts: Facts = {
        "places": PLACES,
        "longest": max((len(one.folded) for one in units), default=0),
        # Where paragraphs begin: below are titles, terms and headings.
        "paragraphs": next((one.ordinal for one in units if one.found.kind == PARAGRAPH),
                           units[-1].end if units else 0),
        # Where earlier wordings begin, which only who checks a quotation is told of.
        "earlier": next((one.ordinal for one in units if one.found.kind == EARLIER),
                        units[-1].end if units else 0),
        # Units that take more than one ordinal: each as the difference to the one before, and how
        # many more it takes.
        "long": _long(units),
    }
    shards, made = _lists(units, frequent)
    for kind, ending, contents in (("grams", "bin", shards), ("texts", "json", dict(_texts(units))),
                                   ("under", "json", dict(_under(units)))):
        placed, facts[kind] = named.placed(kind, ending, contents)
        made |= placed
    return _below(f"search/{language.tag}", made), facts


def of_terms(project: Project, language: Language) -> tuple[Files, Facts]:
    """The terms of one language."""
    terms = crossing.terms(project, language.tag)
    return (_below(f"search/{language.tag}", {named.place("terms.json", terms): terms}),
            {"terms": named.name(terms)})


def of_all(project: Project, units: Units) -> tuple[Files, Facts]:
    """What both languages share."""
    concepts = dict(crossing.concepts(project, units))
    variants = "\n".join(folding.classes(_characters(units)))
    names = {concept: named.name(content) for concept, content in concepts.items()}
    made, forms = named.placed("forms", "json", crossing.forms(project, names))
    made |= {named.place(f"concepts/{concept}.json", content): content
             for concept, content in concepts.items()}
    made[named.place("variants.txt", variants)] = variants
    return _below("search/all", made), {"forms": forms, "variants": named.name(variants)}


def manifest(language: Language, facts: Facts) -> Files:
    return {f"search/{language.tag}/manifest.json": compact(facts)}


def _below(folder: str, made: Mapping[str, Content]) -> Files:
    return {f"{folder}/{place}": content for place, content in made.items()}


def _lists(units: Sequence[Unit], frequent: int) -> tuple[dict[int, bytes], Files]:
    """The files of grams, and those of long lists. As objects the lists are large: nothing else keeps
    them."""
    found = grams.postings(units, frequent)
    shards: dict[int, bytes] = {}
    lists: Files = {}
    for place, content in grams.files(found, grams.shards(found)):
        folder, _, name = place.partition("/")
        if folder == "grams":
            shards[int(name.partition(".")[0])] = content
        else:
            lists[named.place(place, content)] = content
    return shards, lists


def _characters(units: Units) -> set[str]:
    """Every character that can be found: variants of no other need to be known."""
    found: set[str] = set()
    for all_ in units.values():
        for one in all_:
            found.update(one.found.text)
    return {folded for character in found for folded in folding.plain(character)}


def _texts(units: Sequence[Unit]) -> Iterator[tuple[int, str]]:
    """(number, JSON): `pages`, each [title, address, date, its twin's address]; `units`, by ordinal
    [kind, page, anchor, whether it is its own, whether it has a twin, headings, text], and of an earlier
    wording [since, until, fingerprint]."""
    number = -1
    pages: dict[str, Where] = {}
    chunk: dict[int, list[Any]] = {}

    def written() -> tuple[int, str]:
        facts = [[page.title, page.address, page.date, page.twin] for page in pages.values()]
        return number, compact({"pages": facts, "units": chunk})

    for unit in units:
        if unit.ordinal // CHUNK != number:
            if chunk:
                yield written()
            number, pages, chunk = unit.ordinal // CHUNK, {}, {}
        found = unit.found
        pages.setdefault(found.page.path, found.page)
        chunk[unit.ordinal] = [found.kind, list(pages).index(found.page.path), found.anchor,
                               int(found.is_own), int(found.has_twin), found.headings, found.text,
                               *([found.stood] if found.stood else [])]
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


def _under(units: Sequence[Unit]) -> Iterator[tuple[int, str]]:
    """(number, JSON): numbers by threes, for each title and heading that has paragraphs: its ordinal and
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
        yield number, compact(numbers)
