"""The anchor register: every id that was ever published, and every wording it stood for.

In: `anchors/<document>.yml`, one file a document, one line an event. Out: a `Register` each; against
the corpus, the lines that are missing and the translations that are out of date. The register only
grows: a line is added at its end, none is changed. A line says that on a date, in a language, an id
stood for a wording (its fingerprint); a translation's line also names the wording of the original it
was made from (`of`). A withdrawn id leaves a line, with its successor where it has one; a paragraph that
was split from another says so (`from`), and one that took others in (`merged`). Nothing published is ever
renumbered.
A register that contradicts itself is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from kb import ground, yamldata
from kb.anchors import ids
from kb.anchors.contradictions import contradictions
from kb.corpus import Corpus, Page
from kb.files import read_text
from kb.findings import Finding
from kb.fingerprints import PATTERN
from kb.languages import BY_TAG
from kb.memory.unchanged import NOTHING, Unchanged

FOLDER = "anchors"
_HEADER = """\
# Anchor register of {document}.
# Append only: `kb anchors` adds lines at the end; no line is ever changed or removed.
document: {document}
anchors:
"""
_ID = "[a-z][a-z0-9-]*"
_LINE = re.compile(
    rf"- \{{id: (?P<id>{_ID}), date: (?P<date>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})"
    rf"(?:, language: (?P<language>zh-Hans|ja), text: (?P<text>{PATTERN}))?"
    rf"(?:, of: (?P<of>{PATTERN}))?(?P<withdrawn>, withdrawn: true)?"
    rf"(?:, successor: (?P<successor>{_ID}))?(?:, was: (?P<was>{_ID}))?"
    rf"(?:, from: (?P<from_>{_ID}))?(?:, merged: \[(?P<merged>{_ID}(?:, {_ID})*)\])?\}}"
)


@dataclass(frozen=True)
class Entry:
    """One line of a register. `text` and `of` are fingerprints. `was` declares that the text stood under
    that id before, `from_` (in the file `from`) that the paragraph was split from that one, `merged` which
    paragraphs it took in."""

    id: str
    date: str
    language: str | None = None
    text: str | None = None
    of: str | None = None
    withdrawn: bool = False
    successor: str | None = None
    was: str | None = None
    from_: str | None = None
    merged: tuple[str, ...] = ()

    def __str__(self) -> str:
        values = {
            "id": self.id, "date": self.date, "language": self.language, "text": self.text,
            "of": self.of, "withdrawn": "true" if self.withdrawn else None,
            "successor": self.successor, "was": self.was, "from": self.from_,
            "merged": f"[{', '.join(self.merged)}]" if self.merged else None,
        }
        return "- {" + ", ".join(f"{k}: {v}" for k, v in values.items() if v) + "}"


@dataclass(frozen=True)
class Register:
    """All that was ever recorded of one document, oldest first."""

    document: str
    file: str
    entries: tuple[Entry, ...] = ()
    readable: bool = True  # when it is not, nothing can be said against it
    lines: Sequence[int] = ()  # those of the file on which the entries stand

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id ever recorded."""
        return frozenset(entry.id for entry in self.entries)

    @cached_property
    def withdrawn(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in self.entries if entry.withdrawn}

    @cached_property
    def latest(self) -> Mapping[tuple[str, str], Entry]:
        """(id, language) → the newest wording recorded."""
        return {
            (entry.id, entry.language): entry for entry in self.entries if entry.language
        }

    def line(self, place: int) -> int:
        """The line of the file on which the entry at `place` stands; 1 for one that is no line yet."""
        return self.lines[place] if place < len(self.lines) else 1

    def order(self, tag: str) -> Sequence[str]:
        """The ids of a language in the order of the text: as they were recorded at first, and paragraphs that
        were inserted later where their ids say."""
        return self._orders.get(tag, ())

    @cached_property
    def _orders(self) -> Mapping[str, tuple[str, ...]]:
        first: dict[str, dict[str, None]] = {}
        for entry in self.entries:
            if entry.language:
                first.setdefault(entry.language, {})[entry.id] = None
        return {tag: _in_order(own) for tag, own in first.items()}

    @cached_property
    def owners(self) -> Mapping[tuple[str, str], str]:
        """(language, fingerprint) → the id that first stood for that wording."""
        found: dict[tuple[str, str], str] = {}
        for entry in self.entries:
            if entry.language and entry.text:
                found.setdefault((entry.language, entry.text), entry.id)
        return found


def _in_order(anchors: Iterable[str]) -> tuple[str, ...]:
    """Ids as they were recorded; a paragraph goes before the first whose id comes after its own."""
    row: list[str] = []
    last = ids.order("p0")
    for anchor in anchors:
        place = ids.order(anchor) if ids.is_paragraph(anchor) else last
        if place < last:
            row.insert(next(at for at, one in enumerate(row)
                            if ids.is_paragraph(one) and ids.order(one) > place), anchor)
        else:
            row.append(anchor)
            last = place
    return tuple(row)


def read(root: Path, unchanged: Unchanged = NOTHING) -> tuple[Mapping[str, Register], tuple[Finding, ...]]:
    """Every register below `root`: document → register."""
    registers: dict[str, Register] = {}
    findings: list[Finding] = []
    for path in ground.below(root, FOLDER, ".yml"):
        file = path.relative_to(root).as_posix()
        document = path.relative_to(root / FOLDER).with_suffix("").as_posix()
        text, problems = read_text(path, file, unchanged=unchanged)
        findings += problems
        if text is None:
            registers[document] = Register(document, file, readable=False)
        else:
            registers[document], problems = unchanged.once(parse, document, file, text)
            findings += problems
    return registers, tuple(findings)


