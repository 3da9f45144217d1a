"""Characters: their classes, what counts as the same, what names a wording, what is Chinese only, what
nobody can see. `tests/cases/characters/` holds the cases."""

import re
import runpy

import pytest
from scratch import CHINESE, RECEIVED, ROOT, every_file, project, site_of, with_source, write

from kb import characters, english, fingerprints, names, parsers, yamldata
from kb.characters import (
    break_between,
    chinese_only,
    comparable,
    half_width_punctuation,
    likeness,
    unseen,
    wide_stops,
)
from kb.differences import changes
from kb.files import hidden
from kb.fingerprints import fingerprint
from kb.glossary.matcher import Matcher

ZH = "docs/articles/chips.md"


def cases(name):
    return parsers.own((ROOT / f"tests/cases/characters/{name}.yml").read_text("utf-8"))


# --- classes ------------------------------------------------------------------------------------

def test_the_tables_are_what_the_unicode_standard_and_opencc_say(capsys):
    script = runpy.run_path(str(ROOT / "scripts/properties.py"))
    assert script["main"](["--check"]) == 0
    assert capsys.readouterr().out == "properties.py is up to date\nvariants.txt is up to date\n"


@pytest.mark.parametrize(("is_one", "members", "others"), [
    (characters.is_han, "漢𠮷𰻞々〇〻〆豈⼀", "かー、①한A⿰"),
    (characters.is_kana, "かカｶーゝヿㇰ゛ﾞ𛀁", "漢、・한A"),
    (characters.is_hangul, "한ㄱᄀﾡ", "漢かA"),
    (characters.is_latin, "aÉèﬁＡʰǅ\u0301", "漢か1.жα한"),
    (characters.is_cjk, "漢𠮷か、。「」（）Ａ㈱⿰\u3000ｶ･〜￥㍿", "A1“”…—·한😀①é"),
])
def test_each_class_holds_what_its_properties_say(is_one, members, others):
    assert [one for one in members if not is_one(one)] == []
    assert [one for one in others if is_one(one)] == []


@pytest.mark.parametrize(("before", "after", "between"), cases("breaks"))
def test_a_line_break_is_nothing_beside_chinese_or_japanese_and_else_a_space(before, after, between):
    assert break_between(before, after) == between


@pytest.mark.parametrize(("written", "full", "inverted"), cases("names"))
def test_a_name_stands_as_its_language_writes_it(written, full, inverted):
    name, = names.read(written)
    assert (name.full, name.inverted) == (full, inverted)


def test_references_close_the_gap_in_a_chinese_or_japanese_name_and_in_no_korean_one():
    written = ["山田　太郎", "𠮷田 太郎", "渡邉\U000e0100 太郎", "대한민국 정부"]
    assert [name.literal for name in names.cited(written)] == \
        ["山田太郎", "𠮷田太郎", "渡邉\U000e0100太郎", "대한민국 정부"]


@pytest.mark.parametrize(("text", "shown"), [
    ("政策（zhèngcè）", "政策（zhèngcè）"),
    ("点了Café au lait。", "点了<span lang=\"en\">Café au lait</span>。"),
    ("题为BIS’s New Guidance。", "题为<span lang=\"en\">BIS’s New Guidance</span>。"),
    ("叫the zhèngcè rule的", "叫<span lang=\"en\">the zhèngcè rule</span>的"),
    ("ÉBIS与BIS", "ÉBIS与BIS"),
])
def test_a_latin_word_with_marks_is_one_word_of_a_passage(text, shown):
    assert english.marked(text) == shown


@pytest.mark.parametrize(("text", "found"), [
    ("由BIS发布", 1), ("ÉBIS的", 0), ("BISé", 0), ("BIS\u0301", 0), ("BIS2", 0), ("ＢBIS", 0), ("한BIS", 1),
])
def test_a_term_stands_at_the_edges_of_latin_words_with_all_their_letters(text, found):
    assert len(list(Matcher([("BIS", "bis")]).matches(text))) == found


