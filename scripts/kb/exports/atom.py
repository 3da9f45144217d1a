"""Atom feeds (RFC 4287), as a text.

In: a `Feed` with its `Entry`s, whose addresses are whole. Out: the XML. An entry's content is HTML, escaped
(3.1.1.2). Days are moments at their beginning (3.3): nobody recorded more. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree as xml

from kb.languages import Language

MEDIA_TYPE = "application/atom+xml"
_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_NEVER = "1970-01-01"  # 4.2.15: a feed has to say when it was updated, and this one never was


@dataclass(frozen=True)
class Entry:
    """`id` and `link` are addresses; `content` is HTML. `authors` are empty where they are the feed's;
    `kind` is a category, as (term, label)."""

    id: str
    link: str
    title: str
    date: str
    language: Language
    authors: tuple[str, ...] = ()
    summary: str = ""
    content: str = ""
    kind: tuple[str, str] | None = None
    related: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """`address` is its own, and its id; `page` that of what it is about; `author` who makes it, "" where each
    entry has its own."""

    address: str
    page: str
    title: str
    language: Language
    rights: str
    author: str = ""
    entries: tuple[Entry, ...] = field(default=())


def text(feed: Feed) -> str:
    xml.register_namespace("", _ATOM)
    root = xml.Element(f"{{{_ATOM}}}feed", {_LANG: feed.language.tag})
    _add(root, "title", feed.title)
    _add(root, "id", feed.address)
    _add(root, "link", href=feed.address, rel="self", type=MEDIA_TYPE)
    _add(root, "link", href=feed.page, rel="alternate", type="text/html", hreflang=feed.language.tag)
    _add(root, "updated", _moment(max((one.date for one in feed.entries), default=_NEVER)))
    if feed.author:
        _add(_add(root, "author"), "name", feed.author)
    _add(root, "rights", feed.rights)
    for entry in feed.entries:
        _put(root, entry)
    xml.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(root, "unicode") + "\n"


def _put(root: xml.Element, entry: Entry) -> None:
    made = _add(root, "entry")
    made.set(_LANG, entry.language.tag)
    _add(made, "title", entry.title)
    _add(made, "id", entry.id)
    _add(made, "link", href=entry.link, rel="alternate", type="text/html", hreflang=entry.language.tag)
    _add(made, "published", _moment(entry.date))
    _add(made, "updated", _moment(entry.date))
    for name in entry.authors:
        _add(_add(made, "author"), "name", name)
    if entry.kind:
        _add(made, "category", term=entry.kind[0], label=entry.kind[1])
    for address in entry.related:
        _add(made, "link", href=address, rel="related", type="text/html")
    if entry.summary:
        _add(made, "summary", entry.summary)
    if entry.content:
        _add(made, "content", entry.content, type="html")


def _add(parent: xml.Element, tag: str, text: str = "", **attributes: str) -> xml.Element:
    made = xml.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
    made.text = text or None
    return made


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
