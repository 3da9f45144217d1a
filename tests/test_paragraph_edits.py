"""What editors do to published paragraphs: `kb anchors` recognises it from the wordings, asks, and records it;
where nobody can be asked it writes nothing and says which lines would do it."""

import os
import pty
import re
import subprocess
import sys

import pytest
from edits import (IDS, JA, ORDER, REGISTER, TEXTS, WORDINGS, ZH, anchors_of, both, document, edit, lines,
                   published, put)
from scratch import ROOT, every_file

from kb import cli
from kb.anchors import ids
from kb.anchors.traces import is_other, trace
from kb.commands import planning

pytestmark = pytest.mark.usefixtures("each_text_once")

NEW = ("新写的一段，讲的是完全不同的运输保险问题。", "新しい段落で、まったく別の運送保険の問題を論じる。")
OTHER = ("云服务与远程访问不在此列，另行商议之后再定。", "クラウドサービスや遠隔からの利用はここに含まれず、改めて協議のうえ定める。")
DATE = r"\d{4}-\d\d-\d\d"


def split(root):
    """An empty line in the middle: the mark stays below the second half."""
    edit(root, ZH, ("自查。有关", "自查。\n\n有关"))
    edit(root, JA, ("ならない。具体", "ならない。\n\n具体"))


def split_in_three(root):
    split(root)
    edit(root, ZH, ("施行，企业", "施行。\n\n企业"))
    edit(root, JA, ("施行され、企業", "施行される。\n\n企業"))


def split_and_reworded(root):
    split(root)
    edit(root, ZH, ("企业应当在45日内完成自查", "各企业应在45日内做完自查"), ("将公布具体的", "会另行公布具体的"))
    edit(root, JA, ("企業は45日以内に", "各企業は45日以内に必ず"), ("関係部門が公表する", "関係する部門が別に公表する"))


def split_without_marks(root):
    split(root)
    for name in (ZH, JA):
        edit(root, name, ("\n{ #p1 }", ""))


def joined(root, *names, mark):
    """The paragraphs of these names as one, with the mark of `mark` below."""
    for side, file in enumerate((ZH, JA)):
        old = "\n".join(f"{TEXTS[name][side]}\n{{ #{IDS[name]} }}\n" for name in names)
        new = "\n".join(TEXTS[name][side] for name in names) + f"\n{{ #{mark} }}\n"
        edit(root, file, (old, new))


def merged(root):
    joined(root, "scope", "list", mark="p3")


def merged_under_the_first(root):
    joined(root, "scope", "list", mark="p2")


def merged_three(root):
    joined(root, "scope", "list", "chips", mark="p2")


def merged_with_different_marks(root):
    merged(root)
    edit(root, JA, ("{ #p3 }", "{ #p2 }"))


def moved_to_the_front(root):
    both(root, ("end", *ORDER[:-1]))


def moved_without_a_mark(root):
    both(root, ("intro", "#legal", "scope", "end", "list", "chips", "#outlook"), {**IDS, "end": None})


def swapped(root):
    both(root, ("intro", "#legal", "list", "scope", "chips", "#outlook", "end"))


def deleted(root):
    both(root, tuple(name for name in ORDER if name != "list"))


def section_deleted(root):
    both(root, ORDER[:-2])


def rewritten(root):
    for side, file in enumerate((ZH, JA)):
        edit(root, file, (TEXTS["chips"][side], OTHER[side]))


def written_above_the_mark(root):
    """A new paragraph between the words and their mark, which slides below it."""
    for side, file in enumerate((ZH, JA)):
        edit(root, file, (TEXTS["scope"][side], f"{TEXTS['scope'][side]}\n\n{NEW[side]}"))


