"""The house: imports point down, every word exists in both languages, workflows are pinned."""

import ast
import functools
import json
import re
from pathlib import Path

import pytest
import yaml
from scratch import ROOT

from kb import languages

PACKAGE = ROOT / "scripts/kb"
# From the ground up; a module may import from its own floor and from those before it.
FLOORS = (
    ("parsers", "properties"),
    ("characters", "findings", "limits"),
    ("differences", "drawings", "files", "fingerprints", "ground", "media", "memory", "variants"),
    ("languages", "dates", "kinds"),
    ("addresses", "targets"),
    ("misfits", "yamldata", "reading", "english", "phrases", "figures", "names", "tree", "aligning"),
    ("front_matter",),
    ("corpus", "texts"),
    ("anchors", "collation", "glossary", "commentary", "timeline", "books"),
    ("marks", "state", "renewals"),
    ("links", "project", "citation", "search", "news"),
    ("rendering", "refusals", "watched"),
    ("checks", "views", "exports", "suffixed", "serving", "reporting"),
    ("works", "importing"),
    ("commands",),
    ("cli", "mkdocs_plugin"),
)
MODULES = sorted(PACKAGE.rglob("*.py"))
# One subject that is easier to follow in one piece: how a text is read, block by block.
LONGEST = {"reading/reader.py": 320}


def room(module):
    return module.removeprefix("kb.").split(".")[0]


@functools.cache
def parsed(path):
    return ast.parse(path.read_text("utf-8"))


