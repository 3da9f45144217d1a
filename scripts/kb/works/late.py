"""What is made of all pages together: the search, feeds, lists, files for programs.

In: the book of works. Out: their files, written where they are not there already. In a preview they are made
when somebody asks for one (`is_one`, by its place below the site's root): each costs as much as there are
pages, and whoever writes a text waits for the text. Refuses nothing.
"""

from __future__ import annotations

import re

from kb import exports
from kb.languages import LANGUAGES, Language
from kb.works import search
from kb.works.book import Book

_TAGS = "|".join(language.tag for language in LANGUAGES)
_PREFIXES = "|".join(language.prefix for language in LANGUAGES)
_PLACE = re.compile(rf"search/(?:{_TAGS}|all)/.+\.(?:json|bin|txt)|exports/.+|state\.json"
                    rf"|(?:{_PREFIXES})(?:(?:commentary/)?feed\.xml|llms\.txt)")


def is_one(place: str) -> bool:
    return bool(_PLACE.fullmatch(place))


def write(book: Book, site_url: str) -> None:
    """Write all of them."""
    search.write(book)
    for language in LANGUAGES:
        write_lists(book, language, site_url)


def write_lists(book: Book, language: Language, site_url: str) -> None:
    """Write all but the search, of one language."""
    for kind, made in exports.of_all(language).items():
        name = f"{kind} {language.tag}"
        if not book.is_done(name):
            book.write(name, made(book.project_of(name), language, site_url))
