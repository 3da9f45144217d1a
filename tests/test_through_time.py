"""A paragraph through time: every wording in both languages with its day, any two compared, where a translation
caught up; and a document as it stood on a day, in a real Chromium, by keyboard and on a phone too."""

import json
import re

import pytest
from axe import violations
from dated import DAYS, DELETED, INSERTED, JA, ORIGINALS, TRANSLATIONS, ZH, edited, lived, recorded
from host import build, serve
from lxml import html
from playwright.sync_api import expect
from scratch import project, site_of, write

from kb import project as projects
from kb.anchors.courses import changed, courses, days
from kb.differences import changes
from kb.languages import CHINESE, JAPANESE, LANGUAGES

HOME = "https://someone.example/kb/"
SEARCHED = """async ([module, query, language]) =>
  (await import(module)).search(query, { language, limit: 50 })"""
CHIPS = "articles/chips/"
SPOKEN = ["2026年3月1日", "2026年3月10日", "2026年4月1日", "2026年5月1日"]


@pytest.fixture(scope="module")
def root(once):
    def make(place):
        built = build(lived(place / "project"), place / "project/site", SITE_URL=HOME)
        assert built.returncode == 0, built.stdout + built.stderr
    return once("lived", make) / "project"


@pytest.fixture(scope="module")
def place(root):
    server, url = serve(root / "site")
    yield url
    server.shutdown()


def shown(root, path):
    return html.document_fromstring((root / "site" / path / "index.html").read_bytes())


def words(element):
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def found(root):
    read = projects.read(root)
    fates = {one.tag: read.fates("articles/chips", one) for one in LANGUAGES}
    return fates, {one.id: one for one in courses(fates, "zh-Hans")}


# --- what the register tells ------------------------------------------------------------------------------


def test_a_course_has_every_wording_of_both_languages_with_its_day(found):
    steps = found[1]["p1"].steps
    assert [(step.date, {tag: one.words for tag, one in step.versions.items()}) for step in steps] == [
        (DAYS[0], {"zh-Hans": ORIGINALS[0], "ja": TRANSLATIONS[0]}),
        (DAYS[1], {"zh-Hans": ORIGINALS[1]}),
        (DAYS[2], {"ja": TRANSLATIONS[1]}),
        (DAYS[3], {"zh-Hans": ORIGINALS[2]})]


def test_a_course_says_where_the_translation_was_behind_and_where_it_caught_up(found):
    assert [(step.behind, step.is_caught_up) for step in found[1]["p1"].steps] == [
        ("", False), (DAYS[0], False), ("", True), (DAYS[1], False)]


def test_courses_stand_in_the_order_of_the_text_and_those_that_never_changed_are_quiet(found):
    assert list(found[1]) == ["p1", "legal-effect", "p2", "p3", "p4", "p4a", "p5"]
    assert [one.id for one in found[1].values() if not one.is_quiet] == ["p1", "p4"]
    assert found[1]["p4"].withdrawn == DAYS[3]


def test_what_a_day_brought_is_told_of_each_edition_by_itself(found):
    chinese, japanese = found[0]["zh-Hans"], found[0]["ja"]
    assert days(chinese) == DAYS and days(japanese) == (DAYS[0], DAYS[2], DAYS[3])
    assert [(one.id, one.before, one.after) for one in changed(chinese, DAYS[3])] == [
        ("p1", ORIGINALS[1], ORIGINALS[2]), ("p4", DELETED[0], None)]
    assert [(one.id, one.before, one.after) for one in changed(japanese, DAYS[2])] == [
        ("p1", *TRANSLATIONS), ("p4a", None, INSERTED[1])]


def test_a_translation_that_was_confirmed_without_a_change_has_caught_up(tmp_path):
    project(tmp_path)
    edited(tmp_path, ZH, (ORIGINALS[0], ORIGINALS[1]))
    recorded(tmp_path, "2026-11-25")
    read = projects.read(tmp_path)
    original = read.corpus.page("articles/chips.md", CHINESE).fingerprints["p1"]
    own = read.corpus.page("articles/chips.md", JAPANESE).fingerprints["p1"]
    register = tmp_path / "anchors/articles/chips.yml"
    register.write_text(register.read_text("utf-8")
                        + f"- {{id: p1, date: 2026-11-26, language: ja, text: {own}, of: {original}}}\n", "utf-8")
    read = projects.read(tmp_path)
    last = courses({one.tag: read.fates("articles/chips", one) for one in LANGUAGES}, "zh-Hans")[0].steps[-1]
    assert last.is_caught_up and not last.behind and last.versions["ja"].is_confirmed


