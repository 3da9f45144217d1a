"""What a stranger's files can reach: nothing outside of the project, no path of a script; and what is harmless
is taken."""

import os
import re

import pytest
import torture
from scratch import ROOT, every_file, project, site_of, write

from kb import limits, media
from kb import project as projects
from kb.exports import headers, plain
from kb.languages import CHINESE
from kb.reading.patience import OutOfPatience, patience

DRAWING = ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>流程</title><defs><linearGradient id="a"/>'
           '</defs><rect width="9" height="9" fill="url(#a)"/><use href="#a"/><text>出口</text></svg>\n')
PDF = b"%PDF-1.4\n1 0 obj<</S/URI/URI(https://www.example.org/)>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def test_pictures_and_documents_that_only_show_something_are_taken(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {"docs/图.png": torture._PNG, "docs/flow.svg": DRAWING, "docs/附件.pdf": PDF,
                     "docs/表.csv": "年,数\n2024,-5\n2025,+1.5\n"})
    assert kb(tmp_path, "check")[0] == 0


@pytest.mark.parametrize("name", ["anchors/articles/chips.yml", "anchors/articles/chips.txt",
                                  "docs/articles/chips.md"])
@pytest.mark.parametrize("command", [["check"], ["collate"], ["anchors"], ["anchors", "--yes"]])
def test_no_command_writes_through_a_link(tmp_path, kb, name, command):
    root = project(tmp_path / "project")
    outside = tmp_path / "outside"
    (root / name).rename(outside)
    write(root, {"docs/articles/new.md": (root / "docs_ja/articles/chips.md").read_text("utf-8")})
    (root / name).symlink_to(outside)
    before, own = outside.read_bytes(), every_file(root)
    code, printed = kb(root, *command)
    assert code == 1 and f"{name}:1: KB130 " in printed
    assert outside.read_bytes() == before and every_file(root) == own


def test_a_pipe_that_nobody_writes_to_is_not_opened(tmp_path, kb):
    project(tmp_path)
    os.mkfifo(tmp_path / "docs/x.md")
    code, printed = kb(tmp_path, "check")
    assert code == 1 and printed.startswith("docs/x.md:1: KB130 ")


def test_the_markdown_of_a_page_begins_as_no_script_can(tmp_path):
    """`# ` and two dashes before a third are errors of syntax, whatever follows."""
    project(tmp_path)
    write(tmp_path, {f"docs/{name}.md": text for name, text in {
        "a": "alert(1)\n", "b": "# 文\n", "c": "#!x\n", "d": "---\ntitle: 甲\n---\nalert(1)\n", "e": "",
        "f": "// 甲\nalert(1)\n"}.items()})
    found = projects.read(tmp_path)
    texts = [plain.markdown(found, page) for page in found.corpus.pages.values() if page.language is CHINESE]
    assert len(texts) > 6
    assert all(text.startswith(("# ", "---\n")) for text in texts)


def test_every_kind_of_file_that_content_may_bring_has_a_policy_of_its_own_but_pdf():
    """Where a server reads `_headers`. A PDF is shown in no sandbox, and is no script."""
    rules = dict(re.findall(r"^/\*(\.\w+)\n  Content-Security-Policy: (.+)$", headers.file(), re.MULTILINE))
    assert set(media.endings().split(", ")) - rules.keys() == {".pdf"}
    assert all("default-src 'none'" in policy and "sandbox" in policy and "script" not in policy
               for policy in rules.values())
    assert ".js" not in media.endings() and ".txt" not in media.endings()


def test_who_waits_longer_is_not_made_to_wait_for_ever_by_who_waits_less():
    with pytest.raises(OutOfPatience), patience(0.2):
        with patience(5):
            pass
        while True:
            pass


def test_a_text_that_was_given_up_leaves_the_next_one_as_it_is(tmp_path, kb):
    site_of(project(tmp_path))
    write(tmp_path, {"docs/index.md": "# 首页\n\n" + "===\n" * 4500})
    code, printed = kb(tmp_path, "check")
    assert code == 1 and re.findall(r"^(\S+): (KB\d+)", printed, re.MULTILINE) == [("docs/index.md:1", "KB114")]


def test_each_limit_says_why():
    source = (ROOT / "scripts/kb/limits.py").read_text("utf-8")
    numbers = [name for name in vars(limits) if name.isupper() and not name.startswith("_")]
    assert len(numbers) > 10
    for name in numbers:
        assert re.search(rf"#[^\n]*\n(?:#[^\n]*\n)*(?:\w+, )?{name}\b", source), name
