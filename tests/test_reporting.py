"""How findings are reported: for people with the line and the place, in three languages, and for programs."""

from __future__ import annotations

import ast
import functools
import itertools
import json
import re
import urllib.parse
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from markdown import markdown
from scratch import CHINESE, JAPANESE, ROOT, project, site_of, with_source, write
from test_bad_input import CASES, case_of, spoil

from kb import checks, parsers
from kb.anchors.proposals import Proposal
from kb.characters import columns
from kb.commands import anchors
from kb.findings import CODES, Finding, escaped
from kb.project import read
from kb.reporting import catalogue, github, limits, places, records, summary, text
from kb.reporting.limits import reported
from kb.reporting.records import Reader
from kb.reporting.sources import Sources

ZH, JA = "docs/articles/chips.md", "docs_ja/articles/chips.md"
PACKAGE = ROOT / "scripts/kb"
MESSAGES = parsers.own((PACKAGE / "reporting/messages.yml").read_text("utf-8"))
PLACES = re.compile(r"<(?:n|id|file|text|said|some)\d?>")


def finding(found: str, line: int = 1, code: str = "KB502", **others: object) -> Finding:
    return Finding(**{"file": ZH, "line": line, "code": code, "found": found, "expected": "x", "hint": "y"}
                   | others)


def marked(found: str, *lines: str, code: str = "KB502") -> str | None:
    """What is marked in a file of these lines, in brackets: `首先[,]BIS`."""
    place = places.place(finding(found, code=code), lines)
    if place is None or place.start == place.end:
        return None
    return f"{place.text[:place.start]}[{place.text[place.start:place.end]}]{place.text[place.end:]}"


