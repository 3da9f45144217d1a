"""The pages that the site makes: of a document its collation and its parallel text, of all texts their state.

In: the project. Out: their paths (as in `articles/x/collation.md`), their titles, and the document that one
of them is about. Refuses nothing.
"""

from __future__ import annotations

from kb.corpus import COLLATION, PARALLEL, STATE, Page
from kb.languages import Language, word
from kb.project import Project

_TITLES = {COLLATION: "collation-of", PARALLEL: "parallel-of", STATE: "state-title"}
_DESCRIPTIONS = {COLLATION: "collation-description", PARALLEL: "parallel-description",
                 STATE: "state-description"}


def paths(project: Project) -> tuple[str, ...]:
    """All of them: a collation for each document with a received text, the parallel text of each that has two
    editions, and the state of all texts where there are some."""
    collations = dict.fromkeys(
        f"{document}/{COLLATION}"
        for collation in project.collations
        for document in collation.received.editions
        if f"{document}.md" in project.corpus.paths
    )
    parallels = dict.fromkeys(
        f"{page.document}/{PARALLEL}" for page in project.corpus.documents if both(project, page))
    return (*collations, *parallels, *((STATE,) if project.corpus.has_texts else ()))


def name(path: str) -> str:
    """What such a page is, by its path or its file's name; empty for other pages."""
    own = path if path == STATE else path.rpartition("/")[2]
    return own if own in _TITLES else ""


def document(project: Project, path: str, language: Language) -> Page | None:
    """The document that the page at `path` is made of, to be shown in `language`; None for that of all."""
    return project.corpus.nearest(f"{path.rpartition('/')[0]}.md", language)


def title(project: Project, path: str, language: Language) -> str:
    about = document(project, path, language)
    return word(_TITLES[name(path)], language.tag, title=about.title if about else "")


def description(path: str, about: Page | None, language: Language) -> str:
    return word(_DESCRIPTIONS[name(path)], language.tag, title=about.title if about else "")


def both(project: Project, page: Page) -> tuple[Page, ...]:
    """The editions of a document that has two."""
    editions = project.corpus.editions(page.path) if page.is_document else ()
    return editions if len(editions) == 2 and all(one.is_document for one in editions) else ()
