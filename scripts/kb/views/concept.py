"""What `concept.html` asks for: related concepts, the name in the other language, and all uses.

In: the project and a concept's page. Out: a `Concept`. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.corpus import Page
from kb.glossary.concepts import FOLDER, Document, Use
from kb.languages import Language, other
from kb.project import Project

Sections = tuple[tuple[str, tuple[Use, ...]], ...]  # a section's title → the uses in it


@dataclass(frozen=True)
class Concept:
    twin_title: str
    related: tuple[tuple[str, Page], ...]  # (relation, concept)
    uses: tuple[tuple[Document, Sections], ...]

    @property
    def count(self) -> int:
        return sum(len(uses) for _, sections in self.uses for _, uses in sections)


def body(project: Project, page: Page, language: Language) -> Concept:
    corpus = project.corpus
    twin = corpus.page(page.path, other(language))
    name = page.document.rpartition("/")[2]
    return Concept(
        twin_title=twin.front.get("term") or twin.title if twin else "",
        related=tuple(
            (one["relation"], found) for one in page.front.get("related", ())
            if (found := corpus.page(f"{FOLDER}/{one['concept']}.md", language))
        ),
        uses=_grouped(project.glossary.uses_of(name, language)),
    )


def _grouped(uses: tuple[Use, ...]) -> tuple[tuple[Document, Sections], ...]:
    """Uses by document and section, in the order of the text."""
    documents: dict[str, tuple[Document, dict[str, list[Use]]]] = {}
    for use in uses:
        sections = documents.setdefault(use.page.path, (use.page, {}))[1]
        sections.setdefault(use.paragraph.section, []).append(use)
    return tuple(
        (page, tuple((title, tuple(own)) for title, own in sections.items()))
        for page, sections in documents.values()
    )
