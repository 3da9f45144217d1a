"""The state of every text, for programs: `state.json`, once for both languages.

In: the project and the site's address. Out: `state.json`, as `scripts/kb/schemas/state.json` describes it:
the same as the page shows, and all of it. Addresses are whole where the site knows its own, else below its
root. Refuses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from kb.corpus import Page
from kb.languages import BY_TAG
from kb.project import Project
from kb.state import Change, Edition, Text

VERSION = 1


def files(project: Project, site_url: str) -> dict[str, str]:
    if not project.corpus.has_texts:
        return {}
    state = project.state
    made = {
        "version": VERSION,
        "totals": {tag: state.figures(tag) for tag in BY_TAG},
        "documents": _texts(state.documents, site_url),
        "others": _texts(state.others, site_url),
        "changes": [_change(project, one, site_url) for one in state.changes],
    }
    return {"state.json": json.dumps(made, ensure_ascii=False, separators=(",", ":"))}


def _texts(texts: Iterable[Text], site_url: str) -> list[Mapping[str, Any]]:
    return [{"document": one.document, "kind": one.kind,
             "editions": {tag: _edition(edition, site_url) for tag, edition in one.editions.items()}}
            for one in texts]


def _edition(edition: Edition, site_url: str) -> Mapping[str, Any]:
    """What is known of it; a key without a value is left out."""
    page = edition.page
    review, collated = edition.review, edition.collated
    found: dict[str, Any] = {
        "address": _address(page, site_url) if page else "",
        "title": page.title if page else "",
        "made": edition.made,
        "edited": edition.edited,
        "reviewed": {"date": review.date, "by": review.by, "changed": review.changed} if review else None,
        "needs": edition.needs,
        "stale": [{"id": anchor, "since": since} if since else {"id": anchor}
                  for anchor, since in edition.stale],
        "lacking": edition.lacking,
        "untranslated": edition.untranslated,
        "drafts": edition.drafts,
    }
    found = {key: value for key, value in found.items() if value}
    if collated:
        figures = {"received": collated.received, "unaccounted": collated.unaccounted,
                   "emended": collated.emended}
        found["collated"] = {key: value for key, value in figures.items() if value is not None}
    return {"complete": edition.is_complete, **found}


def _change(project: Project, change: Change, site_url: str) -> Mapping[str, Any]:
    pages = [project.corpus.page(f"{change.document}.md", BY_TAG[tag]) for tag in change.tags]
    return {
        "date": change.date, "document": change.document, "kind": change.kind,
        "editions": {page.language.tag: _address(page, site_url) for page in pages if page},
        "what": change.what, **({"others": change.others} if change.others else {}),
    }


def _address(page: Page, site_url: str) -> str:
    return f"{site_url.rstrip('/')}/{page.address}" if site_url else page.address
