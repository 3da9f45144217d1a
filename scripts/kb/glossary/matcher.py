"""Finding terms in running text that has no spaces between words.

In: (form, concept) pairs. Out: non-overlapping matches, leftmost first, the longest at each place.
A Latin edge of a form must be an edge of a Latin word: `由BIS发布` holds BIS, `BISHOP` does not.
A form in capitals (EAR) must be in capitals; another is found whatever its case. The text is walked
once, whatever the number of forms: the next two characters say which forms can begin there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Match:
    start: int
    end: int
    concept: str


class Matcher:
    """Knows all forms of a language. Forms of one character are refused: they would match at
    random."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        self._starts: dict[str, list[tuple[str, str, str]]] = {}
        for form, concept in forms:
            if len(form) < 2:
                raise ValueError(f"a term of one character: {form}")
            lower = _lower(form)
            self._starts.setdefault(lower[:2], []).append((lower, form, concept))
        for candidates in self._starts.values():
            candidates.sort(key=lambda one: -len(one[0]))

    def matches(self, text: str) -> Iterator[Match]:
        """All matches in `text`, in order."""
        lower = _lower(text)
        starts, at = self._starts, 0
        for position, pair in enumerate(map("".join, zip(lower, lower[1:]))):
            if position < at or pair not in starts:
                continue
            for form, written, concept in starts[pair]:
                end = position + len(form)
                if (
                    lower.startswith(form, position)
                    and (written != written.upper() or text.startswith(written, position))
                    and not _inside_word(text, position, end)
                ):
                    yield Match(position, end, concept)
                    at = end
                    break


def _lower(text: str) -> str:
    """ASCII letters in lower case; the length stays the same, which `str.lower` does not promise."""
    return text if text.islower() else "".join(c.lower() if c.isascii() else c for c in text)


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether a match begins or ends in the middle of a Latin word."""
    return (
        start > 0 and _is_word(text[start]) and _is_word(text[start - 1])
    ) or (
        end < len(text) and _is_word(text[end - 1]) and _is_word(text[end])
    )
