"""Whether the two trees mirror each other, and documents have the shape of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.corpus import Corpus
from kb.findings import Finding
from kb.languages import LANGUAGES, other

_LOCALE = re.compile(r"^[a-z]{2}$")


def check(corpus: Corpus) -> Iterator[Finding]:
    yield from _two_letter_folders(corpus)
    for page in corpus.pages.values():
        twin = other(page.language)
        if not (corpus.root / twin.tree / page.path).exists():
            yield Finding(page.file, 1, "KB105", f"no {twin.tree}/{page.path}",
                          "the same page in both languages",
                          "write the translation; until then readers see a notice")
        if page.is_document:
            titles = [heading.line for heading in page.headings if heading.level == 1]
            if len(titles) != 1 or page.blocks[0].kind != "heading":
                yield Finding(page.file, titles[1] if len(titles) > 1 else page.body_line, "KB106",
                              f"{len(titles)} headings of level 1" if len(titles) != 1
                              else "text before the title",
                              "the title, “# …”, once and first", "sections begin with “##”")


def _two_letter_folders(corpus: Corpus) -> Iterator[Finding]:
    """mkdocs-static-i18n takes such a folder for a language and drops it without a word."""
    for language in LANGUAGES:
        tree = corpus.root / language.tree
        for folder in sorted(tree.iterdir()) if tree.is_dir() else ():
            if folder.is_dir() and _LOCALE.match(folder.name):
                yield Finding(f"{language.tree}/{folder.name}", 1, "KB104",
                              f"the folder {folder.name}/",
                              "a name of three letters or more at the top of the tree",
                              f"rename it, as in {folder.name}-pages/: two letters are read as a "
                              "language, and the folder would vanish from the site")
