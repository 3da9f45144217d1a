"""The ways into the site: what its navigation leads to, and its page for lost addresses.

In: the project, and what `mkdocs.yml` names. Out: paths and words. A shelf without a document is left out; a
tree need not have every page that the navigation names. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kb import kinds
from kb.glossary.concepts import FOLDER
from kb.languages import Language, word
from kb.project import Project

_HOME = "index.md"


def shelves(project: Project) -> tuple[str, ...]:
    """The folders of documents that hold some, in the order of the kinds."""
    held = {page.path.rpartition("/")[0] for page in project.corpus.documents}
    return tuple(shelf for shelf in kinds.SHELVES if shelf in held)


def navigation(project: Project, named: Sequence[Any]) -> list[Any]:
    """What the navigation leads to: `named`, as in `mkdocs.yml`, and the shelves, which stand after the home
    page where they are not named themselves."""
    held = [f"{shelf}/index.md" for shelf in shelves(project)]
    empty = {f"{shelf}/index.md" for shelf in kinds.SHELVES} - set(held)
    found = [one for one in named if not isinstance(one, str)
             or (project.corpus.editions(one) and one not in empty)]
    more = [one for one in held if one not in found and project.corpus.editions(one)]
    at = found.index(_HOME) + 1 if _HOME in found else 0
    return [*found[:at], *more, *found[at:]]


def lost(project: Project, language: Language) -> tuple[tuple[str, str], ...]:
    """Folder and words of each link on the page for lost addresses."""
    tag = language.tag
    return (
        *((f"{shelf}/", word("not-found-shelf", tag, what=kinds.SHELVES[shelf].names[tag]))
          for shelf in shelves(project)),
        (f"{FOLDER}/", word("not-found-glossary", tag)),
    )
