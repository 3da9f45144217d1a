"""A reader's own notes, in a real Chromium: made by menu, selection and keys, kept, listed, taken along."""

import json
import re
from pathlib import Path

import pytest
from axe import violations
from playwright.sync_api import expect
from scratch import CORPUS
from window import overheard

from kb import project as projects
from kb.languages import LANGUAGES

ARTICLE = "articles/encoder-notices/"
HOME = "https://someone.example/kb/"
PREFIXES = ("", "ja/")
WRITE = {"": "写笔记", "ja/": "メモを付ける"}
HIGHLIGHT = {"": "划线", "ja/": "ハイライト"}
SAVE = {"": "保存", "ja/": "保存"}
EDIT = {"": "修改", "ja/": "編集"}
DELETE = {"": "删除", "ja/": "削除"}
EXPORT = {"": "导出", "ja/": "書き出す"}
PROJECT = projects.read(CORPUS)
# Selects the words from `from` to `to` (code units) of a paragraph's first text node that is long enough.
SELECT = """([id, words]) => {
  const walker = document.createTreeWalker(document.getElementById(id), NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words)
    if (at < 0) continue
    getSelection().setBaseAndExtent(node, at, node, at + words.length)
    return
  }
  throw new Error(words)
}"""


def edition(prefix):
    language = next(one for one in LANGUAGES if one.prefix == prefix)
    return PROJECT.corpus.page("articles/encoder-notices.md", language)


def kept(page):
    """The notes that the browser keeps."""
    found = page.evaluate("localStorage.getItem('kb-notes /kb/')")
    return json.loads(found)["notes"] if found else []


def words_of(prefix, anchor="p3"):
    """A few words of a paragraph that no link divides."""
    return re.search(r"[\w]{4,8}", edition(prefix).anchors[anchor])[0]


def write(page, prefix, anchor, text, select=""):
    """By the menu of the paragraph's number."""
    if select:
        page.evaluate(SELECT, [anchor, select])
    page.locator(f"#{anchor} > .kb-number").click()
    page.get_by_role("menuitem", name=WRITE[prefix]).click()
    page.locator(".kb-own-form textarea").fill(text)
    page.locator(".kb-own-form").get_by_role("button", name=SAVE[prefix]).click()
    expect(page.locator(".kb-own-form")).to_have_count(0)


@pytest.fixture
def reader(page):
    yield overheard(page)
    assert page.wrong == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_words_of_every_paragraph_are_those_that_are_recorded(page, address, prefix):
    page.goto(address + prefix + ARTICLE)
    found = page.evaluate("""async (place) => {
      const { paragraphs, wordingOf } = await import(place)
      return Object.fromEntries([...paragraphs(document)].map(([id, one]) => [id, wordingOf(one).text]))
    }""", address + "assets/kb/notes-text.js")
    said = {anchor: text for anchor, text in edition(prefix).anchors.items() if re.match(r"p\d", anchor)}
    assert found == said


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_note_on_a_paragraph_is_written_by_its_menu_and_is_there_when_the_reader_comes_back(
        reader, address, prefix):
    reader.goto(address + prefix + ARTICLE)
    write(reader, prefix, "p3", "<b>要</b>再核对。\n第二行")
    note = reader.locator("#p3 ~ .kb-own .kb-own-note, #p3 .kb-own-note")
    expect(note.locator(".kb-own-text")).to_have_text("<b>要</b>再核对。\n第二行")
    reader.reload()
    expect(note.locator(".kb-own-text")).to_have_text("<b>要</b>再核对。\n第二行")
    [one] = kept(reader)
    assert one["prefix"] + one["exact"] + one["suffix"] == edition(prefix).anchors["p3"]
    assert one["cite"].endswith(f".{edition(prefix).fingerprints['p3']}")
    assert (one["place"], one["language"], one["title"]) == (
        prefix + ARTICLE, edition(prefix).language.tag, edition(prefix).title)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_what_is_selected_is_highlighted_or_noted_by_two_buttons_below_it(reader, address, prefix):
    words = words_of(prefix)
    reader.goto(address + prefix + ARTICLE)
    reader.evaluate(SELECT, ["p3", words])
    reader.get_by_role("button", name=HIGHLIGHT[prefix]).click()
    expect(reader.locator(".kb-own-quote")).to_have_text(words)
    marked = "[...CSS.highlights.get('kb-own')].map((one) => one.toString())"
    assert reader.evaluate(marked) == [words]
    reader.evaluate(SELECT, ["p3", words])
    reader.locator(".kb-own-offer").get_by_role("button", name=WRITE[prefix]).click()
    expect(reader.locator(".kb-own-form .kb-own-quote")).to_have_text(words)
    reader.locator(".kb-own-form textarea").fill("何以见得？")
    reader.locator(".kb-own-form textarea").press("Control+Enter")
    expect(reader.locator(".kb-own-text")).to_have_text("何以见得？")
    assert [(one["exact"], one["text"]) for one in kept(reader)] == [(words, ""), (words, "何以见得？")]
    assert reader.evaluate(marked) == [words, words]


