"""What was searched for is marked where it stands, in a real Chromium: in tables, code, folded notes,
footnotes and captions, over and under ruby, as a picture's description and as the number of an item."""

import pytest
from axe import violations
from host import build, serve
from playwright.sync_api import expect
from scratch import project, site_of, write

PAGE = """\
# 各种文字

## 表格与程序 { #tables }

| 名称 | 期限 |
|------|------|
| 白名单 | 三十日 |
| 灰名单 | 六十日 |

```
kb check 正文
kb anchors
```

<details><summary>附件甲</summary><p>折叠的条文。</p><details><summary>附件乙</summary><p>更深的条文。</p></details></details>

术语
:   定义的文字。

该条例自公布之日起施行[^1]。施行后另行通知。

[^1]: 参见商务部公告。

<figure><img src="map.svg" alt="出口管制示意图" width="60" height="40"><figcaption>图一说明</figcaption></figure>

## 注音与编号 { #ruby }

<p id="p7"><ruby>輸出<rp>（</rp><rt>ゆしゅつ</rt><rp>）</rp></ruby><ruby>管<rt>かん</rt>理<rt>り</rt></ruby>の対象</p>

<ol><li value="3">丙项如下</li><li value="4"><p>丁项如下</p></li></ol>

<p>很长的<wbr>词语分在<br>
两行里，word<br>
word。<b>粗</b>体与<em>着重</em>相连。<span>看不见的字</span></p>

FILLER

## 末节 { #last }

FILLER

末节的正文，只此一处。
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40"/></svg>'

# What was searched for → the texts that are marked.
TEXTS = {
    "灰名单": ["灰名单"], "期限": ["期限"], "六十日": ["六十日"],
    "check": ["check"], "anchors": ["anchors"],
    "附件甲": ["附件甲"], "折叠的条文": ["折叠的条文"], "更深的条文": ["更深的条文"],
    "定义的文字": ["定义的文字"], "术语": ["术语"], "商务部公告": ["商务部公告"],
    "施行。施行后": ["施行", "。施行后"], "图一说明": ["图一说明"],
    "輸出管理": ["輸出", "管", "理"], "輸出管理の対象": ["輸出", "管", "理", "の対象"],
    "ゆしゅつ": ["ゆしゅつ"], "ゆしゅつかんり": ["ゆしゅつ", "かん", "り"], "かんり": ["かん", "り"],
    "很长的词语分在两行里": ["很长的词语分在两行里"], "粗体与着重相连": ["粗体与着重相连"],
    "word": ["word", "word"],
}
# Nobody sees these as one: cells, items, a caption and what is beside it, what is hidden.
APART = ["名称期限", "白名单三十日", "期限白名单", "附件甲折叠", "术语定义", "如下丁项", "wordword", "看不见的字",
         "ゆしゅつ管理", "施行1"]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    root = site_of(project(tmp_path_factory.mktemp("tiny")))
    text = PAGE.replace("FILLER", "\n\n".join(["别的内容，与所找的无关。"] * 40))
    write(root, {f"{docs}/{name}": content for docs in ("docs", "docs_ja")
                 for name, content in {"all.md": text, "map.svg": PICTURE}.items()})
    done = build(root, root / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    for html in (root / "site").glob("**/all/index.html"):  # a text may hide no words, a template may
        words = html.read_text("utf-8")
        assert "<span>看不见" in words
        html.write_text(words.replace("<span>看不见", "<span hidden>看不见"), "utf-8")
    server, address = serve(root / "site")
    yield f"{address}all/"
    server.shutdown()


@pytest.fixture(scope="module", params=[True, False], ids=["highlights", "marks"])
def desktop(browser, request):
    """A desktop window of a browser that has highlights, and of one that has not."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    if not request.param:
        page.add_init_script("delete CSS.highlights")
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    yield page
    context.close()


@pytest.fixture
def window(desktop):
    desktop.goto("about:blank")
    desktop.wrong.clear()
    yield desktop
    assert desktop.wrong == []


def marked(page, name="kb-found"):
    return page.evaluate("""(name) => "highlights" in CSS
      ? [...CSS.highlights.get(name) ?? []].map(String)
      : [...document.querySelectorAll(name === "kb-found" ? "mark.kb-found-mark" : `mark.${name}`)]
        .map((one) => one.textContent)""", name)


