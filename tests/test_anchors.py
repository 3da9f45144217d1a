"""The anchor register: ids are given once, recorded for ever, and never lost, moved or reused."""

import datetime
import json
import re
from dataclasses import replace

import pytest
from scratch import CHINESE, JAPANESE, ROOT, commit, every_file, project, write

from kb import project as projects
from kb.anchors import assign, register, wordings
from kb.anchors.history import History
from kb.anchors.outcome import outcome
from kb.commands import planning, transaction
from kb.texts import read as read_corpus
from kb.fingerprints import PATTERN

pytestmark = pytest.mark.usefixtures("each_text_once")

TODAY = datetime.date.today().isoformat()

ZH, JA = "docs/articles/chips.md", "docs_ja/articles/chips.md"
REGISTER = "anchors/articles/chips.yml"
WORDINGS = "anchors/articles/chips.txt"


def without_ids(text):
    return "\n".join(line for line in text.split("\n") if "{ #p" not in line)


def findings(printed):
    return [line for line in printed.splitlines() if " KB" in line]


def test_paragraphs_without_ids_get_the_same_ones_in_both_languages(tmp_path, kb):
    write(tmp_path, {ZH: without_ids(CHINESE), JA: without_ids(JAPANESE)})
    code, printed = kb(tmp_path, "anchors")
    assert code == 0, printed
    assert (tmp_path / ZH).read_text("utf-8") == CHINESE
    assert (tmp_path / JA).read_text("utf-8") == JAPANESE


def test_running_it_twice_changes_nothing(tmp_path, kb):
    project(tmp_path)
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "anchors")
    assert (code, printed) == (0, "every paragraph has its id, and the register is up to date\n")
    assert every_file(tmp_path) == before


def test_the_register_says_what_stood_where_and_what_it_was_translated_from(tmp_path):
    project(tmp_path)
    lines = (tmp_path / REGISTER).read_text("utf-8").splitlines()
    chinese = next(line for line in lines if "id: p1," in line and "zh-Hans" in line)
    japanese = next(line for line in lines if "id: p1," in line and "language: ja" in line)
    text = chinese.rpartition("text: ")[2].rstrip("}")
    assert len(text) == 12
    assert japanese.endswith(f", of: {text}}}")
    assert any("id: legal-effect," in line for line in lines)


def test_a_paragraph_put_between_two_others_gets_a_letter_in_both_languages(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {
        ZH: CHINESE.replace("## 法律效力", "新的一段。\n\n## 法律效力"),
        JA: JAPANESE.replace("## 法的効力", "新しい段落である。\n\n## 法的効力"),
    })
    recorded = (tmp_path / REGISTER).read_text("utf-8")
    code, printed = kb(tmp_path, "anchors")
    assert code == 0, printed
    assert "新的一段。\n{ #p1a }\n" in (tmp_path / ZH).read_text("utf-8")
    assert "新しい段落である。\n{ #p1a }\n" in (tmp_path / JA).read_text("utf-8")
    assert (tmp_path / REGISTER).read_text("utf-8").startswith(recorded)


def test_a_paragraph_added_in_one_language_keeps_its_id_when_the_other_follows(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {ZH: CHINESE + "\n结语。\n"})
    code, printed = kb(tmp_path, "anchors")
    assert code == 1
    assert findings(printed) == [
        f"{JA}:26: KB205 an id that one language lacks: found no #p6, expected the counterpart of "
        f"{ZH} line 28"]
    write(tmp_path, {JA: JAPANESE + "\n結び。\n"})
    code, printed = kb(tmp_path, "anchors")
    assert code == 0, printed
    assert (tmp_path / JA).read_text("utf-8").endswith("結び。\n{ #p6 }\n")


def test_a_lost_id_is_a_finding_that_says_which_line_would_withdraw_it(tmp_path, kb):
    project(tmp_path)
    for name, text in ((ZH, CHINESE), (JA, JAPANESE)):
        head, _, tail = text.partition("* ")
        _, _, rest = tail.partition("* ")
        write(tmp_path, {name: head + "* " + rest})
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "anchors")
    assert code == 1
    assert [line.split(": ")[0] + line.split(": ")[2] for line in findings(printed)] == [
        f"{ZH}:17found no #p3, expected every id that was ever published",
        f"{JA}:18found no #p3, expected every id that was ever published"]
    assert f"add at the end of {REGISTER}: - {{id: p3, date: " in printed
    assert "withdrawn: true}" in printed
    assert every_file(tmp_path) == before


