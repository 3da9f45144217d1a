"""Whether sources can be looked up: each has a title, and leads to more than a site.

In: the project. Out: a finding for each source of the glossary, commentary, timeline and editors' notes that
names only a site (`example.org`), leads to a home page only, or says nothing but dates, numbers and
addresses; and the dates of all of them. A source is a text as one cites it, with an address where it has
one; what was printed has its place instead (90 FR 4544). Refuses no way of citing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kb import timeline
from kb.corpus import Page
from kb.findings import Finding
from kb.languages import LANGUAGES
from kb.project import Project
from kb.timeline import Timeline

_ADDRESS = re.compile(r"https?://[^\s<>\"“”「」（）)\]，。、；]+")
_HOME = re.compile(r"https?://[^/?#]+/?")
# Those of common top-level domains; a file name or an abbreviation (U.S.C.) is none.
_TOP = ("com|org|net|edu|gov|mil|int|info|biz|io|ai|cc|cn|jp|tw|hk|kr|sg|in|uk|eu|de|fr|nl|ch|it|es|ru"
        "|ca|au|us")
_SITE = re.compile(rf"(?<![A-Za-z0-9_@./:-])(?:[a-z0-9-]+\.)+(?:{_TOP})(?![A-Za-z0-9_-]|\.[A-Za-z0-9])"
                   r"(?:/[^\s，。、；（）]*)?")
_NO_TITLE = re.compile(r"[\W\d_]*")
_DATE = r"(?P<y>\d{4})(?:年(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?|-(?P<n>\d{2})(?:-(?P<e>\d{2}))?)"
_DATES = re.compile(rf"(?<!\d){_DATE}(?!\d)")
_TITLES = re.compile("《[^《》]*》|“[^“”]*”|『[^『』]*』|「[^「」]*」")
_FULL = "the full address of the page, or where it was printed"
Dated = tuple[str, int, str, str]  # file, line, key, date
_WHERE = "give who wrote it, its title, its date, and its address or volume and page"


class Source(NamedTuple):
    """A source as it stands at `line` of `file`, with all `addresses` that it leads to."""

    file: str
    line: int
    text: str
    addresses: tuple[str, ...] = ()


def check(project: Project) -> Iterator[Finding]:
    for one in dict.fromkeys(_sources(project)):
        yield from _vague(one, is_titled=True)
    for one in _in_notes(project):
        yield from _vague(one, is_titled=False)


def days(project: Project) -> Iterator[Dated]:
    """(file, line, key, date): each date of a source that is no part of a title."""
    for page in project.corpus.pages.values():
        yield from project.unchanged.every(_days_of_page, page)
    yield from project.unchanged.every(_days_of_events, project.events)


def _days_of_page(page: Page) -> Iterator[Dated]:
    return _dated(_of_page(page))


def _days_of_events(events: Timeline) -> Iterator[Dated]:
    return _dated(_of_events(events))


def _dated(sources: Iterable[Source]) -> Iterator[Dated]:
    for one in dict.fromkeys(sources):
        for found in _DATES.finditer(_TITLES.sub("", _ADDRESS.sub("", one.text))):
            parts = [found["y"], found["m"] or found["n"], found["d"] or found["e"]]
            yield one.file, one.line, "sources", "-".join(part.zfill(2) for part in parts if part)


def _vague(source: Source, *, is_titled: bool) -> Iterator[Finding]:
    said = _ADDRESS.sub("", source.text)
    homes = [one for one in source.addresses if _HOME.fullmatch(one)]
    sites = [found[0] for found in _SITE.finditer(said)]
    for one in dict.fromkeys((*sites, *homes)):
        yield Finding(source.file, source.line, "KB611", f"“{one}”", _FULL, _WHERE)
    if is_titled and not sites and _NO_TITLE.fullmatch(_DATES.sub("", said)):
        yield Finding(source.file, source.line, "KB612", f"“{source.text}”", "a source with its title",
                      _WHERE)


def _sources(project: Project) -> Iterator[Source]:
    for page in project.corpus.pages.values():
        yield from _of_page(page)
    yield from _of_events(project.events)


def _of_page(page: Page) -> Iterator[Source]:
    if page.is_commentary:
        for index, one in enumerate(page.front["sources"]):
            yield Source(page.file, page.record.line("sources", index), one["text"],
                         tuple(filter(None, [one.get("address")])))
    elif page.kind == "concept":
        yield from _of_concept(page)


def _of_events(events: Timeline) -> Iterator[Source]:
    for language in LANGUAGES:
        for event in events.events:
            for text, address in event.sources_in(language.tag):
                yield Source(timeline.FILE, event.line, text, tuple(filter(None, [address])))


def _of_concept(page: Page) -> Iterator[Source]:
    """The paragraphs of its last section; addresses stand in the Markdown only."""
    lines = page.markdown.split("\n")
    for one in page.paragraphs:
        if one.section and one.section.id == "sources":
            written = "\n".join(lines[one.line - page.body_line:one.last_line - page.body_line + 1])
            yield Source(page.file, one.line, one.text, tuple(_ADDRESS.findall(written)))


def _in_notes(project: Project) -> Iterator[Source]:
    """Editors' notes name their sources in what they say."""
    for document, declared in project.sources.declarations.items():
        for language in LANGUAGES:
            for note, reading in project.notes_of(document, language):
                text = "\n".join(block.text for block in reading.blocks)
                addresses = _ADDRESS.findall(note.wording[language.tag])
                yield Source(declared.file, note.line, text, tuple(addresses))
