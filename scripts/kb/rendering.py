"""Pages as they are shown: what was read, with everything that stands beside it.

In: the project and a page. Out: its finished tree, with links as its author wrote them; its HTML, with links
that are right at the address where it is shown; of a document both editions at once, since its parallel page
and its books are made of both. Nothing is read again here. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kb import targets
from kb.corpus import HISTORY, Page
from kb.glossary.concepts import FOLDER
from kb.languages import Language
from kb.marks import links, notes, numbers, parallel, passages, phrases, terms
from kb.marks.parallel import Row
from kb.project import Project
from kb.reading import trees
from kb.reading.trees import Element


@dataclass(frozen=True)
class Document:
    """A document as it is shown: by language tag the HTML and the tree of each edition on its own page, and
    the rows of the parallel page, with links that lead from the root. There are no rows with one edition."""

    editions: tuple[Page, ...]
    html: dict[str, str]
    trees: dict[str, Element]
    rows: tuple[Row, ...]


def finished(project: Project, page: Page, language: Language) -> Element:
    """The tree of `page` for readers of `language`, with all that is said beside its text."""
    root = page.reading.tree()
    if page.is_document:
        numbers.mark_drafts(root, language)
        is_foreign = page.language is not language
        notes.place(root, notes.Beside(
            language, project.notes_of(page.document, language),
            project.comments.get((page.document, language.tag), ()), is_foreign))
        numbers.number(root, language, project.stale_of(page), sections=True,
                       history=targets.written(page.path, f"{page.document}/{HISTORY}"))
    links.mark_bare(root)
    _link_terms(project, page, root)
    passages.mark(root)
    phrases.mark(root, page.language.tag)
    return root


def _link_terms(project: Project, page: Page, root: Element) -> None:
    if page.front.get("terms") is False or not project.glossary.terms.get(page.language.tag):
        return
    own = page.document.removeprefix(f"{FOLDER}/") if page.kind == "concept" else ""
    terms.link(root, project.glossary.matcher(page.language),
               lambda concept: targets.written(page.path, f"{FOLDER}/{concept}.md"), own,
               project.glossary.left_out(page))


def shown(project: Project, page: Page, language: Language) -> str:
    """The HTML of `page` on its page for readers of `language`."""
    root = finished(project, page, language)
    _lead(project, root, page, targets.address(page.path, language), language)
    return written(root)


def document(project: Project, path: str, tree: Callable[[Page], Element] | None = None) -> Document:
    """The document at `path` with all its editions; `tree` gives a finished one of each, else they are
    finished here."""
    editions = tuple(page for page in project.corpus.editions(path) if page.is_document)
    roots = {page.language.tag: tree(page) if tree else finished(project, page, page.language)
             for page in editions}
    rows = parallel.rows(editions, tuple(roots.values()), lambda page: _addresses(project, page.language)) \
        if len(editions) > 1 else ()
    html: dict[str, str] = {}
    for page in editions:
        _lead(project, roots[page.language.tag], page, page.address, page.language)
        html[page.language.tag] = written(roots[page.language.tag])
    return Document(editions, html, roots, rows)


def rows_at(rows: Iterable[Row], here: str) -> tuple[Row, ...]:
    """The rows of a parallel page that stands at the address `here`, with links that lead from there."""
    return tuple(
        replace(row, cells=tuple(cell and links.led(cell, here) for cell in row.cells)) for row in rows)


def written(root: Element) -> str:
    """The tree as a page has it, without what only books need to know."""
    kept = [(element, element.attrib.pop(notes.COMMENT)) for element in root.iter("aside")
            if notes.COMMENT in element.attrib]
    html = trees.inner(root)
    for element, document_ in kept:
        element.set(notes.COMMENT, document_)
    return html


def _lead(project: Project, root: Element, page: Page, here: str, language: Language) -> None:
    links.lead(root, page.path, here, _addresses(project, language))


def _addresses(project: Project, language: Language) -> links.Addresses:
    return lambda path: project.address_of(path, language)
