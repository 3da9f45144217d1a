"""Where a heading may end a line: between words, in languages that have no spaces.

In: a heading or title, and the tag of its language. Out: its phrases, which together are the text; or HTML
with a `<wbr>` between them, in an element of the class `kb-words`, whose style sheet allows a line to end
nowhere else (jlreq 4.1.6; the browsers' own `auto-phrase` is Chromium's alone, and knows Japanese only).
Chinese words are those of a dictionary (rjieba), Japanese phrases those of a trained model (BudouX). A
heading that fits any line has one phrase. Refuses nothing.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from kb import english
from kb.characters import HAN, KATAKANA, LATIN
from kb.languages import CHINESE

CLASS = "kb-words"
_SHORT = 8  # characters: in the narrowest window two headings of this length would stand on one line
_LONG = 12  # characters: a title of more has no room on a line of a phone's window
# Where a Japanese phrase that no line has room for is parted: between a name in katakana and kanji.
_COMPOUND = re.compile(f"(?<=[{HAN}])(?=[{KATAKANA}ー]{{3}})|(?<=[{KATAKANA}ー]{{3}})(?=[{HAN}]{{2}})")
_LATIN = re.compile(f"[{LATIN}0-9%.]")
# One character that belongs to what follows; any other, as a suffix, to what stands before it.
_AHEAD = frozenset("与和及或并对在从向以为不被把将由就也又再可未无非各每第该这那是谈论关按据经因")
_OPENING = frozenset("“‘（「『《〈〔［【(")
# What the model parts from the particle before it, and nobody else would: 「…に│ついて」.
_PARTICLE = re.compile("^(?:ついて|つき|おけ|おい|よる|より|よって|とって|関|対|して|いう|わた|とも)")
_CLOSING = "”’）」』》〉〕］】)"
_QUOTED = 9  # characters, with both marks
_NUMERAL = re.compile(r"^[0-9０-９一二三四五六七八九十百千万两]+$")


def marked(text: str, tag: str) -> str:
    """`text`, which is no markup, as HTML with its English passages marked, and the places where a line of it
    may end."""
    found = phrases(text, tag)
    if len(found) < 2:
        return english.marked(text)
    return f'<span class="{CLASS}">{"<wbr>".join(map(english.marked, found))}</span>'


@lru_cache(maxsize=4096)
def phrases(text: str, tag: str) -> tuple[str, ...]:
    """The phrases of `text`, none of them empty, in order."""
    if len(text) < _SHORT:
        return (text,)
    words = _chinese(text) if tag == CHINESE.tag else _japanese().parse(text)
    found: list[str] = []
    for word in words:
        if found and _is_joined(found[-1], word):
            found[-1] += word
        else:
            found.append(word)
    return tuple(part for phrase in found
                 for part in (_COMPOUND.split(phrase) if len(phrase) > _LONG else [phrase]))


def _is_joined(before: str, word: str) -> bool:
    """Whether no line may end between what stands before a word and the word."""
    # A few words in quotation marks or brackets are read as one.
    opened = max(map(before.rfind, _OPENING))
    if opened > max(map(before.rfind, _CLOSING)) and len(before) - opened + len(word) <= _QUOTED:
        return True
    if before[-1] in "にとを" and len(before) > 1 and _PARTICLE.match(word):
        return True
    if before[-1] in _OPENING or not (word[0].isalnum() or word[0] in _OPENING):
        return True
    # A run of Latin words and figures has spaces of its own.
    return bool(_LATIN.match(before[-1]) or before[-1].isspace()) and bool(_LATIN.match(word[0]))


def _chinese(text: str) -> list[str]:
    found: list[str] = []
    is_waiting = False  # whether what was found last belongs to what follows
    for word in _jieba().cut(text, False):
        is_alone = len(word) == 1 and word.isalnum() and not _LATIN.match(word)
        is_suffix = is_alone and word not in _AHEAD
        if found and (is_waiting or (is_suffix and (found[-1][-1].isalnum() or found[-1][-1] in _CLOSING))):
            found[-1] += word
        else:
            found.append(word)
        is_waiting = (is_alone and word in _AHEAD) or bool(_NUMERAL.match(word))
    return found


def load() -> None:
    """Read the dictionary and the model now: who asks for phrases later does not wait for them."""
    _jieba()
    _japanese()


@cache
def _jieba() -> Any:
    import rjieba  # when it is first needed: it reads its dictionary

    return rjieba


@cache
def _japanese() -> Any:
    import budoux

    return budoux.load_default_japanese_parser()
