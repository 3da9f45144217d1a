"""Several files are written as one: whenever the program is killed, all stand there or none."""

import codecs
import os
import re
import subprocess
import sys

import pytest
from edits import JA, REGISTER, TEXTS, WORDINGS, ZH, both, edit, published
from scratch import ROOT, every_file

from kb import cli
from kb.commands import anchors, transaction

pytestmark = pytest.mark.usefixtures("each_text_once")

PARAGRAPHS = ("新写的一段，讲的是运输保险。", "新しい段落で、運送保険を論じる。")
# Stops for good at the moment of its n-th change of a name, or its n-th flush to disk.
KILLED = """
import os, sys
from pathlib import Path
name, left = sys.argv[1], int(sys.argv[2])
real = getattr(os, name)
def counted(*arguments, **named):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    return real(*arguments, **named)
setattr(os, name, counted)
from kb import cli
sys.exit(cli.main(["anchors"], root=Path.cwd()))
"""


def edited(root):
    """A project with a new paragraph that waits for its id, and how it will be."""
    published(root)
    for side, name in enumerate((ZH, JA)):
        edit(root, name, (TEXTS["list"][side], f"{PARAGRAPHS[side]}\n\n{TEXTS['list'][side]}"))
    return every_file(root)


@pytest.fixture(scope="module")
def after(tmp_path_factory):
    root = tmp_path_factory.mktemp("after")
    edited(root)
    assert cli.main(["anchors"], root=root) == 0
    return every_file(root)


