"""How concepts are related, as a thesaurus may say it.

In: the glossary. Out: for each concept those that are broader, narrower and related, in the glossary's order.
What one page says holds for the other too: broader and narrower are each other's inverse, related is
symmetric (SKOS Reference, S23 and S25). What is broader, however far above, is not related (S27): of two
statements the one that says more counts. Of two concepts that each claim to be the broader one, the first of
the glossary is. Refuses nothing: a concept that does not exist is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.glossary.concepts import Glossary

BROADER, NARROWER, RELATED = "broader", "narrower", "related"
Relations = Mapping[str, Mapping[str, tuple[str, ...]]]


def relations(glossary: Glossary) -> Relations:
    order = {concept: at for at, concept in enumerate(glossary.concepts)}
    above: dict[str, set[str]] = {concept: set() for concept in order}
    beside: dict[str, set[str]] = {concept: set() for concept in order}
    for concept, relation, target in _said(glossary):
        if target not in order or target == concept:
            continue
        if relation == RELATED:
            beside[concept].add(target)
            beside[target].add(concept)
        else:
            lower, upper = (concept, target) if relation == BROADER else (target, concept)
            if lower not in _all_above(upper, above):  # else they would be above each other
                above[lower].add(upper)
    far = {concept: _all_above(concept, above) for concept in order}

    def sorted_(found: Iterator[str]) -> tuple[str, ...]:
        return tuple(sorted(found, key=order.__getitem__))

    return {concept: {
        BROADER: sorted_(iter(above[concept])),
        NARROWER: sorted_(one for one in order if concept in above[one]),
        RELATED: sorted_(one for one in beside[concept]
                         if one not in far[concept] and concept not in far[one]),
    } for concept in order}


def _said(glossary: Glossary) -> Iterator[tuple[str, str, str]]:
    """Every statement of a page: concept, relation, concept."""
    for concept in glossary.concepts:
        for terms in glossary.terms.values():
            if term := terms.get(concept):
                for related in term.page.front.get("related", ()):
                    yield concept, related["relation"], related["concept"]


def _all_above(concept: str, above: Mapping[str, set[str]]) -> set[str]:
    """The concepts above one, at any height."""
    found: set[str] = set()
    waiting = [concept]
    while waiting:
        for one in above[waiting.pop()] - found:
            found.add(one)
            waiting.append(one)
    return found
