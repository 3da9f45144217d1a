"""Whether each language is written in its own characters and punctuation, and Japanese in one style."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.characters import chinese_only, half_width_punctuation
from kb.corpus import Corpus, Page
from kb.findings import Finding
from kb.languages import JAPANESE
from kb.memory.unchanged import NOTHING, Unchanged

# A passage marked as Chinese may be Chinese, and so may code: what is to be typed, a file of the other tree.
_MARKED = re.compile(r'<(\w+)\b[^>]*\blang="zh[^"]*"[^>]*>.*?</\1>', re.DOTALL)
_CODE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^\n]*\n.*?^[ \t>]*\1[ \t]*$", re.DOTALL | re.MULTILINE)

# A list item begins a paragraph without an empty line before it, and so does a row of a table.
_ITEM = re.compile(r"[ >]*(?:[*+-]|\d+[.)]) |\s*\||#")
# What others say, in brackets, may be said in another style than the text.
_SAID = re.compile(r"「[^「」]*」|『[^『』]*』")
_SENTENCE = re.compile(r"[^。]*。")
_POLITE = re.compile(r"(?:です|ます|ました|ません|でした|でしょう|ましょう|ください)(?:か|ね|よ)?。")


def check(corpus: Corpus, unchanged: Unchanged = NOTHING) -> Iterator[Finding]:
    for page in corpus.pages.values():
        yield from unchanged.every(_of_page, page)


def _of_page(page: Page) -> Iterator[Finding]:
    if page.language is JAPANESE:
        yield from _chinese(page)
    for block in page.blocks:
        if block.kind not in ("code", "ruby") and (found := half_width_punctuation(block.text)):
            more = f" and {len(found) - 1} more in this paragraph" if len(found) > 1 else ""
            yield Finding(page.file, page.line_of(block), "KB502", f"“{found[0]}”{more}",
                          "full-width punctuation next to Chinese or Japanese",
                          "write ，。：；？！（） in Chinese, 、。：；？！（） in Japanese")
    if page.is_document and page.language is JAPANESE:
        yield from _two_styles(page)


def _chinese(page: Page) -> Iterator[Finding]:
    """One finding a paragraph, on the first of its lines that has such characters."""
    text = page.markdown
    for away in (_CODE, _MARKED):
        text = away.sub(lambda match: "\n" * match.group().count("\n"), text)
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


def _two_styles(page: Page) -> Iterator[Finding]:
    """The paragraphs of a document in plain style (である) that have a sentence in the polite one (です).
    A document may be polite throughout; the style of most of its sentences is its own."""
    sentences = [(paragraph, sentence) for paragraph in page.paragraphs if paragraph.kind != "quotation"
                 for sentence in _SENTENCE.findall(_without_speech(paragraph.text))]
    polite = [(paragraph, sentence) for paragraph, sentence in sentences if _POLITE.search(sentence)]
    if 2 * len(polite) >= len(sentences):
        return
    for paragraph in dict.fromkeys(paragraph for paragraph, _ in polite):
        said = next(sentence for one, sentence in polite if one is paragraph)
        yield Finding(page.file, paragraph.line, "KB503", f"“{said[-12:]}”",
                      "the plain style (である) of the rest of the text",
                      "end the sentence in である, だ or a plain verb, as in: 規則である。")


def _without_speech(text: str) -> str:
    while (shorter := _SAID.sub("", text)) != text:
        text = shorter
    return text
