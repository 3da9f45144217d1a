"""What a reader does to search, in a real Chromium: desktop and phone, keyboard, touch, an input method,
without scripts and without a connection; and what axe-core says of it."""

import pytest
from axe import violations
from oracle import found, texts
from playwright.sync_api import expect
from scratch import CORPUS

from kb import project as projects
from kb.languages import JAPANESE

ARTICLE = "articles/encoder-notices/"
FIELD, COUNT, HIT = ".kb-search-input", ".kb-search-count", ".kb-hit"


def search(page, words):
    """Open the dialog, write `words`, and wait for what is found."""
    page.locator("[data-kb-search]").click()
    page.locator(FIELD).fill(words)
    expect(page.locator(COUNT)).not_to_be_empty()


def active(page):
    """The option that Enter would open, as a screen reader is told."""
    option = page.locator(FIELD).get_attribute("aria-activedescendant")
    return page.locator(f"#{option}") if option else None


def test_a_match_at_the_end_of_what_is_shown_is_shown_whole(page, address):
    page.goto(address + "ja/")
    search(page, "北辰")
    cut = page.locator(f"{HIT} mark", has_text="北").all_inner_texts()
    assert len(cut) > 9 and set(cut) == {"北辰"}
    assert page.locator(".kb-hit-text", has_text="北辰…").count() == 1


# --- ways in ----------------------------------------------------------------------------------------

@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_a_key_opens_the_search_with_the_focus_in_the_field(page, address, key, prefix):
    page.goto(address + prefix)
    page.keyboard.press(key)
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(FIELD)).to_have_value("")
    page.keyboard.press("Escape")
    expect(page.locator(".kb-search-dialog")).to_be_hidden()


def test_a_slash_in_the_field_is_a_slash(page, address):
    page.goto(address)
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("5/13")
    expect(page.locator(FIELD)).to_have_value("5/13")


def test_the_control_opens_it_and_gets_the_focus_back(page, address):
    page.goto(address)
    control = page.get_by_role("button", name="搜索")
    control.focus()
    page.keyboard.press("Enter")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Escape")
    expect(control).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(FIELD)).to_be_focused()


def test_before_it_is_opened_nothing_of_the_search_is_asked_for(page, address):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + ARTICLE, wait_until="networkidle")
    assert [url.rpartition("/")[2] for url in asked if "search" in url] == ["search-open.js"]
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_be_focused()
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/kb/search/" in url]


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_without_scripts_the_control_is_a_link_to_the_glossary(browser, address, prefix):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address + prefix + ARTICLE)
    page.locator("[data-kb-search]").click()
    page.wait_for_url(f"{address}{prefix}glossary/")
    context.close()


# --- what is shown ----------------------------------------------------------------------------------

def test_results_appear_as_one_types_grouped_by_document_with_the_words_marked(page, address):
    page.goto(address)
    search(page, "许可例")
    expect(page.locator(HIT).first).to_be_visible()
    groups = page.locator(".kb-search-group")
    assert groups.count() > 1
    names = [groups.nth(at).locator(".kb-search-page").inner_text() for at in range(groups.count())]
    assert len(names) == len(set(names))
    marks = page.locator(f"{HIT} mark").all_inner_texts()
    assert set(marks) == {"许可例"}
    page.locator(FIELD).press_sequentially("外")
    expect(page.locator(f"{HIT} mark").first).to_have_text("许可例外")


def test_a_hit_says_its_paragraph_and_heading_and_its_twin_is_one_click_away(page, address):
    page.goto(address)
    search(page, "影子商号")
    hit = page.locator(HIT).first
    expect(hit).to_contain_text("第22段")
    expect(hit).to_contain_text("可能的依据")
    twin = page.locator(".kb-hit-twin").first
    assert twin.get_attribute("aria-label") == "日文版对应处"
    twin.click()
    page.wait_for_url(f"{address}ja/{ARTICLE}#p22")


