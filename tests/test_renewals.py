"""What a translator is told where a translation is older than its original: what was changed, by character, the
sentences that answer to it, the glossary's terms, and how the same words were rendered elsewhere."""

import re
import zipfile

import pytest
from dated import DAYS, JA, ORIGINALS, TRANSLATIONS, ZH, edited, lived, recorded
from host import build, serve
from playwright.sync_api import expect
from scratch import CHINESE, JAPANESE, project, write

from kb import project as projects
from kb.aligning.align import rendered
from kb.aligning.sentences import sentences, spans
from kb.differences import changes
from kb.languages import CHINESE as ZH_HANS
from kb.languages import JAPANESE as JA_
from kb.renewals import parts

CHIPS = "articles/chips/"
TERM = """\
---
kind: concept
term: {}
reading: {}
english: notice and comment
description: {}
---

# {}

{}
"""
ELSEWHERE = ("规则公布之前，并没有征求意见的程序。官员也这样说。",
             "規則の公布の前に、意見公募の手続はなかった。当局者もそう語る。")


def filled(root):
    """The project in which a translation is behind, a term, and another text that has the same words."""
    lived(root)
    write(root, {
        "docs/glossary/notice.md": TERM.format("征求意见", "zhēngqiú yìjiàn", "一种程序。", "征求意见", "一种程序。"),
        "docs_ja/glossary/notice.md": TERM.format("意見公募", "いけんこうぼ", "手続の1つ。", "意見公募", "手続の1つ。"),
        "docs/articles/two.md": CHINESE.replace("聊聊芯片", "再聊芯片").replace(ORIGINALS[0], ELSEWHERE[0]),
        "docs_ja/articles/two.md": JAPANESE.replace("チップについて", "チップ再論").replace(
            TRANSLATIONS[0], ELSEWHERE[1])})
    recorded(root, "2026-05-02")
    return root


@pytest.fixture(scope="module")
def root(once):
    def make(place):
        done = build(filled(place / "project"), place / "project/site", SITE_URL="https://someone.example/kb/")
        assert done.returncode == 0, done.stdout + done.stderr
    return once("renewed", make) / "project"


@pytest.fixture(scope="module")
def place(root):
    server, url = serve(root / "site")
    yield url
    server.shutdown()


def renewals(root, tag="ja"):
    return {one.id: one for one in projects.read(root).renewals.get(("articles/chips", tag), ())}


def test_a_renewal_tells_the_change_since_the_translation_was_made_and_not_since_the_text_was_published(root):
    found = renewals(root)
    assert list(found) == ["p1"]
    one = found["p1"]
    assert (one.made_from, one.since) == (DAYS[1], DAYS[3])
    assert (one.then, one.now) == ORIGINALS[1:]
    assert [(run.before, run.after) for run in one.changes if not run.same] == [("", "其次，它没有征求意见。")]


def test_it_names_the_terms_that_stand_in_the_new_sentences_and_how_the_glossary_renders_them(root):
    assert renewals(root)["p1"].terms == (("征求意见", "意見公募", "notice"),)


def test_it_shows_how_the_same_words_were_rendered_elsewhere_sentence_by_sentence(root):
    [one] = renewals(root)["p1"].renderings
    assert (one.words, one.document, one.id) == ("没有征求意见", "articles/two", "p1")
    assert one.original == "规则公布之前，并没有征求意见的程序。"
    assert one.translation == "規則の公布の前に、意見公募の手続はなかった。"
    assert one.titles == {"zh-Hans": "再聊芯片", "ja": "チップ再論"}


def test_what_waits_for_a_translation_itself_is_no_example(tmp_path):
    filled(tmp_path)
    edited(tmp_path, "docs/articles/two.md", ("官员也这样说。", "官员也如此说。"))
    recorded(tmp_path, "2026-05-03")
    assert ("articles/two", "p1") not in {(one.document, one.id) for one in renewals(tmp_path)["p1"].renderings}


def test_a_translation_that_is_up_to_date_is_to_be_renewed_nowhere(tmp_path):
    project(tmp_path)
    assert projects.read(tmp_path).renewals == {}


