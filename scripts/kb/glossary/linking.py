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
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from kb.glossary.matcher import Matcher

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_SKIP = _HEADINGS | {"a", "summary", "code", "pre", "script", "style", "math", "svg", "time"}


_ENGLISH_BEFORE = re.compile(r"[A-Za-z][,;:.’']? $")
_ENGLISH_AFTER = re.compile(r"[,;:’']?s? [A-Za-z]")


class _LinkTerms(Treeprocessor):
    def __init__(
        self, md: Markdown, matcher: Matcher, address: Callable[[str], str], own: str
    ) -> None:
        super().__init__(md)
        self.matcher, self.address, self.own = matcher, address, own

    def run(self, root: Element) -> None:
        self.seen = {self.own}
        self._visit(root)

    def _visit(self, element: Element) -> None:
        if element.tag in _HEADINGS:
            self.seen = {self.own}
        if element.tag in _SKIP or element.get("lang") or "no-terms" in element.get("class", ""):
            return
        main = self.seen
        if element.tag == "aside":  # a note has its own first uses, and uses up none of the text's
            self.seen = {self.own}
        before, links = self._linked(element.text)
        children = list(element)
        element.text = before
        for index, link in enumerate(links):
            element.insert(index, link)
        for child in children:
            self._visit(child)
            before, links = self._linked(child.tail)
            if links:
                child.tail = before
                at = list(element).index(child) + 1
                for index, link in enumerate(links):
                    element.insert(at + index, link)
        self.seen = main if element.tag == "aside" else self.seen

    def _linked(self, text: str | None) -> tuple[str | None, list[Element]]:
        """`text` up to its first term that is to be linked, and the links with what follows."""
        if not isinstance(text, str) or len(text) < 2 or text.isspace():
            return text, []
        before, links, end = text, [], 0
        for match in self.matcher.matches(text):
            if match.concept in self.seen or _within_english(text, match.start, match.end):
                continue
            self.seen.add(match.concept)
            between = text[end : match.start]
            if links:
                links[-1].tail = between
            else:
                before = between
            link = Element("a", {"class": "kb-term", "href": self.address(match.concept),
                                 "data-concept": match.concept})
            link.text = text[match.start : match.end]
            links.append(link)
            end = match.end
        if links:
            links[-1].tail = text[end:]
        return before, links


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
