"""How far each text is in each language.

In: the corpus, the registers, the received texts and their collations. Out: a `Text` for each document, with
its `Edition` in each language: there or missing; the paragraphs that are stale, lacking or untranslated; the
drafts; who made it, edited and reviewed it; and how it stands to its received text. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kb import kinds, names
from kb.anchors import register
from kb.anchors.register import Register
from kb.characters import chinese_only, is_kana
from kb.collation import rests
from kb.collation.collate import Collation
from kb.collation.sources import Sources
from kb.corpus import Corpus, Page
from kb.languages import CHINESE, LANGUAGES, Language, other
from kb.memory.unchanged import NOTHING, Unchanged

# What an edition may need, what is worst first. The last leaves it complete: every paragraph is there.
NEEDS = ("missing", "lacking", "untranslated", "unaccounted", "drafts", "stale", "unedited")
_INCOMPLETE = ("lacking", "untranslated", "unaccounted", "drafts")


@dataclass(frozen=True)
class Review:
    """`changed` are the ids whose wording was recorded on a later day."""

    date: str
    by: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Collated:
    """How an edition stands to its received texts. `unaccounted` counts characters of which nothing is said,
    `emended` paragraphs; both None where no text in its own language is there to compare it with."""

    received: int
    unaccounted: int | None = None
    emended: int | None = None


@dataclass(frozen=True)
class Edition:
    """A text in one language; `page` is None where it is missing. `made` is original, or by whom it was
    translated; empty for what is no document. `stale` are (id, the day since when, "" where the register does
    not say)."""

    language: Language
    page: Page | None
    made: str = ""
    edited: str = ""
    review: Review | None = None
    stale: tuple[tuple[str, str], ...] = ()
    lacking: tuple[str, ...] = ()
    untranslated: tuple[str, ...] = ()
    drafts: int = 0
    collated: Collated | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        """What has to be done, of `NEEDS`."""
        found = {
            "missing": self.is_missing, "lacking": self.lacking, "untranslated": self.untranslated,
            "unaccounted": self.collated and self.collated.unaccounted, "drafts": self.drafts,
            "stale": self.stale, "unedited": self.is_machine and not self.edited,
        }
        return tuple(need for need in NEEDS if found[need])

    @property
    def is_missing(self) -> bool:
        return self.page is None

    @property
    def is_stale(self) -> bool:
        return bool(self.stale)

    @property
    def is_incomplete(self) -> bool:
        """Whether something of it is not there that should be, or not as it should."""
        return any(need in _INCOMPLETE for need in self.needs)

    @property
    def is_complete(self) -> bool:
        return not (self.is_missing or self.is_stale or self.is_incomplete)

    @property
    def is_machine(self) -> bool:
        return self.made == "machine"

    @property
    def is_edited(self) -> bool:
        return bool(self.edited)

    @property
    def is_reviewed(self) -> bool:
        return self.review is not None


@dataclass(frozen=True)
class Text:
    """A text at `path`, with an `Edition` for each language tag."""

    path: str
    kind: str
    editions: Mapping[str, Edition]

    @property
    def document(self) -> str:
        return self.path.removesuffix(".md")

    @property
    def rank(self) -> int:
        """Where it stands in the order of work: a place in `NEEDS`, after them where nothing is to do."""
        return min((NEEDS.index(need) for one in self.editions.values() for need in one.needs),
                   default=len(NEEDS))

    @property
    def needs_work(self) -> bool:
        return self.rank < len(NEEDS)


def documents(corpus: Corpus, registers: Mapping[str, Register], sources: Sources,
              collations: Sequence[Collation], unchanged: Unchanged = NOTHING) -> Iterator[Text]:
    """Every document, by its path."""
    of: dict[str, list[Collation]] = {}
    for collation in collations:
        for document in collation.received.editions:
            of.setdefault(document, []).append(collation)
    for path, kind in _paths(corpus, lambda page: page.is_document):
        known = register.of(registers, path.removesuffix(".md"))
        yield Text(path, kind, {
            language.tag: replace(unchanged.once(_edition, known, page, corpus.editions(path)),
                                  collated=_collated(sources, of.get(page.document, ()), page))
            if (page := corpus.page(path, language)) and page.is_document else Edition(language, None)
            for language in LANGUAGES})


def others(corpus: Corpus, unchanged: Unchanged = NOTHING) -> Iterator[Text]:
    """Every concept and commentary, by its path."""
    for path, kind in _paths(corpus, _is_other):
        pages = (corpus.page(path, language) for language in LANGUAGES)
        yield unchanged.once(_other, path, kind, tuple(
            page if page and _is_other(page) else None for page in pages))


def _is_other(page: Page) -> bool:
    return page.kind == kinds.CONCEPT or page.is_commentary


def _other(path: str, kind: str, pages: tuple[Page | None, ...]) -> Text:
    return Text(path, kind, {language.tag: Edition(language, page)
                             for language, page in zip(LANGUAGES, pages, strict=True)})


def _paths(corpus: Corpus, is_one: Callable[[Page], bool]) -> Sequence[tuple[str, str]]:
    """(path, kind) of the pages that are such texts; the kind of the first language counts."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for page in corpus.pages.values():
            if page.language is language and is_one(page):
                found.setdefault(page.path, page.kind)
    return sorted(found.items())


