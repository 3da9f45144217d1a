"""Whether each language is written in its own characters and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.corpus import Corpus
from kb.findings import Finding
from kb.languages import JAPANESE
from kb.text import chinese_only, half_width_punctuation

# A passage marked as Chinese may be Chinese.
_MARKED = re.compile(r'<(\w+)\b[^>]*\blang="zh[^"]*"[^>]*>.*?</\1>', re.DOTALL)


def check(corpus: Corpus) -> Iterator[Finding]:
    for page in corpus.pages.values():
        if page.language is JAPANESE:
            text = _MARKED.sub(lambda match: "\n" * match.group().count("\n"), page.markdown)
            for number, line in enumerate(text.split("\n"), page.body_line):
                if found := chinese_only(line):
                    yield Finding(page.file, number, "KB501", f"“{found}”",
                                  "characters that Japanese has",
                                  'translate it, or mark it as <span lang="zh-Hans">…</span>')
        for block in page.blocks:
            if block.kind in ("code", "ruby"):
                continue
            for around in half_width_punctuation(block.text):
                yield Finding(page.file, page.line_of(block), "KB502", f"“{around}”",
                              "full-width punctuation next to Chinese or Japanese",
                              "，。：；？！（） in Chinese, 、。：；？！（） in Japanese")
