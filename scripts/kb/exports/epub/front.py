"""The title page of a book, and its table of contents.

In: a `Volume`; for the contents its other pages. Out: a `Leaf`. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from kb.collation import rests
from kb.exports.epub.elements import CONTENTS, GLOSSARY, TEXT, TITLE, E, link, row
from kb.exports.epub.text import Text
from kb.exports.epub.volume import Leaf, Names, Volume, each, leaf
from kb.reading.trees import Element
from kb.views import Words


def title_page(volume: Volume) -> Leaf:
    body = [_title(volume, text, words) for text, words in zip(volume.texts, volume.words, strict=True)]
    return leaf(volume, TITLE, volume.titles, body, kind="frontmatter")


def _title(volume: Volume, text: Text, words: Words) -> Element:
    front = text.page.front
    what = words.status(text.page)
    if front.get("headings") == "supplied":
        what += words.word("headings-supplied")
    rows = [
        row(words.word("author"), words.names(front["author"])),
        row(words.word("published"), words.date(front["published"])),
        row(words.word("this-text"), what),
    ]
    if received := rests.of(volume.project.sources, text.page):
        rows.append(row(words.word("received"), words.received(received)))
    if source := front.get("source"):
        rows.append(row(words.word("source"), link(source)))
    if volume.site_url:
        rows.append(row(words.word("address"), link(volume.site_url + text.page.address)))
    rows.append(row(words.word("book-date"), words.date(volume.edited)))
    return E.section(
        {"class": "titlepage", "epub:type": "titlepage", "lang": words.language.tag},
        E.p(words.word("site-name"), {"class": "site"}), deepcopy(text.title), E.dl(*rows),
        E.p(words.rights(text.page, volume.project.settings.license), {"class": "rights"}),
    )


def contents(volume: Volume, text: Leaf, after: Sequence[Leaf]) -> Leaf:
    """The contents: `text` with its sections, and the leaves after it; and the landmarks."""
    def entry(names: Names, href: str, **attributes: str) -> Element:
        return E.li(each(volume, "a", names, {"href": href, **attributes}))

    entries = [entry(one.names, one.file) for one in (text, *after)]
    if text.sections:
        entries[0].append(E.ol(*(
            entry(names, f"{TEXT}#{anchor}") for anchor, names in text.sections)))
    names = volume.names("contents")
    marks = [("toc", names, CONTENTS), ("bodymatter", text.names, TEXT)]
    marks += [("glossary", one.names, one.file) for one in after if one.file == GLOSSARY]
    landmarks = E.ol()
    for kind, called, href in marks:
        landmarks.append(entry(called, href, **{"epub:type": kind}))
    body = [
        E.nav({"epub:type": "toc", "id": "toc", "role": "doc-toc"}, each(volume, "h1", names),
              E.ol(*entries)),
        E.nav({"epub:type": "landmarks", "id": "landmarks", "hidden": "hidden"}, landmarks),
    ]
    return leaf(volume, CONTENTS, names, body, kind="frontmatter")
