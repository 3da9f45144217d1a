"""Drawings (SVG): only what is drawn, nothing that acts or asks for anything.

In: the bytes of a file. Out: what is wrong with it, empty where nothing is. Elements and attributes are
taken from a list; a reference leads to something in the drawing itself; no document type, no entity, no
style sheet.
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
    return ""


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
                or _ELSEWHERE.search(value) or (name == "style" and _ASKS.search(value)):
            return f"a drawing with the attribute {etree.QName(name).localname}"
    style = "".join(map(str, element.itertext())) if tag == f"{_SVG}style" else ""
    if _ASKS.search(style) or _ELSEWHERE.search(style):
        return "a drawing whose style asks for something"
    return ""
