"""Commentary and the timeline: beside their paragraphs, signed, sourced, and honest about language."""

import re

import pytest
from host import build
from scratch import CORPUS, project, site_of, write

from kb import project as projects
from kb.timeline import Timeline, picture

NOTE = """\
---
kind: {kind}
title: {title}
authors: [{author}]
date: 2026-11-22
on: [articles/chips#p1, articles/chips#p3]
sources:
  - {{text: "15 CFR 736.2(b)(10)", address: "https://www.ecfr.gov/"}}
description: 说明。
---

见[第2段](../articles/chips.md#p2)。

## 小标题 {{ #more }}

再说一段。
"""
ZH = NOTE.format(kind="correction", title="并非如此", author="编者")
JA = NOTE.format(kind="correction", title="そうではない", author="編者").replace(
    "见[第2段]", "[第2段落]を参照").replace("再说一段。", "もう1段落。").replace("小标题", "小見出し")


@pytest.fixture
def built(tmp_path):
    def run(**files):
        project(tmp_path)
        site_of(tmp_path)
        write(tmp_path, files)
        done = build(tmp_path, tmp_path / "site")
        assert done.returncode == 0, done.stdout + done.stderr
        return lambda address: (tmp_path / "site" / address / "index.html").read_text("utf-8")
    return run


def beside(html, anchor):
    """What stands beside a paragraph."""
    return html.partition(f'id="{anchor}"')[2].partition('id="p')[0]


def test_one_small_file_puts_a_correction_beside_its_paragraph_in_both_languages(built):
    html = built(**{"docs/commentary/no.md": ZH, "docs_ja/commentary/no.md": JA})
    for address, title, label in (("articles/chips", "并非如此", "更正"),
                                  ("ja/articles/chips", "そうではない", "訂正")):
        page = html(address)
        for anchor in ("p1", "p3"):
            block = beside(page, anchor)
            assert "<details>" in block and title in block and label in block
            assert '<time datetime="2026-11-22">' in block
            assert 'href="../../commentary/no/"' in block
        assert "kb-comment" not in beside(page, "p2")


def test_links_within_it_are_right_where_it_stands(built):
    html = built(**{"docs/commentary/no.md": ZH, "docs_ja/commentary/no.md": JA})
    assert 'href="#p2"' in beside(html("articles/chips"), "p1") or \
        'href="./#p2"' in beside(html("articles/chips"), "p1")


def test_its_headings_are_not_the_documents(built):
    html = built(**{"docs/commentary/no.md": ZH, "docs_ja/commentary/no.md": JA})
    page = html("articles/chips")
    assert 'id="more"' not in page and "<strong>小标题</strong>" in page
    assert 'id="more"' in html("commentary/no")


def test_an_essay_is_a_link_beside_its_paragraph(built):
    essay = {name: text.replace("kind: correction", "kind: essay")
             for name, text in (("docs/commentary/no.md", ZH), ("docs_ja/commentary/no.md", JA))}
    block = beside(built(**essay)("articles/chips"), "p1")
    assert "<details>" not in block and 'href="../../commentary/no/"' in block and "专论" in block


def test_in_one_language_only_it_is_shown_in_the_other_with_a_notice(built):
    html = built(**{"docs/commentary/no.md": ZH})
    block = beside(html("ja/articles/chips"), "p1")
    assert "この注釈はまだ日本語に訳されていない" in block
    assert re.search(r'<span class="kb-comment-title" lang="zh-Hans">并非如此', block)
    assert "このページはまだ日本語に訳されていない" in html("ja/commentary/no")


def test_on_a_quoted_paragraph_it_stands_after_the_quotation_and_names_the_paragraph(built):
    quoted = {name: text.replace("articles/chips#p1, articles/chips#p3", "articles/chips#p5")
              for name, text in (("docs/commentary/no.md", ZH), ("docs_ja/commentary/no.md", JA))}
    page = built(**quoted)("ja/articles/chips")
    quotation = page.partition("<blockquote>")[2].partition("</blockquote>")
    assert "kb-comment" not in quotation[0]
    assert "第5段落" in quotation[2].partition("</summary>")[0]


