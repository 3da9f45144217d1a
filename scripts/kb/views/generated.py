"""The pages that the site makes: of a document its collation, its parallel text and its wordings through
time; of all texts their state, how to take them along, the page on which quotations are checked, and one for
the notes that a reader's browser keeps.

In: the project, and the path of one (as in `articles/x/collation.md`). Out: its title, and the document that
it is about. Refuses nothing.
"""

from __future__ import annotations

from kb.corpus import ALONE, CHECK, COLLATION, HISTORY, NOTES, OFFLINE, PARALLEL, STATE, Page
from kb.languages import Language, word
from kb.project import Project

_TITLES = {COLLATION: "collation-of", PARALLEL: "parallel-of", HISTORY: "course-of", STATE: "state-title",
           CHECK: "check-title", OFFLINE: "offline-title", NOTES: "own-title"}
_DESCRIPTIONS = {COLLATION: "collation-description", PARALLEL: "parallel-description",
                 HISTORY: "course-description", STATE: "state-description", CHECK: "check-description",
                 OFFLINE: "offline-description", NOTES: "own-description"}


def name(path: str) -> str:
    """What such a page is, by its path or its file's name; empty for other pages."""
    own = path if path in ALONE else path.rpartition("/")[2]
    return own if own in _TITLES else ""


def document(project: Project, path: str, language: Language) -> Page | None:
    """The document that the page at `path` is made of, to be shown in `language`; None for those of all."""
    return None if path in ALONE else project.corpus.nearest(f"{path.rpartition('/')[0]}.md", language)


def title(project: Project, path: str, language: Language) -> str:
    about = document(project, path, language)
    return word(_TITLES[name(path)], language.tag, title=about.title if about else "")


def description(path: str, about: Page | None, language: Language) -> str:
    return word(_DESCRIPTIONS[name(path)], language.tag, title=about.title if about else "")
