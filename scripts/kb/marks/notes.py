"""Editor's notes and commentary beside the paragraphs they are about.

In: a tree whose paragraphs have ids, notes and commentary with what each shows. Out: the same tree: a note's
mark, in the text after the words it is about, or at the paragraph's end; below the paragraph the note itself,
signed and dated; and each commentary, folded to one line, an essay as a link. The text of an edition stays
free of all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb import names, targets
from kb.collation.sources import Note
from kb.commentary import Comment
from kb.languages import Language, spoken_date, word
from kb.marks.texts import put_at
from kb.reading import Reading, trees
from kb.reading.trees import HEADINGS, Element

COMMENT = "data-comment"  # tells a book which commentary an element is; no page keeps it


@dataclass(frozen=True)
class Beside:
    """What stands beside a text for readers of `language`: notes, what each says in that language, and
    commentary. `is_foreign` says that the text is in another language than its readers."""

    language: Language
    notes: Sequence[tuple[Note, Reading]] = ()
    comments: Sequence[Comment] = ()
    is_foreign: bool = False


def place(root: Element, beside: Beside) -> None:
    """Put everything beside the paragraphs of `root`."""
    notes: dict[str, list[tuple[Note, Reading]]] = {}
    comments: dict[str, list[Comment]] = {}
    for note, reading in beside.notes:
        notes.setdefault(note.on, []).append((note, reading))
    for comment in beside.comments:
        comments.setdefault(comment.on, []).append(comment)
    after: dict[Element, list[Element]] = {}
    first: dict[str, str] = {}  # where each commentary stands first, by its name
    for element in list(root.iter("p", "li")):
        anchor = element.get("id") or ""
        if anchor not in notes and anchor not in comments:
            continue
        asides = [_note(element, beside, note, reading, number)
                  for number, (note, reading) in enumerate(notes.get(anchor, ()), 1)]
        if found := comments.get(anchor):
            box = element.makeelement("div", {"class": "kb-beside"})
            box.extend(_comment(element, beside, comment,
                                first.setdefault(comment.page.document, anchor)) for comment in found)
            asides.append(box)
        for aside in asides if beside.is_foreign else ():
            aside.set("lang", beside.language.tag)
        _put(element, anchor, asides, after, beside.language)
    for quotation, asides in after.items():
        for aside in reversed(asides):
            quotation.addnext(aside)


def _put(element: Element, anchor: str, asides: list[Element], after: dict[Element, list[Element]],
         language: Language) -> None:
    """Put what belongs to `element` after it, or at its end where it is a list item; after a quotation
    where it is part of one, because the words are not the quoted person's."""
    quotation = next(reversed(list(element.iterancestors("blockquote"))), None)
    if quotation is not None:
        for aside in asides:
            for label in aside.iter("span" if aside.tag == "div" else "p"):
                if label.get("class") in ("kb-note-head", "kb-comment-kind"):
                    label.text = (label.text or "") + "\u3000" + word("paragraph", language.tag,
                                                                      number=anchor[1:])
        after.setdefault(quotation, []).extend(asides)
    elif element.tag == "li":
        element.extend(asides)
    else:
        pair = element.makeelement("div", {"class": "kb-pair"})
        pair.tail, element.tail = element.tail, "\n"
        element.addprevious(pair)
        pair.append(element)
        pair.extend(asides)


def _note(element: Element, beside: Beside, note: Note, reading: Reading, number: int) -> Element:
    tag = beside.language.tag
    anchor = f"note-{note.on}-{number}"
    _set_mark(element, note, anchor, tag)
    aside = element.makeelement("aside", {
        "class": f"kb-note kb-note-{note.kind}", "id": anchor, "role": "note",
        "aria-label": word("note", tag)})
    _add(aside, "p", word("note", tag), "kb-note-head")
    aside.extend(list(reading.tree()))
    _sign(aside, note.signed[tag], note.date, tag)
    return aside