def test_fingerprints_have_one_pattern_in_code_schemas_and_browser():
    schemas = "".join(path.read_text("utf-8") for path in (ROOT / "scripts/kb/schemas").glob("*.json"))
    patterns = set(re.findall(r"\[0-9a-f\]\{\d+\}", schemas)) - {"[0-9a-f]{64}"}  # SHA-256
    browser = (ROOT / "theme/assets/kb/check-citation.js").read_text("utf-8")
    assert patterns == {fingerprints.PATTERN}
    assert fingerprints.PATTERN in browser
    assert re.fullmatch(fingerprints.PATTERN, fingerprint("规则"))


# --- what counts as the same --------------------------------------------------------------------

@pytest.mark.parametrize(("one", "two"), cases("fingerprints")["same"])
def test_two_writings_have_one_fingerprint(one, two):
    assert fingerprint(one) == fingerprint(two)


@pytest.mark.parametrize(("one", "two"), cases("fingerprints")["different"])
def test_two_wordings_have_two_fingerprints(one, two):
    assert fingerprint(one) != fingerprint(two)


@pytest.mark.parametrize(("one", "two", "share"), [
    ("输出管制", "输出管制", 1), ("输出", "管制", 0), ("", "", 1), ("a", "b", 0), ("ab", "abc", 2 / 3),
])
def test_likeness_goes_from_nothing_shared_to_the_same(one, two, share):
    assert likeness(one, two) == pytest.approx(share)



def test_full_width_and_half_width_punctuation_are_the_same_after_folding():
    assert comparable("首先，BIS很不严谨：（guidance）？") == comparable("首先,BIS很不严谨: (guidance)?")


@pytest.mark.parametrize(("text", "found"), [
    ("华为昇腾芯片", "华为腾"),          # simplified only; 昇 and 芯 and 片 are Japanese too
    ("華為の昇騰チップ", ""),
    ("国会・学校・会社・医学・来月", ""),   # shared by simplified Chinese and Japanese
    ("影子公司让仪器厂代工", "让仪"),
])
def test_chinese_only_characters_are_those_that_japanese_does_not_have(text, found):
    assert chinese_only(text) == found


@pytest.mark.parametrize("text", ["EAR第736.2(b)(10)条", "553(b)(A)は", "第553条(b)は", "Mortgage (2015)。",
                                  "D:5国家组", "https://www.bis.gov/を参照"])
def test_punctuation_within_latin_words_may_stay_half_width(text):
    assert half_width_punctuation(text) == ()


def test_half_width_punctuation_beside_chinese_or_japanese_is_found_with_its_surroundings():
    assert half_width_punctuation("规则(FDPR)") == ("规则(FDP",)
    assert half_width_punctuation("そうだ,しかし") == ("そうだ,しかし",)


@pytest.mark.parametrize(("text", "wide"), cases("stops"))
def test_a_point_that_ends_a_sentence_is_a_full_stop_that_lost_its_width(text, wide):
    assert wide_stops(text) == wide
    assert bool(half_width_punctuation(text)) == ("." in text and text != wide)


def test_changes_spell_both_wordings():
    before, after = "BISの副長官カワノは指示した。", "BISのカワノ次官はもう指示した。"
    runs = changes(before, after)
    assert "".join(run.before for run in runs) == before
    assert "".join(run.after for run in runs) == after
    assert any(run.same and "カワノ" in run.before for run in runs)


def test_a_single_shared_particle_between_two_changes_is_not_called_the_same():
    runs = changes("許可の申請をした", "免許は申告をせず")
    assert not any(run.same and len(run.before) == 1 for run in runs[1:-1])


# --- what nobody can see ------------------------------------------------------------------------

@pytest.mark.parametrize("case", cases("unseen")["refused"], ids=lambda case: case["found"])
def test_what_cannot_be_seen_or_carried_is_one_finding_a_line(case):
    finding, = hidden(f"第一行\n{case['line']}\n", "docs/x.md")
    assert (finding.line, finding.code, finding.found) == (2, "KB109", case["found"])


