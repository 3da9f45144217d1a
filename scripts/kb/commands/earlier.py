"""What an earlier run of `kb import` wrote, and may be made again.

In: a project's root folder, the names of documents, languages. Out: its drafts with what stands in them;
nothing once one of the documents has a register of ids, because ids are kept for ever. Refuses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kb.collation import sources
from kb.files import read_text
from kb.importing import editions
from kb.languages import Language


def drafts(root: Path, slugs: Sequence[str], languages: Sequence[Language]) -> dict[str, str | None]:
    """The files that an earlier run wrote for these names, with what stands in them: drafts, as long as they
    have no register of ids. The files that texts were taken from are written again only where they differ."""
    names = [f"{language.tree}/{slug}.md" for slug in slugs for language in languages
             if not (root / f"anchors/{slug}.yml").exists()]
    if len(names) < len(slugs) * len(languages):
        return {}
    for language in languages:
        name = editions.name_of(slugs[0], language)
        names += [f"{sources.FOLDER}/{name}.txt", f"{sources.FOLDER}/{name}.yml"]
    there = [name for name in names if (root / name).is_file()]
    found = {name: read_text(root / name, name, as_it_is=True)[0] for name in there}
    return {name: text for name, text in found.items() if text is not None}


def is_there(path: Path, text: str | bytes) -> bool:
    """Whether a received file lies there already as it is to be written."""
    return isinstance(text, bytes) and path.is_file() and path.read_bytes() == text
