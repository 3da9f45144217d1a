"""Ids and wordings that were never published are drafts: `kb anchors` numbers them anew and drops them, so that
a pull request adds its final lines and nothing else."""

import re
import subprocess

import pytest
from edits import IDS, JA, ORDER, REGISTER, TEXTS, WORDINGS, ZH, anchors_of, document, edit, lines, published, put
from scratch import every_file

pytestmark = pytest.mark.usefixtures("each_text_once")

NEW = (("新写的一段，讲的是运输保险。", "新しい段落で、運送保険を論じる。"),
       ("前面又加了一段，谈谈汇率。", "その前にもう1段落、為替について述べる。"))
FRESH = ("docs/articles/fresh.md", "docs_ja/articles/fresh.md")
FRESH_REGISTER = "anchors/articles/fresh.yml"


def git(root, *arguments):
    return subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments], cwd=root,
                          check=True, capture_output=True, encoding="utf-8").stdout


def committed(root, branch="main"):
    """A project on its main branch, and a branch of one's own begun there."""
    published(root)
    git(root, "init", "-q", "-b", branch)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "published")
    git(root, "checkout", "-qb", "mine")
    return root


def insert(root, number, before="list"):
    """A new paragraph in both languages, before a known one or before another new one."""
    for side, name in enumerate((ZH, JA)):
        words = TEXTS[before][side] if isinstance(before, str) else NEW[before][side]
        edit(root, name, (words, f"{NEW[number][side]}\n\n{words}"))


def added(root, name=REGISTER):
    """The lines that a pull request adds; none is changed or taken away."""
    changed = [line for line in git(root, "diff", "--unified=0", "main", "--", name).splitlines()[4:]
               if not line.startswith(("@@", "\\"))]
    assert all(line.startswith("+") for line in changed), changed
    return [line[1:] for line in changed]


def named(rows):
    return [re.findall(r"id: ([\w-]+),.*language: (zh|ja)", row)[0] for row in rows]


def test_each_round_leaves_only_the_final_lines(tmp_path, kb):
    committed(tmp_path)
    insert(tmp_path, 0)
    assert kb(tmp_path, "anchors")[0] == 0
    for round_ in ("海上", "航空", "铁路"):
        edit(tmp_path, ZH, ("讲的是", f"讲的是{round_}"))
        edit(tmp_path, JA, ("論じる", f"論じる{round_}"))
        code, printed = kb(tmp_path, "anchors")
        assert code == 0 and "2 drafts dropped" in printed, printed
    assert named(added(tmp_path)) == [("p2a", "zh"), ("p2a", "ja")]
    assert len(added(tmp_path, WORDINGS)) == 2
    once = every_file(tmp_path)
    git(tmp_path, "checkout", "--", "anchors")
    assert kb(tmp_path, "anchors")[0] == 0
    assert {name: text for name, text in every_file(tmp_path).items() if not name.startswith(".git/")} == {
        name: text for name, text in once.items() if not name.startswith(".git/")}
    assert kb(tmp_path, "anchors", "--check", "--since", "main") == (0, "")


def test_a_draft_translation_does_not_grow_old_while_its_draft_original_is_corrected(tmp_path, kb):
    committed(tmp_path)
    insert(tmp_path, 0)
    assert kb(tmp_path, "anchors")[0] == 0
    edit(tmp_path, ZH, ("讲的是", "讲的是海上"))
    code, printed = kb(tmp_path, "anchors")
    assert code == 0, printed
    original, translation = added(tmp_path)
    assert re.search(r"text: (\w+)", original)[1] == re.search(r"of: (\w+)", translation)[1]
    assert kb(tmp_path, "anchors", "--check", "--since", "main") == (0, "")


def test_a_translation_grows_old_as_soon_as_its_original_was_published(tmp_path, kb):
    committed(tmp_path)
    insert(tmp_path, 0)
    assert kb(tmp_path, "anchors")[0] == 0
    git(tmp_path, "commit", "-qam", "published")
    git(tmp_path, "branch", "-f", "main")
    edit(tmp_path, ZH, ("讲的是", "讲的是海上"))
    code, printed = kb(tmp_path, "anchors")
    assert code == 1 and "KB210 a translation older than its original: found #p2a made from" in printed
    edit(tmp_path, JA, ("論じる", "改めて論じる"))
    assert kb(tmp_path, "anchors")[0] == 0
    edit(tmp_path, ZH, ("海上", "航空"))  # the id was published: what was made of it may have to follow
    assert "KB210" in kb(tmp_path, "anchors")[1]


