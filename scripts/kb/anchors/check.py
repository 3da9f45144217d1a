"""Whether ids are right: on each page, between twins, and against what was published.

In: the corpus, and the registers. Out: findings. `problems` is what only a person can mend on a page;
`awaiting` is what `kb anchors` does; `check` is everything. Nothing is said of pages that could not
be read, nor against a register that could not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kb.anchors import ids
from kb.anchors.fates import successors
from kb.anchors.register import FOLDER, Entry, Register, missing, of, original, stale
from kb.corpus import Corpus, Page
from kb.findings import Finding
from kb.languages import BY_TAG

# An id that will be printed instead of read; written with a Chinese or Japanese keyboard as well.
_LEAK = re.compile(r"[{｛]\s*[:：]?\s*[#＃]")


def check(corpus: Corpus, registers: Mapping[str, Register], date: str) -> Iterator[Finding]:
    """Everything wrong with the ids of documents, measured against the register. `date` (ISO) is the
    one that suggested lines carry."""
    for path in sorted({page.path for page in corpus.documents} - corpus.unreadable):
        pages = tuple(page for page in corpus.editions(path) if page.is_document)
        if any(page.reading.problem for page in pages):
            continue  # not a word is known of it, and no id is lost
        register = of(registers, path.removesuffix(".md"))
        wrong = [finding for page in pages for finding in (*problems(page), *awaiting(page))]
        yield from wrong
        if wrong:
            continue  # what else is wrong would only be said of the same mistake again
        yield from _twins(pages)
        if register.readable:
            for page in pages:
                yield from _against(corpus, register, page, date)
    for document, register in registers.items():
        if f"{document}.md" not in corpus.unreadable:
            yield from _gone(corpus, register)


class _Place(NamedTuple):
    """A heading (of that level) or a paragraph (level 0), and the line on which its id stands."""

    line: int
    id: str | None
    text: str
    level: int
    is_named: bool  # whether something in it is a finding already: a picture, a table


def _places(page: Page) -> list[_Place]:
    """Headings and paragraphs in the order of the text."""
    named = {page.body_line + line - 1 for line, _ in page.reading.unsupported}
    places = [_Place(p.last_line, p.id, p.text, 0, not named.isdisjoint(range(p.line, p.last_line + 1)))
              for p in page.paragraphs]
    places += [_Place(s.line, s.id, s.title, s.level, s.line in named) for s in page.headings]
    return sorted(places, key=lambda place: place.line)


def problems(page: Page) -> Iterator[Finding]:
    """What is wrong with the ids of one page taken by itself, and only a person can mend."""
    seen: dict[str, int] = {}
    for place in _places(page):
        if problem := _unreadable(page, place) or _malformed(page, place, seen):
            yield problem
        if place.id:
            seen.setdefault(place.id, place.line)
    yield from _order(page)


def awaiting(page: Page) -> Iterator[Finding]:
    """The paragraphs that have no id yet, but for what must not stand in a document at all."""
    for place in _places(page):
        if place.id is None and not (place.level or place.is_named or _unreadable(page, place)):
            yield Finding(page.file, place.line, "KB203", f"no id after “{place.text[:20]}”",
                          "“{ #p… }” on a line of its own below it", "run: kb anchors")


def _unreadable(page: Page, place: _Place) -> Finding | None:
    """A place that cannot be given an id: braces would show in its text, or it has no words."""
    if leak := _LEAK.search(place.text):
        return Finding(page.file, place.line, "KB211", f"“{place.text[leak.start():][:24]}” in the text",
                       "“ { #section-id }” at the end of the heading" if place.level
                       else "“{ #p12 }” alone on the paragraph’s last line",
                       "give the braces a line of their own and a space inside each")
    if not place.is_named and not any(one.isprintable() and not one.isspace() for one in place.text):
        return Finding(page.file, place.line, "KB107",
                       f"a {'heading' if place.level else 'paragraph'} without words",
                       "words, which an id can stand for",
                       "remove it; a picture stands on a page of its own")
    return None


def _malformed(page: Page, place: _Place, seen: Mapping[str, int]) -> Finding | None:
    """A heading without an id, an id that was `seen` before, or one of the wrong form."""
    line, anchor, text, level, _ = place
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


def _order(page: Page) -> Iterator[Finding]:
    before: str | None = None
    for paragraph in page.paragraphs:
        if not ids.is_paragraph(paragraph.id):
            continue
        if before and ids.order(paragraph.id) < ids.order(before):
            yield Finding(page.file, paragraph.last_line, "KB204", f"#{paragraph.id} after #{before}",
                          "ids in the order of the text",
                          "put the paragraph back, or withdraw the id and run: kb anchors")
        before = paragraph.id


def _lines(page: Page) -> Mapping[str, int]:
    """The line on which each id of the page stands."""
    return {place.id: place.line for place in reversed(_places(page)) if place.id}


def _twins(pages: tuple[Page, ...]) -> Iterator[Finding]:
    if len(pages) < 2:
        return
    every = {anchor for page in pages for anchor in page.anchors}
    for page in pages:
        twin = next(other for other in pages if other is not page)
        lines = _lines(twin)
        for anchor in sorted(every - page.anchors.keys()):
            yield Finding(page.file, 1, "KB205", f"no #{anchor}",
                          f"the counterpart of {twin.file} line {lines.get(anchor, 1)}",
                          f"translate that paragraph and give it {{ #{anchor} }}")


def _against(corpus: Corpus, register: Register, page: Page, date: str) -> Iterator[Finding]:
    """What the register says of the ids of one page. A move is told once, as that."""
    lines = _lines(page)
    yield from _withdrawn(register, page, lines)
    yield from _lost(register, page, date)
    moved = _moved(register, page)
    for anchor, owner in moved.items():
        line = Entry(anchor, date, page.language.tag, page.fingerprints[anchor], was=owner)
        yield Finding(page.file, lines[anchor], "KB208",
                      f"under #{anchor} the text of #{owner}", f"that text under #{owner}",
                      "give every paragraph the id it had, and new ones none, then run: kb anchors;"
                      f" if the text truly moved, add at the end of {register.file}: {line}")
    if not _published(register, page):
        yield Finding(page.file, 1, "KB209", "a document that the register does not know",
                      f"{register.file}", "run: kb anchors")
        return
    for entry in missing(corpus, register, (page,), date):
        if entry.id not in moved and entry.id not in register.withdrawn:
            yield Finding(page.file, lines[entry.id], "KB209",
                          f"#{entry.id} as {entry.text}",
                          "a wording that stands in the register",
                          f"run: kb anchors, or add at the end of {register.file}: {entry} and at "
                          f"the end of {FOLDER}/{register.document}.txt: "
                          f"{entry.text} {page.anchors[entry.id]}")
    yield from _out_of_date(corpus, register, page, date)


def _published(register: Register, page: Page) -> set[str]:
    """The ids that were ever published in the page's language."""
    return {anchor for anchor, language in register.latest if language == page.language.tag}


