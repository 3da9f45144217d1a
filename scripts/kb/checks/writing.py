"""Whether each language is written in its own characters and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.characters import chinese_only, half_width_punctuation
from kb.corpus import Corpus, Page
from kb.findings import Finding
from kb.languages import JAPANESE

# A passage marked as Chinese may be Chinese.
_MARKED = re.compile(r'<(\w+)\b[^>]*\blang="zh[^"]*"[^>]*>.*?</\1>', re.DOTALL)

# A list item begins a paragraph without an empty line before it, and so does a row of a table.
_ITEM = re.compile(r"[ >]*(?:[*+-]|\d+[.)]) |\s*\||#")


def check(corpus: Corpus) -> Iterator[Finding]:
    for page in corpus.pages.values():
        if page.language is JAPANESE:
            yield from _chinese(page)
        for block in page.blocks:
            if block.kind not in ("code", "ruby") and (found := half_width_punctuation(block.text)):
                more = f" and {len(found) - 1} more in this paragraph" if len(found) > 1 else ""
                yield Finding(page.file, page.line_of(block), "KB502", f"“{found[0]}”{more}",
                              "full-width punctuation next to Chinese or Japanese",
                              "write ，。：；？！（） in Chinese, 、。：；？！（） in Japanese")


def _chinese(page: Page) -> Iterator[Finding]:
    """One finding a paragraph, on the first of its lines that has such characters."""
    text = _MARKED.sub(lambda match: "\n" * match.group().count("\n"), page.markdown)
    found: dict[int, tuple[int, str]] = {}  # by the line that a paragraph begins on
    begins = 0
    for number, line in enumerate(text.split("\n"), page.body_line):
        if not line.strip():
            begins = 0
        elif not begins or _ITEM.match(line):
            begins = number
        if characters := chinese_only(line):
            first, before = found.get(begins, (number, ""))
            found[begins] = first, "".join(dict.fromkeys(before + characters))
    for number, characters in found.values():
        yield Finding(page.file, number, "KB501", f"“{characters}”", "characters that Japanese has",
                      'translate it, or mark it as <span lang="zh-Hans">…</span>')
