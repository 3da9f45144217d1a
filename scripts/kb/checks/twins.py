"""Whether the two editions of a document name the same concepts and the same figures, and whether what is
declared of them is there.

In: the corpus, the glossary, and what editors declare. Out: findings, on the edition that lacks something.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kb.checks import unlike
from kb.checks.unlike import Pair, Side, Unlike
from kb.collation.agreed import NotMeant, SameFigures
from kb.collation.sources import Declarations, Sources
from kb.corpus import Corpus, Page, Paragraph
from kb.figures import Figure
from kb.findings import Finding
from kb.glossary.concepts import Glossary
from kb.languages import LANGUAGES
from kb.memory.unchanged import NOTHING, Unchanged

_REASON = "…why they say the same"


def check(corpus: Corpus, glossary: Glossary, sources: Sources,
          unchanged: Unchanged = NOTHING) -> Iterator[Finding]:
    for path in corpus.paths:
        if both := corpus.both(path):
            declared = sources.declarations.get(both[0].document)
            yield from unchanged.every(_of_document, both, declared, glossary)


def _of_document(both: tuple[Page, ...], declared: Declarations | None, glossary: Glossary
                 ) -> Iterator[Finding]:
    declared = declared or Sources().of(both[0].document)
    for pair in unlike.pairs_of(both[0], both[1]):
        for one in unlike.terms_of(glossary, pair, declared):
            yield _concept(glossary, pair, one)
        yield from _figures(glossary, pair, declared)
        yield from _numbers(pair)


def declared_alike(corpus: Corpus, glossary: Glossary, sources: Sources) -> Iterator[Finding]:
    """What is declared of twins, and is not there."""
    for declared in sources.declarations.values():
        pages = [page for page in corpus.editions(f"{declared.document}.md") if page.is_document]
        if pages:
            yield from _agreed(glossary, pages, declared)
            yield from _not_meant(glossary, pages, declared)


# --- concepts ------------------------------------------------------------------------------------

def _concept(glossary: Glossary, pair: Pair, one: Unlike) -> Finding:
    """A concept that only one paragraph of the pair names."""
    named, (page, paragraph) = pair if one.in_chinese else (pair[1], pair[0])
    others = [form for form in glossary.terms[page.language.tag][one.concept].forms if form != one.preferred]
    expected = f"the preferred term “{one.preferred}”"
    return Finding(page.file, paragraph.line, "KB602", f"#{paragraph.id} without the concept {one.concept}",
                   f"{expected}, or else {', '.join(others)}" if others else expected,
                   f"{_mended(page, *named)}; {_not_the_term(glossary, named, one)}")


def _is_original(page: Page) -> bool:
    """Whether it is the author's text, which is never changed."""
    return page.front.get("text") == "original"


def _mended(page: Page, twin: Page, paragraph: Paragraph) -> str:
    """What to do where the words of the twin's paragraph are the term."""
    if _is_original(page):
        return ("the original stays as it is: if it names the concept in another way, add the form that "
                "stands there to the concept’s variants, else translate without the term in "
                f"{twin.file} line {paragraph.line}")
    return "use the term, or add the form that stands there to the concept’s variants"


def _not_the_term(glossary: Glossary, named: Side, one: Unlike) -> str:
    """What to do where the words only look like the term."""
    page, paragraph = named
    span = one.spans[not one.in_chinese][0]
    words, around = paragraph.text[slice(*span)], _around(paragraph.text, *span)
    term = glossary.terms[page.language.tag][one.concept]
    longer = "" if around == words else f"list that word in {term.page.file} as “not-in: [{around}]”, or "
    return (f"where “{words}” is part of another word in {page.file}, {longer}say in {one.file}: terms: "
            f"[{one.line('…')}]")


def _around(text: str, start: int, end: int) -> str:
    """The words with the character on either side, where it may belong to them."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return (before * before.isalnum()) + text[start:end] + (after * after.isalnum())


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
    term = glossary.terms.get(page.language.tag, {}).get(one.concept)
    warned = [entry["rendering"] for entry in term.page.front.get("discouraged", ())] if term else []
    return any(any(match.concept == one.concept for match in glossary.looking_like(page, paragraph))
               or any(rendering in paragraph.text for rendering in warned)
               for paragraph in page.paragraphs if paragraph.id == one.on)


# --- figures -------------------------------------------------------------------------------------

def _figures(glossary: Glossary, pair: Pair, declared: Declarations) -> Iterator[Finding]:
    agreed = [one for one in declared.figures if one.on == pair[0][1].id]
    found = unlike.difference(glossary, pair, agreed)
    example = unlike.next_figures(glossary, pair, declared, agreed) if found else None
    if not example:
        return
    sides = [(*pair[0], found.ours), (*pair[1], found.theirs)]
    originals = [_is_original(page) for page, _ in pair]
    if originals == [False, True]:
        sides.reverse()  # what can be mended is the translation
    (page, source, theirs), (twin, paragraph, own) = sides
    yield Finding(
        twin.file, paragraph.line, "KB603",
        f"{_said(own) or 'no such figure'} in #{paragraph.id}",
        f"{_said(theirs) or 'none'}, as in {page.file} line {source.line}",
        ("correct the translation" if any(originals) else "correct the one that is wrong")
        + f"; where both are right, say so in {declared.file}: "
        f"figures: [{example.line(_REASON)}]")


def _numbers(pair: Pair) -> Iterator[Finding]:
    """Items of ordered lists that have another number in each edition. What only one of them numbers may say
    its number in words."""
    numbers = [paragraph.number.rstrip(".)") for _, paragraph in pair]
    if not all(numbers) or numbers[0] == numbers[1]:
        return
    is_turned = not _is_original(pair[0][0]) and _is_original(pair[1][0])
    (page, source), (twin, paragraph) = pair[::-1] if is_turned else pair
    yield Finding(twin.file, paragraph.line, "KB603",
                  f"the number “{paragraph.number}” before #{paragraph.id}",
                  f"“{source.number}”, as in {page.file} line {source.line}",
                  "number the item as the original does" if _is_original(page) else
                  "number the item alike in both languages")


def _said(found: Sequence[Figure]) -> str:
    """Each figure once, with how often where that is more."""
    times = Counter(one.said for one in found)
    return ", ".join(said if count == 1 else f"{said} ×{count}" for said, count in times.items())


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
                   and not unlike.within(unlike.of(glossary, page, paragraph), paragraph.text, words)]
        for page, words in missing:
            yield _needless(declared, one, f"“{words}” on #{one.on}", f"a figure as it stands in {page.file}",
                            "copy the words from the paragraph")
        rest = [other for other in declared.figures if other.on == one.on and other is not one]
        pair = (paragraphs[0], paragraphs[1])
        if not missing and not unlike.difference(glossary, pair, rest):
            yield _needless(declared, one, f"figures on #{one.on}", "figures that differ",
                            "the two agree without it: remove it")


def _needless(declared: Declarations, one: SameFigures, *said: str) -> Finding:
    found, expected, hint = said
    return Finding(declared.file, one.line, "KB305", found, expected, hint)
