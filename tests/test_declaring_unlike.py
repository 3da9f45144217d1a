"""An editor declares that figures which differ say the same, and that a paragraph does not mean a term: both
wordings are shown, and only the reason is asked."""

from __future__ import annotations

import re

import pytest
import yaml
from scratch import CHINESE, JAPANESE, every_file, project, write
from test_not_in import concept

from kb.commands import declare
from kb.commands.report import Manner

FILE = "sources/articles/chips.yml"
FIGURES = ("2025年5月13日，商务部公布了2,000万元的罚款。", "同日、商務部は3,000万円の罰金を公表した。")
TERM = ("中国会展业很发达。", "中国の展示会産業は発達している。")


def texts(root, *paragraphs):
    """The first paragraphs, in Chinese and Japanese."""
    ours, theirs = CHINESE, JAPANESE
    old = (("首先，BIS很不严谨。", "まず、BISはまったくずさんである。"),
           ("这种指导意见不算法律，包括：", "この種のガイダンスは法律ではなく、次のものを含む。"))
    for (chinese, japanese), (before, after) in zip(paragraphs, old, strict=False):
        ours, theirs = ours.replace(before, chinese), theirs.replace(after, japanese)
    write(root, {"docs/articles/chips.md": ours, "docs_ja/articles/chips.md": theirs})


def made(root, kb, *paragraphs):
    project(root)
    concept(root)
    texts(root, *paragraphs)
    kb(root, "anchors", "--yes")
    return root


def declared(root):
    return yaml.load((root / FILE).read_text("utf-8"), yaml.BaseLoader)


def answered(root, *answers):
    """What was asked, where these are the answers; each is asked for."""
    given, asked = iter(answers), []

    def read(words):
        asked.append(words)
        return next(given)

    code = declare.run(root, reasons=(), agreed=False, manner=Manner(), read=read)
    assert next(given, None) is None
    return code, asked


def test_figures_that_differ_are_declared_the_same_by_a_reason_alone(tmp_path, kb):
    root = made(tmp_path, kb, ("2025年，BIS很不严谨。", "同年、BISはまったくずさんである。"))
    assert "KB603" in kb(root, "check")[1]
    code, asked = answered(root, "指同一年")
    assert code == 0 and len(asked) == 1 and "1 left. articles/chips#p1\n" in asked[0]
    assert "Chinese:  [2025年]，BIS很不严谨。" in asked[0] and "Japanese: 同年、BISはまったくずさんである。" in asked[0]
    assert declared(root) == {"figures": [{"on": "p1", "zh-Hans": "2025年", "reason": "指同一年"}]}
    assert "KB" not in kb(root, "check")[1]
    assert answered(root) == (0, [])


def test_a_concept_that_a_paragraph_does_not_mean_is_declared_by_a_reason_alone(tmp_path, kb):
    root = made(tmp_path, kb, TERM)
    assert "KB602" in kb(root, "check")[1]
    code, asked = answered(root, "会展业，与国会无关")
    assert code == 0 and len(asked) == 1 and "concept kokkai" in asked[0]
    assert "Chinese:  中[国会]展业很发达。" in asked[0] and "Japanese: 中国の展示会産業は発達している。" in asked[0]
    assert declared(root) == {"terms": [
        {"on": "p1", "not": "kokkai", "in": "zh-Hans", "reason": "会展业，与国会无关"}]}
    assert "KB" not in kb(root, "check")[1]


def test_a_concept_that_only_the_japanese_names_is_declared_of_the_japanese(tmp_path, kb):
    root = made(tmp_path, kb, ("中国的会展业很发达。", "中国会展は盛んである。"))
    _, asked = answered(root, "固有名の一部")
    assert "Japanese: 中[国会]展は盛んである。" in asked[0]
    assert declared(root)["terms"][0]["in"] == "ja" and "KB" not in kb(root, "check")[1]


def test_several_figures_of_one_paragraph_have_a_line_each(tmp_path, kb):
    root = made(tmp_path, kb, FIGURES)
    assert answered(root, "译文作“同日”", "同上", "按汇率折算")[0] == 0
    assert declared(root)["figures"] == [
        {"on": "p1", "zh-Hans": "2025年", "reason": "译文作“同日”"},
        {"on": "p1", "zh-Hans": "5月13日", "reason": "同上"},
        {"on": "p1", "zh-Hans": "2,000万元", "ja": "3,000万円", "reason": "按汇率折算"}]
    assert "KB" not in kb(root, "check")[1]


