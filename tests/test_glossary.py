"""The glossary: terms are found where they are used, linked once a section, and kept to."""

import json
import re
import xml.etree.ElementTree as xml
from types import SimpleNamespace

import pytest
import rdflib
from host import build
from lxml import etree, html
from scratch import CHINESE, CORPUS, JAPANESE, ROOT, project, site_of, write
from rdflib import RDF, SKOS, Graph
from translate.storage import tbx as toolkit
from translate.storage import tmx

from kb import project as projects
from kb import reading, views
from kb.glossary import order
from kb.glossary.matcher import Matcher
from kb.glossary.relations import relations
from kb.languages import CHINESE as ZH
from kb.languages import JAPANESE as JA
from kb.languages import LANGUAGES
from kb.marks import terms
from kb.reading import trees

MATCHER = Matcher([("BIS", "bis"), ("RXR", "rxr"), ("境外再出口规则", "rxr"), ("EAR", "ear"),
                   ("出口管理条例", "ear"), ("出口规则", "rule"), ("knowledge", "knowledge"),
                   ("ガイダンス", "guidance"), ("一般禁止事項10", "gp10")])


def found(text):
    return [(match.concept, text[match.start : match.end]) for match in MATCHER.matches(text)]


@pytest.mark.parametrize(("text", "expected"), [
    ("由BIS发布", [("bis", "BIS")]),
    ("RXR違反となる", [("rxr", "RXR")]),
    ("BISHOP与BISさん", [("bis", "BIS")]),
    ("BISHOP", []), ("XBIS", []), ("BIS2", []), ("year以前", []), ("EARの規則", [("ear", "EAR")]),
    ("针对北辰的“境外再出口规则”", [("rxr", "境外再出口规则")]),     # the longest wins
    ("任何“明知”（knowledge）", [("knowledge", "knowledge")]),
    ("Knowledge of a violation", [("knowledge", "Knowledge")]),
    ("bis的", []),                                                   # capitals must be capitals
    ("一般禁止事項10（GP10）", [("gp10", "一般禁止事項10")]),
    ("一般禁止事項100", []),
    ("EAR、EAR", [("ear", "EAR"), ("ear", "EAR")]),
])
def test_terms_are_found_in_text_without_spaces(text, expected):
    assert found(text) == expected


def test_a_term_of_one_character_is_refused():
    with pytest.raises(ValueError, match="one character"):
        Matcher([("法", "law")])


def linked(text, own=""):
    root = reading.read(text, reading.Settings()).tree()
    terms.link(root, MATCHER, lambda concept: f"/g/{concept}/", own)
    html = trees.inner(root)
    return re.findall(r'<a class="kb-term" href="/g/[^"]+/" data-concept="([^"]+)">([^<]+)</a>', html), html


def test_the_first_use_in_each_section_is_a_link():
    links, _ = linked("## 甲\n\nBIS与EAR，再说BIS。\n\n又是EAR。\n\n## 乙\n\nBIS。\n")
    assert links == [("bis", "BIS"), ("ear", "EAR"), ("bis", "BIS")]


@pytest.mark.parametrize("text", [
    "## BIS\n", "[由BIS发布](x.md)\n", "`BIS`\n", "```\nBIS\n```\n",
    "BIS发布。\n{ .no-terms }\n", '<div class="no-terms" markdown="1">\n\nBIS\n\n</div>\n',
])
def test_never_in_headings_links_code_or_where_one_opts_out(text):
    assert linked(text)[0] == []


def test_never_within_an_english_quotation():
    assert linked("题为“Guidance on EAR and BIS rules”，依EAR。\n")[0] == [("ear", "EAR")]


def test_never_to_the_pages_own_concept():
    assert linked("BIS与EAR。\n", own="bis")[0] == [("ear", "EAR")]


def test_links_leave_the_text_as_it_is():
    text = "虽然BIS这次发布的**EAR**解释，与“境外再出口规则”（RXR）有关。"
    html = linked(text)[1]
    assert re.sub(r"<[^>]+>", "", html) == text.replace("**", "")


