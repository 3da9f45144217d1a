"""The state of every text: each thing that can be said of one stands on the page in both languages, and the
file for programs says the same."""

from __future__ import annotations

import json

import pytest
from host import build
from jsonschema import Draft202012Validator
from lxml import html
from scratch import (
    CHINESE,
    JAPANESE,
    NOTE,
    PROVENANCE,
    RECEIVED,
    ROOT,
    every_file,
    site_of,
    with_source,
    write,
)

from kb import cli, languages
from kb import project as projects
from kb.exports import state as export
from kb.views import state as view

MACHINE = JAPANESE.replace(", post-edited: 2026-11-22", "")
REVIEWED = JAPANESE.replace("post-edited: 2026-11-22", (
    "post-edited: 2026-11-22, reviewed: {date: 2026-11-24, by: [{family: 山田, given: 太郎}]}"))


def entries(*rows):
    return "".join(f"- {{{row}}}\n" for row in rows)


def record(root, document, *rows):
    """Add lines to a register, as `kb anchors` would on another day."""
    path = root / f"anchors/{document}.yml"
    path.write_text(path.read_text("utf-8") + entries(*rows), "utf-8")


def redated(root, day):
    """Every line so far is of that day."""
    for path in (root / "anchors").rglob("*.yml"):
        lines = path.read_text("utf-8").split("date: ")
        path.write_text(lines[0] + "".join(f"date: {day}{line[10:]}" for line in lines[1:]), "utf-8")


def make(root):
    """A site of documents in every state."""
    with_source(root)
    write(root, {"docs_ja/articles/chips.md": JAPANESE.replace(
        "text: translation\n", "text: translation\nheadings: supplied\n")})
    for name in ("complete", "stale", "machine", "reviewed", "lacking", "untranslated"):
        write(root, {f"docs/articles/{name}.md": CHINESE.replace("聊聊芯片", f"聊聊芯片：{name}"),
                     f"docs_ja/articles/{name}.md": JAPANESE.replace("チップについて", f"チップ：{name}")})
    write(root, {
        "docs/articles/missing.md": CHINESE.replace("聊聊芯片", "只有中文"),
        "docs_ja/articles/machine.md": MACHINE, "docs_ja/articles/reviewed.md": REVIEWED,
        "docs_ja/articles/lacking.md": JAPANESE.replace("* 政策声明\n  { #p4 }\n", ""),
        "docs_ja/articles/untranslated.md": JAPANESE.replace(
            "この種のガイダンスは法律ではなく、次のものを含む。", "这种指导意见不算法律，包括："),
        "docs/commentary/origin.md": NOTE.replace("chips#p1", "complete#p1")})
    assert cli.main(["anchors"], root=root) in (0, 1)
    redated(root, "2026-11-20")
    stale = root / "docs/articles/stale.md"
    write(root, {"docs/articles/stale.md": stale.read_text("utf-8").replace("不严谨", "不认真")})
    cli.main(["anchors", "--yes"], root=root)
    drafted = (root / "docs/articles/complete.md").read_text("utf-8")
    write(root, {"docs/articles/draft.md": drafted.replace("聊聊芯片：complete", "草稿"),
                 "docs_ja/articles/draft.md": JAPANESE})
    return site_of(root)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return projects.read(make(tmp_path_factory.mktemp("state")))


def edition(project, name, tag="ja"):
    return next(one for one in project.state.documents if one.document == f"articles/{name}").editions[tag]


@pytest.mark.parametrize(("name", "needs"), [
    ("complete", ()), ("missing", ("missing",)), ("stale", ("stale",)), ("machine", ("unedited",)),
    ("reviewed", ()), ("lacking", ("lacking",)), ("untranslated", ("untranslated",)), ("draft", ("drafts",)),
])
def test_an_edition_needs_what_is_wrong_with_it_and_nothing_else(project, name, needs):
    assert edition(project, name).needs == needs
    assert edition(project, name).is_complete == (needs in ((), ("unedited",)))


