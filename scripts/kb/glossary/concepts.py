"""The glossary: every concept with its terms in each language, and where documents use it.

In: the corpus's concept pages (`glossary/<id>.md`) and documents. Out: a `Glossary`. A concept's
first paragraph is its definition. Terms after ISO 30042 (TBX): one preferred term a language, an
abbreviation, variants that occur in texts, the English term, and discouraged renderings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kb.corpus import Corpus, Page, Paragraph
from kb.glossary.matcher import Match, Matcher
from kb.languages import LANGUAGES, Language

FOLDER = "glossary"
_AROUND = 22  # characters shown on each side of a use


@dataclass(frozen=True)
class Term:
    """A concept in one language."""

    concept: str
    page: Page

    @property
    def preferred(self) -> str:
        return str(self.page.front["term"])

    @property
    def definition(self) -> str:
        """The first paragraph; empty where there is none."""
        return next((p.text for p in self.page.paragraphs if p.section is None), "")

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form by which a text may name the concept, each once, the preferred one first."""
        front = self.page.front
        found = [front.get("term"), front.get("abbreviation"), *front.get("variants", ()),
                 front.get("english")]
        return tuple(dict.fromkeys(str(form) for form in found if form))


@dataclass(frozen=True, slots=True)
class Use:
    """A paragraph that uses a concept, with the words around the first use in it."""

    concept: str
    page: Page
    paragraph: Paragraph
    before: str
    words: str
    after: str

    @property
    def anchor(self) -> str:
        """The id that leads there: its own, else that of its section; empty for the page."""
        section = self.paragraph.section
        return self.paragraph.id or (section and section.id) or ""


@dataclass(frozen=True)
class Glossary:
    """`terms` maps a language's tag to its terms by concept."""

    terms: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)
    uses: Mapping[str, Mapping[str, tuple[Use, ...]]] = field(default_factory=dict)

    @cached_property
    def concepts(self) -> tuple[str, ...]:
        return tuple(sorted({concept for terms in self.terms.values() for concept in terms}))

    def matcher(self, language: Language) -> Matcher:
        return self._matchers[language.tag]

    @cached_property
    def _matchers(self) -> Mapping[str, Matcher]:
        return {tag: matcher_of(terms) for tag, terms in self.terms.items()}

    def uses_of(self, concept: str, language: Language) -> tuple[Use, ...]:
        return self.uses.get(language.tag, {}).get(concept, ())


def matcher_of(terms: Mapping[str, Term]) -> Matcher:
    return Matcher((form, concept) for concept, term in terms.items() for form in term.forms)


def read(corpus: Corpus) -> Glossary:
    """The glossary of `corpus`; an empty one where it has no concepts."""
    terms: dict[str, dict[str, Term]] = {}
    uses: dict[str, dict[str, tuple[Use, ...]]] = {}
    for language in LANGUAGES:
        own = terms[language.tag] = {
            page.document.rpartition("/")[2]: Term(page.document.rpartition("/")[2], page)
            for page in corpus.below(FOLDER, language)
            if page.kind == "concept"
        }
        matcher = matcher_of(own)
        found: dict[str, list[Use]] = {}
        for page in corpus.documents:
            if page.language is language:
                for use in _uses(page, matcher):
                    found.setdefault(use.concept, []).append(use)
        uses[language.tag] = {concept: tuple(all_) for concept, all_ in found.items()}
    return Glossary(terms, uses)


def _uses(page: Page, matcher: Matcher) -> list[Use]:
    found: list[Use] = []
    for paragraph in page.paragraphs:
        first: dict[str, Match] = {}
        for match in matcher.matches(paragraph.text):
            first.setdefault(match.concept, match)
        for concept, match in first.items():
            text = paragraph.text
            start, end = max(0, match.start - _AROUND), match.end + _AROUND
            found.append(Use(
                concept, page, paragraph,
                ("…" if start else "") + text[start : match.start],
                text[match.start : match.end],
                text[match.end : end] + ("…" if end < len(text) else ""),
            ))
    return found
