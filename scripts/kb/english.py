"""English passages in Chinese and Japanese text, marked as English.

A Python-Markdown extension. In: rendered text. Out: `<span lang="en">` around runs of Latin words
of which at least one is English, so that a screen reader says them in English (WCAG 3.1.2).
Abbreviations (BIS, EAR, IaaS) are part of the language around them and stay as they are; so do words
with other letters (zhèngcè), code and addresses.
"""

from __future__ import annotations

import re
from html import escape
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from kb.characters import LATIN

# Python-Markdown's own placeholders stand between STX and ETX.
_RUN = re.compile(rf"\x02[^\x03]*\x03|[{LATIN}][ -~{LATIN}]*[{LATIN}.]|[{LATIN}]")
_WORD = re.compile(rf"(?<![{LATIN}])[A-Za-z]?[a-z]{{2,}}(?![{LATIN}])")
_SKIP = {"code", "pre", "script", "style", "kbd", "samp"}


def is_english(run: str) -> bool:
    """Whether a run of Latin words holds an English one; an address does not count as one."""
    return not run.startswith("\x02") and "://" not in run and bool(_WORD.search(run))


def marked(text: str) -> str:
    """`text`, which is no markup, as HTML with its English passages marked: what templates say of
    titles and sources."""
    before, spans = _spans(text)
    return escape(before) + "".join(
        f'<span lang="en">{escape(span.text)}</span>{escape(span.tail)}' for span in spans)


class _MarkPassages(Treeprocessor):
    def run(self, root: Element) -> None:
        self._visit(root)

    def _visit(self, element: Element) -> None:
        if element.tag in _SKIP or element.get("lang"):
            return
        for child in list(element):
            self._visit(child)
            self._split_tail(element, child)
        self._split_text(element)

    def _split_text(self, element: Element) -> None:
        before, spans = _spans(element.text)
        if spans:
            element.text = before
            for index, span in enumerate(spans):
                element.insert(index, span)

    def _split_tail(self, parent: Element, child: Element) -> None:
        before, spans = _spans(child.tail)
        if spans:
            child.tail = before
            at = list(parent).index(child) + 1
            for index, span in enumerate(spans):
                parent.insert(at + index, span)


def _spans(text: str | None) -> tuple[str, list[Element]]:
    """`text` up to the first English passage, and the passages with what follows each."""
    if not isinstance(text, str) or not _WORD.search(text):
        return text or "", []
    before, spans, end = "", [], 0
    for match in _RUN.finditer(text):
        if not is_english(match.group()):
            continue
        between = text[end : match.start()]
        if spans:
            spans[-1].tail = between
        else:
            before = between
        span = Element("span", {"lang": "en"})
        span.text = match.group()
        spans.append(span)
        end = match.end()
    if spans:
        spans[-1].tail = text[end:]
    return before, spans


class Passages(Extension):
    def extendMarkdown(self, md: Markdown) -> None:
        # After inline syntax (20), attributes (8), tables of contents (5) and numbers (3).
        md.treeprocessors.register(_MarkPassages(md), "kb-passages", 2)
