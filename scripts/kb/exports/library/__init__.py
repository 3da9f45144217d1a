"""The whole library to take along: a copy of the site that opens from a disk, and that any server can serve.

In: what stands at each place of the site, and a `Copy`, which says of when it is and where the site is. Out:
the files of the copy, by name, and of which of the site's each is made: all of these, its pages as `pages`
makes them, beside each file that a module reads a script that hands it over (`scripts`), and a note that says
what to do. Itself it has not, nor what keeps visited pages: they are on the disk.
Refuses a module of the theme that `scripts` cannot put into one classic script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.exports import offline
from kb.exports.library import pages, scripts
from kb.exports.library.pages import Copy
from kb.languages import LANGUAGES, word

FILE = "library.zip"
NOTE = "README.txt"
Files = Mapping[str, Callable[[], bytes]]  # place → what gives its bytes


@dataclass(frozen=True)
class File:
    """A file of the copy. `sources` are the places of what it is made of, beside the `Copy`."""

    name: str
    sources: Sequence[str]
    read: Callable[[], bytes]


def files(site: Files, copy: Copy) -> Iterator[File]:
    """All files, in the order of their names."""
    found = {place: File(place, (place,), read) for place, read in site.items()
             if place != offline.FILE}
    for place, read in site.items():
        if place.endswith(".html") and not place.endswith("404.html"):  # that one knows one server only
            found[place] = File(place, (place,), _page(read, place, copy))
        if scripts.is_asked_for(place):
            name = f"{place}.js"
            found[name] = File(name, (place,), _handing(read, place))
    modules = sorted(place for place in site if place.startswith(scripts.FOLDER) and place.endswith(".js"))
    found[scripts.PLACE] = File(scripts.PLACE, modules, lambda: scripts.together({
        place.removeprefix(scripts.FOLDER): site[place]().decode() for place in modules}).encode())
    found[NOTE] = File(NOTE, (), lambda: _note(copy).encode())
    yield from sorted(found.values(), key=lambda one: one.name)


def _page(read: Callable[[], bytes], place: str, copy: Copy) -> Callable[[], bytes]:
    language = next(one for one in reversed(LANGUAGES) if place.startswith(one.prefix))
    return lambda: pages.copied(read().decode(), language, copy).encode()


def _handing(read: Callable[[], bytes], place: str) -> Callable[[], bytes]:
    return lambda: scripts.handing(place, read()).encode()


def _note(copy: Copy) -> str:
    """In both languages, with the line ends and the mark by which every system knows UTF-8."""
    texts = (copy.said("offline-note", one.tag, start=f"{one.prefix}index.html",
                        name=word("site-name", one.tag)) for one in LANGUAGES)
    return "\ufeff" + "\n\n".join(texts).replace("\n", "\r\n") + "\r\n"
