"""Several files written as one: all of them or none, whenever the program may be killed.

In: a project's root folder, the new text of each file (None: the file goes; bytes: as they are), and the
texts that this was made from. Out: the files. Refuses to write where one of those texts is another by now
(`Overtaken`).

What is to be written, and what stands there now, is laid down in a folder of its own first, with a journal:
from then on whoever runs next brings it to an end. `finish` does; every command begins with it. Where
somebody changed one of the files in between, the others are put back as they were, and theirs is left alone.
Of several programs one is here at a time.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from kb.files import read_text
from kb.findings import Finding

if sys.platform != "win32":
    import fcntl

_FOLDER = ".kb-anchors"
_JOURNAL = "journal.json"
# What commands write: texts, registers and wordings, received texts and what is declared of them, events.
_OURS = re.compile(r"(?:docs|docs_ja)/.+\.md|anchors/.+\.(?:yml|txt)|sources/.+\.(?:yml|txt)"
                   r"|sources/files/[a-z0-9][a-z0-9.-]*\.(?:html|txt|docx|pdf)|timeline/events\.yml")


class _Step(NamedTuple):
    """One file: its name, and the digests of what it was and of what it becomes; None: no file."""

    name: str
    before: str | None
    after: str | None


class Overtaken(Exception):
    """The file of this name was changed since it was read."""


def write(root: Path, files: Mapping[str, str | bytes | None],
          read: Mapping[str, str | None] | None = None) -> None:
    """Write all of `files` (name → text) or none, each with the line ends that it has. `read` are the texts
    that they were made from (None: no file)."""
    with _alone(root):
        _finish(root)
        for name, text in (read or {}).items():
            there = os.path.lexists(root / name)
            if there if text is None else read_text(root / name, name, as_it_is=True)[0] != text:
                raise Overtaken(name)
        if not files:
            return
        try:
            _prepare(root, files)
            _finish(root)
        except OSError:
            _put_back(root)
            raise


def finish(root: Path) -> tuple[Finding, ...]:
    """Bring to an end what an interrupted run has begun; a finding where what lies there is none of ours."""
    with _alone(root):
        found = foreign(root)
        if not found:
            _finish(root)
        return found


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Wait until no other program is here, where the system lets one hold a folder. For one that is killed
    nobody waits: the system lets go of what it held."""
    if sys.platform == "win32":
        yield
        return
    held = os.open(root, os.O_RDONLY)
    try:
        with suppress(OSError):  # a disk on another computer may know nothing of it
            fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def foreign(root: Path) -> tuple[Finding, ...]:
    """What lies where an interrupted run would have left its plan, and is none of ours: somebody else's plan
    would write what it likes, and a link would have it written, or read, elsewhere."""
    folder = root / _FOLDER
    try:
        if not folder.is_symlink() and not folder.exists():
            return ()
        is_ours = not folder.is_symlink() and folder.is_dir() and all(
            path.is_file() and not path.is_symlink() for path in folder.iterdir()) and all(
            _is_ours(root, folder, number, step) for number, step in enumerate(_journal(folder)))
    except (OSError, ValueError, TypeError):
        is_ours = False
    return () if is_ours else (
        Finding(_FOLDER, 1, "KB133", f"the folder {_FOLDER}/ with a plan that “kb anchors” did not make",
                "no such folder: it is there only while “kb anchors” writes", "remove it"),)


def _is_ours(root: Path, folder: Path, number: int, step: _Step) -> bool:
    parts = Path(step.name).parts
    way = [root.joinpath(*parts[:end]) for end in range(1, len(parts) + 1)]
    contents = ((folder / f"{number}.old", step.before), (folder / f"{number}.new", step.after))
    return (bool(_OURS.fullmatch(step.name)) and ".." not in parts
            and not any(path.is_symlink() for path in way)
            and all(digest is None or _digest(path) == digest for path, digest in contents))


def _finish(root: Path) -> None:
    folder = root / _FOLDER
    if not folder.is_dir():
        return
    steps = _journal(folder)
    states = [_digest(root / step.name) for step in steps]
    if all(state in (step.before, step.after) for step, state in zip(steps, states, strict=True)):
        for number, step in enumerate(steps):
            _place(root / step.name, folder / f"{number}.new" if step.after else None)
        _clear(folder)
    else:
        _put_back(root)


def _prepare(root: Path, files: Mapping[str, str | bytes | None]) -> None:
    """Lay down what every file is and becomes. Once the journal stands there, the outcome is decided."""
    folder = root / _FOLDER
    folder.mkdir()
    steps = []
    for number, (name, text) in enumerate(files.items()):
        path = root / name
        before = path.read_bytes() if path.is_file() else None
        after = _ended(text, before).encode() if isinstance(text, str) else text
        for ending, content in (("old", before), ("new", after)):
            if content is not None:
                _put(folder / f"{number}.{ending}", content)
        path.parent.mkdir(parents=True, exist_ok=True)
        steps.append(_Step(name, _digest_of(before), _digest_of(after)))
    ready = folder / "ready"
    _put(ready, json.dumps(steps, ensure_ascii=False).encode())
    os.replace(ready, folder / _JOURNAL)
    _settle(folder)


def _journal(folder: Path) -> tuple[_Step, ...]:
    """The steps that were decided on; none where the program was killed before."""
    path = folder / _JOURNAL
    return tuple(_Step(*step) for step in json.loads(path.read_text("utf-8"))) if path.exists() else ()


def _put_back(root: Path) -> None:
    """Each file as it was, but for those that somebody else has changed."""
    folder = root / _FOLDER
    for number, step in enumerate(_journal(folder)):
        path = root / step.name
        _ready(path).unlink(missing_ok=True)
        if _digest(path) == step.after:
            _place(path, folder / f"{number}.old" if step.before else None)
    _clear(folder)


def _place(path: Path, source: Path | None) -> None:
    """Put a copy of `source` in the place of `path`, at once; None takes the file away."""
    if source is None:
        path.unlink(missing_ok=True)
    elif not path.is_file() or path.read_bytes() != source.read_bytes():
        path.parent.mkdir(parents=True, exist_ok=True)
        ready = _ready(path)
        try:
            _put(ready, source.read_bytes())
            if path.exists():
                ready.chmod(path.stat().st_mode)
            os.replace(ready, path)
        except OSError:
            ready.unlink(missing_ok=True)
            raise
    _settle(path.parent)


def _ready(path: Path) -> Path:
    """Where the new content of a file waits until it takes its place."""
    return path.with_name(f".{path.name}.new")


def _clear(folder: Path) -> None:
    """The journal goes first: without it nothing is left to be done."""
    (folder / _JOURNAL).unlink(missing_ok=True)
    if folder.exists():
        shutil.rmtree(folder)


def _put(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Have the names in a folder on disk, where the system lets one ask for it."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)


def _digest(path: Path) -> str | None:
    return _digest_of(path.read_bytes()) if path.is_file() else None


def _digest_of(content: bytes | None) -> str | None:
    return hashlib.sha256(content).hexdigest() if content is not None else None


def _ended(text: str, before: bytes | None) -> str:
    """`text` with the line ends, and the mark of its encoding, of the file that it replaces."""
    mark = "\ufeff" if before is not None and before.startswith(codecs.BOM_UTF8) else ""
    return mark + (text.replace("\n", "\r\n") if before is not None and b"\r\n" in before else text)
