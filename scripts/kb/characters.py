"""Classes of characters, by the properties of the Unicode standard, and what follows from them.

In: plain strings. Out: whether a character belongs to a class, where a text holds what nobody can
see, what stands for a line break, which wordings are the same. Each class is also given (`CJK`, `LATIN`,
…) as the inside of a `re` character class, so that no other module writes down ranges of its own. Knows
nothing of files or pages, and refuses nothing itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from kb import properties

HAN, KANA, KATAKANA, HANGUL = properties.HAN, properties.KANA, properties.KATAKANA, properties.HANGUL
CJK, LATIN, IGNORABLE = properties.CJK, properties.LATIN, properties.IGNORABLE
# Which form of the character before them is meant.
VARIATION = "\ufe00-\ufe0f\U000e0100-\U000e01ef"

_KATAKANA = re.compile(f"[{KATAKANA}]+")
_CJK, _LATIN = re.compile(f"[{CJK}]"), re.compile(f"[{LATIN}]")


@cache
def _any_of(characters: str) -> re.Pattern[str]:
    """Made when it is first asked for: a class of many characters takes as long as a page to read."""
    return re.compile(f"[{characters}]")


def is_han(character: str) -> bool:
    return bool(_any_of(HAN).fullmatch(character))


def is_kana(character: str) -> bool:
    return bool(_any_of(KANA).fullmatch(character))


def is_hangul(character: str) -> bool:
    return bool(_any_of(HANGUL).fullmatch(character))


def is_cjk(character: str) -> bool:
    """Whether it is Chinese or Japanese, their punctuation and full-width forms among them."""
    return bool(_CJK.fullmatch(character))


def is_latin(character: str) -> bool:
    """Whether it is a letter of a Latin word, or a mark on one."""
    return bool(_LATIN.fullmatch(character))


# --- names ----------------------------------------------------------------------------------------

_SCRIPTS = ("DIGIT ", "CJK ", "HIRAGANA ", "KATAKANA", "HANGUL SYLLABLE", "IDEOGRAPHIC ", "BOPOMOFO ")
# Signs that are taken for a hyphen, slash, dot, colon, comma or quotation mark.
_LIKE_ASCII = frozenset("‐‑‒−∕⁄⧵／＼∶․．‚ʹʼ′‹›∗⁎\u2800")


def is_nameable(character: str) -> bool:
    """Whether a character of a name in NFC, of a file or a host, is of the scripts that the site is written
    in, in its usual form: letters of others look like these (Cyrillic а), and so do forms for compatibility,
    and loose marks."""
    if unicodedata.category(character).startswith("M"):
        return character in "\u3099\u309a"  # on kana
    if not character.isalnum():
        return character not in _LIKE_ASCII
    if unicodedata.normalize("NFKC", character) != character:
        return False
    name = unicodedata.name(character, "")
    if name.startswith("LATIN "):
        return unicodedata.normalize("NFD", character)[0].isascii() or character in "ßæœøđłþðÆŒØĐŁÞÐ"
    return name.startswith(_SCRIPTS)


# --- line breaks and white space -----------------------------------------------------------------

# What both Chinese and English set: which of them it is tells the character beyond it.
_SHARED = "“”‘’…—·"
_FORM = re.compile(f"[{VARIATION}]+$")
# A space that does not stand between two words or numbers of a script that parts them with spaces.
_MEANINGLESS = re.compile(rf"(?<!(?![{CJK}])[\w{LATIN}.']) | (?!(?![{CJK}])[\w{LATIN}])")


def break_between(before: str, after: str) -> str:
    """What a line break stands for between two texts: nothing beside Chinese or Japanese, else a space
    (CSS Text Module Level 3, section 4.1.3, but for one side being enough). Hangul keeps its space."""
    if not before or not after:
        return ""
    before, after = before.rstrip(_SHARED), after.lstrip(_SHARED)
    before = _FORM.sub("", before)  # a variation selector has the class of what it varies
    return "" if is_cjk(before[-1:]) or is_cjk(after[:1]) else " "


def solid(text: str) -> str:
    """`text` without white space, but for one space between two words or numbers of a script that parts
    its words: Latin and Hangul do."""
    return _MEANINGLESS.sub("", " ".join(text.split()))


_LINE_BREAKS = re.compile(r"[ \t]*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+[ \t]*")


def one_line(text: str) -> str:
    """`text` without line breaks, as names and titles are: in a file of lines it would begin an entry."""
    return _LINE_BREAKS.sub(" ", text).strip()


@lru_cache(8192)  # each paragraph is asked about several times
def comparable(text: str) -> str:
    """`text` in NFKC, with full-width full stops, without the white space that means nothing: what must be
    equal for two wordings to be the same."""
    return solid(wide_stops(unicodedata.normalize("NFKC", text)))


def likeness(one: str, other: str, *, sizes: tuple[int, ...] = (2,)) -> float:
    """How much two texts share, from 0 to 1: Dice's coefficient of their runs of characters, which are
    of these `sizes`."""
    first, second = _runs(one, sizes), _runs(other, sizes)
    if not first and not second:
        return float(one == other)
    return 2 * len(first & second) / (len(first) + len(second))


@lru_cache(1 << 14)  # an alignment asks for the same texts again and again
def _runs(text: str, sizes: tuple[int, ...]) -> frozenset[str]:
    return frozenset(text[at : at + size] for size in sizes for at in range(len(text) - size + 1))


def columns(text: str) -> int:
    """How many columns `text` takes on a terminal: two for what is wide (Unicode Standard Annex 11), none for
    what stands on the character before it."""
    return sum(0 if unicodedata.category(one) in ("Mn", "Me", "Cf") else
               2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


# --- what each language is written in ------------------------------------------------------------

_HALF_WIDTH = re.compile(f"(?<=[{CJK}])[,:;?!()]|[,:;?!()](?=[{CJK}])")
# Brackets that belong to Latin words or name a paragraph of a statute keep their width whatever
# stands beside them: 736.2(b)(10)条, 第553条(b).
_LATIN_BRACKETS = re.compile(r"(?<=[!-~])[ ]?\([ -'*-~]*\)|\((?:[a-z0-9]{1,3}|[A-Z])\)")


def narrow_brackets(text: str) -> frozenset[int]:
    """The offsets of brackets that keep their width, and of what is in them."""
    return frozenset(at for one in _LATIN_BRACKETS.finditer(text) for at in range(one.start(), one.end()))


# A point behind Chinese or Japanese that ends a sentence: what follows it is Chinese or Japanese too, or
# nothing, or stands apart. No point of an ellipsis, of a number, of a name of a file or of a host.
_STOP = re.compile(rf"(?<=[{HAN}{KANA}”’」』）])[.．](?=\s*(?:[{HAN}{KANA}“‘「『（”’」』）]|$)|\s+\w)")
# What counts a line where it begins (一. 乙. ア.), or stands in an address, before a point.
_COUNTS = re.compile(
    r"[ \t\u3000>]*(?:第?[〇零一二三四五六七八九十百]{1,4}|[ア-ン]|[甲乙丙丁戊己庚辛壬癸]|[（(]\w{1,2}[）)])")
_ADDRESS = re.compile(r"(?:://|www\.|@)[^\s，。；：、]*$", re.IGNORECASE)
# Two characters of a foreign name on each side of a point that parts its given and its family name: those
# that Chinese writes such names with, and katakana.
_NAMING = frozenset(
    "阿埃艾安昂奥巴班邦保鲍贝本比彼宾波伯勃博布查茨达戴丹当道德登邓迪蒂丁东杜多厄尔法凡菲费芬弗夫福富盖甘冈高"
    "戈格根古瓜哈海汉豪赫黑亨胡华霍基吉加贾杰捷金卡凯坎康考柯科克肯库奎昆拉莱赖兰朗劳勒雷黎里理利莉连列林琳卢"
    "鲁路伦罗洛吕马麦曼梅门蒙米密明摩莫默姆穆纳娜南内尼妮努诺欧帕潘庞佩彭皮平珀普奇齐乔切琼丘让热日荣瑞萨塞赛"
    "桑沙莎山尚舍申圣施史士斯丝苏孙索塔泰坦汤唐特滕廷图托瓦万旺威韦维魏温文翁沃乌武西希锡夏香肖谢辛欣休许雪雅"
    "亚延扬耶叶伊因英尤雨约泽扎詹珍朱兹佐翰逊顿")


def stops(text: str) -> tuple[int, ...]:
    """The offsets of half-width points that stand for the full stop 。 of Chinese or Japanese."""
    if "." not in text and "．" not in text:
        return ()
    return tuple(match.start() for match in _STOP.finditer(text) if not _is_other_point(text, match.start()))


def _is_other_point(text: str, at: int) -> bool:
    if text[at + 1 : at + 2] in (".", "．") or _COUNTS.fullmatch(text, 0, at) or _ADDRESS.search(text, 0, at):
        return True
    beside = text[max(0, at - 2) : at] + text[at + 1 : at + 3]
    return len(beside) == 4 and (all(one in _NAMING for one in beside)
                                 or bool(_KATAKANA.fullmatch(beside[1:3])))


def wide_stops(text: str) -> str:
    """`text`, as long as it was, with 。 for each of these points."""
    found = stops(text)
    return "".join("。" if at in found else one for at, one in enumerate(text)) if found else text


def half_width_punctuation(text: str) -> tuple[str, ...]:
    """Half-width punctuation that touches a Chinese or Japanese character, each with the
    characters around it. Brackets that belong to Latin words are left alone."""
    kept = narrow_brackets(text)
    found = {match.start() for match in _HALF_WIDTH.finditer(text)} - kept
    found.update(at for at in stops(text) if text[at] == ".")
    return tuple(text[max(0, at - 3) : at + 4] for at in sorted(found))


def chinese_only(text: str) -> str:
    """The characters of `text` that Chinese has and Japanese does not, in order, each once.

    A character counts when GB 2312 (the Chinese national standard) has it and JIS X 0208 (the
    Japanese one, as Shift_JIS) does not: 华 and 们 count, 華 and 門 do not.
    """
    return "".join(dict.fromkeys(_chinese_only().findall(text)))


@cache
def _chinese_only() -> re.Pattern[str]:
    chinese = "".join(
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)
    )
    return re.compile("[" + "".join(c for c in chinese if not c.encode("shift_jis", "ignore")) + "]")


# --- what cannot be seen or carried --------------------------------------------------------------

_HIDDEN = re.compile(f"[{properties.HIDDEN}]")
@cache
def _seen_or_hidden() -> re.Pattern[str]:
    """A picture made of several; a form of a picture or of an ideograph; a number on a key; the flags of
    parts of a country, of which England, Scotland and Wales are all that Unicode recommends."""
    one = f"[{properties.PICTURE}][\ufe0f\U0001f3fb-\U0001f3ff]?"
    flags = "|".join("\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in name) + "\U000e007f"
                     for name in ("gbeng", "gbsct", "gbwls"))
    return re.compile(
        f"{one}(?:\u200d{one})+|[{properties.EMOJI}][\ufe0e\ufe0f]|[0-9#*]\ufe0f\u20e3|{flags}"
        f"|[{HAN}][\ufe00-\ufe02\U000e0100-\U000e01ef]|[{properties.JOINING}][\u200c\u200d]"
        f"|(?P<hidden>[{properties.HIDDEN}])")


def unseen(text: str) -> Iterator[int]:
    """Where `text` holds a character that cannot be seen or carried: what no XML can hold, what shows
    nothing, and what changes how others are shown. Variation selectors and joiners are left alone where
    they have something to vary or join."""
    if _HIDDEN.search(text):  # hardly any text: the other search asks each character seven questions
        for match in _seen_or_hidden().finditer(text):
            if match["hidden"]:
                yield match.start()


def name_of(character: str) -> str:
    """As in `U+200B ZERO WIDTH SPACE`; what has no name is called by what it is."""
    kind = {"Cc": "a control character", "Co": "a character for private use", "Cs": "half a character",
            "Cn": "no character"}.get(unicodedata.category(character), "")
    return f"U+{ord(character):04X} {unicodedata.name(character, kind)}".rstrip()
