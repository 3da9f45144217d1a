"""Where in a file a finding stands: the line to show, and the words to mark in it.

In: a finding, and the lines of its file. Out: a `Place`, or none where the file has no such line. The words
are those that the finding quotes, else what it names; where they do not stand there, nothing is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.characters import unseen
from kb.findings import Finding

_FAR = 12  # so many lines of one paragraph are looked through
_QUOTED = re.compile("“([^“”]+)”")
_CHARACTER = re.compile(r"U\+([0-9A-F]{4}|10[0-9A-F]{4}|[0-9A-F]{5}) ")
_NAMED = re.compile(r"#[a-z][a-z0-9-]*")
_BRACKETS = re.compile(r"([^…\[\]]*)\[([^\[\]]*)\]([^…\[\]]*)")
_SIGNS = " \t*_`\\[]"  # what Markdown takes out of a text
_LONGEST = 5000


class Place(NamedTuple):
    """`line` counts from 1, `start` and `end` are offsets in its text; equal where nothing is marked."""

    line: int
    text: str
    start: int = 0
    end: int = 0

    @property
    def is_marked(self) -> bool:
        return self.start != self.end


def place(finding: Finding, lines: Sequence[str]) -> Place | None:
    """Where the finding stands among the `lines` of its file."""
    if not 1 <= finding.line <= len(lines):
        return None
    below = _paragraph(lines, finding.line)
    for words in _candidates(finding.found):
        for number, text in below:
            if mark := _found(text, words):
                return Place(number, text, *mark)
    text = lines[finding.line - 1]
    hidden = next(unseen(text), None) if finding.code == "KB109" else None
    return Place(finding.line, text) if hidden is None else Place(finding.line, text, hidden, hidden + 1)


def _paragraph(lines: Sequence[str], first: int) -> list[tuple[int, str]]:
    """The line, and those that follow it in its paragraph."""
    found = [(first, lines[first - 1])]
    for number in range(first + 1, min(first + _FAR, len(lines) + 1)):
        if not lines[number - 1].strip():
            break
        found.append((number, lines[number - 1]))
    return found


class _Words(NamedTuple):
    """Words that may stand in the file, and what stands before them. What a finding quotes may end within
    a Latin word, because it is cut; what it names does not: `p1` does not stand in `p12`."""

    words: str
    before: str = ""
    is_quoted: bool = True


def _candidates(found: str) -> Iterator[_Words]:
    """What may stand in the file, the surest first."""
    found = found[:_LONGEST]
    if match := _CHARACTER.match(found):  # the words that it quotes stand beside it
        yield _Words(chr(int(match[1], 16)))
    quotations = _QUOTED.findall(found)
    for quoted in quotations:
        if match := _BRACKETS.search(quoted):
            before, words, after = match.groups()
            yield _Words(words, before) if words else _Words(before[-1:] + after[:1], before[:-1])
        parts = sorted(quoted.split("…"), key=len, reverse=True)
        yield from (_Words(part) for part in parts if part.strip())
    yield from (_Words(name, is_quoted=False) for name in _NAMED.findall(found))
    if not quotations:
        words = found.split(" ")[:40]
        yield from (_Words(" ".join(words[at:]), is_quoted=False)
                    for at in range(len(words)) if len(words[at]) > 2)
        yield from (_Words(" ".join(words[:at]), is_quoted=False)
                    for at in range(len(words) - 1, 0, -1) if len(words[0]) > 4)


def _found(line: str, wanted: _Words) -> tuple[int, int] | None:
    """Where the words stand in `line`; signs of Markdown may stand between them."""
    exact = range(len(line))
    offsets = [at for at in exact if line[at] not in _SIGNS]
    bare = _Words(_bare(wanted.words), _bare(wanted.before), wanted.is_quoted)
    return (_among(line, exact, wanted)
            or _among(line, offsets, bare))


def _among(line: str, offsets: Sequence[int], wanted: _Words) -> tuple[int, int] | None:
    """Where they stand among the characters at these offsets of the line."""
    kept = "".join(line[at] for at in offsets)
    whole = wanted.before + wanted.words
    at = kept.find(whole) if wanted.words else -1
    while at >= 0:
        first = at + len(wanted.before)
        start, end = offsets[first], offsets[first + len(wanted.words) - 1] + 1
        if wanted.is_quoted or _is_whole(line, start, end):
            return start, end
        at = kept.find(whole, at + 1)
    return None


def _bare(text: str) -> str:
    return "".join(one for one in text if one not in _SIGNS)


def _is_whole(line: str, start: int, end: int) -> bool:
    """Whether no Latin word is cut in two."""
    def is_word(one: str) -> bool:
        return one.isascii() and one.isalnum()
    return not ((start and is_word(line[start - 1]) and is_word(line[start]))
                or (end < len(line) and is_word(line[end - 1]) and is_word(line[end])))
