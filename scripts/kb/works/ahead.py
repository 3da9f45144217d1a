"""What a second process makes ahead, in one large piece: the documents with their books, while this one makes
the rest.

In: the book of works, and what makes a document. Out: finished documents. Where there are too few, all are
made here, when they are asked for. Refuses nothing of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.marks.parallel import Row
from kb.rendering import Document
from kb.watched.questions import Trace
from kb.works import worker
from kb.works.book import Book

_DOCUMENTS = 8  # from so many on it is worth the 30 ms or so that a copy of this process takes
_FIRST, _LAST = "first", "last"  # what is done before all documents and after them: no path is called so


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
