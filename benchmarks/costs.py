"""What a command costs, with all processes that it starts.

In: a command, a folder, an environment. Out: its `Cost`. Refuses a command that fails. Memory is the most that
all of its processes had at once, what they share counted once (PSS of Linux, looked at twenty times a second);
elsewhere the most that one of them had.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05  # seconds


@dataclass(frozen=True)
class Cost:
    """Seconds that somebody waits, seconds of the processor, megabytes."""

    wall: float
    seconds: float
    memory: float


def cost(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    log, begun, most = folder / "build.log", time.monotonic(), 0.0
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=dict(environment), stdout=out, stderr=out)
    while True:
        done, status, use = os.wait4(process.pid, os.WNOHANG)
        if done:
            break
        most = max(most, sum(map(_memory, (process.pid, *_below(process.pid)))))
        time.sleep(_EVERY)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(log.read_text("utf-8")[-2000:])
    # Kilobytes on Linux, bytes on macOS.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Cost(time.monotonic() - begun, use.ru_utime + use.ru_stime, most or use.ru_maxrss / unit)


def _below(process: int) -> Iterator[int]:
    with suppress(OSError):
        for one in Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split():
            yield int(one)
            yield from _below(int(one))


def _memory(process: int) -> float:
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
        return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1000
    return 0.0
