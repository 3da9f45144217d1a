"""Links between pages: whether they lead anywhere.

In: the corpus and the notes of the sources. Out: findings for links to pages, paragraphs and
sections that do not exist. Links to other sites are not followed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Container, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from kb import reading
from kb.anchors import ids
from kb.collation.sources import Sources
from kb.corpus import Corpus, Page
from kb.findings import Finding
from kb.languages import LANGUAGES


def check(
    corpus: Corpus, sources: Sources, withdrawn: Mapping[str, Mapping[str, str | None]]
) -> Iterator[Finding]:
    """`withdrawn` gives the withdrawn ids of each document, and what took their place."""
    collations = {f"{document}/collation.md" for received in sources.received
                  for document in received.editions}
    for page in corpus.pages.values():
        for line, target in page.links:
            yield from _follow(corpus, collations, withdrawn, page, target, page.file, line)
        folder = page.front.get("lists")
        if folder and not (corpus.root / page.language.tree / folder).is_dir():
            yield Finding(page.file, page.record.line("lists"), "KB401", f"lists: {folder}",
                          f"a folder of {page.language.tree}/", "correct the name")
    for declarations in sources.declarations.values():
        for language in LANGUAGES:
            page = corpus.page(f"{declarations.document}.md", language)
            for note in declarations.notes if page else ():
                for link in reading.read(note.wording[language.tag], page.settings).links:
                    yield from _follow(corpus, collations, withdrawn, page, link.target,
                                       declarations.file, note.line)


def _follow(
    corpus: Corpus,
    collations: Container[str],
    withdrawn: Mapping[str, Mapping[str, str | None]],
    page: Page,
    target: str,
    file: str,
    line: int,
) -> Iterator[Finding]:
    try:
        address = urlsplit(unquote(target))
    except ValueError:
        yield Finding(file, line, "KB401", f"a link to {target}", "an address that can be read",
                      "correct the address")
        return
    if address.scheme or address.netloc or address.path.startswith("/"):
        return
    path, anchor = address.path, address.fragment
    goal: Page | None = page
    if path:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
        if path in corpus.unreadable:
            return
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
    elif anchor in withdrawn.get(goal.document, {}):
        heir = withdrawn[goal.document][anchor]
        yield Finding(file, line, "KB402", f"a link to {target}", f"an id of {goal.file}",
                      f"#{anchor} was withdrawn" + (f": link to #{heir}" if heir else ""))
    elif anchor and anchor not in goal.anchors and (
        goal.kind != "page" or ids.is_paragraph(anchor)
    ):
        last = [a for a in goal.anchors if ids.is_paragraph(a)][-1:]
        yield Finding(file, line, "KB402", f"a link to {target}",
                      f"an id of {goal.file}"
                      + (f" (its paragraphs go up to #{last[0]})" if last else ""),
                      "correct the number, or the name of the section")
