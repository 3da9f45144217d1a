"""Both trees of Markdown, read once.

In: a project's root folder. Out: a `Corpus`. What cannot be read (broken UTF-8, what nobody can see, YAML,
schema) is a finding; the pages that can be read are all there. Pages without front matter are plain pages.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kb import front_matter, kinds, limits, reading, tree, yamldata
from kb.corpus import Corpus, Page
from kb.files import read_text
from kb.findings import Finding, exit_code
from kb.languages import LANGUAGES, Language
from kb.memory.shelf import Shelf
from kb.memory.unchanged import NOTHING, Unchanged
from kb.reading import settings as markdown_settings

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def read(root: Path, memory: Shelf | None = None, unchanged: Unchanged = NOTHING) -> Corpus:
    """Read both trees below `root`. A tree that is not there is empty. `memory` is that of readings; a page
    that is `unchanged` is the same one until its file changes."""
    pages: dict[tuple[str, str], Page] = {}
    findings: list[Finding] = []
    unreadable: set[str] = set()
    trees: dict[str, tree.Tree] = {}
    settings = replace(markdown_settings.read(root), memory=memory)
    settings = unchanged.same(settings, *settings.told)
    for language in LANGUAGES:
        found = trees[language.tag] = tree.read(root / language.tree)
        for path in found.pages:
            file = found.files[path].relative_to(root).as_posix()
            text, problems = read_text(found.files[path], file, unchanged=unchanged)
            page, problems = unchanged.once(_page, text, path, file, language, settings) if (
                text is not None) else (None, problems)
            findings += problems
            if page:
                pages[page.path, language.tag] = page
            else:
                unreadable.add(path)
    documents, taken = [page for page in pages.values() if page.is_document], {path for path, _ in pages}
    for made in _indexes(documents, taken | unreadable, settings, unchanged):
        pages[made.path, made.language.tag] = made
    return Corpus(root, pages, tuple(sorted(findings)), frozenset(unreadable), trees)


def _indexes(documents: Iterable[Page], taken: Container[str], settings: reading.Settings,
             unchanged: Unchanged) -> Iterator[Page]:
    """An index for each shelf that holds documents and for which nobody wrote one."""
    for kind in kinds.without_index({page.path for page in documents}, taken):
        yield from (unchanged.once(_index, kind, language, settings) for language in LANGUAGES)


def _index(kind: kinds.Kind, language: Language, settings: reading.Settings) -> Page:
    front, head, text = kind.index(language.tag)
    path = f"{kind.shelf}/index.md"
    return Page(path, language, f"{language.tree}/{path}", text, 1, head, yamldata.Record(front), settings,
                is_made=True)


def _page(text: str, name: str, file: str, language: Language,
          settings: reading.Settings) -> tuple[Page | None, tuple[Finding, ...]]:
    """The page that a file's text is. `name` is where it stands in its tree."""
    if too_much := tuple(limits.of_page(text, file)):
        return None, too_much
    match = _FRONT_MATTER.match(text)
    if not match and text.startswith("---\n"):
        return None, (Finding(file, 1, "KB102", "front matter that does not end", "a line “---” after it",
                              "add “---” on a line of its own"),)
    if not match or not front_matter.is_some(match.group(1)):
        return Page(name, language, file, text, 1, settings=settings), front_matter.unread(text, file)
    record, findings = front_matter.read(match.group(1), file=file, first_line=2)
    if exit_code(findings):
        return None, findings
    body_line = text.count("\n", 0, match.end()) + 1
    page = Page(name, language, file, text[match.end():], body_line, match.group(), record, settings)
    return page, findings
