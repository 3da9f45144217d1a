"""What `parallel.html` asks for: both editions of a document, a row a paragraph.

In: the project and the document; its rows are given when the page is made, since a document is finished only
once. Out: a `Parallel`. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb import books
from kb.commentary import Comment
from kb.corpus import Page
from kb.languages import Language
from kb.marks.parallel import Row
from kb.project import Project
from kb.views.fates import Line, lines
from kb.views.words import Words


@dataclass(frozen=True)
class Parallel:
    editions: tuple[Page, ...]
    books: tuple[books.Book, ...]  # only that of both: the others are linked from their own pages
    fates: tuple[Line, ...]
    has_history: bool  # whether its wordings are recorded
    comments: Mapping[str, tuple[Comment, ...]]  # a paragraph's id → what is on it
    rows: tuple[Row, ...] = ()


def body(project: Project, page: Page, language: Language) -> Parallel:
    both = project.corpus.both(page.path)
    comments: dict[str, list[Comment]] = {}
    for comment in project.comments.get((page.document, language.tag), ()):
        comments.setdefault(comment.on, []).append(comment)
    return Parallel(
        editions=both,
        books=tuple(book for book in books.of(both) if book.is_bilingual),
        fates=lines(Words(language), [project.fates(page.document, one.language) for one in both]),
        has_history=bool(project.register(page.document).entries),
        comments={anchor: tuple(own) for anchor, own in comments.items()},
    )
