"""Ids for paragraphs that have none, written into the Markdown.

In: the slots of a document (`kb.anchors.pairs`), every id that was ever given, and for the Markdown the id
of each paragraph. Out: an id for each slot, which lies between those of its neighbours and was never given
before; the page with them. Refuses nothing: pages whose ids are wrong must be refused before
(`kb.anchors.check`), and what is written must be read again (`misread`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kb.anchors import ids
from kb.anchors.pairs import Slot
from kb.corpus import Page
from kb.findings import Finding

_APART = "put an empty line before and after the paragraph or list that it belongs to"


@dataclass(frozen=True)
class Assigned:
    """A page's Markdown with its ids: that of each paragraph, and those that were given."""

    page: Page
    markdown: str
    labels: tuple[str | None, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids that are new on the page, or stand below another paragraph than before."""
        return tuple(label for label, paragraph in zip(self.labels, self.page.paragraphs, strict=True)
                     if label and label != paragraph.id)


def number(slots: Sequence[Slot], ever: Collection[str]) -> tuple[str, ...]:
    """The id of each slot; `ever` are those that were given once, and must not be given again."""
    used = {*ever, *(slot.key.anchor for slot in slots if slot.key and slot.key.kind == "id")}
    found: list[str] = []
    before: str | None = None
    for at, slot in enumerate(slots):
        if slot.key and slot.key.kind == "id":
            found.append(slot.key.anchor)
        else:
            after = next((later.key.anchor for later in slots[at + 1:] if later.key
                          and later.key.kind == "id" and ids.is_paragraph(later.key.anchor)
                          and (before is None or ids.order(later.key.anchor) > ids.order(before))), None)
            is_part = slot.key is not None and slot.key.kind == "part" and before is not None
            found.append(ids.below(before or "p0", after, used) if is_part
                         else ids.between(before, after, used))
            used.add(found[-1])
        before = found[-1] if ids.is_paragraph(found[-1]) else before
    return tuple(found)


def assigned(page: Page, labels: Sequence[str | None]) -> Assigned:
    """The page with `labels` as the ids of its paragraphs."""
    lines = page.markdown.split("\n")
    for paragraph, label in reversed(list(zip(page.paragraphs, labels, strict=True))):
        if label == paragraph.id:
            continue
        first, last = paragraph.line - page.body_line, paragraph.last_line - page.body_line
        at = _mark(lines, first, last, paragraph.id)
        if at is not None:
            lines[at : at + 1] = [lines[at].replace(f"#{paragraph.id}", f"#{label}")] if label else []
        elif label:
            lines.insert(last + 1, f"{paragraph.indent}{{ #{label} }}")
    return Assigned(page, "\n".join(lines), tuple(labels))


def _mark(lines: Sequence[str], first: int, last: int, anchor: str | None) -> int | None:
    """The line of a paragraph that holds nothing but its id."""
    mark = re.compile(rf"[ \t>]*\{{:?[ ]*#{re.escape(anchor or '')}[ ]*\}}[ ]*")
    return next((at for at in range(last, first - 1, -1) if anchor and mark.fullmatch(lines[at])), None)


def misread(assigned: Assigned, again: Page) -> Finding | None:
    """The first place where `again`, the page as it is read with the new ids, says anything else than
    it says today, or lacks an id where it was given. The line is that of the file as it is now."""
    page = assigned.page
    wanted, found = _blocks(page, assigned.labels), _blocks(again)
    for old, new in zip_longest(wanted, found):
        if old and new and old[1:] == new[1:]:
            continue
        line = old[0] if old else max((one[0] for one in wanted), default=page.body_line)
        if old and new and old[1] == new[1]:
            return Finding(page.file, line, "KB213", f"#{old[2]}", "an id that is read", _APART)
        return Finding(page.file, line, "KB213",
                       f"{_quoted(new)} where ids are written", f"{_quoted(old)}, as before", _APART)
    return None


_Block = tuple[int, str, str | None]  # its last line, its words, its id


def _blocks(page: Page, labels: Sequence[str | None] | None = None) -> list[_Block]:
    """Headings and paragraphs in the order of the text, with the ids they have or get by `labels`."""
    blocks = [(heading.line, heading.title, heading.id) for heading in page.headings]
    blocks += [(paragraph.last_line, paragraph.text, labels[index] if labels else paragraph.id)
               for index, paragraph in enumerate(page.paragraphs)]
    return sorted(blocks, key=lambda block: block[0])


def _quoted(block: _Block | None) -> str:
    return f"“{block[1][:24]}”" if block else "nothing"


def places(slots: Sequence[Slot], numbers: Sequence[str], page: Page) -> Mapping[int, str]:
    """Paragraph of `page` → its id."""
    tag = page.language.tag
    return {slot.places[tag]: anchor for slot, anchor in zip(slots, numbers, strict=True)
            if tag in slot.places}
