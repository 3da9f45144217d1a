"""The ids that other files name: links, commentary, events, notes, emendations, front matter.

In: the project. Out: document → ids. A draft id that is named keeps its number, so that nothing that names
it leads elsewhere. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kb import targets
from kb.anchors import ids
from kb.project import Project


def named(project: Project) -> Mapping[str, frozenset[str]]:
    """Every document of which something names an id → these ids."""
    found: dict[str, set[str]] = {}
    for document, anchor in _all(project):
        found.setdefault(document.removesuffix(targets.MARKDOWN), set()).add(anchor)
    return {document: frozenset(anchors) for document, anchors in found.items()}


def _all(project: Project) -> Iterator[tuple[str, str]]:
    for page in project.corpus.pages.values():
        for link in page.reading.links if any("#" in one.target for one in page.reading.links) else ():
            target = targets.resolved(page.path, link.target)
            if target.fragment:
                yield target.path, target.fragment
        for text in _texts(page.front):
            document, _, anchor = text.rpartition("#")
            if ids.is_paragraph(anchor):
                yield document or page.document, anchor
    for event in project.events.events:
        for name in event.paragraphs:
            document, _, anchor = name.partition("#")
            yield document, anchor
    for document, declared in project.sources.declarations.items():
        yield from ((document, note.on) for note in declared.notes)
        yield from ((document, anchor) for one in declared.emendations.values() for anchor in one)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in (*value, *value.values()):
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