def _set_mark(element: Element, note: Note, anchor: str, tag: str) -> None:
    """Put the mark of a note after the words it is about, else at the end of the paragraph's words."""
    words = note.after.get(tag)
    kind = note.kind if words else "note"
    mark = element.makeelement("a", {"class": f"kb-mark kb-mark-{kind}", "href": f"#{anchor}"})
    mark.text = word(f"mark-{kind}", tag)
    run = next(trees.runs(element))
    whole = "".join(slot.text for slot in run.slots)
    at = whole.find(words) if words else -1
    end = at + len(words) if words and at >= 0 else len(whole.rstrip())
    for slot in run.slots:
        if end <= len(slot.text):
            put_at(slot, end, mark)
            return
        end -= len(slot.text)
    put_at(run.slots[-1], len(run.slots[-1].text), mark)


def _comment(element: Element, beside: Beside, comment: Comment, first: str) -> Element:
    """A commentary beside `element`. Who opens it reads all of it beside each of its paragraphs; on paper it
    stands beside the `first`, to which the others lead."""
    tag, front = beside.language.tag, comment.page.front
    kind, title = comment.page.kind, str(front["title"])
    label = word(f"kind-{kind}", tag)
    box = element.makeelement("aside", {
        "class": f"kb-comment kb-comment-{kind}", "role": "note",
        "aria-label": label + word("colon", tag) + title, COMMENT: comment.page.document})
    if kind == "essay":
        line = _add(box, "p", "", "kb-comment-line")
        _add(line, "span", label, "kb-comment-kind")
        link = _add(line, "a", title, href=comment.link())
        if comment.is_foreign:
            link.set("lang", comment.page.language.tag)
        return box
    details = _add(box, "details")
    summary = _add(details, "summary")
    _add(summary, "span", label, "kb-comment-kind")
    name = _add(summary, "span", title, "kb-comment-title")
    if first != comment.on:
        box.set("class", f"{box.get('class')} kb-comment-again")
        _add(summary, "span", word("comment-again", tag, where=word("paragraph", tag, number=first[1:])),
             "kb-comment-where")
    body = _add(details, "div", "", "kb-comment-body")
    if comment.is_foreign:
        _add(body, "p", word("comment-untranslated", tag), "kb-comment-notice")
        body = _add(body, "div")
        for part in (name, body):
            part.set("lang", comment.page.language.tag)
    body.extend(list(_moved(comment)))
    _sign(details, names.line(front["authors"], tag), front["date"], tag)
    more = _add(details, "p", "", "kb-comment-more")
    _add(more, "a", word("comment-page", tag), href=comment.link())
    return box


def _moved(comment: Comment) -> Element:
    """The text of a commentary as it stands beside a paragraph: links are right where the document stands,
    headings are bold lines, so that they are not taken for the document's, and no id is given twice."""
    root = comment.page.reading.tree()
    for element in root.iter():
        element.attrib.pop("id", None)
        for name in ("href", "src"):
            if target := element.get(name):
                element.set(name, targets.moved(comment.page.path, target, lambda there: targets.written(
                    comment.document, there.path)))
        if element.tag in HEADINGS:
            element.tag = "p"
            element.set("class", "kb-comment-heading")
            bold = element.makeelement("strong", {})
            bold.text, element.text = element.text, None
            bold.extend(list(element))
            element.append(bold)
    return root


def _sign(parent: Element, who: str, when: str, tag: str) -> None:
    sign = _add(parent, "p", who + "\u3000", "kb-note-sign")
    _add(sign, "time", spoken_date(when, tag), datetime=when)


def _add(parent: Element, tag: str, text: str = "", kind: str = "", **attributes: str) -> Element:
    values: Mapping[str, str] = {"class": kind, **attributes} if kind else attributes
    child = parent.makeelement(tag, dict(values))
    child.text = text or None
    parent.append(child)
    return child
