"""A second process that makes things ahead, where there is a second core to make them on.

In: names, in the order in which things will be asked for, and a function that makes each of them. Out: each
thing when it is asked for; what is not made yet is waited for. The process is a copy of this one (`fork`): it
knows all that is known here, and nothing that it does is known here but what it hands over. Refuses, with
`Ended`, to go on where it ended before all was made. There is none where a copy is not safe: beside other
threads, and on other systems than Linux.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import struct
import sys
import tempfile
import threading
import traceback
import warnings
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, BinaryIO

from click import ClickException

_PLACE = struct.Struct(">?QQ")  # whether it was made; where it stands, and its size, in bytes


class Ended(ClickException):
    """The second process ended before its work was done: a command says so, and ends."""


def may_help() -> bool:
    """Whether there may be a second process, and a core for it."""
    return sys.platform == "linux" and threading.active_count() == 1 and len(os.sched_getaffinity(0)) > 1


class Worker:
    """A second process at work. What it makes waits in a file without a name; a pipe says where."""

    def __init__(self, names: Sequence[str], make: Callable[[str], object]) -> None:
        self._names = iter(names)
        self._places: dict[str, tuple[bool, int, int]] = {}
        self._made: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115
        self._told, telling = os.pipe()
        with warnings.catch_warnings():
            # Threads that libraries hold ready in C are no danger: they are let go of before a copy is made.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process = os.fork()
        if not self._process:
            os.close(self._told)
            _work(names, make, self._made, telling)
        os.close(telling)

    def get(self, name: str) -> Any:
        """What was made of `name`, one of the names; each may be asked for once."""
        while name not in self._places:
            data = b""
            while len(data) < _PLACE.size:
                more = os.read(self._told, _PLACE.size - len(data))
                if not more:
                    self._fail()
                data += more
            self._places[next(self._names)] = _PLACE.unpack(data)
        is_made, start, size = self._places.pop(name)
        found = pickle.loads(os.pread(self._made.fileno(), size, start))
        if not is_made:
            raise RuntimeError(f"in the second process:\n{found}")
        return found

    def _fail(self) -> None:
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        code = os.waitstatus_to_exitcode(status)
        how = f"by {signal.Signals(-code).name}" if code < 0 else f"with {code}"
        raise Ended(f"the second process of the build was ended {how}: nothing is published; build again")

    def close(self) -> None:
        """End it, done or not."""
        if self._process:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process = 0
        if not self._made.closed:
            os.close(self._told)
            self._made.close()


def _work(names: Sequence[str], make: Callable[[str], object], made: BinaryIO, telling: int) -> None:
    """All that the second process does; does not return."""
    start, code = 0, 1
    try:
        gc.freeze()  # what is here is shared: nobody needs to look through it
        for name in names:
            try:
                is_made, data = True, pickle.dumps(make(name))
            except Exception:
                is_made, data = False, pickle.dumps(traceback.format_exc())
            os.pwrite(made.fileno(), data, start)
            os.write(telling, _PLACE.pack(is_made, start, len(data)))
            start += len(data)
        code = 0
    finally:
        os._exit(code)