def test_what_a_term_is_called_in_the_other_language_comes_after_and_is_marked_as_such(page, address):
    page.goto(address)
    search(page, "境外再出口规则")
    expect(page.locator(COUNT)).to_contain_text("另有3处用词不同，所指是同一概念")
    crossing = page.locator(".kb-search-crossing").first
    expect(crossing).to_contain_text("“境外再出口规则”→“域外再輸出規則”")
    matches = page.locator(".kb-search-group").evaluate_all(
        "all => all.map((one) => one.dataset.key.split(' ')[0])")
    assert matches == sorted(matches, reverse=True) and "concept" in matches
    page.locator('[data-key^="concept"] .kb-hit').first.click()
    page.wait_for_url(f"{address}ja/{ARTICLE}?q=*#p*")
    expect(page.locator(".kb-found")).to_be_visible()


def test_the_number_of_results_is_announced(page, address):
    page.goto(address + "ja/")
    search(page, "測定器")
    status = page.get_by_role("dialog").get_by_role("status")
    count = sum(found("測定器", texts(projects.read(CORPUS), JAPANESE)).values())
    assert count > 5
    expect(status).to_have_text(f"{count}件")


def test_more_results_are_shown_on_demand_and_the_keyboard_goes_on_from_there(page, address):
    page.goto(address)
    search(page, "的")
    expect(page.locator(HIT)).to_have_count(10)
    page.locator(".kb-search-more").click()
    expect(page.locator(HIT)).to_have_count(30)
    expect(page.locator(FIELD)).to_be_focused()
    assert active(page).get_attribute("id") == "kb-hit-10"


def test_the_language_of_the_page_comes_first_and_the_other_is_a_switch_away(page, address):
    page.goto(address + "ja/")
    search(page, "エンコーダー")
    assert page.locator("input[value=ja]").is_checked()
    expect(page.locator(f"{HIT} [lang=ja] mark").first).to_have_text("エンコーダー")
    page.locator(FIELD).fill("另起炉灶")
    expect(page.locator(COUNT)).to_have_text("「另起炉灶」は見つからなかった。")
    page.get_by_label("中文").check()
    expect(page.locator(f"{HIT} [lang=zh-Hans] mark").first).to_have_text("另起炉灶")


@pytest.mark.parametrize("root", ["", "ja/"])
def test_where_nothing_is_near_the_glossary_is_offered(page, address, root):
    page.goto(address + root)
    search(page, "龘靐")
    expect(page.locator(".kb-search-near")).to_have_count(0)
    page.locator(".kb-search-browse a").click()
    expect(page).to_have_url(f"{address}{root}glossary/")


def test_where_nothing_is_found_it_is_said_and_the_nearest_terms_are_offered(page, address):
    page.goto(address)
    search(page, "境外再转口规则案")
    expect(page.locator(COUNT)).to_have_text("没有找到“境外再转口规则案”。")
    expect(page.locator(HIT)).to_have_count(0)
    near = page.locator(".kb-search-near a")
    expect(near.first).to_have_text("境外再出口规则")
    near.first.click()
    page.wait_for_url(f"{address}glossary/rxr/")


def test_what_stands_only_in_the_other_language_is_offered_there(page, address):
    page.goto(address)
    search(page, "乱発")
    page.get_by_role("button", name="日文文本中有").click()
    expect(page.locator("input[value=ja]")).to_be_checked()
    expect(page.locator(f"{HIT} mark").first).to_have_text("乱発")


def test_markup_in_a_query_is_shown_as_text_and_never_run(page, address):
    page.on("dialog", lambda _: pytest.fail("a script of the query ran"))
    query = '<img src=x onerror="alert(1)">'
    page.goto(f"{address}?search={query}")
    expect(page.locator(COUNT)).to_have_text(f"没有找到“{query}”。")
    assert page.locator(".kb-search-dialog img").count() == 0
    page.locator(FIELD).fill("<p>")
    expect(page.locator(COUNT)).to_contain_text("<p>")


def test_without_a_connection_it_says_so_and_works_again_when_there_is_one(page, address):
    page.goto(address)
    page.route("**/kb/search/**", lambda route: route.abort())
    page.keyboard.press("/")
    page.locator(FIELD).fill("测量器具")
    expect(page.locator(COUNT)).to_have_text("未能载入搜索所需的文件，请检查网络后再试。")
    page.unroute("**/kb/search/**")
    page.locator(FIELD).fill("北辰")
    expect(page.locator(f"{HIT} mark").first).to_have_text("北辰")


