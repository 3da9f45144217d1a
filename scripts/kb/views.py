"""What a page's template is given.

In: the project and the page to be shown. Out: a `View`, plain values and small functions; the
templates in `theme/` hold the markup, this module decides what stands in it. Knows nothing of
MkDocs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kb.anchors import ids
from kb.anchors.register import Entry
from kb.collation.apparatus import spoken_date
from kb.collation.collate import Collation
from kb.corpus import Page, address
from kb.findings import Finding
from kb.languages import LANGUAGES, Language, other, word
from kb.project import Project


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
    alternates: tuple[Alternate, ...] = ()
    crumbs: tuple[tuple[str, str], ...] = ()  # (title, address)
    collations: tuple[Collation, ...] = ()
    withdrawn: tuple[Entry, ...] = ()
    listing: tuple[Page, ...] = ()
    twin_title: str = ""
    related: tuple[Page, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)  # document → its title
    shelves: Mapping[str, tuple[Page, ...]] = field(default_factory=dict)

    @property
    def is_fallback(self) -> bool:
        return self.page is not None and self.page.language is not self.language

    @property
    def twin(self) -> Alternate:
        return next(a for a in self.alternates if a.language is not self.language)

    def word(self, key: str, **values: object) -> str:
        return word(key, self.language.tag, **values)

    def date(self, iso: str) -> str:
        return spoken_date(iso, self.language.tag)

    def status(self) -> str:
        """What the text is: an original, or a translation, by whom, and edited or not."""
        if not self.page or not self.page.is_document:
            return ""
        front = self.page.front
        if front.get("text") == "original":
            return self.word("text-original")
        made = front["translation"]
        said = self.word("text-translation", language=self.word(f"language-{made['from']}"))
        said += self.word(f"by-{made['by']}")
        if edited := made.get("post-edited"):
            said += self.word("post-edited", date=self.date(edited))
        return said + self.word("sentence-end")

    def number(self, anchor: str) -> str:
        """What a paragraph or section is called where it is spoken of."""
        if anchor == "title":
            return self.word("title-paragraph")
        if ids.is_paragraph(anchor):
            return self.word("paragraph", number=anchor[1:])
        return self.word("section", id=anchor)

    def document_title(self, document: str) -> str:
        """What a row of figures is about; "" stands for what belongs to no document."""
        return self.titles[document] if document else self.word("received-elsewhere")


def view(project: Project, path: str, language: Language) -> View:
    """The view of the page at `path` (as in `articles/x.md`) in `language`."""
    corpus = project.corpus
    page = corpus.page(path, language) or next(iter(corpus.editions(path)), None)
    document = None
    if page is None and path.endswith("/collation.md"):
        document = corpus.page(path.removesuffix("/collation.md") + ".md", language) or next(
            iter(corpus.editions(path.removesuffix("/collation.md") + ".md")), None)
    about = document or page
    name = about.document if about else path.removesuffix(".md")
    related = tuple(
        found for key in (page.front.get("related", ()) if page else ())
        if (found := corpus.page(f"glossary/{key}.md", language))
    )
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
        collations=project.collations_of(name) if document or (page and page.is_document) else (),
        withdrawn=tuple(project.register(name).withdrawn.values()),
        listing=newest_first(corpus.below(folder, language)) if folder else (),
        twin_title=twin.front.get("term") or twin.title if twin else "",
        related=related,
        titles={
            name: found[0].title
            for collation in project.collations for name in collation.received.editions
            if (found := [p for p in (corpus.page(f"{name}.md", language),
                                      *corpus.editions(f"{name}.md")) if p])
        } if document else {},
        shelves={name: newest_first(corpus.below(name, language))
                 for name in ("articles", "press-releases", "glossary")}
        if page and page.kind == "home" else {},
    )


def newest_first(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """Documents by date, the newest first; what has no date (concepts) by reading, then by path."""

    def key(page: Page) -> tuple:
        published = page.front.get("published")
        newest = -date.fromisoformat(published).toordinal() if published else 0
        return newest, sorting_form(str(page.front.get("reading", ""))), page.path

    return tuple(sorted(pages, key=key))


def lost_ids(page: Page, html: str) -> Finding | None:
    """The first id of `page` that its rendered `html` does not have: it would show as text."""
    rendered = set(re.findall(r'\bid="([^"]+)"', html))
    for anchor in page.anchors:
        if anchor not in rendered:
            places = {p.id: p.last_line for p in page.paragraphs}
            return Finding(page.file, places.get(anchor, page.body_line), "KB213", f"#{anchor}",
                           "an id that is read", "put an empty line before and after the "
                           "paragraph or list that it belongs to")
    return None


def sorting_form(reading: str) -> str:
    """A reading as a dictionary sorts it: pinyin without tones, kana as plain hiragana."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", reading.lower())
                    if not unicodedata.combining(c))
    return "".join(chr(ord(c) - 0x60) if "\u30a1" <= c <= "\u30f6" else c for c in plain)


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


def addresses(project: Project) -> tuple[tuple[Alternate, ...], ...]:
    """For the sitemap: every page, with the languages in which it really exists."""
    paths = [*project.corpus.paths, *collation_paths(project)]
    return tuple(
        tuple(a for a in view(project, path, LANGUAGES[0]).alternates if a.exists)
        for path in paths
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


def title(project: Project, path: str, language: Language) -> str:
    """The title of a collation page."""
    found = view(project, path, language)
    return word("collation-of", language.tag, title=found.document.title if found.document else "")
