"""The tree of a page: what a browser makes of its HTML.

In: HTML. Out: lxml elements below one `div`; functions that take an element out, unwrap it, put text
before it, or write it as HTML again. `runs` gives the texts of a tree as they are read: each run is text
and inline elements between two edges of blocks. Refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

Element = etree._Element
# Without `huge_tree` what is nested deeper than 256 elements would be dropped without a word.
_PARSER = etree.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
_FAULTS = ("ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED", "ERR_HTML_STRUCURE_ERROR", "ERR_GT_REQUIRED")
DEEPEST = 100
_END = "</div></body></html>"
# Elements without content that HTML 4 did not have: their end tags, which libxml2 writes, are errors.
_VOID_END = re.compile("</(?:source|track|wbr)>")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# What begins a line of its own; every other element stands in one (HTML, 15.3 Rendering).
BLOCKS = HEADINGS | frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "header", "hgroup", "hr", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search",
    "section", "select", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))
# What holds no words that a reader sees.
SILENT = frozenset(("script", "style", "template", "noscript", "iframe", "object", "embed", "video",
                    "audio", "canvas"))
# All others (HTML, 4 The elements of HTML and 16.2 Non-conforming features).
_NAMES = BLOCKS | SILENT | frozenset((
    "a", "abbr", "acronym", "area", "b", "base", "basefont", "bdi", "bdo", "big", "blink", "br", "button",
    "cite", "code", "data", "datalist", "del", "dfn", "em", "font", "i", "img", "input", "ins", "kbd",
    "label", "legend", "link", "map", "mark", "math", "menuitem", "meta", "meter", "nobr", "output", "param",
    "picture", "progress",
    "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "slot", "small", "source", "span", "strike", "strong",
    "sub", "sup", "svg", "textarea", "time", "title", "track", "tt", "u", "var", "wbr", "xmp",
))
# What browsers still do something with.
_GONE = frozenset(("applet", "bgsound", "fencedframe", "frame", "frameset", "geolocation", "image", "isindex",
                   "keygen", "listing", "marquee", "multicol", "nextid", "noembed", "noframes", "permission",
                   "plaintext", "portal", "selectedcontent", "spacer", "html", "head"))
_FOREIGN = ("svg", "math")  # with names of their own
# In these no other element begins (HTML, 13.1.2 Elements).
_TEXT_ONLY = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext")


class Slot(NamedTuple):
    """Where one piece of text stands: an element's own text, or (`is_tail`) what follows it."""

    element: Element
    is_tail: bool

    @property
    def text(self) -> str:
        return (self.element.tail if self.is_tail else self.element.text) or ""

    @property
    def holder(self) -> Element:
        """The element that the text stands in."""
        return above(self.element) if self.is_tail else self.element

    def put(self, text: str) -> None:
        if self.is_tail:
            self.element.tail = text
        else:
            self.element.text = text


class Run(NamedTuple):
    """The slots between two edges of blocks, in order, and the block element they stand in. `segment` is
    0 before the first block within it, n after the nth."""

    block: Element
    segment: int
    slots: tuple[Slot, ...]
    elements: tuple[Element, ...]  # the inline elements in it


def parsed(html: str) -> Element:
    """`html` as a `div`. Raises Unclosed where an element takes in all that follows as its own text."""
    body = etree.fromstring(f"<html><body><div>{html}{_END}", _PARSER)[0]
    root = body[0]
    for element in body.iter(*_TEXT_ONLY):
        if _END in (element.text or ""):
            raise Unclosed(f"“<{element.tag!s}>”, which is not closed and takes in all that follows")
    if len(body) > 1 or root.tail:  # the text closed more than it opened
        body.tag = "div"
        above(body).remove(body)
        unwrap(root)
        return body
    body.remove(root)
    return root


def fault() -> str:
    """What was wrong with the HTML that was parsed last: a tag that closes nothing, or is not closed."""
    return next((str(error.message) for error in _PARSER.error_log if error.type_name in _FAULTS), "")


