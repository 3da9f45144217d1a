"""The folder of the memory: `.cache/kb/` of a project.

In: the project's root. Out: its shelves; None where nothing may be remembered: the folder, or one around it,
is a link, or git keeps something in it, which then came from somebody else. Refuses nothing.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kb.memory.shelf import Shelf

PLACE = Path(".cache", "kb")
# Enough for a thousand articles in two languages.
_READINGS, _WORKS = 256 << 20, 1 << 30


@dataclass(frozen=True)
class Memory:
    """`readings` of texts; `works`: what was made of pages."""

    folder: Path
    readings: Shelf
    works: Shelf

    def save(self) -> None:
        self.readings.save()
        self.works.save()

    def close(self) -> None:
        self.readings.close()
        self.works.close()


def place(root: Path) -> Path | None:
    """The folder of the memory, if there may be one. A project without a site has none."""
    folder = root / PLACE
    if not (root / "mkdocs.yml").is_file() or folder.is_symlink() or folder.parent.is_symlink():
        return None
    return None if folder.exists() and _is_kept_by_git(root) else folder


def opened(root: Path) -> Memory | None:
    """The memory of the project at `root`."""
    if (folder := place(root)) is None:
        return None
    return Memory(folder, Shelf(folder / "readings", _READINGS), Shelf(folder / "works", _WORKS))


@contextmanager
def readings(root: Path) -> Iterator[Shelf | None]:
    """The memory of readings alone, which is saved when all went well."""
    memory = opened(root)
    if memory is None:
        yield None
        return
    try:
        yield memory.readings
        memory.readings.save()
    finally:
        memory.close()


def _is_kept_by_git(root: Path) -> bool:
    try:
        done = subprocess.run(["git", "ls-files", "--cached", "--", PLACE.as_posix()], cwd=root,
                              capture_output=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return False  # no git, and so nothing that came by it
    return bool(done.stdout.strip())
