"""Figures by value: what Chinese and Japanese write differently and mean alike agrees, what differs is found, and
an editor can say that two figures are the same. Cases are data, in `tests/cases/figures/`."""

from pathlib import Path

import pytest
import yaml
from scratch import CHINESE as TEXT
from scratch import JAPANESE as TRANSLATION
from scratch import write

from kb.figures import differences, figures
from kb.figures.found import _RULES
from kb.figures.numerals import worth
from kb.figures.values import Rare
from kb.languages import CHINESE, JAPANESE

FILES = [yaml.load(path.read_text("utf-8"), getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # a figure is what is written
         for path in sorted((Path(__file__).parent / "cases/figures").glob("*.yml"))]
SAME = [tuple(pair) for file in FILES for pair in file["same"]]
DIFFERENT = [tuple(one) for file in FILES for one in file["different"]]


def found(chinese, japanese):
    return differences(figures(chinese, CHINESE), figures(japanese, JAPANESE))


@pytest.mark.parametrize(("chinese", "japanese"), SAME)
def test_figures_that_mean_the_same_agree(chinese, japanese):
    assert not found(chinese, japanese)


@pytest.mark.parametrize(("chinese", "japanese", "ours", "theirs"), DIFFERENT)
def test_figures_that_differ_are_found_and_said_with_their_value(chinese, japanese, ours, theirs):
    difference = found(chinese, japanese)
    assert [one.said for one in difference.ours] == [ours]
    assert [one.said for one in difference.theirs] == [theirs]


def test_a_pattern_that_is_rarely_made_is_made_wherever_it_matches():
    rare = [pattern for pattern, _ in _RULES if isinstance(pattern, Rare)]
    numerals = ("3", "三", "1.5", "二〇", "10万", "千二百")
    units = ("割", "成", "割5分", "成半", "割三分二厘", "分之二", "分の 1", " 分之10", "%", "％", "%ポイント", "‰",
             "パーミル", "基点", "个基點", "ベーシスポイント", " bp", "bps", "パーセント", "个百分点", "百分點", "ポイント",
             "割合", "成立", "分钟")
    texts = [one for case in (*SAME, *DIFFERENT) for one in case]
    texts += [before + numeral + unit for before in ("", "約") for numeral in numerals for unit in units]
    matched = [[text for text in texts if any(one.match(text, at) for at in range(len(text)))] for one in rare]
    assert len(rare) == 3
    for pattern, having in zip(rare, matched, strict=True):
        assert len(having) > 20
        assert all(map(pattern.may_be_in, having))
        assert not pattern.may_be_in("由三个国家组成的联盟，一半以上是会员国。")


@pytest.mark.parametrize("text", sorted({side for pair in SAME for side in pair}))
def test_figures_stand_in_the_text_where_they_say(text):
    for language in (CHINESE, JAPANESE):
        for figure in figures(text, language):
            assert text[figure.start : figure.end] == figure.words != ""


def test_a_figure_that_one_side_lacks_is_found_unless_it_is_small():
    assert [one.said for one in found("共投入三亿元，涉及两国。", "両国にかかわる。").ours] == ["“三亿元” (300,000,000)"]
    assert not found("涉及两国。", "両国にかかわる。")


def test_the_same_figure_twice_is_two_figures():
    assert len(found("2013年与2013年", "2013年").ours) == 1


def test_a_figure_that_one_side_lacks_many_times_is_said_once_with_how_often(tmp_path, kb):
    write(tmp_path, {"docs/articles/chips.md": TEXT.replace("首先，BIS很不严谨。", "见第31条。" * 30 + "又见第42条。"),
                     "docs_ja/articles/chips.md": TRANSLATION})
    kb(tmp_path, "anchors")
    assert ("found no such figure in #p1, expected “第31条” ×30, “第42条”, as in docs/articles/chips.md line 11"
            in kb(tmp_path, "check")[1])


def spelt(number):
    """`number`, below a hundred million, in Chinese characters: written apart from the program."""
    digits = "零一二三四五六七八九"

    def below(value):
        out, zero = "", False
        for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, value = divmod(value, unit)
            if digit:
                out += ("零" if zero and out else "") + digits[digit] + name
                zero = False
            else:
                zero = True
        return out

    high, low = divmod(number, 10**4)
    return (below(high) + "万" if high else "") + ("零" if high and 0 < low < 1000 else "") + below(low)


@pytest.mark.parametrize("step", [7, 97, 9973, 104729, 1299709])
def test_every_number_in_chinese_characters_is_worth_what_it_says(step):
    for number in range(10, min(10**8, step * 3000), step):
        assert worth(spelt(number), CHINESE) == number, spelt(number)


@pytest.mark.parametrize("words", ["七八", "九一八", "三四十", "十四五", "百千", "零零七八十"])
def test_what_only_looks_like_a_number_is_worth_nothing(words):
    assert worth(words, CHINESE) is None


# --- as an editor meets them --------------------------------------------------------------------

def prepared(root, kb, chinese, japanese, declared=None):
    """A document whose first paragraph says this in each language."""
    write(root, {
        "docs/articles/chips.md": TEXT.replace("首先，BIS很不严谨。", chinese),
        "docs_ja/articles/chips.md": TRANSLATION.replace("まず、BISはまったくずさんである。", japanese)})
    assert kb(root, "anchors")[0] in (0, 1)
    if declared:
        write(root, {"sources/articles/chips.yml": declared})
    return kb(root, "check")[1]


def test_the_finding_says_both_sides_with_their_values_and_how_to_declare_them(tmp_path, kb):
    printed = prepared(tmp_path, kb, "共投入2,000万元。", "3,000万元を投じた。")
    assert ("KB603 figures that differ between twins: found “3,000万元” (30,000,000) in #p1, expected "
            "“2,000万元” (20,000,000), as in docs/articles/chips.md line 11") in printed
    assert ('sources/articles/chips.yml: figures: [{on: p1, zh-Hans: "2,000万元", ja: "3,000万元", '
            "reason: …why they say the same}]") in printed


def test_the_declaration_that_the_hint_gives_is_one_that_works(tmp_path, kb):
    printed = prepared(tmp_path, kb, "2025年发布的规则。", "同年公表の規則。")
    assert "found no such figure in #p1, expected “2025年”" in printed
    example = printed.partition("sources/articles/chips.yml: ")[2].split("\n")[0]
    write(tmp_path, {"sources/articles/chips.yml": f"{example}\n"})
    assert "KB" not in kb(tmp_path, "check")[1]


def test_what_differs_can_be_declared_the_same_with_a_reason(tmp_path, kb):
    printed = prepared(
        tmp_path, kb, "2025年5月，一年半后生效。", "令和6年5月、18カ月後に発効。",
        "figures:\n  - {on: p1, zh-Hans: 2025年, ja: 令和6年, reason: 財政年度}\n"
        "  - {on: p1, zh-Hans: 一年半, ja: 18カ月, reason: 一年半即十八个月}\n")
    assert "KB" not in printed


@pytest.mark.parametrize(("line", "message"), [
    ("{on: p1, zh-Hans: 2024年, ja: 令和6年, reason: x}",
     "found “2024年” on #p1, expected a figure as it stands in docs/articles/chips.md"),
    ("{on: p9, zh-Hans: 2025年, reason: x}", "found figures on #p9, expected a paragraph of both editions"),
    ("{on: p1, zh-Hans: 发布, reason: x}", "found “发布” on #p1, expected a figure as it stands in"),
    ("{on: p1, zh-Hans: 5月, ja: 5月, reason: x}", "found figures on #p1, expected figures that differ"),
])
def test_a_declaration_that_matches_nothing_is_a_finding(tmp_path, kb, line, message):
    own = "{on: p1, zh-Hans: 2025年, ja: 令和6年, reason: x}" if "5月" in line else line
    printed = prepared(tmp_path, kb, "2025年5月发布。", "令和6年5月公表。",
                       "figures:\n" + "".join(f"  - {one}\n" for one in dict.fromkeys((own, line))))
    assert f"KB305 a declaration that matches nothing: {message}" in printed


def test_a_declaration_without_words_or_reason_is_refused_with_an_example(tmp_path, kb):
    printed = prepared(tmp_path, kb, "2025年。", "2025年。", "figures: [{on: p1, reason: x}]\n")
    assert "KB103" in printed and "{on: p12, zh-Hans: 2025年, ja: 同年, reason: …}" in printed
    write(tmp_path, {"sources/articles/chips.yml": "figures: [{on: p1, ja: 2025年}]\n"})
    assert "found no “reason” in figures.0" in kb(tmp_path, "check")[1]
