"""What a schema does not allow, said to whoever wrote it.

In: what jsonschema says of the values of one file, all of it, and the line of each value. Out: a finding
for each key that is missing, unknown or wrong, with an example that the schema allows. Of the keys that
nobody knows the nearest known one is named, and that one is not missed as well. Refuses nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from jsonschema.exceptions import ValidationError

from kb import dates
from kb.findings import Finding, nearest
from kb.languages import JAPANESE

KeyPath = tuple[str | int, ...]  # the way to a value, such as ("omissions", 0, "line")
_TYPES = {"string": "text", "array": "a list", "object": "a mapping", "integer": "a whole number",
          "boolean": "true or false"}
_DAY = re.compile(r"\D*(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*")
# Text that means the same to YAML without quotes.
_BARE = re.compile(r"[^\W\d_](?:[\w/.–§()#-]|(?<!\s)[ ](?![\s#])|:(?=//))*(?<!\s)|[0-9]{4}(?:-[0-9]{2}){1,2}")
_RESERVED = ("true", "false", "null")
_WORDS = (r"\S", r"\S.*\S")  # something that can be seen
# How like another a key is that was written twice, once with a slip of the pen: “signed” is no “kind”.
_SLIP = 0.75
# Of several complaints about one value the first is told.
_ORDER = ("type", "const", "enum", "format", "pattern")


def told(errors: Iterable[ValidationError], root: Mapping[str, Any], file: str,
         line: Callable[..., int]) -> Iterator[Finding]:
    """The findings for `errors`, which the schema `root` has given for `file`; `line` says where the value
    at a path stands."""
    by_path: dict[KeyPath, list[ValidationError]] = {}
    for error in errors:
        for leaf in _leaves(error):
            by_path.setdefault(tuple(leaf.absolute_path), []).append(leaf)
    for path, found in by_path.items():
        absent = _absent([one for one in found if one.validator == "required"], root)
        strange = next((one for one in found if one.validator == "additionalProperties"), None)
        if strange:
            meant = _meant(strange, list(absent))
            yield from _unknown(strange, path, meant, (file, line))
            absent = {key: rule for key, rule in absent.items() if key not in meant.values()}
        if absent:
            yield _missing(absent, path, file, line)
        wrong = [one for one in found if one.validator not in ("required", "additionalProperties")]
        if wrong:
            yield _wrong(min(wrong, key=_rank), path, file, line)


def filled(values: Mapping[str, Any], errors: Iterable[ValidationError], root: Mapping[str, Any], file: str
           ) -> Mapping[str, Any]:
    """`values` with an example for each key that is missing at the top."""
    absent = _absent([one for one in errors if one.validator == "required" and not one.path], root)
    return {**values, **{key: _chosen(rule, file) for key, rule in absent.items() if "examples" in rule}}


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """The complaints within one about several possible forms, where it is clear which was meant."""
    if error.validator != "anyOf" or not error.context:
        yield error
        return
    forms: dict[Any, list[ValidationError]] = {}
    for one in error.context:
        forms.setdefault(one.schema_path[0], []).append(one)
    meant = [found for found in forms.values() if not any(map(_is_of_other_type, found))]
    if len(meant) == 1:
        for one in meant[0]:
            yield from _leaves(one)
    else:
        yield error


def _is_of_other_type(error: ValidationError) -> bool:
    """Whether what is wrong is the type of the whole value."""
    if error.relative_path:
        return False
    parts = error.context if error.validator == "anyOf" else None
    return all(map(_is_of_other_type, parts)) if parts else error.validator == "type"


def _rank(error: Any) -> int:
    return _ORDER.index(error.validator) if error.validator in _ORDER else len(_ORDER)


def _absent(errors: Iterable[Any], root: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Each key that is missing at one path → what the schema says of it, in the order of the schema."""
    found: dict[str, Mapping[str, Any]] = {}
    for error in errors:
        known = error.schema.get("properties") or root["properties"]
        found |= {key: known.get(key, {}) for key in error.validator_value if key not in error.instance}
    return found


def _meant(error: Any, absent: list[str]) -> dict[str, str | None]:
    """Each unknown key → the known one that it may be meant for, and is not there. Where one is unknown and
    one is missing, they are the same."""
    known = sorted(error.schema["properties"])
    free = [key for key in known if key not in error.instance]
    twice = {key: nearest(key, known, likeness=_SLIP) for key in error.instance if key not in known}
    meant = {key: nearest(key, free) if there in (None, *free) else None for key, there in twice.items()}
    left = [key for key in absent if key not in meant.values()]
    if len(left) == 1 and len(unlike := [key for key, near in meant.items() if not near]) == 1:
        meant[unlike[0]] = left[0]
    return meant


