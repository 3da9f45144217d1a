"""What an editor is told of edits to published paragraphs: what was seen, and what to write for it.

In: the `Outcome` of a document. Out: findings, each with the marks and lines that would settle it, for those
who cannot run `kb anchors`. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kb.anchors import register, wordings
from kb.anchors.outcome import Outcome
from kb.anchors.proposals import DELETE, REWRITE
from kb.anchors.register import Entry
from kb.findings import Finding


def proposed(document: str, result: Outcome, kept: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for each edit that waits to be confirmed; `kept` are the wordings that are kept already."""
    said: set[str] = set()  # what another of the findings lists already
    for one in result.proposals:
        if one.kind in (DELETE, REWRITE):
            continue  # these have findings of their own: KB206, KB217
        related = {one.anchor, *(anchor for key, anchor in result.ids.items() if key.anchor == one.anchor)}
        related |= {entry.id for entry in result.entries if one.anchor in entry.merged}
        related |= {entry.successor for entry in result.entries if entry.id == one.anchor and entry.successor}
        related |= {label for page in result.pages
                    for paragraph, label in zip(page.page.paragraphs, page.labels, strict=True)
                    if label and paragraph.id == one.anchor}
        steps = [step for step in _marks(result, related) if step not in said]
        steps += _lines(document, [entry for entry in result.entries if entry.id in related
                                   and str(entry) not in said], wordings.today(result.again.values()), kept)
        said.update(steps)
        yield Finding(one.file, one.line, "KB218", one.found, one.expected,
                      "run: kb anchors, which asks (kb anchors --yes does not); or write by hand:"
                      + "".join(f"\n      {step}" for step in steps))


def _marks(result: Outcome, related: Collection[str]) -> Iterator[str]:
    """Where ids have to be written."""
    for page in result.pages:
        for paragraph, label in zip(page.page.paragraphs, page.labels, strict=True):
            moved = label and paragraph.id and paragraph.id != label
            if label != paragraph.id and (label in related or paragraph.id in related):
                yield (f"“{{ #{label} }}” in place of “{{ #{paragraph.id} }}” in {page.page.file} "
                       f"line {paragraph.last_line}" if moved else
                       f"“{{ #{label} }}” below {page.page.file} line {paragraph.last_line}")


def _lines(
    document: str, entries: Collection[Entry], today: Mapping[str, str], kept: Mapping[str, str]
) -> Iterator[str]:
    """What has to be added to the register and to the wordings."""
    if entries:
        yield f"at the end of {register.file_of(document)}:"
        yield from map(str, entries)
    lines = [wordings.line(today[entry.text]) for entry in entries
             if entry.text and entry.text in today and entry.text not in kept]
    if lines:
        yield f"at the end of {wordings.file_of(document)}:"
        yield from dict.fromkeys(lines)