ALL = {
    split: (["p1", "p1a", "p2", "p3", "p4", "p5"], [
        "p1 zh", "p1a zh from: p1", "p1 ja of", "p1a ja of from: p1"]),
    split_in_three: (["p1", "p1a", "p1b", "p2", "p3", "p4", "p5"], [
        "p1 zh", "p1a zh from: p1", "p1b zh from: p1", "p1 ja of", "p1a ja of from: p1", "p1b ja of from: p1"]),
    split_and_reworded: (["p1", "p1a", "p2", "p3", "p4", "p5"], [
        "p1 zh", "p1a zh from: p1", "p1 ja of", "p1a ja of from: p1"]),
    split_without_marks: (["p1", "p1a", "p2", "p3", "p4", "p5"], [
        "p1 zh", "p1a zh from: p1", "p1 ja of", "p1a ja of from: p1"]),
    merged: (["p1", "p3", "p4", "p5"], ["p3 zh merged: [p2]", "p3 ja of merged: [p2]", "p2 gone p3"]),
    merged_under_the_first: (["p1", "p2", "p4", "p5"], [
        "p2 zh merged: [p3]", "p2 ja of merged: [p3]", "p3 gone p2"]),
    merged_three: (["p1", "p2", "p5"], [
        "p2 zh merged: [p3, p4]", "p2 ja of merged: [p3, p4]", "p3 gone p2", "p4 gone p2"]),
    merged_with_different_marks: (["p1", "p3", "p4", "p5"], [
        "p3 zh merged: [p2]", "p3 ja of merged: [p2]", "p2 gone p3"]),
    moved_to_the_front: (["p0a", "p1", "p2", "p3", "p4"], ["p0a zh was: p5", "p0a ja of was: p5", "p5 gone p0a"]),
    moved_without_a_mark: (["p1", "p2", "p2a", "p3", "p4"], [
        "p2a zh was: p5", "p2a ja of was: p5", "p5 gone p2a"]),
    swapped: (["p1", "p3", "p3a", "p4", "p5"], ["p3a zh was: p2", "p3a ja of was: p2", "p2 gone p3a"]),
    deleted: (["p1", "p2", "p4", "p5"], ["p3 gone"]),
    section_deleted: (["p1", "p2", "p3", "p4"], ["p5 gone", "outlook gone"]),
    rewritten: (["p1", "p2", "p3", "p4", "p5"], ["p4 zh was: p4", "p4 ja of was: p4"]),
    written_above_the_mark: (["p1", "p2", "p2a", "p3", "p4", "p5"], ["p2a zh", "p2a ja of"]),
}


def short(row):
    """A line of the register without its date and fingerprints."""
    row = re.sub(rf", date: {DATE}", "", row.removeprefix("- {id: ").removesuffix("}"))
    row = re.sub(r", language: (zh|ja)[-Hans]*, text: [0-9a-f]{12}", r" \1", row)
    row = re.sub(r", of: [0-9a-f]{12}", " of", row)
    return row.replace(", withdrawn: true", " gone").replace(", successor:", "").replace(
        ", from", " from").replace(", was", " was").replace(", merged", " merged")


@pytest.mark.parametrize("change", ALL, ids=lambda change: change.__name__)
def test_an_edit_is_recorded_once_it_is_confirmed_and_nothing_is_written_before(tmp_path, kb, change):
    published(tmp_path)
    known = lines(tmp_path)
    change(tmp_path)
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "anchors")
    assert code == 1 and re.search("KB(218|206|217) ", printed), printed
    assert every_file(tmp_path) == before
    code, printed = kb(tmp_path, "anchors", "--yes")
    assert code == 0, printed
    marks, added = ALL[change]
    assert list(anchors_of(tmp_path, 0)) == list(anchors_of(tmp_path, 1)) == marks
    assert lines(tmp_path)[:len(known)] == known
    assert [short(row) for row in lines(tmp_path)[len(known):]] == added
    assert kb(tmp_path, "anchors", "--check") == (0, "")
    assert kb(tmp_path, "anchors") == (0, "every paragraph has its id, and the register is up to date\n")


@pytest.mark.parametrize("change", [one for one in ALL if one not in (deleted, section_deleted, rewritten)],
                         ids=lambda change: change.__name__)
def test_what_a_finding_says_to_write_by_hand_settles_it_in_one_round(tmp_path, kb, change):
    """An editor on GitHub's web pages has nothing else."""
    published(tmp_path)
    change(tmp_path)
    printed = kb(tmp_path, "check")[1]
    steps = [line.strip() for line in printed.splitlines() if line.startswith("      ")]
    target, rows, marks = "", {REGISTER: [], WORDINGS: []}, []
    for step in steps:
        if found := re.fullmatch(r"at the end of (\S+):", step):
            target = found[1]
        elif found := re.fullmatch(r"“(\{ #\w+ \})” (below|in place of “\{ #\w+ \}” in) (\S+) line (\d+)", step):
            marks.append((found[3], int(found[4]), found[1], found[2] == "below"))
        else:
            rows[target].append(step)
    for name, number, mark, is_new in sorted(marks, reverse=True):
        text = (tmp_path / name).read_text("utf-8").split("\n")
        text[number - 1 + is_new : number] = [mark]
        put(tmp_path, (name, "\n".join(text)))
    for name, added in rows.items():
        put(tmp_path, (name, (tmp_path / name).read_text("utf-8") + "".join(f"{row}\n" for row in added)))
    assert kb(tmp_path, "anchors", "--check") == (0, ""), printed


