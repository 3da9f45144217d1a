"""Addresses as people paste them, in a real Chromium: with the marks of the sentence they stood in, in
full-width or capital letters, half encoded or encoded twice. What they mean is reached, and nothing
else."""

import pytest
from host import build, serve
from playwright.sync_api import expect
from scratch import project, site_of, write

ARTICLE, GUIDE = "articles/chips/", "guide/"
PLAIN = """\
# 指南

## 适用范围

一段。

## 适用范围（二）

又一段。

## 例外 { #BIS }

再一段。

## が { #gaあ }

末段。
"""

# What stands in the address bar → the id of what is meant.
MEANT = {
    "#p3。": "p3", "#p3，": "p3", "#p3、": "p3", "#p3)": "p3", "#p3）": "p3", "#p3」": "p3", "#p3』": "p3",
    "#p3”、": "p3", "#p3.": "p3", "#p3,": "p3", "#p3;": "p3", "#p3…": "p3", "#p3》。": "p3", "#p3’": "p3",
    "#p3>": "p3", "#p3\"": "p3", "#p3**": "p3", "#p3`": "p3", "#p3/": "p3", "#p3\\": "p3",
    "#p3%20": "p3", "#%20p3": "p3", "#p3%E3%80%80": "p3", "#p3%0A": "p3", "#p3%E2%80%8B": "p3",
    "#p3%E3%80%82": "p3", "#p3%E3%80": "p3", "#p3%E3": "p3", "#p3%E": "p3", "#p3%": "p3", "#p3%A1%A3": "p3",
    "#p3%25E3%2580%2582": "p3", "#%2570%2533": "p3",
    "#P3": "p3", "#Ｐ3": "p3", "#ｐ３": "p3", "#ｐ３。": "p3", "##p3": "p3", "#＃p3": "p3", "#%23p3": "p3",
    "#%EF%BC%83p3": "p3", "#“p3”": "p3", "#（p3）": "p3",
    "#p3这一段": "p3", "#p3。参见下文": "p3", "#p3の段落": "p3", "#p3、p4": "p3", "#p3～p5": "p3", "#p3-p5": "p3", "#p3-5": "p3",
    "#p3.5": "p3",
    "#LEGAL-EFFECT": "legal-effect", "#legal-effect。": "legal-effect", "#Legal-Effect）": "legal-effect",
}
MEANT_ON_THE_GUIDE = {
    "#适用范围。": "适用范围", "#%E9%80%82%E7%94%A8%E8%8C%83%E5%9B%B4%E3%80%82": "适用范围",
    "#适用范围%E3%80": "适用范围", "#bis": "BIS", "#GAあ": "gaあ", "#gaあ。": "gaあ",
}
# Nothing is meant: the page stays at its top, and its address as it is.
MEANINGLESS = ["#%E4%B8", "#%", "#。", "##", "#p", "#p99", "#p99。", "#p31", "#p3a", "#3", "#legal", "#legal-effect-2",
               "#%FF%FE", "#p3x", "#" + "。" * 3000, "#" + "%E3%80%82" * 3000]
