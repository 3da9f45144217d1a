"""The built site: what a reader, a search engine and a fork's owner get."""

import datetime
import re
import xml.etree.ElementTree as xml

import pytest
from host import build
from scratch import CHINESE, CORPUS, JAPANESE, corpus_of, every_file, project, site_of, write

from kb import cli
from kb.languages import CHINESE as ZH
from kb.languages import JAPANESE as JA

ARTICLE = "articles/encoder-notices/"
RELEASE = "press-releases/three-notices/"
HOME = "https://someone.example/kb/"


def html(site, address):
    return (site / address / "index.html").read_text("utf-8")


def paragraph_ids(text):
    return re.findall(r'<(?:p|li) id="(p\d+[a-z]*)"', text)


def hreflangs(text):
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', text))


def test_a_document_has_the_same_paragraphs_in_both_languages(site):
    chinese, japanese = html(site, ARTICLE), html(site, "ja/" + ARTICLE)
    assert paragraph_ids(chinese) == paragraph_ids(japanese) == [f"p{n}" for n in range(1, 43)]


@pytest.mark.parametrize("address", [ARTICLE, RELEASE])
def test_what_is_built_is_what_was_checked(site, address):
    from kb.texts import read

    for language in (ZH, JA):
        page = read(CORPUS).page(address.rstrip("/") + ".md", language)
        built = html(site, language.prefix + address)
        for paragraph in page.paragraphs:
            element = re.search(rf'<(p|li) id="{paragraph.id}"[^>]*>(.*?)</\1>', built, re.DOTALL)
            text = re.sub(r"<aside.*", "", element.group(2), flags=re.DOTALL)
            text = re.sub(r'<a [^>]*class="kb-(?:number|mark)[^>]*>.*?</a>', "", text)
            text = re.sub(r'<span class="kb-stale".*?</span>', "", text)
            assert re.sub(r"<[^>]+>|\s", "", text) == re.sub(r"\s", "", paragraph.text)


def test_the_navigation_says_the_same_on_every_page_of_a_language(site):
    said = {"zh-Hans": set(), "ja": set()}
    pages = [path.read_text("utf-8") for path in site.rglob("index.html")]  # 404.html has no navigation
    for text in pages:
        nav = re.search(r'<nav class="kb-nav".*?</nav>', text, re.DOTALL)
        tag = re.search(r'<html lang="([^"]+)"', text).group(1)
        said[tag].add(tuple(re.findall(r">([^<>]+)</a>", nav.group())))
    assert said == {"zh-Hans": {("文章", "新闻稿", "术语", "评注", "年表", "关于")},
                    "ja": {("論考", "プレスリリース", "用語", "注釈", "年表", "概要")}}


def test_each_page_says_its_language(site):
    assert '<html lang="zh-Hans"' in html(site, ARTICLE)
    assert '<html lang="ja"' in html(site, "ja/" + ARTICLE)


def test_english_passages_are_marked_and_abbreviations_are_not(site):
    text = html(site, ARTICLE)
    assert '<span lang="en">statements of general policy</span>' in text
    assert '<span lang="en">Beichen Encoder</span>' in text
    assert '<span lang="en">RXR' not in text
    assert '<span lang="en">https' not in text


def test_hreflang_names_the_pages_that_exist_in_a_language(site):
    expected = {"zh-Hans": HOME + ARTICLE, "ja": HOME + "ja/" + ARTICLE,
                "x-default": HOME + ARTICLE}
    assert hreflangs(html(site, ARTICLE)) == hreflangs(html(site, "ja/" + ARTICLE)) == expected


def test_the_canonical_address_is_the_page_itself(site):
    assert f'<link rel="canonical" href="{HOME}ja/{ARTICLE}">' in html(site, "ja/" + ARTICLE)


def test_the_sitemap_lists_each_page_once_with_its_languages(site):
    tree = xml.parse(site / "sitemap.xml")
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    places = [one.text for one in tree.findall("s:url/s:loc", space)]
    assert len(places) == len(set(places))
    built = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")}
    # Shown in Japanese too, with a notice, what has no Japanese is no page of that language.
    alone = "commentary/repair-parts"
    assert {place.removeprefix(HOME).rstrip("/") or "." for place in places} == built - {f"ja/{alone}"}
    for place, entry in zip(places, tree.findall("s:url", space), strict=True):
        assert len(entry.findall("x:link", space)) == (1 if place == f"{HOME}{alone}/" else 2)


def test_edit_links_lead_to_the_file_in_its_own_tree(site):
    base = "https://github.com/someone/kb/edit/main/"
    assert f'href="{base}docs/articles/encoder-notices.md"' in html(site, ARTICLE)
    assert f'href="{base}docs_ja/articles/encoder-notices.md"' in html(site, "ja/" + ARTICLE)
    assert "/edit/main/" not in html(site, ARTICLE + "collation")


