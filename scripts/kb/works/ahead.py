"""What a second process makes ahead, in large pieces: half of the texts that have to be read, then the
documents with their books, while this one makes the rest.

In: the project, or the book of works. Out: readings that stand with their pages; finished documents. Where
there is too little to do, all is made here, when it is asked for. Refuses nothing of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kb.corpus import Corpus, Page
from kb.marks.parallel import Row
from kb.reading import Reading, remembered
from kb.reading import read as read_text
from kb.rendering import Document
from kb.watched.questions import Trace
from kb.works import progress, worker
from kb.works.book import Book

# From so much on it is worth the 30 ms or so that a copy of this process takes: a second's work.
_CHARACTERS, _DOCUMENTS = 100_000, 8
_FIRST, _LAST = "first", "last"  # what is done before all documents and after them: no path is called so


class _Missing(Exception):
    """A text that has to be read."""


def read(corpus: Corpus) -> None:
    """Read the texts of `corpus` where many are not remembered: on both cores, if there are two."""
    missing = [page for page in corpus.pages.values() if not _is_known(page)]
    if sum(len(page.markdown) for page in missing) < _CHARACTERS:
        return
    own, others = _halves(missing) if worker.may_help() else (missing, [])
    helper = worker.Worker([page.file for page in others], _reader(others)) if others else None
    try:
        with progress.over("texts", len(missing)) as step:
            for page in own:
                _ = page.reading
                step()
            for page in others:
                assert helper
                _stand(page, partial(_given, helper.get(page.file)))
                step()
    finally:
        if helper:
            helper.close()


def _reader(pages: Iterable[Page]) -> Callable[[str], Reading]:
    """Reads a text without the memory, whose file is being written by the first process."""
    known = {page.file: page for page in pages}

    def read(file: str) -> Reading:
        page = known[file]
        return read_text(page.markdown, replace(page.settings, memory=None))

    return read


def _is_known(page: Page) -> bool:
    """Whether the reading of `page` is remembered: then it stands with it."""
    def missing(*_: object) -> Reading:
        raise _Missing

    try:
        _stand(page, missing)
    except _Missing:
        return False
    return True


def _given(found: Reading, *_: object) -> Reading:
    return found


def _stand(page: Page, anew: Callable[..., Reading]) -> None:
    page.__dict__["reading"] = remembered.read(page.markdown, page.settings, anew)


def _halves(pages: Sequence[Page]) -> tuple[list[Page], list[Page]]:
    """`pages` in two parts of about the same length of text."""
    parts: tuple[list[Page], list[Page]] = ([], [])
    sizes = [0, 0]
    for page in sorted(pages, key=lambda page: -len(page.markdown)):
        smaller = int(sizes[1] < sizes[0])
        parts[smaller].append(page)
        sizes[smaller] += len(page.markdown)
    return parts


@dataclass(frozen=True)
class Finished:
    """A document as the second process hands it over: HTML by language tag, rows of the parallel page, its
    files by place with their digests, and what was asked for, if it can be told."""

    html: dict[str, str]
    rows: tuple[Row, ...]
    files: dict[str, str] = field(default_factory=dict)
    trace: Trace | None = None


class Documents:
    """The documents that a second process makes, if there are enough for one."""

    def __init__(self, book: Book, names: Sequence[str],
                 make: Callable[[str], tuple[Document, Iterable[tuple[str, bytes]]]]) -> None:
        self._book, self._make = book, make
        self._left = set(names)
        self._worker: worker.Worker | None = None
        if len(names) >= _DOCUMENTS and worker.may_help():
            self._worker = worker.Worker([_FIRST, *names, _LAST], self._finished)

    def _finished(self, name: str) -> object:
        """In the second process: a document, or last of all the pack with what is to be remembered."""
        if name == _FIRST:
            self._book.apart()
            return None
        if name == _LAST:
            return self._book.split()
        found, books = self._make(name)
        files = {place: self._book.offer(place, content) for place, content in books}
        found.trees.clear()
        return Finished(found.html, found.rows, files, self._book.trace(name))

    def get(self, name: str) -> Finished | None:
        """The document, if the second process makes it."""
        if self._worker is None or name not in self._left:
            return None
        self._left.discard(name)
        found: Finished = self._worker.get(name)
        self._book.receive(name, found.files, found.trace)
        return found

    def end(self) -> None:
        """All documents are made: what was made of them is remembered."""
        if self._worker:
            for name in sorted(self._left):
                self.get(name)
            pack: Path | None = self._worker.get(_LAST)
            self._book.adopt(pack)
            self.close()

    def close(self) -> None:
        if self._worker:
            self._worker.close()
            self._worker = None
