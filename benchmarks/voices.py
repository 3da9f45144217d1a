"""Articles of which no two say the same, in the words of this site, for benchmarks of quotations.

In: a folder and how many articles. Out: the articles, some with registers that know earlier wordings, and what
was written. A voice speaks in phrases that the site's texts are made of, each after one that may stand before
it: what it says is plausible, and was written nowhere. The same number gives the same texts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import synthetic

from kb import project as projects
from kb.anchors import wordings
from kb.fingerprints import fingerprint
from kb.languages import JAPANESE, LANGUAGES, Language

ROOT = Path(__file__).parent.parent
_PHRASE = re.compile(r"[A-Za-z][A-Za-z.&-]*|[0-9][0-9,.]*|[\u30a0-\u30ff]+|[\u3040-\u309f]{1,4}|[\u4e00-\u9fff]{1,4}")
_LATIN = re.compile(r"[A-Za-z0-9.&-]")
_LENGTH = (4, 14)  # phrases in a sentence
_FOLLOWS = 0.5  # how often a phrase is one that was written after the one before
_EARLIER = 20  # one paragraph in so many had another wording


class Voice:
    """Says plausible sentences."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._after: dict[str, list[str]] = {}
        self._phrases: list[str] = []
        for text in texts:
            phrases = list(self._cut(text))
            self._phrases += phrases
            for one, two in zip(phrases, phrases[1:], strict=False):
                self._after.setdefault(one[-1], []).append(two)

    @staticmethod
    def _cut(text: str) -> Iterator[str]:
        chance = random.Random(text)
        last = 0
        for found in _PHRASE.finditer(text):
            run, follows = found[0], found.start() - last <= 1 and _LATIN.match(text, found.start() - 2)
            last = found.end()
            if follows and _LATIN.match(run):
                continue  # what goes on in English is no phrase of these texts
            # Where a phrase ends is not known: now here, now there.
            size = chance.choice((2, 2, 3, 4)) if len(run) == 4 and run[0] > "\u4e00" else len(run)
            yield run[:size]
            if run[size:]:
                yield run[size:]

    def sentence(self, chance: random.Random) -> str:
        size = chance.randint(*_LENGTH)
        comma = chance.randint(3, size)
        found = [chance.choice(self._phrases)]
        for number in range(1, size):
            known = self._after.get(found[-1][-1]) if chance.random() < _FOLLOWS else None
            next_ = chance.choice(known or self._phrases)
            is_apart = _LATIN.match(found[-1][-1]) and _LATIN.match(next_)
            found.append(("，" if number == comma else " " if is_apart else "") + next_)
        return "".join(found) + "。"

    def text(self, chance: random.Random) -> str:
        return "".join(self.sentence(chance) for _ in range(chance.randint(1, 3)))


@dataclass(frozen=True)
class Texts:
    """What stands in a language, by its place (address and id), and what stood there before."""

    voice: Voice
    today: dict[str, str] = field(default_factory=dict)
    earlier: dict[str, str] = field(default_factory=dict)


def write(root: Path, articles: int) -> Mapping[str, Texts]:
    """Language tag → what was written below `root`."""
    synthetic.write(root, 0)
    corpus = projects.read(ROOT).corpus
    made = {language.tag: Texts(Voice([
        paragraph.text for page in corpus.pages.values() if page.language is language
        for paragraph in page.paragraphs])) for language in LANGUAGES}
    chances = {language.tag: random.Random(f"{language.tag} voices") for language in LANGUAGES}
    for number in range(articles):
        lines: list[str] = []
        kept: list[str] = []
        for language in LANGUAGES:
            one = _article(root, language, number, (made[language.tag], chances[language.tag]))
            lines += one[0]
            kept += one[1]
        place = root / f"anchors/articles/a{number:04}.yml"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"document: articles/a{number:04}\nanchors:\n" + "\n".join(lines) + "\n", "utf-8")
        place.with_suffix(".txt").write_text("\n".join(kept) + "\n", "utf-8")
    return made


def _article(
    root: Path, language: Language, number: int, speaker: tuple[Texts, random.Random]
) -> tuple[list[str], list[str]]:
    """Writes an article; the lines of its register, and those of its wordings."""
    texts, chance = speaker
    kind = "translation\ntranslation: {from: zh-Hans, by: machine}" if language is JAPANESE else "original"
    page = [f"---\nkind: article\ndescription: 一\nauthor: 某\npublished: {2001 + number % 25}-"
            f"{1 + number % 12:02}-{1 + number % 28:02}\ntext: {kind}\n---\n",
            f"# {texts.voice.sentence(chance)[:14]}{number}\n"]
    lines: list[str] = []
    kept: list[str] = []
    for paragraph in range(1, 61):
        if paragraph % 8 == 1:
            page.append(f"## {texts.voice.sentence(chance)[:12]} {{ #s{paragraph} }}\n")
        text = texts.voice.text(chance)
        place = f"{language.prefix}articles/a{number:04}/#p{paragraph}"
        texts.today[place] = text
        page.append(f"{text}\n{{ #p{paragraph} }}\n")
        said = [("2026-11-22", text)]
        if chance.randrange(_EARLIER) == 0:
            texts.earlier[place] = text[: len(text) // 2] + texts.voice.sentence(chance)
            said = [("2026-11-22", texts.earlier[place]), ("2027-01-31", text)]
        lines += [f"- {{id: p{paragraph}, date: {day}, language: {language.tag}, text: {fingerprint(one)}}}"
                  for day, one in said]
        kept += [wordings.line(one) for _, one in said]
    folder = root / language.tree / "articles"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"a{number:04}.md").write_text("\n".join(page), "utf-8")
    return lines, kept
