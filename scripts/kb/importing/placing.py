"""A translation in the paragraphs of its original.

In: the blocks of an original, those of its translation, and both languages. Out: the translation's
blocks, cut and joined as the original is, with its headings, lists and quotations; what became of each
row; and the original's blocks, where only the translation says that something is a quotation. What has no
counterpart is shown as such: a paragraph of the original without translation is left open, one of the
translation without original keeps its place. Sentences that were left in the original's language are
named. Refuses nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kb.aligning.align import align
from kb.aligning.borders import Row
from kb.characters import is_cjk
from kb.collation.excerpts import short
from kb.importing import foreign, numbered
from kb.importing.values import Block
from kb.languages import Language

_CLAUSE = re.compile(r"[^。！？!?；;：:]*(?:[。！？!?；;：:]+[”」』）)]*|$)")
# Within a sentence that counts: 一つは…、もう一つは…
_COUNTED = re.compile(r"(?<=[、，,])(?=もう(?:一|ひと)つ|第[二三四五]に|[二三四五]つ目|[二三四五]是|另一)")


@dataclass(frozen=True)
class Pairing:
    """A row of the alignment: the blocks of the original and of the translation, how sure it is, and why."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    sure: float
    why: str

    @property
    def doubt(self) -> float:
        """How sure the row and what was made of it are together; a gap is a question whatever else."""
        if not self.left or not self.right:
            return min(self.sure, 0.5)
        return min([self.sure, *(one.sure for one in self.right)])


@dataclass(frozen=True)
class Placed:
    original: tuple[Block, ...]
    translation: tuple[Block, ...]
    rows: tuple[Pairing, ...]


def placed(original: Sequence[Block], translation: Sequence[Block], of: Language, to: Language) -> Placed:
    """The translation in the order and the shape of its original. Titles belong together."""
    titles = [
        next((one for one in blocks if one.kind == "title"), None) for blocks in (original, translation)
    ]
    left = [one for one in original if one is not titles[0]]
    right = _sentences(left, [one for one in translation if one is not titles[1]])
    units = _units(left)
    headings = (
        frozenset(at for at, unit in enumerate(units) if unit[0].kind == "heading"),
        frozenset(at for at, one in enumerate(right) if one.kind == "heading"),
    )
    texts = ([_run(unit).received for unit in units], [one.received for one in right])
    rows = align(*texts, of, to, headings=headings)
    shaped, pairings, quoted = list[Block](), list[Pairing](), list[Block]()
    if titles[1]:
        shaped.append(replace(titles[1], kind="title"))
    for row in rows:
        lefts, rights = [one for at in row.left for one in units[at]], [right[at] for at in row.right]
        blocks, why = _shaped(lefts, rights, row, to)
        shaped += blocks
        pairings.append(Pairing(tuple(lefts), tuple(blocks or rights), row.sure, why))
        if any(one.is_quoted for one in rights) and not any(one.is_quoted for one in lefts):
            quoted += lefts
    turned = [
        replace(one, is_quoted=True, sure=min(one.sure, 0.7), why=(*one.why, "its translation quotes it"))
        if one in quoted and one.is_citable
        else one
        for one in left
    ]
    return Placed((*[one for one in titles[:1] if one], *turned), tuple(shaped), tuple(pairings))


