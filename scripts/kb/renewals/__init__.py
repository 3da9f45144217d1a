"""What a translator has to know of paragraphs whose original has changed since they were translated.

In: what a project is read from. Out: by document and language tag its `Renewal`s: how the original read then
and reads now, by character; which sentences of the translation answer to what was changed; which terms of the
glossary stand there; and how the same words were rendered elsewhere (`kb.renewals.elsewhere`). Refuses
nothing: nobody is told how to translate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kb.aligning.sentences import spans
from kb.anchors import register
from kb.anchors.register import Register
from kb.anchors.wordings import Wordings
from kb.corpus import Corpus, Page
from kb.differences import Change, changes
from kb.glossary.concepts import Glossary
from kb.renewals import elsewhere, parts
from kb.renewals.elsewhere import Rendering
from kb.renewals.parts import Part

__all__ = ["Part", "Rendering", "Renewal", "Renewals", "Terms", "read"]

# form in the original, how the glossary renders it, concept
Terms = tuple[tuple[str, str, str], ...]
Renewals = Mapping[tuple[str, str], tuple["Renewal", ...]]


@dataclass(frozen=True)
class Renewal:
    """The paragraph `id` of a translation. `then` is the wording of the original that it was made from, of
    the day `made_from`; `now` that of today, of the day `since`. `parts` are sentences of the translation."""

    id: str
    then: str
    now: str
    made_from: str
    since: str
    changes: tuple[Change, ...]
    parts: tuple[Part, ...]
    terms: Terms = ()
    renderings: tuple[Rendering, ...] = ()


def read(corpus: Corpus, registers: Mapping[str, Register], wordings: Mapping[str, Wordings],
         glossary: Glossary) -> Renewals:
    """(document, language tag) → what is to be renewed of that translation, in the order of the text."""
    found = {(page.document, page.language.tag): own for page in corpus.documents
             if (source := register.original(corpus, page)) and source.is_document
             and (own := tuple(_of_page(corpus, registers, wordings, page, source)))}
    if not found:
        return {}
    pages = {key: corpus.pages[f"{key[0]}.md", key[1]] for key in found}
    left_out = {(key[0], one.id) for key, own in found.items() for one in own}
    words = elsewhere.read(corpus, left_out, {
        (*key, one.id): (one.changes, source.language) for key, own in found.items()
        if (source := register.original(corpus, pages[key])) for one in own})
    return {key: tuple(replace(one, renderings=words.get((*key, one.id), ()),
                               terms=_terms(glossary, corpus, pages[key], one)) for one in own)
            for key, own in found.items()}


def _of_page(corpus: Corpus, registers: Mapping[str, Register], wordings: Mapping[str, Wordings],
             page: Page, source: Page) -> Iterator[Renewal]:
    known = register.of(registers, page.document)
    texts = wordings[page.document].texts if page.document in wordings else {}
    for anchor in register.stale(corpus, known, page):
        of = known.latest[anchor, page.language.tag].of or ""
        then, now = texts.get(of, ""), source.anchors[anchor]
        if then:
            days = {entry.text: entry.date for entry in reversed(known.entries)
                    if entry.id == anchor and entry.language == source.language.tag}
            runs = changes(then, now, exact=True)
            yield Renewal(anchor, then, now, days.get(of, ""), days.get(source.fingerprints[anchor], ""),
                          runs, parts.of(runs, page.anchors[anchor], source.language, page.language))


def _terms(glossary: Glossary, corpus: Corpus, page: Page, one: Renewal) -> Terms:
    """The terms in the sentences of the original that are not as they were."""
    source = register.original(corpus, page)
    assert source  # a renewal has one
    own, theirs = (glossary.terms.get(each.language.tag, {}) for each in (source, page))
    touched = parts.touched(one.changes, is_after=True)
    found: dict[tuple[str, str, str], None] = {}
    for sentence in spans(one.now) if own else ():
        if any(start < sentence.end and end > sentence.start for start, end in touched):
            for match in glossary.matcher(source.language).matches(sentence.words):
                if match.concept in theirs:
                    form = sentence.words[match.start:match.end]
                    found[form, theirs[match.concept].preferred, match.concept] = None
    return tuple(found)
