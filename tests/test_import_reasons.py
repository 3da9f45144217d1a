"""What stands around a text is left out for a reason that is true, in both languages; dates and authors are those
that the page names; numbered headings are not asked about."""

from __future__ import annotations

import pytest
import yaml
from scratch import ROOT, project, site_of, write

from kb.importing import bold, counterparts, drafting, facts, noise, questions, taking
from kb.importing.drafting import Made
from kb.importing.values import SURE, Block, Draft, Facts, Judged, Line, Omission, Taken
from kb.languages import SHORT, word

CHINESE = {
    "title": "关于调整检测设备备案办法的说明",
    "info": "发布日期：2026-09-10　来源：海州市商务局　作者：政策研究室　浏览次数：1284",
    "first": "自今年三月起，海州市商务局就检测设备的备案征求了企业、行业协会和高等院校的意见。现将修改后的办法说明如下。",
    "one": "一、修改的背景",
    "second": "原办法施行于2019年，当时本市有出口业务的检测设备企业只有64家。到2025年底，这个数字已经增加到218家。",
    "ad": "广告　恒信计量，校准服务三天出证，欢迎来电咨询",
    "two": "二、修改的内容",
    "third": "第三项的时限从材料收齐的次日起算。材料不齐的，经办人员应当一次告知所缺的全部材料，不得分次要求补正。",
    "footer": "版权所有：海州市商务局　海ICP备12345678号　网站标识码：3300000012",
}
JAPANESE = {
    "title": "検査設備の届出弁法の調整に関する説明",
    "info": "発表日：2026-09-10　出典：海州市商務局　作者：政策研究室　閲覧回数：1284",
    "first": "今年3月から、海州市商務局は検査設備の届出について、企業、業界団体および大学の意見を募集した。改正後の弁法を以下のとおり説明する。",
    "one": "一、改正の背景",
    "second": "旧弁法は2019年に施行され、当時、本市で輸出業務を行う検査設備企業は64社であった。2025年末までに218社に増加した。",
    "ad": "広告　恒信計量、校正サービスは3日で証明書発行、お電話でご相談ください",
    "two": "二、改正の内容",
    "third": "第三項の期限は資料がそろった翌日から起算する。材料不齐的，经办人员应当一次告知所缺的全部材料，不得分次要求补正。",
    "footer": "著作権所有：海州市商務局　海ICP備12345678号　サイト識別コード：3300000012",
}
TEXTS = {"zh": CHINESE, "ja": JAPANESE}
PAGE = """\
<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>
<div class="main"><h1>{title}</h1><div class="info">{info}</div><div class="TRS_Editor">
<p>{first}</p><p><strong>{one}</strong></p><p>{second}</p>
<div class="ad-slot"><a href="https://ads.example.cn/1"><img src="a.gif" alt=""></a>{ad}</div>
<p><strong>{two}</strong></p><p>{third}</p></div></div>
<div class="footer"><p>{footer}</p></div></body></html>
"""


def page(language: str, **other: str) -> bytes:
    return PAGE.format(**(TEXTS[language] | other)).encode()


def made_of(language: str, **other: str) -> Made:
    taken = taking.taken(page(language, **other), "page.html")
    assert isinstance(taken, Taken)
    made = drafting.made(taken, SHORT[language], "page.html", is_original=language == "zh")
    assert isinstance(made, Made)
    return made


def imported(kb, root, *options: str, **other: str) -> str:
    site_of(project(root))
    write(root, {"in/zh.html": page("zh"), "in/ja.html": page("ja", **other)})
    code, said = kb(root, "import", str(root / "in/zh.html"), str(root / "in/ja.html"), "--language", "zh",
                    "--language", "ja", "--slug", "notices/filing", "--translated-by", "machine", *options)
    assert code == 0
    return said


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("ad", [
    None, "恒信计量校准服务，三天出证。欢迎来电。", "【推广】恒信计量校准服务", "恒信計量の校正サービスは3日で証明書を発行します。"])
def test_an_advertisement_is_one_in_both_languages_however_it_is_worded(language, ad):
    made = made_of(language, **({"ad": ad} if ad else {}))
    words = " ".join((ad or TEXTS[language]["ad"]).split())
    assert [one.reason for one in made.omissions if one.words == words] == ["advertisement"]


