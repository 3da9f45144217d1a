"""Files for programs, made from the same project as the pages.

In: the project, the language being built, the site's address. Out: place below the site's root →
content. Nothing is written here.
"""

from __future__ import annotations

from kb.exports import cards, citations, feeds, headers, interchange, plain, robots, state, versions
from kb.languages import LANGUAGES, Language
from kb.project import Project


def files(project: Project, language: Language, site_url: str) -> dict[str, str | bytes]:
    """Everything that goes with the pages of `language`; what is in all languages goes with the
    first."""
    made: dict[str, str | bytes] = {
        **cards.files(project, language), **plain.files(project, language, site_url),
        **feeds.files(project, language, site_url), **versions.files(project, language),
        **citations.files(project, language, site_url),
    }
    if language is LANGUAGES[0]:
        made["_headers"] = headers.file()
        made["robots.txt"] = robots.file(site_url)
        made |= state.files(project, site_url)
    if language is LANGUAGES[0] and project.glossary.concepts:
        made |= interchange.files(project, site_url)
    return made