def parse(document: str, file: str, text: str) -> tuple[Register, tuple[Finding, ...]]:
    """A register from its text; one that is not readable, with the reasons, where it is refused."""
    entries, lines, findings = _written(document, text) or _yaml(document, file, text)
    register = Register(document, file, tuple(entries), lines=lines)
    if not findings and (wrong := next(contradictions(register), None)):
        findings = (Finding(file, lines[wrong.place], "KB212", wrong.found, wrong.expected,
                            "restore the line as it was, or remove one that was added"),)
    return (Register(document, file, readable=False), findings) if findings else (register, ())


class _Lines(NamedTuple):
    """The entries of a register's text, the line on which each stands, and what forbids them."""

    entries: Sequence[Entry] = ()
    lines: Sequence[int] = ()
    findings: tuple[Finding, ...] = ()


def _written(document: str, text: str) -> _Lines | None:
    """The entries of a text in the form that `kb anchors` writes, which spares a YAML parser thousands
    of lines; None for any other."""
    head = _HEADER.format(document=document)
    if not text.startswith(head):
        return None
    rows = text[len(head):].removesuffix("\n").split("\n") if len(text) > len(head) else []
    entries: list[Entry] = []
    for row in rows:
        match = _LINE.fullmatch(row)
        if not match:
            return None
        entries.append(_entry(match.groupdict()))
    first = head.count("\n") + 1
    return _Lines(entries, range(first, first + len(entries)))


def _yaml(document: str, file: str, text: str) -> _Lines:
    """The entries of any other text, read as YAML and checked against the schema."""
    record, findings = yamldata.parse(text, file=file, schema="register")
    if findings:
        return _Lines(findings=findings)
    if record.values["document"] != document:
        return _Lines(findings=(
            Finding(file, record.line("document"), "KB212",
                    f"document: {record.values['document']}", f"document: {document}",
                    "a register stands at the same path as its document"),))
    values = record.values["anchors"] or ()
    return _Lines([_entry({"from_" if key == "from" else key: value for key, value in one.items()})
                   for one in values],
                  [record.line("anchors", index) for index in range(len(values))])


def _entry(values: Mapping[str, Any]) -> Entry:
    """The entry with these values, of which a line or YAML gives some as other types."""
    merged = values.get("merged") or ()
    taken = tuple(merged.split(", ")) if isinstance(merged, str) else tuple(merged)
    return Entry(**{**values, "withdrawn": bool(values.get("withdrawn")), "merged": taken})


def file_of(document: str) -> str:
    return f"{FOLDER}/{document}.yml"


def of(registers: Mapping[str, Register], document: str) -> Register:
    """The register of `document`, empty where there is none yet."""
    return registers.get(document) or Register(document, file_of(document))


def original(corpus: Corpus, page: Page) -> Page | None:
    """The page that `page` was translated from, if the corpus has it."""
    tag = page.front.get("translation", {}).get("from")
    return corpus.page(page.path, BY_TAG[tag]) if tag in BY_TAG else None


def translated_from(page: Page, source: Page) -> bool:
    """Whether `page` is declared to be a translation of `source`."""
    return bool(page.front.get("translation", {}).get("from") == source.language.tag)


def missing(corpus: Corpus, register: Register, pages: Iterable[Page], date: str) -> list[Entry]:
    """The lines that the register lacks to know what the pages say today.

    A wording whose fingerprint is the latest one recorded needs none, so that a second run adds
    nothing.
    """
    entries: list[Entry] = []
    for page in pages:
        source = original(corpus, page)
        sources = source.fingerprints if source else {}
        for anchor, text in page.fingerprints.items():
            known = register.latest.get((anchor, page.language.tag))
            if not known or known.text != text:
                entries.append(
                    Entry(anchor, date, page.language.tag, text, sources.get(anchor))
                )
    return entries


def stale(corpus: Corpus, register: Register, page: Page) -> tuple[str, ...]:
    """The ids on `page` whose original has changed since the translation was made."""
    source = original(corpus, page)
    if not source:
        return ()
    today = source.fingerprints
    return tuple(
        anchor
        for anchor, text in page.fingerprints.items()
        if (known := register.latest.get((anchor, page.language.tag)))
        and known.text == text
        and known.of
        and anchor in today
        and known.of != today[anchor]
    )


def appended(document: str, text: str | None, entries: Iterable[Entry]) -> str:
    """A register's file with `entries` added at its end; `text` is what it holds, None for no file."""
    head = text if text is not None else _HEADER.format(document=document)
    if not head.endswith("\n"):
        head += "\n"
    return head + "".join(f"{entry}\n" for entry in entries)


def head_of(text: str) -> str:
    """What a register's text begins with, before its first entry."""
    at = text.find("\nanchors:\n")
    return text[: at + len("\nanchors:\n")] if at >= 0 else ""


def line_entry(row: str) -> Entry | None:
    """The entry of a line in the form that `kb anchors` writes."""
    match = _LINE.fullmatch(row)
    return _entry(match.groupdict()) if match else None
