"""What editors do to published paragraphs is told to readers, and every old link is answered.

A history of edits over three documents (`tests/replay.py`) is replayed: in the original, in the translation,
in both. What must be true of a wording is worked out from the list of edits alone, never from the register.
"""

import datetime
import re
import zipfile

import pytest
from replay import EDITS, TEXTS, TITLES
from host import build, serve
from playwright.sync_api import expect
from scratch import site_of, write

from kb import cli
from kb import project as projects
from kb.anchors.fates import Fates, successors
from kb.anchors.register import Entry, Register
from kb.fingerprints import fingerprint
from kb.languages import LANGUAGES

pytestmark = pytest.mark.usefixtures("each_text_once")

TODAY = datetime.date.today().isoformat()
TAGS = tuple(language.tag for language in LANGUAGES)
PAGES = [(document, language) for document in TEXTS for language in LANGUAGES]
SAID = {"split": ("拆分", "分割"), "merge": ("并入", "統合"), "move": ("移至", "移動"), "delete": ("删除", "削除"),
        "rewrite": ("重写", "書き改め"), "change": ("有改动", "改められた"), "same": ("相同", "変わらない"),
        "moved": ("现见", "現在は")}
TRANSLATION = {"zh-Hans": "text: original",
               "ja": "text: translation\ntranslation: {from: zh-Hans, by: human}"}


class Tree:
    """The texts of all documents as they stand: (document, language tag) → id → words, in order."""

    def __init__(self, root):
        self.root = root
        self.texts = {(document, tag): {anchor: both[side] for anchor, both in texts.items()}
                      for document, texts in TEXTS.items() for side, tag in enumerate(TAGS)}

    def write(self, bare=()):
        """The Markdown of every document; ids that are `bare` are left to the command."""
        for (document, tag), texts in self.texts.items():
            language = next(one for one in LANGUAGES if one.tag == tag)
            kind = "article" if document.startswith("articles") else "press-release"
            parts = [f"---\nkind: {kind}\ndescription: {TITLES[document][TAGS.index(tag)]}。\n"
                     f"author: 某机构\npublished: 2025-05-14\n{TRANSLATION[tag]}\n---",
                     f"# {TITLES[document][TAGS.index(tag)]}"]
            for anchor, words in texts.items():
                if not re.match(r"p\d", anchor):
                    parts.append(f"## {words} {{ #{anchor} }}")
                else:
                    parts.append(words if anchor in bare else f"{words}\n{{ #{anchor} }}")
            write(self.root, {f"{language.tree}/{document}.md": "\n\n".join(parts) + "\n"})

    def apply(self, edit):
        """Change the texts as the edit says, and give the lines that tell of it in the register."""
        for side, tag in enumerate(TAGS):
            texts = self.texts[edit.document, tag]
            if tag not in tags(edit):
                continue
            for anchor, both in edit.texts.items():
                if anchor in texts:
                    texts[anchor] = both[side] or texts[anchor]
                else:
                    put_after(texts, edit.after[anchor], anchor, both[side])
            for anchor, goals in edit.went.items():
                if anchor not in goals:
                    del texts[anchor]
        return [*self.told(edit), *(
            Entry(anchor, TODAY, withdrawn=True, successor=goals[0] if goals else None)
            for anchor, goals in edit.went.items() if anchor not in goals)]

    def told(self, edit):
        for side, tag in enumerate(TAGS):
            for anchor, both in edit.texts.items():
                named = origin(edit, anchor)
                if both[side] and named:
                    original = self.texts[edit.document, "zh-Hans"][anchor]
                    yield Entry(anchor, TODAY, tag, fingerprint(both[side]),
                                fingerprint(original) if tag == "ja" else None, **named)


def origin(edit, anchor):
    """What the register's line says of a new text, beside its fingerprint."""
    sources = tuple(one for one, goals in edit.went.items() if anchor in goals and one != anchor)
    match edit.kind:
        case "split" if sources:
            return {"from_": sources[0]}
        case "merge":
            return {"merged": sources}
        case "move":
            return {"was": sources[0]}
        case "rewrite":
            return {"was": anchor}


def put_after(texts, before, anchor, words):
    rest = list(texts.items())
    at = [one for one, _ in rest].index(before) + 1
    texts.clear()
    texts.update([*rest[:at], (anchor, words), *rest[at:]])


def tags(edit):
    """The languages that an edit changes."""
    return [tag for side, tag in enumerate(TAGS)
            if not edit.texts or any(both[side] for both in edit.texts.values())]


