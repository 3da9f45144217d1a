"""The words of a run: what a reader reads, without what only stands beside it.

In: a run of a tree. Out: its words in one line; descriptions of its pictures and the readings of its
ruby, which are found by their own words. White space is one space; a line break is nothing beside
Chinese and Japanese, in the words and in the tree alike. Refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.characters import break_between
from kb.reading.trees import Element, Run, Slot

_BREAK = re.compile(r"[ \t\r\f]*\n[ \t\r\f\n]*")
_SPACE = re.compile(r"[ \t\r\f\n]+")


def settle_breaks(run: Run) -> str:
    """Take line breaks that mean nothing out of the tree, and give the words of `run`."""
    if run.block.tag == "pre":
        return "".join(slot.text for slot in run.slots).strip("\n")
    if len(run.slots) == 1 and run.slots[0].text in ("", "\n"):
        return ""  # half of all runs: what stands between two blocks
    for slot in run.slots:
        if "\n" in slot.text:
            _settle(run, slot)
    return words_of(run)


def _settle(run: Run, slot: Slot) -> None:
    text, at = slot.text, run.slots.index(slot)
    left, right = ("".join(one.text for one in some if _is_read(one, run.block))
                   for some in (run.slots[:at], run.slots[at + 1 :]))

    def between(found: re.Match[str]) -> str:
        before, after = (left + text[: found.start()]).rstrip(), (text[found.end() :] + right).lstrip()
        return break_between(before, after) if before and after else "\n"

    slot.put(_BREAK.sub(between, text))


def words_of(run: Run) -> str:
    """The words of `run`, in one line."""
    parts: list[str] = []
    for slot in run.slots:
        if _is_read(slot, run.block):
            parts.append(slot.text)
        if not slot.is_tail and slot.element.tag == "br":
            parts.append("\n")
    text = "".join(parts)
    if "\n" in text:
        text = _BREAK.sub(lambda found: break_between(
            text[: found.start()].rstrip(), text[found.end() :].lstrip()), text)
    return _SPACE.sub(" ", text).strip()


def _is_read(slot: Slot, block: Element) -> bool:
    element: Element | None = slot.holder
    while element is not None and element is not block:
        if is_apart(element) or element.tag in ("rt", "rp", "rtc"):
            return False
        element = element.getparent()
    return True


def is_apart(element: Element) -> bool:
    """Whether an inline element is no part of the words: the number of a footnote, the way back."""
    return (element.tag == "sup" and element.get("id", "").startswith("fnref")) or (
        element.tag == "a" and element.get("class") in ("footnote-ref", "footnote-backref", "headerlink"))


def described(run: Run) -> Iterator[tuple[str, str]]:
    """(kind, words) of each picture's description and of the words with their readings in ruby."""
    for element in run.elements:
        if element.tag == "img" and (words := _SPACE.sub(" ", element.get("alt", "")).strip()):
            yield "picture", words
    if any(element.tag == "rt" for element in run.elements):
        yield "ruby", _SPACE.sub(" ", "".join(_readings(run))).strip()


def _readings(run: Run) -> Iterator[str]:
    """The run as it is read aloud: where there is a reading, without its base."""
    for slot in run.slots:
        inside = [one.tag for one in (slot.holder, *slot.holder.iterancestors())]
        if "rp" in inside or ("ruby" in inside and "rt" not in inside):
            continue
        yield slot.text