def test_a_withdrawn_id_is_fine_and_can_never_come_back(tmp_path, kb):
    project(tmp_path)
    shorter = {ZH: CHINESE.partition("\n> “")[0], JA: JAPANESE.partition("\n> 「")[0]}
    path = tmp_path / REGISTER
    withdrawal = f"- {{id: p5, date: {TODAY}, withdrawn: true, successor: p4}}\n"
    write(tmp_path, shorter | {REGISTER: path.read_text("utf-8") + withdrawal})
    assert kb(tmp_path, "anchors") == (
        0, "every paragraph has its id, and the register is up to date\n")
    write(tmp_path, {ZH: shorter[ZH] + "\n另一段。\n{ #p5 }\n",
                     JA: shorter[JA] + "\n別の段落。\n{ #p5 }\n"})
    code, printed = kb(tmp_path, "anchors")
    assert code == 1
    assert all("KB207" in line and f"was withdrawn on {TODAY}" in line
               for line in findings(printed)) and len(findings(printed)) == 2


def test_a_new_paragraph_never_takes_the_number_of_a_withdrawn_one(tmp_path, kb):
    project(tmp_path)
    path = tmp_path / REGISTER
    withdrawal = f"- {{id: p5, date: {TODAY}, withdrawn: true}}\n"
    write(tmp_path, {ZH: CHINESE.partition("\n> “")[0] + "\n结语。\n",
                     JA: JAPANESE.partition("\n> 「")[0] + "\n結び。\n",
                     REGISTER: path.read_text("utf-8") + withdrawal})
    code, printed = kb(tmp_path, "anchors")
    assert code == 0, printed
    assert (tmp_path / ZH).read_text("utf-8").endswith("结语。\n{ #p6 }\n")


def test_two_paragraphs_that_changed_places_under_their_ids_are_found(tmp_path, kb):
    project(tmp_path)
    swapped = CHINESE.replace("解释性规则；", "甲").replace("政策声明。", "解释性规则；").replace(
        "甲", "政策声明。")
    write(tmp_path, {ZH: swapped})
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "anchors")
    assert code == 1
    moved = [line for line in findings(printed) if "KB208" in line]
    assert [line.partition("found ")[2] for line in moved] == [
        "under #p3 the text of #p4, expected that text under #p4",
        "under #p4 the text of #p3, expected that text under #p3"]
    assert every_file(tmp_path) == before


@pytest.mark.parametrize("command", ["check", "anchors"])
def test_marks_that_changed_places_below_paragraphs_that_did_not_are_no_move(tmp_path, kb, command):
    project(tmp_path)
    for name, text in ((ZH, CHINESE), (JA, JAPANESE)):
        write(tmp_path, {name: text.replace("#p1 ", "#p ").replace("#p2 ", "#p1 ").replace("#p ", "#p2 ")})
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, command)
    assert code == 1
    assert " KB204 " not in printed and " KB218 " not in printed
    assert [line.partition("found ")[2] for line in findings(printed) if " KB208 " in line] == [
        f"under #{wrong} the text of #{own}, expected that text under #{own}"
        for _ in (ZH, JA) for wrong, own in (("p2", "p1"), ("p1", "p2"))]
    assert every_file(tmp_path) == before


def test_ids_out_of_order_are_found(tmp_path, kb):
    project(tmp_path)
    first, second = "首先，BIS很不严谨。\n{ #p1 }\n\n", "这种指导意见不算法律，包括：\n{ #p2 }\n\n"
    write(tmp_path, {ZH: CHINESE.replace(second, "").replace(first, second + first)})
    code, printed = kb(tmp_path, "anchors")
    assert code == 1
    assert [line for line in findings(printed) if "KB204" in line] == [
        f"{ZH}:15: KB204 ids out of order: found #p1 after #p2, expected ids in the order of the "
        "text"]


