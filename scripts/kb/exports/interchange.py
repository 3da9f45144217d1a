"""The glossary and the translations in the formats that translators and libraries exchange.

In: the project. Out: `exports/glossary.tbx` (TBX v3, ISO 30042:2019, core structure),
`exports/glossary.jsonld` (SKOS), `exports/translations.tmx` (TMX 1.4b, one unit a paragraph, its id
kept). Made by an XML library and `json`, never by joined strings.
"""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as xml

from kb.glossary.concepts import FOLDER, Term
from kb.languages import CHINESE, JAPANESE, LANGUAGES
from kb.project import Project
from kb.targets import address, xml_id

_TBX = "urn:iso:std:iso:30042:ed-2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LICENSE = "http://purl.org/dc/terms/license"


def files(project: Project, site_url: str) -> dict[str, str]:
    return {
        "exports/glossary.tbx": tbx(project),
        "exports/glossary.jsonld": skos(project, site_url),
        "exports/translations.tmx": tmx(project),
    }


def _written(root: xml.Element) -> str:
    xml.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(root, "unicode") + "\n"


def tbx(project: Project) -> str:
    """One conceptEntry a concept, one langSec a language; English as a third."""
    xml.register_namespace("", _TBX)

    def add(parent: xml.Element, tag: str, text: str = "", **attributes: str) -> xml.Element:
        made = xml.SubElement(parent, f"{{{_TBX}}}{tag}", attributes)
        made.text = text or None
        return made

    root = xml.Element(f"{{{_TBX}}}tbx", {"type": "TBX-Basic", "style": "dca", _LANG: "en"})
    description = add(add(add(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    add(description, "p", _described(project))
    body = add(add(root, "text"), "body")
    for concept in project.glossary.concepts:
        entry = add(body, "conceptEntry", id=xml_id(concept, "concept-"))
        english = ""
        for language in LANGUAGES:
            term = project.glossary.terms.get(language.tag, {}).get(concept)
            if not term:
                continue
            english = str(term.page.front["english"])
            section = add(entry, "langSec")
            section.set(_LANG, language.tag)
            if term.definition:
                add(section, "descrip", term.definition, type="definition")
            for form in _forms(term):
                one = add(section, "termSec")
                add(one, "term", form)
                status = "preferredTerm" if form == term.preferred else "admittedTerm"
                add(one, "termNote", f"{status}-admn-sts", type="administrativeStatus")
                if form == term.page.front.get("abbreviation"):
                    add(one, "termNote", "abbreviation", type="termType")
            for discouraged in term.page.front.get("discouraged", ()):
                one = add(section, "termSec")
                add(one, "term", discouraged["rendering"])
                add(one, "termNote", "deprecatedTerm-admn-sts", type="administrativeStatus")
        section = add(entry, "langSec")
        section.set(_LANG, "en")
        add(add(section, "termSec"), "term", english)
    return _written(root)


def _described(project: Project) -> str:
    """What the glossary is, and under which licence, if it has one."""
    licence = project.settings.license
    said = "The glossary of 政策对照文库 / 政策対訳文庫"
    return f"{said}, {licence.name}, {licence.address}" if licence else said


def _forms(term: Term) -> list[str]:
    """The forms of its own language: the English term has a section of its own."""
    return [form for form in term.forms if form != term.page.front["english"]]


def skos(project: Project, site_url: str) -> str:
    """A SKOS concept scheme as JSON-LD; a concept's address is that of its page."""
    base = site_url or "https://example.invalid/"
    scheme = f"{base}{FOLDER}/"
    graph: list[dict[str, Any]] = [{
        "@id": scheme, "@type": "ConceptScheme",
        "prefLabel": {"zh-Hans": "政策对照文库术语表", "ja": "政策対訳文庫用語集"},
    }]
    if licence := project.settings.license:
        graph[0]["license"] = licence.address
    graph += (_skos_concept(project, concept, base, scheme) for concept in project.glossary.concepts)
    mapped = {key: {"@id": f"skos:{key}", "@type": "@id"}
              for key in ("broader", "narrower", "related", "inScheme")}
    labels = {key: {"@id": f"skos:{key}", "@container": "@language"}
              for key in ("prefLabel", "altLabel", "hiddenLabel", "definition")}
    context = {"skos": _SKOS, "Concept": "skos:Concept", "ConceptScheme": "skos:ConceptScheme",
               "notation": "skos:notation", "license": {"@id": _LICENSE, "@type": "@id"}, **labels, **mapped}
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _skos_concept(project: Project, concept: str, base: str, scheme: str) -> dict[str, Any]:
    def place(concept: str) -> str:
        return base + address(f"{FOLDER}/{concept}.md", CHINESE)

    entry: dict[str, Any] = {
        "@id": place(concept), "@type": "Concept", "inScheme": scheme, "notation": concept,
        "prefLabel": {}, "altLabel": {}, "hiddenLabel": {}, "definition": {}}
    for language in LANGUAGES:
        term = project.glossary.terms.get(language.tag, {}).get(concept)
        if not term:
            continue
        entry["prefLabel"][language.tag] = term.preferred
        entry["prefLabel"]["en"] = str(term.page.front["english"])
        entry["definition"][language.tag] = term.definition
        others = [form for form in _forms(term) if form != term.preferred]
        if others:
            entry["altLabel"][language.tag] = others
        wrong = [one["rendering"] for one in term.page.front.get("discouraged", ())]
        if wrong:
            entry["hiddenLabel"][language.tag] = wrong
        for related in term.page.front.get("related", ()):
            links = entry.setdefault(related["relation"], [])
            if (there := place(related["concept"])) not in links:
                links.append(there)
    return {key: value for key, value in entry.items() if value}


def tmx(project: Project) -> str:
    """One unit a paragraph that both languages have; its tuid is the paragraph's address."""
    root = xml.Element("tmx", version="1.4")
    xml.SubElement(root, "header", {
        "creationtool": "kb", "creationtoolversion": "1", "segtype": "paragraph",
        "o-tmf": "Markdown", "adminlang": "en", "srclang": CHINESE.tag, "datatype": "plaintext",
    })
    body = xml.SubElement(root, "body")
    for page in project.corpus.documents:
        twin = project.corpus.page(page.path, JAPANESE)
        if page.language is not CHINESE or not twin or not twin.is_document:
            continue
        japanese = {paragraph.id: paragraph.text for paragraph in twin.paragraphs}
        for paragraph in page.paragraphs:
            if paragraph.id is None or paragraph.id not in japanese:
                continue
            unit = xml.SubElement(body, "tu",
                                  tuid=f"{address(page.path, CHINESE)}#{paragraph.id}")
            for language, text in ((CHINESE, paragraph.text), (JAPANESE, japanese[paragraph.id])):
                variant = xml.SubElement(unit, "tuv", {_LANG: language.tag})
                xml.SubElement(variant, "seg").text = text
    return _written(root)
