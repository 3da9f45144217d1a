"""A file as it is taken: what it is, and its text.

In: the bytes of a file, its name, and what the editor says of its encoding. Out: a `Taken`: the text with
its lines, judged by both extractors where it is a page, and what the file says of it; or one finding
(KB140, KB132). A Word file is read by mammoth, which keeps its headings and lists, and a PDF by pypdf,
which gives the lines that are printed. Refuses what is empty, only a picture, or larger than the site
takes."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterable

from kb import limits
from kb.findings import Finding
from kb.importing import decoding, extractors, facts, judging, pages, plaintext, printed
from kb.importing.values import Line, Taken

FORMS = "a web page (.html), plain text (.txt), a Word file (.docx) or a PDF with text"
_PICTURES = {
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"RIFF": "WebP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"BM": "BMP",
}
_HTML = re.compile(r"<!doctype html|<html\b|<head\b|<body\b|<meta\b", re.IGNORECASE)
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def too_large(size: int, file: str) -> Finding | None:
    """What is wrong with a file of so many bytes."""
    return None if size <= limits.FILE_BYTES else limits.over(
        file, 1, f"a file of {size} bytes", f"at most {limits.FILE_BYTES}",
        "save the page without its pictures, or divide the text")


def taken(data: bytes, file: str, encoding: str = "") -> Taken | Finding:
    """The text of a file."""
    if large := too_large(len(data), file):
        return large
    if not data.strip():
        return Finding(
            file, 1, "KB140", "an empty file", FORMS, "save it again, and look whether it has text"
        )
    found = _taken(data, file, encoding)
    if isinstance(found, Taken):
        if not any(line.words for line in found.lines):
            return Finding(file, 1, "KB140", "a file without words", FORMS, _OCR)
        if (size := len(found.text.encode())) > limits.TEXT_BYTES:
            return limits.over(
                file, 1, f"a text of {size} bytes", f"at most {limits.TEXT_BYTES}", "divide it"
            )
    return found


_OCR = "if it is a picture of a text, have its characters recognised first, and compare them with the picture"


def _taken(data: bytes, file: str, encoding: str) -> Taken | Finding:
    for begin, name in _PICTURES.items():
        if data.startswith(begin):
            return Finding(file, 1, "KB140", f"a picture ({name})", FORMS, _OCR)
    if data.startswith(b"%PDF-"):
        return _pdf(data, file)
    if data.startswith(b"PK\x03\x04"):
        return _word(data, file)
    if data.startswith(_OLD_WORD):
        return Finding(
            file,
            1,
            "KB140",
            "a Word file of the old kind (.doc)",
            FORMS,
            "open it in Word or LibreOffice, and save it as .docx",
        )
    decoded = decoding.decoded(data, file, encoding)
    if isinstance(decoded, Finding):
        return decoded
    text, name = decoded
    if "\0" in text:
        return Finding(
            file,
            text.count("\n", 0, text.find("\0")) + 1,
            "KB140",
            "a file that is no text",
            FORMS,
            "save it as one of these",
        )
    if _HTML.search(text[:4096]):
        return _page(text, "html", name)
    return Taken(
        "text",
        name,
        text,
        plaintext.lines(text),
        is_itself=name == "utf-8" and not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data,
    )


def _page(text: str, form: str, encoding: str) -> Taken:
    root = pages.tree(text)
    lines = extractors.judged(text, pages.lines(root))
    told = facts.of_page(root, text[:2000], judging.judged(lines))
    return Taken(form, encoding, _text(lines), lines, told)


def _text(lines: Iterable[Line]) -> str:
    return "".join(f"{line.text}\n" for line in lines)


def _word(data: bytes, file: str) -> Taken | Finding:
    import mammoth

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            size = sum(one.file_size for one in archive.infolist())
        if "word/document.xml" not in names:
            return Finding(
                file, 1, "KB140", "an archive that is no Word file", FORMS, "take the text out of it"
            )
        if size > 10 * limits.FILE_BYTES:
            return limits.over(
                file,
                1,
                f"a file that unpacks to {size} bytes",
                f"at most {10 * limits.FILE_BYTES}",
                "take the pictures out, or divide it",
            )
        body = mammoth.convert_to_html(
            io.BytesIO(data), convert_image=mammoth.images.img_element(lambda _: {"src": ""})
        ).value
    except Exception as error:  # whatever a broken archive makes the two libraries raise
        return _broken(file, "DOCX", error)
    lines = pages.lines(pages.tree(f"<body>{body}</body>"))
    return Taken("docx", "", _text(lines), lines)


def _pdf(data: bytes, file: str) -> Taken | Finding:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return Finding(file, 1, "KB140", "a PDF with a password", FORMS, "save it without one")
        sheets = [page.extract_text() for page in reader.pages]
    except Exception as error:  # whatever a broken file makes the library raise
        return _broken(file, "PDF", error)
    if not "".join(sheets).strip():
        return Finding(file, 1, "KB140", f"a PDF of {len(sheets)} pages without text", FORMS, _OCR)
    lines = printed.lines(sheets)
    return Taken("pdf", "", _text(lines), lines)


def _broken(file: str, what: str, error: Exception) -> Finding:
    return Finding(
        file,
        1,
        "KB140",
        f"a {what} that cannot be read ({type(error).__name__})",
        FORMS,
        "open it in the program that made it, and save it again",
    )
