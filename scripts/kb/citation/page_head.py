"""What the head of a page tells programs: Highwire and Dublin Core tags, Open Graph, FAIR Signposting
links and JSON-LD.

In: a `Reference` for what can be cited; for other pages their title, description and place. Out: a
`Head` of plain values, which `theme/partials/head.html` prints, and `linkset.json` (RFC 9264)
with the same links. An address that would need the site's own is left out where that is not known.

Zotero makes a journal article of a page whose only tag is `citation_title`. Its Embedded Metadata
translator asks `z:itemType` first, and takes every other `z:` tag as a field of the item, so pages
say there what they are. Tags that would overrule it (`citation_inbook_title`,
`citation_technical_report_institution`) are not used.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from kb import kinds
from kb.citation.references import Reference
from kb.languages import LANGUAGES, Language, other, word
from kb.names import Name

# Beside every page that can be cited: name, media type. A further format needs a line here and one
# in `exports/citations.py`.
FORMATS = (
    ("citation.json", "application/vnd.citationstyles.csl+json"),
    ("citation.bib", "application/x-bibtex"),
    ("citation.ris", "application/x-research-info-systems"),
)
# The same text in other forms, beside its page: name, media type, kinds of page that have it.
ITEMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("index.md", "text/markdown", (*kinds.DOCUMENTS, *kinds.COMMENTARY, kinds.CONCEPT)),
    ("tei.xml", "application/tei+xml", tuple(kinds.DOCUMENTS)),
)
LINKSET = "linkset.json"
_SCHEMA_ORG = "https://schema.org/"
# Notes, corrections and updates are a Comment.
_SCHEMA_TYPES = {**{key: kind.schema_org for key, kind in kinds.DOCUMENTS.items()},
                 "concept": "DefinedTerm", "essay": "ScholarlyArticle"}
_LOCALES = {"zh-Hans": "zh_CN", "ja": "ja_JP"}  # Open Graph knows territories, not scripts


@dataclass(frozen=True)
class Link:
    """`<link rel href type>`; `href` is whole, or below the site's root."""

    rel: str
    href: str
    type: str = ""


@dataclass(frozen=True)
class Head:
    """`metas` are (attribute, name, content); `data` is JSON-LD, or empty."""

    metas: tuple[tuple[str, str, str], ...] = ()
    links: tuple[Link, ...] = ()
    data: str = ""


@dataclass(frozen=True)
class Place:
    """A page as the site knows it: its address, its language, the languages that really have it, and
    whether it is the home page, an index or something else (`kind`)."""

    address: str
    language: Language
    languages: tuple[Language, ...]
    site_url: str
    kind: str = ""

    @property
    def url(self) -> str:
        return f"{self.site_url.rstrip('/')}/{self.address}" if self.site_url else ""


def head(place: Place, title: str, description: str, reference: Reference | None = None) -> Head:
    """Everything for the head of the page at `place`."""
    if reference:
        return Head((*_open_graph(place, reference.title, reference.description, "article"),
                     *_bibliographic(reference)), links(reference), _written(linked_data(reference)))
    data = None
    if place.site_url and place.kind in ("home", "index"):
        data = _site(place, title, description)
    return Head(_open_graph(place, title, description, "website"), (), _written(data))


def _open_graph(
    place: Place, title: str, description: str, kind: str
) -> tuple[tuple[str, str, str], ...]:
    found = [
        ("og:title", title), ("og:type", kind), ("og:url", place.url),
        ("og:site_name", word("site-name", place.language.tag)),
        ("og:locale", _LOCALES[place.language.tag]),
        *(("og:locale:alternate", _LOCALES[one.tag]) for one in place.languages
          if one is not place.language),
        ("og:description", description),
    ]
    return tuple(("property", name, content) for name, content in found if content)


def zotero_type(reference: Reference) -> str:
    return "encyclopediaArticle" if reference.kind == "concept" else "webpage"


def _bibliographic(reference: Reference) -> tuple[tuple[str, str, str], ...]:
    """Highwire's tags, which Zotero and Google Scholar read, and the terms of Dublin Core for what
    they cannot say: the original's day and the edition's."""
    zotero = zotero_type(reference)
    found = [
        ("z:itemType", zotero),
        # Zotero takes the site of a web page from Open Graph; of an entry it does not.
        ("z:encyclopediaTitle", reference.site if zotero == "encyclopediaArticle" else ""),
        ("citation_title", reference.title),
        *(("citation_author", name.inverted) for name in reference.authors),
        *(("citation_editor", name.inverted) for name in reference.editors),
        ("citation_publication_date", reference.issued.replace("-", "/")),
        ("citation_publisher", reference.site),
        ("citation_language", reference.language.tag),
        ("citation_public_url", reference.url),
        ("z:extra", "\n".join((*reference.extra, *(
            f"translator: {name.in_extra}" for name in reference.translators)))),
        ("DCTERMS.type", reference.genre),
        ("DCTERMS.created", reference.original_date),
        ("DCTERMS.modified", reference.edition),
        ("DCTERMS.rights", reference.terms),  # Zotero's “Rights”
        ("DCTERMS.license", reference.license),
    ]
    return tuple(("name", name, content) for name, content in found if content)


def links(reference: Reference) -> tuple[Link, ...]:
    """FAIR Signposting, https://signposting.org/FAIR/: from a page to what programs want of it."""
    found = [
        Link("cite-as", reference.url),
        Link("type", f"{_SCHEMA_ORG}AboutPage"),
        Link("type", _SCHEMA_ORG + schema_type(reference)),
        *(Link("describedby", reference.address + name, type) for name, type in FORMATS),
        *(Link("item", reference.address + name, type) for name, type, kinds in ITEMS
          if reference.kind in kinds),
        # Who the site's editors are is said on its own page; of other authors no address is known.
        Link("author", f"{reference.language.prefix}about/" if reference.by_editors else ""),
        Link("license", reference.license),
        Link("linkset", reference.address + LINKSET if reference.site_url else "",
             "application/linkset+json"),
    ]
    return tuple(link for link in found if link.href)


