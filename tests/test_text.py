"""Characters: what counts as the same, what names a wording, what is Chinese only."""

import pytest

from kb.text import changes, chinese_only, fingerprint, folded, half_width_punctuation


def test_full_width_and_half_width_punctuation_are_the_same_after_folding():
    assert folded("首先，BIS很不严谨：（guidance）？") == folded("首先,BIS很不严谨: (guidance)?")


def test_a_fingerprint_ignores_line_breaks_and_nothing_else():
    assert fingerprint("最も重要な\nガイダンス") == fingerprint("最も重要なガイダンス")
    assert fingerprint("首先，BIS") != fingerprint("首先,BIS")
    assert len(fingerprint("")) == 12


@pytest.mark.parametrize(("text", "found"), [
    ("华为昇腾芯片", "华为腾"),          # simplified only; 昇 and 芯 and 片 are Japanese too
    ("華為の昇騰チップ", ""),
    ("国会・学校・会社・医学・来月", ""),   # shared by simplified Chinese and Japanese
    ("白手套公司让台积电代工", "让积电"),
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


def test_changes_spell_both_wordings():
    before, after = "BISの副長官ケスラーは指示した。", "BISのケスラー次官はすでに指示した。"
    runs = changes(before, after)
    assert "".join(run.before for run in runs) == before
    assert "".join(run.after for run in runs) == after
    assert any(run.same and "ケスラー" in run.before for run in runs)


def test_a_single_shared_particle_between_two_changes_is_not_called_the_same():
    runs = changes("許可の申請をした", "免許は申告をせず")
    assert not any(run.same and len(run.before) == 1 for run in runs[1:-1])
