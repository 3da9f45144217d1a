"""What is cited: one frozen `Reference` for each document, commentary and concept in each language.

In: the project, a page, the site's address. Out: its `Reference`, from which every format, tag and
file is made, so that none can say another author or date than the rest. Refuses pages that are not
citable (indexes, plain pages) with None.

Dates. A reference has one date that every style prints, `issued`: the date of the text one has
before one. For an original, which the site reproduces without touching its wording, that is the day
its author published it. For a translation it is the day of this edition, and the original's day is
`original_date`. `edition` is, for both, the day on which the wording last changed: the register's
newest line, or the end of post-editing. A concept has no date: it is kept up to date, and is cited
by the day of access.

Makers. The author is whom the text names. A machine is no translator, and nobody is invented for
one: the editors who mended its work are `editors`, and `genre` and `note` say what they mended.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any, TypeGuard

from kb import kinds, names
from kb.corpus import Page
from kb.fingerprints import content_id
from kb.languages import BY_TAG, Language, other, spoken_date, word
from kb.names import Name
from kb.project import Project
from kb.targets import address

_PLAIN = re.compile(r"[A-Za-z0-9-]+(/[A-Za-z0-9-]+)*")


@dataclass(frozen=True)
class Reference:
    """Everything that a reference to one page may say. Dates are ISO 8601 or empty: days,
    and of an original also a month or a year. Addresses are relative to the site's root, which is
    `site_url`, empty where nobody has said it."""

    document: str  # its path without `.md`
    language: Language
    kind: str
    address: str
    site_url: str
    title: str
    authors: tuple[Name, ...]
    editors: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    by_editors: bool = False  # whether the site's own editors wrote it
    issued: str = ""
    original_date: str = ""
    edition: str = ""
    original_title: str = ""
    original_authors: tuple[Name, ...] = ()  # where the original names them otherwise
    original_language: str = ""
    description: str = ""
    genre: str = ""  # what it is, where that is no plain article: 更正；機械翻訳・編者校訂
    note: str = ""  # the sentence that its page says of it
    source: str = ""  # where the original was published
    license: str = ""  # its address
    license_name: str = ""
    rights: str = ""  # whose it is, as its editors say it
    twin: str = ""  # the address of the other language's edition
    translates_twin: bool = False
    twin_translates: bool = False
    about: tuple[str, ...] = ()  # the paragraphs that a commentary is about
    references: tuple[tuple[str, str], ...] = ()  # (what it cites, address or "")
    aliases: tuple[str, ...] = ()  # the other forms of a concept's term
    content: str = ""  # what names the file of this edition by its bytes (SWHID), as Git has it

    @property
    def key(self) -> str:
        """What bibliographies call it: unique in the site, and ASCII, as BibTeX and LaTeX want it. A
        path of other characters gets a number made of it in their place; no plain path has a `_`."""
        name = self.document.replace("/", ".")
        if not _PLAIN.fullmatch(self.document):
            digest = hashlib.sha256(self.document.encode()).hexdigest()[:8]
            name = "_".join(filter(None, (re.sub(r"[^A-Za-z0-9.]+", "-", name).strip("-."), digest)))
        return f"{name}.{self.language.tag}"

    @property
    def terms(self) -> str:
        """In a few words, where a format has one field for rights: whose it is, or its licence."""
        return self.rights or self.license_name or self.license

    @property
    def site(self) -> str:
        return word("site-name", self.language.tag)

    @property
    def url(self) -> str:
        """The whole address; empty where the site does not know its own."""
        return self.absolute(self.address)

    @property
    def extra(self) -> tuple[str, ...]:
        """What reference managers have no field for, one variable of CSL a line, as Zotero and citeproc read
        it in an item's “Extra” or note: of a web page Zotero knows authors, contributors, translators."""
        said = [("original-title", self.original_title), ("original-date", self.original_date),
                *(("original-author", name.in_extra) for name in self.original_authors),
                *(("editor", name.in_extra) for name in self.editors)]
        return tuple(f"{variable}: {value}" for variable, value in said if value)

    def absolute(self, place: str) -> str:
        return f"{self.site_url.rstrip('/')}/{place}" if self.site_url else ""


def is_citable(page: Page | None) -> TypeGuard[Page]:
    return page is not None and (page.is_document or page.is_commentary or page.kind == "concept")


def status(page: Page, tag: str) -> str:
    """What a document is, said in `tag`: an original, or a translation, by whom, edited or not."""
    made = page.front.get("translation")
    if page.front.get("text") == "original" or not made:
        return word("text-original", tag)
    said = word("text-translation", tag, language=word(f"language-{made['from']}", tag))
    said += word(f"by-{made['by']}", tag)
    if "translators" in made:
        said += word("in-brackets", tag, what=names.line(made["translators"], tag))
    if edited := made.get("post-edited"):
        said += word("post-edited", tag, date=spoken_date(edited, tag))
    if review := made.get("reviewed"):
        said += word("reviewed", tag, date=spoken_date(review["date"], tag),
                     who=names.line(review["by"], tag))
    return said + word("sentence-end", tag)


