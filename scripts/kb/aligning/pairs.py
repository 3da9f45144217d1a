"""Which sentences of a paragraph render which of its counterpart.

In: a paragraph in one language and the one that renders it in the other. Out: its `Pair`s, in order: together
they are both paragraphs, character for character. Each says how sure it is, and whether that is enough to
lead a reader from the one to the other: a wrong link is worse than none. Where nothing can be told apart
there is one pair, both paragraphs whole. Refuses nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from kb.aligning.align import rendered
from kb.aligning.sentences import sentences
from kb.languages import Language

# Measured on 57 texts of this site in two to five paragraphs at a time, of which the borders are known: of
# 1,416 pairs that are as sure, 999 in 1,000 keep to them; where a paragraph was taken from one side, 986.
_SURE = 0.55


class Pair(NamedTuple):
    """What stands in one language, and what renders it in the other; either may be empty."""

    left: str
    right: str
    sure: float

    @property
    def is_linked(self) -> bool:
        return bool(self.left and self.right) and self.sure >= _SURE


@lru_cache(1 << 10)  # the parallel page and what marks sentences ask for the same; a preview after each save
def pairs(left: str, right: str, of: Language, to: Language) -> tuple[Pair, ...]:
    ours, theirs = sentences(left), sentences(right)
    if len(ours) < 2 or len(theirs) < 2:
        return (Pair(left, right, 1.0),)
    return tuple(Pair("".join(ours[at] for at in row.left), "".join(theirs[at] for at in row.right), row.sure)
                 for row in rendered(left, right, of, to))
