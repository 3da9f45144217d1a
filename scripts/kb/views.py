"""What a page's template is given.

In: the project and the page to be shown. Out: a `View`, plain values and small functions; the
templates in `theme/` hold the markup, this module decides what stands in it. Knows nothing of
MkDocs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from kb import books, commentary, dates, names
from kb.anchors import ids
from kb.anchors.register import Entry
from kb.citation import page_head, references
from kb.citation.references import Reference
from kb.collation.collate import Collation
from kb.corpus import COLLATION, PARALLEL, Page
from kb.glossary.concepts import FOLDER, Term, Use
from kb.languages import LANGUAGES, Language, other, spoken_date, word
from kb.marks.parallel import Row
from kb.project import Project
from kb.targets import address
from kb.timeline import Picture, Timeline, picture

# The pages that the site makes of a document, and what their titles are.
MADE = {COLLATION: "collation-of", PARALLEL: "parallel-of"}


@dataclass(frozen=True)
class Alternate:
    """The same page in another language. `exists` is false where only a notice stands there."""

    language: Language
    address: str
    exists: bool


@dataclass(frozen=True)
class View:
    """Everything a template may ask about one page, shown in `language`.

    `page` is None for pages that the site makes itself. On a fallback page `page` is the page in
    the other language. `document` is the one that a collation page is about.
    """

    language: Language
    address: str
    page: Page | None = None
    document: Page | None = None
    made: str = ""  # which of the pages that the site makes of a document: collation or parallel
    alternates: tuple[Alternate, ...] = ()
    crumbs: tuple[tuple[str, str], ...] = ()  # (title, address)
    collations: tuple[Collation, ...] = ()
    withdrawn: tuple[Entry, ...] = ()
    listing: tuple[Page, ...] = ()
    twin_title: str = ""
    related: tuple[tuple[str, Page], ...] = ()  # (relation, concept)
    definition: str = ""
    uses: tuple[tuple[Page, tuple[tuple[str, tuple[Use, ...]], ...]], ...] = ()
    on: tuple[tuple[Page, tuple[str, ...]], ...] = ()  # documents and paragraphs of a commentary
    by_document: tuple[tuple[Page, tuple[Page, ...]], ...] = ()
    glossary: tuple[tuple[Term, Term | None], ...] = ()
    timeline: Timeline | None = None
    terms: Mapping[str, str] = field(default_factory=dict)  # concept → preferred term
    editions: tuple[Page, ...] = ()  # what a parallel page shows side by side
    rows: tuple[Row, ...] = ()  # those of the parallel page, given when it is made
    row_comments: Mapping[str, tuple[commentary.Comment, ...]] = field(default_factory=dict)
    has_parallel: bool = False
    has_feed: bool = False
    has_citing: bool = False  # whether the site says how to cite
    books: tuple[books.Book, ...] = ()  # what can be taken along of the document
    term_index: str = ""  # the path of the page that lists all concepts
    titles: Mapping[str, str] = field(default_factory=dict)  # document → its title
    shelves: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)
    site_url: str = ""
    reference: Reference | None = None  # how the page is cited

    @property
    def is_fallback(self) -> bool:
        return self.page is not None and self.page.language is not self.language

    @property
    def languages(self) -> tuple[Language, ...]:
        return LANGUAGES

    @property
    def twin(self) -> Alternate:
        return next(a for a in self.alternates if a.language is not self.language)

    @property
    def without_search(self) -> str:
        """Where the search leads without scripts: the glossary, if there is one."""
        return address(self.term_index or "index.md", self.language)

    def term_index_in(self, language: Language) -> str:
        return address(self.term_index, language)

    def word(self, key: str, **values: object) -> str:
        return word(key, self.language.tag, **values)

    def date(self, iso: str) -> str:
        return spoken_date(iso, self.language.tag)

    def names(self, value: object) -> str:
        """Authors, as front matter gives them, in one line."""
        return names.line(value, self.language.tag)

    def status(self, page: Page) -> str:
        """What a document is: an original, or a translation, by whom, and edited or not."""
        return references.status(page, self.language.tag)

    def head(self, title: str, description: str) -> page_head.Head:
        """What the page's head tells programs; a page that only stands in for its translation says
        it of the page in the other language."""
        shown = self.twin if self.is_fallback else None
        place = page_head.Place(
            shown.address if shown else self.address, shown.language if shown else self.language,
            tuple(one.language for one in self.alternates if one.exists), self.site_url,
            self.page.kind if self.page else "")
        return page_head.head(place, title, description, self.reference)

    def book_name(self, book: books.Book) -> str:
        """What a link to a book of the document says."""
        if book.is_bilingual:
            return self.word("book-both")
        language = self.word(f"language-{book.editions[0].language.tag}")
        return self.word("book-one", language=language)

    def number(self, anchor: str) -> str:
        """What a paragraph or section is called where it is spoken of."""
        if anchor == "title":
            return self.word("title-paragraph")
        if ids.is_paragraph(anchor):
            return self.word("paragraph", number=anchor[1:])
        return self.word("section", id=anchor)

    def address_of(self, page: Page) -> str:
        """Where `page` is shown to readers of this language, if only with a notice."""
        return address(page.path, self.language)

    def address_in(self, language: Language, document: str) -> str:
        """Where the page of that name is shown to readers of `language`."""
        return address(f"{document}.md", language)

    def glossary_by_english(self) -> list[tuple[Term, Term | None]]:
        return sorted(self.glossary, key=lambda pair: str(pair[0].page.front["english"]).lower())

    def count_uses(self) -> int:
        return sum(len(found) for _, sections in self.uses for _, found in sections)

    def term(self, concept: str) -> str:
        """A concept's preferred term."""
        return self.terms.get(concept, concept)

    def picture(self) -> Picture:
        """Where the events of the timeline stand."""
        return picture(self.timeline)

    def document_title(self, document: str) -> str:
        """What a row of figures is about; "" stands for what belongs to no document."""
        return self.titles[document] if document else self.word("received-elsewhere")