@pytest.mark.parametrize(("chinese", "japanese", "lines"), [
    ("2024年30%。", "三割五分。", [("2024年", None), ("30%", "三割五分")]),
    ("第12页，共300页。", "400ページのうち。", [("第12页", None), ("300页", "400")]),
    ("3A090，10:30，700家。", "600社、11時30分、3A001。", [("3A090", "3A001"), ("10:30", "11時30分"), ("700家", "600社")]),
    ("罚款2024元。", "罰金は2年分である。", [("2024元", "2年")]),
])
def test_figures_stand_beside_those_of_their_kind(tmp_path, kb, chinese, japanese, lines):
    root = made(tmp_path, kb, (chinese, japanese))
    answered(root, *["同"] * len(lines))
    assert [(one.get("zh-Hans"), one.get("ja")) for one in declared(root)["figures"]] == lines
    assert "KB" not in kb(root, "check")[1]


def test_of_several_figures_those_without_a_reason_stay_a_finding(tmp_path, kb):
    root = made(tmp_path, kb, FIGURES)
    answered(root, "", "-", "按汇率折算")
    assert [one["reason"] for one in declared(root)["figures"]] == ["按汇率折算"]
    said = kb(root, "check")[1]
    assert "KB603" in said and "KB305" not in said


@pytest.mark.parametrize("answers", [["", "", "", ""], ["-", " ", "-", ""], ["q"], ["停"], ["", "終了"]])
def test_nothing_is_written_where_nobody_says_why(tmp_path, kb, answers):
    root = made(tmp_path, kb, TERM, FIGURES)
    before = every_file(root)
    assert answered(root, *answers)[0] == 1
    assert every_file(root) == before


def test_what_was_said_before_a_person_stopped_is_kept(tmp_path, kb):
    root = made(tmp_path, kb, TERM, FIGURES)
    answered(root, "会展业", "q")
    assert list(declared(root)) == ["terms"]
    assert "KB602" not in kb(root, "check")[1] and "KB603" in kb(root, "check")[1]


def test_a_reason_that_nobody_can_see_is_asked_again(tmp_path, kb):
    root = made(tmp_path, kb, TERM)
    answered(root, "\x1b[A", "会展\u200b业", "会展业")
    assert declared(root)["terms"][0]["reason"] == "会展业" and "KB" not in kb(root, "check")[1]


@pytest.mark.parametrize("reason", [
    "称“同年”：即2025年", "'令和7年' = \"2025年\"", "{2025年}, [同年]", "# 2025", "true", "2025", "null", "a: b", "\\n", "𠮷野家"])
def test_a_reason_is_kept_as_it_was_said(tmp_path, kb, reason):
    root = made(tmp_path, kb, ("2025年，BIS很不严谨。", "同年、BISはまったくずさんである。"))
    answered(root, reason)
    assert declared(root)["figures"][0]["reason"] == reason and "KB" not in kb(root, "check")[1]


@pytest.mark.parametrize("options", [
    (), ("--yes",), ("--reason", "wording"), ("--lang", "zh"), ("--lang", "ja"), ("--lang", "ja", "--yes")])
def test_without_a_person_the_lines_are_printed_and_nothing_is_written(tmp_path, kb, options):
    root = made(tmp_path, kb, TERM, FIGURES)
    before = every_file(root)
    code, said = kb(root, "declare", *options)
    assert code == 1 and every_file(root) == before
    assert said.rstrip().endswith(("0 declared, 4 left", "登记0条，还有4条", "登録0件、残り4件"))
    assert f"{FILE}: - {{on: p1, not: kokkai, in: zh-Hans, reason: …}}\n    中[国会]展业很发达。\n" in said
    lines = re.findall(rf"^{FILE}: (- .*)$", said, re.MULTILINE)
    assert [yaml.load(line, yaml.BaseLoader)[0]["on"] for line in lines] == ["p1", "p2", "p2", "p2"]


def test_figures_that_stand_beside_what_is_no_term_any_more_are_asked_as_they_are_then(tmp_path, kb):
    """第10项 is part of a term's name until it is none: then both languages say it, and nothing differs."""
    root = made(tmp_path, kb, ("第10项国会很严谨。", "第10項の議会はずさんである。"))
    concept(root, chinese="variants: [第10项国会]\n")
    kb(root, "anchors", "--yes")
    said = kb(root, "check")[1]
    assert "KB602" in said and "KB603" in said
    assert len(answered(root, "不是日本的国会")[1]) == 1
    assert list(declared(root)) == ["terms"] and "KB" not in kb(root, "check")[1]


