"""YAML with line numbers, checked against a closed JSON Schema.

In: the text of a data file or of a page's front matter, and a schema's name (`schemas/*.json`).
Out: a `Record`: plain values, and the line on which each stands. Refuses unknown keys, wrong types,
impossible dates, a key given twice, and what nobody can see (`"\\u200b"`), each with a finding that
names the line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from kb import dates
from kb.files import hidden
from kb.findings import Finding

_BASE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCHEMAS = Path(__file__).parent / "schemas"
_TYPES = {"string": "text", "array": "a list", "object": "a mapping", "integer": "a whole number",
          "boolean": "true or false"}


class _Loader(_BASE):
    """Plain scalars are text, but for true, false, null and whole numbers of up to six digits.

    YAML 1.1 would read `on` as true, a date as an object, and a fingerprint that happens to be all
    digits as a number.
    """

    yaml_implicit_resolvers: dict = {}


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|)$"), ["n", ""])
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^(?:0|[1-9][0-9]{0,5})$"), list("0123456789")
)


_FORMATS = FormatChecker(["date"])
# Ours: a day, a month or a year, as texts of other times are dated.
_FORMATS.checks("partial-date")(lambda value: not isinstance(value, str) or dates.exists(value))


@dataclass(frozen=True)
class Record:
    """The values of one YAML text, and where they stand. `lines` maps a path such as
    `("omissions", 0, "line")` to a line of the file."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[tuple, int] = field(default_factory=dict)

    def line(self, *path: str | int) -> int:
        """The line on which the value at `path`, or its nearest parent, stands."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def load(text: str, *, file: str, first_line: int = 1) -> tuple[Record, tuple[Finding, ...]]:
    """Read `text` without asking what its keys mean."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or "characters that YAML does not allow"
        return Record(), (
            Finding(file, line, "KB102", problem, "YAML that can be read",
                    "check quotes, colons and indentation on this line and the one above"),
        )
    if node is None:
        return Record(), ()
    if not isinstance(node, yaml.MappingNode):
        return Record(), (
            Finding(file, first_line, "KB102", "no mapping", "lines such as “key: value”",
                    "begin with the name of a key and a colon"),
        )
    lines: dict[tuple, int] = {}
    findings: list[Finding] = []
    values = _build(node, (), lines, findings, file, first_line)
    return Record(values, lines), tuple(findings)


def check(record: Record, schema: str, *, file: str, first_line: int = 1) -> tuple[Finding, ...]:
    """What in `record` the schema of that name does not allow."""
    errors = list(_validator(schema).iter_errors(record.values))
    # A misspelt key is also a missing one: say it once.
    misspelt = {tuple(e.absolute_path) for e in errors if e.validator == "additionalProperties"}
    return tuple(sorted(
        _finding(error, schema, record, file, first_line) for error in errors
        if error.validator != "required" or tuple(error.absolute_path) not in misspelt
    ))


def parse(text: str, *, file: str, schema: str) -> tuple[Record, tuple[Finding, ...]]:
    """Read a data file and check it."""
    record, findings = load(text, file=file)
    record = with_text(record, schema)
    return record, findings or check(record, schema, file=file)


def keys(schema: str) -> tuple[str, ...]:
    """The keys that the schema of that name allows at the top."""
    return tuple(sorted(_validator_schema(schema)["properties"]))


def choices(schema: str, key: str) -> tuple[str, ...]:
    """The values that the schema allows for a key of a closed list."""
    return tuple(_validator_schema(schema)["properties"][key]["enum"])


def with_text(record: Record, schema: str) -> Record:
    """The same with text where the schema wants text and YAML reads a number: `published: 1951`."""
    return replace(record, values=_text_in(record.values, _validator_schema(schema)))


def _text_in(value: Any, schema: Mapping[str, Any]) -> Any:
    if isinstance(value, dict):
        known = schema.get("properties", {})
        return {key: _text_in(one, known.get(key, {})) for key, one in value.items()}
    if isinstance(value, list):
        return [_text_in(one, schema.get("items", {})) for one in value]
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number and schema.get("type") == "string" else value


def _build(node, path, lines, findings, file, first_line, above=()) -> Any:
    lines[path] = first_line + node.start_mark.line
    if any(node is one for one in above):
        findings.append(Finding(file, lines[path], "KB102", "an alias that contains itself",
                                "plain values", "write the value out"))
        return None
    above = (*above, node)
    if isinstance(node, yaml.MappingNode):
        values: dict = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), first_line + key_node.start_mark.line
            if key in values:
                findings.append(
                    Finding(file, line, "KB102", f"the key “{key}” a second time",
                            "each key once", "keep one of the two")
                )
            values[key] = _build(value_node, (*path, key), lines, findings, file, first_line,
                                 above)
            lines[*path, key] = line
            findings += hidden(key, file, line)
        return values
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(item, (*path, index), lines, findings, file, first_line, above)
            for index, item in enumerate(node.value)
        ]
    findings += hidden(node.value, file, lines[path])
    tag = node.tag.rsplit(":", 1)[-1]
    if tag == "null":
        return None
    if tag == "bool":
        return node.value == "true"
    return int(node.value) if tag == "int" and node.value.isdigit() else node.value


@cache
def _validator_schema(name: str) -> dict:
    return json.loads((_SCHEMAS / f"{name}.json").read_text("utf-8"))


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(_validator_schema(name), format_checker=_FORMATS)


def _finding(
    error: ValidationError, schema: str, record: Record, file: str, first_line: int
) -> Finding:
    path = tuple(error.absolute_path)
    hint = error.schema.get("description", "") if isinstance(error.schema, dict) else ""
    line = record.line(*path) if path else first_line
    where = f" in {'.'.join(map(str, path))}" if path else ""
    if error.validator == "additionalProperties":
        allowed = sorted(error.schema["properties"])
        key = next(key for key in error.instance if key not in allowed)
        close = get_close_matches(key, allowed, n=1)
        hint = f"did you mean “{close[0]}”?" if close else "remove it, or correct its name"
        return Finding(file, record.line(*path, key), "KB103", f"the unknown key “{key}”{where}",
                       "one of " + ", ".join(allowed), hint)
    if error.validator == "required":
        missing = next(key for key in error.validator_value if key not in error.instance)
        known = error.schema.get("properties") or _validator_schema(schema)["properties"]
        return Finding(file, line, "KB103", f"no “{missing}”{where}", f"“{missing}: …”",
                       known.get(missing, {}).get("description", "add it"))
    value = json.dumps(error.instance, ensure_ascii=False)
    found = f"{value[:60]} for {'.'.join(map(str, path)) or 'the whole'}"
    if error.validator == "type":
        kinds = error.validator_value
        kinds = [kinds] if isinstance(kinds, str) else kinds
        expected = " or ".join(_TYPES.get(kind, kind) for kind in kinds)
    elif error.validator in ("enum", "const"):
        options = error.validator_value if error.validator == "enum" else [error.validator_value]
        expected = "one of " + ", ".join(map(str, options))
    elif error.validator == "format":
        partly = ", 1951-10 or 1951" if error.validator_value == "partial-date" else ""
        expected = f"a date that exists, as in 2025-05-14{partly}"
    else:
        expected = hint or f"{error.validator} {error.validator_value}"
    return Finding(file, line, "KB103", found, expected, hint or "correct the value")
