"""What is said of a text in order to cite it: one record, and every file and tag made from it.

The files are read back by libraries that others wrote for these formats.
"""

import json
import re
import warnings
import zipfile
from pathlib import Path

import bibtexparser
import pytest
import rispy
import yaml
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc.source.json import CiteProcJSON
from conftest import build
from lxml import html as parser
from scratch import CHINESE, CORPUS, JAPANESE, ROOT, project, site_of, write

from kb import cli, names
from kb import project as projects
from kb.citation import bibtex, csl, page_head, references, ris
from kb.languages import CHINESE as ZH
from kb.languages import JAPANESE as JA

HOME = "https://someone.example/kb/"
SITE = {page.address: page for page in projects.read(CORPUS).corpus.pages.values()
        if references.is_citable(page)}
LANGIDS = {name: tag for tag, name in bibtex.LANGIDS.items()}

CONCEPT = """\
---
kind: concept
term: 解释性规则
abbreviation: IR
english: Interpretive rule
reading: jiěshìxìng guīzé
authority: ["5 U.S.C. 553(b)(A)"]
description: 行政机关对法律作出解释的规则。
---

# 解释性规则（IR）

解释性规则，是行政机关对法律作出解释的规则。
"""

NOTE = """\
---
kind: correction
title: 日期有误
authors: [{family: 欧阳, given: 明远}, 政策对照文库编者]
date: 2026-11-22
on: [articles/chips#p1]
sources: [{text: "90 FR 4544", address: "https://frtracker.app/fr/2025-00636"}]
description: 生效日期不是五月。
---

生效日期不是五月。
"""


def record_of(root, path="articles/chips.md", language=ZH, site_url=HOME):
    found = projects.read(root)
    assert found.findings == ()
    return references.reference(found, found.corpus.page(path, language), site_url)


def read_bib(text):
    """Type and fields of the one entry, accents and escapes read as BibTeX reads them."""
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == [] and len(library.entries) == 1
    entry = library.entries[0]
    return entry.entry_type, {"key": entry.key} | {one.key: one.value for one in entry.fields}


def read_ris(text):
    (entry,) = rispy.loads(text)
    assert "unknown_tag" not in entry
    return entry


def read_csl(text):
    """The item as a CSL processor understands it."""
    items = json.loads(text)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        (found,) = CiteProcJSON(items).values()
    unknown = [str(one.message) for one in said]
    assert unknown in ([], ["The following arguments for Reference are unsupported: custom"])
    return items[0], found


def metas(page):
    found = {}
    for meta in page.xpath("//head/meta[@content]"):
        found.setdefault(meta.get("name") or meta.get("property"), []).append(meta.get("content"))
    return found


def iso(date):
    return "-".join(f"{part:02}" for part in date["date-parts"][0]) if date else ""


# --- names ---------------------------------------------------------------------------------------

def test_a_name_written_as_one_string_is_never_split():
    assert names.read("石桥经贸研究所") == (names.Name(literal="石桥经贸研究所"),)
    assert names.read("Bureau of Industry and Security")[0].inverted == \
        "Bureau of Industry and Security"


def test_chinese_and_japanese_names_are_shown_without_a_space_and_sorted_by_family():
    ouyang, yamada = names.read([{"family": "欧阳", "given": "明远"},
                                 {"family": "山田", "given": "太郎"}])
    assert (ouyang.full, ouyang.inverted) == ("欧阳明远", "欧阳, 明远")
    assert (yamada.full, yamada.inverted) == ("山田太郎", "山田, 太郎")
    assert names.read({"family": "Kessler", "given": "Jeffrey"})[0].full == "Jeffrey Kessler"


def test_a_reference_drops_the_space_that_only_sets_a_signature_apart():
    assert names.cited("政策対訳文庫 編者") == (names.Name(literal="政策対訳文庫編者"),)
    assert names.line(["政策対訳文庫 編者"], "ja") == "政策対訳文庫 編者"
    assert names.cited("Hogan Lovells")[0].literal == "Hogan Lovells"