def test_the_first_half_of_a_split_keeps_the_id_whichever_half_the_mark_stood_below(tmp_path, kb):
    published(tmp_path)
    split(tmp_path)
    kb(tmp_path, "anchors", "--yes")
    assert anchors_of(tmp_path)["p1"].endswith("完成自查。")
    assert anchors_of(tmp_path)["p1a"] == "有关部门将公布具体的申报办法。"


def test_the_last_paragraph_of_a_text_is_split_into_letters_not_into_the_next_number(tmp_path, kb):
    published(tmp_path)
    edit(tmp_path, ZH, ("结果。现在", "结果。\n\n现在"))
    edit(tmp_path, JA, ("次第である。いま", "次第である。\n\nいま"))
    assert kb(tmp_path, "anchors", "--yes")[0] == 0
    assert list(anchors_of(tmp_path))[-2:] == ["p5", "p5a"]


def test_a_split_of_the_original_waits_for_its_translation_which_then_follows_unasked(tmp_path, kb):
    published(tmp_path)
    edit(tmp_path, ZH, ("自查。有关", "自查。\n\n有关"))
    code, printed = kb(tmp_path, "anchors", "--yes")
    assert code == 1 and "KB205" in printed and "no #p1a" in printed and "KB210" in printed
    edit(tmp_path, JA, ("ならない。具体", "ならない。\n\n具体"))
    code, printed = kb(tmp_path, "anchors")
    assert code == 0, printed
    assert list(anchors_of(tmp_path, 1))[:2] == ["p1", "p1a"]
    assert short(lines(tmp_path)[-1]) == "p1a ja of from: p1"


def test_a_split_of_the_translation_alone_gets_no_id_and_is_to_be_joined_where_it_is_said(tmp_path, kb):
    published(tmp_path)
    edit(tmp_path, JA, ("ならない。具体", "ならない。\n\n具体"))
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "anchors", "--yes")
    assert code == 1
    assert printed == (
        f"{JA}:14: KB220 a paragraph that only the translation splits: found the words of #p1 in 2 paragraphs, "
        f"expected 1, as in {ZH} line 11\n    hint: join those of {JA} lines 12, 14 again, with “{{ #p1 }}” "
        "below: no empty line between them\n1 finding\n")
    assert every_file(tmp_path) == before


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("order", [
    tuple(name for name in ORDER if name != "list"), ("intro", "#legal", "list", "scope", "chips", "#outlook", "end")])
def test_what_only_one_language_deletes_or_moves_is_refused(tmp_path, kb, side, order):
    published(tmp_path)
    put(tmp_path, ((ZH, JA)[side], document(side, order)))
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "anchors", "--yes")
    assert code == 1 and re.search("KB(204|206) ", printed)
    assert every_file(tmp_path) == before


def test_a_new_paragraph_and_a_changed_word_need_no_confirmation(tmp_path, kb):
    published(tmp_path)
    for side, name in enumerate((ZH, JA)):
        edit(tmp_path, name, (TEXTS["list"][side], f"{NEW[side]}\n\n{TEXTS['list'][side]}"))
    edit(tmp_path, ZH, ("逐笔报批", "逐笔申报"))
    edit(tmp_path, JA, ("承認を要する", "申告を要する"))
    assert kb(tmp_path, "anchors")[0] == 0
    assert list(anchors_of(tmp_path)) == ["p1", "p2", "p2a", "p3", "p4", "p5"]


def test_the_same_words_twice_keep_their_ids_in_order(tmp_path, kb):
    published(tmp_path)
    for side, name in enumerate((ZH, JA)):
        edit(tmp_path, name, (TEXTS["list"][side], f"{TEXTS['end'][side]}\n\n{TEXTS['list'][side]}"))
    assert kb(tmp_path, "anchors")[0] == 0
    for name in (ZH, JA):
        edit(tmp_path, name, ("\n{ #p2a }", ""), ("\n{ #p5 }", ""))
    assert kb(tmp_path, "anchors")[0] == 0
    assert list(anchors_of(tmp_path)) == ["p1", "p2", "p2a", "p3", "p4", "p5"]


