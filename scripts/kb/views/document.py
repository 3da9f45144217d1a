"""What `document.html` asks for: the books of a document, and the pages made of it.

In: the project and a document's page. Out: a `Document`. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb import books
from kb.collation import rests
from kb.collation.sources import Received
from kb.corpus import Page
from kb.languages import LANGUAGES, Language
from kb.project import Project
from kb.targets import address
from kb.views import state
from kb.views.fates import Line, lines
from kb.views.words import Words


@dataclass(frozen=True)
class Document:
    books: tuple[books.Book, ...]  # of its own text, and of both
    fates: tuple[Line, ...]
    has_parallel: bool
    has_collation: bool
    received: tuple[Received, ...]  # what this edition rests on
    state_row: str  # the id at which the page on the state of all texts speaks of it
    has_history: bool  # whether its wordings are recorded
    has_citing: bool  # whether the site says how to cite
    sentences: str  # where both editions stand sentence by sentence
    has_annotations: bool  # whether editors have written about its paragraphs


def body(project: Project, page: Page, language: Language) -> Document:
    both = project.corpus.both(page.path)
    return Document(
        books=tuple(book for book in books.of(both or (page,)) if page in book.editions),
        fates=lines(Words(language), [project.fates(page.document, page.language)]),
        has_parallel=bool(both),
        has_collation=bool(project.collations_of(page.document)),
        received=rests.of(project.sources, page),
        state_row=state.row(page.document),
        has_history=bool(project.register(page.document).entries),
        has_citing=bool(project.corpus.editions("about/citing.md")),
        sentences=f"{address(page.path, LANGUAGES[0])}sentences.json",
        has_annotations=bool(project.comments.get((page.document, page.language.tag))
                             or project.notes_of(page.document, page.language)),
    )
