"""What findings say, in Chinese and Japanese.

In: an English title, or a message that a check has put together. Out: the same in another language.
`messages.yml` holds each message once, as it stands in English, with places for what differs; a message that
it does not know stays English. `labels.yml` holds the words of the reports. Checks are written in English
only, and know nothing of this.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from kb import parsers
from kb.findings import CODES, Finding

ENGLISH = "en"
# As `--lang` names them → BCP 47 tags.
TAGS = {"en": ENGLISH, "zh": "zh-Hans", "ja": "ja"}
# The kinds of places, and what may stand there. `said` is a message again, and one that is known; `some` may
# be one; all others are kept as they are.
_KINDS = {"n": r"\d+", "id": "[^\\s“”,;()]+", "file": "[^“”\n]+?", "text": ".*", "said": ".+?", "some": ".+?"}
_PLACE = re.compile(rf"<({'|'.join(_KINDS)})(\d?)>")
# What is longer was not written to be read, and takes long to be compared; no message has so many in it.
_LONGEST, _DEEPEST = 2000, 6


class _Message(NamedTuple):
    pattern: re.Pattern[str]
    wordings: Mapping[str, str]
    is_copied: bool  # whether it is a line to copy, without a word that is translated: `key: value`


def language(environ: Mapping[str, str] = os.environ) -> str:
    """The tag of the language that the locale asks for; English where it is none of ours."""
    locale = next(filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return TAGS.get(re.split("[-_.@]", locale)[0].lower(), ENGLISH)


def title(code: str, tag: str) -> str:
    """What kind of thing a code stands for."""
    return CODES[code] if tag == ENGLISH else str(_table()["titles"][code][tag])


def label(name: str, tag: str) -> str:
    """A word of the report itself: `found`, `expected`, `hint`, …"""
    return str(_labels()[name][tag])


def counted(severities: tuple[int, int], tag: str) -> str:
    """How many must be mended, and how many one can live with."""
    named = zip(("findings", "warnings"), severities, strict=True)
    parts = [plural(name, count, tag) for name, count in named if count]
    return label("comma", tag).join(parts) or label("none", tag)


def plural(name: str, count: int, tag: str) -> str:
    """A label with a number in it; English has two forms."""
    form = label(name, tag)
    return form.format(count=count, s="" if count == 1 else "s")


def said(text: str, tag: str) -> str:
    """A message in the language; as it is where that is not known."""
    return known(text, tag) or text


def known(text: str, tag: str) -> str | None:
    """A message in the language, if the catalogue has it, and all that stands in it."""
    if tag == ENGLISH:
        return text
    first, *lines = text.split("\n")
    if lines and (begin := _known(first, tag, _DEEPEST)):
        return "\n".join((begin, *(_line(one, tag) for one in lines)))  # steps, or lines to copy
    return _known(text, tag, _DEEPEST)


def _line(line: str, tag: str) -> str:
    words = line.lstrip(" ")
    return line[:len(line) - len(words)] + said(words, tag)


@lru_cache(1 << 12)  # where a message parts in two, the same rest is asked for again and again
def _known(text: str, tag: str, depth: int) -> str | None:
    """The same, of at most `depth` messages within each other."""
    for message in _messages() if depth and len(text) <= _LONGEST else ():
        if message.is_copied and depth < _DEEPEST:
            continue  # within another, whatever has its form would pass for known
        if match := message.pattern.fullmatch(text):
            parts = {name: _part(name, words, tag, depth - 1) for name, words in match.groupdict().items()}
            if None not in parts.values():
                return _PLACE.sub(lambda one, parts=parts: parts[one[1] + one[2]],  # type: ignore[misc]
                                  message.wordings[tag])
    return None


def _part(name: str, words: str, tag: str, depth: int) -> str | None:
    match name.rstrip("0123456789"):
        case "said":
            return _known(words, tag, depth)
        case "some":
            return _known(words, tag, depth) or words
    return words


def translated(finding: Finding, tag: str) -> tuple[str, str, str]:
    """What was found, what was expected, and what to do."""
    return said(finding.found, tag), said(finding.expected, tag), said(finding.hint, tag)


@cache
def _table() -> Mapping[str, Any]:
    return _read("messages.yml")


@cache
def _labels() -> Mapping[str, Any]:
    return _read("labels.yml")


def _read(name: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = parsers.own((Path(__file__).parent / name).read_text("utf-8"))
    return table


@cache
def _messages() -> tuple[_Message, ...]:
    """All messages, those first that say most themselves."""
    messages = sorted(_table()["messages"].items(), key=lambda one: -len(_PLACE.sub("", one[0])))
    return tuple(_Message(_pattern(english), wordings, _is_copied(english)) for english, wordings in messages)


def _is_copied(english: str) -> bool:
    """A text that is quoted, or an id behind its sign, is told from words by that."""
    has_words = re.search(r"<(?:said|some)\d?>|\w", re.sub(r"<(?:n|id|file|text)\d?>", "", english))
    return not has_words and bool(re.search(r"(?<![“#])<text\d?>", english))


def _pattern(english: str) -> re.Pattern[str]:
    parts = _PLACE.split(english)  # words, kind, number, words, …
    pattern = re.escape(parts[0])
    for kind, number, words in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        pattern += f"(?P<{kind}{number}>{_KINDS[kind]}){re.escape(words)}"
    return re.compile(pattern, re.DOTALL)