def test_a_translation_becomes_stale_when_its_original_changes_and_says_how_to_confirm(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {ZH: CHINESE.replace("很不严谨", "不太严谨")})
    code, printed = kb(tmp_path, "anchors")
    assert code == 1
    (line,) = findings(printed)
    assert line == (f"{JA}:13: KB210 a translation older than its original: found #p1 made from an "
                    f"older wording, expected a translation of {ZH} as it is now")
    confirmation = printed.partition(f"add at the end of {REGISTER}: ")[2].splitlines()[0]
    path = tmp_path / REGISTER
    path.write_text(path.read_text("utf-8") + confirmation + "\n", "utf-8")
    assert kb(tmp_path, "anchors")[0] == 0


def test_a_new_translation_is_no_longer_stale(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {ZH: CHINESE.replace("很不严谨", "不太严谨")})
    kb(tmp_path, "anchors")
    write(tmp_path, {JA: JAPANESE.replace("まったくずさん", "あまり厳密でないの")})
    code, printed = kb(tmp_path, "anchors")
    assert code == 0, printed


def test_check_alone_writes_nothing_and_names_the_lines_to_add(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {JA: JAPANESE.replace("まったくずさん", "じつに粗雑")})
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "anchors", "--check")
    assert code == 1 and "KB209" in printed
    hint = printed.partition(f"add at the end of {REGISTER}: ")[2].splitlines()[0]
    line, _, wording = hint.partition(f" and at the end of {WORDINGS}: ")
    assert wording.endswith("まず、BISはじつに粗雑である。")
    assert every_file(tmp_path) == before
    for name, added in ((REGISTER, line), (WORDINGS, wording)):
        path = tmp_path / name
        path.write_text(path.read_text("utf-8") + added + "\n", "utf-8")
    assert kb(tmp_path, "anchors", "--check") == (0, "")


def test_an_id_stripped_by_accident_comes_back(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {ZH: CHINESE.replace("  { #p3 }\n", "")})
    assert kb(tmp_path, "anchors")[0] == 0
    assert (tmp_path / ZH).read_text("utf-8") == CHINESE


def test_ids_that_hem_in_a_new_paragraph_wrongly_are_found_at_once(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {ZH: CHINESE.replace("{ #p4 }", "{ #p2 }").replace("> “本届", "新的一段。\n\n> “本届")})
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "anchors")
    assert code == 1 and "KB201" in printed
    assert every_file(tmp_path) == before


def test_windows_line_ends_are_kept(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {ZH: (CHINESE + "\n结语。\n").replace("\n", "\r\n"), JA: JAPANESE + "\n結び。\n"})
    assert kb(tmp_path, "anchors")[0] == 0
    content = (tmp_path / ZH).read_bytes()
    assert content.endswith("结语。\r\n{ #p6 }\r\n".encode())
    assert content.count(b"\r\n") == content.count(b"\n")


def test_a_line_taken_from_a_register_is_found_by_comparing_with_an_earlier_state(tmp_path, kb):
    project(tmp_path)
    commit(tmp_path)
    assert kb(tmp_path, "anchors", "--check", "--since", "HEAD") == (0, "")
    path = tmp_path / REGISTER
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:5] + lines[6:]), "utf-8")
    code, printed = kb(tmp_path, "anchors", "--check", "--since", "HEAD")
    assert code == 1
    assert printed.startswith(f"{REGISTER}:6: KB214 a line that is gone from a register: found no "
                              f"line “{lines[5].strip()}”")
    assert kb(tmp_path, "anchors")[0] == 0  # puts it back where it was
    assert path.read_text("utf-8") == "".join(lines)
    assert kb(tmp_path, "anchors", "--since", "nothing") == (
        2, "kb: git does not know the revision nothing\n")


def given(root):
    """The pages of the article, each with the ids that it would get."""
    pages = read_corpus(root).editions("articles/chips.md")
    history = History(register.read(root)[0]["articles/chips"], wordings.read(root)[0]["articles/chips"].texts)
    return outcome(pages, history, "2099-01-31").pages


def test_assigning_never_renumbers(tmp_path):
    project(tmp_path)
    assert [one.ids for one in given(tmp_path)] == [(), ()]


