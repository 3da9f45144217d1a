"""A record as CSL-JSON (the `csl-data.json` schema of CSL 1.0.2): the input of every CSL processor.

In: a `Record`. Out: a dictionary, or the text of `citation.json`, an array of one. What CSL has no
variable for stands under `custom`, as its schema asks. No date of access: it is the reader's, and
the browser adds it.
"""

from __future__ import annotations

import json
from typing import Any

from kb.citation.records import Record
from kb.names import Name

# Articles, press releases and commentary are pages of a website: `webpage`, which every style gives
# with its site, its day and its address (GB/T 7714 as [EB/OL]). Not `article`, which CSL keeps for
# preprints and Chicago prints so; not `report`, which styles cut down to a year and a publisher; not
# `post-weblog`, since neither a register nor an edition is a blog. A concept is an entry that
# explains a subject, not only a word: `entry-encyclopedia`.
_TYPES = {"concept": "entry-encyclopedia"}


def type_of(kind: str) -> str:
    return _TYPES.get(kind, "webpage")


def item(record: Record) -> dict[str, Any]:
    """The record's CSL item; what is empty is left out."""
    custom = {"edition": record.edition, "original-language": record.original_language}
    found = {
        "id": record.key,
        "type": type_of(record.kind),
        "title": record.title,
        "author": [_name(name) for name in record.authors],
        "editor": [_name(name) for name in record.editors],
        "translator": [_name(name) for name in record.translators],
        "container-title": record.site,
        "issued": _date(record.issued),
        "original-date": _date(record.original_date),
        "original-title": record.original_title,
        "language": record.language.tag,
        "URL": record.url,
        "genre": record.genre,
        "abstract": record.description,
        "note": record.note,
        "custom": {key: value for key, value in custom.items() if value},
    }
    return {key: value for key, value in found.items() if value}


def text(record: Record) -> str:
    return json.dumps([item(record)], ensure_ascii=False, indent=1) + "\n"


def _name(name: Name) -> dict[str, str]:
    parts = {"family": name.family, "given": name.given, "literal": name.literal}
    return {key: value for key, value in parts.items() if value}


def _date(iso: str) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in iso.split("-")]]} if iso else None
