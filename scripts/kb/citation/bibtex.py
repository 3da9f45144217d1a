"""A record as BibTeX for BibLaTeX and biber: UTF-8, the fields of its `@online` and `@inreference`.

In: a `Record`. Out: the text of `citation.bib`, one entry. No `urldate`: it is the reader's, and the
browser adds it. `langid` is babel's name of the language.
"""

from __future__ import annotations

import re

from kb.citation.records import Record
from kb.names import Name

# An entry of a work of reference is BibLaTeX's @inreference; a page of a site is @online.
_TYPES = {"concept": "inreference"}
LANGIDS = {"zh-Hans": "chinese-simplified", "ja": "japanese", "en": "english"}
_SPECIAL = re.compile(r"[\\{}%#&_$~^]")
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def text(record: Record) -> str:
    """The entry; what is empty is left out."""
    kind = _TYPES.get(record.kind, "online")
    fields = {
        "author": _names(record.authors),
        "editor": _names(record.editors),
        "translator": _names(record.translators),
        "title": _escaped(record.title),
        "titleaddon": _escaped(record.genre),
        # Where the page stands: the site of an @online, the work that an entry is part of.
        "booktitle" if kind == "inreference" else "organization": _escaped(record.site),
        "date": record.issued,
        "origdate": record.original_date,
        "origtitle": _escaped(record.original_title),
        "origlanguage": LANGIDS.get(record.original_language, ""),
        "version": record.edition,
        "langid": LANGIDS[record.language.tag],
        "url": record.url,
        "abstract": _escaped(record.description),
        "note": _escaped(record.note),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{record.key},", *lines, "}", ""])


def _names(names: tuple[Name, ...]) -> str:
    """Joined by `and`; a body in braces of its own, so that no program splits it."""
    return " and ".join(
        f"{{{_escaped(name.literal)}}}" if name.literal else _escaped(name.inverted)
        for name in names)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPED.get(match.group(), "\\" + match.group()), text)