def view(project: Project, path: str, language: Language, site_url: str = "") -> View:
    """The view of the page at `path` (as in `articles/x.md`) in `language`."""
    corpus = project.corpus
    page = corpus.nearest(path, language)
    document, made = None, path.rpartition("/")[2] if page is None else ""
    if made in MADE:
        document = corpus.nearest(path.removesuffix(f"/{made}") + ".md", language)
    both = _both(project, document or page)
    about = document or page
    name = about.document if about else path.removesuffix(".md")
    concept = path.rpartition("/")[2].removesuffix(".md") if page and page.kind == "concept" else ""
    term = project.glossary.terms.get(language.tag, {}).get(concept)
    twin = corpus.page(path, other(language))
    folder = page.front.get("lists") if page else None
    return View(
        language=language,
        address=address(path, language),
        page=page,
        document=document,
        alternates=tuple(
            Alternate(one, address(path, one), corpus.page(path, one) is not None or bool(document))
            for one in LANGUAGES
        ),
        crumbs=_crumbs(project, path, language, document),
        made=made,
        collations=project.collations_of(name) if document or (page and page.is_document) else (),
        has_parallel=bool(both),
        has_feed=bool(project.comments),
        has_citing=bool(corpus.editions("about/citing.md")),
        books=_books(page, both, made),
        term_index=next((one for one in (f"{FOLDER}/index.md", f"{FOLDER}.md")
                         if corpus.editions(one)), ""),
        editions=both if made == PARALLEL else (),
        row_comments=_row_comments(project, name, language) if made == PARALLEL else {},
        withdrawn=tuple(project.register(name).withdrawn.values()),
        listing=_listed(project, folder, language) if folder else (),
        definition=term.definition if term else "",
        uses=_grouped(project.glossary.uses_of(concept, language)),
        on=_subjects(project, page, language),
        by_document=_by_document(project, language) if folder == "commentary" else (),
        glossary=_side_by_side(project, language) if folder == "glossary" else (),
        timeline=project.events if page and page.kind == "timeline" else None,
        terms={concept: term.preferred for tag in (other(language).tag, language.tag)
               for concept, term in project.glossary.terms.get(tag, {}).items()}
        if page and page.kind == "timeline" else {},
        twin_title=twin.front.get("term") or twin.title if twin else "",
        related=tuple(
            (one["relation"], found) for one in (page.front.get("related", ()) if concept else ())
            if (found := corpus.page(f"glossary/{one['concept']}.md", language))
        ),
        titles={
            name: found.title
            for collation in project.collations for name in collation.received.editions
            if (found := corpus.nearest(f"{name}.md", language))
        } if document else {},
        shelves={name: newest_first(corpus.below(name, language))
                 for name in ("articles", "press-releases", "commentary", "glossary")}
        if page and page.kind == "home" else {},
        site_url=site_url,
        reference=references.reference(project, page, site_url),
    )


