"""Finding terms in running text that has no spaces between words.

In: (form, concept) pairs, and (word, concept) pairs of words that are not the concept though they hold a form
of it. Out: non-overlapping matches, leftmost first, the longest at each place; none that such a word holds.
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

    def __init__(
        self, forms: Iterable[tuple[str, str]], not_in: Iterable[tuple[str, str]] = ()
    ) -> None:
        written: dict[str, list[tuple[str, str, bool]]] = {}
        for pairs, is_word in ((not_in, True), (forms, False)):
            for form, concept in pairs:
                if len(form) < 2:
                    raise ValueError(f"a term of one character: {form}")
                written.setdefault(_lower(form), []).append((form, concept, is_word))
        self._automaton = Automaton()
        for lower, same in written.items():
            self._automaton.add_word(lower, (len(lower), same))
        self._automaton.make_automaton()

    def matches(self, text: str) -> Iterator[Match]:
        """All matches in `text`, in order."""
        found, words = self._occurrences(text)
        longest: dict[int, Match] = {}  # where it begins → the longest form there
        for match in found:
            if not any(word.concept == match.concept and word.start <= match.start and match.end <= word.end
                       for word in words):
                # Ends come in order, so that a later one at the same start is longer.
                longest[match.start] = match
        reached = 0
        for start in sorted(longest):
            if start >= reached:
                yield longest[start]
                reached = longest[start].end


    def _occurrences(self, text: str) -> tuple[list[Match], list[Match]]:
        """Every form in `text`, one a place and length, and every word that is not its concept, by their
        ends."""
        found: list[Match] = []
        words: list[Match] = []
        if self._automaton.kind:
            for last, (length, same) in self._automaton.iter(_lower(text)):
                start, end = last + 1 - length, last + 1
                is_found = False
                for form, concept, is_word in same:
                    exact = form != form.upper() or text.startswith(form, start)
                    if not exact or _inside_word(text, start, end) or (is_found and not is_word):
                        continue
                    (words if is_word else found).append(Match(start, end, concept))
                    is_found = is_found or not is_word
        return found, words


def _lower(text: str) -> str:
    """`text` in lower case, as long as it was: `str.lower` alone makes two characters of İ."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if c.isascii() else c for c in text)


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether a match begins or ends in the middle of a Latin word, with its figures."""
    return bool((start and _WORD.match(text, start - 1)) or _WORD.match(text, end - 1))