def test_an_author_given_by_family_and_given_name_is_read_and_shown(tmp_path):
    project(tmp_path)
    text = CHINESE.replace("author: 某研究院", "author: [{family: 王, given: 小明}, 某研究院]")
    write(site_of(tmp_path), {"docs/articles/chips.md": text})
    record = record_of(tmp_path)
    assert csl.item(record)["author"] == [{"family": "王", "given": "小明"}, {"literal": "某研究院"}]
    assert "author = {王, 小明 and {某研究院}}" in bibtex.text(record)
    assert "AU  - 王, 小明\r\nAU  - 某研究院\r\n" in ris.text(record)
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    built = (tmp_path / "site/articles/chips/index.html").read_text("utf-8")
    assert "<dd>王小明、某研究院</dd>" in built
    assert '<meta name="citation_author" content="王, 小明">' in built


def test_a_name_with_a_misspelt_part_is_a_finding_on_its_line(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {"docs/articles/chips.md":
                     CHINESE.replace("author: 某研究院", "author: {familie: 王}")})
    code, printed = kb(tmp_path, "check")
    assert code == 1
    assert printed.startswith("docs/articles/chips.md:4: KB103 ")
    assert "found the unknown key “familie” in author, expected one of family, given\n" \
        "    hint: did you mean “family”?" in printed


# --- records ---------------------------------------------------------------------------------------

def test_an_original_is_dated_by_its_author_and_a_translation_by_its_edition(tmp_path):
    project(tmp_path)
    original, translation = record_of(tmp_path), record_of(tmp_path, language=JA)
    assert (original.issued, original.original_date) == ("2025-05-14", "")
    assert translation.original_date == "2025-05-14"
    assert translation.issued == translation.edition >= "2026-11-22"
    assert translation.original_title == original.title == "聊聊芯片"
    assert translation.original_language == "zh-Hans"


def test_the_edition_is_dated_by_the_last_change_of_its_wording(tmp_path):
    project(tmp_path)
    recorded = tmp_path / "anchors/articles/chips.yml"
    line = "- {id: p1, date: 2099-02-01, language: zh-Hans, text: 0123456789ab}\n"
    write(tmp_path, {"anchors/articles/chips.yml": recorded.read_text("utf-8") + line})
    found = projects.read(tmp_path)
    changed = references.reference(found, found.corpus.page("articles/chips.md", ZH))
    assert (changed.issued, changed.edition) == ("2025-05-14", "2099-02-01")
    assert references.reference(found, found.corpus.page("articles/chips.md", JA)).edition < "2099-02-01"


def test_a_machine_is_no_translator_and_the_editors_are_named_for_what_they_did(tmp_path):
    project(tmp_path)
    item = csl.item(record_of(tmp_path, language=JA))
    assert "translator" not in item
    # Zotero would make an author of the editor of a web page; what its note says, it reads as an editor
    assert "editor" not in item and item["custom"]["editor"] == [{"literal": "政策対訳文庫編者"}]
    assert item["genre"] == "機械翻訳・編者校訂"
    assert item["note"] == "original-title: 聊聊芯片\noriginal-date: 2025-05-14\noriginal-author: 某研究院\neditor: 政策対訳文庫編者\n" \
        "中国語からの翻訳。機械翻訳を編者が段落ごとに校訂した（2026年11月22日校訂完了）。"


def test_a_machine_translation_that_nobody_edited_has_no_editor(tmp_path):
    project(tmp_path)
    write(tmp_path, {"docs_ja/articles/chips.md":
                     JAPANESE.replace(", post-edited: 2026-11-22", "")})
    record = record_of(tmp_path, language=JA)
    assert record.editors == () and record.genre == "機械翻訳"


