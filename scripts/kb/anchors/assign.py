"""New ids for paragraphs that have none.

In: the editions of one document, and its register. Out: for each page that lacks ids, its Markdown
with them. An id is the same in each language, lies between those of its neighbours, and was never
given before. Refuses nothing: pages whose ids are wrong must be refused before (`kb.anchors.check`),
and what is written must be read again (`misread`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kb.anchors import ids
from kb.anchors.register import Register
from kb.corpus import Page
from kb.findings import Finding
from kb.fingerprints import fingerprint

_APART = "put an empty line before and after the paragraph or list that it belongs to"


@dataclass(frozen=True)
class Assigned:
    """A page's Markdown with the ids that were given: number of the paragraph on the page → id."""

    page: Page
    markdown: str
    given: Mapping[int, str]

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self.given.values())


def assign(pages: Iterable[Page], register: Register) -> tuple[Assigned, ...]:
    """Give an id to every paragraph that has none, the same in each language.

    A paragraph whose wording is registered under an id that the page lacks gets it back. A new one
    takes the id that its twin at the same place already has; else the next one that was never used.
    """
    pages = tuple(pages)
    used = set(register.ids) | {anchor for page in pages for anchor in page.anchors}
    elsewhere = [paragraph.id for page in pages for paragraph in page.paragraphs
                 if ids.is_paragraph(paragraph.id)]
    done: list[Assigned] = []
    for page in pages:
        given = _given(page, register, elsewhere, used)
        if given:
            used |= set(given.values())
            elsewhere += given.values()
            done.append(Assigned(page, _with_ids(page, given), given))
    return tuple(done)


def _given(
    page: Page, register: Register, elsewhere: Sequence[str], used: set[str]
) -> dict[int, str]:
    """An id for each paragraph of `page` that has none. `elsewhere` are the ids of the other pages in
    the order of their texts, `used` every id that was ever given."""
    taken = {paragraph.id for paragraph in page.paragraphs} | register.withdrawn.keys()
    free = [anchor for anchor in elsewhere if anchor not in taken]
    given: dict[int, str] = {}
    before: str | None = None
    for index, paragraph in enumerate(page.paragraphs):
        if paragraph.id:
            before = paragraph.id if ids.is_paragraph(paragraph.id) else before
            continue
        after = next((later.id for later in page.paragraphs[index:]
                      if ids.is_paragraph(later.id)), None)
        # An id that was stripped by accident comes back with its wording.
        lost = register.owners.get((page.language.tag, fingerprint(paragraph.text)))
        known = (anchor for anchor in (lost, *free)
                 if anchor and anchor not in taken and _fits(before, anchor, after))
        before = next(known, None) or ids.between(before, after, used | set(given.values()))
        given[index] = before
    return given


def _fits(before: str | None, anchor: str, after: str | None) -> bool:
    if not ids.is_paragraph(anchor):
        return False
    low = ids.order(before) if before else (0, ())
    return low < ids.order(anchor) and (after is None or ids.order(anchor) < ids.order(after))


def _with_ids(page: Page, given: Mapping[int, str]) -> str:
    lines = page.markdown.split("\n")
    for index in sorted(given, reverse=True):
        paragraph = page.paragraphs[index]
        lines.insert(paragraph.last_line - page.body_line + 1,
                     f"{paragraph.indent}{{ #{given[index]} }}")
    return "\n".join(lines)


def misread(assigned: Assigned, again: Page) -> Finding | None:
    """The first place where `again`, the page as it is read with the new ids, says anything else than
    it says today, or lacks an id where it was given. The line is that of the file as it is now."""
    page = assigned.page
    wanted, found = _blocks(page, assigned.given), _blocks(again)
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


def _blocks(page: Page, given: Mapping[int, str] | None = None) -> list[_Block]:
    """Headings and paragraphs in the order of the text, with the ids they have or were `given`."""
    blocks = [(heading.line, heading.title, heading.id) for heading in page.headings]
    blocks += [(paragraph.last_line, paragraph.text, (given or {}).get(index, paragraph.id))
               for index, paragraph in enumerate(page.paragraphs)]
    return sorted(blocks, key=lambda block: block[0])


def _quoted(block: _Block | None) -> str:
    return f"“{block[1][:24]}”" if block else "nothing"
