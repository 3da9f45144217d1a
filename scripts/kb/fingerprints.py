"""Fingerprints: what names a wording for ever.

In: a wording. Out: twelve hexadecimal digits. They stand in every register, so the rule may be made
finer only where no fingerprint that was ever recorded changes.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from kb.characters import CJK, VARIATION

_LENGTH = 12
PATTERN = f"[0-9a-f]{{{_LENGTH}}}"
_BESIDE_CJK = re.compile(f"(?<=[{CJK}]) |(?<=[{CJK}][{VARIATION}]) | (?=[{CJK}])")


def fingerprint(text: str) -> str:
    """The digits that name a wording. Line breaks do not count, nor spaces beside Chinese and Japanese;
    full-width and half-width do: they are part of how a text is printed."""
    wording = solid(unicodedata.normalize("NFC", text))
    return hashlib.sha256(wording.encode()).hexdigest()[:_LENGTH]


def solid(text: str) -> str:
    """`text` with one space for any white space, and none beside Chinese and Japanese."""
    return _BESIDE_CJK.sub("", " ".join(text.split()))
