"""What a reader does to check a quotation or to follow a reference, in a real Chromium: desktop and phone, keyboard
alone, files, without scripts; what axe-core says of the page; and what other modules may ask.

What is pasted, and what is answered, stands in `tests/cases/quotations/` and `tests/cases/references/`."""

import io
import json
import zipfile

import pytest
import yaml
from axe import violations
from playwright.sync_api import expect
from scratch import CORPUS, ROOT

from kb import project as projects
from kb.citation import styles
from kb.languages import CHINESE, JAPANESE, LANGUAGES
from kb.search import earlier, index, units

HOME = "https://someone.example/kb/"
ARTICLE = "articles/encoder-notices/"
FIELD, STATUS, FOUND = "#kb-check-text", ".kb-check-status", ".kb-check-found"
PREFIX = {"zh-Hans": "", "ja": "ja/"}
TITLES = {"": "核对引文", "ja/": "引用文の照合"}


def cases(folder):
    return [pytest.param(case, id=case["what"]) for path in sorted((ROOT / "tests/cases" / folder).glob("*.yml"))
            for case in yaml.safe_load(path.read_text("utf-8"))]


@pytest.fixture
def calm(windows):
    """A window in which no module may fail."""
    page, wrong = windows(viewport={"width": 1280, "height": 800}), []
    told = {"pageerror": lambda error: wrong.append(str(error)),
            "dialog": lambda one: wrong.append(one.message)}
    for event, listener in told.items():
        page.on(event, listener)
    yield page
    for event, listener in told.items():
        page.remove_listener(event, listener)
    assert wrong == []


def paste(page, text):
    """Put `text` into the field and have it checked; what is answered."""
    page.locator(FIELD).fill(text)
    page.locator(".kb-check-run").click()
    status = page.locator(STATUS)
    expect(status).not_to_have_text("")
    expect(status).not_to_contain_text("正在核对")
    expect(status).not_to_contain_text("照合中")
    return status.inner_text()


def first(page):
    return page.locator(f"{FOUND} .kb-check-place a").first


# --- quotations ---------------------------------------------------------------------------------------

@pytest.mark.parametrize("case", cases("quotations"))
def test_a_quotation_is_answered_with_a_verdict_and_its_place(calm, address, case):
    calm.goto(f"{address}{PREFIX[case['page']]}check/")
    said = paste(calm, case["pasted"])
    assert said.startswith(case["answer"]), said
    if "place" in case:
        expect(first(calm)).to_have_attribute("href", f"{address.rstrip('/')}{case['place']}")
        assert calm.locator(f"{FOUND} img, {FOUND} b").count() == 0
    else:
        assert calm.locator(f"{FOUND} .kb-check-match:not(section *)").count() == 0


def test_what_differs_is_told_character_by_character_and_in_words(calm, address):
    calm.goto(address + "check/")
    assert paste(calm, "第18號通告，提醒业界注意以检修名义转出测量器具的严重后果") == "与本库的文字有3处不同，89%的字词一致。"
    compared = calm.locator(".kb-check-compared").first
    assert compared.locator("del").all_inner_texts() == ["维"]
    assert compared.locator("ins").all_inner_texts() == ["检", "严重"]
    assert calm.locator(".kb-check-differences").first.locator("li").all_inner_texts() == [
        "本库作“号”，引文作“號”（写法不同）", "本库作“维”，引文作“检”", "引文多出“严重”"]
    assert calm.evaluate("getComputedStyle(document.querySelector('.kb-check-compared ins')).textDecorationLine") \
        == "underline"
    assert calm.evaluate("getComputedStyle(document.querySelector('.kb-check-compared del')).textDecorationLine") \
        == "line-through"


def test_a_machine_translation_leads_to_what_shares_its_words_in_both_languages(calm, address):
    calm.goto(address + "ja/check/")
    assert paste(calm, "許可局は第17号通達を出し、北辰の光学スケールを岚海の内外で販売する者は事前許可が要るとした。"
                       "規制リスト第3章、2024年4月1日。") == "当文庫には、これに近い文言がない。"
    found = calm.locator(f"{FOUND} .kb-check-match")
    expect(found.first.locator(".kb-small")).to_contain_text("共通の語：")
    languages = set(calm.locator(f"{FOUND} .kb-check-language").all_inner_texts())
    assert languages == {"日本語", "中国語"}


