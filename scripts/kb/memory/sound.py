"""That a check has found nothing, from one process to the next.

In: a check that knows nothing but its arguments, and these. Out: what it finds; it is not asked again where
it found nothing in the same. Refuses to remember what came of arguments of which it cannot be told what they
are: of these it is asked each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from kb.memory import program
from kb.memory.digests import Digests, Unknown
from kb.memory.shelf import Shelf

T = TypeVar("T")


@dataclass(frozen=True)
class Sound:
    """What is known to be sound, on a shelf; `digests` are those of this run."""

    shelf: Shelf
    digests: Digests

    def found(self, check: Callable[..., Iterable[T]], *arguments: object) -> tuple[T, ...]:
        """All that `check` finds."""
        try:
            key = f"sound {self.digests.of((program.version(), check, arguments))}"
        except Unknown:
            return tuple(check(*arguments))
        if self.shelf.use(key):
            return ()
        found = tuple(check(*arguments))
        if not found:
            self.shelf.put(key, b"")
        return found
