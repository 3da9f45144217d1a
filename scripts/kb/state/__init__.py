"""The state of every text: what of it is there, how it was made, and what changed lately.

In: what a project is read from. Out: a `State`. Every date comes from the data, so that two builds of one
commit say the same. Refuses nothing: what nobody recorded is not claimed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.anchors.register import Register
from kb.anchors.wordings import Wordings
from kb.collation.collate import Collation
from kb.collation.sources import Sources
from kb.corpus import Corpus
from kb.languages import BY_TAG
from kb.memory.unchanged import NOTHING, Unchanged
from kb.state.changes import Change, changes, days
from kb.state.texts import Edition, Text, documents, others

__all__ = ["FIGURES", "Change", "Edition", "State", "Text", "read"]

# What is counted of the editions of a language, each the name of a property.
FIGURES = ("is_complete", "is_stale", "is_incomplete", "is_missing", "is_machine", "is_edited", "is_reviewed")


@dataclass(frozen=True)
class State:
    """`documents` stand those that need work first; `others` are concepts and commentary, of which no
    register is kept, so that only their presence is known; `changes` are the latest, the newest first, and so
    are, by language tag, the `days` on which anything was recorded of a document."""

    documents: tuple[Text, ...]
    others: tuple[Text, ...]
    changes: tuple[Change, ...]
    days: Mapping[str, tuple[tuple[str, str], ...]]

    def figures(self, tag: str) -> Mapping[str, int]:
        """Of the documents in a language, how many are what `FIGURES` names."""
        editions = [one.editions[tag] for one in self.documents]
        return {name.removeprefix("is_"): sum(getattr(one, name) for one in editions) for name in FIGURES}

    def presence(self, kinds: Sequence[str], tag: str) -> tuple[int, int]:
        """Of the concepts or commentary of these kinds: how many there are in a language, how many lack."""
        there = [not one.editions[tag].is_missing for one in self.others if one.kind in kinds]
        return sum(there), len(there) - sum(there)


def read(
    corpus: Corpus, registers: Mapping[str, Register], wordings: Mapping[str, Wordings], sources: Sources,
    collations: Sequence[Collation], *, unchanged: Unchanged = NOTHING,
) -> State:
    """The state of all texts of a corpus."""
    texts = tuple(documents(corpus, registers, sources, collations, unchanged))
    known = {one.document: [tag for tag in BY_TAG if not one.editions[tag].is_missing] for one in texts}
    return State(
        tuple(sorted(texts, key=lambda one: (one.rank, one.path))), tuple(others(corpus, unchanged)),
        changes(known, registers, wordings), days(known, registers),
    )
