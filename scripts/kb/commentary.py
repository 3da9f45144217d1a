"""Commentary: signed, dated writing by editors about paragraphs.

In: the corpus's commentary pages. Out: for each paragraph of a document, the commentary on it, the
oldest first. A note, a correction or an update is short enough to stand beside its paragraph; an
essay is linked from there. A commentary on a paragraph that does not exist is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb import targets
from kb.anchors.fates import Withdrawn, led_on
from kb.corpus import Corpus, Page
from kb.findings import Finding, nearest
from kb.languages import LANGUAGES, Language


@dataclass(frozen=True)
class Comment:
    """A commentary as it stands beside paragraph `on` of `document`, for readers of `language`.
    Where it is not written in that language, `page` is in the other."""

    page: Page
    document: str
    on: str
    language: Language

    @property
    def is_foreign(self) -> bool:
        return self.page.language is not self.language

    def link(self) -> str:
        """The way to its own page, as Markdown in the document would write it."""
        return targets.written(self.document, self.page.path)


def pages(corpus: Corpus, language: Language) -> tuple[Page, ...]:
    """All commentary, in `language` where it is written, else in the other; the newest first."""
    found = []
    for path in corpus.paths:
        editions = [page for page in corpus.editions(path) if page.is_commentary]
        if editions:
            found.append(next((p for p in editions if p.language is language), editions[0]))
    return tuple(sorted(found, key=lambda page: (_reversed(page.front["date"]), page.path)))


def _reversed(date: str) -> tuple[int, ...]:
    return tuple(-int(part) for part in date.split("-"))


def read(corpus: Corpus) -> Mapping[tuple[str, str], tuple[Comment, ...]]:
    """(document, language tag) → the commentary on its paragraphs, the oldest first."""
    found: dict[tuple[str, str], list[Comment]] = {}
    for language in LANGUAGES:
        for page in reversed(pages(corpus, language)):
            for target in page.front["on"]:
                document, _, anchor = target.partition("#")
                found.setdefault((document, language.tag), []).append(
                    Comment(page, f"{document}.md", anchor, language))
    return {key: tuple(comments) for key, comments in found.items()}


def check(corpus: Corpus, withdrawn: Withdrawn) -> Iterator[Finding]:
    """Commentary on documents or paragraphs that do not exist."""
    for path in corpus.paths:
        page = corpus.editions(path)[0]  # its twin must be about the same paragraphs
        if not page.is_commentary:
            continue
        yield from _without_words(corpus, path)
        for index, target in enumerate(page.front["on"]):
            if not is_there(target, corpus):
                document, _, anchor = target.partition("#")
                editions = corpus.editions(f"{document}.md")
                last = [a for e in editions for a in e.anchors if a.startswith("p")][-1:]
                yield Finding(page.file, page.record.line("on", index), "KB607", target,
                              "a paragraph of a document"
                              + (f" (its paragraphs go up to #{last[0]})" if last else ""),
                              led_on(withdrawn, document, anchor) or meant(target, corpus))


def _without_words(corpus: Corpus, path: str) -> Iterator[Finding]:
    for page in corpus.editions(path):
        if page.is_commentary and not any(re.search(r"\w", p.text) for p in page.paragraphs):
            yield Finding(page.file, page.body_line, "KB126",
                          "a title and no text" if page.headings else "no text", "at least one paragraph",
                          "write what is to be said, or remove the file")


def is_there(target: str, corpus: Corpus) -> bool:
    """Whether `articles/x#p12` is a paragraph of a document."""
    document, _, anchor = target.partition("#")
    return any(anchor == p.id for edition in corpus.editions(f"{document}.md") if edition.is_document
               for p in edition.paragraphs)


def meant(target: str, corpus: Corpus) -> str:
    """The paragraph that `articles/x#p99` may have been to name, as a hint."""
    document, _, anchor = target.partition("#")
    documents = {page.document for page in corpus.documents}
    near = document if document in documents else nearest(document, documents)
    if near is None:
        return "name a document and one of its paragraphs, as in articles/x#p12"
    known = {p.id for edition in corpus.editions(f"{near}.md") for p in edition.paragraphs if p.id}
    there = anchor if anchor in known else nearest(anchor, known)
    return f"did you mean {near}#{there}?" if there else f"name a paragraph of {near}"
