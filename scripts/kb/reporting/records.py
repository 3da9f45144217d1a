"""Findings for programs: JSON of our own, and SARIF 2.1.0, which code scanning reads.

In: what is reported, the place of each finding, a language, the address of the site. Out: one JSON document.
Ours is described by `findings.json`; of SARIF only what GitHub's code scanning reads is written. Columns
count from 1, in ours characters, in SARIF units of UTF-16. Refuses nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from kb.findings import WARNINGS, Finding, escaped, severities
from kb.reporting import catalogue
from kb.reporting.addresses import explanation
from kb.reporting.limits import Reported
from kb.reporting.places import Place

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
Find = Callable[[Finding], Place | None]


@dataclass(frozen=True)
class Reader:
    """Who reads: `tag` is their language, `site_url` the site's address, empty where nobody has said it."""

    tag: str = catalogue.ENGLISH
    site_url: str = ""


def as_json(reported: Reported, find: Find, reader: Reader) -> str:
    """One object a finding, and how many there are."""
    errors, warnings = severities(reported.all)
    return _written({
        "version": 1, "language": reader.tag, "errors": errors, "warnings": warnings,
        "findings": [_object(one, find(one), reader) for one in reported.findings],
        "left_out": [{"file": escaped(file), "findings": count} for file, count in reported.left_out.items()],
    })


def _object(one: Finding, place: Place | None, reader: Reader) -> dict[str, Any]:
    return {
        "code": one.code, "severity": "warning" if one.is_warning else "error", "file": escaped(one.file),
        "line": one.line, "mark": _mark(place), "title": catalogue.title(one.code, reader.tag),
        **_told(one, reader.tag), "help": explanation(one.code, reader.tag, reader.site_url) or None,
    }


def _mark(place: Place | None) -> dict[str, int] | None:
    if place is None or not place.is_marked:
        return None
    return {"line": place.line, "column": place.start + 1, "end_column": place.end + 1}


def as_sarif(reported: Reported, find: Find, reader: Reader) -> str:
    """One run of the tool `kb`, with a rule for each code that was found."""
    codes = sorted({one.code for one in reported.findings})
    return _written({
        "$schema": SCHEMA, "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "kb", "rules": [_rule(code, reader) for code in codes]}},
            "columnKind": "utf16CodeUnits",
            "results": [_result(one, find(one), codes.index(one.code), reader) for one in reported.findings],
        }],
    })


def _rule(code: str, reader: Reader) -> dict[str, Any]:
    title = catalogue.title(code, reader.tag)
    where = explanation(code, reader.tag, reader.site_url)
    return {
        "id": code, "name": code, "shortDescription": {"text": title},
        "fullDescription": {"text": "\n".join(dict.fromkeys(
            (title, *(catalogue.title(code, tag) for tag in catalogue.TAGS.values()))))},
        "help": {"text": where or f"docs/about/findings.md, {code}"},
        **({"helpUri": where} if where else {}),
        "defaultConfiguration": {"level": "warning" if code in WARNINGS else "error"},
    }


def _result(one: Finding, place: Place | None, rule: int, reader: Reader) -> dict[str, Any]:
    region = {"startLine": one.line}
    if place and place.is_marked:
        region = {"startLine": place.line, "startColumn": _units(place.text[:place.start]) + 1,
                  "endLine": place.line, "endColumn": _units(place.text[:place.end]) + 1}
    fingerprint = hashlib.sha256("\0".join((one.file, one.code, one.found)).encode("utf-8", "replace"))
    return {
        "ruleId": one.code, "ruleIndex": rule, "level": "warning" if one.is_warning else "error",
        "message": {"text": message(one, reader.tag)},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": quote(one.file, errors="replace"), "uriBaseId": "%SRCROOT%"},
            "region": region}}],
        "partialFingerprints": {"finding/v1": fingerprint.hexdigest()[:32]},
    }


def message(one: Finding, tag: str) -> str:
    """The finding without its place: what, what instead, what to do."""
    return catalogue.label("message", tag).format(**_told(one, tag))


def _told(one: Finding, tag: str) -> dict[str, str]:
    """Its three texts in the language, in characters that can be seen; only a hint has several lines."""
    found, expected, hint = catalogue.translated(one, tag)
    return {"found": escaped(found), "expected": escaped(expected),
            "hint": "\n".join(map(escaped, hint.split("\n")))}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _written(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1).replace("##[", "#\\u0023[")