def test_drafts_are_numbered_in_the_order_of_the_text_and_given_again(tmp_path, kb):
    committed(tmp_path)
    insert(tmp_path, 0)
    kb(tmp_path, "anchors")
    insert(tmp_path, 1, before=0)
    assert kb(tmp_path, "anchors")[0] == 0
    assert list(anchors_of(tmp_path))[1:5] == ["p2", "p2a", "p2b", "p3"]
    assert anchors_of(tmp_path)["p2a"] == NEW[1][0]
    for side, name in enumerate((ZH, JA)):
        edit(tmp_path, name, (f"{NEW[1][side]}\n{{ #p2a }}\n\n", ""))
    assert kb(tmp_path, "anchors")[0] == 0
    assert anchors_of(tmp_path)["p2a"] == NEW[0][0] and "p2b" not in (tmp_path / REGISTER).read_text("utf-8")
    assert named(added(tmp_path)) == [("p2a", "zh"), ("p2a", "ja")]


def test_a_new_document_is_numbered_from_one_until_it_is_published(tmp_path, kb):
    committed(tmp_path)
    none = dict.fromkeys(IDS)
    put(tmp_path, *((name, document(side, ("#legal", "list", "chips"), none)) for side, name in enumerate(FRESH)))
    kb(tmp_path, "anchors")
    for side, name in enumerate(FRESH):
        edit(tmp_path, name, ("## ", f"{TEXTS['intro'][side]}\n\n## "))
    assert kb(tmp_path, "anchors")[0] == 0
    for name in FRESH:
        assert re.findall(r"\{ #(p\d\w*) \}", (tmp_path / name).read_text("utf-8")) == ["p1", "p2", "p3"]
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "fresh")
    git(tmp_path, "branch", "-f", "main")
    for side, name in enumerate(FRESH):
        edit(tmp_path, name, ("## ", f"{TEXTS['end'][side]}\n\n## "))
    assert kb(tmp_path, "anchors")[0] == 0
    assert re.findall(r"\{ #(p\d\w*) \}", (tmp_path / FRESH[0]).read_text("utf-8")) == ["p1", "p1a", "p2", "p3"]


def test_a_check_tells_the_way_back_for_what_was_never_published(tmp_path, kb):
    committed(tmp_path)
    insert(tmp_path, 0)
    put(tmp_path, *((name, document(side, ("list",), {})) for side, name in enumerate(FRESH)))
    assert kb(tmp_path, "anchors")[0] == 0
    for side, name in enumerate((ZH, JA)):
        edit(tmp_path, name, (f"{NEW[0][side]}\n{{ #p2a }}\n\n", ""))
    for name in FRESH:
        (tmp_path / name).unlink()
    code, printed = kb(tmp_path, "check")
    assert code == 1 and printed.count(" KB206 ") == 3
    assert printed.count("run: kb anchors, which takes back an id that was never published") == 2
    assert "if it was never published, run: kb anchors, which takes its lines back" in printed
    assert kb(tmp_path, "anchors")[0] == 0
    assert " KB206 " not in kb(tmp_path, "check")[1]


def test_a_draft_document_that_is_renamed_or_given_up_leaves_no_trace(tmp_path, kb):
    committed(tmp_path)
    put(tmp_path, *((name, document(side, ("list",), {})) for side, name in enumerate(FRESH)))
    assert kb(tmp_path, "anchors")[0] == 0
    for name in FRESH:
        (tmp_path / name).rename(tmp_path / name.replace("fresh", "better"))
    assert kb(tmp_path, "anchors")[0] == 0
    assert not (tmp_path / FRESH_REGISTER).exists() and (tmp_path / "anchors/articles/better.yml").exists()
    for name in FRESH:
        (tmp_path / name.replace("fresh", "better")).unlink()
    assert kb(tmp_path, "anchors")[0] == 0
    assert git(tmp_path, "status", "--short") == ""


