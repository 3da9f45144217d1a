"""What is mechanical to mend in a page: full-width punctuation, the form of ids, the order of keys.

In: a page and the settings by which it is read. Out: its text with these mended, or as it is. The body of
an original is never touched: its words and their signs are the author's. What is changed is read again:
every block shows the same words, but for the signs that were meant. Refuses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb import reading
from kb.characters import half_width_punctuation
from kb.corpus import Page
from kb.importing import punctuation
from kb.languages import Language

# A line of its own that is an id, typed with a Chinese or Japanese keyboard, or without its spaces.
_ID = re.compile(
    r"^([ \t>]*)[{｛][ \t]*[:：]?[ \t]*[#＃][ \t]*(p[0-9]+[a-z]*|[a-z][a-z0-9-]*)[ \t]*[}｝][ \t]*$"
)
_HEADING_ID = re.compile(r"^(#{2,6} .*?)[ \t]*[{｛][ \t]*[#＃][ \t]*([a-z][a-z0-9-]*)[ \t]*[}｝][ \t]*$")
# What is no prose in a line of Markdown.
_KEPT = re.compile(r"`[^`]*`|\]\((?:[^()]|\([^()]*\))*\)|<[^>]*>|\{[^}]*\}|https?://[!-~]+|&[a-z#0-9]+;")
_FENCE = re.compile(r"[ \t>]*(?:```|~~~)")
_ENTRY = re.compile(r"^[A-Za-z][\w-]*:")
_PRIVATE = 0xF0000  # what is kept travels as one character for private use


def mended(page: Page, text: str, order: Sequence[str]) -> str:
    """The file `text` of a page, mended. `order` are the keys of its front matter in the schema's order."""
    body_at = text.find(page.markdown) if page.markdown else len(text)
    if body_at < 0:
        return text
    head, body = text[:body_at], text[body_at:]
    made = "".join(_lines(page, body))
    if made != body and not _reads_alike(page, body, made):
        made = body
    return ordered(head, order) + made


def _lines(page: Page, body: str) -> Iterator[str]:
    is_original = page.front.get("text") == "original"
    in_code = False
    for line in body.splitlines(keepends=True):
        if _FENCE.match(line):
            in_code = not in_code
        elif not in_code:
            end = line[len(line.rstrip("\r\n")) :]
            line = _line(line.rstrip("\r\n"), page.language, is_original) + end
        yield line


def _line(line: str, language: Language, is_original: bool) -> str:
    if found := _ID.match(line):
        return f"{found[1]}{{ #{found[2]} }}"
    if found := _HEADING_ID.match(line):
        return f"{_line(found[1], language, is_original)} {{ #{found[2]} }}"
    if is_original or not half_width_punctuation(line):
        return line
    kept: list[str] = []

    def away(one: re.Match[str]) -> str:
        kept.append(one[0])
        return chr(_PRIVATE + len(kept) - 1)

    masked = _KEPT.sub(away, line)
    indent = masked[: len(masked) - len(masked.lstrip(" \t>"))]
    made = indent + punctuation.set_(masked[len(indent) :], language, is_original=False)
    return re.sub("[\U000f0000-\U000ffffd]", lambda one: kept[ord(one[0]) - _PRIVATE], made)


def _reads_alike(page: Page, before: str, after: str) -> bool:
    """Whether each block shows what it showed, but for the signs."""
    was, now = (reading.read(text, page.settings).blocks for text in (before, after))
    marks = re.compile(r"[\s,.:;?!()，：；？！（）、。“”「」\"]|[{｛][\s:：]*[#＃][^{}｛｝]*[}｝]")
    return len(was) == len(now) and all(
        one.kind == other.kind and marks.sub("", one.text) == marks.sub("", other.text)
        for one, other in zip(was, now, strict=True)
    )


def ordered(head: str, order: Sequence[str]) -> str:
    """Front matter with its keys in this order, each with the lines and comments that belong to it. What is
    written in another way stays as it is."""
    lines = head.splitlines(keepends=True)
    fences = [at for at, line in enumerate(lines) if line.strip() in ("---", "...")]
    if len(fences) < 2 or fences[0] != 0:
        return head
    entries: list[list[str]] = []
    waiting: list[str] = []
    for line in lines[1 : fences[1]]:
        if _ENTRY.match(line):
            entries.append([*waiting, line])
            waiting = []
        elif line.startswith("#") or not line.strip():
            waiting.append(line)
        elif entries and not waiting:
            entries[-1].append(line)
        else:
            return head
    rank = {key: at for at, key in enumerate(order)}

    def place(entry: list[str]) -> int:
        name = next(line for line in entry if _ENTRY.match(line)).partition(":")[0]
        return rank.get(name, len(rank))

    return "".join(
        [
            lines[0],
            *(line for entry in sorted(entries, key=place) for line in entry),
            *waiting,
            *lines[fences[1] :],
        ]
    )
