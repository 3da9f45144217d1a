"""Annotations beside the lines of a pull request: workflow commands of GitHub Actions.

In: what is reported, the place of each finding, a language. Out: lines for the log of a job. GitHub shows ten
errors and ten warnings of a step; what goes beyond stands in the log as text. A finding can hold no command
of its own: what has a meaning within one is encoded.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.findings import Finding, escaped, printable
from kb.reporting import catalogue, text
from kb.reporting.limits import Reported
from kb.reporting.places import Place
from kb.reporting.records import Find, message

MOST = 10


def annotated(reported: Reported, find: Find, tag: str) -> Iterator[str]:
    """A command for each of the first findings, and the others as text."""
    for kind in ("error", "warning"):
        alike = [one for one in reported.findings if one.is_warning == (kind == "warning")]
        for one in alike[:MOST]:
            yield _command(kind, one, find(one), tag)
        for one in alike[MOST:]:
            yield text.rendered(one, find(one), tag)


def _command(kind: str, one: Finding, place: Place | None, tag: str) -> str:
    properties = {"file": one.file, "line": str(one.line)}
    if place and place.is_marked:
        properties |= {"line": str(place.line), "col": str(place.start + 1), "endColumn": str(place.end + 1)}
    properties["title"] = f"{one.code} {catalogue.title(one.code, tag)}"
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{kind} {said}::{_data(printable(message(one, tag)))}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(escaped(words)).replace(":", "%3A").replace(",", "%2C")
