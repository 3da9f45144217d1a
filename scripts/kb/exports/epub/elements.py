"""What every part of a book is made with: the names of its files, and its elements.

In: words, links, elements of a page. Out: elements of a book. Refuses nothing.
"""

from __future__ import annotations

from lxml import etree
from lxml.builder import ElementMaker

from kb.anchors import ids
from kb.reading.trees import Element, has_class

STYLE, TITLE, CONTENTS, TEXT = "book.css", "title.xhtml", "contents.xhtml", "text.xhtml"
GLOSSARY, COLOPHON = "glossary.xhtml", "colophon.xhtml"
# Elements made by an HTML parser may carry `epub:type` and `xml:lang` as they are written; others
# ask for namespaces, which would cost every page a second walk. (`lxml.html` would do the same with
# a class of its own for each element, which makes a book take half as long again.)
E = ElementMaker(makeelement=etree.HTMLParser().makeelement)
# What may stand below the words of a list item, and is not part of them.
BLOCKS = ("ul", "ol", "div", "blockquote", "table", "pre")


def row(name: str, *content: str | Element) -> Element:
    """A line of a list of facts."""
    return E.div(E.dt(name), E.dd(*content))


def link(href: str) -> Element:
    """An address that says itself: paper cannot be clicked."""
    return E.a(href, {"href": href, "class": "address"})


def of_class(root: Element, tag: str, name: str) -> list[Element]:
    return [element for element in root.iter(tag) if has_class(element, name)]


def paragraph_of(element: Element) -> str:
    """The id of the paragraph that `element` stands in; empty for none."""
    return next((anchor for one in (element, *element.iterancestors())
                 if (anchor := one.get("id")) and ids.is_paragraph(anchor)), "")