def test_items_of_a_list_and_a_quotation_are_merged_into_a_paragraph(tmp_path, kb):
    for side, name in enumerate((ZH, JA)):
        text = document(side).replace(f"{TEXTS['list'][side]}\n{{ #p3 }}", f"* {TEXTS['list'][side]}\n  {{ #p3 }}")
        put(tmp_path, (name, text.replace(f"{TEXTS['chips'][side]}\n{{ #p4 }}",
                                          f"> {TEXTS['chips'][side]}\n> {{ #p4 }}")))
    assert kb(tmp_path, "anchors")[0] == 0
    for side, name in enumerate((ZH, JA)):
        edit(tmp_path, name, (f"{TEXTS['scope'][side]}\n{{ #p2 }}\n\n* {TEXTS['list'][side]}\n  {{ #p3 }}\n\n"
                              f"> {TEXTS['chips'][side]}\n> {{ #p4 }}",
                              f"{TEXTS['scope'][side]}{TEXTS['list'][side]}{TEXTS['chips'][side]}\n{{ #p2 }}"))
    assert kb(tmp_path, "anchors", "--yes")[0] == 0
    assert [short(row) for row in lines(tmp_path)[-2:]] == ["p3 gone p2", "p4 gone p2"]


def test_a_document_in_one_language_with_windows_line_ends_is_split_too(tmp_path, kb):
    put(tmp_path, (ZH, document(0)))
    (tmp_path / "docs_ja").mkdir()
    assert kb(tmp_path, "anchors")[0] == 0
    text = (tmp_path / ZH).read_text("utf-8").replace("自查。有关", "自查。\n\n有关")
    (tmp_path / ZH).write_bytes(text.replace("\n", "\r\n").encode())
    assert kb(tmp_path, "anchors", "--yes")[0] == 0
    assert list(anchors_of(tmp_path))[:2] == ["p1", "p1a"]
    content = (tmp_path / ZH).read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n")


# --- who is asked -----------------------------------------------------------------------------------


def on_a_terminal(root, answers, **environment):
    """What `kb anchors` prints on a terminal, and its exit code."""
    primary, secondary = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", "from kb.cli import run; run()", "anchors"], cwd=root,
                          stdin=secondary, stdout=secondary, stderr=secondary, close_fds=True,
                          env={**{key: value for key, value in os.environ.items() if key != "CI"},
                               "PYTHONPATH": str(ROOT / "scripts"), **environment}) as process:
        os.close(secondary)
        os.write(primary, "".join(f"{answer}\n" for answer in answers).encode())
        printed = b""
        while True:
            try:
                piece = os.read(primary, 4096)
            except OSError:
                break
            if not piece:
                break
            printed += piece
        code = process.wait()
    os.close(primary)
    return code, printed.decode()


def test_on_a_terminal_the_editor_is_asked_and_yes_is_written(tmp_path):
    published(tmp_path)
    split(tmp_path)
    code, printed = on_a_terminal(tmp_path, ["maybe", "y"])
    assert code == 0, printed
    assert f"{ZH}:11: the words of #p1 in 2 paragraphs" in printed
    assert printed.count("[y/n]") == 2  # what is no answer is asked again
    assert list(anchors_of(tmp_path))[:2] == ["p1", "p1a"]


def test_no_makes_the_second_half_a_new_paragraph_and_leaves_the_mark_where_it_is(tmp_path):
    published(tmp_path)
    edit(tmp_path, ZH, ("\n{ #p1 }", ""), ("自查。有关", "自查。\n{ #p1 }\n\n有关"))
    edit(tmp_path, JA, ("\n{ #p1 }", ""), ("ならない。具体", "ならない。\n{ #p1 }\n\n具体"))
    code, printed = on_a_terminal(tmp_path, ["n"])
    assert code == 0, printed
    assert list(anchors_of(tmp_path))[:2] == ["p1", "p1a"]
    assert not any("from:" in row for row in lines(tmp_path))


def test_no_to_a_deletion_writes_nothing(tmp_path):
    published(tmp_path)
    deleted(tmp_path)
    before = every_file(tmp_path)
    code, printed = on_a_terminal(tmp_path, ["n"])
    assert code == 1 and "KB206" in printed
    assert every_file(tmp_path) == before


def test_continuous_integration_is_not_asked_even_on_a_terminal(tmp_path):
    published(tmp_path)
    split(tmp_path)
    before = every_file(tmp_path)
    code, printed = on_a_terminal(tmp_path, [], CI="true")
    assert code == 1 and "KB218" in printed and "[y/n]" not in printed
    assert every_file(tmp_path) == before


# --- pairs ------------------------------------------------------------------------------------------


