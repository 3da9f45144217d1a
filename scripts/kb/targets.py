"""Where pages and files stand on the site, and how links lead from one to another.

In: a page's path in its tree (`articles/C#入门.md`) and its language; a link as it is written; two
addresses. Out: a place, an address, a `Target`, a relative link. The one module that joins or
encodes addresses: everything that links asks it. Refuses nothing: what no program can read as a link
is a target of the kind `unreadable`.

A *path* is where a Markdown file stands in its tree, a *place* where something stands below the
site's folder, an *address* the same as a browser asks for it, percent-encoded as MkDocs does it
(`File.url`, with `use_directory_urls`). `C#入门.md` has the place `C#入门/` and the address
`C%23%E5%85%A5%E9%97%A8/`. Paths are compared in NFC: a Mac may write the same name in another form.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from kb.languages import Language

MARKDOWN = ".md"
# What MkDocs takes for Markdown too (`utils.markdown_extensions`); this site reads none of these.
OTHER_MARKDOWN = (".markdown", ".mdown", ".mkdn", ".mkd")
_INDEXES = ("index", "README")
_NOT_IN_IDS = re.compile(r"[^A-Za-z0-9.-]")

# page: a Markdown file of the trees · file: anything else there · anchor: a place on the page
# itself · external: another site, or another scheme · absolute: from the root of the host ·
# unreadable: no program can take it apart
Kind = Literal["page", "file", "anchor", "external", "absolute", "unreadable"]


@cache
def place(path: str, language: Language) -> str:
    """The folder below the site's root in which the page at `path` stands, as it is on disk; the
    root's is empty."""
    folder, name = posixpath.split(path)
    stem = posixpath.splitext(name)[0]
    own = folder if stem in _INDEXES else posixpath.join(folder, stem)
    return language.prefix + (f"{own}/" if own else "")


@cache
def address(path: str, language: Language) -> str:
    """Where a browser finds the page at `path` in `language`, below the site's root."""
    return encoded(place(path, language))


def file_place(path: str, language: Language) -> str:
    """Where the file at `path` of the tree of `language` (a picture, a download) stands."""
    return language.prefix + path


def file_address(path: str, language: Language) -> str:
    return encoded(file_place(path, language))


def encoded(place: str) -> str:
    """A place, or any path with slashes, as part of an address."""
    return quote(place)


@lru_cache(maxsize=8192)
def relative(here: str, there: str) -> str:
    """The link that leads from the address `here` to the address `there`, both below the site's
    root. What ends in a slash is a page, anything else a file beside others."""
    link = posixpath.relpath("/" + there, posixpath.dirname("/" + here))
    return link + "/" if not there or there.endswith("/") else link


@lru_cache(maxsize=8192)
def written(here: str, there: str) -> str:
    """The link that Markdown at the path `here` writes to the path `there`."""
    return encoded(posixpath.relpath(there, posixpath.dirname(here) or "."))


@dataclass(frozen=True)
class Target:
    """What a link leads to. `path` is that of a page or file from the top of its tree, in NFC and no
    longer encoded; the page's own for an anchor, empty for another site. A path that begins with `..`
    lies outside the tree. `tail` is what follows the path, as written: query and fragment."""

    kind: Kind
    path: str = ""
    query: str = ""
    fragment: str = ""  # decoded: an id
    tail: str = ""

    @property
    def suffix(self) -> str:
        """The ending of its name: `.md`, `.png`; empty where it has none."""
        return posixpath.splitext(self.path)[1]


@lru_cache(maxsize=8192)  # a page names the same few again and again
def resolved(path: str, link: str) -> Target:
    """What `link`, written on the page at `path`, leads to. Taken apart first and decoded then:
    `C%23.md` is a file with a # in its name, `C#.md` a place on the page `C`."""
    try:
        parts = urlsplit(link)
        urlsplit(f"//{unquote(parts.netloc)}")  # the name of a host may be encoded, its brackets not
    except ValueError:
        return Target("unreadable")
    if parts.scheme or parts.netloc:
        return Target("external")
    fragment = unquote(parts.fragment)
    tail = re.sub(r"^[^?#]*", "", link.strip())
    if not parts.path:
        return Target("anchor", path, parts.query, fragment, tail)
    here = "" if parts.path.startswith("/") else posixpath.dirname(path)
    goal = composed(posixpath.normpath(posixpath.join(here, unquote(parts.path).lstrip("/"))))
    if parts.path.startswith("/"):
        return Target("absolute", goal, parts.query, fragment, tail)
    return Target("page" if goal.endswith(MARKDOWN) else "file", goal, parts.query, fragment, tail)


def moved(path: str, link: str, there: Callable[[Target], str]) -> str:
    """`link` of the page at `path`, as it is written elsewhere: `there` gives the way to the target;
    links that lead alike from everywhere, and to places on the page itself, stay."""
    target = resolved(path, link)
    return there(target) + target.tail if target.kind in ("page", "file") else link


def composed(path: str) -> str:
    """A path in NFC, in which all paths are compared."""
    return unicodedata.normalize("NFC", path)


def identifier(name: str) -> str:
    """`name` as part of an id in XML, HTML and links: letters, digits, dots and hyphens of ASCII stay,
    anything else becomes its number. Two names never become one."""
    return _NOT_IN_IDS.sub(lambda match: f"_{ord(match.group()):x}_", name)


def xml_id(name: str, prefix: str) -> str:
    """`name` as an id of its own: an id in XML begins with a letter, so that others get `prefix`."""
    safe = identifier(name)
    return safe if re.match("[A-Za-z]", safe) and not safe.startswith(prefix) else prefix + safe
