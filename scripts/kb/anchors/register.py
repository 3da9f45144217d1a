"""The anchor register: every id that was ever published, and every wording it stood for.

In: the corpus, and `anchors/<document>.yml`, one file a document, one line an event. Out: the lines
that are missing, and findings. The register only grows: a line is added at its end, none is
changed. A line says that on a date, in a language, an id stood for a wording (its fingerprint);
a translation's line also names the wording of the original it was made from (`of`). A withdrawn id
leaves a line with its successor. Nothing is ever renumbered.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb import yamldata
from kb.anchors import ids
from kb.corpus import Corpus, Page
from kb.files import read_text
from kb.findings import Finding
from kb.fingerprints import PATTERN, fingerprint
from kb.languages import BY_TAG

FOLDER = "anchors"
# An id that Python-Markdown will print instead of reading.
_LEAK = re.compile(r"\{\s*:?\s*#")
_HEADER = """\
# Anchor register of {document}.
# Append only: `kb anchors` adds lines at the end; no line is ever changed or removed.
document: {document}
anchors:
"""
_LINE = re.compile(r"- \{id: (?P<id>[a-z][a-z0-9-]*), date: (?P<date>\d{4}-\d{2}-\d{2}), "
                   rf"language: (?P<language>zh-Hans|ja), text: (?P<text>{PATTERN})"
                   rf"(?:, of: (?P<of>{PATTERN}))?\}}$")


@dataclass(frozen=True)
class Entry:
    """One line of a register. `text` and `of` are fingerprints, `was` declares a move."""

    id: str
    date: str
    language: str | None = None
    text: str | None = None
    of: str | None = None
    withdrawn: bool = False
    successor: str | None = None
    was: str | None = None

    def __str__(self) -> str:
        values = {
            "id": self.id, "date": self.date, "language": self.language, "text": self.text,
            "of": self.of, "withdrawn": "true" if self.withdrawn else None,
            "successor": self.successor, "was": self.was,
        }
        return "- {" + ", ".join(f"{k}: {v}" for k, v in values.items() if v) + "}"


@dataclass(frozen=True)
class Register:
    """All that was ever recorded of one document, oldest first."""

    document: str
    file: str
    entries: tuple[Entry, ...] = ()
    readable: bool = True  # when it is not, nothing can be said against it

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

    @cached_property
    def owners(self) -> Mapping[tuple[str, str], str]:
        """(language, fingerprint) → the id that first stood for that wording."""
        found: dict[tuple[str, str], str] = {}
        for entry in self.entries:
            if entry.language and entry.text:
                found.setdefault((entry.language, entry.text), entry.id)
        return found


def read(root: Path) -> tuple[Mapping[str, Register], tuple[Finding, ...]]:
    """Every register below `root`: document → register."""
    registers: dict[str, Register] = {}
    findings: list[Finding] = []
    for path in sorted((root / FOLDER).rglob("*.yml")):
        file = path.relative_to(root).as_posix()
        document = path.relative_to(root / FOLDER).with_suffix("").as_posix()
        text, problems = read_text(path, file)
        found, more = _parsed(document, file, text) if text is not None else (None, ())
        findings += [*problems, *more]
        registers[document] = found or Register(document, file, readable=False)
    return registers, tuple(findings)


def _parsed(
    document: str, file: str, text: str
) -> tuple[Register | None, tuple[Finding, ...]]:
    """A register from its text. Lines that `kb anchors` wrote are read by their form, which spares
    a YAML parser thousands of them; anything else is read as YAML and checked against the schema."""
    head = _HEADER.format(document=document)
    entries: list[Entry] = []
    if text.startswith(head):
        for line in text[len(head):].splitlines():
            match = _LINE.match(line)
            if not match:
                break
            entries.append(Entry(**match.groupdict()))
        else:
            return _consistent(Register(document, file, tuple(entries)), head.count("\n"))
    record, findings = yamldata.parse(text, file=file, schema="register")
    if findings:
        return None, findings
    if record.values["document"] != document:
        return None, (Finding(file, record.line("document"), "KB212",
                              f"document: {record.values['document']}", f"document: {document}",
                              "a register stands at the same path as its document"),)
    lines = [record.line("anchors", index) for index in range(len(record.values["anchors"] or ()))]
    entries = [Entry(**values) for values in record.values["anchors"] or ()]
    return _consistent(Register(document, file, tuple(entries)), *lines)


def _consistent(register: Register, *lines: int) -> tuple[Register | None, tuple[Finding, ...]]:
    """Refuse entries that contradict each other. `lines` are the entries' own, or the number of
    lines above the first."""

    def wrong(index: int, found: str, expected: str) -> tuple[None, tuple[Finding, ...]]:
        line = lines[index] if len(lines) > 1 else lines[0] + index + 1
        return None, (Finding(register.file, line, "KB212", found, expected,
                              "restore the line as it was, or remove one that was added"),)

    known: set[str] = set()
    for index, entry in enumerate(register.entries):
        if entry.withdrawn:
            if entry.id not in known:
                return wrong(index, f"#{entry.id} withdrawn", "an id that was published before")
        elif not entry.language or not entry.text:
            return wrong(index, f"#{entry.id} without language and text",
                         "language and text, or withdrawn: true")
        if entry in register.entries[max(0, index - 1) : index]:
            return wrong(index, f"#{entry.id} a second time", "each line once")
        known.add(entry.id)
    wrong_days = {day for day in {entry.date for entry in register.entries} if not _is_day(day)}
    for index, entry in enumerate(register.entries):
        if entry.date in wrong_days:
            return wrong(index, f"the date {entry.date}", "a day of the calendar")
        if entry.successor and entry.successor not in known:
            return wrong(index, f"the successor #{entry.successor}", "an id of this document")
        if entry.successor and _leads_back(register, entry.id):
            return wrong(index, f"#{entry.id} as its own successor in the end", "a living id")
    return register, ()


def _is_day(day: str) -> bool:
    try:
        return bool(datetime.date.fromisoformat(day))
    except ValueError:
        return False


def _leads_back(register: Register, anchor: str) -> bool:
    """Whether the successors of a withdrawn id lead back to it."""
    seen: set[str] = set()
    here: str | None = anchor
    while here in register.withdrawn and here not in seen:
        seen.add(here)
        here = register.withdrawn[here].successor
    return here in seen


def of(registers: Mapping[str, Register], document: str) -> Register:
    """The register of `document`, empty where there is none yet."""
    return registers.get(document) or Register(document, f"{FOLDER}/{document}.yml")


def original(corpus: Corpus, page: Page) -> Page | None:
    """The page that `page` was translated from, if the corpus has it."""
    tag = page.front.get("translation", {}).get("from")
    return corpus.page(page.path, BY_TAG[tag]) if tag in BY_TAG else None


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


@dataclass(frozen=True)
class Assigned:
    """A page's Markdown with the ids that were given, and what they are."""

    page: Page
    markdown: str
    ids: tuple[str, ...]


