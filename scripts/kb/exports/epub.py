"""EPUB 3 of each document: one of each edition, and one of both side by side.

In: the project, a document as its pages show it, the site's address, the style sheet of books, and
a way to read the site's pictures. Out: place below the site's root → the bytes of a book. All dates
in a book are its document's own, so that two builds of one commit are the same to the byte. Metadata
after EPUB 3.3 and EPUB Accessibility 1.1. Refuses nothing: a picture that is not there is left out.
"""

from __future__ import annotations

import datetime
import io
import posixpath
import struct
import uuid
import zipfile
from collections.abc import Callable, Iterator

from ebooklib import epub

from kb import books, names
from kb.books import Book
from kb.corpus import Page
from kb.exports import epub_pages, epub_text
from kb.exports.epub_pages import Leaf, Volume
from kb.project import Project
from kb.reading.trees import Element
from kb.rendering import Document

# 1 January 1980, as MS-DOS writes it: year − 1980, month, day in 7, 4 and 5 bits.
_FIRST_DAY = 1 << 5 | 1
# Of zlib: 6 makes a book 3 % smaller and takes half as long again.
_LEVEL = 4
_XHTML = "application/xhtml+xml"


def of(
    project: Project, found: Document, site_url: str, style: str,
    picture: Callable[[str], bytes | None], entries: dict[tuple[str, ...], Element],
) -> Iterator[tuple[str, bytes]]:
    """(place, bytes) of the books of a document. Its trees are used up. `picture` gives the bytes of the
    picture at a place below the site's root; `entries` are those of the glossary that were made already,
    for other books of the same build."""
    texts = {page.language.tag: epub_text.read(project, page, found.trees[page.language.tag], site_url, picture)
             for page in found.editions}
    for book in books.of(found.editions):
        volume = Volume(project, book, tuple(texts[page.language.tag] for page in book.editions),
                        site_url, edited(project, found.editions[0].document), entries)
        yield book.address, packed(made(volume, style), volume.edited)


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


def made(volume: Volume, style: str) -> epub.EpubBook:
    """The book as the library holds it: metadata, files, reading order."""
    book = epub.EpubBook()
    leaves = epub_pages.leaves(volume)
    pictures = {file: content for text in volume.texts for file, content in text.pictures.items()
                if any(f'src="{file}"'.encode() in leaf.content for leaf in leaves)}
    _describe(book, volume, bool(pictures))
    for leaf in leaves:
        properties = ("nav",) if leaf.file == epub_pages.CONTENTS else ()
        _add(book, leaf.file, _XHTML, leaf.content, *properties)
    _add(book, epub_pages.STYLE, "text/css", style.encode())
    for file, content in pictures.items():
        _add(book, file, epub_text.PICTURES[posixpath.splitext(file)[1]], content)
    book.add_item(epub.EpubNcx())
    book.spine = [_id(leaf.file) for leaf in leaves]
    book.toc = list(_outline(leaves))
    return book


def _id(file: str) -> str:
    return "file-" + file.replace("/", "-").rpartition(".")[0]


def _add(book: epub.EpubBook, file: str, kind: str, content: bytes, *properties: str) -> None:
    # As plain items: the library would parse an EpubHtml again, by the rules of HTML.
    item = epub.EpubItem(_id(file), file, kind, content)
    item.properties = list(properties)
    book.add_item(item)


def _outline(leaves: tuple[Leaf, ...]) -> Iterator[object]:
    """The table of contents for reading systems of EPUB 2: the library makes the NCX of it."""
    for leaf in leaves:
        if leaf.file in (epub_pages.TITLE, epub_pages.CONTENTS):
            continue
        name = epub_pages.in_one_line(leaf.names)
        sections = [epub.Link(f"{leaf.file}#{anchor}", epub_pages.in_one_line(names), f"section-{n}")
                    for n, (anchor, names) in enumerate(leaf.sections)]
        if sections:
            yield epub.Section(name, leaf.file), sections
        else:
            yield epub.Link(leaf.file, name, f"leaf-{leaf.file}")


