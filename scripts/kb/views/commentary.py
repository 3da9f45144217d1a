"""What `commentary.html` asks for: what a commentary is about.

In: the project and its page. Out: a `Commentary`. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.corpus import Page
from kb.languages import Language
from kb.project import Project


@dataclass(frozen=True)
class Commentary:
    on: tuple[tuple[Page, tuple[str, ...]], ...]  # each document once, with its paragraphs


def body(project: Project, page: Page, language: Language) -> Commentary:
    documents: dict[str, list[str]] = {}
    for target in page.front["on"]:
        document, _, anchor = target.partition("#")
        documents.setdefault(document, []).append(anchor)
    return Commentary(tuple(
        (edition, tuple(anchors)) for document, anchors in documents.items()
        if (edition := project.corpus.nearest(f"{document}.md", language))
    ))
