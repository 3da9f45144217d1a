"""The corpus: the pages of both trees, as everything else knows them.

In: what was read of each file (`kb.texts`). Out: a `Corpus`: every page of every language with its front
matter, title, sections and paragraphs. What follows from a text is worked out when it is first asked for.
Refuses nothing: what could not be read is not there, and has a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kb import kinds, reading, targets, tree, yamldata
from kb.characters import one_line
from kb.findings import Finding
from kb.fingerprints import fingerprint
from kb.languages import LANGUAGES, Language, other
from kb.reading import Block, Link, Reading

# The pages that the site makes of a document, and of all texts.
GENERATED = COLLATION, PARALLEL, HISTORY = "collation.md", "parallel.md", "history.md"
ALONE = STATE, CHECK, OFFLINE, NOTES = "about/state.md", "check.md", "about/offline.md", "notes.md"
# The blocks that can be cited by a number.
CITABLE = ("paragraph", "item", "quotation")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading below the title: its id, if any, its text, its level (2 to 6), its line."""

    id: str | None
    title: str
    level: int
    line: int


@dataclass(frozen=True, slots=True)
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
    number: str = ""  # what stands before it in an ordered list, as in `3.`


@dataclass(frozen=True)
class Page:
    """One Markdown file. `path` is where it stands in its tree, in NFC, as in `articles/x.md`; the
    same path in two trees is the same page in two languages. `file` is where the file really stands
    in the project."""

    path: str
    language: Language
    file: str
    markdown: str
    body_line: int
    head: str = ""  # the front matter as it is written, with its two lines of dashes
    record: yamldata.Record = field(default_factory=yamldata.Record)
    settings: reading.Settings = field(default_factory=reading.Settings)
    is_made: bool = False  # by the site: there is no such file

    def made_of(self) -> object:
        """What tells it from others. Where there is a file, `record` follows from `head`."""
        return (self.path, self.language.tag, self.file, self.markdown, self.body_line, self.head,
                self.settings, self.record if self.is_made else None, self.is_made)

    @property
    def front(self) -> Mapping[str, Any]:
        return self.record.values

    @cached_property
    def kind(self) -> str:
        return str(self.front.get("kind", "page"))

    @property
    def is_document(self) -> bool:
        return self.kind in kinds.DOCUMENTS

    @property
    def is_commentary(self) -> bool:
        return self.kind in kinds.COMMENTARY

    @property
    def document(self) -> str:
        """The page's name without `.md`: what registers and data files call it."""
        return self.path.removesuffix(".md")

    @property
    def address(self) -> str:
        """The address below the site's root, as in `ja/articles/x/`."""
        return targets.address(self.path, self.language)

    @property
    def place(self) -> str:
        """The folder below the site's root in which it stands, as it is on disk."""
        return targets.place(self.path, self.language)

    @property
    def date(self) -> str:
        """The day, month or year on which it was published or signed; empty where none is known."""
        return str(self.front.get("published") or self.front.get("date") or "")

    @cached_property
    def reading(self) -> Reading:
        """What the page shows: read once, whoever asks first."""
        return reading.read(self.markdown, self.settings)

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.reading.blocks

    @cached_property
    def headings(self) -> tuple[Section, ...]:
        """All headings, the title among them. In a document only an id that was given is one."""
        return tuple(
            Section(block.id if block.is_given or not self.is_document else None, block.text, block.level,
                    self.line_of(block)) for block in self.blocks if block.kind == "heading")

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(heading for heading in self.headings if heading.level > 1)

    @cached_property
    def title(self) -> str:
        """The front matter's title, else the first heading of level 1, else the file's name."""
        if self.front.get("title"):
            return one_line(str(self.front["title"]))
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
                found.append(Paragraph(block.id, block.text, block.kind, self._line(block.line),
                                       self._line(block.last_line), block.indent, section, block.number))
        return tuple(found)

    @property
    def count(self) -> int:
        """How many paragraphs it has."""
        return len(self.paragraphs)

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

    def line_of(self, found: Block | Link) -> int:
        """The line of the file on which a block begins, or a link stands."""
        return self._line(found.line)

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
    trees: Mapping[str, tree.Tree] = field(default_factory=dict)  # language tag → all its files

    @classmethod
    def of(cls, pages: Iterable[Page]) -> Corpus:
        """One that knows these pages and nothing else."""
        return cls(Path(), {(page.path, page.language.tag): page for page in pages})

    def page(self, path: str, language: Language) -> Page | None:
        return self.pages.get((path, language.tag))

    def editions(self, path: str) -> tuple[Page, ...]:
        """The page at `path` in each language that has it, the site's default first."""
        found = (self.page(path, language) for language in LANGUAGES)
        return tuple(page for page in found if page)

    def both(self, path: str) -> tuple[Page, ...]:
        """The editions of the document at `path`, if it has two."""
        editions = self.editions(path)
        return editions if len(editions) == 2 and all(page.is_document for page in editions) else ()

    def nearest(self, path: str, language: Language) -> Page | None:
        """The page at `path` in `language`, else in the other, where it is shown with a notice."""
        return self.page(path, language) or next(iter(self.editions(path)), None)

    def address_of(self, path: str, language: Language) -> str | None:
        """The address, below the site's root, of the page or file at `path` for readers of `language`;
        None where there is neither."""
        if self.editions(path):
            return targets.address(path, language)
        # A picture: that of the other language where this one has none of its own.
        return next((targets.file_address(path, one) for one in (language, other(language))
                     if path in self.trees[one.tag].files), None)

    def picture(self, place: str) -> bytes | None:
        """The picture that will stand at `place` below the site's root."""
        for language in reversed(LANGUAGES):
            path = self.trees[language.tag].files.get(place.removeprefix(language.prefix))
            if path and place.startswith(language.prefix):
                return path.read_bytes()
        return None

    @cached_property
    def has_texts(self) -> bool:
        """Whether there is a document, a concept or a commentary."""
        own = {*kinds.DOCUMENTS, *kinds.COMMENTARY, kinds.CONCEPT}
        return any(page.kind in own for page in self.pages.values())

    @cached_property
    def paths(self) -> tuple[str, ...]:
        return tuple(sorted({path for path, _ in self.pages}))

    @cached_property
    def documents(self) -> tuple[Page, ...]:
        return tuple(page for page in self.pages.values() if page.is_document)

    def below(self, folder: str, language: Language) -> tuple[Page, ...]:
        """The pages of `language` in `folder`, its index apart."""
        return tuple(page for (path, tag), page in self.pages.items()
                     if tag == language.tag and path.rpartition("/")[0] == folder
                     and not path.endswith("/index.md"))
