"""Variants of Chinese characters: simplified, traditional and Japanese forms of one.

In: OpenCC's tables. Out: a table that joins them. Refuses nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from opencc import OpenCC

from kb.characters import HAN


@cache
def variants() -> Mapping[str, str]:
    """Every character that has variants → the one of its class with the lowest code point. A class
    joins what OpenCC's tables map to each other, one character to one, between simplified,
    traditional and Japanese forms."""
    # Compatibility ideographs are gone after NFKC.
    characters = [one for one in re.findall(f"[{HAN}]", "".join(map(chr, range(0x40000))))
                  if unicodedata.is_normalized("NFKC", one)]
    lines = "\n".join(characters)
    leads: dict[str, str] = {}

    def lead(character: str) -> str:
        while (above := leads.setdefault(character, character)) != character:
            character = above
        return character

    for name in ("s2t", "t2s", "t2jp", "jp2t"):
        for one, two in zip(characters, OpenCC(name).convert(lines).split("\n"), strict=True):
            if one != two and len(two := unicodedata.normalize("NFKC", two)) == 1:
                first, second = sorted((lead(one), lead(two)))
                leads[second] = first
    return {character: lead(character) for character in leads}
