"""A reference as CSL-JSON (the `csl-data.json` schema of CSL 1.0.2): the input of every CSL processor.

In: a `Reference`. Out: a dictionary, or the text of `citation.json`, an array of one. What CSL has no
variable for stands under `custom`, as its schema asks; what reference managers have no field for, in lines of
`note` (see `Reference.extra`). No date of access: it is the reader's, and
the browser adds it.
"""

from __future__ import annotations

import json
from typing import Any

from kb import kinds
from kb.citation.references import Reference
from kb.names import Name

# What a document is, kinds.yml says. Commentary is a page of a website, `webpage`; not `post-weblog`, since
# neither a register nor an edition is a blog. A concept is an entry that explains a subject, not only a word:
# `entry-encyclopedia`.
_TYPES = {**{key: kind.csl for key, kind in kinds.DOCUMENTS.items()}, "concept": "entry-encyclopedia"}


def type_of(kind: str) -> str:
    return _TYPES.get(kind, "webpage")


def item(reference: Reference) -> dict[str, Any]:
    """The reference's CSL item; what is empty is left out."""
    custom = {"edition": reference.edition, "original-language": reference.original_language,
              "rights": reference.terms, "license": reference.license, "swhid": reference.content,
              # Zotero makes an author of the editor of a web page, but reads `editor: …` in a note as one.
              "editor": [_name(name) for name in reference.editors]}
    found = {
        "id": reference.key,
        "type": type_of(reference.kind),
        "title": reference.title,
        "author": [_name(name) for name in reference.authors],
        "translator": [_name(name) for name in reference.translators],
        "container-title": reference.site,
        "issued": _date(reference.issued),
        "original-date": _date(reference.original_date),
        "original-title": reference.original_title,
        "language": reference.language.tag,
        "URL": reference.url,
        "genre": reference.genre,
        "abstract": reference.description,
        "note": "\n".join(part for part in (*reference.extra, reference.note) if part),
        "custom": {key: value for key, value in custom.items() if value},
    }
    return {key: value for key, value in found.items() if value}


def text(reference: Reference) -> str:
    return json.dumps([item(reference)], ensure_ascii=False, indent=1) + "\n"


def _name(name: Name) -> dict[str, str]:
    parts = {"family": name.family, "given": name.given, "literal": name.literal}
    return {key: value for key, value in parts.items() if value}


def _date(iso: str) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in iso.split("-")]]} if iso else None
