"""English passages in Chinese and Japanese text, marked as English (WCAG 3.1.2).

In: a tree. Out: the same tree with `<span lang="en">` around runs of Latin letters that hold an English word
(`kb.english` says which), but not in code, addresses and passages that say their language already.
"""

from __future__ import annotations

from kb import english
from kb.reading.trees import SILENT, Element

_SKIP = SILENT | {"code", "pre", "kbd", "samp", "svg", "math", "textarea"}


def mark(root: Element) -> None:
    """Mark the English passages in `root`."""
    _visit(root)


def _visit(element: Element) -> None:
    if element.tag in _SKIP or element.get("lang"):
        return
    for child in list(element):
        _visit(child)
        before, spans = _spans(element, child.tail)
        if spans:
            child.tail = before
            at = element.index(child) + 1
            element[at:at] = spans
    before, spans = _spans(element, element.text)
    if spans:
        element.text = before
        element[0:0] = spans


def _spans(element: Element, text: str | None) -> tuple[str, list[Element]]:
    """`text` up to the first passage, and the passages with what follows each."""
    if not text or text.isspace():
        return "", []
    before, found = english.passages(text)
    spans: list[Element] = []
    for passage, after in found:
        span = element.makeelement("span", {"lang": "en"})
        span.text, span.tail = passage, after
        spans.append(span)
    return before, spans
