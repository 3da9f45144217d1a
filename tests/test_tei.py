"""A document as TEI: valid, its text the one of the page, and in its apparatus every other wording, character
for character."""

import json
import subprocess

import pytest
import torture
from lxml import etree
from scratch import CHINESE, CORPUS, JAPANESE, project, with_source, write

from kb import cli
from kb import project as projects
from kb.citation import bibtex, csl, references, ris
from kb.exports import tei, versions
from kb.fingerprints import content_id
from kb.languages import CHINESE as ZH
from kb.languages import JAPANESE as JA

SITE = "https://someone.example/kb/"
NS = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DOCUMENTS = list(projects.read(CORPUS).corpus.documents)
# What may stand in a document, and what TEI calls it.
FORMS = {
    "ruby": ("<ruby>輸出<rp>（</rp><rt>ゆしゅつ</rt><rp>）</rp>管理<rt>かんり</rt></ruby>の話。", "//t:ruby[t:rb='管理']/t:rt"),
    "a table in a table": ("<table><tr><th>甲</th><td><table><tr><td>乙</td></tr></table></td></tr></table>",
                           "//t:cell/t:table"),
    "a cell over two columns": ("<table><tr><td colspan='2'>甲</td></tr></table>", "//t:cell[@cols='2']"),
    "terms and meanings": ("出口\n输出\n:   运往境外\n:   转给外国人\n", "//t:list[@type='gloss']"),
    "a meaning without a term": ("<dl><dd>运往境外</dd></dl>", "//t:list/t:label[not(node())]"),
    "a term without a meaning": ("<dl><dt>出口</dt></dl>", "//t:list/t:item[not(node())]"),
    "a picture": ("![流程图](a.png)", "//t:figure[t:figDesc='流程图']"),
    "a line": ("前文。\n\n---\n\n后文。", "//t:milestone"),
    "code": ("    kb check\n    kb build\n", "//t:eg"),
    "a footnote": ("正文[^1]。\n\n[^1]: 脚注的话。\n", "//t:back//t:note[@place='foot']"),
    "a heading within a quotation": ("> ## 引文的标题\n>\n> 引文。\n", "//t:quote/t:label"),
    "folded text": ("<details><summary>摘要</summary>正文</details>", "//t:p[contains(., '摘要')]"),
    "foreign words": ("所谓<span lang='en'>guidance</span>。", "//t:foreign[@xml:lang='en']"),
    "deep sections": ("##### 深处 { #deep }\n\n一段。\n\n## 浅处 { #shallow }\n\n又一段。", "//t:body/t:div[@xml:id='shallow']"),
    "words that XML marks": ("甲 &lt;乙&gt; &amp; 丙", "//t:p[contains(., '<乙>')]"),
    "an ordered list": ("3. 甲\n4. 乙\n", "//t:list[@rend='numbered'][@n='3']"),
    "crossed out": ("<del>甲</del><ins>乙</ins><s>丙</s>H<sub>2</sub>O", "//t:add"),
}


def found(root, expression):
    return root.xpath(expression, namespaces=NS)


def words(element):
    """What is said in an element, but for the lists and quotations in it."""
    inner = {f"{{{NS['t']}}}{name}" for name in ("list", "quote", "table")}
    parts = [element.text or ""]
    for child in element:
        parts += [words(child) if child.tag not in inner else "", child.tail or ""]
    return "".join(parts)


def squeezed(text):
    return "".join(text.split())


def read(whole, page):
    return etree.fromstring(tei.written(whole, page, SITE))


def edition(root, language):
    whole = projects.read(root)
    return read(whole, whole.corpus.page("articles/chips.md", language))


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.file)
def test_each_edition_is_valid_tei_beside_its_page(site, page, java):
    assert java(site / page.address / "tei.xml") == {"valid": True, "messages": []}


def test_jing_finds_what_is_wrong_and_forgets_it_with_the_next_file(site, tmp_path, java):
    whole = (site / DOCUMENTS[0].address / "tei.xml").read_bytes()
    (tmp_path / "a.xml").write_bytes(whole.replace(b"<body>", b"<body><chapter/>"))
    assert "chapter" in java(tmp_path / "a.xml")["messages"][0]
    (tmp_path / "b.xml").write_bytes(whole)
    assert java(tmp_path / "b.xml")["valid"]


@pytest.mark.parametrize("name", FORMS)
def test_whatever_a_document_may_hold_has_its_name_in_tei(tmp_path, java, name):
    written, expression = FORMS[name]
    write(tmp_path, {"docs/articles/chips.md": f"{CHINESE}\n{written}\n", "docs/articles/a.png": torture._PNG})
    root = edition(tmp_path, ZH)
    assert found(root, expression), etree.tostring(root, encoding="unicode")
    (tmp_path / "tei.xml").write_bytes(etree.tostring(root))
    assert java(tmp_path / "tei.xml")["messages"] == []


