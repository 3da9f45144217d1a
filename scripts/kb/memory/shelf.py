"""A shelf of remembered entries: bytes by key, in packs that are written once.

In: a folder, keys, bytes. Out: the bytes of a key, or None. Refuses a pack or an entry of which one byte is
not as it was written: it is not there. What cannot be written is not remembered, and nobody is told.

A pack is one file: the entries, each compressed; the index in JSON (key → place, size, digest), compressed;
the index's size and digest. New packs are added; when there are many they are put together in one.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

_PACK, _BEGUN = ".pack", ".begun"
_MANY = 6  # packs
_DIGEST = 16  # bytes
_TAIL = 8 + _DIGEST
_OLD = 24 * 3600  # seconds: what was begun before will not be ended
Place = tuple[int, int, str]  # where an entry begins, its size, its digest


def checked(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=_DIGEST).hexdigest()


def opened(stored: bytes) -> bytes:
    """The bytes that were put on a shelf, from what is written there."""
    return zlib.decompress(stored)


@dataclass
class _Pack:
    """A pack that is whole, open for reading."""

    path: Path
    file: BinaryIO
    index: dict[str, Place]

    def raw(self, key: str) -> bytes | None:
        """The entry as it is written, if it still is what it was."""
        start, size, digest = self.index[key]
        try:
            # Not by seek: a copy of this process shares the file's place.
            data = os.pread(self.file.fileno(), size, start)
        except OSError:
            return None
        return data if len(data) == size and checked(data) == digest else None


@dataclass
class _New:
    """A pack that is being written: new entries wait on disk, not in memory."""

    file: BinaryIO
    index: dict[str, Place] = field(default_factory=dict)
    size: int = 0

    def add(self, key: str, data: bytes) -> None:
        self.file.write(data)
        self.index[key] = self.size, len(data), checked(data)
        self.size += len(data)


class Shelf:
    """What one kind of thing is remembered on. `limit` is in bytes."""

    def __init__(self, folder: Path, limit: int) -> None:
        self.folder, self.limit = folder, limit
        self._packs = list(_opened(folder))
        self._new: _New | None = None
        self._used: set[str] = set()
        self._is_lost = False  # nothing can be written

    def get(self, key: str) -> bytes | None:
        """What was put under `key` last."""
        data = self.stored(key)
        return None if data is None else opened(data)

    def stored(self, key: str) -> bytes | None:
        """The same, as it is written."""
        raw = self._raw(key)
        if raw is not None:
            self._used.add(key)
        return raw

    def use(self, key: str) -> bool:
        """Whether there is something under `key`; it counts as used."""
        found = bool(self._new and key in self._new.index) or any(key in pack.index for pack in self._packs)
        if found:
            self._used.add(key)
        return found

    def _raw(self, key: str) -> bytes | None:
        if self._new and key in self._new.index:
            self._new.file.flush()
            start, size, _ = self._new.index[key]
            return os.pread(self._new.file.fileno(), size, start)
        return next((raw for pack in self._packs if key in pack.index
                     if (raw := pack.raw(key)) is not None), None)

    def put(self, key: str, value: bytes) -> None:
        try:
            if self._new is None and not self._is_lost:
                self._new = _begun(self.folder)
            if self._new:
                self._new.add(key, zlib.compress(value, 1))
                self._used.add(key)
        except OSError:
            self._lose()

    def save(self) -> None:
        """Keep what is new, and put packs together where there are many."""
        try:
            old = self._packs
            if old and (len(old) >= _MANY or sum(map(_size, old)) > self.limit):
                self._together()
            if self._new is None or not self._new.index:
                return
            path = _ended(self._new, self.folder)
            self._new = None
            for pack in old if not self._packs else ():
                pack.file.close()
                with suppress(OSError):  # another run was quicker
                    pack.path.unlink()
            self._packs = [pack for pack in (_read(path),) if pack] + self._packs
        except OSError:
            self._lose()

    def apart(self) -> Shelf:
        """The same for a copy of this process: what it puts goes into a pack of its own."""
        other = Shelf.__new__(Shelf)
        other.__dict__.update(self.__dict__, _new=None, _used=set())
        return other

    def split(self) -> Path | None:
        """Keep what is new in a pack; its path, if there is anything."""
        if self._new is None or not self._new.index:
            return None
        try:
            path = _ended(self._new, self.folder)
        except OSError:
            self._lose()
            return None
        self._new = None
        return path

    def adopt(self, path: Path) -> None:
        """Count a pack that a copy of this process has written among those that are there."""
        if pack := _read(path):
            self._packs.insert(0, pack)
            self._used.update(pack.index)

    def _together(self) -> None:
        """Add to what is new the old entries that are worth keeping."""
        new = self._new = self._new or _begun(self.folder)
        keys = dict.fromkeys(key for pack in self._packs for key in pack.index)
        for key in sorted(keys, key=lambda key: key not in self._used):
            if key not in new.index and new.size < self.limit and (raw := self._raw(key)) is not None:
                new.add(key, raw)
        self._packs = []

    def _lose(self) -> None:
        if self._new:
            with suppress(OSError):
                self._new.file.close()
                os.unlink(self._new.file.name)
        self._new, self._is_lost = None, True

    def close(self) -> None:
        """Let go of what was not saved."""
        self._lose()
        for pack in self._packs:
            pack.file.close()
        self._packs = []


def _size(pack: _Pack) -> int:
    return os.fstat(pack.file.fileno()).st_size


def _opened(folder: Path) -> Iterator[_Pack]:
    """All packs in `folder` that are whole, the newest first."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for path in sorted(folder.iterdir(), reverse=True):
        if path.suffix == _PACK and (pack := _read(path)):
            yield pack
        elif path.suffix == _BEGUN:
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - _OLD:
                    path.unlink()


def _read(path: Path) -> _Pack | None:
    try:
        if path.is_symlink():
            return None
        file = path.open("rb")
    except OSError:
        return None
    try:
        size = os.fstat(file.fileno()).st_size
        tail = os.pread(file.fileno(), _TAIL, size - _TAIL) if size > _TAIL else b""
        length = int.from_bytes(tail[:8], "big")
        if len(tail) == _TAIL and length <= size - _TAIL:
            index = os.pread(file.fileno(), length, size - _TAIL - length)
            if checked(index) == tail[8:].hex():
                entries = json.loads(zlib.decompress(index))
                return _Pack(path, file, {key: tuple(place) for key, place in entries.items()})
    except (OSError, ValueError, zlib.error):
        pass
    file.close()
    return None


def _begun(folder: Path) -> _New:
    folder.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(_BEGUN, dir=folder)
    os.close(number)
    return _New(open(name, "w+b"))


def _ended(new: _New, folder: Path) -> Path:
    """Finish a pack, and give it its name: the newest sorts last."""
    index = zlib.compress(json.dumps(new.index).encode(), 1)
    new.file.write(index + len(index).to_bytes(8, "big") + bytes.fromhex(checked(index)))
    new.file.close()
    begun = Path(new.file.name)
    return begun.rename(folder / f"{time.time_ns():020d}-{begun.stem}{_PACK}")