def test_a_draft_that_another_file_names_stays_and_the_others_keep_their_numbers(tmp_path, kb):
    committed(tmp_path)
    put(tmp_path, *((name, document(side, tuple(ORDER), {})) for side, name in enumerate(FRESH)))
    assert kb(tmp_path, "anchors")[0] == 0
    texts = [(tmp_path / name).read_text("utf-8") for name in FRESH]
    note = "{on: p2, kind: note, signed: {zh-Hans: 编者, ja: 編者}, date: 2026-09-01, zh-Hans: 注文。, ja: 注である。}"
    put(tmp_path, ("sources/articles/fresh.yml", f"notes:\n  - {note}\n"))
    assert kb(tmp_path, "anchors")[0] == 0
    assert [(tmp_path / name).read_text("utf-8") for name in FRESH] == texts


def test_an_edit_that_was_confirmed_is_not_asked_again_and_one_undone_is_forgotten(tmp_path, kb):
    committed(tmp_path)
    edit(tmp_path, ZH, ("自查。有关", "自查。\n\n有关"))
    edit(tmp_path, JA, ("ならない。具体", "ならない。\n\n具体"))
    assert kb(tmp_path, "anchors", "--yes")[0] == 0
    edit(tmp_path, ZH, ("完成自查", "做完自查"))
    edit(tmp_path, JA, ("自主点検を終え", "自主点検を済ませ"))
    code, printed = kb(tmp_path, "anchors")
    assert code == 0, printed
    assert named(added(tmp_path)) == [("p1", "zh"), ("p1a", "zh"), ("p1", "ja"), ("p1a", "ja")]
    assert ["from: p1" in row for row in added(tmp_path)] == [False, True, False, True]
    git(tmp_path, "checkout", "--", ZH, JA)
    assert kb(tmp_path, "anchors")[0] == 0
    assert git(tmp_path, "status", "--short") == ""


@pytest.mark.parametrize("order", [tuple(one for one in ORDER if one != "list"), ("end", *ORDER[:-1]), ORDER[:-2]])
def test_a_deletion_or_a_move_that_is_taken_back_leaves_no_line(tmp_path, kb, order):
    committed(tmp_path)
    put(tmp_path, (ZH, document(0, order)), (JA, document(1, order)))
    assert kb(tmp_path, "anchors", "--yes")[0] == 0
    rows = added(tmp_path)
    assert any("withdrawn: true" in row for row in rows)
    assert kb(tmp_path, "anchors")[0] == 0 and added(tmp_path) == rows
    put(tmp_path, (ZH, document(0)), (JA, document(1)))
    assert kb(tmp_path, "anchors")[0] == 0
    assert git(tmp_path, "status", "--short") == ""


def test_a_draft_that_another_page_names_keeps_its_number(tmp_path, kb):
    committed(tmp_path)
    insert(tmp_path, 0)
    kb(tmp_path, "anchors")
    put(tmp_path, ("docs/about.md", "# 说明\n\n见[那一段](articles/export.md#p2a)。\n"),
        ("docs_ja/about.md", "# 説明\n\n[その段落](articles/export.md#p2a)を見よ。\n"))
    insert(tmp_path, 1, before=0)
    assert kb(tmp_path, "anchors")[0] == 0
    assert anchors_of(tmp_path)["p2a"] == NEW[0][0] and anchors_of(tmp_path)["p2za"] == NEW[1][0]


def test_what_an_editor_added_by_hand_holds_while_it_is_true(tmp_path, kb):
    committed(tmp_path)
    edit(tmp_path, ZH, ("逐笔报批", "逐笔申报"))
    code, printed = kb(tmp_path, "anchors")
    assert code == 1 and "KB210" in printed
    line = re.search(rf"at the end of {REGISTER}: (- .*)", printed)[1]
    put(tmp_path, (REGISTER, (tmp_path / REGISTER).read_text("utf-8") + line + "\n"))
    assert kb(tmp_path, "anchors")[0] == 0
    assert line in lines(tmp_path)
    edit(tmp_path, ZH, ("逐笔申报", "逐笔报备"))
    code, printed = kb(tmp_path, "anchors")
    assert code == 1 and "KB210" in printed and named(added(tmp_path))[0] == ("p4", "zh")


