"""How long a text may take to be read: some texts would keep a reader busy for hours.

In: seconds of one processor. Out: what is done within (`patience`), or `OutOfPatience`. The clock counts
what this program works, not what others do meanwhile, so that one text is judged alike on every computer
that is not ten times slower. Outside the main thread nothing can be interrupted, and nothing is.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OutOfPatience(Exception):
    """It took too long."""


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _stop)
    left, _ = signal.setitimer(signal.ITIMER_VIRTUAL, seconds)  # of somebody who waits for more than this
    try:
        yield
    finally:
        used = seconds - signal.setitimer(signal.ITIMER_VIRTUAL, 0)[0]
        signal.signal(signal.SIGVTALRM, before)
        if left:
            signal.setitimer(signal.ITIMER_VIRTUAL, max(left - used, 0.001))


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise OutOfPatience