def _unknown(error: Any, path: KeyPath, meant: Mapping[str, str | None],
             where: tuple[str, Callable[..., int]]) -> Iterator[Finding]:
    file, line = where
    known = sorted(error.schema["properties"])
    for key, near in meant.items():
        if near:
            hint = f"did you mean “{near}”?"
        elif there := nearest(key, known, likeness=_SLIP):
            hint = f"remove it: “{there}” is there already"
        else:
            hint = "remove it, or correct its name"
        yield Finding(file, line(*path, key), "KB103", f"the unknown key “{key}”{_where(path)}",
                      "one of " + ", ".join(known), hint)


def _missing(absent: Mapping[str, Mapping[str, Any]], path: KeyPath, file: str,
             line: Callable[..., int]) -> Finding:
    lines = [f"{_example(rule, key, file)}  # {rule.get('description') or key}"
             for key, rule in absent.items()]
    hint = "add a line such as " + lines[0] if len(lines) == 1 else "\n        ".join(
        ["add lines such as these, with your own words:", *lines])
    return Finding(file, line(*path), "KB103", " and ".join(f"no “{key}”" for key in absent) + _where(path),
                   " and ".join(f"“{key}: …”" for key in absent), hint)


def _wrong(error: Any, path: KeyPath, file: str, line: Callable[..., int]) -> Finding:
    rule = error.schema if isinstance(error.schema, dict) else {}
    key = next((one for one in reversed(path) if isinstance(one, str)), "")
    what = rule.get("description", "")
    instance: Any = error.instance
    found = "nothing" if instance is None else json.dumps(instance, ensure_ascii=False)[:60]
    is_entry = bool(path) and isinstance(path[-1], int)
    example = _example(rule, "" if is_entry else key, file)
    parts = (_remedy(error), what, f"as in “{example}”" if "examples" in rule else "")
    hint = "; ".join(filter(None, parts)) or "correct the value"
    return Finding(file, line(*path), "KB103", f"{found} for {_dotted(path) or 'the whole'}",
                   _expected(error) or what or f"{error.validator} {error.validator_value}", hint)


def _remedy(error: Any) -> str:
    """What was probably meant, where that can be told."""
    value: Any = error.instance
    if error.validator == "enum" and isinstance(value, str):
        near = nearest(value, error.validator_value)
        return f"did you mean “{near}”?" if near else ""
    if _is_date(error) and isinstance(value, str) and (day := _DAY.fullmatch(value)):
        iso = f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
        return f"write {iso}, without other signs" if iso != value and dates.exists(iso) else ""
    return ""


def _is_date(error: Any) -> bool:
    return isinstance(error.schema, dict) and error.schema.get("format") in ("date", "partial-date")


def _expected(error: Any) -> str:
    """What the schema wants instead of a value, where that can be said in plain words."""
    wanted: Any = error.validator_value
    if _is_date(error) and error.validator in ("format", "pattern", "minLength"):
        partly = ", 1951-10 or 1951" if error.schema["format"] == "partial-date" else ""
        return f"a date that exists, as in 2025-05-14{partly}"
    match error.validator:
        case "format" | "pattern" if error.schema.get("format") == "web-address":
            return "an address of the web, in full, without spaces and without a name before its host"
        case "pattern" if wanted in _WORDS:
            return "text" if error.schema["minLength"] == 1 else "two characters or more that can be seen"
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            return " or ".join(_TYPES.get(kind, kind) for kind in kinds)
        case "enum" | "const":
            options = wanted if error.validator == "enum" else [wanted]
            return "one of " + ", ".join(map(flow, options))
        case "minLength":
            return "text" if wanted == 1 else f"{wanted} characters or more"
        case "maxLength":
            return f"at most {wanted} characters (these are {len(error.instance)})"
        case "minItems":
            return "a list with something in it"
        case "uniqueItems":
            return "each one once"
        case "minimum":
            return f"{wanted} or more"
    return ""


def _where(path: KeyPath) -> str:
    return f" in {_dotted(path)}" if path else ""


def _dotted(path: KeyPath) -> str:
    return ".".join(map(str, path))


def _example(rule: Mapping[str, Any], key: str, file: str) -> str:
    """A line that the schema allows, in the language of the tree that `file` stands in."""
    value = flow(_chosen(rule, file)) if "examples" in rule else "…"
    return f"{key}: {value}" if key else value


def _chosen(rule: Mapping[str, Any], file: str) -> Any:
    """The first example is of Chinese, the last of Japanese."""
    return rule["examples"][-1 if file.startswith(f"{JAPANESE.tree}/") else 0]


def flow(value: Any) -> str:
    """`value` as YAML in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, str) and _BARE.fullmatch(value) and value not in _RESERVED:
        return value
    return json.dumps(value, ensure_ascii=False)