def test_what_is_selected_with_the_mouse_after_other_presses_is_offered_too(reader, address):
    reader.goto(address + ARTICLE)
    reader.locator("article h1").click()  # a press selects nothing yet
    box = reader.locator("#p3").evaluate("""(one) => {
      const range = document.createRange()
      range.selectNodeContents(one.lastChild)
      const { x, y, height } = range.getClientRects()[0]
      return { x, y, height }
    }""")
    reader.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2)
    reader.mouse.down()
    reader.wait_for_timeout(200)  # as people do: what was pressed is told before what is selected
    reader.mouse.move(box["x"] + 120, box["y"] + box["height"] / 2, steps=6)
    reader.mouse.up()
    selected = reader.evaluate("getSelection().toString()")
    assert len(selected) > 3
    reader.get_by_role("button", name=HIGHLIGHT[""]).click()
    expect(reader.locator(".kb-own-quote")).to_have_text(selected)


def test_a_passage_that_is_selected_before_the_menu_is_opened_is_what_the_note_is_on(reader, address):
    words = words_of("")
    reader.goto(address + ARTICLE)
    write(reader, "", "p3", "见附件。", select=words)
    assert [one["exact"] for one in kept(reader)] == [words]


def test_with_keys_alone_a_note_is_made_changed_and_deleted(reader, address):
    reader.goto(address + ARTICLE)
    words = words_of("")
    reader.evaluate(SELECT, ["p3", words])
    reader.locator("#p3 > .kb-number").focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("menu")).to_be_visible()
    for _ in range(12):
        if reader.evaluate("document.activeElement.textContent") == WRITE[""]:
            break
        reader.keyboard.press("ArrowDown")
    reader.keyboard.press("Enter")
    expect(reader.locator(".kb-own-form textarea")).to_be_focused()
    expect(reader.locator(".kb-own-form .kb-own-quote")).to_have_text(words)
    reader.keyboard.type("先记一笔")
    reader.keyboard.press("Control+Enter")
    expect(reader.locator(".kb-own-note").get_by_role("button", name=EDIT[""])).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader.locator(".kb-own-form textarea")).to_be_focused()
    reader.keyboard.press("End")
    reader.keyboard.type("，改过")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.locator(".kb-own-text")).to_have_text("先记一笔，改过")
    asked = []
    reader.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.locator(".kb-own-note")).to_have_count(0)
    expect(reader.locator("#p3 > .kb-number")).to_be_focused()
    assert asked and kept(reader) == []


def test_the_buttons_below_what_is_selected_are_reached_with_tab(reader, address):
    reader.goto(address + ARTICLE)
    reader.locator("#p3").scroll_into_view_if_needed()
    reader.evaluate(SELECT, ["p3", words_of("")])
    left, right, middle = reader.evaluate("""(({ left, right, top, bottom }) => [left, right, (top + bottom) / 2])(
      getSelection().getRangeAt(0).getBoundingClientRect())""")
    reader.evaluate("getSelection().removeAllRanges()")
    reader.mouse.move(left + 1, middle)  # from here on the keys go
    reader.mouse.down()
    reader.mouse.move(right - 1, middle)
    reader.mouse.up()
    expect(reader.locator(".kb-own-offer")).to_be_visible()
    for _ in range(12):
        reader.keyboard.press("Tab")
        if reader.evaluate("document.activeElement.closest('.kb-own-offer') !== null"):
            break
    assert reader.evaluate("document.activeElement.textContent") == HIGHLIGHT[""]
    reader.keyboard.press("Enter")
    expect(reader.locator(".kb-own-note")).to_have_count(1)


def test_an_editor_left_with_escape_keeps_nothing_and_one_with_words_in_it_stays(reader, address):
    reader.goto(address + ARTICLE)
    reader.locator("#p3 > .kb-number").click()
    reader.get_by_role("menuitem", name=WRITE[""]).click()
    field = reader.locator(".kb-own-form textarea")
    field.fill("没写完")
    field.press("Escape")
    expect(field).to_have_value("没写完")
    field.fill("")
    field.press("Escape")
    expect(reader.locator(".kb-own")).to_have_count(0)
    expect(reader.locator("#p3 > .kb-number")).to_be_focused()
    assert kept(reader) == []


