"""Ids of sections, asked of the person at the terminal: each section once, for both languages.

In: the headings of an original with the ids that are proposed, and where answers are kept. Out: ids by the
words of the headings, and whether the editor stopped. What cannot be an id is asked again. Where no word of a
heading is known nothing is proposed: the editor is shown an example, and `-` leaves the section its number
until they know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kb.collation.excerpts import short
from kb.commands import person
from kb.importing import drafting, questions
from kb.importing import sections as ids
from kb.importing.drafting import Answers
from kb.reporting import catalogue


def sections(proposed: Mapping[str, str], kept: Path, digest: str, tag: str,
             read: person.Read | None = None) -> tuple[Mapping[str, str], bool]:
    """The ids that an editor gives, or agrees to."""
    answers = drafting.NONE
    if kept.is_file():
        answers = questions.restored(kept.read_text("utf-8", "replace"), digest) or answers
    said = {heading: one for heading, one in answers.sections.items() if heading in proposed}
    ask = person.reader(read)
    open_ = [heading for heading in proposed if heading not in said] if ask else []
    while ask and open_:
        offered = proposed[open_[0]]
        is_number = ids.is_number(offered)
        typed = ask(catalogue.label(f"import-section-{'unknown' if is_number else 'question'}", tag).format(
            left=len(open_), heading=short(open_[0]), proposed=offered))
        answer = person.meant(typed)
        if answer in person.STOP:
            return said, True
        name = offered if answer in (("-",) if is_number else ("", *person.YES)) else answer
        if not ids.wrong(name, list(said.values())):
            said[open_.pop(0)] = name
            keep(kept, replace(answers, sections=said), digest)
    return said, False


def keep(kept: Path, answers: Answers, digest: str) -> None:
    """Answers as they are given: whoever stops goes on where they were."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(questions.stored(answers, digest), "utf-8")
