"""What kinds of page there are: those of documents from `kinds.yml` beside this module, and the site's own.

In: `kinds.yml`. Out: `DOCUMENTS`, and the schemas of front matter with these kinds in them. Refuses to load
an entry that lacks something or has a key too many, so that no document can come out half described.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kb.languages import BY_TAG

COMMENTARY = ("note", "correction", "update", "essay")
CONCEPT = "concept"
PLAIN = "page"
_OWN = (PLAIN, "home", "index", "timeline")
_NEEDED = {"names", "shelf", "schema-org", "csl", "bibtex", "ris"}
_SHELF = re.compile(r"[a-z][a-z0-9-]{2,}")  # of two letters, it would be taken for a language


@dataclass(frozen=True)
class Kind:
    """A kind of document: `names` by language tag, the folder `shelf`, and its type in each vocabulary."""

    key: str
    names: Mapping[str, str]
    shelf: str
    schema_org: str
    csl: str
    bibtex: str
    ris: str
    is_named: bool = True


def read(text: str) -> dict[str, Kind]:
    """The kinds that `text` lists, in its order. ValueError says which entry is wrong, and how."""
    found: dict[str, Kind] = {}
    for key, entry in yaml.safe_load(text).items():
        missing = _NEEDED - entry.keys() | {f"names.{tag}" for tag in BY_TAG if not entry["names"].get(tag)}
        unknown = entry.keys() - _NEEDED - {"is-named"}
        if missing or unknown:
            raise ValueError(f"kinds.yml: {key} lacks {', '.join(sorted(missing)) or 'nothing'}, "
                             f"and has {', '.join(sorted(unknown)) or 'nothing'} that no kind has")
        if not _SHELF.fullmatch(entry["shelf"]) or key in (*COMMENTARY, CONCEPT, *_OWN):
            raise ValueError(f"kinds.yml: {key} or its shelf has a name that is taken or cannot be a folder")
        found[key] = Kind(key, **{name.replace("-", "_"): value for name, value in entry.items()})
    return found


DOCUMENTS: Mapping[str, Kind] = read((Path(__file__).parent / "kinds.yml").read_text("utf-8"))
# Each folder once, with the kind that gives it its name.
SHELVES: Mapping[str, Kind] = {
    shelf: next(kind for kind in DOCUMENTS.values() if kind.shelf == shelf)
    for shelf in dict.fromkeys(kind.shelf for kind in DOCUMENTS.values())
}
ALL = (*_OWN, *DOCUMENTS, CONCEPT, *COMMENTARY)


def in_schema(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of that name with the kinds that it allows."""
    if name == "document":
        last = list(DOCUMENTS)[-1]
        said = ", ".join(one for one in DOCUMENTS if one != last)
        kind = {"enum": list(DOCUMENTS), "description": f"{said} or {last}"}
    elif name in ("kind", "page"):
        kind = {"enum": list(ALL), "description": "what the page is: " + ", ".join(ALL)}
    else:
        return schema
    return {**schema, "properties": {**schema["properties"], "kind": kind}}
