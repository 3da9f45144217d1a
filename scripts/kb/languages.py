"""The languages of the site, and every word that the site itself says, in each of them.

In: `words.yml` beside this module. Out: `LANGUAGES` and `word()`. Refuses to load when a word is
missing in a language, so that no page can come out half translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kb import parsers


@dataclass(frozen=True)
class Language:
    """`tag` is the BCP 47 tag, `tree` the folder its Markdown stands in, `prefix` what its
    addresses begin with, `name` what its readers call it."""

    tag: str
    tree: str
    prefix: str
    name: str


CHINESE = Language("zh-Hans", "docs", "", "中文")
JAPANESE = Language("ja", "docs_ja", "ja/", "日本語")
# The first is the site's default: its pages stand at the root.
LANGUAGES = (CHINESE, JAPANESE)
BY_TAG = {language.tag: language for language in LANGUAGES}
# As the command line calls them.
SHORT = {"zh": CHINESE, "ja": JAPANESE}
# In which a text may have reached us; English ones are kept, and have no edition.
RECEIVED = BY_TAG | {"en": Language("en", "", "", "English")}


def called(language: Language) -> str:
    """What the command line calls it."""
    return next(name for name, one in SHORT.items() if one is language)


def other(language: Language) -> Language:
    """The language that a page in `language` is read beside."""
    return JAPANESE if language is CHINESE else CHINESE


@cache
def words() -> dict[str, dict[str, str]]:
    """All words of the interface: key → language tag → wording."""
    table: dict[str, dict[str, str]] = parsers.own((Path(__file__).parent / "words.yml").read_text("utf-8"))
    for key, wordings in table.items():
        missing = BY_TAG.keys() - wordings.keys()
        if missing or not all(wordings.values()):
            raise ValueError(f"words.yml: {key} lacks {', '.join(sorted(missing)) or 'a wording'}")
    return table


def word(key: str, tag: str, **values: object) -> str:
    """The interface's wording of `key` in the language `tag`, with `values` put in."""
    return words()[key][tag].format(**values)


def spoken_date(date: str, tag: str) -> str:
    """An ISO date (a day, a month or a year) as a reader of the language writes it."""
    numbers = [int(part) for part in date.split("-")]
    parts = dict(zip(("year", "month", "day"), numbers, strict=False))
    return word(("date-year", "date-month", "date")[len(parts) - 1], tag, **parts)