@pytest.mark.parametrize("language", TEXTS)
def test_an_advertisement_that_names_itself_where_the_page_calls_it_one_is_not_asked_about(language):
    made = made_of(language)
    assert "广告" not in "".join(one.words for one in questions.questions(made, drafting.NONE))
    assert "広告" not in "".join(one.words for one in questions.questions(made, drafting.NONE))


@pytest.mark.parametrize("ad", ["广告法的修订已经完成，自十月一日起施行。", "広告主は届け出なければならない。"])
def test_a_sentence_on_advertisements_is_text(ad):
    language = "zh" if ad.startswith("广") else "ja"
    made = made_of(language, second=ad * 3)
    assert ad * 3 not in [one.words for one in made.omissions]


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("part", ["info", "footer"])
def test_whose_a_page_is_and_when_it_was_published_are_data_about_it(language, part):
    words = " ".join(TEXTS[language][part].split())
    assert [one.reason for one in made_of(language).omissions if one.words == words] == ["metadata"]


def test_what_is_said_of_data_about_a_page_is_true_of_each_of_them():
    """Nothing is said of where they went."""
    assert word("reason-metadata", "zh-Hans") == "网页所附的信息（日期、来源、版权等）"
    assert word("reason-metadata", "ja") == "ページに付された情報（日付、出典、著作権など）"


@pytest.mark.parametrize("language", TEXTS)
def test_headings_in_bold_that_count_on_are_not_asked_about(language):
    made = made_of(language)
    headings = [one for draft in made.drafts for one in draft.blocks if one.kind == "heading"]
    assert [one.text for one in headings] == [TEXTS[language]["one"], TEXTS[language]["two"]]
    asked = {one.words for one in questions.questions(made, drafting.NONE)}
    assert not asked & {TEXTS[language]["one"], TEXTS[language]["two"]}


@pytest.mark.parametrize(("words", "certain"), [
    (("一、背景", "二、内容", "三、施行"), "一二三"),
    (("一、背景", "（一）企业", "（二）设备", "二、内容", "（一）依据", "（二）窗口"), "一（一（二二（一（二"),
    (("第一章 総則", "第二章 届出"), "第第"),
    (("一、背景", "三、施行"), ""),
    (("二、内容", "三、施行"), ""),
    (("一、背景",), ""),
    (("背景", "内容"), ""),
])
def test_numbers_that_follow_each_other_make_a_heading_certain(words, certain):
    found = bold.judged([Block("heading", one, one, (at,), sure=0.97, why=(bold.WHY,))
                         for at, one in enumerate(words, 1)])
    sure = [one.text for one in found if one.sure >= 0.8]
    assert [one.sure for one in found if one.text not in sure] == [0.75] * (len(words) - len(sure))
    assert "".join(one[:2] if one[0] == "（" else one[0] for one in sure) == certain


def test_a_translation_bears_no_date_for_rendering_that_of_its_original(tmp_path, kb):
    imported(kb, tmp_path, "--author", "海州市商务局")
    known = {one: yaml.safe_load((tmp_path / f"sources/filing-{one}.yml").read_text("utf-8")) for one in TEXTS}
    assert str(known["zh"]["date"]) == "2026-09-10" and "date" not in known["ja"]


@pytest.mark.parametrize(("tag", "said"), [
    ("zh", "这是原文的日期，译文照译；译文自己没有日期，sources/里也就不写"),
    ("ja", "原文の日付をそのまま訳したもの。訳文自体の日付はないため、sources/には書かない")])
def test_the_worksheet_says_why_a_day_that_it_read_is_not_in_the_provenance(tmp_path, kb, tag, said):
    imported(kb, tmp_path, "--author", "海州市商务局", "--lang", tag)
    sheet = (tmp_path / ".cache/kb/import/filing.html").read_text("utf-8")
    assert sheet.count(said) == 1 and sheet.index(said) > sheet.index("ja.html")


def test_a_translation_that_comes_alone_keeps_the_day_that_its_page_bears(tmp_path, kb):
    site_of(project(tmp_path))
    write(tmp_path, {"in/ja.html": page("ja")})
    code, said = kb(tmp_path, "import", str(tmp_path / "in/ja.html"), "--language", "ja", "--slug", "notices/filing",
                    "--translated-by", "machine", "--author", "海州市商務局")
    assert code == 0, said
    known = yaml.safe_load((tmp_path / "sources/filing-ja.yml").read_text("utf-8"))
    assert str(known["date"]) == "2026-09-10"


