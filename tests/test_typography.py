"""How text is set: the rules for Chinese and Japanese, as the browser has understood them."""

import re

import pytest
from scratch import ROOT

ARTICLE = "articles/encoder-notices/"
PRESS = "press-releases/three-notices/"
STYLES = (ROOT / "theme/assets/kb/kb.css").read_text("utf-8")


def style(page, selector, *names):
    return page.locator(selector).first.evaluate(
        "(one, names) => names.map((name) => getComputedStyle(one).getPropertyValue(name))", list(names))


@pytest.mark.parametrize("prefix", ["", "ja/"])
@pytest.mark.parametrize("width", [360, 768, 1280, 1920, 2560])
def test_a_line_holds_at_most_forty_characters_at_any_width(windows, address, prefix, width):
    page = windows(viewport={"width": width, "height": 900})
    for path in (ARTICLE, PRESS, ARTICLE + "parallel/", "commentary/old-harbour-rule/"):
        page.goto(address + prefix + path)
        longest = page.evaluate("""() => Math.max(...[...document.querySelectorAll(
            ".kb-document p, .kb-essay p, .kb-cell p")].filter((one) => one.offsetWidth)
          .map((one) => one.clientWidth / parseFloat(getComputedStyle(one).fontSize)))""")
        assert 0 < longest <= 40, path


@pytest.mark.parametrize("prefix", ["", "ja/"])
@pytest.mark.parametrize("width", [320, 345])  # a scroll bar may take 15 of 360
def test_on_a_phone_the_brand_and_all_tools_stand_in_one_row(windows, address, prefix, width):
    page = windows(viewport={"width": width, "height": 740})
    page.goto(address + prefix + ARTICLE)
    brand, tools = (page.locator(one).bounding_box() for one in (".kb-brand", ".kb-tools"))
    assert brand["x"] + brand["width"] <= tools["x"]
    assert abs(brand["y"] + brand["height"] / 2 - tools["y"] - tools["height"] / 2) <= 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_lines_are_set_as_the_requirements_ask(page, address, prefix):
    page.goto(address + prefix + ARTICLE)
    spacing, trim, breaking, height, size = style(
        page, "#p2", "text-autospace", "text-spacing-trim", "line-break", "line-height", "font-size")
    assert (spacing, trim, breaking) == ("normal", "normal", "strict")
    assert 1.7 <= float(height[:-2]) / float(size[:-2]) <= 1.9
    assert style(page, "h2", "text-wrap-style", "word-break") == ["balance", "auto-phrase"]


@pytest.mark.parametrize(("prefix", "shape", "position"), [
    ("", "filled dot", "under"), ("ja/", "filled sesame", "over")])
def test_emphasis_is_dots_below_in_chinese_and_above_in_japanese_and_never_slants(
        page, address, prefix, shape, position):
    page.goto(address + prefix + ARTICLE)
    page.locator("#p2").evaluate("one => { one.innerHTML = '<em>重</em>' }")
    found = style(page, "#p2 em", "text-emphasis-style", "text-emphasis-position", "font-style")
    assert found[0] in (shape, shape.removeprefix("filled "))
    assert found[1].split()[0] == position
    assert found[2] == "normal"


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_no_chinese_or_japanese_is_slanted_anywhere(page, address, prefix):
    for path in ("", ARTICLE, ARTICLE + "parallel/", ARTICLE + "collation/", "glossary/rxr/",
                 "commentary/old-harbour-rule/", "about/citing/"):
        page.goto(address + prefix + path)
        slanted = page.evaluate("""() => [...document.querySelectorAll("body *")].filter((one) =>
          getComputedStyle(one).fontStyle !== "normal" && [...one.childNodes].some((node) =>
            node.nodeType === 3 && /[\\u3041-\\u30ff\\u4e00-\\u9fff]/.test(node.data)))
          .map((one) => one.textContent)""")
        assert slanted == [], path


def test_a_page_in_one_language_sets_passages_of_the_other_in_that_ones_letters(page, address):
    page.goto(address + "ja/" + ARTICLE + "parallel/")
    chinese, japanese = (style(page, f'.kb-cell[lang="{tag}"] p', "font-family")[0]
                         for tag in ("zh-Hans", "ja"))
    assert "SC" in chinese and "SC" not in japanese and "Mincho" in japanese


def test_no_style_sheet_of_ours_asks_for_a_font_to_be_fetched():
    assert "@font-face" not in STYLES and "@import" not in STYLES
    assert not re.search(r"url\(", STYLES)