def test_a_chinese_translation_of_a_japanese_original_is_told_of_alike(tmp_path):
    front, body = JAPANESE.split("---\n\n", 1)
    made = re.search(r"text: translation\n.*\n", front)[0]
    write(tmp_path, {
        JA: front.replace(made, "text: original\n") + "---\n\n" + body,
        ZH: CHINESE.replace("text: original\n", "text: translation\ntranslation: {from: ja, by: human}\n")})
    recorded(tmp_path, DAYS[0])
    edited(tmp_path, JA, ("まったくずさんである。", "まったくずさんである。意見公募もしなかった。"))
    recorded(tmp_path, DAYS[1])
    one = renewals(tmp_path, "zh-Hans")["p1"]
    assert one.now == "まず、BISはまったくずさんである。意見公募もしなかった。"
    assert [(part.words, part.is_touched, part.is_followed) for part in one.parts] == [(ORIGINALS[0], False, True)]


# Original before and after, translation → the sentences that are touched, those after which something is new.
CASES = {
    "a word of the second sentence": (
        "许可证由商务部签发。有效期为30天。到期不得展延。", "许可证由商务部签发。有效期为60天。到期不得展延。",
        "許可証は商務省が発給する。有効期間は30日とする。期限の延長は認めない。", {1}, set()),
    "two sentences": (
        "许可证由商务部签发。有效期为30天。到期不得展延。", "许可证由海关签发。有效期为30天。到期可以展延。",
        "許可証は商務省が発給する。有効期間は30日とする。期限の延長は認めない。", {0, 2}, set()),
    "a sentence came in between": (
        "许可证由商务部签发。到期不得展延。", "许可证由商务部签发。有效期为30天。到期不得展延。",
        "許可証は商務省が発給する。期限の延長は認めない。", set(), {0}),
    "a sentence came at the end": (
        "许可证由商务部签发。", "许可证由商务部签发。到期不得展延。", "許可証は商務省が発給する。", set(), {0}),
    "a sentence went": (
        "许可证由商务部签发。有效期为30天。到期不得展延。", "许可证由商务部签发。到期不得展延。",
        "許可証は商務省が発給する。有効期間は30日とする。期限の延長は認めない。", {1}, set()),
    "a clause came into the first sentence": (
        "许可证由商务部签发。到期不得展延。", "许可证由商务部会同海关签发。到期不得展延。",
        "許可証は商務省が発給する。期限の延長は認めない。", {0}, set()),
    "one sentence of the original is two": (
        "许可证由商务部签发，有效期为30天。到期不得展延。", "许可证由海关签发，有效期为60天。到期不得展延。",
        "許可証は商務省が発給する。有効期間は30日とする。期限の延長は認めない。", {0, 1}, set()),
    "the quotation marks of an end": (
        "部长说：“不得展延。”他没有解释。", "部长说：“不得展延。”他拒绝解释。",
        "長官は「延長は認めない。」と述べた。その説明はなかった。", None, set()),
}


@pytest.mark.parametrize("case", CASES)
def test_the_sentences_of_the_translation_that_answer_to_a_change_are_told(case):
    before, after, translation, touched, followed = CASES[case]
    found = parts.of(changes(before, after, exact=True), translation, ZH_HANS, JA_)
    assert "".join(one.words for one in found) == translation
    if touched is not None:
        assert {at for at, one in enumerate(found) if one.is_touched} == touched
    else:
        assert found[-1].is_touched
    assert {at for at, one in enumerate(found) if one.is_followed} == followed


@pytest.mark.parametrize("text", ["", "没有句号", "一句。 二句！”三句？", "。", "甲；乙；丙", " \n"])
def test_sentences_spell_the_text(text):
    assert "".join(sentences(text)) == text
    assert all(text[one.start:one.end] == one.words for one in spans(text))


