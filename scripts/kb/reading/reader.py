"""One text, read once: Markdown in, what the page shows out.

In: the Markdown of one page and the settings of the project. Out: a `Reading`, a value that knows neither
files nor MkDocs. Whatever is shown, registered, found, quoted, exported or collated is taken from it. It
refuses nothing, and says what cannot be relied on: what is more than plain text (`unsupported`), and lines
that cannot be told (`unknown_lines`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kb import limits
from kb.reading import allowed, edges, lists, plain, remembered, trees
from kb.reading import lines as source_lines
from kb.reading.converter import Converter, converter, forget
from kb.reading.patience import OutOfPatience, patience
from kb.reading.settings import Settings
from kb.reading.trees import Element, Run
from kb.reading.values import Block, Link, Reading, pack
from kb.reading.wording import described, is_apart, settle_breaks

_PREFIX = re.compile(r"((?:[ ]{0,3}>[ ]?)*[ ]*)((?:(?:[*+-]|\d+\.)[ ]+)*)")
_LIST_MARK = re.compile(r"[*+-]|\d+\.")
# What stands in an element of this name is of this kind; the innermost decides.
_KINDS = {"td": "cell", "th": "cell", "caption": "caption", "dt": "term", "dd": "description",
          "pre": "code", "summary": "summary", "figcaption": "caption", "blockquote": "quotation",
          "p": "paragraph", **dict.fromkeys(trees.HEADINGS, "heading")}


def read(markdown: str, settings: Settings) -> Reading:
    """What `markdown` shows: as it is remembered, or read anew."""
    return remembered.read(markdown, settings, _anew)


def _anew(markdown: str, settings: Settings) -> Reading:
    try:
        with patience(limits.SECONDS):
            found = _read(markdown, settings)
    except OutOfPatience:
        found = Reading(problem=f"a text that takes more than {limits.SECONDS} seconds to read")
    if found.problem:
        forget(settings)
    return found


def _read(markdown: str, settings: Settings) -> Reading:
    own = converter(settings)
    try:
        html = own.convert(markdown)
    except (OutOfPatience, MemoryError):
        raise
    except Exception as error:  # an extension may raise anything
        return Reading(problem=f"{type(error).__name__}: {error}")
    finally:
        contents = tuple(getattr(own.md, "toc_tokens", ()))
    if reference := source_lines.pretended(html):
        return Reading(problem=f"“{reference}”, a character for private use")
    try:
        found = _Reader(own, html, contents)
        if found.fault and (lost := source_lines.lost(html, trees.inner(found.root))):
            return Reading(problem=f"HTML that ends before line {lost}")
        return found.reading()
    except (trees.TooDeep, trees.Unclosed, lists.TooGreat) as error:
        return Reading(problem=str(error))
    except ValueError:  # a reference such as “&#1;”: HTML takes it, a tree of ours does not
        return Reading(problem="a character that no page can carry, written as a number (“&#…;”)")


class _Reader:
    """One reading, with what was met on the way."""

    def __init__(self, own: Converter, html: str, contents: tuple[Mapping[str, Any], ...]) -> None:
        self.source, self.given = own.lines, own.given.ids
        self.stash = [one for one in own.md.htmlStash.rawHtmlBlocks if isinstance(one, str)]
        self.contents = contents
        self.root = trees.parsed(source_lines.out_of_tags(html))
        self.fault = trees.fault() or trees.unknown(self.root)
        self.own_lines: dict[tuple[Element, int], list[int]] = {}
        self.marks: Mapping[Element, str] = {}

    def reading(self) -> Reading:
        self._take_lines()
        runs = self._runs()
        found = {id(run): self._lines(run) for run in runs}
        self._share_rows(runs, found)
        self.marks = self._marks(runs, found)
        lists.settle(self.root, self.marks)
        self._clean()
        settled = [(run, settle_breaks(run)) for run in runs]
        blocks = tuple(edges.settle(list(self._blocks(settled, found)), self.source.lines))
        places = {run.block: (min(lines), max(lines)) for run in reversed(runs) if (lines := found[id(run)])}
        html = trees.inner(self.root)
        judged = allowed.Judged(self.root, self.source.lines, places, self.given, [*_labels(self.contents)])
        return Reading(
            blocks=blocks,
            packed=pack(html),
            contents=self.contents,
            links=tuple(self._links(runs, found)),
            ids=frozenset(own for one in self.root.iter() if (own := one.get("id"))),
            unsupported=tuple(plain.unsupported(self.root, self.source, self.stash, places)),
            refused=tuple(allowed.refused(judged, html)),
            unknown_lines=tuple(" ".join(block.text.split())[:20] for block in blocks
                                if block.text and not block.line),
            fault=self.fault,
        )

    def _runs(self) -> list[Run]:
        """The runs that may hold words: not those of the contents list that `[TOC]` asks for, which repeats
        them, nor the numbers of lines of code."""
        apart = {one for one in self.root.iter() if one.get("class") and (
            trees.is_contents(one) or trees.has_class(one, "linenodiv"))}
        return [run for run in trees.runs(self.root) if not apart or apart.isdisjoint(
            (run.block, *run.block.iterancestors("div")))]

    # --- lines --------------------------------------------------------------------------------------------

    def _take_lines(self) -> None:
        """Take the numbers of lines out of the tree."""
        for element in self.root.iter():
            written = element.get(source_lines.ATTRIBUTE, "")
            if not written.startswith(source_lines.OWN):
                continue  # the author's own
            del element.attrib[source_lines.ATTRIBUTE]
            for segment, part in enumerate(written[1:].split("|")):
                if part:
                    self.own_lines[element, segment] = [int(one) for one in part.split()]

    def _clean(self) -> None:
        """Take out the numbers of lines that stand in no run: in scripts, formulas, a contents list."""
        if not source_lines.MARK.search("".join(map(str, self.root.itertext()))):
            return
        for element in self.root.iter():
            for slot in (trees.Slot(element, False), trees.Slot(element, True)):
                if source_lines.MARK.search(slot.text):
                    slot.put(source_lines.MARK.sub("", slot.text))

    def _lines(self, run: Run) -> list[int]:
        """The numbers of the lines that the words of `run` came from, in order."""
        found = list(self.own_lines.get((run.block, run.segment), ()))
        for slot in run.slots:
            if own := source_lines.numbers(slot.text):
                found += own
                slot.put(source_lines.MARK.sub("", slot.text))
        for element in run.elements:
            found += self.own_lines.get((element, 0), ())
        if not found and run.block.tag == "pre":  # a fence: its place is that of the element around it
            above = trees.above(run.block)
            found = list(self.own_lines.get((run.block, 0)) or self.own_lines.get((above, 0)) or ())
        return found

    def _share_rows(self, runs: list[Run], found: dict[int, list[int]]) -> None:
        """All cells of a row stand in the line of its first words."""
        rows: dict[Element, list[int]] = {}
        for run in runs:
            if run.block.tag in ("td", "th"):
                own = rows.setdefault(trees.above(run.block), found[id(run)])
                found[id(run)] = found[id(run)] or own

    def _marks(self, runs: list[Run], found: Mapping[int, list[int]]) -> Mapping[Element, str]:
        """The mark of each list item, from the line on which its words begin."""
        marks: dict[Element, str] = {}
        seen: set[Element] = set()
        before = 0  # the last line with words of what was read already
        for run in runs:
            above, before = before, max([before, *found[id(run)]])
            around = [one for one in (run.block, *run.block.iterancestors("li")) if one.tag == "li"]
            new = [item for item in around if item not in seen]
            if not new or not found[id(run)]:
                continue
            seen.update(new)
            line = found[id(run)][0]
            while line > above + 1 and not self._prefix(line)[1]:
                line -= 1  # its own line has no words: a fence or a tag begins there
            own = _LIST_MARK.findall(self._prefix(line)[1])
            for item, mark in zip(new, reversed(own), strict=False):  # both from within outwards
                marks[item] = mark
        return marks

    def _prefix(self, number: int) -> tuple[str, str]:
        line = self.source.lines[number - 1] if 0 < number <= len(self.source.lines) else ""
        match = _PREFIX.match(line)
        return (match[1], match[2]) if match else ("", "")

    # --- blocks -------------------------------------------------------------------------------------------

    def _blocks(self, settled: list[tuple[Run, str]], found: Mapping[int, list[int]]) -> Iterator[Block]:
        items: set[Element] = set()
        for run, text in settled:
            numbers = found[id(run)]
            first, last = (min(numbers), max(numbers)) if numbers else (0, 0)
            if text or _is_citable(run):
                yield self._block(run, text, first, last, items)
            for kind, said in described(run):
                yield Block(kind, said, None, first, last, is_given=False, anchor=_nearest_id(run.block))

    def _block(self, run: Run, text: str, first: int, last: int, items: set[Element]) -> Block:
        kind, item = _kind(run.block)
        own = run.block.get("id") if run.segment == 0 else None
        mark = ""
        if item is not None and item not in items and kind in ("item", "paragraph", "quotation"):
            mark, kind = self._mark_of(item), "item"
        elif kind == "item":
            kind = "quotation" if _within(item, "blockquote") else "paragraph"
        if item is not None:
            items.add(item)
        indent = ""
        if first:
            before, marks = self._prefix(first)
            indent = before + " " * len(marks)
        return Block(kind, text, own, first, last, indent,
                     int(str(run.block.tag)[1]) if kind == "heading" else 0, mark,
                     kind != "heading" or own in self.given, _nearest_id(run.block))

    def _mark_of(self, item: Element) -> str:
        value = item.get("value")
        return f"{value}." if value else self.marks.get(item, "*")

    def _links(self, runs: list[Run], found: Mapping[int, list[int]]) -> Iterator[Link]:
        for run in runs:
            line = min(found[id(run)], default=0)
            for element in run.elements:
                if element.tag == "a" and element.get("href") is not None and not is_apart(element):
                    yield Link(element.get("href", ""), "".join(element.itertext()), line)
                elif element.tag == "img" and element.get("src") is not None:
                    yield Link(element.get("src", ""), element.get("alt", ""), line, is_picture=True)


def _labels(contents: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What authors gave the contents list to show in place of a heading."""
    for entry in contents:
        if label := entry.get("data-toc-label"):
            yield str(label)
        yield from _labels(entry.get("children", ()))


