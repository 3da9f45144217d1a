"""The lines of the files that findings stand in.

In: the project's root, and a file's name as a finding gives it. Out: its lines as they are; none for what is
no text file of the project's own: a link, a folder, a device, bytes that are no UTF-8, what is very large.
"""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from kb.files import read_text

_LARGEST = 5_000_000  # bytes


class Sources:
    """Each file is read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._read: dict[str, Sequence[str]] = {}

    def lines(self, file: str) -> Sequence[str]:
        if file not in self._read:
            text = read_text(self.root / file, file, as_it_is=True)[0] if self._is_text(file) else None
            self._read[file] = text.split("\n") if text is not None else ()
        return self._read[file]

    def _is_text(self, file: str) -> bool:
        parts = PurePosixPath(file).parts
        if not parts or ".." in parts or file.startswith("/"):
            return False
        path = self.root
        try:
            for part in parts:
                path = path / part
                state = path.lstat()
                if stat.S_ISLNK(state.st_mode):
                    return False
        except (OSError, ValueError):
            return False
        return stat.S_ISREG(state.st_mode) and state.st_size <= _LARGEST
