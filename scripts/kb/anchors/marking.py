"""Whether the ids of one page, taken by itself, can be read and are of the right form.

In: a page. Out: findings: what only a person can mend (`problems`), the paragraphs that have no id yet
(`awaiting`), ids out of order (`disordered`). A place gets one finding, which names the line and the cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from kb.anchors import ids
from kb.characters import name_of
from kb.corpus import Page
from kb.findings import Finding

# An id that will be printed instead of read; written with a Chinese or Japanese keyboard as well.
_LEAK = re.compile(r"[{｛]\s*[:：]?\s*[#＃]")
# A line of its own that is meant to be an id.
_MARK = re.compile(r"[\s>]*(?:[{｛]\s*[:：]?\s*[#＃]?\s*p[0-9]+[a-z]*\s*[}｝]"
                   r"|[{｛]\s*[:：]?\s*[#＃][^{}｛｝]*[}｝]|[^\w\s>]\s*[#＃]p[0-9]+[a-z]*\s*[^\w\s])\s*")
_FULL_WIDTH = re.compile("[｛｝＃：]")
_NOT_CLOSED = re.compile(r"\{[^{}]*$")
_AFTER_HASH = re.compile(r"\{[ \t]*:?[ \t]*#[ \t]")
_ODD_SPACE = re.compile(r"[^\S \t]")


class Place(NamedTuple):
    """A heading (of that level) or a paragraph (level 0): the line on which its id stands, and the first."""

    line: int
    id: str | None
    text: str
    level: int
    is_named: bool  # whether something in it is a finding already: a picture, a table
    first: int


def places(page: Page) -> list[Place]:
    """Headings and paragraphs in the order of the text."""
    named = {page.body_line + line - 1 for line, _ in page.reading.unsupported}
    found = [Place(p.last_line, p.id, p.text, 0, not named.isdisjoint(range(p.line, p.last_line + 1)), p.line)
             for p in page.paragraphs]
    found += [Place(s.line, s.id, s.title, s.level, s.line in named, s.line) for s in page.headings]
    return sorted(found, key=lambda place: place.line)


def lines_of(page: Page) -> Mapping[str, int]:
    """The line on which each id of the page stands."""
    return {place.id: place.line for place in reversed(places(page)) if place.id}


def line_without(page: Page, anchor: str, order: Iterable[str]) -> int:
    """The line after which an id that the page does not have belongs: that of the nearest that stands before
    it in the `order` of a text that has it; the title's where there is none."""
    known, line = lines_of(page), next((heading.line for heading in page.headings), page.body_line)
    for one in takewhile(lambda one: one != anchor, order):
        line = known.get(one, line)
    return line


def problems(page: Page) -> Iterator[Finding]:
    """What is wrong with the ids of one page taken by itself, and only a person can mend."""
    lines = page.markdown.split("\n")
    looks_empty = dict(_looks_empty(page, lines))
    yield from looks_empty.values()
    seen: dict[str, int] = {}
    for place in places(page):
        around = range(place.first, place.line + 2)
        if looks_empty.keys() & around:
            continue  # what else is wrong comes of it
        if problem := _unreadable(page, place, lines) or _malformed(page, place, seen):
            yield problem
        if place.id:
            seen.setdefault(place.id, place.line)


def _looks_empty(page: Page, lines: Sequence[str]) -> Iterator[tuple[int, Finding]]:
    """(line, finding) of lines that hold nothing but white space that Markdown does not take for empty."""
    for number, line in enumerate(lines, page.body_line):
        if (odd := _ODD_SPACE.search(line)) and not line.strip():
            yield number, Finding(
                page.file, number, "KB221", f"{name_of(odd[0])} alone on its line",
                "an empty line, which parts paragraphs",
                "take out what stands on the line: Markdown joins the lines above and below it")


def awaiting(page: Page) -> Iterator[Finding]:
    """The paragraphs that have no id yet, but for what must not stand in a document at all."""
    lines = page.markdown.split("\n")
    for place in places(page):
        if place.id is None and not (place.level or place.is_named or _unreadable(page, place, lines)):
            yield Finding(page.file, place.line, "KB203", f"no id after “{place.text[:20]}”",
                          "“{ #p… }” on a line of its own below it", "run: kb anchors")


