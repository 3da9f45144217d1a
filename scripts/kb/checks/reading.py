"""Whether each page could be read so that everything taken from it can be relied on."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from kb.addresses import CONTROL
from kb.corpus import Corpus, Page
from kb.files import hidden
from kb.findings import Finding
from kb.memory.unchanged import NOTHING, Unchanged


def check(corpus: Corpus, unchanged: Unchanged = NOTHING) -> Iterator[Finding]:
    for page in corpus.pages.values():
        yield from unchanged.every(_of_page, page)


def _of_page(page: Page) -> Iterator[Finding]:
    reading = page.reading
    if reading.problem:
        yield Finding(page.file, page.body_line, "KB114", reading.problem, "Markdown that can be read",
                      "take out what was added last, and put it back line by line")
    if reading.fault:
        yield Finding(page.file, page.body_line, "KB113", f"“{reading.fault}”",
                      "HTML that closes what it opens, in order",
                      "close every tag, or leave the HTML out: most of it has a form in Markdown")
    if "&" in page.markdown:  # a character reference is read as what it stands for
        for block in page.blocks:
            yield from hidden(block.text, page.file, page.line_of(block))
    for link in reading.links:  # control characters have a finding of their own there
        yield from hidden(CONTROL.sub("", unquote(link.target)), page.file, page.line_of(link))
    for words in reading.unknown_lines:
        line = next((at for at, one in enumerate(page.markdown.split("\n")) if words[:8] in one), 0)
        yield Finding(page.file, page.body_line + line, "KB112", f"“{words}”",
                      "a block that stands on lines of its own",
                      "put an empty line before and after it, and close the HTML or the fence above it")
