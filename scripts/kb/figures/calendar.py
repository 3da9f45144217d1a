"""Dates and times: days of the month, months, years of an era, decades, hours and minutes.

In: a match in a text. Out: its figures: a year is a number, a day of a month one figure (`5-14`), a time with
minutes another (`10:30`). Refuses with None what is no date, which may still be a number.
"""

from __future__ import annotations

import re
from fractions import Fraction

from kb.figures.numerals import HAN, worth
from kb.figures.values import FIRM, SMALL, Figure, Rule, figure
from kb.languages import Language

_DAY = rf"(?:\d{{1,2}}|[{HAN}十]{{1,3}})"
_TO = r" ?(?:至|到|から|と|和|及び|及|、|[-–—―~〜～]) ?"
_END = rf"(?:[日号號](?![间間])|(?={_TO}{_DAY}[日号號](?![间間])))"
_ISO = re.compile(r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d)")
# 5月1日から30日以内 names one day.
_MONTH_DAY = re.compile(rf"(?P<m>{_DAY})月(?P<d>{_DAY}){_END}"
                        rf"(?P<more>(?:{_TO}{_DAY}{_END}(?!以内|以上|後))*)")
_SAME_MONTH = re.compile(rf"(?:同月|当月|同(?=\d)) ?(?P<d>{_DAY})[日号號](?![间間])")
_MONTH = re.compile(r"(?P<m>\d{1,2}|十[一二]?|[一二三四五六七八九])月")
_CLOCK = re.compile(rf"(?P<late>(?:下午|晚上|午後|夜) ?)?(?P<h>{_DAY})"
                    rf"(?:[时時点點](?:(?P<m>{_DAY})分|(?P<half>半))|[:：](?P<i>[0-5]\d)(?![\d:]))")
_LATE = re.compile(rf"(?:下午|晚上|午後|夜) ?(?P<h>{_DAY})[时時点點](?![间間])")
# What a date or time may begin with that is no number.
BEGINS = "令和|昭和|平成|大正|明治|民[国國]|光[绪緒]|宣[统統]|同治|咸[丰豊豐]|道光|乾隆|康熙|[同当上下晚午夜]"
SAME_MONTH = "?"
# The year before the first of each era.
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民国": 1911, "民國": 1911,
         "康熙": 1661, "乾隆": 1735, "道光": 1820, "咸丰": 1850, "咸豊": 1850, "咸豐": 1850, "同治": 1861,
         "光绪": 1874, "光緒": 1874, "宣统": 1908, "宣統": 1908}
_IN_ERA = rf"(?P<era>{'|'.join(_ERAS)}) ?(?P<n>元|\d{{1,3}}|[{HAN}十百]{{1,5}})"
_ERA = re.compile(rf"{_IN_ERA}(?:年度?|(?=[-~〜～、]))(?:\((?:西暦|公元)? ?(?P<y>\d{{4}})年?度?\))?")
_YEAR_AND_ERA = re.compile(rf"(?P<y>\d{{4}})年?度?\({_IN_ERA}年?度?\)(?:年度?)?")
_DECADE = re.compile(rf"(?:(?P<c>上|\d{{1,2}}|[{HAN}十]{{1,3}})世[纪紀]の?)?(?P<n>[1-9]0|[{HAN}][十〇])年代")
_QUARTER = re.compile(r"(?:第 ?)?(?P<n>[1-4]|[一二三四])(?:季度|四半期)")


def _number(words: str, language: Language) -> int | None:
    value = worth(words, language)
    return int(value) if value is not None and value.denominator == 1 else None


def _day(month: int | None, day: int | None) -> str | None:
    return f"{month}-{day}" if month in range(1, 13) and day in range(1, 32) else None


def _iso(match: re.Match[str], language: Language) -> list[Figure] | None:
    day = _day(int(match["m"]), int(match["d"]))
    return [figure(match, Fraction(match["y"])), figure(match, day)] if day else None


def _month_day(match: re.Match[str], language: Language) -> list[Figure] | None:
    """5月13日至15日 are two days of May."""
    month = _number(match["m"], language)
    days = [match["d"], *re.findall(_DAY, match["more"])]
    found = [_day(month, _number(day, language)) for day in days]
    return [figure(match, day) for day in found if day] if all(found) else None


def _same_month(match: re.Match[str], language: Language) -> list[Figure] | None:
    day = _number(match["d"], language)
    return [figure(match, f"{SAME_MONTH}-{day}")] if day in range(1, 32) else None


def resolved(found: list[Figure]) -> list[Figure]:
    """The same with its month for each 同月15日: that of the day or month before it."""
    month = SAME_MONTH
    for at, one in enumerate(found):
        if isinstance(one.value, str):
            own, _, day = one.value.partition("-")
            if day and own == SAME_MONTH:
                found[at] = one._replace(value=f"{month}-{day}")
            elif day and own.isdigit():
                month = own
        elif one.words.endswith("月"):
            month = str(one.value)
    return found


def _month(match: re.Match[str], language: Language) -> list[Figure] | None:
    month = _number(match["m"], language)
    weight = FIRM if match["m"].isascii() else SMALL  # 十月 may be part of a name
    return [figure(match, Fraction(month), weight)] if month and month < 13 else None


def _clock(match: re.Match[str], language: Language) -> list[Figure] | None:
    hour = _number(match["h"], language)
    minute = 30 if match["half"] else _number(match["m"] or match["i"], language)
    if hour is None or hour > 24 or minute is None or minute > 59:
        return None
    hour += 12 * (bool(match["late"]) and hour < 12)
    return [figure(match, f"{hour}:{minute:02}" if minute else Fraction(hour))]  # 20:00 is 20時


def _late(match: re.Match[str], language: Language) -> list[Figure] | None:
    """下午3点 is 15時."""
    hour = _number(match["h"], language)
    return [figure(match, Fraction(hour + 12))] if hour and hour < 12 else None


def _era(match: re.Match[str], language: Language) -> list[Figure] | None:
    """令和7年（2025年） says one year twice."""
    number = 1 if match["n"] == "元" else _number(match["n"], language)
    if not number:
        return None
    years = {_ERAS[match["era"]] + number, *([int(match["y"])] if match["y"] else ())}
    return [figure(match, Fraction(year)) for year in sorted(years)]


def _decade(match: re.Match[str], language: Language) -> list[Figure] | None:
    """上世纪八十年代 and 80年代 are 1980年代; 20年代 alone may be of either century."""
    decade = _number(match["n"], language)
    if decade is None or (decade < 30 and not match["c"]):
        return None
    century = 20 if match["c"] in (None, "上") else _number(match["c"], language)
    return [figure(match, Fraction(century * 100 - 100 + decade))] if century else None


def _quarter(match: re.Match[str], language: Language) -> list[Figure] | None:
    """二季度 is 第2四半期, of which 四 is no number."""
    number = _number(match["n"], language)
    return [figure(match, Fraction(number), SMALL)] if number else None


RULES: tuple[Rule, ...] = (
    (_ISO, _iso), (_YEAR_AND_ERA, _era), (_ERA, _era), (_MONTH_DAY, _month_day), (_SAME_MONTH, _same_month),
    (_MONTH, _month), (_CLOCK, _clock), (_LATE, _late), (_DECADE, _decade),
    (_QUARTER, _quarter),
)
