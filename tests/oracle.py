"""What a search must find, worked out without an index: every text of the corpus is asked in turn
whether it holds the words of a query, by `in` and nothing else."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb import names, reading
from kb.corpus import Page
from kb.languages import Language, word
from kb.project import Project
from kb.search.folding import fold

# By their names, which share nothing with the tables of the site; and the marks that stand on them.
_LATIN = "".join(
    chr(code) for code in range(0x20000)
    if unicodedata.name(chr(code), "").startswith("LATIN ") and chr(code).isalpha()
) + "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff"


@dataclass(frozen=True)
class Text:
    """Something that can be found; `over` is the heading of a paragraph, folded, else nothing."""

    address: str  # of its page
    text: str
    folded: str
    over: str


def texts(project: Project, language: Language) -> tuple[Text, ...]:
    """All texts of a language."""
    found = []
    for page in project.corpus.pages.values():
        if page.language is not language:
            continue

        def add(text: str, over: str = "", address: str = page.address) -> None:
            found.append(Text(address, text, fold(text), fold(over)))

        add(page.title)
        name = Path(page.path).stem
        term = project.glossary.terms[language.tag].get(name)
        if term and term.page is page:
            add("\n".join(term.forms))
        over = page.title
        for block in page.reading.blocks:
            if block.kind == "heading":
                over = block.text or over
                if block.level > 1 or block.text != page.title:
                    add(block.text)
            elif block.text:
                add(f"{block.marker} {block.text}" if block.marker.endswith(".") else block.text, over)
        for text in beside(project, page):
            if text.strip():
                add(" ".join(text.split()))
    for place, text in of_made_pages(project, language):
        found.append(Text(f"{language.prefix}{place}", text, fold(text), ""))
    return tuple(found)


def of_made_pages(project: Project, language: Language) -> Iterator[tuple[str, str]]:
    """(address, text) on the pages that the site makes of documents."""
    titles = {page.document: page.title for page in reversed(project.corpus.documents)}
    titles |= {page.document: page.title for page in project.corpus.documents if page.language is language}
    for collation in project.collations:
        received = collation.received
        own = [one for one in collation.comparisons if one.reasons and received.language is language]
        for document in received.editions:
            yield f"{document}/collation/", word("collation-of", language.tag, title=titles[document])
            for text in (received.what[language.tag], *(one.text for one in collation.omissions),
                         *(one.received for one in own if one.document == document)):
                yield f"{document}/collation/", text
    for document, title in titles.items():
        if len(project.corpus.editions(f"{document}.md")) == 2:
            yield f"{document}/parallel/", word("parallel-of", language.tag, title=title)
        if project.register(document).entries:
            yield f"{document}/history/", word("course-of", language.tag, title=title)
    if project.state.documents or project.state.others:
        yield "about/state/", word("state-title", language.tag)
        yield "check/", word("check-title", language.tag)
        yield "about/offline/", word("offline-title", language.tag)
        yield "notes/", word("own-title", language.tag)


def beside(project: Project, page: Page) -> Iterator[str]:
    """What the page's template prints from data."""
    front, tag = page.front, page.language.tag
    yield front.get("description", "")
    for key in ("author", "authors"):
        yield names.line(front[key], tag) if key in front else ""
    if page.is_document:
        for note in project.sources.of(page.document).notes:
            blocks = reading.read(note.wording[tag], page.settings).blocks
            yield "\n".join(block.text for block in blocks)
    yield from (one["text"] for one in front.get("sources", ()) if page.is_commentary)
    if page.kind == "concept":
        yield from (front["reading"], *front.get("authority", ()))
        yield from (f"{one['rendering']}→{one['instead']}" for one in front.get("discouraged", ()))
        yield from (f"{one['form']} {one['note']}" for one in front.get("false-friends", ()))
    if page.kind == "timeline":
        for event in project.events.events:
            yield from (event.title[tag], event.text[tag], *(one["text"] for one in event.sources))


def found(query: str, all_: tuple[Text, ...]) -> Counter[tuple[str, str]]:
    """(address, text) of everything that `query` must find among `all_`."""
    words = list(dict.fromkeys(fold(query).split()))
    tests = [_test(word, all_) for word in words]
    return Counter(
        (one.address, one.text) for one in all_
        if words and all(test(one.folded) or len(words) > 1 and test(one.over) for test in tests)
    )


def _test(word: str, all_: tuple[Text, ...]):
    """How a text is asked for `word`: at the start of Latin words, else anywhere."""
    if not re.match(f"[{_LATIN}]", word):
        return lambda text: word in text
    start = re.compile(f"(?<![{_LATIN}]){re.escape(word)}")
    if any(start.search(one.folded) for one in all_):
        return lambda text: bool(start.search(text))
    return lambda text: word in text


def queries(all_: tuple[Text, ...], count: int, chance, sizes: tuple[int, ...]) -> Iterator[str]:
    """`count` substrings of the texts as they are written."""
    while count:
        text, size = chance.choice(all_).text, chance.choice(sizes)
        start = chance.randrange(max(1, len(text) - size + 1))
        query = text[start : start + size]
        if len(query.strip()) >= min(sizes):
            yield query
            count -= 1