@pytest.mark.parametrize("path", ["", ARTICLE, ARTICLE + "parallel/", "timeline/"])
def test_nothing_moves_for_a_reader_who_asks_for_stillness(windows, address, path):
    page = windows(reduced_motion="reduce")
    page.goto(address + path)
    moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter((one) =>
      ["", "::before", "::after"].some((part) => { const style = getComputedStyle(one, part || null)
        return parseFloat(style.transitionDuration) > 0 || parseFloat(style.animationDuration) > 0
          || style.scrollBehavior === "smooth" })).length""")
    assert moving == 0


def test_in_forced_colours_the_paragraph_linked_to_and_the_links_can_be_told(browser, address):
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    for path, target in ((ARTICLE, "#p23"), (ARTICLE + "parallel/", "#p23")):
        page.goto(address + path + target)
        assert style(page, target, "outline-style")[0] == "solid"
        assert style(page, "article a.kb-term", "text-decoration-line")[0] == "underline"
    context.close()


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_print_has_numbers_notes_addresses_and_date_and_nothing_of_the_screen(
        page, address, prefix):
    page.emulate_media(media="print")
    page.goto(address + prefix + ARTICLE)
    assert page.locator("#p23 > .kb-number").is_visible()
    assert page.locator("article .kb-note").first.is_visible()
    for gone in (".kb-header", ".kb-toc", ".kb-crumbs", ".kb-footer", ".kb-edit", ".kb-actions"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    last = page.locator(".kb-print").inner_text()
    assert f"https://someone.example/kb/{prefix}{ARTICLE}" in last
    assert re.search(r"2026年5月20日|2024年3月18日", last)
    link = page.locator('article a[href^="https://"]:not(.kb-bare)').first
    after = link.evaluate("one => getComputedStyle(one, '::after').content")
    assert link.get_attribute("href") in after
    # and where the words of a link are its address, they say it once
    for bare in page.locator('article a[href^="https://licensing.lanhai.example"].kb-bare').all():
        assert bare.inner_text() == bare.get_attribute("href")
        assert bare.evaluate("one => getComputedStyle(one, '::after').content") == "none"


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_on_paper_a_commentary_on_two_paragraphs_stands_in_full_beside_the_first(page, address, prefix):
    page.goto(address + prefix + ARTICLE)
    again = page.locator(".kb-comment-again").first
    where = again.locator(".kb-comment-where")
    assert not where.is_visible()  # and who opens it on a screen reads all of it
    again.locator("summary").click()
    assert again.locator(".kb-comment-body").is_visible()
    page.emulate_media(media="print")
    title = again.locator(".kb-comment-title").inner_text()
    both = page.locator(".kb-comment", has=page.locator(".kb-comment-title", has_text=title))
    shown = [one.locator(".kb-comment-body").is_visible() for one in both.all()]
    assert len(shown) > 1 and shown == [True, *[False] * (len(shown) - 1)]
    assert where.is_visible()
    assert "第8段" in where.inner_text()
    # what can only be clicked is not printed either
    assert page.locator(".kb-head a[download]:visible, .kb-head .kb-whole:visible").count() == 0


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_on_paper_all_text_ends_at_one_edge(page, address, prefix):
    page.set_viewport_size({"width": 643, "height": 900})  # as wide as what a sheet has between its margins
    page.emulate_media(media="print")
    page.goto(address + prefix + ARTICLE)
    edges = page.evaluate("""() => ["#p2", "#p20", ".kb-note > p:not([class])", ".kb-comment-body > p"].map(
      (one) => Math.round(document.querySelector(`article ${one}`).getBoundingClientRect().right))""")
    head = page.evaluate("Math.round(document.querySelector('.kb-head').getBoundingClientRect().right)")
    assert all(abs(edge - head) <= 12 for edge in edges), (head, edges)
    assert style(page, "#p2", "text-align") == ["justify"]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", [
    "", ARTICLE, ARTICLE + "parallel/", ARTICLE + "collation/", "glossary/", "glossary/rxr/",
    "commentary/", "commentary/old-harbour-rule/", "timeline/", "about/handbook/", "nothing/"])
def test_the_tab_key_reaches_everything_in_order_and_what_has_focus_is_seen(
        windows, address, path, width):
    page = windows(viewport={"width": width, "height": 740})
    page.goto(address + "ja/" + path)
    wanted = page.evaluate("""() => { window.wanted = [...document.querySelectorAll(
        "a[href], button, summary, input, [tabindex='0']")].filter((one) => one.checkVisibility(
          {visibilityProperty: true, contentVisibilityAuto: true}) && !one.disabled)
      return wanted.length }""")
    seen = []
    for _ in range(min(wanted, 90)):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("""() => { const one = document.activeElement
          const box = one.getClientRects()[0] ?? one.getBoundingClientRect()
          const header = document.querySelector(".kb-header")?.getBoundingClientRect() ?? {bottom: 0}
          const inside = !!one.closest(".kb-header") || one.matches(".kb-skip")
          return {place: wanted.indexOf(one), name: one.outerHTML.slice(0, 90),
            ring: getComputedStyle(one).outlineStyle !== "none" && parseFloat(getComputedStyle(one).outlineWidth) >= 2,
            hidden: !inside && (box.top < header.bottom - 1 || box.bottom > innerHeight + 1) } }"""))
    inside = [one for one in seen if one["place"] >= 0]
    assert [one["place"] for one in inside] == list(range(len(inside)))
    assert len(inside) >= min(wanted, 90) * 0.6  # between them the links of open cards
    assert [one["name"] for one in seen if not one["ring"]] == []
    assert [one["name"] for one in seen if one["hidden"]] == []
