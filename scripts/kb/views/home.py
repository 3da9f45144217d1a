"""What `home.html` asks for: the newest pages of each folder.

In: the project. Out: a `Home`. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.corpus import Page
from kb.languages import Language
from kb.project import Project
from kb.views.listing import newest_first

_SHELVES = ("articles", "press-releases", "commentary", "glossary")


@dataclass(frozen=True)
class Home:
    shelves: Mapping[str, tuple[Page, ...]]  # folder → its pages


def body(project: Project, page: Page, language: Language) -> Home:
    return Home({name: newest_first(project.corpus.below(name, language)) for name in _SHELVES})