def linkset(reference: Reference) -> str:
    """The links as RFC 9264 writes them down, every address whole. Needs the site's own."""
    context: dict[str, Any] = {"anchor": reference.url}
    for link in links(reference):
        if link.rel != "linkset":
            target = {"href": link.href if "://" in link.href else reference.absolute(link.href)}
            context.setdefault(link.rel, []).append(
                target | ({"type": link.type} if link.type else {}))
    return json.dumps({"linkset": [context]}, ensure_ascii=False, indent=1) + "\n"


def schema_type(reference: Reference) -> str:
    return _SCHEMA_TYPES.get(reference.kind, "Comment")


def linked_data(reference: Reference) -> dict[str, Any]:
    """The reference in the words of schema.org."""
    found = _work(reference) if schema_type(reference) != "DefinedTerm" else _defined_term(reference)
    return {key: value for key, value in found.items() if value}


def _work(reference: Reference) -> dict[str, Any]:
    """A document or a commentary."""
    place = reference.absolute
    kind = schema_type(reference)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": reference.url,
        "url": reference.url,
        "name": reference.title,
        "inLanguage": reference.language.tag,
        "author": [_agent(name) for name in reference.authors],
        "editor": [_agent(name) for name in reference.editors],
        "translator": [_agent(name) for name in reference.translators],
        "datePublished": reference.issued,
        "dateModified": reference.edition,
        "description": reference.description,
        "genre": reference.genre,
        "creditText": reference.note,
        "license": reference.license,
        "copyrightNotice": reference.rights,
        "isPartOf": _website(reference.language, reference.site_url),
        "citation": [{"@type": "CreativeWork", "name": name} | ({"url": url} if url else {})
                     for name, url in reference.references],
        "about": [{"@id": place(one)} for one in reference.about if reference.site_url],
        "isBasedOn": reference.source,
        "translationOfWork": _original(reference, kind),
    }
    if reference.twin_translates and reference.site_url:
        found["workTranslation"] = {"@type": kind, "@id": place(reference.twin),
                                    "inLanguage": other(reference.language).tag}
    return found


def _defined_term(reference: Reference) -> dict[str, Any]:
    """A DefinedTerm is no CreativeWork: schema.org gives it neither author nor language. Its page is one."""
    terms = {"@type": "DefinedTermSet", "name": word("glossary", reference.language.tag),
             "@id": reference.absolute(f"{reference.language.prefix}glossary/")}
    about: dict[str, Any] = {
        "@type": "WebPage", "url": reference.url, "inLanguage": reference.language.tag,
        "author": [_agent(name) for name in reference.authors], "license": reference.license,
        "isPartOf": _website(reference.language, reference.site_url),
        "citation": [name for name, _ in reference.references],
    }
    return {
        "@context": "https://schema.org", "@type": "DefinedTerm", "@id": reference.url, "url": reference.url,
        "name": reference.title, "description": reference.description,
        "termCode": reference.document.rpartition("/")[2], "alternateName": reference.aliases,
        "inDefinedTermSet": {key: value for key, value in terms.items() if value},
        "subjectOf": {key: value for key, value in about.items() if value},
    }


def _original(reference: Reference, kind: str) -> dict[str, Any] | None:
    """The work that the page translates: the other edition, or what is known of a text that the site
    does not have. An edition that is itself a translation leads on to its own original."""
    if not reference.original_date:
        return None
    first: dict[str, Any] = {"@type": kind, "inLanguage": reference.original_language,
                             "datePublished": reference.original_date}
    if not reference.translates_twin:
        return first | ({"url": reference.source} if reference.source else {})
    twin = {"@id": reference.absolute(reference.twin)} if reference.site_url else {}
    if reference.original_title:
        return first | twin | {"name": reference.original_title}
    return {"@type": kind, "inLanguage": other(reference.language).tag} | twin | {
        "translationOfWork": first | ({"url": reference.source} if reference.source else {})}


def _site(place: Place, title: str, description: str) -> dict[str, Any]:
    """The home page is the site itself; an index is a collection in it."""
    found: dict[str, Any] = {"@context": "https://schema.org"} | _website(place.language, place.site_url)
    if place.kind == "home":
        found |= {"inLanguage": [one.tag for one in place.languages],
                  "alternateName": [word("site-name", one.tag) for one in LANGUAGES
                                    if one is not place.language]}
    else:
        found = {"@context": "https://schema.org", "@type": "CollectionPage", "@id": place.url,
                 "url": place.url, "name": title, "inLanguage": place.language.tag,
                 "isPartOf": _website(place.language, place.site_url)}
    return found | ({"description": description} if description else {})


def _website(language: Language, site_url: str) -> dict[str, str]:
    found = {"@type": "WebSite", "name": word("site-name", language.tag)}
    home = f"{site_url.rstrip('/')}/{language.prefix}" if site_url else ""
    return found | ({"@id": home, "url": home} if home else {})


def _agent(name: Name) -> dict[str, str]:
    """A plain name may be a body's or a pen name; schema.org wants one or the other. Texts here are
    signed by institutes, bureaus and editors; persons are given as family and given name."""
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    found = {"@type": "Person", "name": name.full, "familyName": name.family,
             "givenName": name.given}
    return {key: value for key, value in found.items() if value}


def _written(data: dict[str, Any] | None) -> str:
    """As it stands in a `<script>`: no character there can end it."""
    if not data:
        return ""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
