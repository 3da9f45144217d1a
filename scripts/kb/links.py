"""Links between pages: whether they lead anywhere.

In: the corpus and the notes of the sources. Out: findings for links to pages, paragraphs and
sections that do not exist. Links to other sites are not followed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterator
from urllib.parse import unquote, urlsplit

from kb import blocks
from kb.anchors import ids
from kb.collation.sources import Sources
from kb.corpus import Corpus, Page
from kb.findings import Finding
from kb.languages import LANGUAGES


def check(corpus: Corpus, sources: Sources) -> Iterator[Finding]:
    collations = {f"{document}/collation.md" for received in sources.received
                  for document in received.editions}
    for page in corpus.pages.values():
        for line, target in page.links:
            yield from _follow(corpus, collations, page, target, page.file, line)
    for apparatus in sources.apparatus.values():
        for language in LANGUAGES:
            page = corpus.page(f"{apparatus.document}.md", language)
            for note in apparatus.notes if page else ():
                for block in blocks.parse(note.wording[language.tag]):
                    for link in block.links:
                        yield from _follow(corpus, collations, page, link.target, apparatus.file,
                                           note.line)


def _follow(
    corpus: Corpus, collations: Container[str], page: Page, target: str, file: str, line: int
) -> Iterator[Finding]:
    address = urlsplit(target)
    if address.scheme or address.netloc or address.path.startswith("/"):
        return
    path = unquote(address.path)
    anchor = unquote(address.fragment)
    goal: Page | None = page
    if path:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
        if not path.endswith(".md"):
            trees = (corpus.root / language.tree / path for language in LANGUAGES)
            if not path.startswith("..") and any(place.exists() for place in trees):
                return
            goal = None
        elif path in collations:
            return
        else:
            # A page that exists in the other language only is shown there with a notice.
            goal = corpus.page(path, page.language) or next(iter(corpus.editions(path)), None)
    if goal is None:
        near = [p.path for p in corpus.below(posixpath.dirname(path), page.language)]
        yield Finding(file, line, "KB401", f"a link to {target}", "a page in the same tree",
                      f"in that folder: {', '.join(sorted(near)[:6])}" if near
                      else "links name the Markdown file, as in ../articles/x.md")
    elif anchor and anchor not in goal.anchors and (
        goal.kind != "page" or ids.is_paragraph(anchor)
    ):
        last = [a for a in goal.anchors if ids.is_paragraph(a)][-1:]
        yield Finding(file, line, "KB402", f"a link to {target}",
                      f"an id of {goal.file}"
                      + (f" (its paragraphs go up to #{last[0]})" if last else ""),
                      "correct the number, or the name of the section")
