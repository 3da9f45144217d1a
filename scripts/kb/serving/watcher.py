"""Who looks whether files were saved, as often as that costs little.

In: what is to be watched. Out: an `Observer` that looks at each as often as MkDocs does, and more often where
looking takes little time: what is saved in a small site is seen at once, and a large one is not kept busy. It
asks for the state of files, as MkDocs does: what a system tells by itself does not reach folders of another
machine. Refuses nothing.
"""

from __future__ import annotations

import time
from typing import Any

from watchdog.observers.polling import PollingEmitter, PollingObserver
from watchdog.utils.dirsnapshot import DirectorySnapshot

LONGEST = 0.5  # seconds between two looks, as MkDocs has it
SHORTEST = 0.05
_SHARE = 20  # of so many parts of the time a look may take one


def pause(taken: float) -> float:
    """How long to wait after a look that took so many seconds."""
    return min(LONGEST, max(SHORTEST, _SHARE * taken))


class _Looking(PollingEmitter):
    """Looks at a folder again and again."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._pause, take = LONGEST, self._take_snapshot

        def timed() -> DirectorySnapshot:
            begin = time.monotonic()
            found = take()
            self._pause = pause(time.monotonic() - begin)
            return found

        self._take_snapshot = timed

    def queue_events(self, timeout: float) -> None:
        super().queue_events(self._pause)


class Observer(PollingObserver):
    """One that MkDocs' server may have in the place of its own."""

    def __init__(self) -> None:
        super(PollingObserver, self).__init__(_Looking, timeout=LONGEST)
