"""Who waits at a terminal sees how far a long build has come; a file or a program is shown nothing of it."""

import os
import pty
import subprocess
import sys

import pytest

WORK = """
from kb.works import progress
with progress.over("pages", {count}) as step:
    for _ in range({count}):
        step()
"""


def printed(environment, *, on_terminal, count=40):
    """What the work writes as an error output, which is a terminal or none."""
    ours, theirs = pty.openpty() if on_terminal else os.pipe()
    command = [sys.executable, "-c", WORK.format(count=count)]
    subprocess.run(command, env=os.environ | {"LC_ALL": "C"} | environment, stderr=theirs, check=True)
    os.close(theirs)
    found = b""
    try:
        while more := os.read(ours, 65536):
            found += more
    except OSError:  # so ends a terminal whose other end is closed
        pass
    os.close(ours)
    return found.decode()


@pytest.mark.parametrize(("locale", "words"), [
    ("C", "making pages"), ("zh_CN.UTF-8", "生成页面"), ("ja_JP.UTF-8", "ページを作成中")])
def test_a_terminal_shows_what_is_done_and_how_many_pieces_are_left(locale, words):
    said = printed({"LC_ALL": locale}, on_terminal=True)
    assert words in said and "40/40" in said


def test_where_there_is_no_terminal_nothing_is_written():
    assert printed({}, on_terminal=False) == ""


def test_a_little_work_shows_nothing():
    assert printed({}, on_terminal=True, count=3) == ""


@pytest.mark.parametrize("value", ["99:ja", "x", "-1:zh-Hans"])
def test_a_terminal_that_is_not_there_harms_nothing(value):
    assert printed({"KB_TERMINAL": value}, on_terminal=True) == ""


def test_a_terminal_that_is_handed_on_is_written_to_in_its_language():
    ours, theirs = pty.openpty()
    subprocess.run([sys.executable, "-c", WORK.format(count=40)], check=True, pass_fds=[theirs],
                   env=os.environ | {"KB_TERMINAL": f"{theirs}:ja"}, stderr=subprocess.DEVNULL)
    os.close(theirs)
    assert "ページを作成中" in os.read(ours, 65536).decode()
    os.close(ours)
