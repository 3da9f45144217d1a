"""What kinds of page there are: those of documents from `kinds.yml` beside this module, and the site's own.

In: `kinds.yml`. Out: `DOCUMENTS`, and the schemas of front matter with these kinds in them. Refuses to load
an entry that lacks something or has a key too many, so that no document can come out half described.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb import parsers
from kb.languages import BY_TAG, word

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

    def index(self, tag: str) -> tuple[dict[str, str], str, str]:
        """An index of its shelf where nobody wrote one: front matter, the same as text, and the text."""
        name = self.names[tag]
        front = {"kind": "index", "lists": self.shelf,
                 "description": word("shelf-description", tag, what=name)}
        head = "".join(f"{key}: {value}\n" for key, value in front.items())
        return front, f"---\n{head}---\n\n", f"# {name}\n\n{word('shelf-lead', tag, what=name)}\n"


def read(text: str) -> dict[str, Kind]:
    """The kinds that `text` lists, in its order. ValueError says which entry is wrong, and how."""
    found: dict[str, Kind] = {}
    for key, entry in parsers.own(text).items():
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


def without_index(documents: Iterable[str], taken: Container[str]) -> Iterator[Kind]:
    """A kind of each shelf that holds one of the documents, given by their paths, and whose index and address
    no page has `taken`."""
    held = {path.rpartition("/")[0] for path in documents}
    for shelf, kind in SHELVES.items():
        if shelf in held and f"{shelf}/index.md" not in taken and f"{shelf}.md" not in taken:
            yield kind


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
    own = {**schema["properties"]["kind"], **kind}  # with its example
    return {**schema, "properties": {**schema["properties"], "kind": own}}
