"""Numerals as Chinese and Japanese write them, and what they are worth.

In: one numeral (`2,000万`, `1億5000万`, `二千三百`, `二〇二五`, `三点五`) and the language that it stands
in. Out: its exact value. Refuses with None what only looks like one (`七八`, `万一`).
"""

from __future__ import annotations

import re
from fractions import Fraction

from kb.languages import CHINESE, Language

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
           "九": 9}
_SMALL = {"十": 10, "廿": 20, "卅": 30, "百": 100, "千": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
HAN = "".join(_DIGITS)

# 千 of 千瓦, 兆 of 兆赫 are parts of a unit; 百 of 百分点 and 万 of 万一 are parts of a word.
_TEN = (r"(?:[十廿卅]|百(?!分[点點])|千(?![瓦米克伏赫焦卡帕])|[万萬](?!一(?![千百十万亿億]))|[亿億]"
        r"|兆(?![瓦赫欧帕焦字比位]))")
# Digits in groups of three, parted by commas or by spaces, or in one row.
_WESTERN = r"(?:\d{1,3}(?:,\d{3})+(?![\d])|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?![\d])|\d+)(?:\.\d+)?"
# With Western digits: 2000, 2000万, 2千万, 1億5,000万, 15万3,000, 2万5千, 1.5 亿. Not 2024十大: there 十
# begins a word.
_DIGIT = "[一二两三四五六七八九]"
WITH_DIGITS = (rf"(?:\d[十百]{_TEN}*|{_WESTERN}(?:[ ]?(?=[千万萬亿億兆]){_TEN}+)?)"
               rf"(?:(?<=[十百千万萬亿億兆])(?:\d,\d{{3}}|\d+(?:\.\d+)?|{_DIGIT}){_TEN}+)*"
               r"(?:(?<=[千万萬亿億兆])(?:\d,\d{3}|\d{1,4})(?![\d,.]))?")
# 三点五, but 五・四 is a day: with that dot, a unit has to follow.
IN_HAN = (rf"(?:[{HAN}]|{_TEN})+(?:点[{HAN}]+(?![分半钟鐘{HAN}])(?:{_TEN})*"
          rf"|・[{HAN}]+(?:{_TEN}+|(?=[%％割倍]|パーセント|ポイント)))?")
NUMERAL = rf"(?:{WITH_DIGITS}|{IN_HAN})"

_LONGEST = 40

_TOKEN = re.compile(rf"(?P<western>\d[\d, \u00a0\u2009\u202f]*(?:\.\d+)?)|(?P<digit>[{HAN}])"
                    r"|(?P<small>[十廿卅百千])|(?P<big>[万萬亿億兆])|(?P<space> )")
_POSITIONAL = re.compile(f"[{HAN.replace('两', '')}]+")
_WITH_POINT = re.compile(rf"(.+?)[点・]([{HAN}]+)([十百千万萬亿億兆]*)")


def worth(numeral: str, language: Language) -> Fraction | None:
    """The value of `numeral`, or None where it is none, or longer than any amount."""
    if len(numeral) > _LONGEST:
        return None
    if numeral[0] not in "0123456789":
        if match := _WITH_POINT.fullmatch(numeral):
            return _with_point(match, language)
        if len(numeral) > 1 and _POSITIONAL.fullmatch(numeral):
            return _positional(numeral)
    return _summed(numeral, language)


def _with_point(match: re.Match[str], language: Language) -> Fraction | None:
    """一点五亿: a decimal in Chinese characters."""
    whole, decimals, units = match.groups()
    if (value := worth(whole, language)) is None or "两" in decimals:
        return None
    value += Fraction(int(_western(decimals)), 10 ** len(decimals))
    for unit in units:
        value *= _SMALL.get(unit) or _BIG[unit]
    return value


def _positional(numeral: str) -> Fraction | None:
    """二〇二五: digit by digit. Two or three without a zero (七八个, 九一八) say something else."""
    if len(numeral) < 4 and not re.search("[〇零]", numeral[1:]):
        return None
    return Fraction(_western(numeral))


def _western(numeral: str) -> str:
    return "".join(str(_DIGITS[digit]) for digit in numeral)


class _Sum:
    """The parts of a numeral, as they are read: `parts` are done with, `section` is below the next 万 or 億,
    `digit` waits for its unit."""

    def __init__(self) -> None:
        self.parts: list[Fraction] = []
        self.section = Fraction(0)
        self.digit: Fraction | None = None
        self.unit = 0  # the last one
        self.is_zero = False  # whether a 零 stands before the digit
        self.smallest = 10**5  # of the section: 百 comes before 十

    def add_digit(self, value: Fraction) -> bool:
        if self.digit is not None:
            return False
        if value == 0 and self.unit:
            self.is_zero = True
        else:
            self.digit = value
        return True

    def times_small(self, unit: int) -> bool:
        if unit >= self.smallest:
            return False
        self.section += (1 if self.digit is None else self.digit) * unit
        self.digit, self.unit, self.smallest, self.is_zero = None, unit, unit, False
        return True

    def times_big(self, unit: int) -> bool:
        own = self.section + (self.digit or 0)
        while self.parts and self.parts[-1] < unit:
            own += self.parts.pop()  # 1万亿 is ten thousand times 亿
        self.parts.append((own or Fraction(1)) * unit)
        self.section, self.digit, self.unit, self.smallest = Fraction(0), None, unit, 10**5
        self.is_zero = False
        return True


def _summed(numeral: str, language: Language) -> Fraction | None:
    """二千三百万, 1億5000万, 2万5千: each digit times its unit."""
    found, last = _Sum(), ""
    for token in _TOKEN.finditer(numeral):
        kind, text = str(token.lastgroup), token.group()
        done = True
        if kind == "western":
            done = found.add_digit(Fraction(re.sub(r"[^\d.]", "", text)))
        elif kind == "digit":
            done = found.add_digit(Fraction(_DIGITS[text]))
        elif kind == "small":
            done = found.times_small(_SMALL[text])
        elif kind == "big":
            done = found.times_big(_BIG[text])
        if not done:
            return None
        last = kind
    rest = found.digit or Fraction(0)
    if last == "digit" and found.unit >= 100 and not found.is_zero and language is CHINESE:
        rest *= Fraction(found.unit, 10)  # 一万五 is fifteen thousand; in Japanese 百五 is 105
    return sum(found.parts, found.section + rest)
