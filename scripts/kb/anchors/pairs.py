"""Paragraphs of two languages that are counterparts of each other.

In: the editions of one document, the original first, and the key of each paragraph that has one. Out: the
`Slot`s of the document in the order of the text: a paragraph with its counterpart. Sections have the same ids
in both languages, so paragraphs are paired section by section, between those that are known already.
Refuses to guess: where their numbers differ it is a finding, and no slot is to be relied on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kb.anchors import ids
from kb.anchors.proposals import Key
from kb.anchors.register import translated_from
from kb.characters import LATIN, comparable
from kb.corpus import Page, Paragraph
from kb.findings import Finding

_FIGURE = re.compile(rf"[0-9][0-9,.]*|[{LATIN}]{{2,}}")
# A paragraph that is so many times longer or shorter, against its counterpart, than the others are.
_UNLIKE = 2.5


@dataclass(frozen=True)
class Slot:
    """One paragraph: the key by which it is known, and its place on each page by language tag."""

    key: Key | None
    places: Mapping[str, int]


@dataclass
class Pairs:
    slots: list[Slot] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    explained: set[tuple[str, int]] = field(default_factory=set)  # (tag, paragraph) that findings speak of


def pair(pages: Sequence[Page], keys: Mapping[str, Sequence[Key | None]]) -> Pairs:
    """The slots of a document."""
    out = Pairs()
    if len(pages) < 2:
        for page in pages:
            tag = page.language.tag
            out.slots = [Slot(key, {tag: at}) for at, key in enumerate(keys[tag])]
        return out
    first, second = (_Side(page, keys[page.language.tag]) for page in pages[:2])
    for section in _sections(first, second):
        _Section(first, second, section, out).pair()
    return out


class _Side:
    """One language's paragraphs, by section."""

    def __init__(self, page: Page, keys: Sequence[Key | None]) -> None:
        self.page, self.tag, self.keys = page, page.language.tag, keys
        self.sections: dict[str, list[int]] = {"": []}
        for heading in page.headings:
            if heading.level > 1:
                self.sections.setdefault(heading.id or "", [])
        for at, paragraph in enumerate(page.paragraphs):
            self.sections.setdefault(paragraph.section.id or "" if paragraph.section else "", []).append(at)

    def paragraph(self, at: int) -> Paragraph:
        return self.page.paragraphs[at]


def _sections(first: _Side, second: _Side) -> list[str]:
    """The sections of both, each of the second's own after the one it follows there."""
    order = list(first.sections)
    before = ""
    for section in second.sections:
        if section not in order:
            order.insert(order.index(before) + 1, section)
        before = section
    return order


@dataclass(frozen=True)
class _Section:
    """One section in both languages, and the slots and findings that come of it."""

    first: _Side
    second: _Side
    name: str
    out: Pairs

    def pair(self) -> None:
        first, second = self.first, self.second
        theirs = second.sections.get(self.name, [])
        known = {second.keys[at]: at for at in theirs if second.keys[at]}
        everywhere = {key for key in second.keys if key}
        mine: list[int] = []
        done = 0  # how many of `theirs` stand in a slot
        for at in first.sections.get(self.name, []):
            key = first.keys[at]
            if key in known and known[key] in theirs[done:]:
                end = theirs.index(known[key])
                self._between(mine, theirs[done:end])
                self.out.slots.append(Slot(key, {first.tag: at, second.tag: known[key]}))
                mine, done = [], end + 1
            elif key in everywhere:  # its counterpart stands in another section, or before
                self.out.slots.append(Slot(key, {first.tag: at, second.tag: second.keys.index(key)}))
            else:
                mine.append(at)
        self._between(mine, theirs[done:])

    def _between(self, mine: Sequence[int], places: Sequence[int]) -> None:
        """Pair the paragraphs between two that are known, one by one."""
        first, second = self.first, self.second
        theirs = [at for at in places if not (second.keys[at] and second.keys[at] in first.keys)]
        has_new = any(not _is_given(side.keys[at]) for side, own in ((first, mine), (second, theirs))
                      for at in own)
        is_extra = bool(theirs) and not mine and has_new and translated_from(second.page, first.page)
        if is_extra or (mine and theirs and len(mine) != len(theirs) and has_new):
            self.out.findings.append(_unlike(first, second, self.name, mine, theirs))
            self.out.explained |= {(first.tag, at) for at in mine} | {(second.tag, at) for at in theirs}
        elif mine and theirs and has_new:
            self.out.slots += _matched(first, second, mine, theirs)
        else:
            slots = [Slot(side.keys[at], {side.tag: at}) for side, own in ((first, mine), (second, theirs))
                     for at in own]
            self.out.slots += slots if has_new else sorted(slots, key=_by_id)