def test_an_earlier_wording_leads_to_the_page_that_says_what_became_of_it(calm, address):
    calm.goto(address + "check/")
    paste(calm, "其申报要求原定自2024年4月1日起扩大到维修件。照此办理，岛内厂家每年要多填约1200份表格")
    calm.get_by_role("link", name="查看此后的改动").click()
    expect(calm.locator(".kb-cited [role=status]")).to_contain_text("第2段于2026年6月15日拆分")


@pytest.mark.skipif(not styles.processor(), reason="no citation processor: run `make processor`")
@pytest.mark.parametrize(("pasted", "expected"), [
    ("首先，附件的编号就排错了，这么要紧的公文竟然前后不一", f"{HOME}{ARTICLE}#p3."),
    ("其申报要求原定自2024年4月1日起扩大到维修件。照此办理，岛内厂家每年要多填约1200份表格",
     # The edition in which it stood, not that of today.
     f"（2026-05-20）[2027-01-05]. {HOME}press-releases/three-notices/?cite=2026-05-20.a4bfb7bac779#p2."),
])
def test_its_reference_is_ready_to_copy_in_every_style_of_the_site(page, address, pasted, expected):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.clock.set_fixed_time("2027-01-05T12:00:00")
    page.goto(address + "check/")
    paste(page, pasted)
    page.get_by_role("button", name="复制参考文献（GB/T 7714—2025）").first.click()
    expect(page.locator(".kb-status")).to_have_text("参考文献（GB/T 7714—2025）已复制。")
    assert page.evaluate("navigator.clipboard.readText()").endswith(expected)
    page.get_by_role("button", name="其他格式").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".kb-cite-text")).to_contain_text(expected.rpartition(" ")[2].rstrip("."))
    dialog.get_by_text("Bluebook").click()
    expect(dialog.locator(".kb-cite-text")).to_contain_text("¶")


# --- manuscripts ----------------------------------------------------------------------------------------

MANUSCRIPT = """\
# 评三份通告

有文章说：“首先，附件的编号就排错了，这么要紧的公文竟然前后不一”，见《三份“通告”述评》。所谓“通告”不过如此。

> 发布第18号通告，提醒业界注意以检修名义
> 转出测量器具的后果。

又据「旧版のリストは2019年9月1日に施行され、その申告要件は2024年4月1日から修理部品にも拡大される予定だった。
そのとおりに実施していれば」云云；另有『本院经审理查明，原告与被告于上月签订合同』。
"""
LABELS = ["一字不差", "有改动", "早先的文字", "未见于本库"]
SUMMARY = "共4处引文：一字不差1处，有改动1处，早先的文字1处，未见于本库1处。"


def listed(page):
    return page.locator(".kb-check-list .kb-check-label").all_inner_texts()


def test_every_quotation_of_a_manuscript_is_in_a_list_with_its_verdict(calm, address):
    calm.goto(address + "check/")
    calm.locator(FIELD).fill(MANUSCRIPT)
    calm.locator(".kb-check-run").click()
    expect(calm.locator(STATUS)).to_have_text(SUMMARY)
    assert listed(calm) == LABELS
    expect(calm.locator(f"{FOUND} > .kb-small")).to_have_text("另有1处不足8字，未作核对。")
    second = calm.locator(".kb-check-list details").nth(1)
    second.locator("> summary").click()
    expect(second.locator(".kb-check-place a").first).to_have_attribute("href", f"{address}{ARTICLE}#p9")


def docx(text):
    """A Word document of the lines of `text`; what begins with `>` is set as a quotation."""
    paragraphs = "".join(
        '<w:p><w:pPr><w:pStyle w:val="Quote"/></w:pPr><w:r><w:t>' + line[2:] + "</w:t></w:r></w:p>"
        if line.startswith("> ") else f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", '<w:document xmlns:w="http://schemas.openxmlformats.org/'
                         f'wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>')
    return file.getvalue()


ONE_LINE = MANUSCRIPT.replace("名义\n> 转出", "名义转出").replace("予定だった。\n", "予定だった。")