def test_a_human_translator_is_named_in_every_format_and_on_the_page(tmp_path):
    project(tmp_path)
    made = "{from: zh-Hans, by: human, translators: [{family: 佐藤, given: 花子}]}"
    write(tmp_path, {"docs_ja/articles/chips.md":
                     re.sub(r"(?<=translation: )\{.*\}", made, JAPANESE)})
    record = record_of(tmp_path, language=JA)
    assert csl.item(record)["translator"] == [{"family": "佐藤", "given": "花子"}]
    assert "translator = {佐藤, 花子}" in bibtex.text(record)
    assert "A4  - 佐藤, 花子\r\n" in ris.text(record)
    assert page_head.linked_data(record)["translator"] == [
        {"@type": "Person", "name": "佐藤花子", "familyName": "佐藤", "givenName": "花子"}]
    assert record.note == "中国語からの翻訳。人手による翻訳（佐藤花子）。"


def test_a_translation_of_a_translation_names_the_first_language():
    found = projects.read(CORPUS)
    page = found.corpus.page("press-releases/three-notices.md", JA)
    record = references.reference(found, page, HOME)
    assert record.original_language == "en" and record.original_title == ""
    work = page_head.linked_data(record)["translationOfWork"]
    assert work["@id"] == HOME + "press-releases/three-notices/"
    assert work["translationOfWork"]["inLanguage"] == "en"
    assert work["translationOfWork"]["url"] == page.front["source"]


def test_a_commentary_is_its_signers_and_a_concept_the_editors_who_keep_it_up(tmp_path):
    project(tmp_path)
    write(tmp_path, {"docs/commentary/date.md": NOTE, "docs/glossary/rule.md": CONCEPT})
    note = record_of(tmp_path, "commentary/date.md")
    concept = record_of(tmp_path, "glossary/rule.md")
    assert [name.full for name in note.authors] == ["欧阳明远", "政策对照文库编者"]
    assert (note.issued, note.genre, note.by_editors) == ("2026-11-22", "更正", False)
    assert page_head.linked_data(note)["about"] == [{"@id": HOME + "articles/chips/#p1"}]
    assert (csl.item(concept)["type"], concept.by_editors) == ("entry-encyclopedia", True)
    assert "issued" not in csl.item(concept) and "date =" not in bibtex.text(concept)
    assert page_head.linked_data(concept)["alternateName"] == (
        "解释性规则", "IR", "Interpretive rule")


def test_indexes_and_plain_pages_are_not_cited(tmp_path):
    project(tmp_path)
    write(tmp_path, {"docs/guide.md": "# 指南\n\n一段。\n",
                     "docs/articles/index.md": "---\nkind: index\nlists: articles\n---\n\n# 文章\n"})
    assert record_of(tmp_path, "guide.md") is None
    assert record_of(tmp_path, "articles/index.md") is None


# --- files -----------------------------------------------------------------------------------------

AWKWARD = r"100% {sic} & $5_#1 \o/ ~ ^ “引号” <b>"


def test_characters_that_mean_something_to_a_format_are_read_back_as_they_were(tmp_path):
    project(tmp_path)
    write(site_of(tmp_path), {"docs/articles/chips.md": CHINESE.replace(
        "author: 某研究院", f"author: '{AWKWARD}'")})
    record = record_of(tmp_path)
    _, bib = read_bib(bibtex.text(record))
    # The decoder's circumflex is U+02C6.
    assert bib["author"].removeprefix("{").removesuffix("}").replace("ˆ", "^") == AWKWARD
    assert read_ris(ris.text(record))["authors"] == [AWKWARD]
    assert read_csl(csl.text(record))[0]["author"] == [{"literal": AWKWARD}]
    assert build(tmp_path, tmp_path / "site", SITE_URL=HOME).returncode == 0
    page = parser.parse(str(tmp_path / "site/articles/chips/index.html"))
    assert metas(page)["citation_author"] == [AWKWARD]
    (data,) = page.xpath('//script[@type="application/ld+json"]/text()')
    assert json.loads(data)["author"][0]["name"] == AWKWARD