def test_ten_thousand_characters_pasted_are_answered(page, address):
    page.goto(address)
    search(page, "出口许可" * 2500)
    expect(page.locator(COUNT)).to_contain_text("没有找到“出口许可")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


# --- the keyboard -----------------------------------------------------------------------------------

def test_arrows_walk_through_the_results_and_enter_opens_the_one_chosen(page, address):
    page.goto(address)
    search(page, "北辰")
    expect(page.locator(HIT).first).to_be_visible()
    field = page.locator(FIELD)
    assert field.get_attribute("aria-expanded") == "true"
    assert active(page) is None
    for key, expected in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0), ("ArrowUp", 9),
                          ("ArrowDown", 0), ("End", 9), ("Home", 0), ("ArrowDown", 1)):
        page.keyboard.press(key)
        assert active(page).evaluate("(one, all) => [...document.querySelectorAll(all)].indexOf(one)", HIT) == expected
        expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
        expect(active(page)).to_be_in_viewport()
    expect(field).to_be_focused()
    chosen = active(page).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(chosen)


def test_shift_and_enter_open_the_twin(page, address):
    page.goto(address)
    search(page, "影子商号")
    expect(page.locator(HIT).first).to_be_visible()
    page.keyboard.press("Shift+Enter")
    page.wait_for_url(f"{address}ja/{ARTICLE}#p22")


def test_half_composed_words_are_not_searched_and_the_enter_that_ends_them_opens_nothing(page, address):
    page.goto(address + "ja/")
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_be_focused()
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.imeSetComposition", {"text": "えんこーだー", "selectionStart": 6, "selectionEnd": 6})
    page.wait_for_timeout(400)
    expect(page.locator(COUNT)).to_be_empty()
    page.locator(FIELD).dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "isComposing": True})
    devtools.send("Input.insertText", {"text": "エンコーダー"})
    expect(page.locator(f"{HIT} mark").first).to_have_text("エンコーダー")
    before = page.url
    page.locator(FIELD).dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    page.wait_for_timeout(200)
    assert page.url == before and page.locator(".kb-search-dialog").is_visible()


def test_a_search_has_an_address_that_can_be_shared(page, address, browser):
    page.goto(address + ARTICLE + "#p3")
    search(page, "测量器具")
    page.get_by_label("日本語").check()
    expect(page.locator(COUNT)).not_to_be_empty()
    shared = page.url
    assert shared.endswith("?search=%E6%B5%8B%E9%87%8F%E5%99%A8%E5%85%B7&in=ja#p3")
    context = browser.new_context()
    other = context.new_page()
    other.goto(shared)
    expect(other.locator(FIELD)).to_have_value("测量器具")
    expect(other.locator("input[value=ja]")).to_be_checked()
    expect(other.locator(COUNT)).not_to_be_empty()
    context.close()
    page.keyboard.press("Escape")
    expect(page).to_have_url(address + ARTICLE + "#p3")


# --- where it leads -----------------------------------------------------------------------------------

MARKED = """() => "highlights" in CSS && CSS.highlights.has("kb-found")
  ? [...CSS.highlights.get("kb-found")].map(String)
  : [...document.querySelectorAll("mark.kb-found-mark")].map((one) => one.textContent)"""


@pytest.mark.parametrize("can_highlight", [True, False], ids=["highlights", "marks"])
def test_what_was_searched_for_is_marked_where_one_arrives_and_can_be_cleared(page, address, can_highlight):
    if not can_highlight:
        page.add_init_script("delete CSS.highlights")
    page.goto(f"{address}{ARTICLE}#p20")
    text = page.locator("article").inner_text()
    ids = page.eval_on_selector_all("article [id]", "all => all.map((one) => one.id)")
    page.goto(f"{address}{ARTICLE}?q=境外再出口規則#p20")
    bar = page.locator(".kb-found")
    expect(bar).to_contain_text("处")
    marked = page.evaluate(MARKED)
    assert marked and set(marked) == {"境外再出口规则"}
    assert bool(page.locator("mark.kb-found-mark").count()) is not can_highlight
    expect(page.locator("#p20")).to_be_in_viewport()
    assert page.locator("article").inner_text() == text
    assert page.eval_on_selector_all("article [id]", "all => all.map((one) => one.id)") == ids
    bar.get_by_role("button", name="清除标记").click()
    expect(bar).to_have_count(0)
    assert page.evaluate(MARKED) == []
    assert page.url == f"{address}{ARTICLE}#p20"
    assert page.locator("article").inner_text() == text


