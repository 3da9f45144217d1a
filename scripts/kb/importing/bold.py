"""Short lines in bold: headings, and how sure that is.

In: the blocks of a text, of which those that are short and in bold say so (`WHY`). Out: the same; a heading
whose number follows that of the one before it (一、 二、, or （一） （二） below each) is as sure as its
line is text, and any other is asked about. Refuses nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kb.collation import enumerations
from kb.importing.values import Block

WHY = "short, and in bold"
_ASKED = 0.75
_NUMBER = re.compile(r"(\D*)(\d+)")  # a mark as `enumerations.mark` gives it: 3, 章3


def judged(found: Sequence[Block]) -> list[Block]:
    counted = _counted(found)
    result = []
    for at, one in enumerate(found):
        if at in counted:
            result.append(replace(one, why=(*one.why, "counted one after the other")))
        elif WHY in one.why:
            result.append(replace(one, sure=min(one.sure, _ASKED)))
        else:
            result.append(one)
    return result


def _counted(found: Sequence[Block]) -> frozenset[int]:
    """The places of those whose numbers follow each other from one on, in one form of number."""
    forms: dict[tuple[str, bool], list[tuple[int, int]]] = {}
    for at, one in enumerate(found):
        if WHY in one.why and (number := _NUMBER.fullmatch(enumerations.mark(one.received))):
            form = (number[1], one.received.lstrip()[0] in "（(")
            forms.setdefault(form, []).append((at, int(number[2])))
    counted: set[int] = set()
    for row in forms.values():
        for (at, value), (later, following) in pairwise(row):
            if following == value + 1 and (value == 1 or at in counted):
                counted |= {at, later}
    return frozenset(counted)
