"""A reader's own notes stay when a wording changes, say so, and go where its words stand now.

Notes are made on every paragraph as it was first published; then the edits of `tests/replay.py` are published.
"""

import shutil

import pytest
from host import build, serve
from playwright.sync_api import expect
from replay import EDITS, TEXTS
from scratch import site_of
from test_history import TAGS, Tree, fate, published, record, tags

from kb import cli
from kb.languages import LANGUAGES

PAGES = [(document, language) for document in TEXTS for language in LANGUAGES]
HOME = "https://someone.example/kb/"
# Highlights each paragraph as a whole; of those that `parts` names, only these words.
HIGHLIGHT = """async ([place, parts]) => {
  const { highlight } = await import(place + "assets/kb/notes.js")
  const { paragraphs, rangeOf, wordingOf } = await import(place + "assets/kb/notes-text.js")
  for (const [id, paragraph] of paragraphs(document)) {
    const wording = wordingOf(paragraph)
    const at = parts[id] ? wording.text.indexOf(parts[id]) : 0
    await highlight(id, rangeOf(wording, at, at + (parts[id] ?? wording.text).length))
  }
}"""
SHOWN = """() => [...document.querySelectorAll(".kb-own .kb-own-note")].map((one) => ({
  at: one.closest(".kb-own").dataset.of,
  said: one.querySelector(".kb-own-changed")?.textContent ?? "",
  then: one.querySelector("details blockquote")?.textContent ?? "",
  id: one.dataset.note,
}))"""


@pytest.fixture(scope="module")
def published_twice(tmp_path_factory):
    """A folder that holds the site before all edits, a call that publishes them, and every state of the texts."""
    root = tmp_path_factory.mktemp("notes")
    tree = Tree(root)
    tree.write()
    assert cli.main(["anchors"], root=root) == 0
    site_of(root)
    done = build(root, root / "before", SITE_URL=HOME)
    assert done.returncode == 0, done.stdout + done.stderr
    states = [published(tree)]
    for edit in EDITS:
        lines = tree.apply(edit)
        tree.write(edit.texts if edit.kind == "insert" else ())
        record(root, edit.document, lines)
        cli.main(["anchors"], root=root)
        states.append(published(tree))
    done = build(root, root / "after", SITE_URL=HOME)
    assert done.returncode == 0, done.stdout + done.stderr
    return root, states


@pytest.fixture(scope="module")
def kept(published_twice, browser, tmp_path_factory):
    """What a browser keeps that has made a note on every paragraph before the edits, and where it may go on
    reading: the same address shows the site after them. In Chinese a passage of three is all that is noted."""
    root, states = published_twice
    served = tmp_path_factory.mktemp("served") / "site"
    shutil.copytree(root / "before", served)
    server, url = serve(served)
    context = browser.new_context()
    page = context.new_page()
    for document, language in PAGES:
        page.goto(f"{url}{language.prefix}{document}/")
        page.evaluate(HIGHLIGHT, [url, PASSAGES.get((document, language.tag), {})])
    storage = context.storage_state()
    context.close()
    shutil.rmtree(served)
    shutil.copytree(root / "after", served)
    yield storage, url, states
    server.shutdown()


# Words of a paragraph that is split, of one that is merged, and of one of which other words are changed.
PASSAGES = {
    ("articles/chips", "zh-Hans"): {"p3": "仍须自行判断交易的风险", "p5": "实体清单"},
    ("articles/trade", "zh-Hans"): {"p4": "工作组"},
}


@pytest.fixture
def reader(kept, browser):
    """The same browser, after the edits."""
    context = browser.new_context(storage_state=kept[0])
    page = context.new_page()
    page.wrong = []
    page.on("pageerror", lambda error: page.wrong.append(str(error)))
    yield page
    context.close()
    assert page.wrong == []


@pytest.mark.parametrize(("document", "language"), PAGES, ids=lambda one: getattr(one, "tag", one))
def test_every_note_is_still_there_where_its_words_stand_and_says_whether_they_changed(
        reader, kept, document, language):
    _, url, states = kept
    first = {anchor: words for (own, tag, anchor), words in states[0].items()
             if (own, tag) == (document, language.tag) and anchor.startswith("p")}
    reader.goto(f"{url}{language.prefix}{document}/")
    expect(reader.locator(".kb-own .kb-own-note")).to_have_count(len(first))
    shown = {one["id"]: one for one in reader.evaluate(SHOWN)}
    notes = reader.evaluate("JSON.parse(localStorage.getItem('kb-notes /kb/')).notes")
    mine = [one for one in notes if one["place"] == f"{language.prefix}{document}/"]
    assert {one["anchor"] for one in mine} == first.keys()
    now = {anchor: words for (own, tag, anchor), words in states[-1].items()
           if (own, tag) == (document, language.tag)}
    for one in mine:
        box = shown[one["id"]]
        words = first[one["anchor"]]
        kind, stands = fate(states, document, language.tag, (one["anchor"], words, 0))
        assert one["prefix"] + one["exact"] + one["suffix"] == words
        assert box["at"] in stands or (not [at for at in stands if at in now] and box["at"] == ""), (one, box)
        is_whole = now.get(box["at"]) == words and box["at"] == one["anchor"]
        assert bool(box["said"]) == (not is_whole), (kind, one, box)
        if box["said"] and now.get(box["at"]) != words:
            assert box["then"] == words


