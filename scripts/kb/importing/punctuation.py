"""Full-width punctuation where it was made half-width: what a machine can tell without knowing the words.

In: a text and its language; whether it is an original. Out: the text with the signs of its language
beside Chinese and Japanese characters. Brackets that belong to Latin words or to a paragraph of a statute
keep their width, as `kb.characters` judges. In an original only the width of a sign is changed, which a
collation counts as normalised; in a translation the comma becomes the one of its language, and straight
quotation marks the brackets of its language, which are emendations to be declared. Refuses nothing."""

from __future__ import annotations

import re

from kb.characters import CJK, half_width_punctuation, narrow_brackets, wide_stops
from kb.languages import JAPANESE, Language

_WIDE = str.maketrans(",:;?!()", "，：；？！（）")
_SIGN = re.compile(rf"(?<=[{CJK}”’])[,:;?!]|[,:;?!](?=[{CJK}“‘])")
_NARROW = re.compile(
    rf"(?<=[{CJK}])[ ]+(?=[，：；？！（）、。「」])|(?<=[，：；？！（）、。「」])[ ]+(?=[{CJK}])"
)
# Printed pages part a sign from its neighbours where its font changes.
_APART = re.compile(rf"(?<=[{CJK}])[ ]+(?=[,:;?!()])|(?<=[,:;?!()])[ ]+(?=[{CJK}])")
_QUOTED = {"zh-Hans": "“”", "ja": "「」"}


def set_(text: str, language: Language, *, is_original: bool) -> str:
    """`text` with full-width signs. Signs of one pair of brackets have one width."""
    text = _stopped(_APART.sub("", text))
    before = ""
    while before != text:  # a sign beside one that has become wide is wide
        before = text
        text = _signs(_brackets(text))
    if language is JAPANESE and not is_original:
        text = re.sub(rf"(?<=[{CJK}])，|，(?=[{CJK}])", "、", text)
    if not is_original:
        text = _quoted(text, language)
    return _NARROW.sub("", text)


def _stopped(text: str) -> str:
    """With full-width full stops, which have no space behind them."""
    made = wide_stops(text)
    ends = [at + 1 for at, (one, other) in enumerate(zip(text, made, strict=True)) if one != other]
    for at in reversed(ends):
        made = made[:at] + made[at:].lstrip(" ")
    return made


def is_set(text: str) -> bool:
    """Whether no sign is left that a check would find."""
    return not half_width_punctuation(text)


def _signs(text: str) -> str:
    kept = narrow_brackets(text)
    return _SIGN.sub(lambda one: one[0] if one.start() in kept else one[0].translate(_WIDE), text)


def _brackets(text: str) -> str:
    """Pairs of brackets of which one touches, or which hold, a Chinese or Japanese character."""
    kept, open_, wide = narrow_brackets(text), list[int](), set[int]()
    for at, one in enumerate(text):
        if at in kept:
            continue
        if one in "(（":
            open_.append(at)
        elif one in ")）" and open_:
            start = open_.pop()
            inside, beside = text[start + 1 : at], text[max(0, start - 1) : start] + text[at + 1 : at + 2]
            if re.search(f"[{CJK}]", inside + beside):
                wide.update((start, at))
    # What has no counterpart is as wide as its neighbour.
    lone = {
        at
        for at, one in enumerate(text)
        if one in "()"
        and at not in kept
        and re.search(f"[{CJK}]", text[max(0, at - 1) : at] + text[at + 1 : at + 2])
    }
    return "".join(one.translate(_WIDE) if at in wide or at in lone else one for at, one in enumerate(text))


def _quoted(text: str, language: Language) -> str:
    """Straight quotation marks in pairs around, or beside, Chinese or Japanese."""
    if text.count('"') % 2:
        return text
    marks = _QUOTED[language.tag]
    return re.sub(
        rf'"([^"]*[{CJK}][^"]*)"|(?<=[{CJK}])"([^"]+)"|"([^"]+)"(?=[{CJK}])',
        lambda one: f"{marks[0]}{next(filter(None, one.groups()), '')}{marks[1]}",
        text,
    )