def newest_first(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """By date, the newest first, and of one day the longest kinds of commentary first; what has no
    date (concepts) by reading."""

    def key(page: Page) -> tuple:
        newest = dates.newest_first(page.date)
        kinds = ("essay", "update", "correction", "note")
        rank = kinds.index(page.kind) if page.kind in kinds else 0
        return newest, rank, sorting_form(str(page.front.get("reading", ""))), page.path

    return tuple(sorted(pages, key=key))


def sorting_form(reading: str) -> str:
    """A reading as a dictionary sorts it: pinyin without tones, kana as plain hiragana."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", reading.lower())
                    if not unicodedata.combining(c))
    return "".join(chr(ord(c) - 0x60) if "\u30a1" <= c <= "\u30f6" else c for c in plain)


def _listed(project: Project, folder: str, language: Language) -> tuple[Page, ...]:
    if folder == "commentary":
        return newest_first(commentary.pages(project.corpus, language))
    return newest_first(project.corpus.below(folder, language))


def _grouped(
    uses: tuple[Use, ...]
) -> tuple[tuple[Page, tuple[tuple[str, tuple[Use, ...]], ...]], ...]:
    """Uses by document and section, in the order of the text."""
    documents: dict[str, tuple[Page, dict[str, list[Use]]]] = {}
    for use in uses:
        sections = documents.setdefault(use.page.path, (use.page, {}))[1]
        title = use.paragraph.section.title if use.paragraph.section else ""
        sections.setdefault(title, []).append(use)
    return tuple(
        (page, tuple((title, tuple(found)) for title, found in sections.items()))
        for page, sections in documents.values()
    )


def _subjects(
    project: Project, page: Page | None, language: Language
) -> tuple[tuple[Page, tuple[str, ...]], ...]:
    """What a commentary is about: each document once, with its paragraphs."""
    found: dict[str, list[str]] = {}
    for target in page.front["on"] if page and page.is_commentary else ():
        document, _, anchor = target.partition("#")
        found.setdefault(document, []).append(anchor)
    return tuple(
        (edition, tuple(anchors)) for document, anchors in found.items()
        if (edition := project.corpus.nearest(f"{document}.md", language))
    )


def _by_document(
    project: Project, language: Language
) -> tuple[tuple[Page, tuple[Page, ...]], ...]:
    """Each document with the commentary on it, in the order of its paragraphs."""
    found: list[tuple[Page, tuple[Page, ...]]] = []
    for (document, tag), comments in project.comments.items():
        page = project.corpus.nearest(f"{document}.md", language)
        if tag != language.tag or not page:
            continue
        places = {anchor: place for place, anchor in enumerate(page.anchors)}
        ordered = sorted(comments, key=lambda one: places.get(one.on, len(places)))
        found.append((page, tuple({one.page.path: one.page for one in ordered}.values())))
    return tuple(found)


def _side_by_side(project: Project, language: Language) -> tuple[tuple[Term, Term | None], ...]:
    """Every concept's term in `language` with that in the other, by reading."""
    twins = project.glossary.terms.get(other(language).tag, {})
    own = project.glossary.terms.get(language.tag, {})
    terms = sorted((own.get(concept) or twins[concept] for concept in project.glossary.concepts),
                   key=lambda term: (sorting_form(str(term.page.front["reading"])), term.concept))
    return tuple(
        (term, twins.get(term.concept) if term.page.language is language else None) for term in terms)


def _crumbs(
    project: Project, path: str, language: Language, document: Page | None
) -> tuple[tuple[str, str], ...]:
    """The pages above this one: home, the folder's index, and for a collation its document."""
    if path == "index.md":
        return ()
    crumbs = [(word("home", language.tag), address("index.md", language))]
    folder = (document.path if document else path).rpartition("/")[0]
    index = f"{folder}/index.md"
    if folder and index != path and (page := project.corpus.page(index, language)):
        crumbs.append((page.title, address(index, language)))
    if document:
        crumbs.append((document.title, address(document.path, language)))
    return tuple(crumbs)


def _both(project: Project, page: Page | None) -> tuple[Page, ...]:
    """The editions of a document that has two."""
    editions = project.corpus.editions(page.path) if page and page.is_document else ()
    return editions if len(editions) == 2 and all(e.is_document for e in editions) else ()


def _books(page: Page | None, both: tuple[Page, ...], made: str) -> tuple[books.Book, ...]:
    """The books that a page links: of its own text and of both, beside both only that of both."""
    if page and page.is_document:
        return tuple(book for book in books.of(both or (page,)) if page in book.editions)
    return tuple(b for b in books.of(both) if b.is_bilingual) if made == PARALLEL else ()


def _row_comments(
    project: Project, document: str, language: Language
) -> Mapping[str, tuple[commentary.Comment, ...]]:
    found: dict[str, list[commentary.Comment]] = {}
    for comment in project.comments.get((document, language.tag), ()):
        found.setdefault(comment.on, []).append(comment)
    return {anchor: tuple(comments) for anchor, comments in found.items()}


def addresses(project: Project) -> tuple[tuple[Alternate, ...], ...]:
    """For the sitemap: every page, with the languages in which it really exists."""
    pages = [(path, {page.language for page in project.corpus.editions(path)})
             for path in project.corpus.paths]
    pages += [(path, set(LANGUAGES)) for path in made_paths(project)]
    return tuple(
        tuple(Alternate(one, address(path, one), True) for one in LANGUAGES if one in languages)
        for path, languages in pages
    )


def collation_paths(project: Project) -> tuple[str, ...]:
    """The pages that show a document's collation, one for each document with a received text."""
    documents = dict.fromkeys(
        document
        for collation in project.collations
        for document in collation.received.editions
        if f"{document}.md" in project.corpus.paths
    )
    return tuple(f"{document}/collation.md" for document in documents)


def made_paths(project: Project) -> tuple[str, ...]:
    """Every page that the site makes of a document: its collation, its parallel text."""
    parallels = dict.fromkeys(
        f"{page.document}/{PARALLEL}" for page in project.corpus.documents if _both(project, page))
    return (*collation_paths(project), *parallels)


def title(project: Project, path: str, language: Language) -> str:
    """The title of a page that the site makes."""
    folder, _, made = path.rpartition("/")
    document = project.corpus.nearest(f"{folder}.md", language)
    return word(MADE[made], language.tag, title=document.title if document else "")
