"""Which sentences of a translation answer to what was changed in its original.

In: how a paragraph of the original changed, and the paragraph of the translation. Out: its sentences as
`Part`s. They are paired with those of the original as it was, by what both share (`kb.aligning`). Refuses
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.aligning.align import rendered
from kb.aligning.sentences import Span, spans
from kb.differences import Change
from kb.languages import Language


@dataclass(frozen=True)
class Part:
    """A sentence of a translation. `is_touched`: what it renders was changed; `is_followed`: after what it
    renders the original has words that are new."""

    words: str
    is_touched: bool
    is_followed: bool = False


def of(changes: Sequence[Change], translation: str, source: Language, language: Language) -> tuple[Part, ...]:
    then = "".join(one.before for one in changes)
    sentences = spans(then)
    reached, followed = _reached(changes, sentences)
    touched: set[int] = set()
    before: set[int] = set()
    for row in rendered(then, translation, source, language):
        if reached.intersection(row.left):
            touched.update(row.right)
        if followed.intersection(row.left):
            before.update(row.right[-1:])
    return tuple(Part(one.words, at in touched, at in before) for at, one in enumerate(spans(translation)))


def touched(changes: Sequence[Change], *, is_after: bool) -> tuple[tuple[int, int], ...]:
    """Where the changed runs stand, from and to, in the wording before or after; an empty run is a place
    between two characters."""
    found, at = [], 0
    for one in changes:
        own = one.after if is_after else one.before
        if not one.same:
            found.append((at, at + len(own)))
        at += len(own)
    return tuple(found)


def _reached(changes: Sequence[Change], sentences: Sequence[Span]) -> tuple[set[int], set[int]]:
    """The sentences in which something was changed, and those after which whole sentences came."""
    reached: set[int] = set()
    followed: set[int] = set()
    ends = {one.end: at for at, one in enumerate(sentences)}
    for at, (start, end) in enumerate(touched(changes, is_after=False)):
        if start < end:
            reached |= {place for place, one in enumerate(sentences) if start < one.end and end > one.start}
            continue
        border = _border(start, _inserted(changes)[at], sentences)
        if border in ends:
            followed.add(ends[border])
        elif border:  # before all sentences nothing is reached
            reached |= {place for place, one in enumerate(sentences) if one.start < border < one.end}
    return reached, followed


def _inserted(changes: Sequence[Change]) -> list[str]:
    return [one.after for one in changes if not one.same]


def _border(place: int, words: str, sentences: Sequence[Span]) -> int:
    """Where an insertion stands: the same characters before and after it let it stand elsewhere too, and then
    it stands between two sentences, if it can: 甲[。乙]。 is 甲。[乙。]"""
    text = "".join(one.words for one in sentences)
    ends = {one.end for one in sentences}
    for shift in range(len(words) + 1):
        if place + shift in ends:
            return place + shift
        if text[place + shift : place + shift + 1] != words[shift : shift + 1]:
            break
    return place
