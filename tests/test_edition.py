"""The real texts: nothing lost, nothing quietly changed, nothing left in Chinese."""

import hashlib
import re
from pathlib import Path

import pytest
from scratch import ROOT

from kb import checks
from kb import project as projects
from kb.languages import CHINESE, JAPANESE
from kb.characters import chinese_only, comparable

ARTICLE, RELEASE = "articles/huawei-ascend-guidance", "press-releases/ai-diffusion-rule-rescission"
RECEIVED_CHINESE = ROOT / "sources/000_fc115cd8f8be180b.txt"

# What the received translation had made of the Chinese.
CORRUPTIONS = ("gloves", "代代造", "昇腾", "昇腾片", "出口控制", "then", "聯合达成", "diplomacy", "协助",
               "杠rod", "today", "尴情", "世界合作", "did", "毕実際", "毕竟")
CHINESE_WORDS = ("推理", "算力", "英偉達", "黄仁勲", "指導意見", "視同", "供給チェーン", "モデル重量", "副長官",
                 "連邦公報", "産業安全局", "転送戦略", "クラッツィオス", "スー・ジー・フェン", "最前線のモデル")
POLITE = re.compile(r"(です|ます|でしょう|ました|ません|ください)[。、」）]")


@pytest.fixture(scope="module")
def project():
    return projects.read(ROOT)


def edition(project, document, language):
    page = project.corpus.page(f"{document}.md", language)
    assert page, document
    return page


def test_the_project_has_no_findings(project):
    assert checks.run(project, "2026-11-22") == ()


@pytest.mark.parametrize(("name", "sha256"), [
    ("000_fc115cd8f8be180b.txt", "e8f143278c669b071e4e0b72d5ac86f03209a2d0d3fa2034360968238eaf89e3"),
    ("002_3aca01e14cccfe85.txt", "9d678555cf67756d8aad4b11d61af8728e93a0539f054d2cb8557a2c7732c792"),
])
def test_the_received_texts_are_byte_for_byte_what_reached_us(name, sha256):
    assert hashlib.sha256((ROOT / "sources" / name).read_bytes()).hexdigest() == sha256


def test_the_chinese_edition_is_the_received_text_after_nfkc_and_white_space(project):
    """Told independently of the collation: drop the declared lines and the list marks, and compare."""
    lines = RECEIVED_CHINESE.read_text("utf-8").split("\n")
    noise = {1, 5, 7, 9, 139, 141, 142, 143, 144, 145}
    kept = [re.sub(r"^\s*(•|\d\.) ", "", line) for number, line in enumerate(lines, 1)
            if number not in noise]
    published = [
        text
        for document in (ARTICLE, RELEASE)
        for page in [edition(project, document, CHINESE)]
        for text in (page.title, *(paragraph.text for paragraph in page.paragraphs))
    ]
    assert comparable("".join(published)) == comparable("".join(kept))


def test_every_received_character_is_accounted_for(project):
    for collation in project.collations:
        figures = collation.figures
        assert figures.received == len(collation.received.text)
        assert figures.received == sum((figures.unchanged, figures.normalised, figures.omitted,
                                        figures.emended, figures.unaccounted))
        assert figures.unaccounted == 0
    chinese, japanese = project.collations
    assert chinese.figures.emended == 0
    assert len(japanese.emended(ARTICLE)) > 50


@pytest.mark.parametrize("document", [ARTICLE, RELEASE])
def test_both_languages_have_the_same_paragraphs_and_sections_in_the_same_order(project, document):
    chinese, japanese = (edition(project, document, one) for one in (CHINESE, JAPANESE))
    assert list(chinese.anchors) == list(japanese.anchors)
    assert [p.kind for p in chinese.paragraphs] == [p.kind for p in japanese.paragraphs]


def test_the_article_has_at_least_sixty_paragraphs(project):
    page = edition(project, ARTICLE, CHINESE)
    assert [p.id for p in page.paragraphs] == [f"p{number}" for number in range(1, 61)]


@pytest.mark.parametrize("document", [ARTICLE, RELEASE])
def test_no_japanese_paragraph_is_chinese(project, document):
    for paragraph in edition(project, document, JAPANESE).paragraphs:
        assert chinese_only(paragraph.text) == "", paragraph.id
        for corruption in (*CORRUPTIONS, *CHINESE_WORDS):
            alone = rf"(?<![A-Za-z-]){corruption}(?![A-Za-z-])"  # did, but not “candid”
            assert not re.search(alone, paragraph.text), (paragraph.id, corruption)


@pytest.mark.parametrize("document", [ARTICLE, RELEASE])
def test_the_japanese_keeps_one_register(project, document):
    for paragraph in edition(project, document, JAPANESE).paragraphs:
        assert not POLITE.search(paragraph.text), paragraph.id


@pytest.mark.parametrize(("wrong", "right"), [
    ("アメリカ", "米国"), ("エヌビディア", "NVIDIA"), ("AI拡散ルール", "AI拡散規則"),
    ("連邦手続法", "行政手続法"), ("ガイドライン", "ガイダンス"),
])
def test_one_term_has_one_rendering(project, wrong, right):
    text = "".join(p.text for document in (ARTICLE, RELEASE)
                   for p in edition(project, document, JAPANESE).paragraphs)
    assert wrong not in text and right in text


def test_figures_and_citations_are_the_same_in_both_languages(project):
    pattern = re.compile(r"736\.2\(b\)\(10\)|\d{4}年|10の26|10的26")
    for document in (ARTICLE, RELEASE):
        chinese = {p.id: p.text for p in edition(project, document, CHINESE).paragraphs}
        for paragraph in edition(project, document, JAPANESE).paragraphs:
            ours = sorted(found.replace("の", "的") for found in pattern.findall(paragraph.text))
            theirs = sorted(pattern.findall(chinese[paragraph.id]))
            assert ours == theirs, paragraph.id


def test_nothing_was_invented_where_text_is_lost(project):
    page = edition(project, ARTICLE, CHINESE)
    assert "任何“明知”（knowledge）华为以前没有发这个" in page.anchors["p22"]
    assert "如果有大白话解释" in page.anchors["p21"]
    kinds = {note.on: note.kind for note in project.sources.of(ARTICLE).notes}
    assert (kinds["p22"], kinds["p21"]) == ("lacuna", "sic")


def test_nothing_in_the_project_needs_files_outside_it():
    for path in ROOT.rglob("*"):
        if path.is_symlink() and not any(part.startswith(".") for part in
                                         path.relative_to(ROOT).parts):
            assert Path(path.readlink()).is_relative_to(ROOT)
