"""The lines of printed pages, joined to paragraphs.

In: the text of each page of a PDF, a line for each that is printed. Out: lines as the text has them: what
a line's end parted is joined where the line is full; numbers of pages and heads that repeat stand alone.
Refuses nothing."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from kb.characters import break_between, columns
from kb.importing.plaintext import lines as marked
from kb.importing.values import Line
from kb.importing.words import any_of

_PAGE = re.compile(r"\s*[-–—]?\s*(?:第\s*)?\d{1,3}(?:\s*[页頁/]\s*(?:共?\s*\d{1,3}\s*[页頁]?)?)?\s*[-–—]?\s*")
_BEGINS = re.compile(rf"\s*{any_of('begins')}")
# What fonts call a character of which they draw the radical (⽇ for 日).
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_END = re.compile(r"[。！？!?：:；;”」』]\s*$")
_FULL = 0.88  # of the width of the page: a line that is shorter ends its paragraph


def lines(sheets: Sequence[str]) -> tuple[Line, ...]:
    """The lines of all pages, with numbers from 1."""
    sheets = [_RADICAL.sub(lambda one: unicodedata.normalize("NFKC", one[0]), sheet) for sheet in sheets]
    rows = [[row.strip() for row in sheet.split("\n") if row.strip()] for sheet in sheets]
    edges = Counter(row for page in rows for row in {*page[:1], *page[-1:]})
    width = _width([row for page in rows for row in page])
    found: list[str] = []
    is_open = False
    for page in rows:
        for at, row in enumerate(page):
            is_edge = at in (0, len(page) - 1) and (edges[row] > 1 or bool(_PAGE.fullmatch(row)))
            if (is_edge and len(sheets) > 1) or _PAGE.fullmatch(row):
                continue
            if is_open and found and not _BEGINS.match(row):
                found[-1] += break_between(found[-1], row) + row
            else:
                found.append(row)
            full = columns(row) >= _FULL * width
            is_open = full and not (_END.search(row) and columns(row) < width - 1)
    return marked("".join(f"{one}\n" for one in found))


def _width(rows: Sequence[str]) -> int:
    """Columns of a full line: nine lines of ten have no more."""
    sizes = sorted(columns(row) for row in rows)
    return sizes[len(sizes) * 9 // 10 - (len(sizes) < 10)] if sizes else 0