@pytest.mark.parametrize(("name", "content"), [
    ("稿.md", MANUSCRIPT.encode()), ("稿.txt", ONE_LINE.encode("gb18030")),
    ("稿.txt", MANUSCRIPT.encode("utf-16")), ("稿.docx", docx(ONE_LINE))])
def test_a_manuscript_may_be_a_file(calm, address, name, content):
    calm.goto(address + "check/")
    calm.locator(".kb-check-file").set_input_files({"name": name, "mimeType": "", "buffer": content})
    expect(calm.locator(STATUS)).to_have_text(SUMMARY)
    assert listed(calm) == LABELS


def test_a_file_may_be_dropped(calm, address):
    calm.goto(address + "check/")
    given = calm.evaluate_handle("""(text) => {
      const given = new DataTransfer()
      given.items.add(new File([text], "稿.md"))
      return given
    }""", MANUSCRIPT)
    calm.locator(FIELD).dispatch_event("drop", {"dataTransfer": given})
    expect(calm.locator(STATUS)).to_have_text(SUMMARY)


@pytest.mark.parametrize("content", [b"\x00\x01\x02", b"PK\x03\x04 no archive"])
@pytest.mark.parametrize("name", ["a.docx", "a.txt"])
def test_a_file_that_is_no_text_is_refused_in_words(calm, address, name, content):
    if name == "a.txt" and b"\x00" not in content:
        return  # it is text
    calm.goto(address + "ja/check/")
    calm.locator(".kb-check-file").set_input_files({"name": name, "mimeType": "", "buffer": content})
    expect(calm.locator(STATUS)).to_have_text(
        "このファイルは読み取れなかった。テキスト形式で保存し直すか、文章を貼り付けていただきたい。")


@pytest.mark.parametrize(("text", "quoted"), [
    ("甲说“乙说‘丙’丁”戊", ["乙说‘丙’丁"]), ("「甲『乙』丙」丁『戊』", ["甲『乙』丙", "戊"]), ("《甲“丙”》“乙”", ["乙"]),
    ("it’s “BIS’s rule” 甲", ["BIS’s rule"]), ('甲"乙丙"丁', ["乙丙"]), ("“没有结尾\n\n“甲”", ["甲"]),
    ("> 甲\n> 乙\n\n> 丙", ["甲乙", "丙"]), ("> one\n> two", ["one two"]), ("＞甲", ["甲"]), ("“ ”", []),
])
def test_what_is_a_quotation_in_a_manuscript(calm, address, text, quoted):
    calm.goto(address + "check/")
    assert calm.evaluate("""async ([root, text]) =>
      (await import(root + "assets/kb/manuscript.js")).quotations(text)""", [address, text]) == quoted


# --- references -----------------------------------------------------------------------------------------

@pytest.mark.parametrize("case", cases("references"))
def test_a_reference_leads_to_its_paragraph_and_says_whether_it_reads_as_cited(calm, address, case):
    calm.goto(f"{address}{PREFIX[case['page']]}check/")
    said = paste(calm, case["pasted"].replace("{root}", HOME))
    assert said.startswith(case["says"]), said
    if "leads" in case:
        expect(first(calm)).to_have_attribute("href", f"{address.rstrip('/')}{case['leads']}")
    else:
        assert calm.locator(f"{FOUND} *").count() == 0


@pytest.mark.parametrize("where", [HOME, ""])
def test_an_address_of_where_the_reader_is_leads_there_too(calm, address, where):
    calm.goto(address + "check/")
    assert paste(calm, f"{where or address}{ARTICLE}#p3").startswith("这一段自2026年5月20日")
    expect(first(calm)).to_have_attribute("href", f"{address}{ARTICLE}#p3")
    first(calm).click()
    calm.wait_for_url(f"{address}{ARTICLE}#p3")