def _withdrawn(register: Register, page: Page, lines: Mapping[str, int]) -> Iterator[Finding]:
    for anchor, entry in register.withdrawn.items():
        if anchor in lines:
            yield Finding(page.file, lines[anchor], "KB207", f"#{anchor}",
                          f"a new id: #{anchor} was withdrawn on {entry.date}",
                          "remove it and run: kb anchors")


def _lost(register: Register, page: Page, date: str) -> Iterator[Finding]:
    """Published ids that the page has no longer, with the line that would withdraw each: its successor
    is the id under which its words stand now, if any."""
    gone = _published(register, page) - page.fingerprints.keys() - register.withdrawn.keys()
    for anchor in sorted(gone):
        latest = register.latest[anchor, page.language.tag].text
        successor = next((now for now, text in page.fingerprints.items() if text == latest), None)
        line = Entry(anchor, date, withdrawn=True, successor=successor or "…")
        yield Finding(page.file, 1, "KB206", f"no #{anchor}", "every id that was ever published",
                      f"bring the paragraph back, or add at the end of {register.file}: {line}")


def _moved(register: Register, page: Page) -> Mapping[str, str]:
    """Ids under which another's text stands → the id that first stood for that text. Where the register says
    already that the words of that one went there, nothing has moved."""
    today, tag = page.fingerprints, page.language.tag
    told = successors(register)
    moved: dict[str, str] = {}
    for anchor, text in today.items():
        owner = register.owners.get((tag, text))
        known = register.latest.get((anchor, tag))
        recorded = known is not None and known.text == text
        if (owner and owner != anchor and today.get(owner) != text and not recorded
                and anchor not in told.get(owner, ())):
            moved[anchor] = owner
    return moved


def _out_of_date(corpus: Corpus, register: Register, page: Page, date: str) -> Iterator[Finding]:
    source = original(corpus, page)
    if source is None:
        return
    lines = _lines(page)
    for anchor in stale(corpus, register, page):
        holds = Entry(anchor, date, page.language.tag, page.fingerprints[anchor],
                      source.fingerprints[anchor])
        yield Finding(page.file, lines[anchor], "KB210", f"#{anchor} made from an older wording",
                      f"a translation of {source.file} as it is now",
                      "translate it again, or, if it still holds, add at the end of "
                      f"{register.file}: {holds}")


def _gone(corpus: Corpus, register: Register) -> Iterator[Finding]:
    """A document with published ids that is no longer there, or no longer a document: withdrawn ids
    too are answered on its page. One that is gone in one language only is still there for its
    readers, with a notice."""
    published = {tag for _, tag in register.latest}
    for tag in sorted(published, reverse=True):
        path = f"{register.document}.md"
        page = corpus.page(path, BY_TAG[tag]) or next(iter(corpus.editions(path)), None)
        if page is None or not page.is_document:
            yield Finding(register.file, 1, "KB206",
                          f"no document {BY_TAG[tag].tree}/{register.document}.md",
                          "the document whose ids this register has published",
                          "bring it back, with its front matter")
            return


def lost_lines(file: str, before: str, now: str | None) -> Iterator[Finding]:
    """The first line of a file's earlier text `before` that `now`, the text of today, does not
    begin with: a register, and the wordings beside it, only grow at their end."""
    today = (now or "").split("\n")
    for number, line in enumerate(before.removesuffix("\n").split("\n"), 1):
        if number > len(today) or today[number - 1] != line:
            yield Finding(file, number, "KB214", f"no line “{line}”",
                          "every line that was ever recorded, in its place",
                          "put it back where it was; new lines stand at the end")
            return
