"""The book of works: which files each had, and from what; whether they can be used again.

In: the project, the memory, what all works share, the site's folder. Out: for each name of a work whether it
is as it was before (`is_done`): then its files are in the folder already, or in the one that is being built;
else a project to make it from (`project_of`), whose answers are noted. `add` takes each file that is made of
it; `end` remembers them. `value` remembers in the same way what is no file, and `part`, in a preview, what is
no text. Refuses to remember what was made from something that cannot be told.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from kb.files import write
from kb.memory.digests import Digests, Unknown, digest
from kb.memory.shelf import Shelf, checked, opened
from kb.project import Project
from kb.watched.project import watched
from kb.watched.questions import Judge, Noted, Trace, Watch, noted
from kb.works.site import Site

T = TypeVar("T")


@dataclass
class _Work:
    """A work that is being made. `asked` is what a second process asked for it; None where that cannot be
    told."""

    watch: Watch
    project: Project
    asked: Trace | None = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)  # place → digest
    said: str = ""  # what others need to know of it


@dataclass(frozen=True)
class _Found:
    """What is remembered of a work or a value."""

    asked: Noted
    files: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    content: str = ""


@dataclass(frozen=True)
class _Part:
    """What was made of a part of a work, and what was asked for it."""

    trace: Trace
    made: object


class _Parts(dict[str, _Part]):
    """The parts that a preview has made, by their keys, as long as it runs."""


def _found(stored: bytes) -> _Found:
    values = json.loads(opened(stored))
    return _Found(**values | {"asked": noted(values["asked"])})


class Book:
    """The works of one build. `shared` is a digest of everything that all works are made from besides the
    project. Without a shelf nothing is remembered."""

    def anew(self, site: Site) -> Book:
        """The same book, for another build of the same project."""
        return Book(self.real, self._shelf, self._shared, site, self.digests)

    def __init__(self, project: Project, shelf: Shelf | None, shared: str, site: Site,
                 digests: Digests) -> None:
        self.real, self.site = project, site
        self._shelf, self._shared = shelf, shared
        self.digests = digests
        self._judge = Judge(project, self.digests)
        self._done: dict[str, bool] = {}
        self._made: dict[str, _Work] = {}
        self._said: dict[str, str] = {}
        self.known: dict[str, str] = {}  # of every file that was made: place → digest
        self._parts: dict[str, _Part] = project.unchanged.once(_Parts)

    @property
    def is_remembered(self) -> bool:
        return self._shelf is not None

    @property
    def made(self) -> int:
        return len(self._made)

    @property
    def remembered(self) -> int:
        return sum(self._done.values())

    def value(self, name: str, made: Callable[[Project], bytes]) -> tuple[str, bytes]:
        """Digest and bytes of something that works are made of, as it was before or made anew."""
        key = self._key(f"value {name}")
        if self._shelf is not None and (found := self._found(key)) and self._judge.holds(found.asked):
            content = self._shelf.get(f"bytes {found.content}")
            if content is not None and checked(content) == found.content:
                return found.content, content
        watch = Watch(self.real)
        content = made(watched(watch))
        known = checked(content)
        if self._shelf is not None:
            with suppress(Unknown):
                entry = {"asked": watch.trace(self.digests), "content": known}
                self._shelf.put(f"bytes {known}", content)
                self._shelf.put(key, json.dumps(entry, ensure_ascii=False).encode())
        return known, content

    def is_done(self, name: str) -> bool:
        """Whether the work is as it was: then its files are there."""
        if name not in self._done:
            self._done[name] = self._is_done(name)
        return self._done[name]

    def _is_done(self, name: str) -> bool:
        if self._shelf is None or (found := self._found(self._key(name))) is None:
            return False
        self._said[name] = found.said
        return self._judge.holds(found.asked) and self._take(found.files)

    def _found(self, key: str) -> _Found | None:
        assert self._shelf is not None
        data = self._shelf.stored(key)
        return None if data is None else self.real.unchanged.once(_found, data)

    def _take(self, files: Mapping[str, str]) -> bool:
        """Have all `files` in the site's folder, or in the one that is being built; whether all are known."""
        assert self._shelf is not None
        missing: list[tuple[str, bytes]] = []
        for place, content in files.items():
            key = f"bytes {content}"
            if not self.site.has(place, content):
                data = self._shelf.get(key)
                if data is None or checked(data) != content:
                    return False
                missing.append((place, data))
            elif not self._shelf.use(key):
                return False
        for place, data in missing:
            write(self.site.begun / place, data)
        for place in files.keys() - dict(missing).keys():
            self.site.keep(place)
        self.known.update(files)
        return True

    def _key(self, name: str) -> str:
        return f"work {digest((self._shared, name))}"

    def project_of(self, name: str) -> Project:
        """The project that the work `name` is made from."""
        return self._work(name).project

    def _work(self, name: str) -> _Work:
        assert not self._done.get(name), f"{name} is there already"
        if name not in self._made:
            watch = Watch(self.real)
            self._made[name] = _Work(watch, watched(watch))
        return self._made[name]

    def part(self, name: str, part: str, made: Callable[[Project], T]) -> T:
        """What is made of a part of the work `name`: in a preview that of last time, if all that was asked
        for it is answered alike."""
        work, found = self._work(name), self._parts.get(key := self._key(f"part {part}"))
        if found and self._judge.holds(noted(found.trace)):
            found = _Part(self._judge.renewed(found.trace), found.made)
        else:
            watch = Watch(self.real)
            new = made(watched(watch))
            try:
                trace = watch.trace(self.digests)
            except Unknown:
                work.asked = None
                return new
            found = _Part(trace, new)
        self._parts[key] = found
        if work.asked is not None:
            work.asked += found.trace
        return cast(T, found.made)

    def add(self, name: str, place: str, content: bytes) -> None:
        """A file that was made of the work; whoever made it has written it."""
        known = self.known[place] = self._work(name).files[place] = checked(content)
        if self._shelf is not None and not self._shelf.use(key := f"bytes {known}"):
            self._shelf.put(key, content)

    def say(self, name: str, said: str) -> None:
        """What others need to know of a work that was made."""
        self._work(name).said = self._said[name] = said

    def said(self, name: str) -> str:
        return self._said[name]

    def write(self, name: str, files: Mapping[str, str | bytes]) -> None:
        """Write files of the work."""
        for place, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            self.add(name, place, data)
            if not self.site.reuse(place, self.known[place]):
                write(self.site.begun / place, data)

    def offer(self, place: str, content: bytes) -> str:
        """In a second process: write a file of a work. Its digest."""
        known = checked(content)
        if not self.site.has(place, known):
            write(self.site.begun / place, content)
        if self._shelf is not None and not self._shelf.use(key := f"bytes {known}"):
            self._shelf.put(key, content)
        return known

    def trace(self, name: str) -> Trace | None:
        """What was asked for the work; None where that cannot be told."""
        work = self._work(name)
        with suppress(Unknown):
            return None if work.asked is None else [*work.asked, *work.watch.trace(self.digests)]
        return None

    def apart(self) -> None:
        """In a second process: the file that is written for the memory is the first one's."""
        if self._shelf is not None:
            self._shelf = self._shelf.apart()

    def split(self) -> Path | None:
        """In a second process: the pack with what is to be remembered."""
        return self._shelf.split() if self._shelf is not None else None

    def receive(self, name: str, files: Mapping[str, str], asked: Trace | None) -> None:
        """Files of the work that a second process has made, where they were not there, and what it asked."""
        work = self._work(name)
        work.asked = asked
        work.files.update(files)
        self.known.update(files)
        for place, content in files.items():
            if self.site.has(place, content):
                self.site.keep(place)

    def adopt(self, pack: Path | None) -> None:
        if self._shelf is not None and pack:
            self._shelf.adopt(pack)

    def end(self) -> None:
        """Remember what was made."""
        for name, work in self._made.items() if self._shelf is not None else ():
            if (trace := self.trace(name)) is None:
                continue
            asked = {tuple(question): known for question, known in trace}
            entry = {"asked": [*asked.items()], "files": work.files, "said": work.said}
            assert self._shelf is not None
            self._shelf.put(self._key(name), json.dumps(entry, ensure_ascii=False).encode())