def unknown(root: Element) -> str:
    """The first element that HTML does not have: `<EAR>` in a text is not shown by any browser."""
    return next((f"no element is called {name}" for one in root.iterdescendants()
                 if (name := unknown_name(one))), "")


def unknown_name(element: Element) -> str:
    """The name of an element that HTML does not have, and never had; else nothing."""
    name = str(element.tag)
    is_known = name in _NAMES or name in _GONE or "-" in name
    return "" if is_known or next(element.iterancestors(*_FOREIGN), None) is not None else name


def inner(element: Element) -> str:
    """What is in `element`, as HTML."""
    html = str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))
    html = _VOID_END.sub("", html)
    return html[html.index(">") + 1 : html.rindex("<")]


def has_class(element: Element, name: str) -> bool:
    return name in element.get("class", "").split()


def is_contents(element: Element) -> bool:
    """Whether it is a contents list: all words in it lead to places of this page."""
    if not has_class(element, "toc"):
        return False
    linked = (link for link in element.iter("a") if link.get("href", "").startswith("#"))
    return "".join(element.itertext()).split() == "".join(
        f" {''.join(link.itertext())} " for link in linked).split()


def above(element: Element) -> Element:
    """The element around `element`, which is not the root."""
    parent = element.getparent()
    assert parent is not None
    return parent


def drop(element: Element) -> None:
    """Take `element` out, and leave what follows it."""
    put_before(element, element.tail)
    above(element).remove(element)


def unwrap(element: Element) -> None:
    """Take `element` out, and leave what is in it."""
    parent = above(element)
    put_before(element, element.text)
    children = list(element)
    if children:
        children[-1].tail = (children[-1].tail or "") + (element.tail or "")
    else:
        put_before(element, element.tail)
    at = parent.index(element)
    parent[at : at + 1] = children


def put_before(element: Element, text: str | None) -> None:
    """Put `text` directly before `element`."""
    before = element.getprevious()
    if not text:
        return
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent = above(element)
        parent.text = (parent.text or "") + text


def put_first(element: Element, child: Element) -> None:
    """Put `child` before all that is in `element`."""
    child.tail, element.text = element.text, None
    element.insert(0, child)


class Unclosed(ValueError):
    """An element without an end, whose text is the rest of the page."""


class TooDeep(ValueError):
    """Elements nested deeper than anybody reads, and than programs can follow."""


def runs(root: Element) -> Iterator[Run]:
    """Every run of text in `root`, in the order of the text; also those without any words. Raises TooDeep
    where more than a hundred elements stand in each other."""
    found: list[Run] = []
    _add_runs(root, found, 0)
    return iter(found)


def _add_runs(block: Element, found: list[Run], depth: int) -> None:
    if depth > DEEPEST:
        raise TooDeep(f"more than {DEEPEST} elements within each other")
    slots: list[Slot] = [Slot(block, False)]
    elements: list[Element] = []
    segment = 0
    for child in block:
        if is_block(child):
            found.append(Run(block, segment, tuple(slots), tuple(elements)))
            slots, elements, segment = [], [], segment + 1
            if child.tag not in SILENT:
                _add_runs(child, found, depth + 1)
        else:
            _collect(child, slots, elements, depth + 1)
        slots.append(Slot(child, True))
    found.append(Run(block, segment, tuple(slots), tuple(elements)))


def is_named_block(element: Element) -> bool:
    """Whether its name is that of a block."""
    return element.tag in BLOCKS


def is_block(element: Element) -> bool:
    """Whether `element` begins a line of its own, or something in it does."""
    return element.tag in BLOCKS or (len(element) > 0 and any(one.tag in BLOCKS for one in element.iter()))


def _collect(element: Element, slots: list[Slot], elements: list[Element], depth: int) -> None:
    if depth > DEEPEST:
        raise TooDeep(f"more than {DEEPEST} elements within each other")
    elements.append(element)
    if element.tag in SILENT:
        return
    slots.append(Slot(element, False))
    for child in element:
        _collect(child, slots, elements, depth + 1)
        slots.append(Slot(child, True))
