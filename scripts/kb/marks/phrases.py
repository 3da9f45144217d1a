"""Headings that end their lines between words.

In: a tree, and the tag of its language. Out: the same tree: what a heading says stands in an element of the
class `kb-words`, with a `<wbr>` wherever `kb.phrases` lets a line end, across all that is marked in it. A
number in the margin stands before it.
"""

from __future__ import annotations

from itertools import pairwise

from kb import phrases
from kb.marks.numbers import NUMBER
from kb.reading.trees import HEADINGS, Element, has_class


def mark(root: Element, tag: str) -> None:
    """Mark the headings of `root`."""
    for heading in list(root.iter(*HEADINGS)):
        own = heading.get("lang") or tag
        found = phrases.phrases(_words(heading), own)
        if len(found) > 1:
            _part(heading, found)
            _wrap(heading)


def _words(element: Element) -> str:
    """All that a heading says, but for its number."""
    return (element.text or "") + "".join(
        ("" if has_class(child, NUMBER) else _words(child)) + (child.tail or "") for child in element)


def _part(heading: Element, found: tuple[str, ...]) -> None:
    """Put a `<wbr>` between the phrases."""
    edges, at = set(), 0
    for phrase in found[:-1]:
        at += len(phrase)
        edges.add(at)
    _visit(heading, 0, edges)


def _visit(element: Element, at: int, edges: set[int]) -> int:
    """The same in `element`, which begins `at` characters from the beginning; where it ends."""
    children = list(element)
    element.text, made, at = _split(element, element.text or "", at, edges)
    element[0:0] = made
    for child in children:
        if not has_class(child, NUMBER):
            at = _visit(child, at, edges)
        child.tail, made, at = _split(element, child.tail or "", at, edges)
        place = element.index(child) + 1
        element[place:place] = made
    return at


def _split(
    element: Element, text: str, at: int, edges: set[int]
) -> tuple[str, list[Element], int]:
    """The text up to the first edge in it, and a `<wbr>` with what follows it for each."""
    inside = [edge - at for edge in sorted(edges) if at <= edge < at + len(text)]
    edges.difference_update(edge + at for edge in inside)
    made = []
    for start, end in pairwise([*inside, len(text)]):
        one = element.makeelement("wbr", {})
        one.tail = text[start:end]
        made.append(one)
    return text[: inside[0]] if inside else text, made, at + len(text)


def _wrap(heading: Element) -> None:
    span = heading.makeelement("span", {"class": phrases.CLASS})
    number = heading[0] if len(heading) and has_class(heading[0], NUMBER) and not heading.text else None
    if number is None:
        span.text, heading.text = heading.text, None
    else:
        span.text, number.tail = number.tail, None
    span.extend([child for child in heading if child is not number])
    heading.append(span)
