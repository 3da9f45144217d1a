"""What a page may contain: one list of elements, attributes, classes and addresses.

In: the finished tree of a text, the ids that authors gave to headings, its HTML. Out: everything in it that
is not on the list, each with its line. Nothing is taken out: what is refused here is refused by the checks
and by the build. The tree is judged, not what was written, so that it is the same whichever way something
came in: as HTML, in an attribute list, as a reference, through an extension.

Then nh3, which reads HTML as browsers do, is asked what it would leave of the page, by the same list. Where
that is not the page, browsers read something else in it than we do, and nothing of our judgement would hold.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import nh3

from kb import addresses, limits
from kb.files import hidden
from kb.reading import classes, trees
from kb.reading.trees import Element

# What shows words, and does nothing.
ELEMENTS = trees.HEADINGS | frozenset((
    "a", "abbr", "address", "article", "aside", "b", "bdi", "blockquote", "br", "caption", "cite", "code",
    "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure",
    "footer", "header", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rb", "rp", "rt",
    "rtc", "ruby", "s", "samp", "section", "small", "span", "strong", "sub", "summary", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
))
EVERYWHERE = frozenset(("class", "id", "lang", "title"))
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset(("href", "name")), "img": frozenset(("alt", "height", "src", "width")),
    "col": frozenset(("span",)), "colgroup": frozenset(("span",)), "details": frozenset(("open",)),
    "li": frozenset(("value",)), "ol": frozenset(("start",)), "time": frozenset(("datetime",)),
    **dict.fromkeys(("td", "th"), frozenset(("align", "colspan", "rowspan", "scope"))),
}
_ADDRESSES = frozenset(("href", "src"))
# What stands around other blocks; the rest stands in a line.
_AROUND = frozenset(("address", "article", "aside", "blockquote", "details", "div", "dl", "figure", "footer",
                     "header", "ol", "section", "table", "ul"))
_VALUES: Mapping[str, re.Pattern[str]] = {
    "lang": re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"),
    "id": re.compile(r"[^\s\"'<>&`=\\]+"), "name": re.compile(r"[^\s\"'<>&`=\\]+"),
    "align": re.compile(r"left|right|center"), "scope": re.compile(r"row|col|rowgroup|colgroup"),
    "open": re.compile(r"|open"), "datetime": re.compile(r"[0-9TZ:.+ -]{1,30}"),
    **dict.fromkeys(("colspan", "height", "rowspan", "span", "start", "value", "width"),
                    re.compile(r"-?[0-9]{1,10}")),
}
# The theme's scripts take elements of these names for their own (Material: `__config`).
_OURS = re.compile(r"__|kb-", re.IGNORECASE)
# What footnotes are called: a reference to one would lead to whatever else has its name.
_FOOTNOTE = re.compile(r"fn(?:ref)?[0-9]*:")
_NEEDLESS = "leave it out: most of it has a form in Markdown"


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that a page may not contain. `line` counts from 1 within the Markdown, 0 if unknown."""

    line: int
    code: str
    found: str
    expected: str
    hint: str


@dataclass(frozen=True)
class Judged:
    """One text as it is judged: its tree, its lines, the first and last line of each block, the ids that
    authors gave to headings, the labels that the contents list shows instead of headings."""

    root: Element
    source: Sequence[str]
    lines: Mapping[Element, tuple[int, int]]
    given: frozenset[str]
    labels: Sequence[str] = ()


def refused(text: Judged, html: str) -> Iterator[Refused]:
    """Everything in `text` that a page may not contain; `html` is what is written of its tree."""
    found = list(_judged(text))
    yield from found
    if not found and (words := _read_otherwise(html, _harmless(text.root))):
        yield Refused(_Places(text).after(*words), "KB124", f"“{words[1]}”",
                      "HTML that every program reads alike",
                      "close what is opened, in order, or leave the HTML out")


def _judged(text: Judged) -> Iterator[Refused]:
    places = _Places(text)
    for label in text.labels:
        yield _attribute("data-toc-label", label, places.line(None, "data-toc-label"))
    waiting = [(text.root, 0, 0)]
    while waiting:
        element, around, inline = waiting.pop()
        if element is not text.root:
            yield from _of_element(element, text, places)
            if max(around, inline) == limits.NESTING + 1:
                yield Refused(places.first(element), "KB122",
                              f"more than {limits.NESTING} levels within each other",
                              f"at most {limits.NESTING}",
                              "lists, quotations and HTML stand in each other here: take out a level")
        is_told = element is not text.root and _is_refused(element)  # with all that is in it
        if max(around, inline) <= limits.NESTING and not is_told:
            waiting += [(child, around + (child.tag in _AROUND), inline + (not trees.is_named_block(child)))
                        for child in reversed(element)]


def _of_element(element: Element, text: Judged, places: _Places) -> Iterator[Refused]:
    tag = str(element.tag)
    if _is_refused(element):
        yield Refused(places.line(element, f"<{tag}"), "KB120", f"“<{tag}>”",
                      "text, lists, quotations, tables, pictures, code, and HTML that only shows words",
                      _NEEDLESS)
        return
    allowed = ATTRIBUTES.get(tag, frozenset()) | EVERYWHERE if element.attrib else EVERYWHERE
    for name, value in element.attrib.items():
        name, value = str(name), str(value)
        why = addresses.refusal(value, is_picture=name == "src") if name in _ADDRESSES & allowed else ""
        if why:
            yield Refused(places.line(element, value), "KB404", f"{why} in “{value[:60]}”", addresses.ALLOWED,
                          "write the address in full, as in https://www.example.org/x, or the way to a file, "
                          "as in ../articles/x.md")
            continue
        if name == "class":
            for one in value.split():
                if not classes.is_allowed(one, element):
                    yield _attribute("class", one, places.line(element, one))
        elif name not in allowed or (name in _VALUES and not _VALUES[name].fullmatch(value)):
            yield _attribute(name, value, places.line(element, name))
        elif name in ("id", "name") and _is_ours(value, element, text.given):
            yield Refused(places.line(element, value), "KB125", f"the id “{value}”",
                          "an id that the site’s own pages do not need",
                          "choose another name for the section, as in { #scope }")
        for unseen in hidden(value, ""):
            yield Refused(places.line(element, name), unseen.code, f"{unseen.found} in {name}",
                          unseen.expected, unseen.hint)