HEADER = """\
# Anchor register of articles/chips.
# Append only: `kb anchors` adds lines at the end; no line is ever changed or removed.
document: articles/chips
anchors:
"""
WITHDRAWN = f"- {{id: p1, date: {TODAY}, withdrawn: true}}\n"
NO_DAY = "- {id: p1, date: 2026-13-45, language: zh-Hans, text: 000000000000}\n"


@pytest.mark.parametrize(("text", "line", "found"), [
    (f"document: articles/chips\nanchors:\n{WITHDRAWN}", 3, "#p1 withdrawn"),
    (f"# 登记册\n\ndocument: articles/chips\nanchors:\n\n{WITHDRAWN}", 6, "#p1 withdrawn"),
    (HEADER + WITHDRAWN, 5, "#p1 withdrawn"),
    (HEADER + NO_DAY, 5, "the date 2026-13-45"),
    (HEADER + NO_DAY.replace("13-45", "12-31") + NO_DAY, 6, "the date 2026-13-45"),
])
def test_a_line_that_contradicts_the_register_is_named_where_it_stands(text, line, found):
    known, (finding,) = register.parse("articles/chips", REGISTER, text)
    assert not known.readable
    assert str(finding).startswith(
        f"{REGISTER}:{line}: KB212 a register that contradicts itself: found {found}, expected ")


@pytest.mark.parametrize(("block", "found"), [
    ("![一张图](map.png)", "a picture"),
    ("![一张图](map.png)\n{ #p6 }", "a picture"),
    ("> &#8203;\n> { #p6 }", "a paragraph without words"),
    ("## &#8203; { #map }", "a heading without words"),
])
def test_what_has_no_words_gets_no_id_and_is_never_recorded(tmp_path, kb, block, found):
    project(tmp_path)
    write(tmp_path, {ZH: f"{CHINESE}\n{block}\n", JA: JAPANESE + "\n結び。\n"})
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "anchors")
    assert code == 1
    (line,) = findings(printed)
    assert re.match(rf"{ZH}:2[78]: KB107 something that is not text: found {found}, expected ", line)
    assert every_file(tmp_path) == before


@pytest.mark.parametrize("braces", ["｛ #p6 ｝", "{＃p6}", "{：#p6}", "{:#p6}"])
def test_an_id_in_full_width_characters_does_not_become_a_text_for_ever(tmp_path, kb, braces):
    project(tmp_path)
    write(tmp_path, {ZH: f"{CHINESE}\n结语。{braces}\n", JA: JAPANESE + "\n結び。\n"})
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "anchors")
    assert code == 1
    assert findings(printed) == [
        f"{ZH}:27: KB211 braces that would show in the text: found “{braces}” in the text, expected "
        "“{ #p12 }” alone on the paragraph’s last line"]
    assert every_file(tmp_path) == before


def test_a_paragraph_that_reads_like_a_heading_gets_an_id_of_its_own(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {ZH: CHINESE + "\n法律效力\n", JA: JAPANESE + "\n法的効力\n"})
    assert kb(tmp_path, "anchors")[0] == 0
    assert (tmp_path / ZH).read_text("utf-8").endswith("法律效力\n{ #p6 }\n")


READ_AGAIN = {
    "an id that is not read": (
        lambda text: text.replace("\n{ #p6 }", "\n\n{ #p6 }"), "#p6, expected an id that is read"),
    "an id at another paragraph": (
        lambda text: text.replace("结语。\n{ #p6 }", "结语。").replace("{ #p5 }", "{ #p6 }"),
        "#p5, expected an id that is read"),
    "other words": (
        lambda text: text.replace("结语。\n", "结语。}\n"),
        "“结语。}” where ids are written, expected “结语。”, as before"),
    "a paragraph that is gone": (
        lambda text: text.replace("\n结语。\n{ #p6 }", ""),
        "nothing where ids are written, expected “结语。”, as before"),
    "a heading that is none": (
        lambda text: text.replace("## 法律效力 { #legal-effect }", "法律效力"),
        "#legal-effect, expected an id that is read"),
}


