"""Bad input: one finding that a person can act on, exit code 1, no stack trace, no file touched. Each case is
a file in `cases/findings/`: what is wrong, what is done to the project of `scratch`, and how the finding
begins."""

import datetime
import re
from pathlib import Path

import pytest
from kb import checks, parsers
from kb import project as projects
from kb.findings import BEARABLE
from scratch import CHINESE, JAPANESE, every_file, project, write

pytestmark = pytest.mark.usefixtures("each_text_once")

TEXTS = {"docs/articles/chips.md": CHINESE, "docs_ja/articles/chips.md": JAPANESE}
CASES = sorted((Path(__file__).parent / "cases/findings").glob("*.yml"))


def case_of(path):
    return parsers.own(path.read_text("utf-8"))


def spoil(root, case):
    """Do to the project at `root` what the case says."""
    files = {name: bytes.fromhex(content["hex"]) if isinstance(content, dict) else content
             for name, content in case.get("files", {}).items()}
    for name, edit in case.get("edits", {}).items():
        text = TEXTS[name]
        assert edit.get("replace", "") in text, name
        files[name] = text + edit["append"] if "append" in edit else text.replace(
            edit["replace"], edit["by"], 1)
    write(root, files)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_bad_input_gives_a_finding_and_leaves_every_file_as_it_was(tmp_path, kb, path):
    case = case_of(path)
    project(tmp_path)
    spoil(tmp_path, case)
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "check")
    assert code == 1
    assert "Traceback" not in printed
    lines = printed.splitlines()
    matching = [number for number, line in enumerate(lines) if line.startswith(case["finding"])]
    # A changed wording is also one that the register does not know yet.
    others = [line for line in lines if re.search(r": KB\d+ ", line) and " KB209 " not in line]
    assert len(matching) == len(others) == 1, printed
    assert lines[matching[0] + 1].startswith("    hint: ")
    assert every_file(tmp_path) == before


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_a_check_calls_an_error_stops_a_build_unless_it_is_bearable(tmp_path, path):
    project(tmp_path)
    spoil(tmp_path, case_of(path))
    found = projects.read(tmp_path)
    today = datetime.date.today().isoformat()
    errors = {one for one in checks.run(found, today) if not one.is_warning}
    assert set(checks.blocking(found, today)) == {one for one in errors if one.code not in BEARABLE}


def test_each_case_is_named_after_its_code():
    for path in CASES:
        assert f" {path.stem.partition('-')[0].upper()} " in case_of(path)["finding"], path.name


@pytest.mark.parametrize("what", ["broken UTF-8", "a key given twice", "an id used twice",
                                  "a two-letter folder", "an id that would show in the text"])
def test_anchors_writes_nothing_while_something_is_wrong(tmp_path, kb, what):
    project(tmp_path)
    spoil(tmp_path, next(case for case in map(case_of, CASES) if case["what"] == what))
    before = every_file(tmp_path)
    if what != "a two-letter folder":
        assert kb(tmp_path, "anchors")[0] == 1
    assert every_file(tmp_path) == before


def test_a_wrong_command_says_how_to_use_it(tmp_path, kb):
    code, printed = kb(tmp_path, "chekc")
    assert code == 2 and "usage: kb" in printed


def test_outside_a_project_it_says_where_to_go(tmp_path, kb):
    assert kb(tmp_path, "check") == (
        2, f"kb: no docs/ in {tmp_path}: run it at the top of a project\n")