def test_the_press_release_is_linked_from_where_the_article_cites_it(site):
    text = html(site, "ja/" + ARTICLE)
    paragraph = text[text.index('id="p41"'):text.index('id="p42"')]
    assert f'href="../../{RELEASE}"' in paragraph


def test_both_wordings_of_the_first_bullet_are_quoted_signed_and_dated(site):
    for prefix, signed in (("", "政策对照文库编者"), ("ja/", "政策対訳文庫 編者")):
        text = html(site, prefix + RELEASE)
        note = text[text.index('id="note-p7-1"'):text.index('id="p8"')]
        assert "Sales of Beichen encoders anywhere require a licence." in note
        assert "Sellers are reminded that some sales may require a licence." in note
        assert "gazette.lanhai.example" in note
        assert signed in note and '<time datetime="2026-06-15">' in note


def test_the_lacuna_and_the_slip_are_marked_where_they_are(site):
    assert '北辰<a class="kb-mark kb-mark-lacuna" href="#note-p22-1">〔脱文〕</a>以前没有这份' in html(
        site, ARTICLE)
    assert '已径<a class="kb-mark kb-mark-sic" href="#note-p21-1">〔原文如此〕</a>违规' in html(
        site, ARTICLE)
    assert '北辰<a class="kb-mark kb-mark-lacuna" href="#note-p22-1">〔欠落〕</a>これまでは' in \
        html(site, "ja/" + ARTICLE)


def test_a_reader_is_told_what_the_text_is(site):
    assert "机器翻译" not in html(site, ARTICLE).partition('class="kb-head"')[2].partition("</section>")[0]
    head = html(site, "ja/" + ARTICLE).partition('class="kb-head"')[2].partition("</section>")[0]
    assert "機械翻訳" in head and "2026年5月20日" in head and "見出しは編者による" in head


@pytest.mark.parametrize(("prefix", "word"), [("", "校勘记"), ("ja/", "校勘記")])
def test_the_collation_page_shows_figures_and_both_wordings(site, prefix, word):
    text = html(site, prefix + ARTICLE + "collation")
    assert "<h1" in text and word in text
    for figure in ("2,562", "3,531"):
        assert f">{figure}</td>" in text
    passage = text[text.index('id="ja-p5"'):text.index('id="ja-p6"')]
    assert "<del>" in passage and "<ins>" in passage and "ライセンス" in passage and "許可" in passage
    assert "&lt;time lang=&#34;q7LrTa&#34;&gt;" in text or "&lt;time lang=\"q7LrTa\"&gt;" in text


def test_no_page_asks_another_host_for_anything(site):
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        for tag in re.findall(r"<(?:script|img|iframe|link)\b[^>]*>", text):
            # Links that tell of an address; no browser asks for it.
            if re.search(r'rel="(?:canonical|alternate|cite-as|type|license)"', tag):
                continue
            assert "//" not in tag, (path, tag)
        # A block of data is not run; anything else between script tags would be.
        assert not re.search(r'<script(?![^>]*\bsrc=)(?! type="application/ld\+json">)', text), path
    for path in site.rglob("*.css"):
        assert not re.search(r"url\((?!['\"]?(?:data:|#))", path.read_text("utf-8")), path


def test_every_page_forbids_all_that_it_does_not_need(site):
    for path in site.rglob("*.html"):
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"',
                           path.read_text("utf-8")).group(1).replace("&#39;", "'")
        assert policy.startswith("default-src 'none'; script-src 'self';"), path
        assert "unsafe" not in policy and "http" not in policy
        assert not re.search(r"<[^>]+ (?:style|on[a-z]+)=", path.read_text("utf-8")), path
    headers = (site / "_headers").read_text("utf-8")
    assert headers.startswith("/*\n  Content-Security-Policy: default-src 'none';")
    assert "frame-ancestors 'none'" in headers and "X-Content-Type-Options: nosniff" in headers


def test_two_builds_of_one_commit_are_the_same_byte_for_byte(site, tmp_path):
    done = build(corpus_of(tmp_path / "corpus"), tmp_path / "again", anew=True, SITE_URL=HOME,
                 REPO_URL="https://github.com/someone/kb")
    assert done.returncode == 0
    one, two = every_file(site), every_file(tmp_path / "again")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


# --- tiny sites -------------------------------------------------------------------------------------

def test_a_pair_of_trees_without_anything_else_is_a_site(tmp_path):
    write(tmp_path, {"docs/guide.md": "# 指南\n\n一段。\n", "docs_ja/guide.md": "# 案内\n\n一段落。\n"})
    site_of(tmp_path)
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "一段落。" in html(tmp_path / "site", "ja/guide")
    assert "data-terms" not in html(tmp_path / "site", "guide")  # there is no glossary to browse