# --- ways in ----------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("prefix", "entry"), [("", "核对一段引文"), ("ja/", "引用文を照合する")])
def test_the_menu_of_a_paragraph_leads_there_with_what_was_selected(calm, address, prefix, entry):
    calm.goto(address + prefix + ARTICLE)
    calm.evaluate("getSelection().selectAllChildren(document.querySelector('#p6'))")
    calm.locator("#p6 > .kb-number").click()
    calm.get_by_role("menuitem", name=entry).click()
    calm.wait_for_url(lambda url: f"/{prefix}check/#q=" in url)
    expect(calm.locator(STATUS)).to_have_text({"": "与本库的文字一字不差。", "ja/": "当文庫の文言と一字一句違わない。"}[prefix])
    expect(first(calm)).to_have_attribute("href", f"{address}{prefix}{ARTICLE}#p6")


def test_without_a_selection_the_field_is_empty_and_has_the_focus(calm, address):
    calm.goto(address + ARTICLE)
    calm.locator("#p6 > .kb-number").click()
    calm.get_by_role("menuitem", name="核对一段引文").click()
    calm.wait_for_url(lambda url: "/check/" in url)
    expect(calm.locator(FIELD)).to_be_focused()
    expect(calm.locator(FIELD)).to_have_value("")
    expect(calm.locator(STATUS)).to_be_hidden()


@pytest.mark.parametrize(("prefix", "query"), [
    ("", "首先，附件的编号就排错了，这么要紧的公文竟然前后矛盾"), ("ja/", "これほど重要な公文書なのに前後が違い")])
def test_the_search_offers_it_where_a_query_is_long(calm, address, prefix, query):
    calm.goto(address + prefix)
    calm.keyboard.press("/")
    way = calm.locator(".kb-search-quotation")
    calm.locator(".kb-search-input").fill(query[:5])
    expect(calm.locator(".kb-search-count")).not_to_be_empty()
    expect(way).to_be_hidden()
    calm.locator(".kb-search-input").fill(query)
    expect(way).to_be_visible()
    way.locator("a").click()
    calm.wait_for_url(lambda url: f"/{prefix}check/#q=" in url)
    expect(calm.locator(FIELD)).to_have_value(query)
    expect(first(calm)).to_have_attribute("href", f"{address}{prefix}{ARTICLE}#p3")


def test_by_keyboard_alone(calm, address):
    calm.goto(address + "check/")
    for _ in range(30):
        calm.keyboard.press("Tab")
        if calm.evaluate("document.activeElement.id") == "kb-check-text":
            break
    calm.keyboard.insert_text("最要紧的当然还是这三份“通告”")
    calm.keyboard.press("Control+Enter")
    expect(calm.locator(STATUS)).to_have_text("与本库的文字一字不差。")
    expect(calm.locator(FIELD)).to_be_focused()
    for selector in (":checked", ".kb-check-run", ".kb-check-open", ".kb-check-place a"):
        calm.keyboard.press("Tab")
        assert calm.evaluate("(selector) => document.activeElement.matches(selector)", selector), selector
    calm.keyboard.press("Enter")
    calm.wait_for_url(f"{address}{ARTICLE}#p6")


@pytest.mark.parametrize("prefix", ["", "ja/"])
@pytest.mark.parametrize("pasted", ["最要緊的當然還是這三份「通告」", MANUSCRIPT, f"{HOME}{ARTICLE}#p3"])
def test_on_a_phone_nothing_is_wider_than_it_and_every_target_is_large_enough(phone, address, prefix, pasted):
    phone.goto(f"{address}{prefix}check/")
    paste(phone, pasted)
    expect(phone.locator(f"{FOUND} > *").first).to_be_visible()
    expect(phone.locator(f"{STATUS}")).to_be_in_viewport()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360
    assert phone.evaluate("""[...document.querySelectorAll(
      ".kb-check-form :is(button, label:has(input)), .kb-check-found :is(button, summary, .kb-check-actions a)")]
      .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < 24)
      .map((one) => one.textContent)""") == []


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_what_axe_says_of_it(page, address, prefix):
    page.goto(f"{address}{prefix}check/")
    assert violations(page, target_size=True) == []
    paste(page, "第18號通告，提醒业界注意以检修名义转出测量器具的严重后果")
    assert violations(page, target_size=True) == []
    paste(page, MANUSCRIPT)
    page.locator(".kb-check-list summary").nth(1).click()
    expect(page.locator(".kb-check-list .kb-check-place").first).to_be_visible()
    assert violations(page, target_size=True) == []


