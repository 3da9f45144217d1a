"""What a reader does, in a real Chromium: desktop and phone, mouse, touch and keyboard."""

import pytest
from playwright.sync_api import expect

ARTICLE = "articles/encoder-notices/"
TEMPLATES = ["", ARTICLE, ARTICLE + "collation/", ARTICLE + "parallel/", "press-releases/three-notices/",
             "articles/", "glossary/", "glossary/rxr/", "commentary/", "commentary/annex-number/",
             "commentary/old-harbour-rule/", "commentary/repair-parts/", "timeline/", "about/", "about/citing/",
             "about/handbook/"]
BOTH = [prefix + path for prefix in ("", "ja/") for path in TEMPLATES]

# The id of the element whose text is first seen below the header.
FIRST_IN_VIEW = """() => {
  const top = document.querySelector(".kb-header").getBoundingClientRect().bottom
  return [...document.querySelectorAll("article [id]:is(p, li)")]
    .find((one) => one.getBoundingClientRect().bottom > top + 8).id
}"""


def below_header(page, selector):
    """How many pixels of `selector` the header hides; at most 0 when none."""
    return page.evaluate(
        """(selector) => document.querySelector(".kb-header").getBoundingClientRect().bottom
             - document.querySelector(selector).getBoundingClientRect().top""", selector)


@pytest.mark.parametrize(("here", "there", "language"), [("", "ja/", "ja"), ("ja/", "", "zh-Hans")])
def test_the_language_switch_keeps_the_paragraph_of_the_address(page, address, here, there, language):
    page.goto(f"{address}{here}{ARTICLE}#p23")
    page.locator(".kb-header [data-kb-switch]").click()
    page.wait_for_url(f"{address}{there}{ARTICLE}#p23")
    assert page.locator("html").get_attribute("lang") == language
    expect(page.locator("#p23")).to_be_in_viewport()
    assert below_header(page, "#p23") <= 0


@pytest.mark.parametrize(("here", "there"), [("", "ja/"), ("ja/", "")])
def test_without_an_address_it_keeps_the_paragraph_in_view(page, address, here, there):
    page.goto(address + here + ARTICLE)
    page.locator("#p31").scroll_into_view_if_needed()
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(200)
    seen = page.evaluate(FIRST_IN_VIEW)
    page.locator(".kb-header [data-kb-switch]").click()
    page.wait_for_url(f"{address}{there}{ARTICLE}#*")
    assert page.url.rpartition("#")[2] == seen
    expect(page.locator(f"#{seen}")).to_be_in_viewport()


def test_from_the_top_of_a_page_it_leads_to_the_top(page, address):
    page.goto(address + ARTICLE)
    page.locator(".kb-header [data-kb-switch]").click()
    page.wait_for_url(f"{address}ja/{ARTICLE}")


def test_the_switch_works_from_the_keyboard(page, address):
    page.goto(f"{address}ja/{ARTICLE}#p38")
    page.locator(".kb-header [data-kb-switch]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}{ARTICLE}#p38")


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_a_paragraphs_number_is_a_link_to_itself_that_highlights_it(page, address, prefix):
    page.goto(address + prefix + ARTICLE)
    number = page.locator("#p23 > .kb-number")
    assert number.inner_text() == "23"
    plain = page.locator("#p23").evaluate("one => getComputedStyle(one).backgroundColor")
    number.click()
    assert page.url == f"{address}{prefix}{ARTICLE}#p23"
    lit = page.locator("#p23").evaluate("one => getComputedStyle(one).backgroundColor")
    assert lit != plain
    assert below_header(page, "#p23") <= 0


def test_every_number_can_be_hit_with_a_thumb_and_is_seen_on_a_phone(phone, address):
    phone.goto(address + ARTICLE)
    boxes = phone.eval_on_selector_all(
        ".kb-number", "all => all.map((one) => { const box = one.getBoundingClientRect();"
        " return [box.width, box.height, box.left, getComputedStyle(one).visibility] })")
    assert len(boxes) > 42
    assert all(width >= 24 and height >= 24 and left >= 0 and seen == "visible"
               for width, height, left, seen in boxes)


def test_numbers_do_not_lie_on_each_other_or_on_the_text(page, phone, address):
    for window in (page, phone):
        window.goto(address + ARTICLE)
        overlaps = window.evaluate("""() => {
          const boxes = [...document.querySelectorAll(".kb-number")].map((one) => {
            const range = document.createRange()
            range.selectNodeContents(one.parentElement)
            range.setStartAfter(one)
            return [one.getBoundingClientRect(), range.getClientRects()[0]] })
          return boxes.filter(([box, text], index) => box.right > text.left + 1
            || (index && box.top < boxes[index - 1][0].bottom - 1)).length }""")
        assert overlaps == 0


