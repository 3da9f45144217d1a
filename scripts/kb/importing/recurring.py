"""Which of the things that somebody has to declare are the same: who answers for one has answered for all.

In: what is undeclared, or said unlike by two languages, with the reasons that it shows itself. Out: groups of
them, each of one kind: the same received words became the same edited words; the same words are left out;
the same words look like a term, or name a figure that the other language does not. What was rewritten as a
whole, and what has no received words, is like nothing else. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from kb.characters import comparable
from kb.checks.unlike import Unlike
from kb.collation.undeclared import Undeclared
from kb.differences import changes

Change = tuple[str, str]  # received words, edited words


def groups(open_: Sequence[Undeclared | Unlike], said: Sequence[Sequence[str]]) -> list[list[int]]:
    """The places of `open_` that are of one kind and have the same reasons, in the order of the first."""
    found: dict[Hashable, list[int]] = {}
    for at, (one, reasons) in enumerate(zip(open_, said, strict=True)):
        kind = _kind(one)
        found.setdefault(at if kind is None else (one.file, kind, tuple(reasons)), []).append(at)
    return list(found.values())


def _kind(one: Undeclared | Unlike) -> Hashable:
    """What it has in common with others of its kind; None where it is of none."""
    if isinstance(one, Unlike):
        words = tuple(tuple(text[slice(*span)] for span in spans)
                      for text, spans in zip(one.texts, one.spans, strict=True))
        return one.key, one.values, tuple(frozenset(own) for own in words)
    if not one.id:
        return comparable(one.received)
    return changed(one) or None


def changed(one: Undeclared) -> frozenset[Change]:
    """What became what in a paragraph; nothing where it has no received words, or hardly any of them."""
    if one.is_strange or not one.received or not one.id:
        return frozenset()
    return frozenset((change.before, change.after) for change in changes(one.received, one.edited)
                     if comparable(change.before) != comparable(change.after))


def learned(one: Undeclared, known: Mapping[Change, Sequence[str]]) -> tuple[str, ...]:
    """The reasons of a paragraph that has several changes, all of which were answered for alone."""
    own = changed(one)
    if len(own) < 2 or not own <= known.keys():
        return ()
    return tuple(dict.fromkeys(reason for change in sorted(own) for reason in known[change]))
