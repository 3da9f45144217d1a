"""Sentences of a text in Chinese or Japanese.

In: a text. Out: its sentences, which together spell it. Refuses nothing: without a stop it is one sentence.
A sentence may quote others, or hold them in brackets: where it runs on behind them, no stop within ends it.
Sources: Chinese GB/T 15834-2011 (5.1.2: which stops stand before a closing mark); Japanese 文化庁
「公用文作成の考え方」 (2022).
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_PAIRS = {both[0]: both[1]
          for both in ("“”", "‘’", "「」", "『』", "（）", "()", "《》", "〈〉", "【】", "〔〕", '""')}
_CLOSE = "".join(_PAIRS.values())
# A Latin stop that letters follow belongs to an address: `?page=2`, `&amp;`.
_STOPS = r"(?:[。！？；]|[!?;](?![A-Za-z0-9_=&%/]))"
_SENTENCE = re.compile(rf"(?:(?!{_STOPS}).)*(?:{_STOPS}+[{re.escape(_CLOSE)}]*|$)", re.DOTALL)
_STOP = re.compile(_STOPS)
_MARK = re.compile(f"[{re.escape(_CLOSE + ''.join(_PAIRS))}]")
_NEXT = re.compile(rf"\s*(?!{_STOPS})\S")
# Behind what is quoted or in brackets, the sentence around it goes on with these, whatever ended within.
_ON = re.compile(r"[ぁ-ん、，,：:的]")


@dataclass(frozen=True)
class Span:
    """A sentence, and where it stands in its text."""

    words: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def spans(text: str) -> tuple[Span, ...]:
    """The sentences of `text`; what is nothing but white space belongs to the one before it."""
    found: list[Span] = []
    start, runs_on = 0, _running_on(text)
    for match in _SENTENCE.finditer(text):
        if runs_on[match.end()]:
            continue
        words, place, start = text[start : match.end()], start, match.end()
        if words.strip() or not found:
            found.append(Span(words, place))
        elif words:
            found[-1] = Span(found[-1].words + words, found[-1].start)
    return tuple(one for one in found if one.words)


def sentences(text: str) -> Sequence[str]:
    return [one.words for one in spans(text)]


def _running_on(text: str) -> bytearray:
    """For each place in `text`, and the one behind it, whether a sentence runs on there that quotes others or
    has them in brackets: from the opening mark to the place right behind the closing one."""
    found = bytearray(len(text) + 1)
    stops = [match.start() for match in _STOP.finditer(text)]
    begun: set[int] = set()
    for start, end in sorted(_marked(text), reverse=True):
        behind = _NEXT.match(text, end + 1)
        if not behind or behind[0] in _CLOSE:
            continue
        ends_within = bool(_STOP.match(text, end - 1))
        if not ends_within or _ON.match(behind[0]) or behind.end() - 1 in begun:
            begun.add(start)
            if bisect(stops, end) > bisect(stops, start):
                found[start + 1 : end + 2] = b"\1" * (end + 1 - start)
    return found


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """The places of each opening mark and its closing one. A mark without its other one is none."""
    opened: list[tuple[str, int]] = []  # the closing mark that is waited for, and where it was opened
    waiting = dict.fromkeys(_CLOSE, 0)
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if waiting.get(mark):
            closes = None
            while closes != mark:
                closes, start = opened.pop()
                waiting[closes] -= 1
            yield start, at
        elif closes := _PAIRS.get(mark):
            opened.append((closes, at))
            waiting[closes] += 1