@pytest.mark.parametrize(("prefix", "said"), [
    ("", "需要启用脚本（JavaScript）"), ("ja/", "JavaScriptを有効にする必要がある")])
def test_without_scripts_the_page_says_what_it_needs(browser, address, prefix, said):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{prefix}check/")
    assert page.locator("h1").inner_text() == TITLES[prefix]
    expect(page.locator("main [role=note]")).to_contain_text(said)
    expect(page.locator("form")).to_be_hidden()
    context.close()


# --- what leaves the browser, and what does not -------------------------------------------------------------

def test_nothing_of_what_is_pasted_is_sent(page, address):
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url, request.post_data)))
    page.goto(address + "check/#q=" + "最要紧的当然还是这三份“通告”")
    expect(page.locator(STATUS)).to_have_text("与本库的文字一字不差。")
    assert {(method, body) for method, _, body in asked} == {("GET", None)}
    assert all(url.startswith(address) and "?" not in url for _, url, _ in asked)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_an_article_asks_for_nothing_of_it(page, address):
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(address + ARTICLE, wait_until="networkidle")
    assert not {"check.js", "check.css", "quotations.js", "alignment.js", "candidates.js"} & set(asked)


def test_a_latin_word_is_looked_up_from_its_first_letter_to_what_follows_its_last(calm, address):
    calm.goto(address + "check/")
    assert calm.evaluate("""async (root) => {
      const { grams } = await import(root + "assets/kb/candidates.js")
      const { fold, marked } = await import(root + "assets/kb/folding.js")
      return grams(marked(fold("按EAR办").points)).map(([at]) => at).sort()
    }""", address) == [0, 1, 2, 3]


def test_another_module_may_ask(calm, address):
    calm.goto(address + "check/")
    found = calm.evaluate("""async (root) => {
      const { check } = await import(root + "assets/kb/quotations.js")
      return check("首先，附件的編號就排錯了，這麼要緊的公文竟然前後不一", { limit: 1 })
    }""", address)
    assert found["verdict"] == "marks" and len(found["matches"]) == 1 and found["related"] == []
    [match] = found["matches"]
    assert (match["url"], match["paragraph"], match["language"], match["earlier"], match["agreement"]) == (
        f"{address}{ARTICLE}#p3", "p3", "zh-Hans", None, 1)
    assert "".join(one["text"] for one in match["pieces"]) == match["text"]


# --- the index ------------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def corpus():
    return projects.read(CORPUS)


def test_earlier_wordings_are_known_with_their_days(corpus):
    page = corpus.corpus.page("press-releases/three-notices.md", CHINESE)
    found = {(one.anchor, one.since, one.until, one.text[:6]) for one in earlier.of_page(corpus, page)}
    assert found == {("p2", "2026-05-20", "2026-06-15", "旧版清单于2"), ("p7", "2026-05-20", "2026-06-15", "发布第17号"),
                     ("p14", "2026-05-20", "2026-06-15", "许可局负责管"), ("p15", "2026-05-20", "2026-06-15", "进一步的消息")}
    article = corpus.corpus.page("articles/encoder-notices.md", JAPANESE)
    assert list(earlier.of_page(corpus, article)) == []


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.tag)
def test_they_stand_at_the_end_of_the_index(corpus, language):
    found = units.of(corpus, language)
    begins = json.loads(index.files(corpus)[f"search/{language.tag}/manifest.json"])["earlier"]
    assert [one.found.kind == units.EARLIER for one in found] == [one.ordinal >= begins for one in found]
    assert any(one.found.stood for one in found)


@pytest.mark.parametrize(("prefix", "query"), [("", "均须事前许可"), ("ja/", "続報は『嵐海公報』で公表する")])
def test_the_search_says_nothing_of_them(calm, address, prefix, query):
    calm.goto(address + prefix)
    hits = calm.evaluate("""async ([root, query]) =>
      (await import(root + "assets/kb/search.js")).search(query)""", [address, query])
    assert hits and {hit["kind"] for hit in hits} <= {"paragraph", "other"}
    assert not any("three-notices/#p7" in hit["url"] or hit["url"].endswith("#p15") for hit in hits)
