"""The corpus: both trees of Markdown, read once.

In: a project's root folder. Out: a `Corpus`: every page of every language with its front matter,
title, sections and paragraphs. What cannot be read (broken UTF-8, YAML, schema) is a finding; the
pages that can be read are all there. Pages without front matter are plain pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kb import reading, yamldata
from kb.findings import Finding
from kb.languages import LANGUAGES, Language
from kb.reading import settings as markdown_settings
from kb.text import fingerprint

# What is read paragraph by paragraph, numbered, registered and collated.
DOCUMENT_KINDS = ("article", "press-release")
# The pages that the site makes of a document.
MADE = COLLATION, PARALLEL = "collation.md", "parallel.md"
# The blocks that can be cited by a number.
CITABLE = ("paragraph", "item", "quotation")
COMMENTARY_KINDS = ("note", "correction", "update", "essay")
_SCHEMAS = {
    **dict.fromkeys(DOCUMENT_KINDS, "document"),
    **dict.fromkeys(COMMENTARY_KINDS, "commentary"),
    "concept": "concept",
}
_FRONT_MATTER = re.compile(r"\A---[ ]*\n(.*?)^---[ ]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def address(path: str, language: Language) -> str:
    """Where the page at `path` stands in `language`, below the site's root."""
    stem = path.removesuffix(".md")
    if stem == "index" or stem.endswith("/index"):
        return language.prefix + stem.removesuffix("index")
    return f"{language.prefix}{stem}/"


@dataclass(frozen=True)
class Section:
    """A heading below the title: its id, if any, its text, its level (2 to 6), its line."""

    id: str | None
    title: str
    level: int
    line: int


@dataclass(frozen=True)
class Paragraph:
    """The unit that can be cited: a paragraph, list item or paragraph of a quotation.

    `line` and `last_line` are those of the file; `section` is the section it stands in; `marker` is a
    list item's own mark.
    """

    id: str | None
    text: str
    kind: str
    line: int
    last_line: int
    indent: str
    section: Section | None
    marker: str = ""

    @property
    def number(self) -> str:
        """What stands before it in an ordered list, as in `3.`; empty elsewhere."""
        return self.marker if self.marker[:1].isdecimal() else ""


@dataclass(frozen=True)
class Page:
    """One Markdown file. `path` is its place in its tree, as in `articles/x.md`; the same path in
    two trees is the same page in two languages. `file` is its place in the project."""

    path: str
    language: Language
    file: str
    markdown: str
    body_line: int
    head: str = ""  # the front matter as it is written, with its two lines of dashes
    record: yamldata.Record = field(default_factory=yamldata.Record)
    settings: reading.Settings = field(default_factory=reading.Settings)

    @property
    def front(self) -> Mapping[str, Any]:
        return self.record.values

    @property
    def kind(self) -> str:
        return str(self.front.get("kind", "page"))

    @property
    def is_document(self) -> bool:
        return self.kind in DOCUMENT_KINDS

    @property
    def is_commentary(self) -> bool:
        return self.kind in COMMENTARY_KINDS

    @property
    def document(self) -> str:
        """The page's name without `.md`: what registers and data files call it."""
        return self.path.removesuffix(".md")

    @property
    def address(self) -> str:
        """The address below the site's root, as in `ja/articles/x/`."""
        return address(self.path, self.language)

    @cached_property
    def reading(self) -> reading.Reading:
        """What the page shows: read once, whoever asks first."""
        return reading.read(self.markdown, self.settings)

    @property
    def blocks(self) -> tuple[reading.Block, ...]:
        return self.reading.blocks

    @cached_property
    def headings(self) -> tuple[Section, ...]:
        """All headings, the title among them. In a document only an id that was given is one."""
        return tuple(
            Section(block.id if block.is_given or not self.is_document else None, block.text, block.level,
                    self.line_of(block))
            for block in self.blocks
            if block.kind == "heading"
        )

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(heading for heading in self.headings if heading.level > 1)

    @cached_property
    def title(self) -> str:
        """The front matter's title, else the text of the first heading of level 1, else the
        file's name."""
        if self.front.get("title"):
            return str(self.front["title"])
        return next((h.title for h in self.headings if h.level == 1), self.document)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        found: list[Paragraph] = []
        sections = iter(self.headings)
        section: Section | None = None
        for block in self.blocks:
            if block.kind == "heading":
                heading = next(sections)
                section = heading if heading.level > 1 else None
            elif block.kind in CITABLE:
                found.append(
                    Paragraph(block.id, block.text, block.kind, self._line(block.line),
                              self._line(block.last_line), block.indent, section, block.marker)
                )
        return tuple(found)

    @cached_property
    def anchors(self) -> Mapping[str, str]:
        """Every id on the page → the text it names, in reading order. The first one wins."""
        found: dict[str, str] = {}
        for block in self.blocks:
            if block.id and (block.is_given or not self.is_document) and (
                    block.kind == "heading" or block.kind in CITABLE):
                found.setdefault(block.id, block.text)
        return found

    @cached_property
    def fingerprints(self) -> Mapping[str, str]:
        """Every id on the page → the fingerprint of the text it names."""
        return {anchor: fingerprint(text) for anchor, text in self.anchors.items()}

    @cached_property
    def links(self) -> tuple[tuple[int, str], ...]:
        """(line, target) of every link."""
        return tuple((self._line(link.line), link.target) for link in self.reading.links if not link.is_picture)

    def line_of(self, block: reading.Block) -> int:
        """The line of the file on which a block begins."""
        return self._line(block.line)

    def _line(self, line: int) -> int:
        return self.body_line + max(line, 1) - 1