def test_a_page_in_chinese_only_says_so_in_japanese_and_is_no_alternate(tmp_path):
    write(tmp_path, {"docs/only.md": "# 只有中文\n\n一段。\n"})
    site_of(tmp_path)
    done = build(tmp_path, tmp_path / "site", SITE_URL="https://x.example/")
    assert done.returncode == 0, done.stdout + done.stderr
    text = html(tmp_path / "site", "ja/only")
    assert '<html lang="ja"' in text and "このページはまだ日本語に訳されていない" in text
    assert re.search(r'<article [^>]*lang="zh-Hans"', text)
    assert '<link rel="canonical" href="https://x.example/only/">' in text
    assert "ja" not in hreflangs(text) and "ja" not in hreflangs(html(tmp_path / "site", "only"))
    assert "ja/only" not in (tmp_path / "site/sitemap.xml").read_text("utf-8")


def test_a_page_in_japanese_only_says_so_in_chinese(tmp_path):
    write(tmp_path, {"docs_ja/only.md": "# 日本語のみ\n\n一段落。\n"})
    site_of(tmp_path)
    done = build(tmp_path, tmp_path / "site", SITE_URL="https://x.example/")
    assert done.returncode == 0, done.stdout + done.stderr
    text = html(tmp_path / "site", "only")
    assert '<html lang="zh-Hans"' in text and "本页尚未译成中文" in text
    assert re.search(r'<article [^>]*lang="ja"', text)
    assert "zh-Hans" not in hreflangs(text)


def test_a_stale_translation_says_so_above_the_paragraph(tmp_path, kb):
    project(tmp_path)
    site_of(tmp_path)
    write(tmp_path, {"docs/articles/chips.md": CHINESE.replace("很不严谨", "不太严谨")})
    kb(tmp_path, "anchors")
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    text = html(tmp_path / "site", "ja/articles/chips")
    first = text[text.index('<p id="p1">'):text.index("まず、BIS")]
    assert "原文のこの段落は翻訳の後に改められた" in first
    assert text.count('class="kb-stale"') == 1
    assert "kb-stale" not in html(tmp_path / "site", "articles/chips")


def test_a_withdrawn_paragraph_leaves_a_stone_that_names_its_successor(tmp_path, kb):
    project(tmp_path)
    site_of(tmp_path)
    register, today = tmp_path / "anchors/articles/chips.yml", datetime.date.today()
    write(tmp_path, {
        "docs/articles/chips.md": CHINESE.partition("\n> “")[0],
        "docs_ja/articles/chips.md": JAPANESE.partition("\n> 「")[0],
        "anchors/articles/chips.yml": register.read_text("utf-8")
        + f"- {{id: p5, date: {today}, withdrawn: true, successor: p4}}\n"})
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    text = html(tmp_path / "site", "ja/articles/chips")
    day = f"{today.year}年{today.month}月{today.day}日"
    assert f'<p id="p5">第5段落は{day}に撤回された。後継は<a href="#p4">第4段落</a>である。</p>' in text


def test_a_title_with_markup_is_shown_as_text(tmp_path):
    write(tmp_path, {"docs/x.md": "---\ntitle: '<script>alert(1)</script>“引号”'\ndescription: 'a\"b'\n---\n\n一段。\n",
                     "docs_ja/x.md": "# ページ\n"})
    site_of(tmp_path)
    assert build(tmp_path, tmp_path / "site").returncode == 0
    text = html(tmp_path / "site", "x")
    assert "<script>alert" not in text and 'content="a&#34;b"' in text


@pytest.mark.parametrize(("files", "code"), [
    ({"docs/articles/chips.md": CHINESE.replace("author:", "autor:")}, "KB103"),
    ({"docs/articles/chips.md": CHINESE.replace("{ #p4 }", "{ #p3 }")}, "KB201"),
    ({"docs/articles/chips.md": CHINESE.encode()[:60] + b"\xff"}, "KB101"),
    ({"docs/js/x.md": "# 页\n"}, "KB104"),
])
def test_a_build_that_fails_says_why_and_leaves_the_last_good_site(tmp_path, files, code, capfd):
    project(tmp_path)
    site_of(tmp_path)
    assert cli.main(["build"], root=tmp_path) == 0
    before = every_file(tmp_path / "site")
    write(tmp_path, files)
    capfd.readouterr()
    exit_code = cli.main(["build"], root=tmp_path)
    printed = "".join(capfd.readouterr())
    assert exit_code == 1
    assert f" {code} " in printed and "hint: " in printed
    assert "Traceback" not in printed
    assert "the build failed; site/ is as it was" in printed
    assert every_file(tmp_path / "site") == before
    assert {path.name for path in tmp_path.iterdir()} == {
        ".cache", "anchors", "docs", "docs_ja", "mkdocs.yml", "site", "theme"}
