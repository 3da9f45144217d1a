"""Source lines, carried through Python-Markdown by the text itself.

In: the lines of a Markdown text as the reader splits them into blocks. Out: the same HTML as without,
in which each element says in `data-lines` which lines its own words came from. Refuses nothing: what
cannot be told is left out, and `kb.reading.reader` says so.

Python-Markdown keeps no line numbers. So each line with words is given one private character of
plane 16 whose code point is its number: after the block syntax at its beginning and the first letter of
its words, where no block syntax looks. Whatever a block processor does with the words, the character
goes with them. It is taken out again before inline syntax is read, which never sees it; in raw HTML and
in code, which are never read as Markdown, it stays until the tree is made, behind the tag it fell into.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX

BASE = 0x100000
MOST = 0xFFFD  # the last two code points of a plane are no characters
MARK = re.compile("[\U00100001-\U0010fffd]")
ATTRIBUTE = "data-lines"
OWN = chr(BASE)  # what its value begins with: no author can write that

# What may stand before the words of a line: quotation and list marks, table bars, the name of a footnote
# or a link, tags, number signs, and the head of an admonition or a tab up to its title.
_PREFIX = re.compile(r"""
    [ ]* (?: (?: > | (?: [*+-] | \d+\. )[ ] | :[ ] | \| | \[[^\]]*\]:
               | </?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?> | <!-- ) [ ]* )*
    (?: \#{1,6}[ ]* )? (?: (?: !!! | \?\?\?\+? | ===[+!]? )[ ][^"]* "? )? """, re.VERBOSE)
# A tag that goes on in the next line, and one that takes several.
_OPEN_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?$")
_LONG_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)(?:[ ]+[^<>\n]*)?(?:\n(?![ ]*\n)[^<>\n]*)+>")
# The first letter outside tags; else the first character that is no block syntax.
_TAG = r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>"
_REFERENCE = r"&(?:[a-zA-Z][a-zA-Z0-9]*|\#[0-9]+|\#[xX][0-9a-fA-F]+);"
_LETTER = re.compile(rf"{_TAG}|{_REFERENCE}|([^\W\d_])")
_OTHER = re.compile(rf"{_TAG}|({_REFERENCE}|[^\s>*+\-_=#|:~`<])")
_WHOLE_TAG = re.compile(r"""</?[a-zA-Z](?:"[^"]*"|'[^']*'|[^'"<>])*>""")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OWN_LINES = re.compile(rf'{ATTRIBUTE}="{OWN}([0-9 |]+)')
_NUMBERED = re.compile(r"&\#(?:[xX]([0-9a-fA-F]+)|([0-9]+))", re.ASCII)
_ABBREVIATION = re.compile(r"[ ]*\*\[")
_FENCE = re.compile(r"[\s>]*(?:(?:[*+-]|\d+\.|:)[ ]+)*[\s>]*(`{3,}|~{3,})")
_PLACEHOLDER = re.compile(f"{STX}wzxhzdk:([0-9]+)")
_CODE = re.compile(r"<code[^>]*>(.*)</code>", re.DOTALL)
_FIRST_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)")


class SourceLines(Extension):
    """The extension. After a conversion `lines` are the source lines, white space normalised;
    `definitions` the lines of link definitions with their labels; `unknown` the first line from which on
    nothing could be numbered, 0 for none."""

    def __init__(self) -> None:
        super().__init__()
        self.reset()

    def reset(self) -> None:
        self.lines: list[str] = []
        self.definitions: list[tuple[int, str]] = []
        self.fences: dict[int, tuple[int, int]] = {}
        self.unknown = 0

    def extendMarkdown(self, md: Markdown) -> None:
        md.registerExtension(self)
        # White space is normalised at 30, fences are taken out at 25, HTML at 20.
        md.preprocessors.register(_Keep(md, self), "kb-lines", 29)
        md.preprocessors.register(_Mark(md, self), "kb-mark", 21)
        # Footnotes are put into the tree at 50, inline syntax is read at 20.
        md.treeprocessors.register(_Unmark(md, self), "kb-unmark", 51)
        md.treeprocessors.register(_Unmark(md, self), "kb-unmark-footnotes", 49)


class _Keep(Preprocessor):
    def __init__(self, md: Markdown, source: SourceLines) -> None:
        super().__init__(md)
        self.source = source

    def run(self, lines: list[str]) -> list[str]:
        self.source.lines = list(lines)
        return lines


class _Mark(Preprocessor):
    def __init__(self, md: Markdown, source: SourceLines) -> None:
        super().__init__(md)
        self.source = source

    def run(self, lines: list[str]) -> list[str]:
        within = _ends_of_tags("\n".join(lines), self.md.is_block_level)
        made: list[str] = []
        stash = self.md.htmlStash.rawHtmlBlocks
        for at, (line, place) in enumerate(zip(lines, _places(self.source.lines, lines, stash), strict=True)):
            if place is None:
                self.source.unknown = self.source.unknown or _known(made, self.source) + 1
                made.append(line)
            elif isinstance(place, tuple):
                if found := _PLACEHOLDER.search(line):
                    self.source.fences[int(found[1])] = place
                made.append(line)
            else:
                close = within.get(at, 0)  # where a tag that began above ends in this line
                made.append(line[:close] + marked(line[close:], place))
        return made


def _known(made: Iterable[str], source: SourceLines) -> int:
    """The last line that was numbered."""
    found = [number for line in made for number in numbers(line)]
    return max([*found, *(last for _, last in source.fences.values())], default=0)