def test_sentences_of_both_texts_are_paired_by_what_they_share():
    rows = rendered("BIS发布指导意见。2025年5月13日生效。", "BISがガイダンスを公表した。2025年5月13日に発効する。", ZH_HANS, JA_)
    assert [(row.left, row.right) for row in rows] == [((0,), (0,)), ((1,), (1,))]


# --- where a translator meets it ----------------------------------------------------------------------------


@pytest.mark.parametrize(("prefix", "see", "head"), [
    ("", "查看原文的改动", "日文译文待更新"), ("ja/", "原文の変更を見る", "日本語の訳文の更新")])
def test_it_is_reached_from_the_state_of_all_texts(page, place, prefix, see, head):
    page.goto(f"{place}{prefix}about/state/")
    page.get_by_role("link", name=see).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{place}{prefix}{CHIPS}history/#p1")
    expect(page.locator("#p1").get_by_role("region", name=head)).to_contain_text("再聊芯片" if not prefix else "チップ再論")


def test_it_is_reached_from_the_mark_of_the_paragraph_by_keyboard(page, place):
    page.goto(f"{place}ja/{CHIPS}")
    page.locator("#p1 .kb-stale a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{place}ja/{CHIPS}history/#p1")
    box = page.get_by_role("region", name="日本語の訳文の更新")
    expect(box.locator("ins")).to_have_text("其次，它没有征求意见。")
    expect(box).to_contain_text("〔この後、原文に新しい文がある〕")
    expect(box.get_by_role("link", name="意見公募")).to_have_attribute("href", re.compile("glossary/notice/"))
    expect(box.locator("mark")).to_have_text("没有征求意见")


def test_it_is_no_wider_than_a_phone_and_works_without_scripts(browser, place):
    page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    page.goto(f"{place}{CHIPS}history/#p1")
    expect(page.locator(".kb-renewal")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.context.close()


def test_books_lead_to_the_page_where_it_has_an_address_and_else_speak_of_none(root, tmp_path):
    def stale(folder):
        with zipfile.ZipFile(next((folder / "ja" / CHIPS).glob("*.epub"))) as book:
            return re.search(r'<span class="stale".*?</span>', book.read("EPUB/text.xhtml").decode())[0]

    assert f'<a class="kb-see" href="https://someone.example/kb/ja/{CHIPS}history/#p1">原文の変更を見る</a>' in \
        stale(root / "site")
    done = build(filled(tmp_path), tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    assert stale(tmp_path / "site").endswith("以下の訳文にはまだ反映していない。</span>")


# --- at the command line ------------------------------------------------------------------------------------


def test_the_command_tells_a_translator_the_same(tmp_path, kb):
    filled(tmp_path)
    code, printed = kb(tmp_path, "stale", "--lang", "ja")
    assert code == 1 and "KB210" in printed
    told = printed[printed.index("docs_ja/articles/chips.md #p1\n"):]
    assert told == """\
docs_ja/articles/chips.md #p1
    原文  首先，BIS并不严谨，也不公开。{+其次，它没有征求意见。+}
    訳文  まず、BISは厳密ではなく、公開もしない。{+…+}
    用語  征求意见 → 意見公募
    別の箇所  没有征求意见: 规则公布之前，并没有征求意见的程序。 → 規則の公布の前に、意見公募の手続はなかった。 (チップ再論, docs_ja/articles/two.md #p1)
"""
    assert "stale" not in kb(tmp_path, "stale", "docs_ja/articles/two.md")[1]
    assert kb(tmp_path, "stale", "docs_ja/articles/two.md")[0] == 0
    assert kb(tmp_path, "stale", "docs/no.md") == (2, "kb: no page docs/no.md\n")


def test_the_command_marks_the_sentences_to_be_looked_at(tmp_path, kb):
    project(tmp_path)
    edited(tmp_path, ZH, ("很不严谨", "并不严谨"))
    recorded(tmp_path, DAYS[0])
    printed = kb(tmp_path, "stale", "--lang", "zh")[1]
    assert "原文  首先，BIS[-很-]{+并+}不严谨。\n" in printed
    assert "译文  «まず、BISはまったくずさんである。»\n" in printed