def _is_citable(run: Run) -> bool:
    """Whether it is a block even without words: there an id might be given to nothing."""
    if run.segment or any(_is_footnote(one) for one in (run.block, *run.block.iterancestors("li"))):
        return False
    return run.block.tag in trees.HEADINGS or run.block.get("id") is not None or (
        run.block.tag == "p" and bool(run.elements))


def _within(element: Element | None, *tags: str) -> bool:
    return element is not None and next(element.iterancestors(*tags), None) is not None


def _kind(block: Element) -> tuple[str, Element | None]:
    """What kind of block the words in the element `block` are, and the list item it stands in, if it
    stands there directly."""
    for element in (block, *block.iterancestors()):
        if element.tag == "li":
            return ("footnote" if _is_footnote(element) else "item"), element
        if element.tag in _KINDS and element.tag != "p":
            inside = _within(element, "div") and any(_is_footnote(one) for one in element.iterancestors("li"))
            return ("footnote" if inside and element.tag == "blockquote" else _KINDS[element.tag]), None
    return "paragraph", None


def _is_footnote(item: Element) -> bool:
    return any(trees.has_class(one, "footnote") for one in item.iterancestors("div"))


def _nearest_id(block: Element) -> str:
    return next((one.get("id", "") for one in (block, *block.iterancestors()) if one.get("id")), "")
