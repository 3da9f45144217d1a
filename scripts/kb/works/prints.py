"""What is printed of the site: a PDF of each edition and of both side by side, a picture for links.

In: the project, the finished pages, a browser's path. Out: the files with their keys: what is remembered
under one was printed of the same page with the same style sheets by the same browser; the rest is printed
anew (`kb.works.browser`). Each sheet has the site's name and the page's address above, its number below.
Refuses what the browser refuses.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from html import escape

from kb import books, kinds, phrases
from kb.citation import references
from kb.corpus import Page
from kb.languages import Language, word
from kb.memory.digests import digest
from kb.memory.shelf import Shelf, checked
from kb.project import Project
from kb.views import Words
from kb.works.browser import Browser

PICTURE = "card.jpg"
_SIZE = (1200, 630)  # what Open Graph's readers show whole
_SHEET = "kb-print.css"
_BOX = "font: 8pt sans-serif; color: #444;"
_POLICY = re.compile(rb"<meta http-equiv=\"Content-Security-Policy\"[^>]*>")
_PICTURED = re.compile(rb"<img[^>]* src=\"([^\"]+)\"")
Files = Callable[[str], bytes | None]


@dataclass
class Prints:
    """`files` gives what stands at a place of the site. `path` names the browser."""

    project: Project
    files: Files
    path: str
    version: str
    site_url: str
    styles: str  # a digest of the style sheets
    made = 0
    _browser: Browser | None = None
    _page: bytes = b""  # what is to be shown now in place of a page
    _sheet: bytes = b""

    def each(self) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
        """Place, key and maker of each file."""
        for path in dict.fromkeys(page.path for page in self.project.corpus.documents):
            editions = [page for page in self.project.corpus.editions(path) if page.is_document]
            for book in books.of(editions):
                place = book.page_place
                page = self.files(f"{place}index.html") or b""
                sheet = self._running(book.editions[0].language, book.page_address)
                yield (book.pdf_place, self._key("packed pdf", page, sheet, self._pictures(place, page)),
                       partial(self._print, place, page, sheet))
        for one in self.project.corpus.pages.values():
            if self.site_url and references.is_citable(one):
                card = self._card(one)
                yield one.place + PICTURE, self._key("picture", card), partial(self._draw, one.place, card)

    def _key(self, *parts: object) -> str:
        return f"print {digest((self.version, self.styles, parts))}"

    def _pictures(self, place: str, page: bytes) -> tuple[bytes | None, ...]:
        return tuple(self.files(posixpath.normpath(posixpath.join(place, found.decode())))
                     for found in _PICTURED.findall(page))

    def _running(self, language: Language, address: str) -> bytes:
        """The sheet's own style: what runs above the text."""
        whole = f"{self.site_url.rstrip('/')}/{address}" if self.site_url else ""
        said = {"left": word("site-name", language.tag), "right": whole}
        boxes = "".join(f"@top-{side} {{ content: {json.dumps(text, ensure_ascii=False)}; {_BOX} }}"
                        for side, text in said.items() if text)
        return f"@page {{ {boxes} }} .kb-print {{ display: none !important; }}".encode()

    def _card(self, page: Page) -> bytes:
        title, language = page.title, page.language
        words = Words(language)
        facts = [kinds.DOCUMENTS[page.kind].names[language.tag] if page.is_document
                 else words.word(f"kind-{page.kind}" if page.is_commentary else "glossary"),
                 words.word(f"language-{language.tag}")]
        facts += [words.word("paragraphs", count=len(page.paragraphs))] if page.is_document else []
        size = 76 if len(title) < 24 else 60 if len(title) < 44 else 48
        return f"""<!doctype html><html lang="{language.tag}"><meta charset="utf-8">
<link rel="stylesheet" href="/assets/kb/kb.css"><style>
html {{ font-size: 20px }} body {{ margin: 0; padding: 64px 80px; box-sizing: border-box; height: 630px;
  border-top: 14px solid var(--vermilion); justify-content: space-between; min-height: 0 }}
h1 {{ margin: 0; font: 600 {size}px/1.4 var(--text); text-wrap: balance }}
p {{ margin: 0; font: 30px var(--plain); color: var(--ink-soft); display: flex }}
p {{ justify-content: space-between }}
</style><body><h1>{phrases.marked(title, language.tag)}</h1>
<p><b>{escape(word("site-name", language.tag))}</b><span>{escape("　".join(facts))}</span></p>""".encode()

    def _print(self, place: str, page: bytes, sheet: bytes) -> bytes:
        self._sheet = sheet
        link = f'<link rel="stylesheet" href="/{_SHEET}"></head>'.encode()
        self._page = _POLICY.sub(b"", page).replace(b"</head>", link, 1)
        return self._opened().pdf(place)

    def _draw(self, place: str, card: bytes) -> bytes:
        self._page = card
        return self._opened().picture(f"{place}{PICTURE}.html", *_SIZE)

    def _opened(self) -> Browser:
        self.made += 1
        self._browser = self._browser or Browser(self.path, self._given)
        return self._browser

    def _given(self, place: str) -> bytes | None:
        if not place or place.endswith(("/", ".html")):
            return self._page
        return self._sheet if place == _SHEET else self.files(place)

    def close(self) -> None:
        if self._browser:
            self._browser.close()


def remembered(shelf: Shelf | None, key: str) -> str:
    """The digest of what was printed under `key`, if its bytes are there too; else ""."""
    known = shelf.get(key) if shelf else None
    return known.decode() if known and shelf and shelf.use(f"bytes {known.decode()}") else ""


def remember(shelf: Shelf | None, key: str, data: bytes) -> str:
    known = checked(data)
    if shelf:
        shelf.put(key, known.encode())
        if not shelf.use(f"bytes {known}"):
            shelf.put(f"bytes {known}", data)
    return known
