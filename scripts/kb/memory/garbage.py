"""How often a process looks for garbage: seldom, where hardly anything it has made is any.

In: nothing. Out: what is there now is never looked through again, and what comes later only when it is much.
For who ends soon, or keeps what was read. Refuses nothing.
"""

from __future__ import annotations

import gc


def look_seldom() -> None:
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
