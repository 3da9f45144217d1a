"""One tree of the site, as MkDocs sees it.

In: a folder. Out: a `Tree`: every file in it by its path from the top, in NFC. Hidden files are left out,
and so is `templates/` at the top, as MkDocs leaves them out of a site (`set_exclusions`). What can have no
place on the site is listed apart, for a check to name it. A folder that is not there is an empty tree.
Links, and names that are no text, are refused before (`kb.ground`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from kb.targets import MARKDOWN, composed

TEMPLATES = "templates"
# What systems and editors leave in folders by themselves, or keep empty ones by.
_OF_SYSTEMS = (".DS_Store", ".gitkeep", ".#", ".~")


@dataclass(frozen=True)
class Tree:
    """`files` maps paths to where the files really stand. `left_out` are those in `templates/`, `hidden`
    files and folders whose names begin with a dot, `namesakes` pairs of paths that are one name in NFC or
    without regard to capitals."""

    files: Mapping[str, Path] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    namesakes: tuple[tuple[str, str], ...] = ()
    hidden: tuple[str, ...] = ()

    @cached_property
    def pages(self) -> tuple[str, ...]:
        return tuple(path for path in self.files if path.endswith(MARKDOWN))


def read(top: Path) -> Tree:
    """The tree below `top`, its files in the order of their names, folder by folder."""
    files: dict[str, Path] = {}
    known: dict[str, str] = {}
    left_out: list[str] = []
    namesakes: list[tuple[str, str]] = []
    hidden: list[str] = []
    for name in sorted(_names(top, hidden), key=lambda name: name.split("/")):
        path = composed(name)
        before = known.setdefault(path.casefold(), name)
        if path.startswith(f"{TEMPLATES}/"):
            left_out.append(path)
        elif before != name:
            namesakes.append((before, name))
        else:
            files[path] = top / name
    return Tree(files, tuple(left_out), tuple(namesakes), tuple(sorted(hidden)))


def _names(top: Path, hidden: list[str]) -> Iterator[str]:
    """Every file below `top` but hidden ones, as the file system writes its name."""
    for folder, folders, files in os.walk(top):
        below = "" if folder == os.fspath(top) else Path(folder).relative_to(top).as_posix() + "/"
        hidden += [below + one for one in (*folders, *files)
                   if one.startswith(".") and not one.startswith(_OF_SYSTEMS) and not one.endswith(".swp")]
        folders[:] = [one for one in folders if not one.startswith(".")]
        yield from (below + file for file in files if not file.startswith("."))
