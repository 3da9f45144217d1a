"""What editors declare of a document's editions beside each other: figures that say the same, and words that
only look like a term.

In: the `figures` and `terms` of `sources/<document>.yml`, which its schema has allowed. Out: one value for
each. Whether what they name is there, `kb.checks.twins` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.languages import BY_TAG
from kb.yamldata import Record


@dataclass(frozen=True)
class SameFigures:
    """In paragraph `on`, the words of each language say the same, or need not be said in the other: by
    language tag, at least one."""

    on: str
    words: Mapping[str, str]
    line: int


@dataclass(frozen=True)
class NotMeant:
    """In paragraph `on`, words that look like a term of `concept` do not mean it; in the language `tag`, or,
    where that is empty, in both."""

    on: str
    concept: str
    tag: str
    line: int

    @property
    def tags(self) -> tuple[str, ...]:
        return (self.tag,) if self.tag else tuple(BY_TAG)


def figures(record: Record) -> tuple[SameFigures, ...]:
    return tuple(
        SameFigures(one["on"], {tag: one[tag] for tag in BY_TAG if tag in one}, record.line("figures", index))
        for index, one in enumerate(record.values.get("figures", ())))


def terms(record: Record) -> tuple[NotMeant, ...]:
    return tuple(
        NotMeant(one["on"], one["not"], one.get("in", ""), record.line("terms", index))
        for index, one in enumerate(record.values.get("terms", ())))
