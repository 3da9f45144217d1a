"""The author's Markdown with other targets for its links, everything else byte for byte.

In: Markdown, what was read in it, and a function from a target as written to the one that takes its place.
Out: the Markdown. Only what the reader took for a link's target is replaced: not an example in code, not a
footnote that looks like a definition. Refuses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from kb.reading.values import Reading

# A target in brackets after a text, that of a definition, and that of an attribute of HTML.
_TARGET = re.compile(r"""
    (?P<inline> \]\([ ]*<?(?P<a>(?:[^()\s<>]|\((?:[^()\s]|\([^()\s]*\))*\)|[ ](?![ "'(]))+) )
  | (?P<definition> ^(?:[ ]*>)*[ ]*\[(?!\^)[^\]\n]+\]:[ \t]*\n?[ \t]*<?(?P<b>[^\s<>]+) )
  | (?P<attribute> (?<![\w-])(?i:href|src)\s*=\s*(?:"(?P<c>[^"\n]+)|'(?P<d>[^'\n]+)|(?P<e>[^\s"'<>{}]+)) )""",
                     re.VERBOSE | re.MULTILINE)
_CODE = re.compile(r"(?<!\\)(`+)(?!`)(?:.|\n(?!\n))+?(?<!`)\1(?!`)")
_SILENT = re.compile(r"<!--.*?-->|<(script|style|pre|textarea)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^[ >]*(`{3,}|~{3,}).*?^[ >]*\1[ \t]*$", re.MULTILINE | re.DOTALL)


def relinked(markdown: str, reading: Reading, target: Callable[[str], str]) -> str:
    """`markdown` with `target(old)` in place of each target that is relative to its page."""
    known = {link.target for link in reading.links if _is_relative(link.target)}
    code = [match.span() for pattern in (_FENCE, _CODE, _SILENT) for match in pattern.finditer(markdown)]
    code += _indented(markdown, reading)

    def replaced(match: re.Match[str]) -> str:
        group = next(name for name in "abcde" if match[name])
        old = match[group].rstrip()
        plain = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", unescape(old))
        if plain not in known or any(start <= match.start() < end for start, end in code) \
                or not _is_opened(markdown[: match.start()], match):
            return match[0]
        start = match.start(group) - match.start()
        return match[0][:start] + target(plain) + match[0][start + len(old) :]

    return _TARGET.sub(replaced, markdown) if known else markdown


def _is_opened(before: str, match: re.Match[str]) -> bool:
    """Whether what `match` closes or stands in was opened: the text of a link, a tag, an attribute list."""
    if match["definition"]:
        return True
    if match["attribute"]:
        return max(map(before.rfind, "<{")) > max(map(before.rfind, ">}"))
    depth = 1
    for sign in re.finditer(r"[\[\]](?=(?:\\\\)*(?!\\))", before[::-1]):
        depth += 1 if sign[0] == "]" else -1
        if not depth:
            return "\n\n" not in before[len(before) - sign.end() :]
    return False


def _is_relative(target: str) -> bool:
    return bool(target) and not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/#\\]", target)


def _indented(markdown: str, reading: Reading) -> list[tuple[int, int]]:
    """Where blocks of code stand."""
    starts = [0]
    for line in markdown.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return [(starts[block.line - 1], starts[block.last_line]) for block in reading.blocks
            if block.kind == "code" and block.line]
