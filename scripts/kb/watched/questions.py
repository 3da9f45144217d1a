"""The questions that a project can be asked while something is made of it.

In: a project, a question (its name and words). Out: the answer, a value. `Watch` notes each, and gives what
it has noted as a trace; `holds` says whether a project answers a trace's questions alike. Some answers follow
from another one, which is compared first: where the terms of a language are the same, so are those that are
found in a text. Refuses a question that is not in the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kb.corpus import Page
from kb.languages import BY_TAG
from kb.memory.digests import Digests
from kb.project import Project

Question = tuple[str, ...]
Trace = list[tuple[list[str], str]]  # question, digest of its answer

# In a trace before the words of a question that nobody asked but to decide on others.
DECIDES = "decides"


def _of_page(project: Project, path: str, tag: str, part: str) -> Any:
    """A part of a page; None where there is none any more."""
    return getattr(project.corpus.pages.get((path, tag)), part, None)


def _stale(project: Project, path: str, tag: str) -> tuple[str, ...]:
    page = project.corpus.pages.get((path, tag))
    return project.stale_of(page) if page else ()


def _named(pages: Iterable[Page]) -> tuple[Question, ...]:
    return tuple((page.path, page.language.tag) for page in pages)


# What is asked for by its name: how many words of a question come before those of the key.
MAPPINGS: Mapping[str, tuple[Callable[..., Mapping[Any, Any]], int]] = {
    "page": (lambda project: project.corpus.pages, 0),
    "anchor": (lambda project, path, tag: _of_page(project, path, tag, "anchors") or {}, 2),
    "register": (lambda project: project.registers, 0),
    "wordings": (lambda project: project.wordings, 0),
    "declarations": (lambda project: project.sources.declarations, 0),
    "comments": (lambda project: project.comments, 0),
    "renewals": (lambda project: project.renewals, 0),
    "term": (lambda project, tag: project.glossary.terms.get(tag, {}), 1),
}
OTHERS: Mapping[str, Callable[..., Any]] = {
    "address": lambda project, path, tag: project.address_of(path, BY_TAG[tag]),
    "there": lambda project, path, tag: (path, tag) in project.corpus.pages,
    "front": lambda project, path, tag: _of_page(project, path, tag, "front"),
    "title": lambda project, path, tag: _of_page(project, path, tag, "title"),
    "count": lambda project, path, tag: _of_page(project, path, tag, "count"),
    "ids": lambda project, path, tag: project.ids_of(path, BY_TAG[tag]),
    "picture": lambda project, place: project.corpus.picture(place),
    "file": lambda project, path, tag: path in project.corpus.trees[tag].files,
    "addresses": lambda project: (frozenset(project.corpus.pages), frozenset(project.made),
                                  {tag: frozenset(one.files) for tag, one in project.corpus.trees.items()}),
    "made": lambda project: project.made,
    "has texts": lambda project: project.corpus.has_texts,
    "paths": lambda project: project.corpus.paths,
    "documents": lambda project: _named(project.corpus.documents),
    "below": lambda project, folder, tag: _named(project.corpus.below(folder, BY_TAG[tag])),
    "received": lambda project: project.sources.received,
    "carrying": lambda project, document: project.sources.carrying(document),
    "stale": _stale,
    "recorded": lambda project, path: [
        (page, project.register(page.document)) for page in project.corpus.editions(path)],
    "notes": lambda project, document, tag: project.notes_of(document, BY_TAG[tag]),
    "collations": lambda project: project.collations,
    "collations of": lambda project, document: project.collations_of(document),
    "state": lambda project: project.state,
    "events": lambda project: project.events,
    "as of": lambda project: project.as_of,
    "concepts": lambda project: project.glossary.concepts,
    "concept": lambda project, concept: concept in project.glossary.concepts,
    "uses": lambda project, concept, tag: project.glossary.uses_of(concept, BY_TAG[tag]),
    "all uses": lambda project: project.glossary.uses,
    "left out": lambda project, document, tag: project.glossary.left_out_of(document, tag),
    "forms": lambda project, tag: {concept: (term.forms, term.not_in) for concept, term
                                   in project.glossary.terms.get(tag, {}).items()},
    "matches": lambda project, tag, text: tuple(project.glossary.matcher(BY_TAG[tag]).matches(text)),
}


def _implied(question: Question) -> Question | None:
    """The question whose answer decides on that of `question`."""
    match question[0]:
        case "address" | "file":
            return ("addresses",)
        case "front" | "title" | "count" | "one anchor" | "all anchor" | "keys anchor" | "any anchor":
            return ("one page", *question[1:3])
        case "stale":
            return ("recorded", question[1])
        case "one term":
            return ("all term", question[1])
        case "matches":
            return ("forms", question[1])
    return None


@dataclass(frozen=True)
class Noted:
    """A trace by how it is compared: questions with the digests of their answers. `decided` are those on
    whose answers another one decides, by that one with its own digest."""

    own: tuple[tuple[Question, str], ...]
    decided: tuple[tuple[Question, str, tuple[tuple[Question, str], ...]], ...]


def noted(trace: Iterable[tuple[list[str], str]]) -> Noted:
    """What follows from an answer that was asked for itself need not be compared."""
    known = {tuple(question): digest for question, digest in trace}
    decided: dict[Question, list[tuple[Question, str]]] = {}
    own: list[tuple[Question, str]] = []
    for question, digest in known.items():
        by = _implied(question)
        if by and (DECIDES, *by) in known and by not in known:
            decided.setdefault(by, []).append((question, digest))
        elif question[0] != DECIDES and by not in known:
            own.append((question, digest))
    return Noted(tuple(own), tuple((by, known[DECIDES, *by], tuple(others))
                                   for by, others in decided.items()))


def answer(project: Project, question: Question) -> Any:
    name, *words = question
    kind, _, mapping = name.partition(" ")
    if mapping not in MAPPINGS or kind not in ("one", "any", "keys", "all"):
        return OTHERS[name](project, *words)
    whole, before = MAPPINGS[mapping]
    found = whole(project, *words[:before])
    if kind != "one":
        return bool(found) if kind == "any" else tuple(found) if kind == "keys" else found
    key = words[before:]
    return found.get(key[0] if len(key) == 1 else tuple(key))


class Watch:
    """What a project was asked, and what it answered."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.answers: dict[Question, Any] = {}

    def ask(self, *question: str) -> Any:
        if question not in self.answers:
            self.answers[question] = answer(self.project, question)
        return self.answers[question]

    def trace(self, digests: Digests) -> Trace:
        """Everything that was asked. Raises Unknown for an answer of which it cannot be told what it is."""
        asked = [question for question in self.answers if _implied(question) not in self.answers]
        decide = dict.fromkeys(one for question in asked if (one := _implied(question)))
        return [*(([DECIDES, *one], digests.of(answer(self.project, one))) for one in decide),
                *((list(question), digests.of(self.answers[question])) for question in asked)]


class Judge:
    """Compares the answers of one project with traces; what it was asked once it knows."""

    def __init__(self, project: Project, digests: Digests) -> None:
        self.project, self.digests = project, digests
        self._known: dict[Question, str] = {}

    def holds(self, trace: Noted) -> bool:
        return self._are(trace.own) and all(
            self._answer(by) == digest or self._are(others) for by, digest, others in trace.decided)

    def renewed(self, trace: Trace) -> Trace:
        """A trace that holds, as it would be noted today: what decides on answers may have changed, though
        they have not."""
        return [(question, self._answer(tuple(question[1:])) if question[0] == DECIDES else known)
                for question, known in trace]

    def _are(self, answers: Iterable[tuple[Question, str]]) -> bool:
        return all(self._answer(question) == digest for question, digest in answers)

    def _answer(self, question: Question) -> str:
        if question not in self._known:
            found = self.digests.of(answer(self.project, question))
            if question[0] == "matches":
                return found  # a whole text: it is not asked about again
            self._known[question] = found
        return self._known[question]
