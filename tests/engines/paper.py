"""A printed page, read back: where its words stand.

In: a PDF, and the numbers of paragraphs with their words. Out: nothing; an AssertionError names the numbers that
do not stand beside the first line of their paragraph, pages that are half empty, and those that end with a heading.
Needs poppler's `pdftotext`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as xml

from drivers import Missing

_NAMESPACE = "{http://www.w3.org/1999/xhtml}"
_BEGINNING = 8  # characters of a paragraph that have to stand beside its number
_BEFORE = 4  # characters that may stand between, as the sign of a list
_LOST = "\ufffd"  # of some characters Firefox's files do not say which they are
_FOOT = 0.93  # of a page's height: below stands its number
_LINE = 9.0  # points: what may lie between the middles of a number and of its line


class Word(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def pages(pdf: bytes) -> list[tuple[float, list[Word]]]:
    """Each page's height and words."""
    if not shutil.which("pdftotext"):
        raise Missing("no pdftotext (Debian: poppler-utils): what was printed cannot be read")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.pdf").write_bytes(pdf)
        done = subprocess.run(["pdftotext", "-bbox", "a.pdf", "-"], cwd=folder, capture_output=True, check=True)
    text = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", done.stdout)
    found = []
    for page in xml.fromstring(text).iter(f"{_NAMESPACE}page"):
        words = [Word(*(float(word.get(side, 0)) for side in ("xMin", "yMin", "xMax", "yMax")), word.text or "")
                 for word in page.iter(f"{_NAMESPACE}word")]
        found.append((float(page.get("height", 0)), words))
    return found


def check(pdf: bytes, wanted: list[tuple[str, str]]) -> None:
    found = pages(pdf)
    missing = [f"{number} ({words[:8]}…)" for number, words in wanted
               if not any(_stands(number, words, page) for _, page in found)]
    if missing and os.environ.get("KB_SAVE"):
        Path(os.environ["KB_SAVE"]).write_bytes(pdf)
    assert not missing, f"{len(missing)} of {len(wanted)} numbers are not beside their paragraph: {missing[:6]}"
    full = [max((word.bottom for word in words if word.bottom < height * _FOOT), default=0) / height
            for height, words in found]
    empty = [at + 1 for at, share in enumerate(full[:-1]) if share < 0.6]
    assert not empty, f"pages {empty} of {len(full)} are empty below the middle"


def check_ends(pdf: bytes, headings: list[str]) -> None:
    """No page ends with one of `headings`, or with a row of two; the last one has more than a line."""
    found = pages(pdf)
    bodies = [[word for word in words if word.bottom < height * _FOOT] for height, words in found]
    for at, body in enumerate(bodies[:-1]):
        lowest = max((word.middle for word in body), default=0.0)
        line = sorted(word for word in body if abs(word.middle - lowest) < _LINE)
        said = re.sub(r"[§〔〕]", "", _plain("".join(word.text for word in line)))
        pattern = re.compile("".join(".{0,2}" if one == _LOST else re.escape(one) for one in said))
        known = {_plain(one) for one in headings}
        both = {one + two for one, two in zip(headings[::2], headings[1::2], strict=False)}
        assert not said or not any(pattern.fullmatch(one) for one in known | {_plain(one) for one in both}), (
            f"page {at + 1} of {len(bodies)} ends with a heading: {said}")
    tops = {round(word.middle / _LINE) for word in bodies[-1]}
    assert len(tops) > 1, f"the last of {len(bodies)} pages has one line: {' '.join(word.text for word in bodies[-1])}"


def _stands(number: str, words: str, page: list[Word]) -> bool:
    for one in page:
        if one.text == number:
            line = sorted(word for word in page if word.left >= one.right - 1
                          and abs(word.middle - one.middle) < _LINE)
            said = _plain("".join(word.text for word in line))
            if any(_begins(said[at:], words) for at in range(_BEFORE + 1)):
                return True
    return False


def _plain(text: str) -> str:
    """Without spaces and dashes; radicals, by which Firefox names some characters, are lost characters."""
    plain = unicodedata.normalize("NFKC", re.sub(r"[\s—⸺―-]", "", text))
    return re.sub("[\u2e80-\u2eff]", _LOST, plain)


def _begins(said: str, words: str) -> bool:
    """Whether a line that is read back begins as `words` do, as far as it can be read."""
    begun = said[:_BEGINNING]
    pattern = "".join(".{0,2}" if one == _LOST else re.escape(one) for one in begun)
    wanted = _plain(words)
    read = len(begun) - begun.count(_LOST)
    return read >= min(2, len(wanted)) and bool(re.match(pattern, wanted))
