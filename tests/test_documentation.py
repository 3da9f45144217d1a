"""The documents: what is there is described, and what is described is there.

Each thing is looked for in its fitting document: commands and options in README.md, data files and kinds in
CONTRIBUTING.md, packages and hooks in ARCHITECTURE.md, codes of findings on a page in each language.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from scratch import ROOT

from kb import cli, yamldata
from kb.characters import is_cjk
from kb.citation.styles import STYLES
from kb.findings import BEARABLE, CODES, WARNINGS
from kb.kinds import COMMENTARY
from kb.mkdocs_plugin import KnowledgeBase

PACKAGE = ROOT / "scripts/kb"
TOP = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md")
# The pages of the site that describe the program; all others are content.
ABOUT = [f"{tree}/about/{name}.md" for tree in ("docs", "docs_ja")
         for name in ("add-document", "add-note", "citing", "contributing", "findings", "reviewing",
                      "style")]
DOCUMENTS = (*TOP, *ABOUT)
FINDINGS = ("docs/about/findings.md", "docs_ja/about/findings.md")
FOLDERS = ("scripts/", "tests/", "theme/", "benchmarks/", ".github/", ".ci/")

_PATH = re.compile(rf"(?:^|[\s(=])((?:{'|'.join(map(re.escape, FOLDERS))})[\w*./…-]*)", re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_BLOCK = re.compile(r"^```\n(?:[^`].*\n|\n)*```$|(?<=\n\n)(?: {4}.*\n)(?: {4}.*\n|\n(?= {4}))*", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def spans(text: str) -> list[str]:
    """What stands in backticks."""
    return _SPAN.findall(text)


def code(text: str) -> str:
    """What stands in backticks or in blocks of code, a line each."""
    blocks = (line.strip() for block in _BLOCK.findall(text) for line in block.split("\n"))
    return "\n".join([*spans(text), *blocks])


def section(text: str, title: str) -> str:
    """What stands below the heading of level 2 with that title."""
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def rows(text: str) -> Iterator[list[str]]:
    """The cells of each row of the tables in `text`, their heads apart."""
    for line in text.split("\n"):
        if line.startswith("|") and not re.fullmatch(r"[|\-: ]+", line):
            yield [cell.strip() for cell in line.strip("|").split("|")]


# --- commands and make targets ------------------------------------------------------------------

def commands() -> dict[str, argparse.ArgumentParser]:
    parser = cli._parser()
    return next(dict(action.choices) for action in parser._actions
                if isinstance(action, argparse._SubParsersAction))


def options(parser: argparse.ArgumentParser) -> set[str]:
    return {option for action in parser._actions for option in action.option_strings} - {"-h", "--help"}


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.MULTILINE))


def test_every_command_is_described_with_its_options():
    described = {row[0]: row[1] for row in rows(read("README.md"))}
    assert len(commands()) >= 4
    for name, parser in commands().items():
        assert f"`kb {name}`" in described, name
        assert [one for one in options(parser) if f"`{one}" not in described[f"`kb {name}`"]] == [], name
        assert f"kb {name} " in (cli.__doc__ or ""), name


def test_every_make_target_is_described():
    described = code("\n".join(map(read, TOP)))
    assert len(targets()) > 10
    assert [one for one in sorted(targets()) if not re.search(rf"\bmake {one}(?![\w-])", described)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_names_a_command_an_option_or_a_target_that_is_not_there(name):
    written = code(read(name))
    for command, rest in re.findall(r"\bkb ([a-z]+)([^\n]*)", written):
        assert command in commands(), f"kb {command}"
        given = set(re.findall(r"(?<= )--[a-z-]+", rest))
        assert given <= options(commands()[command]), f"kb {command}{rest}"
    assert set(re.findall(r"\bmake ([a-z][a-z-]*)", written)) <= targets()


def test_the_makefile_lists_only_targets_that_are_there_and_each_is_phony():
    text = read("Makefile")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert phony and set(phony[1].split()) == targets()
    assert set(re.findall(r'echo "make ([a-z-]+)', text)) <= targets()


def test_what_is_set_from_the_environment_is_described():
    named = re.findall(r"!ENV \[?([A-Z_]+)", read("mkdocs.yml"))
    assert len(named) >= 3
    assert [one for one in named if f"`{one}`" not in read("README.md")] == []


# --- findings -----------------------------------------------------------------------------------

def described_codes(name: str) -> dict[str, str]:
    """Code → what is said of it."""
    parts = re.split(r"^### (KB\d{3}) .+ \{ #(kb\d{3}) \}$", read(name), flags=re.MULTILINE)[1:]
    assert [one.lower() for one in parts[::3]] == parts[1::3]
    return dict(zip(parts[::3], parts[2::3], strict=True))


@pytest.mark.parametrize("name", FINDINGS)
def test_every_code_is_described_in_order_and_no_other_one(name):
    assert list(described_codes(name)) == list(CODES)


@pytest.mark.parametrize(("name", "example", "remedy"), [
    (FINDINGS[0], "* 例：", "* 改法："), (FINDINGS[1], "* 例：", "* 直し方：")])
def test_every_code_has_an_example_and_says_what_to_do(name, example, remedy):
    for one, text in described_codes(name).items():
        assert example in text or "\n```\n" in text, one
        assert text.count(f"\n{remedy}") == 1, one


@pytest.mark.parametrize("name", FINDINGS)
def test_the_page_of_findings_says_which_are_warnings_and_which_stop_a_build(name):
    lead = read(name).partition("\n## ")[0]
    assert set(re.findall(r"\[(KB\d{3})\]", lead)) == WARNINGS
    assert set(re.findall(r"KB\d{3}", lead)) - WARNINGS == BEARABLE


def test_every_code_is_raised_somewhere():
    program = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py")
                        if path.name != "findings.py")
    assert [one for one in CODES if f'"{one}"' not in program] == []


@pytest.mark.parametrize("name", ["about/contributing.md", "about/index.md"])
def test_the_page_of_findings_is_linked_where_people_look_for_it(name):
    assert all("](findings.md)" in read(f"{tree}/{name}") for tree in ("docs", "docs_ja"))


# --- data files and kinds -----------------------------------------------------------------------

def test_every_kind_of_page_is_described():
    named = spans(section(read("CONTRIBUTING.md"), "Texts"))
    assert [one for one in yamldata.choices("kind", "kind") if one not in named] == []
    for tree in ("docs", "docs_ja"):
        assert set(COMMENTARY) <= set(spans(read(f"{tree}/about/contributing.md")))


def test_every_schema_is_described_with_the_file_that_it_is_for():
    described = {row[2]: row[0] for row in rows(section(read("CONTRIBUTING.md"), "Texts"))}
    schemas = {f"`{path.name}`" for path in PACKAGE.glob("schemas/*.json")}
    assert described.keys() - {"schema"} == schemas


def test_the_files_of_each_schema_stand_where_the_table_says():
    for row in rows(section(read("CONTRIBUTING.md"), "Texts")):
        for pattern in spans(row[0]):
            if "/" in pattern:
                place = re.sub(r"<document>", "**/*", re.sub(r"<text>", "*", pattern))
                assert next(ROOT.glob(place), None), pattern


def test_every_allowed_kind_of_a_schema_is_one_of_all():
    every = yamldata.choices("kind", "kind")
    for path in PACKAGE.glob("schemas/*.json"):
        kind = json.loads(path.read_text("utf-8"))["properties"].get("kind", {})
        assert {*kind.get("enum", ()), *filter(None, [kind.get("const")])} <= set(every), path.name


@pytest.mark.parametrize("name", ["README.md", "docs/about/citing.md", "docs_ja/about/citing.md"])
def test_every_style_of_references_is_named(name):
    assert [style.name for style in STYLES if style.name.partition("—")[0] not in read(name)] == []


# --- the program --------------------------------------------------------------------------------

def parts() -> set[str]:
    """Every package and every module at the top of the program."""
    return {path.stem for path in PACKAGE.iterdir()
            if (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").is_file()}


def test_every_package_and_module_is_described_and_no_other_one():
    table = {name for row in rows(section(read("ARCHITECTURE.md"), "The packages"))
             for name in spans(row[1])}
    assert table == parts()


def test_the_order_of_imports_names_every_package_and_module():
    listed = read("CONTRIBUTING.md").partition("Imports point down.")[2].partition("\n- ")[0]
    assert set(spans(listed)) == parts()


def test_every_hook_of_the_plugin_is_described():
    table = {name.partition(" ")[0] for row in rows(section(read("ARCHITECTURE.md"), "Under MkDocs"))
             for name in spans(row[0])}
    assert table == {name for name in vars(KnowledgeBase) if name.startswith("on_")}


def there(path: str) -> bool:
    """Whether a path below the project's root stands for a file or folder; `*` and `…` for any name."""
    return next(ROOT.glob(path.rstrip("/").replace("…", "*")), None) is not None


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_names_a_file_that_is_not_there(name):
    paths = _PATH.findall(code(read(name)))
    paths += (one for one in spans(read(name)) if re.fullmatch(r"Makefile|[a-z]+\.(?:toml|lock)", one))
    assert [path for path in paths if not there(path)] == []


