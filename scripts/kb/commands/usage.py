"""How a command is used, in the reader's language.

In: a parser as argparse makes it, and a language. Out: the same parser, whose help and whose errors are in
that language: what argparse itself says too. What the catalogue does not know stays English. Refuses
nothing."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from kb.characters import CJK
from kb.reporting import catalogue


class Parser(argparse.ArgumentParser):
    """A parser that speaks the language `tag`; those of its commands do too."""

    tag = catalogue.ENGLISH

    def format_usage(self) -> str:
        return self._begun(super().format_usage())

    def format_help(self) -> str:
        return self._begun(super().format_help())

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.format_usage()}{catalogue.said(f'{self.prog}: error: {message}', self.tag)}\n")

    def _begun(self, text: str) -> str:
        text = text.replace("usage: ", catalogue.said("usage: ", self.tag), 1)
        return re.sub(rf"(?m)(?<=[{CJK}]):$", "：", text)


def spoken(parser: Parser, tag: str) -> Parser:
    """The parser in the language."""
    parser.tag = tag
    parser.description = catalogue.said(parser.description or "", tag)
    for group in parser._action_groups:
        group.title = catalogue.said(group.title or "", tag)
    for action in parser._actions:
        if action.help:
            action.help = catalogue.said(action.help, tag)
        if isinstance(action, argparse._SubParsersAction):
            for one in action._choices_actions:
                one.help = catalogue.said(one.help or "", tag)
            for other in action.choices.values():
                spoken(other, tag)
    return parser
