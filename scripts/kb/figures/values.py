"""What a figure is.

In: what was read. Out: a `Figure`, and how its value is said. Refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from kb.languages import Language

# How sure it is that the other language has to say the figure as a figure, too: `FIRM`, it has to; `SMALL`,
# it may say it in words (两国, 両国), but not say another one; `FAINT`, it may be a word (一, 百 of 百年) and
# only answers for a figure of the other text.
FIRM, SMALL, FAINT = 2, 1, 0


class Figure(NamedTuple):
    """`value` is a number, a date (`5-14`), a time (`10:30`) or a name (`3A090`); `words` stand for it in the
    text, from `start` to `end`. `unit` holds Latin letters that follow a number, if any."""

    value: Fraction | str
    words: str
    start: int
    end: int
    weight: int = FIRM
    unit: str = ""
    is_ordinal: bool = False

    @property
    def said(self) -> str:
        """The words with their value, where they do not say it in so many digits: “2000万” (20,000,000)."""
        own = self.value if isinstance(self.value, str) else _number(self.value)
        is_plain = own.replace(",", "") in (self.words.lower(), re.sub(r"[^\d.]", "", self.words))
        return f"“{self.words}”" if is_plain else f"“{self.words}” ({own})"


# What a rule makes of its match: figures, none where the words only look like one, or None where another rule
# may know better.
Reader = Callable[[re.Match[str], Language], list[Figure] | None]
Rule = tuple["re.Pattern[str] | Rare", Reader]


@dataclass(frozen=True)
class Rare:
    """A long pattern that few texts have, and that takes as long to make as a page to read: it is made when
    `signs`, a short one that is found wherever it matches, is first found."""

    written: str
    signs: str

    def may_be_in(self, text: str) -> bool:
        return bool(re.search(self.signs, text))

    def match(self, text: str, at: int) -> re.Match[str] | None:
        return self._made.match(text, at)

    @cached_property
    def _made(self) -> re.Pattern[str]:
        return re.compile(self.written)


def figure(match: re.Match[str], value: Fraction | str, weight: int = FIRM) -> Figure:
    """The figure that the whole match stands for."""
    return Figure(value, match.group(), match.start(), match.end(), weight)


def _number(value: Fraction) -> str:
    if value.denominator == 1:
        return f"{value.numerator:,}" if value >= 10_000 else str(value.numerator)
    if 10**6 % value.denominator == 0 and value < 10**6:
        return f"{float(value):.10g}"
    return str(value)