def test_more_than_text_in_a_note_is_a_finding(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {"docs/commentary/no.md": ZH + "\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n",
                     "docs_ja/commentary/no.md": JA})
    code, printed = kb(tmp_path, "check")
    assert code == 1 and "docs/commentary/no.md:18: KB107 something that is not text: found a table" \
        in printed


def test_its_own_page_says_what_it_is_about_who_signs_and_what_it_rests_on(built):
    page = built(**{"docs/commentary/no.md": ZH, "docs_ja/commentary/no.md": JA})("commentary/no")
    assert "<h1>并非如此</h1>" in page and "更正" in page
    assert 'href="../../articles/chips/#p1"' in page and 'href="../../articles/chips/#p3"' in page
    assert '<a href="https://www.ecfr.gov/">15 CFR 736.2(b)(10)</a>' in page


@pytest.fixture(scope="module")
def real():
    return projects.read(CORPUS)


def test_the_index_lists_commentary_by_document_and_by_date(site):
    page = (site / "ja/commentary/index.html").read_text("utf-8")
    by_document, by_date = page.partition('id="by-document"')[2].split('id="by-date"')
    assert by_document.index("第3段落") < by_document.index("第37段落")
    assert "annex-number/" in by_document
    assert "annex-number/" in by_date


def test_the_timeline_shows_each_event_once_in_order_with_its_sources(real, site):
    events = real.events.events
    assert (events[0].year, events[-1].year, len(events)) == (1962, 2024, 8)
    assert [event.moment for event in events] == sorted(event.moment for event in events)
    assert all(event.sources for event in events)
    for prefix in ("", "ja/"):
        page = (site / prefix / "timeline/index.html").read_text("utf-8")
        assert page.count('<li class="kb-event" id="event-') == len(events)
        assert "<svg" in page and "<script>" not in page
        assert '<time datetime="2019-09-01">' in page


def test_english_sources_are_marked_as_english(site):
    page = (site / "ja/commentary/annex-number/index.html").read_text("utf-8")
    timeline = (site / "ja/timeline/index.html").read_text("utf-8")
    assert '<span lang="en">Harbour Authority Ordinance of</span> 1962' in timeline
    assert '<span lang="en">Annex to Notice No.</span> 17' in page


def test_each_event_has_a_dot_of_its_own_in_the_picture(real):
    shown = picture(real.events)
    assert len(shown.dots) == len(real.events.events)
    assert len({(x, y) for x, y, _ in shown.dots}) == len(shown.dots)
    assert all(0 <= x <= 960 and shown.top <= y <= 132 for x, y, _ in shown.dots)
    assert len(shown.spans) == 2  # 1962–1968, and from 1998
    assert picture(Timeline()).dots == ()


def test_a_date_that_does_not_exist_is_a_finding(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {"timeline/events.yml": 'events:\n  - {date: "2026-06-31", title: {zh-Hans: 一, ja: 一}, '
                     "text: {zh-Hans: 一。, ja: 一。}, sources: [{text: X}]}\n"})
    code, printed = kb(tmp_path, "check")
    assert code == 1
    assert "timeline/events.yml:2: KB103 a key or value that the schema does not allow: found 2026-06-31, " \
        "expected a date that exists" in printed


def test_events_out_of_order_and_unknown_targets_are_findings(tmp_path, kb):
    project(tmp_path)
    event = ('  - {{date: "{date}", title: {{zh-Hans: 一, ja: 一}}, text: {{zh-Hans: 一。, ja: 一。}}, '
             "sources: [{{text: X}}]{more}}}\n")
    write(tmp_path, {"timeline/events.yml": "events:\n" + event.format(
        date="1957-05-27", more=", paragraphs: [articles/chips#p9]")
        + event.format(date="1951", more=", concepts: [nope]")})
    code, printed = kb(tmp_path, "check")
    assert code == 1
    assert [line.partition(" KB")[2][:3] for line in printed.splitlines() if " KB" in line] == [
        "402", "604", "608"]