@pytest.mark.parametrize(("text", "expected"), [
    ("依出口\n管理条例。\n", [("ear", "出口管理条例")]),                  # over a line
    ("依**出口**管理条例。\n", [("ear", "出口"), ("ear", "管理条例")]),  # partly bold: a link each
])
def test_a_term_is_found_in_the_words_of_a_paragraph_and_not_in_each_piece_of_its_text(text, expected):
    assert linked(text)[0] == expected


def test_a_term_with_an_element_in_its_middle_is_one_link():
    assert 'data-concept="ear">出口<span>管理</span>条例</a>' in linked("依出口<span>管理</span>条例。\n")[1]


def test_terms_within_a_link_and_across_its_edge_are_left_alone():
    assert linked("见[出口](x.md)管理条例与BIS。\n")[0] == [("bis", "BIS")]


@pytest.fixture(scope="module")
def real():
    return projects.read(CORPUS)


def test_every_concept_has_its_term_in_both_languages(real):
    assert len(real.glossary.concepts) == 9
    for language in LANGUAGES:
        assert set(real.glossary.terms[language.tag]) == set(real.glossary.concepts)


def plain_search(text, forms):
    """Every place where a form stands, by nothing but substring search, then the longest of those
    that overlap: an account of the matcher that shares no line with it."""
    places = []
    for form, concept in forms:
        capitals = form == form.upper()
        pattern = re.escape(form)
        if form[0].isascii() and form[0].isalnum():
            pattern = r"(?<![A-Za-z0-9])" + pattern
        if form[-1].isascii() and form[-1].isalnum():
            pattern += r"(?![A-Za-z0-9])"
        for match in re.finditer(pattern, text, 0 if capitals else re.IGNORECASE | re.ASCII):
            places.append((match.start(), -match.end(), concept))
    kept, end = [], 0
    for start, negative_end, concept in sorted(places):
        if start >= end:
            kept.append(concept)
            end = -negative_end
    return set(kept)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_no_use_of_a_concept_is_missed_and_none_is_invented(real, language):
    forms = [(form, concept) for concept, term in real.glossary.terms[language.tag].items()
             for form in term.forms]
    expected = {
        (concept, page.path, paragraph.id)
        for page in real.corpus.documents if page.language is language
        for paragraph in page.paragraphs
        for concept in plain_search(paragraph.text, forms)
    }
    listed = {
        (concept, use.page.path, use.paragraph.id)
        for concept in real.glossary.concepts for use in real.glossary.uses_of(concept, language)
    }
    assert listed == expected
    assert len(listed) > 50


def test_concept_pages_list_every_use_with_a_link(real, site):
    for concept in real.glossary.concepts:
        for language in LANGUAGES:
            text = (site / language.prefix / "glossary" / concept / "index.html").read_text("utf-8")
            uses = text.partition('class="kb-uses"')[2]
            for use in real.glossary.uses_of(concept, language):
                assert f"/#{use.paragraph.id}\">" in uses, (concept, use.paragraph.id)


def test_a_section_links_each_concept_that_it_names_once(site):
    text = (site / "articles/encoder-notices/index.html").read_text("utf-8")
    section = text[text.index('id="legal-basis"'):text.index('id="three-aims"')]
    text = re.sub(r'<aside.*?</aside>|<div class="kb-beside">.*?</div>', "", section, flags=re.DOTALL)
    concepts = re.findall(r'data-concept="([^"]+)"', text)
    assert sorted(concepts) == ["beichen", "control-list", "due-diligence", "linear-encoder", "ltlo",
                                "official-notice", "rxr"]