def _units(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks received on the same lines, together: their translation may not be cut as they are."""
    units: list[list[Block]] = []
    for one in blocks:
        if units and units[-1][-1].lines == one.lines and len(one.lines) == 1:
            units[-1].append(one)
        else:
            units.append([one])
    return units


def _sentences(left: Sequence[Block], right: Sequence[Block]) -> list[Block]:
    """The translation's blocks; as sentences where it lost so many breaks that one holds most of it."""
    size = sum(len(one.received) for one in right) or 1
    if len(right) * 2 >= len(left) or max((len(one.received) for one in right), default=0) < 0.3 * size:
        return list(right)
    return [
        replace(one, received=words, text=words, sure=0.7)
        for one in right
        for words in foreign.SENTENCE.findall(one.received)
        if words.strip()
    ]


def _shaped(
    lefts: Sequence[Block], rights: Sequence[Block], row: Row, to: Language
) -> tuple[list[Block], str]:
    """The translation's blocks of one row, as the original's are cut, and what was done."""
    if not rights:
        if any(map(is_cjk, "".join(one.text for one in lefts))):
            return [], "nothing renders it"
        copied = [replace(one, received="", sure=0.7, names=("left-out",)) for one in lefts]
        return copied, "nothing renders it, and there is nothing to render: taken over"
    if not lefts:
        return [_flagged(replace(one, sure=min(one.sure, row.sure, 0.5)), to) for one in rights], (
            "it renders nothing of the original"
        )
    if len(lefts) == 1:
        one = _like(lefts[0], _run(rights), row, to)
        return [one], "one to one" if len(rights) == 1 else f"{len(rights)} paragraphs joined"
    rights = [numbered.marked(one) for one in rights]
    parts = cut("".join(one.received for one in rights), [len(one.received) for one in lefts])
    if len(parts) < len(lefts):
        return [_like(lefts[0], replace(_run(rights), sure=0.4), row, to)], (
            f"it renders {len(lefts)} paragraphs in one sentence"
        )
    texts = cut("".join(one.text for one in rights), [len(one.received) for one in lefts])
    base = _run(rights)
    return [
        _like(left, replace(base, received=part, text=text, sure=min(base.sure, 0.7)), row, to)
        for left, part, text in zip(lefts, parts, texts, strict=False)
    ], "cut as the original is"


def _run(blocks: Sequence[Block]) -> Block:
    first = blocks[0]
    blocks = [first, *map(numbered.marked, blocks[1:])]
    return replace(
        first,
        received="".join(one.received for one in blocks),
        text="".join(one.text for one in blocks),
        lines=tuple(dict.fromkeys(line for one in blocks for line in one.lines)),
        sure=min(one.sure for one in blocks),
        why=tuple(dict.fromkeys(why for one in blocks for why in one.why)),
    )


def _like(left: Block, right: Block, row: Row, to: Language) -> Block:
    """The translation's block with the shape of the original's."""
    right = numbered.unmarked(right, left.number) if left.kind == "number" else numbered.marked(right)
    return _flagged(
        replace(
            right,
            kind=left.kind,
            is_quoted=left.is_quoted or right.is_quoted,
            level=left.level,
            number=left.number,
            sure=min(right.sure, row.sure),
        ),
        to,
    )


def _flagged(block: Block, to: Language) -> Block:
    left = foreign.sentences(block.received, to)
    if not left:
        return block
    share = sum(map(len, left)) / max(1, len(block.received))
    return replace(
        block,
        sure=min(block.sure, 0.5),
        names=("untranslated",) if share > 0.3 else block.names,
        why=(*block.why, f"not in {to.name}: “{short(left[0])}”"),
    )


def cut(text: str, lengths: Sequence[int]) -> list[str]:
    """`text` cut at ends of sentences or clauses into as many parts as there are `lengths`, near to their
    shares; in one piece where it has not so many."""
    ways = (foreign.SENTENCE.findall(text), _CLAUSE.findall(text), _COUNTED.split(text))
    whole = ([one for one in parts if one.strip()] for parts in ways)
    sentences = next((parts for parts in whole if len(parts) >= len(lengths)), None)
    if sentences is None:
        return [text]
    total, size = sum(lengths) or 1, len(text)
    parts, at = [], 0
    for number in range(len(lengths)):
        left = len(lengths) - number - 1
        wanted = size * sum(lengths[: number + 1]) / total
        end = at + 1
        done = sum(map(len, sentences[:end]))
        while end < len(sentences) - left and abs(done + len(sentences[end]) - wanted) < abs(done - wanted):
            done += len(sentences[end])
            end += 1
        end = len(sentences) if not left else end
        parts.append("".join(sentences[at:end]))
        at = end
    return parts
