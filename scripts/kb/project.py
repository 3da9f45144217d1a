"""A project, read once: its corpus, registers, sources and collations.

In: the root folder. Out: a `Project`, from which every check, command and page is made. Data that
cannot be read is among `findings`; what depends on it is left out, and nothing is invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kb import commentary, ground, reading, renewals, state, targets, texts, timeline, tree
from kb.anchors import register, wordings
from kb.anchors.fates import Fates
from kb.anchors.wordings import Wordings
from kb.collation import sources as witnesses
from kb.collation.collate import Collation, collate_all
from kb.collation.sources import Note
from kb.corpus import ALONE, COLLATION, GENERATED, HISTORY, PARALLEL, Corpus, Page
from kb.findings import Finding
from kb.glossary import concepts
from kb.languages import BY_TAG, Language
from kb.memory.shelf import Shelf
from kb.memory.unchanged import NOTHING, Unchanged
from kb.reading import Reading, Settings


@dataclass(frozen=True)
class Project:
    corpus: Corpus
    registers: Mapping[str, register.Register]
    wordings: Mapping[str, Wordings]
    sources: witnesses.Sources
    events: timeline.Timeline
    findings: tuple[Finding, ...]
    is_refused: bool = False  # nothing of it was opened: there are things that are no files of its own
    unchanged: Unchanged = NOTHING  # what was worked out, while what it follows from is the same

    @cached_property
    def glossary(self) -> concepts.Glossary:
        return concepts.read(self.corpus, self.terms, self.unchanged)

    @cached_property
    def terms(self) -> concepts.Glossary:
        """The glossary without the uses of its terms."""
        return concepts.terms(self.corpus, frozenset(
            (document, one.on, tag, one.concept) for document, declared in self.sources.declarations.items()
            for one in declared.terms for tag in one.tags), self.unchanged)

    @cached_property
    def comments(self) -> Mapping[tuple[str, str], tuple[commentary.Comment, ...]]:
        return commentary.read(self.corpus)

    @cached_property
    def collations(self) -> tuple[Collation, ...]:
        return collate_all(self.corpus, self.sources, self.unchanged)

    @cached_property
    def made(self) -> tuple[str, ...]:
        """The paths of the pages that the site makes: a collation of each document with a received text, the
        parallel text of each that has two editions, the wordings of each of which some were recorded; where
        there are texts, their state, the pages that check quotations and list a reader's notes, and how to
        take all along."""
        collations = (f"{document}/{COLLATION}" for collation in self.collations
                      for document in collation.received.editions if f"{document}.md" in self.corpus.paths)
        parallels = (f"{page.document}/{PARALLEL}" for page in self.corpus.documents
                     if self.corpus.both(page.path))
        histories = (f"{page.document}/{HISTORY}" for page in self.corpus.documents
                     if self.register(page.document).entries)
        alone = ALONE if self.corpus.has_texts else ()
        return tuple(dict.fromkeys((*collations, *parallels, *histories, *alone)))

    def address_of(self, path: str, language: Language) -> str | None:
        """The address, below the site's root, of what stands at `path` for readers of `language`: a page that
        is written or made, or a file; None where there is neither."""
        is_made = path.endswith((*GENERATED, *ALONE)) and path in self.made  # what is made is dear to know
        return targets.address(path, language) if is_made else self.corpus.address_of(path, language)

    def ids_of(self, path: str, language: Language) -> frozenset[str] | None:
        """Every id that names a paragraph or heading of the page at `path`; None where there is no page."""
        page = self.corpus.page(path, language)
        return frozenset(page.anchors) if page else None

    @property
    def as_of(self) -> str:
        """How far the editors have looked up what is in force (ISO 8601), or "" where nobody says."""
        return self.events.as_of

    @property
    def settings(self) -> Settings:
        """How the project's texts are read."""
        return next((page.settings for page in self.corpus.pages.values()), Settings())

    @cached_property
    def state(self) -> state.State:
        return state.read(self.corpus, self.registers, self.wordings, self.sources, self.collations,
                          unchanged=self.unchanged)

    @cached_property
    def renewals(self) -> renewals.Renewals:
        """(document, language tag) → the paragraphs of a translation that are older than their original."""
        return renewals.read(self.corpus, self.registers, self.wordings, self.glossary)

    @cached_property
    def _notes(self) -> Mapping[tuple[str, str], tuple[tuple[Note, Reading], ...]]:
        return {
            (document, tag): tuple((note, self.unchanged.once(reading.read, wording, self.settings))
                                   for note in declared.notes if (wording := note.wording[tag]))
            for document, declared in self.sources.declarations.items() for tag in BY_TAG
        }

    def notes_of(self, document: str, language: Language) -> tuple[tuple[Note, Reading], ...]:
        """The editor's notes on `document` in `language`, each with what it shows."""
        return self._notes.get((document, language.tag), ())

    def stale_of(self, page: Page) -> tuple[str, ...]:
        """The ids of paragraphs of a translation that are older than their original."""
        return register.stale(self.corpus, self.register(page.document), page)

    def register(self, document: str) -> register.Register:
        return register.of(self.registers, document)

    def wordings_of(self, document: str) -> Wordings:
        return self.wordings.get(document) or Wordings(document, wordings.file_of(document))

    def fates(self, document: str, language: Language) -> Fates:
        """What was done to the paragraphs of a document, as readers of `language` met it."""
        return Fates(self.register(document), language.tag, self.wordings_of(document).texts)

    def collations_of(self, document: str) -> tuple[Collation, ...]:
        """The collations of every received text that carries `document`, as its pages show them."""
        return tuple(one.part(document) for one in self.collations if document in one.received.editions)

    def marks_of(self, document: str) -> tuple[str, ...]:
        """What the ids of each of these collations end with on their page: the language, and a number where
        it is not the first in it."""
        tags = [one.received.language.tag for one in self.collations_of(document)]
        return tuple(f"{tag}-{before + 1}" if (before := tags[:at].count(tag)) else tag
                     for at, tag in enumerate(tags))


def read(root: Path, memory: Shelf | None = None, unchanged: Unchanged = NOTHING) -> Project:
    """Read everything below `root`, or nothing where something there must not be opened. A tree without
    `sources/` or `anchors/` is fine. `memory` is that of readings; `unchanged` knows what was read before."""
    if wrong := ground.check(root):
        empty = Corpus(root, {}, trees={tag: tree.Tree() for tag in BY_TAG})
        return Project(empty, {}, {}, witnesses.Sources(), timeline.Timeline(), wrong, is_refused=True)
    corpus = texts.read(root, memory, unchanged)
    registers, findings = register.read(root, unchanged)
    recorded, problems = wordings.read(root, unchanged)
    sources = witnesses.read(root, unchanged)
    events = timeline.read(root, unchanged)
    return Project(
        corpus, registers, recorded, sources, events,
        tuple(sorted((*corpus.findings, *findings, *problems, *sources.findings, *events.findings))),
        unchanged=unchanged,
    )
