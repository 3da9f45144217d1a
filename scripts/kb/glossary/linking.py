"""Links from running text to the glossary.

A Python-Markdown extension that works without MkDocs. In: rendered text and a `Matcher`. Out: the
first use of each concept in each section is a link with `data-concept`. Never inside links,
headings, code, or a passage in another language; never to the page's own concept. An element with
the class `no-terms` opts out.

Options: `matcher`; `address` (a function: concept → link); `own` (the page's own concept).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from kb.glossary.matcher import Match, Matcher

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SKIP = _HEADINGS | {"a", "summary", "code", "pre", "script", "style", "math", "svg", "time"}


_ENGLISH_BEFORE = re.compile(r"[A-Za-z][,;:.’']? $")
_ENGLISH_AFTER = re.compile(r"[,;:’']?s? [A-Za-z]")


@dataclass
class _Run:
    """A run of text: an element's own, or (with `parent`) what follows it. `seen` holds the concepts
    that were linked in its section; runs of one section share it."""

    element: Element
    parent: Element | None
    text: str
    seen: set[str]
    matches: list[Match] = field(default_factory=list)


class _LinkTerms(Treeprocessor):
    """Collects all runs of text, searches them in one walk, and links what is a first use."""

    def __init__(
        self, md: Markdown, matcher: Matcher, address: Callable[[str], str], own: str
    ) -> None:
        super().__init__(md)
        self.matcher, self.address, self.own = matcher, address, own

    def run(self, root: Element) -> None:
        self.runs: list[_Run] = []
        self.seen = {self.own}
        self._collect(root)
        runs = iter(self.runs)
        one, start, end = None, 0, -1
        for match in self.matcher.matches("\0".join(one.text for one in self.runs)):
            while match.start > end:
                one, start = next(runs), end + 1
                end = start + len(one.text)
            here = Match(match.start - start, match.end - start, match.concept)
            if here.concept not in one.seen and not _within_english(one.text, here.start, here.end):
                one.seen.add(here.concept)
                one.matches.append(here)
        for one in self.runs:
            if one.matches:
                self._link(one)

    def _collect(self, element: Element) -> None:
        if element.tag in _HEADINGS:
            self.seen = {self.own}
        if element.tag in _SKIP or element.get("lang") or "no-terms" in element.get("class", ""):
            return
        main = self.seen
        if element.tag == "aside":  # a note has its own first uses, and uses up none of the text's
            self.seen = {self.own}
        self._add(element.text, element, None)
        for child in element:
            self._collect(child)
            self._add(child.tail, child, element)
        if element.tag == "aside":
            self.seen = main

    def _add(self, text: str | None, element: Element, parent: Element | None) -> None:
        if isinstance(text, str) and len(text) > 1:
            self.runs.append(_Run(element, parent, text, self.seen))

    def _link(self, one: _Run) -> None:
        """Turn the matches of a run into links, each with the text up to the next as its tail."""
        ends = [match.start for match in one.matches[1:]] + [len(one.text)]
        before = one.text[: one.matches[0].start]
        into, at = one.element, 0
        if one.parent is None:
            one.element.text = before
        else:
            one.element.tail = before
            into, at = one.parent, list(one.parent).index(one.element) + 1
        for offset, (match, end) in enumerate(zip(one.matches, ends)):
            link = Element("a", {"class": "kb-term", "href": self.address(match.concept),
                                 "data-concept": match.concept})
            link.text, link.tail = one.text[match.start : match.end], one.text[match.end : end]
            into.insert(at + offset, link)


def _within_english(text: str, start: int, end: int) -> bool:
    """Whether a Latin term is part of a longer English passage, which a quotation is: it stays as it
    was written."""
    return text[start:end].isascii() and bool(
        _ENGLISH_BEFORE.search(text, 0, start) or _ENGLISH_AFTER.match(text, end))


class Terms(Extension):
    def __init__(self, **options: object) -> None:
        self.config = {
            "matcher": ["", "the forms to look for; without it nothing is linked"],
            "address": ["", "concept → link"],
            "own": ["", "the concept that the page is about"],
        }
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        if self.getConfig("matcher"):
            # After inline syntax (20), attributes (8) and numbers (3); before English passages are
            # marked (2), which would hide Latin terms, and before MkDocs resolves links (0).
            processor = _LinkTerms(md, self.getConfig("matcher"), self.getConfig("address"),
                                   self.getConfig("own"))
            md.treeprocessors.register(processor, "kb-terms", 2.5)
