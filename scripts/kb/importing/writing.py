"""Drafts as files: editions in Markdown without ids of paragraphs, and the provenance of what was received.

In: blocks, facts, and what an editor has said. Out: text. What means something in Markdown is escaped, so
that the reader reads the words as they were received; `read_back` says where it does not. Refuses
nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from kb import reading, yamldata
from kb.characters import comparable
from kb.collation.sources import Copy
from kb.importing.values import Block, Omission
from kb.reading import Settings

_MEANS = re.compile(r"([\\`*_\[\]{}~^$])")
_BEGINS = re.compile(r"(?m)^(\s*)([#>+-]|\d+(?=[.)]\s))(?=.)")
_ADDRESS = re.compile(r"https?://[!-~]+")
_DAY = re.compile(r"(?m)^([a-z]+: )'(\d{4}(?:-\d\d){0,2})'$")
_SCHEMA = "# yaml-language-server: $schema=../scripts/kb/schemas/provenance.json\n"


def front_matter(values: Mapping[str, Any]) -> str:
    """The front matter of a page, its keys in this order."""
    return "---\n" + "".join(_entry(key, value) for key, value in values.items() if value) + "---\n"


def _entry(key: str, value: Any) -> str:
    flow = None if isinstance(value, dict) else False
    lines = yaml.safe_dump(
        {key: value}, allow_unicode=True, width=10_000, sort_keys=False, default_flow_style=flow
    )
    return _DAY.sub(r"\1\2", lines)


def name(value: str) -> str | dict[str, str]:
    """A person's name with a slash between the family name and the given one; a body's as it is."""
    family, slash, given = value.partition("/")
    return {"family": family.strip(), "given": given.strip()} if slash else value


def authors(value: str) -> str | dict[str, str] | list[str | dict[str, str]]:
    """The same of several names, which `;` parts."""
    named = [name(one.strip()) for one in value.replace("；", ";").split(";") if one.strip()]
    return named[0] if len(named) == 1 else named


def markdown(blocks: Sequence[Block], sections: Mapping[int, str]) -> str:
    """The body of an edition. `sections` gives the id of each heading, by its place among `blocks`."""
    parts: list[str] = []
    before: Block | None = None
    for at, one in enumerate(blocks):
        text = _block(one, sections.get(at, ""))
        if one.is_quoted:
            text = "\n".join(f"> {line}" for line in text.split("\n"))
        if (
            parts
            and before
            and before.kind == one.kind in ("item", "number")
            and before.is_quoted == one.is_quoted
        ):
            parts.append(f"\n{text}")
        elif parts and before and before.is_quoted and one.is_quoted and _goes_on(before, one):
            parts.append(f"\n>\n{text}")
        else:
            parts.append(f"\n\n{text}")
        before = one
    return "".join(parts).lstrip("\n") + "\n"


def _goes_on(before: Block, one: Block) -> bool:
    """Whether a list stands in the quotation of the paragraph before it, or two paragraphs of one do."""
    return (
        "item" in (before.kind, one.kind)
        or "number" in (before.kind, one.kind)
        or (before.lines[-1] + 1 >= one.lines[0])
    )


def _block(one: Block, section: str) -> str:
    words = escaped(one.text)
    if one.kind == "title":
        return f"# {words}"
    if one.kind == "heading":
        return f"{'#' * min(6, one.level)} {words} {{ #{section} }}"
    if one.kind == "item":
        return f"* {words}"
    if one.kind == "number":
        return f"{one.number or 1}. {words}"
    return words


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is; an address becomes a link to itself."""
    found, at = "", 0
    text = " ".join(text.split())
    for match in _ADDRESS.finditer(text):
        found += _escaped(text[at : match.start()]) + f"<{match[0]}>"
        at = match.end()
    return (
        _BEGINS.sub(r"\1\\\2", found + _escaped(text[at:]), count=1)
        if found[:1] != "<"
        else (found + _escaped(text[at:]))
    )


def _escaped(text: str) -> str:
    return _MEANS.sub(r"\\\1", text).replace("&", "&amp;").replace("<", "&lt;")


def read_back(body: str, blocks: Sequence[Block], settings: Settings) -> Iterator[Block]:
    """The blocks that a reader of `body` would not read as they were meant."""
    shown = [one.text for one in reading.read(body, settings).blocks]
    at = 0
    for one in blocks:
        wanted = comparable(one.text)
        if at < len(shown) and comparable(shown[at]) == wanted:
            at += 1
        else:
            yield one
            at = next(
                (later + 1 for later in range(at, len(shown)) if comparable(shown[later]) == wanted), at
            )


def provenance(values: Mapping[str, Any], copies: Sequence[Copy], omissions: Sequence[Omission]) -> str:
    """The provenance of a received text, with one line for omissions that follow each other."""
    lines = [_SCHEMA, *(_entry(key, value) for key, value in values.items() if value and key != "editions")]
    if copies:
        lines += [
            "copies:\n",
            *(
                f"  - {{first: {one.first}, last: {one.last}{', running: true' * one.running}}}\n"
                for one in copies
            ),
        ]
    lines.append(_entry("editions", values["editions"]))
    if omissions:
        lines += ["omissions:\n", *(f"  - {_omission(*one)}\n" for one in _ranges(omissions))]
    return "".join(lines)


def _ranges(omissions: Sequence[Omission]) -> Iterator[tuple[Omission, int]]:
    """Each omission with the last line of those that follow it for the same reason."""
    last: tuple[Omission, int] | None = None
    for one in omissions:
        if (
            last
            and not one.text
            and not last[0].text
            and one.line == last[1] + 1
            and one.reason == last[0].reason
        ):
            last = (last[0], one.line)
            continue
        if last:
            yield last
        last = (one, one.line)
    if last:
        yield last


def _omission(one: Omission, last: int) -> str:
    parts = [f"line: {one.line}"]
    if last > one.line:
        parts.append(f"last: {last}")
    if one.text:
        parts.append(f"text: {yamldata.quoted(one.text)}")
    if one.count > 1:
        parts.append(f"count: {one.count}")
    return "{" + ", ".join([*parts, f"reason: {one.reason}"]) + "}"
