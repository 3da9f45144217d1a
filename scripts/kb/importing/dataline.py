"""Lines of data about a page: who wrote it, when, where from, under which number, how large its letters are.

In: the words of a line. Out: how sure it is that they are such data, or None. The line is taken apart into
days, sizes of letters, counters and offers, and labels with their values; what is left over decides: nothing,
and it is certain where a label says so; a short name, and it is likely. A label that
texts have too (名称：…) says nothing alone, but why a line is left out that stands outside a text. Refuses
nothing.
"""

from __future__ import annotations

import re

from kb.characters import HAN
from kb.importing.words import any_of

DATE = (
    r"(?:(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
    r"|(?:令和|平成)\s*[\d元]+\s*年\s*\d+\s*月\s*\d+\s*日)"
    r"(?:\s*[(（]?(?:星期|周)?[月火水木金土日一二三四五六天](?:曜日?)?[)）]?(?![^\W\d_]))?"
    r"(?:\s*\d{1,2}\s*[:：时時]\s*\d{2}(?::\d{2})?分?)?"
)
COUNT = r"[\d,.]*\d(?:\.\d+)?\s*[万千wk+]*\s*(?:次|回|人|件|条)?"
_STRONG = any_of("author-labels", "body-labels", "source-labels", "editor-labels", "labels")
_WEAK = any_of("weak-labels")
_SIGN = r"\s*[:：／/＝=|｜丨]\s*"
_EDGE = r"(?:^|(?<=[\s　|｜/／·・•【\[(（）)\]】\0]))"
_END = r"(?=[\s　|｜/／·・•【\[(（）)\]】\0]|$)"
# What stands on such lines beside their data.
_SIZES = re.compile(
    r"(?:(?:字号|字体|字體|文字(?:の)?サイズ)\s*[:：]?\s*)?[【\[(（]?\s*(?:(?:字号|字体)\s*[:：]?\s*)?"
    rf"{_EDGE}?(?:特大|超大|大|中|小|標準|标准|默认)(?:[\s|｜/／+-]+(?:特大|超大|大|中|小|標準|标准|默认)){{1,4}}"
    rf"\s*[】\])）]?|{_EDGE}A\s*[+＋]?[\s/|]+A(?:\s*[-－])?(?:[\s/|]+A\s*[-－]?)?{_END}")
_OFFERS = re.compile(
    rf"{_EDGE}(?:{any_of('counters')}\s*[:：(（]?\s*(?:{COUNT})?\s*[)）]?"
    rf"|{any_of('navigation', 'networks', 'offers')}\s*[:：]?){_END}", re.IGNORECASE)
_LABEL = re.compile(
    rf"{_EDGE}(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK}))(?:{_SIGN}|(?P<bare>[ 　]+|(?=[\d\0])|$))",
    re.IGNORECASE)
_MARKS = re.compile(r"[\s　|｜/／·・•【\[\]】()（）●\0:：-]+")
_WIDE = re.compile(rf"(?<![^\s•·])(?:[{HAN}][ 　]+){{1,3}}[{HAN}](?=\s*[:：])")  # 标　　题： 索 引 号：
_SENTENCE = re.compile(r"[。！？!?；;]")
_NAME = re.compile(r"(?:第?\d+[版号期号面]|[^\W\d_]{2,12}(?:\([^)]*\))?)")
_LONGEST, _VALUE = 160, 60  # characters of such a line, and of one value
_CERTAIN, _LIKELY = 0.95, 0.7


def sure(said: str) -> float | None:
    """How sure it is that the line is nothing but data about a page; None where it need not be."""
    if not _is_short(said):
        return None
    words = _closed(said)
    words, days = re.subn(DATE, "\0", words)
    words, sizes = _SIZES.subn("\0", words)
    words, offers = _OFFERS.subn("\0", words)
    labels = list(_LABEL.finditer(words))
    if not (days or sizes or labels):
        return None
    loose = [*_names(words[: labels[0].start()] if labels else words)]
    for one, end in zip(labels, [*(after.start() for after in labels[1:]), len(words)], strict=False):
        value = words[one.end() : end]
        if len(value.strip()) > _VALUE:
            return None
        if one["bare"] is not None:
            named = _names(value)
            loose += named[1:] if named and len(named[0]) <= 4 and "\0" not in value[:1] else named
    strong = any(one["strong"] for one in labels)
    return _weighed(loose, days=bool(days), strong=strong, weak=len(labels) * (not strong),
                    furniture=bool(sizes or offers))


def _closed(said: str) -> str:
    """A line without the spaces that spread its labels."""
    return _WIDE.sub(lambda found: "".join(found[0].split()), said)


def may_be(said: str) -> bool:
    """Whether a line that stands outside a text is rather data about it than a way to another page."""
    return is_labelled(said) or (_is_short(said) and bool(re.search(DATE, said)))


def is_labelled(said: str) -> bool:
    """Whether a label with its value is in it."""
    return _is_short(said) and any(one["bare"] is None for one in _LABEL.finditer(_closed(said)))


def _is_short(said: str) -> bool:
    return len(said) <= _LONGEST and not _SENTENCE.search(said)


def _names(words: str) -> list[str]:
    return [one for one in _MARKS.split(words) if one and not one.isdigit()]


def _weighed(loose: list[str], *, days: bool, strong: bool, weak: int, furniture: bool) -> float | None:
    if loose:
        return _LIKELY if strong and len(loose) <= 2 and all(map(_NAME.fullmatch, loose)) else None
    if strong or furniture or weak > 1 or not weak:
        return _CERTAIN
    return _LIKELY if days else None
