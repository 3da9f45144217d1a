"""A PDF in fewer bytes: what Chromium writes in full is put into compressed streams of objects.

In: a PDF with one table of references, as Chromium writes it (ISO 32000-1, 7.5.4). Out: the same objects
under the same numbers: streams, and what the file says of itself, byte for byte; all others, most of which
tell how the text is built to those who hear it, in object streams (7.5.7), with a stream of references in
place of the table (7.5.8). Refuses nothing: a file that is written in another way stays as it is.
"""

from __future__ import annotations

import re
import zlib

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s+((?:\d{10} \d{5} [fn]\s{2})+)trailer\s*<<(.*?)>>\s*\Z", re.DOTALL)
_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\s*endobj\s*\Z", re.DOTALL)
_INFO = re.compile(rb"/Info (\d+) 0 R")
_TOGETHER = 200  # objects in a stream: who looks for one unpacks no more


def packed(pdf: bytes) -> bytes:
    """The file with its objects packed, or as it is."""
    found = _objects(pdf)
    if found is None:
        return pdf
    objects, trailer = found
    made = bytearray(b"%PDF-1.5" + pdf[len(b"%PDF-1.5"):min(objects.values(), key=lambda one: one[0])[0]])
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}  # number → kind, and where it is
    loose = []
    said = _INFO.search(trailer)  # in full, for programs that look for it
    for number, (_, body) in sorted(objects.items()):
        if body.endswith(b"endstream") or (said and number == int(said[1])):
            places[number] = (1, len(made), 0)
            made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
        else:
            loose.append((number, body))
    last = max(objects)
    for first in range(0, len(loose), _TOGETHER):
        last += 1
        part = loose[first:first + _TOGETHER]
        places |= {number: (2, last, at) for at, (number, _) in enumerate(part)}
        places[last] = (1, len(made), 0)
        made += _stream(last, *_together(part))
    places[last + 1] = (1, len(made), 0)
    table = b"".join(bytes([kind]) + where.to_bytes(4, "big") + more.to_bytes(2, "big")
                     for kind, where, more in (places.get(one, places[0]) for one in range(last + 2)))
    head = b"/Type /XRef /Size %d /W [1 4 2] %b" % (last + 2, re.sub(rb"/Size \d+", b"", trailer).strip())
    start = len(made)
    return bytes(made + _stream(last + 1, head, table) + b"startxref\n%d\n%%%%EOF\n" % start)


def _objects(pdf: bytes) -> tuple[dict[int, tuple[int, bytes]], bytes] | None:
    """Number → place and words of each object, and what the trailer says; nothing where the file is not as
    expected to the last object."""
    end = _END.search(pdf)
    table = _TABLE.match(pdf, int(end[1]), end.start()) if end and pdf.startswith(b"%PDF-1.4") else None
    if not table:
        return None
    entries = table[2].split(b"\n")[:-1]
    places = {number: int(entry[:10]) for number, entry in enumerate(entries) if entry[17:18] == b"n"}
    ends = [*sorted(places.values())[1:], table.start()]
    found = {}
    for (number, place), until in zip(sorted(places.items(), key=lambda one: one[1]), ends, strict=True):
        one = _OBJECT.match(pdf[place:until])
        if not one or int(one[1]) != number:
            return None
        found[number] = (place, one[2])
    return (found, table[3]) if found and int(table[1]) == len(entries) else None


def _together(part: list[tuple[int, bytes]]) -> tuple[bytes, bytes]:
    """What an object stream says of itself, and its content: numbers and places, then the objects."""
    places, content = [], bytearray()
    for number, body in part:
        places.append(b"%d %d" % (number, len(content)))
        content += body + b"\n"
    head = b" ".join(places) + b"\n"
    return b"/Type /ObjStm /N %d /First %d" % (len(part), len(head)), head + content


def _stream(number: int, head: bytes, content: bytes) -> bytes:
    data = zlib.compress(content, 9)
    return (b"%d 0 obj\n<<%b /Filter /FlateDecode /Length %d>>\nstream\n%b\nendstream\nendobj\n"
            % (number, head, len(data), data))
