"""What two texts in Chinese and Japanese have in common without being understood.

In: a text and its language. Out: its `Features`: Han characters and runs of two of them, each as the
first of its variants (OpenCC), Latin words, figures by value, and its length. Refuses nothing."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.characters import HAN, KANA, LATIN
from kb.figures import figures
from kb.languages import JAPANESE, Language
from kb.variants import variants

_HAN, _KANA = re.compile(f"[{HAN}]"), re.compile(f"[{KANA}]")
_RUN = re.compile(f"[{HAN}]{{2,}}")
_WORD = re.compile(rf"[{LATIN}][{LATIN}0-9.&-]*[{LATIN}0-9]")
_SPACE = re.compile(r"\s+")
# What a shared run of two, a Latin word and a figure say, beside one character.
_WEIGHTS = {"r": 1.5, "w": 3.0, "f": 2.5}


@dataclass(frozen=True)
class Features:
    """`counts` of what may be shared; `length` in characters of Chinese: Japanese takes more for the same."""

    counts: Mapping[str, int]
    length: float

    def __add__(self, other: Features) -> Features:
        return Features(Counter(self.counts) + Counter(other.counts), self.length + other.length)


# Characters of a Japanese translation for one of its Chinese original: 1.6 on the texts of this site, and on
# pages of ministries in both languages.
_JAPANESE_LENGTH = 1.6


def features(text: str, language: Language) -> Features:
    same = variants()
    folded = "".join(same.get(one, one) for one in text)
    counts: Counter[str] = Counter(_HAN.findall(folded))
    for run in _RUN.findall(folded):
        counts.update(f"r{run[at : at + 2]}" for at in range(len(run) - 1))
    counts.update(f"w{word.lower()}" for word in _WORD.findall(text))
    counts.update(f"f{one.value}" for one in figures(text, language) if one.weight)
    length = len(_SPACE.sub("", text))
    # What was left in Chinese is as long as it is in Chinese.
    is_longer = language is JAPANESE and 20 * len(_KANA.findall(text)) > length
    return Features(counts, length / _JAPANESE_LENGTH if is_longer else float(length))


class Weights:
    """How much each feature says, in two texts: what few paragraphs have says most."""

    def __init__(self, left: Iterable[Features], right: Iterable[Features]) -> None:
        every = [*left, *right]
        frequent = Counter(name for one in every for name in one.counts)
        self._of = {
            name: _WEIGHTS.get(name[0] if len(name) > 1 else "", 1.0) * math.log(1 + len(every) / count)
            for name, count in frequent.items()
        }

    def mass(self, one: Features) -> float:
        return sum(self._of[name] * count for name, count in one.counts.items())

    def shared(self, one: Features, other: Features) -> float:
        if len(other.counts) < len(one.counts):
            one, other = other, one
        return sum(
            self._of[name] * min(count, other.counts[name])
            for name, count in one.counts.items()
            if name in other.counts
        )
