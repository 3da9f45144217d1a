"""What pages show besides their own text: what templates print from data.

In: the project, a path and a language. Out: `Said`s, each a text with the page that shows it and the nearest
id that this page really has: events of the timeline with their sources, editors' notes, sources of
commentary, what a concept's head says, false friends, authors, rights, descriptions, and both wordings of
each emended paragraph on the page of a collation. What another page says in full (the commentary beside a
paragraph, the parallel text, the lists of titles) is found there; what nothing says any more (wordings that
were replaced) is not found.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kb import names
from kb.corpus import ALONE, CHECK, COLLATION, HISTORY, NOTES, OFFLINE, PARALLEL, STATE, Page
from kb.languages import Language, other, word
from kb.project import Project
from kb.targets import address

_TITLES = {STATE: "state-title", CHECK: "check-title", OFFLINE: "offline-title", NOTES: "own-title"}
MADE = "made"  # the kind of a page that the site makes of its texts


class Where(NamedTuple):
    """A page of the site: where it stands, what it is called, its date, the address of its twin."""

    path: str
    kind: str
    title: str
    address: str
    date: str
    twin: str


class Said(NamedTuple):
    """Something that a page shows: `anchor` is the nearest id that it has there, "" for the page."""

    where: Where
    text: str
    anchor: str


def where(page: Page) -> Where:
    return Where(page.path, page.kind, page.title, page.address, page.date,
                 address(page.path, other(page.language)))


def of_path(project: Project, path: str, language: Language) -> Iterator[Said]:
    """What the page at `path` shows besides its text; what those show that the site makes of it; all that
    the page on the state of all texts shows, if it stands here."""
    page = project.corpus.page(path, language)
    if page:
        yield from _of_page(project, page)
    yield from _of_collations(project, path, language)
    if page and page.is_document and project.ids_of(path, other(language)) is not None:
        # All else on the parallel page is found on the pages of the document.
        title = word("parallel-of", language.tag, title=page.title)
        yield Said(_made(f"{page.document}/{PARALLEL}", title, language), title, "")
    if page and page.is_document and project.address_of(f"{page.document}/{HISTORY}", language):
        title = word("course-of", language.tag, title=page.title)
        yield Said(_made(f"{page.document}/{HISTORY}", title, language), title, "")
    if path in ALONE and project.corpus.has_texts:
        # The titles on that of the state are found on the texts' own pages; notes are the browser's.
        title = word(_TITLES[path], language.tag)
        yield Said(_made(path, title, language), title, "")


def _of_page(project: Project, page: Page) -> Iterator[Said]:
    """What the page of `page` shows besides its text."""
    here = where(page)
    for anchor, text in _texts(project, page):
        if text := " ".join(text.split()):
            yield Said(here, text, anchor)


def _of_collations(project: Project, path: str, language: Language) -> Iterator[Said]:
    """What the page of its collations shows to readers of `language`."""
    page, document = project.corpus.nearest(path, language), path.removesuffix(".md")
    if page is None:
        return
    collations = project.collations_of(document)
    for collation, mark in zip(collations, project.marks_of(document), strict=True):
        tag = collation.received.language.tag
        title = word("collation-of", language.tag, title=page.title)
        here = _made(f"{document}/{COLLATION}", title, language)
        yield Said(here, here.title, "")
        yield Said(here, collation.received.what[language.tag], f"text-{mark}")
        for omission in collation.omissions:
            yield Said(here, omission.text, f"omissions-{mark}")
        # What was received in the other language is found among the texts of that one.
        for passage in collation.emended(document) if tag == language.tag else ():
            yield Said(here, passage.received, f"{mark}-{passage.id}")


def _made(path: str, title: str, language: Language) -> Where:
    """A page that the site makes of its texts."""
    return Where(path, MADE, title, address(path, language), "", address(path, other(language)))


def _texts(project: Project, page: Page) -> Iterator[tuple[str, str]]:
    """(id, text)."""
    front, tag = page.front, page.language.tag
    yield "", str(front.get("description", ""))
    yield "", str(front.get("rights", ""))
    for key in ("author", "authors"):
        if key in front:
            yield "", names.line(front[key], tag)
    if page.is_document:
        for number, (note, reading) in enumerate(project.notes_of(page.document, page.language)):
            count = 1 + sum(one.on == note.on for one, _ in
                            project.notes_of(page.document, page.language)[:number])
            yield f"note-{note.on}-{count}", "\n".join(block.text for block in reading.blocks)
    if page.is_commentary:
        for source in front["sources"]:
            yield "commentary-sources", source["text"]
    if page.kind == "concept":
        yield from _of_concept(page)
    if page.kind == "timeline":
        for event in project.events.events:
            yield event.id, event.title[tag]
            yield event.id, event.text[tag]
            for text, _ in event.sources_in(tag):
                yield event.id, text


def _of_concept(page: Page) -> Iterator[tuple[str, str]]:
    front = page.front
    yield "", str(front["reading"])
    for one in front.get("authority", ()):
        yield "", one
    for one in front.get("discouraged", ()):
        yield "", f"{one['rendering']}→{one['instead']}"
    for one in front.get("false-friends", ()):
        yield "false-friends", f"{one['form']}\n{one['note']}"