def test_nothing_can_end_the_block_of_data_it_stands_in():
    place = page_head.Place("", ZH, (ZH,), HOME, "home")
    data = page_head.head(place, "首页", "</script><script>alert(1)</script>").data
    assert "<" not in data
    assert json.loads(data)["description"] == "</script><script>alert(1)</script>"


def original_author(address):
    """Who wrote what the page at `address` translates, where that says it in other characters."""
    page, twin = SITE[address], SITE.get(address.removeprefix("ja/"))
    if not address.startswith("ja/") or not page.is_document or twin.front["text"] != "original":
        return ""
    return twin.front["author"] if twin.front["author"] != page.front["author"] else ""


@pytest.mark.parametrize("address", SITE)
def test_every_page_says_the_same_in_every_format(site, address):
    """No field is lost between the record and what other programs read, nor differs between them."""
    page, folder = SITE[address], site / address
    item, variables = read_csl((folder / "citation.json").read_text("utf-8"))
    kind, bib = read_bib((folder / "citation.bib").read_text("utf-8"))
    entry = read_ris((folder / "citation.ris").read_text("utf-8"))
    head = parser.parse(str(folder / "index.html"))
    said = metas(head)
    (data,) = map(json.loads, head.xpath('//script[@type="application/ld+json"]/text()'))
    about = data.get("subjectOf", data)

    # what CSL-JSON says is what a CSL processor understood
    assert variables["type"] == item["type"]
    for variable in ("title", "container-title", "URL", "genre", "note", "abstract", "original-title"):
        assert "".join(variables.get(variable.replace("-", "_"), "")) == item.get(variable, "")

    assert page.title == item["title"] == bib["title"] == entry["title"] == said["og:title"][0] \
        == said["citation_title"][0] == data["name"]
    assert (HOME + address,) * 8 == (
        item["URL"], bib["url"], entry["urls"][0], said["og:url"][0],
        said["citation_public_url"][0], data["url"],
        head.xpath('//link[@rel="cite-as"]/@href')[0], head.xpath('//link[@rel="canonical"]/@href')[0])
    assert page.language.tag == item["language"] == LANGIDS[bib["langid"]] == entry["language"] \
        == said["citation_language"][0] == about["inLanguage"] == head.getroot().get("lang")
    assert item["container-title"] == (bib.get("organization") or bib["booktitle"]) \
        == entry["secondary_title"] == said["og:site_name"][0] == said["citation_publisher"][0] \
        == about["isPartOf"]["name"]
    for role, bib_role, ris_role, tag in (("author", "author", "authors", "citation_author"),
                                          ("editor", "editor", "secondary_authors", "citation_editor")):
        given = [one["literal"] for one in (item.get("custom", {}) if role == "editor" else item).get(role, [])]
        assert given == [one.strip("{}") for one in bib.get(bib_role, "").split(" and ") if one]
        assert given == entry.get(ris_role, []) == said.get(tag, [])
        assert given == [one["name"] for one in about.get(role, [])]
    assert iso(item.get("issued")) == bib.get("date", "") == entry.get("date", "").replace("/", "-") \
        == said.get("citation_publication_date", [""])[0].replace("/", "-") \
        == data.get("datePublished", "")
    edition = item.get("custom", {}).get("edition", "")
    assert edition == bib.get("version", "") == entry.get("edition", "") \
        == said.get("DCTERMS.modified", [""])[0] == data.get("dateModified", "")
    original = ", ".join(filter(None, (item.get("original-title"), iso(item.get("original-date")))))
    assert original == ", ".join(filter(None, (bib.get("origtitle"), bib.get("origdate")))) \
        == entry.get("original_publication", "")
    assert iso(item.get("original-date")) == said.get("DCTERMS.created", [""])[0]
    assert item.get("custom", {}).get("original-language", "") == LANGIDS.get(bib.get("origlanguage"), "")
    assert item.get("genre", "") == bib.get("titleaddon", "") == entry.get("type_of_work", "") \
        == data.get("genre", "")
    extra = [line for line in "".join(said.get("z:extra", [])).split("\n")
             if line and not line.startswith("translator: ")]  # for whom CSL-JSON has a variable
    assert item.get("note", "").split("\n") == [*extra, *(bib["note"].split("\n") if "note" in bib else [])] or (
        item.get("note", ""), extra, bib.get("note", "")) == ("", [], "")
    assert bib.get("note", "") == "".join(entry.get("notes", ""))
    assert bib["language"] == item["language"]
    # what Zotero has no field for, as its “Extra” takes it
    assert {line.partition(": ")[0]: line.partition(": ")[2] for line in extra} == {
        key: value for key, value in (
            ("original-title", item.get("original-title", "")), ("original-date", iso(item.get("original-date"))),
            ("original-author", original_author(address)),
            ("editor", "".join(one["literal"] for one in item.get("custom", {}).get("editor", [])))) if value}
    assert item["abstract"] == bib["abstract"] == entry["abstract"] == said["og:description"][0] \
        == data["description"] == said["description"][0]

    # and each calls it a page of a site, or an entry
    assert (item["type"], kind, entry["type_of_reference"], said["z:itemType"][0]) == (
        ("entry-encyclopedia", "inreference", "ENCYC", "encyclopediaArticle")
        if page.kind == "concept" else ("webpage", "online", "ELEC", "webpage"))
    assert data["@type"] == {"article": "ScholarlyArticle", "press-release": "Report",
                             "concept": "DefinedTerm", "essay": "ScholarlyArticle"}.get(
                                 page.kind, "Comment")