def test_a_card_is_one_small_file(site):
    for prefix, term, other in (("", "境外再出口规则", "域外再輸出規則"), ("ja/", "域外再輸出規則", "境外再出口规则")):
        path = site / prefix / "glossary/rxr/card.json"
        card = json.loads(path.read_text("utf-8"))
        assert (card["term"], card["other"], card["abbreviation"]) == (term, other, "RXR")
        assert card["definition"] and path.stat().st_size < 1500


def test_a_term_that_is_its_own_abbreviation_is_said_once(tmp_path):
    site_of(project(tmp_path))
    entry = "---\nkind: concept\nterm: {}\nabbreviation: IaaS\nenglish: Infrastructure as a Service\nreading: {}\n" \
            "authority: [NIST SP 800-145]\ndescription: {}\n---\n\n# {}\n\n{}\n"
    index = "---\nkind: index\nlists: glossary\n---\n\n# {}\n"
    write(tmp_path, {
        "docs/glossary/iaas.md": entry.format("基础设施即服务", "jīchǔ", "云服务。", "基础设施即服务（IaaS）", "云服务的一种。"),
        "docs_ja/glossary/iaas.md": entry.format("IaaS", "アイアース", "クラウド。", "IaaS", "クラウドの一種である。"),
        "docs/glossary/index.md": index.format("术语"), "docs_ja/glossary/index.md": index.format("用語集")})
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    for prefix, shorts, said in (("", ["IaaS"], "IaaS"), ("ja/", [], "")):
        folder = tmp_path / "site" / prefix / "glossary"
        shown = html.parse(str(folder / "index.html")).xpath('//span[@class="kb-abbreviation"]/text()')
        assert sorted(set(shown)) == shorts
        assert json.loads((folder / "iaas/card.json").read_text("utf-8"))["abbreviation"] == said


# --- findings ------------------------------------------------------------------------------------------

TERM = """\
---
kind: concept
term: {term}
english: {english}
reading: {reading}
description: 说明。
{more}---

# {term}

{definition}

## 出典 {{ #sources }}

15 CFR 736.2(b)(10)
"""


def concept(term, english, reading, definition, more=""):
    return TERM.format(term=term, english=english, reading=reading, definition=definition, more=more)


def with_glossary(root, **more):
    project(root)
    write(root, {
        "docs/glossary/guidance.md": concept("指导意见", "Guidance", "zhǐdǎo yìjiàn", "机关的解释。"),
        "docs_ja/glossary/guidance.md": concept("ガイダンス", "Guidance", "ガイダンス", "機関の解釈である。"),
        **more,
    })


def test_readings_are_sorted_as_a_dictionary_sorts_them():
    assert sorted(["wàiguó", "bātè’ěr", "ān", "yībān"], key=order.sorting_form) == [
        "ān", "bātè’ěr", "wàiguó", "yībān"]
    assert sorted(["バトルほう", "いっぱん", "がいこく", "かいしゃく"], key=order.sorting_form) == [
        "いっぱん", "がいこく", "かいしゃく", "バトルほう"]


def test_kana_are_sorted_with_a_long_vowel_as_the_vowel_before_it():
    """JIS X 4061: エーアイ is sorted as ええあい, and レッド・フラッグ as one word."""
    readings = ["エンティティ・リスト", "エーアイかくさんきそく", "おうしゅう", "エイがた", "イーエーアール", "いいわけ"]
    assert sorted(readings, key=order.sorting_form) == [
        "イーエーアール", "いいわけ", "エイがた", "エーアイかくさんきそく", "エンティティ・リスト", "おうしゅう"]
    assert order.sorting_form("レッド・フラッグ") == order.sorting_form("レッドフラッグ") == "れつとふらつく"
    assert order.sorting_form("データセンター") == "てえたせんたあ"


