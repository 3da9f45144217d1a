"""A book as a file: its pages, pictures and metadata in a zip file.

In: a `Volume` and the style sheet of books. Out: the bytes of an EPUB 3, the same for the same volume.
Refuses nothing.
"""

from __future__ import annotations

import datetime
import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator

from ebooklib import epub

from kb import dates
from kb.exports.epub import body, colophon, front, glossary, metadata
from kb.exports.epub.elements import CONTENTS, STYLE, TITLE
from kb.exports.epub.text import PICTURES
from kb.exports.epub.volume import Leaf, Volume, in_one_line

# 1 January 1980, as MS-DOS writes it: year − 1980, month, day in 7, 4 and 5 bits.
_FIRST_DAY = 1 << 5 | 1
# Of zlib: 6 makes a book 3 % smaller and takes half as long again.
_LEVEL = 4
_XHTML = "application/xhtml+xml"


def leaves(volume: Volume) -> tuple[Leaf, ...]:
    """Every page of the book, in reading order."""
    text = body.text(volume)
    terms = glossary.glossary(volume)
    after = [*([terms] if terms else []), colophon.colophon(volume)]
    return front.title_page(volume), front.contents(volume, text, after), text, *after


def assembled(volume: Volume, style: str) -> epub.EpubBook:
    """The book as the library holds it: metadata, files, reading order."""
    book = epub.EpubBook()
    pages = leaves(volume)
    pictures = {file: content for text in volume.texts for file, content in text.pictures.items()
                if any(f'src="{file}"'.encode() in page.content for page in pages)}
    metadata.describe(book, volume, has_pictures=bool(pictures))
    for page in pages:
        _add(book, page.file, _XHTML, page.content, *(("nav",) if page.file == CONTENTS else ()))
    _add(book, STYLE, "text/css", style.encode())
    for file, content in pictures.items():
        _add(book, file, PICTURES[posixpath.splitext(file)[1]], content)
    book.add_item(epub.EpubNcx())
    book.spine = [_id(page.file) for page in pages]
    book.toc = list(_outline(pages))
    return book


def _id(file: str) -> str:
    return "file-" + file.replace("/", "-").rpartition(".")[0]


def _add(book: epub.EpubBook, file: str, kind: str, content: bytes, *properties: str) -> None:
    # As plain items: the library would parse an EpubHtml again, by the rules of HTML.
    item = epub.EpubItem(_id(file), file, kind, content)
    item.properties = list(properties)
    book.add_item(item)


def _outline(pages: tuple[Leaf, ...]) -> Iterator[object]:
    """The table of contents for reading systems of EPUB 2: the library makes the NCX of it."""
    for page in pages:
        if page.file in (TITLE, CONTENTS):
            continue
        name = in_one_line(page.names)
        sections = [epub.Link(f"{page.file}#{anchor}", in_one_line(names), f"section-{n}")
                    for n, (anchor, names) in enumerate(page.sections)]
        if sections:
            yield epub.Section(name, page.file), sections
        else:
            yield epub.Link(page.file, name, f"leaf-{page.file}")


def packed(book: epub.EpubBook, edited: str) -> bytes:
    """The book as a zip file, `mimetype` first and stored (OCF 4.3.1), its entries without a day;
    `edited` becomes its `dcterms:modified`."""
    archive = io.BytesIO()
    epub.write_epub(archive, book, {
        "mtime": datetime.datetime.combine(dates.first_day(edited), datetime.time()), "compresslevel": _LEVEL,
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