def assign(pages: Iterable[Page], register: Register) -> tuple[Assigned, ...]:
    """Give an id to every paragraph that has none, the same in each language.

    A paragraph whose wording is registered under an id that the page lacks gets it back. A new one
    takes the id that its twin at the same place already has; else the next one that was never used.
    """
    pages = tuple(pages)
    used = set(register.ids) | {anchor for page in pages for anchor in page.anchors}
    elsewhere = [paragraph.id for page in pages for paragraph in page.paragraphs
                 if paragraph.id and ids.is_paragraph(paragraph.id)]
    done: list[Assigned] = []
    for page in pages:
        own = {paragraph.id for paragraph in page.paragraphs}
        free = [anchor for anchor in elsewhere
                if anchor not in own and anchor not in register.withdrawn]
        new: dict[int, str] = {}
        before: str | None = None
        for index, paragraph in enumerate(page.paragraphs):
            if paragraph.id:
                before = paragraph.id if ids.is_paragraph(paragraph.id) else before
                continue
            after = next((later.id for later in page.paragraphs[index:]
                          if later.id and ids.is_paragraph(later.id)), None)
            # An id that was stripped by accident comes back with its wording.
            lost = register.owners.get((page.language.tag, fingerprint(paragraph.text)))
            lost = lost if lost not in own and lost not in register.withdrawn else None
            known = [anchor for anchor in (lost, *free) if anchor and _fits(before, anchor, after)]
            new[index] = before = known[0] if known else ids.between(before, after, used)
            used.add(before)
        if new:
            elsewhere += new.values()
            done.append(Assigned(page, _with_ids(page, new), tuple(new.values())))
    return tuple(done)


