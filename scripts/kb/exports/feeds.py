"""What is new, for feed readers: the commentary as Atom (RFC 4287), one feed a language.

In: the project, the language, the site's address. Out: `commentary/feed.xml`, the newest fifty, or
nothing where the site's address is not known, because an entry is named by its address for ever.
Commentary that is not written in the language stands in the other one, and says so (`xml:lang`).
"""

from __future__ import annotations

from xml.etree import ElementTree as xml

from kb import commentary, names
from kb.languages import Language, word
from kb.project import Project
from kb.targets import address
from kb.views import Words

FEED = "commentary/feed.xml"
_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST = 50


def files(project: Project, language: Language, site_url: str) -> dict[str, str]:
    pages = commentary.pages(project.corpus, language)[:_MOST]
    if not site_url or not pages:
        return {}
    xml.register_namespace("", _ATOM)
    feed = xml.Element(f"{{{_ATOM}}}feed", {_LANG: language.tag})

    def add(parent: xml.Element, tag: str, text: str = "", **attributes: str) -> xml.Element:
        made = xml.SubElement(parent, f"{{{_ATOM}}}{tag}", attributes)
        made.text = text or None
        return made

    index = site_url + address("commentary/index.md", language)
    here = site_url + language.prefix + FEED
    add(feed, "title", word("feed-title", language.tag))
    add(feed, "id", here)
    add(feed, "link", href=here, rel="self", type="application/atom+xml")
    add(feed, "link", href=index, rel="alternate", type="text/html", hreflang=language.tag)
    add(feed, "updated", _moment(max(page.front["date"] for page in pages)))
    add(feed, "rights", Words(language).all_rights(project.settings.license))
    for page in pages:
        entry = add(feed, "entry")
        entry.set(_LANG, page.language.tag)
        own = site_url + address(page.path, language)
        add(entry, "title", str(page.title))
        add(entry, "id", own)
        add(entry, "link", href=own, rel="alternate", type="text/html", hreflang=page.language.tag)
        add(entry, "published", _moment(page.front["date"]))
        add(entry, "updated", _moment(page.front["date"]))
        for name in names.read(page.front["authors"]):
            add(add(entry, "author"), "name", name.full)
        add(entry, "category", term=page.kind, label=word(f"kind-{page.kind}", language.tag))
        for target in page.front["on"]:
            document, _, anchor = target.partition("#")
            add(entry, "link", href=f"{site_url}{address(f'{document}.md', language)}#{anchor}",
                rel="related", type="text/html")
        add(entry, "summary", " ".join(str(page.front.get("description", "")).split()))
    xml.indent(feed, " ")
    return {f"{language.prefix}{FEED}":
            '<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(feed, "unicode") + "\n"}


def _moment(day: str) -> str:
    """A day as the moment that Atom asks for (RFC 4287, 3.3)."""
    return f"{day}T00:00:00Z"