def test_the_glossary_stands_by_reading_and_by_english_in_each_language(tmp_path):
    with_glossary(tmp_path, **{
        "docs/glossary/index.md": "---\nkind: index\ndescription: 术语表。\nlists: glossary\n---\n\n# 术语表\n",
        "docs/glossary/act.md": concept("作战法", "Act", "zuòzhàn fǎ", "一部法律。"),
        "docs_ja/glossary/act.md": concept("一般法", "Act", "いっぱんほう", "法律の一つである。"),
        "docs/glossary/zone.md": concept("保税区", "zone", "bǎoshuì qū", "一种区域。"),  # not in Japanese
    })
    shown = {
        language.tag: views.view(projects.read(tmp_path), "glossary/index.md", language).body
        for language in LANGUAGES
    }
    assert [(term.preferred, twin and twin.preferred) for term, twin in shown["zh-Hans"].glossary] == [
        ("保税区", None), ("指导意见", "ガイダンス"), ("作战法", "一般法")]
    assert [(term.preferred, twin and twin.preferred) for term, twin in shown["ja"].glossary] == [
        ("保税区", None), ("一般法", "作战法"), ("ガイダンス", "指导意见")]
    assert [term.preferred for term, _ in shown["zh-Hans"].by_english] == ["作战法", "指导意见", "保税区"]
    assert [term.preferred for term, _ in shown["ja"].by_english] == ["一般法", "ガイダンス", "保税区"]


def findings(printed):
    return [line for line in printed.splitlines() if " KB" in line and " KB209 " not in line]


def test_a_small_glossary_is_sound(tmp_path, kb):
    with_glossary(tmp_path)
    assert kb(tmp_path, "check")[0] == 0


def test_exactly_the_four_mistakes_of_a_tree_are_found(tmp_path, kb):
    """A discouraged term, a missing twin, a commentary on nothing, and an ECCN that differs."""
    with_glossary(tmp_path)
    write(tmp_path, {
        "docs/articles/chips.md": CHINESE.replace("很不严谨。", "很不严谨，涉及3A090。"),
        "docs_ja/articles/chips.md": JAPANESE.replace("まったくずさんである。", "まったくずさんで、3A091に関わり、指南である。"),
        "docs_ja/glossary/guidance.md": concept(
            "ガイダンス", "Guidance", "ガイダンス", "機関の解釈である。",
            "discouraged:\n  - {rendering: 指南, instead: ガイダンス}\n"),
        "docs/glossary/eccn.md": concept("管制编号", "ECCN", "guǎnzhì biānhào", "物项的编号。"),
        "docs/commentary/late.md": "---\nkind: note\ntitle: 注\nauthors: [编者]\ndate: 2026-11-22\n"
                                   "on: [articles/chips#p9]\nsources: [{text: 15 CFR 736}]\n"
                                   "description: 说明。\n---\n\n一段。\n",
        "docs_ja/commentary/late.md": "---\nkind: note\ntitle: 注\nauthors: [編者]\ndate: 2026-11-22\n"
                                      "on: [articles/chips#p9]\nsources: [{text: 15 CFR 736}]\n"
                                      "description: 説明。\n---\n\n一段落。\n",
    })
    code, printed = kb(tmp_path, "check")
    assert code == 1
    assert [line.split(": ")[1][:5] + " " + line.split(":")[0] for line in findings(printed)] == [
        "KB607 docs/commentary/late.md",
        "KB105 docs/glossary/eccn.md",
        "KB601 docs_ja/articles/chips.md",
        "KB603 docs_ja/articles/chips.md",
    ]
    assert "found “3A091” in #p1, expected “3A090”, as in docs/articles/chips.md line 11" in printed
    assert "found “指南”, expected “ガイダンス”" in printed
    assert "found articles/chips#p9, expected a paragraph of a document (its paragraphs go up to #p5)" \
        in printed


# --- a rendering that the glossary warns of, where it means another thing ---------------------------------

FORWARDED_ZH = CHINESE.replace("很不严谨。", "要求把材料转送另一方。")
FORWARDED_JA = JAPANESE.replace("まったくずさんである。", "資料を相手方へ転送するよう求める。")