def test_a_match_across_a_link_and_plain_text_is_one(page, address):
    page.goto(f"{address}{ARTICLE}?q=今天许可局发布了#p2")
    expect(page.locator(".kb-found")).to_contain_text("第1处，共1处")
    assert page.evaluate(MARKED) == ["今天许可局发布了"]


def test_one_steps_from_match_to_match_and_folded_notes_open(page, address):
    page.goto(f"{address}{ARTICLE}?q=北辰#p13")
    count = page.locator(".kb-found-count")
    expect(count).to_contain_text("共")
    for name in ("下一处", "下一处", "上一处"):
        before = count.inner_text()
        page.get_by_role("button", name=name).click()
        assert count.inner_text() != before
        place = page.evaluate("[...CSS.highlights.get('kb-found-here')][0].getBoundingClientRect().toJSON()")
        assert place["height"] > 0 and 0 < place["top"] < 800


def test_a_page_without_a_match_is_left_as_it_is(page, address):
    page.goto(f"{address}{ARTICLE}?q=龘龘")
    page.wait_for_load_state("networkidle")
    assert page.locator(".kb-found").count() == 0
    assert page.evaluate(MARKED) == []


def test_a_hit_on_the_page_one_is_on_marks_it_there(page, address):
    page.goto(address + ARTICLE)
    search(page, "影子商号")
    page.locator(HIT).first.click()
    page.wait_for_url(f"{address}{ARTICLE}?q=*#p22")
    expect(page.locator(".kb-search-dialog")).to_be_hidden()
    expect(page.locator(".kb-found")).to_be_visible()


# --- everywhere -----------------------------------------------------------------------------------------

def test_on_a_phone_the_search_fills_the_screen_and_works_by_touch(phone, address):
    phone.goto(address + "ja/" + ARTICLE)
    control = phone.locator("[data-kb-search]")
    box = control.bounding_box()
    assert box["width"] >= 24 and box["height"] >= 24
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    control.tap()
    phone.locator(FIELD).fill("域外再輸出規則")
    hit = phone.locator(HIT).first
    expect(hit).to_be_visible()
    assert phone.locator(".kb-search-dialog").bounding_box()["width"] == 360
    assert phone.locator(".kb-search-body").evaluate("one => one.scrollWidth <= one.clientWidth")
    for box in phone.locator(".kb-hit-twin, .kb-search-close, .kb-search-languages label").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().toJSON())"):
        assert box["width"] >= 24 and box["height"] >= 24
    hit.tap()
    phone.wait_for_url("**?q=*")
    bar = phone.locator(".kb-found")
    expect(bar).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(("prefix", "query", "nothing", "width"), [
    ("", "境外再出口规则", "境外再转口规则案", 1280), ("ja/", "許可例外", "域外再輸出規定案", 360)])
def test_axe_finds_nothing_in_the_search_and_where_it_leads(browser, address, prefix, query, nothing, width):
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    wrong = []

    def ask(where):
        wrong.extend((where, *one) for one in violations(page))

    page.goto(address + prefix + ARTICLE)
    page.locator("[data-kb-search]").click()
    expect(page.locator(FIELD)).to_be_focused()
    ask("empty field")
    page.locator(FIELD).fill(query)
    expect(page.locator(HIT).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    ask("results")
    page.locator(FIELD).fill(nothing)
    expect(page.locator(".kb-search-near")).to_be_visible()
    ask("nothing found")
    page.goto(f"{address}{prefix}{ARTICLE}?q={query[:2]}")
    expect(page.locator(".kb-found")).to_be_visible()
    ask("marked page")
    assert wrong == []
    context.close()


def test_nothing_of_it_offends_the_content_security_policy(page, address):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    search(page, "境外再出口规则")
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=*")
    expect(page.locator(".kb-found")).to_be_visible()
    assert said == []
