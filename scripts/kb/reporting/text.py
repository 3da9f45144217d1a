"""Findings for people at a terminal.

In: a finding, its place, a language. Out: lines: where, what, what instead; the line of the file with the
place marked under it; what to do. Refuses nothing: what cannot be shown is spelled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.characters import columns
from kb.findings import Finding, escaped, printable, severities
from kb.reporting import catalogue
from kb.reporting.limits import Reported, reported
from kb.reporting.places import Place

_WIDTH = 96  # columns of a line of the file
_LEFT = 32  # columns before what is marked


def rendered(finding: Finding, place: Place | None, tag: str) -> str:
    """One finding, as it is printed."""
    first, rest = headline(finding, tag), _hint(finding, tag)
    lines = _shown(place) if place and place.text.strip() else ()
    return printable("\n".join((first, *lines, rest)))


def headline(finding: Finding, tag: str) -> str:
    """Where it stands and what it is, in one line."""
    found, expected, _ = map(escaped, catalogue.translated(finding, tag))
    severity = catalogue.label("warning", tag) if finding.is_warning else ""
    what = catalogue.label("headline", tag).format(
        code=f"{finding.code}{severity}", what=catalogue.title(finding.code, tag),
        found=found, expected=expected)
    return f"{escaped(finding.file)}:{finding.line}: {what}"


def _hint(finding: Finding, tag: str) -> str:
    return "    " + catalogue.label("remedy", tag).format(hint=catalogue.said(finding.hint, tag))


def _shown(place: Place) -> tuple[str, ...]:
    """The line of the file, cut around what is marked, and the marks below it."""
    before, marked, after = (escaped(part.expandtabs(4)) for part in (
        place.text[:place.start][-_WIDTH:], place.text[place.start:place.end][:_WIDTH],
        place.text[place.end:][:_WIDTH]))
    left = len(place.text[:place.start]) > _WIDTH or columns(before + marked) > _WIDTH
    before = ("…" if left else "") + (_last(before, _LEFT) if left else before)
    marked = _first(marked, _WIDTH - columns(before))
    rest = _first(after, _WIDTH - columns(before + marked))
    cut = "…" if len(rest) < len(after) or place.end + _WIDTH < len(place.text) else ""
    gutter = f"{place.line:>5} | "
    lines = (f"{gutter}{before}{marked}{rest}{cut}".rstrip(),)
    if not place.is_marked:
        return lines
    return (*lines, " " * (len(gutter) - 2) + "| " + " " * columns(before) + "^" * max(1, columns(marked)))


def _first(text: str, most: int) -> str:
    """The beginning of `text`, of at most so many columns."""
    taken = 0
    for at, character in enumerate(text):
        taken += columns(character)
        if taken > most:
            return text[:at]
    return text


def _last(text: str, most: int) -> str:
    while columns(text) > most:
        text = text[1:]
    return text


def refusal(found: Iterable[Finding], tag: str) -> str:
    """What forbids a site, finding by finding."""
    return "\n".join(rendered(one, None, tag) for one in reported(found).findings)


def ending(some: Reported, tag: str) -> Iterator[str]:
    """What was left out of each file, and how many findings there are."""
    for file, count in some.left_out.items():
        yield printable(f"{escaped(file)}: {catalogue.label('more', tag).format(count=count)}")
    yield catalogue.counted(severities(some.all), tag)