def _attribute(name: str, value: str, line: int) -> Refused:
    return Refused(line, "KB121", f"{name}=“{value[:40]}”",
                   "ids of blocks, " + ", ".join(sorted(EVERYWHERE - {"class", "id"}))
                   + ", addresses, and the classes that Markdown gives",
                   "take it out of the tag, or out of the braces after the text")


def _is_ours(value: str, element: Element, given: frozenset[str]) -> bool:
    if _OURS.match(value) or (_FOOTNOTE.match(value) and element.tag not in ("li", "sup")):
        return True
    is_made = element.tag in trees.HEADINGS and value not in given
    return value in classes.IDS and not is_made


def _is_refused(element: Element) -> bool:
    return element.tag not in ELEMENTS and not _is_harmless(element)


def _is_harmless(element: Element) -> bool:
    """Whether it is a name in angle brackets that HTML does not have: nothing comes of it, and KB113 says
    so."""
    return not element.attrib and bool(trees.unknown_name(element))


def _harmless(root: Element) -> frozenset[str]:
    return frozenset(str(one.tag) for one in root.iterdescendants()
                     if one.tag not in ELEMENTS and _is_harmless(one))


class _Places:
    """Where in its source something stands."""

    def __init__(self, text: Judged) -> None:
        self.text = text
        self.seen: dict[str, int] = {}  # what was looked for → the last line where it was found

    @functools.cached_property
    def folded(self) -> list[str]:
        return [line.lower() for line in self.text.source]

    def line(self, element: Element | None, needle: str = "") -> int:
        """The next line with `needle` in the block of `element`; else the block's first."""
        first, last = self._block(element)
        needle = needle.lower()[:20]
        start = max(self.seen.get(needle, 0) + 1, first)
        for begin in (start, first):
            for number in range(begin, last + 1):
                if needle and needle in self.folded[number - 1]:
                    self.seen[needle] = number
                    return number
        return first

    def first(self, element: Element) -> int:
        """The line of the first words in `element`."""
        inside = (self.text.lines[one][0] for one in element.iterdescendants() if one in self.text.lines)
        return next(inside, 0) or self.line(element)

    def after(self, words: str, tag: str) -> int:
        """The first line with `tag` in or below the first one with `words`; 0 for none."""
        low = next((at for at, one in enumerate(self.text.source) if words and words in one), 0)
        name = tag.split()[0].lower() if tag.startswith("<") else tag
        return next((at for at, one in enumerate(self.folded[low:], low + 1) if name in one), low + 1)

    def _block(self, element: Element | None) -> tuple[int, int]:
        """The lines of the block that `element` stands in; of a block around others, all lines down to the
        last of theirs."""
        around = () if element is None else (element, *element.iterancestors())
        for one in around:
            if one in self.text.lines:
                first, last = self.text.lines[one]
                return first, min(last, len(self.text.source))
        inside = () if element is None else element.iterdescendants()
        ends = [self.text.lines[one][1] for one in inside if one in self.text.lines]
        return 1, min([*ends[-1:], len(self.text.source)])


# --- as browsers read it ------------------------------------------------------------------------------------

_ATTRIBUTES = {**{tag: set(names) for tag, names in ATTRIBUTES.items()}, "*": set(EVERYWHERE)}


@functools.lru_cache(maxsize=16)
def _browser(harmless: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(ELEMENTS | harmless), attributes=_ATTRIBUTES, link_rel=None,
                       url_schemes=set(addresses.SCHEMES), strip_comments=True)


def _read_otherwise(html: str, harmless: frozenset[str]) -> tuple[str, str] | None:
    """The words before the first place where browsers read something else, and what stands there; None
    where they read what was written."""
    left = _browser(harmless).clean(html)
    if left == html.replace("\xa0", "&nbsp;"):
        return None
    ours, theirs = list(_events(trees.parsed(html))), list(_events(trees.parsed(left)))
    words = ""
    for one, other in zip([*ours, ""], [*theirs, ""], strict=False):
        if one != other:
            return words[-8:], (one or other)[:60]
        if not one.startswith("<") and one.strip():
            words = one.strip()
    return None


def _events(element: Element) -> Iterator[str]:
    """A tree as a list of its tags and texts; no text is empty, and none follows another."""
    words = ""
    for one in _parts(element):
        if not one.startswith("<"):
            words += one
            continue
        if words:
            yield words
        words = ""
        yield one
    if words:
        yield words


def _parts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag != "tbody":  # browsers put it in where it is missing, and nothing else comes of it
            yield f"<{child.tag!s} " + " ".join(sorted(_values(child)))
        yield from _parts(child)
        yield child.tail or ""


def _values(element: Element) -> Iterator[str]:
    """Its attributes, without addresses of the web: one that cannot be read is taken out, and was judged."""
    for name, value in element.attrib.items():
        if not (name in _ADDRESSES and str(value).lower().startswith("http")):
            yield f"{name!s}={value!s}"
