"""Which spellings the search treats as equal.

In: any text. Out: the same text folded: without what is ignorable by default (variation selectors,
zero-width spaces, soft hyphens, joiners), in NFKC (Unicode Standard Annex 15), with the twins of
character tables joined, then each code point in lower case, then each Chinese character as the first of
its class of variants, then every run of white space as one space, none at the ends. 々 and ー stay;
half-width kana and separate voiced marks are composed by NFKC. `theme/assets/kb/folding.js` folds a
reader's query by the same rule, with the same table of variants.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

from kb.characters import IGNORABLE, LATIN
from kb.variants import variants

# What one vendor's table of Shift_JIS makes of a character and another's does not: 〜 is ～, − is －, ∥
# is ‖ and ― is —, after NFKC; and what tables of GB 2312 do, where · is ・. The other twins (¢￠, £￡,
# ¬￢, ･・) are NFKC's.
TWINS = str.maketrans({"〜": "~", "−": "-", "∥": "‖", "―": "—", "·": "・"})
_IGNORABLE = re.compile(f"[{IGNORABLE}]")
# A letter that ends no two letters: twice as fast as looking back from every place of a text.
_WORD_START = re.compile(f"[{LATIN}](?<![{LATIN}]{{2}})")
# What may combine with the character before it: combining marks, half-width voiced marks, and the
# vowels and finals of Hangul in every form.
_COMBINING = re.compile("[\u0300-\u036f\u0483-\u0489\u0591-\u1dff\u20d0-\u20f0\u302a-\u302f\u3099\u309a"
                        "\u3131-\u318e\ua66f-\uabff\ud7b0-\ud7ff\ufb1e\ufe20-\ufe2f"
                        "\uff9e-\uffdc\U000101fd-\U00011fff\U00016af0-\U00016fff\U0001bc9d-\U0001f000]")
# The first letters of words are told from the others by a place in plane 16, which is for private
# use and holds no letters; what a text has there is folded to U+FFFD.
START = 0x100000


def classes(characters: Iterable[str]) -> tuple[str, ...]:
    """The classes of variants that hold any of `characters`, each as a string, its lead first."""
    table = variants()
    wanted = {table[character] for character in characters if character in table}
    members: dict[str, list[str]] = {}
    for character, lead in table.items():
        if lead in wanted:
            members.setdefault(lead, []).append(character)
    return tuple(sorted("".join(sorted(one)) for one in members.values()))


def plain(text: str) -> str:
    """`text` folded but for the variants of characters: 安全 and 安全 are one, 経済 and 经济 two."""
    joined = unicodedata.normalize("NFKC", _IGNORABLE.sub("", text)).translate(TWINS)
    # Alone among letters, Σ has another lower case at the end of a word.
    lower = joined.replace("Σ", "σ").lower()
    if max(lower, default="") >= chr(START):
        lower = re.sub(f"[{chr(START)}-\U0010ffff]", "\ufffd", lower)
    return " ".join(lower.split())


def fold(text: str) -> str:
    """`text` folded."""
    return plain(text).translate(_by_code())


@cache
def _by_code() -> Mapping[int, str]:
    return {ord(character): lead for character, lead in variants().items()}


class Folder:
    """Folds many texts of few different characters: each character once, where nothing combines."""

    def __init__(self) -> None:
        self._known: dict[int, str] = _Folded()

    def __call__(self, text: str) -> str:
        if _COMBINING.search(text):
            return fold(text)
        return " ".join(text.translate(self._known).split())


class _Folded(dict[int, str]):
    """Code point → its folded form, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        # White space keeps its place here; runs of it are for the whole text.
        folded = self[code] = fold(character) if not character.isspace() else " "
        if unicodedata.normalize("NFKC", character)[:1] == " " and not character.isspace():
            folded = self[code] = " " + folded  # a spacing mark, as in ´, is a space and a mark
        return folded


def marked(folded: str) -> str:
    """`folded` with the first letter of each Latin word moved to plane 16, so that an index tells
    BIS at the start of a word from bis within one."""
    return _WORD_START.sub(lambda found: chr(ord(found[0]) + START), folded)
