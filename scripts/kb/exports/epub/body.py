"""The text of a book as a page: in sections, with its notes; of two editions paragraph by paragraph.

In: a `Volume`. Out: its `Leaf`. In a book of two languages each part stands in the first language, then in
the second; pairs of paragraphs carry their id once. Refuses nothing: a link within the book that would lead
nowhere becomes plain text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from kb.exports.epub.elements import BLOCKS, TEXT, E
from kb.exports.epub.volume import Leaf, Volume, each, leaf
from kb.reading.trees import Element, drop, unwrap
from kb.views import Words


def text(volume: Volume) -> Leaf:
    heading = _titles(volume)
    flow = _pairs(volume) if volume.book.is_bilingual else deepcopy(volume.texts[0].flow)
    if volume.fates:
        flow.extend(_history(volume))
    _divide(flow, heading)
    _place_notes(volume, flow)
    _close(flow)
    headings = tuple((anchor, tuple(_words(one))) for one in flow.iter("h2") if (anchor := one.get("id")))
    return leaf(volume, TEXT, volume.titles, list(flow), kind="bodymatter", sections=headings)


def _titles(volume: Volume) -> Element:
    titles = [deepcopy(one.title) for one in volume.texts]
    if not volume.book.is_bilingual:
        return titles[0]
    for title, words in zip(titles, volume.words, strict=True):
        title.tag = "span"
        title.attrib.update({"class": "side", "lang": words.language.tag})
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


def _place_notes(volume: Volume, flow: Element) -> None:
    """Put each note at the end of the section that first refers to it."""
    notes = {name: note for one in volume.texts for name, note in one.notes.items()}
    placed: set[str] = set()
    for section in flow:
        for name in [link.get("href", "#")[1:] for link in section.iter("a")
                     if link.get("class") == "noteref"]:
            if name in notes and name not in placed:
                placed.add(name)
                section.append(deepcopy(notes[name]))


def _words(heading: Element) -> Iterator[str]:
    """What a heading says, without the brackets of the editors, in each language."""
    parts = [part for part in heading if part.get("class") == "side"] or [heading]
    for part in parts:
        said = "".join(part.itertext())
        is_supplied = any(span.get("class") == "supplied" for span in part.iter("span"))
        yield said.removeprefix("〔").removesuffix("〕") if is_supplied else said


def _close(body: Element) -> None:
    """Turn links to what the book does not have into plain text."""
    known = {anchor for element in body.iter() if (anchor := element.get("id")) is not None}
    for link in list(body.iter("a")):
        href = link.get("href", "")
        if href.startswith("#") and href[1:] not in known:
            unwrap(link)


def _pairs(volume: Volume) -> Element:
    """The paragraphs of both editions, paired by id as on the page of the parallel text."""
    # Copied whole, and then taken apart: a copy of each paragraph would cost four times as much.
    flows = [deepcopy(one.flow) for one in volume.texts]
    found = [{one.get("id"): one for one in own.iter("p", "li", "h2", "h3", "h4", "h5", "h6")}
             for own in flows]
    anchors = dict.fromkeys(anchor for one in volume.texts for anchor in one.page.anchors)
    rows = {anchor: [own.get(anchor) for own in found] for anchor in anchors}
    quoted = {one for own in flows for quotation in own.iter("blockquote") for one in quotation.iter()}
    flow = E.div()
    for anchor, sides in rows.items():
        first = next((side for side in sides if side is not None), None)
        if first is not None:
            flow.append(_pair(volume, anchor, sides, str(first.tag), is_quoted=first in quoted))
    return flow


def _pair(
    volume: Volume, anchor: str, sides: Sequence[Element | None], tag: str, *, is_quoted: bool
) -> Element:
    """One paragraph or heading in both languages; `tag` is what it is in the first that has it."""
    is_heading = tag not in ("p", "li")
    if is_heading:
        pair = E(tag, {"id": anchor})
    else:
        pair = E.div({"id": anchor, "class": "pair quotation" if is_quoted else "pair"})
    for words, side in zip(volume.words, sides, strict=True):
        pair.append(_side(words, side, "span" if is_heading else "p"))
    if not is_heading:
        number = E.span({"class": "number"})
        number.text, number.tail, pair[0].text = anchor[1:], pair[0].text, None
        pair[0].insert(0, number)
    return pair


def _side(words: Words, side: Element | None, tag: str) -> Element:
    """One language of a pair, as an element `tag`: `side` without its number and what is nested."""
    kind = "side"
    if side is None:
        side, kind = E.p(words.word("parallel-missing")), "absent"
    for child in list(side):
        if child.tag in BLOCKS or child.get("class") == "number":
            drop(child)
    if side.tag == "li" and side.get("value"):  # its list is not here to count it
        side.text = f"{side.get('value')}. {side.text or ''}"
    side.tag, side.tail = tag, None
    side.attrib.clear()
    side.attrib.update({"class": kind, "lang": words.language.tag})
    return side


def _history(volume: Volume) -> Iterator[Element]:
    """What became of paragraphs: ids that were published are for ever, in a book too."""
    yield each(volume, "h2", volume.names("history"), {"id": "withdrawn-paragraphs"})
    for one in volume.fates:
        anchor = one[0].id
        yield each(volume, "p", [line.said for line in one], {"id": anchor} if anchor else {})
