"""Whether an editor's note stands on a paragraph, and its mark on words, that are there."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from kb.collation.sources import Sources
from kb.corpus import Corpus, Page
from kb.findings import Finding
from kb.languages import LANGUAGES


def check(corpus: Corpus, sources: Sources) -> Iterator[Finding]:
    for declarations in sources.declarations.values():
        pages = corpus.editions(f"{declarations.document}.md")
        if not pages:
            yield Finding(declarations.file, 1, "KB305", f"declarations for {declarations.document}",
                          f"a page {LANGUAGES[0].tree}/{declarations.document}.md",
                          "name this file after the document")
        for note in declarations.notes:
            without = [page for page in pages if note.on not in page.anchors]
            if without:
                yield Finding(declarations.file, note.line, "KB306", f"a note on #{note.on}",
                              f"a paragraph of {without[0].file}", _nearest(without[0], note.on))
                continue
            for page in pages:
                after = note.after.get(page.language.tag)
                times = _written(page, note.on).count(after) if after else 1
                if times != 1:
                    yield Finding(declarations.file, note.line, "KB306",
                                  f"“{after}” {times} times in #{note.on}",
                                  f"words that stand there once, in {page.file}",
                                  "copy them from the paragraph, with more around them")


def _nearest(page: Page, anchor: str) -> str:
    """What to do about a note on an id that is not there."""
    ids = [one.id for one in page.paragraphs if one.id]
    if not ids:
        return f"run kb anchors first: no paragraph of {page.file} has an id"
    near = get_close_matches(anchor, ids, 1, 0.5)
    return f"write on: {near[0]}, if that is meant" if near else "correct the id, as in on: " + ids[0]


def _written(page: Page, anchor: str) -> str:
    """The Markdown of a paragraph: where the mark will be put, which emphasis may interrupt."""
    paragraph = next(paragraph for paragraph in page.paragraphs if paragraph.id == anchor)
    lines = page.markdown.split("\n")
    return "\n".join(lines[paragraph.line - page.body_line : paragraph.last_line - page.body_line + 1])
