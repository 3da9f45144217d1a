"""What a TEI file says of itself: who made the text and from what, and who may do what with it.

In: the project, an edition, its reference, its apparatus. Out: a `teiHeader`, in the language of the edition.
All dates are the document's own, so that two builds of one commit are the same to the byte. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.citation.references import Reference
from kb.corpus import Page
from kb.exports.tei.apparatus import Apparatus
from kb.exports.tei.elements import T, name_of
from kb.languages import Language
from kb.project import Project
from kb.reading.trees import Element
from kb.views import Words


def of(project: Project, page: Page, told: Reference, apparatus: Apparatus) -> Element:
    words = Words(page.language)
    return T.teiHeader(
        T.fileDesc(_titles(told, words), T.editionStmt(T.edition(
            words.status(page), *_dated(told.edition, words))),
            _publication(project, page, told, words), _source(page, told, apparatus, words)),
        T.encodingDesc(
            T.variantEncoding({"method": "location-referenced", "location": "external"}),
            T.editorialDecl(T.p(words.word("tei-received" if apparatus.has_received else "tei-kept")))),
        T.profileDesc(T.langUsage(T.language(words.word(f"language-{page.language.tag}"),
                                             {"ident": page.language.tag})),
                      *_abstract(told)),
        *_revisions(project, page, page.language))


def _titles(told: Reference, words: Words) -> Element:
    made = T.titleStmt(T.title(told.title), *(T.author(name.full) for name in told.authors))
    for names, role in ((told.editors, "editor"), (told.translators, "translator")):
        made.extend(T.editor(name.full, {"role": role}) for name in names)
    return made


def _dated(date: str, words: Words) -> Iterator[Element]:
    if date:
        yield T.date(words.date(date), {"when": date})


def _publication(project: Project, page: Page, told: Reference, words: Words) -> Element:
    made = T.publicationStmt(T.publisher(words.word("site-name")), *_dated(told.edition, words))
    if told.url:
        made.append(T.idno(told.url, {"type": "URI"}))
    rights = words.rights(page, project.settings.license)
    made.append(T.availability(T.licence(rights, {"target": told.license}) if told.license else T.p(rights)))
    return made


def _source(page: Page, told: Reference, apparatus: Apparatus, words: Words) -> Element:
    """What was received, the witnesses, and of a translation what it was made from."""
    made = T.sourceDesc()
    if told.original_date or told.original_title:
        made.append(T.bibl(
            *(T.author(name.full) for name in told.original_authors or told.authors),
            *([T.title(told.original_title)] if told.original_title else ()),
            *_dated(told.original_date, words), {"type": "original"}))
    else:
        made.append(T.bibl(*(T.author(name.full) for name in told.authors), T.title(told.title),
                           *_dated(str(page.front["published"]), words),
                           *([T.ptr({"target": told.source})] if told.source else ())))
    made.append(T.listWit(*apparatus.witnesses))
    return made


def _abstract(told: Reference) -> Iterator[Element]:
    if told.description:
        yield T.abstract(T.p(told.description))


def _revisions(project: Project, page: Page, language: Language) -> Iterator[Element]:
    """Which paragraphs were recorded on which day, the latest first."""
    days: dict[str, dict[str, None]] = {}
    for entry in project.register(page.document).entries:
        if entry.withdrawn or entry.language == language.tag:
            days.setdefault(entry.date, {})[entry.id] = None
    if days:
        yield T.revisionDesc(*(
            T.change(*(T.ref(anchor, {"target": f"#{name_of(anchor)}"}) if anchor in page.anchors else anchor
                       for anchor in _spaced(own)), {"when": day})
            for day, own in sorted(days.items(), reverse=True)))


def _spaced(anchors: dict[str, None]) -> Iterator[str]:
    for place, anchor in enumerate(anchors):
        if place:
            yield " "
        yield anchor
