"""Hostile input: what a stranger's pull request may try. `kb check` says it, with the code and the place that
the case names, exit code 1, no trace and no file touched; and the build publishes nothing.

Each case is one YAML file in `<kind>/`, found by scanning:

    what: a script in a plain page
    files:                        # path → what is written there; null takes it away
      docs/index.md: |
        # 首页
    edits:                        # path → a change of a file that is there
      docs/articles/chips.md: {replace: BIS, by: "<b>BIS</b>"}   # or {append: …}
    base: {…}                     # as files, but committed before: then it is `kb check --since HEAD`
    build: false                  # where it takes the revision before to see it: the build has none
    finding: KB120                # the code
    file: docs/index.md           # where, if that can be said
    line: 3
    words: [script]               # what its text says
    also: [KB105]                 # codes of what is found besides; a new wording (KB209) needs no mention

What is written may be text, or `{bytes64: …}` (bytes in base64), `{link: …}` (a symbolic link to that), or
`{parts: [["text", times], …]}` (for what is long). The project is the one of `scratch`: one article in both
languages, recorded, with two home pages and what a site needs.
"""

import base64
import os
import re
import shutil
from pathlib import Path

import pytest
from host import build
from scratch import commit, every_file, project, site_of

from kb import cli, parsers
from kb.memory.folder import PLACE

HOSTILE = Path(__file__).parent
CASES = sorted(HOSTILE.glob("*/*.yml"))
FINDING = re.compile(r"^(\S.*?):(\d+): (KB\d{3})( \(warning\))? (.*)$", re.MULTILINE)


def put(root, files):
    """Write what a case says at `root`."""
    for name, content in files.items():
        path = root / name
        if path.is_symlink() or path.is_file():
            path.unlink()
        elif path.is_dir():
            shutil.rmtree(path)
        if content is None:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            path.write_bytes(content.encode("utf-8", "surrogatepass"))
        elif "link" in content:
            path.symlink_to(content["link"])
        elif "bytes64" in content:
            path.write_bytes(base64.b64decode(content["bytes64"]))
        else:
            path.write_text("".join(text * times for text, times in content["parts"]), "utf-8")


def change(root, edits):
    for name, edit in edits.items():
        text = (root / name).read_text("utf-8")
        assert edit.get("replace", "") in text, name
        put(root, {name: text + edit["append"] if "append" in edit
                   else text.replace(edit["replace"], edit["by"], 1)})


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    """A project without findings, that can be built. What its texts say is remembered: only what a case alters
    is read."""
    root = site_of(project(tmp_path_factory.mktemp("clean")))
    assert cli.main(["check"], root=root) == 0
    return root


@pytest.fixture
def spoilt(clean, tmp_path):
    """`spoilt(case)` → a project to which it has been done."""
    def run(case):
        root = tmp_path / "project"
        # What a case writes takes the place of a file, so that a link to it is as good as a copy.
        shutil.copytree(clean, root, copy_function=os.link)
        if "base" in case:
            shutil.rmtree(root / PLACE)  # what git kept is not used
            put(root, case["base"])
            commit(root)
        put(root, case.get("files", {}))
        change(root, case.get("edits", {}))
        return root
    return run


def is_meant(case, found):
    file, line, code, _, text = found
    return (code == case["finding"] and file == case.get("file", file)
            and int(line) == case.get("line", int(line))
            and all(word in text for word in case.get("words", ())))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_hostile_input_is_a_finding_and_is_not_published(spoilt, kb, tmp_path, path):
    case = parsers.own(path.read_text("utf-8"))
    root = spoilt(case)
    before = every_file(root)
    code, printed = kb(root, "check", *(("--since", "HEAD") if "base" in case else ()))
    assert "Traceback" not in printed
    found = FINDING.findall(printed)
    assert any(is_meant(case, one) for one in found), printed
    assert {one[2] for one in found} - {"KB209"} == {case["finding"], *case.get("also", ())}, printed
    assert code == 1
    assert every_file(root) == before
    if case.get("build", True):
        done = build(root, tmp_path / "site")
        said = done.stdout + done.stderr
        assert done.returncode == 1 and "Traceback" not in said, said
        assert case["finding"] in said
        assert not [one for one in (tmp_path / "site").rglob("*") if one.is_file()]


def test_the_project_of_the_cases_has_no_findings_of_its_own(spoilt, kb):
    assert kb(spoilt({}), "check")[0] == 0


def test_each_case_says_what_it_is():
    assert CASES
    for path in CASES:
        case = parsers.own(path.read_text("utf-8"))
        assert case["what"] and set(case) <= {"what", "files", "edits", "base", "build", "finding", "file",
                                              "line", "words", "also"}, path.name
