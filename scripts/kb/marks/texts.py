"""Places in the text of a run, and what is put there.

In: a run of a tree, as its slots, and offsets in their joined text. Out: the tree with an element put at a
place, or around the words between two. Later places first: then earlier ones are still right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from kb.reading.trees import Element, Slot


class Piece(NamedTuple):
    """The part of a slot from `start` to `end`."""

    slot: Slot
    start: int
    end: int


def pieces(slots: Sequence[Slot], texts: Sequence[str], start: int, end: int) -> list[Piece]:
    """The parts of `slots` between two offsets in the text that they make up. `texts` are those of the slots,
    which may have been replaced by others as long."""
    found: list[Piece] = []
    at = 0
    for slot, text in zip(slots, texts, strict=True):
        low, high = max(start, at), min(end, at + len(text))
        if low < high:
            found.append(Piece(slot, low - at, high - at))
        at += len(text)
    return found


def put_at(slot: Slot, at: int, element: Element) -> None:
    """Put `element` into the text of `slot`."""
    text = slot.text
    slot.put(text[:at])
    element.tail = text[at:]
    _insert_after(slot, element)


def wrap(parts: Sequence[Piece], made: Callable[[], Element]) -> None:
    """Put an element around `parts`: one around them all where they begin and end in the same element, else
    one around each."""
    first, last = parts[0], parts[-1]
    if len(parts) > 1 and first.slot.holder is last.slot.holder:
        _wrap_all(first, last, made())
        return
    for slot, start, end in reversed(parts):
        text = slot.text
        link = made()
        link.text, link.tail = text[start:end], text[end:]
        slot.put(text[:start])
        _insert_after(slot, link)


def _wrap_all(first: Piece, last: Piece, link: Element) -> None:
    """From within one text to within a later one of the same element, with all that is between."""
    text = first.slot.text
    link.text = text[first.start :]
    first.slot.put(text[: first.start])
    holder = first.slot.holder
    start = holder.index(first.slot.element) + 1 if first.slot.is_tail else 0
    between = list(holder)[start : holder.index(last.slot.element) + 1]
    after = last.slot.text[last.end :]
    last.slot.put(last.slot.text[: last.end])
    _insert_after(first.slot, link)
    link.extend(between)
    link.tail = after


def _insert_after(slot: Slot, element: Element) -> None:
    if slot.is_tail:
        slot.holder.insert(slot.holder.index(slot.element) + 1, element)
    else:
        slot.element.insert(0, element)