@pytest.mark.parametrize("address", SITE)
def test_signposts_lead_to_files_that_are_there_and_say_the_same_as_the_linkset(site, address):
    head = parser.parse(str(site / address / "index.html"))
    described = head.xpath('//link[@rel="describedby"]')
    assert [link.get("type") for link in described] == [type for _, type in page_head.FORMATS]
    for link in head.xpath('//link[@rel="describedby" or @rel="linkset" or @rel="author"]'):
        target = (site / address / link.get("href")).resolve()
        assert target.is_file() or (target / "index.html").is_file()
    assert head.xpath('//link[@rel="type"]/@href')[0] == "https://schema.org/AboutPage"
    (context,) = json.loads((site / address / "linkset.json").read_text("utf-8"))["linkset"]
    assert context["anchor"] == HOME + address
    assert [one["href"] for one in context["describedby"]] == [
        HOME + address + name for name, _ in page_head.FORMATS]
    assert [one["href"] for one in context["cite-as"]] == [HOME + address]
    for relation in set(context) - {"anchor"}:
        assert len(context[relation]) == len(head.xpath(f'//link[@rel="{relation}"]'))


def test_no_tag_makes_zotero_overrule_what_a_page_says_it_is(site):
    """Its Embedded Metadata translator lets these decide before `z:itemType` is asked."""
    for path in site.rglob("index.html"):
        said = metas(parser.parse(str(path))).keys()
        assert not said & {"citation_journal_title", "citation_inbook_title", "citation_book_title",
                           "citation_conference_title", "citation_dissertation_institution",
                           "citation_technical_report_institution"}
        assert ("citation_title" in said) == ("z:itemType" in said)


def test_an_entry_and_a_collation_have_no_day_that_zotero_would_take_for_theirs(site):
    """Of a page whose head gives no day, its translator takes the first `<time>`: no source's, no state's."""
    seen = 0
    for path in site.rglob("index.html"):
        page = parser.parse(str(path))
        said = metas(page)
        is_entry = said.get("z:itemType") == ["encyclopediaArticle"]
        if is_entry or path.parent.name == "collation":
            seen += 1
            assert "citation_publication_date" not in said and not page.xpath("//time[@datetime]"), path
    assert seen > 10


