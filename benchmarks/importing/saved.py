"""The saved pages of the benchmark: every text in every shape, in an encoding that its language is saved in.

In: nothing. Out: `Saved` pages with their bytes and their right text. The same each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from importing.shapes import SHAPES, Text
from opencc import OpenCC

# Label on the page → codec. The traditional form of a Chinese text is what Big5 can hold.
_ENCODINGS = {
    "zh": (("utf-8", "utf-8"), ("gb2312", "gb18030"), ("big5", "big5hkscs"), ("gbk", "gb18030"), ("utf-16", "utf-16")),
    "ja": (("utf-8", "utf-8"), ("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp"), ("utf-8", "utf-8"), ("x-sjis", "cp932")),
}
_KINDS = ("h:", "l:", "q:")


class Saved(NamedTuple):
    name: str
    language: str
    data: bytes
    right: tuple[str, ...]
    title: str
    date: str
    encoding: str


def pages() -> Iterator[Saved]:
    for language, file in (("zh", "chinese"), ("ja", "japanese")):
        for at, text in enumerate(_texts(file, language)):
            for number, shape in enumerate(SHAPES):
                label, codec = _ENCODINGS[language][(at + number) % 5]
                one = _traditional(text) if label == "big5" else text
                data = shape(one).replace("{charset}", label).encode(codec, "xmlcharrefreplace")
                yield Saved(f"{file}-{at + 1}-{shape.__name__}-{label.lower()}", language, data,
                            (one.title, *(words for _, words in one.parts)), one.title, one.date, codec)


def _texts(file: str, language: str) -> Iterator[Text]:
    for one in yaml.safe_load((Path(__file__).parent / f"{file}.yml").read_text("utf-8")):
        parts = [(part[0], part[2:]) if part[:2] in _KINDS else ("p", part) for part in map(str, one["text"])]
        yield Text(language, one["title"], one["source"], one["author"], str(one["date"]), parts)


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


def _traditional(text: Text) -> Text:
    turn = _converter().convert
    return Text(text.language, turn(text.title), turn(text.source), turn(text.author), text.date,
                [(kind, turn(words)) for kind, words in text.parts])
