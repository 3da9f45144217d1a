"""What a project stands on: its files, as the file system has them, before any is opened.

In: a project's root. Out: findings for what is no file of its own (a symbolic link, a device, a pipe:
KB130), what has a name that not every computer and address can carry (KB104), and what is too large
(KB132). Nothing is followed and nothing opened: whoever has findings here reads and writes nothing. Hidden
files are passed over, as no one reads them (`below`, `kb.tree`).
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from kb import limits
from kb.characters import VARIATION, is_nameable, name_of, unseen
from kb.findings import Finding

# Everything from which a site is made, and what its texts are recorded in.
FOLDERS = ("anchors", "docs", "docs_ja", "sources", "theme", "timeline")
FILES = ("mkdocs.yml",)
_TEXTS = (".md", ".txt", ".yml")

# What nothing can be wrong with, and nearly all names are: one look instead of many.
_PLAIN = re.compile(r"(?!(?i:con|prn|aux|nul|com|lpt))[A-Za-z0-9_](?:[A-Za-z0-9_/.-]*[A-Za-z0-9_])?")
_FORBIDDEN = re.compile(r'[<>:"|*\\]')
_SELECTORS = re.compile(f"[{VARIATION}]")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
# What Windows takes for a device, whatever follows the first dot.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?: *\.|$)", re.IGNORECASE)


def check(root: Path) -> tuple[Finding, ...]:
    """Everything at `root` that must not be opened, or that nothing can be called by."""
    found: list[Finding] = []
    for name in (*FOLDERS, *FILES):
        path = root / name
        if path.is_symlink() or (path.exists() and path.is_dir() != (name in FOLDERS)):
            found.append(_no_file(name, path.is_symlink()))
        elif path.is_dir():
            found += _within(path, name)
    return tuple(sorted(found))


def below(root: Path, folder: str, ending: str) -> Iterator[Path]:
    """The files below a folder of the project with this ending, in order; hidden ones left out."""
    for path in sorted((root / folder).rglob(f"*{ending}")):
        if not any(part.startswith(".") for part in path.relative_to(root).parts) and path.is_file():
            yield path


def _within(top: Path, name: str) -> Iterator[Finding]:
    waiting = [(top, name)]
    while waiting:
        folder, place = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield Finding(printable(place), 1, "KB101", str(error.strerror), "a folder that can be read",
                          "give its owner the right to read it")
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            own = f"{place}/{entry.name}"
            wrong = next(_entry(entry, own), None)
            if wrong:
                yield wrong
            elif entry.is_dir(follow_symlinks=False):
                waiting.append((folder / entry.name, own))


def _entry(entry: os.DirEntry[str], place: str) -> Iterator[Finding]:
    shown = place if _PLAIN.fullmatch(place) else printable(place)
    if entry.is_symlink() or not (entry.is_file(follow_symlinks=False)
                                  or entry.is_dir(follow_symlinks=False)):
        yield _no_file(shown, entry.is_symlink())
    if not _PLAIN.fullmatch(entry.name) or len(entry.name) > limits.NAME_BYTES:
        yield from _named(entry.name, shown)
    if len(os.fsencode(place)) > limits.PATH_BYTES or place.count("/") > limits.FOLDERS:
        yield limits.over(shown, 1, f"a path of {place.count('/')} folders, {len(os.fsencode(place))} bytes",
                          f"at most {limits.FOLDERS} folders and {limits.PATH_BYTES} bytes",
                          "rename its folders, or put it higher up")
    if entry.is_file(follow_symlinks=False):
        size = entry.stat(follow_symlinks=False).st_size
        limit, hint = ((limits.TEXT_BYTES, "divide it") if place.endswith(_TEXTS)
                       else (limits.FILE_BYTES, "make the picture or document smaller"))
        if size > limit:
            yield limits.over(shown, 1, f"a file of {size} bytes", f"at most {limit}", hint)


def _no_file(place: str, is_link: bool) -> Finding:
    return Finding(place, 1, "KB130", "a symbolic link" if is_link else "something that is neither",
                   "a file or folder of the project itself",
                   "remove it, and put the file itself in its place" if is_link else "remove it")


def _named(name: str, place: str) -> Iterator[Finding]:
    """What is wrong with one name: the first that is."""
    def wrong(expected: str, hint: str) -> Finding:
        return Finding(place, 1, "KB104", f"the name {printable(name)}", expected, hint)

    composed = unicodedata.normalize("NFC", name)
    if not is_text(name):
        yield wrong("a name without control characters, in UTF-8", "rename it")
    elif found := _FORBIDDEN.search(name):
        yield wrong(f"a name without “{found.group()}”", "rename it: not every computer keeps such a name, "
                    "and an address gives the character another meaning")
    elif found := _ENCODED.search(name):
        yield wrong(f"a name without “{found.group()}”", "rename it: an address that is decoded twice would "
                    "lead elsewhere")
    elif name != name.strip() or name.endswith(".") or any(c.isspace() and c not in " \u3000" for c in name):
        yield wrong("a name without white space at its ends, and no dot at its end",
                    "rename it: some computers leave these out, and find another file")
    elif _DEVICE.match(name):
        yield wrong("another name", "rename it: Windows takes this for a device, and cannot keep such a file")
    elif foreign := next((c for c in composed if not is_nameable(c)), None):
        yield wrong(f"a name without {name_of(foreign)}", "write the letter that it looks like: nobody can "
                    "tell the two addresses apart, and they lead to different pages")
    elif len(os.fsencode(name)) > limits.NAME_BYTES:
        size = len(os.fsencode(name))
        yield limits.over(place, 1, f"a name of {size} bytes", f"at most {limits.NAME_BYTES}",
                          "give it a short name: the title stands on the page")


def is_text(name: str) -> bool:
    """Whether every character of `name` can be seen and printed: bytes that are no UTF-8 come as surrogates,
    a line break would tear a message in two, and an address is read by people."""
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in name):
        return False
    return next(unseen(name), None) is None and not _SELECTORS.search(name)


def printable(name: str) -> str:
    """A name with marks in place of what cannot be printed."""
    return "".join(c if is_text(c) else "\N{REPLACEMENT CHARACTER}" for c in name)
