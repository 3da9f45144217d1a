"""The guides: each command in them is run, each file in them is written, on a project made for it.

A block of code marked `sh` holds commands, which are run in their order; any other block is the file that the
line above it names.
"""

from __future__ import annotations

import re
import shlex

import pytest
from scratch import ROOT, project, site_of, write
from test_documentation import commands, options

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


def followed(kb, root, tree: str, name: str) -> list[tuple[str, int, str]]:
    """What each command of a guide ended with."""
    done = []
    for file, kind, text in blocks(tree, name):
        if kind != "sh":
            assert file, text
            write(root, {file: text})
            continue
        for line in text.strip().split("\n"):
            program, *arguments = shlex.split(line)
            assert program == "kb"
            paths = [str(root / one) if one.endswith((".html", ".txt")) else one for one in arguments]
            done.append((line, *kb(root, *paths)))
    return done


@pytest.fixture
def edited(tmp_path, kb):
    """A project, and the two files that an editor has."""
    site_of(project(tmp_path))
    write(tmp_path, {"equipment-filing.html": PAGE, "equipment-filing-ja.txt": TRANSLATION})
    return tmp_path


@pytest.mark.parametrize("tree", TREES)
def test_who_follows_the_guides_adds_a_document_a_note_and_a_concept_that_pass_every_check(edited, kb, tree):
    for line, code, said in followed(kb, edited, tree, "add-document"):
        assert code == 0, f"{line}\n{said}"
    for name in ("add-note", "style", "reviewing"):
        for line, code, said in followed(kb, edited, tree, name):
            assert code == 0, f"{name}: {line}\n{said}"
    assert (edited / "docs_ja/notices/equipment-filing.md").read_text("utf-8").count("{ #p") == 4
    assert "## 一、备案内容 { #section-1 }" in (edited / "docs/notices/equipment-filing.md").read_text("utf-8")


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
