"""What each paragraph said when: a small file a document, for links that carry what they cite.

In: the project and a language. Out: `<document>/versions.json`: for each id, in the order of the text, its
wordings as (date, fingerprint), the oldest first; what was withdrawn, when, and what took its place; for each
earlier wording that was split, merged, moved, written anew or deleted since, what happened, the ids under
which its words stand today, and whether a comparison with these tells anything; and in full the wordings that
somebody may be shown who cited one, or asks for the text of a day: those of every id that has had more than
one, or has none any more, and those that these words stand in. Any other text of today is on the page. What
names each wording and each received text by its bytes (SWHID, ISO/IEC 18670) is there for whoever keeps or
compares them. The words with which the page says what it found are in it too, so that no page pays for them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from kb.anchors.fates import KINDS, Fates, Since
from kb.fingerprints import content_id
from kb.languages import Language, words
from kb.project import Project
from kb.targets import place

NAME = "versions.json"
_WORDS = ("head", "same", "changed", "since", "moved", "unknown", "elsewhere", "difference", "then", "whole")
_SHARED = ("date", "paragraph", "section", "title-paragraph", "list-comma", "today", "today-none",
           *(f"event-{kind}" for kind in KINDS),
           "at-head", "at-differs", "at-same", "at-not-today", "at-before", "at-unknown", "at-future",
           "at-back", "at-mark")


def of_page(project: Project, path: str, language: Language) -> dict[str, str]:
    page = project.corpus.nearest(path, language)
    if page is None or not any(one.is_document for one in project.corpus.editions(path)):
        return {}
    said = {name: words()[f"cited-{name}"][language.tag] for name in _WORDS}
    said |= {name: words()[name][language.tag] for name in _SHARED}
    fates = project.fates(page.document, page.language)
    received = {one.received.name: content_id(one.received.text)
                for one in project.collations_of(page.document) if one.received.language is page.language}
    return {place(path, language) + NAME: json.dumps(
        {**_versions(fates), "received": received, "words": said}, ensure_ascii=False,
        separators=(",", ":"))}


def _versions(fates: Fates) -> Mapping[str, object]:
    anchors = {anchor: [(entry.date, entry.text or "") for _, entry in fates.lines[anchor]]
               for anchor in fates.register.order(fates.tag)}
    withdrawn = {anchor: [entry.date, entry.successor or ""]
                 for anchor, entry in fates.register.withdrawn.items()}
    became = {anchor: found for anchor in fates.of if (found := _became(fates, anchor))}
    wanted = {text for anchor, versions in anchors.items()
              if len(versions) > 1 or anchor in withdrawn for _, text in versions}
    wanted |= {anchors[goal][-1][1] for own in became.values() for since in own.values()
               for goal in since.stands if goal in anchors}
    return {
        "language": fates.tag,
        "anchors": anchors,
        "withdrawn": withdrawn,
        "became": {anchor: {text: _told(fates, text, since) for text, since in own.items()}
                   for anchor, own in became.items()},
        "wordings": {text: fates.texts[text] for text in sorted(wanted) if text in fates.texts},
        "contents": {text: content_id(fates.texts[text]) for own in anchors.values() for _, text in own
                     if text in fates.texts},
    }


def _became(fates: Fates, anchor: str) -> Mapping[str, Since]:
    """The wordings of `anchor` to which something happened → what did. A wording that came back is the last
    of its name; that of today is not among them."""
    places = {entry.text or "": at for at, entry in fates.lines.get(anchor, ())}
    own = () if anchor in fates.register.withdrawn else fates.lines.get(anchor, ())
    latest = own[-1][1].text if own else ""
    found = {text: fates.since(anchor, at) for text, at in places.items() if text != latest}
    return {text: since for text, since in found.items() if since.events}


def _told(fates: Fates, text: str, since: Since) -> Mapping[str, object]:
    return {
        "events": [[event.kind, event.date, event.what, event.others] for event in since.events],
        "stands": since.stands,
        "compare": fates.is_like(text, since.stands),
    }
