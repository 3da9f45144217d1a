"""The pages of a book: title page, text, glossary, colophon and table of contents.

In: the project, a `Book`, and the `Text` of each of its editions. Out: `Leaf`s in reading order, each
a whole XHTML file. In a book of two languages each part stands in the first language, then in the
second; pairs of paragraphs carry their id once. Refuses nothing: a link within the book that would
lead nowhere becomes plain text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from kb import english
from kb.anchors import ids
from kb.anchors.register import Entry
from kb.books import Book
from kb.exports.epub_text import BLOCKS, GLOSSARY, TEXT, E, Text
from kb.glossary.concepts import Term
from kb.glossary.order import by_reading
from kb.languages import other
from kb.project import Project
from kb.reading.trees import Element, drop, parsed, unwrap
from kb.targets import identifier
from kb.views import Words

STYLE, TITLE, CONTENTS, COLOPHON = "book.css", "title.xhtml", "contents.xhtml", "colophon.xhtml"
# Pinyin is Chinese in Latin letters, and is set in their fonts.
_READINGS = {"zh-Hans": "zh-Latn-pinyin", "ja": "ja"}
_NESTED_QUOTES = str.maketrans("「」", "『』")


@dataclass(frozen=True)
class Leaf:
    """One XHTML file of a book. `names` are what it is called in each language of the book;
    `sections` are those of the text: (id, names)."""

    file: str
    names: tuple[str, ...]
    content: bytes
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Volume:
    """A book with all that its pages tell. `edited` is the day of its last change (ISO 8601)."""

    project: Project
    book: Book
    texts: tuple[Text, ...]
    site_url: str
    edited: str
    # Entries of the glossary that were made once, by concept and languages: a memory, not a fact.
    entries: dict[tuple[str, ...], Element] = field(default_factory=dict)

    @cached_property
    def views(self) -> tuple[Words, ...]:
        """The words of each language of the book."""
        return tuple(Words(text.page.language) for text in self.texts)

    @property
    def titles(self) -> tuple[str, ...]:
        """What the text is called in each language of the book."""
        return tuple(text.page.title for text in self.texts)

    @property
    def withdrawn(self) -> tuple[Entry, ...]:
        return tuple(self.project.register(self.texts[0].page.document).withdrawn.values())

    def names(self, key: str) -> tuple[str, ...]:
        """A word of the interface, in each language of the book."""
        return tuple(view.word(key) for view in self.views)


def leaves(volume: Volume) -> tuple[Leaf, ...]:
    """Every page of the book, in reading order."""
    text = _text(volume)
    concepts = _concepts(volume)
    after = [_glossary(volume, concepts)] if concepts else []
    after.append(_colophon(volume))
    return _title_page(volume), _contents(volume, text, after), text, *after


# --- what every page is made with -----------------------------------------------------------------

def _leaf(
    volume: Volume, file: str, names: tuple[str, ...], kind: str, body: Sequence[Element],
    sections: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> Leaf:
    root = E.html(
        {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops",
         "lang": volume.views[0].language.tag},
        E.head(E.meta({"charset": "utf-8"}), E.title(in_one_line(names)),
               E.link({"rel": "stylesheet", "type": "text/css", "href": STYLE})),
    )
    # To move an element from one tree to another costs a walk over it: here, and nowhere before.
    etree.SubElement(root, "body", {"epub:type": kind}).extend(body)
    for part in root.xpath("//*[@lang]"):  # some reading systems look for one, some for the other
        part.set("xml:lang", part.get("lang"))
    content = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    return Leaf(file, names, content + b"\n", sections)


def in_one_line(names: Iterable[str]) -> str:
    """Names in several languages, where no markup can keep them apart."""
    return "\u3000".join(names)


def _each(
    volume: Volume, tag: str, said: Iterable[str | Sequence[str | Element]],
    attributes: dict[str, str] | None = None,
) -> Element:
    """An element that says something in each language of the book: words, or words and links."""
    made = E(tag, attributes or {})
    for view, parts in zip(volume.views, said):
        if len(made):
            made[-1].tail = " "
        into = made
        if volume.book.is_bilingual:
            into = etree.SubElement(made, "span", {"class": "side", "lang": view.language.tag})
        if isinstance(parts, str):
            into.text = parts
        else:
            into.text = parts[0]
            into.extend(parts[1:])
    return made


def _row(name: str, *content: str | Element) -> Element:
    return E.div(E.dt(name), E.dd(*content))


def _link(href: str) -> Element:
    return E.a(href, {"href": href, "class": "address"})


# --- title page -----------------------------------------------------------------------------------

def _title_page(volume: Volume) -> Leaf:
    body = [_title_of(volume, text, view) for text, view in zip(volume.texts, volume.views)]
    return _leaf(volume, TITLE, volume.titles, "frontmatter", body)


def _title_of(volume: Volume, text: Text, view: Words) -> Element:
    front = text.page.front
    what = view.status(text.page)
    if front.get("headings") == "supplied":
        what += view.word("headings-supplied")
    rows = [
        _row(view.word("author"), view.names(front["author"])),
        _row(view.word("published"), view.date(front["published"])),
        _row(view.word("this-text"), what),
    ]
    if source := front.get("source"):
        rows.append(_row(view.word("source"), _link(source)))
    if volume.site_url:
        rows.append(_row(view.word("address"), _link(volume.site_url + text.page.address)))
    rows.append(_row(view.word("book-date"), view.date(volume.edited)))
    title = deepcopy(text.title)
    return E.section(
        {"class": "titlepage", "epub:type": "titlepage", "lang": view.language.tag},
        E.p(view.word("site-name"), {"class": "site"}), title, E.dl(*rows),
        E.p(view.word("footer-rights"), {"class": "rights"}),
    )


# --- text -------------------------------------------------------------------------------------------

def _text(volume: Volume) -> Leaf:
    heading = _titles(volume)
    flow = _pairs(volume) if volume.book.is_bilingual else deepcopy(volume.texts[0].flow)
    if withdrawn := volume.withdrawn:
        flow.extend(_withdrawn(volume, withdrawn))
    notes = {name: note for text in volume.texts for name, note in text.notes.items()}
    _divide(flow, heading)
    placed: set[str] = set()
    for section in flow:
        for name in [link.get("href", "#")[1:] for link in section.iter("a")
                     if link.get("class") == "noteref"]:
            if name in notes and name not in placed:
                placed.add(name)
                section.append(deepcopy(notes[name]))
    _close(flow)
    headings = tuple((one.get("id"), tuple(_words(one))) for one in flow.iter("h2") if one.get("id"))
    return _leaf(volume, TEXT, volume.titles, "bodymatter", list(flow), headings)


def _titles(volume: Volume) -> Element:
    titles = [deepcopy(text.title) for text in volume.texts]
    if not volume.book.is_bilingual:
        return titles[0]
    for title, view in zip(titles, volume.views):
        title.tag = "span"
        title.attrib.update({"class": "side", "lang": view.language.tag})
    return E.h1(*titles)


def _divide(flow: Element, title: Element) -> None:
    """Put what stands in `flow` into sections, from each heading of the second level to the next."""
    elements = list(flow)
    section = etree.SubElement(flow, "section", {"epub:type": "chapter"})
    section.append(title)
    for element in elements:
        if element.tag == "h2":
            section = etree.SubElement(flow, "section")
        section.append(element)


def _words(heading: Element) -> Iterator[str]:
    """What a heading says, without the brackets of the editors, in each language."""
    parts = [part for part in heading if part.get("class") == "side"] or [heading]
    for part in parts:
        said = "".join(part.itertext())
        is_supplied = any(span.get("class") == "supplied" for span in part.iter("span"))
        yield said.removeprefix("〔").removesuffix("〕") if is_supplied else said


def _close(body: Element) -> None:
    """Turn links to what the book does not have into plain text."""
    known = set(body.xpath(".//@id"))
    for link in list(body.iter("a")):
        href = link.get("href", "")
        if href.startswith("#") and href[1:] not in known:
            unwrap(link)


def _pairs(volume: Volume) -> Element:
    """The paragraphs of both editions, paired by id as on the page of the parallel text."""
    # Copied whole, and then taken apart: a copy of each paragraph would cost four times as much.
    flows = [deepcopy(text.flow) for text in volume.texts]
    found = [{one.get("id"): one for one in own.iter("p", "li", "h2", "h3", "h4", "h5", "h6")}
             for own in flows]
    anchors = dict.fromkeys(anchor for text in volume.texts for anchor in text.page.anchors)
    flow = E.div()
    rows = {anchor: [own.get(anchor) for own in found] for anchor in anchors}
    quoted = {one for own in flows for quotation in own.iter("blockquote") for one in quotation.iter()}
    for anchor, sides in rows.items():
        first = next((side for side in sides if side is not None), None)
        if first is None:
            continue
        is_heading = first.tag not in ("p", "li")
        if is_heading:
            pair = etree.SubElement(flow, first.tag, {"id": anchor})
        else:
            kind = "pair quotation" if first in quoted else "pair"
            pair = etree.SubElement(flow, "div", {"id": anchor, "class": kind})
        for view, side in zip(volume.views, sides):
            pair.append(_side(view, side, "span" if is_heading else "p"))
        if not is_heading:
            number = etree.Element("span", {"class": "number"})
            number.text, number.tail, pair[0].text = anchor[1:], pair[0].text, None
            pair[0].insert(0, number)
    return flow


def _side(view: Words, side: Element | None, tag: str) -> Element:
    """One language of a pair, as an element `tag`: `side` without its number and what is nested."""
    kind = "side"
    if side is None:
        side, kind = E.p(view.word("parallel-missing")), "absent"
    for child in list(side):
        if child.tag in BLOCKS or child.get("class") == "number":
            drop(child)
    if side.tag == "li" and side.get("value"):  # its list is not here to count it
        side.text = f"{side.get('value')}. {side.text or ''}"
    side.tag, side.tail = tag, None
    side.attrib.clear()
    side.attrib.update({"class": kind, "lang": view.language.tag})
    return side


def _withdrawn(volume: Volume, entries: Iterable[Entry]) -> list[Element]:
    """The tombstones of withdrawn paragraphs: their ids are for ever, in a book too."""

    def said(view: Words, entry: Entry) -> list[str | Element]:
        what = view.word("withdrawn", what=view.number(entry.id), date=view.date(entry.date))
        if not entry.successor:
            return [what]
        link = E.a(view.number(entry.successor), {"href": f"#{entry.successor}"})
        link.tail = view.word("successor-end")
        return [what + view.word("successor"), link]

    heading = _each(volume, "h2", volume.names("withdrawn-heading"), {"id": "withdrawn-paragraphs"})
    return [heading, *(
        _each(volume, "p", [said(view, entry) for view in volume.views], {"id": entry.id})
        for entry in entries)]


# --- glossary -----------------------------------------------------------------------------------------

def _concepts(volume: Volume) -> list[tuple[str, tuple[Term, ...]]]:
    """The concepts that the book links, each with its terms, as a dictionary sorts them."""
    found: list[tuple[str, tuple[Term, ...]]] = []
    for concept in dict.fromkeys(name for text in volume.texts for name in text.uses):
        terms = [volume.project.glossary.terms.get(view.language.tag, {}).get(concept)
                 for view in volume.views]
        if not any(terms):  # it has a page in the other language only
            terms = [volume.project.glossary.terms[other(volume.views[0].language).tag][concept]]
        found.append((concept, tuple(term for term in terms if term)))
    return sorted(found, key=lambda one: by_reading(one[1][0]))


def _glossary(volume: Volume, concepts: list[tuple[str, tuple[Term, ...]]]) -> Leaf:
    body = E.section({"epub:type": "glossary", "role": "doc-glossary"},
                     _each(volume, "h1", volume.names("glossary")))
    entries = etree.SubElement(body, "dl")
    view = volume.views[0]
    for concept, terms in concepts:
        key = (concept, *(one.language.tag for one in volume.views))
        if key not in volume.entries:
            volume.entries[key] = _entry(volume, concept, terms)
        entry = deepcopy(volume.entries[key])
        definition = entry[1]
        anchors = dict.fromkeys(
            anchor for text in volume.texts for anchor in text.uses.get(concept, ()))
        if anchors:
            uses = etree.SubElement(definition, "p", {"class": "facts"})
            uses.text = view.word("uses") + view.word("colon")
            for anchor in sorted(anchors, key=ids.order):
                if len(uses):
                    uses[-1].tail = view.word("list-comma")
                etree.SubElement(uses, "a", {"href": f"{TEXT}#{anchor}"}).text = view.number(anchor)
        entries.extend(entry)
    return _leaf(volume, GLOSSARY, volume.names("glossary"), "backmatter", [body])


def _entry(volume: Volume, concept: str, terms: tuple[Term, ...]) -> Element:
    """A concept's names, and what they mean: two elements, in one."""
    view = volume.views[0]
    name = E.dt({"id": f"term-{identifier(concept)}", "epub:type": "glossterm"})
    said: set[str] = set()
    for term in terms:
        short = str(term.page.front.get("abbreviation", ""))
        name.append(E.dfn(term.preferred, {"class": "side", "lang": term.page.language.tag}))
        said.add(term.preferred)
        if short and short not in said:
            name.append(E.span(short, {"class": "abbreviation"}))
            said.add(short)
    for one in name[:-1]:
        one.tail = " "
    facts, definition = E.p({"class": "facts"}), E.dd({"epub:type": "glossdef"})
    _fact(facts, view.word("english"), str(terms[0].page.front["english"]), "en")
    for term, own in zip(terms, volume.views):
        tag = _READINGS[term.page.language.tag]
        _fact(facts, own.word("reading"), str(term.page.front["reading"]), tag)
    if not volume.book.is_bilingual:
        twins = volume.project.glossary.terms.get(other(view.language).tag, {})
        if (twin := twins.get(concept)) and twin not in terms:
            _fact(facts, view.word("other-language"), twin.preferred, twin.page.language.tag)
    definition.append(facts)
    for term in terms:
        if term.definition:
            meaning = parsed(english.marked(term.definition))
            meaning.tag = "p"
            meaning.set("lang", term.page.language.tag)
            definition.append(meaning)
    return E.div(name, definition)