def _fits(before: str | None, anchor: str, after: str | None) -> bool:
    low = ids.order(before) if before else (0, ())
    return low < ids.order(anchor) and (after is None or ids.order(anchor) < ids.order(after))


def _with_ids(page: Page, new: Mapping[int, str]) -> str:
    lines = page.markdown.split("\n")
    for index in sorted(new, reverse=True):
        paragraph = page.paragraphs[index]
        lines.insert(paragraph.last_line - page.body_line + 1,
                     f"{paragraph.indent}{{ #{new[index]} }}")
    return "\n".join(lines)


def appended(register: Register, entries: Iterable[Entry], text: str | None) -> str:
    """The register's file with `entries` added at its end; `text` is what it holds today."""
    head = text if text is not None else _HEADER.format(document=register.document)
    if not head.endswith("\n"):
        head += "\n"
    return head + "".join(f"{entry}\n" for entry in entries)


def check(corpus: Corpus, registers: Mapping[str, Register], date: str) -> Iterator[Finding]:
    """Everything wrong with the ids of documents, measured against the register."""
    for path in sorted({page.path for page in corpus.documents} - corpus.unreadable):
        pages = tuple(page for page in corpus.editions(path) if page.is_document)
        register = of(registers, path.removesuffix(".md"))
        wrong = [finding for page in pages for finding in shape(page)]
        yield from wrong
        if wrong:
            continue  # what else is wrong would only be said of the same mistake again
        yield from _twins(pages)
        if register.readable:
            for page in pages:
                yield from _against(corpus, register, page, date)
    for document, register in registers.items():
        if f"{document}.md" not in corpus.unreadable:
            yield from _gone(corpus, register)


def shape(page: Page) -> Iterator[Finding]:
    """What is wrong with the ids of one page taken by itself."""
    yield from _form(page)
    yield from _order(page)


def _gone(corpus: Corpus, register: Register) -> Iterator[Finding]:
    """A document with published ids that is no longer there, or no longer a document: withdrawn ids
    too are answered on its page. One that is gone in one language only is still there for its
    readers, with a notice."""
    published = {tag for _, tag in register.latest}
    for tag in sorted(published, reverse=True):
        path = f"{register.document}.md"
        page = corpus.page(path, BY_TAG[tag]) or next(iter(corpus.editions(path)), None)
        if page is None or not page.is_document:
            yield Finding(register.file, 1, "KB206",
                          f"no document {BY_TAG[tag].tree}/{register.document}.md",
                          "the document whose ids this register has published",
                          "bring it back, with its front matter")
            return


def lost_lines(file: str, before: str, now: str | None) -> Iterator[Finding]:
    """The first line of a file's earlier text `before` that `now`, the text of today, does not
    begin with: a register, and the wordings beside it, only grow at their end."""
    today = (now or "").split("\n")
    for number, line in enumerate(before.removesuffix("\n").split("\n"), 1):
        if number > len(today) or today[number - 1] != line:
            yield Finding(file, number, "KB214", f"no line “{line}”",
                          "every line that was ever recorded, in its place",
                          "put it back where it was; new lines stand at the end")
            return


def _form(page: Page) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    places = [(p.last_line, p.id, p.text, 0) for p in page.paragraphs]
    places += [(s.line, s.id, s.title, s.level) for s in page.headings]
    for line, anchor, text, level in sorted(places, key=lambda place: place[0]):
        if leak := _LEAK.search(text):
            yield Finding(page.file, line, "KB211", f"“{text[leak.start():][:24]}” in the text",
                          "“ { #section-id }” at the end of the heading" if level
                          else "“{ #p12 }” alone on the paragraph’s last line",
                          "give the braces a line of their own and a space inside each")
        elif anchor is None and not level:
            yield Finding(page.file, line, "KB203", f"no id after “{text[:20]}”",
                          "“{ #p… }” on a line of its own below it", "run: kb anchors")
        elif anchor is None and level > 1:
            yield Finding(page.file, line, "KB203", f"the heading “{text}” without an id",
                          "“ { #section-id }” after it, the same in both languages",
                          "choose a short English name, lower case, with hyphens")
        elif anchor is not None and anchor in seen:
            yield Finding(page.file, line, "KB201",
                          f"#{anchor} again (first in line {seen[anchor]})", "each id once",
                          "remove this one and run: kb anchors")
        elif anchor is not None:
            seen[anchor] = line
            if not level and not ids.is_paragraph(anchor):
                yield Finding(page.file, line, "KB202", f"#{anchor}",
                              "an id such as p12 or p12a", "remove it and run: kb anchors")
            elif level and not ids.is_section(anchor):
                yield Finding(page.file, line, "KB202", f"#{anchor}",
                              "a name such as legal-effect", "lower case, digits and hyphens only")


