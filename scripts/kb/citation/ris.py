"""A record as RIS, the tagged format that every reference manager reads.

In: a `Record`. Out: the text of `citation.ris`: UTF-8, one record, lines end as RIS wants them. No
date of access (Y2): it is the reader's, and the browser adds it. RIS has no field for an original's
language or title, so `OP` says the original's title and day, and a note says the rest.
"""

from __future__ import annotations

from kb.citation.records import Record

# A page of a website, and an entry of an encyclopedia.
_TYPES = {"concept": "ENCYC"}


def text(record: Record) -> str:
    """The record; what is empty is left out."""
    original = ", ".join(part for part in (record.original_title, record.original_date) if part)
    lines = [
        ("TY", _TYPES.get(record.kind, "ELEC")),
        ("ID", record.key),
        *(("AU", name.inverted) for name in record.authors),
        *(("A2", name.inverted) for name in record.editors),
        *(("A4", name.inverted) for name in record.translators),
        ("TI", record.title),
        ("T2", record.site),
        ("M3", record.genre),
        ("PY", record.issued[:4]),
        ("DA", record.issued.replace("-", "/")),
        ("ET", record.edition),
        ("OP", original),
        ("LA", record.language.tag),
        ("UR", record.url),
        ("AB", record.description),
        ("N1", record.note),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value) + "ER  - \r\n"
