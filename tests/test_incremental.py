"""Whatever is changed, a build that remembers is byte for byte the one that remembers nothing.

The site is the one with every construct (`torture.py`), and a second document. Every run of the tests makes some
edits together and a few of the random ones; `make test-builds` each edit by itself, 200 steps, and 50 builds
that are killed."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torture
from host import build
from scratch import CHINESE, JAPANESE, ROOT, every_file, write

from kb import cli
from kb.memory.folder import PLACE

IS_LONG = "EVERY_BUILD" in os.environ
STEPS, KILLS = (200, 50) if IS_LONG else (4, 2)
TOGETHER = 1 if IS_LONG else 7  # edits
ZH, JA = "docs/articles/all.md", "docs_ja/articles/all.md"
CHIPS = "docs/articles/chips.md"
URL = "https://x.example/"


def made(place: Path) -> Path:
    torture.project(place)
    write(place, {CHIPS: CHINESE, "docs_ja/articles/chips.md": JAPANESE,
                  "docs/only.md": "# 只有中文\n\n见[芯片](articles/chips.md#p1)。\n"})
    assert cli.main(["anchors"], root=place) == 0
    assert build(place, place / "site", SITE_URL=URL).returncode == 0
    return place


@pytest.fixture
def root(once, tmp_path):
    """A project of which everything is remembered. A copy: its memory and its site come with it."""
    shutil.copytree(once("remembered", lambda place: made(place / "project")) / "project", tmp_path / "project")
    return tmp_path / "project"


def clean(root: Path) -> tuple[int, dict[str, bytes]]:
    """What a build without a memory makes of the project."""
    bare = root.with_name("bare")
    shutil.rmtree(bare, ignore_errors=True)
    shutil.copytree(root, bare, ignore=shutil.ignore_patterns(".cache", "site", "site.*"))
    done = build(bare, bare / "site", SITE_URL=URL)
    return done.returncode, every_file(bare / "site") if done.returncode == 0 else {}


def agree(root: Path) -> tuple[int, int]:
    """Build with the memory, compare with a build without; how many works were made, and remembered."""
    before = every_file(root / "site")
    done = build(root, root / "site", SITE_URL=URL)
    code, files = clean(root)
    assert done.returncode == code, done.stdout + done.stderr
    now = every_file(root / "site")
    expected = files if code == 0 else before
    assert now.keys() == expected.keys()
    assert [place for place in now if now[place] != expected[place]] == []
    assert not list(root.glob("site.*"))
    told = re.search(r"works: (\d+) made, (\d+) remembered", done.stdout + done.stderr)
    return (int(told[1]), int(told[2])) if told else (0, 0)


def replaced(file, old, new):
    def edit(root):
        text = (root / file).read_text("utf-8")
        assert old in text, (file, old)
        write(root, {file: text.replace(old, new)})
    return edit


def written(**files):
    return lambda root: write(root, {name.replace("__", "."): text for name, text in files.items()})


def redated(path):
    """A register whose last line is of a later day than all before it."""
    head, mark, last = path.read_text("utf-8").rpartition("date: ")
    return re.sub(r"(?<=date: )\d{4}-\d{2}-\d{2}", "2026-01-05", head) + mark + last


def renamed(root):
    (root / "docs/only.md").rename(root / "docs/whole.md")


EDITS = {
    "nothing": lambda root: None,
    "a text, Chinese": replaced(ZH, "其间一段。", "其间的一段。"),
    "a text, Japanese": replaced("docs_ja/articles/chips.md", "まったくずさんである", "たいへんずさんである"),
    "a plain page": replaced("docs/only.md", "只有中文\n", "只有汉语\n"),
    "an id": replaced("docs/all.md", "\n## ", "\n## 一节 { #one }\n\n## "),
    "a date": replaced(CHIPS, "published: 2025-05-14", "published: 2024-05-14"),
    "a description": replaced(CHIPS, "一篇关于芯片出口管制的短文。", "一篇短文。"),
    "a title": replaced("docs_ja/articles/chips.md", "# チップについて", "# 半導体について"),
    "a term": replaced("docs/glossary/control.md", "term: 出口管制", "term: 进出口管制"),
    "a variant": replaced("docs/glossary/control.md", "english:", "variants: [芯片]\nenglish:"),
    "a definition": replaced("docs_ja/glossary/control.md", "国が品目の移動に課す制約。", "国が課す制約。"),
    "a note": replaced("sources/articles/all.yml", "編者の注記、", "編者による注記、"),
    "a commentary": replaced("docs/commentary/two.md", "评注的**一段**。", "另一段**评注**。"),
    "what a commentary is on": replaced("docs_ja/commentary/two.md", "articles/all#p2", "articles/all#p3"),
    "an event": replaced("timeline/events.yml", "参加国提高了对华管制。", "参加国加强了管制。"),
    "a received text's name": replaced("sources/all.yml", "保存的网页", "保存的一页"),
    "a template": replaced("theme/partials/footer.html", '<div class="kb-footer-inner">', '<div class="kb-foot">'),
    "a style sheet": replaced("theme/assets/kb/kb.css", "\n", "\n\n"),
    "the style of books": replaced("theme/assets/kb/epub.css", "\n", "\n\n"),
    "what keeps visited pages": replaced("theme/visited.js", "PAGES = 100", "PAGES = 99"),
    "a wording published": lambda root: (
        replaced(CHIPS, "很不严谨", "太不严谨")(root), cli.main(["anchors", "--yes"], root=root)),
    "a wording of another day": lambda root: (
        replaced(ZH, "其间一段。", "其间又一段。")(root), cli.main(["anchors", "--yes"], root=root),
        write(root, {"anchors/articles/all.yml": redated(root / "anchors/articles/all.yml")})),
    "a picture": lambda root: shutil.copy(ROOT / ".github/screenshot.png", root / "docs/img/flow.png"),
    "an option": replaced("mkdocs.yml", 'repo_url: !ENV [REPO_URL, ""]', "repo_url: https://github.com/x/y"),
    "a Markdown option": replaced("mkdocs.yml", "toc_depth: 3", "toc_depth: 2"),
    "a page added": written(**{"docs/new__md": "# 新页\n\n一段出口管制。\n"}),
    "a page that is linked to added": written(**{"docs_ja/only__md": "# 中国語のみではない\n"}),
    "a document added": written(**{"docs/articles/new__md": CHINESE.replace("聊聊芯片", "再聊芯片")}),
    "a page removed": written(**{"docs/all__md": None, "docs_ja/all__md": None}),
    "a page renamed": renamed,
    "a language missing": written(**{"docs_ja/articles/chips__md": None}),
    "a concept gone": written(**{"docs/glossary/control__md": None, "docs_ja/glossary/control__md": None,
                                 "timeline/events__yml": None}),
    "a commentary gone": written(**{"docs/commentary/two__md": None, "docs_ja/commentary/two__md": None}),
    "what stops a build": replaced(CHIPS, "author:", "autor:"),
    "a file of the site": lambda root: write(root / "site", {"articles/chips/index.html": "别的", "extra/x.txt": "x"}),
    "a file of the site gone": lambda root: shutil.rmtree(root / "site/articles/chips"),
    "the memory": lambda root: shutil.rmtree(root / PLACE),
    "the memory, broken": lambda root: [path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
                                        for path in (root / PLACE).rglob("*") if path.is_file()],
}
# After these nothing is as it was.
WIDE = {"a template", "an option", "a Markdown option", "the style of books", "the memory", "the memory, broken",
        "what stops a build", "a concept gone", "a commentary gone"}
OWN_SITE = {"nothing", "a file of the site", "a file of the site gone"}  # no preview sees the site beside it
GROUPS = [[kind for kind in EDITS if (kind in WIDE) is is_wide][at : at + TOGETHER]
          for is_wide in (False, True) for at in range(0, len(EDITS), TOGETHER)]


@pytest.mark.parametrize("kinds", [one for one in GROUPS if one], ids="; ".join)
def test_a_build_after_edits_is_the_clean_one(root, kinds):
    for kind in kinds:
        if kind != "what stops a build" or kinds == [kind]:
            EDITS[kind](root)
    made_now, remembered = agree(root)
    assert made_now or remembered or kinds == ["what stops a build"]  # a site, and no refusal
    assert TOGETHER > 1 or WIDE.intersection(kinds) or remembered


@pytest.mark.parametrize("kinds", [one for one in GROUPS if one and not WIDE.intersection(one)], ids="; ".join)
def test_a_preview_after_edits_is_one_that_begins_after_them(root, previews, kinds):
    running = previews(root)
    before = running.files("all")
    for kind in kinds:
        EDITS[kind](root)
        running.files()
    files, expected = running.files("all"), previews(root).files("all")
    assert files.keys() == expected.keys()
    assert [place for place in files if files[place] != expected[place]] == []
    assert files != before or OWN_SITE.issuperset(kinds)


def test_what_a_translator_is_told_follows_how_the_same_words_are_rendered_elsewhere(root):
    replaced(CHIPS, "很不严谨", "其间一段不严谨")(root)
    cli.main(["anchors", "--yes"], root=root)
    agree(root)
    page = root / "site/ja/articles/chips/history/index.html"
    assert "<mark>其间一段</mark>" in page.read_text("utf-8")
    before = page.read_bytes()
    replaced(JA, "その間の一段落。", "その間に置かれた一段落。")(root)
    agree(root)
    assert page.read_bytes() != before and "その間に置かれた一段落。" in page.read_text("utf-8")


def test_what_stops_a_build_leaves_all_as_it_was_and_the_next_one_is_right(root):
    EDITS["what stops a build"](root)
    assert agree(root) == (0, 0)
    write(root, {CHIPS: CHINESE.replace("很不严谨", "不严谨")})
    assert agree(root)[1]


def test_after_nothing_only_the_pages_of_the_navigation_are_made(root):
    made_now, remembered = agree(root)
    assert made_now < 4 < remembered


def test_what_is_edited_and_edited_back_is_what_it_was(root):
    before = every_file(root / "site")
    for old, new in (("其间一段。", "其间的一段。"), ("其间的一段。", "其间一段。")):
        replaced(ZH, old, new)(root)
        assert build(root, root / "site", SITE_URL=URL).returncode == 0
    assert every_file(root / "site") == before


def test_only_what_differs_is_written(root):
    before = {place: (root / "site" / place).stat().st_mtime_ns for place in every_file(root / "site")}
    replaced("docs/only.md", "只有中文\n", "只有汉语\n")(root)
    assert build(root, root / "site", SITE_URL=URL).returncode == 0
    changed = {place for place in every_file(root / "site")
               if (root / "site" / place).stat().st_mtime_ns != before.get(place)}
    assert "only/index.html" in changed and "articles/chips/index.html" not in changed
    assert not any(place.endswith((".epub", ".css")) for place in changed)


def test_a_word_of_the_interface_is_changed_everywhere(root):
    package = root.with_name("program")
    # What is compiled comes with it, but for what is being written just now.
    shutil.copytree(ROOT / "scripts/kb", package / "kb", ignore=shutil.ignore_patterns("*.pyc.*"))
    words = package / "kb/words.yml"
    old = re.search(r"^footer-rights:.*?zh-Hans: ([^,]+)", words.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert old
    words.write_text(words.read_text("utf-8").replace(old[1], f"新{old[1]}", 1), "utf-8")
    for place in ("site", "other"):
        done = build(root, root / place, anew=True, SITE_URL=URL, PYTHONPATH=str(package))
        assert done.returncode == 0, done.stderr
        shutil.rmtree(root / PLACE)  # the second has nothing to remember
    assert f"新{old[1]}" in (root / "site/articles/chips/index.html").read_text("utf-8")
    assert every_file(root / "site") == every_file(root / "other")


def test_another_address_and_then_the_first_again(root):
    before = every_file(root / "site")
    assert build(root, root / "site", SITE_URL="https://y.example/").returncode == 0
    assert b"https://y.example/" in (root / "site/articles/chips/index.html").read_bytes()
    assert not any(URL.encode() in content for content in every_file(root / "site").values())
    assert build(root, root / "site", SITE_URL=URL).returncode == 0
    assert every_file(root / "site") == before


def test_two_builds_at_once_into_one_folder_make_one_whole_site(root):
    replaced(ZH, "其间一段。", "其间的一段。")(root)
    started = [subprocess.Popen([sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", "site"], cwd=root,
                                env=os.environ | {"SITE_URL": URL, "NO_MKDOCS_2_WARNING": "1"})
               for _ in range(2)]
    assert [one.wait() for one in started] == [0, 0]
    assert every_file(root / "site") == clean(root)[1]


def stepped(root, chance):
    """One of the small things that editors do."""
    file = chance.choice([ZH, JA, CHIPS, "docs/only.md", "docs/all.md", "docs_ja/all.md", "docs/commentary/two.md",
                          "docs/glossary/control.md", "sources/articles/all.yml", "timeline/events.yml"])
    if chance.random() < 0.2:
        other = root / chance.choice(["docs", "docs_ja"]) / f"p{chance.randrange(3)}.md"
        other.unlink() if other.exists() else write(other.parent, {
            other.name: f"# 页{chance.randrange(9)}\n\n[芯片](articles/chips.md)，出口管制，輸出管理。\n"})
        return
    if not (root / file).exists():
        return
    text = (root / file).read_text("utf-8")
    places = [one.start() for one in re.finditer(r"(?<=[\u4e00-\u9fff])[，。、](?=[\u4e00-\u9fff]|\n)", text)]
    if places:
        at = chance.choice(places)
        write(root, {file: text[:at] + chance.choice(("的", "出口管制", "芯片")) + text[at:]})


@pytest.mark.parametrize("seed", range(max(1, STEPS // 50)))
def test_after_random_steps_too(root, seed):
    chance = random.Random(seed)
    for _ in range(min(STEPS, 50)):
        for _ in range(chance.randrange(1, 4)):
            stepped(root, chance)
        agree(root)


@pytest.mark.parametrize("seed", range(KILLS))
def test_after_a_build_that_was_killed_the_next_one_is_right(root, seed):
    chance = random.Random(seed)
    if chance.random() < 0.5:
        shutil.rmtree(root / PLACE)
    replaced("docs/glossary/control.md", "term: 出口管制", "term: 进出口管制")(root)
    started = subprocess.Popen([sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", "site"], cwd=root,
                               env=os.environ | {"SITE_URL": URL, "NO_MKDOCS_2_WARNING": "1"},
                               start_new_session=True)
    time.sleep(chance.uniform(0.6, 4))
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()
    agree(root)