def _by_id(slot: Slot) -> tuple[int, tuple[int, ...]]:
    return ids.order(slot.key.anchor) if slot.key and ids.is_paragraph(slot.key.anchor) else (0, ())


def _is_given(key: Key | None) -> bool:
    return key is not None and key.kind == "id"


def _matched(
    first: _Side, second: _Side, mine: Sequence[int], theirs: Sequence[int]
) -> Iterator[Slot]:
    for one, other in zip(mine, theirs, strict=True):
        ours, yours = first.keys[one], second.keys[other]
        if _is_given(ours) and _is_given(yours):  # two ids that each language lacks
            yield Slot(ours, {first.tag: one})
            yield Slot(yours, {second.tag: other})
        else:
            best = yours if _is_given(yours) or ours is None else ours
            yield Slot(best, {first.tag: one, second.tag: other})


# --- where numbers differ --------------------------------------------------------------------------------


def _unlike(
    first: _Side, second: _Side, section: str, mine: Sequence[int], theirs: Sequence[int]
) -> Finding:
    """The paragraphs of a section that cannot be paired, and where they begin to part."""
    name = f"#{section}" if section else "the text before the first section"
    at = _parting(first, second, mine, theirs)
    lines = []
    for side, places in ((first, mine), (second, theirs)):
        if at < len(places):
            paragraph = side.paragraph(places[at])
            lines.append(f"{side.page.file} line {paragraph.line} “{paragraph.text[:16]}”")
    here = second.paragraph(theirs[min(at, len(theirs) - 1)])
    return Finding(
        second.page.file, here.line, "KB219",
        f"{len(theirs)} paragraph{'s'[:len(theirs) != 1]} without a counterpart in {name} "
        f"({_span(second, theirs)})",
        f"{len(mine)}, as in {first.page.file} ({_span(first, mine)})",
        f"they part at {' and '.join(lines)}: join, part or translate there until both have the same "
        "paragraphs, then run: kb anchors" if mine else
        "take them out: a translation has the paragraphs of its original; what editors add goes into notes")


def _span(side: _Side, places: Sequence[int]) -> str:
    if not places:
        return "none"
    first, last = side.paragraph(places[0]).line, side.paragraph(places[-1]).last_line
    return f"lines {first} to {last}" if first != last else f"line {first}"


def _parting(first: _Side, second: _Side, mine: Sequence[int], theirs: Sequence[int]) -> int:
    """The first place where figures or lengths of two counterparts have nothing to do with each other; else
    the first that has no counterpart."""
    texts = [(comparable(first.paragraph(one).text), comparable(second.paragraph(other).text))
             for one, other in zip(mine, theirs, strict=False)]
    ratio = _usual(first, second)
    for at, (one, other) in enumerate(texts):
        ours, yours = set(_FIGURE.findall(one)), set(_FIGURE.findall(other))
        times = len(other) / max(len(one), 1) / ratio
        has_others = bool(ours or yours) and not ours & yours
        if has_others or not 1 / _UNLIKE < times < _UNLIKE:
            return at
    return len(texts)


def _usual(first: _Side, second: _Side) -> float:
    """How many times longer the second language is, by the paragraphs that are known in both; 1.3 where
    there are none, which is what Japanese takes for Chinese."""
    known = [(first.paragraph(at), second.paragraph(second.keys.index(key)))
             for at, key in enumerate(first.keys) if key and key in second.keys]
    one, other = (sum(len(comparable(pair[side].text)) for pair in known) for side in (0, 1))
    return other / one if one and other else 1.3
