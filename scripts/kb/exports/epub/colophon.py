"""The colophon of a book: how to cite it, what the text is, when the book was made.

In: a `Volume`. Out: its `Leaf`. Refuses nothing.
"""

from __future__ import annotations

from kb.exports.epub.elements import COLOPHON, E, link
from kb.exports.epub.text import Text
from kb.exports.epub.volume import Leaf, Volume, leaf
from kb.reading.trees import Element
from kb.views import Words

_NESTED_QUOTES = str.maketrans("「」", "『』")


def colophon(volume: Volume) -> Leaf:
    body = [_colophon(volume, text, words) for text, words in zip(volume.texts, volume.words, strict=True)]
    return leaf(volume, COLOPHON, volume.names("book-colophon"), body, kind="backmatter")


def _colophon(volume: Volume, text: Text, words: Words) -> Element:
    page = text.page
    section = E.section({"class": "colophon", "epub:type": "colophon", "role": "doc-colophon",
                         "lang": words.language.tag},
                        E.h1(words.word("book-colophon")), E.p(words.word("book-numbers")))
    if first := next((one.id for one in page.paragraphs if one.id), None):
        place = f"{volume.site_url}{page.address}#{first}" if volume.site_url else ""
        if place:
            section.append(E.p(words.word("book-addresses", number=first[1:]), link(place)))
        section.extend([E.p(words.word("book-cite")), _example(text, words, first, place)])
    if page.front.get("text") == "translation":
        section.append(E.p(words.word("book-translated") + words.status(page)))
    section.append(E.p(words.word("footer-promise")))
    section.append(E.p(words.word("book-made", date=words.date(volume.edited))))
    section.append(E.p(words.rights(page, volume.project.settings.license)))
    return section


def _example(text: Text, words: Words, anchor: str, place: str) -> Element:
    """How the paragraph `anchor`, which stands at the address `place`, is cited."""
    page = text.page
    title = page.title.translate(_NESTED_QUOTES) if words.language.tag == "ja" else page.title
    said = words.word(
        "book-citation", author=words.names(page.front["author"]), title=title,
        date=words.date(page.front["published"]), site=words.word("site-name"),
        language=words.word(f"language-{page.language.tag}"), number=anchor[1:])
    example = E.blockquote(E.p(said + words.word("comma" if place else "sentence-end")))
    if place:
        example[0].append(link(place))
        example[0][0].tail = words.word("sentence-end")
    return example