# --- the page, without scripts ----------------------------------------------------------------------------


@pytest.mark.parametrize(("prefix", "said"), [
    ("", ("译文仍依据2026年3月1日的原文。", "译文至此跟上原文。", "译文仍依据2026年3月10日的原文。")),
    ("ja/", ("訳文は2026年3月1日の原文に基づくままである。", "訳文はここで原文に追いついた。",
             "訳文は2026年3月10日の原文に基づくままである。"))])
def test_the_page_shows_each_wording_beside_its_day_and_what_it_changed(root, prefix, said):
    course = shown(root, f"{prefix}{CHIPS}history").get_element_by_id("p1")
    steps = course.xpath(".//li[@class='kb-step']")
    assert [step.xpath("string(.//time)") for step in steps] == SPOKEN
    assert tuple(words(one) for one in course.xpath(".//*[@class='kb-behind' or @class='kb-caught-up']")) == said
    whole = [[one.text_content() for one in step.xpath(".//p[@class='kb-version-words']")] for step in steps]
    assert whole[0] == [ORIGINALS[0], TRANSLATIONS[0]]
    changed = steps[1].xpath(".//p[@class='kb-version-words']")[0]
    assert changed.get("lang") == "zh-Hans"
    assert [(one.tag, one.text) for one in changed] == [
        ("del", "很"), ("ins", "并"), ("ins", "，也不公开")]


def test_what_happened_to_a_paragraph_is_told_with_its_wordings(root):
    course = shown(root, f"{CHIPS}history").get_element_by_id("p4")
    assert "第4段于2026年5月1日删除。" in words(course)
    assert DELETED[0] in words(course)


def test_every_id_that_was_ever_published_leads_somewhere_on_the_page(root, found):
    for prefix in ("", "ja/"):
        page = shown(root, f"{prefix}{CHIPS}history")
        for anchor in found[1]:
            assert page.xpath(f"//*[@id='{anchor}']"), anchor
    quiet = shown(root, f"ja/{CHIPS}history").xpath("//p[@class='kb-quiet']")
    assert words(quiet[0]).startswith("2026年3月1日の公開以来、変更なし：")
    assert "第4a段落" in words(quiet[1])


def test_the_days_stand_with_what_happened_and_lead_to_the_text_of_that_day(root):
    page = shown(root, f"{CHIPS}history")
    rows = page.xpath("//ul[contains(@class, 'kb-days')]/li")
    assert [row.get("id") for row in rows] == [f"day.{day}" for day in reversed(DAYS)]
    assert [words(one) for one in rows[2].xpath(".//ul/li")] == ["中文修改第1段。"]
    assert [words(one) for one in rows[3].xpath(".//ul/li")] == ["收入本库。（共6处）"]
    assert rows[0].xpath(".//a/@href")[0] == f"../?at={DAYS[3]}"


def test_a_document_of_which_nothing_is_recorded_has_no_such_page(tmp_path):
    site_of(project(tmp_path))
    write(tmp_path, {"anchors/articles/chips.yml": None, "anchors/articles/chips.txt": None})
    assert not [path for path in projects.read(tmp_path).made if path.endswith("history.md")]


def test_the_page_of_today_says_nothing_of_other_days_to_search_engines(root):
    page = shown(root, CHIPS)
    assert page.xpath("//link[@rel='canonical']/@href") == [HOME + CHIPS]
    assert not page.xpath("//meta[@name='robots']")
    assert shown(root, f"{CHIPS}history").xpath("//link[@rel='canonical']/@href") == [f"{HOME}{CHIPS}history/"]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.tag)