STANDING = {
    "a list within brackets": (
        "# 编者的说明\nfigures: [{on: p1, zh-Hans: 2025年, reason: 同年}]\n",
        "# 编者的说明\nfigures:\n  - {on: p1, zh-Hans: 2025年, reason: 同年}\n  - NEW\n"),
    "a list within brackets, on several lines, with a comment behind": (
        "figures: [\n  {on: p1, zh-Hans: 2025年,\n    reason: 同年},\n]  # 一条\n",
        "figures:\n  - {on: p1, zh-Hans: 2025年,\n    reason: 同年}  # 一条\n  - NEW\n"),
    "an empty list": ("figures: []\n", "figures:\n  - NEW\n"),
    "a list without indentation": (
        "figures:\n- {on: p1, zh-Hans: 2025年, reason: 同年}\n\n# 附注\nnotes: []\n",
        "figures:\n- {on: p1, zh-Hans: 2025年, reason: 同年}\n- NEW\n\n# 附注\nnotes: []\n"),
    "entries over several lines": (
        "figures:  # 相同的数字\n  - on: p1\n    zh-Hans: 2025年\n    reason: 同年\n",
        "figures:  # 相同的数字\n  - on: p1\n    zh-Hans: 2025年\n    reason: 同年\n  - NEW\n"),
    "an entry of a later paragraph, with a comment above": (
        "figures:\n  - {on: p1, zh-Hans: 2025年, reason: 同年}\n  # 关于第五段\n"
        "  - {on: p5, zh-Hans: 2025年, reason: 同年}\n",
        "figures:\n  - {on: p1, zh-Hans: 2025年, reason: 同年}\n  - NEW\n  # 关于第五段\n"
        "  - {on: p5, zh-Hans: 2025年, reason: 同年}\n"),
    "another list only": (
        "terms:\n  - {on: p3, not: kokkai, reason: 同}\n",
        "terms:\n  - {on: p3, not: kokkai, reason: 同}\nfigures:\n  - NEW\n"),
}
NEW = '{on: p2, zh-Hans: "2,000万", ja: "3,000万円", reason: "汇率"}'


@pytest.mark.parametrize("case", STANDING)
def test_the_line_takes_its_place_and_all_else_stays_as_it_stands(tmp_path, kb, case):
    before, after = STANDING[case]
    has = "2025年" in before
    root = made(tmp_path, kb, ("2025年很严谨。" if has else "很严谨。", "同年はずさんである。" if has else "ずさんである。"),
                ("罚款2,000万。", "罰金は3,000万円である。"))
    write(root, {FILE: before})
    answered(root, "汇率")
    assert (root / FILE).read_text("utf-8") == after.replace("NEW", NEW)
    assert "KB603" not in kb(root, "check")[1]


@pytest.mark.parametrize("text", [
    "{figures: [], terms: []}\n", "figures: [  # 一条\n  {on: p1, zh-Hans: 2025年, reason: 同年}]\n"])
def test_all_is_written_or_nothing(tmp_path, kb, capsys, text):
    root = made(tmp_path, kb, TERM, FIGURES)
    write(root, {FILE: text})
    before = every_file(root)
    assert answered(root, "会展业", "日期", "日期", "汇率")[0] == 1 and every_file(root) == before
    assert f"nothing is written: no line can be put into {FILE}" in capsys.readouterr().err


def test_a_figure_is_told_from_another_that_is_written_like_it(tmp_path, kb):
    """The hint's line, and what is written, name words that work."""
    root = made(tmp_path, kb, ("罚款3万元，另罚3万美元，共3万元。", "罰金は3万元、ほかに3万米ドルである。"))
    answered(root, "重复的数字")
    assert "KB" not in kb(root, "check")[1]


@pytest.mark.parametrize(("tag", "words"), [
    ("zh", ("还有1项", "两边数字不同")), ("ja", ("残り1件", "数字が一致しない"))])
def test_the_question_is_put_in_both_languages(tmp_path, kb, tag, words):
    from kb.reporting.records import Reader

    root = made(tmp_path, kb, ("2025年，BIS很不严谨。", "同年、BISはまったくずさんである。"))
    asked = []
    reader = Reader({"zh": "zh-Hans", "ja": "ja"}[tag])
    declare.run(root, reasons=(), agreed=False, manner=Manner(reader=reader),
                read=lambda question: asked.append(question) or "")
    assert len(asked) == 1 and all(one in asked[0] for one in words)
