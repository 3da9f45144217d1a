"""Which received texts an edition rests on.

In: the received texts and an edition's page. Out: those that it names (`rests-on`), else those in its own
language that carry its document. One in another language (the English that a Japanese edition was made from)
is kept and named; it cannot be compared. Refuses names that no received text has.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.collation.sources import Received, Sources
from kb.corpus import Corpus, Page
from kb.findings import Finding
from kb.languages import BY_TAG

KEY = "rests-on"


def of(sources: Sources, page: Page) -> tuple[Received, ...]:
    """The received texts behind a document's edition, in the order in which it names them."""
    behind = sources.carrying(page.document)
    if KEY not in page.front:
        return tuple(one for one in behind if one.language is page.language)
    named = [str(name) for name in page.front[KEY]]
    return tuple(sorted((one for one in behind if one.name in named), key=lambda one: named.index(one.name)))


def is_compared(corpus: Corpus, received: Received) -> bool:
    """Whether a received text is collated: some edition in its language rests on it."""
    if received.language.tag not in BY_TAG:
        return False
    pages = [corpus.page(f"{document}.md", received.language) for document in received.editions]
    return any(page is None or KEY not in page.front or received.name in page.front[KEY] for page in pages)


def check(corpus: Corpus, sources: Sources) -> Iterator[Finding]:
    """Editions that rest on a text that is not there, or that does not carry their document."""
    if sources.findings:
        return  # a received text may be there, only not readable
    for page in corpus.documents:
        carried = [one.name for one in sources.received if page.document in one.editions]
        for index, name in enumerate(page.front.get(KEY, ())):
            if name not in carried:
                yield Finding(
                    page.file, page.record.line(KEY, index), "KB305", f"{KEY}: {name}",
                    "a received text that carries the document: " + (", ".join(carried) or "there is none"),
                    f"correct the name, or add {page.document} to the editions of sources/"
                    f"{str(name).removesuffix('.txt')}.yml")
