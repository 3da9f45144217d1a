"""Whether the two editions of a document name the same concepts and the same figures, and whether what is
declared of them is there.

In: the corpus, the glossary, and what editors declare. Out: findings, on the edition that lacks something.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from kb.collation.agreed import NotMeant, SameFigures
from kb.collation.sources import Declarations, Sources
from kb.corpus import Corpus, Page, Paragraph
from kb.figures import Difference, Figure, differences, figures
from kb.findings import Finding
from kb.glossary.concepts import FOLDER, Glossary
from kb.languages import CHINESE, JAPANESE, LANGUAGES, Language

Pair = tuple[tuple[Page, Paragraph], tuple[Page, Paragraph]]  # Chinese, Japanese
_REASON = "…why they say the same"


def check(corpus: Corpus, glossary: Glossary, sources: Sources) -> Iterator[Finding]:
    for page in corpus.documents:
        twin = corpus.page(page.path, JAPANESE)
        if page.language is CHINESE and twin and twin.is_document:
            declared = sources.of(page.document)
            for pair in _pairs(page, twin):
                yield from _concepts(glossary, pair, declared)
                yield from _figures(glossary, pair, declared)


def declared_alike(corpus: Corpus, glossary: Glossary, sources: Sources) -> Iterator[Finding]:
    """What is declared of twins, and is not there."""
    for declared in sources.declarations.values():
        pages = [page for page in corpus.editions(f"{declared.document}.md") if page.is_document]
        if pages:
            yield from _agreed(glossary, pages, declared)
            yield from _not_meant(glossary, pages, declared)


def _pairs(page: Page, twin: Page) -> Iterator[Pair]:
    ours = {paragraph.id: paragraph for paragraph in page.paragraphs if paragraph.id}
    for paragraph in twin.paragraphs:
        if source := ours.get(paragraph.id or ""):
            yield (page, source), (twin, paragraph)


# --- concepts ------------------------------------------------------------------------------------

def _concepts(glossary: Glossary, pair: Pair, declared: Declarations) -> Iterator[Finding]:
    chinese, japanese = ({match.concept: paragraph.text[match.start : match.end]
                          for match in glossary.named(page, paragraph)} for page, paragraph in pair)
    for concept in sorted(chinese.keys() ^ japanese.keys()):
        (page, paragraph), language = (pair[1], JAPANESE) if concept in chinese else (pair[0], CHINESE)
        words = chinese.get(concept) or japanese[concept]
        term = glossary.terms.get(language.tag, {}).get(concept)
        opposite = CHINESE if language is JAPANESE else JAPANESE
        yield Finding(
            page.file, paragraph.line, "KB602", f"#{paragraph.id} without the concept {concept}",
            "one of " + ", ".join(term.forms if term else ("its terms",)),
            "use the term, or add the form that stands there to the concept’s variants; where "
            f"“{words}” is part of another word in {opposite.tree}/{page.path}, list that word in "
            f"{opposite.tree}/{FOLDER}/{concept}.md as “not-in: [{_around(pair, opposite, words)}]”, or "
            f"say in {declared.file}: terms: [{{on: {paragraph.id}, not: {concept}, in: {opposite.tag}, "
            "reason: …}]")


def _around(pair: Pair, language: Language, words: str) -> str:
    """The words with a character on either side: what an editor may have to tell from them."""
    text = pair[LANGUAGES.index(language)][1].text
    at = text.find(words)
    return text[max(0, at - 1) : at + len(words) + 1]


def _not_meant(glossary: Glossary, pages: Sequence[Page], declared: Declarations) -> Iterator[Finding]:
    for one in declared.terms:
        if one.concept not in glossary.concepts:
            yield Finding(declared.file, one.line, "KB604", f"the concept {one.concept}",
                          "a concept of the glossary", "concepts: " + ", ".join(glossary.concepts))
        elif not any(_names(glossary, page, one) for page in pages if page.language.tag in one.tags):
            yield Finding(declared.file, one.line, "KB305", f"not {one.concept} on #{one.on}",
                          f"a paragraph with words that look like {one.concept}",
                          "remove it, or correct the id, the concept or the language")


def _names(glossary: Glossary, page: Page, one: NotMeant) -> bool:
    return any(match.concept == one.concept for paragraph in page.paragraphs if paragraph.id == one.on
               for match in glossary.looking_like(page, paragraph))


# --- figures -------------------------------------------------------------------------------------

def of(glossary: Glossary, page: Page, paragraph: Paragraph) -> tuple[Figure, ...]:
    """The figures of a paragraph. One within a term (一般禁止事項10) is part of the name."""
    text = paragraph.text
    for match in glossary.named(page, paragraph):
        text = text[: match.start] + "\0" * (match.end - match.start) + text[match.end :]
    return figures(text, page.language)


def _difference(glossary: Glossary, pair: Pair, declared: Sequence[SameFigures]) -> Difference:
    """What differs in a pair of paragraphs, but for what is declared the same."""
    found = [list(of(glossary, page, paragraph)) for page, paragraph in pair]
    for one in declared:
        for own, (page, paragraph) in zip(found, pair, strict=True):
            for figure in within(own, paragraph.text, one.words.get(page.language.tag, "")):
                own.remove(figure)
    return differences(*found)


def within(found: Sequence[Figure], text: str, words: str) -> tuple[Figure, ...]:
    """The figures that stand within `words`, where these stand first in `text` with any."""
    at = text.find(words) if words else -1
    while at >= 0:
        own = tuple(one for one in found if at <= one.start and one.end <= at + len(words))
        if own:
            return own
        at = text.find(words, at + 1)
    return ()


def _figures(glossary: Glossary, pair: Pair, declared: Declarations) -> Iterator[Finding]:
    (page, source), (twin, paragraph) = pair
    found = _difference(glossary, pair, [one for one in declared.figures if one.on == source.id])
    if found:
        yield Finding(
            twin.file, paragraph.line, "KB603",
            f"{_said(found.theirs) or 'no such figure'} in #{paragraph.id}",
            f"{_said(found.ours) or 'none'}, as in {page.file} line {source.line}",
            f"correct the one that is wrong; where both are right, say so in {declared.file}: "
            f"figures: [{_example(paragraph.id or '', found)}]")


def _said(found: Sequence[Figure]) -> str:
    return ", ".join(one.said for one in found)


def _example(anchor: str, found: Difference) -> str:
    """A declaration of the first figure of each side."""
    words = ((CHINESE, found.ours), (JAPANESE, found.theirs))
    sides = "".join(f"{language.tag}: {json.dumps(own[0].words, ensure_ascii=False)}, "
                    for language, own in words if own)
    return f"{{on: {anchor}, {sides}reason: {_REASON}}}"


def _agreed(glossary: Glossary, pages: Sequence[Page], declared: Declarations) -> Iterator[Finding]:
    """Declarations of figures that are not there, or that agree without them."""
    for one in declared.figures:
        paragraphs = [(page, paragraph) for page in pages for paragraph in page.paragraphs
                      if paragraph.id == one.on]
        if len(paragraphs) < len(LANGUAGES):
            yield _needless(declared, one, f"figures on #{one.on}", "a paragraph of both editions",
                            "correct the id")
            continue
        missing = [(page, words) for page, paragraph in paragraphs
                   if (words := one.words.get(page.language.tag))
                   and not within(of(glossary, page, paragraph), paragraph.text, words)]
        for page, words in missing:
            yield _needless(declared, one, f"“{words}” on #{one.on}", f"a figure as it stands in {page.file}",
                            "copy the words from the paragraph")
        rest = [other for other in declared.figures if other.on == one.on and other is not one]
        pair = (paragraphs[0], paragraphs[1])
        if not missing and not _difference(glossary, pair, rest):
            yield _needless(declared, one, f"figures on #{one.on}", "figures that differ",
                            "the two agree without it: remove it")


def _needless(declared: Declarations, one: SameFigures, *said: str) -> Finding:
    found, expected, hint = said
    return Finding(declared.file, one.line, "KB305", found, expected, hint)