def _places(
    before: list[str], after: list[str], stash: Sequence[object]
) -> Iterator[int | tuple[int, int] | None]:
    """For each line that is left once fences are taken out: its number, for a fence's placeholder its
    first and last, and None from the first line on that is neither."""
    at = 0
    known = True
    for line in after:
        if known and at < len(before) and before[at] == line:
            at += 1
            yield at
        elif known and STX in line and (end := _end_of_fence(before, at, _size(line, stash))):
            yield at + 1, end
            at = end
        else:
            known = False
            yield None


def _size(placeholder: str, stash: Sequence[object]) -> int | None:
    """How many lines of code a placeholder stands for; None where that cannot be told."""
    found = _PLACEHOLDER.search(placeholder)
    html = stash[int(found[1])] if found and int(found[1]) < len(stash) else None
    code = _CODE.search(html) if isinstance(html, str) else None
    return len(code[1].strip("\n").split("\n")) if code else None


def _end_of_fence(lines: list[str], at: int, size: int | None) -> int:
    """The number of the line that closes the fence opened at index `at`, around `size` lines of code,
    empty ones at the edges apart; 0 for none."""
    opened = _FENCE.match(lines[at]) if at < len(lines) else None
    if not opened:
        return 0
    closed = re.compile(rf"[\s>]*{re.escape(opened[1])}[ \t]*$")
    for end, line in enumerate(lines[at + 1 :], at + 1):
        if closed.match(line) and size in (None, len(_trimmed(lines[at + 1 : end]))):
            return end + 1
    return 0


def _trimmed(lines: list[str]) -> list[str]:
    """`lines` without empty ones at the edges; one for none at all."""
    filled = [at for at, line in enumerate(lines) if line.strip(" >")]
    return lines[filled[0] : filled[-1] + 1] if filled else [""]


def _ends_of_tags(text: str, is_block: Callable[[str], bool]) -> dict[int, int]:
    """Index of each line that begins within a block's tag → how much of it the tag takes. Other tags go
    back into the text as they are: a mark in them does no harm."""
    found: dict[int, int] = {}
    for tag in _LONG_TAG.finditer(text):
        if is_block(tag[1]):
            first = text.count("\n", 0, tag.start())
            for offset, row in enumerate(tag[0].split("\n")[1:], 1):
                found[first + offset] = len(row)
    return found


def marked(line: str, number: int) -> str:
    """`line` with the character of its number, if it has words."""
    if STX in line or _ABBREVIATION.match(line):
        return line
    prefix = _PREFIX.match(line)
    at = prefix.end() if prefix else 0
    tag = _OPEN_TAG.search(line, at)
    end = tag.start() if tag else len(line)
    for pattern in (_LETTER, _OTHER):
        for found in pattern.finditer(line, at, end):
            if found[1]:
                return line[: found.end()] + chr(BASE + number) + line[found.end() :]
    return line


def out_of_tags(html: str) -> str:
    """`html` with the characters that fell into a tag over several lines behind it."""
    return _WHOLE_TAG.sub(lambda tag: _without(tag[0]) + "".join(MARK.findall(tag[0])), html)


def lost(before: str, after: str) -> int:
    """The first line whose words are in the HTML `before`, comments apart, but not `after`; 0 for none."""
    def known(html: str) -> set[int]:
        html = _COMMENT.sub("", html)
        own = " ".join(_OWN_LINES.findall(html)).replace("|", " ")
        return {*numbers(html), *map(int, own.split())}

    return min(known(before) - known(after), default=0)


def pretended(html: str) -> str:
    """The first character reference that would be taken for the number of a line; empty for none."""
    return next((found[0] for found in _NUMBERED.finditer(html) if _code_point(found) >= BASE), "")


def _code_point(reference: re.Match[str]) -> int:
    digits, base = (reference[1], 16) if reference[1] else (reference[2], 10)
    return int(digits.lstrip("0")[:10] or "0", base)


def numbers(text: str | None) -> list[int]:
    """The numbers in `text`, in order."""
    return [ord(mark) - BASE for mark in MARK.findall(text)] if text else []


class _Unmark(Treeprocessor):
    """Takes the characters out of what inline syntax will be read in, and tells each element its lines:
    of its text, then of the text after each of its children, with bars between."""

    def __init__(self, md: Markdown, source: SourceLines) -> None:
        super().__init__(md)
        self.source = source

    def run(self, root: Element) -> None:
        code = {child for pre in root.iter("pre") for child in pre}
        for element in root.iter():
            if element in code:
                continue
            own = [numbers(element.text), *(numbers(child.tail) for child in element)]
            if any(own):
                element.set(ATTRIBUTE, OWN + "|".join(" ".join(map(str, part)) for part in own))
                element.text = _unmarked(element.text)
                for child in element:
                    child.tail = _unmarked(child.tail)
        self._clean_definitions()
        stash = self.md.htmlStash.rawHtmlBlocks
        for index, (first, last) in self.source.fences.items():
            html = stash[index] if index < len(stash) else None
            if isinstance(html, str) and OWN not in html:
                stash[index] = _FIRST_TAG.sub(rf'<\1 {ATTRIBUTE}="{OWN}{first} {last}"', html, count=1)

    def _clean_definitions(self) -> None:
        references = self.md.references
        for label, (url, title) in list(references.items()):
            own = numbers(label + url + (title or ""))
            if own:
                del references[label]
                name = _without(label)
                references[name] = _without(url), _without(title) if title else title
                self.source.definitions.append((min(own), name))


def _unmarked(text: str | None) -> str | None:
    return _without(text) if text else text


def _without(text: str) -> str:
    # Text that is not to be read again is of a class of its own, and stays so.
    return type(text)(MARK.sub("", text))
