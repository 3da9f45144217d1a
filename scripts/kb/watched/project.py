"""The project that takes down what it is asked.

In: a `Watch`. Out: a `Project` to everyone who is handed one: every field, and everything that is worked out
of several, is a question here. A part that is no question is not there at all: who asks for it gets an error,
not an answer that nobody noted (`tests/test_watched.py` finds what is new).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kb.collation.collate import Collation
from kb.collation.sources import Note, Received, Sources
from kb.commentary import Comment
from kb.corpus import Corpus, Page
from kb.glossary.concepts import Glossary, Term, Use
from kb.glossary.matcher import Match, Matcher
from kb.languages import BY_TAG, Language
from kb.project import Project
from kb.reading import Reading, Settings
from kb.renewals import Renewals
from kb.state import State
from kb.timeline import Timeline
from kb.watched.questions import Watch


class _Noted(Mapping[Any, Any]):
    """A mapping of which each entry that is looked for is noted, found or not."""

    def __init__(self, watch: Watch, name: str, *before: str) -> None:
        self._watch, self._name, self._before = watch, name, before

    def __getitem__(self, key: Any) -> Any:
        words = key if isinstance(key, tuple) else (key,)
        found = self._watch.ask(f"one {self._name}", *self._before, *words)
        if found is None:
            raise KeyError(key)
        return found

    def _whole(self) -> Mapping[Any, Any]:
        found: Mapping[Any, Any] = self._watch.ask(f"all {self._name}", *self._before)
        return found

    def _keys(self) -> tuple[Any, ...]:
        found: tuple[Any, ...] = self._watch.ask(f"keys {self._name}", *self._before)
        return found

    def __iter__(self) -> Iterator[Any]:
        return iter(self._keys())

    def __len__(self) -> int:
        return len(self._keys())

    def __bool__(self) -> bool:
        return bool(self._watch.ask(f"any {self._name}", *self._before))

    def items(self) -> Any:
        return self._whole().items()

    def values(self) -> Any:
        return self._whole().values()


class _Names:
    """The names of files: only whether one is there is ever asked."""

    def __init__(self, watch: Watch, tag: str) -> None:
        self._watch, self._tag = watch, tag

    def __contains__(self, path: str) -> bool:
        return bool(self._watch.ask("file", path, self._tag))


class _Tree:
    def __init__(self, watch: Watch, tag: str) -> None:
        self.files = _Names(watch, tag)


class _Pages(_Noted):
    """Every page. Of one that is looked for it is noted that it is there; what else is asked of it is noted
    then."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(watch, "page")
        self._known: dict[tuple[str, str], Page] = {}

    def __getitem__(self, key: tuple[str, str]) -> Page:
        if not self._watch.ask("there", *key):
            raise KeyError(key)
        return self.of(key)

    def of(self, key: tuple[str, str]) -> Page:
        """A page that is there: one object, however often it is asked for."""
        if key not in self._known:
            self._known[key] = _Page(self._watch, *key)
        return self._known[key]


def _of_whole(name: str) -> Any:
    """What a page says of itself, if all of it is noted."""
    return property(lambda self: getattr(self.whole, name))


class _Page(Page):
    """A page of which those who lead to it need to know a few things; who asks for more is told all of it."""

    def __init__(self, watch: Watch, path: str, tag: str) -> None:
        self.__dict__.update(_watch=watch, path=path, language=BY_TAG[tag],
                             anchors=_Noted(watch, "anchor", path, tag))

    def __repr__(self) -> str:
        return repr(self.whole)

    def made_of(self) -> object:
        return self.whole.made_of()

    @property
    def whole(self) -> Page:
        found: Page = self._watch.ask("one page", self.path, self.language.tag)
        return found

    _watch: Watch
    front: Mapping[str, Any] = property(  # type: ignore[assignment]
        lambda self: self._watch.ask("front", self.path, self.language.tag))
    title: str = property(  # type: ignore[assignment]
        lambda self: self._watch.ask("title", self.path, self.language.tag))
    count: int = property(  # type: ignore[assignment]
        lambda self: self._watch.ask("count", self.path, self.language.tag))
    file, markdown, body_line, head = map(_of_whole, ("file", "markdown", "body_line", "head"))
    record, settings, is_made = map(_of_whole, ("record", "settings", "is_made"))
    reading, headings, paragraphs, fingerprints = map(
        _of_whole, ("reading", "headings", "paragraphs", "fingerprints"))


