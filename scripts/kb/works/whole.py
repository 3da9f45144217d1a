"""A whole site of which nothing has changed: then nobody needs to look at its works one by one.

In: a project's root, the day. Out: a mark that tells everything from which `kb build` makes a site; whether a
folder holds, file by file, the site that was made from that. Refuses, with "", a project whose files cannot
be read. The build itself says whether a site is made from nothing else (`kb.works.shared`), and leaves the
mark with what it knows of the folder's files (`kb.works.site`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kb import ground
from kb.citation import styles
from kb.memory import folder, program
from kb.memory.digests import digest
from kb.works import browser, library, site
from kb.works.shared import environment

# `kb build` tells the build so from what it was asked to make a site.
VARIABLE = "KB_SITE_MADE_FROM"


def mark(root: Path, today: str, printer: str = "") -> str:
    """Two digests: of what counts, and of when the files were saved. `printer` is the path of what prints."""
    configuration = root / ground.FILES[0]
    try:
        files = list(_files(root))
        saved = [path.lstat().st_mtime_ns for path in files]
        read = [(str(path.relative_to(root)), path.read_bytes()) for path in files]
        named = environment(configuration.read_text("utf-8"))
        processor = styles.processor()
        facts = os.stat(printer) if printer else None
        prints = (printer, facts.st_size, facts.st_mtime_ns) if facts else None
        along = os.environ.get(library.VARIABLE, "")
        counts = digest((program.version(), today, named, read, processor and processor.read_bytes(), prints,
                         along))
        return f"{counts} {digest(saved)}"
    except (OSError, UnicodeError):
        return ""


def _files(root: Path) -> Iterator[Path]:
    """Every file of the project; of what is no file of its own that it is there."""
    for name in (*ground.FOLDERS, *ground.FILES):
        path = root / name
        if path.is_file():
            yield path
        for top, folders, files in os.walk(path):
            folders.sort()
            yield from (Path(top, file) for file in sorted(files))


def still_made_from(root: Path, today: str) -> str:
    """What counts, of the mark that this build was asked to leave, if no file was saved since: one that was
    changed and changed back may have been read in between."""
    asked = os.environ.get(VARIABLE, "")
    printer = os.environ.get(browser.VARIABLE, "")
    return asked.partition(" ")[0] if asked and asked == mark(root, today, printer) else ""


def count(root: Path, place: Path, made_from: str) -> int:
    """How many files the site at `place` has, if it is the one that was made from this mark; else 0."""
    memory, counts = folder.place(root), made_from.partition(" ")[0]
    return site.count(place, memory, counts) if memory and counts else 0