@pytest.mark.parametrize("path", BOTH)
def test_no_page_scrolls_sideways_on_a_phone(windows, address, path):
    phone = windows(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    phone.goto(address + path)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", BOTH)
def test_no_page_asks_another_host_breaks_its_policy_or_fails(page, address, path):
    asked, wrong = [], []
    page.add_init_script("""addEventListener("securitypolicyviolation", (event) =>
      console.error("policy: " + event.violatedDirective + " " + event.blockedURI))""")
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: wrong.append(response.url) if response.status > 399 else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    if page.locator("a.kb-term").count():
        page.locator("a.kb-term").first.hover()
        expect(page.locator(".kb-card")).to_be_visible()
    origin = address.removesuffix("kb/")
    assert [url for url in asked if not url.startswith(origin)] == []
    assert wrong == []


@pytest.mark.parametrize(("path", "language", "title"), [
    ("nothing/here/", "zh-Hans", "找不到"), ("ja/nothing/here/", "ja", "ページ")])
def test_an_address_that_does_not_exist_is_answered_in_its_language(page, address, path, language,
                                                                    title):
    response = page.goto(address + path)
    assert response.status == 404
    assert page.locator("html").get_attribute("lang") == language
    heading = page.locator("h1:visible")
    assert heading.count() == 1 and title in heading.inner_text()
    home = page.locator("article:visible a").first
    home.click()
    page.wait_for_url(address + ("ja/" if language == "ja" else ""))


def test_without_scripts_the_page_for_lost_addresses_speaks_both_languages(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "nothing/")
    assert page.locator("article:visible").count() == 2
    context.close()


def test_without_scripts_the_text_its_numbers_its_notes_and_the_switch_work(browser, address):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address + ARTICLE)
    page.locator("#p22 > .kb-number").click()
    assert page.url.endswith("#p22")
    page.locator("#p22 .kb-mark").click()
    assert page.url.endswith("#note-p22-1")
    expect(page.locator("#note-p22-1")).to_be_in_viewport()
    page.locator(".kb-header [data-kb-switch]").click()
    page.wait_for_url(f"{address}ja/{ARTICLE}")
    context.close()


@pytest.mark.parametrize("path", BOTH)
def test_without_scripts_every_page_says_the_same(windows, address, path):
    with_scripts, without = (windows(viewport={"width": 1280, "height": 800}, java_script_enabled=is_enabled)
                             for is_enabled in (True, False))
    said = []
    for window in (with_scripts, without):
        window.goto(address + path)
        # Citing is a button with scripts, and links to the citation files without.
        said.append(window.evaluate("""() => {
          const cite = document.querySelector(".kb-cite")
          if (cite) cite.style.display = "none"
          return document.querySelector("main").innerText }"""))
    assert said[1] == said[0] and len(said[0]) > 60
    # Nothing stands there that only a script could make work.
    assert without.locator("button:visible").count() == 0
    for link in without.locator("header a:visible").all():
        assert link.get_attribute("href")


def test_the_contents_list_follows_the_reader(page, address):
    page.goto(f"{address}ja/{ARTICLE}#p23")
    current = page.locator(".kb-toc-open a[aria-current]")
    expect(current).to_have_count(1)
    assert current.get_attribute("href") == "#three-aims"
    page.locator("#p39").scroll_into_view_if_needed()
    page.mouse.wheel(0, 200)
    expect(page.locator('.kb-toc-open a[href="#local-firms"]')).to_have_attribute(
        "aria-current", "true")
    expect(current).to_have_count(1)


def test_the_first_key_press_offers_to_skip_to_the_text(page, address):
    page.goto(address + ARTICLE)
    page.keyboard.press("Tab")
    expect(page.locator(".kb-skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('#content'))")


def test_the_readers_choice_of_dark_stays(page, address):
    page.goto(address)
    button = page.locator("[data-kb-theme]")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    button.click()
    button.click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    assert "深色" in button.get_attribute("aria-label")
    page.goto(address + "ja/" + ARTICLE)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert page.evaluate("Object.keys(localStorage)") == ["kb-theme"]
    assert page.context.cookies() == []


def test_home_leads_to_the_article_the_press_release_and_the_glossary(page, address):
    for prefix in ("", "ja/"):
        page.goto(address + prefix)
        for path in (ARTICLE, "press-releases/three-notices/", "glossary/"):
            expect(page.locator(f'main a[href$="{path}"]').first).to_be_visible()


def test_each_language_is_set_in_its_own_letters(page, address):
    fonts = []
    for prefix in ("", "ja/"):
        page.goto(address + prefix + ARTICLE)
        fonts.append(page.locator("#p2").evaluate("one => getComputedStyle(one).fontFamily"))
    assert "SC" in fonts[0] and "Mincho" in fonts[1]
