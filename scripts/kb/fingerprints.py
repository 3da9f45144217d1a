"""Fingerprints: what names a wording for ever.

In: a wording. Out: twelve hexadecimal digits. They stand in every register, so the rule may be made
finer only where no fingerprint that was ever recorded changes.
"""

from __future__ import annotations

import hashlib
import unicodedata

from kb.characters import solid

_LENGTH = 12
PATTERN = f"[0-9a-f]{{{_LENGTH}}}"


def fingerprint(text: str) -> str:
    """The digits that name a wording. Line breaks do not count, nor spaces beside Chinese, Japanese or
    punctuation; full-width and half-width do: they are part of how a text is printed."""
    wording = solid(unicodedata.normalize("NFC", text))
    return hashlib.sha256(wording.encode()).hexdigest()[:_LENGTH]
