"""English passages in Chinese and Japanese text.

In: text. Out: the runs of Latin words in it of which at least one is English, so that a screen reader says
them in English (WCAG 3.1.2). Abbreviations (BIS, EAR, IaaS) are part of the language around them and stay as
they are; so do words with other letters (zhèngcè) and addresses.
"""

from __future__ import annotations

import re
from html import escape

from kb.characters import LATIN

_RUN = re.compile(rf"[{LATIN}](?:[ -~{LATIN}]|(?<=[{LATIN}])’(?=[{LATIN}]))*[{LATIN}.]|[{LATIN}]")
_WORD = re.compile(rf"(?<![{LATIN}])[A-Za-z]?[a-z]{{2,}}(?![{LATIN}])")


def is_english(run: str) -> bool:
    """Whether a run of Latin words holds an English one; an address does not count as one."""
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