def record(root, document, lines):
    path = root / f"anchors/{document}.yml"
    path.write_text(path.read_text("utf-8") + "".join(f"{line}\n" for line in lines), "utf-8")


def published(tree):
    return {(document, tag, anchor): words for (document, tag), texts in tree.texts.items()
            for anchor, words in texts.items()}


@pytest.fixture(scope="module")
def replayed(tmp_path_factory):
    """The tree after all edits, and everything that was published before and after each."""
    root = tmp_path_factory.mktemp("edits")
    tree = Tree(root)
    tree.write()
    assert cli.main(["anchors"], root=root) == 0
    states = [published(tree)]
    for edit in EDITS:
        lines = tree.apply(edit)
        tree.write(edit.texts if edit.kind == "insert" else ())
        record(root, edit.document, lines)
        assert cli.main(["anchors"], root=root) == (1 if edit.waits else 0), str(edit)
        states.append(published(tree))
    site_of(root)
    done = build(root, root / "site", SITE_URL="https://someone.example/kb/")
    assert done.returncode == 0, done.stdout + done.stderr
    return root, states


@pytest.fixture(scope="module")
def visited(replayed):
    server, url = serve(replayed[0] / "site")
    yield url
    server.shutdown()


def cited(states, document, tag):
    """Every wording that was ever published in an edition: (id, words, number of the last state with it)."""
    last = {(anchor, words): at for at, state in enumerate(states)
            for (own, language, anchor), words in state.items() if (own, language) == (document, tag)}
    return [(anchor, words, at) for (anchor, words), at in last.items()]


def fate(states, document, tag, cited):
    """What is true of a wording: the first thing that happened to it, and where its words stand."""
    anchor, words, at = cited
    stands, first = [anchor], None
    for edit in EDITS[at:]:
        if edit.document != document or tag not in tags(edit):
            continue
        goals = [goal for goals in edit.went.values() for goal in goals]
        is_touched = any(one in edit.went or one in goals or (edit.kind == "rewrite" and one in edit.texts)
                         for one in stands)
        first = first or (edit.kind if is_touched else None)
        stands = [goal for one in stands for goal in edit.went.get(one, (one,))]
    if first:
        return first, list(dict.fromkeys(stands))
    return ("same" if states[-1][document, tag, anchor] == words else "change"), stands


def test_the_history_has_every_kind_of_edit_in_each_language_and_in_both():
    assert len(EDITS) >= 12 and len({edit.document for edit in EDITS}) == 3
    assert {edit.kind for edit in EDITS} == {"insert", "split", "merge", "move", "rewrite", "delete", "change"}
    assert {tuple(tags(edit)) for edit in EDITS} == {("zh-Hans",), ("ja",), ("zh-Hans", "ja")}


def test_the_tree_checks_after_all_edits(replayed, kb):
    code, printed = kb(replayed[0], "check")
    assert code == 0, printed


@pytest.mark.parametrize(("document", "language"), PAGES, ids=lambda one: getattr(one, "tag", one))
def test_every_link_that_cites_a_published_wording_is_answered_truly(
        page, replayed, visited, document, language):
    _, states = replayed
    side = TAGS.index(language.tag)
    for one in cited(states, document, language.tag):
        anchor, words, _ = one
        page.goto(f"{visited}{language.prefix}{document}/?cite=2026-03-05.{fingerprint(words)}#{anchor}")
        note = page.locator(".kb-cited")
        expect(note).to_have_count(1)
        expect(page.locator(f"#{anchor}")).to_be_in_viewport()
        assert page.evaluate("document.querySelector('.kb-cited').previousElementSibling?.id") == anchor
        status = note.locator("[role=status]").inner_text()
        kind, stands = fate(states, document, language.tag, one)
        told = "moved" if kind == "move" and "移" not in status else kind
        assert SAID[told][side] in status, (one, kind, status)
        assert "版" not in status and "2026年3月5日" in status, (one, status)
        for goal in set(stands) - {anchor}:
            assert note.locator(f"a[href$='#{goal}']").count() >= 1, (one, goal, status)
        if kind == "same":
            assert note.locator("details").count() == 0
            continue
        note.locator("summary").click()
        expect(note.locator("blockquote")).to_have_text(words)
        if kind == "split":  # nothing looks deleted
            today = "".join(states[-1][document, language.tag, goal] for goal in stands)
            assert "".join(note.locator(".kb-cited-difference").all_inner_texts()) == today, one
            assert note.locator("del").count() == 0, one


