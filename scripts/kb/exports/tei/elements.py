"""What every part of a TEI file is made with.

In: words and elements. Out: elements of TEI; ids as XML wants them. Refuses nothing.
"""

from __future__ import annotations

from lxml.builder import ElementMaker

from kb.reading.trees import Element
from kb.targets import xml_id

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
ID, LANG, SPACE = (f"{{{_XML}}}{name}" for name in ("id", "lang", "space"))
T = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
# What the ids begin with that name no part of the text; no id of a text does.
_OWN = "kb-"


def name_of(anchor: str) -> str:
    """The id that stands in the file for the one that the page has."""
    return xml_id(anchor, _OWN)


def own(name: str) -> str:
    """The id of something that is no part of the text. `name` begins with a letter."""
    return _OWN + name


def say(element: Element, words: str | None) -> None:
    """Put `words` at the end of what is in `element`."""
    if not words:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words
