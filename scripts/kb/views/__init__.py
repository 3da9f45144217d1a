"""What a page's template is given.

In: the project and the page to be shown. Out: a `View`: the shell, which is the same for every page, and a
value of its template's own. Both are plain values and small functions: the templates in `theme/` hold the
markup, this package decides what stands in it. Knows nothing of MkDocs. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kb import kinds
from kb.corpus import ALONE, CHECK, COLLATION, HISTORY, NOTES, OFFLINE, PARALLEL, STATE, Page
from kb.languages import LANGUAGES, Language
from kb.project import Project
from kb.views import (
    check,
    collation,
    commentary,
    concept,
    document,
    generated,
    history,
    home,
    listing,
    parallel,
    shell,
    state,
    timeline,
    ways,
)
from kb.views.check import CheckPage
from kb.views.collation import CollationPage
from kb.views.commentary import Commentary
from kb.views.concept import Concept
from kb.views.document import Document
from kb.views.history import HistoryPage
from kb.views.home import Home
from kb.views.listing import Listing
from kb.views.parallel import Parallel
from kb.views.shell import Shell, addresses
from kb.views.state import StatePage
from kb.views.timeline import TimelinePage
from kb.views.words import Words

__all__ = ["Body", "Parallel", "Shell", "View", "Words", "of_all", "view", "ways"]

Body = (CheckPage | CollationPage | Commentary | Concept | Document | HistoryPage | Home | Listing | Parallel
        | StatePage | TimelinePage)
# What a page is → its template, and what that is given. A kind that is not here has words only.
_TEMPLATES: dict[str, tuple[str, Callable[[Project, Page, Language], Body]]] = {
    "home": ("home.html", home.body),
    "index": ("listing.html", listing.body),
    "concept": ("concept.html", concept.body),
    "timeline": ("timeline.html", timeline.body),
    **dict.fromkeys(kinds.DOCUMENTS, ("document.html", document.body)),
    **dict.fromkeys(kinds.COMMENTARY, ("commentary.html", commentary.body)),
    COLLATION: ("collation.html", collation.body),
    PARALLEL: ("parallel.html", parallel.body),
    HISTORY: ("history.html", history.body),
}


_OF_ALL: dict[str, tuple[str, Callable[[Project, Language], Body] | None]] = {
    STATE: ("state.html", state.body),
    CHECK: ("check.html", check.body),
    OFFLINE: ("offline.html", None),
    NOTES: ("notes.html", None),
}


@dataclass(frozen=True)
class View:
    """A page: templates know `shell` as `kb`; `body` is None where a template asks for nothing more."""

    shell: Shell
    body: Body | None = None


def of_all(project: Project, language: Language) -> Mapping[str, object]:
    """What templates are given that are no page's: the map of the site, and the page for lost addresses."""
    shells = {one.tag: Shell(one, "", license=project.settings.license) for one in LANGUAGES}
    return {"kb": shells[language.tag], "every_language": shells.values(), "addresses": addresses(project),
            "ways": {tag: ways.lost(project, shell.language) for tag, shell in shells.items()}}


def view(project: Project, path: str, language: Language, site_url: str = "") -> View:
    """The view of the page at `path` (as in `articles/x.md`) in `language`."""
    page = project.corpus.nearest(path, language)
    made = generated.name(path) if page is None else ""
    about = generated.document(project, path, language) if made else None
    subject = about or page
    if made in ALONE:
        template, body_of_all = _OF_ALL[made]
        return View(shell.of(project, path, language, template=template, about=None, site_url=site_url),
                    body_of_all(project, language) if body_of_all else None)
    template, body_of = _TEMPLATES.get(made or (page.kind if page else ""), ("main.html", None))
    return View(
        shell.of(project, path, language, template=template, about=about, site_url=site_url),
        body_of(project, subject, language) if body_of and subject else None,
    )
