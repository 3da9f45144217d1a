"""The blocks of a Markdown text: headings, paragraphs, list items, quotations, and their lines.

In: Markdown without front matter. Out: `Block`s in reading order, each with its plain text, its id
and the lines it stands on. An id is `{ #p12 }` alone on the block's last line, or at the end of a
heading's line; anything else that looks like one stays in the text, for a check to find.
Code, tables, raw HTML and indented text hold no blocks; what is `strange` says where they stand,
because a document may hold nothing but text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb.characters import break_between

_ATTRIBUTES = re.compile(r"\n[ ]*\{:?[ ]*([^{}\n]+?)[ ]*\}[ ]*$")
_PICTURE_OR_HTML = re.compile(r"[<!]")
_INLINE_SYNTAX = re.compile(r"[\[\]*_`<>\\&!]")
_PASSAGE = re.compile(r'<span lang="[A-Za-z-]+">|</span>')
_HEADING_ATTRIBUTES = re.compile(r"[ ]+\{:?[ ]*([^{}\n]+?)[ ]*\}[ ]*$")
_ID = re.compile(r"(?:^|\s)#(\S+)")
# A link's target, with or without a title after it, or that of a definition: [x]: target
_RELATIVE = re.compile(r"(\]\(|^ {0,3}\[[^\]\n]+\]:[ ]+)(?![a-z]+:|#|/)([^)\s]+)", re.MULTILINE)
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


class Content(NamedTuple):
    """What a Markdown text holds: its blocks in reading order, and (line, what) of everything that is
    not plain text with links, emphasis, code and passages in another language: there, words could
    stand that no check reads."""

    blocks: tuple[Block, ...]
    strange: tuple[tuple[int, str], ...]


@cache
def _parser() -> MarkdownIt:
    # Inline syntax is read below, and only where there is some: most paragraphs of Chinese and
    # Japanese have none, and reading it is most of the work.
    return MarkdownIt("commonmark").enable("table").disable("inline")


def parse(markdown: str) -> tuple[Block, ...]:
    """All blocks of `markdown`, in reading order."""
    return read(markdown).blocks


def read(markdown: str) -> Content:
    """What `markdown` holds."""
    environment: dict = {}
    tokens = _parser().parse(markdown, environment)
    return Content(tuple(_blocks(tokens, markdown.splitlines(), environment)),
                   tuple(sorted(_strange(tokens, environment))))


def _strange(tokens: list[Token], environment: dict) -> Iterator[tuple[int, str]]:
    for label, reference in environment.get("references", {}).items():
        yield reference["map"][0] + 1, f"a link definition “[{label}]:”"
    for token in tokens:
        line = token.map[0] + 1 if token.map else 0
        match token.type:
            case "html_block":
                yield line, f"raw HTML “{token.content.strip()[:30]}”"
            case "fence" | "code_block":
                yield line, "a block of code"
            case "table_open":
                yield line, "a table"
            case "inline":
                attributes = _ATTRIBUTES.search(token.content)
                if attributes and not re.fullmatch(r"#\S+", attributes.group(1)):
                    yield token.map[1], f"“{{ {attributes.group(1)} }}”"
                if not _PICTURE_OR_HTML.search(token.content):
                    continue
                for child in _children(token, environment):
                    if child.type == "image":
                        yield line, "a picture"
                    elif child.type == "html_inline" and not _PASSAGE.fullmatch(child.content):
                        yield line, f"raw HTML “{child.content[:30]}”"


def relinked(markdown: str, target: Callable[[str], str]) -> str:
    """`markdown` with `target(old)` as the new target of each link that is relative to its page."""
    return _RELATIVE.sub(lambda link: link.group(1) + target(link.group(2)), markdown)


def _children(inline: Token, environment: dict) -> list[Token]:
    """The inline tokens of a block."""
    if not inline.children and inline.content:
        parser = _parser()
        inline.children = []
        parser.inline.parse(inline.content, parser, environment, inline.children)
    return inline.children or []


def _blocks(tokens: list[Token], lines: list[str], environment: dict) -> Iterator[Block]:
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
                text, links = _plain(inline, environment)
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


def _plain(inline: Token, environment: dict) -> tuple[str, tuple[Link, ...]]:
    """The text of an inline token with `\\n` for line breaks, and its links."""
    if not _INLINE_SYNTAX.search(inline.content):
        return re.sub(r"[ ]*\n[ ]*", "\n", inline.content.strip()), ()
    parts: list[str] = []
    links: list[Link] = []
    opened: list[tuple[str, int]] = []
    for token in _children(inline, environment):
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
        first += break_between(first, line) + line
    return first


def _indent(line: str) -> str:
    match = _PREFIX.match(line)
    return match.group(1) + " " * len(match.group(2) or "")
