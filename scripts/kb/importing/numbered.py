"""Lists whose items are numbered as Chinese and Japanese number them: 1、 （1） 1） ①.

In: the blocks of a text. Out: the same; neighbours that count on from one, in one form, are the items of an
ordered list, and their text is without the mark, which Markdown writes. A number in Han characters, or
before a full-width point, is a part of the words: Markdown has none such, and a bullet before it would be
one mark too many. Refuses nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.collation import enumerations
from kb.collation.differences import LISTED
from kb.importing.values import Block

WHY = "counted on from the line above"
_SURE = 0.9
_DIGITS = re.compile(r"[\d①-⑳]{1,2}")
# 一是、 二是: what editors list with bullets, and the words stay.
_SPOKEN = re.compile(r"\s*[一二三四五六七八九十]+是")


def judged(found: Sequence[Block]) -> list[Block]:
    """The same with ordered lists told apart."""
    result = list(found)
    at = 0
    while at < len(result):
        end = _end(result, at)
        if end - at > 1:
            for place in range(at, end):
                result[place] = _item(result[place], place - at + 1)
        at = max(end, at + 1)
    return result


def _end(found: Sequence[Block], start: int) -> int:
    """The place after the last of those that count on from `start`, which is the first."""
    form, end = "", start
    while end < len(found) and found[end].kind in ("paragraph", "item"):
        one = found[end]
        mark = LISTED.match(one.received)
        if not mark or enumerations.mark(one.received) != str(end - start + 1):
            break
        own = _DIGITS.sub("1", mark[1])
        if (form and own != form) or one.is_quoted != found[start].is_quoted:
            break
        form, end = own, end + 1
    return end


def _item(block: Block, number: int) -> Block:
    mark = LISTED.match(block.received)
    return replace(
        block, kind="number", number=str(number), begins=mark.end() if mark else 0,
        sure=min(block.sure, _SURE),
        why=(*block.why, WHY) if number > 1 else (*block.why, "the first of what is counted"),
    )


def is_word(words: str) -> bool:
    """Whether they begin with a mark that is a part of them: 一、 （三） ア． 1．"""
    return bool(enumerations.mark(words)) and not _SPOKEN.match(words)


def marked(block: Block) -> Block:
    """The block with its mark among its words, as where it is no item."""
    mark = block.received[: block.begins]
    return replace(block, text=mark + block.text, begins=0) if mark else block


def unmarked(block: Block, number: str) -> Block:
    """The block without its mark, where that is this `number` of a list's item."""
    mark = LISTED.match(block.received)
    if not number or block.begins or not mark or enumerations.mark(block.received) != number:
        return block
    own = LISTED.match(block.text)
    return replace(block, text=block.text[own.end() :] if own else block.text, begins=mark.end())
