"""Whether values are what a schema allows: yes or no, and nothing more.

In: plain values, and a JSON Schema of those keywords that ours use. Out: a function that judges such values
as jsonschema does, in a tenth of its time. Nearly every file is as it should be; what is wrong with another
jsonschema says, which takes as long to load as a hundred files take to read. Refuses, with ValueError, a
schema with a keyword that it does not know; tests compare the two.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kb import addresses, dates

Judge = Callable[[Any], bool]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TYPES: Mapping[str, Judge] = {
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}
_SAYS_NOTHING = frozenset(("$schema", "$defs", "title", "description", "examples"))
_WITH_OTHERS = frozenset(("additionalProperties", "then"))  # judged with `properties`, with `if`


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value) and datetime.date.fromisoformat(value))
    except ValueError:
        return False


# Ours: an address of the web; a day, a month or a year, as texts of other times are dated.
OWN_FORMATS: Mapping[str, Callable[[str], bool]] = {
    "web-address": addresses.web, "partial-date": dates.exists}
_FORMATS = {"date": _is_day, **OWN_FORMATS}


def judge(schema: Mapping[str, Any], root: Mapping[str, Any] | None = None) -> Judge:
    """Whether a value is what `schema` allows. `root` is the schema around it, to which `$ref` leads."""
    parts = tuple(_parts(schema, schema if root is None else root))
    if len(parts) == 1:
        return parts[0]
    return lambda value: all(part(value) for part in parts)


def _parts(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[Judge]:
    """A judge for each keyword, what costs least first."""
    if "type" in schema:
        yield _TYPES[schema["type"]]
    for keyword, rule in schema.items():
        if keyword in _OF_TEXT:
            yield _of(str, _OF_TEXT[keyword](rule))
        elif keyword in _OF_OTHERS:
            yield _OF_OTHERS[keyword](rule)
        elif keyword in ("anyOf", "allOf", "items", "$ref"):
            yield _nested(keyword, rule, root)
        elif keyword == "if":
            yield _condition(judge(rule, root), judge(schema["then"], root))
        elif keyword not in _SAYS_NOTHING | _WITH_OTHERS | {"type", "properties"}:
            raise ValueError(f"a schema with “{keyword}”")
    if "properties" in schema or "additionalProperties" in schema:
        yield _of(dict, _properties(schema, root))


def _of(kind: type, part: Judge) -> Judge:
    """Most keywords say something of values of one kind only."""
    return lambda value: not isinstance(value, kind) or part(value)


def _nested(keyword: str, rule: Any, root: Mapping[str, Any]) -> Judge:
    if keyword == "$ref":
        return judge(root["$defs"][rule.removeprefix("#/$defs/")], root)
    if keyword == "items":
        each = judge(rule, root)
        return _of(list, lambda value: all(map(each, value)))
    forms = [judge(one, root) for one in rule]
    return lambda value: (any if keyword == "anyOf" else all)(form(value) for form in forms)


def _condition(given: Judge, then: Judge) -> Judge:
    return lambda value: not given(value) or then(value)


def _properties(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Judge:
    known = {key: judge(one, root) for key, one in schema.get("properties", {}).items()}
    more = schema.get("additionalProperties", True)
    other: Judge = judge(more, root) if isinstance(more, Mapping) else lambda _: bool(more)
    return lambda value: all(known.get(key, other)(one) for key, one in value.items())


def _pattern(rule: str) -> Judge:
    search = re.compile(rule).search
    return lambda value: bool(search(value))


def _is_same(value: Any, other: Any) -> bool:
    """Whether two values are the same to JSON, where 1 is not true."""
    return type(value) is type(other) and bool(value == other)


def _differ(values: list[Any]) -> bool:
    return not any(_is_same(one, other) for at, one in enumerate(values) for other in values[:at])


_OF_TEXT: Mapping[str, Callable[[Any], Judge]] = {
    "pattern": _pattern,
    "minLength": lambda rule: lambda value: len(value) >= rule,
    "maxLength": lambda rule: lambda value: len(value) <= rule,
    "format": lambda rule: _FORMATS[rule],
}
_OF_OTHERS: Mapping[str, Callable[[Any], Judge]] = {
    "required": lambda rule: _of(dict, lambda value: all(key in value for key in rule)),
    "minItems": lambda rule: _of(list, lambda value: len(value) >= rule),
    "uniqueItems": lambda rule: _of(list, lambda value: not rule or _differ(value)),
    "minimum": lambda rule: lambda value: not _TYPES["integer"](value) or value >= rule,
    "const": lambda rule: lambda value: _is_same(value, rule),
    "enum": lambda rule: lambda value: any(_is_same(value, one) for one in rule),
}
