"""Paragraph numbers in the margin, as in a court judgment.

In: a tree whose paragraphs have ids, which of them are older than their original, whether headings get a
link, and the page that tells what was changed. Out: the same tree: each paragraph (`p12`) begins with a link
to itself that shows its number (`12`), each section with `§`. A translation older than its original says so
above the paragraph. One without an id says that it is a draft, which cannot be cited.
"""

from __future__ import annotations

from collections.abc import Container

from kb.anchors import ids
from kb.languages import Language, word
from kb.reading import trees
from kb.reading.trees import Element, put_first

_SECTIONS = ("h2", "h3", "h4")
NUMBER = "kb-number"
DRAFT = "kb-draft"
SEE = "kb-see"
_UNCOUNTED = ("dd", "td", "th", "details", "figure", "aside")


def number(root: Element, language: Language, stale: Container[str], *, sections: bool,
           history: str) -> None:
    """Number the paragraphs of `root`, in the words of `language`; `stale` are ids to warn about, and
    `history` is where their originals are compared, as the page's Markdown would link it."""
    tag = language.tag
    for element in root.iter("p", "li", *_SECTIONS):
        anchor = element.get("id")
        if not anchor:
            continue
        if element.tag not in _SECTIONS:
            if ids.is_paragraph(anchor):
                if anchor in stale:
                    notice = element.makeelement("span", {"class": "kb-stale", "role": "note"})
                    notice.text = word("stale", tag)
                    see = notice.makeelement("a", {"class": SEE, "href": f"{history}#{anchor}"})
                    see.text = word("renewal-see", tag)
                    notice.append(see)
                    put_first(element, notice)
                label = word("paragraph-link", tag, number=anchor[1:])
                put_first(element, _link(element, anchor, anchor[1:], label))
        elif sections:
            title = "".join(element.itertext())
            label = word("section-link", tag, number="§", title=title)
            put_first(element, _link(element, anchor, "§", label))


def mark_drafts(root: Element, language: Language) -> None:
    """Mark the paragraphs of a document that have no id yet, before anything stands beside them."""
    for run in list(trees.runs(root)):
        block = run.block
        if block.tag not in ("p", "li") or run.segment or block.get("id"):
            continue
        has_words = any(slot.text.strip() for slot in run.slots)
        if has_words and not any(map(_is_uncounted, block.iterancestors())):
            label = block.makeelement("span", {"class": DRAFT, "role": "note", "lang": language.tag})
            label.text = word("draft", language.tag)
            put_first(block, label)


def _is_uncounted(element: Element) -> bool:
    return element.tag in _UNCOUNTED or trees.has_class(element, "footnote")


def _link(element: Element, anchor: str, text: str, label: str) -> Element:
    link = element.makeelement("a", {"class": NUMBER, "href": f"#{anchor}", "aria-label": label})
    link.text = text
    return link
