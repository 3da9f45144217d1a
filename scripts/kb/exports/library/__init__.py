"""The whole library to take along: a copy of the site that opens from a disk, and that any server can serve.

In: what stands at each place of the site, and a `Copy`, which says of when it is and where the site is. Out:
the files of the copy, by name: all of the site's, its pages as `pages` makes them, beside each file that a
module reads a script that hands it over (`scripts`), and a note that says what to do. Itself it has not.
Refuses a module of the theme that `scripts` cannot put into one classic script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kb.exports.library import pages, scripts
from kb.exports.library.pages import Copy
from kb.languages import LANGUAGES, word

FILE = "library.zip"
NOTE = "README.txt"
Files = Mapping[str, Callable[[], bytes]]  # place → what gives its bytes


def files(site: Files, copy: Copy) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """(name, what gives its bytes), in the order of the names."""
    found = dict(site)
    for place, read in site.items():
        if place.endswith(".html") and not place.endswith("404.html"):  # that one knows one server only
            found[place] = _page(read, place, copy)
        elif scripts.is_asked_for(place):
            found[f"{place}.js"] = _handing(read, place)
    found[scripts.PLACE] = lambda: scripts.together({
        place.removeprefix(scripts.FOLDER): read().decode() for place, read in site.items()
        if place.startswith(scripts.FOLDER) and place.endswith(".js")}).encode()
    found[NOTE] = lambda: _note(copy).encode()
    yield from sorted(found.items())


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
