"""Sources can be looked up, English is quoted alike everywhere, pages say how far the law was looked up."""

import pytest

from host import build
from kb import checks
from kb import project as projects
from kb.findings import CODES
from kb.languages import BY_TAG
from kb.views.words import Words
from scratch import project, site_of, write

TODAY = "2026-11-22"
COMMENT = """\
---
kind: note
title: {title}
authors: [编者]
date: 2026-11-22
on: [articles/chips#p1]
sources: [{source}]
description: 说明。
---

{text}
"""
EVENTS = """\
{as_of}events:
  - date: "2025-05-13"
    until: "2025-05-15"
    title: {{zh-Hans: 设立委员会, ja: 委員会の設置}}
    text: {{zh-Hans: 政府设立委员会。, ja: 政府が委員会を設置した。}}
    sources: [{source}]
"""
ENGLISH = "even where no export violation occurs"
ZH, JA = f"“{ENGLISH}”（即使没有发生出口违规）", f"「{ENGLISH}」（輸出に関する違反が生じていない場合でも）"


def comment(text, *, title="说明", source="{text: 15 CFR 736.2(b)(10)}"):
    return COMMENT.format(title=title, source=source, text=text)


def found(root, *codes, **files):
    project(root)
    write(root, files)
    every = checks.run(projects.read(root), TODAY)
    return [str(one).partition("\n")[0] for one in every if one.code in codes]


def test_the_same_english_with_another_translation_is_found_where_it_stands_second(tmp_path):
    assert found(tmp_path, "KB610", **{
        "docs/commentary/a.md": comment(f"声明说，{ZH}，仍可列入。"),
        "docs/commentary/b.md": comment(
            "另有一段。\n\n声明说，“Even where no export violation occurs.”（并无违规时）。"),
    }) == ["docs/commentary/b.md:13: KB610 one English quotation with two translations: found “并无违规时” "
           "for “Even where no export violation occurs.”, expected “即使没有发生出口违规”, as docs/"
           "commentary/a.md has it"]


def test_each_language_has_its_own_translation_of_the_same_english(tmp_path):
    assert not found(tmp_path, "KB610", **{
        "docs/commentary/a.md": comment(f"声明说，{ZH}。"),
        "docs_ja/commentary/a.md": comment(f"声明は{JA}とする。"),
        "docs/commentary/b.md": comment(f"又说，{ZH}。"),
        "docs_ja/commentary/b.md": comment(f"また、{JA}とする。")})


def test_a_block_quotation_in_english_has_its_translation_in_the_paragraph_below(tmp_path):
    lines = found(tmp_path, "KB610", **{
        "docs/commentary/a.md": comment(f"声明说，{ZH}。"),
        "docs/commentary/b.md": comment(f"原文如下：\n\n> {ENGLISH}\n\n（即便没有违规。）")})
    assert [line.partition(" KB610")[0] for line in lines] == ["docs/commentary/b.md:15:"]


def test_more_of_a_sentence_is_another_quotation(tmp_path):
    assert not found(tmp_path, "KB610", **{
        "docs/commentary/a.md": comment(f"声明说，{ZH}。"),
        "docs/commentary/b.md": comment(f"“may be added {ENGLISH}”（即便没有违规，也可能列入）。")})


def test_what_an_author_quotes_is_his_own_affair(tmp_path):
    project(tmp_path)
    text = (tmp_path / "docs/articles/chips.md").read_text("utf-8")
    assert not found(tmp_path, "KB610", **{
        "docs/commentary/a.md": comment(f"声明说，{ZH}。"),
        "docs/articles/chips.md": text.replace("BIS很不严谨", f"BIS说“{ENGLISH}”（没有违规也行）")})


@pytest.mark.parametrize("source", [
    "15 CFR 736.2(b)(10)", "90 FR 4544", "某公告", "《公报》第27号",
    "Perez v. Mortgage Bankers Ass'n, 575 U.S. 92 (2015)",
    "《2035年1月以前的规划》，2025年5月20日", "昇腾910B的说明（v.2.1、U.S.C.）", "见chips.md的说明",
])
def test_what_can_be_looked_up_is_a_source(tmp_path, source):
    assert not found(tmp_path, "KB115", "KB611", "KB612", **{
        "docs/commentary/a.md": comment("一段。", source=f'{{text: "{source}"}}')})