def is_named(dotted: str) -> bool:
    """Whether a dotted name is a package, a module, or something in the last one that is there."""
    place, names = PACKAGE, dotted.split(".")[1:]
    while names and (place / names[0]).is_dir():
        place, names = place / names[0], names[1:]
    if names and (place / f"{names[0]}.py").is_file():
        place, names = place / f"{names[0]}.py", names[1:]
    files = [place] if place.is_file() else list(place.glob("*.py"))
    return not names or (place != PACKAGE and any(
        re.search(rf"^(?:def|class) {names[0]}\b|^{names[0]}\b.*=", file.read_text("utf-8"), re.MULTILINE)
        for file in files))


@pytest.mark.parametrize("name", TOP)
def test_no_document_names_a_module_that_is_not_there(name):
    named = [one for one in spans(read(name)) if re.fullmatch(r"kb(?:\.[A-Za-z_]+)+", one)]
    assert [one for one in named if not is_named(one)] == []


def docstrings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""


def test_no_docstring_names_a_module_or_a_file_that_is_not_there():
    for path in (*PACKAGE.rglob("*.py"), *(ROOT / "scripts").glob("*.py"), *(ROOT / "tests").glob("*.py")):
        for text in docstrings(path):
            wrong = [one for one in re.findall(r"(?<![\w.])kb(?:\.[a-z_]+)+", text) if not is_named(one)]
            assert wrong == [], path
            files = [one for one in spans(text) if one.startswith(FOLDERS)]
            assert [one for one in files if not there(one)] == [], path


