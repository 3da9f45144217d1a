"""Finding terms in running text that has no spaces between words.

In: (form, concept) pairs. Out: non-overlapping matches, leftmost first, the longest at each place.
A Latin edge of a form must be an edge of a Latin word: `由BIS发布` holds BIS, `BISHOP` does not.
A form in capitals (EAR) must be in capitals; another is found whatever its case. An Aho–Corasick
automaton walks the text once, whatever the number of forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ahocorasick import Automaton

from kb.characters import LATIN

_WORD = re.compile(f"[{LATIN}0-9]{{2}}")


class Match(NamedTuple):
    """A form of `concept` from `start` to `end`. A tuple: thousands are made for a page."""

    start: int
    end: int
    concept: str


class Matcher:
    """Knows all forms of a language. Forms of one character are refused: they would match at
    random."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        written: dict[str, list[tuple[str, str]]] = {}
        for form, concept in forms:
            if len(form) < 2:
                raise ValueError(f"a term of one character: {form}")
            written.setdefault(_lower(form), []).append((form, concept))
        self._automaton = Automaton()
        for lower, same in written.items():
            self._automaton.add_word(lower, (len(lower), same))
        self._automaton.make_automaton()

    def matches(self, text: str) -> Iterator[Match]:
        """All matches in `text`, in order."""
        longest: dict[int, Match] = {}  # where it begins → the longest form there
        if self._automaton.kind:
            for last, (length, same) in self._automaton.iter(_lower(text)):
                start, end = last + 1 - length, last + 1
                for form, concept in same:
                    exact = form != form.upper() or text.startswith(form, start)
                    if exact and not _inside_word(text, start, end):
                        # Ends come in order, so that a later one at the same start is longer.
                        longest[start] = Match(start, end, concept)
                        break
        reached = 0
        for start in sorted(longest):
            if start >= reached:
                yield longest[start]
                reached = longest[start].end


def _lower(text: str) -> str:
    """`text` in lower case, as long as it was: `str.lower` alone makes two characters of İ."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if c.isascii() else c for c in text)


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether a match begins or ends in the middle of a Latin word, with its figures."""
    return bool((start and _WORD.match(text, start - 1)) or _WORD.match(text, end - 1))