@pytest.mark.parametrize(("source", "code", "said"), [
    ('{text: "hklaw.com；pillsburylaw.com"}', "KB611", "“hklaw.com”|“pillsburylaw.com”"),
    ('{text: "内容见exportcompliancedaily.com"}', "KB611", "“exportcompliancedaily.com”"),
    ('{text: "前后两种措辞：dignews.cc/p/3f9b"}', "KB611", "“dignews.cc/p/3f9b”"),
    ('{text: "某律师事务所", address: "https://hklaw.com"}', "KB611", "“https://hklaw.com”"),
    ('{text: "2025年5月20日"}', "KB612", "“2025年5月20日”"),
    ('{text: "No. 27，2027年1月3日"}', "KB115", "sources: 2027-01-03"),
    ('{text: "《公报》2027-02"}', "KB115", "sources: 2027-02"),
])
def test_what_leads_nowhere_is_none(tmp_path, source, code, said):
    files = {"docs/commentary/a.md": comment("一段。", source=source)}
    lines = found(tmp_path, "KB115", "KB611", "KB612", **files)
    assert [line.partition(", expected")[0] for line in lines] == [
        f"docs/commentary/a.md:7: {code} {CODES[code]}: found {one}" for one in said.split("|")]


def test_the_last_section_of_a_concept_and_editors_notes_name_their_sources_too(tmp_path):
    concept = ("---\nkind: concept\nterm: 解释性规则\nenglish: interpretive rule\nreading: jiěshìxìng guīzé\n"
               "description: 一个术语。\n---\n\n# 解释性规则\n\n说明条文含义的规则。\n\n"
               "## 出处 { #sources }\n\n- [《公报》](https://www.example.org/1)，2025年。\n"
               "- 见example.org。\n- [《公报》](https://www.example.org/)。\n")
    note = ("notes:\n  - {on: p1, kind: note, date: 2026-11-22, signed: {zh-Hans: 编者, ja: 編者}, "
            "zh-Hans: 出处：example.com。, ja: 注。}\n")
    lines = found(tmp_path, "KB611", **{"docs/glossary/interpretive-rule.md": concept,
                                        "sources/articles/chips.yml": note})
    assert [line.partition(", expected")[0].replace("KB611 a source that names a site only: found ", "")
            for line in lines] == ["docs/glossary/interpretive-rule.md:16: “example.org”",
                                   "docs/glossary/interpretive-rule.md:17: “https://www.example.org/”",
                                   "sources/articles/chips.yml:2: “example.com”"]


def test_how_far_the_law_was_looked_up_is_no_day_to_come(tmp_path):
    events = EVENTS.format(as_of='as-of: "2026-12"\n', source="{text: 公报}")
    assert found(tmp_path, "KB115", **{"timeline/events.yml": events}) == [
        "timeline/events.yml:1: KB115 a date that has not come yet: found as-of: 2026-12, expected today, "
        "2026-11-22, or a day before it"]


def test_a_month_that_does_not_exist_is_none_that_the_law_was_looked_up_to(tmp_path):
    events = EVENTS.format(as_of='as-of: "2026-13"\n', source="{text: 公报}")
    assert found(tmp_path, "KB103", **{"timeline/events.yml": events}) == [
        "timeline/events.yml:1: KB103 a key or value that the schema does not allow: found as-of: 2026-13, "
        "expected a date that exists"]


def test_pages_say_how_far_the_law_was_looked_up_and_name_sources_in_their_language(tmp_path):
    site_of(project(tmp_path))
    source = "{text: {zh-Hans: 《公报》第27号, ja: 『官報』第27号}, address: 'https://www.example.org/27'}"
    page = "---\nkind: timeline\n---\n\n# 年表\n\n一段。\n"
    write(tmp_path, {
        "timeline/events.yml": EVENTS.format(as_of='as-of: "2026-06"\n', source=source),
        "docs/timeline.md": page, "docs_ja/timeline.md": page,
        "docs/commentary/a.md": comment("一段。"),
        "docs_ja/commentary/a.md": comment("1段落。", title="説明")})
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    for folder, said, cited, other, period in (
            ("", "资料截至", "《公报》第27号", "『官報』第27号", ">2025年5月13日</time>至<"),
            ("ja/", "確認時点", "『官報』第27号", "《公报》第27号", ">2025年5月13</time>～<")):
        timeline = (tmp_path / f"site/{folder}timeline/index.html").read_text("utf-8")
        assert said in timeline and '<time datetime="2026-06">2026年6月</time>' in timeline
        assert cited in timeline and other not in timeline and period in timeline
        assert said in (tmp_path / f"site/{folder}commentary/a/index.html").read_text("utf-8")
        assert said not in (tmp_path / f"site/{folder}articles/chips/index.html").read_text("utf-8")


@pytest.mark.parametrize(("tag", "begin", "end", "said"), [
    ("zh-Hans", "1957-05-27", "1957-05-30", "1957年5月27日至30日"),
    ("ja", "1957-05-27", "1957-05-30", "1957年5月27～30日"),
    ("ja", "1957-05-27", "1957-06-03", "1957年5月27日～6月3日"),
    ("zh-Hans", "2025-10", "2025-12", "2025年10月至12月"),
    ("ja", "1951", "1953", "1951年～1953年"),
])
def test_a_period_says_once_what_both_of_its_ends_share(tag, begin, end, said):
    words = Words(BY_TAG[tag])
    assert words.word("date-to").join(words.period(begin, end)) == said
