"""A reference as BibTeX for BibLaTeX and biber: UTF-8, the fields of its `@online` and `@inreference`.

In: a `Reference`. Out: the text of `citation.bib`, one entry. No `urldate`: it is the reader's, and the
browser adds it. `langid` is babel's name of the language.
"""

from __future__ import annotations

import re

from kb import kinds
from kb.characters import one_line
from kb.citation.references import Reference
from kb.names import Name

# An entry of a work of reference is BibLaTeX's @inreference; a page of a site is @online. What a document is,
# kinds.yml says.
_TYPES = {**{key: kind.bibtex for key, kind in kinds.DOCUMENTS.items()}, "concept": "inreference"}
LANGIDS = {"zh-Hans": "chinese-simplified", "ja": "japanese", "en": "english"}
_PARTING = re.compile(r",|\band\b", re.IGNORECASE)
_SPECIAL = re.compile(r"[\\{}%#&_$~^]")
# Programs count braces, also behind a backslash: one alone would end the field.
_ALONE = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_ESCAPED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def text(reference: Reference) -> str:
    """The entry; what is empty is left out."""
    kind = _TYPES.get(reference.kind, "online")
    fields = {
        "author": _names(reference.authors),
        "editor": _names(reference.editors),
        "translator": _names(reference.translators),
        "title": _escaped(reference.title),
        "titleaddon": _escaped(reference.genre),
        # Where the page stands: the site of an @online, the work that an entry is part of.
        "booktitle" if kind == "inreference" else "organization": _escaped(reference.site),
        "date": reference.issued,
        "origdate": reference.original_date,
        "origtitle": _escaped(reference.original_title),
        "origlanguage": LANGIDS.get(reference.original_language, ""),
        "version": reference.edition,
        "langid": LANGIDS[reference.language.tag],
        # What a text is written in, for people and for Zotero; `langid` is for hyphenation.
        "language": reference.language.tag,
        "url": reference.url,
        "swhid": reference.content,  # of biblatex-software
        "abstract": _escaped(reference.description),
        "note": _escaped(reference.note),
        "copyright": _escaped(reference.terms),  # BibLaTeX passes it over, Zotero reads it
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{reference.key},", *lines, "}", ""])


def _names(names: tuple[Name, ...]) -> str:
    """Joined by `and`; a body in braces of its own, so that no program splits it."""
    return " and ".join(
        f"{{{_escaped(name.literal)}}}" if name.literal
        else ", ".join(_part(part) for part in (name.family, name.given) if part) for name in names)


def _part(name: str) -> str:
    """A family or given name: in braces where it holds what would part it from others."""
    return f"{{{_escaped(name)}}}" if _PARTING.search(name) else _escaped(name)


def _escaped(text: str) -> str:
    known = _ESCAPED if _is_balanced(text) else _ESCAPED | _ALONE
    return _SPECIAL.sub(lambda match: known.get(match.group(), "\\" + match.group()), one_line(text))


def _is_balanced(text: str) -> bool:
    """Whether each brace in `text` that is opened is closed, and none before."""
    depth = 0
    for brace in re.findall("[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return not depth
