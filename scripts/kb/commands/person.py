"""Whom a command asks: the person at a terminal.

In: somebody else to ask, if there is one. Out: who answers a question, or nobody; the words that say yes, no,
one by one and stop, in any of the languages, whatever the command prints. Who closes the terminal's input
(Ctrl+D) has answered `END`, which says stop. Refuses nothing."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Callable

Read = Callable[[str], str]  # question → answer
END = "\x04"
YES, NO = ("y", "yes", "是", "はい"), ("n", "no", "否", "不", "いいえ")
BACK = ("b", "back", "退", "戻る")
EACH = ("e", "each", "逐", "逐一", "一つずつ")
STOP = ("q", "quit", "停", "終了", END)


def reader(read: Read | None = None) -> Read | None:
    """Who answers: `read`, else the person at the terminal; None where nobody is there, as in CI."""
    return read or (_typed if is_there() else None)


def is_there() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and not os.environ.get("CI")


def _typed(words: str) -> str:
    try:
        return input(words)
    except EOFError:
        print()
        return END


def typed(answer: str) -> str:
    """An answer in its own letters, with half-width signs."""
    return unicodedata.normalize("NFKC", answer).strip()


def meant(answer: str) -> str:
    """An answer as it is compared: a Chinese or Japanese keyboard types full-width letters."""
    return unicodedata.normalize("NFKC", answer).strip().lower()