def test_another_window_of_the_site_shows_the_same_notes(reader, address):
    reader.goto(address + ARTICLE)
    other = reader.context.new_page()
    other.goto(address + ARTICLE)
    write(other, "", "p2", "另一窗口先写")
    write(reader, "", "p3", "这里后写")
    assert [one["text"] for one in kept(reader)] == ["另一窗口先写", "这里后写"]
    expect(other.locator(".kb-own-text")).to_have_text(["另一窗口先写", "这里后写"])


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_list_of_all_notes_leads_to_each_and_changes_it(reader, address, prefix):
    reader.goto(address + prefix + ARTICLE)
    write(reader, prefix, "p8", "后面的")
    write(reader, prefix, "p3", "前面的", select=words_of(prefix))
    reader.goto(address + prefix + "press-releases/three-notices/")
    write(reader, prefix, "p1", "新闻稿")
    reader.locator(".kb-own-all a").click()
    reader.wait_for_url(address + prefix + "notes/")
    expect(reader.locator(".kb-own-text")).to_have_text(["前面的", "后面的", "新闻稿"])
    expect(reader.locator(".kb-own-list h2 a").first).to_have_text(edition(prefix).title)
    one = reader.locator(".kb-own-note").first
    one.get_by_role("button", name=EDIT[prefix]).click()
    reader.locator("textarea").fill("改过的")
    reader.locator(".kb-own-form").get_by_role("button", name=SAVE[prefix]).click()
    expect(reader.locator(".kb-own-text")).to_have_text(["改过的", "后面的", "新闻稿"])
    reader.once("dialog", lambda dialog: dialog.accept())
    reader.locator(".kb-own-note").nth(1).get_by_role("button", name=DELETE[prefix]).click()
    expect(reader.locator(".kb-own-text")).to_have_text(["改过的", "新闻稿"])
    reader.locator(".kb-own-list h3 a").first.click()
    reader.wait_for_url(address + prefix + ARTICLE + "#p3")
    expect(reader.locator("#p3 ~ .kb-own .kb-own-text")).to_have_text("改过的")


def test_what_the_browser_does_not_keep_is_said_and_stays_in_the_form(reader, address):
    reader.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }")
    reader.goto(address + ARTICLE)
    reader.locator("#p3 > .kb-number").click()
    reader.get_by_role("menuitem", name=WRITE[""]).click()
    field = reader.locator(".kb-own-form textarea")
    field.fill("写了很久的话")
    field.press("Control+Enter")
    expect(reader.locator(".kb-status")).to_contain_text("存储空间已满")
    expect(field).to_have_value("写了很久的话")


def test_a_browser_that_forbids_keeping_anything_is_told_of(reader, address):
    reader.add_init_script("""Object.defineProperty(window, 'localStorage',
      { get() { throw new DOMException('', 'SecurityError') } })""")
    reader.goto(address + "ja/" + ARTICLE)
    reader.locator("#p3 > .kb-number").click()
    reader.get_by_role("menuitem", name=WRITE["ja/"]).click()
    field = reader.locator(".kb-own-form textarea")
    field.fill("消えては困る")
    field.press("Control+Enter")
    expect(reader.locator(".kb-status")).to_contain_text("保存できなかった")
    expect(field).to_have_value("消えては困る")
    reader.goto(address + "ja/notes/")
    expect(reader.get_by_role("alert")).to_contain_text("保存を許可しておらず")


def test_what_cannot_be_read_is_never_written_over_and_can_be_saved_as_it_is(reader, address):
    reader.goto(address + ARTICLE)
    reader.evaluate("localStorage.setItem('kb-notes /kb/', '{\"version\": 1, \"notes\": [{')")
    reader.locator("#p3 > .kb-number").click()
    reader.get_by_role("menuitem", name=WRITE[""]).click()
    reader.locator(".kb-own-form textarea").fill("新的")
    reader.locator(".kb-own-form textarea").press("Control+Enter")
    expect(reader.locator(".kb-status")).to_contain_text("无法读取")
    assert reader.evaluate("localStorage.getItem('kb-notes /kb/')") == '{"version": 1, "notes": [{'
    reader.once("dialog", lambda dialog: dialog.accept())
    reader.goto(address + "notes/")
    expect(reader.get_by_role("alert")).to_contain_text("无法读取")
    with reader.expect_download() as saved:
        reader.get_by_role("button", name=EXPORT[""]).click()
    assert Path(saved.value.path()).read_text("utf-8") == '{"version": 1, "notes": [{'
    reader.once("dialog", lambda dialog: dialog.accept())
    reader.get_by_role("button", name="全部删除").click()
    expect(reader.locator(".kb-own-list")).to_have_text("还没有笔记。")


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_first_visit_loads_nothing_of_notes(page, address, prefix):
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(address + prefix + ARTICLE)
    page.wait_for_load_state("networkidle")
    assert "assets/kb/cite.js" in asked
    assert [place for place in asked if "notes" in place] == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_on_a_phone_nothing_is_wider_than_the_window_and_axe_finds_no_fault(phone, address, prefix):
    phone.set_viewport_size({"width": 360, "height": 3000})  # so that the header covers nothing
    phone.goto(address + prefix + ARTICLE)
    phone.evaluate(SELECT, ["p3", words_of(prefix)])
    expect(phone.locator(".kb-own-offer")).to_be_in_viewport()
    assert violations(phone, target_size=True) == []
    phone.locator(".kb-own-offer").get_by_role("button", name=WRITE[prefix]).tap()
    assert violations(phone, target_size=True) == []
    phone.locator(".kb-own-form textarea").fill("https://someone.example/" + "很长的笔记" * 40)
    phone.locator(".kb-own-form").get_by_role("button", name=SAVE[prefix]).tap()
    expect(phone.locator(".kb-own-text")).to_be_visible()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert phone.evaluate(wide) <= 0
    assert violations(phone, target_size=True) == []
    phone.goto(address + prefix + "notes/")
    expect(phone.locator(".kb-own-text")).to_be_visible()
    assert phone.evaluate(wide) <= 0
    assert violations(phone, target_size=True) == []
