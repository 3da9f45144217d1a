"""What a browser needs for its reader's own notes, besides its modules: what the site says about them.

In: nothing but the words of the interface. Out: for each language `assets/notes/<tag>.json`: its words, and
the prefix of each language's addresses, by which a note that was brought along finds its document. Fetched
only when a reader has notes, or makes one. Refuses nothing.
"""

from __future__ import annotations

import json

from kb.languages import LANGUAGES, words

FOLDER = "assets/notes/"
_WORDS = (
    "own-title", "own-none", "own-count", "own-write", "own-highlight", "own-selected", "own-text",
    "own-hint", "own-save", "own-cancel", "own-edit", "own-delete", "own-delete-sure", "own-saved",
    "own-deleted", "own-all", "own-full", "own-forbidden", "own-unreadable", "own-kept", "own-near",
    "own-lost", "own-away", "own-moved", "own-homeless", "own-difference", "own-then", "own-export",
    "own-import", "own-clear", "own-clear-sure", "own-imported", "own-refused-form", "own-refused-place",
    "own-refused-text", "own-refused-long", "own-bad-json", "own-bad-form", "own-bad-size", "own-bad-many",
    "date", "paragraph", "colon", "cite-failed", *(f"language-{one.tag}" for one in LANGUAGES),
)


def files() -> dict[str, str]:
    """Place below the site's root → text."""
    return {f"{FOLDER}{language.tag}.json": json.dumps({
        "prefixes": {one.tag: one.prefix for one in LANGUAGES},
        "words": {key: words()[key][language.tag] for key in _WORDS},
    }, ensure_ascii=False, separators=(",", ":")) for language in LANGUAGES}
