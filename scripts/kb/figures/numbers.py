"""Numbers, rates and shares by their value.

In: a match in a text. Out: its figures. Refuses with None what another rule may know better; with no figure
what only looks like a number.
"""

from __future__ import annotations

import re
from fractions import Fraction

from kb.figures.numerals import HAN, IN_HAN, NUMERAL, WITH_DIGITS, worth
from kb.figures.values import FAINT, FIRM, SMALL, Figure, Rare, Rule, figure
from kb.languages import CHINESE, Language

RAISED = "⁰¹²³⁴-⁹"
# What is counted: where a Chinese numeral below ten stands before it, it is a number. Not where the word goes
# on to mean something else (三人工智能, 一部分, 二次元).
_COUNTED = re.compile(
    r"个|個|項|项|条|條|[种種](?!族)|[类類](?!似)|つ|[点點](?!火|名|击|心|燃|出|明|头)|名(?!字|称|前|義|义)|位|家(?!族|庭|电|電)"
    r"|人(?!工|類|类|民|口)|社(?!会|會|交)|件|份|国(?!家|民|連|联|際|际|内|会|籍)|[かカヵヶケ箇](?:国|所|年|月|条|社)"
    r"|年|天|[週周](?!刊|围|囲|期)|[时時]|小[时時]|分[钟鐘間]|秒|回(?!避|收|应|答|復|复)|次(?!官|元|长|長|期|世代)|度(?!假)"
    r"|届|期|批(?!判|評|准)|[轮輪](?!車|车|胎)|[层層]|[级級]|代(?!表|理|わ|替|码)|倍|重(?!大|要|視|视|点|慶|庆|新|复|複)"
    r"|章|[节節]|款|[号號]|段|篇|部(?!分|[门門]|[长長]|署|[队隊])|文字|字|枚|台(?![湾灣])|架|艘|[颗顆]|座|所(?!有|謂|谓|以)"
    r"|[处処]|[页頁]|方面|分野|[步歩]|元(?!首|素|年)|美元|円|ドル|ユーロ|[欧歐]元|[吨噸]|トン|公里|キロ|メートル|公斤|[阶階]"
    rf"|者|番目|[词詞語](?!彙|学)|大(?![学學幅量臣統统会使陆陸型规規家人多半])|是(?=[^非])|(?=(?:至|到|[-~～〜—])[{HAN}十])")
_WEEKDAY = re.compile("(?:[周週]|星期|礼拜)$")
_WORDS = re.compile("五十音|三十六[计計]|五卅|八百[屋長长]|十二支|五十[步歩]|百[万萬]富翁|千一夜")
_VAGUE_BEFORE = re.compile(r"[几幾数數何]$")
_VAGUE_AFTER = re.compile(r"[几幾]|[数數](?![据値值字量学學目])")
_NOT_TEN = re.compile("分(?![钟鐘間])|字|足|全")

_RATE = Rare(rf"(?P<n>{NUMERAL}) ?(?:(?P<mille>‰|パーミル)"
             r"|(?P<basis>[个個]?基[点點]|ベーシスポイント|bps?(?![a-z]))"
             r"|[%％](?:ポイント)?|パーセント(?:ポイント)?|[个個]?百分[点點]|ポイント)",
             signs="[‰%％]|パーミル|基[点點]|bp|パーセント|百分[点點]|ポイント")
_IN_TENTHS = "割(?!合)|成(?![立员員为本果功就长長熟りる分])"
_TENTHS = Rare(rf"(?P<n>\d+(?:\.\d+)?|[{HAN}])(?P<unit>{_IN_TENTHS})"
               rf"(?:(?P<b>\d|[{HAN}])(?:分|(?<=成.)(?!{NUMERAL}|{_COUNTED.pattern})))?"
               rf"(?:(?P<c>\d|[{HAN}])厘)?(?P<half>半)?", signs=rf"[\d{HAN}](?:{_IN_TENTHS})")
_REDUCED = re.compile(rf"(?<!波)(?P<n>[1-9](?:\.?\d)?|[{HAN}]{{1,2}})折(?![叠疊扇屏返磨旧舊射算腾騰断斷八])")
_APART = re.compile(rf"(?<![{HAN}])(?P<less>[一二两三四五六七八])、?(?P<more>[二三四五六七八九])"
                    r"(?P<unit>[十百千万萬亿億]+)")
