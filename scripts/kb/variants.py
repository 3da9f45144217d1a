"""Variants of Chinese characters: simplified, traditional and Japanese forms of one.

In: `variants.txt`, which `scripts/properties.py` writes: a class of characters in each line. Out: a table
that joins them. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def variants() -> Mapping[str, str]:
    """Every character that has variants → the one of its class with the lowest code point."""
    classes = Path(__file__).with_name("variants.txt").read_text("utf-8").split()
    return {character: one[0] for one in classes for character in one}
