"""How each work is made: pages, books, files for programs, the search.

In: the project, the memory, what all works share, the site's folder. Out: for MkDocs the view, the HTML and
the rows of each page that has to be made; all other files of the works written. Nothing is asked of a project
but of the one that notes it for the work. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

from markupsafe import Markup

from kb import exports, phrases, rendering, views
from kb.corpus import Page
from kb.exports import epub
from kb.files import write
from kb.languages import LANGUAGES, Language
from kb.memory.digests import Digests, digest
from kb.memory.shelf import Shelf, checked
from kb.project import Project
from kb.reading.trees import Element
from kb.views import generated
from kb.works import DONE, ahead, late, library, offline, progress, search
from kb.works.book import Book
from kb.works.browser import version
from kb.works.prints import Prints, remember, remembered
from kb.works.site import Site
from kb.works.templates import KEPT


class Build:
    """One build of the site, in all languages."""

    def __init__(self, project: Project, shelf: Shelf | None, shared: str, site: Site,
                 *, site_url: str, book_style: str, navigation: Iterable[str], digests: Digests,
                 browser: str = "", is_preview: bool = False) -> None:
        self.site, self.site_url, self.book_style = site, site_url, book_style
        self.project, self.shelf, self.browser = project, shelf, browser
        self.is_preview = is_preview  # then what is made of all pages is left, until somebody asks for it
        self.book = Book(project, shelf if shared else None, digest((shared, site_url, book_style)), site,
                         digests)
        self._navigation = frozenset(navigation)  # MkDocs makes it of these pages, and has to see them
        self.paths = (*project.corpus.paths, *(path for path in project.made if self.name(path) == path))
        # By the place of the page, of the language that is built now: what somebody wrote, what is shown.
        self.pages: dict[str, Page | None] = {}
        self.views: dict[str, views.View] = {}
        # Documents that were finished for one of their pages, until the last has been made.
        self.documents: dict[str, ahead.Finished] = {}
        self.entries: dict[tuple[str, ...], Element] = {}  # of the glossary, as books have them
        self.ahead = ahead.Documents(self.book, sorted(
            {path for path in self.paths if any(page.is_document for page in project.corpus.editions(path))
             and not self.book.is_done(path)}), self._finished)
        self._open = ExitStack()
        missing = sum(not self.is_done(path) for path in (*project.corpus.paths, *project.made))
        self._step = self._open.enter_context(progress.over("pages", missing * len(LANGUAGES)))
        if is_preview:
            self._keep_late()
        else:
            search.write(self.book)  # before the pages, which then take the memory that it has freed

    @staticmethod
    def name(path: str) -> str:
        """The work that the page at `path` belongs to: what is made of a document is a part of its work."""
        made = generated.name(path)
        return f"{path.rpartition('/')[0]}.md" if made and made != path else path

    def is_done(self, path: str) -> bool:
        return self.book.is_done(self.name(path))

    def is_left_out(self, path: str) -> bool:
        """Whether MkDocs need not see the page at `path`: it is there."""
        return path not in self._navigation and self.is_done(path)

    def stands(self, place: str, source: str | None) -> bool:
        """Whether the file at the path `source`, which is copied as it is, stands at `place` already."""
        return source is not None and self.site.reuse(place, checked(Path(source).read_bytes()))

    def shown(self, path: str, language: Language, place: str) -> tuple[Page | None, str]:
        """What somebody wrote of the page at `path`, which will stand at `place`, and its template."""
        if self.is_done(path):
            self.pages[place] = self.project.corpus.nearest(path, language)
            return self.pages[place], KEPT
        self._step()
        made = self.views[place] = views.view(self._project(path), path, language, self.site_url)
        self.pages[place] = made.shell.page
        return made.shell.page, made.shell.template

    def _project(self, path: str) -> Project:
        return self.book.project_of(self.name(path))

    def title(self, path: str, language: Language) -> tuple[str, str]:
        """The title of a page that the site makes, and its HTML."""
        title = generated.title(self.project if self.is_done(path) else self._project(path), path, language)
        return title, str(Markup('<h1 id="{}">{}</h1>').format(
            self.project.settings.slug(title), Markup(phrases.marked(title, language.tag))))

    def html(self, place: str) -> str:
        """The HTML of what somebody wrote; of a page that is there already nobody asks for it."""
        if (view := self.views.get(place)) is None:
            return ""
        shell = view.shell
        page = shell.page
        assert page
        if page.is_document and not shell.is_fallback:
            return self._document(page.path).html.pop(shell.language.tag)
        return rendering.shown(self._project(page.path), page, shell.language)

    def context(self, place: str) -> Mapping[str, object]:
        """What the template of the page at `place` is given."""
        if (view := self.views.get(place)) is None:
            return {}
        body = view.body
        if isinstance(body, views.Parallel) and body.editions:
            path = body.editions[0].path
            body = replace(body, rows=rendering.rows_at(self._document(path).rows, view.shell.address))
            if view.shell.language is LANGUAGES[-1]:  # its last page
                del self.documents[path]
        return {"kb": view.shell, "body": body}

    def _document(self, path: str) -> ahead.Finished:
        """The document at `path`, finished when it is first met at the latest, and its books written."""
        if path not in self.documents:
            made = self.ahead.get(path)
            if made is None:
                found, books = self._finished(path)
                self.book.write(path, dict(books))
                made = ahead.Finished(found.html, found.rows)
            self.documents[path] = made
        return self.documents[path]

    def _finished(self, path: str) -> tuple[rendering.Document, Iterable[tuple[str, bytes]]]:
        """The document at `path`, and its books, which a preview leaves."""
        project = self.book.project_of(path)
        found = rendering.document(project, path, self._tree if self.is_preview else None)
        return found, () if self.is_preview else self._books(project, found)

    def _tree(self, page: Page) -> Element:
        """The finished tree of an edition: in a preview one language is written at a time."""
        path, language = page.path, page.language
        return deepcopy(self.book.part(path, f"{path} {language.tag}", lambda project: rendering.finished(
            project, project.corpus.pages[path, language.tag], language)))

    def _books(self, project: Project, found: rendering.Document) -> Iterable[tuple[str, bytes]]:
        return epub.of(project, found, site_url=self.site_url, style=self.book_style,
                       picture=project.corpus.picture, entries=self.entries)

    def add(self, path: str, place: str, output: str) -> str:
        """A page as MkDocs writes it: of one that was there already what stands there."""
        if self.is_done(path):
            return (self._file(place) or b"").decode()
        if output.strip():
            self.book.add(self.name(path), place, output.encode("utf-8", "xmlcharrefreplace"))
        return output

    def files(self, language: Language) -> None:
        """Write the files beside the pages of `language`; a preview leaves most."""
        if not self.is_preview:
            for path in self.paths:
                if not self.book.is_done(path):
                    self.book.write(path, exports.of_page(self._project(path), path, language, self.site_url))
            late.write_lists(self.book, language, self.site_url)
        for place, known, data in self.project.unchanged.every(_of_none, language, self.site_url):
            if not self.site.reuse(place, known):
                write(self.site.begun / place, data)
        self.pages, self.views = {}, {}

    def close(self) -> None:
        """Let go of what is open, done or not."""
        self._open.close()
        self.ahead.close()

    def _keep_late(self) -> None:
        """What is made when somebody asks stays as it is, but for what went with a page that is gone."""
        pieces = {late.SEARCH, late.LISTS, *map(late.folder, self.paths)}
        self.site.keep_all(lambda place: late.piece(place) in pieces)

    def make_late(self, site: Site, piece: str) -> None:
        """Make what was left of a piece, where all the rest stands."""
        book = self.book.anew(site)
        late.write(book, piece, self.site_url)
        for path in self.paths:
            if late.folder(path) == piece and not book.is_done(name := f"beside {path}"):
                book.write(name, dict(self._beside(book.project_of(name), path)))
        book.end()
        site.keep_all(lambda place: late.piece(place) != piece)
        site.settle(book.known)

    def _beside(self, project: Project, path: str) -> Iterator[tuple[str, str | bytes]]:
        """All that goes with the page at `path`."""
        for language in LANGUAGES:
            yield from exports.of_page(project, path, language, self.site_url).items()
        if any(page.is_document for page in project.corpus.editions(path)):
            yield from self._books(project, rendering.document(project, path))

    def end(self, made_from: str) -> str:
        """Remember the works, put all files in their place, and say in a line what was done. `made_from`
        tells all that the site was made from, if that is known."""
        self.ahead.end()
        self._open.close()
        printed = f"; {self._print()} printed" if self.browser else ""
        self.book.end()
        offline.make(self.project, self.site, self.book.known)
        if not self.is_preview:
            library.make(self.project, self.site, self.book.known, self.shelf, site_url=self.site_url)
        self.site.settle(self.book.known, made_from if self.book.is_remembered else "")
        return (f"{DONE}{self.book.made} made, {self.book.remembered} remembered{printed}; "
                f"files: {self.site.written} written, {self.site.kept} as they were")

    def _print(self) -> int:
        """Print what has changed; how many files."""
        styles = digest([self._file(place) for place in self._styles()])
        prints = Prints(self.project, self._file, self.browser, version(self.browser), self.site_url, styles)
        try:
            for place, key, make in prints.each():
                known = remembered(self.shelf, key)
                data = self.shelf.get(f"bytes {known}") if known and self.shelf else None
                if data is None or checked(data) != known:
                    data = make()
                    known = remember(self.shelf, key, data)
                self._settle_print(place, known, data)
        finally:
            prints.close()
        return prints.made

    def _settle_print(self, place: str, known: str, data: bytes) -> None:
        self.book.known[place] = known
        if not self.site.reuse(place, known):
            write(self.site.begun / place, data)

    def _styles(self) -> list[str]:
        return ["assets/kb/kb.css", *sorted(
            place for place in self.site.places(("assets/stylesheets/",)) if place.endswith(".css"))]

    def _file(self, place: str) -> bytes | None:
        """What will stand at a place of the site."""
        for folder in (self.site.begun, self.site.folder):
            if (path := folder / place).is_file():
                return path.read_bytes()
        return None


def _of_none(language: Language, site_url: str) -> Iterator[tuple[str, str, bytes]]:
    """The place, digest and bytes of each file that no page has a part in."""
    for place, content in exports.of_none(language, site_url).items():
        data = content if isinstance(content, bytes) else content.encode()
        yield place, checked(data), data
