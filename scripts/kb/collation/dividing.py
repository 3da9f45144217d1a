"""Where received words that answer to several paragraphs are divided among them.

In: received words in one run, and the paragraphs that they may belong to, in order. Out: where the part of
each paragraph ends. Of all ways to divide them that is taken in which parts and paragraphs agree best,
at the end of a sentence before that of a clause. A reworded paragraph is answered by its figures, names and
terms, by what renders its counterpart in the other language, and by having about its length; a part is
empty where nothing answers. Refuses nothing.

A translation program joins paragraphs that its editor parts again and renders anew: then the words alone show
less than half of it (`kb.collation.alignment`), and whoever looks at them alone calls a paragraph new that
is not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kb.aligning.features import Features, Weights, features
from kb.characters import break_between, comparable
from kb.collation.editions import Edited
from kb.collation.evidence import Group
from kb.collation.overlap import added, alike
from kb.languages import Language, other

# What may end a part, and what it costs to end there.
_ENDS = ((re.compile(r"[。！？!?]+[”’」』）)]*\s*|\.\s+"), 0.0),
         (re.compile(r"[；;：:]+[”’」』）)]*\s*"), 0.05),
         (re.compile(r"[、，,]+\s*"), 0.15))
_TORN = 0.2  # … or anywhere else, because the words agree there
_MOST = 24  # places to think of
_NOTHING = 0.15  # what is gained where a paragraph is given nothing
_LENGTH = 0.1  # what is lost where a part is e times as long as its paragraph
_RUN = 4  # paragraphs without received words that may have come from one neighbour
# How alike a wording and a paragraph's counterpart in the other language must be for the one to be the source
# of the other. Measured on the machine translation of this site: 93 in 100 paragraphs have more, those up to
# two paragraphs away have at most 0.18.
_RENDERS = 0.2
# How much of a sentence must be in that counterpart. Of the same translation's sentences 93 in 100 have
# more, of the neighbours' 95 in 100 less.
_SAYS = 0.26
_AT_HOME = 0.35  # how much of a sentence must be in its paragraph, once the others are taken out of it
_SAME = 6  # characters of a sentence that shows where it is at home
_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]+[”’」』）)]*|[^。！？!?]+$")


@dataclass(frozen=True)
class Division:
    """The end of each part but the last, and how well all of them agree with their paragraphs."""

    ends: tuple[int, ...]
    gain: float

    def parts(self, length: int) -> tuple[tuple[int, int], ...]:
        return tuple(zip((0, *self.ends), (*self.ends, length), strict=True))


def divided(text: str, paragraphs: Sequence[Edited], *, sure: Mapping[int, int] | None = None,
            torn: Mapping[int, int] | None = None) -> Division:
    """The best division of `text`. Of paragraphs by their place in the order: `sure` are ends that are known,
    `torn` ends where words agree though no clause ends there."""
    made = _Text(text, paragraphs)
    sure, torn = sure or {}, torn or {}
    places = {**made.places, **{end: made.places.get(end, _TORN) for end in (*torn.values(), *sure.values())}}
    last = len(paragraphs) - 1
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for at in range(len(paragraphs)):
        ends = [len(text)] if at == last else [sure[at]] if at in sure else sorted(
            end for end in places if end in made.places or end == torn.get(at))
        found: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in ends:
            cost = 0.0 if at in sure or at == last else places[end]
            ways = [(gain + made.gain(start, end, at) - cost, (*before, end))
                    for start, (gain, before) in best.items() if start <= end]
            if ways:
                found[end] = max(ways)
        best = found
    gain, ends_ = best[len(text)]
    return Division(ends_[:-1], gain)


def renders(received: str, edited: Edited) -> bool:
    """Whether a received wording is the source of a paragraph that has little in common with it: it has a
    whole sentence of it, or says what its counterpart says."""
    ours, theirs = ({one for part in _SENTENCE.findall(text) if len(one := comparable(part)) >= _SAME}
                    for text in (received, edited.text))
    if ours & theirs or not edited.counterpart:
        return bool(ours & theirs)
    own, aim = _beside(received, edited)
    return _alike(own, aim, Weights([own], [aim])) >= _RENDERS


def has_more(received: str, edited: Edited) -> bool:
    """Whether what was received for a paragraph has a sentence that is not in it: another one may be its
    home."""
    parts = [one for one in _SENTENCE.findall(received) if len(comparable(one)) >= _SAME]
    words = [comparable(one) for one in parts]
    return any(added(own, "".join(words[:at] + words[at + 1:]), comparable(edited.text)) < _AT_HOME
               and not _says(parts[at], edited) for at, own in enumerate(words))


def _says(sentence: str, edited: Edited) -> bool:
    """Whether a received sentence says some of what a paragraph's counterpart says."""
    if not edited.counterpart:
        return False
    own, aim = _beside(sentence, edited)
    weights = Weights([own], [aim])
    return weights.shared(own, aim) >= _SAYS * weights.mass(own)


def _beside(received: str, edited: Edited) -> tuple[Features, Features]:
    language = edited.page.language
    return _read(received, language), _read(edited.counterpart, other(language))


