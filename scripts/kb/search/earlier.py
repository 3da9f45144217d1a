"""Earlier wordings: what a paragraph or heading said before, for readers who quote it.

In: the project and a document. Out: `Earlier`s: each wording that the register knows and that stands no more
under its id, with the days from and until which it did, and its fingerprint. They are in the index after all
else, and the search passes over them; only who checks a quotation is told of them. Refuses nothing: of a
wording that is not kept there is nothing to find.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kb.corpus import Page
from kb.project import Project


class Earlier(NamedTuple):
    """A wording of `anchor`, from the day `since` to the day `until` (ISO 8601; "" where nobody recorded what
    replaced it)."""

    anchor: str
    text: str
    since: str
    until: str
    fingerprint: str


def of_page(project: Project, page: Page) -> Iterator[Earlier]:
    """Every earlier wording of a document, in the order of the register; one that came back and went again,
    with the days of the last time."""
    fates = project.fates(page.document, page.language)
    for anchor, own in fates.lines.items():
        gone = fates.register.withdrawn.get(anchor)
        today = "" if gone else page.fingerprints.get(anchor, "")
        entries = [entry for _, entry in own]
        ends = [*(entry.date for entry in entries[1:]), gone.date if gone else ""]
        last = {entry.text or "": (entry.date, end) for entry, end in zip(entries, ends, strict=True)}
        for text, (since, until) in last.items():
            if text != today and text in fates.texts:
                yield Earlier(anchor, fates.texts[text], since, until, text)
