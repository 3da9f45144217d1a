"""One tree of the site, as MkDocs sees it.

In: a folder. Out: a `Tree`: every file in it by its path from the top, in NFC. Hidden files are left
out, and so is `templates/` at the top, as MkDocs leaves them out of a site (`set_exclusions`); links
to folders are followed, as it follows them. What can have no place on the site is listed apart, for
a check to name it. A folder that is not there is an empty tree.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from kb.characters import unseen
from kb.targets import MARKDOWN, composed

TEMPLATES = "templates"


@dataclass(frozen=True)
class Tree:
    """`files` maps paths to where the files really stand. `left_out` are those in `templates/`,
    `namesakes` pairs of paths that are one name in NFC or without regard to capitals, `unnamable`
    paths that are no text: of all these, as much as can be printed."""

    files: Mapping[str, Path] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    namesakes: tuple[tuple[str, str], ...] = ()
    unnamable: tuple[str, ...] = ()

    @cached_property
    def pages(self) -> tuple[str, ...]:
        return tuple(path for path in self.files if path.endswith(MARKDOWN))


def read(top: Path) -> Tree:
    """The tree below `top`, its files in the order of their names, folder by folder."""
    files: dict[str, Path] = {}
    known: dict[str, str] = {}
    left_out: list[str] = []
    namesakes: list[tuple[str, str]] = []
    unnamable: list[str] = []
    for name in sorted(_names(top), key=lambda name: name.split("/")):
        path = composed(name)
        before = known.setdefault(path.casefold(), name)
        if not _is_text(name):
            unnamable.append(_printable(name))
        elif path.startswith(f"{TEMPLATES}/"):
            left_out.append(path)
        elif before != name:
            namesakes.append((before, name))
        else:
            files[path] = top / name
    return Tree(files, tuple(left_out), tuple(namesakes), tuple(unnamable))


def _printable(name: str) -> str:
    """A name with marks in place of what cannot be printed."""
    return "".join(c if _is_text(c) else "\N{REPLACEMENT CHARACTER}" for c in name)


def _is_text(name: str) -> bool:
    """Whether every character of `name` can be seen and printed: bytes that are no UTF-8 come as
    surrogates, a line break would tear a message in two, and an address is read by people."""
    is_hidden = next(unseen(name), None) is not None
    return not is_hidden and not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in name)


def _names(top: Path) -> Iterator[str]:
    """Every file below `top` but hidden ones, as the file system writes its name."""
    for folder, folders, files in os.walk(top, followlinks=True):
        below = PurePosixPath(Path(folder).relative_to(top).as_posix())
        # A link to a folder that it stands in leads round for ever.
        folders[:] = [one for one in folders if not one.startswith(".")
                      and not _leads_back(Path(folder, one))]
        yield from ((below / file).as_posix() for file in files if not file.startswith("."))


def _leads_back(folder: Path) -> bool:
    return folder.is_symlink() and folder.parent.resolve().is_relative_to(folder.resolve())
