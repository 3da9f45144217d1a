"""What was published of one document, and what is only a draft.

In: its register, the lines of it that are drafts, its wordings, and the ids that are published. Out: the
wordings that each published paragraph had last, and what draft lines declare. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kb.anchors import ids
from kb.anchors.register import Entry, Register


@dataclass(frozen=True)
class History:
    """`register` holds what was published, `drafts` the lines that were added since. `texts` are all kept
    wordings by fingerprint. `fixed` are the ids that stay as they are; None: all that stand on a page."""

    register: Register
    texts: Mapping[str, str]
    drafts: tuple[Entry, ...] = ()
    fixed: frozenset[str] | None = None

    def is_fixed(self, anchor: str | None) -> bool:
        """Whether a paragraph keeps the id that stands on the page."""
        return anchor is not None and (self.fixed is None or anchor in self.fixed)

    def last(self, tag: str) -> Mapping[str, str]:
        """The living paragraphs of a language → the wording that each had last, in the order of the text."""
        found = {anchor: self.texts.get(entry.text or "", "")
                 for (anchor, language), entry in self.register.latest.items()
                 if language == tag and ids.is_paragraph(anchor) and anchor not in self.register.withdrawn}
        return {anchor: found[anchor] for anchor in sorted(found, key=ids.order)}

    def sections(self, tag: str) -> tuple[str, ...]:
        """The living sections of a language."""
        return tuple(anchor for anchor, language in self.register.latest
                     if language == tag and not ids.is_paragraph(anchor)
                     and anchor not in self.register.withdrawn)

    @cached_property
    def tombstones(self) -> Mapping[str, Entry]:
        """Ids that draft lines withdraw."""
        return {entry.id: entry for entry in self.drafts
                if entry.withdrawn and entry.id in self.register.ids}

    @cached_property
    def origins(self) -> Mapping[tuple[str, str], str]:
        """(`from` or `was`, draft id) → the id that its text comes from, as draft lines declare."""
        return {(key, entry.id): named for entry in self.drafts
                for key, named in (("from", entry.from_), ("was", entry.was)) if named}

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Published id → the published ones that were split from it, in the order of the text."""
        found: dict[str, dict[str, None]] = {}
        for entry in self.register.entries:
            if entry.from_ and entry.id not in self.register.withdrawn:
                found.setdefault(entry.from_, {})[entry.id] = None
        return {anchor: tuple(sorted(parts, key=ids.order)) for anchor, parts in found.items()}

    @cached_property
    def parents(self) -> Mapping[str, str]:
        """Published id → the one that it was split from."""
        return {part: anchor for anchor, parts in self.children.items() for part in parts}
