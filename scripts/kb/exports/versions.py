"""What each paragraph said when: a small file a document, for links that carry what they cite.

In: the project and a language. Out: `<document>/versions.json`: for each id its wordings as (date,
fingerprint), the oldest first; what was withdrawn, when, and what took its place; what the register
says has moved, and where to; and in full the
wordings of every id that has had more than one, or has none any more. The text of today is on the
page. The words with which the page says what it found are in it too, so that no page pays for them.
"""

from __future__ import annotations

import json

from kb.languages import Language, words
from kb.project import Project
from kb.targets import place

_WORDS = ("head", "same", "changed", "withdrawn", "moved", "unknown", "difference", "then")


def files(project: Project, language: Language) -> dict[str, str]:
    made: dict[str, str] = {}
    said = {name: words()[f"cited-{name}"][language.tag] for name in _WORDS}
    said |= {name: words()[name][language.tag] for name in ("date", "paragraph", "section")}
    for path in sorted({page.path for page in project.corpus.documents}):
        page = project.corpus.nearest(path, language)
        if page is None:
            continue
        register = project.register(page.document)
        history: dict[str, list[tuple[str, str]]] = {}
        for entry in register.entries:
            if entry.language == page.language.tag and entry.text:
                history.setdefault(entry.id, []).append((entry.date, entry.text))
        moved = {entry.was: entry.id for entry in register.entries
                 if entry.was and entry.was != entry.id and entry.language == page.language.tag}
        withdrawn = {anchor: [entry.date, entry.successor or ""]
                     for anchor, entry in register.withdrawn.items()}
        kept = project.wordings_of(page.document).texts
        wanted = {text for anchor, versions in history.items()
                  if len(versions) > 1 or anchor in withdrawn for _, text in versions}
        made[place(path, language) + "versions.json"] = json.dumps({
            "language": page.language.tag,
            "anchors": history,
            "withdrawn": withdrawn,
            "moved": moved,
            "wordings": {text: kept[text] for text in sorted(wanted) if text in kept},
            "words": said,
        }, ensure_ascii=False, separators=(",", ":"))
    return made
