"""Findings that lead: whoever follows a hint, with nothing but the hint, comes to a text without findings."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from jsonschema import Draft202012Validator
from scratch import CHINESE, JAPANESE, NOTE, ROOT, project, site_of, with_source, write

from kb import checks, misfits, names, yamldata
from kb import project as projects
from kb.findings import nearest

pytestmark = pytest.mark.usefixtures("each_text_once")

SCHEMAS = sorted((ROOT / "scripts/kb/schemas").glob("*.json"))
ARTICLE, TWIN = "docs/articles/chips.md", "docs_ja/articles/chips.md"


def findings_of(root, today=None):
    """What is found today: what a test records is dated today."""
    return checks.run(projects.read(root), today or datetime.date.today().isoformat())


def examples(rule, root, path=()):
    """(where, the part of the schema, one of its examples, key)."""
    if isinstance(rule, dict):
        for one in rule.get("examples", ()):
            yield path, {**rule, "$defs": root.get("$defs", {})}, one
        for key, part in rule.items():
            if key != "examples":
                yield from examples(part, root, (*path, key))
    elif isinstance(rule, list):
        for number, part in enumerate(rule):
            yield from examples(part, root, (*path, number))


def properties(rule):
    if isinstance(rule, dict):
        yield from rule.get("properties", {}).items() if "additionalProperties" in rule else ()
        for part in rule.values():
            yield from properties(part)
    elif isinstance(rule, list):
        for part in rule:
            yield from properties(part)


# --- examples -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_every_key_has_an_example_and_every_example_is_allowed_as_it_is_printed(path):
    schema = json.loads(path.read_text("utf-8"))
    assert not [name for name, rule in properties(schema) if not rule.get("examples")]
    for where, rule, example in examples(schema, schema):
        valid = Draft202012Validator(rule, format_checker=yamldata._FORMATS)
        assert valid.is_valid(example), where
        record, findings = yamldata.load(f"key: {misfits.flow(example)}\n", file="x.yml")
        assert (record.values, findings) == ({"key": example}, ()), where


KINDS = {"document": "article", "commentary": "note", "concept": "concept"}


@pytest.mark.parametrize("tree", ["docs", "docs_ja"])
@pytest.mark.parametrize("schema", ["commentary", "concept", "document", "provenance", "register", "timeline"])
def test_the_lines_of_one_hint_make_a_file_that_lacked_every_key_complete(schema, tree):
    text = f"kind: {KINDS[schema]}\n" if schema in KINDS else "{}\n"
    record, _ = yamldata.load(text, file=f"{tree}/x.md")
    [found] = yamldata.check(record, schema, file=f"{tree}/x.md")
    lines = found.hint.splitlines()
    added = [line.strip() for line in lines[1:]] or [lines[0].removeprefix("add a line such as ")]
    text = text.removesuffix("{}\n") + "".join(f"{line}\n" for line in added)
    assert yamldata.parse(text, file=f"{tree}/x.md", schema=schema)[1] == ()


# --- all at once ----------------------------------------------------------------------------------


def test_everything_wrong_with_a_front_matter_is_said_at_once(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {ARTICLE: CHINESE.replace(
        "description: 一篇关于芯片出口管制的短文。\nauthor: 某研究院\npublished: 2025-05-14\ntext: original\n",
        "autor: 某研究院\npublished: 2025年5月14日\ntext: orginal\nheadings: [x]\nlicense: 自由\n")})
    _, printed = kb(tmp_path, "check")
    assert "found no “description”, expected" in printed
    assert "found the unknown key “autor”" in printed and "did you mean “author”?" in printed
    assert "write 2025-05-14, without other signs" in printed
    assert 'found "orginal" for text, expected one of original, translation' in printed
    assert "did you mean “original”?" in printed
    assert "for headings, expected" in printed and "for license, expected" in printed
    assert "no “author”" not in printed  # it is the misspelt one


def test_a_part_of_a_name_that_is_wrong_is_said_of_that_part(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {ARTICLE: CHINESE.replace("author: 某研究院", "author: [{family: 王, given: 5}]")})
    assert "found 5 for author.0.given, expected text" in kb(tmp_path, "check")[1]


def test_a_kind_in_chinese_leads_to_the_kinds_that_the_folder_can_have(tmp_path):
    project(tmp_path)
    write(tmp_path, {"docs/commentary/note.md": NOTE.replace("kind: note", "kind: 注")})
    found = next(one for one in findings_of(tmp_path) if one.code == "KB103")
    assert found.hint == "did you mean “note”?; here it can be note, correction, update, essay"


@pytest.mark.parametrize("kind", ["评论", "注釈", "エッセイ", "更新"])
def test_a_kind_in_words_that_are_nobodys_leads_there_too_with_whatever_else_is_missing(tmp_path, kind):
    project(tmp_path)
    write(tmp_path, {"docs/commentary/note.md": f"---\nkind: {kind}\n---\n\n规则的来历。\n"})
    found = [one for one in findings_of(tmp_path) if one.file == "docs/commentary/note.md" and not one.is_warning]
    assert [one.found.partition(" and ")[0] for one in found] == [f'"{kind}" for kind', "no “title”"]
    for one in ("note", "correction", "update", "essay"):
        assert one in found[0].hint.partition("; here it can be ")[2].split(", ")


def test_a_key_that_is_like_no_other_is_not_taken_for_one_that_is_there(tmp_path):
    project(tmp_path)
    write(tmp_path, {"docs/commentary/note.md": NOTE.replace("date:", "signed: 编者\nauthers: 编者\ndate:")})
    assert {one.found: one.hint for one in findings_of(tmp_path) if one.code == "KB103"} == {
        "the unknown key “signed”": "remove it, or correct its name",
        "the unknown key “authers”": "remove it: “authors” is there already"}


def test_a_sum_in_capital_letters_is_told_what_is_wrong_with_it(tmp_path):
    with_source(tmp_path)
    text = (tmp_path / "sources/a.yml").read_text("utf-8")
    write(tmp_path, {"sources/a.yml": re.sub("(?<=sha256: ).*", lambda found: found[0].upper(), text)})
    (found,) = [one for one in findings_of(tmp_path) if one.code == "KB103"]
    assert found.expected.endswith("64 hexadecimal digits in small letters")


def test_what_else_is_wrong_is_said_with_a_kind_that_is_missing(tmp_path):
    project(tmp_path)
    write(tmp_path, {"docs/commentary/note.md": NOTE.replace("kind: note\n", "").replace("date: 2026-11-22\n", "")})
    hints = {one.hint for one in findings_of(tmp_path) if one.code == "KB103"}
    assert hints == {
        "say what the page is (note, correction, update, essay), as in “kind: note”",
        "add a line such as date: 2026-11-22  # when it was signed, as in 2026-11-22"}


@pytest.mark.parametrize("date", ['"2025-05-14"', "'2025-05-14'"])
def test_a_date_in_quotes_is_a_date(tmp_path, kb, date):
    project(tmp_path)
    write(tmp_path, {ARTICLE: CHINESE.replace("2025-05-14", date),
                     TWIN: JAPANESE.replace("published: 2025-05-14", f"published: {date}")})
    assert kb(tmp_path, "check") == (0, "no findings in 2 pages\n")


@pytest.mark.parametrize("date", ["“2025-05-14”", "2025/5/14", "2025年5月14日", "2025.05.14"])
def test_a_date_in_another_form_leads_to_the_one_that_is_meant(tmp_path, date):
    project(tmp_path)
    write(tmp_path, {ARTICLE: CHINESE.replace("2025-05-14", date)})
    [found] = [one for one in findings_of(tmp_path) if one.code == "KB103"]
    assert found.hint.startswith("write 2025-05-14, without other signs")
    write(tmp_path, {ARTICLE: CHINESE})
    assert findings_of(tmp_path) == ()


# --- dates and names ------------------------------------------------------------------------------


def test_a_date_after_today_is_a_finding_and_today_is_none(tmp_path):
    with_source(tmp_path)
    texts = {name: (tmp_path / name).read_text("utf-8") for name in (ARTICLE, TWIN, "sources/a.yml")}

    def lines(today):
        return [(one.file, one.line) for one in findings_of(tmp_path, today) if one.code == "KB115"]

    assert lines("2026-11-22") == []
    assert lines("2026-11-21") == [(TWIN, 7)]  # post-edited
    write(tmp_path, {name: text.replace("2025-05-14", "2036-05-14") for name, text in texts.items()})
    assert lines("2026-11-22") == [(ARTICLE, 5), (TWIN, 5), ("sources/a.yml", 3)]
    write(tmp_path, {ARTICLE: texts[ARTICLE].replace("2025-05-14", "2026"), TWIN: texts[TWIN]})
    assert (ARTICLE, 5) not in lines("2026-11-22")  # this year has begun


@pytest.mark.parametrize(("name", "family", "given"), [
    ("张三", "张", "三"), ("王小明", "王", "小明"), ("欧阳修", "欧阳", "修"), ("山田太郎", "山田", "太郎"),
    ("山田 太郎", "山田", "太郎"), ("佐々木希", "佐々木", "希"), ("김철수", "김", "철수"),
    ("John Smith", "Smith", "John"), ("Jane A. Smith", "Smith", "Jane A."),
])
def test_a_persons_name_in_one_piece_is_warned_of_with_its_parts(tmp_path, kb, name, family, given):
    project(tmp_path)
    write(tmp_path, {ARTICLE: CHINESE.replace("某研究院", name)})
    code, printed = kb(tmp_path, "check")
    assert code == 0 and printed.endswith("\n1 warning\n")
    assert f"KB116 (warning) a name that may be a person’s, written as one piece: found “{name}”" in printed
    advice = re.search(r"write (\{.*?\}),", printed)[1]
    assert advice == f"{{family: {family}, given: {given}}}"
    write(tmp_path, {ARTICLE: CHINESE.replace("某研究院", advice)})
    assert kb(tmp_path, "check")[0] == 0 and "KB116" not in kb(tmp_path, "check")[1]


@pytest.mark.parametrize("name", [
    "某研究院", "商务部", "外務省", "経済産業省", "東京大学", "山口大学", "新华社", "金融时报", "高通", "华为",
    "日本銀行", "中国政府网", "编者", "佚名", "石川県", "Bureau of Industry and Security", "World Bank",
    "White House", "Supreme Court", "Reuters", "BIS", "Bloomberg News", "経済 産業省",
])
def test_a_body_is_not_taken_for_a_person(name):
    assert names.supposed(name) is None


# --- the nearest known ----------------------------------------------------------------------------


@pytest.mark.parametrize(("wrong", "known", "near"), [
    ("p99", ["p1", "p9", "p67", "legal-effect"], "p67"), ("p12b", ["p3", "p12", "p13"], "p12"),
    ("legal-efect", ["p1", "legal-effect"], "legal-effect"), ("xyz", ["p1", "legal-effect"], None),
])
def test_of_ids_the_nearest_is_named(wrong, known, near):
    assert nearest(wrong, known) == near


@pytest.mark.parametrize(("link", "hint"), [
    ("articles/chip.md", "did you mean articles/chips.md?"), ("chips.md", "did you mean articles/chips.md?"),
    ("articles/chips.md#p9", "did you mean #p5?"), ("articles/chips.md#legal-efect", "did you mean #legal-effect?"),
])
def test_a_link_that_leads_nowhere_leads_to_the_nearest_place_when_its_hint_is_followed(tmp_path, link, hint):
    project(tmp_path)
    write(tmp_path, {"docs/index.md": f"# 首页\n\n见[文章]({link})。\n", "docs_ja/index.md": "# ホーム\n"})
    [found] = findings_of(tmp_path)
    assert found.hint == hint
    there = hint.removeprefix("did you mean ").removesuffix("?")
    link = there if not there.startswith("#") else link.partition("#")[0] + there
    write(tmp_path, {"docs/index.md": f"# 首页\n\n见[文章]({link})。\n"})
    assert findings_of(tmp_path) == ()


def test_a_commentary_and_an_event_on_unknown_paragraphs_lead_to_the_nearest(tmp_path):
    project(tmp_path)
    event = {"date": "1957", "title": {"zh-Hans": "设立", "ja": "設置"}, "text": {"zh-Hans": "设立。", "ja": "設置。"},
             "sources": [{"text": "公报"}], "paragraphs": ["article/chips#p3"], "concepts": ["rules"]}
    write(tmp_path, {"docs/commentary/note.md": NOTE.replace("chips#p1", "chip#p8"),
                     "timeline/events.yml": json.dumps({"events": [event]})})
    hints = {one.code: one.hint for one in findings_of(tmp_path)}
    assert hints["KB607"] == "did you mean articles/chips#p5?"
    assert hints["KB402"] == "did you mean articles/chips#p3?"
    assert hints["KB604"] == "write the concept first, in glossary/"


# --- one a paragraph ------------------------------------------------------------------------------


def test_a_paste_with_many_faults_gives_one_finding_of_a_kind_for_each_paragraph(tmp_path):
    project(tmp_path)
    paragraph = "首先,该规定很不严谨:其一,没有依据;其二,没有程序(包括听证).\n"
    write(tmp_path, {"docs/index.md": "# 首页\n\n" + f"{paragraph}\n" * 5,
                     "docs_ja/index.md": "# ホーム\n\n" + "华为については\n规则がある。\n\n" * 3})
    found = [(one.code, one.file) for one in findings_of(tmp_path)]
    assert found == [("KB502", "docs/index.md")] * 5 + [("KB501", "docs_ja/index.md")] * 3


def test_several_tags_on_a_line_of_a_document_are_one_finding(tmp_path):
    project(tmp_path)
    write(tmp_path, {ARTICLE: CHINESE.replace("很不严谨", "<b>很</b><i>不</i><u>严谨</u>")})
    found = [one for one in findings_of(tmp_path) if one.code == "KB107"]
    assert len(found) == 1 and "more on this line" in found[0].found


# --- errors and warnings --------------------------------------------------------------------------


def test_a_commentary_in_one_language_is_a_warning_and_another_page_in_one_is_an_error(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {"docs/commentary/note.md": NOTE})
    code, printed = kb(tmp_path, "check")
    assert code == 0
    assert printed.startswith("docs/commentary/note.md:1: KB105 (warning) ") and printed.endswith("\n1 warning\n")
    write(tmp_path, {"docs/only.md": "# 只有中文\n"})
    code, printed = kb(tmp_path, "check")
    assert code == 1 and "docs/only.md:1: KB105 a page" in printed
    assert printed.endswith("\n1 finding, 1 warning\n")


def test_a_check_that_finds_nothing_says_so_and_of_how_many_pages(tmp_path, kb):
    project(tmp_path)
    assert kb(tmp_path, "check") == (0, "no findings in 2 pages\n")


def test_a_new_received_text_whose_hash_is_wrong_is_mended_by_the_line_of_its_hint(tmp_path, kb):
    with_source(tmp_path)
    wrong = (tmp_path / "sources/a.yml").read_text("utf-8")
    write(tmp_path, {"sources/a.yml": re.sub(r"sha256: \w+", "sha256: " + "0" * 64, wrong)})
    write(tmp_path, {TWIN: JAPANESE.replace("text: tr", "headings: supplied\ntext: tr")})
    [found] = [one for one in findings_of(tmp_path) if one.code == "KB301"]
    assert "git" not in found.hint
    line = re.search(r"(sha256: \w+)", found.hint)[1]
    write(tmp_path, {"sources/a.yml": re.sub(r"sha256: \w+", line, wrong)})
    assert findings_of(tmp_path) == ()


# --- drafts ---------------------------------------------------------------------------------------

CONCEPT = """\
---
kind: concept
term: {term}
english: interpretive rule
reading: {term}
description: {term}。
---

