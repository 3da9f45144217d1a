"""Pictures and documents beside the pages: which kinds there may be, judged by what a file holds.

In: a file's name and its bytes. Out: what is wrong with it, empty where nothing is. A file whose name says
one thing and whose bytes another is refused, and so is one that goes on after its end, where something else
could stand. No kind is taken that a browser would run as a script: pictures and CSV never are, and a PDF is
none. The look is honest and short: it does not prove that a picture can be shown, nor that a PDF is
harmless.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from kb import drawings
from kb.characters import unseen
from kb.files import ended_alike

# What a PDF can do besides showing pages: scripts, programs, other files, forms that are sent.
_ACTS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|GoToE|GoToR"
                   rb"|Movie|Sound|Rendition|Encrypt|AA)(?![A-Za-z0-9])")
# A link to anything but a page or a mailbox; packings that are not looked into.
_LEADS = re.compile(rb"/URI\s*(?:\(\s*(?!https?:|mailto:)|<|[0-9])", re.IGNORECASE)
_PACKED = re.compile(rb"/(ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW|RunLengthDecode|Crypt)"
                     rb"(?![A-Za-z0-9])")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_LOOKED_INTO = 50_000_000  # bytes of a PDF's streams, unpacked: more is not looked through
# Signs of full width are signs to some programs in Chinese and Japanese; a number may have one of its own.
_CELL_OF_A_NUMBER = r'\.?\d[\d.]*(?:[eE][+-]?\d+)?%?"?\s*(?:[,;\t]|$)'
_FORMULA = re.compile(rf'(?m)(?:^|[,;\t])"?\s*(?:[=@＝＠＋－]|[+-](?!{_CELL_OF_A_NUMBER}))')


def problem(name: str, data: bytes) -> str:
    """Why the file is no picture or document of an allowed kind."""
    ending = PurePosixPath(name).suffix
    look = _KINDS.get(ending)
    if look is None:
        return f"a file that ends in “{ending}”" if ending else "a file whose name has no ending"
    try:
        return look(data)
    except (struct.error, IndexError, ValueError, zlib.error):
        return f"something else than its ending “{ending}” says"


def endings() -> str:
    return ", ".join(_KINDS)


def _png(data: bytes) -> str:
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "something else than a PNG"
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, at)
        at += 12 + length
    return _ends(at, data)


def _jpeg(data: bytes) -> str:
    at, kind = 2, 0
    while data.startswith(b"\xff\xd8") and kind != 0xDA:  # segments, each after its length, up to the picture
        mark, kind, length = struct.unpack_from(">BBH", data, at)
        if mark != 0xFF:
            break
        at += 2 + length
    if kind != 0xDA:
        return "something else than a JPEG"
    return "" if data.rstrip(b"\0").endswith(b"\xff\xd9") else "something after the end of the picture"


def _gif(data: bytes) -> str:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        return "something else than a GIF"
    at = 13 + _table(data[10])
    while data[at] != 0x3B:
        if data[at] == 0x2C:
            at += 10 + _table(data[at + 9]) + 1
        elif data[at] == 0x21:
            at += 2
        else:
            return "something else than a GIF"
        while data[at]:  # blocks, each after its length
            at += 1 + data[at]
        at += 1
    return _ends(at + 1, data)


def _table(flags: int) -> int:
    """How many bytes a table of colours has."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _webp(data: bytes) -> str:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or data[12:16] not in (b"VP8 ", b"VP8L", b"VP8X"):
        return "something else than a WebP"
    size = int(struct.unpack_from("<I", data, 4)[0])
    return _ends(8 + size + size % 2, data) if len(data) != 8 + size else ""


def _avif(data: bytes) -> str:
    if data[4:8] != b"ftyp" or data[8:12] not in (b"avif", b"avis"):
        return "something else than an AVIF"
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if size == 1:
            size = int(struct.unpack_from(">Q", data, at + 8)[0])
        if size < 8 or not kind.isalnum():
            return "something after the end of the picture"
        at += size
    return _ends(at, data)


def _ends(at: int, data: bytes) -> str:
    if at == len(data):
        return ""
    return "a picture that is cut off" if at > len(data) else "something after the end of the picture"


def _pdf(data: bytes) -> str:
    if not data.startswith(b"%PDF-"):
        return "something else than a PDF"
    if b"%%EOF" not in data[-1024:]:
        return "a PDF that does not end, or goes on after its end"
    budget = _LOOKED_INTO
    for part in _parts(data):
        budget -= len(part)
        if budget < 0:
            return "a PDF too large to be looked through"
        spelled = _spelled(part)
        if found := _ACTS.search(spelled) or _PACKED.search(spelled):
            return f"a PDF with {found.group().decode()}"
        if _LEADS.search(spelled):
            return "a PDF with a link that is no web address"
    return ""


def _parts(data: bytes) -> Iterator[bytes]:
    """What stands in the open, and each stream unpacked where it is packed in the usual way."""
    yield _STREAM.sub(b"", data)
    for stream in _STREAM.finditer(data):
        try:
            yield zlib.decompressobj().decompress(stream.group(1), _LOOKED_INTO)
        except zlib.error:
            continue  # a picture, or packed otherwise


def _spelled(part: bytes) -> bytes:
    """`/J#61vaScript` is `/JavaScript`."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda match: bytes.fromhex(match.group(1).decode()), part)


def _csv(data: bytes) -> str:
    try:
        text = ended_alike(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return "a table that is not UTF-8"
    if next(unseen(text), None) is not None:
        return "a table with characters that cannot be seen"
    return "a cell that programs take for a formula" if _FORMULA.search(text) else ""


_KINDS: Mapping[str, Callable[[bytes], str]] = {
    ".avif": _avif, ".csv": _csv, ".gif": _gif, ".jpeg": _jpeg, ".jpg": _jpeg, ".pdf": _pdf, ".png": _png,
    ".svg": drawings.problem, ".webp": _webp,
}
