"""Commentary and editors' notes as others' programs read annotations: W3C Web Annotation (2017), in JSON-LD.

In: the project, a page, a language, the site's address. Out: beside the page of each document
`annotations.jsonld`: an AnnotationCollection of everything that editors have published about its paragraphs,
in the language of the page where it is written in it. Each says who signs it, when, under which licence, and
what it is about: the paragraph by its id (FragmentSelector), the wording that it was written on
(TextQuoteSelector, TextPositionSelector), and the link under which that wording can be read for ever
(TimeState, `cached`). A reader's own notes (`theme/assets/kb/notes-form.js`) have the same form. Addresses
are whole where the site knows its own, else relative to the file. Refuses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kb import names, targets
from kb.collation.sources import Note
from kb.corpus import Page
from kb.languages import Language, word
from kb.project import Project
from kb.reading import Reading

NAME = "annotations.jsonld"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# What an id in a fragment of HTML means (Web Annotation Data Model, 4.2.1).
FRAGMENT = "http://tools.ietf.org/rfc/rfc3236"

Json = Mapping[str, Any]


def of_page(project: Project, path: str, language: Language, site_url: str) -> dict[str, str]:
    """Place below the site's root → the file."""
    page = project.corpus.page(path, language)
    if page is None or not page.is_document:
        return {}
    made = _Annotations(project, page, site_url).collection()
    return {page.place + NAME: json.dumps(made, ensure_ascii=False, indent=1) + "\n"}


class _Annotations:
    """Those of one edition."""

    def __init__(self, project: Project, page: Page, site_url: str) -> None:
        self.project, self.page, self.site_url = project, page, site_url
        self.language = page.language

    def collection(self) -> Json:
        here = self.there(self.page.address + NAME)
        comments = self.project.comments.get((self.page.document, self.language.tag), ())
        pages = {one.page.path: one.page for one in comments}  # one may be about several of its paragraphs
        items = [*self.notes(), *map(self.comment, pages.values())]
        return {
            "@context": CONTEXT,
            "id": here,
            "type": "AnnotationCollection",
            "label": word("annotations-of", self.language.tag, title=self.page.title),
            "total": len(items),
            "first": {"id": f"{here}#page-1", "type": "AnnotationPage", "startIndex": 0, "items": items},
        }

    def notes(self) -> Iterator[Json]:
        """The editors' notes, in the order of the file that declares them."""
        seen: dict[str, int] = {}
        for note, shown in self.project.notes_of(self.page.document, self.language):
            seen[note.on] = number = seen.get(note.on, 0) + 1
            tag = self.language.tag
            yield {
                "id": f"{self.there(self.page.address)}#note-{note.on}-{number}",
                **self._signed(note.date, [{"type": "Organization", "name": note.signed[tag]}],
                               self._licence()),
                "label": word("note", tag),
                "body": _body(_text(shown), tag),
                "target": self.target(self.page, note.on, note.date, _after(note, tag)),
            }

    def comment(self, page: Page) -> Json:
        """A commentary, about all of its paragraphs, in whichever document they stand."""
        front, tag = page.front, self.language.tag
        sources = [" ".join(filter(None, (one["text"], one.get("address", "")))) for one in front["sources"]]
        said = "\n".join((word("sources", page.language.tag) + word("colon", page.language.tag), *sources))
        signed = [{"type": "Organization" if one.literal else "Person", "name": one.full}
                  for one in names.read(front["authors"])]
        address = targets.address(page.path, self.language)
        return {
            "id": self.there(address),
            **self._signed(front["date"], signed, front.get("license") or self._licence()),
            "label": page.title,
            "body": [_body(f"{_text(page.reading)}\n\n{said}", page.language.tag),
                     {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "language": tag,
                      "value": word(f"kind-{page.kind}", tag)}],
            "target": [self.target(edition, anchor, front["date"])
                       for edition, anchor in self._paragraphs(front["on"])],
        }

    def _paragraphs(self, on: Iterable[str]) -> Iterator[tuple[Page, str]]:
        for target in on:
            document, _, anchor = target.partition("#")
            if edition := self.project.corpus.nearest(f"{document}.md", self.language):
                yield edition, anchor

    def target(self, page: Page, anchor: str, date: str, words: str = "") -> Json:
        """A paragraph as it read on `date`, or `words` in it."""
        text, fingerprint = self._wording(page, anchor, date)
        at = text.find(words) if words else 0
        start, end = (at, at + len(words)) if words and at >= 0 else (0, len(text))
        quote = {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": text[:start],
                 "suffix": text[end:]}
        state = {"type": "TimeState", "sourceDate": _moment(date)}
        address = self.there(page.address)
        if fingerprint:
            state["cached"] = f"{address}?cite={date}.{fingerprint}#{anchor}"
        return {
            "type": "SpecificResource",
            "source": {"id": address, "type": "Text", "format": "text/html", "language": page.language.tag},
            "selector": {
                "type": "FragmentSelector", "conformsTo": FRAGMENT, "value": anchor,
                "refinedBy": [{name: value for name, value in quote.items() if value},
                              {"type": "TextPositionSelector", "start": start, "end": end}],
            },
            "state": state,
        }

    def _wording(self, page: Page, anchor: str, date: str) -> tuple[str, str]:
        """What the paragraph said on `date`, and its fingerprint: the last wording recorded until then, or
        the first; where none is, what it says today."""
        fates = self.project.fates(page.document, page.language)
        known = [entry for _, entry in fates.lines.get(anchor, ()) if entry.text in fates.texts]
        if not known:
            return page.anchors.get(anchor, ""), ""
        found = [entry for entry in known if entry.date <= date][-1:] or known[:1]
        fingerprint = found[0].text or ""
        return fates.texts[fingerprint], fingerprint

    def there(self, address: str) -> str:
        """The whole address, or the way from the file."""
        return f"{self.site_url.rstrip('/')}/{address}" if self.site_url else targets.relative(
            self.page.address + NAME, address)

    def _licence(self) -> str:
        licence = self.project.settings.license
        return licence.address if licence else ""

    def _signed(self, date: str, who: list[dict[str, str]], licence: str) -> Json:
        return {"type": "Annotation", "motivation": "commenting", "creator": who, "created": _moment(date),
                **({"rights": licence} if licence else {})}


def _body(text: str, tag: str) -> Json:
    return {"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "language": tag,
            "value": text}


def _text(shown: Reading) -> str:
    """What it says, a block a paragraph."""
    return "\n\n".join(block.text for block in shown.blocks if block.text)


def _after(note: Note, tag: str) -> str:
    return note.after.get(tag, "")


def _moment(day: str) -> str:
    """A day as the moment that the vocabulary asks for (xsd:dateTime)."""
    return f"{day}T00:00:00Z"