@pytest.mark.parametrize("line", cases("unseen")["allowed"])
def test_what_does_something_is_allowed(line):
    assert list(hidden(line, "docs/x.md")) == []


def test_half_a_character_cannot_be_carried():
    assert list(unseen("一\ud842")) == [1]


def test_a_long_text_of_what_nobody_can_see_takes_no_long_time():
    finding, = hidden("\u200b👩\u200d👩" * 100_000, "docs/x.md")
    assert finding.found == \
        "U+200B ZERO WIDTH SPACE before “👩\u200d👩👩\u200d👩👩\u200d” and 99999 more on this line"


FILES = {
    ZH: (CHINESE, "BIS很不严谨", "BIS\u202e很不严谨", 11, "after “首先，BIS”"),
    "docs/plain.md": ("# 页\n\n一段。\n", "一段", "一\u2028段", 3, "after “一”"),
    "timeline/events.yml": ("events: []\n", "events", "# 事\u200b\nevents", 1, "after “# 事”"),
    "sources/articles/chips.yml": ("notes: []\n", "notes", "# 注\u00ad\nnotes", 1, "after “# 注”"),
}


@pytest.mark.parametrize("file", FILES)
def test_every_file_that_is_read_as_text_is_looked_at_and_nothing_is_built_of_it(tmp_path, kb, file):
    text, old, new, line, where = FILES[file]
    project(tmp_path)
    write(tmp_path, {file: text.replace(old, new, 1)})
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "check")
    assert code == 1
    assert [one for one in printed.split("\n") if "KB109" in one] == [
        one for one in printed.split("\n")
        if one.startswith(f"{file}:{line}: KB109 a character that cannot be seen or carried: found U+")
        and where in one]
    assert printed.count("KB109") == 1
    assert every_file(tmp_path) == before
    site_of(tmp_path)
    code, printed = kb(tmp_path, "build")
    assert code == 1 and f"{file}:{line}: KB109" in printed and "Traceback" not in printed


def test_registers_and_wordings_are_looked_at_too(tmp_path, kb):
    project(tmp_path)
    for file in ("anchors/articles/chips.yml", "anchors/articles/chips.txt"):
        path = tmp_path / file
        path.write_text(path.read_text("utf-8") + "# \u200b\n", "utf-8")
    code, printed = kb(tmp_path, "check")
    assert code == 1
    assert re.findall(r"^(\S+):\d+: KB109", printed, re.MULTILINE) == [
        "anchors/articles/chips.txt", "anchors/articles/chips.yml"]


@pytest.mark.parametrize("spelled", [r"\u200b", r"\x08", r"\u202e", r"\L", r"\U00100000"])
def test_what_yaml_spells_is_looked_at_as_if_it_stood_there(spelled):
    _, (finding,) = yamldata.load(f'title: "规{spelled}则"\n', file="docs/x.md", first_line=2)
    assert (finding.file, finding.line, finding.code) == ("docs/x.md", 2, "KB109")
    assert finding.found.endswith("after “规”")


@pytest.mark.parametrize("character", "\u200b\u2028\u0085\v\b\u202e\ufeff\u00ad\x7f")
def test_a_received_text_keeps_what_nobody_can_see_and_is_collated_as_what_is_seen(tmp_path, kb, character):
    spoiled = RECEIVED.replace("不严谨", f"不{character}严谨").replace("盲盒", f"盲{character}盒")
    with_source(tmp_path, spoiled)
    before = (tmp_path / "sources/a.txt").read_bytes()
    assert kb(tmp_path, "anchors")[0] == 0
    code, printed = kb(tmp_path, "collate")
    assert code == 0, printed
    assert printed.rstrip().endswith("unaccounted 0")
    assert (tmp_path / "sources/a.txt").read_bytes() == before == spoiled.encode()


def test_a_private_character_of_a_received_text_is_for_an_editor_to_find(tmp_path, kb):
    with_source(tmp_path, RECEIVED.replace("首先", "首\ue000先"))
    kb(tmp_path, "anchors")
    code, printed = kb(tmp_path, "collate")
    assert code == 1 and f"{ZH}:12: KB303" in printed
