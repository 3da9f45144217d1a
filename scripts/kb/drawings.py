"""Drawings (SVG): only what is drawn, nothing that acts or asks for anything.

In: the bytes of a file. Out: what is wrong with it, empty where nothing is. Elements are taken from a list;
no attribute acts or asks; a reference leads to something in the drawing itself, and what is drawn again and
again is counted; no document type, no entity, no style sheet of another file.
"""

from __future__ import annotations

import re

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset((
    "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line",
    "polyline", "polygon", "text", "tspan", "textPath", "linearGradient", "radialGradient", "stop",
    "clipPath", "mask", "pattern", "marker", "filter", "feGaussianBlur", "feOffset", "feBlend",
    "feFlood", "feComposite", "feMerge", "feMergeNode", "feColorMatrix", "style"))
_HREF = ("href", "{http://www.w3.org/1999/xlink}href")
_XML = "{http://www.w3.org/XML/1998/namespace}"
_OURS = ("{http://www.w3.org/1999/xlink}title", f"{_XML}space", f"{_XML}lang")
# What a style can ask for, or hide: escapes, other files, imports.
_ASKS = re.compile(r"\\|@|expression|image-set|-moz-binding|behavior|/\*", re.IGNORECASE)
_ELSEWHERE = re.compile(r"url\(\s*['\"]?\s*(?![#'\"\s])", re.IGNORECASE)
_MOST = 20_000  # elements
_DEEPEST = 300  # in each other, or used by each other


def problem(data: bytes) -> str:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return "a drawing with a document type"
    try:
        data.decode("utf-8-sig")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, UnicodeDecodeError, ValueError):
        return "a drawing that is no well-formed XML in UTF-8"
    if root.tag != f"{_SVG}svg":
        return "something else than an SVG"
    if any(isinstance(one, etree._ProcessingInstruction) for one in root.xpath("//processing-instruction()")):
        return "a drawing with a processing instruction"
    for count, element in enumerate(root.iter()):
        if count > _MOST:
            return f"a drawing of more than {_MOST} elements"
        if isinstance(element.tag, str) and (wrong := _element(element)):
            return wrong
    return f"a drawing of more than {_MOST} elements" if _drawn(root) > _MOST else ""


def _drawn(root: etree._Element) -> int:
    """How many elements are drawn, those again that others use: thirty that each use the next one twice are a
    thousand million. What uses itself is not drawn by any program."""
    named = {str(one.get("id")): one for one in root.iter() if one.get("id")}
    known: dict[etree._Element, int] = {}

    def size(element: etree._Element, depth: int = 0) -> int:
        if depth > _DEEPEST:
            return _MOST + 1
        if element not in known:
            known[element] = 0
            used = (named.get(str(element.get(name, "")).strip().removeprefix("#")) for name in _HREF)
            parts = (*element, *(one for one in used if one is not None))
            known[element] = min(1 + sum(size(one, depth + 1) for one in parts), _MOST + 1)
        return known[element]

    return size(root)


def _element(element: etree._Element) -> str:
    tag = str(element.tag)
    if tag.removeprefix(_SVG) not in _ELEMENTS or not tag.startswith(_SVG):
        return f"a drawing with the element <{etree.QName(tag).localname}>"
    for name, value in element.attrib.items():
        name, value = str(name), str(value)
        if name in _HREF:
            if not value.strip().startswith("#"):
                return "a drawing with a reference that leads out of it"
        elif name.lower().startswith("on") or (name.startswith("{") and name not in _OURS) \
                or _ELSEWHERE.search(value) or "\\" in value or (name == "style" and _ASKS.search(value)):
            return f"a drawing with the attribute {etree.QName(name).localname}"
    style = "".join(map(str, element.itertext())) if tag == f"{_SVG}style" else ""
    if _ASKS.search(style) or _ELSEWHERE.search(style):
        return "a drawing whose style asks for something"
    return ""