# {term}

{text}

## {sources} {{ #sources }}

* {term}
"""


@pytest.fixture(scope="module")
def drafts(tmp_path_factory):
    """A built site whose article has a paragraph, an item and a quotation without ids, in both languages."""
    from host import build

    root = tmp_path_factory.mktemp("drafts")
    project(root)
    site_of(root)
    write(root, {
        ARTICLE: CHINESE + "\n新写的一段，讲解释性规则。\n\n* 新的一项\n\n> 新的引文，也讲解释性规则。\n",
        TWIN: JAPANESE + "\n新しい段落で、解釈規則を扱う。\n",
        "docs/glossary/rule.md": CONCEPT.format(term="解释性规则", text="不具有法律效力的规则。", sources="出处"),
        "docs_ja/glossary/rule.md": CONCEPT.format(term="解釈規則", text="法的効力のない規則。", sources="出典"),
    })
    done = build(root, root / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


def text_of(site, place):
    return (site / place).read_text("utf-8")


def test_a_paragraph_without_an_id_is_shown_as_a_draft_in_the_words_of_its_reader(drafts):
    chinese, japanese = text_of(drafts, "articles/chips/index.html"), text_of(drafts, "ja/articles/chips/index.html")
    assert chinese.count(">草稿，尚无编号</span>") == 3 and japanese.count(">下書き・番号未定</span>") == 1
    assert re.search(r"<p><span class=\"kb-draft\"[^>]*>草稿，尚无编号</span>新写的一段", chinese)


def test_a_draft_stands_in_the_parallel_text_without_a_number(drafts):
    page = text_of(drafts, "articles/chips/parallel/index.html")
    assert page.count("草稿，尚无编号</span>") == 3 and page.count("下書き・番号未定</span>") == 1
    assert 'id=""' not in page and 'href="#"' not in page


def test_a_use_in_a_draft_leads_to_the_nearest_id(drafts):
    assert '#legal-effect">草稿，尚无编号</a>' in text_of(drafts, "glossary/rule/index.html")


def test_a_draft_has_no_address_anywhere(drafts):
    for path in drafts.rglob("*"):
        if path.suffix in (".html", ".md", ".json", ".tmx", ".tbx", ".xml", ".txt"):
            assert "#None" not in path.read_text("utf-8"), path
    assert "新写的一段" not in text_of(drafts, "exports/translations.tmx")
