"""The numbers of lists, as they were written.

In: the tree of a page, and the mark that each list item has in the source (`3.`, `*`). Out: the same tree:
each item of an ordered list carries its number (`value`), so that what was received is shown; a list
whose marks change from numbers to bullets or back is two lists. Where all items of a list have the same
number, a Markdown writer's habit, they are counted from it. An item whose mark cannot be
told is counted on from the one before. A number that browsers cannot count to raises TooGreat.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.reading.trees import Element

_GREATEST = 2**31 - 1  # HTML, 4.4.8: `value` is an integer, and browsers keep 32 bits


def settle(root: Element, marks: Mapping[Element, str]) -> None:
    """Give the lists in `root` the kinds and numbers that `marks` tell."""
    for found in list(root.iter("ol", "ul")):
        if not any(item in marks for item in found):
            continue  # written as HTML
        for one in _apart(found, marks):
            if one.tag == "ol":
                _count(one, marks)


class TooGreat(ValueError):
    """A number of a list item that no browser shows."""


def number(mark: str) -> int | None:
    """The number in the mark of a list item; None for a bullet."""
    digits = mark.rstrip(".)")
    if not digits.isdecimal():
        return None
    if len(digits) > 10 or int(digits) > _GREATEST:
        raise TooGreat(f"the list number “{mark[:20]}”, greater than {_GREATEST}")
    return int(digits)


def _apart(found: Element, marks: Mapping[Element, str]) -> list[Element]:
    """`found`, divided where the kind of its marks changes."""
    def kind(item: Element) -> str:
        mark = marks.get(item, "")
        return (("ul", "ol")[number(mark) is not None]) if mark else last[0]

    last = [str(found.tag)]
    groups: list[tuple[str, list[Element]]] = []
    for item in found.iterchildren("li"):
        last[0] = kind(item)
        if not groups or groups[-1][0] != last[0]:
            groups.append((last[0], []))
        groups[-1][1].append(item)
    if not groups:
        return []
    found.tag = groups[0][0]
    lists = [found]
    for tag, items in groups[1:]:
        one = found.makeelement(tag, {})
        lists[-1].addnext(one)
        one.tail, lists[-1].tail = lists[-1].tail, "\n"
        one.text = "\n"
        one.extend(items)
        lists.append(one)
    return lists


def _count(ordered: Element, marks: Mapping[Element, str]) -> None:
    items = list(ordered.iterchildren("li"))
    written = [number(marks.get(item, "")) for item in items]
    if len(items) > 1 and len(set(written)) == 1:
        written[1:] = [None] * (len(items) - 1)
    at = 0
    ordered.attrib.pop("start", None)
    for item, own in zip(items, written, strict=True):
        at = own if own is not None else at + 1
        item.set("value", str(at))
    first = int(items[0].get("value", "1"))
    if first != 1:
        ordered.set("start", str(first))
