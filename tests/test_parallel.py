"""The parallel text: both editions paragraph by paragraph, complete without scripts."""

import re

import pytest
from host import build
from playwright.sync_api import expect
from scratch import CORPUS, JAPANESE, project, site_of, write

from kb.texts import read
from kb.languages import LANGUAGES

ARTICLE = "articles/encoder-notices/"
PARALLEL = ARTICLE + "parallel/"


def text_of(html):
    return re.sub(r"<[^>]+>|\s", "", html)


@pytest.mark.parametrize("prefix", ["", "ja/"])
@pytest.mark.parametrize("document", ["articles/encoder-notices",
                                      "press-releases/three-notices"])
def test_every_paragraph_stands_beside_its_twin_under_the_same_id(site, prefix, document):
    html = (site / prefix / document / "parallel/index.html").read_text("utf-8")
    rows = re.findall(r'id="([^"]+)" role="group".*?(?=<div class="kb-row |</article>)', html, re.DOTALL)
    corpus = read(CORPUS)
    editions = [corpus.page(f"{document}.md", language) for language in LANGUAGES]
    assert rows == list(editions[0].anchors)
    for edition in editions:
        cells = re.findall(
            rf'<div class="kb-cell" lang="{edition.language.tag}">(.*?)<a class="kb-back"', html, re.DOTALL)
        apart = r'<a class="kb-mark.*?</a>|<span class="kb-list-number">.*?</span>'
        shown = [text_of(re.sub(apart, "", cell)) for cell in cells]
        assert shown == [re.sub(r"\s", "", text) for text in edition.anchors.values()]


def test_a_paragraph_that_one_language_lacks_says_so(tmp_path):
    project(tmp_path)
    site_of(tmp_path)
    write(tmp_path, {"docs_ja/articles/chips.md": JAPANESE})
    chinese = (tmp_path / "docs/articles/chips.md").read_text("utf-8")
    write(tmp_path, {"docs/articles/chips.md": chinese + "\n结语。\n{ #p6 }\n"})
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    html = (tmp_path / "site/articles/chips/parallel/index.html").read_text("utf-8")
    assert "此语言版没有这一段。" in html.partition('id="p6"')[2]


def test_an_example_in_a_block_of_code_does_not_stand_for_the_paragraph(tmp_path):
    project(tmp_path)
    site_of(tmp_path)
    write(tmp_path, {"docs_ja/articles/chips.md": JAPANESE})
    chinese = (tmp_path / "docs/articles/chips.md").read_text("utf-8")
    write(tmp_path, {"docs/articles/chips.md": f"{chinese}\n```\n示例。\n{{ #p1 }}\n\n更多。\n```\n"})
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    html = (tmp_path / "site/articles/chips/parallel/index.html").read_text("utf-8")
    first = read(tmp_path).page("articles/chips.md", LANGUAGES[0]).anchors["p1"]
    assert "示例" not in html and text_of(first) in text_of(html.partition('id="p1"')[2])


def test_marks_and_term_links_lead_to_the_right_language(site):
    html = (site / PARALLEL / "index.html").read_text("utf-8")
    row = html.partition('id="p22"')[2].partition('id="three-aims"')[0]
    assert 'href="../../../articles/encoder-notices/#note-p22-1">〔脱文〕' in row
    assert 'href="../../../ja/articles/encoder-notices/#note-p22-1">〔欠落〕' in row
    assert 'href="../../../glossary/due-diligence/"' in row
    assert 'href="../../../ja/glossary/due-diligence/"' in row


def test_every_link_of_the_parallel_text_leads_somewhere(site):
    for prefix in ("", "ja/"):
        folder = site / prefix / PARALLEL
        html = (folder / "index.html").read_text("utf-8")
        for link in re.findall(r'href="([^"#:]+)(?:#[^"]*)?"', html):
            target = (folder / link).resolve()
            assert target.is_file() or (target / "index.html").is_file(), link


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_one_click_from_either_text_and_one_back_to_the_same_paragraph(page, address, prefix):
    page.goto(f"{address}{prefix}{ARTICLE}#p23")
    page.evaluate("document.querySelector('.kb-actions a[href*=parallel]').focus()")
    page.locator('.kb-actions a[href*="parallel"]').first.click()
    page.wait_for_url(f"{address}{prefix}{PARALLEL}*")
    page.goto(f"{address}{prefix}{PARALLEL}#p23")
    row = page.locator("#p23")
    row.hover()
    row.locator(".kb-back").first.click()
    page.wait_for_url(f"{address}{ARTICLE}#p23")


def test_two_columns_on_a_desktop_and_pairs_below_each_other_on_a_phone(page, phone, address):
    for window, is_beside in ((page, True), (phone, False)):
        window.goto(address + PARALLEL)
        left, right = (window.locator("#p23 .kb-cell").nth(n).bounding_box() for n in (0, 1))
        assert (right["x"] >= left["x"] + left["width"]) is is_beside
        assert (right["y"] >= left["y"] + left["height"]) is not is_beside


def test_it_is_complete_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}ja/{PARALLEL}")
    assert page.locator(".kb-cell").count() > 100
    page.locator("#p23 .kb-row-number").click()
    assert page.url.endswith("#p23")
    expect(page.locator("#p23")).to_be_in_viewport()
    context.close()
