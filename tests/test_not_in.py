"""Words that hold a term and are not it (国会 in 中国会展业), and paragraphs that do not mean it: no link, no use,
no finding, no mark; and what is declared in vain is said."""

import json
import re

import pytest
from scratch import CHINESE, JAPANESE, project, write

from kb import project as projects
from kb import rendering
from kb.glossary.matcher import Matcher
from kb.languages import CHINESE as ZH
from kb.languages import LANGUAGES
from kb.search import crossing

CONCEPT = """\
---
kind: concept
term: {term}
english: National Diet
reading: {reading}
description: {description}
{more}---

# {term}

{definition}

## {sources} {{ #sources }}

{source}
"""


def concept(root, *, chinese="", japanese=""):
    """国会 in both languages, with more lines of front matter."""
    write(root, {
        "docs/glossary/kokkai.md": CONCEPT.format(
            term="国会", reading="guóhuì", description="日本的立法机关。", more=chinese,
            definition="日本的最高权力机关。", sources="出处", source="日本国宪法。"),
        "docs_ja/glossary/kokkai.md": CONCEPT.format(
            term="国会", reading="こっかい", description="日本の立法府。", more=japanese,
            definition="日本の最高機関。", sources="出典", source="日本国憲法。")})


def texts(root, chinese, japanese):
    write(root, {"docs/articles/chips.md": CHINESE.replace("首先，BIS很不严谨。", chinese),
                 "docs_ja/articles/chips.md": JAPANESE.replace("まず、BISはまったくずさんである。", japanese)})


@pytest.fixture
def site(tmp_path, kb):
    """中国会 is no 国会, and the Japanese does not say it."""
    def made(chinese="中国会展业很发达。", japanese="中国の展示会産業は発達している。", **more):
        concept(tmp_path, **more)
        texts(tmp_path, chinese, japanese)
        kb(tmp_path, "anchors")
        return tmp_path

    return made


def links(root, language=ZH):
    found = projects.read(root)
    page = found.corpus.page("articles/chips.md", language)
    return re.findall(r'data-concept="(\w+)">([^<]+)<', rendering.document(found, page.path).html[language.tag])


def uses(root, language=ZH):
    return [use.paragraph.id for use in projects.read(root).glossary.uses_of("kokkai", language)]


def test_without_a_word_the_term_is_found_within_another_and_the_finding_shows_the_way_out(site, kb):
    root = site()
    printed = kb(root, "check")[1]
    assert links(root) == [("kokkai", "国会")]
    assert "KB602" in printed and "#p1 without the concept kokkai" in printed
    assert "docs/glossary/kokkai.md as “not-in: [中国会展]”" in printed
    assert "sources/articles/chips.yml: terms: [{on: p1, not: kokkai, in: zh-Hans, reason: …}]" in printed


ORIGINAL = ("the original stays as it is: if it names the concept in another way, add the form that stands there "
            "to the concept’s variants, else translate without the term in {} line {}; ")


@pytest.mark.parametrize(("chinese", "japanese", "file", "begins"), [
    ("首先，国会很不严谨。", "まず、議会はずさんである。", "docs_ja/articles/chips.md:12",
     "use the term, or add the form that stands there to the concept’s variants; "),
    ("首先，议会很不严谨。", "まず、国会はずさんである。", "docs/articles/chips.md:11",
     ORIGINAL.format("docs_ja/articles/chips.md", 12)),
])
def test_nobody_is_told_to_put_a_term_into_an_original(site, kb, chinese, japanese, file, begins):
    printed = kb(site(chinese, japanese), "check")[1]
    assert re.search(rf"^{file}: KB602 .*(?:\n(?!\S).*)*?\n    hint: {re.escape(begins)}where “国会” is", printed,
                     re.MULTILINE)


@pytest.mark.parametrize("side", [0, 1])
def test_where_the_original_is_japanese_it_is_the_chinese_that_is_to_be_mended(site, kb, side):
    said = (("首先，议会很不严谨，共2,000万。", "まず、国会はずさんで、3,000万である。"),
            ("首先，国会很不严谨，共2,000万。", "まず、議会はずさんで、3,000万である。"))[side]
    root = site(*said)
    for name, old, new in (
            ("docs/articles/chips.md", "text: original\n", "text: translation\ntranslation: {from: ja, by: machine}\n"),
            ("docs_ja/articles/chips.md", re.escape("text: translation\n") + "translation: .*\n", "text: original\n")):
        path = root / name
        path.write_text(re.sub(old, new, path.read_text("utf-8")), "utf-8")
    printed = kb(root, "check")[1]
    assert (ORIGINAL.format("docs/articles/chips.md", 12) in printed) == bool(side)
    assert ("docs/articles/chips.md:12: KB603 figures that differ between twins: found “2,000万” (20,000,000) in "
            "#p1, expected “3,000万” (30,000,000), as in docs_ja/articles/chips.md line 11") in printed
    assert "correct the translation; where both are right, say so in sources/articles/chips.yml" in printed


@pytest.mark.parametrize(("chinese", "words"), [
    ("国会。", None), ("在“国会”里。", None), ("中国会。", "中国会"), ("其国会议员。", "其国会议"), ("国会，新国会。", None)])
def test_the_longer_word_that_the_hint_gives_is_one_that_works(site, kb, chinese, words):
    root = site(chinese, "中国の展示会。")
    printed = kb(root, "check")[1]
    assert ("not-in" in printed) == bool(words)
    if words:
        assert f"not-in: [{words}]" in printed
        concept(root, chinese=f"not-in: [{words}]\n")
        assert "KB" not in kb(root, "check")[1]


