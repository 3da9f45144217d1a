"""What an editor is asked of an import, the most doubtful first, and what was answered.

In: what was judged of lines, the blocks made of them, and what is told of author and date. Out: `Question`s;
answers as plain values that can be kept between two runs. Refuses nothing: an answer that means nothing is
none."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import NamedTuple

from kb import dates
from kb.importing.drafting import Answers, Made
from kb.importing.values import SURE

# What may be answered → a kind of block, or a reason to leave the line out.
KINDS = {"p": "paragraph", "h": "heading", "l": "item"}
REASONS = {
    "n": "navigation",
    "a": "advertisement",
    "m": "metadata",
    "i": "image",
    "r": "repetition",
    "e": "empty-tags",
}


FACTS = ("author", "date")


class Question(NamedTuple):
    """A line, what is proposed for it (a kind or a reason; one of `FACTS`, of which `words` are the value),
    why, and how sure that is."""

    line: int
    words: str
    proposed: str
    why: tuple[str, ...]
    sure: float


def questions(made: Made, answers: Answers) -> tuple[Question, ...]:
    """What is doubtful and not answered."""
    known = {*answers.lines, *answers.kinds}
    found = [
        Question(one.line, one.words, one.reason, (one.why,), one.sure)
        for one in made.omissions
        if one.sure < SURE and not one.text
    ]
    found += [
        Question(one.lines[0], one.received, one.kind, one.why, one.sure)
        for draft in made.drafts
        for one in draft.blocks
        if one.sure < SURE
    ]
    first: dict[int, Question] = {}
    for one in found:
        if one.line not in known and (one.line not in first or one.sure < first[one.line].sure):
            first[one.line] = one
    told = made.drafts[0].facts.told if made.is_original and made.drafts else ()
    facts = [Question(one.line, one.value, one.name, (one.why,), one.sure) for one in told
             if one.sure < SURE and one.name not in answers.facts]
    return tuple(sorted((*first.values(), *facts), key=lambda one: (one.sure, one.line)))


def answered(answers: Answers, question: Question, said: str) -> Answers | None:
    """The answers with one more, a letter of `KINDS` or `REASONS`, or an author or a date; None where it
    was not understood. Nothing said is yes."""
    if question.proposed in FACTS:
        value = said or question.words
        is_wrong = question.proposed == "date" and not dates.exists(value)
        return None if is_wrong else replace(answers, facts={**answers.facts, question.proposed: value})
    lines, kinds = dict(answers.lines), dict(answers.kinds)
    if not said:
        said = next((key for key, value in {**KINDS, **REASONS}.items() if value == question.proposed), "p")
        if question.proposed not in (*KINDS.values(), *REASONS.values()):  # a title, an item with a number
            lines[question.line] = None
            return replace(answers, lines=lines, kinds=kinds)
    if said in REASONS:
        lines[question.line] = REASONS[said]
    elif said in KINDS:
        lines[question.line] = None
        if KINDS[said] != question.proposed:
            kinds[question.line] = KINDS[said]
    else:
        return None
    return replace(answers, lines=lines, kinds=kinds)


def stored(answers: Answers, digest: str) -> str:
    """The answers as they are kept, with what they were given about."""
    return json.dumps(
        {
            "of": digest,
            "lines": {str(line): one for line, one in answers.lines.items()},
            "kinds": {str(line): one for line, one in answers.kinds.items()},
            "facts": dict(answers.facts),
            "sections": dict(answers.sections),
        },
        ensure_ascii=False,
    )


def restored(text: str, digest: str) -> Answers | None:
    """Answers that were given about the same file; None where they were given about another, or broken."""
    try:
        values = json.loads(text)
        if values["of"] != digest:
            return None
        return Answers(
            {int(line): one if one in REASONS.values() else None for line, one in values["lines"].items()},
            {int(line): one for line, one in values["kinds"].items() if one in KINDS.values()},
            {name: str(one) for name, one in values.get("facts", {}).items() if name in FACTS},
            {str(heading): str(one) for heading, one in values.get("sections", {}).items()},
        )
    except (ValueError, KeyError, AttributeError, TypeError):
        return None
