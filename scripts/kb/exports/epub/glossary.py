"""The glossary of a book: the concepts that its text links, with the paragraphs that do.

In: a `Volume`. Out: its `Leaf`, None where the text links none. Refuses nothing.
"""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from kb import english
from kb.anchors import ids
from kb.exports.epub.elements import GLOSSARY, TEXT, E
from kb.exports.epub.volume import Leaf, Volume, each, leaf
from kb.glossary.concepts import Term
from kb.glossary.order import by_reading
from kb.languages import other
from kb.reading.trees import Element, parsed
from kb.targets import identifier

# Pinyin is Chinese in Latin letters, and is set in their fonts.
_READINGS = {"zh-Hans": "zh-Latn-pinyin", "ja": "ja"}


def glossary(volume: Volume) -> Leaf | None:
    concepts = _concepts(volume)
    if not concepts:
        return None
    body = E.section({"epub:type": "glossary", "role": "doc-glossary"},
                     each(volume, "h1", volume.names("glossary")))
    entries = etree.SubElement(body, "dl")
    for concept, terms in concepts:
        # Asked for each book: an entry that was made for another one depends on nothing else.
        twin = volume.project.glossary.terms.get(other(volume.words[0].language).tag, {}).get(concept)
        key = (concept, *(words.language.tag for words in volume.words))
        if key not in volume.entries:
            volume.entries[key] = _entry(volume, concept, terms, twin)
        entry = deepcopy(volume.entries[key])
        _add_uses(volume, concept, entry[1])
        entries.extend(entry)
    return leaf(volume, GLOSSARY, volume.names("glossary"), [body], kind="backmatter")


def _concepts(volume: Volume) -> list[tuple[str, tuple[Term, ...]]]:
    """The concepts that the book links, each with its terms, as a dictionary sorts them."""
    found: list[tuple[str, tuple[Term, ...]]] = []
    for concept in dict.fromkeys(name for text in volume.texts for name in text.uses):
        terms = [volume.project.glossary.terms.get(words.language.tag, {}).get(concept)
                 for words in volume.words]
        if not any(terms):  # it has a page in the other language only
            terms = [volume.project.glossary.terms[other(volume.words[0].language).tag][concept]]
        found.append((concept, tuple(term for term in terms if term)))
    return sorted(found, key=lambda one: by_reading(one[1][0]))


def _add_uses(volume: Volume, concept: str, definition: Element) -> None:
    """Add links to the paragraphs that use a concept to what it means."""
    anchors = dict.fromkeys(anchor for text in volume.texts for anchor in text.uses.get(concept, ()))
    if not anchors:
        return
    words = volume.words[0]
    uses = etree.SubElement(definition, "p", {"class": "facts"})
    uses.text = words.word("uses") + words.word("colon")
    for anchor in sorted(anchors, key=ids.order):
        if len(uses):
            uses[-1].tail = words.word("list-comma")
        etree.SubElement(uses, "a", {"href": f"{TEXT}#{anchor}"}).text = words.number(anchor)


def _entry(volume: Volume, concept: str, terms: tuple[Term, ...], twin: Term | None) -> Element:
    """A concept's names, and what they mean: two elements, in one."""
    definition = E.dd({"epub:type": "glossdef"}, _facts(volume, terms, twin))
    for term in terms:
        if term.definition:
            meaning = parsed(english.marked(term.definition))
            meaning.tag = "p"
            meaning.set("lang", term.page.language.tag)
            definition.append(meaning)
    return E.div(_names(concept, terms), definition)


def _names(concept: str, terms: tuple[Term, ...]) -> Element:
    """Each term and each abbreviation once."""
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
    return name


def _facts(volume: Volume, terms: tuple[Term, ...], twin: Term | None) -> Element:
    """The English term, how each term is read, and the name in the language that the book has not."""
    facts, words = E.p({"class": "facts"}), volume.words[0]
    _fact(facts, words.word("english"), str(terms[0].page.front["english"]), "en")
    for term, own in zip(terms, volume.words, strict=False):  # one term where only one language has it
        tag = _READINGS[term.page.language.tag]
        _fact(facts, own.word("reading"), str(term.page.front["reading"]), tag)
    if not volume.book.is_bilingual and twin and twin not in terms:
        _fact(facts, words.word("other-language"), twin.preferred, twin.page.language.tag)
    return facts


def _fact(facts: Element, name: str, value: str, tag: str) -> None:
    """Add “name: value” to a line of facts."""
    if len(facts):
        facts[-1].tail = "\u3000"
    facts.append(E.span(name, {"class": "name"}))
    facts[-1].tail = " "
    facts.append(E.span(value, {"lang": tag}))
