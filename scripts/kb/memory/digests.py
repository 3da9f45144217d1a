"""Digests of values: two that differ in anything never have the same.

In: plain values, mappings, frozen dataclasses of these, functions of modules. Out: hexadecimal digits.
The order of a mapping counts, that of a set does not. A value may say itself what it is made of (`made_of`).
Refuses, with `Unknown`, whatever it cannot see through: nothing is remembered that was made from it.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Callable, Iterable, Mapping, Set
from pathlib import PurePath
from types import FunctionType
from typing import Any

_SIZE = 20  # bytes


class Unknown(TypeError):
    """A value of which it cannot be told what it is made of."""


class Digests:
    """Digests, each frozen value's worked out once. Values are kept as long as a run asks for them."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        self._old: dict[int, tuple[object, bytes]] = {}

    def begin(self) -> None:
        """A run begins: what the one before has asked for is still known, and nothing older."""
        self._old, self._known = self._known, {}

    def of(self, value: object) -> str:
        return self._of(value).hex()

    def _of(self, value: object) -> bytes:
        parts: list[bytes] = []
        self._feed(value, parts)
        return hashlib.blake2b(b"".join(parts), digest_size=_SIZE).digest()

    def _feed(self, value: Any, parts: list[bytes]) -> None:
        """Add what `value` is made of, each part after its kind and its length."""
        if isinstance(value, str):
            data = value.encode("utf-8", "surrogatepass")
            parts += (b"s%d:" % len(data), data)
        elif value is None or isinstance(value, bool | int | float):
            parts.append(f"{type(value).__name__[0]}{value!r};".encode())
        elif isinstance(value, bytes):
            parts += (b"b%d:" % len(value), value)
        elif isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
            parts.append(self._once(value, lambda: [*value]))  # there may be thousands, and the same again
        elif isinstance(value, tuple | list):
            parts.append(b"t%d:" % len(value))
            for one in value:
                self._feed(one, parts)
        elif isinstance(value, Mapping):
            parts.append(b"m%d:" % len(value))
            for key, one in value.items():
                self._feed(key, parts)
                self._feed(one, parts)
        else:
            self._feed_other(value, parts)

    def _feed_other(self, value: Any, parts: list[bytes]) -> None:
        if isinstance(value, Set):
            parts += (b"e%d:" % len(value), *sorted(map(self._of, value)))
        elif isinstance(value, PurePath):
            self._feed(("path", value.as_posix()), parts)
        elif isinstance(value, range):
            self._feed(("range", value.start, value.stop, value.step), parts)
        elif hasattr(type(value), "made_of"):
            parts.append(self._once(value, lambda: (type(value).__qualname__, value.made_of())))
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            parts.append(self._once(value, lambda: (type(value).__qualname__, *_fields(value))))
        else:
            self._feed(("function", *_function(value)), parts)

    def _once(self, value: object, made_of: Callable[[], object]) -> bytes:
        known = self._known.get(id(value))
        if known is None:
            known = self._old.get(id(value)) or (value, b"d" + self._of(made_of()))
            self._known[id(value)] = known
        return known[1]


def digest(value: object) -> str:
    return Digests().of(value)


def _fields(value: Any) -> Iterable[object]:
    return (getattr(value, one.name) for one in dataclasses.fields(value))


def _function(value: object) -> tuple[object, ...]:
    """What tells a function: where it stands, and what was given to it beforehand."""
    if isinstance(value, functools.partial):
        return (*_function(value.func), value.args, value.keywords)
    if isinstance(value, FunctionType) and value.__closure__ is None and "<" not in value.__qualname__:
        return value.__module__, value.__qualname__
    raise Unknown(f"a {type(value).__qualname__} of {type(value).__module__}")
