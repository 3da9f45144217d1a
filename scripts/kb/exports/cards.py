"""The card of a concept: what a reader sees on meeting its term in a text.

In: the glossary. Out: `glossary/<concept>/card.json` for each concept, a few hundred bytes, so that
a card costs one small file and a page none.
"""

from __future__ import annotations

import json

from kb.languages import Language, other
from kb.project import Project
from kb.targets import place


def files(project: Project, language: Language) -> dict[str, str]:
    """Place → JSON with term, abbreviation, english, reading, definition, and the other language's
    term."""
    made: dict[str, str] = {}
    twins = project.glossary.terms.get(other(language).tag, {})
    own = project.glossary.terms.get(language.tag, {})
    for concept in project.glossary.concepts:
        # A concept that only the other language has is shown with a notice, and so has a card.
        term = own.get(concept) or twins[concept]
        front = term.page.front
        twin = twins.get(concept)
        card = {
            "term": term.preferred,
            "abbreviation": front.get("abbreviation", ""),
            "english": front["english"],
            "reading": front["reading"],
            "definition": term.definition,
            "other": twin.preferred if twin else "",
            "otherLanguage": other(language).tag,
            "language": term.page.language.tag,
        }
        made[place(term.page.path, language) + "card.json"] = json.dumps(
            card, ensure_ascii=False, separators=(",", ":"))
    return made
