"""The search as works: what each page adds to it is remembered, and each language is a work of its own.

In: the book of works. Out: the files of the search, written where they are not there already. Refuses
nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property, partial

from kb.languages import LANGUAGES, Language
from kb.memory.digests import digest
from kb.project import Project
from kb.search import index, units
from kb.search.folding import Folder
from kb.search.index import Facts, Files
from kb.search.units import Unit
from kb.works.book import Book


class _Units:
    """The parts of one language as they are known, and its units, put together when they are first needed."""

    def __init__(self, language: Language, parts: Sequence[tuple[str, bytes]]) -> None:
        self.language = language
        self.key = digest([known for known, _ in parts])
        self._parts = [data for _, data in parts]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        return units.ranked(map(units.parsed, self._parts))


def write(book: Book) -> None:
    """Write the files of the search."""
    fold = Folder()
    paths = units.paths(book.real)

    def part(project: Project, path: str, language: Language) -> bytes:
        return units.written(units.part(project, path, language, fold))

    every = {language.tag: _Units(language, [
        book.value(f"found {path} {language.tag}", partial(part, path=path, language=language))
        for path in paths]) for language in LANGUAGES}
    shared = _made(book, f"all {digest([one.key for one in every.values()])}",
                   lambda project: index.of_all(project, {tag: one.units for tag, one in every.items()}))
    for language in LANGUAGES:
        one = every[language.tag]
        facts = _made(book, f"{language.tag} {one.key}", lambda _, one=one: index.of_units(  # type: ignore[misc]
            one.language, one.units))
        terms = _made(book, f"terms {language.tag}", partial(index.of_terms, language=language))
        name = f"search manifest {language.tag} {digest((facts, terms, shared))}"
        if not book.is_done(name):
            book.write(name, index.manifest(language, facts | terms | shared))


def _made(book: Book, name: str, made: Callable[[Project], tuple[Files, Facts]]) -> Facts:
    """Have the files of a work there; what manifests say of them."""
    work = f"search {name}"
    if not book.is_done(work):
        files, facts = made(book.project_of(work))
        book.write(work, files)
        book.say(work, json.dumps(facts, ensure_ascii=False))
    said: Facts = json.loads(book.said(work))
    return said
