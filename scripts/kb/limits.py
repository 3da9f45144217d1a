"""How large things may be: every number in one place, with its reason.

In: nothing, or a text. Out: the numbers, and a finding for what is over one of them (KB132). They lie far
above what people write, and far below what would keep a computer busy for minutes: whoever has a text that
is larger divides it, which readers thank for. Received texts are bound by their size alone: they are what
they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.findings import Finding

# Of a file with text: the longest statutes in one piece have a quarter of it.
TEXT_BYTES = 2_000_000
# Of a picture or document: a page of a scan in print quality has a tenth of it. It is kept in git for ever.
FILE_BYTES = 10_000_000
# Of a name, and of a path: file systems hold 255 bytes a name, to which the site adds endings; Windows 260
# characters a path, with the folder in which the copy stands.
NAME_BYTES, PATH_BYTES = 150, 400
# Folders within folders: addresses are read out and typed.
FOLDERS = 10
# Of a page: the longest documents in one piece have a third of it.
LINES = 20_000
# Of a line, and of a value in YAML: a paragraph is what somebody cites by one number.
CHARACTERS = 20_000
# Levels of a page: beyond the third nobody sees where they are.
NESTING = 8
# Marks of quotations and lists in one line, which are counted before the text is read, because reading takes
# longer with each.
MARKS = 20
# Brackets of one paragraph that stand open at once: Python-Markdown looks for the end of each anew.
BRACKETS = 50
# Keys and lists within each other in YAML: the schemas have five levels. Values within one that an alias
# names: aliases are for a name or two.
YAML_DEPTH, YAML_ALIASED = 20, 20
# Seconds of one processor for one text: an ordinary page takes a hundredth of one.
SECONDS = 2
# The same for a received text beside its edition: ours take half a second.
COLLATION_SECONDS = 6
# Pairs of characters of two wordings that are compared one by one: a second of work. Of paragraphs of 2,000
# characters that have nothing in common it is just as much.
PAIRS = 4_000_000

_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|$))+")
_BRACKET = re.compile(r"[\[\]]")
_MARKS = re.compile(r"(?:[ \t]*(?:>|[*+-][ \t]|\d{1,9}[.)][ \t]))+")
_MARK = re.compile(r">|[*+-](?=[ \t])|\d+[.)](?=[ \t])")


def over(file: str, line: int, what: str, limit: str, hint: str) -> Finding:
    return Finding(file, line, "KB132", what, limit, hint)


def of_page(text: str, file: str) -> Iterator[Finding]:
    """What is too much of the Markdown file `text`: the first of each kind."""
    if (lines := text.count("\n")) > LINES:
        yield over(file, LINES, f"{lines} lines", f"at most {LINES} lines", "divide the page into several")
        return
    yield from _long(text, file)
    if deep := next(_nested(text), None):
        yield over(file, *deep, f"at most {MARKS}", "write it as sections, or on one level")
    if open_ := next(_brackets(text), None):
        yield over(file, *open_, f"at most {BRACKETS}", "close each bracket before the next one opens")


def _long(text: str, file: str) -> Iterator[Finding]:
    """The first line that is too long."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > CHARACTERS:
            yield over(file, number, f"a line of {len(line)} characters", f"at most {CHARACTERS}",
                       "divide it into paragraphs")
            return


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """(line, words) of each run of lines with something on them."""
    at, line = 0, 1
    for found in _PARAGRAPH.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        yield line, found.group()


def _nested(text: str) -> Iterator[tuple[int, str]]:
    if not re.search(r"(?m)^[ \t]*(?:[>*+-]|\d)", text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if (found := _MARKS.match(line)) and (depth := len(_MARK.findall(found.group()))) > MARKS:
            yield number, f"{depth} quotations or lists within each other"


def _brackets(text: str) -> Iterator[tuple[int, str]]:
    if text.count("[") <= BRACKETS:
        return
    for line, words in _paragraphs(text):
        depth = deepest = 0
        for one in _BRACKET.findall(words):
            depth += 1 if one == "[" else -1 if depth else 0
            deepest = max(deepest, depth)
        if deepest > BRACKETS:
            yield line, f"{deepest} brackets “[” within each other"
