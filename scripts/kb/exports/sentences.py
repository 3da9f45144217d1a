"""Both editions of a document, sentence by sentence: what marks the counterpart of a sentence in the browser.

In: the project and a document. Out: `<document>/sentences.json`, one for both languages, for each paragraph
that both have: what stands in each, cut alike, and which cuts are linked; the ids of paragraphs whose
translation is older than the original, in which nothing is; what a reader of each language is told. A page
costs nothing more for it: it is fetched when a reader turns to a sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from kb.aligning.pairs import Pair, pairs
from kb.corpus import Page
from kb.languages import LANGUAGES, Language, other, word
from kb.project import Project
from kb.targets import place
from kb.views.words import Words

NAME = "sentences.json"


def of_page(project: Project, path: str, language: Language) -> dict[str, str]:
    both = project.corpus.both(path)
    if not both or language is not LANGUAGES[0]:
        return {}
    old = {anchor for page in both for anchor in project.stale_of(page)}
    content = {
        "languages": [page.language.tag for page in both],
        "paragraphs": {anchor: _cut(both, anchor, is_stale=anchor in old)
                       for anchor in both[0].anchors if anchor in both[1].anchors},
        "stale": sorted(old),
        "words": {page.language.tag: _told(page.language, beside)
                  for page, beside in zip(both, reversed(both), strict=True)},
    }
    return {place(path, language) + NAME: json.dumps(content, ensure_ascii=False, separators=(",", ":"))}


def _cut(both: tuple[Page, ...], anchor: str, *, is_stale: bool) -> list[list[str] | list[int]]:
    """What stands in each edition, and 1 for each cut that is linked, 0 for the others."""
    left, right = (page.anchors[anchor] for page in both)
    found: Iterable[Pair] = [Pair(left, right, 0.0)] if is_stale else pairs(
        left, right, both[0].language, both[1].language)
    return [[one.left for one in found], [one.right for one in found], [int(one.is_linked) for one in found]]


def _told(language: Language, beside: Page) -> dict[str, str]:
    """What readers of `language` are told of the other edition."""
    return {"other": word(f"language-{other(language).tag}", language.tag),
            "status": Words(language).status(beside), "stale": word("stale", language.tag),
            "close": word("card-close", language.tag), "step": word("sentence-step", language.tag),
            "alone": word("sentence-alone", language.tag)}
