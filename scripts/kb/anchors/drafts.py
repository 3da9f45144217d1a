"""What of a register and its wordings was published, and what was only written since.

In: the texts of both files as they were published (a `Base`), and as they are today. Out: the `History` of
the document, and the lines that were added, which may be changed and dropped freely until they are published.
Lines that are gone from what was published are put back: it stays at the beginning, byte for byte. What
cannot be read line by line is not called a draft; it counts as published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.anchors import register, wordings
from kb.anchors.history import History
from kb.anchors.register import Entry, Register


@dataclass(frozen=True)
class Base:
    """What a published revision holds: the texts of the files in `anchors/`, and of each document the ids
    that stand in its pages."""

    texts: Mapping[str, str]
    ids: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Files:
    """The register and the wordings of a document, as far as they stay: `register` and `wordings` are the
    texts that were published, or all of today's; None where there is none. `rows` are the wordings that
    were added since."""

    document: str
    register: str | None
    wordings: str | None
    rows: tuple[str, ...] = ()

    def register_with(self, entries: Iterable[Entry]) -> str | None:
        """The register's text with `entries` after what stays; None for nothing at all."""
        entries = tuple(entries)
        if not entries:
            return self.register
        return register.appended(self.document, self.register, entries)

    def wordings_with(self, entries: Iterable[Entry], today: Mapping[str, str]) -> str | None:
        """The text of the wordings with every one that `entries` name and that is not kept yet. `today`
        are those of the pages, by fingerprint."""
        known = {wordings.fingerprint_of(row) for row in (self.wordings or "").split("\n")}
        named = {entry.text: None for entry in entries if entry.text and entry.text not in known}
        rows = [row for row in self.rows if (own := wordings.fingerprint_of(row)) is None or own in named]
        held = {wordings.fingerprint_of(row) for row in rows}
        rows += [wordings.line(today[text]) for text in named if text not in held and text in today]
        if not any(wordings.fingerprint_of(row) for row in rows):
            return self.wordings
        has_head = self.wordings is not None or any(row.startswith("#") for row in rows)
        return wordings.appended(self.document, self.wordings if self.wordings is not None else
                                 "" if has_head else None, rows).removeprefix("\n")


def read(document: str, today: Mapping[str, str], base: Base | None, kept: Mapping[str, str],
         named: Iterable[str] = ()) -> tuple[History, Files]:
    """The history of a document and its files. `today` are the texts of files in `anchors/`, `kept` all
    wordings by fingerprint, `named` the ids of drafts that other files name: these stay as they are."""
    file, beside = register.file_of(document), wordings.file_of(document)
    text = today.get(file)
    if base is not None:
        published = base.texts.get(file)
        known = _parsed(document, published)
        rows = _added(published or register.head_of(text or ""), text)
        entries = [register.line_entry(row) for row in rows]
        if known.readable and all(entries):
            fixed = known.ids | base.ids.get(document, frozenset()) | frozenset(named)
            own = base.texts.get(beside)
            return (History(known, kept, tuple(one for one in entries if one), fixed),
                    Files(document, published, own, tuple(_added(own, today.get(beside)))))
    return History(_parsed(document, text), kept), Files(document, text, today.get(beside))


def _parsed(document: str, text: str | None) -> Register:
    file = register.file_of(document)
    return register.parse(document, file, text)[0] if text else Register(document, file)


def _added(published: str | None, today: str | None) -> list[str]:
    """The lines of today's text that the published one does not have."""
    known = Counter((published or "").split("\n"))
    added: list[str] = []
    for row in filter(None, (today or "").split("\n")):
        if known[row]:
            known[row] -= 1
        else:
            added.append(row)
    return added
