"""Who wrote a page: names behind labels in both languages, sources that are no authors, people and bodies."""

from __future__ import annotations

import pytest
import yaml
from scratch import ROOT

from kb.commands import naming
from kb.importing import bylines, drafting, numbered, questions, sections
from kb.importing.drafting import Made
from kb.importing.values import SURE, Block, Draft, Facts, Line

CASES = yaml.safe_load((ROOT / "tests/cases/bylines.yml").read_text("utf-8"))


def lines(words: str) -> list[Line]:
    return [Line(at, one) for at, one in enumerate(words.split(" / "), 1)]


@pytest.mark.parametrize(("words", "author"), [tuple(one) for one in CASES["certain"]])
def test_who_wrote_it_is_told_however_it_is_labelled(words, author):
    told = bylines.author(lines(words), [], [])
    assert told and told.value == author and told.sure >= SURE


@pytest.mark.parametrize(("words", "author"), [tuple(one) for one in CASES["asked"]])
def test_where_it_is_not_sure_who_wrote_it_the_editor_is_asked(words, author):
    told = bylines.author(lines(words), [], [])
    assert told and told.value == author and told.sure < SURE
    draft = Draft(Facts(author=author, told=(told,)), ())
    [question] = questions.questions(Made((draft,), (), is_original=True), drafting.NONE)
    assert (question.proposed, question.words) == ("author", author)
    answers = questions.answered(drafting.NONE, question, "王/小明")
    assert answers and answers.facts == {"author": "王/小明"}
    assert questions.restored(questions.stored(answers, "x"), "x") == answers


@pytest.mark.parametrize("words", CASES["nobody"])
def test_who_edited_it_or_is_spoken_of_did_not_write_it(words):
    assert bylines.author(lines(words), [], []) is None


def test_a_head_that_names_another_author_makes_it_doubtful():
    told = bylines.author(lines("作者：王小明"), ["赵一鸣"], [])
    assert told and told.value == "王/小明" and told.sure < SURE
    same = bylines.author(lines("来源：港城网 作者：王小明"), ["港城网"], [])
    assert same and same.value == "王/小明" and same.sure >= SURE


@pytest.mark.parametrize(("original", "own", "made"), [
    ("周/晓岚", "周暁嵐", "周/暁嵐"), ("林/牧之", "林 牧之", "林/牧之"), ("王/小明;赵/一鸣", "王小明、趙一鳴", "王/小明;趙/一鳴"),
    ("林/牧之", "ジャン・スミス", "ジャン・スミス"), ("港城市商务局", "港城市商務局", "港城市商務局")])
def test_a_name_in_japanese_is_parted_as_it_is_in_chinese(original, own, made):
    assert bylines.alike(original, own) == made


@pytest.mark.parametrize(("items", "kinds"), [tuple(one) for one in CASES["lists"]])
def test_items_that_count_on_from_one_are_an_ordered_list(items, kinds):
    found = numbered.judged([Block("paragraph", one, one, (at,)) for at, one in enumerate(items.split(" / "), 1)])
    assert " ".join(f"{one.number}:{one.received[one.begins:]}" if one.kind == "number" else one.kind
                    for one in found) == kinds


@pytest.mark.parametrize(("heading", "name"), [tuple(one) for one in CASES["sections"]])
def test_a_section_is_called_by_words_of_its_heading(heading, name):
    assert sections.proposed([Block("heading", heading, heading, (1,))], {"实体清单": "entity-list"}, {}) == {0: name}


def test_two_sections_have_two_names_and_an_editor_s_word_goes_first():
    blocks = [Block("heading", one, one, (at,)) for at, one in enumerate(("背景", "背景", "结论"), 1)]
    assert sections.proposed(blocks, {}, {"结论": "what-follows"}) == {
        0: "background", 1: "section-2", 2: "what-follows"}
    assert [sections.is_number(one) for one in ("section-2", "background", "section-two")] == [True, False, False]
    assert sections.wrong("p12", []) and sections.wrong("Costs", []) and sections.wrong("a", ["a"])


def headings(*texts):
    return [Block("heading", one, one, (at,)) for at, one in enumerate(texts, 1)]


def test_a_section_is_called_by_its_counterpart_where_no_word_of_its_own_is_known():
    ours, theirs = headings("何以至此", "企业怎么看"), headings("ここに至る経緯", "企業とリスク")
    assert sections.proposed(ours, {}, {}, theirs) == {0: "background", 1: "companies"}
    assert sections.proposed(ours, {}, {}, theirs[:1]) == {0: "section-1", 1: "companies"}


def asked_for(tmp_path, proposed, *answers, tag="en"):
    given, asked = iter(answers), []

    def read(words):
        asked.append(words)
        return next(given)

    said, stopped = naming.sections(proposed, tmp_path / "kept.json", "x", tag, read)
    assert not stopped and next(given, None) is None
    return said, asked


def test_where_no_word_of_a_heading_is_known_the_editor_is_asked_with_an_example(tmp_path):
    said, asked = asked_for(tmp_path, {"何以至此": "section-1", "结论": "conclusion"}, "", "是", "How-we-got-here", "")
    assert said == {"何以至此": "how-we-got-here", "结论": "conclusion"}
    assert len(asked) == 4 and all("as in legal-effect" in one for one in asked[:3]) and "[Enter]" not in asked[0]
    assert "[Enter] conclusion" in asked[3]


def test_who_knows_no_name_yet_leaves_the_number(tmp_path):
    assert asked_for(tmp_path, {"何以至此": "section-1"}, "-")[0] == {"何以至此": "section-1"}


@pytest.mark.parametrize(("tag", "example"), [("zh-Hans", "如legal-effect（法律效力）"), ("ja", "例：legal-effect（法的効力）")])
def test_the_example_is_given_in_the_language_of_the_editor(tmp_path, tag, example):
    assert example in asked_for(tmp_path, {"何以至此": "section-1"}, "-", tag=tag)[1][0]


def test_without_anybody_to_ask_it_is_said_which_sections_have_only_a_number():
    assert list(sections.unnamed(headings("何以至此", "结论"), {0: "section-1", 1: "conclusion"})) == [
        "the section “何以至此” has only a number, section-1: before kb anchors, write English words for it in both "
        "languages, as in { #legal-effect }"]
