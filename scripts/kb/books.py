"""The books that are made of a document, and where they stand.

In: a document's editions. Out: a `Book` for each of them, and one of both where there are two. What
is in a book is decided in `kb.exports`; this module only says which there are, so that pages can
link them. Refuses nothing: a document without editions has no books.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.corpus import Page
from kb.targets import encoded


@dataclass(frozen=True)
class Book:
    """`editions` are the pages that it holds, in the order in which they stand in it."""

    editions: tuple[Page, ...]
    media_type = "application/epub+zip"

    @property
    def is_bilingual(self) -> bool:
        return len(self.editions) > 1

    @property
    def name(self) -> str:
        """The name of the file: the document's, and the languages in it."""
        slug = self.editions[0].document.rpartition("/")[2]
        return f"{slug}.{'-'.join(page.language.tag for page in self.editions)}.epub"

    @property
    def place(self) -> str:
        """Where the file stands, below the site's root: beside its (first) edition."""
        return self.editions[0].place + self.name

    @property
    def pdf_place(self) -> str:
        """Where the same stands as PDF, if it was printed."""
        return self.place.removesuffix("epub") + "pdf"

    @property
    def pdf_address(self) -> str:
        return encoded(self.pdf_place)

    @property
    def page_place(self) -> str:
        """The folder of the page that shows the same."""
        return self.editions[0].place + ("parallel/" if self.is_bilingual else "")

    @property
    def address(self) -> str:
        """The same as a link."""
        return encoded(self.place)

    @property
    def page_address(self) -> str:
        """The page that shows the same, below the site's root."""
        return self.editions[0].address + ("parallel/" if self.is_bilingual else "")


def of(editions: Sequence[Page]) -> tuple[Book, ...]:
    """The books of a document with these `editions`, at most one a language."""
    own = tuple(Book((page,)) for page in editions)
    return (*own, Book(tuple(editions))) if len(own) > 1 else own
