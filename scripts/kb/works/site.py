"""The folder of the site: only what differs is written, and nothing before all is made.

In: the folder, and where to keep what is known of its files. Out: `Site`: an empty folder beside it to build
in (`begun`), whether a file of these bytes stands at a place (`has`), and all that was built put in its place
(`settle`). What no build made is removed, but for hidden files at the top, as MkDocs does. A build that is
given up, or that is ended by force, leaves the folder as it was, or partly new: the next one sees what is
there. Refuses nothing.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from kb.memory.digests import digest
from kb.memory.shelf import checked
from kb.works import progress

try:
    import fcntl
except ImportError:  # no such thing on this system: two builds at once are for their owner to avoid
    fcntl = None  # type: ignore[assignment]

_RACY = 100_000_000  # nanoseconds: in this time a file might change and no time of it tell
_KNOWN, _MOST = "site-", 8  # lists of files that are known, one a folder
_BUILDING = ".building-new"
_UNKNOWN = 0, 0, 0, 0
_Facts = tuple[int, int, int, int]  # inode, size, when its bytes and when anything of it was changed
Known = Mapping[str, tuple[Sequence[int], str]]  # place → facts, digest


class Site:
    """One build into `folder`. `notes` is where it is noted what stands there, None where nothing is;
    `known` is what another build in this process knows of it."""

    def __init__(self, folder: Path, notes: Path | None, known: Known | None = None) -> None:
        self.folder = folder
        folder.parent.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(folder.parent)
        self.begun = folder.with_name(folder.name + _BUILDING)
        if self._lock is None:  # somebody else may be building there
            self.begun = Path(tempfile.mkdtemp(prefix=f"{self.begun.name}-", dir=folder.parent))
        shutil.rmtree(self.begun, ignore_errors=True)
        self.begun.mkdir()
        self._list = _list(folder, notes) if notes else None
        self.known: Known = _read(self._list)[0] if known is None else known
        # Every file that is there → its digest, as far as it is known.
        self.there: dict[str, tuple[_Facts, str]] = {}
        for place, facts in _walked(folder):
            before = self.known.get(place)
            self.there[place] = facts, before[1] if before and tuple(before[0]) == facts else ""
        self._places = {known: place for place, (_, known) in self.there.items() if known}
        self.written = self.kept = 0
        self._kept: set[str] = set()
        self._moved: dict[str, str] = {}  # place → where the same bytes stand now

    def has(self, place: str, content: str) -> bool:
        """Whether the file at `place` has the bytes of this digest."""
        if place not in self.there:
            return False
        facts, known = self.there[place]
        if not known:
            with suppress(OSError):
                known = checked((self.folder / place).read_bytes())
                self.there[place] = facts, known
        return known == content

    def keep(self, place: str) -> None:
        """The file at `place` belongs to this build as it is."""
        self._kept.add(place)

    def keep_all(self, is_kept: Callable[[str], bool]) -> None:
        """Every file that is there, at a place of this kind, belongs to this build as it is."""
        self._kept.update(filter(is_kept, self.there))

    def reuse(self, place: str, content: str) -> bool:
        """Whether a file of these bytes is there, if under another name: then nobody has to write it."""
        if self.has(place, content):
            self.keep(place)
        elif old := self._places.get(content):
            self._moved[place] = old
        else:
            return False
        return True

    def places(self, folders: tuple[str, ...] = ("",)) -> dict[str, Path]:
        """Every place of this build that begins with one of these, and where its file is now."""
        every = (*((place, self.folder, place) for place in self._kept),
                 *((place, self.folder, old) for place, old in self._moved.items()),
                 *((place, self.begun, place) for place, _ in _walked(self.begun)))
        return {place: top / own for place, top, own in every if place.startswith(folders)}

    def settle(self, digests: Mapping[str, str], made_from: str = "") -> None:
        """Put everything that was built in its place, and remove what was not. `digests` are those of files
        that are known already; `made_from` is noted with the files."""
        self._move({*self._kept, *self._moved, *(place for place, _ in _walked(self.begun))})
        built = {place: digests.get(place) or checked((self.begun / place).read_bytes())
                 for place, _ in _walked(self.begun)}
        now: dict[str, tuple[_Facts, str]] = {}
        self._clear({*built, *self._kept})
        new = {place: content for place, content in built.items() if not self.has(place, content)}
        self._kept.update(built.keys() - new.keys())
        with progress.over("files", len(new)) as step:
            for place, content in new.items():
                self._put(place)
                now[place] = _facts(os.lstat(self.folder / place)), content
                step()
        self.written, self.kept = len(now), len(self._kept)
        self._write({**{place: self.there[place] for place in self._kept}, **now}, made_from)
        self.end()

    def _move(self, wanted: set[str]) -> None:
        """Give what was built under another name its own. What stays where it is, too, is copied."""
        gone: dict[str, Path] = {}
        for place, old in self._moved.items():
            own = self.begun / place
            own.parent.mkdir(parents=True, exist_ok=True)
            try:
                if old in wanted or old in gone:
                    raise FileExistsError  # it is needed once more
                os.replace(self.folder / old, own)
                gone[old] = own
                del self.there[old]
            except OSError:
                shutil.copyfile(gone.get(old, self.folder / old), own)

    def _put(self, place: str) -> None:
        target = self.folder / place
        try:
            os.replace(self.begun / place, target)
        except OSError:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(self.begun / place, target)

    def _clear(self, wanted: set[str]) -> None:
        """Remove what is not wanted, and folders that are empty then or stand where a file has to be."""
        folders = {""}
        for place in wanted:
            above = place.rpartition("/")[0]
            while above not in folders:
                folders.add(above)
                above = above.rpartition("/")[0]
        for place in [place for place in self.there if place not in wanted]:
            (self.folder / place).unlink()
            del self.there[place]
        for top, below, _ in os.walk(self.folder, topdown=False):
            own = os.path.relpath(top, self.folder).replace(os.sep, "/") if below else ""
            for name in below:
                place = name if own == "." else f"{own}/{name}"
                if place not in folders and not place.startswith("."):
                    with suppress(OSError):
                        os.rmdir(self.folder / place)

    def _write(self, known: Mapping[str, tuple[_Facts, str]], made_from: str) -> None:
        latest = time.time_ns() - _RACY
        files = self.known = {place: (facts if max(facts[2:]) < latest else _UNKNOWN, content)
                              for place, (facts, content) in known.items() if content}
        if self._list is None:
            return
        data = json.dumps([made_from if len(files) == len(known) else "", files],
                          separators=(",", ":")).encode()
        with suppress(OSError):
            self._list.parent.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(".begun", dir=self._list.parent)
            with open(number, "wb") as file:
                file.write(checked(data).encode() + b"\n" + data)
            os.replace(name, self._list)
            lists = sorted(self._list.parent.glob(f"{_KNOWN}*.json"), key=lambda path: path.stat().st_mtime)
            for path in lists[:-_MOST]:
                path.unlink()

    def end(self) -> None:
        """Let go of what was begun."""
        shutil.rmtree(self.begun, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _locked(folder: Path) -> int | None:
    """Wait until no other build goes into a folder here."""
    if fcntl is None:
        return None
    number = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
    except OSError:
        os.close(number)
        return None
    return number


def _facts(found: os.stat_result) -> _Facts:
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _walked(folder: Path) -> Iterator[tuple[str, _Facts]]:
    """Every file below `folder`, links among them, but hidden ones at its top."""
    waiting = [(str(folder), "")]
    while waiting:
        here, below = waiting.pop()
        try:
            entries = os.scandir(here)
        except OSError:
            continue
        with entries:
            for entry in entries:
                if not below and entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, f"{below}{entry.name}/"))
                else:
                    yield below + entry.name, _facts(entry.stat(follow_symlinks=False))


def _list(folder: Path, notes: Path) -> Path:
    return notes / f"{_KNOWN}{digest(str(folder.absolute()))}.json"


def _read(path: Path | None) -> tuple[Known, str]:
    """What was known of the files, and what they were made from; nothing where it is not as it was
    written."""
    if path is None or path.is_symlink():
        return {}, ""
    with suppress(OSError, ValueError):
        head, _, data = path.read_bytes().partition(b"\n")
        if head.decode() == checked(data):
            made_from, found = json.loads(data)
            return found, made_from
    return {}, ""


def count(folder: Path, notes: Path, made_from: str) -> int:
    """How many files the site in `folder` has, if each is as it was when the site was made from this; else
    0."""
    known, noted = _read(_list(folder, notes))
    if noted != made_from:
        return 0
    found = 0
    for place, facts in _walked(folder):
        before = known.get(place)
        if before is None:
            return 0
        if tuple(before[0]) != facts and not _has(folder / place, before[1]):
            return 0
        found += 1
    return found if found == len(known) else 0


def _has(path: Path, content: str) -> bool:
    """Whether there is a file of these bytes. A link is none."""
    try:
        return not path.is_symlink() and checked(path.read_bytes()) == content
    except OSError:
        return False
