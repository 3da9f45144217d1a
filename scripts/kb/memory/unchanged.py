"""What was worked out of values that have not changed, for as long as a process goes on.

In: a function that knows nothing but its arguments, and these: plain values, or ones that never change.
Out: its result; the one of last time, the very same object, where each argument is the one of last time:
equal, if it is plain, else the same object. So a text that nobody has changed is one object as long as a
preview runs, and so is what follows from it. Let go of is what a whole run has not asked for (`begin`).
Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import ParamSpec, TypeVar

from kb.findings import Finding
from kb.memory.verdicts import Check, Verdicts

P = ParamSpec("P")
T = TypeVar("T")

_PLAIN = (str, bytes, int, frozenset, type(None), PurePath)


class Unchanged:
    """Results by function and arguments, which are held as long: no other object has their identity."""

    def __init__(self, *, keeps: bool = True) -> None:
        self._keeps = keeps
        self.verdicts: Verdicts | None = None  # where it is remembered for longer what checks have found
        self.pause: Callable[[], None] = _go_on  # called before anything is worked out; may raise
        self._old: dict[object, tuple[object, object]] = {}
        self._now: dict[object, tuple[object, object]] = {}

    def begin(self) -> None:
        """A run begins: what the one before has asked for is still there, and nothing older."""
        self._old, self._now = self._now, {}

    def once(self, function: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """What `function` gives for these: worked out once, as long as they are the same."""
        values = (*arguments, *named.items())
        return self._known((function, _key(values)), values, lambda: function(*arguments, **named))

    def every(self, function: Callable[P, Iterable[T]], *arguments: P.args, **named: P.kwargs
              ) -> tuple[T, ...]:
        """`once`, of all that an iterator gives."""
        values = (*arguments, *named.items())
        return self._known((function, _key(values)), values, lambda: tuple(function(*arguments, **named)))

    def found(self, check: Check, *arguments: object) -> tuple[Finding, ...]:
        """`every`, of a check that takes long: what it found is remembered for longer, too."""
        return self._known((check, _key(arguments)), arguments, lambda: (
            self.verdicts.found(check, *arguments) if self.verdicts else tuple(check(*arguments))))

    def same(self, value: T, *told: object) -> T:
        """`value`, or that of last time, if the same plain values `told` all of it."""
        return self._known((type(value), told), told, lambda: value)

    def _known(self, key: object, values: object, made: Callable[[], T]) -> T:
        if not self._keeps:
            return made()
        found = self._now.get(key) or self._old.get(key)
        if found is None:
            self.pause()
            found = values, made()
        self._now[key] = found
        return found[1]  # type: ignore[return-value]

    def made_of(self) -> object:
        """Nothing is made of what is kept but what would be made without it."""
        return ()


def _go_on() -> None:
    """Nobody waits for anything else."""


NOTHING = Unchanged(keeps=False)


def _key(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_key, value))
    return value if isinstance(value, _PLAIN) else (object, id(value))