@pytest.mark.parametrize("case", READ_AGAIN)
def test_ids_that_would_be_read_otherwise_are_found_before_they_are_written(tmp_path, case):
    project(tmp_path)
    write(tmp_path, {ZH: CHINESE + "\n结语。\n"})
    changed, found = READ_AGAIN[case]
    one = given(tmp_path)[0]
    assert assign.misread(one, replace(one.page, markdown=one.markdown)) is None
    finding = assign.misread(one, replace(one.page, markdown=changed(one.markdown)))
    assert str(finding).partition("\n")[0].partition(": ")[2].endswith(f"found {found}")
    assert finding.code == "KB213"


def test_what_would_be_written_is_known_before_a_file_is_touched(tmp_path):
    project(tmp_path)
    write(tmp_path, {ZH: CHINESE + "\n结语。\n", JA: JAPANESE + "\n結び。\n"})
    before = every_file(tmp_path)
    texts = {name: before[name].decode() for name in (REGISTER, WORDINGS)}
    planned = planning.plan(projects.read(tmp_path), texts, "2099-01-31")
    assert every_file(tmp_path) == before
    assert not planned.refused and planned.findings == ()
    assert planned.report == (f"{ZH}: p6", f"{JA}: p6", f"{REGISTER}: 2 lines added",
                              f"{WORDINGS}: 2 wordings kept")
    assert planned.files[ZH] == CHINESE + "\n结语。\n{ #p6 }\n"
    assert planned.files[REGISTER].startswith(texts[REGISTER] + "- {id: p6, date: 2099-01-31, ")


def test_when_one_file_cannot_be_written_none_is(tmp_path):
    project(tmp_path)
    before = every_file(tmp_path)
    with pytest.raises(OSError):
        transaction.write(tmp_path, {ZH: "改", f"{JA}/下面.md": "文件下面没有文件夹"})
    assert every_file(tmp_path) == before


def test_the_length_of_a_fingerprint_is_the_same_in_code_and_schemas():
    schemas = "".join(path.read_text("utf-8") for path in (ROOT / "scripts/kb/schemas").glob("*.json"))
    patterns = set(re.findall(r'"pattern": ("[^"]*0-9a-f[^"]*")', schemas))
    assert {json.loads(one) for one in patterns} == {f"^{PATTERN}$", "^[0-9a-f]{64}$"}


def test_a_register_with_a_chinese_name_is_compared_with_its_earlier_state_too(tmp_path, kb):
    write(tmp_path, {"docs/articles/芯片.md": CHINESE, "docs_ja/articles/芯片.md": JAPANESE})
    assert kb(tmp_path, "anchors")[0] == 0
    commit(tmp_path)
    assert kb(tmp_path, "anchors", "--check", "--since", "HEAD") == (0, "")
    path = tmp_path / "anchors/articles/芯片.yml"
    path.write_text(path.read_text("utf-8").replace("id: p1,", "id: p9,", 1), "utf-8")
    code, printed = kb(tmp_path, "anchors", "--check", "--since", "HEAD")
    assert code == 1 and "anchors/articles/芯片.yml:5: KB214 a line that is gone from a register" in printed


def test_an_id_of_a_paragraph_on_a_heading_is_a_finding_and_no_crash(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {ZH: CHINESE.replace("{ #p2 }", "").replace(
        "## 法律效力 { #legal-effect }", "## 与前文毫无关系的一个很长的标题 { #p2 }")})
    for name in ("check", "anchors"):
        code, printed = kb(tmp_path, name)
        assert code == 1 and f"{ZH}:14: KB202 a malformed id: found #p2" in printed


@pytest.mark.parametrize(("block", "line", "found"), [
    ("<details>\n<summary>问</summary>\n答\n</details>", 27, "raw HTML “<details>”"),
    ("<div>结语</div>", 27, "raw HTML “<div>结语</div>”"),
])
def test_where_an_id_would_be_printed_nothing_is_written(tmp_path, kb, block, line, found):
    project(tmp_path)
    write(tmp_path, {ZH: f"{CHINESE}\n{block}\n", JA: JAPANESE + "\n結び。\n"})
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "anchors")
    assert code == 1
    assert findings(printed) == [
        f"{ZH}:{line}: KB107 something that is not text: found {found}, expected paragraphs, lists, quotations "
        "and headings, and nothing beside an id"]
    assert every_file(tmp_path) == before
