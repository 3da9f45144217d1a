"""The whole site in one file to take along: made last, of everything else, and only where that has changed.

In: the folder of the site with all that was made, what is known of its files, the memory, the project. Out:
`library.zip`, the same bytes for the same site, and its size on the pages that lead to it: these are
remembered without it, and the copy has none of itself. Refuses a theme that `kb.exports.library` refuses.

Files that are compressed already are stored as they are; what did not change since the last time is taken
from the library of that time as it stands there (`kb.works.archive`). Of a site of more than `MOST` bytes it
is made only when it is asked for: it would cost an editor seconds with each build.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zlib
from collections.abc import Mapping, MutableMapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb import dates, targets
from kb.corpus import OFFLINE
from kb.exports import library
from kb.exports.library import scripts
from kb.exports.library.pages import Copy
from kb.files import write
from kb.findings import Finding
from kb.languages import LANGUAGES, Language, spoken_date, word
from kb.memory import program
from kb.memory.digests import digest
from kb.memory.shelf import Shelf, checked
from kb.project import Project
from kb.works import archive
from kb.works.site import Site

VARIABLE = "KB_LIBRARY"  # "always" or "never"; else where the site is not too large
MOST = 100_000_000
_KEY = "library"
_THEME = "theme"
_COMPRESSED = (".avif", ".epub", ".gif", ".jpeg", ".jpg", ".png", ".webp", ".zip")
_EARLIEST = date(1980, 1, 1)  # that the format knows
_SAID = re.compile(r'(<ul class="kb-actions") data-kb-library="([^"]*)"><li>.*?</li>', re.DOTALL)


def make(project: Project, site: Site, known: MutableMapping[str, str], shelf: Shelf | None,
         *, site_url: str) -> None:
    """Have the library there, and say on its pages how large it is. `known` → the digests of files."""
    if not project.corpus.has_texts:
        return
    files = site.places()
    if not _is_wanted(sum(path.stat().st_size for path in files.values())):
        return
    for place, path in files.items():
        if place not in known:
            known[place] = checked(path.read_bytes())
    copy = Copy(_latest(project), site_url)
    marks = _marks(files, known, copy)
    last = _last(shelf, site)
    if last and last.marks == marks:
        site.keep(library.FILE)
        known[library.FILE], path = last.digest, last.path
    else:
        path = site.begun / library.FILE
        _write(path, files, copy, marks, last)
        known[library.FILE] = _digest(path)
        if shelf:
            shelf.put(_KEY, json.dumps([known[library.FILE], marks]).encode())
    for language in LANGUAGES:
        _say(site, known, language, copy.date, path.stat().st_size)


def finding(fault: scripts.Unfit, root: Path) -> Finding:
    """A module that the copy cannot hold, where it stands in the project."""
    place = f"{scripts.FOLDER}{fault.name}"
    file = f"{_THEME}/{place}" if (root / _THEME / place).is_file() else place
    return Finding(file, fault.line, "KB135", fault.found, fault.expected, fault.hint)


def unfit(root: Path) -> tuple[Finding, ...]:
    """What is wrong with the modules of the project's theme, the first of it."""
    folder = root / _THEME / scripts.FOLDER
    try:
        scripts.together({path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.js"))})
    except scripts.Unfit as fault:
        return (finding(fault, root),)
    return ()


def _is_wanted(size: int) -> bool:
    asked = os.environ.get(VARIABLE, "")
    return asked == "always" or (asked != "never" and size <= MOST)


def _latest(project: Project) -> str:
    """The date of what was changed or published last; "" where nothing has one."""
    recorded = (entry.date for register in project.registers.values() for entry in register.entries)
    return max((*recorded, *(page.date for page in project.corpus.pages.values())), default="")


@dataclass(frozen=True)
class _Last:
    """The library that stands in the site's folder; by a file's name, what tells of what it was made."""

    path: Path
    digest: str
    marks: Mapping[str, str]


def _last(shelf: Shelf | None, site: Site) -> _Last | None:
    if shelf and (data := shelf.get(_KEY)):
        content, marks = json.loads(data)
        if site.has(library.FILE, content):
            return _Last(site.folder / library.FILE, content, marks)
    return None


def _marks(files: Mapping[str, Path], known: Mapping[str, str], copy: Copy) -> dict[str, str]:
    """By name of each file of the copy, what tells of what it is made."""
    every = digest((program.version(), zlib.ZLIB_RUNTIME_VERSION, copy.date, copy.site_url))
    nothing = dict.fromkeys(files, bytes)
    return {one.name: digest((every, [known[place] for place in one.sources]))
            for one in library.files(nothing, copy)}


def _write(target: Path, files: Mapping[str, Path], copy: Copy, marks: Mapping[str, str],
           last: _Last | None) -> None:
    """The file, made of nothing but what goes in: no clock, no order of a folder, no rights of files."""
    day = max(_EARLIEST, dates.first_day(copy.date) if copy.date else _EARLIEST)
    reading = {place: path.read_bytes for place, path in files.items()}
    with ExitStack() as stack:
        made = stack.enter_context(archive.writing(target, day))
        before = stack.enter_context(archive.reading(last.path)) if last else None
        for one in library.files(reading, copy):
            name = f"{copy.folder}/{one.name}"
            if last and before and last.marks.get(one.name) == marks[one.name]:
                made.take(name, before)
            else:
                made.add(name, one.read(), is_packed=one.name.lower().endswith(_COMPRESSED))


def _digest(path: Path) -> str:
    """As `checked`, of a file that may be larger than the memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def _say(site: Site, known: MutableMapping[str, str], language: Language, day: str, size: int) -> None:
    place = targets.place(OFFLINE, language) + "index.html"
    page = site.places()[place].read_text("utf-8")
    facts = [f"{size / 1e6:.1f}\N{NO-BREAK SPACE}MB",
             *([word("offline-until", language.tag, date=spoken_date(day, language.tag))] if day else [])]
    said = word("in-brackets", language.tag, what=word("phrase-comma", language.tag).join(("zip", *facts)))
    get = word("offline-get", language.tag)
    made = _SAID.sub(lambda found: f'{found[1]}><li><a href="{found[2]}" download>{get}</a>{said}</li>', page)
    write(site.begun / place, made.encode())
    known[place] = checked(made.encode())