def opened(cell: str) -> str:
    """The text of every file that a cell names, as a path or as a module."""
    found = [one.replace(".", "/").replace("kb/", "scripts/kb/", 1) if one.startswith("kb.") else one
             for one in spans(cell) if one.startswith((*FOLDERS, "kb."))]
    files = [path for one in found for path in (ROOT / one, ROOT / f"{one}.py", *(ROOT / one).glob("*.*"))]
    return "\n".join(path.read_text("utf-8") for path in files if path.is_file())


def test_what_one_is_told_to_open_holds_what_is_to_be_changed():
    table = list(rows(section(read("ARCHITECTURE.md"), "To change this, open that")))[1:]
    assert len(table) >= 25
    for change, place in table:
        text = opened(place)
        assert text, change
        names = [one for one in spans(f"{change} {place}") if re.fullmatch(r"[A-Za-z_]+", one)]
        assert [one for one in names if not re.search(rf"\b{one}\b", text)] == [], change


# --- the documents themselves -------------------------------------------------------------------

def slug(title: str) -> str:
    """The id that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize("name", TOP)
def test_links_between_documents_lead_somewhere(name):
    text = read(name)
    headings = {slug(title) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in headings, target
        elif "://" not in target:
            assert (ROOT / target).is_file(), target


@pytest.mark.parametrize("name", TOP)
def test_lines_of_documents_are_short_but_for_tables(name):
    # A line of Chinese or Japanese is a paragraph: there is no space at which to break it.
    prose = [line for line in read(name).split("\n")
             if not line.startswith(("|", "![")) and not any(map(is_cjk, line))]
    assert [line for line in prose if len(line) > 110] == []


def test_the_architecture_can_be_read_in_one_sitting():
    assert read("ARCHITECTURE.md").count("\n") <= 400


def test_the_changelog_says_what_was_added_changed_and_fixed_the_newest_first():
    text = read("CHANGELOG.md")
    unreleased, *days = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert unreleased == "Unreleased"
    assert days == sorted(days, reverse=True) and all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for day in days)
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= {"Added", "Changed", "Removed", "Fixed"}