def test_a_passage_goes_with_its_words_into_the_part_that_has_them(reader, kept):
    _, url, _ = kept
    reader.goto(f"{url}articles/chips/")
    expect(reader.locator(".kb-own .kb-own-note")).to_have_count(6)
    quotes = reader.locator(".kb-own[data-of=p3aa] .kb-own-quote")
    expect(quotes).to_have_text("仍须自行判断交易的风险")
    marked = reader.evaluate("[...CSS.highlights.get('kb-own')].map((one) => one.toString())")
    assert "仍须自行判断交易的风险" in marked


def test_the_list_says_the_same_and_leads_to_where_the_words_stand_now(reader, kept):
    _, url, states = kept
    reader.goto(f"{url}notes/")
    count = sum(anchor.startswith("p") for _, _, anchor in states[0])
    expect(reader.locator(".kb-own-list .kb-own-note")).to_have_count(count)
    expect(reader.locator(".kb-own-list h3 a[href$='articles/chips/#p3aa']")).to_have_count(1)
    changed = reader.locator(".kb-own-changed")
    expect(changed.first).to_be_visible()
    assert reader.locator(".kb-own-list details ins, .kb-own-list details del").count() > 0


def test_a_note_can_be_changed_after_its_wording_has_and_keeps_the_wording_it_was_made_on(reader, kept):
    _, url, states = kept
    reader.goto(f"{url}articles/chips/")
    box = reader.locator(".kb-own-note", has=reader.locator(".kb-own-changed")).first
    name = box.get_attribute("data-note")
    stored = "(name) => JSON.parse(localStorage.getItem('kb-notes /kb/')).notes.find(({ id }) => id === name)"
    before = reader.evaluate(stored, name)
    box.get_by_role("button", name="修改").click()
    reader.locator(".kb-own-form textarea").fill("改后再看")
    reader.locator(".kb-own-form textarea").press("Control+Enter")
    expect(reader.locator(".kb-own-text")).to_have_text("改后再看")
    after = reader.evaluate(stored, name)
    assert after["modified"] > before["modified"]
    assert {key: value for key, value in after.items() if key not in ("text", "said", "modified")} == {
        key: value for key, value in before.items() if key not in ("text", "said", "modified")}


# What stood before the passage, the passage, what stood after it; what the paragraphs say now; where it is.
FOUND = [
    ("the same wording", ("甲。", "乙乙", "。丙"), {"p1": "甲。乙乙。丙"}, ("p1", "乙乙", "same")),
    ("other words around it", ("首先，", "许可证", "须在三十日内申请。"), {"p1": "其次，许可证须在六十日内申请。"},
     ("p1", "许可证", "kept")),
    ("one of two, by what is around it", ("出口须经许可，再出口也须经", "许可", "，转让不须。"),
     {"p1": "凡出口须经许可，再出口也须经许可，转让则不须。"}, ("p1", "许可", "kept", 14)),
    ("words that were changed a little", ("局长说：", "本规则自公布之日起三十日后施行", "。"),
     {"p1": "局长说：本规则自公布之日起六十日后施行。"}, ("p1", "本规则自公布之日起六十日后施行", "near")),
    ("two characters that stand there by chance", ("许可证的", "申请", "期限为三十日，逾期不予受理。"),
     {"p1": "本局另行公布有关名单，企业可随时查询，无须申请任何批准文件。"}, ("p1", None, "lost")),
    ("nothing of it", ("甲乙丙丁", "戊己庚辛", "壬癸"), {"p1": "完全不同的一段话。"}, ("p1", None, "lost")),
    ("its paragraph is gone, its words are elsewhere", ("前文。", "审查期限为三十日，必要时可以延长", "。"),
     {"p2": "别的话。审查期限为三十日，必要时可以延长。"}, ("p2", "审查期限为三十日，必要时可以延长", "kept")),
    ("its paragraph is gone, and so are its words", ("", "审查期限为三十日", "。"), {"p2": "别的话。"},
     ("", None, "lost")),
    ("characters of two units", ("𠮷田说，", "𠮷野家", "也要许可。"), {"p1": "𠮷田说过，𠮷野家也要许可。"},
     ("p1", "𠮷野家", "kept")),
]


@pytest.mark.parametrize(("then", "texts", "expected"), [one[1:] for one in FOUND], ids=[one[0] for one in FOUND])
def test_a_passage_is_found_again_or_said_to_be_gone(page, kept, then, texts, expected):
    _, url, _ = kept
    page.goto(url)
    prefix, exact, suffix = then
    found = page.evaluate("""async ([place, note, texts]) => {
      const { found } = await import(place + "assets/kb/notes-find.js")
      const { id, passage, how } = found(note, new Map(Object.entries(texts)), null)
      return [id, passage && texts[id].slice(...passage), how, ...(passage ?? [])]
    }""", [url, {"anchor": "p1", "prefix": prefix, "exact": exact, "suffix": suffix, "cite": ""}, texts])
    assert tuple(found[:len(expected)]) == expected


def test_every_kind_of_edit_is_among_those_that_notes_have_to_bear():
    assert {edit.kind for edit in EDITS} >= {"split", "merge", "move", "rewrite", "delete", "change"}
    assert {tag for edit in EDITS for tag in tags(edit)} == set(TAGS)