def _edition(known: Register, page: Page, editions: tuple[Page, ...]) -> Edition:
    """`page`, which is one of the `editions`, without how it stands to its received texts."""
    corpus = Corpus.of(editions)
    is_translated = page.front["text"] == "translation"
    made: Mapping[str, Any] = page.front["translation"] if is_translated else {}
    recorded = {anchor for anchor, tag in known.latest if tag == page.language.tag}
    return Edition(
        page.language, page,
        made=made["by"] if made else "original",
        edited=made.get("post-edited", ""),
        review=_review(known, page, made["reviewed"]) if "reviewed" in made else None,
        stale=tuple((anchor, _since(known, page, anchor)) for anchor in register.stale(corpus, known, page)),
        lacking=_lacking(corpus, page),
        untranslated=_untranslated(corpus, page),
        drafts=sum(one.id not in recorded for one in page.paragraphs),
    )


def _since(known: Register, page: Page, anchor: str) -> str:
    """The day on which the original left the wording that a stale paragraph was made from."""
    tag = page.front["translation"]["from"]
    made_from = known.latest[anchor, page.language.tag].of
    since = ""
    for entry in known.entries:
        if entry.id == anchor and entry.language == tag:
            since = "" if entry.text == made_from else since or entry.date
    return since


def _lacking(corpus: Corpus, page: Page) -> tuple[str, ...]:
    """The ids of the other edition that this one does not have."""
    twin = corpus.page(page.path, other(page.language))
    return tuple(one for one in twin.anchors if one not in page.anchors) if twin and twin.is_document else ()


def _untranslated(corpus: Corpus, page: Page) -> tuple[str, ...]:
    """The ids under which the words of the original stand as they are, in characters that the language of the
    page does not have."""
    source = register.original(corpus, page)
    words = source.anchors if source else {}
    return tuple(anchor for anchor, text in page.anchors.items()
                 if words.get(anchor) == text and _is_foreign(text, page.language))


def _is_foreign(text: str, language: Language) -> bool:
    return any(map(is_kana, text)) if language is CHINESE else bool(chinese_only(text))


def _review(known: Register, page: Page, said: Mapping[str, Any]) -> Review:
    date, tag = said["date"], page.language.tag
    # What was recorded only after the review may be what was reviewed: of that, no change is claimed.
    was_known = any(entry.language == tag and entry.date <= date for entry in known.entries)
    return Review(date, tuple(name.full for name in names.read(said["by"])), tuple(
        anchor for anchor in page.anchors
        if was_known and (entry := known.latest.get((anchor, tag))) and entry.date > date))


def _collated(sources: Sources, collations: Sequence[Collation], page: Page) -> Collated | None:
    behind = rests.of(sources, page)
    compared = [one for one in collations
                if one.received in behind and one.received.language is page.language]
    if not compared:
        return Collated(len(behind)) if behind else None
    # What went to no document may be missing from any.
    figures = [one.by_document[name] for one in compared for name in (page.document, "")]
    return Collated(len(behind), sum(one.unaccounted for one in figures),
                    len({passage.id for one in compared for passage in one.emended(page.document)}))
