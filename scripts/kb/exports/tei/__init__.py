"""A document for those who edit texts: TEI P5, with its apparatus.

In: the project, a page, a language, the site's address. Out: for each edition of a document `tei.xml` beside
its page: who made it and from what (`header`), its text with the ids of its paragraphs (`body`), and every
wording that stands or stood elsewhere (`apparatus`). Refuses nothing: what TEI has no name for is text.
"""

from __future__ import annotations

from lxml import etree

from kb.citation.references import reference
from kb.corpus import Page
from kb.exports.tei import apparatus, body, header
from kb.exports.tei.elements import LANG, NAMESPACE, T
from kb.languages import Language
from kb.project import Project

NAME = "tei.xml"
# What ends a line of the file: white space means nothing after these.
_LINES = ("teiHeader", "fileDesc", "encodingDesc", "profileDesc", "revisionDesc", "titleStmt", "editionStmt",
          "publicationStmt", "sourceDesc", "listWit", "witness", "change", "text", "body", "back", "standOff",
          "listApp", "div", "head", "p", "list", "item", "quote", "table", "row", "app", "note")


def of_page(project: Project, path: str, language: Language, site_url: str) -> dict[str, bytes]:
    """Place below the site's root → the file."""
    page = project.corpus.page(path, language)
    if page is None or not page.is_document:
        return {}
    return {page.place + NAME: written(project, page, site_url)}


def written(project: Project, page: Page, site_url: str) -> bytes:
    told = reference(project, page, site_url)
    assert told  # every document can be cited
    notes = apparatus.read(project, page)
    root = T.TEI(header.of(project, page, told, notes), body.text(project, page, site_url))
    if notes.entries:
        root.append(T.standOff(T.listApp(*notes.entries)))
    root.set(LANG, page.language.tag)
    for element in root.iter(*(f"{{{NAMESPACE}}}{name}" for name in _LINES)):
        element.tail = (element.tail or "").rstrip("\n") + "\n"
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