def test_translations_and_originals_name_each_other(site):
    def data(address):
        page = parser.parse(str(site / address / "index.html"))
        return json.loads(page.xpath('//script[@type="application/ld+json"]/text()')[0])

    chinese, japanese = (data(prefix + "articles/encoder-notices/") for prefix in ("", "ja/"))
    assert chinese["workTranslation"]["@id"] == japanese["@id"]
    assert japanese["translationOfWork"]["@id"] == chinese["@id"]
    assert japanese["translationOfWork"]["name"] == chinese["name"]
    assert "translationOfWork" not in chinese and "workTranslation" not in japanese
    assert data("")["@type"] == "WebSite" and data("ja/glossary/")["@type"] == "CollectionPage"
    assert chinese["isPartOf"]["@id"] == data("")["@id"]


def test_a_licence_is_signposted_where_one_is_given_and_else_none_is_invented(tmp_path, site):
    project(tmp_path)
    licence = "https://creativecommons.org/licenses/by/4.0/"
    write(tmp_path, {"docs/articles/chips.md": CHINESE.replace(
        "text: original", f"text: original\nlicense: {licence}")})
    record = record_of(tmp_path)
    assert page_head.Link("license", licence) in page_head.links(record)
    assert page_head.linked_data(record)["license"] == licence
    for path in site.rglob("index.html"):
        assert 'rel="license"' not in path.read_text("utf-8")


def test_the_licence_of_the_editors_stands_once_in_the_configuration_and_everywhere_on_the_site(tmp_path):
    name, address = "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"
    said = f"编者撰写的术语、评注、编者注等文字，采用{name}（{address}）许可。"
    site_of(project(tmp_path))
    write(tmp_path, {"docs/glossary/rule.md": CONCEPT, "docs/commentary/note.md": NOTE})
    cli.main(["anchors"], root=tmp_path)
    config = tmp_path / "mkdocs.yml"
    plain = config.read_text("utf-8")
    config.write_text(plain + f"  license: {{name: {name}, address: {address}}}\n", "utf-8")
    done = build(tmp_path, tmp_path / "site", SITE_URL=HOME)
    assert done.returncode == 0, done.stdout + done.stderr
    site = tmp_path / "site"

    def page(place):
        return parser.parse(str(site / place / "index.html"))

    for place in ("glossary/rule", "commentary/note"):
        head = page(place)
        assert head.xpath("//link[@rel='license']/@href") == [address]
        assert metas(head)["DCTERMS.rights"] == [name] and metas(head)["DCTERMS.license"] == [address]
        assert address in head.xpath("//script[@type='application/ld+json']/text()")[0]
        assert f"copyright = {{{name}}}" in (site / place / "citation.bib").read_text("utf-8")
        assert json.loads((site / place / "citation.json").read_text("utf-8"))[0]["custom"]["license"] == address
    assert page("articles/chips").xpath("//link[@rel='license']") == []  # a text is its author's
    for path in site.rglob("index.html"):
        assert parser.parse(str(path)).xpath(f"//footer//a[@href='{address}']/text()") == [name], path
    for place in ("commentary/feed.xml", "llms.txt"):
        assert said in (site / place).read_text("utf-8")
    assert all(said in said_by(path) for path in site.rglob("*.zh-Hans.epub"))
    assert address in (site / "exports/glossary.tbx").read_text("utf-8")
    assert json.loads((site / "exports/glossary.jsonld").read_text("utf-8"))["@graph"][0]["license"] == address

    config.write_text(plain + f"  license: {name}\n", "utf-8")
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode != 0
    assert "extra.license in mkdocs.yml must have a name and an address" in done.stdout + done.stderr


