"""A ZIP file of which most is as it was: what did not change is taken from the one before as it is packed.

In: a path, the day that all files in it carry; names with bytes, or names that another ZIP file has. Out: the
file, the same bytes for the same names, bytes and day, wherever they were taken from. Refuses, with KeyError,
a name that the other one has not.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_LEVEL = 6  # 9 takes twice as long, and saves one part in two hundred
_HEAD = 30  # bytes before a file's name; the last four tell how long the name is, and what comes after it


class Reading:
    """A ZIP file that is open for reading."""

    def __init__(self, made: ZipFile, number: int) -> None:
        self._made, self._number = made, number

    def packed(self, name: str) -> tuple[ZipInfo, bytes]:
        """What is known of the file of that name, and its bytes as they are packed."""
        found = self._made.getinfo(name)
        head = os.pread(self._number, _HEAD, found.header_offset)
        before = _HEAD + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        return found, os.pread(self._number, found.compress_size, found.header_offset + before)


class Writing:
    """A ZIP file that is being written, one file after another."""

    def __init__(self, made: ZipFile, day: date) -> None:
        self._made, self._time = made, (day.year, day.month, day.day, 0, 0, 0)

    def add(self, name: str, content: bytes, *, is_packed: bool) -> None:
        """A file; stored as it is where it `is_packed` already."""
        entry = self._entry(name)
        entry.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
        entry.CRC, entry.file_size = zlib.crc32(content), len(content)
        self._put(entry, content if is_packed else _deflated(content))

    def take(self, name: str, other: Reading) -> None:
        """The file of that name that `other` has."""
        known, data = other.packed(name)
        entry = self._entry(name)
        entry.compress_type, entry.CRC, entry.file_size = known.compress_type, known.CRC, known.file_size
        self._put(entry, data)

    def _entry(self, name: str) -> ZipInfo:
        entry = ZipInfo(name, self._time)
        entry.create_system, entry.external_attr = 3, 0o100644 << 16
        return entry

    def _put(self, entry: ZipInfo, data: bytes) -> None:
        """As `ZipFile` does it, which has no way in for what is packed already."""
        file = self._made.fp
        assert file
        entry.compress_size, entry.header_offset = len(data), file.tell()
        file.write(entry.FileHeader(zip64=False))
        file.write(data)
        self._made.filelist.append(entry)
        self._made.NameToInfo[entry.filename] = entry
        self._made.start_dir = file.tell()


@contextmanager
def writing(path: Path, day: date) -> Iterator[Writing]:
    with ZipFile(path, "w") as made:
        yield Writing(made, day)


@contextmanager
def reading(path: Path) -> Iterator[Reading]:
    with path.open("rb") as file, ZipFile(file) as made:
        yield Reading(made, file.fileno())


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()
