"""Sentences of a text in Chinese or Japanese.

In: a text. Out: its sentences, which together spell it. Refuses nothing: without a stop it is one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^。！？!?；;]*(?:[。！？!?；;]+[”’」』）)]*|$)")


@dataclass(frozen=True)
class Span:
    """A sentence, and where it stands in its text."""

    words: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def spans(text: str) -> tuple[Span, ...]:
    """The sentences of `text`; what is nothing but white space belongs to the one before it."""
    found: list[Span] = []
    for match in _SENTENCE.finditer(text):
        if match[0].strip() or not found:
            found.append(Span(match[0], match.start()))
        elif match[0]:
            found[-1] = Span(found[-1].words + match[0], found[-1].start)
    return tuple(one for one in found if one.words)


def sentences(text: str) -> Sequence[str]:
    return [one.words for one in spans(text)]
