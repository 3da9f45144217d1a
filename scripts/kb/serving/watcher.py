"""Who looks whether files were saved: at once where the system tells, and now and then everywhere.

In: what is to be watched. Out: an `Observer` that looks at each as often as MkDocs does, and at once when the
system says that something was written; where the system does not tell, more often, as far as looking takes
little time: what is saved is seen at once, and nobody who builds or waits is kept busy. What it tells is what
it has seen itself: what a system tells does not reach folders of another machine, and is told several times.
Refuses nothing.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import Any, cast

from watchdog import events, observers
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingEmitter, PollingObserver
from watchdog.utils.dirsnapshot import DirectorySnapshot

LONGEST = 0.5  # seconds between two looks, as MkDocs has it
SHORTEST = 0.05
_SHARE = 20  # of so many parts of the time a look may take one
_SETTLED = 0.01  # seconds: a file is emptied and written, or written beside and renamed
# Not that a file was read, which a build does all the time.
_WRITTEN: list[type[events.FileSystemEvent]] = [
    events.FileModifiedEvent, events.FileCreatedEvent, events.FileDeletedEvent, events.FileMovedEvent]


def pause(taken: float) -> float:
    """How long to wait after a look that took so many seconds."""
    return min(LONGEST, max(SHORTEST, _SHARE * taken))


class _Looking(PollingEmitter):
    """Looks at a folder again and again, and when it is told that there is something to see."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._pause, take = LONGEST, self._take_snapshot
        self.told = threading.Event()
        self.has_bell = False  # whether the system rings when something was written here
        self._has_seen = False  # whether this look has seen that something was

        def timed() -> DirectorySnapshot:
            self.told.clear()  # what is written from now on is told again
            begin = time.monotonic()
            found = take()
            self._pause = pause(time.monotonic() - begin)
            return found

        self._take_snapshot = timed

    def queue_events(self, timeout: float) -> None:
        self._has_seen = False
        was_told = self.told.wait(LONGEST if self.has_bell else self._pause)
        super().queue_events(_SETTLED if was_told else 0)
        if self._has_seen and not was_told and not self.told.wait(_SETTLED):
            self.has_bell = False  # it should have rung

    def queue_event(self, event: events.FileSystemEvent) -> None:
        self._has_seen = self._has_seen or not event.is_directory
        super().queue_event(event)

    def on_thread_stop(self) -> None:
        self.told.set()


class _Bell(events.FileSystemEventHandler):
    """Wakes who looks at a folder."""

    def __init__(self, looking: _Looking) -> None:
        self._looking = looking

    def on_any_event(self, event: events.FileSystemEvent) -> None:
        self._looking.told.set()


class Observer(PollingObserver):
    """One that MkDocs' server may have in the place of its own."""

    def __init__(self) -> None:
        super(PollingObserver, self).__init__(_Looking, timeout=LONGEST)
        self._system: BaseObserver = observers.Observer()
        self._asked: dict[ObservedWatch, ObservedWatch] = {}  # what the system was asked to tell of
        self._system.start()

    def schedule(self, event_handler: events.FileSystemEventHandler, path: Any, **named: Any
                 ) -> ObservedWatch:
        """Watch `path`, and let the system tell of it, where it can."""
        watch = super().schedule(event_handler, path, **named)
        if not isinstance(self._system, PollingObserver):
            looking = cast(_Looking, self._emitter_for_watch[watch])
            with suppress(OSError):  # it is gone, or the system tells of no more
                self._asked[watch] = self._system.schedule(
                    _Bell(looking), path, recursive=watch.is_recursive, event_filter=_WRITTEN)
                looking.has_bell = True
        return watch

    def unschedule(self, watch: ObservedWatch) -> None:
        super().unschedule(watch)
        if asked := self._asked.pop(watch, None):
            self._system.unschedule(asked)

    def on_thread_stop(self) -> None:
        super().on_thread_stop()
        self._system.stop()
