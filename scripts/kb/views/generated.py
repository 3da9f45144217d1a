"""The pages that the site makes: of a document its collation and its parallel text, of all texts their state,
and one for the notes that a reader's browser keeps.

In: the project, and the path of one (as in `articles/x/collation.md`). Out: its title, and the document that
it is about. Refuses nothing.
"""

from __future__ import annotations

from kb.corpus import COLLATION, NOTES, PARALLEL, STATE, Page
from kb.languages import Language, word
from kb.project import Project

_TITLES = {COLLATION: "collation-of", PARALLEL: "parallel-of", STATE: "state-title",
           NOTES: "own-title"}
_DESCRIPTIONS = {COLLATION: "collation-description", PARALLEL: "parallel-description",
                 STATE: "state-description", NOTES: "own-description"}
_OF_ALL = (STATE, NOTES)


def name(path: str) -> str:
    """What such a page is, by its path or its file's name; empty for other pages."""
    own = path if path in _OF_ALL else path.rpartition("/")[2]
    return own if own in _TITLES else ""


def document(project: Project, path: str, language: Language) -> Page | None:
    """The document that the page at `path` is made of, to be shown in `language`; None for one of all."""
    return None if path in _OF_ALL else project.corpus.nearest(f"{path.rpartition('/')[0]}.md", language)


def title(project: Project, path: str, language: Language) -> str:
    about = document(project, path, language)
    return word(_TITLES[name(path)], language.tag, title=about.title if about else "")


def description(path: str, about: Page | None, language: Language) -> str:
    return word(_DESCRIPTIONS[name(path)], language.tag, title=about.title if about else "")