def killed(root, name, number):
    """The exit code of `kb anchors`, killed at the n-th call of a function of the system."""
    return subprocess.run([sys.executable, "-c", KILLED, name, str(number)], cwd=root, check=False,
                          capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")}).returncode


@pytest.mark.parametrize(("name", "numbers"), [("replace", (0, 1, 2, 3, 4)), ("fsync", (0, 5, 9, 11, 14))])
def test_whenever_it_is_killed_the_next_command_finds_all_files_or_none(tmp_path, after, name, numbers):
    outcomes = set()
    for number in numbers:
        root = tmp_path / str(number)
        before = edited(root)
        assert killed(root, name, number) == 9
        cli.main(["collate"], root=root)  # any command
        now = every_file(root)
        assert now in (before, after)
        outcomes.add(now == after)
        assert cli.main(["anchors"], root=root) == 0
        assert every_file(root) == after
    assert outcomes == {True, False}  # it was killed before and after all was decided


@pytest.mark.parametrize("number", (1, 4, 9, 11, 13, 17))
def test_a_fault_of_the_disk_leaves_every_file_as_it_was(tmp_path, monkeypatch, capsys, number):
    before = edited(tmp_path)
    real, left = os.fsync, number

    def failing(*arguments):
        nonlocal left
        left -= 1
        if left == 0:
            raise OSError(28, "No space left on device", "x")
        return real(*arguments)

    monkeypatch.setattr(os, "fsync", failing)
    assert cli.main(["anchors"], root=tmp_path) == 1
    assert "kb: nothing is written: x: No space left on device" in capsys.readouterr().err
    assert every_file(tmp_path) == before


def test_what_an_editor_changed_after_it_was_killed_is_left_alone_and_the_rest_put_back(tmp_path):
    before = edited(tmp_path)
    assert killed(tmp_path, "replace", 3) == 9  # the journal and two files are there
    edit(tmp_path, JA, ("運送保険を論じる", "海上保険を論じる"))
    mine = (tmp_path / JA).read_bytes()
    cli.main(["collate"], root=tmp_path)
    assert every_file(tmp_path) == {**before, JA: mine}
    assert cli.main(["anchors"], root=tmp_path) == 0


def test_a_file_that_goes_goes_with_the_others_or_stays_with_them(tmp_path):
    edited(tmp_path)
    transaction.write(tmp_path, {REGISTER: None, WORDINGS: "新\n", "anchors/new/a.yml": "甲\n"})
    assert not (tmp_path / REGISTER).exists()
    assert (tmp_path / WORDINGS).read_text("utf-8") == "新\n"
    assert (tmp_path / "anchors/new/a.yml").read_text("utf-8") == "甲\n"
    assert not (tmp_path / ".kb-anchors").exists()


def test_the_line_ends_and_the_rights_of_a_file_are_kept(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes("甲\r\n乙\r\n".encode())
    path.chmod(0o640)
    transaction.write(tmp_path, {"a.md": "丙\n丁\n"})
    assert path.read_bytes() == "丙\r\n丁\r\n".encode()
    assert path.stat().st_mode & 0o777 == 0o640


def test_the_mark_before_the_first_letter_stays_with_every_file_that_had_it(tmp_path):
    edited(tmp_path)
    names = (ZH, JA, REGISTER, WORDINGS)
    for name in names:
        (tmp_path / name).write_bytes(codecs.BOM_UTF8 + (tmp_path / name).read_bytes())
    before = {name: (tmp_path / name).read_bytes() for name in names}
    assert cli.main(["anchors"], root=tmp_path) == 0
    for name in names:
        now = (tmp_path / name).read_bytes()
        assert now.startswith(codecs.BOM_UTF8) and len(now) > len(before[name])
    assert cli.main(["anchors", "--check"], root=tmp_path) == 0


@pytest.mark.parametrize("name", [ZH, JA, REGISTER, WORDINGS])
def test_what_is_saved_while_the_plan_is_made_is_never_written_over(tmp_path, monkeypatch, capsys, name):
    edited(tmp_path)
    if name == JA:  # of which the plan would only record what it said
        edit(tmp_path, JA, (f"{PARAGRAPHS[1]}\n\n", f"{PARAGRAPHS[1]}\n{{ #p2a }}\n\n"))

    def planned(*arguments):
        made = plan(*arguments)
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + "# 完\n".encode())
        saved.update(every_file(tmp_path))
        return made

    saved, plan = {}, anchors.plan
    monkeypatch.setattr(anchors, "plan", planned)
    assert cli.main(["anchors"], root=tmp_path) == 1
    assert f"kb: nothing is written: {name} was changed meanwhile" in capsys.readouterr().err
    assert every_file(tmp_path) == saved


def test_of_several_at_once_one_writes_and_the_others_say_so(tmp_path, after):
    edited(tmp_path)
    command = [sys.executable, "-c", KILLED, "replace", "1000"]
    runs = [subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                             text=True, env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")})
            for _ in range(4)]
    done = [(run.communicate(), run.returncode) for run in runs]
    for (_, wrong), code in done:
        assert (code == 0 and not wrong) or (code == 1 and re.fullmatch(
            r"kb: nothing is written: \S+ was changed meanwhile; run: kb anchors, again\n", wrong))
    assert sum(": p2a" in printed for (printed, _), _ in done) == 1
    assert every_file(tmp_path) == after


def test_while_one_writes_the_next_waits(tmp_path):
    edited(tmp_path)
    with transaction._alone(tmp_path):
        waiting = subprocess.Popen([sys.executable, "-c", KILLED, "replace", "1000"], cwd=tmp_path,
                                   env={**os.environ, "PYTHONPATH": str(ROOT / "scripts")})
        before = every_file(tmp_path)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(3)
        assert every_file(tmp_path) == before
    assert waiting.wait(60) == 0


def test_where_nothing_may_be_written_it_says_why(tmp_path, monkeypatch, capsys):
    before = edited(tmp_path)

    def refused(path, *_arguments, **_named):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "mkdir", refused)
    assert cli.main(["anchors"], root=tmp_path) == 1
    assert capsys.readouterr().err.endswith("/.kb-anchors: Permission denied\n")
    assert every_file(tmp_path) == before


def test_an_interrupted_run_that_cannot_be_brought_to_its_end_is_no_traceback(tmp_path, monkeypatch, capsys):
    edited(tmp_path)
    assert killed(tmp_path, "replace", 2) == 9

    def refused(path, *_arguments):
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", refused)
        assert cli.main(["collate"], root=tmp_path) == 1
        assert "cannot be brought to its end" in capsys.readouterr().err
    assert cli.main(["anchors"], root=tmp_path) == 0


def test_a_refused_edit_touches_nothing(tmp_path, capsys):
    edited(tmp_path)
    both(tmp_path, ("intro", "#legal", "scope", "list", "chips", "#outlook", "end"), {})
    edit(tmp_path, ZH, ("# 出口许可", "![图](a.png)\n\n# 出口许可"))
    before = every_file(tmp_path)
    assert cli.main(["anchors", "--yes"], root=tmp_path) == 1
    assert every_file(tmp_path) == before
