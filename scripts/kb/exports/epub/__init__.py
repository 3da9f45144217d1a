"""EPUB 3 of each document: one of each edition, and one of both side by side.

In: the project, a document as its pages show it, the site's address, the style sheet of books, and
a way to read the site's pictures. Out: place below the site's root → the bytes of a book. Refuses nothing:
a picture that is not there is left out.

`text` and `notes` take a page apart; `volume` holds all that a book tells; `front`, `body`, `glossary` and
`colophon` make its pages, `metadata` what it says of itself, `package` the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb import books
from kb.exports.epub import metadata, package, text
from kb.exports.epub.volume import Volume
from kb.project import Project
from kb.reading.trees import Element
from kb.rendering import Document


def of(
    project: Project, found: Document, *, site_url: str, style: str,
    picture: Callable[[str], bytes | None], entries: dict[tuple[str, ...], Element],
) -> Iterator[tuple[str, bytes]]:
    """(place, bytes) of the books of a document. Its trees are used up. `picture` gives the bytes of the
    picture at a place below the site's root; `entries` are those of the glossary that were made already,
    for other books of the same build."""
    texts = {
        page.language.tag: text.read(project, page, found.trees[page.language.tag], site_url, picture)
        for page in found.editions
    }
    edited = metadata.edited(project, found.editions[0].document)
    for book in books.of(found.editions):
        volume = Volume(project, book, tuple(texts[page.language.tag] for page in book.editions),
                        site_url, edited, entries)
        yield book.place, package.packed(package.assembled(volume, style), edited)