def _order(page: Page) -> Iterator[Finding]:
    before: str | None = None
    for paragraph in page.paragraphs:
        if not paragraph.id or not ids.is_paragraph(paragraph.id):
            continue
        if before and ids.order(paragraph.id) < ids.order(before):
            yield Finding(page.file, paragraph.last_line, "KB204", f"#{paragraph.id} after #{before}",
                          "ids in the order of the text",
                          "put the paragraph back, or withdraw the id and run: kb anchors")
        before = paragraph.id


def _twins(pages: tuple[Page, ...]) -> Iterator[Finding]:
    if len(pages) < 2:
        return
    every = {anchor for page in pages for anchor in page.anchors}
    for page in pages:
        twin = next(other for other in pages if other is not page)
        lines = {p.id: p.last_line for p in twin.paragraphs} | {
            s.id: s.line for s in twin.headings}
        for anchor in sorted(every - page.anchors.keys()):
            yield Finding(page.file, 1, "KB205", f"no #{anchor}",
                          f"the counterpart of {twin.file} line {lines.get(anchor, 1)}",
                          f"translate that paragraph and give it {{ #{anchor} }}")


def _against(corpus: Corpus, register: Register, page: Page, date: str) -> Iterator[Finding]:
    tag = page.language.tag
    today = page.fingerprints
    lines = {p.id: p.last_line for p in page.paragraphs} | {s.id: s.line for s in page.headings}
    for anchor, entry in register.withdrawn.items():
        if anchor in today:
            yield Finding(page.file, lines[anchor], "KB207", f"#{anchor}",
                          f"a new id: #{anchor} was withdrawn on {entry.date}",
                          "remove it and run: kb anchors")
    published = {a for a, language in register.latest if language == tag}
    for anchor in sorted(published - today.keys() - register.withdrawn.keys()):
        heir = next((a for a, text in today.items()
                     if register.latest[anchor, tag].text == text), None)
        line = str(Entry(anchor, date, withdrawn=True, successor=heir or "…"))
        yield Finding(page.file, 1, "KB206", f"no #{anchor}", "every id that was ever published",
                      f"bring the paragraph back, or add at the end of {register.file}: {line}")
    moved = set()
    for anchor, text in today.items():
        owner = register.owners.get((tag, text))
        known = register.latest.get((anchor, tag))
        if not owner or owner == anchor or today.get(owner) == text or (
            known and known.text == text
        ):
            continue
        moved.add(anchor)
        line = Entry(anchor, date, tag, text, was=owner)
        yield Finding(page.file, lines[anchor], "KB208",
                      f"under #{anchor} the text of #{owner}", f"that text under #{owner}",
                      "give every paragraph the id it had, and new ones none, then run: kb anchors;"
                      f" if the text truly moved, add at the end of {register.file}: {line}")
    if not published:
        yield Finding(page.file, 1, "KB209", "a document that the register does not know",
                      f"{register.file}", "run: kb anchors")
        return
    for entry in missing(corpus, register, (page,), date):
        if entry.id not in moved and entry.id not in register.withdrawn:
            yield Finding(page.file, lines[entry.id], "KB209",
                          f"#{entry.id} as {entry.text}",
                          "a wording that stands in the register",
                          f"run: kb anchors, or add at the end of {register.file}: {entry} and at "
                          f"the end of {FOLDER}/{register.document}.txt: "
                          f"{entry.text} {page.anchors[entry.id]}")
    for anchor in stale(corpus, register, page):
        source = original(corpus, page)
        entry = Entry(anchor, date, tag, today[anchor], fingerprint(source.anchors[anchor]))
        yield Finding(page.file, lines[anchor], "KB210", f"#{anchor} made from an older wording",
                      f"a translation of {source.file} as it is now",
                      f"translate it again, or, if it still holds, add at the end of {register.file}: {entry}")


