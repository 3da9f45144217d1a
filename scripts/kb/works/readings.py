"""Many texts that have to be read: half of them by a second process, while this one reads the others.

In: the corpus. Out: readings, which stand with their pages. Where few are not remembered, each is read when
it is asked for. Refuses, with `worker.Ended`, to go on where the second process was ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from kb.corpus import Corpus, Page
from kb.reading import Reading, remembered
from kb.reading import read as read_text
from kb.works import progress, worker

# From so much on it is worth the 30 ms or so that a copy of this process takes: a second's work.
_CHARACTERS = 100_000


class _Missing(Exception):
    """A text that has to be read."""


def read(corpus: Corpus) -> None:
    """Read the texts of `corpus` where many are not remembered: on both cores, if there are two."""
    missing = [page for page in corpus.pages.values() if not _is_known(page)]
    if sum(len(page.markdown) for page in missing) < _CHARACTERS:
        return
    own, others = _halves(missing) if worker.may_help() else (missing, [])
    if others:  # what a text with code needs is loaded once, before there are two
        _ = min(own, key=lambda page: ("```" not in page.markdown, len(page.markdown))).reading
    helper = worker.Worker([page.file for page in others], _reader(others)) if others else None
    try:
        with progress.over("texts", len(missing)) as step:
            for page in own:
                _ = page.reading
                step()
            for page in others:
                assert helper
                _take(page, helper.get(page.file))
                step()
    finally:
        if helper:
            helper.close()


def _reader(pages: Iterable[Page]) -> Callable[[str], bytes | Reading]:
    """Reads a text without the memory, whose file is being written by the first process: as it is to be
    remembered, if it may be."""
    known = {page.file: page for page in pages}

    def read(file: str) -> bytes | Reading:
        page = known[file]
        found = read_text(page.markdown, replace(page.settings, memory=None))
        return remembered.lasting(found) or found

    return read


def _is_known(page: Page) -> bool:
    """Whether the reading of `page` stands with it, or is remembered: then it does from now on."""
    if "reading" in page.__dict__:
        return True

    def missing(*_: object) -> Reading:
        raise _Missing

    try:
        _stand(page, missing)
    except _Missing:
        return False
    return True


def _take(page: Page, made: bytes | Reading) -> None:
    page.__dict__["reading"] = (
        made if isinstance(made, Reading) else remembered.take(page.markdown, page.settings, made))


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