def test_a_stale_paragraph_is_named_with_the_day_on_which_its_original_changed(project):
    found = edition(project, "stale")
    changed = project.register("articles/stale").entries[-1]
    assert changed.language == "zh-Hans" and changed.date > "2026-11-20"
    assert found.stale == (("p1", changed.date),)


def test_a_review_is_said_only_where_it_is_written_and_what_changed_after_it_is_told(tmp_path):
    with_source(tmp_path)
    write(tmp_path, {"docs_ja/articles/chips.md": REVIEWED})
    redated(tmp_path, "2026-11-20")
    review = edition(projects.read(tmp_path), "chips").review
    assert (review.date, review.by, review.changed) == ("2026-11-24", ("山田太郎",), ())
    assert edition(projects.read(tmp_path), "chips", "zh-Hans").review is None
    record(tmp_path, "articles/chips", "id: p1, date: 2026-11-25, language: ja, text: 0123456789ab")
    assert edition(projects.read(tmp_path), "chips").review.changed == ("p1",)
    redated(tmp_path, "2026-11-25")  # nobody knows what was reviewed
    assert edition(projects.read(tmp_path), "chips").review.changed == ()


def test_a_review_of_a_day_to_come_is_a_finding_and_one_without_a_name_too(tmp_path, kb):
    with_source(tmp_path)
    write(tmp_path, {"docs_ja/articles/chips.md": REVIEWED.replace("2026-11-24", "2999-01-01")})
    assert "KB115" in kb(tmp_path, "check")[1]
    write(tmp_path, {"docs_ja/articles/chips.md": REVIEWED.replace(
        ", by: [{family: 山田, given: 太郎}]", "")})
    assert "no “by”" in kb(tmp_path, "check")[1]


def test_what_is_collated_counts_emended_paragraphs_and_unaccounted_characters(project, tmp_path):
    assert edition(project, "chips", "zh-Hans").collated.emended == 0
    assert edition(project, "chips", "zh-Hans").collated.unaccounted == 0
    assert edition(project, "chips").collated is None
    with_source(tmp_path, RECEIVED + "\n这一段不知去向，没有任何说明。\n", PROVENANCE)
    assert edition(projects.read(tmp_path), "chips", "zh-Hans").needs == ("unaccounted",)


def test_documents_that_need_work_come_first_the_worst_of_them_before_the_others(project):
    order = [one.document.rpartition("/")[2] for one in project.state.documents]
    assert order == ["missing", "lacking", "untranslated", "draft", "stale", "machine", "chips", "complete",
                     "reviewed"]


def test_changes_are_the_newest_first_and_name_the_editions_in_which_they_happened(project):
    changes = project.state.changes
    assert [one.date for one in changes] == sorted((one.date for one in changes), reverse=True)
    newest = changes[0]
    assert (newest.document, newest.kind, newest.what, newest.tags) == (
        "articles/stale", "changed", ("p1",), ("zh-Hans",))
    first = next(one for one in changes if one.document == "articles/complete")
    assert first.kind == "new" and first.tags == ("zh-Hans", "ja")


def test_a_paragraph_that_was_split_merged_or_withdrawn_is_told_as_that_and_not_as_changed(tmp_path):
    with_source(tmp_path)
    redated(tmp_path, "2026-11-20")
    record(tmp_path, "articles/chips",
           "id: p2a, date: 2026-11-22, language: zh-Hans, text: 0123456789ab, from: p2",
           "id: p2, date: 2026-11-22, language: zh-Hans, text: 0123456789ac",
           "id: p4, date: 2026-11-23, withdrawn: true, successor: p3",
           "id: p3, date: 2026-11-23, language: zh-Hans, text: 0123456789ad, merged: [p4]",
           "id: p5, date: 2026-11-24, withdrawn: true")
    told = [(one.date, one.kind, one.what, one.others) for one in projects.read(tmp_path).state.changes
            if "zh-Hans" in one.tags and one.date > "2026-11-20"]
    assert told == [("2026-11-24", "deleted", ("p5",), ()), ("2026-11-23", "merged", ("p4",), ("p3",)),
                    ("2026-11-22", "split", ("p2",), ("p2a",))]


# --- the page and the file ------------------------------------------------------------------------

