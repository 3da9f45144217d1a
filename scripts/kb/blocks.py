"""The blocks of a Markdown text: headings, paragraphs, list items, quotations, and their lines.

In: Markdown without front matter. Out: `Block`s in reading order, each with its plain text, its id
and the lines it stands on. An id is `{ #p12 }` alone on the block's last line, or at the end of a
heading's line; anything else that looks like one stays in the text, for a check to find.
Code, tables, raw HTML and indented text hold no blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb.text import CJK

_ATTRIBUTES = re.compile(r"\n[ ]*\{:?[ ]*([^{}\n]+?)[ ]*\}[ ]*$")
_HEADING_ATTRIBUTES = re.compile(r"[ ]+\{:?[ ]*([^{}\n]+?)[ ]*\}[ ]*$")
_ID = re.compile(r"(?:^|\s)#(\S+)")
_PREFIX = re.compile(r"^((?:[ ]{0,3}>[ ]?)*[ ]*)((?:[*+-]|\d+[.)])[ ]+)?")


@dataclass(frozen=True)
class Link:
    """A link as written: its target, its text, and the block's line it begins on at the latest."""

    target: str
    text: str


@dataclass(frozen=True)
class Block:
    """One heading, paragraph, list item or paragraph of a quotation.

    `line` and `last_line` count from 1 within the Markdown given. `marker` is a list item's own
    mark (`*` or `3.`), `level` a heading's. `indent` is what a further line of the block must
    begin with.
    """

    kind: str  # "heading" | "paragraph" | "item" | "quotation"
    text: str
    id: str | None
    line: int
    last_line: int
    indent: str = ""
    level: int = 0
    marker: str = ""
    links: tuple[Link, ...] = ()


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def parse(markdown: str) -> tuple[Block, ...]:
    """All blocks of `markdown`, in reading order."""
    return tuple(_blocks(_parser().parse(markdown), markdown.splitlines()))


def _blocks(tokens: list[Token], lines: list[str]) -> Iterator[Block]:
    items: list[Token] = []
    quotes = 0
    fresh = False  # whether the innermost list item still waits for its first paragraph
    for token, inline in zip(tokens, [*tokens[1:], None]):
        match token.type:
            case "list_item_open":
                items.append(token)
                fresh = True
            case "list_item_close":
                items.pop()
                fresh = False
            case "blockquote_open":
                quotes += 1
            case "blockquote_close":
                quotes -= 1
            case "paragraph_open" | "heading_open" if inline and inline.map:
                heading = token.type == "heading_open"
                start, end = inline.map
                text, links = _plain(inline)
                text, anchor = _split_id(text, _HEADING_ATTRIBUTES if heading else _ATTRIBUTES)
                mark = f"{items[-1].info}{items[-1].markup}" if items and fresh else ""
                fresh = False
                yield Block(
                    kind="heading" if heading
                    else "item" if mark
                    else "quotation" if quotes
                    else "paragraph",
                    text=_joined(text),
                    id=anchor,
                    line=start + 1,
                    last_line=end,
                    indent=_indent(lines[start]),
                    level=int(token.tag[1]) if heading else 0,
                    marker=mark,
                    links=links,
                )


def _plain(inline: Token) -> tuple[str, tuple[Link, ...]]:
    """The text of an inline token with `\\n` for line breaks, and its links."""
    parts: list[str] = []
    links: list[Link] = []
    opened: list[tuple[str, int]] = []
    for token in inline.children or ():
        if token.type in ("text", "code_inline", "text_special"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "link_open":
            opened.append((str(token.attrGet("href")), len(parts)))
        elif token.type == "link_close":
            target, start = opened.pop()
            links.append(Link(target, "".join(parts[start:])))
    return "".join(parts), tuple(links)


def _split_id(text: str, attributes: re.Pattern[str]) -> tuple[str, str | None]:
    match = attributes.search(text)
    if not match:
        return text, None
    anchor = _ID.search(match.group(1))
    return text[: match.start()], anchor.group(1) if anchor else None


def _joined(text: str) -> str:
    """One line: a line break is a space between Latin words, nothing beside Chinese or Japanese."""
    first, *rest = text.split("\n")
    for line in rest:
        space = first and line and not (CJK.match(first[-1]) or CJK.match(line[0]))
        first += (" " if space else "") + line
    return first


def _indent(line: str) -> str:
    match = _PREFIX.match(line)
    return match.group(1) + " " * len(match.group(2) or "")
