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


def place(finding: Finding, lines: Sequence[str]) -> Place | None:
    """Where the finding stands among the `lines` of its file."""
    if not 1 <= finding.line <= len(lines):
        return None
    below = _paragraph(lines, finding.line)
    for words, before in _candidates(finding.found):
        for number, text in below:
            if mark := _found(text, before, words):
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


def _candidates(found: str) -> Iterator[tuple[str, str]]:
    """Words that may stand in the file, the surest first; each with what stands before it."""
    if match := _CHARACTER.match(found):  # the words that it quotes stand beside it
        yield chr(int(match[1], 16)), ""
    for quoted in _QUOTED.findall(found[:_LONGEST]):
        if match := _BRACKETS.search(quoted):
            before, words, after = match.groups()
            yield (words, before) if words else (before[-1:] + after[:1], before[:-1])
        yield from ((part, "") for part in sorted(quoted.split("…"), key=len, reverse=True) if part.strip())
    yield from ((name, "") for name in _NAMED.findall(found))
    if not _QUOTED.search(found):
        words = found.split(" ")[:40]
        yield from ((" ".join(words[at:]), "") for at in range(len(words)) if len(words[at]) > 2)
        yield from ((" ".join(words[:at]), "") for at in range(len(words) - 1, 0, -1) if len(words[0]) > 4)


def _found(line: str, before: str, words: str) -> tuple[int, int] | None:
    """Where `words` stand in `line`, behind the words `before`; signs of Markdown may stand between them."""
    at = line.find(before + words) if words else -1
    if at >= 0 and _is_whole(line, at + len(before), at + len(before) + len(words)):
        return at + len(before), at + len(before) + len(words)
    offsets = [place for place, one in enumerate(line) if one not in _SIGNS]
    kept, skip = "".join(line[place] for place in offsets), len(_bare(before))
    at = kept.find(_bare(before + words)) if _bare(words) else -1
    if at < 0:
        return None
    start, end = offsets[at + skip], offsets[at + skip + len(_bare(words)) - 1] + 1
    return (start, end) if _is_whole(line, start, end) else None


def _bare(text: str) -> str:
    return "".join(one for one in text if one not in _SIGNS)


def _is_whole(line: str, start: int, end: int) -> bool:
    """Whether no Latin word is cut in two: `p1` does not stand in `p12`."""
    def is_word(one: str) -> bool:
        return one.isascii() and one.isalnum()
    return not ((start and is_word(line[start - 1]) and is_word(line[start]))
                or (end < len(line) and is_word(line[end - 1]) and is_word(line[end])))
