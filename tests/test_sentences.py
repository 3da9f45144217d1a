"""Sentence by sentence: which sentence renders which, and what a reader sees of it: on the parallel page and in
place, with the pointer, the finger and the keyboard."""

import json
from pathlib import Path

import pytest
import yaml
from axe import violations
from playwright.sync_api import expect
from scratch import CHINESE, JAPANESE, write

from kb import cli
from kb import project as projects
from kb.exports import sentences as export
from kb.languages import CHINESE as ZH
from kb.languages import JAPANESE as JA
from kb.aligning.pairs import pairs
from kb.aligning.sentences import sentences

DATA = Path(__file__).parent / "cases/sentences"
CASES = yaml.safe_load((DATA / "pairs.yml").read_text("utf-8"))
CUTS = yaml.safe_load((DATA / "cuts.yml").read_text("utf-8"))
ARTICLE = "articles/encoder-notices/"
MARKED = "[...(CSS.highlights.get('kb-sentence') ?? [])].map(String)"
# A paragraph of several sentences, each of which is linked.
LONG = "p18"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["what"])
def test_each_sentence_is_beside_the_one_that_renders_it(case):
    ours, theirs = (case[side].split("|") for side in ("zh", "ja"))
    left, right = ("".join(one.removeprefix("~") for one in side) for side in (ours, theirs))
    found = pairs(left, right, ZH, JA)
    assert [("" if one.is_linked or len(found) == 1 else "~") + one.left for one in found] == ours
    assert [("" if one.is_linked or len(found) == 1 else "~") + one.right for one in found] == theirs
    if all(one.is_linked for one in found):
        mirrored = pairs(right, left, JA, ZH)
        assert [(one.right, one.left) for one in mirrored] == [(one.left, one.right) for one in found]


@pytest.mark.parametrize("text", CUTS)
def test_a_sentence_ends_at_its_own_stop_and_not_at_one_that_it_quotes(text):
    assert "|".join(sentences(text.replace("|", ""))) == text


@pytest.mark.parametrize("text", ["", "。", "……", "没有句号的一段", "甲。\n乙！？”丙", "第736.2(b)(10)条。见EAR. 又见", "「一。二。」三。"])
def test_cutting_a_text_loses_nothing_of_it(text):
    assert "".join(sentences(text)) == text


def test_the_file_holds_both_editions_cut_alike(site):
    data = json.loads((site / ARTICLE / "sentences.json").read_text("utf-8"))
    assert not (site / "ja" / ARTICLE / "sentences.json").exists()
    assert data["languages"] == ["zh-Hans", "ja"]
    whole = projects.read(Path(__file__).parent / "corpus")
    for place, page in enumerate(whole.corpus.both("articles/encoder-notices.md")):
        texts = {anchor: "".join(cuts[place]) for anchor, cuts in data["paragraphs"].items()}
        assert texts == {anchor: page.anchors[anchor] for anchor in texts} and len(texts) > 40
    assert all(len({len(side) for side in cuts}) == 1 for cuts in data["paragraphs"].values())


def test_nothing_is_linked_in_a_translation_that_is_older_than_its_original(tmp_path):
    longer = "首先，BIS很不严谨。其次，它也不认错。"
    write(tmp_path, {"docs/articles/chips.md": CHINESE.replace("首先，BIS很不严谨。", longer),
                     "docs_ja/articles/chips.md": JAPANESE.replace(
                         "まず、BISはまったくずさんである。", "まず、BISはまったくずさんである。次に、誤りも認めない。")})
    assert cli.main(["anchors"], root=tmp_path) == 0
    told = json.loads(export.of_page(projects.read(tmp_path), "articles/chips.md", ZH)["articles/chips/sentences.json"])
    assert told["paragraphs"]["p1"][2] == [1, 1] and told["stale"] == []
    text = (tmp_path / "docs/articles/chips.md").read_text("utf-8")
    write(tmp_path, {"docs/articles/chips.md": text.replace("也不认错", "从来不认错")})
    cli.main(["anchors"], root=tmp_path)
    told = json.loads(export.of_page(projects.read(tmp_path), "articles/chips.md", ZH)["articles/chips/sentences.json"])
    assert told["stale"] == ["p1"] and told["paragraphs"]["p1"][2] == [0]


def test_a_document_in_one_language_has_no_such_file(tmp_path):
    write(tmp_path, {"docs/articles/chips.md": CHINESE})
    assert export.of_page(projects.read(tmp_path), "articles/chips.md", ZH) == {}


# --- in a browser ---------------------------------------------------------------------------------


def cuts(site):
    """The sentences of the paragraph, each beside its counterpart."""
    data = json.loads((site / ARTICLE / "sentences.json").read_text("utf-8"))
    ours, theirs, linked = data["paragraphs"][LONG]
    assert all(linked) and len(linked) > 1
    return list(zip(ours, theirs, strict=True))


def marks(page, count):
    """What is marked, as soon as so many places are."""
    for _ in range(100):
        if len(found := page.evaluate(MARKED)) == count:
            return squeezed(found)
        page.wait_for_timeout(50)
    raise AssertionError(found)