# Nothing is wrong: the browser does by itself what is meant.
PLAIN_ALREADY = ["#p3", "#%70%33", "#legal-effect", "?cite=2026-01-01.000000000000#p3"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    root = site_of(project(tmp_path_factory.mktemp("tiny")))
    write(root, {f"{docs}/{path}": text for docs in ("docs", "docs_ja") for path, text in {
        "guide.md": PLAIN, "C#入门.md": "# 入门\n\n一段。\n", "glossary/index.md": "# 术语\n",
        "articles/index.md": "# 文章\n"}.items()})
    done = build(root, root / "site", SITE_URL="https://someone.example/kb/")
    assert done.returncode == 0, done.stdout + done.stderr
    server, address = serve(root / "site")
    yield address
    server.shutdown()


@pytest.fixture
def calm(windows):
    """A window in which no module may fail."""
    page, wrong, asked = windows(viewport={"width": 1280, "height": 800}), [], []
    told = {"pageerror": lambda error: wrong.append(str(error)), "request": lambda one: asked.append(one.url)}
    for event, listener in told.items():
        page.on(event, listener)
    page.asked = asked
    yield page
    for event, listener in told.items():
        page.remove_listener(event, listener)
    assert wrong == []


def arrived(page):
    """What the address says, and the id of the element that is marked as its target."""
    return page.evaluate("[decodeURIComponent(location.hash), document.querySelector(':target')?.id ?? null]")


@pytest.mark.parametrize("written", MEANT)
def test_a_pasted_address_leads_to_the_paragraph_and_becomes_plain(calm, tiny, written):
    calm.goto(tiny + ARTICLE + written)
    assert arrived(calm) == [f"#{MEANT[written]}", MEANT[written]]
    assert calm.url == f"{tiny}{ARTICLE}#{MEANT[written]}"


@pytest.mark.parametrize("written", MEANT_ON_THE_GUIDE)
def test_and_to_a_heading_of_a_plain_page(calm, tiny, written):
    calm.goto(tiny + GUIDE + written)
    meant = MEANT_ON_THE_GUIDE[written]
    assert arrived(calm) == [f"#{meant}", meant]


@pytest.mark.parametrize("written", MEANINGLESS)
def test_what_means_nothing_here_leads_nowhere_and_stops_no_module(calm, tiny, written):
    calm.goto(tiny + ARTICLE + written)
    before = calm.evaluate("location.href")
    assert calm.evaluate("document.querySelector(':target')") is None
    calm.locator(".kb-header [data-kb-switch]").click()
    calm.wait_for_url(f"{tiny}ja/{ARTICLE}")
    calm.go_back()
    assert calm.evaluate("location.href") == before


@pytest.mark.parametrize("written", PLAIN_ALREADY)
def test_a_plain_address_is_left_alone(page, tiny, written):
    page.goto(tiny + ARTICLE + written)
    assert page.url == tiny + ARTICLE + written
    assert page.evaluate("history.length") == 2  # the empty page, and this one


def test_the_way_back_leads_to_where_one_came_from(calm, tiny):
    calm.goto(tiny)
    calm.goto(f"{tiny}{ARTICLE}#p3。")
    assert calm.url == f"{tiny}{ARTICLE}#p3"
    calm.go_back()
    assert calm.url == tiny


def test_an_address_pasted_on_the_page_itself_is_read_too(calm, tiny):
    calm.goto(tiny + ARTICLE)
    calm.evaluate("location.hash = '#Ｐ３。'")
    calm.wait_for_url(f"{tiny}{ARTICLE}#p3")
    assert arrived(calm) == ["#p3", "p3"]


def test_a_text_fragment_stays_the_browsers(calm, tiny):
    calm.goto(f"{tiny}{ARTICLE}#p3:~:text=解释性规则")
    assert calm.evaluate("document.querySelector(':target').id") == "p3"
    calm.goto(tiny)
    calm.goto(f"{tiny}{ARTICLE}#:~:text=解释性规则")
    assert calm.evaluate("location.hash") == ""


@pytest.mark.parametrize("sign", ["#p3。", "%23p3", "＃p3", "%EF%BC%83p3。"])
def test_a_link_that_can_be_checked_is_checked_however_it_was_pasted(calm, tiny, sign):
    calm.goto(f"{tiny}{ARTICLE}?cite=2026-01-01.000000000000{sign}")
    calm.wait_for_url(f"{tiny}{ARTICLE}?cite=2026-01-01.000000000000#p3")
    expect(calm.locator("#p3 > .kb-cited")).to_be_visible()


@pytest.mark.parametrize("written", ["?search=C%23p3", "?q=C%23p3"])
def test_what_is_searched_for_is_no_address(calm, tiny, written):
    calm.goto(tiny + ARTICLE + written)
    assert calm.evaluate("location.hash") == ""
    assert calm.evaluate("document.querySelector(':target')") is None


def test_a_name_with_a_number_sign_is_a_name(calm, tiny):
    calm.goto(f"{tiny}C%23入门/")
    assert calm.locator("h1").inner_text() == "入门"
    assert calm.evaluate("location.hash") == ""


READ = """async ([module, addresses]) => {
  const { placeOf } = await import(module)
  return addresses.map((one) => placeOf(one)?.id ?? null)
}"""


def test_any_text_can_be_asked_about_and_nothing_throws(calm, tiny):
    calm.goto(tiny + ARTICLE)
    asked = {"https://a.example/x#p3。": "p3", "＃p3": "p3", "/x/＃P3）": "p3", "#%E4%B8": None, "": None,
             "http://[": None, "%": None, "\ud800#p3": "p3", "#\ud800": None, "#p3\udc00": "p3"}
    found = calm.evaluate(READ, [f"{tiny}assets/kb/address.js", list(asked)])
    assert dict(zip(asked, found, strict=True)) == asked


# --- the page for addresses that do not exist ---------------------------------------------------------

# What was asked for → the address that is offered first.
OFFERED = {
    "articles/chips。": ARTICLE, "articles/chips/。": ARTICLE, "articles/chips/，": ARTICLE,
    "articles/chips/、": ARTICLE, "articles/chips/）": ARTICLE, "articles/chips/)": ARTICLE,
    "articles/chips/」": ARTICLE, "articles/chips/』。": ARTICLE, "articles/chips/”": ARTICLE,
    "articles/chips/…": ARTICLE, "articles/chips/%E3%80%82": ARTICLE,
    "articles/chips/%25E3%2580%2582": ARTICLE, "articles/chips/%E3%80": ARTICLE, "articles/chips/%20": ARTICLE,
    "articles/chips/。参见": ARTICLE, "articles/chips/这篇文章": ARTICLE, "articles/chips**": ARTICLE,
    "Articles/Chips/": ARTICLE, "ARTICLES/CHIPS": ARTICLE, "ａｒｔｉｃｌｅｓ/chips/": ARTICLE,
    "articles/chips/index.html。": ARTICLE, "articles/chips/Index.html": ARTICLE, "articles/chips/index.htm": ARTICLE,
    "articles/chips/index": ARTICLE, "articles/chips.html": ARTICLE, "articles/chips.md": ARTICLE,
    "articles/chips.md。": ARTICLE, "articles//chips/x": None, "articles%5Cchips": ARTICLE,
    "Articles//chips": ARTICLE, "//articles///Chips/": ARTICLE, "articles /chips/": ARTICLE,
    "articles/chips/%23p3": ARTICLE + "#p3", "articles/chips%23p3。": ARTICLE + "#p3",
    "articles/chips/＃p3": ARTICLE + "#p3", "articles/chips/＃Ｐ3）": ARTICLE + "#p3",
    "articles/chips。#p3": ARTICLE + "#p3", "Articles/chips/#P3。": ARTICLE + "#p3",
    "articles/chips/%23p99": ARTICLE,
    "ja/articles/chips。": "ja/" + ARTICLE, "JA/articles/chips/": "ja/" + ARTICLE,
    "C#入门/": "C%23%E5%85%A5%E9%97%A8/", "guide.md": GUIDE, "Guide": GUIDE,
    "nothing/here/": None, "articles/chips/nothing/": None, "articles/chop/": None, "%E4%B8": "", "。": "", "ja/。": "ja/",
}


def offered(page):
    """The addresses that are offered, once nothing more is asked for."""
    page.wait_for_load_state("networkidle")
    return page.eval_on_selector_all(".kb-notfound-meant:visible a", "all => all.map((one) => one.href)")


@pytest.mark.parametrize("asked", OFFERED)
def test_an_address_that_does_not_exist_offers_what_it_may_have_meant(calm, tiny, asked):
    answer = calm.goto(tiny + asked)
    assert answer.status == 404
    found = offered(calm)
    expected = OFFERED[asked]
    assert found[:1] == ([] if expected is None else [tiny + expected])
    assert all(url.startswith(tiny.removesuffix("kb/")) for url in calm.asked)
    if expected is not None:
        calm.locator(".kb-notfound-meant:visible a").first.click()
        calm.wait_for_url(tiny + expected)
        assert calm.locator(".kb-notfound").count() == 0


@pytest.mark.parametrize(("asked", "words", "title"), [
    ("articles/chips。", "要找的可能是：", "聊聊芯片 — 政策对照文库"),
    ("ja/articles/chips。", "お探しのページの候補：", "チップについて — 政策対訳文庫")])
def test_it_is_offered_by_name_in_the_language_of_the_address(calm, tiny, asked, words, title):
    calm.goto(tiny + asked)
    assert offered(calm)
    box = calm.locator(".kb-notfound-meant:visible")
    assert box.inner_text().split("\n")[0] == words
    assert box.locator("a").all_inner_texts() == [title]
    assert box.get_attribute("role") == "status"


def test_an_address_of_another_host_is_never_asked(calm, tiny):
    calm.goto(f"{tiny}//other.example/kb/。")
    offered(calm)
    assert all(url.startswith(tiny.removesuffix("kb/")) for url in calm.asked)


def test_without_scripts_the_page_leads_home_to_the_articles_and_to_the_glossary(browser, tiny):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{tiny}articles/chips。")
    assert page.locator(".kb-notfound-meant:visible").count() == 0
    links = page.eval_on_selector_all("article a",
                                      "all => all.map((one) => [one.textContent, one.getAttribute('href')])")
    assert [name for name, _ in links] == ["回到首页", "查看全部文章", "浏览术语表",
                                           "ホームに戻る", "論考の一覧を見る", "用語集を見る"]
    for _, address in links:
        assert page.goto(tiny.removesuffix("/kb/") + address).status == 200
    context.close()
