"""What git knows of the registers: which revision is published, and what it holds.

In: a project's root folder, and perhaps a revision. Out: a `Base`, or None where everything that is recorded
counts as published: without git, with registers that git does not keep, without a main branch. Refuses a
revision that git does not know (`subprocess.CalledProcessError`).
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from kb import ground
from kb.anchors import register
from kb.anchors.drafts import Base
from kb.corpus import Corpus
from kb.files import read_text

# Where the main branch may be, the one that is published first. Who works in a copy of their own on GitHub
# calls the project's own repository “upstream”.
_MAIN = ("upstream/main", "origin/main", "main", "upstream/master", "origin/master", "master")
_MARK = re.compile(r"\{:?[ ]*#([a-z][a-z0-9-]*)[ ]*\}")


def published(root: Path) -> str | None:
    """The revision whose registers are published; None where git knows none."""
    try:
        if not _git(root, "ls-files", "--", register.FOLDER):
            return None
        here = _git(root, "rev-parse", "--verify", "HEAD^{commit}").strip()
        branch = _quiet(root, "symbolic-ref", "--short", "-q", "HEAD")
    except (OSError, subprocess.CalledProcessError):
        return None
    for name in _MAIN:
        if name != branch and _quiet(root, "rev-parse", "--verify", "-q", f"{name}^{{commit}}"):
            return _quiet(root, "merge-base", here, name) or None
        if name == branch:
            return here
    return None


def base(root: Path, revision: str, corpus: Corpus) -> Base:
    """What the registers and texts held at `revision`."""
    revision = _commit(root, revision)
    texts = {name: _git(root, "show", f"{revision}:./{name}") for name in _files(root, revision)}
    files = {page.file: page.document for page in corpus.documents}
    there = set(_listed(root, revision, *{name.partition("/")[0] for name in files})) if files else set()
    known: dict[str, frozenset[str]] = {}
    for name, document in files.items():
        if name in there:
            text = _git(root, "show", f"{revision}:./{name}")
            known[document] = known.get(document, frozenset()) | frozenset(_MARK.findall(text))
    return Base(texts, known)


def files(root: Path, revision: str, folder: str) -> Mapping[str, bytes]:
    """Every file of a folder as it stood at `revision`: name → its bytes."""
    commit = _commit(root, revision)
    return {name: _bytes(root, "cat-file", "blob", f"{commit}:./{name}")
            for name in _listed(root, commit, folder)}


def day(root: Path, revision: str) -> str:
    """The day (ISO) on which the revision was committed."""
    return _git(root, "show", "-s", "--format=%cs", _commit(root, revision)).strip()


def _commit(root: Path, revision: str) -> str:
    return _git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").strip()


def texts(root: Path) -> Mapping[str, str]:
    """The texts of registers and wordings as they are today: file → text."""
    found = (path for ending in (".yml", ".txt") for path in ground.below(root, register.FOLDER, ending))
    names = {path.relative_to(root).as_posix(): path for path in found}
    return {name: text for name, path in names.items() if (text := read_text(path, name)[0]) is not None}


def _files(root: Path, revision: str) -> list[str]:
    return [name for name in _listed(root, revision, register.FOLDER) if name.endswith((".yml", ".txt"))]


def _listed(root: Path, revision: str, *folders: str) -> list[str]:
    listed = _git(root, "ls-tree", "-r", "-z", "--name-only", revision, "--", *sorted(folders))
    return [name for name in listed.split("\0") if name]


def _git(root: Path, *arguments: str) -> str:
    """What git says; bytes that are no UTF-8 come as marks."""
    return _bytes(root, *arguments).decode("utf-8", "replace").replace("\r\n", "\n")


def _bytes(root: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True).stdout


def _quiet(root: Path, *arguments: str) -> str:
    """What git says, empty where it refuses."""
    try:
        return _git(root, *arguments).strip()
    except subprocess.CalledProcessError:
        return ""