@pytest.mark.parametrize("made", ["", "parallel/"])
@pytest.mark.parametrize(("document", "language"), PAGES, ids=lambda one: getattr(one, "tag", one))
def test_every_id_ever_published_arrives_and_is_marked(page, replayed, visited, document, language, made):
    _, states = replayed
    ever = sorted({anchor for state in states for own, _, anchor in state if own == document})
    page.goto(f"{visited}{language.prefix}{document}/{made}")
    plain = page.evaluate("getComputedStyle(document.querySelector('article > p')).backgroundColor")
    for anchor in ever:
        page.evaluate("id => { location.hash = id }", anchor)
        place = page.locator(f"#{anchor}:target")
        expect(place).to_be_in_viewport()
        if re.match(r"p\d", anchor):
            assert place.evaluate("one => getComputedStyle(one).backgroundColor") != plain, anchor
        gone = (document, language.tag, anchor) not in states[-1]
        assert place.evaluate("one => one.matches('.kb-history p')") == gone, anchor


STONES = {
    "articles/chips": {
        "p6": ("第6段的文字于{}移至第1a段。现见第1a段、第1b段。",
               "第6段落の文言は{}、第1a段落に移動した。現在は第1a段落、第1b段落にある。"),
        "legal-effect": ("“legal-effect”一节于{}并入“background”一节。",
                         "「legal-effect」の節は{}、「background」の節に統合された。"),
    },
    "articles/trade": {
        "p2b": ("第2b段于{}并入第3段。", "第2b段落は{}、第3段落に統合された。"),
        "p4": ("第4段于{}并入第3段。", "第4段落は{}、第3段落に統合された。"),
        "p1a": ("第1a段于{}删除。", "第1a段落は{}に削除された。"),
        "p6": ("第6段的文字于{}移至第1a段。其文字现已不在本文之中。",
               "第6段落の文言は{}、第1a段落に移動した。その文言は現在の本文にはない。"),
    },
    "press-releases/notice": {
        "p2": ("第2段于{}删除。", "第2段落は{}に削除された。"),
        "p4": ("第4段于{}并入第6段。现见第6段、第7段。",
               "第4段落は{}、第6段落に統合された。現在は第6段落、第7段落にある。"),
        "p5": ("第5段于{}并入第4段。现见第6段、第7段。",
               "第5段落は{}、第4段落に統合された。現在は第6段落、第7段落にある。"),
    },
}


@pytest.mark.parametrize("made", ["index.html", "parallel/index.html"])
@pytest.mark.parametrize(("document", "language"), PAGES, ids=lambda one: getattr(one, "tag", one))
def test_a_tombstone_says_what_became_of_its_paragraph_and_leads_on_to_what_stands_today(
        replayed, document, language, made):
    html = (replayed[0] / "site" / language.prefix / document / made).read_text("utf-8")
    day = "{0}年{1}月{2}日".format(*map(int, TODAY.split("-")))
    for anchor, said in STONES[document].items():
        own = re.search(rf'<p id="{anchor}">(.*?)</p>', html)[1]
        assert re.sub("<.*?>", "", own) == said[TAGS.index(language.tag)].format(day)
        ids = re.findall(r'href="#([^"]+)"', own)
        assert ids and anchor not in ids if "删除" not in said[0] else not ids


def test_a_living_paragraph_tells_what_was_done_to_it_at_the_foot_of_its_page(replayed):
    day = "{0}年{1}月{2}日".format(*map(int, TODAY.split("-")))

    def told(place):
        html = (replayed[0] / "site" / place / "index.html").read_text("utf-8")
        foot = html.partition("kb-history")[2]
        return [re.sub("<.*?>", "", one) for one in re.findall(r"<p>(.*?)</p>", foot)]

    assert f"第2段于{day}拆分，后面的部分编为第2a段、第2b段。" in told("articles/trade")
    assert f"第3段落は{day}に書き改められた。" not in told("press-releases/notice/parallel")
    assert f"第3段落は{day}に書き改められた。" in told("ja/press-releases/notice")
    assert f"第4段落は{day}に書き改められた。" in told("ja/articles/chips")
    assert f"第4段于{day}重写。" not in told("articles/chips")


def test_the_menu_of_a_paragraph_leads_to_its_history_and_only_where_there_is_one(page, visited):
    page.goto(f"{visited}ja/articles/trade/")
    page.locator("#p3 > .kb-number").click()
    page.get_by_role("menuitem", name="この段落の変遷を見る").click()
    line = page.locator(".kb-history p:focus")
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text("第3段落に統合された。")
    page.locator("#p1 > .kb-number").click()
    expect(page.get_by_role("menuitem").first).to_be_visible()
    assert page.get_by_role("menuitem", name="この段落の変遷を見る").count() == 0


