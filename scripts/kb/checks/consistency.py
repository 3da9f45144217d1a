"""Whether texts keep to the glossary, and the glossary is sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.collation.sources import Sources
from kb.corpus import Corpus, Page, Paragraph
from kb.findings import Finding, nearest
from kb.glossary.concepts import FOLDER, Glossary, Term
from kb.languages import LANGUAGES
from kb.languages import other as other_than


def check(corpus: Corpus, glossary: Glossary) -> Iterator[Finding]:
    """What is wrong with the glossary itself."""
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
                if related["concept"] == concept:
                    yield Finding(page.file, page.record.line("related", index), "KB127", f"“{concept}”",
                                  "another concept", "take it out")
                elif f"{FOLDER}/{related['concept']}.md" not in corpus.paths:
                    yield Finding(page.file, page.record.line("related", index), "KB604",
                                  f"the related concept {related['concept']}",
                                  "a concept of the glossary",
                                  f"did you mean “{near}”?" if (near := nearest(
                                      related["concept"], glossary.concepts))
                                  else "concepts: " + ", ".join(glossary.concepts))
            yield from _not_in(term)
        yield from _circles(glossary, terms)
        yield from _rivals(terms)


def _not_in(term: Term) -> Iterator[Finding]:
    """Words of `not-in` that could never be taken for the term, or that are the term."""
    for index, words in enumerate(term.not_in):
        forms = [form for form in term.forms if form.lower() in words.lower()]
        if not forms or words in term.forms:
            page = term.page
            yield Finding(page.file, page.record.line("not-in", index), "KB305",
                          f"“{words}” in not-in",
                          "a longer word that holds one of " + ", ".join(term.forms),
                          "give the whole word that is not the term, as in not-in: [中国会] for 国会; "
                          "or remove it")


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


def discouraged(corpus: Corpus, glossary: Glossary, sources: Sources) -> Iterator[Finding]:
    """Renderings that the glossary warns of, in everything that editors write, but where they are declared to
    mean something else. An original is its author's, and the glossary itself has to name them."""
    for language in LANGUAGES:
        warned = {
            one["rendering"]: (one["instead"], concept)
            for concept, term in glossary.terms.get(language.tag, {}).items()
            for one in term.page.front.get("discouraged", ())
        }
        for page in corpus.pages.values() if warned else ():
            if page.language is not language or page.kind == "concept" or (
                page.front.get("text") == "original"
            ):
                continue
            left_out = glossary.left_out(page)
            for paragraph in page.paragraphs:
                out = left_out.get(paragraph.id or "", frozenset())
                for rendering, (instead, concept) in warned.items():
                    if rendering in paragraph.text and concept not in out:
                        way = _not_there(corpus, glossary, sources, page, paragraph, concept=concept)
                        yield Finding(page.file, paragraph.line, "KB601", f"“{rendering}”",
                                      f"“{instead}”", f"write “{instead}”; the glossary says why{way}")


def _not_there(
    corpus: Corpus, glossary: Glossary, sources: Sources, page: Page, paragraph: Paragraph, *, concept: str
) -> str:
    """What to do where the words mean something else: the original's paragraph does not name the concept."""
    original = corpus.page(page.path, other_than(page.language)) if page.is_document else None
    for one in original.paragraphs if original and paragraph.id else ():
        if original and one.id == paragraph.id and not any(
                match.concept == concept for match in glossary.named(original, one)):
            return (f"; {original.file} line {one.line} does not name {concept}: where another thing is "
                    f"meant here, say in {sources.of(page.document).file}: terms: "
                    f"[{{on: {paragraph.id}, not: {concept}, in: {page.language.tag}, reason: …}}]")
    return ""
