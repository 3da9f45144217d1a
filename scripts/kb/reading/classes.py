"""Classes and ids of elements: which an author may give, and which the site keeps for itself.

In: the name of a class and the element that has it. Out: whether it may. Markdown gives classes to its
contents list, to footnotes, boxes and code; of others the style and the scripts of the site would make what
they like: hide words, put them over the page, pretend a note of the editors. Refuses nothing itself.
"""

from __future__ import annotations

import re

from kb.reading.trees import Element, has_class

_OF_AUTHORS = frozenset(("kb-tagline",))
_MADE = {"toc": ("div",), "footnote": ("div",), "highlight": ("div", "span", "code"),
         "footnote-ref": ("a",), "footnote-backref": ("a",)}
# What code has that is titled, numbered or marked by line.
_IN_CODE = {"filename": ("span", "th"), "highlighttable": ("table",), "linenos": ("td", "span"),
            "linenodiv": ("div",), "normal": ("span",), "special": ("span",), "code": ("td",),
            "hll": ("span",)}
# What the extension “admonition” gives, where mkdocs.yml names it.
_BOXES = {"admonition": ("div",), "admonition-title": ("p",)}
_KINDS = frozenset(("abstract", "attention", "bug", "caution", "danger", "error", "example", "failure",
                    "hint", "important", "info", "note", "question", "quote", "success", "tip", "warning"))
_LANGUAGE = re.compile(r"language-[A-Za-z0-9_+#.-]{1,30}")
# Pygments names what it has no short name for by its short name and the rest, as in l-Scalar-Plain.
_OF_CODE = re.compile(r"[a-z][a-z0-9]{0,2}(?:-[A-Z][A-Za-z]{0,20}){0,3}")
_NUMBER = re.compile(r"[0-9]{1,4}")
_BACK = re.compile("[↩\ufe0e0-9]{1,4}")
# Ids that templates of the site give.
IDS = frozenset(("by-date", "by-document", "by-english", "by-reading", "commentary-sources", "content",
                 "exports", "false-friends", "uses", "withdrawn-ids"))


def is_allowed(name: str, element: Element) -> bool:
    tag = str(element.tag)
    if name in _OF_AUTHORS:
        return True
    if name in _MADE:
        return tag in _MADE[name] and _is_number(name, element)
    if name in _IN_CODE and _is_in_code(element):
        return tag in _IN_CODE[name] and _is_number(name, element)
    if name in _BOXES:
        return tag in _BOXES[name]
    if name in _KINDS:
        return tag == "div" and has_class(element, "admonition")
    if _LANGUAGE.fullmatch(name):
        return tag in ("code", "pre")
    is_code = next(element.iterancestors("pre"), None) is not None
    return tag == "span" and is_code and bool(_OF_CODE.fullmatch(name))


def _is_in_code(element: Element) -> bool:
    return any(has_class(one, "highlight") for one in element.iterancestors("div"))


def _is_number(name: str, element: Element) -> bool:
    """The numbers of footnotes and of lines of code are no part of the text: nobody may hide words in
    them."""
    words = "".join(map(str, element.itertext()))
    if name == "linenodiv":
        return not words.strip("0123456789 \n")
    if name == "footnote-ref":
        return bool(_NUMBER.fullmatch(words))
    return bool(_BACK.fullmatch(words)) if name == "footnote-backref" else True
