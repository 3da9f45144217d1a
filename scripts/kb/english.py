"""English passages in Chinese and Japanese text.

In: text. Out: the runs of Latin letters in it that hold at least one English word, so that a screen reader
says them in English (WCAG 3.1.2). Abbreviations (BIS, EAR, IaaS) are part of the language around them and
stay as they are; so do addresses.
"""

from __future__ import annotations

import re
from html import escape

_RUN = re.compile(r"[A-Za-z][ -~]*[A-Za-z.]|[A-Za-z]")
_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]?[a-z]{2,}(?![A-Za-z])")


def is_english(run: str) -> bool:
    """Whether a run of ASCII holds an English word; an address does not count as one."""
    return "://" not in run and bool(_WORD.search(run))


def marked(text: str) -> str:
    """`text`, which is no markup, as HTML with its English passages marked: what templates say of
    titles and sources."""
    before, found = passages(text)
    return escape(before) + "".join(
        f'<span lang="en">{escape(passage)}</span>{escape(after)}' for passage, after in found)


def passages(text: str) -> tuple[str, list[tuple[str, str]]]:
    """`text` up to its first English passage, and each passage with what follows it."""
    if not _WORD.search(text):
        return text, []
    found = [match for match in _RUN.finditer(text) if is_english(match.group())]
    if not found:
        return text, []
    ends = [*(match.start() for match in found[1:]), len(text)]
    return text[: found[0].start()], [
        (match.group(), text[match.end() : end]) for match, end in zip(found, ends, strict=True)]