def _unreadable(page: Page, place: Place, lines: Sequence[str]) -> Finding | None:
    """A place that cannot be given an id: braces would show in its text, or it has no words. `lines` are
    those of the page's Markdown."""
    if mark := _mistyped(page, place, lines):
        line, words, hint = mark
        return Finding(page.file, line, "KB211", f"“{words[:24]}” in the text",
                       "“ { #section-id }” at the end of the heading" if place.level
                       else "“{ #p12 }” alone on the paragraph’s last line", hint)
    if not place.is_named and not any(one.isprintable() and not one.isspace() for one in place.text):
        return Finding(page.file, place.line, "KB107",
                       f"a {'heading' if place.level else 'paragraph'} without words",
                       "words, which an id can stand for",
                       "remove it; a picture stands on a page of its own")
    return None


def _mistyped(page: Page, place: Place, lines: Sequence[str]) -> tuple[int, str, str] | None:
    """(line, words, remedy) of braces that are meant as an id and are none."""
    own = lines[place.first - page.body_line : place.line - page.body_line + 1]
    for number, line in enumerate(own, place.first):
        leak, mark = _LEAK.search(line), _MARK.fullmatch(line)
        is_odd = bool(_FULL_WIDTH.search(line) or _ODD_SPACE.search(line))
        if not (leak or mark) or (number == place.line and place.id and not is_odd):
            continue
        if not mark and not _LEAK.search(place.text):
            continue  # attributes of another kind
        if (_is_list(page, place) or _is_below_code(page, place)) and not _FULL_WIDTH.search(line):
            return None  # that is what is wrong
        shown = _LEAK.search(place.text)
        words = place.text[shown.start():] if shown and number == place.line else \
            line[leak.start() if leak else 0:].strip()
        return number, words, _remedy(place, line, bool(mark), number < place.line)
    return None


def _remedy(place: Place, line: str, is_alone: bool, is_followed: bool) -> str:
    """What to do about the braces in `line`, by what is wrong with them."""
    example = "“{ #section-id }”" if place.level else "“{ #p12 }”"
    if _FULL_WIDTH.search(line):
        return f"type the braces, the # and what stands between them in half width: {example}"
    if odd := _ODD_SPACE.search(line):
        return f"put a plain space, or nothing, in the place of {name_of(odd[0])}"
    if is_alone and place.first == place.line and not place.level:
        return "take out the empty line above: braces stand directly below their paragraph; or remove them"
    if is_alone and is_followed:
        return "put an empty line below the braces: the next paragraph or list begins there"
    if is_alone and "{" not in line:
        return f"type braces around the id: {example}"
    if _NOT_CLOSED.search(line):
        return f"close the braces: {example}"
    if _AFTER_HASH.search(line):
        return f"take out the space after the #: {example}"
    return "give the braces a line of their own and a space inside each"


def _is_list(page: Page, place: Place) -> bool:
    """Whether a list begins within the paragraph."""
    return any("a list without an empty line" in what for line, what in page.reading.unsupported
               if place.first <= page.body_line + line - 1 <= place.line)


def _is_below_code(page: Page, place: Place) -> bool:
    """Whether the braces stand below words that were taken for a block of code."""
    return any(what == "a block of code" and page.body_line + line == place.first
               for line, what in page.reading.unsupported)


def _malformed(page: Page, place: Place, seen: Mapping[str, int]) -> Finding | None:
    """A heading without an id, an id that was `seen` before, or one of the wrong form."""
    line, anchor, text, level = place[:4]
    if anchor is None:
        return Finding(page.file, line, "KB203", f"the heading “{text}” without an id",
                       "“ { #section-id }” after it, the same in both languages",
                       "choose a short English name, lower case, with hyphens") if level > 1 else None
    if anchor in seen:
        return Finding(page.file, line, "KB201",
                       f"#{anchor} again (first in line {seen[anchor]})", "each id once",
                       "remove this one and run: kb anchors")
    if not level and not ids.is_paragraph(anchor):
        return Finding(page.file, line, "KB202", f"#{anchor}", "an id such as p12 or p12a",
                       "remove it and run: kb anchors")
    if level and not ids.is_section(anchor):
        return Finding(page.file, line, "KB202", f"#{anchor}", "a name such as legal-effect",
                       "lower case, digits and hyphens only")
    return None


def disordered(page: Page, labels: Sequence[str | None] | None = None) -> Iterator[Finding]:
    """Ids that do not stand in the order of the text. `labels`: those that its paragraphs will have."""
    before: str | None = None
    for at, paragraph in enumerate(page.paragraphs):
        anchor = labels[at] if labels else paragraph.id
        if not ids.is_paragraph(anchor):
            continue
        if before and ids.order(anchor) < ids.order(before):
            yield Finding(page.file, paragraph.last_line, "KB204", f"#{anchor} after #{before}",
                          "ids in the order of the text",
                          "put the paragraph back, or move it in every language and run: kb anchors")
        before = anchor


