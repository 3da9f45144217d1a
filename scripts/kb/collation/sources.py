"""Received texts, their provenance, and what editors declare about their editions.

In: `sources/`. For each received text `x.txt`, byte for byte as it reached us, there is `x.yml`
with its provenance and declared omissions; for each document, `<document>.yml` with the declared
emendations of its editions and the editor's notes. Out: `Received` and `Declarations`. A received text
whose bytes have changed is a finding, and is not collated.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kb import ground, yamldata
from kb.characters import unseen
from kb.collation import agreed
from kb.files import read_text
from kb.findings import Finding
from kb.languages import BY_TAG, RECEIVED, Language
from kb.memory.unchanged import NOTHING, Unchanged

FOLDER = "sources"
FILES = f"{FOLDER}/files"  # what texts were taken from, where it is no text itself


@dataclass(frozen=True)
class Copy:
    """The lines (from 1, both ends included) of one copy of a text; `running` when it is one line
    without breaks."""

    first: int
    last: int
    running: bool = False


@dataclass(frozen=True)
class Omission:
    """What an edition leaves out: a whole line, the lines up to `last`, or `count` times `text` on it."""

    line: int
    reason: str
    last: int | None = None
    text: str | None = None
    count: int = 1


@dataclass(frozen=True)
class Received:
    """A received text and its provenance. `editions` are the documents that carry it, in order."""

    file: str
    data_file: str
    text: str
    sha256: str
    language: Language
    what: Mapping[str, str]
    editions: tuple[str, ...]
    copies: tuple[Copy, ...]
    omissions: tuple[Omission, ...]
    date: str | None = None
    address: str | None = None
    record: yamldata.Record = field(default_factory=yamldata.Record, repr=False)

    @property
    def name(self) -> str:
        return self.file.rpartition("/")[2]

    def line_of(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1

    @cached_property
    def hidden(self) -> frozenset[int]:
        """The offsets of characters that show nothing, white space apart: no edition has them. One for
        private use is not among them: it stands for a character that an editor has to find."""
        return frozenset(at for at in unseen(self.text) if not self.text[at].isspace()
                         and unicodedata.category(self.text[at]) != "Co")

    @cached_property
    def spaced(self) -> str:
        """The text, as long as it is, with a space for white space that no XML can carry."""
        text = list(self.text)
        for at in unseen(self.text):
            text[at] = " " if text[at].isspace() else text[at]
        return "".join(text)


@dataclass(frozen=True)
class Emendation:
    """A declared difference: why, and the fingerprints of the two wordings it stands between.
    `received` is None where the received text has nothing."""

    reasons: tuple[str, ...]
    text: str
    received: str | None
    line: int


@dataclass(frozen=True)
class Note:
    """An editor's note on a paragraph, in every language. `kind` is lacuna, sic or note; `after`
    gives the words after which its mark stands."""

    on: str
    kind: str
    date: str
    signed: Mapping[str, str]
    wording: Mapping[str, str]
    after: Mapping[str, str]
    line: int


@dataclass(frozen=True)
class Declarations:
    """What is declared of one document. `emendations` maps language → paragraph → emendation."""

    document: str
    file: str
    emendations: Mapping[str, Mapping[str, Emendation]] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    figures: tuple[agreed.SameFigures, ...] = ()
    terms: tuple[agreed.NotMeant, ...] = ()


@dataclass(frozen=True)
class Sources:
    received: tuple[Received, ...] = ()
    declarations: Mapping[str, Declarations] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    # Documents whose declarations could not be read: their collation is left out.
    unreadable: frozenset[str] = frozenset()

    def carrying(self, document: str) -> tuple[Received, ...]:
        """The received texts that `document` is an edition of."""
        return tuple(one for one in self.received if document in one.editions)

    def of(self, document: str) -> Declarations:
        return self.declarations.get(document) or Declarations(document, f"{FOLDER}/{document}.yml")


def read(root: Path, unchanged: Unchanged = NOTHING) -> Sources:
    """Everything in `sources/`; nothing where there is no such folder."""
    received: list[Received] = []
    declarations: dict[str, Declarations] = {}
    findings: list[Finding] = []
    described: set[str] = set()
    unreadable: set[str] = set()
    for path in ground.below(root, FOLDER, ".yml"):
        file = path.relative_to(root).as_posix()
        text, problems = read_text(path, file, unchanged=unchanged)
        findings += problems
        name = path.relative_to(root / FOLDER).with_suffix("").as_posix()
        provenance = path.parent == root / FOLDER
        if text is None:
            described.add(path.with_suffix(".txt").name)
            unreadable.add(name)
            continue
        record, problems = unchanged.once(
            yamldata.parse, text, file=file, schema="provenance" if provenance else "edition")
        findings += problems
        if problems:
            described.add(path.with_suffix(".txt").name)
            unreadable.add(name)
        elif provenance:
            described.add(record.values["received"])
            one, problems = _received(root, file, record, unchanged)
            findings += problems
            received += one
        else:
            declarations[name] = unchanged.once(_declarations, name, file, record)
    findings += (_without_provenance(path) for path in ground.below(root, FOLDER, ".txt")
                 if path.parent == root / FOLDER and path.name not in described)
    return Sources(tuple(received), declarations, tuple(sorted(findings)), frozenset(unreadable))


def _without_provenance(path: Path) -> Finding:
    """That nothing says what the received text at `path` is, with the lines to write."""
    lines = (f"received: {path.name}", f"sha256: {hashlib.sha256(path.read_bytes()).hexdigest()}",
             "language: zh-Hans", "what: {zh-Hans: 文章发表时的文字, ja: 公表時の本文}",
             "editions: [articles/the-name-of-its-page]")
    return Finding(f"{FOLDER}/{path.name}", 1, "KB301", "a received text without provenance",
                   f"{path.stem}.yml beside it",
                   f"write these lines into {FOLDER}/{path.stem}.yml, and correct the last three: "
                   + ", ".join(f"“{line}”" for line in lines))


def _received(
    root: Path, data_file: str, record: yamldata.Record, unchanged: Unchanged
) -> tuple[tuple[Received, ...], tuple[Finding, ...]]:
    text, findings = _text(root, data_file, record)
    return ((), findings) if text is None else unchanged.once(_of_text, data_file, record, text)


def _of_text(
    data_file: str, record: yamldata.Record, text: str
) -> tuple[tuple[Received, ...], tuple[Finding, ...]]:
    values = record.values
    lines = len(text.split("\n")) - text.endswith("\n")
    copies = tuple(Copy(**copy) for copy in values.get("copies", ())) or (Copy(1, lines),)
    if problem := _uncovered(copies, lines):
        return (), (Finding(data_file, record.line("copies"), "KB305", problem,
                            f"copies that hold each of the lines 1 to {lines} once, at most one of "
                            "them running over a single line and one by lines", "correct first and "
                            "last"),)
    return (
        Received(
            file=f"{FOLDER}/{values['received']}",
            data_file=data_file,
            text=text,
            sha256=values["sha256"],
            language=RECEIVED[values["language"]],
            what=values["what"],
            editions=tuple(values["editions"]),
            copies=copies,
            omissions=tuple(Omission(**omission) for omission in values.get("omissions", ())),
            date=values.get("date"),
            address=values.get("address"),
            record=record,
        ),
    ), ()


def _text(
    root: Path, data_file: str, record: yamldata.Record
) -> tuple[str | None, tuple[Finding, ...]]:
    """The received text, if its bytes are the ones that its provenance names."""
    values = record.values
    file = f"{FOLDER}/{values['received']}"
    if not (root / file).is_file():
        return None, (Finding(data_file, record.line("received"), "KB301", f"no file {file}",
                              "the received text, byte for byte",
                              f"put it back, or, where it is new, save it as {file}"),)
    data = (root / file).read_bytes()
    actual = hashlib.sha256(data).hexdigest()
    if actual != values["sha256"]:
        line = record.line("sha256")
        return None, (Finding(file, 1, "KB301", f"SHA-256 {actual}",
                              f"{values['sha256']}, as in {data_file} line {line}",
                              "a received text is never edited: put back the bytes that were received; only "
                              f"where it is new, write sha256: {actual} on line {line} of {data_file}"),)
    if changed := _taken_from(root, data_file, record):
        return None, (changed,)
    _, findings = read_text(root / file, file, as_it_is=True)
    # As it is: every byte of a received text counts.
    return (None, findings) if findings else (data.decode("utf-8"), ())


def _taken_from(root: Path, data_file: str, record: yamldata.Record) -> Finding | None:
    """What is wrong with the file that a text was taken from, if it is one of its own."""
    origin = record.values.get("taken-from")
    if not origin:
        return None
    file, line = f"{FILES}/{origin['file']}", record.line("taken-from")
    if not (root / file).is_file():
        return Finding(data_file, line, "KB301", f"no file {file}", "the file that the text was taken from",
                       "put it back")
    actual = hashlib.sha256((root / file).read_bytes()).hexdigest()
    return None if actual == origin["sha256"] else Finding(
        file, 1, "KB301", f"SHA-256 {actual}", f"{origin['sha256']}, as in {data_file} line {line}",
        "a received text is never edited: put back the bytes that were received")


def _uncovered(copies: tuple[Copy, ...], lines: int) -> str | None:
    """What is wrong with the copies of a text of so many lines; None when nothing is."""
    ends = [0, *(copy.last for copy in sorted(copies, key=lambda one: one.first))]
    firsts = sorted(copy.first for copy in copies)
    if any(copy.first > copy.last for copy in copies) or ends[-1] != lines or any(
            first != before + 1 for first, before in zip(firsts, ends, strict=False)):
        return "copies of the lines " + ", ".join(f"{c.first} to {c.last}" for c in copies)
    if any(copy.running and copy.first != copy.last for copy in copies):
        return "a running copy of several lines"
    if len({copy.running for copy in copies}) < len(copies):
        return "two copies of the same kind"
    return None


def _declarations(document: str, file: str, record: yamldata.Record) -> Declarations:
    emendations = {
        tag: {
            anchor: Emendation(tuple(one["reasons"]), one["text"], one.get("received"),
                               record.line("emendations", tag, anchor))
            for anchor, one in declared.items()
        }
        for tag, declared in record.values.get("emendations", {}).items()
    }
    notes = tuple(
        Note(note["on"], note["kind"], note["date"], note["signed"],
             {tag: note[tag] for tag in BY_TAG}, note.get("after", {}),
             record.line("notes", index))
        for index, note in enumerate(record.values.get("notes", ()))
    )
    return Declarations(document, file, emendations, notes, agreed.figures(record), agreed.terms(record))