class _Corpus(Corpus):
    def __init__(self, watch: Watch) -> None:
        self.__dict__.update(_watch=watch, pages=_Pages(watch),
                             trees={tag: _Tree(watch, tag) for tag in BY_TAG})

    def picture(self, place: str) -> bytes | None:
        found: bytes | None = self._watch.ask("picture", place)
        return found

    def below(self, folder: str, language: Language) -> tuple[Page, ...]:
        return tuple(self._pages("below", folder, language.tag))

    def _pages(self, *question: str) -> Iterator[Page]:
        return map(self.pages.of, self._watch.ask(*question))

    _watch: Watch
    pages: _Pages
    has_texts: bool = property(lambda self: self._watch.ask("has texts"))  # type: ignore[assignment]
    paths: tuple[str, ...] = property(lambda self: self._watch.ask("paths"))  # type: ignore[assignment]
    documents: tuple[Page, ...] = property(  # type: ignore[assignment]
        lambda self: tuple(self._pages("documents")))


class _Sources(Sources):
    def __init__(self, watch: Watch) -> None:
        self.__dict__.update(_watch=watch, declarations=_Noted(watch, "declarations"))

    def carrying(self, document: str) -> tuple[Received, ...]:
        found: tuple[Received, ...] = self._watch.ask("carrying", document)
        return found

    _watch: Watch
    received: tuple[Received, ...] = property(  # type: ignore[assignment]
        lambda self: self._watch.ask("received"))


class _Matcher(Matcher):
    def __init__(self, watch: Watch, tag: str) -> None:
        self._watch, self._tag = watch, tag

    def matches(self, text: str) -> Iterator[Match]:
        return iter(self._watch.ask("matches", self._tag, text))


class _Glossary(Glossary):
    def __init__(self, watch: Watch) -> None:
        self.__dict__.update(_watch=watch, terms={tag: _Noted(watch, "term", tag) for tag in BY_TAG})

    def matcher(self, language: Language) -> Matcher:
        return _Matcher(self._watch, language.tag)

    def left_out_of(self, document: str, tag: str) -> Mapping[str, frozenset[str]]:
        found: Mapping[str, frozenset[str]] = self._watch.ask("left out", document, tag)
        return found

    def uses_of(self, concept: str, language: Language) -> tuple[Use, ...]:
        found: tuple[Use, ...] = self._watch.ask("uses", concept, language.tag)
        return found

    def has(self, concept: str) -> bool:
        return bool(self._watch.ask("concept", concept))

    _watch: Watch
    terms: Mapping[str, Mapping[str, Term]]
    concepts: tuple[str, ...] = property(lambda self: self._watch.ask("concepts"))  # type: ignore[assignment]
    uses: Mapping[str, Mapping[str, tuple[Use, ...]]] = property(  # type: ignore[assignment]
        lambda self: self._watch.ask("all uses"))


class _Project(Project):
    def __init__(self, watch: Watch) -> None:
        self.__dict__.update(
            _watch=watch, corpus=_Corpus(watch), sources=_Sources(watch), glossary=_Glossary(watch),
            registers=_Noted(watch, "register"), wordings=_Noted(watch, "wordings"),
            comments=_Noted(watch, "comments"), renewals=_Noted(watch, "renewals"))

    def address_of(self, path: str, language: Language) -> str | None:
        found: str | None = self._watch.ask("address", path, language.tag)
        return found

    def ids_of(self, path: str, language: Language) -> frozenset[str] | None:
        found: frozenset[str] | None = self._watch.ask("ids", path, language.tag)
        return found

    def stale_of(self, page: Page) -> tuple[str, ...]:
        found: tuple[str, ...] = self._watch.ask("stale", page.path, page.language.tag)
        return found

    def notes_of(self, document: str, language: Language) -> tuple[tuple[Note, Reading], ...]:
        found: tuple[tuple[Note, Reading], ...] = self._watch.ask("notes", document, language.tag)
        return found

    def collations_of(self, document: str) -> tuple[Collation, ...]:
        found: tuple[Collation, ...] = self._watch.ask("collations of", document)
        return found

    @property
    def settings(self) -> Settings:
        return self._watch.project.settings  # all works share them

    _watch: Watch
    comments: Mapping[tuple[str, str], tuple[Comment, ...]]
    renewals: Renewals
    collations: tuple[Collation, ...] = property(  # type: ignore[assignment]
        lambda self: self._watch.ask("collations"))
    made: tuple[str, ...] = property(  # type: ignore[assignment]
        lambda self: self._watch.ask("made"))
    state: State = property(lambda self: self._watch.ask("state"))  # type: ignore[assignment]
    as_of: str = property(lambda self: self._watch.ask("as of"))  # type: ignore[assignment]
    events: Timeline = property(lambda self: self._watch.ask("events"))  # type: ignore[assignment]


def watched(watch: Watch) -> Project:
    """The project of `watch`, which notes in it what it is asked."""
    return _Project(watch)
