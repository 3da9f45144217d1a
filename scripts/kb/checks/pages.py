"""Whether the two trees mirror each other, and documents have the shape of documents."""

from __future__ import annotations

from collections.abc import Iterator

from kb.anchors.marking import problems
from kb.checks.names import has_lost_folder
from kb.corpus import Corpus, Page
from kb.findings import Finding
from kb.languages import LANGUAGES, other
from kb.memory.unchanged import NOTHING, Unchanged
from kb.misfits import flow

_HOME = "index.md"
_BESIDE = "it also stands beside its paragraph, where there is no room for more: make it an essay"
_SHARED = ("kind", "published", "source", "headings", "english", "abbreviation", "date", "on")


def check(corpus: Corpus, unchanged: Unchanged = NOTHING) -> Iterator[Finding]:
    yield from _home(corpus)
    for page in corpus.pages.values():
        twin = corpus.page(page.path, other(page.language))
        tree = other(page.language).tree
        if has_lost_folder(page.path):
            continue  # the folder's name is what is wrong
        if page.path not in corpus.trees[other(page.language).tag].files and not page.is_made:
            # What an editor writes may wait for its translation; what the site stands on must not.
            yield Finding(page.file, 1, "KB105", f"no {tree}/{page.path}",
                          "the same page in both languages",
                          f"write the translation as {tree}/{page.path}; until then readers of the other "
                          "language see this page, and a notice", is_lenient=page.is_commentary)
        elif twin and page.language is not LANGUAGES[0]:
            yield from unchanged.every(_contradictions, page, twin)
        if page.is_document:
            yield from unchanged.every(_shape, page)
        elif page.is_commentary and page.kind != "essay":
            yield from unchanged.every(_only_text, page, _BESIDE)


def _home(corpus: Corpus) -> Iterator[Finding]:
    """A site without a home page: MkDocs would build none."""
    is_site = any(page.settings.is_of_site for page in corpus.pages.values())
    if is_site and _HOME not in corpus.paths and _HOME not in corpus.unreadable:
        yield Finding(f"{LANGUAGES[0].tree}/{_HOME}", 1, "KB134", "no home page", f"a page {_HOME}",
                      f"write it as {LANGUAGES[0].tree}/{_HOME}, beginning with “# ” and a title")


def _contradictions(page: Page, twin: Page) -> Iterator[Finding]:
    for key in _SHARED:
        ours, theirs = page.front.get(key), twin.front.get(key)
        if ours != theirs:
            yield Finding(page.file, page.record.line(key), "KB108", _said(key, ours),
                          f"{_said(key, theirs)}, as in {twin.file}", "correct the one that is wrong")


def _said(key: str, value: object) -> str:
    return f"no “{key}”" if value is None else f"{key}: {flow(value)}"


def _shape(page: Page) -> Iterator[Finding]:
    if page.reading.problem:
        return  # that is what is wrong with it
    titles = [heading.line for heading in page.headings if heading.level == 1]
    if len(titles) != 1 or page.blocks[0].kind != "heading":
        yield Finding(page.file, titles[1] if len(titles) > 1 else page.body_line, "KB106",
                      f"{len(titles)} headings of level 1" if len(titles) != 1
                      else "text before the title",
                      "the title, “# …”, once and first", "sections begin with “##”")
    yield from _only_text(page, "a document holds its text only: notes go into sources/, pictures and "
                                "tables onto pages of their own")


def _only_text(page: Page, hint: str) -> Iterator[Finding]:
    refused = {value for one in page.reading.refused for value in (one.line, one.found)}  # that says more
    by_line: dict[int, list[str]] = {}
    for line, what in page.reading.unsupported:
        if not refused & {line, what}:
            by_line.setdefault(page.body_line + line - 1, []).append(what)
    told = {finding.line for finding in problems(page) if finding.code == "KB211"} \
        if by_line and page.is_document else ()
    for line, found in by_line.items():
        if line in told:
            continue
        more = f" and {len(found) - 1} more on this line" if len(found) > 1 else ""
        yield Finding(page.file, line, "KB107", found[0] + more,
                      "paragraphs, lists, quotations and headings, and nothing beside an id",
                      "put an empty line before the list" if found[0].startswith("a list without") else hint)