def test_a_search_finds_the_page_by_its_title_and_no_wording_that_was_replaced(page, place, language):
    page.goto(place)
    title, *replaced = {"zh-Hans": ("历次文字", ORIGINALS[0], DELETED[0]),
                        "ja": ("文言の履歴", TRANSLATIONS[0], DELETED[1])}[language.tag]

    def hits(query):
        return page.evaluate(SEARCHED, [f"{place}assets/kb/search.js", query, language.tag])

    assert [hit["url"] for hit in hits(title)] == [f"{place}{language.prefix}{CHIPS}history/"]
    for wording in replaced:
        assert [hit["text"] for hit in hits(wording) if wording in hit["text"]] == [], wording


# --- a document as it stood on a day ------------------------------------------------------------------------


AT = {"": ("2026年3月10日的文字", "与今天有3处不同。", "回到今天的文字", "标出此后的改动"),
      "ja/": ("2026年3月10日時点の本文", "現在の本文とは3か所で異なる。", "現在の本文に戻る", "その後の変更を示す")}


@pytest.mark.parametrize("prefix", AT)
def test_the_text_of_a_day_is_shown_as_such_with_the_way_back(page, place, prefix):
    head, how, back, mark = AT[prefix]
    page.goto(f"{place}{prefix}{CHIPS}?at={DAYS[1]}")
    notice = page.get_by_role("status").filter(has_text=head)
    expect(notice).to_contain_text(how)
    expect(page.locator("#p1")).to_contain_text((TRANSLATIONS[0] if prefix else ORIGINALS[1]))
    expect(page.locator("#p4")).to_contain_text(DELETED[bool(prefix)])  # it stood there still
    expect(page.locator("#p4a")).to_be_hidden()  # it was not there yet
    assert head in page.title()
    assert page.locator(".kb-stale").count() == 0
    assert page.locator("link[rel=canonical]").get_attribute("href") == HOME + prefix + CHIPS
    bar = page.get_by_role("complementary", name=head)
    expect(bar).to_be_in_viewport()
    bar.get_by_role("button", name=mark).click()
    expect(page.locator("#p4a ins")).to_have_text(INSERTED[bool(prefix)])
    expect(page.locator("#p4 del")).to_have_text(DELETED[bool(prefix)])
    bar.get_by_role("link", name=back).click()
    page.wait_for_url(f"{place}{prefix}{CHIPS}")
    expect(page.locator("#p4a")).to_be_visible()


def test_what_was_withdrawn_stands_where_it_stood_and_its_id_leads_there(page, place):
    page.goto(f"{place}{CHIPS}?at={DAYS[0]}#p4")
    item = page.locator("li#p4")
    expect(item).to_be_in_viewport()
    assert page.locator("#p3 + #p4").count() == 1
    assert page.locator("#p4").count() == 1


@pytest.mark.parametrize(("day", "said"), [
    ("2026-02-28", "2026年2月28日的文字无从显示：这一版从2026年3月1日起才有记录。"),
    ("2026-02-30", "“2026-02-30”不是日历上的日期"), ("gestern", "“gestern”不是日历上的日期"),
    ("", "“”不是日历上的日期"), ("2999-01-01", "2999年1月1日还没有到。"), ("<b>x</b>", "“<b>x</b>”不是")])
def test_a_day_of_which_there_is_no_text_gets_a_plain_answer_and_today_s_text(page, place, day, said):
    page.goto(f"{place}{CHIPS}?at={day}")
    notice = page.get_by_role("status").filter(has_text=said)
    expect(notice).to_contain_text("以下是今天的文字。")
    expect(page.locator("#p1")).to_contain_text(ORIGINALS[2])
    assert page.locator(".kb-then-bar").count() == 0


def test_without_the_versions_the_page_says_that_it_is_today_s(page, place):
    page.route("**/versions.json", lambda route: route.abort())
    page.goto(f"{place}ja/{CHIPS}?at={DAYS[0]}")
    expect(page.get_by_role("status")).to_contain_text("過去の本文を示せない。以下は現在の本文である。")


def test_a_day_since_which_nothing_changed_says_so(page, place):
    page.goto(f"{place}{CHIPS}?at=2026-06-01")
    expect(page.get_by_role("status")).to_contain_text("与今天的文字相同。")
    assert page.get_by_role("button", name="标出此后的改动").count() == 0


