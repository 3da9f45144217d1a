"""A page of the site as it stands in the copy that readers take along.

In: the page's HTML, its language, a `Copy`. Out: the same page, but that it loads one classic script in place
of its modules, that links to a folder lead to the page in it, which no disk does by itself, and that its foot
says that this is a copy, and of when. Refuses nothing. Pages are as the templates write them: attributes in
double quotes, `<` in a text as `&lt;`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

from kb.exports.library import scripts
from kb.languages import Language, spoken_date, word

_MODULES = re.compile(r'<script type="module" src="([^"]*)' + scripts.FOLDER + r'([\w-]+\.js)"></script>\n?')
_TAG = re.compile(r'<(?:a|input|link)(?:\s+[^\s"=<>/]+(?:="[^"]*")?)+\s*/?>')
_FOLDER = re.compile(r'(\s(?:href|data-terms)=")((?!/|[a-zA-Z][\w+.-]*:)(?:[^"?#]*/)?\.{0,2})(?=["?#])')
# What only the site says: theme/partials/footer.html, theme/offline.html.
_SITE_ONLY = re.compile(r"<!--library:site-->.*?<!--library:end-->", re.DOTALL)
_LEFT_OUT = re.compile(r"<!--library:none-->.*?<!--library:end-->\n?", re.DOTALL)


@dataclass(frozen=True)
class Copy:
    """`date` is that of the latest change, or ""; `site_url` is where the site is published, or ""."""

    date: str
    site_url: str

    @property
    def folder(self) -> str:
        """The folder in which all of the copy stands."""
        return f"library-{self.date}" if self.date else "library"

    def said(self, key: str, tag: str, **values: object) -> str:
        """A sentence on the copy: with what is known of its day and of the site."""
        date = word("offline-as-of", tag, date=spoken_date(self.date, tag)) if self.date else ""
        site = word("offline-newest", tag, address=self.site_url) if self.site_url else ""
        return word(key, tag, date=date, site=site, **values)


def copied(html: str, language: Language, copy: Copy) -> str:
    """The page for the copy."""
    said = f"<p>{_linked(copy.said('offline-copy', language.tag), copy.site_url)}</p>"
    html = _SITE_ONLY.sub(lambda _: said, _LEFT_OUT.sub("", html))
    return _TAG.sub(lambda tag: _FOLDER.sub(_led, tag[0]), _classic(html))


def _linked(said: str, address: str) -> str:
    link = f'<a href="{escape(address)}">{escape(address)}</a>'
    return escape(said).replace(escape(address), link) if address else escape(said)


def _led(found: re.Match[str]) -> str:
    """A link to a folder, to the page in it."""
    path = found[2]
    return found[0] + ("" if not path else "index.html" if path.endswith("/") else "/index.html")


def _classic(html: str) -> str:
    """One script where the first module stood, which runs all of them in their order."""
    modules = iter([" ".join(found[2] for found in _MODULES.finditer(html))])

    def put(found: re.Match[str]) -> str:
        if not (wanted := next(modules, "")):
            return ""
        return f'<script defer src="{found[1]}{scripts.PLACE}" data-modules="{wanted}"></script>'

    return _MODULES.sub(put, html)
