"""From a term to the paragraphs that use its concept in the other language.

In: the project and the units of each language. Out: small JSON files: every form of every concept in
a few files by the hash of its folded form, and one file a concept with the ordinals of the
paragraphs that use it. Uses are the glossary's own, so that a word that only looks like a term (a
false friend) leads nowhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kb.languages import LANGUAGES
from kb.project import Project
from kb.search.folding import fold, plain
from kb.search.grams import shard_of
from kb.search.units import PARAGRAPH, Unit

Units = Mapping[str, Sequence[Unit]]  # language tag → its units
_FORMS = 80  # in a file: about 8 kB


def _shards(project: Project) -> int:
    """How many files hold the forms."""
    forms = sum(len(term.forms) for terms in project.glossary.terms.values()
                for term in terms.values())
    return max(1, round(forms / _FORMS))


def forms(project: Project, names: Mapping[str, str]) -> dict[int, str]:
    """JSON by number: folded form → [concept, language tag, form without its variants folded, whether it is a
    false friend of a word in the other language, the name of the concept's file]. `names` are those."""
    count = _shards(project)
    parts: list[dict[str, list[list[str | int]]]] = [{} for _ in range(count)]
    for tag, terms in project.glossary.terms.items():
        for concept, term in sorted(terms.items()):
            alike = {fold(one["form"]) for either in project.glossary.terms.values()
                     if concept in either
                     for one in either[concept].page.front.get("false-friends", ())}
            for form in term.forms:
                key = fold(form)
                entry: list[str | int] = [concept, tag, plain(form), int(key in alike), names[concept]]
                known = parts[shard_of(key, count)].setdefault(key, [])
                if entry not in known:
                    known.append(entry)
    return {number: compact(dict(sorted(part.items()))) for number, part in enumerate(parts)}


def concepts(project: Project, units: Units) -> Iterator[tuple[str, str]]:
    """(concept, JSON) of each: by language tag the `uses`, ordinals as differences, the `words` that stand
    there, those that it is `notIn`, and the ordinals of its `own` page's paragraphs, from and to."""
    ordinals = {
        tag: {(one.found.page.path, one.found.anchor): one.ordinal for one in all_
              if one.found.kind == PARAGRAPH and one.found.is_own}
        for tag, all_ in units.items()
    }
    own: dict[tuple[str, str], tuple[int, int]] = {}
    for tag, all_ in units.items():
        for one in all_:
            if one.found.kind == PARAGRAPH and one.found.page.kind == "concept":
                first, _ = own.get((tag, one.found.page.path), (one.ordinal, 0))
                own[tag, one.found.page.path] = first, one.end
    for concept in project.glossary.concepts:
        uses: dict[str, list[int]] = {}
        words: dict[str, list[str]] = {}
        pages: dict[str, tuple[int, int]] = {}
        not_in: dict[str, list[str]] = {}
        for language in LANGUAGES:
            tag = language.tag
            found = project.glossary.uses_of(concept, language)
            own_ordinals = (ordinals[tag].get((use.page.path, use.paragraph.id or "")) for use in found)
            places = sorted(place for place in own_ordinals if place is not None)
            uses[tag] = [place - before for before, place in pairwise([0, *places])]
            words[tag] = sorted({use.words for use in found}, key=lambda word: (-len(word), word))
            if term := project.glossary.terms.get(tag, {}).get(concept):
                pages[tag] = own.get((tag, term.page.path), (0, 0))
                not_in[tag] = list(term.not_in)
        yield concept, compact({"uses": uses, "words": words, "notIn": not_in, "own": pages})


def terms(project: Project, tag: str) -> str:
    """JSON of all concepts of a language: [address, preferred term, other forms…], for a reader who
    found nothing."""
    found = project.glossary.terms.get(tag, {})
    return compact([[found[concept].page.address, *found[concept].forms] for concept in sorted(found)])


def compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