def test_new_paragraphs_are_paired_section_by_section_or_not_at_all(tmp_path, kb):
    none = dict.fromkeys(IDS)
    put(tmp_path, (ZH, document(0, ORDER, none)),
        (JA, document(1, ("intro", "#legal", "scope", "list", "chips", "#outlook", "end"), none).replace(
            TEXTS["chips"][1], f"{TEXTS['chips'][1]}\n\n追記の段落。2026年に改めた。")))
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "anchors", "--yes")
    assert code == 1
    assert re.match(rf"{JA}:\d+: KB219 paragraphs that have no counterpart one by one: found 4 paragraphs without "
                    r"a counterpart in #legal \(lines 16 to 22\), expected 3, as in "
                    rf"{ZH} \(lines 15 to 19\)\n    hint: they part at {JA} line 22 “追記の段落。", printed), printed
    assert every_file(tmp_path) == before


def test_the_first_place_where_figures_part_is_named(tmp_path, kb):
    none = dict.fromkeys(IDS)
    put(tmp_path, (ZH, document(0, ORDER, none)),
        (JA, document(1, ("intro", "#legal", "chips", "scope", "list", "intro", "#outlook", "end"), none)))
    code, printed = kb(tmp_path, "anchors")
    assert code == 1
    assert f"they part at {ZH} line 15 “本条例适用于在境内从事货物、技术” and {JA} line 16" in printed


def test_a_paragraph_that_a_language_lacks_is_named_each(tmp_path, kb):
    published(tmp_path)
    edit(tmp_path, ZH, (TEXTS["list"][0], f"{NEW[0]}\n\n{OTHER[0]}\n\n{TEXTS['list'][0]}"))
    code, printed = kb(tmp_path, "anchors")
    assert code == 1
    assert re.findall(r"KB205 .*? found no #(\w+)", printed) == ["p2a", "p2b"]


def test_a_paragraph_that_only_a_translation_has_gets_no_id(tmp_path, kb):
    published(tmp_path)
    edit(tmp_path, JA, (TEXTS["list"][1], f"{NEW[1]}\n\n{TEXTS['list'][1]}"))
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "anchors", "--yes")
    assert code == 1 and "KB219" in printed and "a translation has the paragraphs of its original" in printed
    assert every_file(tmp_path) == before


@pytest.mark.parametrize("sides", [(0,), (1,), (0, 1)])
@pytest.mark.parametrize(("gone", "after"), [
    ("intro", None), ("scope", "#legal"), ("#legal", "intro"), ("chips", "list"), ("#outlook", "chips")])
def test_what_is_gone_is_missed_below_what_stood_before_it(tmp_path, kb, gone, after, sides):
    published(tmp_path)
    for side in sides:
        put(tmp_path, ((ZH, JA)[side], document(side, tuple(one for one in ORDER if one != gone))))
    found = re.findall(r"^(\S+):(\d+): KB206 .*? found no #(\S+),", kb(tmp_path, "anchors", "--check")[1], re.MULTILINE)
    wanted = []
    for side in sides:
        name = (ZH, JA)[side]
        rows = (tmp_path / name).read_text("utf-8").splitlines()
        mark = "# " if after is None else f"{{ {after} }}" if after[0] == "#" else f"{{ #{IDS[after]} }}"
        line = next(at for at, row in enumerate(rows, 1) if mark in row)
        wanted.append((name, str(line), gone.lstrip("#") if gone[0] == "#" else IDS[gone]))
    assert found == wanted


# --- marks that are not read -----------------------------------------------------------------------

