"""The service worker that keeps what a reader has visited, where the reader asks for it.

In: its program (`theme/visited.js`), and what gives the bytes of each file of the site. Out: the program as
it is on the site, and in it what it has to know: which styles and scripts belong together, each by its hash,
and what it says in each language. The version is a digest of all of it, so that another one is there whenever
a page might need other scripts. Refuses with ValueError a program without a place for that.

It stands at the site's root, because a worker is for what is below it. The copy that readers take along has
none (`kb.exports.library`): it is on their disk already.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from html import escape

from kb.corpus import OFFLINE
from kb.exports import headers
from kb.languages import LANGUAGES, word, words
from kb.memory.digests import digest
from kb.targets import address

FILE = "visited.js"
# Where everything stands that pages load, or may load when a reader does something; not the formatter of
# references and its styles, which are larger than all else together.
_FOLDERS = ("assets/kb/", "assets/notes/", "assets/stylesheets/")
_WORDS_OF_CITING = tuple(f"assets/citation/{language.tag}.json" for language in LANGUAGES)
PLACES = (*_FOLDERS, *_WORDS_OF_CITING)
_PLACE = 'JSON.parse("{}")'
_WORDS = ("offline-kept", "offline-day", "offline-none-kept", "date")

Files = Mapping[str, Callable[[], bytes]]  # place → what gives its bytes


def made(program: str, site: Files) -> str:
    """The text of `visited.js`."""
    if program.count(_PLACE) != 1:
        raise ValueError(f"{FILE}: {_PLACE} does not stand in it once")
    files = {place: _integrity(read()) for place, read in sorted(site.items())
             if place.startswith(PLACES)}
    knows = {
        "files": files,
        "pages": [address(OFFLINE, language) for language in LANGUAGES],
        "policy": headers.POLICY,
        "missing": {language.tag: _missing(language.tag, [one for one in files if _is_shared(one)])
                    for language in LANGUAGES},
        "prefixes": {language.tag: language.prefix for language in LANGUAGES},
        "words": {language.tag: {key: words()[key][language.tag] for key in _WORDS}
                  for language in LANGUAGES},
    }
    values = {"version": digest((program, knows)), **knows}
    return program.replace(_PLACE, json.dumps(values, ensure_ascii=False, separators=(",", ":")))


def _integrity(data: bytes) -> str:
    """As Subresource Integrity has it (W3C, 3.5)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(data).digest()).decode()}"


def _is_shared(place: str) -> bool:
    """Whether every page has it: the styles, and the script that knows whether a reader chose dark ones."""
    return place.startswith("assets/stylesheets/") or place in ("assets/kb/kb.css", "assets/kb/theme.js")


def _missing(tag: str, shared: list[str]) -> str:
    """The page where there is none, its own language first; `{root}` and `{list}` are the worker's."""
    styles = "\n".join(f'<link rel="stylesheet" href="{{root}}{escape(place)}">' if place.endswith(".css")
                       else f'<script src="{{root}}{escape(place)}"></script>'
                       for place in sorted(shared, reverse=True))  # Material's, then the site's own
    languages = sorted(LANGUAGES, key=lambda language: language.tag != tag)
    parts = "\n".join(_part(language.tag, f"h{number}", address(OFFLINE, language))
                      for number, language in enumerate(languages, start=1))
    title, site = word("offline-missing-title", tag), word("site-name", tag)
    return f"""<!doctype html>
<html lang="{tag}" class="no-js"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} — {site}</title>
{styles}</head>
<body><main class="kb-main"><div class="kb-content" id="content"><article class="md-typeset" data-kb-missing>
{parts}
{{list}}
</article></div></main></body></html>"""


def _part(tag: str, heading: str, switch: str) -> str:
    return (f'<section lang="{tag}"><{heading}>{word("offline-missing-title", tag)}</{heading}>\n'
            f'<p>{word("offline-missing", tag)}</p>\n'
            f'<p><a href="{{root}}{switch}">{word("offline-title", tag)}</a></p></section>')