def imports(path):
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path):
    floor = {name: level for level, names in enumerate(FLOORS) for name in names}
    own = room("kb." + path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", "."))
    if own == "__init__":
        return
    for name in imports(path):
        if name.startswith("kb."):
            assert floor[room(name)] <= floor[own], f"{path.name} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_the_plugin_knows_mkdocs(path):
    knows = any(name.split(".")[0] == "mkdocs" for name in imports(path))
    assert knows == (path.name == "mkdocs_plugin.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_begins_with_what_it_is_for_and_fits_on_a_few_screens(path):
    text = path.read_text("utf-8")
    assert ast.get_docstring(parsed(path))
    assert text.count("\n") <= 300


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_functions_are_short_and_say_the_names_of_many_arguments(path):
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno + 1 <= 40, f"{node.name} is too long"
            by_place = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
            assert len([name for name in by_place if name not in ("self", "cls")]) <= 5, \
                f"{node.name} takes too many arguments by their place"


def used_words():
    sources = [*PACKAGE.rglob("*.py"), *(ROOT / "theme").rglob("*.html")]
    return "\n".join(path.read_text("utf-8") for path in sources)


def test_every_word_of_the_interface_exists_in_both_languages_and_is_used():
    text = used_words()
    said = set(re.findall(r"[\"'](?=([^\"']+)[\"'])", text))  # all between two quotation marks
    families = ("reason-", "language-", "by-", "mark-", "theme-", "kind-", "relation-", "cited-", "event-")
    for key, wordings in languages.words().items():
        assert set(wordings) == {"zh-Hans", "ja"}
        family = next((f for f in families if key.startswith(f)), None)
        assert key in said or (family and family in text) or \
            key in ("glossary", "commentary", "received", "unchanged",
                    "normalised", "omitted", "emended", "unaccounted"), f"nobody says {key}"


def test_every_word_that_a_template_asks_for_exists():
    asked = re.findall(r"\bword\(\s*[\"']([a-z0-9-]+)[\"']\s*[,)]", used_words())
    assert len(asked) > 40
    assert set(asked) <= languages.words().keys()


def enumerated(schema, name):
    """Every value that `schema` allows for the property `name`, wherever it stands."""
    if isinstance(schema, list):
        return {value for one in schema for value in enumerated(one, name)}
    if not isinstance(schema, dict):
        return set()
    found = {value for one in schema.values() for value in enumerated(one, name)}
    own = schema.get("properties", {}).get(name, {})
    return found | set(own.get("enum", own.get("items", {}).get("enum", ())))


# The words of these families are asked for by a value of the data: word("reason-" ~ omission.reason).
@pytest.mark.parametrize(("family", "name", "schemas"), [
    ("reason-", "reason", ("provenance",)), ("reason-", "reasons", ("edition",)),
    ("kind-", "kind", ("commentary",)), ("relation-", "relation", ("concept",)),
    ("by-", "by", ("document",)), ("mark-", "kind", ("edition",)), ("language-", "from", ("document",)),
    ("language-", "language", ("provenance", "register")),
])
def test_every_value_that_a_schema_allows_has_its_word(family, name, schemas):
    for schema in schemas:
        values = enumerated(json.loads((PACKAGE / f"schemas/{schema}.json").read_text("utf-8")), name)
        assert values
        assert {family + value for value in values} <= languages.words().keys()


def test_every_family_of_words_is_one_whose_values_are_known():
    """A new family needs a line in the test above."""
    families = re.findall(r"""\bword\(\s*(?:["']([a-z-]+-)["'] ~|f["']([a-z-]+-)\{)""", used_words())
    assert {one or two for one, two in families} == {
        "reason-", "kind-", "relation-", "by-", "language-", "mark-"}


@pytest.mark.parametrize("path", sorted(PACKAGE.glob("schemas/*.json")), ids=lambda path: path.stem)
def test_each_schema_is_valid_and_explains_itself(path):
    from jsonschema import Draft202012Validator

    schema = json.loads(path.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["title"]
    for name, one in schema["properties"].items():
        assert one.get("description") or name in ("kind", "text"), name


def test_workflows_are_pinned_by_commit_and_start_without_permissions():
    for path in (ROOT / ".github/workflows").glob("*.yml"):
        text = path.read_text("utf-8")
        assert yaml.safe_load(text)["permissions"] == {}
        uses = re.findall(r"uses: (\S+)", text)
        assert uses and all(re.search(r"@[0-9a-f]{40}$", one) for one in uses)


@pytest.mark.parametrize(("folder", "kind", "name"), [
    ("benchmarks/lighthouse", "dependencies", "lighthouse"), ("tests/types", "devDependencies", "typescript")])
def test_what_node_runs_is_pinned_by_hashes_and_may_come_from_any_registry(folder, kind, name):
    lock = json.loads((ROOT / folder / "package-lock.json").read_text("utf-8"))
    packages = {place: one for place, one in lock["packages"].items() if place}
    assert packages[f"node_modules/{name}"]["version"] == lock["packages"][""][kind][name]
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert not any("resolved" in one for one in packages.values())


THEME = sorted([*(ROOT / "theme/assets/kb").glob("*.js"), *(ROOT / "theme/assets/kb").glob("*.css"),
                *(ROOT / "theme").glob("*.js")])


@pytest.mark.parametrize("path", THEME, ids=lambda path: path.name)
def test_what_browsers_load_is_written_in_short_lines_and_modules(path):
    lines = path.read_text("utf-8").splitlines()
    assert [line for line in lines if len(line) > 110] == []
    assert path.suffix == ".css" or len(lines) <= 300


def test_no_browser_module_imports_what_imports_it():
    """Imports when a reader asks for something count too."""
    imported = {path.name: set(re.findall(r"""\b(?:from|import\() ?"\./([\w-]+\.js)\"""", path.read_text("utf-8")))
                for path in THEME if path.suffix == ".js"}
    imported = {name: found & imported.keys() for name, found in imported.items()}
    while free := [name for name, found in imported.items() if not found]:
        imported = {name: found - set(free) for name, found in imported.items() if name not in free}
    assert imported == {}


def test_every_locked_package_has_hashes():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    packages = re.split(r"\n(?=[a-z])", lock.strip())
    assert len(packages) > 30
    assert all("--hash=sha256:" in package for package in packages)


def test_nothing_in_the_project_needs_files_outside_it():
    for path in ROOT.rglob("*"):
        if path.is_symlink() and not any(part.startswith(".") for part in path.relative_to(ROOT).parts):
            assert Path(path.readlink()).is_relative_to(ROOT)


