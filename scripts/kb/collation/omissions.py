"""What an edition leaves out of a received text, as its editors declared it.

In: a received text with its declared omissions, and the ledger. Out: what was left out, entered in the
ledger, and a finding for each omission that names words which are not there. Refuses nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.collation.excerpts import short
from kb.collation.ledger import Ledger
from kb.collation.pieces import line_starts
from kb.collation.sources import Omission, Received
from kb.findings import Finding


@dataclass(frozen=True)
class Left:
    """A declared omission with the words it leaves out."""

    line: int
    text: str
    reason: str
    count: int


def leave_out(received: Received, ledger: Ledger) -> tuple[tuple[Left, ...], list[Finding]]:
    """Enter the declared omissions: the words they leave out, and those that are not there."""
    done: list[Left] = []
    findings: list[Finding] = []
    starts = line_starts(received.text)
    for index, omission in enumerate(received.omissions):
        where = (received.data_file, received.record.line("omissions", index), "KB305")
        last = omission.last or omission.line
        if last >= len(starts) or last < omission.line or (omission.last and omission.text):
            found = f"lines {omission.line} to {last}" if omission.last else f"line {omission.line}"
            findings.append(Finding(
                *where, found, f"a line up to {len(starts) - 1}" if last >= len(starts)
                else "whole lines, from the first to the last of them", _elsewhere(received, omission)))
            continue
        for line in range(omission.line, last + 1):
            one = replace(omission, line=line)
            words, count = _left_out(received, one, starts, ledger)
            if count < one.count:
                findings.append(Finding(*where, f"“{words[:30]}” {count} times",
                                        f"{one.count} times on line {line}", _elsewhere(received, one)))
            if words or last == omission.line:
                done.append(Left(line, words, one.reason, one.count))
    return tuple(done), findings


def _elsewhere(received: Received, omission: Omission) -> str:
    """Where the words are, which are not where the omission says."""
    lines = received.text.split("\n")
    there = [str(number) for number, line in enumerate(lines, 1) if omission.text and omission.text in line]
    if there:
        return f"write line: {there[0]}, where they stand" if len(there) == 1 else (
            f"write the line that is meant: they stand on the lines {', '.join(there[:8])}")
    if 0 < omission.line <= len(lines):
        return (f"copy the words from the received text: line {omission.line} is "
                f"“{short(lines[omission.line - 1])}”")
    return f"correct the line: {received.file} ends with line {len(lines)}"


def _left_out(
    received: Received, omission: Omission, starts: Sequence[int], ledger: Ledger
) -> tuple[str, int]:
    """The words that an omission leaves out, and how often they stand on its line."""
    start, end = starts[omission.line - 1], starts[omission.line]
    offsets = [o for o in range(start, min(end, len(received.text)))
               if o not in received.hidden and received.text[o] not in "\r\n"]
    line = "".join(received.spaced[offset] for offset in offsets)
    words = omission.text or line
    at = count = 0
    while count < omission.count and (at := line.find(words, at)) >= 0:
        ledger.omit(offsets[at : at + len(words)])
        at, count = at + len(words), count + 1
    return words, count
