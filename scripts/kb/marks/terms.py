"""Links from running text to the glossary.

In: a tree and a `Matcher`. Out: the same tree: the first use of each concept in each section is a link with
`data-concept`, also where the term is partly bold or went over a line. Never inside links, headings, code,
or a passage in another language; never to the page's own concept. An element with the class `no-terms` opts
out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kb.glossary.matcher import Match, Matcher
from kb.marks.texts import pieces, wrap
from kb.reading import trees
from kb.reading.trees import Element, Run

_SKIP = trees.HEADINGS | {
    "a", "summary", "code", "pre", "time", "rt", "rp", "svg", "math", "textarea"}
# Not to be matched, nor across: as long as the text that it stands for.
NONE: Mapping[str, frozenset[str]] = {}
_EDGE = "\0"
_ENGLISH_BEFORE = re.compile(r"[A-Za-z][,;:.’']? $")
_ENGLISH_AFTER = re.compile(r"[,;:’']?s? [A-Za-z]")


@dataclass
class _Text:
    """The text of a run, and the concepts that were linked in its section; texts of one section share
    them."""

    run: Run
    texts: list[str]
    seen: set[str]
    left_out: frozenset[str]
    matches: list[Match] = field(default_factory=list)

    @property
    def whole(self) -> str:
        return "".join(self.texts)


def link(
    root: Element, matcher: Matcher, address: Callable[[str], str], own: str = "",
    left_out: Mapping[str, frozenset[str]] = NONE,
) -> None:
    """Link the terms of `root`: `address` says where to, by concept; `own` is the page's own concept;
    `left_out` are by a paragraph's id the concepts that it does not mean."""
    found = list(_collect(root, own, left_out))
    texts = iter(found)
    one, start, end = None, 0, -1
    # All runs are searched in one walk.
    for match in matcher.matches(_EDGE.join(text.whole for text in found)):
        while match.start > end:
            one = next(texts)
            start = end + 1
            end = start + sum(map(len, one.texts))
        assert one is not None
        here = Match(match.start - start, match.end - start, match.concept)
        is_left_out = here.concept in one.seen or here.concept in one.left_out
        if not is_left_out and not _within_english(one.whole, here.start, here.end):
            one.seen.add(here.concept)
            one.matches.append(here)
    for text in found:
        for match in reversed(text.matches):
            _link(text, match, address(match.concept))


def _collect(root: Element, own: str, left_out: Mapping[str, frozenset[str]]) -> Iterator[_Text]:
    """Every run in which terms are looked for."""
    skipped, asides = _within(root)
    seen: dict[Element | None, set[str]] = {None: {own}}
    for run in trees.runs(root):
        # A note has its own first uses, and uses up none of the text's.
        aside = asides.get(run.block)
        if run.block.tag in trees.HEADINGS:
            seen[aside] = {own}
        if run.block in skipped:
            continue
        texts = [_EDGE * len(slot.text) if slot.holder in skipped else slot.text.replace("\n", " ")
                 for slot in run.slots]
        if max(map(len, texts)) > 1:
            yield _Text(run, texts, seen.setdefault(aside, {own}),
                        _not_meant(run.block, left_out) if left_out and aside is None else frozenset())


def _not_meant(block: Element, left_out: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The concepts that the paragraph around a block does not mean: that of the nearest id."""
    ids = (one.get("id") for one in (block, *block.iterancestors()))
    return next((left_out.get(anchor, frozenset()) for anchor in ids if anchor), frozenset())


def _within(root: Element) -> tuple[set[Element], dict[Element, Element]]:
    """The elements that are skipped or stand in one that is, and the note that each element stands in."""
    skipped: set[Element] = set()
    asides: dict[Element, Element] = {}
    for element in root.iterdescendants():
        if element in skipped:
            continue
        if _is_skipped(element):
            skipped.update(element.iter())
        elif element.tag == "aside":
            asides.update(dict.fromkeys(element.iter(), element))
    return skipped, asides


def _is_skipped(element: Element) -> bool:
    return element.tag in _SKIP or element.get("lang") is not None or (
        element.get("class") is not None and "no-terms" in element.get("class", ""))


def _link(text: _Text, match: Match, address: str) -> None:
    def made() -> Element:
        return text.run.block.makeelement("a", {
            "class": "kb-term", "href": address, "data-concept": match.concept})

    wrap(pieces(text.run.slots, text.texts, match.start, match.end), made)


def _within_english(text: str, start: int, end: int) -> bool:
    """Whether a Latin term is part of a longer English passage, which a quotation is: it stays as it
    was written."""
    return text[start:end].isascii() and bool(
        _ENGLISH_BEFORE.search(text, 0, start) or _ENGLISH_AFTER.match(text, end))
