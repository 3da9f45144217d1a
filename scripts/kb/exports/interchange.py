"""The glossary and the translations in the formats that translators and libraries exchange.

In: the project. Out: `exports/glossary.tbx` (TBX v3, ISO 30042:2019, core structure),
`exports/glossary-basic.tbx` (TBX-Basic v2, ISO 30042:2008: what OmegaT and the Translate Toolkit read),
`exports/glossary.<from>-<to>.tsv` (term, translation, comment, as OmegaT reads glossaries),
`exports/glossary.jsonld` (SKOS), `exports/translations.tmx` (TMX 1.4b, one unit a paragraph, its id
kept). Made by libraries for XML, JSON and tables, never by joined strings.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree as xml

from kb.glossary.concepts import FOLDER, Term
from kb.glossary.relations import relations
from kb.languages import CHINESE, JAPANESE, LANGUAGES, Language, other
from kb.project import Project
from kb.targets import address, xml_id

_TBX = "urn:iso:std:iso:30042:ed-2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SOURCE = "The glossary of 政策对照文库 / 政策対訳文庫"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LICENSE = "http://purl.org/dc/terms/license"


def files(project: Project, site_url: str) -> dict[str, str]:
    return {
        "exports/glossary.tbx": tbx(project),
        "exports/glossary-basic.tbx": tbx_basic(project),
        **{f"exports/glossary.{one.tag}-{other(one).tag}.tsv": tsv(project, one) for one in LANGUAGES},
        "exports/glossary.jsonld": skos(project, site_url),
        "exports/translations.tmx": tmx(project),
    }


def _written(root: xml.Element, kind: str = "") -> str:
    xml.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + kind + xml.tostring(root, "unicode") + "\n"


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
    return f"{_SOURCE}, {licence.name}, {licence.address}" if licence else _SOURCE


def tbx_basic(project: Project) -> str:
    """One termEntry a concept, one langSet a language; English as a third."""
    root = xml.Element("martif", {"type": "TBX-Basic", _LANG: "en"})
    description = xml.SubElement(xml.SubElement(root, "martifHeader"), "fileDesc")
    xml.SubElement(xml.SubElement(description, "sourceDesc"), "p").text = _described(project)
    body = xml.SubElement(xml.SubElement(root, "text"), "body")
    for concept, terms in _concepts(project):
        entry = xml.SubElement(body, "termEntry", id=xml_id(concept, "concept-"))
        for tag, term in terms.items():
            section = xml.SubElement(entry, "langSet", {_LANG: tag})
            if term.definition:
                xml.SubElement(section, "descrip", type="definition").text = term.definition
            for form in _forms(term):
                one = xml.SubElement(section, "tig")
                xml.SubElement(one, "term").text = form
                status = "preferredTerm" if form == term.preferred else "admittedTerm"
                xml.SubElement(one, "termNote", type="administrativeStatus").text = f"{status}-admn-sts"
        section = xml.SubElement(entry, "langSet", {_LANG: "en"})
        english = next(iter(terms.values())).page.front["english"]
        xml.SubElement(xml.SubElement(section, "tig"), "term").text = str(english)
    return _written(root, '<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">\n')


def tsv(project: Project, language: Language) -> str:
    """A line a form of a term in `language`: the form, the term in the other language, what is to be known of
    it. A comment that says what the columns are stands first."""
    table = io.StringIO()
    print(f"# {_described(project)}: {language.tag} → {other(language).tag}", file=table)
    lines = csv.writer(table, "excel-tab", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    for _, terms in _concepts(project):
        term, twin = terms.get(language.tag), terms.get(other(language).tag)
        if term and twin:
            said = " ".join((*filter(None, (str(term.page.front["english"]), term.definition)),))
            for form in _forms(term):
                lines.writerow([" ".join(one.split()) for one in (form, twin.preferred, said)])
    return table.getvalue()


def _concepts(project: Project) -> Iterator[tuple[str, dict[str, Term]]]:
    """Each concept with its terms by language."""
    for concept in project.glossary.concepts:
        found = {one.tag: term for one in LANGUAGES
                 if (term := project.glossary.terms.get(one.tag, {}).get(concept))}
        if found:
            yield concept, found


def _forms(term: Term) -> list[str]:
    """The forms of its own language: the English term has a section of its own."""
    return [form for form in term.forms if form != term.page.front["english"]]


def skos(project: Project, site_url: str) -> str:
    """A SKOS concept scheme as JSON-LD; a concept's address is that of its page."""
    base = site_url or "https://example.invalid/"
    scheme = f"{base}{FOLDER}/"
    known = relations(project.glossary)
    graph: list[dict[str, Any]] = [{
        "@id": scheme, "@type": "ConceptScheme",
        "prefLabel": {"zh-Hans": "政策对照文库术语表", "ja": "政策対訳文庫用語集"},
        "hasTopConcept": [_place(base, one) for one, own in known.items() if not own["broader"]],
    }]
    if licence := project.settings.license:
        graph[0]["license"] = licence.address
    graph += (_skos_concept(project, concept, base, scheme, known[concept])
              for concept in project.glossary.concepts)
    mapped = {key: {"@id": f"skos:{key}", "@type": "@id"}
              for key in ("broader", "narrower", "related", "inScheme", "hasTopConcept", "topConceptOf")}
    labels = {key: {"@id": f"skos:{key}", "@container": "@language"}
              for key in ("prefLabel", "altLabel", "hiddenLabel", "definition")}
    context = {"skos": _SKOS, "Concept": "skos:Concept", "ConceptScheme": "skos:ConceptScheme",
               "notation": "skos:notation", "license": {"@id": _LICENSE, "@type": "@id"}, **labels, **mapped}
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1) + "\n"


def _place(base: str, concept: str) -> str:
    return base + address(f"{FOLDER}/{concept}.md", CHINESE)


def _skos_concept(project: Project, concept: str, base: str, scheme: str,
                  own: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "@id": _place(base, concept), "@type": "Concept", "inScheme": scheme, "notation": concept,
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
    entry |= {relation: [_place(base, one) for one in found] for relation, found in own.items()}
    if not own["broader"]:
        entry["topConceptOf"] = scheme
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