_SHARE = Rare(rf"(?P<whole>{NUMERAL}) ?分(?:之|の) ?(?P<part>{NUMERAL})", signs="分[之の]")
_SLASH = re.compile(r"(?P<part>\d{1,3})/(?P<whole>\d{1,3})(?![\d/])")
_PLAN = re.compile(r"十(?P<n>[一二三四五])五(?=[”」规規计計时時期])")
_GROUP = re.compile(rf"(?P<n>\d{{1,2}}|[{HAN}十]{{1,3}})国集[团團]")
_NUMBER = re.compile(
    rf"(?P<ordinal>第 ?)?(?P<n>{WITH_DIGITS}|{IN_HAN})"
    r"(?: ?(?P<english>thousand|million|billion|trillion)(?![A-Za-z])|(?P<unit>[A-Za-z]{2,}))?")
_HALF = re.compile(r"[个個]半|(?:年|[ヶかカヵ箇]月|倍|天|日|時間|小[时時]|[周週]間?)半(?![ば导導])")
_HALF_ALONE = re.compile(
    r"(?<![上下前后後大多过過])半(?=年(?!代|度)|[个個]月|[かカヶヵ]月|天|日(?!本)|小[时時]|時間)")
_RAISED = re.compile(f"[{RAISED}]+")
_ENGLISH = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def _rate(match: re.Match[str], language: Language) -> list[Figure] | None:
    value = worth(match["n"], language)
    whole = 1000 if match["mille"] else 10_000 if match["basis"] else 100
    return None if value is None else [figure(match, value / whole)]


def _tenths(match: re.Match[str], language: Language) -> list[Figure] | None:
    """三割五分 in Japanese, 三成半 in Chinese."""
    if match["unit"] != ("成" if language is CHINESE else "割"):
        return None
    tenths = worth(match["n"], language)
    if tenths is None:
        return None
    value = tenths / 10 + Fraction(bool(match["half"]), 20)
    for part, size in ((match["b"], 100), (match["c"], 1000)):
        value += (worth(part, language) or Fraction(0)) / size if part else Fraction(0)
    return [figure(match, value)]


def _reduced(match: re.Match[str], language: Language) -> list[Figure] | None:
    """七折 is what is left of the price, and 3割引 what is taken off: this is the figure of both."""
    digits = "".join(str(worth(one, language)) for one in match["n"].replace(".", ""))
    return [figure(match, 1 - Fraction(int(digits), 10 ** len(digits)))] if language is CHINESE else None


def _apart(match: re.Match[str], language: Language) -> list[Figure] | None:
    """二三十人 is 20～30人."""
    ends = [worth(match[end] + match["unit"], language) for end in ("less", "more")]
    digits = [worth(match[end], language) for end in ("less", "more")]
    if None in (*ends, *digits) or digits[1] != digits[0] + 1:  # type: ignore[operator]
        return None
    return [figure(match, end) for end in ends if end]


def _share(match: re.Match[str], language: Language) -> list[Figure] | None:
    whole, part = worth(match["whole"], language), worth(match["part"], language)
    return [figure(match, part / whole)] if whole and part is not None else None


def _slash(match: re.Match[str], language: Language) -> list[Figure] | None:
    return [figure(match, Fraction(int(match["part"]), whole))] if (whole := int(match["whole"])) else None


def _plan(match: re.Match[str], language: Language) -> list[Figure] | None:
    """“十四五”规划 is 第14次5カ年計画."""
    number = worth(match["n"], language)
    return [figure(match, 10 + number), figure(match, Fraction(5), SMALL)] if number else None


def _group(match: re.Match[str], language: Language) -> list[Figure] | None:
    """七国集团 is G7."""
    number = worth(match["n"], language)
    return [figure(match, f"g{number}")] if number else None


def _half(match: re.Match[str], language: Language) -> list[Figure]:
    """半日 is half a day; 半年 is 6か月, as it may be written in either language."""
    if match.string.startswith("年", match.end()):
        return [Figure(Fraction(6), match.group(), match.start(), match.end() + 1, SMALL)]
    return [figure(match, Fraction(1, 2), SMALL)]