def reference(project: Project, page: Page | None, site_url: str = "") -> Reference | None:
    """The reference of `page` in its own language."""
    if not is_citable(page):
        return None
    licence = None if page.is_document else project.settings.license  # a text is its author's
    own = page.front.get("license", "")
    common: dict[str, Any] = {
        "document": page.document, "language": page.language, "kind": page.kind,
        "address": page.address, "site_url": site_url, "title": " ".join(page.title.split()),
        # A line break would end the field in RIS.
        "description": " ".join(str(page.front.get("description", "")).split()),
        "license": own or (licence.address if licence else ""),
        "license_name": licence.name if licence and not own else "",
        "rights": " ".join(str(page.front.get("rights", "")).split()),
        "content": content_id(page.head + page.markdown),
    }
    twin = project.corpus.page(page.path, other(page.language))
    if is_citable(twin):
        common["twin"] = twin.address
    if page.is_document:
        return _document(project, page, twin, common)
    if page.is_commentary:
        return _commentary(page, common)
    return _concept(page, common)


def _document(project: Project, page: Page, twin: Page | None, common: dict[str, Any]) -> Reference:
    front, tag = page.front, page.language.tag
    recorded = [entry.date for entry in project.register(page.document).entries
                if entry.withdrawn or entry.language == tag]
    made = front.get("translation") if front["text"] == "translation" else None
    if not made:
        return Reference(
            **common, authors=names.cited(front["author"]), issued=front["published"],
            edition=max(recorded, default=front["published"]), genre=_genre(page),
            note=status(page, tag), source=front.get("source", ""),
            twin_translates=_translates(twin, page),
        )
    edition = max([made.get("post-edited", ""), *recorded]) or front["published"]
    from_twin = _translates(page, twin)
    authors = names.cited(front["author"])
    original = twin if twin and from_twin and twin.front["text"] == "original" else None
    first = names.cited(original.front["author"]) if original else ()
    return Reference(
        **common, authors=authors, original_authors=first if first != authors else (),
        editors=(Name(literal=word("editors", tag)),) if "post-edited" in made else (),
        translators=names.cited(made.get("translators", ())),
        issued=edition, original_date=front["published"], edition=edition,
        original_title=original.title if original else "",
        original_language=_first_language(made["from"], twin if from_twin else None),
        genre=_genre(page), note=status(page, tag), source=front.get("source", ""),
        translates_twin=from_twin, twin_translates=_translates(twin, page),
    )


def _translates(page: Page | None, of: Page | None) -> bool:
    """Whether `page` was translated from the edition `of`."""
    if page is None or of is None or page.front.get("text") != "translation":
        return False
    made = page.front.get("translation")
    return bool(made and made["from"] == of.language.tag)


def _first_language(translated_from: str, twin: Page | None) -> str:
    """The language a text was first written in: that of the text it was translated from, or, where
    that is itself a translation, of what that one was translated from."""
    made = twin.front.get("translation") if twin and twin.front["text"] == "translation" else None
    return made["from"] if made else translated_from


def _genre(page: Page) -> str:
    """In the page's language: what styles print in brackets after a title."""
    tag, said = page.language.tag, []
    kind = kinds.DOCUMENTS.get(page.kind)
    if kind and kind.is_named:
        said.append(kind.names[tag])
    if page.is_commentary:
        said.append(word(f"kind-{page.kind}", tag))
    made = page.front.get("translation")
    if made and page.front.get("text") == "translation":
        edited = word("genre-edited", tag) if "post-edited" in made else ""
        said.append(word(f"by-{made['by']}", tag) + edited)
    return word("phrase-comma", tag).join(said)


def _commentary(page: Page, common: dict[str, Any]) -> Reference:
    front, authors = page.front, names.cited(page.front["authors"])
    about = (target.partition("#") for target in front["on"])
    return Reference(
        **common, authors=authors, by_editors=_are_editors(authors), issued=front["date"],
        edition=front["date"], genre=_genre(page),
        about=tuple(f"{address(f'{document}.md', page.language)}#{anchor}"
                    for document, _, anchor in about),
        references=tuple((one["text"], one.get("address", "")) for one in front["sources"]),
    )


def _concept(page: Page, common: dict[str, Any]) -> Reference:
    front = page.front
    forms = (front["term"], front.get("abbreviation", ""), *front.get("variants", ()),
             front["english"])
    return Reference(
        **common, authors=(Name(literal=word("editors", page.language.tag)),), by_editors=True,
        references=tuple((one, "") for one in front.get("authority", ())),
        aliases=tuple(dict.fromkeys(form for form in forms if form and form != page.title)),
    )


def _are_editors(authors: tuple[Name, ...]) -> bool:
    return all(name.literal in {word("editors", tag) for tag in BY_TAG} for name in authors)
