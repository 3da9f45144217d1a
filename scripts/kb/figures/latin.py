"""Names that hold digits: sections of laws, codes, versions, models. They are compared as they are written.

In: a match in a text. Out: its figures. What stands in an address is none.
"""

from __future__ import annotations

import re
from fractions import Fraction

from kb.figures.values import FIRM, SMALL, Figure, Rule, figure
from kb.languages import Language

_ADDRESS = re.compile(r"[a-z]+://[!-~]+", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:No|Nos|Vol|pp?|Art|Sec|Para)\. ?(?=\d)|§+ ?", re.IGNORECASE)
_QUARTER = re.compile(r"Q(?P<n>[1-4])(?![A-Za-z0-9])")
_WORD = re.compile(r"[A-Za-z]+(?:[-_./]?[A-Za-z0-9]+)*")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_PART = re.compile("第 ?(?P<n>[IVXLC]+)(?=[卷巻章条條部编編节節])")
_BRACKETS = r"(?: ?\((?:[a-z]|[ivx]{2,4}|[A-Z]|\d{1,3})\))+"
_SECTION = re.compile(rf"(?:第 ?)?(?:\d+[A-Za-z]?(?:\.\d+)*[条條]?{_BRACKETS}|\d+(?:\.\d+){{2,}})")
# 3A090, 4A090.a, 2024H1; 910B, 5G. 10x is ten times.
_CODE = re.compile(
    r"(?:第 ?)?(?:\d+[A-Za-z]+\d[A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*|\d+(?![Xx])[A-Za-z](?![A-Za-z0-9]))")
_DECIMAL = re.compile(r"(?:第 ?)?\d+\.\d+(?![\d万亿億兆千百%％倍])")
_NAMED_BEFORE = re.compile(r"[A-Za-z§] ?$")
_NAMED_AFTER = re.compile("[条條节節款]")


def _nothing(match: re.Match[str], language: Language) -> list[Figure]:
    return []


def _quarter(match: re.Match[str], language: Language) -> list[Figure]:
    return [figure(match, Fraction(match["n"]), SMALL)._replace(is_ordinal=True)]


def _name(match: re.Match[str], language: Language) -> list[Figure]:
    """GPT-4 and gpt4 are one name; a word without digits is none."""
    name = re.sub("[-_ 第]", "", match.group()).lower()
    return [figure(match, name)] if re.search(r"\d", name) else []


def _section(match: re.Match[str], language: Language) -> list[Figure]:
    return [figure(match, _bare(match))]


def _roman(match: re.Match[str], language: Language) -> list[Figure]:
    """第X卷 is 第10巻."""
    digits = [_ROMAN[letter] for letter in match["n"]]
    value = sum(-one if one < max(digits[at:]) else one for at, one in enumerate(digits))
    return [figure(match, Fraction(value), FIRM if value >= 10 else SMALL)._replace(is_ordinal=True)]


def _decimal(match: re.Match[str], language: Language) -> list[Figure] | None:
    """Of a section or a version, 744.20 is not 744.2."""
    before = match.string[max(0, match.start() - 2) : match.start()]
    is_named = match.group().startswith("第") or _NAMED_BEFORE.search(before)
    if is_named or _NAMED_AFTER.match(match.string, match.end()):
        return [figure(match, _bare(match))]
    return None


def _bare(match: re.Match[str]) -> str:
    return re.sub("[ 第条條]", "", match.group())


RULES: tuple[Rule, ...] = (
    (_ADDRESS, _nothing), (_NUMBERED, _nothing), (_QUARTER, _quarter), (_ROMAN_PART, _roman), (_WORD, _name),
    (_SECTION, _section), (_CODE, _name), (_DECIMAL, _decimal),
)
