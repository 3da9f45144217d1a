"""What of a collation is still to be declared, as values: for whoever writes the lines.

In: a received text, the outcomes of its paragraphs, and the pieces that no paragraph has. Out:
`Undeclared`s: a difference of a translation from what was received, or received words that stand in no
edition. What differs in an original is none: it is restored, never declared. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.characters import comparable
from kb.collation.differences import Outcome
from kb.collation.pieces import Piece
from kb.collation.sources import Received


@dataclass(frozen=True)
class Undeclared:
    """An emendation (`id` of a paragraph, both wordings, the fingerprints of the edited and of the received
    one) or an omission (no `id`: the words of `received` on `line`, all of it where `is_whole`). `file` is
    where its line belongs; `reasons` are those that stand there; `is_strange`: little is in common.
    `has_source` where nothing was received for a paragraph, and words are left that it may come from."""

    file: str
    language: str
    received: str
    edited: str = ""
    id: str = ""
    text: str = ""
    mark: str | None = None
    reasons: tuple[str, ...] = ()
    is_strange: bool = False
    has_source: bool = False
    line: int = 0
    is_whole: bool = False


def of(received: Received, outcomes: Iterable[Outcome], strays: Iterable[Piece],
       unsourced: Iterable[bool]) -> Iterator[Undeclared]:
    """Everything about `received` that somebody has to declare, in the order of the edition. `unsourced` are
    the outcomes beside which no received words are left."""
    for outcome, is_new in zip(outcomes, unsourced, strict=True):
        pair = outcome.strange or outcome.pair
        one = outcome.edited
        if outcome.is_settled or one.is_original or not one.id:
            continue
        text, mark = pair.marks
        yield Undeclared(one.declarations.file, one.page.language.tag, *pair.wordings, one.id, text, mark,
                         one.emendation.reasons if one.emendation else (), bool(outcome.strange),
                         has_source=not is_new and not pair.share.text.strip())
    for piece in strays:
        copy = piece.copies[0]
        line = received.line_of(copy.first)
        whole = comparable(received.text.split("\n")[line - 1]) == comparable(copy.text)
        yield Undeclared(received.data_file, received.language.tag, copy.text.strip(), line=line,
                         is_whole=whole)