def test_whose_a_text_is_stands_in_its_head_and_its_books_as_its_editors_say_it_and_on_no_other_page(tmp_path):
    licence, own = "https://creativecommons.org/licenses/by/4.0/", "原文为政府作品，属于公有领域。"
    site_of(project(tmp_path))
    text = CHINESE.replace("text: original", f"text: original\nrights: {own}\nlicense: {licence}")
    write(tmp_path, {"docs/articles/chips.md": text, "docs/articles/other.md": CHINESE.replace("聊聊芯片", "另一篇")})
    cli.main(["anchors"], root=tmp_path)
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {path.parent.relative_to(tmp_path / "site").as_posix(): path.read_text("utf-8")
             for path in (tmp_path / "site").rglob("index.html")}
    [chips] = [name for name, page in pages.items() if own in page]
    head = parser.document_fromstring(pages[chips]).xpath("//section[@class='kb-head']")[0]
    assert chips == "articles/chips" and own in head.text_content()
    assert head.xpath(f"//a[@href='{licence}']/text()") == ["使用许可"]
    telling = {path.name for path in (tmp_path / "site").rglob("*.epub") if own in said_by(path)}
    assert telling == {"chips.zh-Hans.epub", "chips.zh-Hans-ja.epub"}


def said_by(book):
    """All text of a book's files."""
    with zipfile.ZipFile(book) as opened:
        return "".join(opened.read(name).decode("utf-8", "replace") for name in opened.namelist())


def test_a_site_that_does_not_know_its_address_invents_none(tmp_path):
    project(tmp_path)
    write(site_of(tmp_path), {"docs/glossary/rule.md": CONCEPT})
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    folder = tmp_path / "site/ja/articles/chips"
    assert "URL" not in json.loads((folder / "citation.json").read_text("utf-8"))[0]
    assert "url =" not in (folder / "citation.bib").read_text("utf-8")
    assert "UR  -" not in (folder / "citation.ris").read_text("utf-8")
    assert not (folder / "linkset.json").exists()
    head = parser.parse(str(folder / "index.html"))
    assert head.xpath('//link[@rel="cite-as" or @rel="linkset"]') == []
    assert "og:url" not in metas(head) and "citation_public_url" not in metas(head)
    (data,) = map(json.loads, head.xpath('//script[@type="application/ld+json"]/text()'))
    assert "@id" not in data and "@id" not in data["isPartOf"]
    assert data["translationOfWork"]["name"] == "聊聊芯片"


def test_a_page_that_stands_in_for_its_translation_is_cited_as_what_it_is(tmp_path):
    project(tmp_path)
    write(site_of(tmp_path), {"docs/glossary/rule.md": CONCEPT})
    assert build(tmp_path, tmp_path / "site", SITE_URL=HOME).returncode == 0
    head = parser.parse(str(tmp_path / "site/ja/glossary/rule/index.html"))
    said = metas(head)
    assert said["citation_language"] == ["zh-Hans"] and said["og:locale"] == ["zh_CN"]
    assert said["citation_public_url"] == said["og:url"] == [HOME + "glossary/rule/"]
    assert head.xpath('//link[@rel="describedby"]/@href')[0] == "../../../glossary/rule/citation.json"
    assert not (tmp_path / "site/ja/glossary/rule/citation.json").exists()


# --- the collection as a whole ---------------------------------------------------------------------

def test_the_collection_says_how_to_cite_it():
    """The keys and the shapes that the Citation File Format 1.2.0 requires."""
    from jsonschema import Draft202012Validator

    text = {"type": "string", "minLength": 1}
    entity = {"type": "object", "required": ["name"], "additionalProperties": False,
              "properties": {"name": text, "alias": text, "website": text}}
    schema = {
        "type": "object", "additionalProperties": False,
        "required": ["cff-version", "message", "title", "authors"],
        "properties": {
            "cff-version": {"const": "1.2.0"}, "message": text, "title": text, "abstract": text,
            "type": {"enum": ["software", "dataset"]},
            "authors": {"type": "array", "minItems": 1, "items": entity, "uniqueItems": True},
            "keywords": {"type": "array", "minItems": 1, "items": text, "uniqueItems": True},
        },
    }
    found = yaml.safe_load(Path(ROOT, "CITATION.cff").read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(found)] == []
    assert found["authors"][0] == {"name": "政策对照文库编者", "alias": "政策対訳文庫編者"}
