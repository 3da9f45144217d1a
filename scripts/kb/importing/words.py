"""The words by which an import tells what a line is, from `words.yml` beside this module.

In: the names of lists. Out: their entries as one alternative of a regular expression. Refuses a name that
the file does not have (`KeyError`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml


@cache
def _table() -> Mapping[str, Sequence[str]]:
    table: Mapping[str, Sequence[str]] = yaml.safe_load(
        (Path(__file__).parent / "words.yml").read_text("utf-8")
    )
    return table


def any_of(*names: str) -> str:
    return f"(?:{'|'.join(str(one) for name in names for one in _table()[name])})"
