"""What `collation.html` asks for: what became of every received character of a document.

In: the project and the document. Out: a `CollationPage`. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.collation.collate import Collation
from kb.corpus import Page
from kb.languages import Language
from kb.project import Project


@dataclass(frozen=True)
class CollationPage:
    document: str
    collations: tuple[Collation, ...]  # of each received text that carries the document
    marks: tuple[str, ...]  # of each, what its ids end with
    titles: Mapping[str, str]  # each document that one of them carries → its title


def body(project: Project, page: Page, language: Language) -> CollationPage:
    titles = {
        name: found.title
        for one in project.collations_of(page.document) for name in one.received.editions
        if (found := project.corpus.nearest(f"{name}.md", language))
    }
    return CollationPage(page.document, project.collations_of(page.document),
                         project.marks_of(page.document), titles)