def _fact(facts: Element, name: str, value: str, tag: str) -> None:
    """Add “name: value” to a line of facts."""
    if len(facts):
        facts[-1].tail = "\u3000"
    facts.append(E.span(name, {"class": "name"}))
    facts[-1].tail = " "
    facts.append(E.span(value, {"lang": tag}))


# --- colophon -----------------------------------------------------------------------------------------

def _colophon(volume: Volume) -> Leaf:
    body = [_colophon_of(volume, text, view) for text, view in zip(volume.texts, volume.views)]
    return _leaf(volume, COLOPHON, volume.names("book-colophon"), "backmatter", body)


def _colophon_of(volume: Volume, text: Text, view: Words) -> Element:
    page = text.page
    section = E.section({"class": "colophon", "epub:type": "colophon", "role": "doc-colophon",
                         "lang": view.language.tag},
                        E.h1(view.word("book-colophon")), E.p(view.word("book-numbers")))
    first = next((one.id for one in page.paragraphs if one.id), None)
    place = f"{volume.site_url}{page.address}#{first}" if volume.site_url else ""
    if first and place:
        section.append(E.p(view.word("book-addresses", number=first[1:]), _link(place)))
    if first:
        title = page.title.translate(_NESTED_QUOTES) if view.language.tag == "ja" else page.title
        said = view.word(
            "book-citation", author=view.names(page.front["author"]), title=title,
            date=view.date(page.front["published"]), site=view.word("site-name"),
            language=view.word(f"language-{page.language.tag}"), number=first[1:])
        example = E.blockquote(E.p(said + (view.word("comma") if place else view.word("sentence-end"))))
        if place:
            example[0].append(_link(place))
            example[0][0].tail = view.word("sentence-end")
        section.extend([E.p(view.word("book-cite")), example])
    if page.front.get("text") == "translation":
        section.append(E.p(view.word("book-translated") + view.status(page)))
    section.append(E.p(view.word("footer-promise")))
    section.append(E.p(view.word("book-made", date=view.date(volume.edited))))
    section.append(E.p(view.word("footer-rights")))
    return section


# --- contents -----------------------------------------------------------------------------------------

def _contents(volume: Volume, text: Leaf, after: Sequence[Leaf]) -> Leaf:
    def entry(names: tuple[str, ...], href: str, **attributes: str) -> Element:
        return E.li(_each(volume, "a", names, {"href": href, **attributes}))

    entries = [entry(leaf.names, leaf.file) for leaf in (text, *after)]
    if text.sections:
        entries[0].append(E.ol(*(
            entry(names, f"{TEXT}#{anchor}") for anchor, names in text.sections)))
    names = volume.names("contents")
    marks = [("toc", names, CONTENTS), ("bodymatter", text.names, TEXT)]
    marks += [("glossary", leaf.names, leaf.file) for leaf in after if leaf.file == GLOSSARY]
    landmarks = E.ol()
    for kind, called, href in marks:
        landmarks.append(entry(called, href, **{"epub:type": kind}))
    body = [
        E.nav({"epub:type": "toc", "id": "toc", "role": "doc-toc"}, _each(volume, "h1", names),
              E.ol(*entries)),
        E.nav({"epub:type": "landmarks", "id": "landmarks", "hidden": "hidden"}, landmarks),
    ]
    return _leaf(volume, CONTENTS, names, "frontmatter", body)
