"""What the two editions of a document say unlike each other and nobody has declared, as values: for the
checks that say it, and for whoever writes the lines.

In: the corpus, the glossary, and what editors declare. Out: `Unlike`s: a concept that one paragraph of a pair
names and the other does not, or figures that differ; each with the line that would declare it, but for its
reason. Refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb import yamldata
from kb.collation.agreed import SameFigures
from kb.collation.sources import Declarations, Sources
from kb.corpus import Corpus, Page, Paragraph
from kb.figures import Difference, Figure, differences, figures
from kb.glossary.concepts import Glossary
from kb.languages import CHINESE, JAPANESE

Side = tuple[Page, Paragraph]
Pair = tuple[Side, Side]  # Chinese, Japanese
Spans = tuple[tuple[int, int], ...]
_NAMED = {"day": re.compile(r"\d+-\d+"), "time": re.compile(r"\d+:\d+")}
_SPELT = {"year": re.compile(r"年度?$"), "rate": re.compile(r"[%％‰割成]|分之|パーセント")}


@dataclass(frozen=True)
class Unlike:
    """What would be declared in `file`, below `key` (`figures` or `terms`): on paragraph `on` of `document`.
    `values` are those of the line, but for its reason, as YAML; `texts` and `spans`, the Chinese and the
    Japanese paragraph, and the words of each that are meant."""

    document: str
    file: str
    key: str
    on: str
    values: tuple[tuple[str, str], ...]
    texts: tuple[str, str]
    spans: tuple[Spans, Spans]
    concept: str = ""
    preferred: str = ""  # the term that the other language prefers

    @property
    def in_chinese(self) -> bool:
        """Whether it is the Chinese that has the words."""
        return bool(self.spans[0])

    def line(self, reason: str) -> str:
        """The line; `reason` as YAML."""
        values = (("on", self.on), *self.values, ("reason", reason))
        return "{" + ", ".join(f"{name}: {value}" for name, value in values) + "}"


def pairs(corpus: Corpus, sources: Sources) -> Iterator[tuple[Pair, Declarations]]:
    """Every paragraph that stands in both editions of a document, with what is declared of the document."""
    for page in corpus.documents:
        if page.language is CHINESE and (both := corpus.both(page.path)):
            for pair in pairs_of(*both):
                yield pair, sources.of(page.document)


def pairs_of(page: Page, twin: Page) -> Iterator[Pair]:
    """Every paragraph that stands in both editions, the Chinese and the Japanese one."""
    ours = {paragraph.id: paragraph for paragraph in page.paragraphs if paragraph.id}
    for paragraph in twin.paragraphs:
        if source := ours.get(paragraph.id or ""):
            yield (page, source), (twin, paragraph)


def terms(corpus: Corpus, glossary: Glossary, sources: Sources) -> tuple[Unlike, ...]:
    """Every concept that only one paragraph of a pair names."""
    return tuple(one for pair, declared in pairs(corpus, sources)
                 for one in terms_of(glossary, pair, declared))


def terms_of(glossary: Glossary, pair: Pair, declared: Declarations) -> Iterator[Unlike]:
    found = [glossary.named(page, paragraph) for page, paragraph in pair]
    chinese, japanese = ({match.concept for match in own} for own in found)
    for concept in sorted(chinese ^ japanese):
        named, lacking = (pair if concept in chinese else (pair[1], pair[0]))
        term = glossary.terms.get(lacking[0].language.tag, {}).get(concept)
        if not term:
            continue  # that the concept has no page there is said already
        spans = [tuple((match.start, match.end) for match in own if match.concept == concept)
                 for own in found]
        yield _unlike(pair, declared, "terms", (("not", concept), ("in", named[0].language.tag)),
                      spans=(spans[0], spans[1]), concept=concept, preferred=term.preferred)


def without(glossary: Glossary, declared: Sequence[Unlike]) -> Glossary:
    """The glossary as it is where these, of `terms`, are declared: figures within a term are part of its
    name, and within words that only look like it they count."""
    return replace(glossary, not_meant=glossary.not_meant | {
        (one.document, one.on, (CHINESE if one.in_chinese else JAPANESE).tag, one.concept)
        for one in declared})


# --- figures -------------------------------------------------------------------------------------

def of(glossary: Glossary, page: Page, paragraph: Paragraph) -> tuple[Figure, ...]:
    """The figures of a paragraph. One within a term (一般禁止事項10) is part of the name."""
    text = paragraph.text
    for match in glossary.named(page, paragraph):
        text = text[: match.start] + "\0" * (match.end - match.start) + text[match.end :]
    return figures(text, page.language)


def difference(glossary: Glossary, pair: Pair, declared: Sequence[SameFigures]) -> Difference:
    """What differs in a pair of paragraphs, but for what is declared the same."""
    return differences(*_left(glossary, pair, declared))


def _left(
    glossary: Glossary, pair: Pair, declared: Sequence[SameFigures]
) -> tuple[list[Figure], list[Figure]]:
    """The figures of both paragraphs of a pair, but for those that are declared the same."""
    chinese, japanese = (list(of(glossary, page, paragraph)) for page, paragraph in pair)
    for one in declared:
        for own, (page, paragraph) in zip((chinese, japanese), pair, strict=True):
            for figure in within(own, paragraph.text, one.words.get(page.language.tag, "")):
                own.remove(figure)
    return chinese, japanese


def within(found: Sequence[Figure], text: str, words: str) -> tuple[Figure, ...]:
    """The figures that stand within `words`, where these stand first in `text` with any."""
    at = text.find(words) if words else -1
    while at >= 0:
        own = tuple(one for one in found if at <= one.start and one.end <= at + len(words))
        if own:
            return own
        at = text.find(words, at + 1)
    return ()


def all_figures(corpus: Corpus, glossary: Glossary, sources: Sources) -> tuple[Unlike, ...]:
    """Every line that is wanting for no figures to differ any more."""
    found: list[Unlike] = []
    for pair, declared in pairs(corpus, sources):
        agreed = [one for one in declared.figures if one.on == pair[0][1].id]
        while line := next_figures(glossary, pair, declared, agreed):
            found.append(line)
            words = {page.language.tag: paragraph.text[slice(*own[0])]
                     for (page, paragraph), own in zip(pair, line.spans, strict=True) if own}
            agreed.append(SameFigures(line.on, words, 0))
    return tuple(found)


def next_figures(
    glossary: Glossary, pair: Pair, declared: Declarations, agreed: Sequence[SameFigures]
) -> Unlike | None:
    """A declaration of the first figure that differs beside those `agreed`, with that of the other side that
    may stand for it; None where none differs."""
    left = _left(glossary, pair, agreed)
    found = differences(*left)
    if not found:
        return None
    spans: list[Spans] = [
        (_telling(own, paragraph.text, figure),) if figure else ()
        for own, (_, paragraph), figure in zip(left, pair, _facing(found, not agreed), strict=True)]
    values = tuple((page.language.tag, yamldata.quoted(paragraph.text[slice(*own[0])]))
                   for (page, paragraph), own in zip(pair, spans, strict=True) if own)
    return _unlike(pair, declared, "figures", values, spans=(spans[0], spans[1]))


def _facing(found: Difference, is_first: bool) -> tuple[Figure | None, Figure | None]:
    """The first figure that differs, beside the first of the other side that is of its kind. Where nothing
    else differs, two stand beside each other whatever they are."""
    if not (found.ours and found.theirs):
        return next(iter(found.ours), None), next(iter(found.theirs), None)
    one = found.ours[0]
    is_alone = is_first and len(found.ours) == len(found.theirs) == 1
    return one, next((other for other in found.theirs if is_alone or _kind(other) == _kind(one)), None)


def _kind(figure: Figure) -> str:
    """What a figure is of: a day, a time, a name, a year, a rate, a place in an order, a number."""
    if isinstance(figure.value, str):
        return next((kind for kind, form in _NAMED.items() if form.fullmatch(figure.value)), "name")
    spelt = next((kind for kind, form in _SPELT.items() if form.search(figure.words)), "number")
    return "order" if figure.is_ordinal and spelt == "number" else spelt


def _telling(found: Sequence[Figure], text: str, figure: Figure) -> tuple[int, int]:
    """The words of a figure, with as much of what is around it as tells it from another that is written like
    it and stands before it."""
    for more in range(len(text)):
        start, end = max(0, figure.start - more), min(len(text), figure.end + more)
        for span in ((figure.start, end), (start, figure.end), (start, end)):
            own = within(found, text, text[slice(*span)])
            if len(own) == 1 and (own[0].value, own[0].unit) == (figure.value, figure.unit):
                return span
    return figure.start, figure.end


def _unlike(pair: Pair, declared: Declarations, key: str, values: tuple[tuple[str, str], ...], *,
            spans: tuple[Spans, Spans], concept: str = "", preferred: str = "") -> Unlike:
    (_, chinese), (_, japanese) = pair
    return Unlike(declared.document, declared.file, key, chinese.id or "", values,
                  (chinese.text, japanese.text), spans, concept, preferred)