def test_a_document_with_every_construct_is_valid_tei(tmp_path, java):
    torture.project(tmp_path)
    whole = projects.read(tmp_path)
    for page in whole.corpus.documents:
        (tmp_path / "tei.xml").write_bytes(tei.written(whole, page, ""))
        assert java(tmp_path / "tei.xml")["messages"] == [], page.file


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.file)
def test_each_paragraph_and_heading_stands_in_it_with_its_id_and_its_words(site, page):
    root = etree.parse(site / page.address / "tei.xml").getroot()
    assert root.get(LANG) == page.language.tag
    for anchor, text in page.anchors.items():
        element, = found(root, f"//t:body//*[@xml:id='{anchor}']")
        if element.tag.endswith("}div"):
            element = element[0]
        assert squeezed(words(element)) == squeezed(text), anchor
    assert squeezed(words(found(root, "//t:body/t:head")[0])) == squeezed(page.title)


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.file)
def test_every_received_wording_and_every_omission_is_in_the_apparatus(site, page):
    root = etree.parse(site / page.address / "tei.xml").getroot()
    collations = [one for one in projects.read(CORPUS).collations_of(page.document)
                  if one.received.language is page.language]
    entries = {}
    for entry in found(root, "//t:app[@type!='earlier'][@type!='omitted']"):
        lem, rdg = ("".join(found(entry, f"t:{name}")[0].itertext()) for name in ("lem", "rdg"))
        entries.setdefault(entry.get("loc"), []).append((rdg, lem))
    compared = [one for each in collations for one in each.comparisons if one.document == page.document]
    differing = {}
    for one in compared:
        if one.received != one.edited:
            differing.setdefault(one.id, []).append((one.received, one.edited))
    assert entries == differing
    assert len(found(root, "//t:app[@type='emended']")) == sum(bool(one.reasons and one.received) for one in compared)
    left = [(entry.get("n"), found(entry, "string(t:rdg)"), found(entry, "string(t:note/@subtype)"))
            for entry in found(root, "//t:app[@type='omitted']")]
    assert left == [(str(one.line), one.text, one.reason) for each in collations for one in each.omissions]


def test_a_received_text_is_named_with_both_its_checksums(tmp_path):
    with_source(tmp_path)
    root = edition(tmp_path, ZH)
    data = (tmp_path / "sources/a.txt").read_bytes()
    witness, = found(root, "//t:witness[t:bibl]")
    known = subprocess.run(["git", "hash-object", "--stdin"], input=data, capture_output=True, check=True)
    assert found(witness, "string(.//t:idno[@type='SWHID'])") == f"swh:1:cnt:{known.stdout.decode().strip()}"
    assert {entry.get("wit") for entry in found(root, "//t:rdg")} == {f"#{witness.get(ID)}"}


def test_an_edition_without_a_received_text_says_nothing_of_one(tmp_path):
    project(tmp_path)
    root = edition(tmp_path, ZH)
    assert not found(root, "//t:app") and "底本" not in found(root, "string(//t:encodingDesc)")


def test_earlier_wordings_stay_with_the_day_from_which_they_stood(tmp_path):
    project(tmp_path)
    write(tmp_path, {"docs_ja/articles/chips.md": JAPANESE.replace("まったく", "きわめて")})
    assert cli.main(["anchors"], root=tmp_path) == 0
    root = edition(tmp_path, JA)
    entry, = found(root, "//t:app[@type='earlier']")
    lem, rdg = found(entry, "t:lem")[0], found(entry, "t:rdg")[0]
    assert ("".join(lem.itertext()), "".join(rdg.itertext())) == (
        "まず、BISはきわめてずさんである。", "まず、BISはまったくずさんである。")
    assert entry.get("corresp") == "#p1"
    day, = found(root, f"//t:witness[@xml:id='{rdg.get('wit')[1:]}']/t:date/@when")
    assert day == projects.read(tmp_path).register("articles/chips").entries[0].date


def test_links_lead_from_the_file_and_from_wherever_it_is_taken(tmp_path):
    write(tmp_path, {"docs/articles/chips.md": CHINESE + "\n见[上文](#p1)、[另页](../other.md)与"
                                                         "[外站](https://example.org/a)。\n",
                     "docs/other.md": "# 另页\n"})
    whole = projects.read(tmp_path)
    page = whole.corpus.page("articles/chips.md", ZH)
    for site, there in (("", "../../other/"), (SITE, f"{SITE}other/")):
        root = etree.fromstring(tei.written(whole, page, site))
        assert found(root, "//t:body//t:ref/@target") == ["#p1", there, "https://example.org/a"]


def test_a_translation_names_who_made_it_and_what_it_was_made_from(tmp_path):
    project(tmp_path)
    root = edition(tmp_path, JA)
    assert found(root, "string(//t:sourceDesc/t:bibl[@type='original']/t:title)") == "聊聊芯片"
    assert found(root, "string(//t:editor[@role='editor'])") == "政策対訳文庫編者"
    assert "機械翻訳" in found(root, "string(//t:edition)")


def test_every_wording_and_received_text_has_the_name_that_git_and_software_heritage_give_it(tmp_path):
    with_source(tmp_path)
    whole = projects.read(tmp_path)
    told = json.loads(versions.of_page(whole, "articles/chips.md", ZH)["articles/chips/versions.json"])
    texts = whole.fates("articles/chips", ZH).texts
    recorded = {text for own in told["anchors"].values() for _, text in own}
    assert told["contents"] == {text: content_id(texts[text]) for text in recorded}
    assert told["received"] == {"a.txt": content_id((tmp_path / "sources/a.txt").read_text("utf-8"))}
    assert content_id("") == "swh:1:cnt:e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"


def test_a_reference_names_the_file_of_its_edition_as_git_does(tmp_path):
    project(tmp_path)
    whole = projects.read(tmp_path)
    told = references.reference(whole, whole.corpus.page("articles/chips.md", JA), SITE)
    known = subprocess.run(["git", "hash-object", str(tmp_path / "docs_ja/articles/chips.md")],
                           capture_output=True, check=True, text=True).stdout.strip()
    swhid = f"swh:1:cnt:{known}"
    assert csl.item(told)["custom"]["swhid"] == swhid
    assert f"swhid = {{{swhid}}}" in bibtex.text(told) and f"AN  - {swhid}\r\n" in ris.text(told)
