"""How words of an original were rendered elsewhere on the site.

In: the corpus, paragraphs to be renewed with how their original changed. Out: for each the `Rendering`s of
the words that are new in it: a sentence of another paragraph that has them, and those that render it.
Paragraphs that stand under one id in both languages are pairs. Nobody tells where a word ends, so that the
longest that two texts share are taken, and what stands everywhere is left out. All texts are gone through
once, and only where something is to be renewed. Refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kb.aligning.align import rendered
from kb.aligning.sentences import sentences
from kb.corpus import Corpus
from kb.differences import Change
from kb.languages import LANGUAGES, Language, other
from kb.renewals.parts import touched

_SIZES = (2, 4)  # of the runs of characters that are looked for
_AROUND = 4  # characters beside what was changed, to which words may reach
_KEPT = 30  # paragraphs that have a run: one that more have says little
_WORDS, _OF_WORDS = 5, 2  # so many words are told of a paragraph, and so many renderings of each
_WORD = re.compile(r"[^\W_]+")
_HIRAGANA = re.compile("[\u3041-\u309f]*")
# (document, language tag of the translation, id)
Key = tuple[str, str, str]
Wanted = Mapping[Key, tuple[Sequence[Change], Language]]
# (document, id)
_Place = tuple[str, str]
_Side = tuple[Language, str]
_Pair = tuple[_Side, _Side]  # a paragraph, and its translation


@dataclass(frozen=True)
class Rendering:
    """`words` stand in the sentence `original` of a paragraph, which `translation` renders; `titles` are
    those of its document, by language tag."""

    words: str
    original: str
    translation: str
    document: str
    id: str
    titles: Mapping[str, str]


@dataclass
class _Found:
    """Where a run of characters stands."""

    count: int = 0
    places: list[_Place] = field(default_factory=list)


def read(corpus: Corpus, left_out: Collection[_Place], wanted: Wanted) -> Mapping[Key, tuple[Rendering, ...]]:
    """What is `left_out` is no example: it waits for a translation itself."""
    result: dict[Key, tuple[Rendering, ...]] = {}
    for language in LANGUAGES:
        own = {key: changes for key, (changes, one) in wanted.items() if one is language}
        if own:
            pairs = dict(_pairs(corpus, language, left_out))
            known = _looked_for(pairs, {run for changes in own.values() for run in _runs(changes)})
            for key, changes in own.items():
                result[key] = tuple(_renderings(changes, known, pairs, corpus))
    return result


def _pairs(corpus: Corpus, language: Language,
           left_out: Collection[_Place]) -> Iterator[tuple[_Place, _Pair]]:
    """Every paragraph in `language` that has a counterpart: its place, and both."""
    for page in corpus.documents:
        twin = corpus.page(page.path, other(language)) if page.language is language else None
        if twin and twin.is_document:
            for anchor, text in page.anchors.items():
                if anchor in twin.anchors and (page.document, anchor) not in left_out:
                    yield (page.document, anchor), (
                        (language, text), (twin.language, twin.anchors[anchor]))


def _windows(changes: Sequence[Change]) -> Iterator[tuple[str, int, int]]:
    """The words in and around each run that is new: a text, and where in it the new ones are."""
    now = "".join(one.after for one in changes)
    for start, end in touched(changes, is_after=True):
        if start < end:
            low, high = max(0, start - _AROUND), end + _AROUND
            for word in _WORD.finditer(now, low, min(high, len(now))):
                if word.start() < end and word.end() > start:
                    yield word[0], max(start - word.start(), 0), min(end, word.end()) - word.start()


def _runs(changes: Sequence[Change]) -> Iterator[str]:
    for text, _, _ in _windows(changes):
        for size in _SIZES:
            yield from (text[at : at + size] for at in range(len(text) - size + 1))


def _looked_for(pairs: Mapping[_Place, _Pair], runs: Collection[str]) -> Mapping[str, _Found]:
    found = {run: _Found() for run in runs}
    for place, ((_, text), _) in pairs.items():
        for size in _SIZES:
            for run in {text[at : at + size] for at in range(len(text) - size + 1)} & found.keys():
                found[run].count += 1
                if found[run].count <= _KEPT:
                    found[run].places.append(place)
    return found


def _renderings(changes: Sequence[Change], known: Mapping[str, _Found],
                pairs: Mapping[_Place, _Pair], corpus: Corpus) -> Iterator[Rendering]:
    shared: dict[str, dict[_Place, None]] = {}
    for text, start, end in _windows(changes):
        places = dict.fromkeys(
            place for size in _SIZES for at in range(len(text) - size + 1)
            if known[run := text[at : at + size]].count <= _KEPT for place in known[run].places)
        for place in places:
            for words in _longest(text, start, end, pairs[place][0][1]):
                shared.setdefault(words, {})[place] = None
    told: list[str] = []
    for words in sorted(shared, key=lambda one: (-len(one), len(shared[one]))):
        if len(told) < _WORDS and not any(words in one for one in told):
            told.append(words)
            for place in list(shared[words])[:_OF_WORDS]:
                yield _rendering(words, place, pairs[place], corpus)


def _longest(text: str, start: int, end: int, other_text: str) -> Iterator[str]:
    """The longest words of `text` that `other_text` has too, if they reach into what is new by two
    characters, or hold all of it. Hiragana alone are no words."""
    at = 0
    while at < len(text):
        size = 0
        while at + size < len(text) and text[at : at + size + 1] in other_text:
            size += 1
        words = text[at : at + size]
        inside = min(at + size, end) - max(at, start)
        if size >= _SIZES[0] and inside >= min(2, end - start) and not _HIRAGANA.fullmatch(words):
            yield words
        at += max(1, size)


def _rendering(words: str, place: _Place, pair: tuple[_Side, _Side], corpus: Corpus) -> Rendering:
    (source, text), (language, translation) = pair
    left, right = sentences(text), sentences(translation)
    at = next((at for at, one in enumerate(left) if words in one), 0)
    row = next((row for row in rendered(text, translation, source, language) if at in row.left), None)
    places = row.right if row and row.right else range(len(right))
    titles = {page.language.tag: page.title for page in corpus.editions(f"{place[0]}.md")}
    return Rendering(words, left[at].strip(), "".join(right[one] for one in places).strip(), *place, titles)
