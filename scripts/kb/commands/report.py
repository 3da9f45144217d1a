"""What commands print: findings, in the form and the language that were asked for, and the fidelity figures.

In: findings, or a project; the manner. Out: the findings on standard output, and the exit code: 0 where
there are none but warnings, else 1. Where they are printed for a program, all else goes to standard error.
A summary is added to the file that was named.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kb.findings import Finding, exit_code
from kb.project import Project
from kb.reporting import catalogue, github, records, summary, text
from kb.reporting.limits import Reported, reported
from kb.reporting.places import Place, place
from kb.reporting.records import Find, Reader
from kb.reporting.sources import Sources

FORMS = ("text", "json", "sarif", "github", "summary")
_WITH_WORDS = ("text", "github")  # what else there is to say stands beside the findings


@dataclass(frozen=True)
class Manner:
    """How findings are reported: in which form, for whom, and where a summary is to be added."""

    form: str = "text"
    reader: Reader = field(default_factory=Reader)
    summary: Path | None = None


def findings(found: Iterable[Finding], root: Path, manner: Manner) -> int:
    """Print each finding once, by file and line, and how many there are."""
    some = reported(found)
    sources = Sources(root)

    def find(one: Finding) -> Place | None:
        return place(one, sources.lines(one.file))

    for line in _lines(some, find, manner):
        print(line)
    if manner.summary:
        with manner.summary.open("a", encoding="utf-8") as file:
            file.write(summary.markdown(some, manner.reader.site_url))
    return exit_code(some.all)


def _lines(some: Reported, find: Find, manner: Manner) -> Iterator[str]:
    tag = manner.reader.tag
    match manner.form:
        case "json":
            yield records.as_json(some, find, manner.reader)
        case "sarif":
            yield records.as_sarif(some, find, manner.reader)
        case "summary":
            yield summary.markdown(some, manner.reader.site_url).rstrip("\n")
        case "github":
            yield from github.annotated(some, find, tag)
        case _:
            for one in some.findings:
                yield text.rendered(one, find(one), tag)
    if manner.form in _WITH_WORDS and some.all:
        yield from text.ending(some, tag)


def note(words: str, manner: Manner) -> None:
    """Print what is no finding."""
    said = catalogue.said(words, manner.reader.tag)
    print(said, file=sys.stdout if manner.form in _WITH_WORDS else sys.stderr)


def problem(words: str, manner: Manner) -> None:
    """Print why a command ends."""
    print(f"kb: {catalogue.said(words, manner.reader.tag)}", file=sys.stderr)


def nothing(pages: int, manner: Manner) -> None:
    """Print that nothing was found in so many pages."""
    note(catalogue.plural("nothing", pages, manner.reader.tag), manner)


def figures(project: Project, manner: Manner) -> None:
    """Print what became of the characters of each received text."""
    words = catalogue.label("fidelity", manner.reader.tag)
    for collation in project.collations:
        note(words.format(file=collation.received.name, **asdict(collation.figures)), manner)
