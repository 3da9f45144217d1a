"""What `state.html` asks for: how far every text is in each language, and what changed lately.

In: the project. Out: a `StatePage`: totals, the documents that need work, then those that are complete, each
list cut where a reader would no longer follow it; `state.json` holds all. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb import kinds
from kb.corpus import Page
from kb.languages import Language, other
from kb.project import Project
from kb.state import Change, State, Text
from kb.targets import identifier
from kb.views.fates import Piece, pieces
from kb.views.words import Words

MOST = 100  # of each list
_IDS_NAMED = 12  # of one edition
_NAMED = 6  # paragraphs of one change

OTHERS: Mapping[str, tuple[str, ...]] = {"glossary": (kinds.CONCEPT,), "commentary": kinds.COMMENTARY}


@dataclass(frozen=True)
class Told:
    """A change in words. `count` says to how many places it happened where not all are named, else 0;
    `page` is the document as the reader is shown it, `edition` what its paragraphs are links into."""

    change: Change
    page: Page
    edition: Page
    said: tuple[Piece, ...]
    languages: str  # of the editions in which it happened
    count: int = 0


@dataclass(frozen=True)
class StatePage:
    language: Language
    state: State
    work: tuple[Text, ...]
    complete: tuple[Text, ...]
    others: tuple[Text, ...]  # concepts and commentary that a language lacks
    changes: tuple[Told, ...]
    kinds: Mapping[str, tuple[str, ...]]  # the word for concepts, for commentary → their kinds
    most: int = MOST
    ids_named: int = _IDS_NAMED

    def page_of(self, text: Text) -> Page:
        """Of a text the page that readers of the language are shown."""
        own, twin = (text.editions[one.tag].page for one in (self.language, other(self.language)))
        page = own or twin
        assert page  # a text is there in one language at least
        return page

    def id_of(self, document: str) -> str:
        return row(document)


def row(document: str) -> str:
    """The id at which the page speaks of a document."""
    return f"text-{identifier(document)}"


def body(project: Project, language: Language) -> StatePage:
    state = project.state
    words = Words(language)
    return StatePage(
        language, state,
        work=tuple(one for one in state.documents if one.needs_work),
        complete=tuple(one for one in state.documents if not one.needs_work),
        others=tuple(one for one in state.others if one.needs_work),
        changes=tuple(_told(words, project, one) for one in state.changes),
        kinds={name: own for name, own in OTHERS.items() if any(one.kind in own for one in state.others)},
    )


def _told(words: Words, project: Project, change: Change) -> Told:
    tag = words.language.tag
    shown = words.language if tag in change.tags else other(words.language)
    path = f"{change.document}.md"
    page, edition = project.corpus.nearest(path, words.language), project.corpus.page(path, shown)
    assert page and edition  # its tags are of languages that it is in
    is_first = _is_first(project, change)
    headings = edition.anchors if shown is words.language else {}
    said = pieces(words, "event-received" if is_first else f"event-{change.kind}", headings,
                  date=words.date(change.date), what=change.what[:_NAMED], others=change.others)
    languages = words.word("list-comma").join(words.word(f"language-{one}") for one in change.tags)
    count = len(change.what) if is_first or len(change.what) > _NAMED else 0
    return Told(change, page, edition, tuple(said), languages, count)


def _is_first(project: Project, change: Change) -> bool:
    """Whether all of the text is new: nothing of it was recorded before, in these languages."""
    entries = project.register(change.document).entries
    return change.kind == "new" and not any(
        one.date < change.date for one in entries if one.language in change.tags)
