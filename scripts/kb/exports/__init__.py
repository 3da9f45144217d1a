"""Files for programs, made from the same project as the pages.

In: the project, the language being built, the site's address. Out: place below the site's root →
content. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kb.exports import (
    cards,
    citations,
    feeds,
    headers,
    interchange,
    notes,
    plain,
    robots,
    sentences,
    state,
    tei,
    versions,
    web_annotation,
)
from kb.languages import LANGUAGES, Language
from kb.project import Project

Files = Mapping[str, str | bytes]

# What files are called that go with a page.
NAMES = frozenset((cards.NAME, plain.NAME, versions.NAME, sentences.NAME, *citations.NAMES, tei.NAME,
                   feeds.NAME, web_annotation.NAME))


def of_page(project: Project, path: str, language: Language, site_url: str) -> Files:
    """What goes with the page at `path`."""
    return {
        **cards.of_page(project, path, language),
        **plain.of_page(project, path, language),
        **versions.of_page(project, path, language),
        **sentences.of_page(project, path, language),
        **citations.of_page(project, path, language, site_url),
        **tei.of_page(project, path, language, site_url),
        **feeds.of_page(project, path, language, site_url),
        **web_annotation.of_page(project, path, language, site_url),
    }


def _interchange(project: Project, _: Language, site_url: str) -> Files:
    return interchange.files(project, site_url) if project.glossary.concepts else {}


# What is made of all pages together. What is in all languages goes with the first.
OF_EACH_LANGUAGE: Mapping[str, Callable[[Project, Language, str], Files]] = {
    "feeds": feeds.of_all,
    "llms.txt": plain.of_all,
}
OF_ALL: Mapping[str, Callable[[Project, Language, str], Files]] = {
    "state.json": lambda project, language, site_url: state.files(project, site_url),
    "interchange": _interchange,
}


def of_all(language: Language) -> Mapping[str, Callable[[Project, Language, str], Files]]:
    """What is made of all pages, by its name."""
    return {**OF_EACH_LANGUAGE, **(OF_ALL if language is LANGUAGES[0] else {})}


def of_none(language: Language, site_url: str) -> Files:
    """What no page has a part in. It costs nothing to make, and depends on what else is installed."""
    if language is not LANGUAGES[0]:
        return {}
    return {**citations.of_all(), **notes.files(), "_headers": headers.file(),
            "robots.txt": robots.file(site_url)}


def files(project: Project, language: Language, site_url: str) -> dict[str, str | bytes]:
    """Everything that goes with the pages of `language`."""
    made: dict[str, str | bytes] = {**of_none(language, site_url)}
    for path in project.corpus.paths:
        made |= of_page(project, path, language, site_url)
    for every in of_all(language).values():
        made |= every(project, language, site_url)
    return made
