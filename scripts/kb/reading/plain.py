"""What in a text is more than plain text.

In: the tree of a page, its source lines, the raw HTML that was met, the lines of its blocks. Out: (line,
what) of every table, picture, block of code, footnote, piece of HTML, attribute and link definition, and of
lists that are not read as such: in a document, words could stand there that are cited by no number.
Refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.reading.lines import MARK, SourceLines
from kb.reading.trees import HEADINGS, Element, has_class, is_contents

Lines = Mapping[Element, tuple[int, int]]  # each block's element → its first and last line
Found = tuple[int, str]

_PASSAGE = re.compile(r'<span lang="[A-Za-z-]+">|</[a-z]+>')
_CODE = re.compile(r'<div [^>]*class="highlight"')
_ATTRIBUTES = re.compile(r"(?:^|[ ])\{:?[ ]*([^{}\n]+?)[ ]*\}[ ]*$")
_LIST_LINE = re.compile(r"(?:[ ]{0,3}>[ ]?)*[ ]*((?:[*+-]|\d+[.)])[ ]+\S.*)")
# What Markdown itself makes of plain text, with the attributes that it may have there.
_PLAIN: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("p", *HEADINGS), frozenset(("id",))),
    **dict.fromkeys(("ul", "blockquote", "strong", "em", "code", "br", "hr"), frozenset[str]()),
    "ol": frozenset(("start",)), "li": frozenset(("id", "value")),
    "a": frozenset(("href", "title")), "span": frozenset(("lang",)),
}
_CONTENTS = "[TOC]"  # what asks for a contents list, which has no words of its own, nor a line
# What is named once, with all that is in it.
_WHOLES = {"table": "a table", "pre": "a block of code", "img": "a picture", "dl": "a list of definitions"}


def unsupported(root: Element, source: SourceLines, stash: Iterable[str], lines: Lines) -> list[Found]:
    """Everything in the page that is not plain text, by line."""
    raw = list(_raw(stash, source.lines))
    html = {line for first, last, _ in raw for line in range(first, last + 1)}
    attributes = list(_attributes(source.lines, lines))
    found = [
        *((first, what) for first, _, what in raw), *attributes,
        *((line, f"a link definition “[{label}]:”") for line, label in source.definitions),
        *(one for one in _elements(root, source.lines, lines) if one[0] not in html),
        *(one for one in _lists(source.lines, lines) if one[0] not in html),
    ]
    return sorted(set(found))


def _raw(stash: Iterable[str], lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """(first line, last line, what) of HTML as it was written, but for passages in another language."""
    text = "\n".join(lines)
    at: dict[str, int] = {}
    for one in stash:
        html = MARK.sub("", one).strip()
        if not html.startswith("<") or _PASSAGE.fullmatch(html) or _CODE.match(html):
            continue
        first = html.partition("\n")[0]
        place = max(text.find(first, at.get(first, 0)), 0)
        at[first] = place + 1
        line = text.count("\n", 0, place) + 1
        yield line, line + html.count("\n"), f"raw HTML “{first[:30]}”"


def _elements(root: Element, source: Sequence[str], lines: Lines) -> Iterator[Found]:
    """Elements and attributes that plain text does not have."""
    asked = (number for number, line in enumerate(source, 1) if line.strip() == _CONTENTS)
    within: set[Element] = set()
    for element in root.iterdescendants():
        tag = str(element.tag)
        if element.getparent() in within:
            within.add(element)
        elif has_class(element, "footnote"):
            within.add(element)
            yield _line(element, lines), "a footnote"
        elif tag in _WHOLES or is_contents(element) or has_class(element, "highlight"):
            within.add(element)
            if is_contents(element):
                yield next(asked, None) or _line(element, lines), "a contents list"
            else:
                yield _line(element, lines), _WHOLES.get(tag, _WHOLES["pre"])
        elif tag == "sup" and element.get("id", "").startswith("fnref"):
            within.add(element)
        elif tag not in _PLAIN:
            yield _line(element, lines), f"“<{tag}>”"
        elif (extra := set(element.keys()) - _PLAIN[tag]) and element not in lines:
            yield _line(element, lines), f"“<{tag} {min(extra)}>”"


def _line(element: Element, lines: Lines) -> int:
    """The line of the block that `element` stands in, else of the first in it."""
    for one in (element, *element.iterancestors(), *element.iterdescendants()):
        if one in lines:
            return lines[one][0]
    return 1


def _attributes(source: Sequence[str], lines: Lines) -> Iterator[Found]:
    """Attribute lists of blocks that say more than an id."""
    for element, (_, last) in lines.items():
        match = _ATTRIBUTES.search(source[last - 1])
        if match and set(element.keys()) - _PLAIN.get(str(element.tag), frozenset()):
            yield last, f"“{{ {match[1]} }}”"


def _lists(source: Sequence[str], lines: Lines) -> Iterator[Found]:
    """Lines within a paragraph that look like items of a list."""
    for element, (first, last) in lines.items():
        if element.tag not in ("p", "li"):
            continue
        for number in range(first + 1, last + 1):
            if match := _LIST_LINE.fullmatch(source[number - 1]):
                yield number, f"a list without an empty line before it, “{match[1][:20]}”"
                break
