"""Citation files: beside every page that can be cited, what reference managers and harvesters read.

In: the project, a language, the site's address. Out: for each document, commentary and concept of
that language `citation.json` (CSL-JSON), `citation.bib`, `citation.ris`, and, where the site knows
its address, `linkset.json`. A page that is only shown in place of its translation has none. With the
first language, also what all pages share to format references.
"""

from __future__ import annotations

from kb.citation import bibtex, csl, page_head, references, ris, styles
from kb.languages import Language
from kb.project import Project

_FORMS = {"citation.json": csl.text, "citation.bib": bibtex.text, "citation.ris": ris.text}
NAMES = (*_FORMS, page_head.LINKSET)


def of_page(project: Project, path: str, language: Language, site_url: str) -> dict[str, str]:
    """Place below the site's root → text."""
    page = project.corpus.page(path, language)
    reference = references.reference(project, page, site_url) if page else None
    if page is None or reference is None:
        return {}
    made = {page.place + name: text(reference) for name, text in _FORMS.items()}
    if site_url:
        made[page.place + page_head.LINKSET] = page_head.linkset(reference)
    return made


def of_all() -> dict[str, str]:
    return styles.files()
