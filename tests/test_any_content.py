"""The suite knows no published text: an editor who changes the content in any way that `kb check` accepts
makes no test red."""

import datetime
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from scratch import CORPUS, ROOT, write

from kb import checks, cli
from kb import texts as trees
from kb import project as projects
from kb.characters import is_cjk
from kb.findings import exit_code
from kb.fingerprints import fingerprint
from kb.languages import JAPANESE, LANGUAGES, words
from kb.memory import folder

TREES = ("docs", "docs_ja", "sources", "anchors", "timeline")
# The only tests that may look at what is published, and at the pages that describe the program.
ALLOWED = {"test_own_content.py", "test_any_content.py", "test_documentation.py"}

ADDED = {
    "docs": """\
---
kind: article
description: 关于春茶的一篇短文，只为证明测试不看内容。
author: 某茶人
published: 2024-04-20
text: original
headings: supplied
---

# 春茶

今年的春茶比往年早到了几天。

## 滋味 { #taste }

水要稍凉一些，味道才会出来。
""",
    "docs_ja": """\
---
kind: article
description: 新茶についての短い文章。テストが内容を見ないことを示すためにある。
author: ある茶人
published: 2024-04-20
text: translation
translation: {from: zh-Hans, by: human}
headings: supplied
---

# 新茶

今年の新茶は例年より数日早く届いた。

## 味わい { #taste }

湯を少し冷ますと、味が出てくる。
""",
}
RECEIVED = "春茶\n\n今年的春茶比往年早到了几天。\n\n本店包邮\n\n水要稍凉一些,味道才会出来。\n"


# --- an editor's work, on any content -----------------------------------------------------------------

def rewrite_translations(root):
    """A sentence more in one paragraph of each translation; what its emendation declares is declared anew."""
    for page in trees.read(root).documents:
        if page.language is not JAPANESE or page.front["text"] != "translation":
            continue
        paragraph = next(one for one in page.paragraphs
                         if one.kind == "paragraph" and one.text.endswith("。"))
        path, mark = root / page.file, f"\n{{ #{paragraph.id} }}"
        path.write_text(path.read_text("utf-8").replace(mark, f"この点はなお確かめる。{mark}"), "utf-8")
        text = trees.read(root).page(page.path, JAPANESE).anchors[paragraph.id]
        assert text != paragraph.text
        declared = root / f"sources/{page.document}.yml"
        if declared.is_file():
            declared.write_text(declared.read_text("utf-8").replace(
                fingerprint(paragraph.text), fingerprint(text)), "utf-8")


def add_a_document(root):
    sha256 = hashlib.sha256(RECEIVED.encode()).hexdigest()
    write(root, {f"{tree}/articles/spring-tea.md": text for tree, text in ADDED.items()} | {
        "sources/spring-tea.txt": RECEIVED,
        "sources/spring-tea.yml": f"received: spring-tea.txt\nsha256: {sha256}\nlanguage: zh-Hans\n"
                                  "what: {zh-Hans: 一篇短文, ja: 短い文章}\neditions: [articles/spring-tea]\n"
                                  "omissions:\n  - {line: 5, reason: advertisement}\n"})


def remove(root, path):
    """A page of both trees, and every link and entry that leads to it."""
    name = Path(path).name
    for tree in ("docs", "docs_ja"):
        (root / tree / path).unlink(missing_ok=True)
    link = re.compile(rf"\[([^\]]*)\]\((?:[^()\s]*/)?{re.escape(name)}(?:#[^()\s]*)?\)")
    related = re.compile(rf"^  - \{{concept: {re.escape(name[:-3])}, .*\n", re.MULTILINE)
    for file in (one for tree in TREES for one in (root / tree).rglob("*") if one.suffix in (".md", ".yml")):
        if file.is_relative_to(root / "anchors"):
            continue
        text = related.sub("", link.sub(r"\1", file.read_text("utf-8")))
        text = re.sub(r"^related:\n(?!  - )", "", text, flags=re.MULTILINE)
        if file.is_relative_to(root / "timeline"):
            text = re.sub(rf"(concepts: \[[^\]]*?)\b{re.escape(name[:-3])}\b(?:, )?", r"\1", text)
            text = re.sub(r"^ *concepts: \[\]\n", "", text.replace(", ]", "]"), flags=re.MULTILINE)
        file.write_text(text, "utf-8")


def is_sound(root):
    with folder.readings(root) as memory:
        return not exit_code(checks.run(projects.read(root, memory), datetime.date.today().isoformat()))


