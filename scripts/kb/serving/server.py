"""A server that shows a preview.

In: the server that MkDocs has made (or any other that has its parts), a `Preview`, and the folder of the
Chinese tree. Out: the same server, which shows the preview's pages, each with the bar, builds within the
preview's guard, and sees folders that come later. Refuses nothing.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from watchdog.observers.polling import PollingObserver

from kb import ground, phrases
from kb.serving import bar, watcher
from kb.serving.folders import Folders
from kb.serving.preview import Preview

_DELAY = 0.005  # seconds in which nothing else must be saved before a build begins
_TURN = 0.001  # seconds after which checks let a request go on, as often as it asks: Python has 0.005


class Server(Protocol):
    """What is asked of MkDocs' `LiveReloadServer`."""

    builder: Callable[[], Any]
    root: str
    mount_path: str
    error_handler: Callable[[int], bytes | None]
    # Of these times, in milliseconds, pages are sent when both are one; a browser asks anew for a later one.
    _wanted_epoch: int
    _visible_epoch: int
    _epoch_cond: threading.Condition
    _want_rebuild: bool  # whether something was saved that no build has begun with
    observer: PollingObserver
    build_delay: float
    _watched_paths: dict[str, int]  # path → by how many it is watched

    @property
    def serve_request(self) -> Any: ...
    def set_app(self, application: Any) -> None: ...
    def watch(self, path: str) -> None: ...
    def unwatch(self, path: str) -> None: ...


def attach(server: Server, preview: Preview, docs: Path) -> None:
    """Let `server` show `preview`, and build again when something in `docs`, or beside it, changes."""
    root = preview.begin(Path(server.root))
    server.builder = preview.guarded(server.builder)
    preview.reveal, preview.renew = (lambda: _reveal(server)), (lambda: _renew(server))
    asked = _asking(server.serve_request, preview.ask, server.mount_path)
    server.set_app(bar.application(asked, lambda: preview.state, server.mount_path))
    server.error_handler = lambda code: _error_page(root, code)
    # A file that is written to ask for a build, as any other that is watched.
    preview.is_waited_for = lambda: server._want_rebuild
    server._want_rebuild = preview.has_site  # what was built before is still to be checked
    _look_sooner(server)
    sys.setswitchinterval(_TURN)
    phrases.load()  # before the first save, which would wait for it
    sign = preview.own() / "sign"
    sign.parent.mkdir(exist_ok=True)
    sign.touch()
    server.watch(str(sign))
    number = count(1)
    folders = (docs, *(docs.parent / name for name in ground.FOLDERS))
    Folders(folders, server.watch, server.unwatch, lambda: _write(sign, next(number))).start()


def _look_sooner(server: Server) -> None:
    """See what is saved, and begin to build, as soon as that costs little."""
    watched = [path for path, count in server._watched_paths.items() for _ in range(count)]
    for path in watched:
        server.unwatch(path)
    server.observer, server.build_delay = watcher.Observer(), _DELAY
    for path in watched:
        server.watch(path)


def _asking(app: bar.Application, ask: Callable[[str], None], mount: str) -> bar.Application:
    """`app`, which says what it is asked for before it answers."""

    def served(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        ask(environ["PATH_INFO"].removeprefix(mount))
        return app(environ, start)

    return served


def _reveal(server: Server) -> None:
    """Send pages now: the server would wait for the end of the build, and of the checks that follow it."""
    with server._epoch_cond:
        server._visible_epoch = server._wanted_epoch
        server._epoch_cond.notify_all()


def _renew(server: Server) -> None:
    """Let browsers ask once more, when the build has ended."""
    with server._epoch_cond:
        server._wanted_epoch += 1


def _write(sign: Path, number: int) -> None:
    sign.write_text(str(number), "utf-8")


def _error_page(root: Path, code: int) -> bytes | None:
    page = root / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