@dataclass(frozen=True)
class Corpus:
    """All pages of a project. `findings` says what could not be read as it should."""

    root: Path
    pages: Mapping[tuple[str, str], Page]  # (path, language tag) → page
    findings: tuple[Finding, ...] = ()
    # Paths of which some edition is there but could not be read: nothing more is said of them.
    unreadable: frozenset[str] = frozenset()

    def page(self, path: str, language: Language) -> Page | None:
        return self.pages.get((path, language.tag))

    def nearest(self, path: str, language: Language) -> Page | None:
        """The page at `path` in `language`, else in another."""
        return self.page(path, language) or next(iter(self.editions(path)), None)

    def editions(self, path: str) -> tuple[Page, ...]:
        """The page at `path` in each language that has it, the site's default first."""
        found = (self.page(path, language) for language in LANGUAGES)
        return tuple(page for page in found if page)

    def address_of(self, path: str, language: Language) -> str | None:
        """The address, below the site's root, of the page or file at `path` for readers of `language`;
        None where there is neither."""
        if self.editions(path) or path in self.made:
            return address(path, language)
        trees = (language, *(one for one in LANGUAGES if one is not language))
        for one in trees:
            if not path.startswith("..") and (self.root / one.tree / path).is_file():
                return one.prefix + quote(path)
        return None

    @cached_property
    def made(self) -> frozenset[str]:
        """The paths of pages that the site makes of documents."""
        return frozenset(f"{page.document}/{name}" for page in self.documents for name in MADE)

    @cached_property
    def paths(self) -> tuple[str, ...]:
        return tuple(sorted({path for path, _ in self.pages}))

    @cached_property
    def documents(self) -> tuple[Page, ...]:
        return tuple(page for page in self.pages.values() if page.is_document)

    def below(self, folder: str, language: Language) -> tuple[Page, ...]:
        """The pages of `language` in `folder`, its index apart."""
        return tuple(
            page
            for (path, tag), page in self.pages.items()
            if tag == language.tag and path.rpartition("/")[0] == folder
            and not path.endswith("/index.md")
        )


def read(root: Path) -> Corpus:
    """Read both trees below `root`. A tree that is not there is an empty one."""
    pages: dict[tuple[str, str], Page] = {}
    findings: list[Finding] = []
    unreadable: set[str] = set()
    settings = markdown_settings.read(root)
    for language in LANGUAGES:
        for path in _markdown_files(root / language.tree):
            page, problems = _read_page(root, path, language, settings)
            findings += problems
            if page:
                pages[page.path, language.tag] = page
            else:
                unreadable.add(path.relative_to(root / language.tree).as_posix())
    return Corpus(root, pages, tuple(sorted(findings)), frozenset(unreadable))


def _markdown_files(tree: Path) -> Iterator[Path]:
    for path in sorted(tree.rglob("*.md")):
        hidden = any(part.startswith(".") for part in path.relative_to(tree).parts)
        if not hidden and not path.is_dir():
            yield path


def _read_page(
    root: Path, path: Path, language: Language, settings: reading.Settings
) -> tuple[Page | None, tuple[Finding, ...]]:
    file = path.relative_to(root).as_posix()
    text, findings = read_text(path, file)
    if text is None:
        return None, findings
    name = path.relative_to(root / language.tree).as_posix()
    match = _FRONT_MATTER.match(text)
    if not match:
        if text.startswith("---\n"):
            unclosed = Finding(file, 1, "KB102", "front matter that does not end",
                               "a line “---” after it", "add “---” on a line of its own")
            return None, (unclosed,)
        return Page(name, language, file, text, 1, settings=settings), ()
    front = match.group(1)
    record, findings = yamldata.load(front, file=file, first_line=2)
    if not findings:
        schema = _SCHEMAS.get(str(record.values.get("kind")), "page")
        # What a page is decides which keys it may have.
        findings = yamldata.check(record, "kind", file=file, first_line=2) or yamldata.check(
            record, schema, file=file, first_line=2)
    if findings:
        return None, findings
    body_line = text.count("\n", 0, match.end()) + 1
    page = Page(name, language, file, text[match.end():], body_line, match.group(), record, settings)
    return page, findings


def read_text(path: Path, file: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a UTF-8 file, or a finding that says on which line it breaks off."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, (Finding(file, 1, "KB101", str(error.strerror), "a file",
                              "remove it, or put the file back"),)
    try:
        text = data.decode("utf-8-sig")
        return text.replace("\r\n", "\n").replace("\r", "\n"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = data[error.start : error.start + 4].hex(" ")
        return None, (
            Finding(file, line, "KB101", f"the bytes {bad}", "UTF-8",
                    "save the file again as UTF-8"),
        )
