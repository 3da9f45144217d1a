"""What a pull request touches is told from the names of its files, and a name can be no command."""

import os
import re
import subprocess
import sys

import pytest
import yaml
from scratch import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def told(tmp_path, *names):
    """What the job prints, its summary, and what it hands on."""
    summary, output = tmp_path / "summary", tmp_path / "output"
    done = subprocess.run([sys.executable, ROOT / "scripts/touched.py"], capture_output=True, check=True,
                          input=b"".join(os.fsencode(one) + b"\0" for one in names),
                          env=os.environ | {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(output)})
    return done.stdout.decode(), summary.read_text("utf-8"), output.read_text("utf-8")


def test_a_change_of_texts_alone_is_called_that_and_needs_no_tests(tmp_path):
    printed, summary, output = told(tmp_path, "docs/articles/x.md", "docs_ja/articles/x.md", "timeline/events.yml")
    assert printed == "content only\n"
    assert "仅涉及正文" in summary and "本文のみの変更" in summary
    assert output == "program=false\n"


@pytest.mark.parametrize(("name", "title", "program"), [
    ("sources/a.txt", "received texts", False), ("sources/a.TXT", "received texts", False),
    ("sources/articles/x.yml", "declarations of sources", False), ("anchors/articles/x.txt", "registers", False),
    (".github/workflows/pages.yml", "workflows", True), (".ci/run", "workflows", True),
    ("scripts/kb/cli.py", "program", True), ("theme/main.html", "program", True), ("Makefile", "program", True),
    ("tests/scratch.py", "program", True), ("docs.py", "program", True), ("requirements.lock", "program", True),
    ("a new folder/x", "program", True), ("../docs/x.md", "program", True),
])
def test_whatever_else_is_touched_is_named_and_only_what_tests_look_at_is_tested(tmp_path, name, title, program):
    printed, summary, output = told(tmp_path, "docs/articles/x.md", name)
    assert printed.startswith(f"::notice title={title}::") and printed.count("::notice") == 1
    assert "不止涉及正文" in summary and "docs/articles" not in summary.replace("../docs", "")
    assert output == f"program={str(program).lower()}\n"


@pytest.mark.parametrize("name", [
    "scripts/x\n::error::gone", "scripts/\nprogram=false", "sources/`<img src=x>`|.txt", "theme/[a](https://x.y)",
    "scripts/\udcff.py", "anchors/" + "长" * 500, "scripts/@someone"])
def test_a_name_is_neither_a_command_nor_markdown_nor_html(tmp_path, name):
    printed, summary, output = told(tmp_path, name)
    assert all(line.startswith("::notice title=") for line in printed.splitlines())
    assert re.fullmatch(r"program=(true|false)\n", output)
    [row] = [line for line in summary.splitlines() if "<code>" in line]
    shown = re.search(r"<code>(.*)</code>", row)[1]
    assert not re.search(r"[<>`|@\[\]()]", shown) and len(shown) < 2000


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_no_more_than_it_says_and_runs_what_was_pinned(path):
    text = path.read_text("utf-8")
    flow = yaml.safe_load(text)
    assert "pull_request_target" not in text and "workflow_run" not in text and "secrets" not in text.split("jobs:")[1]
    assert flow["permissions"] == {}
    for uses in re.findall(r"uses: (.+)", text):
        assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", uses), uses
    for job in flow["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def test_a_pull_request_gets_no_right_to_write_and_only_a_push_to_main_is_published():
    flows = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in WORKFLOWS}
    asked = {name: flow[True] for name, flow in flows.items()}  # YAML 1.1 reads `on` as true
    assert [name for name, on in asked.items() if "pull_request" in on] == ["checks"]
    rights = [right for job in flows["checks"]["jobs"].values() for right in job["permissions"].items()]
    assert set(rights) == {("contents", "read")}
    assert asked["pages"] == {"push": {"branches": ["main"]}}


@pytest.mark.parametrize(("touched", "content", "program", "looked_at", "green"), [
    ("success", "success", "success", "true", True), ("success", "success", "skipped", "false", True),
    ("success", "success", "skipped", "true", False), ("success", "success", "skipped", "", False),
    ("success", "failure", "skipped", "false", False), ("success", "success", "failure", "true", False),
    ("failure", "success", "skipped", "", False), ("success", "cancelled", "success", "true", False)])
@pytest.mark.parametrize("engines", ["", "failure", "skipped"])  # as the program, or of their own
def test_the_job_to_require_is_green_when_all_went_well_that_had_to_run(
        touched, content, program, engines, looked_at, green):
    flow = yaml.safe_load((ROOT / ".github/workflows/checks.yml").read_text("utf-8"))
    [step] = flow["jobs"]["checks"]["steps"]
    done = subprocess.run(["bash", "-e", "-c", step["run"]], env=os.environ | {
        "TOUCHED": touched, "CONTENT": content, "PROGRAM": program, "ENGINES": engines or program,
        "LOOKED_AT": looked_at})
    went_well = not engines or (engines == "skipped" and looked_at == "false")
    assert (done.returncode == 0) == (green and went_well)
