"""Every wording that was ever published, kept once.

In: `anchors/<document>.txt`, one line a wording: its fingerprint, a space, the wording. Out: the
wordings, the lines that are missing, findings. The file only grows, as the register beside it does,
which says when and where each wording stood. So a reader who cited a paragraph can see years later
what it said. A line whose wording does not fit its fingerprint is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kb import ground
from kb.anchors import ids
from kb.anchors.register import FOLDER, Entry, Register, of
from kb.anchors.traces import HALF, is_other, runs, share
from kb.corpus import Corpus, Page
from kb.files import read_text
from kb.findings import Finding
from kb.fingerprints import PATTERN, fingerprint
from kb.memory.unchanged import NOTHING, Unchanged

_LINE = re.compile(rf"({PATTERN}) (.+)")
_BREAKS = re.compile("[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_HEADER = """\
# Wordings of {document}, each with its fingerprint, for readers who cited them.
# Append only: `kb anchors` adds lines at the end; no line is ever changed or removed.
"""


@dataclass(frozen=True)
class Wordings:
    """All published wordings of one document: fingerprint → wording."""

    document: str
    file: str
    texts: Mapping[str, str] = field(default_factory=dict)
    readable: bool = True  # when it is not, no wording is missed


def file_of(document: str) -> str:
    return f"{FOLDER}/{document}.txt"


def line(text: str) -> str:
    """The line that keeps the wording `text`."""
    # White space does not count in a fingerprint: what would break the line becomes a space.
    return f"{fingerprint(text)} {_BREAKS.sub(' ', text)}"


def read(root: Path, unchanged: Unchanged = NOTHING) -> tuple[Mapping[str, Wordings], tuple[Finding, ...]]:
    """Every file of wordings below `root`: document → wordings."""
    found: dict[str, Wordings] = {}
    findings: list[Finding] = []
    for path in ground.below(root, FOLDER, ".txt"):
        file = path.relative_to(root).as_posix()
        document = PurePosixPath(file).relative_to(FOLDER).with_suffix("").as_posix()
        text, problems = read_text(path, file, unchanged=unchanged)
        findings += problems
        if text is None:
            found[document] = Wordings(document, file, readable=False)
        else:
            found[document], problems = unchanged.once(parse, document, file, text)
            findings += problems
    return found, tuple(findings)


def parse(document: str, file: str, text: str) -> tuple[Wordings, tuple[Finding, ...]]:
    """The wordings that a file's text holds, and the lines that hold none."""
    texts: dict[str, str] = {}
    findings: list[Finding] = []
    for number, row in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(row)
        if match and fingerprint(match[2]) == match[1]:
            texts.setdefault(match[1], match[2])  # white space does not count: the first one stays
        elif row and not row.startswith("#"):
            expected = (f"the wording whose fingerprint is {match[1]}" if match
                        else "a fingerprint, a space, and a wording")
            findings.append(Finding(file, number, "KB216", f"“{row[:40]}”", expected,
                                    "restore the line as it was; what was published stays"))
    return Wordings(document, file, texts), tuple(findings)


def fingerprint_of(row: str) -> str | None:
    """The fingerprint of the wording that a line of the file keeps, if it keeps one."""
    match = _LINE.fullmatch(row)
    return match[1] if match else None


def today(pages: Iterable[Page]) -> Mapping[str, str]:
    """Fingerprint → wording of everything with an id on `pages`."""
    return {text: page.anchors[anchor] for page in pages
            for anchor, text in page.fingerprints.items()}


def appended(document: str, text: str | None, lines: Iterable[str]) -> str:
    """A file of wordings with `lines` added at its end; `text` is what it holds, None where there is none."""
    head = text if text is not None else _HEADER.format(document=document)
    return head + ("" if head.endswith("\n") else "\n") + "".join(f"{one}\n" for one in lines)


def check(
    corpus: Corpus, registers: Mapping[str, Register], kept: Mapping[str, Wordings], date: str,
    unchanged: Unchanged = NOTHING
) -> Iterator[Finding]:
    """Published wordings that are not kept, and ids under which another text stands today. `date`
    (ISO) is the one that suggested register lines carry; `kept` are the wordings."""
    for path in sorted({page.path for page in corpus.documents} - corpus.unreadable):
        pages = tuple(page for page in corpus.editions(path) if page.is_document)
        document = path.removesuffix(".md")
        # Of a text that could not be read nothing is remembered: another computer might be able to.
        asked = unchanged.every if any(page.reading.problem for page in pages) else unchanged.found
        yield from asked(_of_document, document, pages, registers.get(document), kept.get(document), date)


def _of_document(document: str, pages: tuple[Page, ...], register: Register | None,
                 kept: Wordings | None, date: str) -> Iterator[Finding]:
    """The same of one document's editions."""
    register = register or of({}, document)
    if kept and not kept.readable:
        return  # why not, is said already
    texts = kept.texts if kept else {}
    now = today(pages)
    for entry in register.entries:
        if entry.text and entry.text not in texts:
            put = (f"run: kb anchors, or add at its end: {line(now[entry.text])}"
                   if entry.text in now else "put the line back that held it")
            yield Finding(file_of(document), 1, "KB215",
                          f"no wording {entry.text} of #{entry.id}",
                          "every wording that was ever published", put)
    for page in pages:
        yield from replaced(register, texts, page, date)


def replaced(
    register: Register, texts: Mapping[str, str], page: Page, date: str, published: Register | None = None
) -> Iterator[Finding]:
    """Paragraphs of which hardly a word stood under their id before. A line of the register that
    says `was:` declares that it is the same paragraph all the same. Before is the wording recorded
    last; where `published` is given, the last one there: no line in between makes another text the same."""
    tag = page.language.tag
    lines = {paragraph.id: paragraph.last_line for paragraph in page.paragraphs}
    history: dict[str, list[Entry]] = {}
    for entry in register.entries:
        if entry.language == tag:
            history.setdefault(entry.id, []).append(entry)
    for anchor, text in page.fingerprints.items():
        known = history.get(anchor, [])
        # A wording just recorded is measured against the one before it.
        earlier = [entry for entry in known if entry.text != text]
        if published:
            last = published.latest.get((anchor, tag))
            earlier = [last] if last and last.text != text else []
        declared = any(entry.text == text and entry.was for entry in known)
        if not ids.is_paragraph(anchor) or anchor not in lines or not earlier or declared:
            continue
        if anchor in register.withdrawn:
            continue  # that it came back is said already
        before, now = texts.get(earlier[-1].text or "", ""), page.anchors[anchor]
        # Short texts may change wholly while they are drafts; not one word of what is published may.
        is_changed = is_other(before, now) or (published and not runs(before) & runs(now))
        if is_changed and not _is_without_id(page, before):
            same = Entry(anchor, date, tag, text, was=anchor)
            yield Finding(page.file, lines[anchor], "KB217", f"#{anchor} “{now[:20]}”",
                          f"the text that it stood for, “{before[:20]}”",
                          "give the new text an id of its own (remove this one and run: kb anchors) "
                          f"and withdraw #{anchor}; if it is the same paragraph written anew, run: kb "
                          f"anchors, which asks, or add at the end of {register.file}: {same}")


def _is_without_id(page: Page, text: str) -> bool:
    """Whether the words of `text` stand in a paragraph without an id: then its id slid below another one,
    which is another finding."""
    words = runs(text)
    return any(paragraph.id is None and share(words, runs(paragraph.text)) >= HALF
               for paragraph in page.paragraphs)
