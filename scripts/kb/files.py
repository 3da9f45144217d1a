"""Text files as they are read, and files as they are written.

In: a file. Out: its text, with `\\n` at the ends of its lines; or findings that say why it is not
read: it is not there, it is not UTF-8, or it holds characters that nobody can see or that no XML can
carry, which would be shown, recorded and handed on all the same. Received texts are read as they are. Or a
place and its content in, and the file out, with the folders above it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from kb.characters import name_of, unseen
from kb.findings import Finding
from kb.memory.unchanged import NOTHING, Unchanged

_AROUND = 8  # so many characters tell a place in a line
_PASTED = "remove it: such characters come along with what is pasted"


def read_text(
    path: Path, file: str, *, as_it_is: bool = False, unchanged: Unchanged = NOTHING
) -> tuple[str | None, tuple[Finding, ...]]:
    """The text of a UTF-8 file, or what is wrong with it. `as_it_is` allows every character: a received
    text is what it is, and so is what stood here before."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, (Finding(file, 1, "KB101", str(error.strerror), "a file",
                              "remove it, or put the file back"),)
    return unchanged.once(text_of, data, file, as_it_is=as_it_is)


def text_of(data: bytes, file: str, *, as_it_is: bool = False) -> tuple[str | None, tuple[Finding, ...]]:
    """The same, of the bytes of a file."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = data[error.start : error.start + 4].hex(" ")
        return None, (Finding(file, line, "KB101", f"the bytes {bad}", "UTF-8",
                              "save the file again as UTF-8"),)
    text = ended_alike(text)
    findings = () if as_it_is else (*hidden(text, file), *unmerged(text, file))
    return None if findings else text, findings


def ended_alike(text: str) -> str:
    """`text` with `\\n` at the end of each line, whatever ended it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def hidden(text: str, file: str, first_line: int = 1) -> Iterator[Finding]:
    """One finding for each line of `text` with characters that cannot be seen or carried. For what is
    spelled in a file (`&#8203;`, or `"\\u200b"` in YAML) as well as for what stands in it."""
    if next(unseen(text), None) is None:
        return  # as in nearly all: one look, not one at each line
    for line, words in enumerate(text.split("\n"), first_line):
        if found := list(unseen(words)):
            more = f" and {len(found) - 1} more on this line" if len(found) > 1 else ""
            character = words[found[0]]
            yield Finding(file, line, "KB109", f"{name_of(character)} {_where(words, found[0])}{more}",
                          "characters that a reader can see", _remedy(character))


_CONFLICT = re.compile(r"^(?:(?:<{7}|>{7}|\|{7})(?:[ ].*)?|={7})$", re.MULTILINE)


def unmerged(text: str, file: str) -> Iterator[Finding]:
    """One finding where Git has left both sides of a merge. Seven equals signs below a line of text are a
    heading of Markdown, if nothing else tells of a merge."""
    found = list(_CONFLICT.finditer(text)) if any(sign * 7 in text for sign in "<>=|") else []
    is_sure = any(one[0][0] != "=" for one in found)
    for one in found:
        above = text[: one.start()].rpartition("\n")[0].rpartition("\n")[2]
        if is_sure or not above.strip():
            yield Finding(file, text.count("\n", 0, one.start()) + 1, "KB123", f"“{one[0][:40]}”",
                          "the text that is meant, once",
                          "keep one of the two sides, and take the three lines of signs out")
            return


def _where(line: str, at: int) -> str:
    """Where in its line a character stands, by what can be seen around it."""
    if words := _visible(line[:at])[-_AROUND:]:
        return f"after “{words}”"
    if words := _visible(line[at + 1 :])[:_AROUND]:
        return f"before “{words}”"
    return "alone on its line"


def _visible(text: str) -> str:
    left_out = set(unseen(text))
    return "".join(one for at, one in enumerate(text) if at not in left_out).strip()


def _remedy(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\v\f\x85\u2028\u2029":
        return "put a line break, or nothing, in its place"
    if category == "Co":
        return "write the character that is meant, or say in words what it looks like"
    if unicodedata.bidirectional(character) in ("LRE", "RLE", "LRO", "RLO", "PDF",
                                                "LRI", "RLI", "FSI", "PDI"):
        return "remove it: it turns round the order in which its neighbours are shown"
    if unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
        return "remove it: what stands before it has no other form"
    return _PASTED


def write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except FileNotFoundError:  # asked for each of thousands of files, this would cost as much as writing
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