def test_a_concept_without_a_page_in_a_language_is_missed_once_and_not_in_every_paragraph(site, kb):
    root = site("国会。", "議会。")
    (root / "docs_ja/glossary/kokkai.md").unlink()
    printed = kb(root, "check")[1]
    assert "docs/glossary/kokkai.md:1: KB105" in printed and "KB602" not in printed


def test_a_word_of_not_in_is_no_use_no_link_and_no_finding(site, kb):
    root = site()
    concept(root, chinese="not-in: [中国会]\n")
    assert kb(root, "check")[0] == 0
    assert links(root) == uses(root) == []


def test_such_a_word_does_not_use_up_the_first_use(site, kb):
    root = site(chinese="中国会展业很发达，国会也讨论过。", japanese="展示会産業は発達し、国会でも論じられた。")
    concept(root, chinese="not-in: [中国会]\n")
    assert links(root) == [("kokkai", "国会")]
    [use] = projects.read(root).glossary.uses_of("kokkai", ZH)
    assert use.before.endswith("展业很发达，") and use.after.startswith("也讨论")


@pytest.mark.parametrize(("text", "expected"), [
    ("中国会展", [("china", "中国")]),            # the word speaks for its own concept only
    ("中国会議", [("china", "中国")]),
    ("国会", [("diet", "国会")]),
    ("国会与中国会展", [("diet", "国会"), ("china", "中国")]),
    ("新中国会馆", [("hall", "新中国会馆")]),      # a longer form counts
    ("全国会議員", [("diet", "国会議員")]),         # not held whole by 全国会
    ("国会国会", [("diet", "国会"), ("diet", "国会")]),
])
def test_the_longest_counts_against_the_words_that_are_not_the_term(text, expected):
    matcher = Matcher([("国会", "diet"), ("国会議員", "diet"), ("中国", "china"), ("新中国会馆", "hall")],
                      [("中国会", "diet"), ("全国会", "diet")])
    assert [(one.concept, text[one.start : one.end]) for one in matcher.matches(text)] == expected


def test_a_latin_word_is_matched_as_forms_are():
    matcher = Matcher([("EAR", "ear")], [("EAR-99", "ear")])
    assert [one.start for one in matcher.matches("EAR99、EAR-99、EAR。")] == [13]


def test_a_paragraph_may_opt_out(site, kb):
    root = site()
    write(root, {"sources/articles/chips.yml":
                 "terms:\n  - {on: p1, not: kokkai, in: zh-Hans, reason: 会展业}\n"})
    assert kb(root, "check")[0] == 0
    assert links(root) == uses(root) == []


def test_a_paragraph_opts_out_alone(site, kb):
    root = site()
    path = root / "docs/articles/chips.md"
    write(root, {"sources/articles/chips.yml": "terms: [{on: p1, not: kokkai, reason: 会展业}]\n",
                 "docs/articles/chips.md": path.read_text("utf-8").replace("政策声明。", "国会声明。"),
                 "docs_ja/articles/chips.md": (root / "docs_ja/articles/chips.md").read_text("utf-8").replace(
                     "政策声明", "国会声明")})
    assert uses(root) == ["p4"] and links(root) == [("kokkai", "国会")]
    assert "KB602" not in kb(root, "check")[1]


@pytest.mark.parametrize(("line", "message"), [
    ("{on: p2, not: kokkai, reason: x}",
     "KB305 a declaration that matches nothing: found not kokkai on #p2, expected a paragraph with words that"),
    ("{on: p1, not: kokkai, in: ja, reason: x}",
     "KB305 a declaration that matches nothing: found not kokkai on #p1, expected a paragraph with words that"),
    ("{on: p1, not: diet, reason: x}",
     "KB604 an unknown concept: found the concept diet, expected a concept of the glossary"),
])
def test_opting_out_of_what_is_not_there_is_a_finding(site, kb, line, message):
    root = site()
    write(root, {"sources/articles/chips.yml": f"terms:\n  - {line}\n"})
    assert message in kb(root, "check")[1]


@pytest.mark.parametrize("word", ["中国人", "国会"])
def test_a_word_that_is_not_longer_than_the_term_is_a_finding(site, kb, word):
    root = site(chinese="首先，BIS很不严谨。")
    concept(root, chinese=f"not-in: [{word}]\n")
    assert (f"docs/glossary/kokkai.md:7: KB305 a declaration that matches nothing: found “{word}” in not-in, "
            "expected a longer word that holds one of 国会") in kb(root, "check")[1]


def test_figures_within_words_that_only_look_like_a_term_count(site, kb):
    """A figure within a term is part of its name; within something else it is a figure."""
    root = site(chinese="第10项国会。", japanese="第11項国会。")
    concept(root, chinese="variants: [第10项国会]\n", japanese="variants: [第11項国会]\n")
    assert "KB603" not in kb(root, "check")[1]
    write(root, {"sources/articles/chips.yml": "terms: [{on: p1, not: kokkai, reason: x}]\n"})
    assert "KB603 figures that differ between twins: found “第11項” in #p1" in kb(root, "check")[1]


def test_search_knows_the_words_that_are_not_the_term(site):
    root = site()
    concept(root, chinese="not-in: [中国会]\n")
    units = {language.tag: [] for language in LANGUAGES}
    [(_, text)] = list(crossing.concepts(projects.read(root), units))
    assert json.loads(text)["notIn"] == {"zh-Hans": ["中国会"], "ja": []}


def test_a_project_without_such_words_is_as_it_was(tmp_path, kb):
    assert kb(project(tmp_path), "check")[0] == 0
