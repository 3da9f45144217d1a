"""Fingerprints: what names a wording for ever.

In: a wording. Out: twelve hexadecimal digits, which stand in every register, so the rule may be made finer
only where no fingerprint that was ever recorded changes; or an identifier that anybody can compute.
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


def content_id(text: str) -> str:
    """What names the bytes of `text` in UTF-8 everywhere: its SWHID (ISO/IEC 18670, 5.3), as in
    swh:1:cnt:e69de29bb2d1d6434b8b29ae775ad8c2e48c5391 for no text at all."""
    data = text.encode()
    known = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)
    return f"swh:1:cnt:{known.hexdigest()}"
