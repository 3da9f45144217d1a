"""The fixed corpus is what the other tests take it for, and its received texts are accounted for."""

import re

import pytest
from scratch import ARTICLE, CORPUS, RELEASE

from kb import checks
from kb import project as projects
from kb.characters import comparable
from kb.languages import CHINESE, JAPANESE

# What the received Chinese has beside the article: empty tags, a date, advertisements, navigation.
NOISE = {1, 5, 7, 93, 95, 97, 99}


@pytest.fixture(scope="module")
def project():
    return projects.read(CORPUS)


def edition(project, document, language):
    page = project.corpus.page(f"{document}.md", language)
    assert page, document
    return page


def test_its_only_findings_are_a_translation_gone_stale_and_a_note_that_nobody_has_translated(project):
    found = [(one.code, one.file) for one in checks.run(project, "2026-11-22")]
    assert found == [("KB105", "docs/commentary/repair-parts.md"), ("KB210", f"docs_ja/{RELEASE}.md")]


def test_it_has_what_the_tests_look_at(project):
    corpus = project.corpus
    assert {page.front.get("headings") for page in corpus.documents} == {"supplied", None}
    assert len(project.collations) == 3
    assert {note.kind for document in (ARTICLE, RELEASE) for note in project.sources.of(document).notes} == {
        "note", "sic", "lacuna"}
    assert {page.kind for page in corpus.pages.values() if page.is_commentary} == {
        "note", "correction", "update", "essay"}
    assert {page.front["text"] for page in corpus.documents} == {"original", "translation"}
    assert {page.front["translation"]["by"] for page in corpus.documents if "translation" in page.front} == {
        "machine", "human", "unknown"}
    assert {len(event.date) for event in project.events.events} == {4, 7, 10}
    register = project.register(RELEASE)
    assert register.withdrawn["p15"].successor == "p14"
    assert "p2a" in edition(project, RELEASE, CHINESE).anchors


def test_the_chinese_edition_is_the_received_text_after_nfkc_and_white_space(project):
    """Told independently of the collation: drop the declared lines and the list marks, and compare."""
    lines = (CORPUS / "sources/000_encoder_zh.txt").read_text("utf-8").split("\n")
    kept = [re.sub(r"^\s*(•|\d\.) ", "", line) for number, line in enumerate(lines, 1) if number not in NOISE]
    page = edition(project, ARTICLE, CHINESE)
    published = (page.title, *(paragraph.text for paragraph in page.paragraphs))
    assert comparable("".join(published)) == comparable("".join(kept))


def test_every_received_character_is_accounted_for(project):
    for collation in project.collations:
        figures = collation.figures
        assert figures.received == len(collation.received.text)
        assert figures.received == sum((figures.unchanged, figures.normalised, figures.omitted,
                                        figures.emended, figures.unaccounted))
        assert figures.unaccounted == 0, collation.received.file
    chinese, japanese, _ = project.collations
    assert chinese.figures.emended == 0
    assert len(japanese.emended(ARTICLE)) > 30


@pytest.mark.parametrize("document", [ARTICLE, RELEASE])
def test_both_languages_have_the_same_paragraphs_and_sections_in_the_same_order(project, document):
    chinese, japanese = (edition(project, document, one) for one in (CHINESE, JAPANESE))
    assert list(chinese.anchors) == list(japanese.anchors)
    assert [p.kind for p in chinese.paragraphs] == [p.kind for p in japanese.paragraphs]
