"""Which of the days that files name is that of a received text itself.

In: what is known of a file, and which document's day was read from the original. Out: the day that its
provenance gives; whether the day that a translation names is only that of its original, rendered with
everything else on the page: then it has none of its own, and that is said. Refuses nothing.
"""

from __future__ import annotations

from kb.importing.values import Facts
from kb.languages import Language

RENDERED = "the day of its original, which a translation renders with the rest: it has none of its own"


def is_rendered(facts: Facts, language: Language, original: str, published: str) -> bool:
    """Whether the day that `facts` name is that of the document's original, in another language (its tag)."""
    return bool(facts.date) and language.tag != original and facts.date == published


def of(facts: Facts, language: Language, original: str, published: str) -> str:
    """The day that a text bears itself; empty where it bears none."""
    return "" if is_rendered(facts, language, original, published) else facts.date
