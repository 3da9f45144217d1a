"""Definitions in place, commentary beside paragraphs, and what axe-core says of every template, in a
real Chromium."""

import pytest
from axe import violations
from playwright.sync_api import expect
from test_browser import TEMPLATES

ARTICLE = "articles/encoder-notices/"
TERM = '#p20 a.kb-term[data-concept="rxr"]'


@pytest.fixture
def article(page, address):
    page.goto(address + ARTICLE)
    page.locator("#p20").scroll_into_view_if_needed()
    return page


def test_hovering_a_term_shows_its_definition_and_the_pointer_may_enter_it(article):
    article.locator(TERM).hover()
    card = article.locator(".kb-card")
    expect(card).to_be_visible()
    for words in ("境外再出口规则", "RXR", "Offshore re-export rule", "域外再輸出規則"):
        expect(card).to_contain_text(words)
    assert card.locator('[lang="ja"]').inner_text() == "域外再輸出規則"
    article.wait_for_timeout(600)
    card.locator(".kb-card-definition").hover()          # hoverable
    article.wait_for_timeout(600)
    expect(card).to_be_visible()                         # persistent
    article.mouse.move(5, 400)
    expect(card).to_have_count(0)


def test_escape_puts_it_away_without_moving_the_pointer(article):
    article.locator(TERM).hover()
    expect(article.locator(".kb-card")).to_be_visible()
    article.keyboard.press("Escape")
    expect(article.locator(".kb-card")).to_have_count(0)


def test_from_the_keyboard_a_term_shows_its_card_and_tab_enters_it(article):
    article.locator("#p20 > .kb-number").focus()
    while article.evaluate("document.activeElement.dataset.concept") != "rxr":
        article.keyboard.press("Tab")
    card = article.locator(".kb-card")
    expect(card).to_be_visible()
    assert article.locator(TERM).get_attribute("aria-describedby") == "kb-card"
    article.keyboard.press("Tab")
    expect(card.locator(".kb-card-close")).to_be_focused()
    article.keyboard.press("Tab")
    expect(card.locator(".kb-card-more")).to_be_focused()
    article.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(article.locator(TERM)).to_be_focused()


def test_the_link_of_a_card_and_of_a_term_leads_to_the_concept(article, address):
    article.locator(TERM).hover()
    article.locator(".kb-card-more").click()
    article.wait_for_url(f"{address}glossary/rxr/")
    article.go_back()
    article.locator(TERM).click()
    article.wait_for_url(f"{address}glossary/rxr/")


def test_the_first_tap_shows_the_card_within_the_screen_and_the_second_follows_the_link(phone, address):
    phone.goto(f"{address}ja/{ARTICLE}#p20")
    phone.locator(TERM).tap()
    card = phone.locator(".kb-card")
    expect(card).to_be_visible()
    assert phone.url.endswith("#p20")
    box = card.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    phone.locator("#p21").tap(position={"x": 200, "y": 90})
    expect(card).to_have_count(0)
    phone.locator(TERM).tap()
    expect(card).to_be_visible()
    phone.locator(TERM).tap()
    phone.wait_for_url(f"{address}ja/glossary/rxr/")


def test_without_a_connection_a_tap_follows_the_link(phone, address):
    phone.route("**/card.json", lambda route: route.abort())
    phone.goto(f"{address}{ARTICLE}#p20")
    phone.locator(TERM).tap()
    phone.wait_for_url(f"{address}glossary/rxr/")


def test_a_card_asks_for_one_small_file_and_a_second_time_for_none(article):
    asked = []
    article.on("request", lambda request: asked.append(request.url))
    article.locator(TERM).hover()
    expect(article.locator(".kb-card")).to_be_visible()
    article.keyboard.press("Escape")
    article.mouse.move(5, 400)
    article.locator(TERM).hover()
    expect(article.locator(".kb-card")).to_be_visible()
    assert [url.rpartition("/kb/")[2] for url in asked] == ["glossary/rxr/card.json"]


def test_without_scripts_a_term_is_a_link(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + ARTICLE)
    page.locator(TERM).click()
    page.wait_for_url(f"{address}glossary/rxr/")
    context.close()


def test_commentary_is_folded_to_a_line_and_opens_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address + ARTICLE)
    details = page.locator("#p37 ~ .kb-beside details").first
    body = details.locator(".kb-comment-body")
    expect(body).to_be_hidden()
    details.locator("summary").click()
    expect(body).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "is_beside"), [(1640, True), (1280, False), (360, False)])
def test_commentary_stands_beside_its_paragraph_where_there_is_room_else_under_it(windows, address,
                                                                                 width, is_beside):
    page = windows(viewport={"width": width, "height": 800})
    page.goto(address + ARTICLE)
    text = page.locator("#p37").bounding_box()
    note = page.locator("#p37 ~ .kb-beside").bounding_box()
    assert (note["x"] > text["x"] + text["width"]) is is_beside
    assert (note["y"] >= text["y"] + text["height"]) is not is_beside
    assert page.evaluate("document.documentElement.scrollWidth") <= width


# Each template in each width, one of them in each language.
@pytest.mark.parametrize("path", [*TEMPLATES, "nothing/"])
@pytest.mark.parametrize(("width", "prefix"), [(1280, ""), (360, "ja/")])
def test_axe_finds_nothing_on_any_template(windows, address, width, prefix, path):
    page = windows(viewport={"width": width, "height": 800})
    page.goto(address + prefix + path)
    # The size of targets (WCAG 2.2, 2.5.8) is the one rule of level AA that axe leaves off.
    assert violations(page, target_size=True) == []