MARK = "{ #p2 }"
BAD = {
    "full-width braces": ("｛＃p2｝", "KB211", "in half width: “{ #p12 }”"),
    "a full-width hash": ("{ ＃p2 }", "KB211", "in half width"),
    "braces without a hash": ("｛ p2 ｝", "KB211", "in half width"),
    "brackets that are no braces": ("【 #p2 】", "KB211", "type braces around the id: “{ #p12 }”"),
    "round brackets": ("( #p2 )", "KB211", "type braces around the id"),
    "a space after the hash": ("{ # p2 }", "KB211", "take out the space after the #: “{ #p12 }”"),
    "braces that are not closed": ("{ #p2", "KB211", "close the braces: “{ #p12 }”"),
    "a full-width space before it": ("　{ #p2 }", "KB211", "in the place of U+3000 IDEOGRAPHIC SPACE"),
    "a no-break space in it": ("{\u00a0#p2 }", "KB211", "in the place of U+00A0 NO-BREAK SPACE"),
    "text right below": ("{ #p2 }\n另起一行。", "KB211", "put an empty line below the braces"),
    "an empty line above": ("\n{ #p2 }", "KB211", "take out the empty line above"),
    "a list right below": ("{ #p2 }\n* 甲项；\n* 乙项。", "KB107", "put an empty line before the list"),
    "a full-width space on the line below": ("{ #p2 }\n　", "KB221", "take out what stands on the line"),
    "a no-break space on the line below": ("{ #p2 }\n\u00a0", "KB221", "take out what stands on the line"),
    "a picture": ("{ #p2 }\n\n![图](a.png)", "KB107", "pictures and tables onto pages of their own"),
    "a span with attributes": ('{ #p2 }\n\n<span class="x">甲</span>', "KB121", "take it out of the tag"),
    "an attribute": ("{ #p2 .x }", "KB121", "out of the braces"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_keeps_an_id_from_being_read_is_one_finding_with_its_line_and_cause(tmp_path, kb, what):
    published(tmp_path)
    written, code, hint = BAD[what]
    edit(tmp_path, ZH, (MARK, written))
    before = every_file(tmp_path)
    exit_code, printed = kb(tmp_path, "anchors", "--yes")
    assert exit_code == 1
    (finding,) = re.findall(r"^(\S+):(\d+): (KB\d+) ", printed, re.MULTILINE)
    assert finding[0] == ZH and 17 <= int(finding[1]) <= 19 and finding[2] == code
    assert hint in printed
    assert every_file(tmp_path) == before


@pytest.mark.parametrize("line", ["", " ", "\t", "  \t "])
def test_white_space_that_markdown_takes_for_an_empty_line_is_one(tmp_path, kb, line):
    published(tmp_path)
    edit(tmp_path, ZH, (f"{MARK}\n\n", f"{MARK}\n{line}\n"))
    assert kb(tmp_path, "anchors")[0] == 0


# --- the measure ------------------------------------------------------------------------------------


def test_an_inserted_paragraph_that_quotes_another_is_no_part_of_it():
    text = "本条例适用于在境内从事货物、技术和服务出口的一切组织。"
    found = trace([text, "所谓一切组织，见下文。"], ["p1", None], {"p1": text})
    assert found.labels == ["p1", None] and not found.parts and not found.merged


def test_a_short_text_of_which_something_is_left_is_no_other_text_and_a_part_of_the_old_one_neither():
    assert not is_other("包括：", "其中包括：")
    assert is_other("包括：", "另有：")  # not a letter is left
    assert not is_other("本条例适用于在境内从事货物、技术和服务出口的一切组织。", "技术和服务出口的一切组织。")
    assert is_other("本条例适用于在境内从事货物、技术和服务出口的一切组织。", OTHER[0])


@pytest.mark.parametrize(("before", "after", "used", "found"), [
    ("p12", None, set(), "p12a"), ("p12", "p13", {"p12a"}, "p12b"), ("p12a", "p13", set(), "p12b"),
    ("p12", "p12a", set(), "p12za")])
def test_what_was_split_from_a_paragraph_has_its_number_and_a_letter(before, after, used, found):
    assert ids.below(before, after, used) == found


def test_the_command_takes_yes(tmp_path):
    published(tmp_path)
    deleted(tmp_path)
    assert cli.main(["anchors", "--yes", "--check"], root=tmp_path) == 1  # and writes nothing
    assert not any("withdrawn" in row for row in lines(tmp_path))


def test_a_note_in_the_middle_of_a_paragraph_does_not_hide_its_words_from_the_finished_page(tmp_path, kb):
    published(tmp_path)
    put(tmp_path, ("sources/articles/export.yml", "notes:\n  - {on: p1, kind: sic, date: 2026-11-22, signed: {zh-Hans: 编者, "
                   "ja: 編者}, zh-Hans: 原文如此。, ja: 原文のまま。, after: {zh-Hans: 出口管制条例, ja: 輸出管理条例}}\n"))
    split(tmp_path)
    code, printed = kb(tmp_path, "anchors", "--yes")
    assert code == 0, printed


@pytest.mark.parametrize(("shown", "is_there"), [("1甲乙（注）丙丁", True), ("甲丙乙丁", False), ("甲乙丙", False)])
def test_words_are_on_the_finished_page_if_they_stand_there_in_their_order(shown, is_there):
    assert planning._is_within("甲乙\n丙丁", shown) is is_there
