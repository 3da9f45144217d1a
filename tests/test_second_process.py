"""A second process makes half of what is missing: the site is the same to the byte, and where it is ended by
force, nothing is published."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from scratch import every_file, project, site_of, write

from kb import cli
from kb import project as projects
from kb.works import readings, worker

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there are processes copied")
DOCUMENTS = 9


@pytest.fixture
def root(tmp_path):
    """A project with enough texts for two."""
    place = tmp_path / "project"
    place.mkdir()
    project(place)
    site_of(place)
    for number in range(DOCUMENTS):
        for tree, text, words in (("docs", "original", "第{}条：出口管制的对象是先进芯片。"),
                                  ("docs_ja", "translation\ntranslation: {from: zh-Hans, by: machine}",
                                   "第{}条：輸出管理の対象は先端チップである。")):
            paragraphs = "\n".join(f"{words.format(one) * 12}\n{{ #p{one} }}\n" for one in range(1, 60))
            front = (f"---\nkind: article\ndescription: 一\nauthor: 某\npublished: 2025-01-{number + 1:02}\n"
                     f"text: {text}\n---\n\n")
            write(place, {f"{tree}/articles/n{number}.md": f"{front}# 之{number}\n\n{paragraphs}"})
    return place


def started(root: Path, *before: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*before, sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", "site"], cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def children(process: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def test_what_is_made_comes_whenever_it_is_asked_for():
    helper = worker.Worker(["一", "二", "三"], lambda name: (name, os.getpid()))
    assert helper.get("三")[0] == "三" and helper.get("一")[1] != os.getpid()
    assert helper.get("二")[0] == "二"
    helper.close()


def test_one_that_is_killed_is_told_from_one_that_is_done():
    helper = worker.Worker(
        ["一", "二"], lambda name: name if name == "一" else os.kill(os.getpid(), signal.SIGKILL))
    assert helper.get("一") == "一"
    with pytest.raises(worker.Ended, match="SIGKILL"):
        helper.get("二")
    helper.close()


def test_what_goes_wrong_in_it_is_said_here():
    helper = worker.Worker(["一"], lambda name: {}[name])
    with pytest.raises(RuntimeError, match="KeyError: '一'"):
        helper.get("一")
    helper.close()


def test_texts_are_read_alike(root, monkeypatch):
    both, alone = projects.read(root).corpus, projects.read(root).corpus
    monkeypatch.setattr(worker, "may_help", lambda: True)
    readings.read(both)
    assert all("reading" in page.__dict__ for page in both.pages.values())
    assert {key: page.reading for key, page in both.pages.items()} == \
        {key: page.reading for key, page in alone.pages.items()}


def test_a_check_whose_second_process_is_ended_reads_all_by_itself(root, monkeypatch, capsys):
    code, usual = cli.main(["check"], root=root), capsys.readouterr().out
    subprocess.run(["rm", "-r", str(root / ".cache")], check=True)
    monkeypatch.setattr(worker, "may_help", lambda: True)
    get, killed = worker.Worker.get, []

    def kill(self, name):
        if not killed:
            os.kill(self._process, signal.SIGKILL)
        killed.append(name)
        return get(self, name)

    monkeypatch.setattr(worker.Worker, "get", kill)
    assert (cli.main(["check"], root=root), capsys.readouterr().out) == (code, usual) and killed


def test_two_processes_make_the_site_that_one_makes(root):
    core = str(min(os.sched_getaffinity(0)))
    made = {}
    for name, before in (("one", ["taskset", "-c", core]), ("two", [])):
        done = started(root, *before)
        said, _ = done.communicate()
        assert done.returncode == 0, said
        made[name] = every_file(root / "site")
        for path in (root / ".cache", root / "site"):
            subprocess.run(["rm", "-r", str(path)], check=True)
    assert made["one"] == made["two"]


@pytest.mark.skipif(len(os.sched_getaffinity(0) if sys.platform == "linux" else ()) < 2, reason="one core")
def test_a_second_process_that_is_killed_leaves_the_site_as_it_was_and_the_next_build_is_right(root):
    write(root, {"site/index.html": "昨日", "site/old.html": "旧"})
    for _ in range(5):  # it may have ended before it is killed
        build = started(root)
        while build.poll() is None and not children(build.pid):
            time.sleep(0.002)
        for child in children(build.pid):
            os.kill(child, signal.SIGKILL)
        said, _ = build.communicate()
        if build.returncode:
            break
    assert build.returncode == 1
    assert "the second process of the build was ended by SIGKILL" in said and "Traceback" not in said
    assert every_file(root / "site") == {"index.html": "昨日".encode(), "old.html": "旧".encode()}
    assert not list(root.glob("site.*"))
    again = started(root)
    said, _ = again.communicate()
    assert again.returncode == 0, said
    assert "昨日" not in (root / "site/index.html").read_text("utf-8")


def test_a_preview_sees_what_is_saved_in_a_document_that_a_second_process_made(root, previews):
    running = previews(root)
    before = running.files()
    for tree, old, new in (("docs", "第3条", "第三条"), ("docs_ja", "第3条", "第三条")):
        file = root / tree / "articles/n3.md"
        write(root, {f"{tree}/articles/n3.md": file.read_text("utf-8").replace(old, new)})
        assert running.files() == previews(root).files() != before