class _Text:
    """A received text that is to be divided among paragraphs."""

    def __init__(self, text: str, paragraphs: Sequence[Edited]) -> None:
        self._text = text
        self.places = _places(text)
        self._language = paragraphs[0].page.language
        self._words = [comparable(one.text) for one in paragraphs]
        self._own = [_read(one.text, self._language) for one in paragraphs]
        self._counterparts = [_read(one.counterpart, other(self._language)) if one.counterpart else None
                              for one in paragraphs]
        ends = sorted(self.places)
        parts = [_read(text[start:end], self._language) for start, end in pairwise(ends)]
        self._weights = Weights(parts, [*self._own, *(one for one in self._counterparts if one)])

    def gain(self, start: int, end: int, at: int) -> float:
        """How well what stands between two places answers to a paragraph, from about 0 to 1."""
        words = self._text[start:end].strip()
        if not words:
            return _NOTHING
        own, aim, counterpart = _read(words, self._language), self._own[at], self._counterparts[at]
        same = max(alike(comparable(words), self._words[at]), _alike(own, aim, self._weights))
        there = _alike(own, counterpart, self._weights) if counterpart else same
        ratio = math.log(max(1.0, own.length) / max(1.0, aim.length))
        return (same + there) / 2 - _LENGTH * abs(ratio)


@lru_cache(1 << 10)  # each part is asked about for several paragraphs
def _read(text: str, language: Language) -> Features:
    return features(text, language)


def _alike(one: Features, other: Features, weights: Weights) -> float:
    both = math.sqrt(weights.mass(one) * weights.mass(other))
    return weights.shared(one, other) / both if both else 0.0


def _places(text: str) -> dict[int, float]:
    """Where a part of `text` may end, and what that costs: those that cost least, as far as there is time to
    think of them."""
    found = {0: 0.0, len(text): 0.0}
    for pattern, cost in _ENDS:
        more = {match.end(): cost for match in pattern.finditer(text) if match.end() not in found}
        if len(found) + len(more) > _MOST and len(found) > 2:
            break
        found.update(more)
    return found


# --- paragraphs that nothing seems to answer to --------------------------------------------------


def shared_out(groups: Sequence[Group], pieces: Sequence[str], paragraphs: Sequence[Edited],
               certain: Collection[Group]) -> tuple[Group, ...]:
    """The groups, those joined with paragraphs beside them that have no received words where these have some
    for them too. `certain` ones stay as they are."""
    found: list[Group] = []
    at = 0
    while at < len(groups):
        alone = _alone(groups, at)
        if not alone:
            found.append(groups[at])
            at += 1
            continue
        end = at + len(alone)
        before = found.pop() if found and _may_share(found[-1], certain) else None
        after = groups[end] if end < len(groups) and _may_share(groups[end], certain) else None
        found += _best(before, alone, after, pieces, paragraphs)
        at = end + (after is not None)
    return tuple(found)


def _alone(groups: Sequence[Group], start: int) -> list[int]:
    """The paragraphs from this group on that no piece stands against."""
    found: list[int] = []
    for group in groups[start:]:
        if group.pieces:
            break
        found += group.paragraphs
    return found


def _may_share(group: Group, certain: Collection[Group]) -> bool:
    return bool(group.pieces and group.paragraphs) and group not in certain


def _best(before: Group | None, alone: Sequence[int], after: Group | None, pieces: Sequence[str],
          paragraphs: Sequence[Edited]) -> list[Group]:
    """Both neighbours with those of the paragraphs between them to which they answer."""
    ways = []
    for cut in range(len(alone) + 1):
        one = _given(before, alone[:cut][:_RUN], pieces, paragraphs) if before else (0.0, [], [])
        two = _given(after, alone[cut:][-_RUN:], pieces, paragraphs) if after else (0.0, [], [])
        taken = {*one[2], *two[2]}
        lost = _NOTHING * sum(at not in taken for at in alone)
        ways.append((one[0] + two[0] + lost, -cut, one[1], two[1], taken))
    _, _, first, second, taken = max(ways, key=lambda way: way[:2])
    rest = [Group((), (at,)) for at in alone if at not in taken]
    return sorted([*first, *rest, *second], key=lambda group: group.paragraphs)


def _given(group: Group, more: Sequence[int], pieces: Sequence[str],
           paragraphs: Sequence[Edited]) -> tuple[float, list[Group], list[int]]:
    """What is gained where a group is divided among its paragraphs and `more`; what it is then, with those
    that are given nothing beside it; and which paragraphs these are in all."""
    which = sorted((*group.paragraphs, *more))
    text = ""
    for row in group.pieces:
        text += break_between(text[-1:], pieces[row][:1]) + pieces[row]
    division = divided(text, [paragraphs[at] for at in which])
    taken = [at for at, (start, end) in zip(which, division.parts(len(text)), strict=True)
             if text[start:end].strip()]
    lone = [Group((), (at,)) for at in group.paragraphs if at not in taken]
    # What no neighbour is given is counted by whoever asks.
    gain = division.gain - _NOTHING * sum(at not in taken for at in more)
    return gain, [Group(group.pieces, tuple(taken)), *lone], [*taken, *group.paragraphs]