def remove_one_of(root, paths):
    """The first of `paths` without which the rest is sound. False where there is none."""
    for path in paths:
        kept = {tree: shutil.copytree(root / tree, root.parent / "kept" / tree, dirs_exist_ok=True)
                for tree in TREES if (root / tree).is_dir()}
        remove(root, path)
        if is_sound(root):
            return True
        for tree, copy in kept.items():
            shutil.rmtree(root / tree)
            shutil.copytree(copy, root / tree)
    return False


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """A copy of this project, of which an editor has changed the content."""
    root = tmp_path_factory.mktemp("edited") / "project"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(
        ".venv", ".git", ".*_cache", "node_modules", "site"))  # what is compiled and remembered comes with it
    rewrite_translations(root)
    add_a_document(root)
    assert cli.main(["anchors"], root=root) == 0
    assert is_sound(root)
    found = projects.read(root)
    comments = [page.path for page in found.corpus.pages.values() if page.is_commentary]
    used = [f"glossary/{one}.md" for one in found.glossary.concepts
            if any(found.glossary.uses_of(one, language) for language in LANGUAGES)]
    assert remove_one_of(root, dict.fromkeys(comments)) or not comments
    assert remove_one_of(root, used) or not used
    assert is_sound(root)
    return root


def pytest_in(root, *arguments):
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-o", "addopts=-q", *arguments]
    return subprocess.run(command, cwd=root, text=True, capture_output=True,
                          env=os.environ | {"PYTHONPATH": str(root / "scripts")})


def collected(root):
    done = pytest_in(root, "--collect-only")
    assert done.returncode == 0, done.stdout + done.stderr
    return [line for line in done.stdout.splitlines() if "::" in line]


@pytest.fixture
def own(request):
    """The tests of this project: those that stand here, where all of them are run."""
    config = request.config
    is_whole = config.args == config.getini("testpaths") and not any(
        map(config.getoption, ("keyword", "markexpr", "deselect", "ignore", "ignore_glob")))
    return [one.nodeid for one in request.session.items] if is_whole else collected(ROOT)


def test_the_same_tests_are_collected_whatever_is_published(edited, own):
    before = own
    assert len(before) > 1000
    assert collected(edited) == before


def test_what_looks_at_the_content_is_green_after_any_change_that_kb_check_accepts(edited):
    done = pytest_in(edited, "tests/test_own_content.py")
    assert done.returncode == 0, done.stdout + done.stderr


# --- no word of it --------------------------------------------------------------------------------------

HAN = re.compile(r"[\u3400-\u9fff]")
SOURCES = sorted(path for path in (ROOT / "tests").rglob("*") if path.suffix in (".py", ".yml")
                 and not {"node_modules", "corpus"} & set(path.relative_to(ROOT).parts))


def runs(text, length=10):
    """Every run of so many Chinese or Japanese letters, half of them Han: long enough that no two texts have
    one by chance. A sign or a Latin letter ends a run."""
    found = set()
    for run in "".join(one if is_cjk(one) and one.isalpha() else " " for one in text).split():
        found |= {run[at:at + length] for at in range(len(run) - length + 1)}
    return {run for run in found if 2 * len(HAN.findall(run)) >= length}


def texts():
    return ((path, path.read_text("utf-8")) for path in SOURCES)


def quoted(root):
    """File of the tests → what it has of the documents of the project at `root`, but for what the interface
    says too."""
    published = {run for page in projects.read(root).corpus.documents
                 for text in (page.title, *page.anchors.values()) for run in runs(text)}
    published -= runs(json.dumps(words(), ensure_ascii=False))
    found = {path.name: runs(text) & published for path, text in texts()}
    return {name: sorted(texts) for name, texts in found.items() if texts}


def named(root):
    """File of the tests → the pages of the project at `root` that it names; names of one or two words are
    anybody's."""
    names = {Path(page.path).stem for page in projects.read(root).corpus.pages.values()}
    names = {name for name in names if name.count("-") > 1}
    found = {path.name: {name for name in names if name in text and re.search(
        rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)} for path, text in texts()}
    return {name: sorted(pages) for name, pages in found.items() if pages}


def test_no_test_quotes_a_published_document():
    assert "test_cite.py" in quoted(CORPUS)  # as it does the fixed corpus
    assert quoted(ROOT) == {}


def test_no_test_names_a_published_page():
    assert "test_browser.py" in named(CORPUS)
    assert named(ROOT) == {}


def test_no_other_test_reads_what_is_published():
    reads = re.compile(r"\b(?:read|main|build|kb|serve|published)\(ROOT\b|root=ROOT\b"
                       r"|ROOT / f?\"(?:docs|sources|anchors|timeline)\b")
    found = {path.name for path in SOURCES if path.suffix == ".py" and reads.search(path.read_text("utf-8"))}
    assert found <= ALLOWED