def test_a_date_of_its_own_stays_with_a_translation(tmp_path, kb):
    imported(kb, tmp_path, info="公表日：2026年9月24日　出典：海州市商務局")
    known = yaml.safe_load((tmp_path / "sources/filing-ja.yml").read_text("utf-8"))
    assert str(known["date"]) == "2026-09-24"


@pytest.mark.parametrize(("line", "day"), [
    ("2019年4月1日，本市首次要求企业备案。", ""), ("2019年4月1日に届出が始まった。", ""),
    ("2026年9月10日", "2026-09-10"), ("（2026年9月10日）", "2026-09-10"), ("公表日：2026年9月10日", "2026-09-10"),
])
def test_a_day_that_a_sentence_names_is_no_date_of_the_text(line, day):
    lines = ("关于备案的说明", line, CHINESE["first"])
    judged = [Judged(Line(at, words), True, 0.97, "") for at, words in enumerate(lines, 1)]
    assert facts.of_text(judged).date == day


def test_an_author_in_simplified_chinese_is_to_be_written_in_japanese(tmp_path, kb):
    said = imported(kb, tmp_path, "--author", "海州市商务局")
    assert ("docs_ja/notices/filing.md: the author “海州市商务局” is in Chinese characters that Japanese does not "
            "have: write the name as it is written in Japanese (the page has “海州市商務局”)") in said
    assert "docs/notices/filing.md: the author" not in said


def test_an_author_whose_name_is_the_same_in_both_languages_is_left_alone(tmp_path, kb):
    assert "the author" not in imported(kb, tmp_path, "--author", "某研究院")


@pytest.mark.parametrize(("said", "date"), [
    ("2026年2月28日", "2026-02-28"), ("2026年2月30日", ""), ("令和8年4月31日", ""), ("20260431", ""), ("2024-02-29", "2024-02-29")])
def test_a_day_that_is_in_no_calendar_is_none_of_the_text(said, date):
    assert facts.day_of(said) == date


NOISE = yaml.safe_load((ROOT / "tests/cases/noise.yml").read_text("utf-8"))


@pytest.mark.parametrize(("reason", "words"), [(reason, one) for reason, every in NOISE.items()
                                               for one in every if reason != "text"])
def test_what_stands_around_a_text_is_told_by_its_words_in_both_languages(reason, words):
    told = noise.told(Line(1, words))
    assert told and told.reason == reason


@pytest.mark.parametrize("words", NOISE["text"])
def test_what_only_speaks_of_such_things_is_never_left_out_unasked(words):
    told = noise.told(Line(1, words))
    assert not told or told.sure < SURE


@pytest.mark.parametrize(("side", "words"), [("zh", "某码头夜景，本网自制。"), ("ja", "ある埠頭の夜景、本誌制作。")])
def test_what_one_language_leaves_out_is_a_question_in_the_other(side, words):
    """The one page calls it a caption by its markup; the other has it as a paragraph."""
    texts = {name: [text["first"], text["second"], text["third"]] for name, text in TEXTS.items()}
    rest = {"zh": "某码头夜景，本网自制。", "ja": "ある埠頭の夜景、本誌制作。"}
    made = {}
    for name, own in texts.items():
        told = f"（资料图）{rest[name]}" if name != side else rest[name]
        reason = "image" if name != side else ""
        blocks = tuple(Block("paragraph", one, one, (at,), sure=0.97) for at, one in ((2, own[0]), (4, own[1]), (5, own[2])))
        gone = (Omission(3, told, reason, "", 0.9),) if reason else ()
        kept = () if reason else (Block("paragraph", told, told, (3,), sure=0.97),)
        every = tuple(sorted((*blocks, *kept), key=lambda one: one.lines))
        made[name] = Made((Draft(Facts(), every),), gone)
    first, second = counterparts.hints(made["zh"], made["ja"], SHORT["zh"], SHORT["ja"])
    assert (first, second) == (({3: "image"}, {}) if side == "zh" else ({}, {3: "image"}))