def with_diversion(root, **more):
    with_glossary(root, **{
        "docs/glossary/diversion.md": concept("转用", "diversion", "zhuǎnyòng", "改变用途。"),
        "docs_ja/glossary/diversion.md": concept(
            "迂回・転用", "diversion", "うかいてんよう", "経路や用途を変えることである。",
            "discouraged:\n  - {rendering: 転送, instead: 迂回・転用}\n"),
        "docs/articles/chips.md": FORWARDED_ZH, "docs_ja/articles/chips.md": FORWARDED_JA, **more})


def test_where_the_original_does_not_name_the_concept_a_way_out_is_offered(tmp_path, kb):
    with_diversion(tmp_path)
    assert ("hint: write “迂回・転用”; the glossary says why; docs/articles/chips.md line 11 does not name diversion: "
            "where another thing is meant here, say in sources/articles/chips.yml: terms: "
            "[{on: p1, not: diversion, in: ja, reason: …}]") in kb(tmp_path, "check")[1]


def test_where_the_original_names_the_concept_no_way_out_is_offered(tmp_path, kb):
    with_diversion(tmp_path, **{"docs/articles/chips.md": FORWARDED_ZH.replace("转送", "转用")})
    said = kb(tmp_path, "check")[1]
    assert "KB601" in said and "the glossary says why" in said and "another thing is meant" not in said


def test_a_rendering_that_is_declared_to_mean_another_thing_is_not_warned_of_there(tmp_path, kb):
    declared = "terms:\n  - {on: p1, not: diversion, in: ja, reason: 資料の転送であり、迂回・転用ではない。}\n"
    with_diversion(tmp_path, **{"sources/articles/chips.yml": declared})
    said = kb(tmp_path, "check")[1]
    assert "KB601" not in said and "KB305" not in said
    write(tmp_path, {"docs_ja/articles/chips.md": FORWARDED_JA.replace("「現政権は", "「転送を防ぎ、現政権は")})
    assert kb(tmp_path, "check")[1].count("KB601") == 1


def test_a_declaration_of_words_that_are_not_there_is_found(tmp_path, kb):
    declared = "terms:\n  - {on: p2, not: diversion, in: ja, reason: 迂回・転用ではない。}\n"
    with_diversion(tmp_path, **{"sources/articles/chips.yml": declared})
    said = kb(tmp_path, "check")[1]
    assert "KB305" in said and "found not diversion on #p2" in said and "KB601" in said


@pytest.mark.parametrize(("file", "text", "expected"), [
    ("docs_ja/articles/chips.md", JAPANESE.replace("この種のガイダンスは", "これは"),
     "KB602 a concept that only one of two twins names: found #p2 without the concept guidance, "
     "expected the preferred term “ガイダンス”, or else Guidance"),
    ("docs/glossary/guidance.md", concept("指导意见", "Guidance", "zhǐdǎo yìjiàn", "机关的解释。",
                                          "related:\n  - {concept: nope, relation: broader}\n"),
     "KB604 an unknown concept: found the related concept nope"),
    ("docs/glossary/guidance.md",
     concept("指导意见", "Guidance", "zhǐdǎo yìjiàn", "机关的解释。").replace("机关的解释。\n\n", ""),
     "KB605 a concept without definition or source: found no definition of guidance"),
    ("docs/glossary/guidance.md",
     concept("指导意见", "Guidance", "zhǐdǎo yìjiàn", "机关的解释。").partition("## 出典")[0],
     "KB605 a concept without definition or source: found no source for guidance"),
])
def test_what_is_wrong_with_terms_is_found(tmp_path, kb, file, text, expected):
    with_glossary(tmp_path)
    write(tmp_path, {file: text})
    code, printed = kb(tmp_path, "check")
    assert code == 1
    (line,) = findings(printed)
    assert expected in line


