"""What `document.html` asks for: the books of a document, and the pages made of it.

In: the project and a document's page. Out: a `Document`. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb import books
from kb.anchors.register import Entry
from kb.collation import rests
from kb.collation.sources import Received
from kb.corpus import Page
from kb.languages import Language
from kb.project import Project
from kb.views import generated


@dataclass(frozen=True)
class Document:
    books: tuple[books.Book, ...]  # of its own text, and of both
    withdrawn: tuple[Entry, ...]
    has_parallel: bool
    has_collation: bool
    received: tuple[Received, ...]  # what this edition rests on
    has_citing: bool  # whether the site says how to cite


def body(project: Project, page: Page, language: Language) -> Document:
    both = generated.both(project, page)
    return Document(
        books=tuple(book for book in books.of(both or (page,)) if page in book.editions),
        withdrawn=tuple(project.register(page.document).withdrawn.values()),
        has_parallel=bool(both),
        has_collation=bool(project.collations_of(page.document)),
        received=rests.of(project.sources, page),
        has_citing=bool(project.corpus.editions("about/citing.md")),
    )
