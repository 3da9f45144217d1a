"""The guides: each command in them is run, each file in them is written, on a project made for it.

A block of code marked `sh` holds commands, which are run in their order; any other block is the file that the
line above it names.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable

import pytest
import yaml
from scratch import ROOT, every_file, project, site_of, write
from test_documentation import commands, options

from kb.reporting import catalogue

TREES = {"docs": "zh", "docs_ja": "ja"}
NAMES = ("add-document", "add-note", "style", "reviewing")
_BLOCK = re.compile(r"(?:^`([^`\n]+)`[：:]\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

PAGE = """\
<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>关于设备备案的通知_港城市商务局</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/tz">通知</a></div>
<div class="main"><h1>关于设备备案的通知</h1><div class="info">发布时间：2026-09-01 来源：港城市商务局</div>
<div class="content"><p>为规范设备的进出,现就设备备案事项通知如下。</p>
<p>企业购入单价50万元以上的设备,应当自运抵之日起15日内备案。</p>
<h2>一、备案内容</h2><p>备案内容包括设备的名称、型号和用途;转让或者报废的,应当在30日内更新。</p>
<h2>二、办理方式</h2><p>备案在网上办理,不收费用。商务局应当在3个工作日内答复。</p></div></div>
<div class="footer">版权所有 港城市商务局</div></body></html>
"""
TRANSLATION = """\
設備の届出に関する通知
設備の出入りを適正に管理するため,設備の届出について次のとおり通知する。
企業が単価50万元以上の設備を購入したときは、到着の日から15日以内に届け出るものとする。
一、届け出る内容
届け出る内容は、設備の名称、型式および用途とし、譲渡または廃棄のときは30日以内に更新する。
二、手続の方法
届出はオンラインで行い、手数料は徴収しない。商務局は3業務日以内に回答する。
"""


def blocks(tree: str, name: str) -> list[tuple[str, str, str]]:
    """(file, language, text) of each block of code in a guide."""
    return _BLOCK.findall((ROOT / tree / f"about/{name}.md").read_text("utf-8"))


def followed(kb, root, tree: str, name: str, before: dict[str, Callable[[], None]] | None = None
             ) -> list[tuple[str, int, str]]:
    """What each command of a guide ended with. `before` says what the editor does before a command."""
    done = []
    for file, kind, text in blocks(tree, name):
        if kind != "sh":
            assert file, text
            write(root, {file: text})
            continue
        for line in text.strip().split("\n"):
            program, *arguments = shlex.split(line)
            assert program == "kb"
            for begin, act in (before or {}).items():
                if line.startswith(begin):
                    act()
            paths = [str(root / one) if one.endswith((".html", ".txt")) else one for one in arguments]
            done.append((line, *kb(root, *paths)))
    return done


@pytest.fixture
def edited(tmp_path, kb):
    """A project, and the two files that an editor has."""
    site_of(project(tmp_path))
    write(tmp_path, {"equipment-filing.html": PAGE, "equipment-filing-ja.txt": TRANSLATION})
    return tmp_path


class Terminal:
    """`kb` as somebody runs it at a terminal who agrees to all, and calls a change without a reason one of wording;
    `asked` is what they were asked."""

    def __init__(self, kb, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self._kb, self._patches = kb, monkeypatch

    def __call__(self, root, *argv: str) -> tuple[int, str]:
        with self._patches.context() as here:
            here.delenv("CI", raising=False)
            here.setattr("builtins.input", self._answer)
            for stream in (sys.stdin, sys.stdout):
                here.setattr(stream, "isatty", lambda: True, raising=False)
            return self._kb(root, *argv)

    def _answer(self, words: str = "") -> str:
        self.asked.append(words)
        return "wording" if "why? (Enter: -;" in words else ""


@pytest.fixture
def terminal(kb, monkeypatch):
    return Terminal(kb, monkeypatch)


def changed(root, file: str, *pairs: tuple[str, str]) -> None:
    text = (root / file).read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    write(root, {file: text})


@pytest.mark.parametrize("tree", TREES)
def test_who_polishes_the_translation_as_the_guide_says_is_asked_why_and_passes_every_check(
        edited, terminal, tree):
    page = "docs_ja/notices/equipment-filing.md"
    lines = {one.strip() for one in (ROOT / tree / "about/add-document.md").read_text("utf-8").split("\n")}
    [dated] = (one for one in lines if one.startswith("translation: {"))
    [written] = (one for one in re.findall(r"--author (\S+)", "\n".join(lines)))

    def polish() -> None:
        changed(edited, page, (f"author: {written}", "author: 港城市商務局"), ("回答する。", "回答しなければならない。"),
                ("translation: {from: zh-Hans, by: machine}", dated))

    untouched = every_file(edited)
    for line, code, said in followed(terminal, edited, tree, "add-document", {"kb fix": polish}):
        assert code == 0, f"{line}\n{said}"
    why = [one for one in terminal.asked if "why?" in one]
    assert why and all("equipment-filing" in one.split("\n")[0] for one in why)
    declared = yaml.safe_load((edited / "sources/notices/equipment-filing.yml").read_text("utf-8"))["emendations"]["ja"]
    assert {reason for one in declared.values() for reason in one["reasons"]} == {"wording", "punctuation"}
    assert {name for name, one in untouched.items() if every_file(edited).get(name) != one} <= {
        name for name in untouched if name.startswith("anchors/")}


@pytest.mark.parametrize("tree", TREES)
def test_who_polishes_the_translation_once_it_has_ids_runs_kb_anchors_again_as_the_guide_says(
        edited, terminal, tree):
    page = "docs_ja/notices/equipment-filing.md"

    def late() -> None:
        changed(edited, page, ("回答する。", "回答しなければならない。"))
        assert "KB209" in terminal(edited, "check")[1]
        assert terminal(edited, "anchors")[0] == 0

    assert "KB209" in (ROOT / tree / "about/add-document.md").read_text("utf-8")
    for line, code, said in followed(terminal, edited, tree, "add-document", {"kb declare": late}):
        assert code == 0, f"{line}\n{said}"


@pytest.mark.parametrize("tree", TREES)
def test_import_ends_with_the_commands_that_the_guide_goes_on_with(edited, terminal, tree):
    (_, _, said), *others = followed(terminal, edited, tree, "add-document")
    assert [one.strip() for one in said.split("\n") if one.startswith("    kb ")] == [line for line, *_ in others]
    english = said[said.index("next: "):]
    for tag in ("zh-Hans", "ja"):
        known = catalogue.known(english.strip(), tag)
        assert known and known.split("\n")[1:] == english.strip().split("\n")[1:]
        assert not known.startswith("next")


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("name", NAMES)
def test_no_guide_mends_pages_that_it_does_not_name_or_gives_one_reason_for_all(tree, name):
    for _, kind, text in blocks(tree, name):
        for line in text.strip().split("\n") if kind == "sh" else ():
            words = shlex.split(line)
            assert words[:2] != ["kb", "fix"] or any(one.endswith(".md") for one in words), line
            assert words[:2] != ["kb", "declare"] or "--reason" not in words, line


def test_the_module_is_the_command_too():
    done = subprocess.run([sys.executable, "-m", "kb.cli", "--help"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0 and "kb check" not in done.stderr and "import" in done.stdout
    wrong = subprocess.run([sys.executable, "-m", "kb.cli", "nonsense"], capture_output=True, text=True, cwd=ROOT)
    assert wrong.returncode == 2 and "usage: kb" in wrong.stderr


@pytest.mark.parametrize("tree", TREES)
def test_who_follows_the_guides_adds_a_document_a_note_and_a_concept_that_pass_every_check(
        edited, terminal, tree):
    for line, code, said in followed(terminal, edited, tree, "add-document"):
        assert code == 0, f"{line}\n{said}"
    for name in ("add-note", "style", "reviewing"):
        for line, code, said in followed(terminal, edited, tree, name):
            assert code == 0, f"{name}: {line}\n{said}"
    assert (edited / "docs_ja/notices/equipment-filing.md").read_text("utf-8").count("{ #p") == 4
    assert "## 一、备案内容 { #filing-contents }" in (edited / "docs/notices/equipment-filing.md").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_both_guides_have_the_same_commands_and_files(name):
    ours, theirs = (blocks(tree, name) for tree in TREES)
    assert [(file, kind) for file, kind, _ in ours] == [(file, kind) for file, kind, _ in theirs]
    for (_, kind, one), (_, _, other) in zip(ours, theirs, strict=True):
        if kind == "sh":
            assert [shlex.split(line)[:3] for line in one.split("\n")] == [
                shlex.split(line)[:3] for line in other.split("\n")]
        else:
            assert one == other


@pytest.mark.parametrize("tree", TREES)
@pytest.mark.parametrize("name", NAMES)
def test_every_command_that_a_guide_names_is_there(tree, name):
    text = (ROOT / tree / f"about/{name}.md").read_text("utf-8")
    for command, rest in re.findall(r"`kb ([a-z]+)([^`\n]*)`", text):
        assert set(re.findall(r"--[a-z-]+", rest)) <= options(commands()[command]), command
    assert len(text) < 5000  # one page


def test_what_is_to_be_typed_may_be_chinese_on_a_japanese_page_and_its_prose_may_not(edited, kb):
    page = "# 説明\n\n次のように打つ。\n\n```sh\nkb new concept --set term.zh=设备备案\n```\n"
    write(edited, {"docs/guide.md": "# 说明\n", "docs_ja/guide.md": page})
    assert "docs_ja/guide.md" not in kb(edited, "check")[1]
    write(edited, {"docs_ja/guide.md": page + "\n设备备案\n"})
    assert "docs_ja/guide.md:9: KB501" in kb(edited, "check")[1]


@pytest.mark.parametrize("tree", TREES)
def test_the_guides_are_found_where_people_look_for_them(tree):
    index = (ROOT / tree / "about/index.md").read_text("utf-8")
    assert all(f"]({name}.md)" in index for name in NAMES)
