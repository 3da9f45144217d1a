"""How pages and books speak: words, dates, names and numbers in the language of their reader.

In: a language. Out: strings, and addresses of pages as that reader sees them. Knows no project. Refuses a
word that words.yml does not have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from kb import books, kinds, names
from kb.anchors import ids
from kb.citation import references
from kb.collation.sources import Received
from kb.corpus import Page
from kb.languages import CHINESE, JAPANESE, LANGUAGES, Language, spoken_date, word
from kb.reading import License
from kb.targets import address


@dataclass(frozen=True)
class Words:
    """What is said to readers of `language`."""

    language: Language

    @property
    def languages(self) -> tuple[Language, ...]:
        return LANGUAGES

    def word(self, key: str, **values: object) -> str:
        return word(key, self.language.tag, **values)

    def date(self, iso: str) -> str:
        return spoken_date(iso, self.language.tag)

    def period(self, iso: str, until: str) -> tuple[str, str]:
        """Both ends of a period, the second without the year and month that it shares with the first:
        1957年5月27日, 30日; in Japanese 1957年5月27, 30日."""
        first, last = self.date(iso), self.date(until)
        ends = [first.find(mark) + 1 for mark in "年月"]
        shared = max((end for end in ends if last[:end] == first[:end] and last[end:]), default=0)
        of_one_month = self.language is JAPANESE and shared == ends[1] > 0
        return first.removesuffix("日") if of_one_month else first, last[shared:]

    def shelf(self, document: str) -> str:
        """What a document is called by where it stands, with the space that follows; nothing for one that
        stands on no shelf."""
        kind = kinds.SHELVES.get(document.partition("/")[0])
        return f"{kind.names[self.language.tag]} " if kind else ""

    def names(self, value: object) -> str:
        """Authors, as front matter gives them, in one line."""
        return names.line(value, self.language.tag)

    def sounds(self, language: Language) -> Markup:
        """The attribute that says in which letters the reading of a term of `language` is written: pinyin is
        Latin (RFC 5646, 2.2.5); kana is Japanese as it is."""
        return Markup(' lang="zh-Latn-pinyin"') if language is CHINESE else Markup("")

    def status(self, page: Page) -> str:
        """What a document is: an original, or a translation, by whom, and edited or not."""
        return references.status(page, self.language.tag)

    def rights(self, page: Page, license: License | None) -> str:
        """Whose the text is, as its editors say, whose all texts are, and how what the editors wrote may be
        used."""
        return str(page.front.get("rights", "")) + self.all_rights(license)

    def all_rights(self, license: License | None) -> str:
        """Whose the texts of the site are, and under which licence, if there is one, its editors write."""
        said = self.word("footer-rights")
        if not license:
            return said
        where = self.word("in-brackets", what=license.address)
        return said + self.word("footer-license", license=license.name + where)

    def received(self, texts: Iterable[Received]) -> str:
        """The received texts that an edition rests on: in which language, and of which day."""
        return self.word("list-comma").join(
            self.word(f"language-{one.language.tag}") + self.word(
                "in-brackets", what=self.date(one.date) if one.date else self.word("without-date"))
            for one in texts)

    def number(self, anchor: str | None, heading: str = "") -> str:
        """What a paragraph or section is called where it is spoken of, a section by its `heading` where that
        is known; a draft has no number."""
        if not anchor:
            return self.word("draft")
        if anchor == "title":
            return self.word("title-paragraph")
        if ids.is_paragraph(anchor):
            return self.word("paragraph", number=anchor[1:])
        return self.word("section", id=heading or anchor)

    def book_name(self, book: books.Book) -> str:
        """What a link to a book of the document says."""
        if book.is_bilingual:
            return self.word("book-both")
        language = self.word(f"language-{book.editions[0].language.tag}")
        return self.word("book-one", language=language)

    def pdf_name(self, book: books.Book) -> str:
        """What a link to the same as PDF says."""
        return self.book_name(book).replace("EPUB", "PDF")

    def address_of(self, page: Page) -> str:
        """Where `page` is shown to readers of this language, if only with a notice."""
        return address(page.path, self.language)

    def address_in(self, language: Language, document: str) -> str:
        """Where the page of that name is shown to readers of `language`."""
        return address(f"{document}.md", language)
