"""What a preview makes when somebody asks for it: what is made of all pages together (the search, feeds,
lists, files for programs), and books.

In: the book of works. Out: the files of what is made of all pages, written where they are not there already;
which kind a file is of (by its place below the site's root), since those of a kind are made together: each
costs as much as there are pages, and whoever writes a text waits for the text. Refuses nothing.
"""

from __future__ import annotations

import re

from kb import exports
from kb.languages import LANGUAGES, Language
from kb.works import search
from kb.works.book import Book

_TAGS = "|".join(language.tag for language in LANGUAGES)
_PREFIXES = "|".join(language.prefix for language in LANGUAGES)
SEARCH, LISTS, BOOKS = "search", "lists", "books"
_PLACES = {
    SEARCH: re.compile(rf"search/(?:{_TAGS}|all)/.+\.(?:json|bin|txt)"),
    LISTS: re.compile(rf"exports/.+|state\.json|(?:{_PREFIXES})(?:(?:commentary/)?feed\.xml|llms\.txt)"),
    BOOKS: re.compile(r".+\.epub"),
}


def kind(place: str) -> str:
    """Which kind of file stands at a place; empty for one that waits for nobody."""
    return next((kind for kind, form in _PLACES.items() if form.fullmatch(place)), "")


def is_one(place: str) -> bool:
    return bool(kind(place))


def write(book: Book, kind: str, site_url: str) -> None:
    """Write those of a kind that are made of all pages."""
    if kind == SEARCH:
        search.write(book)
    for language in LANGUAGES if kind == LISTS else ():
        write_lists(book, language, site_url)


def write_lists(book: Book, language: Language, site_url: str) -> None:
    """Write all but the search, of one language."""
    for kind, made in exports.of_all(language).items():
        name = f"{kind} {language.tag}"
        if not book.is_done(name):
            book.write(name, made(book.project_of(name), language, site_url))