def test_published_lines_that_a_merge_put_out_of_place_stand_first_again(tmp_path, kb):
    committed(tmp_path)
    insert(tmp_path, 0)
    kb(tmp_path, "anchors")
    rows = (tmp_path / REGISTER).read_text("utf-8").splitlines(keepends=True)
    put(tmp_path, (REGISTER, "".join([*rows[:-3], rows[-1], rows[-3], rows[-2]])))
    assert kb(tmp_path, "anchors")[0] == 0
    assert (tmp_path / REGISTER).read_text("utf-8") == "".join(rows)


@pytest.mark.parametrize("text", ["# 说明\n", "- {id: p9, date: 2026-11-26}\n"])
def test_a_register_that_is_not_read_line_by_line_counts_as_published(tmp_path, kb, text):
    committed(tmp_path)
    insert(tmp_path, 0)
    kb(tmp_path, "anchors")
    put(tmp_path, (REGISTER, (tmp_path / REGISTER).read_text("utf-8") + text))
    before = (tmp_path / REGISTER).read_text("utf-8")
    insert(tmp_path, 1, before=0)
    code, _ = kb(tmp_path, "anchors")
    assert (tmp_path / REGISTER).read_text("utf-8").startswith(before)
    assert code == (0 if text.startswith("#") else 1)


# --- what is published -------------------------------------------------------------------------------


def drafted(root, kb, *, is_committed=False):
    """Whether a paragraph put before a new one takes its number, as it does among drafts."""
    insert(root, 0)
    assert kb(root, "anchors")[0] == 0
    if is_committed:
        git(root, "commit", "-qam", "mine")
    insert(root, 1, before=0)
    assert kb(root, "anchors")[0] == 0
    return anchors_of(root)["p2a"] == NEW[1][0]


@pytest.mark.parametrize("branch", ["main", "master"])
def test_a_branch_is_compared_with_where_it_left_the_main_branch(tmp_path, kb, branch):
    assert drafted(committed(tmp_path, branch), kb)


def test_what_is_committed_on_a_branch_of_ones_own_is_still_a_draft(tmp_path, kb):
    assert drafted(committed(tmp_path), kb, is_committed=True)


def test_on_the_main_branch_what_is_not_committed_is_a_draft(tmp_path, kb):
    committed(tmp_path)
    git(tmp_path, "checkout", "-q", "main")
    assert drafted(tmp_path, kb)


def test_on_the_main_branch_what_was_not_pushed_is_a_draft(tmp_path, kb):
    committed(tmp_path)
    git(tmp_path, "checkout", "-q", "main")
    git(tmp_path, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert drafted(tmp_path, kb, is_committed=True)


def test_a_revision_can_be_named_and_one_that_git_does_not_know_is_wrong_use(tmp_path, kb):
    committed(tmp_path)
    insert(tmp_path, 0)
    kb(tmp_path, "anchors")
    git(tmp_path, "commit", "-qam", "mine")
    insert(tmp_path, 1, before=0)
    assert kb(tmp_path, "anchors", "--since", "nothing")[0] == 2
    assert kb(tmp_path, "anchors", "--since", "HEAD")[0] == 0
    assert anchors_of(tmp_path)["p2a"] == NEW[0][0]


def test_without_git_everything_that_is_recorded_is_published(tmp_path, kb):
    assert not drafted(published(tmp_path), kb)


def test_registers_that_git_does_not_keep_are_published(tmp_path, kb):
    published(tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "docs", "docs_ja")
    git(tmp_path, "commit", "-qm", "texts")
    assert not drafted(tmp_path, kb)


def test_an_id_that_stands_in_a_published_text_is_no_draft_even_without_a_register(tmp_path, kb):
    put(tmp_path, (ZH, document(0)), (JA, document(1)), ("anchors/README.md", "登记簿\n"))
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "texts")
    for side, name in enumerate((ZH, JA)):
        edit(tmp_path, name, (TEXTS["intro"][side], f"{NEW[0][side]}\n\n{TEXTS['intro'][side]}"))
    assert kb(tmp_path, "anchors")[0] == 0
    assert list(anchors_of(tmp_path))[:2] == ["p0a", "p1"]
