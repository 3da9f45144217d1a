"""Addresses of the search's files, which tell what is in them: a file that is the same keeps its address, and
nothing old is mixed with what is new.

In: the files of one kind, by number. Out: the place of each, `<kind>/<number>-<name>`, and the names in a
row, as the manifest has them: those of the files, or, where these are many, those of the files that hold the
names of so many files each. A file of a number that is not used has no name but spaces. Refuses nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

SIZE = 6  # characters of a name
GROUP = 32  # names in a row: a first query asks for some ten rows
NAMES = "names"  # the folder of files that hold names
Content = str | bytes


def name(content: Content) -> str:
    """Digits that tell the bytes (RFC 4648, section 5)."""
    data = content.encode() if isinstance(content, str) else content
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest())[:SIZE].decode()


def place(unnamed: str, content: Content) -> str:
    """`unnamed`, a place with an ending, with the name of what will stand there."""
    stem, dot, ending = unnamed.rpartition(".")
    return f"{stem}-{name(content)}{dot}{ending}"


def placed(
    kind: str, ending: str, contents: Mapping[int, Content]
) -> tuple[dict[str, Content], list[object]]:
    """The files of a kind, and what the manifest says of them: how many numbers there are, and the names."""
    files = {place(f"{kind}/{number}.{ending}", content): content for number, content in contents.items()}
    count = max(contents, default=-1) + 1
    row = [name(contents[number]) if number in contents else " " * SIZE for number in range(count)]
    if count > GROUP:
        groups = ["".join(row[first : first + GROUP]) for first in range(0, count, GROUP)]
        files |= {place(f"{NAMES}/{kind}-{number}.txt", group): group for number, group in enumerate(groups)}
        row = [name(group) for group in groups]
    return files, [count, "".join(row)]
