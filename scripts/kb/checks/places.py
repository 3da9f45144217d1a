"""Everything that will stand on the site, and where it comes from.

In: the project. Out: pairs of a place below the site's root and its source: a file of
the trees, or what the site makes by itself. Made by rule and not by building: whoever adds a file to
`kb.exports` or `kb.search` adds it here. Refuses nothing; who compares the pairs finds two sources
for one address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb import books, targets
from kb.corpus import GENERATED, Corpus, Page
from kb.glossary.concepts import FOLDER
from kb.languages import LANGUAGES, Language, other
from kb.project import Project

_PAGE = "index.html"
_CITATIONS = ("citation.json", "citation.bib", "citation.ris", "linkset.json")
# What the site has once, whatever its texts are.
_ONCE = ("404.html", "_headers", "robots.txt", "sitemap.xml", "sitemap.xml.gz")
_IN_EACH_LANGUAGE = ("404.html", "llms.txt")
_GLOSSARY = ("exports/glossary.tbx", "exports/glossary-basic.tbx", "exports/glossary.jsonld",
             *(f"exports/glossary.{one.tag}-{other(one).tag}.tsv" for one in LANGUAGES),
             "exports/translations.tmx")
# Folders that hold files of many names, all of them the site's own.
_FOLDERS = ("assets/kb/", "assets/citation/", "assets/notes/", "assets/javascripts/", "assets/stylesheets/",
            "search/all/",
            *(f"search/{language.tag}/" for language in LANGUAGES))

Pairs = Iterator[tuple[str, str]]


def places(project: Project) -> Pairs:
    """(place, source), files of the trees first."""
    yield from _files(project.corpus)
    yield from _pages(project.corpus)
    yield from _beside(project.corpus)
    yield from _made(project)
    yield from _everywhere(project.corpus)


def _files(corpus: Corpus) -> Pairs:
    for language in LANGUAGES:
        for path in corpus.trees[language.tag].files:
            if not path.endswith(targets.MARKDOWN):
                place, source = targets.file_place(path, language), f"{language.tree}/{path}"
                yield place, source
                yield from _within(place)


def _pages(corpus: Corpus) -> Pairs:
    """Each page in each language: where it is not written in one, the other's stands there."""
    for path in _paths(corpus):
        for language in LANGUAGES:
            place, source = targets.place(path, language) + _PAGE, _source(corpus, path, language)
            yield place, source
            yield from _within(place)


def _within(place: str) -> Pairs:
    """The site's own folder that a place lies in, whichever way its capitals are written."""
    if folder := next((one for one in _FOLDERS if place.casefold().startswith(one.casefold())), None):
        yield place, f"the site's own {folder}"


def _paths(corpus: Corpus) -> Iterable[str]:
    return dict.fromkeys((*(path for tree in corpus.trees.values() for path in tree.pages), *corpus.paths))


def _source(corpus: Corpus, path: str, language: Language) -> str:
    own = next((one for one in (language, *LANGUAGES) if path in corpus.trees[one.tag].files), None)
    return f"{own.tree}/{path}" if own else f"the site's own {path}"


def _beside(corpus: Corpus) -> Pairs:
    """What the site makes of each page: its Markdown, citations, books."""
    for page in corpus.pages.values():
        for name in _made_of(page):
            yield page.place + name, f"what the site makes of {page.file}"
    for path in dict.fromkeys(page.path for page in corpus.documents):
        editions = [page for page in corpus.editions(path) if page.is_document]
        made = f"what the site makes of {editions[0].file}"
        yield from ((place, made) for book in books.of(editions) for place in (book.place, book.pdf_place))
        for language in LANGUAGES:
            for name in ("versions.json", "feed.xml"):
                yield targets.place(path, language) + name, made


def _made(project: Project) -> Pairs:
    """The pages that the site makes: of a document, or by itself."""
    for path in project.made:
        of = project.corpus.editions(f"{path.rpartition('/')[0]}.md") if path.endswith(GENERATED) else ()
        for language in LANGUAGES:
            place = targets.place(path, language) + _PAGE
            yield place, f"what the site makes of {of[0].file}" if of else f"the site's own {place}"


def _made_of(page: Page) -> Iterator[str]:
    yield "index.md"
    if page.is_document:
        yield from ("tei.xml", "annotations.jsonld")
    if page.is_document or page.is_commentary or page.kind == "concept":
        yield from (*_CITATIONS, "card.jpg")
    if page.kind == "concept":
        yield from ("card.json", "feed.xml")


def _everywhere(corpus: Corpus) -> Pairs:
    pages = corpus.pages.values()
    made = [*_ONCE, *(language.prefix + name for language in LANGUAGES for name in _IN_EACH_LANGUAGE)]
    if corpus.has_texts:
        made += ["state.json", "library.zip", "visited.js",
                 *(f"{language.prefix}feed.xml" for language in LANGUAGES)]
    if any(page.is_commentary for page in pages):
        made += [f"{language.prefix}commentary/feed.xml" for language in LANGUAGES]
    if any(page.kind == "concept" and page.path.startswith(f"{FOLDER}/") for page in pages):
        made += _GLOSSARY
    yield from ((place, f"the site's own {place}") for place in dict.fromkeys(made))