def shown(found: str, *lines: str, code: str = "KB502") -> list[str]:
    """What is printed of the file: the line, and the marks."""
    one = finding(found, code=code)
    return text.rendered(one, places.place(one, lines), "en").split("\n")[1:-1]


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A project with half-width punctuation, Chinese in Japanese, and an unknown key."""
    site_of(project(tmp_path))
    write(tmp_path, {ZH: CHINESE.replace("首先，", "首先,"), JA: JAPANESE.replace("まったく", "华为")
                     .replace("author:", "auther:")})
    return tmp_path


# --- the place in its line ------------------------------------------------------------------------

@pytest.mark.parametrize(("found", "line", "expected"), [
    ("“首先,BI”", "首先,BIS很不严谨。", "[首先,BI]S很不严谨。"),
    ("no id after “首先，BIS很不严谨。”", "首先，**BIS**很不严谨。", "[首先，**BIS**很不严谨。]"),
    ("“…很[不]严谨…” in p1", "首先，BIS很不严谨。", "首先，BIS很[不]严谨。"),
    ("“…很[]严谨…” in p1", "首先，BIS很严谨。", "首先，BIS[很严]谨。"),
    ("#p1 again (first in line 4)", "{ #p12 } { #p1 }", "{ #p12 } { [#p1] }"),
    ("a link to ../nowhere.md", "见[此文](../nowhere.md)。", "见[此文]([../nowhere.md])。"),
    ("lists: articel", "lists: articel", "[lists: articel]"),
    ("U+200B ZERO WIDTH SPACE after “很不”", "很不很不\u200b严谨", "很不很不[\u200b]严谨"),
])
def test_the_words_that_a_finding_is_about_are_marked(found, line, expected):
    assert marked(found, line) == expected


def test_words_further_down_in_the_paragraph_are_marked_where_they_stand():
    one = finding("“严谨,但”")
    place = places.place(one, ("首先，", "BIS很不", "严谨,但", "", "严谨,但"))
    assert place == (3, "严谨,但", 0, 4)
    assert places.place(one, ("首先，", "", "严谨,但")) == (1, "首先，", 0, 0)


def test_a_number_is_not_marked_within_a_longer_one():
    assert marked("#p1", "段落 { #p12 }") is None
    assert shown("#p1", "段落 { #p12 }") == ["    1 | 段落 { #p12 }"]


def test_full_width_characters_take_two_columns_and_marks_stand_below_their_words():
    line, marks = shown("“,BIS”", "首先,BIS很不严谨。")
    assert line == "    1 | 首先,BIS很不严谨。"
    assert marks == "      |     ^^^^"
    assert columns("首ｶA、e\u0301") == 2 + 1 + 1 + 2 + 1


def test_a_long_line_is_cut_around_the_place():
    line, marks = shown("“目标”", "前文很长。" * 80 + "目标" + "后文也长。" * 80)
    assert line.startswith("    1 | …") and line.endswith("…") and columns(line) < 120
    at = marks.index("^")
    assert columns(line[:line.index("目标")]) == at and marks.count("^") == 4


def test_characters_that_nobody_sees_and_commands_of_a_terminal_are_spelled():
    printed = "\n".join(shown("U+202E RIGHT-TO-LEFT OVERRIDE after “甲”", "甲\u202e乙\x1b[2J丙", code="KB109"))
    assert "甲\\u202e乙\\x1b[2J丙" in printed and "\x1b" not in printed and "\u202e" not in printed
    assert printed.endswith("\n      |   ^^^^^^")
    assert escaped("葛\U000e0100と👩‍💻") == "葛\U000e0100と👩‍💻"  # what can be seen stays as it is


def test_no_line_of_any_form_is_a_command_to_a_workflow(tmp_path):
    found = [finding("the key “a\n::error ::x”", hint="add:\n  ::set-env name=X::y\n##[add-path]z"),
             finding("##[error]x", file="docs/a\n::warning ::.md")]
    write(tmp_path, {ZH: "::stop-commands::x\n"})
    sources = Sources(tmp_path)
    for one in found:
        place = places.place(one, sources.lines(one.file))
        for line in text.rendered(one, place, "en").split("\n"):
            assert not line.lstrip().startswith("::") and "##[" not in line
    lines = list(github.annotated(reported(found), lambda one: None, "en"))
    assert len(lines) == 2
    for line in lines:
        assert line.startswith("::error file=") and "\n" not in line and "##[" not in line


@pytest.mark.parametrize("make", ["link", "linked folder", "folder", "outside", "bytes"])
def test_no_line_is_shown_of_what_is_no_text_file_of_the_project(tmp_path, make):
    root, secret = tmp_path / "root", tmp_path / "secret"
    write(tmp_path, {"secret/a.md": "秘密\n", "root/docs/index.md": "# 首页\n"})
    name = "docs/a.md"
    if make == "link":
        (root / name).symlink_to(secret / "a.md")
    elif make == "linked folder":
        (root / "docs/b").symlink_to(secret)
        name = "docs/b/a.md"
    elif make == "folder":
        (root / name).mkdir()
    elif make == "outside":
        name = "../secret/a.md"
    else:
        (root / name).write_bytes(b"\xff\xfe")
    assert Sources(root).lines(name) == ()
    assert Sources(root).lines("docs/index.md") == ["# 首页", ""]


# --- languages ------------------------------------------------------------------------------------

@pytest.mark.parametrize(("environ", "tag"), [
    ({"LANG": "zh_CN.UTF-8"}, "zh-Hans"), ({"LANG": "ja_JP.eucJP"}, "ja"), ({"LANG": "C.UTF-8"}, "en"), ({}, "en"),
    ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "ja_JP.UTF-8"}, "ja"), ({"LANG": "ja_JP", "LC_ALL": "C"}, "en"),
    ({"LANG": "ja_JP.UTF-8", "LC_ALL": ""}, "ja"),
])
def test_the_language_is_that_of_the_locale(environ, tag):
    assert catalogue.language(environ) == tag


def test_a_finding_is_said_in_the_language_that_was_asked_for(kb, wrong):
    english, chinese, japanese = (kb(wrong, "check", "--lang", lang)[1] for lang in ("en", "zh", "ja"))
    assert "KB502 half-width punctuation in Chinese or Japanese text: found “首先,BIS”" in english
    assert "KB502 汉字旁边的半角标点。现在是：“首先,BIS”；应当是：中文、日文字符旁边用全角标点\n" in chinese
    assert "KB103 認められないキーや値。実際の記述：未知のキー「auther」／本来の記述：次のいずれか：" in japanese
    assert "    直し方：「author」ではないか\n" in japanese


@pytest.mark.parametrize(("lang", "collated", "recorded"), [
    ("zh", "逐字核对  a.txt  底本", ["anchors/articles/chips.yml：新增12行", "anchors/articles/chips.txt：存下12条文字"]),
    ("ja", "底本との照合  a.txt  底本", ["anchors/articles/chips.yml：12行を追加",
                                 "anchors/articles/chips.txt：文言12件を保存"])])
def test_what_commands_say_besides_findings_is_in_that_language_too(tmp_path, kb, lang, collated, recorded):
    with_source(tmp_path)
    printed = kb(tmp_path, "collate", "--lang", lang)[1]
    assert printed.startswith(collated) and not re.search("[a-z]{4}", printed.replace("a.txt", ""))
    for path in (tmp_path / "anchors").rglob("*.*"):
        path.unlink()
    assert kb(tmp_path, "anchors", "--lang", lang)[1].splitlines()[-2:] == recorded
    assert catalogue.known(anchors._NOTHING, catalogue.TAGS[lang]) + "\n" == kb(
        tmp_path, "anchors", "--lang", lang)[1]


@pytest.mark.parametrize(("tag", "asked"), [
    ("zh-Hans", "docs/articles/x.md:3：#p4“甲乙”移到了别处。\n    是否改成：那里用新编号，#p4撤回，由它接替？[y/n] "),
    ("ja", "docs/articles/x.md:3：#p4「甲乙」が別の位置にある。\n"
           "    次のとおり改めてよいか：そこに新しい番号を付け、#p4は撤回してそれを後継とする。[y/n] ")])
def test_an_editor_is_asked_in_the_language_that_was_asked_for(tag, asked):
    one = Proposal("move", "p4", "docs/articles/x.md", 3, "#p4 “甲乙” at another place of the text",
                   "a new id there, and #p4 withdrawn in its favour")
    assert anchors.question(one, tag) == asked


@pytest.mark.parametrize(("answer", "is_yes"), [
    ("y", True), ("Ｙ", True), ("是", True), ("はい", True), ("n", False), ("いいえ", False), ("否", False), ("", False)])
def test_an_answer_may_be_in_any_of_the_languages(answer, is_yes):
    answers = iter(("？", answer))
    assert anchors._asked("x", lambda _: next(answers)) is is_yes


PROPOSING = (PACKAGE / "anchors/edits.py", PACKAGE / "anchors/splits.py")


@pytest.mark.parametrize("path", PROPOSING, ids=lambda path: path.stem)
def test_whatever_is_proposed_has_its_words_in_both_languages(path):
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    made = [one.value for call in calls if getattr(call.func, "attr", "") == "propose"
            for one in call.keywords if one.arg in ("found", "expected")]
    assert made
    for node in made:
        for tag in ("zh-Hans", "ja"):
            assert any(is_said(one, tag) for one in wordings(node)), ast.unparse(node)


def test_titles_are_those_of_the_page_of_findings():
    for tree, tag in (("docs", "zh-Hans"), ("docs_ja", "ja")):
        page = (ROOT / tree / "about/findings.md").read_text("utf-8")
        heads = re.findall(r"^### (KB\d{3}) (.+?)(?:（提醒）|（注意）)? \{ #", page, re.MULTILINE)
        assert dict(heads) == {code: catalogue.title(code, tag) for code in CODES}


def test_a_message_has_the_same_places_in_every_language():
    for english, wordings in MESSAGES["messages"].items():
        assert set(wordings) == {"zh-Hans", "ja"}, english
        for wording in wordings.values():
            assert set(PLACES.findall(wording)) == set(PLACES.findall(english)), english


ENGLISH = re.compile(r"\b[a-z]{2,}[ ,;]+[a-z]{2,}\b")


def is_said(message: str, tag: str) -> bool:
    """Whether the catalogue has the message, and takes none of its words for what stands in a place."""
    said = catalogue.known(message, tag)
    own = " ".join(one[tag] for one in MESSAGES["messages"].values())
    return said is not None and all(words in own for words in ENGLISH.findall(said))


# In a place may stand anything, nothing, or a message.
STANDING = ("1", "", "run: kb anchors")


def wordings(node: ast.expr) -> list[str]:
    """Every English text that an expression may stand for, as far as it is written down."""
    match node:
        case ast.Constant(value=str()):
            return [node.value]
        case ast.IfExp():
            return [*wordings(node.body), *wordings(node.orelse)]
        case ast.BoolOp():
            return [one for value in node.values for one in wordings(value)]
        case ast.BinOp(op=ast.Add()):
            return [one + other for one in wordings(node.left) for other in wordings(node.right)]
        case ast.JoinedStr():
            parts = [wordings(one.value) if isinstance(one, ast.FormattedValue) else [one.value]
                     for one in node.values]
            return ["".join(one) for one in itertools.islice(itertools.product(*parts), 2000)]
    return list(STANDING)


@functools.cache
def said_in(path: Path) -> list[tuple[int, ast.expr]]:
    """What each finding that a module makes says: found, expected and hint."""
    source = path.read_text("utf-8")
    if "inding(" not in source:
        return []
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    made = [(call, 3) for call in calls if getattr(call.func, "id", "") == "Finding"]
    made += [(call, 2) for call in calls if getattr(call.func, "attr", "") == "finding"]  # expected and hint
    return [(call.lineno, one) for call, count in made for one in call.args[-count:]]


MAKERS = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "findings.py" and said_in(path))


@pytest.mark.parametrize("path", MAKERS, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_whatever_a_check_says_has_its_words_in_both_languages(path):
    for line, node in said_in(path):
        texts = wordings(node)
        if not any(re.search("[a-z]{2}", one.replace(STANDING[-1], "")) for one in texts):
            continue  # it is put together elsewhere: the cases below show it
        for tag in ("zh-Hans", "ja"):
            assert any(is_said(one, tag) for one in texts), f"{path.name}:{line} {texts[:2]}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_finding_of_each_case_leaves_no_english(path, tmp_path):
    project(tmp_path)
    spoil(tmp_path, case_of(path))
    found = checks.run(read(tmp_path), "2026-11-22")
    assert found
    for one in found:
        for said in (one.found, one.expected, one.hint):
            assert catalogue.known(said, "zh-Hans") and catalogue.known(said, "ja"), said


def test_what_stands_in_a_file_is_kept_as_it_is_when_a_message_is_translated():
    assert catalogue.said("no id after “find no id after “x” in p1”", "ja") == \
        "「find no id after “x” in p1」の後に番号がない"
    assert catalogue.said("something new", "ja") == "something new"


def test_steps_to_write_by_hand_are_said_line_by_line_and_lines_to_copy_are_kept():
    hint = ("run: kb anchors, which asks (kb anchors --yes does not); or write by hand:\n"
            "      “{ #p2 }” below docs/x.md line 3\n      at the end of anchors/x.yml:\n      - {id: p1, date: 2027-01-31}")
    assert catalogue.said(hint, "zh-Hans").split("\n")[1:] == [
        "      docs/x.md第3行之下写“{ #p2 }”", "      anchors/x.yml末尾：", "      - {id: p1, date: 2027-01-31}"]


@pytest.mark.parametrize("words", ["; or ", "remove it, or remove it; ", "no “a” and "])
def test_a_message_of_a_hundred_parts_stays_english(words):
    assert catalogue.said(words * 60 + "?", "ja") == words * 60 + "?"


# --- for programs ---------------------------------------------------------------------------------

def printed(capsys, root: Path, *argv: str) -> tuple[int, str, str]:
    from kb import cli

    capsys.readouterr()
    code = cli.main(argv, root=root)
    done = capsys.readouterr()
    return code, done.out, done.err


def test_json_is_one_document_as_its_schema_says(wrong, capsys, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://kb.example/policies")
    schema = json.loads((PACKAGE / "reporting/findings.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    code, out, err = printed(capsys, wrong, "check", "--format", "json", "--lang", "ja")
    document = json.loads(out)
    Draft202012Validator(schema).validate(document)
    assert code == 1 and document["errors"] == len(document["findings"]) and document["warnings"] == 0
    one = next(one for one in document["findings"] if one["code"] == "KB502")
    assert (one["file"], one["line"]) == (ZH, 11)
    assert one["mark"] == {"line": 11, "column": 1, "end_column": 7}
    assert one["help"] == "https://kb.example/policies/ja/about/findings/#kb502"


def test_json_of_a_project_without_findings_is_empty_and_nothing_else_is_on_standard_output(tmp_path, capsys):
    code, out, err = printed(capsys, site_of(project(tmp_path)), "check", "--format", "json")
    assert (code, json.loads(out)["findings"]) == (0, [])
    assert "no findings in 4 pages" in err


# What GitHub's code scanning reads of SARIF 2.1.0.
SARIF = {
    "type": "object", "required": ["$schema", "version", "runs"],
    "properties": {
        "$schema": {"const": "https://json.schemastore.org/sarif-2.1.0.json"}, "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "maxItems": 1, "items": {
            "type": "object", "required": ["tool", "results", "columnKind"],
            "properties": {
                "columnKind": {"const": "utf16CodeUnits"},
                "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {
                    "type": "object", "required": ["name", "rules"],
                    "properties": {"rules": {"type": "array", "items": {
                        "type": "object",
                        "required": ["id", "shortDescription", "fullDescription", "help", "helpUri",
                                     "defaultConfiguration"],
                        "properties": {
                            "helpUri": {"type": "string", "pattern": "^https://"},
                            "shortDescription": {"required": ["text"]}, "help": {"required": ["text"]},
                            "fullDescription": {"properties": {"text": {"maxLength": 1000}}},
                            "defaultConfiguration": {"properties": {"level": {"enum": ["error", "warning"]}}},
                        }}}}}}},
                "results": {"type": "array", "items": {
                    "type": "object",
                    "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
                    "properties": {
                        "level": {"enum": ["error", "warning"]},
                        "message": {"required": ["text"], "properties": {"text": {"minLength": 1}}},
                        "locations": {"minItems": 1, "maxItems": 1, "items": {"properties": {"physicalLocation": {
                            "required": ["artifactLocation", "region"],
                            "properties": {
                                "artifactLocation": {"required": ["uri"], "properties": {
                                    "uri": {"type": "string", "pattern": "^[A-Za-z0-9._~/%-]+$"}}},
                                "region": {"required": ["startLine"], "additionalProperties": {
                                    "type": "integer", "minimum": 1}},
                            }}}}},
                    }}},
            }}},
    },
}


def test_sarif_is_what_code_scanning_reads(wrong, capsys, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://kb.example/policies/")
    write(wrong, {"docs/图 表.md": "首先,错了。\n"})
    code, out, _ = printed(capsys, wrong, "check", "--format", "sarif", "--lang", "zh")
    document = json.loads(out)
    Draft202012Validator(SARIF).validate(document)
    run = document["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert code == 1 and rules == sorted(set(rules))
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    files = {urllib.parse.unquote(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])
             for result in run["results"]}
    assert files >= {ZH, JA, "docs/图 表.md"}
    assert run["tool"]["driver"]["rules"][0]["helpUri"].startswith("https://kb.example/policies/about/findings/#kb")


def test_columns_of_sarif_count_units_of_utf_16():
    one = finding("“错”")
    document = json.loads(records.as_sarif(
        reported([one]), lambda one: places.place(one, ("𠮷错",)), Reader()))
    region = document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 4}


def test_an_annotation_stands_at_the_place_and_encodes_what_means_something_in_a_command():
    one = finding("“100%,\r\n::x”", file="docs/a,b:c%.md", code="KB203")
    line, = github.annotated(reported([one]), lambda one: places.Place(4, "首先100%", 2, 6), "en")
    assert line == ("::error file=docs/a%2Cb%3Ac%25.md,line=4,col=3,endColumn=7,title=KB203 a paragraph or section "
                    "without an id::found “100%25,\\x0d\\x0a::x”, expected x%0Ahint: y")


def test_github_gets_as_many_annotations_as_it_shows_and_the_rest_as_text():
    found = [finding(f"“{number}”", line=number) for number in range(1, 31)]
    lines = list(github.annotated(reported(found), lambda one: None, "en"))
    assert [line.startswith("::error ") for line in lines] == [True] * 10 + [False] * 20


# --- a summary for a pull request -----------------------------------------------------------------

def test_the_summary_is_in_both_languages_and_links_to_what_each_code_means(wrong, capsys, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://kb.example/")
    _, out, _ = printed(capsys, wrong, "check", "--format", "summary")
    assert out.startswith("## 检查结果 / チェック結果\n")
    assert re.search(r"^\d+个问题  \n問題\d+件  $", out, re.MULTILINE)
    assert "[KB502](https://kb.example/about/findings/#kb502) [ja](https://kb.example/ja/about/findings/#kb502)" in out
    page = markdown(out, extensions=["tables"])
    assert page.count("<tr>") == len(re.findall(r"^\| ", out, re.MULTILINE))


def test_the_summary_is_added_to_a_file_beside_what_is_printed(wrong, kb, tmp_path):
    write(tmp_path, {"summary.md": "# 之前\n"})
    code, out = kb(wrong, "check", "--lang", "en", "--summary", str(tmp_path / "summary.md"))
    added = (tmp_path / "summary.md").read_text("utf-8")
    assert code == 1 and "KB502 half-width" in out
    assert added.startswith("# 之前\n## 检查结果")


def test_nothing_that_a_file_holds_acts_in_the_summary():
    evil = "“<img src=x onerror=alert(1)> | [x](javascript:alert(1)) `b` @someone #12 **c**\n| d |”"
    page = markdown(summary.markdown(reported([finding(evil, file="docs/<b>|x.md")]), ""), extensions=["tables"])
    assert "<img" not in page and "<a " not in page and "<b>" not in page
    assert page.count("<tr>") == 2 and page.count("<td>") == 5 and page.count("<strong>") == 2


def test_a_project_without_findings_says_so_in_both_languages(tmp_path, capsys):
    _, out, _ = printed(capsys, site_of(project(tmp_path)), "check", "--format", "summary")
    assert out == "## 检查结果 / チェック結果\n\n没有问题。  \n問題はない。  \n"


# --- limits ---------------------------------------------------------------------------------------

def test_of_one_file_two_hundred_findings_are_reported_errors_first_and_the_rest_is_counted():
    found = [finding(f"“{at}”", line=at) for at in range(1, 251)]
    found += [finding(f"“{at}”", line=at, code="KB503") for at in range(1, 51)]
    some = reported(found)
    assert len(some.findings) == limits.MOST_OF_A_FILE == 200
    assert not any(one.is_warning for one in some.findings) and some.left_out == {ZH: 100}
    assert list(text.ending(some, "en")) == [f"{ZH}: 100 more, not printed", "250 findings, 50 warnings"]


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "summary"])
def test_no_form_is_longer_than_two_megabytes_nor_any_line_endless(tmp_path, capsys, form):
    from kb.commands import report

    long = "字" * 100_000
    found = [finding(f"“{at} {long}”", file=f"docs/{at // 150}.md", line=at) for at in range(1, 600)]
    assert report.findings(found, tmp_path, report.Manner(form)) == 1
    out = capsys.readouterr().out
    assert len(out.encode()) <= 2_000_000
    assert max(map(len, out.split("\n"))) < 30_000


def test_what_depends_on_a_file_that_cannot_be_read_is_not_said_too(kb, tmp_path):
    site_of(project(tmp_path))
    write(tmp_path, {ZH: b"\xff\xfe", "docs/x.md": "[文](articles/chips.md#p1)\n", "docs_ja/x.md": "文\n"})
    code, out = kb(tmp_path, "check", "--lang", "en")
    assert code == 1 and re.findall(r" (KB\d{3}) ", out) == ["KB101"]


# --- the commands ---------------------------------------------------------------------------------

@pytest.mark.parametrize("argv", [("check", "--format", "xml"), ("check", "--lang", "fr"), ("check", "--summary")])
def test_a_form_or_language_that_is_not_there_is_wrong_use(kb, tmp_path, argv):
    assert kb(site_of(project(tmp_path)), *argv)[0] == 2


@pytest.mark.parametrize("argv", [("check",), ("collate",), ("anchors", "--check"), ("anchors",), ("build",)])
def test_every_command_reports_in_the_form_and_language_that_were_asked_for(wrong, capsys, argv):
    write(wrong, {"docs/a.yml": b"", "docs/b.md": b"\xff"})
    code, out, _ = printed(capsys, wrong, *argv, "--format", "json", "--lang", "zh")
    document = json.loads(out)
    assert document["language"] == "zh-Hans" and code == int(document["errors"] > 0)
    if argv[0] != "collate":
        assert "文件无法按UTF-8读取" in [one["title"] for one in document["findings"]]
