"""The glossary: every concept with its terms in each language, and where documents use it.

In: the corpus's concept pages (`glossary/<id>.md`) and documents. Out: a `Glossary`. A concept's
first paragraph is its definition. Terms after ISO 30042 (TBX): one preferred term a language, an
abbreviation, variants that occur in texts, the English term, and discouraged renderings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from kb.corpus import Corpus, Page, Paragraph
from kb.glossary.matcher import Match, Matcher
from kb.languages import LANGUAGES, Language
from kb.memory.unchanged import NOTHING, Unchanged

FOLDER = "glossary"
_SOME = 32  # pages
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

    @property
    def not_in(self) -> tuple[str, ...]:
        """Words that hold a form and are not the term: 中国会 is not 国会."""
        return tuple(str(word) for word in self.page.front.get("not-in", ()))


@dataclass(frozen=True, slots=True)
class Document:
    """A document as those need to know it who lead to it."""

    path: str
    address: str
    title: str


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph as those need to know it who lead to it: its id, and its section."""

    id: str | None
    section_id: str | None
    section: str


@dataclass(frozen=True, slots=True)
class Use:
    """A paragraph that uses a concept, with the words around the first use in it: no more of it is told, so
    that who lists uses need not know of any other change."""

    concept: str
    page: Document
    paragraph: Place
    before: str
    words: str
    after: str

    @property
    def anchor(self) -> str:
        """The id that leads there: its own, else that of its section; empty for the page."""
        return self.paragraph.id or self.paragraph.section_id or ""


Uses = Mapping[str, tuple[Use, ...]]  # concept → where it is used
# Document, id of a paragraph, language tag, concept: words there look like the concept and do not mean it.
NotMeant = frozenset[tuple[str, str, str, str]]


@dataclass(frozen=True)
class Glossary:
    """`terms` maps a language's tag to its terms by concept."""

    terms: Mapping[str, Mapping[str, Term]] = field(default_factory=dict)
    uses: Mapping[str, Uses] = field(default_factory=dict)
    not_meant: NotMeant = frozenset()

    @cached_property
    def concepts(self) -> tuple[str, ...]:
        return tuple(sorted({concept for terms in self.terms.values() for concept in terms}))

    def matcher(self, language: Language) -> Matcher:
        return self._matchers[language.tag]

    @cached_property
    def _matchers(self) -> Mapping[str, Matcher]:
        return {tag: matcher_of(terms) for tag, terms in self.terms.items()}

    def looking_like(self, page: Page, paragraph: Paragraph) -> tuple[Match, ...]:
        """Every term in a paragraph of `page`, meant or not."""
        if not self.terms.get(page.language.tag):
            return ()
        return tuple(self.matcher(page.language).matches(paragraph.text))

    def named(self, page: Page, paragraph: Paragraph) -> tuple[Match, ...]:
        """The terms that a paragraph of `page` uses."""
        out = self.left_out(page).get(paragraph.id or "", frozenset())
        return tuple(match for match in self.looking_like(page, paragraph) if match.concept not in out)

    def left_out(self, page: Page) -> Mapping[str, frozenset[str]]:
        """Paragraph of `page` → the concepts that it does not mean."""
        return self.left_out_of(page.document, page.language.tag)

    def left_out_of(self, document: str, tag: str) -> Mapping[str, frozenset[str]]:
        return self._left_out.get((document, tag), {})

    def has(self, concept: str) -> bool:
        return concept in self.concepts

    @cached_property
    def _left_out(self) -> Mapping[tuple[str, str], Mapping[str, frozenset[str]]]:
        found: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
        for document, anchor, tag, concept in sorted(self.not_meant):
            own = found.setdefault((document, tag), {})
            own[anchor] = own.get(anchor, frozenset()) | {concept}
        return found

    def uses_of(self, concept: str, language: Language) -> tuple[Use, ...]:
        return self.uses.get(language.tag, {}).get(concept, ())


def matcher_of(terms: Mapping[str, Term]) -> Matcher:
    return Matcher(((form, concept) for concept, term in terms.items() for form in term.forms),
                   ((word, concept) for concept, term in terms.items() for word in term.not_in))


def terms(corpus: Corpus, not_meant: NotMeant = frozenset(), unchanged: Unchanged = NOTHING) -> Glossary:
    """The terms of `corpus`, without their uses: the same glossary as long as nobody changes a concept."""
    pages = (page for language in LANGUAGES for page in corpus.below(FOLDER, language)
             if page.kind == "concept")
    return unchanged.once(_terms, tuple(pages), not_meant)


def _terms(pages: tuple[Page, ...], not_meant: NotMeant) -> Glossary:
    found: dict[str, dict[str, Term]] = {language.tag: {} for language in LANGUAGES}
    for page in pages:
        concept = page.document.rpartition("/")[2]
        found[page.language.tag][concept] = Term(concept, page)
    return Glossary(found, not_meant=not_meant)


def read(corpus: Corpus, known: Glossary, unchanged: Unchanged = NOTHING) -> Glossary:
    """The glossary of `corpus` with its uses; `known` are its terms."""
    found: dict[str, list[Uses]] = {language.tag: [] for language in LANGUAGES}
    for page in corpus.documents:
        found[page.language.tag].append(unchanged.once(_uses, page, known))
    return replace(known, uses={tag: _all(pages, unchanged) for tag, pages in found.items()})


def _all(pages: Sequence[Uses], unchanged: Unchanged) -> Uses:
    """The uses of all pages. They are put together some pages at a time: where one has changed, few others
    are looked at again."""
    some = [unchanged.once(_together, *pages[at : at + _SOME]) for at in range(0, len(pages), _SOME)]
    parts: dict[str, list[tuple[Use, ...]]] = {}
    for own in some:
        for concept, uses in own.items():
            parts.setdefault(concept, []).append(uses)
    return {concept: unchanged.once(_joined, *own) for concept, own in parts.items()}


def _together(*pages: Uses) -> Uses:
    found: dict[str, list[Use]] = {}
    for own in pages:
        for concept, uses in own.items():
            found.setdefault(concept, []).extend(uses)
    return {concept: tuple(uses) for concept, uses in found.items()}


def _joined(*parts: tuple[Use, ...]) -> tuple[Use, ...]:
    return tuple(chain.from_iterable(parts))


def _uses(page: Page, glossary: Glossary) -> Uses:
    found: dict[str, list[Use]] = {}
    document = Document(page.path, page.address, page.title)
    for paragraph in page.paragraphs:
        first: dict[str, Match] = {}
        for match in glossary.named(page, paragraph):
            first.setdefault(match.concept, match)
        section = paragraph.section
        place = Place(paragraph.id, section.id if section else None, section.title if section else "")
        for concept, match in first.items():
            text = paragraph.text
            start, end = max(0, match.start - _AROUND), match.end + _AROUND
            found.setdefault(concept, []).append(Use(
                concept, document, place,
                ("…" if start else "") + text[start : match.start],
                text[match.start : match.end],
                text[match.end : end] + ("…" if end < len(text) else ""),
            ))
    return {concept: tuple(own) for concept, own in found.items()}