HOME = "---\nkind: home\ndescription: 一个只有几篇短文的网站。\n---\n\n"
SITE = "https://someone.example/kb/"


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Only what a site is built from: without what stops a build."""
    root = tmp_path_factory.mktemp("built")
    make(root)
    for name in ("lacking", "draft"):
        for path in root.rglob(f"{name}.*"):
            path.unlink()
    write(root, {"docs/index.md": HOME + "# 首页\n", "docs_ja/index.md": HOME + "# ホーム\n"})
    done = build(root, root / "site", SITE_URL=SITE)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def page_of(built, prefix):
    return html.document_fromstring((built / f"{prefix}about/state/index.html").read_bytes())


def cell(page, name, column):
    [row] = page.xpath(f"//tr[@id='text-articles_2f_{name}']")
    return " ".join(row.xpath("td")[column].text_content().split())


@pytest.mark.parametrize(("name", "column", "chinese", "japanese"), [
    ("complete", 0, "完整 原文 没有底本", "全文収録 原文 底本なし"),
    ("complete", 1, "全译 机器翻译，已校订（2026年11月22日） 没有底本",
     "完訳 機械翻訳、校訂済み（2026年11月22日） 底本なし"),
    ("missing", 1, "未译", "未訳"),
    ("machine", 1, "全译 机器翻译 未校订 没有底本", "完訳 機械翻訳 未校訂 底本なし"),
    ("reviewed", 1, "已审阅（2026年11月24日，山田太郎）", "査読済み（2026年11月24日、山田太郎）"),
    ("untranslated", 1, "仍为原文第2段", "原文のまま第2段落"),
    ("stale", 1, "过时第1段（", "要更新第1段落（"),
    ("chips", 0, "已与底本逐字核对，没有校改", "底本と照合済み（修正なし）"),
])
def test_each_state_is_said_in_both_languages(built, name, column, chinese, japanese):
    assert chinese in cell(page_of(built, ""), name, column)
    assert japanese in cell(page_of(built, "ja/"), name, column)


def test_the_file_for_programs_says_what_the_page_says_and_keeps_to_its_schema(built):
    said = json.loads((built / "state.json").read_text("utf-8"))
    schema = json.loads((ROOT / "scripts/kb/schemas/state.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(said)
    for prefix in ("", "ja/"):
        page = page_of(built, prefix)
        rows = page.xpath("//div[@class='kb-glossary']//tbody/tr/@id")
        assert rows == [view.row(one["document"]) for one in said["documents"]]
        folded = page.xpath("//details[@id='state-done']//tbody/tr/@id")
        assert folded == [view.row(one["document"]) for one in said["documents"]
                          if not any(own.get("needs") for own in one["editions"].values())]
        totals = page.xpath("//div[@class='kb-figures']//tbody/tr")
        for row, figures in zip(totals, said["totals"].values(), strict=True):
            numbers = [int(one.text) for one in row.xpath("td")]
            assert numbers == [len(said["documents"]), *figures.values()]
        assert len(page.xpath("//ul[@class='kb-changes']/li")) == len(said["changes"])
    stale = next(one for one in said["documents"] if one["document"] == "articles/stale")
    assert stale["editions"]["ja"]["address"] == f"{SITE}ja/articles/stale/"
    assert [one["id"] for one in stale["editions"]["ja"]["stale"]] == ["p1"]


def test_a_commentary_that_a_language_lacks_is_named(built):
    for prefix, said in (("", "日文版未译"), ("ja/", "日本語版なし")):
        [own] = page_of(built, prefix).xpath("//ul[@class='kb-comments']/li")
        assert said in own.text_content() and "规则的来历" in own.text_content()


@pytest.mark.parametrize(("language", "section", "whole"), [
    (languages.CHINESE, "2026年11月25日修改第1段、“法律效力”一节。", "2026年11月20日收入本库。"),
    (languages.JAPANESE, "2026年11月25日に第1段落、「法的効力」の節を改めた。", "2026年11月20日に当文庫に収めた。")])
def test_a_text_that_came_in_is_told_as_one_change_and_a_section_by_its_heading(
        tmp_path, language, section, whole):
    with_source(tmp_path)
    redated(tmp_path, "2026-11-20")
    record(tmp_path, "articles/chips", *(
        f"id: {anchor}, date: 2026-11-25, language: {tag}, text: 0123456789ab"
        for tag in ("zh-Hans", "ja") for anchor in ("p1", "legal-effect")))
    changes = view.body(projects.read(tmp_path), language).changes
    assert [("".join(text for text, _ in one.said), one.count) for one in changes] == [(section, 0), (whole, 6)]


def test_readers_find_the_page_from_the_home_page_and_from_the_head_of_a_document(built):
    for prefix in ("", "ja/"):
        home = html.document_fromstring((built / f"{prefix}index.html").read_bytes())
        assert home.xpath("//a[contains(@href, 'about/state/')]")
        head = html.document_fromstring((built / f"{prefix}articles/stale/index.html").read_bytes())
        [link] = head.xpath("//section[@class='kb-head']//a[contains(@href, 'about/state/')]/@href")
        assert page_of(built, prefix).xpath(f"//*[@id='{link.partition('#')[2]}']")


def test_every_link_of_the_page_leads_to_a_page_and_a_paragraph_that_is_there(built):
    for prefix in ("", "ja/"):
        place = built / f"{prefix}about/state/"
        for link in page_of(built, prefix).xpath("//div[@class='kb-state']//a/@href"):
            address, _, anchor = link.partition("#")
            goal = html.document_fromstring((place / address / "index.html").resolve().read_bytes())
            assert not anchor or goal.xpath(f"//*[@id='{anchor}']"), link


def test_lists_are_cut_where_nobody_would_follow_them_and_the_file_holds_all(tmp_path, monkeypatch):
    with_source(tmp_path)
    for number in range(4):
        write(tmp_path, {f"docs/articles/x{number}.md": CHINESE})
    site_of(tmp_path)
    theme = tmp_path / "theme/state.html"
    theme.write_text(theme.read_text("utf-8").replace("body.most", "3"), "utf-8")
    assert cli.main(["anchors"], root=tmp_path) == 0
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    page = page_of(tmp_path / "site", "")
    assert len(page.xpath("//h2[@id='state-work']/following-sibling::div[1]//tbody/tr")) == 3
    assert "其余1篇见JSON数据。" in page.text_content()
    assert len(json.loads((tmp_path / "site/state.json").read_text("utf-8"))["documents"]) == 5


def test_a_site_without_texts_has_no_such_page_and_one_that_has_its_own_is_told(tmp_path, kb):
    site_of(tmp_path)
    found = projects.read(tmp_path)
    assert not found.corpus.has_texts and export.files(found, "") == {}
    with_source(tmp_path)
    write(tmp_path, {"docs/about/state.md": "# 状态\n", "docs_ja/about/state.md": "# 状態\n"})
    assert "KB110" in kb(tmp_path, "check")[1]


def test_a_text_may_link_to_the_page_where_there_is_one(tmp_path, kb):
    about = {"docs/about/index.md": "# 关于\n\n见[文本状态](state.md)。\n",
             "docs_ja/about/index.md": "# 概要\n\n[テキストの状態](state.md)を参照。\n"}
    write(site_of(tmp_path), about)
    assert "KB401" in kb(tmp_path, "check")[1]
    with_source(tmp_path)
    assert "KB401" not in kb(tmp_path, "check")[1]


def test_reading_the_state_changes_nothing_and_is_the_same_twice(project):
    before = every_file(project.corpus.root)
    again = projects.read(project.corpus.root)
    assert export.files(again, "") == export.files(project, "")
    assert every_file(project.corpus.root) == before


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_the_page_fits_a_phone_and_axe_has_nothing_to_say(built, phone, prefix):
    import axe
    from host import serve

    server, url = serve(built)
    try:
        for scheme in ("light", "dark"):
            phone.emulate_media(color_scheme=scheme)
            phone.goto(f"{url.rstrip('/')}/{prefix}about/state/")
            assert phone.evaluate("document.documentElement.scrollWidth") == 360
            assert axe.violations(phone, target_size=True) == []
    finally:
        server.shutdown()