def test_the_original_stands_beside_the_translation_as_they_did_on_a_day(page, place):
    page.goto(f"{place}ja/{CHIPS}parallel/?at={DAYS[1]}")
    expect(page.get_by_role("status")).to_contain_text("2026年3月10日時点の本文")
    expect(page.locator("#p1 > [lang=zh-Hans] > p")).to_have_text(ORIGINALS[1])
    expect(page.locator("#p1 > [lang=ja] > p")).to_have_text(TRANSLATIONS[0])
    expect(page.locator("#p4 > [lang=zh-Hans] > p")).to_have_text(DELETED[0])
    expect(page.locator("#p4 > [lang=ja] > p")).to_have_text(DELETED[1])
    expect(page.locator("#p4a > [lang=ja] > p")).to_be_hidden()


def test_what_is_cited_of_a_day_names_the_day_and_its_words(page, place):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{place}{CHIPS}?at={DAYS[1]}#p1")
    expect(page.locator(".kb-then-bar")).to_be_visible()

    def copied(name, said):
        page.locator("#p1 > .kb-number").click()
        page.get_by_role("menuitem", name=name).click()
        expect(page.locator(".kb-status")).to_contain_text(said)
        return page.evaluate("navigator.clipboard.readText()")

    assert copied("复制本段链接", "链接已复制") == f"{place}{CHIPS}?at={DAYS[1]}#p1"
    quoted = copied("复制本段文字及出处", "出处已复制")
    assert ORIGINALS[1] in quoted and f"{CHIPS}?at={DAYS[1]}#p1" in quoted
    page.goto(copied("复制可核对的链接", "校验码"))
    expect(page.locator("#p1 + .kb-cited")).to_contain_text("有改动（最近一次：2026年5月1日）")


def test_the_language_switch_keeps_the_day(page, place):
    page.goto(f"{place}{CHIPS}?at={DAYS[1]}")
    expect(page.locator(".kb-then-bar")).to_be_visible()
    page.locator(".kb-header .kb-switch").click()
    page.wait_for_url(f"{place}ja/{CHIPS}?at={DAYS[1]}")
    expect(page.locator("#p1")).to_contain_text(TRANSLATIONS[0])


def test_a_visit_of_today_asks_for_nothing_of_the_past(page, place):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{place}{CHIPS}#p1")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if re.search(r"versions\.json|/at\.js|history", url)]


def test_what_the_page_asks_for_names_all_ids_in_the_order_of_the_text(root):
    for prefix in ("", "ja/"):
        known = json.loads((root / "site" / prefix / CHIPS / "versions.json").read_bytes())
        assert list(known["anchors"]) == ["p1", "legal-effect", "p2", "p3", "p4", "p4a", "p5"]


# --- from the menu, by keyboard, on a phone ---------------------------------------------------------------


@pytest.mark.parametrize(("prefix", "name"), [("", "本段的历次文字"), ("ja/", "この段落の文言の履歴")])
def test_the_menu_of_a_paragraph_leads_to_its_wordings_by_keyboard_alone(page, place, prefix, name):
    page.goto(f"{place}{prefix}{CHIPS}")
    page.locator("#p1 > .kb-number").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    for _ in range(12):
        if page.evaluate("document.activeElement.textContent") == name:
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{place}{prefix}{CHIPS}history/#p1")
    expect(page.locator("#p1.kb-course")).to_be_in_viewport()


def test_any_two_wordings_are_compared_by_keyboard_and_the_address_says_which(page, place):
    page.goto(f"{place}{CHIPS}history/#p1")
    group = page.get_by_role("group", name="比较中文的两版")
    older, newer = group.get_by_label("旧版"), group.get_by_label("新版")
    expect(newer).to_have_value("2")
    newer.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(group).to_contain_text("两版文字相同。")
    page.keyboard.press("End")
    expect(group.locator("ins")).to_have_text(["并", "，也不公开。其次，它没有征求意见"])
    expect(group.locator("del")).to_have_text(["很"])
    address = page.url
    assert re.search(r"\?compare=[0-9a-f]{12}\.[0-9a-f]{12}#p1$", address)
    page.goto("about:blank")
    page.goto(address)
    expect(older).to_have_value("0")
    expect(group.locator("del")).to_have_text(["很"])
    assert page.get_by_role("group", name="比较日文的两版").count() == 0  # two: they are compared already


