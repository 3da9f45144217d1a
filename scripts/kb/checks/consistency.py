"""Whether texts keep to the glossary, twins say the same figures, and the glossary is sound."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from kb.corpus import Corpus, Page, Paragraph
from kb.findings import Finding, nearest
from kb.glossary.concepts import FOLDER, Glossary, Term
from kb.languages import CHINESE, JAPANESE, LANGUAGES, Language

# Sections of the CFR, ECCNs, dates, and numbers of two digits or more. Smaller ones are words in
# both languages (三项, 3つ) and may be written either way.
_FIGURE = re.compile(
    r"(?<![A-Za-z0-9.])(?:\d[A-E]\d{3}[A-Za-z0-9.]*|\d+(?:\.\d+)?(?:\([A-Za-z0-9]+\))+"
    r"|\d{1,2}月\d{1,2}[日号]|\d{2,}(?:[.,]\d+)*)(?![A-Za-z])"
)


def check(corpus: Corpus, glossary: Glossary) -> Iterator[Finding]:
    yield from _sound(corpus, glossary)
    yield from _discouraged(corpus, glossary)
    for page in corpus.documents:
        if page.language is CHINESE:
            twin = corpus.page(page.path, JAPANESE)
            if twin and twin.is_document:
                yield from _twins(glossary, page, twin)


def _sound(corpus: Corpus, glossary: Glossary) -> Iterator[Finding]:
    for language in LANGUAGES:
        terms = glossary.terms.get(language.tag, {})
        for concept, term in terms.items():
            page = term.page
            if not term.definition:
                yield Finding(page.file, page.body_line, "KB605", f"no definition of {concept}",
                              "a first paragraph that says what it is",
                              "write it below the title, before the first section")
            sources = [p for p in page.paragraphs if p.section and p.section.id == "sources"]
            if not sources:
                yield Finding(page.file, page.body_line, "KB605", f"no source for {concept}",
                              "a last section { #sources } that names them",
                              "add “## 出处 { #sources }” in Chinese, “## 出典 { #sources }” in Japanese"
                              ", and a list below it")
            for index, related in enumerate(page.front.get("related", ())):
                if f"{FOLDER}/{related['concept']}.md" not in corpus.paths:
                    yield Finding(page.file, page.record.line("related", index), "KB604",
                                  f"the related concept {related['concept']}",
                                  "a concept of the glossary",
                                  f"did you mean “{near}”?" if (near := nearest(
                                      related["concept"], glossary.concepts))
                                  else "concepts: " + ", ".join(glossary.concepts))
        yield from _circles(glossary, terms)
        yield from _rivals(terms)


def _rivals(terms: Mapping[str, Term]) -> Iterator[Finding]:
    owners: dict[str, Term] = {}
    for term in terms.values():
        for form in term.forms:
            owner = owners.setdefault(form, term)
            if owner is not term:
                line = term.page.record.line("variants")
                yield Finding(term.page.file, line, "KB609", f"“{form}”",
                              "a form of one concept only",
                              f"{owner.page.file} has it too: take it out of one of them")


def _circles(glossary: Glossary, terms: Mapping[str, Term]) -> Iterator[Finding]:
    needs = {
        concept: {match.concept
                  for match in glossary.matcher(term.page.language).matches(term.definition)}
        for concept, term in terms.items()
    }
    for concept, term in terms.items():
        for other in sorted(needs[concept]):
            if concept < other and concept in needs.get(other, ()):
                first = next(p for p in term.page.paragraphs if p.section is None)
                yield Finding(term.page.file, first.line, "KB606",
                              f"a definition of {concept} that needs {other}, and the reverse",
                              "a definition that stands without the other",
                              f"reword one of them ({terms[other].page.file} is the other)")


def _discouraged(corpus: Corpus, glossary: Glossary) -> Iterator[Finding]:
    """Renderings that the glossary warns of, in everything that editors write. An original is its
    author's, and the glossary itself has to name them."""
    for language in LANGUAGES:
        warned = {
            one["rendering"]: one["instead"]
            for term in glossary.terms.get(language.tag, {}).values()
            for one in term.page.front.get("discouraged", ())
        }
        for page in corpus.pages.values() if warned else ():
            if page.language is not language or page.kind == "concept" or (
                page.front.get("text") == "original"
            ):
                continue
            for paragraph in page.paragraphs:
                for rendering, instead in warned.items():
                    if rendering in paragraph.text:
                        yield Finding(page.file, paragraph.line, "KB601", f"“{rendering}”",
                                      f"“{instead}”", f"write “{instead}”; the glossary says why")


def _twins(glossary: Glossary, page: Page, twin: Page) -> Iterator[Finding]:
    ours = {paragraph.id: paragraph for paragraph in page.paragraphs if paragraph.id}
    for paragraph in twin.paragraphs:
        source = ours.get(paragraph.id or "")
        if source is None:
            continue
        chinese, japanese = (
            {match.concept for match in glossary.matcher(one).matches(text.text)}
            if glossary.terms.get(one.tag) else set()
            for one, text in ((CHINESE, source), (JAPANESE, paragraph))
        )
        for concept in sorted(chinese ^ japanese):
            lacking, language = (
                ((twin, paragraph), JAPANESE) if concept in chinese else ((page, source), CHINESE))
            yield Finding(lacking[0].file, lacking[1].line, "KB602",
                          f"#{paragraph.id} without the concept {concept}",
                          "one of " + ", ".join(
                              glossary.terms[language.tag][concept].forms
                              if concept in glossary.terms[language.tag] else ("its terms",)),
                          "use the term, or add the form that stands there to the concept’s variants")
        theirs, mine = figures(glossary, source, CHINESE), figures(glossary, paragraph, JAPANESE)
        if theirs != mine:
            yield Finding(twin.file, paragraph.line, "KB603",
                          f"{', '.join(mine) or 'no figures'} in #{paragraph.id}",
                          f"{', '.join(theirs) or 'none'}, as in {page.file} line {source.line}",
                          "correct the one that is wrong")


def figures(glossary: Glossary, paragraph: Paragraph, language: Language) -> list[str]:
    """The figures of a paragraph, in a form that both languages share, sorted. A figure within a
    term (一般禁止事項10) is part of the name."""
    text = paragraph.text
    if glossary.terms.get(language.tag):
        for match in reversed(list(glossary.matcher(language).matches(text))):
            text = text[: match.start] + "・" + text[match.end :]
    text = unicodedata.normalize("NFKC", text)
    return sorted(figure.replace("号", "日") for figure in _FIGURE.findall(text))
