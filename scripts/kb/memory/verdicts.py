"""What a check has found, from one process to the next.

In: a check that knows nothing but its arguments, and these. Out: what it finds, mostly nothing; of the same
it is not asked again. Refuses to remember what came of arguments of which it cannot be told what they are: of
these it is asked each time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass

from kb.findings import Finding
from kb.memory import program
from kb.memory.digests import Digests, Unknown
from kb.memory.shelf import Shelf

Check = Callable[..., Iterable[Finding]]


@dataclass(frozen=True)
class Verdicts:
    """What checks have found, on a shelf; `digests` are those of this run."""

    shelf: Shelf
    digests: Digests

    def found(self, check: Check, *arguments: object) -> tuple[Finding, ...]:
        """All that `check` finds."""
        try:
            key = f"found {self.digests.of((program.version(), check, arguments))}"
        except Unknown:
            return tuple(check(*arguments))
        data = self.shelf.get(key)
        known = None if data is None else _parsed(data)
        if known is None:
            known = tuple(check(*arguments))
            self.shelf.put(key, json.dumps([*map(astuple, known)], ensure_ascii=False).encode())
        return known


def _parsed(data: bytes) -> tuple[Finding, ...] | None:
    """The findings that were remembered; None where they are none of today's kinds."""
    try:
        return tuple(Finding(*one, is_lenient=is_lenient) for *one, is_lenient in json.loads(data))
    except (TypeError, ValueError):
        return None
