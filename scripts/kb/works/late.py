"""What a preview makes when somebody asks for it: what is made of all pages together (the search, feeds,
lists, files for programs), and what goes with a page, books among it.

In: the book of works, a place below the site's root. Out: which piece the file there is of, since those of a
piece are made together; the files of a piece, written where they are not there already. Whoever writes a text
waits for its pages, and for nothing else. Refuses nothing.
"""

from __future__ import annotations

from kb import exports, targets
from kb.languages import LANGUAGES, Language
from kb.works import search
from kb.works.book import Book

SEARCH, LISTS = "search", "lists"  # no folder of a page: theirs end in “/”
_PREFIXES = tuple(language.prefix for language in LANGUAGES if language.prefix)
_SEARCH = tuple(f"search/{name}/" for name in (*(language.tag for language in LANGUAGES), "all"))
_LISTS = frozenset(("state.json", *(language.prefix + name for language in LANGUAGES for name in (
    exports.feeds.NAME, exports.feeds.COMMENTARY, "llms.txt"))))


def piece(place: str) -> str:
    """Of which piece the file at a place is: the search, the lists, or what goes with a page, by the folder
    of the page in its own tree; empty for a file that waits for nobody."""
    folder, _, name = place.rpartition("/")
    if place.startswith(_SEARCH):
        return SEARCH if name.endswith((".json", ".bin", ".txt")) else ""
    if place in _LISTS or place.startswith("exports/"):
        return LISTS
    if name in exports.NAMES or name.endswith(".epub"):
        prefix = next((one for one in _PREFIXES if place.startswith(one)), "")
        return f"{folder}/".removeprefix(prefix) or "/"
    return ""


def folder(path: str) -> str:
    """The piece of what goes with the page at `path`."""
    return targets.place(path, LANGUAGES[0]) or "/"


def is_one(place: str) -> bool:
    return bool(piece(place))


def write(book: Book, kind: str, site_url: str) -> None:
    """Write what is made of all pages, of a kind."""
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
