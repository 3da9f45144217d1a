"""The figures of a text: numbers by value, dates, times, and names that hold digits.

In: a text and its language. Out: its figures, in their order. What is written with digits counts wherever
it stands; what is written in Chinese characters counts where it is plainly a number: from ten up, and below
that before a word for what is counted (三项, 三つ). 一般 and 万一 stay words. What is vague (几十, 数十,
七八个) is no figure. Refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.figures import calendar, latin, numbers
from kb.figures.numerals import HAN
from kb.figures.values import Figure, Rare
from kb.languages import JAPANESE, Language

_RULES = (*latin.RULES, *calendar.RULES, *numbers.RULES)
_START = re.compile(rf"[A-Za-z0-9§{HAN}十廿卅百千万萬亿億兆第半{numbers.RAISED}]|{calendar.BEGINS}")
# Full-width letters, digits and signs; not the comma and the colon, which are punctuation in Chinese.
_NARROW = {0xFF01 + at: 0x21 + at for at in range(94) if chr(0x21 + at) not in ",:;!?"} | {0x2212: 0x2D}
_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_POINT = re.compile(r"(?<=[０-９])[・．](?=[０-９])")


def figures(text: str, language: Language) -> tuple[Figure, ...]:
    """The figures of `text`, in their order."""
    found = calendar.resolved(list(_scanned(_narrow(text, language), language)))
    return tuple(one._replace(words=text[one.start : one.end]) for one in found)


def _narrow(text: str, language: Language) -> str:
    """`text` with half-width letters and digits, as long as it is."""
    text = _POINT.sub(".", _WIDE_COMMA.sub(",", text)).translate(_NARROW)
    return _COMMA.sub(",", text) if language is JAPANESE else text


def _scanned(text: str, language: Language) -> Iterator[Figure]:
    rules = [(pattern, read) for pattern, read in _RULES
             if not isinstance(pattern, Rare) or pattern.may_be_in(text)]
    at = 0
    while start := _START.search(text, at):
        at = start.end()
        for pattern, read in rules:
            match = pattern.match(text, start.start())
            found = read(match, language) if match else None
            if match and found is not None:
                yield from found
                at = max([match.end(), *(one.end for one in found)])
                break
