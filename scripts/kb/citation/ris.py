"""A reference as RIS, the tagged format that every reference manager reads.

In: a `Reference`. Out: the text of `citation.ris`: UTF-8, one reference, lines end as RIS wants them. No
date of access (Y2): it is the reader's, and the browser adds it. RIS has no field for an original's
language or title, so `OP` says the original's title and day, and a note says the rest.
"""

from __future__ import annotations

from kb import kinds
from kb.characters import one_line
from kb.citation.references import Reference

# A page of a website, and an entry of an encyclopedia; what a document is, kinds.yml says.
_TYPES = {**{key: kind.ris for key, kind in kinds.DOCUMENTS.items()}, "concept": "ENCYC"}


def text(reference: Reference) -> str:
    """The reference; what is empty is left out."""
    original = ", ".join(part for part in (reference.original_title, reference.original_date) if part)
    lines = [
        ("TY", _TYPES.get(reference.kind, "ELEC")),
        ("ID", reference.key),
        *(("AU", name.inverted) for name in reference.authors),
        *(("A2", name.inverted) for name in reference.editors),
        *(("A4", name.inverted) for name in reference.translators),
        ("TI", reference.title),
        ("T2", reference.site),
        ("M3", reference.genre),
        ("PY", reference.issued[:4]),
        ("DA", reference.issued.replace("-", "/")),
        ("ET", reference.edition),
        ("OP", original),
        ("LA", reference.language.tag),
        ("UR", reference.url),
        ("AB", reference.description),
        ("N1", reference.note),
        ("AN", reference.content),
    ]
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n"