def squeezed(found):
    return ["".join(one.split()) for one in found]


def first_line(page, selector):
    """A place in the first line of a text."""
    box = page.locator(selector).first.bounding_box()
    return box["x"] + 40, box["y"] + 14


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_the_pointer_marks_a_sentence_and_its_counterpart(windows, site, address, prefix):
    page = windows(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}{prefix}{ARTICLE}parallel/#{LONG}")
    for language in ("zh-Hans", "ja"):
        page.mouse.move(5, 5)
        x, y = first_line(page, f"#{LONG} .kb-cell[lang={language}] p")
        page.mouse.move(x, y)
        page.mouse.move(x + 2, y)
        assert marks(page, 2) == squeezed(cuts(site)[0])
    page.keyboard.press("Escape")
    assert marks(page, 0) == []


def test_the_arrow_keys_go_from_sentence_to_sentence_and_say_the_counterpart(windows, site, address):
    page = windows(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}{ARTICLE}parallel/#{LONG}")
    known = cuts(site)
    page.locator(f"#{LONG} .kb-row-number").focus()
    for at in (0, 1):
        page.keyboard.press("ArrowRight")
        expect(page.locator("p.kb-hidden[role=status]")).to_have_text(known[at][1])
        assert marks(page, 2) == squeezed(known[at])
    page.keyboard.press("ArrowLeft")
    expect(page.locator("p.kb-hidden[role=status]")).to_have_text(known[0][1])


@pytest.mark.parametrize(("prefix", "entry", "other"), [("", "在此处对照日文", "ja"), ("ja/", "ここに中国語を並べる", "zh-Hans")])
def test_the_other_edition_of_a_paragraph_can_be_put_below_it_with_the_keyboard(
        windows, site, address, prefix, entry, other):
    page = windows(viewport={"width": 360, "height": 740})
    page.goto(f"{address}{prefix}{ARTICLE}#{LONG}")
    number = page.locator(f"#{LONG} > a.kb-number")
    number.focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name=entry).focus()
    page.keyboard.press("Enter")
    box = page.locator(".kb-counterpart")
    text = box.locator("p[lang]")
    expect(text).to_be_focused()
    assert text.get_attribute("lang") == other
    page.keyboard.press("ArrowRight")
    assert marks(page, 2) == squeezed(cuts(site)[0])
    expect(box.locator("a")).to_have_attribute("href", f"{address}{'' if prefix else 'ja/'}{ARTICLE}#{LONG}")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page, target_size=True) == []
    text.focus()
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(number).to_be_focused()


def test_the_other_edition_says_what_it_is_and_goes_away_by_the_same_entry(windows, address):
    page = windows(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}{ARTICLE}#{LONG}")
    for count in (1, 0):
        page.locator(f"#{LONG} > a.kb-number").click()
        page.get_by_role("menuitem", name="在此处对照日文").click()
        expect(page.locator(".kb-counterpart")).to_have_count(count)
        if count:
            expect(page.locator(".kb-counterpart")).to_contain_text("译自中文。机器翻译")


def test_only_a_paragraph_of_several_sentences_is_said_to_have_some_to_step_through(windows, site, address):
    data = json.loads((site / ARTICLE / "sentences.json").read_text("utf-8"))
    single = next(anchor for anchor, cuts in data["paragraphs"].items() if len(cuts[2]) == 1 and anchor[1:].isdigit())
    page = windows(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}{ARTICLE}")
    for anchor, said in ((single, None), (LONG, "ArrowLeft ArrowRight")):
        page.locator(f"#{anchor} > a.kb-number").click()
        page.get_by_role("menuitem", name="在此处对照日文").click()
        text = page.locator(f".kb-counterpart[data-of={anchor}] p[lang]")
        expect(text).to_be_focused()
        assert text.get_attribute("aria-keyshortcuts") == said
        assert bool(text.get_attribute("aria-description")) == bool(said)


def test_a_tap_marks_a_sentence_and_a_tap_elsewhere_takes_the_mark_away(browser, address):
    with browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True) as context:
        page = context.new_page()
        page.goto(f"{address}ja/{ARTICLE}parallel/#{LONG}")
        page.touchscreen.tap(*first_line(page, f"#{LONG} .kb-cell[lang=ja] p"))
        assert len(marks(page, 2)) == 2
        page.locator("#p14 .kb-cell[lang=ja] .kb-back").evaluate("one => one.closest('.kb-row').click()")
        assert marks(page, 0) == []


def test_an_article_fetches_nothing_of_it_before_it_is_asked_for(windows, address):
    page = windows(viewport={"width": 1280, "height": 900})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}{ARTICLE}")
    page.wait_for_load_state("networkidle")
    assert asked and not [one for one in asked if "sentences" in one]


def test_without_the_file_the_page_stays_as_it_is(browser, address):
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.route("**/sentences.json", lambda route: route.abort())
        page.goto(f"{address}{ARTICLE}parallel/#{LONG}")
        with page.expect_event("requestfailed"):
            page.mouse.move(*first_line(page, f"#{LONG} .kb-cell[lang=ja] p"))
        page.wait_for_timeout(200)
        assert page.evaluate(MARKED) == []