def arrive(page, address, query, place=""):
    page.goto(f"{address}?q={query}{place}")
    expect(page.locator(".kb-found")).to_be_visible()


@pytest.mark.parametrize("query", TEXTS)
def test_everything_that_the_page_shows_can_be_marked(window, tiny, query):
    window.goto(tiny)
    before = window.locator("article").inner_html()
    arrive(window, tiny, query)
    expected = TEXTS[query]
    found = marked(window)
    assert "".join(found).replace("\n", "") == "".join(expected).replace("\n", "")
    if window.evaluate("'highlights' in CSS"):
        assert found == expected
    window.get_by_role("button", name="清除标记").click()
    assert marked(window) == []
    assert window.locator("article").inner_html().replace(' open=""', "") == before


@pytest.mark.parametrize("query", APART)
def test_what_nobody_reads_as_one_is_not_found_as_one(windows, tiny, query):
    page = windows(viewport={"width": 1280, "height": 800})
    page.goto(f"{tiny}?q={query}")
    page.wait_for_load_state("networkidle")
    assert page.locator(".kb-found").count() == 0


def test_what_is_folded_is_opened_when_it_is_chosen(window, tiny):
    arrive(window, tiny, "条文")
    outer, inner = window.locator("article details").first, window.locator("article details").nth(1)
    expect(outer).to_have_attribute("open", "")
    assert inner.get_attribute("open") is None
    window.get_by_role("button", name="下一处").click()
    expect(inner).to_have_attribute("open", "")
    expect(window.get_by_text("更深的条文")).to_be_in_viewport()


def test_a_summary_is_seen_without_what_it_sums_up(window, tiny):
    arrive(window, tiny, "附件乙")
    assert window.locator("article details").evaluate_all("all => all.map((one) => one.open)") == [True, False]


def test_a_picture_is_outlined_where_its_description_says_it(window, tiny):
    arrive(window, tiny, "管制示意", "#tables")
    picture = window.locator("article img")
    expect(picture).to_have_class("kb-found-picture kb-found-here")
    assert picture.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    expect(picture).to_be_in_viewport()
    expect(window.locator(".kb-found-count")).to_have_text("第1处，共1处")
    window.get_by_role("button", name="清除标记").click()
    assert picture.get_attribute("class") is None


@pytest.mark.parametrize(("query", "numbers", "texts"), [
    ("3. 丙项", ["丙项如下"], ["丙项"]), ("3.", ["丙项如下"], []), ("4. 丁项", ["丁项如下"], ["丁项"]),
    ("丙项如下", [], ["丙项如下"])])
def test_the_number_of_an_item_is_found_and_marked(window, tiny, query, numbers, texts):
    arrive(window, tiny, query, "#ruby")
    assert [text.strip() for text in window.locator("li.kb-found-item").all_inner_texts()] == numbers
    assert marked(window) == texts
    assert window.locator("li.kb-found-here").count() == len(numbers)
    if numbers:
        colours = window.locator("li.kb-found-item").evaluate(
            "one => [getComputedStyle(one, '::marker').color, getComputedStyle(one).color]")
        assert colours[0] != colours[1]


def test_a_heading_leads_to_the_words_that_stand_far_below_it(window, tiny):
    arrive(window, tiny, "只此一处", "#last")
    assert marked(window, "kb-found-here") == ["只此一处"]
    expect(window.get_by_text("末节的正文")).to_be_in_viewport()


def test_a_paragraph_without_the_words_stays_in_view(window, tiny):
    arrive(window, tiny, "只此一处", "#p7")
    expect(window.locator("#p7")).to_be_in_viewport()
    assert window.evaluate("location.hash") == "#p7"


def test_the_chosen_paragraph_is_marked_under_its_ruby(window, tiny):
    arrive(window, tiny, "輸出管理", "#p7。")
    assert window.evaluate("location.hash") == "#p7"
    assert "".join(marked(window, "kb-found-here")) == "輸出管理"


def test_axe_finds_nothing_where_numbers_and_pictures_are_marked(windows, tiny):
    page = windows(viewport={"width": 360, "height": 740})
    arrive(page, tiny, "3. 示意图 名单")
    assert violations(page, list=False) == []
