"""What a hit is called, and where it leads, in a real Chromium: a number only where a paragraph has one of
its own; whatever else a page shows leads to the nearest id that the page has."""

import json

import pytest
from host import build, serve
from playwright.sync_api import expect
from scratch import project, site_of

ARTICLE = "articles/chips/"
OTHER, PARAGRAPH = 4, 3


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A site whose index says of p3 that it is no paragraph, of p4 that it stands under a heading without
    an id of its own, and of p5 that its id is no paragraph's."""
    root = site_of(project(tmp_path_factory.mktemp("tiny")))
    done = build(root, root / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    changed = {"p3": [OTHER, "legal-effect", 0], "p4": [PARAGRAPH, "legal-effect", 0],
               "p5": [PARAGRAPH, "50%-x", 1]}
    for path in (root / "site/search").glob("*/texts/*.json"):
        texts = json.loads(path.read_text("utf-8"))
        for unit in texts["units"].values():
            if unit[2] in changed:
                unit[0], unit[2], unit[3] = changed[unit[2]]
        path.write_text(json.dumps(texts), "utf-8")
    server, address = serve(root / "site")
    yield address
    server.shutdown()


@pytest.mark.parametrize(("query", "number", "leads"), [
    ("很不严谨", "第1段", "p1"),
    ("解释性规则", None, "legal-effect"),
    ("政策声明", None, "legal-effect"),
    ("本届政府", None, "50%25-x"),
    ("法律效力", "小标题", "legal-effect"),
    ("聊聊芯片", "标题", ""),
])
def test_a_hit_has_a_number_only_where_it_is_a_paragraph_with_one(page, tiny, query, number, leads):
    page.goto(tiny)
    page.locator("[data-kb-search]").click()
    page.locator(".kb-search-input").fill(query)
    hit = page.locator(".kb-hit").first
    expect(hit).to_be_visible()
    assert hit.locator(".kb-hit-number").all_inner_texts() == ([number] if number else [])
    assert hit.get_attribute("href").partition("#")[2] == leads
    assert "undefined" not in page.locator(".kb-search-dialog").inner_text()


def test_a_program_is_told_the_kind_and_no_false_id(page, tiny):
    page.goto(tiny)
    found = page.evaluate("""async (module) => {
      const { search } = await import(module)
      const hits = await Promise.all(["很不严谨", "解释性规则", "政策声明", "本届政府"].map((one) => search(one)))
      return hits.map(([one]) => [one.kind, one.paragraph])
    }""", f"{tiny}assets/kb/search.js")
    assert found == [["paragraph", "p1"], ["other", None], ["paragraph", None], ["paragraph", None]]
