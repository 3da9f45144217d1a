"""What `home.html` asks for: the newest pages of each shelf.

In: the project. Out: a `Home`. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb import kinds
from kb.corpus import Page
from kb.languages import Language, word
from kb.project import Project
from kb.views.listing import newest_first


@dataclass(frozen=True)
class Shelf:
    folder: str
    title: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Home:
    shelves: tuple[Shelf, ...]  # that hold something
    has_state: bool  # whether there is a page on the state of all texts


def body(project: Project, page: Page, language: Language) -> Home:
    names = {shelf: kind.names[language.tag] for shelf, kind in kinds.SHELVES.items()}
    names |= {"commentary": word("commentary", language.tag), "glossary": word("glossary", language.tag)}
    shelves = tuple(Shelf(folder, name, pages) for folder, name in names.items()
                    if (pages := newest_first(project.corpus.below(folder, language))))
    return Home(shelves, project.corpus.has_texts)
