"""YAML with line numbers, checked against a closed JSON Schema.

In: the text of a data file or of a page's front matter, and a schema's name (`schemas/*.json`).
Out: a `Record`: plain values, and the line on which each stands. Refuses unknown keys, wrong types,
impossible dates, a key given twice, tags (`!!timestamp`), aliases, values deeper than anybody reads, and what
nobody can see (`"\\u200b"`), each with a finding that
names the line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker

from kb import addresses, dates, kinds, limits, misfits
from kb.files import hidden
from kb.findings import Finding
from kb.misfits import KeyPath
from kb.parsers import SAFE

_SCHEMAS = Path(__file__).parent / "schemas"


class _Loader(SAFE):
    """Plain scalars are text, but for true, false, null and whole numbers of up to six digits.

    YAML 1.1 would read `on` as true, a date as an object, and a fingerprint that happens to be all
    digits as a number.
    """


_Loader.yaml_implicit_resolvers = {}  # none of YAML 1.1's own
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|)$"), ["n", ""])
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^(?:0|[1-9][0-9]{0,5})$"), list("0123456789")
)


_FORMATS = FormatChecker(["date"])
# Ours: a day, a month or a year, as texts of other times are dated.
_FORMATS.checks("web-address")(lambda value: not isinstance(value, str) or addresses.web(value))
_FORMATS.checks("partial-date")(lambda value: not isinstance(value, str) or dates.exists(value))


@dataclass(frozen=True)
class Record:
    """The values of one YAML text, and the line of the file on which each stands."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[KeyPath, int] = field(default_factory=dict)

    def line(self, *path: str | int) -> int:
        """The line on which the value at `path`, or its nearest parent, stands."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def at(self, *path: str) -> Any:
        """The value at `path`; None where there is none."""
        value: Any = self.values
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        return value


def load(text: str, *, file: str, first_line: int = 1, aliases: bool = True
         ) -> tuple[Record, tuple[Finding, ...]]:
    """Read `text` without asking what its keys mean."""
    try:
        if refused := _refused(text, aliases):
            line, found, hint = refused
            return Record(), (Finding(file, first_line + line, "KB102", found, "plain values", hint),)
        node = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        problem = getattr(error, "problem", None) or "characters that YAML does not allow"
        problem = problem.removeprefix("found ")  # as the message says it already
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
    builder = _Builder(file, first_line)
    return Record(builder.value(node), builder.lines), tuple(builder.findings)


# What may be a tag, an alias or its anchor; the beginning of a line that may be nested deep.
_MORE = re.compile(r"(?:^|[\s\[{,:?-])[!&*]\S|^%", re.MULTILINE)
_INDENTED = re.compile(rf"^(?:[ ]|[-?:][ ]){{{limits.YAML_DEPTH},}}", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")


def _refused(text: str, aliases: bool) -> tuple[int, str, str] | None:
    """The line of the first tag, of an alias that is not allowed, or of a value nested too deep in `text`,
    with what it is, and what to do. An alias may name what is short and holds no other: so nothing grows."""
    if not _MORE.search(text) and not _INDENTED.search(text) and not _may_be_deep(text):
        return None  # hardly any text has one: its events cost as much as reading it
    opened: list[tuple[str | None, int]] = []  # the anchors around, and how many values came before
    sizes: dict[str, int] = {}
    count = 0
    for event in yaml.parse(text, Loader=_Loader):
        anchor: str | None = getattr(event, "anchor", None)
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            if any(name == anchor for name, _ in opened):
                return line, "an alias that contains itself", "write the value out"
            if not aliases or sizes.get(anchor or "", 0) > limits.YAML_ALIASED:
                return line, f"the alias *{anchor}", "write the value out"
            count += limits.YAML_ALIASED  # it may not be named again
        elif tag := getattr(event, "tag", None):
            return line, f"the tag {tag}", "leave it out: what a value is, its key says"
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(opened) == limits.YAML_DEPTH:
                return (line, f"more than {limits.YAML_DEPTH} levels within each other",
                        "no file needs more than five")
            opened.append((anchor, count))
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = opened.pop()
            sizes[anchor or ""] = count - before
        count += 1
    return None


def _may_be_deep(text: str) -> bool:
    depth = most = 0
    for one in _BRACKET.finditer(text):
        depth += 1 if one[0] in "[{" else -1
        most = max(most, depth)
    return most > limits.YAML_DEPTH


def check(record: Record, schema: str, *, file: str, first_line: int = 1) -> tuple[Finding, ...]:
    """Everything in `record` that the schema of that name does not allow."""

    def line(*path: str | int) -> int:
        return record.line(*path) if path else first_line

    validator, whole = _validator(schema), _validator_schema(schema)
    errors = list(validator.iter_errors(record.values))
    if not errors:
        return ()
    # What would be missed next, were the missing keys there.
    filled = misfits.filled(record.values, errors, whole, file)
    errors += [one for one in validator.iter_errors(filled) if one.validator == "required" and not one.path]
    return tuple(sorted(misfits.told(errors, whole, file, line)))


def parse(text: str, *, file: str, schema: str) -> tuple[Record, tuple[Finding, ...]]:
    """Read a data file and check it."""
    record, findings = load(text, file=file)
    record = with_text(record, schema)
    return record, findings or check(record, schema, file=file)


def quoted(text: str) -> str:
    """A text as a value in a line of YAML, whatever it holds."""
    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9)).rstrip("\n")


def keys(schema: str) -> tuple[str, ...]:
    """The keys that the schema of that name allows at the top."""
    return tuple(sorted(_validator_schema(schema)["properties"]))


def order(schema: str) -> tuple[str, ...]:
    """The same in the order in which the schema has them."""
    return tuple(_validator_schema(schema)["properties"])


def choices(schema: str, key: str) -> tuple[str, ...]:
    """The values that the schema allows for a key of a closed list, or for each entry of it, wherever it
    stands."""
    own = next(_described(_validator_schema(schema), key))
    return tuple(own.get("enum") or own["items"]["enum"])


def _described(schema: Any, key: str) -> Iterator[Mapping[str, Any]]:
    """What a schema says of a key, the outermost first."""
    if isinstance(schema, dict):
        properties = schema.get("properties", {})
        if key in properties:
            yield properties[key]
        for one in (*properties.values(), schema.get("items"), schema.get("additionalProperties")):
            yield from _described(one, key)


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


class _Builder:
    """Plain values from the nodes of one YAML text, the line of each, and what cannot be allowed."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file, self.first_line = file, first_line
        self.lines: dict[KeyPath, int] = {}
        self.findings: list[Finding] = []

    def value(self, node: yaml.Node, path: KeyPath = ()) -> Any:
        """The value of the node at `path`."""
        self.lines[path] = self._line(node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        value = str(node.value)
        self.findings += hidden(value, self.file, self.lines[path])
        if len(value) > limits.CHARACTERS:
            what = f"a value of {len(value)} characters"
            self.findings.append(limits.over(self.file, self._line(node), what,
                                             f"at most {limits.CHARACTERS}", "shorten it"))
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "{…}"
            is_scalar = isinstance(key_node, yaml.ScalarNode)
            if is_scalar and node.flow_style and value_node.end_mark.index == key_node.end_mark.index:
                self._refuse(key_node, f"the key “{key}” without a colon", "a value for each key",
                             "put the value before it in quotation marks: there a comma ends no value")
            elif key in values:
                self._refuse(key_node, f"the key “{key}” a second time", "each key once",
                             "keep one of the two")
            values[key] = self.value(value_node, (*path, key))
            self.lines[*path, key] = self._line(key_node)
            self.findings += hidden(key, self.file, self._line(key_node))
        return values

    def _line(self, node: yaml.Node) -> int:
        return self.first_line + int(node.start_mark.line)

    def _refuse(self, node: yaml.Node, found: str, expected: str, hint: str) -> None:
        self.findings.append(Finding(self.file, self._line(node), "KB102", found, expected, hint))


def _scalar(node: yaml.Node) -> Any:
    tag = node.tag.rsplit(":", 1)[-1]
    if tag == "null":
        return None
    if tag == "bool":
        return node.value == "true"
    return int(node.value) if tag == "int" and node.value.isdigit() else node.value


@cache
def _validator_schema(name: str) -> dict[str, Any]:
    return kinds.in_schema(name, json.loads((_SCHEMAS / f"{name}.json").read_text("utf-8")))


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(_validator_schema(name), format_checker=_FORMATS)