def _describe(book: epub.EpubBook, volume: Volume, has_pictures: bool) -> None:
    """The metadata: Dublin Core as EPUB 3.3 section 5.5 has it, and how the book can be read."""
    pages = [text.page for text in volume.texts]
    first, view = pages[0], volume.views[0]
    book.set_identifier(identifier(volume.book, volume.site_url))
    book.title = first.title
    if volume.book.is_bilingual:  # on a shelf it stands beside the others
        book.title = view.word("book-both-title", title=first.title)
    book.set_direction("ltr")

    def say(name: str, value: str, **others: str) -> None:
        book.add_metadata("DC", name, value, others or None)

    def refine(subject: str, key: str, value: str, **others: str) -> None:
        book.add_metadata(None, "meta", value, {"refines": f"#{subject}", "property": key, **others})

    say("title", book.title, id="title", **_tagged(first))
    for place, name in enumerate(names.read(first.front["author"])):
        say("creator", name.full, id=f"creator-{place + 1}", **_tagged(first))
        refine(f"creator-{place + 1}", "role", "aut", scheme="marc:relators")
    for page, own in list(zip(pages, volume.views))[1:]:
        refine("title", "alternate-script", own.word("book-both-title", title=page.title),
               **_tagged(page))
        for place, name in enumerate(names.read(page.front["author"])):
            refine(f"creator-{place + 1}", "alternate-script", name.full, **_tagged(page))
    for page in pages:
        say("language", page.language.tag)
        for place, name in enumerate(_editors(volume.project, page)):
            editor = f"editor-{page.language.tag}-{place + 1}"
            say("contributor", name, id=editor, **_tagged(page))
            refine(editor, "role", "edt", scheme="marc:relators")
    say("publisher", view.word("site-name"), **_tagged(first))
    say("date", str(first.front["published"]))
    for source in dict.fromkeys(page.front.get("source") for page in pages):
        if source:
            say("source", source)
    say("description", str(first.front["description"]), **_tagged(first))
    say("rights", view.word("footer-rights"), **_tagged(first))
    modes = ["textual", "visual"] if has_pictures else ["textual"]
    facts = [*(("accessMode", mode) for mode in modes), ("accessModeSufficient", ",".join(modes)),
             *(("accessibilityFeature", feature) for feature in
               ("tableOfContents", "structuralNavigation", "readingOrder",
                "displayTransformability", "unlocked")),
             ("accessibilityHazard", "none")]
    for name, value in facts:
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})
    for page, own in zip(pages, volume.views):
        book.add_metadata(None, "meta", own.word("book-accessibility"),
                          {"property": "schema:accessibilitySummary", **_tagged(page)})


def _tagged(page: Page) -> dict[str, str]:
    return {"{http://www.w3.org/XML/1998/namespace}lang": page.language.tag}


def _editors(project: Project, page: Page) -> tuple[str, ...]:
    """Who signs the notes and the commentary of a text."""
    tag = page.language.tag
    found = [note.signed[tag] for note in project.sources.of(page.document).notes]
    for comment in project.comments.get((page.document, tag), ()):
        found += (name.full for name in names.read(comment.page.front["authors"]))
    return tuple(dict.fromkeys(found))


def packed(book: epub.EpubBook, edited: str) -> bytes:
    """The book as a zip file, `mimetype` first and stored (OCF 4.3.1), its entries without a day;
    `edited` becomes its `dcterms:modified`."""
    archive = io.BytesIO()
    epub.write_epub(archive, book, {
        "mtime": datetime.datetime.fromisoformat(edited), "compresslevel": _LEVEL,
        "epub3_pages": False, "raise_exceptions": True})
    return _undated(archive)


def _undated(archive: io.BytesIO) -> bytes:
    """The library writes today's time. In its place stands the first day that a zip file can hold,
    in the header of each entry and in the directory (APPNOTE 4.3.7, 4.3.12). To pack everything
    anew would take longer than to make the book."""
    with zipfile.ZipFile(archive) as whole:
        entries, directory = whole.infolist(), whole.start_dir
    written = bytearray(archive.getvalue())
    for entry in entries:
        struct.pack_into("<HH", written, entry.header_offset + 10, 0, _FIRST_DAY)
        struct.pack_into("<HH", written, directory + 12, 0, _FIRST_DAY)
        lengths = struct.unpack_from("<HHH", written, directory + 28)
        directory += 46 + sum(lengths)  # name, extra field, comment
    return bytes(written)