def test_two_definitions_that_each_need_the_other_are_found(tmp_path, kb):
    with_glossary(tmp_path, **{
        "docs/glossary/guidance.md": concept("指导意见", "Guidance", "zhǐdǎo yìjiàn", "官方通知的一种。"),
        "docs/glossary/policy.md": concept("官方通知", "Notice", "guānfāng tōngzhī", "指导意见的一种。"),
        "docs_ja/glossary/policy.md": concept("公式通知", "Notice", "こうしきつうち", "文書の一種である。"),
    })
    code, printed = kb(tmp_path, "check")
    assert code == 1
    (line,) = findings(printed)
    assert "KB606" in line and "found a definition of guidance that needs policy, and the reverse" in line


def test_a_form_that_two_concepts_claim_is_found(tmp_path, kb):
    with_glossary(tmp_path, **{
        "docs/glossary/notice.md": concept("官方通知", "Notice", "guānfāng tōngzhī", "通知的一种。",
                                           "variants: [指导意见]\n"),
        "docs_ja/glossary/notice.md": concept("公式通知", "Notice", "こうしきつうち", "文書の一種である。"),
    })
    code, printed = kb(tmp_path, "check")
    assert code == 1
    assert "docs/glossary/notice.md:7: KB609 a form that two concepts claim: found “指导意见”" in printed


# --- for programs ----------------------------------------------------------------------------------------

def test_the_translations_can_be_read_by_a_translation_library(site, real):
    store = tmx.tmxfile.parsefile(str(site / "exports/translations.tmx"))
    units = {unit.xmlelement.get("tuid"): unit for unit in store.units}
    expected = {
        f"{page.document}/#{paragraph.id}": paragraph.text
        for page in real.corpus.documents if page.language is ZH for paragraph in page.paragraphs
    }
    assert {key: unit.source for key, unit in units.items()} == expected
    japanese = real.corpus.page("articles/encoder-notices.md", JA)
    assert units["articles/encoder-notices/#p23"].target == japanese.anchors["p23"]


def related(said):
    """Terms whose pages say these relations."""
    return {key: SimpleNamespace(page=SimpleNamespace(front={"related": [
        {"relation": relation, "concept": there} for relation, there in found]})) for key, found in said.items()}


def test_what_one_page_says_of_two_concepts_holds_for_both_and_the_stronger_statement_counts():
    """SKOS Reference: S23 and S25 (symmetric, inverse), S27 (what is above is not related)."""
    said = {"law": [("broader", "order"), ("related", "notice")], "order": [("related", "law")],
            "notice": [("narrower", "circular"), ("broader", "law")],
            "circular": [("broader", "notice"), ("related", "order")]}
    found = relations(SimpleNamespace(concepts=tuple(sorted(said)), terms={"zh-Hans": related(said)}))
    assert {key: {kind: there for kind, there in own.items() if there} for key, own in found.items()} == {
        "circular": {"broader": ("notice",)},
        "notice": {"broader": ("law",), "narrower": ("circular",)},
        "law": {"broader": ("order",), "narrower": ("notice",)},
        "order": {"narrower": ("law",)},
    }


def test_two_concepts_that_are_each_above_the_other_are_so_once():
    said = {"甲": [("broader", "乙")], "乙": [("broader", "甲")]}
    found = relations(SimpleNamespace(concepts=("甲", "乙"), terms={"ja": related(said)}))
    assert (found["甲"]["broader"], found["乙"]["broader"]) == (("乙",), ())


def test_no_condition_of_skos_is_broken(site):
    graph = Graph().parse(site / "exports/glossary.jsonld", format="json-ld")
    above = {(one, there) for one in graph.subjects(RDF.type, SKOS.Concept)
             for there in graph.transitive_objects(one, SKOS.broader) if there != one}
    related = set(graph.subject_objects(SKOS.related))
    assert related and not related & (above | {(there, one) for one, there in above})  # S27
    assert {(there, one) for one, there in related} == related
    assert set(graph.subject_objects(SKOS.narrower)) == {
        (there, one) for one, there in graph.subject_objects(SKOS.broader)}
    tops = set(graph.objects(None, SKOS.hasTopConcept))
    assert tops == {one for one in graph.subjects(RDF.type, SKOS.Concept)
                    if not list(graph.objects(one, SKOS.broader))} == set(graph.subjects(SKOS.topConceptOf, None))


