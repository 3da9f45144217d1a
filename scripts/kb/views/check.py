"""What `check.html` asks for: every word with which the browser tells what it found.

In: the project and a language. Out: a `CheckPage`. The page itself is made in the reader's browser
(`theme/assets/kb/check.js`). Refuses nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from kb.languages import LANGUAGES, Language, words
from kb.project import Project

_WORDS = (
    "check-working", "check-working-of", "check-failed", "check-unreadable", "check-empty", "check-exact",
    "check-marks", "check-altered", "check-earlier", "check-earlier-open", "check-none", "check-short",
    "check-related", "check-shared", "check-also", "check-differences", "check-ins", "check-del", "check-sub",
    "check-form", "check-more", "check-legend", "check-go", "check-since", "check-summary", "check-counted",
    "check-left-out", "check-no-quotations", "check-label-exact", "check-label-marks", "check-label-altered",
    "check-label-earlier", "check-label-none", "check-reference-none", "check-no-paragraph",
    "check-unknown-paragraph", "check-unchanged", "check-undated", "check-too-early", "check-no-versions",
    "check-by-title", "check-answer", "paragraph", "title-paragraph", "search-twin", "date", "list-comma",
    "phrase-comma",
)


@dataclass(frozen=True)
class CheckPage:
    """`words` are those of the interface, as JSON: key → what is said."""

    words: str


def body(project: Project, language: Language) -> CheckPage:
    table, tag = words(), language.tag
    said = {key: table[key][tag] for key in _WORDS}
    # What each language is called, to say in which one something stands.
    said |= {f"language-{one.tag}": table[f"language-{one.tag}"][tag] for one in LANGUAGES}
    return CheckPage(json.dumps(said, ensure_ascii=False, separators=(",", ":")))
