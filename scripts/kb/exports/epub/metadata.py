"""What a book says of itself: Dublin Core after EPUB 3.3 section 5.5, and EPUB Accessibility 1.1.

In: a `Volume`. Out: the same in the library's book. All dates are the document's own, so that two builds of
one commit are the same to the byte. Refuses nothing.
"""

from __future__ import annotations

import uuid

from ebooklib import epub

from kb import names
from kb.books import Book
from kb.corpus import Page
from kb.exports.epub.volume import Volume
from kb.project import Project


def edited(project: Project, document: str) -> str:
    """The day (ISO 8601) of the last dated change to a document, its notes or its commentary."""
    pages = project.corpus.editions(f"{document}.md")
    days = [str(page.front["published"]) for page in pages]
    days += [day for page in pages if (day := page.front.get("translation", {}).get("post-edited"))]
    days += [entry.date for entry in project.register(document).entries]
    days += [note.date for note in project.sources.of(document).notes]
    days += [comment.page.front["date"] for page in pages
             for comment in project.comments.get((document, page.language.tag), ())]
    return max(days)


def identifier(book: Book, site_url: str) -> str:
    """The address of the page that shows the same; without a site, a name made of its path."""
    if site_url:
        return site_url + book.page_address
    return uuid.uuid5(uuid.NAMESPACE_URL, book.page_address).urn


def describe(book: epub.EpubBook, volume: Volume, *, has_pictures: bool) -> None:
    """Put all metadata of `volume` into `book`."""
    first, words = volume.texts[0].page, volume.words[0]
    book.set_identifier(identifier(volume.book, volume.site_url))
    book.title = first.title
    if volume.book.is_bilingual:  # on a shelf it stands beside the others
        book.title = words.word("book-both-title", title=first.title)
    book.set_direction("ltr")
    _Said(book).title(volume)
    _Said(book).makers(volume)
    _Said(book).edition(volume)
    _Said(book).access(volume, has_pictures=has_pictures)


class _Said:
    """What is said in a book's package document, in the order in which it is said."""

    def __init__(self, book: epub.EpubBook) -> None:
        self.book = book

    def say(self, name: str, value: str, **others: str) -> None:
        self.book.add_metadata("DC", name, value, others or None)

    def refine(self, subject: str, key: str, value: str, **others: str) -> None:
        self.book.add_metadata(
            None, "meta", value, {"refines": f"#{subject}", "property": key, **others})

    def fact(self, name: str, value: str, **others: str) -> None:
        self.book.add_metadata(None, "meta", value, {"property": f"schema:{name}", **others})

    def title(self, volume: Volume) -> None:
        """The title and the authors, each also in the other language of the book."""
        first = volume.texts[0].page
        self.say("title", self.book.title, id="title", **_tagged(first))
        for place, name in enumerate(names.read(first.front["author"]), 1):
            self.say("creator", name.full, id=f"creator-{place}", **_tagged(first))
            self.refine(f"creator-{place}", "role", "aut", scheme="marc:relators")
        for text, words in zip(volume.texts[1:], volume.words[1:], strict=True):
            own = words.word("book-both-title", title=text.page.title)
            self.refine("title", "alternate-script", own, **_tagged(text.page))
            for place, name in enumerate(names.read(text.page.front["author"]), 1):
                self.refine(f"creator-{place}", "alternate-script", name.full, **_tagged(text.page))

    def makers(self, volume: Volume) -> None:
        """The languages, and who signs the notes and the commentary in each."""
        said: set[str] = set()  # what is not translated is signed alike in both languages
        for page in (text.page for text in volume.texts):
            self.say("language", page.language.tag)
            own = [name for name in _editors(volume.project, page) if name not in said]
            said.update(own)
            for place, name in enumerate(own, 1):
                editor = f"editor-{page.language.tag}-{place}"
                self.say("contributor", name, id=editor, **_tagged(page))
                self.refine(editor, "role", "edt", scheme="marc:relators")

    def edition(self, volume: Volume) -> None:
        first, words = volume.texts[0].page, volume.words[0]
        self.say("publisher", words.word("site-name"), **_tagged(first))
        self.say("date", str(first.front["published"]))
        for source in dict.fromkeys(text.page.front.get("source") for text in volume.texts):
            if source:
                self.say("source", source)
        self.say("description", str(first.front["description"]), **_tagged(first))
        self.say("rights", words.rights(first, volume.project.settings.license), **_tagged(first))

    def access(self, volume: Volume, *, has_pictures: bool) -> None:
        """How the book can be read."""
        modes = ["textual", "visual"] if has_pictures else ["textual"]
        for mode in modes:
            self.fact("accessMode", mode)
        self.fact("accessModeSufficient", ",".join(modes))
        for feature in ("tableOfContents", "structuralNavigation", "readingOrder",
                        "displayTransformability", "unlocked"):
            self.fact("accessibilityFeature", feature)
        self.fact("accessibilityHazard", "none")
        for text, words in zip(volume.texts, volume.words, strict=True):
            self.fact("accessibilitySummary", words.word("book-accessibility"), **_tagged(text.page))


def _tagged(page: Page) -> dict[str, str]:
    return {"{http://www.w3.org/XML/1998/namespace}lang": page.language.tag}


def _editors(project: Project, page: Page) -> tuple[str, ...]:
    """Who signs the notes and the commentary of a text."""
    tag = page.language.tag
    found = [note.signed[tag] for note in project.sources.of(page.document).notes]
    for comment in project.comments.get((page.document, tag), ()):
        found += (name.full for name in names.read(comment.page.front["authors"]))
    return tuple(dict.fromkeys(found))
