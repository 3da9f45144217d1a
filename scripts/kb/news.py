"""What is new, for those who follow a document, a concept, or everything.

In: the project, and the language of who follows. Out: `News`, the newest first, at most `MOST`: what a day
brought to a document, as the register tells, and commentary. Of a concept it is what a day brought to the
paragraphs that use it today. Dates come from the data: the same project has the same news on every day.
Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb import commentary
from kb.anchors.courses import Changed, changed, days
from kb.corpus import Page
from kb.languages import Language
from kb.project import Project

MOST = 50


@dataclass(frozen=True)
class News:
    """A commentary (`page`, without `changes`), or what a day brought to the document `page`, of which
    `is_first` says that it was all new."""

    date: str
    page: Page
    changes: tuple[Changed, ...] = ()
    is_first: bool = False


def of_document(project: Project, path: str, language: Language) -> tuple[News, ...]:
    """What is new in the document at `path`, as readers of `language` are shown it, and on it."""
    page = project.corpus.nearest(path, language)
    if page is None:
        return ()
    fates = project.fates(page.document, page.language)
    comments = {one.page.path: one.page for one in project.comments.get((page.document, language.tag), ())}
    return _newest(((date, page) for date in days(fates)), comments.values(), project)


def of_all(project: Project, language: Language) -> tuple[News, ...]:
    """What is new in all documents, and all commentary."""
    dated = ((date, page) for date, document in project.state.days[language.tag]
             if (page := project.corpus.nearest(f"{document}.md", language)))
    return _newest(dated, commentary.pages(project.corpus, language), project)


def of_concept(project: Project, concept: str, language: Language) -> tuple[News, ...]:
    """What was changed in paragraphs that use a concept."""
    anchors: dict[str, set[str]] = {}
    for use in project.glossary.uses_of(concept, language):
        if use.paragraph.id:
            anchors.setdefault(use.page.path, set()).add(use.paragraph.id)
    dated = sorted(((entry.date, path) for path, own in anchors.items()
                    for entry in project.register(path.removesuffix(".md")).entries
                    if entry.id in own and entry.language == language.tag), reverse=True)
    found: list[News] = []
    for date, path in list(dict.fromkeys(dated))[:MOST]:
        page = project.corpus.page(path, language)
        assert page  # a concept is used in documents of the language
        news = _of_day(project, page, date)
        own_changes = tuple(one for one in news.changes if one.id in anchors[path] and one.after is not None)
        if own_changes:
            found.append(News(date, page, own_changes, news.is_first))
    return tuple(found)


def _newest(dated: Iterable[tuple[str, Page]], comments: Iterable[Page],
            project: Project) -> tuple[News, ...]:
    """What is newest; of one day documents stand before commentary, each by their paths."""
    every: list[tuple[str, bool, Page]] = [
        *((date, False, page) for date, page in dated),
        *((str(page.front["date"]), True, page) for page in comments)]
    every.sort(key=lambda one: (one[1], one[2].path))
    every.sort(key=lambda one: one[0], reverse=True)
    return tuple(_some(every[:MOST], project))


def _some(every: Sequence[tuple[str, bool, Page]], project: Project) -> Iterator[News]:
    for date, is_comment, page in every:
        found = News(date, page) if is_comment else _of_day(project, page, date)
        if is_comment or found.changes:
            yield found


def _of_day(project: Project, page: Page, date: str) -> News:
    fates = project.fates(page.document, page.language)
    return News(date, page, tuple(changed(fates, date)), is_first=date == days(fates)[0])
