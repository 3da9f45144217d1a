"""What is kept for ever, against a revision that is published: received texts, registers, wordings.

In: a project, its root, and a git revision. Out: findings for what stood there and stands no longer, byte
for byte: a received text (KB301), a line of a register or a wording (KB214); for an id under which another
text stands than at that revision, however many lines lie between (KB217); and for lines that are not dated
in order (KB212). Refuses a revision that git does not know (`subprocess.CalledProcessError`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from pathlib import Path

from kb import yamldata
from kb.anchors import register, wordings
from kb.anchors.check import lost_lines
from kb.collation import sources
from kb.commands import revisions
from kb.files import ended_alike, read_text
from kb.findings import Finding
from kb.project import Project

# A pull request may wait so long before its lines are published. No line is older than that.
_WAITING = datetime.timedelta(days=366)
_GUARDED = ("received", "sha256", "taken-from")  # what ties a provenance to its text


def check(found: Project, root: Path, revision: str, today: str) -> Iterator[Finding]:
    """`today` (ISO) is the day that suggested lines carry."""
    before = revisions.files(root, revision, register.FOLDER)
    for name, was in before.items():
        yield from lost_lines(name, _text(was), _now(root, name))
    yield from _received(root, revisions.files(root, revision, sources.FOLDER), revision)
    earliest = (datetime.date.fromisoformat(revisions.day(root, revision)) - _WAITING).isoformat()
    for document, now in found.registers.items():
        data = before.get(now.file)
        base = (register.parse(document, now.file, _text(data))[0] if data
                else register.Register(document, now.file))
        yield from _disordered(now, len(base.entries), earliest)
        yield from _replaced(found, document, base, before, today)


def _text(data: bytes) -> str:
    return ended_alike(data.decode("utf-8-sig", "replace"))


def _now(root: Path, name: str) -> str | None:
    path = root / name
    return read_text(path, name, as_it_is=True)[0] if path.is_file() and not path.is_symlink() else None


def _received(root: Path, before: Mapping[str, bytes], revision: str) -> Iterator[Finding]:
    """Received texts and what ties their provenance to them, as they stood."""
    for name, data in before.items():
        path = root / name
        is_file = name.startswith(f"{sources.FILES}/")
        if name.count("/") > 1 and not is_file:
            continue  # what editors declare of an edition: they may say it otherwise
        now = path.read_bytes() if path.is_file() and not path.is_symlink() else None
        if now is None:
            yield Finding(name, 1, "KB301", "no such file", f"the file as it stands at {revision}",
                          f"put it back: git checkout {revision} -- {name}")
        elif (is_file or name.endswith(".txt")) and now != data:
            line = next((number for number, (one, other) in enumerate(
                zip(data.split(b"\n"), now.split(b"\n"), strict=False), 1) if one != other), 1)
            yield Finding(name, line, "KB301", f"other bytes than at {revision}", "the text as received",
                          f"put it back: git checkout {revision} -- {name}; what is wrong with it is said in "
                          "the edition's declarations")
        elif name.endswith(".yml") and now != data:
            yield from _provenance(name, data, now, revision)


def _provenance(name: str, before: bytes, now: bytes, revision: str) -> Iterator[Finding]:
    was, is_ = (yamldata.load(_text(one), file=name)[0] for one in (before, now))
    for key in _GUARDED:
        if key in was.values and was.values[key] != is_.values.get(key):
            yield Finding(name, is_.line(key), "KB301", f"{key}: {is_.values.get(key)}",
                          f"{key}: {was.values[key]}, as at {revision}",
                          "put it back; a text that was received anew is a file of its own")


def _disordered(now: register.Register, known: int, earliest: str) -> Iterator[Finding]:
    """The first new line that is dated before the one above, or before anything that can be new."""
    last = now.entries[known - 1].date if 0 < known <= len(now.entries) else earliest
    for place, entry in enumerate(now.entries[known:], known):
        if entry.date < last:
            yield Finding(now.file, now.line(place), "KB212", f"#{entry.id} dated {entry.date}",
                          f"{last}, or a later day",
                          "a line says when it was added: remove it and run: kb anchors")
            return
        last = entry.date


def _replaced(
    found: Project, document: str, base: register.Register, before: Mapping[str, bytes], today: str
) -> Iterator[Finding]:
    texts = wordings.parse(document, "", _text(before.get(wordings.file_of(document), b"")))[0].texts
    for page in found.corpus.editions(f"{document}.md"):
        if page.is_document:
            now = found.register(document)
            every = {**found.wordings_of(document).texts, **texts}
            yield from wordings.replaced(now, every, page, today, base)
