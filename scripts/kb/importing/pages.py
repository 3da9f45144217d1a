"""A saved web page as lines: what a browser would show of it, a line for each block of text.

In: the HTML of a page as text. Out: its lines in order, navigation and advertisements included, each with
what its markup says; and the tree, for what else it tells. An item of a list has the mark that a browser
would show before it, because it was received with it. What no browser shows (scripts, styles, comments,
what is hidden) is no line. Refuses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree, html

from kb.characters import unseen
from kb.importing.values import Line

_NAMED_BLOCKS = """
    address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html iframe legend li main nav ol optgroup option p pre
    section summary table tbody td tfoot th thead tr ul"""
_NAMED_UNSHOWN = """
    script style noscript template head svg canvas object embed iframe rt rp textarea math audio video map
    datalist"""
_BLOCKS, _UNSHOWN = frozenset(_NAMED_BLOCKS.split()), frozenset(_NAMED_UNSHOWN.split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HEADING = re.compile(r"h([1-6])")
_BOLD = frozenset(("b", "strong"))


@dataclass
class _Open:
    """The text that is being gathered: its parts, those in links, and those in bold."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())


def tree(text: str) -> html.HtmlElement:
    """The page as a tree. A declaration of an encoding would be refused in a text that is decoded."""
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)
    return html.document_fromstring(text or "<html></html>")


def lines(root: html.HtmlElement) -> tuple[Line, ...]:
    """What `root` shows, a line for each block."""
    body = root if root.tag == "body" else root.find("body")
    found = list(_lines(body if body is not None else root))
    return tuple(replace(one, number=number) for number, one in enumerate(found, 1))


def _lines(body: html.HtmlElement) -> Iterator[Line]:
    open_ = _Open()
    around: list[html.HtmlElement] = []
    # As keys the elements stay what they are: lxml makes new ones where nobody holds them.
    numbers = {one: at for at, one in enumerate(body.iter())}
    marked: set[html.HtmlElement] = set()

    def flush() -> Iterator[Line]:
        if open_.text and any(not one.isspace() for one in open_.text):
            yield _line(open_, around, numbers, marked)
        open_.__init__()  # type: ignore[misc]

    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            _gather(open_, element.tail, around)
            continue
        if any(_is_unshown(one) for one in around[-1:]):
            if event == "end" and element is around[-1]:
                around.pop()
                _gather(open_, element.tail, around)
            continue
        if element.tag in _BLOCKS:
            yield from flush()
        if event == "start":
            around.append(element)
            if not _is_unshown(element):
                _gather(open_, element.text, around)
        else:
            around.pop()
            _gather(open_, element.tail, around)
    yield from flush()


def _is_unshown(element: html.HtmlElement) -> bool:
    return (
        element.tag in _UNSHOWN
        or "hidden" in element.attrib
        or element.get("type") == "hidden"
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def _gather(open_: _Open, text: str | None, around: list[html.HtmlElement]) -> None:
    if not text or not around:
        return
    left_out = set(unseen(text))
    text = "".join(
        " " if one.isspace() else "" if at in left_out else one for at, one in enumerate(text)
    )
    size = len("".join(text.split()))
    open_.parts.append(text)
    if any(one.tag == "a" for one in around):
        open_.linked += size
    if any(one.tag in _BOLD for one in around):
        open_.bold += size


def _line(
    open_: _Open,
    around: list[html.HtmlElement],
    numbers: Mapping[html.HtmlElement, int],
    marked: set[html.HtmlElement],
) -> Line:
    text = open_.text
    size = len("".join(text.split())) or 1
    mark, level, before = "", 0, ""
    for element in around:
        if heading := _HEADING.fullmatch(str(element.tag)):
            mark, level = "heading", int(heading[1])
        elif element.tag == "blockquote":
            mark = "quotation"
        elif element.tag == "li":
            parent = element.getparent()
            mark = "number" if parent is not None and parent.tag == "ol" else "item"
            if element not in marked:
                before = f"{_number(element)}. " if mark == "number" else "• "
    for element in around:
        if element.tag == "li":
            marked.add(element)
    return Line(
        0,
        before + text,
        mark,
        level,
        open_.linked / size,
        (),
        tuple(numbers[one] for one in around if one.tag in _BLOCKS),
        _names(around),
        open_.bold >= size,
        len(before),
    )


def _number(item: html.HtmlElement) -> int:
    before = list(item.itersiblings("li", preceding=True))
    parent = item.getparent()
    first = parent.get("start", "1") if parent is not None else "1"
    return len(before) + (int(first) if first.lstrip("-").isdigit() else 1)


def _names(around: list[html.HtmlElement]) -> str:
    return " ".join(f"{one.tag!s} {one.get('class', '')} {one.get('id', '')}" for one in around).lower()
