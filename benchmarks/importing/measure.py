"""How well a proposal fits a page's right text.

In: a saved page. Out: `Outcome`: the share of the right text (F1 of runs of five characters), whether it is
right altogether, what is wrong and whether it was marked as doubtful.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from importing.saved import Saved

from kb.characters import comparable
from kb.importing import drafting, taking
from kb.importing.values import SURE, Taken
from kb.languages import CHINESE, JAPANESE


class Outcome(NamedTuple):
    """`wrong` are passages that were kept and are no text, or the other way round; `unmarked` those of them
    that were not doubtful; `asked` and `lines` say how much of the page an editor is asked about."""

    f1: float
    is_perfect: bool
    wrong: tuple[str, ...]
    unmarked: tuple[str, ...]
    asked: int
    lines: int
    facts: int
    problem: str = ""


def measured(page: Saved) -> Outcome:
    language = CHINESE if page.language == "zh" else JAPANESE
    taken = taking.taken(page.data, page.name)
    made = drafting.made(taken, language, page.name, is_original=True) if isinstance(taken, Taken) else taken
    if not isinstance(made, drafting.Made):
        return Outcome(0, False, (), (), 0, 0, 0, str(made))
    right = Counter(comparable(one) for one in page.right)
    kept = [one for draft in made.drafts for one in draft.blocks]
    proposed = Counter(comparable(one.received) for one in kept)
    wrong = [(one.received, one.sure) for one in kept if comparable(one.received) not in right]
    wrong += [(one.words, one.sure) for one in made.omissions if _words(one.words) in right - proposed]
    lost = [one for one in right - proposed if one not in {_words(words) for words, _ in wrong}]
    # What is joined or cut otherwise is wrong where it stands; what is nowhere cannot be marked.
    whole = "".join(_words(words) for words, _ in wrong)
    unmarked = [words for words, sure in wrong if sure >= SURE] + [one for one in lost if one not in whole]
    facts = made.drafts[0].facts
    return Outcome(
        _f1("".join(page.right), "".join(one.received for one in kept)),
        [comparable(one.received) for one in kept] == [comparable(one) for one in page.right],
        tuple(words for words, _ in wrong), tuple(unmarked),
        len(drafting_questions(made)), len({line for one in kept for line in one.lines} | {
            one.line for one in made.omissions}), (facts.title == page.title) + (facts.date == page.date))


def drafting_questions(made: drafting.Made) -> tuple[object, ...]:
    from kb.importing.questions import questions

    return questions(made, drafting.NONE)


def _words(line: str) -> str:
    return comparable(line.removeprefix("• ").strip())


def _f1(right: str, proposed: str) -> float:
    one, other = (Counter(text[at : at + 5] for at in range(len(text) - 4))
                  for text in map(comparable, (right, proposed)))
    shared = sum((one & other).values())
    return 2 * shared / (sum(one.values()) + sum(other.values())) if shared else 0.0
