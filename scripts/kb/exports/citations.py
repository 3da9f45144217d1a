"""Citation files: beside every page that can be cited, what reference managers and harvesters read.

In: the project, a language, the site's address. Out: for each document, commentary and concept of
that language `citation.json` (CSL-JSON), `citation.bib`, `citation.ris`, and, where the site knows
its address, `linkset.json`. A page that is only shown in place of its translation has none. With the
first language, also what all pages share to format references.
"""

from __future__ import annotations

from kb.citation import bibtex, csl, page_head, references, ris, styles
from kb.languages import LANGUAGES, Language
from kb.project import Project


def files(project: Project, language: Language, site_url: str) -> dict[str, str]:
    """Place below the site's root → text."""
    made = styles.files() if language is LANGUAGES[0] else {}
    for (_, tag), page in project.corpus.pages.items():
        reference = references.reference(project, page, site_url) if tag == language.tag else None
        if reference is None:
            continue
        made[f"{page.place}citation.json"] = csl.text(reference)
        made[f"{page.place}citation.bib"] = bibtex.text(reference)
        made[f"{page.place}citation.ris"] = ris.text(reference)
        if site_url:
            made[page.place + page_head.LINKSET] = page_head.linkset(reference)
    return made