def _raised(match: re.Match[str], language: Language) -> list[Figure]:
    """The 26 of 10²⁶, which others write as 10の26乗."""
    value = Fraction(match.group().translate(_DIGITS))
    return [figure(match, value, FIRM if value >= 10 else SMALL)]


def _number(match: re.Match[str], language: Language) -> list[Figure] | None:
    text, numeral = match.string, match["n"]
    value, weight, end = worth(numeral, language), _weight(match), match.end()
    if value is None or weight is None or _is_vague(match, language) or _WORDS.match(text, match.start("n")):
        return []
    if text.startswith("半", match.end("n")) and numeral[-1] in _BIG:
        value, end = value + Fraction(_BIG[numeral[-1]], 2), match.end("n") + 1  # 2万半
    elif half := _HALF.match(text, match.end("n")):
        value, end = value + Fraction(1, 2), half.end()  # 一年半
    elif counted := _COUNTED.match(text, end):
        end = counted.end()  # who reads of it wants to see what is counted
    value *= _ENGLISH.get(match["english"], 1)
    if value.denominator > 1 or (value >= 10 and weight == SMALL and numeral != "十"):
        weight = FIRM
    elif value == 1 and not match["ordinal"]:
        weight = FAINT  # 一 is an article, too
    return [Figure(value, text[match.start() : end], match.start(), end, weight,
                   (match["unit"] or "").lower(), _is_ordinal(match))]


def _weight(match: re.Match[str]) -> int | None:
    """How sure a number is; None where it is a word. What is below ten is settled by its value."""
    numeral, text, end = match["n"], match.string, match.end("n")
    if numeral[0].isdigit() and numeral[0].isascii():
        return SMALL
    is_counted = bool(_COUNTED.match(text, end)) or _is_enumerator(match) or (
        text[end : end + 1] in tuple("余餘多"))
    if len(numeral) == 1 and numeral in HAN + "十":
        if match["ordinal"]:
            return SMALL
        is_word = _WEEKDAY.search(text[max(0, match.start() - 2) : match.start()]) or (
            numeral == "十" and _NOT_TEN.match(text, end))
        return SMALL if is_counted and not is_word else None
    if numeral[0] in "百千万萬亿億兆":
        return FAINT if is_counted else None  # 百年, 千万
    return SMALL


def _is_enumerator(match: re.Match[str]) -> bool:
    """一、 or （一） before the words of a paragraph."""
    before, after = match.string[: match.start()], match.string[match.end("n") :][:1]
    return (not before and after in ("、", ".", "．")) or (before == "(" and after == ")")


def _is_vague(match: re.Match[str], language: Language) -> bool:
    """几十, 数十, 十几, 10数社; not 总数2000."""
    text, numeral, end = match.string, match["n"], match.end("n")
    if _VAGUE_AFTER.match(text, end) and not (
            language is CHINESE and numeral[0].isdigit() and text[end] in "数數" and numeral.isascii()):
        return True
    before = text[max(0, match.start() - 2) : match.start()]
    if not _VAGUE_BEFORE.search(before) or match["ordinal"]:
        return False
    if numeral[0].isascii():
        return bool(re.fullmatch("10*[十百千万億兆亿]*", numeral)) and (
            before[-1] not in "数數" or not re.match("[\u4e00-\u9fff]", before[:-1]))
    return numeral[0] in "十百千万萬亿億兆"


def _is_ordinal(match: re.Match[str]) -> bool:
    """第3条, 3番目, 3つ目, and what begins a paragraph as its number."""
    return bool(match["ordinal"]) or _is_enumerator(match) or bool(
        re.match("番目?|[つ回件人]目|是(?=[^非])", match.string[match.end("n") :][:2]))


RULES: tuple[Rule, ...] = (
    (_PLAN, _plan), (_GROUP, _group), (_REDUCED, _reduced), (_APART, _apart),
    (_SHARE, _share), (_RATE, _rate), (_TENTHS, _tenths), (_SLASH, _slash),
    (_HALF_ALONE, _half), (_RAISED, _raised), (_NUMBER, _number),
)
