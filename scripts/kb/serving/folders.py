"""Folders that come and go while a preview runs.

In: folders, and functions that begin to watch a folder, stop watching it, and ask for a build. Out: a
thread that calls them. A watcher of files knows only folders that were there when it began, and lets go
of one that is removed or replaced: a new `docs_ja/`, or `sources/` after a change of branch, would not
be seen. Refuses nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

_EVERY = 0.5  # seconds
_Identity = tuple[int, int] | None


class Folders:
    """The folders that matter, and which of them are there."""

    def __init__(self, folders: Iterable[Path], watch: Callable[[str], None],
                 unwatch: Callable[[str], None], ask: Callable[[], None]) -> None:
        self.known: dict[Path, _Identity] = dict.fromkeys(folders)
        self.watch, self.unwatch, self.ask = watch, unwatch, ask

    def look(self) -> bool:
        """Watch what has come, let go of what is gone; whether anything has."""
        changed = False
        for folder, before in self.known.items():
            now = _identity(folder)
            if now == before:
                continue
            changed = True
            self.known[folder] = now
            if before:
                with suppress(KeyError):  # as often as anybody has asked to watch it
                    while True:
                        self.unwatch(str(folder))
            if now:
                with suppress(OSError):  # gone again
                    self.watch(str(folder))
        return changed

    def start(self) -> None:
        """Look now, and from now on."""
        self.look()
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        while True:
            time.sleep(_EVERY)
            if self.look():
                self.ask()


def _identity(folder: Path) -> _Identity:
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if folder.is_dir() else None