@pytest.mark.parametrize("document", TEXTS)
def test_books_keep_every_id_that_was_published(replayed, document):
    root, states = replayed
    ever = {anchor for state in states for own, _, anchor in state if own == document}
    books = sorted((root / "site").rglob(f"{document.rpartition('/')[2]}*.epub"))
    assert len(books) == 3
    for book in books:
        with zipfile.ZipFile(book) as inside:
            file = next(name for name in inside.namelist() if name.endswith("text.xhtml"))
            text = inside.read(file).decode()
        assert ever <= set(re.findall(r'\bid="([^"]+)"', text)), book


def test_a_link_to_a_withdrawn_paragraph_is_found_with_what_stands_there_today(replayed, kb):
    root, _ = replayed
    hints = {"#p5": "#p5 was withdrawn: link to #p6 or #p7",
             "#p2": "#p2 was withdrawn, and nothing stands in its place"}
    for link, hint in hints.items():
        write(root, {"docs/see.md": f"# 参见\n\n[通告](press-releases/notice.md{link})\n",
                     "docs_ja/see.md": "# 参照\n"})
        code, printed = kb(root, "check")
        write(root, {"docs/see.md": None, "docs_ja/see.md": None})
        assert code == 1 and "KB402" in printed and f"hint: {hint}\n" in printed, printed


def lines_of(*lines):
    """A register of Chinese wordings, each written as itself in place of its fingerprint."""
    entries = [Entry(anchor, "2027-01-01", "zh-Hans" if text else None, text and fingerprint(text),
                     withdrawn=not text, **more) for anchor, text, more in lines]
    texts = {fingerprint(text): text for _, text, _ in lines if text}
    return Fates(Register("articles/x", "anchors/articles/x.yml", tuple(entries)), "zh-Hans", texts)


def told(history, anchor, text):
    place = max(at for at, entry in history.lines[anchor] if entry.text == fingerprint(text))
    since = history.since(anchor, place)
    return [event.kind for event in since.events], since.stands


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_lines_of_one_run_may_stand_in_any_order(order):
    """The shortened wording before the part that was split from it, or after it."""
    run = {1: ("p1", "甲乙丙丁。", {}), 2: ("p1a", "戊己庚辛。", {"from_": "p1"})}
    history = lines_of(("p1", "甲乙丙丁。戊己庚辛。", {}), *(run[one] for one in order),
                       ("p1", "甲乙丙丁！", {}))
    assert told(history, "p1", "甲乙丙丁。戊己庚辛。") == (["split"], ("p1", "p1a"))
    assert told(history, "p1", "甲乙丙丁。") == ([], ("p1",))


def test_what_was_split_and_merged_again_is_followed_to_its_end():
    history = lines_of(
        ("p1", "甲乙丙丁。戊己庚辛。", {}), ("p1", "甲乙丙丁。", {}), ("p1a", "戊己庚辛。", {"from_": "p1"}),
        ("p1", "甲乙丙丁。戊己庚辛！", {"merged": ("p1a",)}), ("p1a", "", {"successor": "p1"}))
    assert told(history, "p1", "甲乙丙丁。戊己庚辛。") == (["split", "merged"], ("p1",))
    assert told(history, "p1a", "戊己庚辛。") == (["merged"], ("p1",))
    assert successors(history.register) == {"p1a": ("p1",)}


def test_texts_that_changed_places_are_each_led_to_where_they_stand():
    history = lines_of(("p1", "甲乙丙丁。", {}), ("p2", "戊己庚辛。", {}),
                       ("p1", "戊己庚辛。", {"was": "p2"}), ("p2", "甲乙丙丁。", {"was": "p1"}))
    assert told(history, "p2", "戊己庚辛。") == (["moved"], ("p1",))
    assert history.since("p1", 0).stands == ("p2",)
    assert history.stands("p1") == ("p1",) and history.stands("p2") == ("p2",)


def test_a_withdrawal_that_says_no_more_than_a_successor_is_told_as_that():
    history = lines_of(("p1", "甲乙丙丁。", {}), ("p2", "戊己庚辛。", {}), ("p1", "", {"successor": "p2"}))
    assert told(history, "p1", "甲乙丙丁。") == (["replaced"], ("p2",))
    assert not history.is_like(fingerprint("甲乙丙丁。"), ("p2",))
