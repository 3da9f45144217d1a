"""Whether a person's name is written in two parts, so that references can sort it.

In: the corpus. Out: a warning for an author or translator whose name is one piece and looks like a
person's. Nobody but its writer knows whether it is one: a body or a pen name may stay as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb import names
from kb.corpus import Corpus, Page
from kb.findings import Finding
from kb.memory.unchanged import NOTHING, Unchanged

_KEYS = (("author",), ("authors",), ("translation", "translators"),
         ("translation", "reviewed", "by"))


def check(corpus: Corpus, unchanged: Unchanged = NOTHING) -> Iterator[Finding]:
    for page in corpus.pages.values():
        if page.is_document or page.is_commentary:
            yield from unchanged.every(_of_page, page)


def _of_page(page: Page) -> Iterator[Finding]:
    for path in _KEYS:
        for name in names.read(page.record.at(*path)):
            if name.literal and (person := names.supposed(name.literal)):
                yield Finding(
                    page.file, page.record.line(*path), "KB116", f"“{name.literal}”",
                    "a family name and a given name, where it is a person’s",
                    f"write {{family: {person.family}, given: {person.given}}}, if it is divided like that; "
                    "a body or a pen name may stay as it is")
