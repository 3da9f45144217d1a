"""Characters: folding, fingerprints, differences.

In: plain strings. Out: plain strings and tuples. Knows nothing of files or pages.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

# Han characters, kana, and the full-width punctuation that goes with them.
_CJK = (
    "\u2e80-\u2fdf\u3001-\u303f\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff01-\uff60\U00020000-\U0003134f"
)
CJK = re.compile(f"[{_CJK}]")
_HALF_WIDTH = re.compile(f"(?<=[{_CJK}])[,:;?!()]|[,:;?!()](?=[{_CJK}])")
# Brackets that belong to Latin words or name a paragraph of a statute keep their width whatever
# stands beside them: 736.2(b)(10)条, 第553条(b).
_LATIN_BRACKETS = re.compile(r"(?<=[!-~])[ ]?\([ -'*-~]*\)|\((?:[a-z0-9]{1,3}|[A-Z])\)")

# A space that does not stand between two Latin words or numbers.
_MEANINGLESS = re.compile(r"(?<![A-Za-z0-9.']) | (?![A-Za-z0-9])")


# The form of a fingerprint, as a regular expression.
FINGERPRINT = r"[0-9a-f]{12}"


def folded(text: str) -> str:
    """`text` in NFKC without the white space that means nothing: what must be equal for two
    wordings to be the same."""
    return solid(unicodedata.normalize("NFKC", text))


def solid(text: str) -> str:
    """`text` without white space, but for one space between two Latin words or numbers."""
    return _MEANINGLESS.sub("", " ".join(text.split()))


def fingerprint(text: str) -> str:
    """Twelve hexadecimal digits that name a wording. Line breaks do not count, nor spaces beside
    Chinese and Japanese; full-width and half-width do: they are part of how a text is printed."""
    wording = solid(unicodedata.normalize("NFC", text))
    return hashlib.sha256(wording.encode()).hexdigest()[:12]


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


def half_width_punctuation(text: str) -> tuple[str, ...]:
    """Half-width punctuation that touches a Chinese or Japanese character, each with the
    characters around it. Brackets that belong to Latin words are left alone."""
    kept = {
        position
        for brackets in _LATIN_BRACKETS.finditer(text)
        for position in range(brackets.start(), brackets.end())
    }
    return tuple(
        text[max(0, match.start() - 3) : match.end() + 3]
        for match in _HALF_WIDTH.finditer(text)
        if match.start() not in kept
    )


@dataclass(frozen=True)
class Change:
    """A run of characters that two wordings share (`before == after` after folding), or one that
    was replaced. An insertion has no `before`, a removal no `after`."""

    before: str
    after: str
    same: bool


def changes(before: str, after: str, *, shortest: int = 2) -> tuple[Change, ...]:
    """How `before` became `after`, as runs that together spell both.

    Shared runs shorter than `shortest` between two replaced ones count as replaced: single
    particles shared by chance make a difference unreadable.
    """
    runs: list[list] = []
    for same, i1, i2, j1, j2 in opcodes(before, after):
        inner = bool(runs) and (i2 < len(before) or j2 < len(after))
        if same and inner and i2 - i1 < shortest:
            same = False
        if runs and runs[-1][0] == same:
            runs[-1][2], runs[-1][4] = i2, j2
        else:
            runs.append([same, i1, i2, j1, j2])
    return tuple(Change(before[i1:i2], after[j1:j2], same) for same, i1, i2, j1, j2 in runs)


def opcodes(before: str, after: str) -> Iterator[tuple[bool, int, int, int, int]]:
    """Runs `(same, i1, i2, j1, j2)` that cover both strings, compared after NFKC by character."""
    matcher = SequenceMatcher(None, _keys(before), _keys(after), autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        yield tag == "equal", i1, i2, j1, j2


def _keys(text: str) -> list[str]:
    return [unicodedata.normalize("NFKC", character) for character in text]
