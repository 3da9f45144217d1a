"""The words by which an import tells what a line is, from `words.yml` beside this module.

In: the name of a list. Out: its entries as one alternative of a regular expression. Refuses a name that the
file does not have (`KeyError`).
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


def any_of(name: str) -> str:
    return f"(?:{'|'.join(map(str, _table()[name]))})"