def test_translators_programs_read_the_glossary(site):
    """TBX-Basic of 2008 by the Translate Toolkit, and a table as OmegaT reads it."""
    with (site / "exports/glossary-basic.tbx").open("rb") as file:
        store = toolkit.tbxfile.parsefile(file)
    assert len(store.units) > 3 and all(unit.source and unit.target for unit in store.units)
    for tag, twin in (("zh-Hans", "ja"), ("ja", "zh-Hans")):
        lines = (site / f"exports/glossary.{tag}-{twin}.tsv").read_text("utf-8").splitlines()
        assert lines[0].startswith("# ")
        rows = [line.split("\t") for line in lines[1:]]
        assert rows and all(len(row) == 3 and all(row) for row in rows)
    project = projects.read(CORPUS)
    (first, second) = (project.glossary.terms[tag]["rxr"] for tag in ("zh-Hans", "ja"))
    table = (site / "exports/glossary.zh-Hans-ja.tsv").read_text("utf-8")
    assert f"\n{first.preferred}\t{second.preferred}\t" in table


def test_the_glossary_can_be_read_by_an_rdf_library(site, real):
    graph = rdflib.Graph().parse(site / "exports/glossary.jsonld", format="json-ld")
    skos = rdflib.SKOS
    concepts = set(graph.subjects(rdflib.RDF.type, skos.Concept))
    assert len(concepts) == len(real.glossary.concepts)
    rxr = rdflib.URIRef("https://someone.example/kb/glossary/rxr/")
    labels = {label.language: str(label) for label in graph.objects(rxr, skos.prefLabel)}
    assert {label: labels[label] for label in ("zh-Hans", "ja", "en")} == {
        "zh-Hans": "境外再出口规则", "ja": "域外再輸出規則", "en": "Offshore re-export rule"}
    for relation in (skos.broader, skos.narrower, skos.related):
        assert set(graph.objects(predicate=relation)) <= concepts
    assert all(len(list(graph.objects(one, skos.definition))) == 2 for one in concepts)


def test_the_term_base_has_each_concept_once_with_its_terms(site, real):
    root = xml.parse(site / "exports/glossary.tbx").getroot()
    space = {"t": "urn:iso:std:iso:30042:ed-2"}
    assert (root.tag, root.get("type"), root.get("style")) == (
        "{urn:iso:std:iso:30042:ed-2}tbx", "TBX-Basic", "dca")
    entries = root.findall("t:text/t:body/t:conceptEntry", space)
    assert [entry.get("id") for entry in entries] == list(real.glossary.concepts)
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    for entry in entries:
        sections = {one.get(language): one for one in entry.findall("t:langSec", space)}
        assert set(sections) == {"zh-Hans", "ja", "en"}
        for tag in ("zh-Hans", "ja"):
            term = sections[tag].find("t:termSec/t:term", space)
            assert term.text == real.glossary.terms[tag][entry.get("id")].preferred


def test_term_base_and_translation_memory_have_the_structure_of_their_standards(site):
    """Against schemas of the parts that we write; the standards' own allow more."""
    schemas = ROOT / "tests/schemas"
    tbx = etree.RelaxNG(etree.parse(schemas / "tbx.rng"))
    assert tbx.validate(etree.parse(site / "exports/glossary.tbx")), tbx.error_log
    dtd = etree.DTD(str(schemas / "tmx.dtd"))
    assert dtd.validate(etree.parse(site / "exports/translations.tmx")), dtd.error_log


def test_a_site_without_a_glossary_has_no_exports(tmp_path):
    project(tmp_path)
    site_of(tmp_path)
    assert build(tmp_path, tmp_path / "site").returncode == 0
    assert not (tmp_path / "site/exports").exists()