def test_the_wordings_of_a_day_are_marked_where_the_address_names_one(page, place):
    page.goto(f"{place}{CHIPS}history/?at={DAYS[2]}#p1")
    marked = page.locator("#p1 .kb-of-day .kb-version-words")
    expect(marked).to_have_count(2)
    assert marked.nth(0).locator("del").all_inner_texts() == ["很"]


def test_a_reader_chooses_a_day_by_keyboard(page, place):
    page.goto(f"{place}ja/{CHIPS}history/")
    page.get_by_label("指定した日の本文を見る").fill(DAYS[1])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{place}ja/{CHIPS}?at={DAYS[1]}")
    expect(page.locator("#p1")).to_contain_text(TRANSLATIONS[0])


def test_without_scripts_every_wording_is_there_and_the_text_of_a_day_is_not_promised(browser, place):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{place}{CHIPS}history/#p1")
    expect(page.locator("#p1 .kb-version-words").first).to_have_text(ORIGINALS[0])
    expect(page.get_by_label("查看某日的全文")).to_be_hidden()
    expect(page.locator("noscript > p")).to_be_visible()
    page.goto(f"{place}{CHIPS}?at={DAYS[1]}")
    expect(page.locator("#p1")).to_contain_text(ORIGINALS[-1])
    page.locator(".kb-to-history a").click()
    assert "没有脚本时所见是今天的文字" in page.locator("noscript > p").evaluate("one => one.innerText")
    page.context.close()


@pytest.mark.parametrize("path", [f"{CHIPS}history/#p1", f"ja/{CHIPS}history/#p1", f"{CHIPS}?at={DAYS[0]}",
                                  f"ja/{CHIPS}?at={DAYS[1]}", f"ja/{CHIPS}parallel/?at={DAYS[1]}"])
def test_nothing_of_the_past_is_wider_than_a_phone(windows, place, path):
    page = windows(viewport={"width": 360, "height": 740})
    page.goto(place + path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_what_was_removed_and_added_is_told_without_colour_and_to_those_who_hear_it(windows, place):
    page = windows(viewport={"width": 1280, "height": 800})
    page.goto(f"{place}ja/{CHIPS}history/#p1")
    ins, cut = page.locator("#p1 [lang=ja] ins").first, page.locator("#p1 [lang=ja] del").first
    style = "one => [getComputedStyle(one).textDecorationLine, getComputedStyle(one, '::before').content]"
    assert ins.evaluate(style) == ["underline", '"〔追加："']
    assert cut.evaluate(style) == ["line-through", '"〔削除："']


@pytest.mark.parametrize(("before", "after"), [
    ("", ""), ("甲", ""), ("", "甲"), ("甲乙丙", "甲乙丙"), ("甲乙丙丁", "甲丙丁"), ("甲甲甲", "甲甲"), ("（甲）", "(甲)"),
    ("首先，BIS很不严谨。", "首先，BIS并不严谨，也不公开。"), ("一" * 3000, "二" * 3000), ("头" + "一" * 3000 + "尾", "头" + "二" * 3000 + "尾")])
def test_differences_spell_both_wordings_however_long_and_full_width_is_not_half_width(before, after):
    found = changes(before, after, exact=True)
    assert "".join(one.before for one in found) == before and "".join(one.after for one in found) == after
    assert all(one.before == one.after for one in found if one.same)
    assert before == after or not all(one.same for one in found)


@pytest.mark.parametrize("path", [f"{CHIPS}history/#p1", f"ja/{CHIPS}?at={DAYS[1]}"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_on_what_tells_of_the_past(windows, place, width, path):
    page = windows(viewport={"width": width, "height": 800})
    page.goto(place + path)
    page.wait_for_load_state("networkidle")
    if "?at" in path:
        page.locator(".kb-then-mark").first.click()
    assert violations(page, target_size=True) == []
