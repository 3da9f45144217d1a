"""The card of a concept: what a reader sees on meeting its term in a text.

In: the glossary. Out: `glossary/<concept>/card.json` for each concept, a few hundred bytes, so that
a card costs one small file and a page none.
"""

from __future__ import annotations

import json

from kb.glossary.concepts import FOLDER
from kb.languages import Language, other
from kb.project import Project
from kb.targets import place

NAME = "card.json"


def of_page(project: Project, path: str, language: Language) -> dict[str, str]:
    """Place → JSON with term, abbreviation, english, reading, definition, and the other language's
    term; nothing where the page at `path` is no concept's."""
    folder, _, name = path.removesuffix(".md").rpartition("/")
    twin = project.glossary.terms.get(other(language).tag, {}).get(name) if folder == FOLDER else None
    # A concept that only the other language has is shown with a notice, and so has a card.
    term = (project.glossary.terms.get(language.tag, {}).get(name) if folder == FOLDER else None) or twin
    if term is None:
        return {}
    front = term.page.front
    short = front.get("abbreviation", "")
    card = {
        "term": term.preferred,
        "abbreviation": short if short != term.preferred else "",
        "english": front["english"],
        "reading": front["reading"],
        "definition": term.definition,
        "other": twin.preferred if twin else "",
        "otherLanguage": other(language).tag,
        "language": term.page.language.tag,
    }
    return {place(path, language) + NAME: json.dumps(card, ensure_ascii=False, separators=(",", ":"))}
