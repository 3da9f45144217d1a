"""Addresses: names with spaces, #, ?, %, full-width brackets, in NFC and NFD, lead to the pages that
MkDocs builds, from everywhere; and whatever only one of the two sides would build is a finding."""

import io
import json
import os
import re
import unicodedata
import xml.etree.ElementTree as xml
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import bibtexparser
import pytest
import torture
from host import build
from kb import cli, targets
from kb.languages import CHINESE as ZH
from kb.languages import JAPANESE as JA
from kb.languages import LANGUAGES
from lxml import etree
from scratch import CHINESE, JAPANESE, ROOT, every_file, project, site_of, write

SITE = "https://someone.example/kb/"
NFC = unicodedata.normalize("NFC", "ガイドブック.md")
NFD = unicodedata.normalize("NFD", NFC)
DOCUMENT = "articles/C# 入门？"

CONCEPT = """\
---
kind: concept
term: {term}
english: {english}
reading: {reading}
description: {term}
---

# {term}

{term}。
"""

COMMENTARY = """\
---
kind: note
title: {title}
authors: [{author}]
date: 2026-11-22
on: [articles/chips#p1]
sources: [{{text: {title}}}]
description: {title}
---

# {title}

[C#]({link}#p1)
"""

PICTURE, DOWNLOAD = torture._PNG, b"%PDF-1.4\n%%EOF\n"

# Each name stands for a kind: what an address gives a meaning to, and what it encodes.
FILES = {
    "docs/C#入门.md": "# C#入门\n\n## 锚 { #anchor }\n\n"
                      "[锚](C%23入门.md#anchor)、[问](What%20is%20EAR%3F.md?x=1#y)、"
                      "![图](图/图%201%20%231.png)、[附件](附件（全角）.pdf)、[文章](articles/C%23%20入门？.md#p1)\n",
    "docs_ja/C#入门.md": "# C#入門\n\n[目次](index.md)\n",
    "docs/What is EAR?.md": "# 什么是EAR？\n\n## 乙 { #y }\n\n"
                            "[C#](C%23入门.md)、[百](资料（全角）%20一/100%25.md)\n",
    "docs_ja/What is EAR?.md": "# EARとは？\n\n[百](资料（全角）%20一/100%25.md)\n",
    "docs/资料（全角） 一/100%.md": f"# 百分之百\n\n[上](../C%23入门.md)、[册](../{NFC})\n",
    "docs_ja/资料（全角） 一/100%.md": "# 百パーセント\n\n[上](../index.md)\n",
    f"docs/{NFC}": "# 指南\n",
    f"docs_ja/{NFD}": "# ガイドブック\n",
    "docs/v1.0.md": "# 版本\n",
    "docs_ja/v1.0.md": "# 版\n\n![甲](v1.0/図.png)![乙](index/図.png)![丙](図.us.png)[丁](index/利用条件.pdf)\n",
    "docs/只有中文 #1.md": "# 只有中文\n",
    "docs_ja/日本語のみ #1.md": "# 日本語のみ\n",
    "docs/图/图 1 #1.png": PICTURE,
    "docs/附件（全角）.pdf": DOWNLOAD,
    "docs/assets/images/x.png": PICTURE,
    # Names of Japanese files that a suffix for their language has to be put into.
    "docs_ja/v1.0/図.png": PICTURE,
    "docs_ja/index/図.png": PICTURE,
    "docs_ja/index/利用条件.pdf": DOWNLOAD,
    "docs_ja/図.us.png": PICTURE,
    f"docs/{DOCUMENT}.md": CHINESE,
    f"docs_ja/{DOCUMENT}.md": JAPANESE,
    "docs/about/index.md": "# 关于\n",
    "docs_ja/about/index.md": "# 概要\n",
    "docs/commentary/index.md": "---\nkind: index\nlists: commentary\n---\n\n# 评注\n",
    "docs_ja/commentary/index.md": "---\nkind: index\nlists: commentary\n---\n\n# 注釈\n",
    "docs/commentary/注 #1.md": COMMENTARY.format(
        title="关于芯片", author="编者", link=quote(f"../{DOCUMENT}.md")),
    "docs_ja/commentary/注 #1.md": COMMENTARY.format(
        title="チップについて", author="編者", link=quote(f"../{DOCUMENT}.md")),
    "docs/glossary/index.md": "---\nkind: index\nlists: glossary\n---\n\n# 术语\n",
    "docs_ja/glossary/index.md": "---\nkind: index\nlists: glossary\n---\n\n# 用語\n",
    "docs/glossary/5g.md": CONCEPT.format(term="政策声明", english="statement", reading="zhèng cè"),
    "docs_ja/glossary/5g.md": CONCEPT.format(term="政策声明", english="statement", reading="せいさく"),
    "docs/glossary/c#.md": CONCEPT.format(term="解释性规则", english="rule", reading="jiě shì"),
    "docs_ja/glossary/c#.md": CONCEPT.format(term="解釈規則", english="rule", reading="かいしゃく"),
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory) -> Path:
    """A built site of pages with such names."""
    root = tmp_path_factory.mktemp("odd")
    project(root)
    site_of(root)
    write(root, FILES)
    assert cli.main(["anchors"], root=root) == 0
    done = build(root, root / "site", SITE_URL=SITE, REPO_URL="https://github.com/someone/kb")
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def links(path):
    parser = _Links()
    parser.feed(path.read_text("utf-8"))
    return parser.found


def file_of(site, url):
    """Where a static host looks for what a browser asks for."""
    place = unquote(urlsplit(url).path.removeprefix("/kb/"))
    return site / place / "index.html" if not place or place.endswith("/") else site / place


def url_of(site, path):
    place = path.relative_to(site).as_posix()
    return SITE + quote(place.removesuffix("index.html") if path.name == "index.html" else place)


def pages(site):
    return sorted(path for path in site.rglob("index.html"))


# --- the function ------------------------------------------------------------------------------------

@pytest.mark.parametrize(("path", "place", "address"), [
    ("index.md", "", ""),
    ("README.md", "", ""),
    ("articles/index.md", "articles/", "articles/"),
    ("articles/chips.md", "articles/chips/", "articles/chips/"),
    ("C#入门.md", "C#入门/", "C%23%E5%85%A5%E9%97%A8/"),
    ("What is EAR?.md", "What is EAR?/", "What%20is%20EAR%3F/"),
    ("100%.md", "100%/", "100%25/"),
    ("v1.0.md", "v1.0/", "v1.0/"),
    ("a:b.md", "a:b/", "a%3Ab/"),
])
def test_a_path_has_a_place_on_disk_and_an_address_on_the_web(path, place, address):
    assert (targets.place(path, ZH), targets.address(path, ZH)) == (place, address)
    assert (targets.place(path, JA), targets.address(path, JA)) == (f"ja/{place}", f"ja/{address}")


@pytest.mark.parametrize("path", [
    "index.md", "a/README.md", "a/b.md", "C#入门.md", "What is EAR?.md", "100%.md", "v1.0.md", "~x_y.md",
    "（全角）/a+b&c='d'.md"])
def test_an_address_is_encoded_as_mkdocs_encodes_it(path):
    from mkdocs.structure.files import File

    url = File(path, "docs", "site", True).url
    assert targets.address(path, ZH) == ("" if url == "./" else url)


@pytest.mark.parametrize(("link", "kind", "path", "fragment", "tail"), [
    ("C%23入门.md#锚", "page", "a/C#入门.md", "锚", "#锚"),
    ("C%23入门.md#%E9%94%9A", "page", "a/C#入门.md", "锚", "#%E9%94%9A"),
    ("C#入门.md", "file", "a/C", "入门.md", "#入门.md"),
    ("../x/y.md?z#p1", "page", "x/y.md", "p1", "?z#p1"),
    ("What%20is%20EAR%3F.md", "page", "a/What is EAR?.md", "", ""),
    ("100%25.md", "page", "a/100%.md", "", ""),
    ("图/1.png", "file", "a/图/1.png", "", ""),
    ("../../x.md", "page", "../x.md", "", ""),
    ("#p1", "anchor", "a/b.md", "p1", "#p1"),
    ("?q=1", "anchor", "a/b.md", "", "?q=1"),
    ("", "anchor", "a/b.md", "", ""),
    (NFD, "page", f"a/{NFC}", "", ""),
    ("https://example.org/x.md#p1", "external", "", "", ""),
    ("//example.org/x.md", "external", "", "", ""),
    ("mailto:a@example.org", "external", "", "", ""),
    ("/x.md#p1", "absolute", "x.md", "p1", "#p1"),
    ("http://[bad", "unreadable", "", "", ""),
])
def test_a_link_is_taken_apart_before_it_is_decoded(link, kind, path, fragment, tail):
    target = targets.resolved("a/b.md", link)
    assert (target.kind, target.path, target.fragment, target.tail) == (kind, path, fragment, tail)


@pytest.mark.parametrize(("here", "there", "link"), [
    ("", "", "./"),
    ("", "ja/", "ja/"),
    ("a/b/", "", "../../"),
    ("a/b/", "a/b/", "./"),
    ("a/b/", "a/c/", "../c/"),
    ("ja/a/b/", "a/b/", "../../../a/b/"),
    ("a/b/index.md", "a/c/index.md", "../c/index.md"),
    ("a/b/", "img/%23.png", "../../img/%23.png"),
])
def test_one_function_leads_from_here_to_there(here, there, link):
    assert targets.relative(here, there) == link
    assert urljoin(SITE + here, link) == SITE + there


def test_ids_in_xml_begin_with_a_letter_and_stay_apart():
    names = ["gp10", "5g", "concept-5g", "c#", "c_23_", "出口", "a b", "a-b"]
    ids = [targets.xml_id(name, "concept-") for name in names]
    assert ids[:2] == ["gp10", "concept-5g"]
    assert len(set(ids)) == len(names)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9._-]*", one) for one in ids)


# --- the site ----------------------------------------------------------------------------------------

def test_japanese_files_stand_where_their_path_says(odd):
    for path in ("v1.0/図.png", "index/図.png", "index/利用条件.pdf", "図.us.png"):
        assert (odd / "ja" / path).is_file()
    assert not list(odd.rglob("*利用条件.ja*")) and not (odd / "ja/v1").exists()


def test_every_link_and_picture_of_every_page_leads_to_a_file(odd):
    for page in pages(odd):
        for link in links(page):
            url = urljoin(url_of(odd, page), link)
            if url.startswith(SITE) and not link.startswith("#"):
                assert file_of(odd, url).is_file(), (page.relative_to(odd).as_posix(), link)


def test_the_switch_leads_to_the_same_page_in_the_other_language_and_back(odd):
    chinese, japanese = odd / "C#入门/index.html", odd / "ja/C#入门/index.html"
    for here, there in ((chinese, japanese), (japanese, chinese)):
        link = re.search(r'<a class="kb-switch" href="([^"]+)"', here.read_text("utf-8")).group(1)
        assert file_of(odd, urljoin(url_of(odd, here), link)) == there


def test_canonical_and_hreflang_are_whole_addresses_and_encoded(odd):
    text = (odd / "ja/What is EAR?/index.html").read_text("utf-8")
    assert f'<link rel="canonical" href="{SITE}ja/What%20is%20EAR%3F/">' in text
    assert dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', text)) == {
        "zh-Hans": f"{SITE}What%20is%20EAR%3F/", "ja": f"{SITE}ja/What%20is%20EAR%3F/",
        "x-default": f"{SITE}What%20is%20EAR%3F/"}


def test_the_sitemap_lists_the_pages_as_browsers_ask_for_them(odd):
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    tree = xml.parse(odd / "sitemap.xml")
    urls = [one.text for one in tree.findall("s:url/s:loc", space)]
    urls += [one.get("href") for one in tree.findall("s:url/x:link", space)]
    assert f"{SITE}C%23%E5%85%A5%E9%97%A8/" in urls
    assert all(url.isascii() and file_of(odd, url).is_file() for url in urls)


def test_hits_lead_to_pages_and_so_do_their_twins(odd):
    found = set()
    for path in odd.glob("search/*/texts/*.json"):
        for _, address, _, twin in json.loads(path.read_text("utf-8"))["pages"]:
            found.add(address)
            assert file_of(odd, SITE + address).is_file() and file_of(odd, SITE + twin).is_file()
    assert {"C%23%E5%85%A5%E9%97%A8/", "ja/v1.0/", f"ja/{quote(NFC[:-3])}/"} <= found


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_llms_txt_and_the_plain_pages_it_lists_link_each_other(odd, language):
    start = f"{SITE}{language.prefix}llms.txt"
    seen, waiting = set(), [start]
    while waiting:
        url = waiting.pop()
        if url in seen or not url.endswith((".md", ".txt")):
            continue
        seen.add(url)
        text = file_of(odd, url).read_text("utf-8")
        for link in re.findall(r"\]\(<?([^)\s>]+)>?\)", text):
            there = urljoin(url, link)
            if there.startswith(SITE):
                assert file_of(odd, there).is_file(), (url, link)
                waiting.append(there.partition("#")[0].partition("?")[0])
    assert f"{SITE}{language.prefix}C%23%E5%85%A5%E9%97%A8/index.md" in seen


def test_brackets_in_a_title_are_not_those_of_a_link(tmp_path):
    project(tmp_path)
    write(tmp_path, twins("x [a](b)/y.md", "# 解释[2](修订\n"))
    from kb import project as projects
    from kb.exports import plain

    (tmp_path / "docs/index.md").write_text("# 首页\n")
    text = plain.of_all(projects.read(tmp_path), ZH, SITE)["llms.txt"]
    assert "- [解释\\[2\\](修订](" in str(text) and "## x \\[a\\](b)\n" in str(text)


def test_index_md_keeps_what_follows_the_path_of_a_link(odd):
    text = (odd / "C#入门/index.md").read_text("utf-8")
    assert "[锚](index.md#anchor)、[问](../What%20is%20EAR%3F/index.md?x=1#y)" in text
    assert f"![图](../{quote('图/图 1 #1.png')})" in text


def test_what_refers_to_a_document_gives_its_address(odd):
    address = quote(f"{DOCUMENT}/")
    folder = odd / DOCUMENT
    entry, = bibtexparser.parse_string((folder / "citation.bib").read_text("utf-8")).entries
    assert re.fullmatch(r"articles\.C_[0-9a-f]{8}\.zh-Hans", entry.key)
    assert entry["url"] == SITE + address
    item, = json.loads((folder / "citation.json").read_text("utf-8"))
    assert (item["id"], item["URL"]) == (entry.key, SITE + address)
    linkset = json.loads((folder / "linkset.json").read_text("utf-8"))["linkset"][0]
    assert linkset["anchor"] == SITE + address
    for kind in ("describedby", "item"):
        assert all(file_of(odd, one["href"]).is_file() for one in linkset[kind])
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>',
                     (folder / "index.html").read_text("utf-8"), re.DOTALL).group(1)
    assert json.loads(data)["@id"] == SITE + address


def test_keys_of_bibliographies_are_ascii_and_unique(odd):
    keys = [re.match(r"@\w+\{([^,]+),", path.read_text("utf-8")).group(1)
            for path in odd.rglob("citation.bib")]
    assert len(keys) == len(set(keys)) == 10
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", key) for key in keys)
    assert "articles.chips.zh-Hans" in keys and "glossary.5g.ja" in keys


def test_the_translation_memory_names_paragraphs_by_their_address(odd):
    ids = [unit.get("tuid") for unit in xml.parse(odd / "exports/translations.tmx").iter("tu")]
    assert quote(f"{DOCUMENT}/") + "#p1" in ids and len(ids) == len(set(ids))


def test_term_base_and_concept_scheme_take_any_name_of_a_concept(odd):
    root = etree.parse(odd / "exports/glossary.tbx")
    assert etree.RelaxNG(etree.parse(ROOT / "tests/schemas/tbx.rng")).validate(root)
    assert [one.get("id") for one in root.iter("{*}conceptEntry")] == ["concept-5g", "c_23_"]
    graph = json.loads((odd / "exports/glossary.jsonld").read_text("utf-8"))["@graph"]
    concepts = {one["notation"]: one["@id"] for one in graph if one["@type"] == "Concept"}
    assert concepts == {"5g": f"{SITE}glossary/5g/", "c#": f"{SITE}glossary/c%23/"}
    assert all(file_of(odd, url).is_file() for url in concepts.values())
    assert json.loads((odd / "glossary/c#/card.json").read_text("utf-8"))["term"] == "解释性规则"


def test_the_feed_names_its_entries_by_their_address(odd):
    for language in LANGUAGES:
        feed = xml.parse(odd / language.prefix / "commentary/feed.xml")
        urls = [one.get("href") for one in feed.iter("{http://www.w3.org/2005/Atom}link")]
        assert f"{SITE}{language.prefix}commentary/%E6%B3%A8%20%231/" in urls
        assert all(file_of(odd, url.partition("#")[0]).is_file() for url in urls)


def test_books_hold_valid_addresses(odd, epubcheck):
    books = sorted(odd.rglob("C# *.epub"))
    assert len(books) == 3
    for book in books:
        assert epubcheck(book)["messages"] == []
        with zipfile.ZipFile(io.BytesIO(book.read_bytes())) as archive:
            text = archive.read("EPUB/text.xhtml").decode()
        assert "glossary.xhtml#term-5g" in text and "glossary.xhtml#term-c_23_" in text


def test_edit_links_name_the_file_as_it_stands_on_disk(odd):
    text = (odd / f"ja/{NFC[:-3]}/index.html").read_text("utf-8")
    assert f'href="https://github.com/someone/kb/edit/main/docs_ja/{quote(NFD)}"' in text


# --- what only one side would build ------------------------------------------------------------------

def twins(path, text="# 文\n"):
    return {f"docs/{path}": text, f"docs_ja/{path}": text}


# What is added to a project of one article → the findings, as they begin.
CASES = {
    "a page in templates/": (
        twins("templates/x.md"),
        ["docs/templates/x.md:1: KB104 a name that the site cannot have: found the folder templates/",
         "docs_ja/templates/x.md:1: KB104 a name that the site cannot have: found the folder templates/"],
    ),
    "a hidden page": (
        twins(".hidden/x.md") | twins(".x.md") | {"docs/.DS_Store": b"", "docs/.gitkeep": b""},
        ["docs/.hidden:1: KB131 a file that the site does not take: found a name that begins with a dot",
         "docs/.x.md:1: KB131", "docs_ja/.hidden:1: KB131", "docs_ja/.x.md:1: KB131"],
    ),
    "Markdown by another ending": (
        {"docs/a.markdown": "# 页\n", "docs/b.mkd": "# 页\n", "docs_ja/c.MD": "# ページ\n"},
        ["docs/a.markdown:1: KB104 a name that the site cannot have: found the name a.markdown, expected "
         "a name that ends in .md",
         "docs/b.mkd:1: KB104", "docs_ja/c.MD:1: KB104"],
    ),
    "a page beside its folder's index": (
        twins("guide.md") | {"docs/guide/index.md": "# 指南\n"},
        ["docs/guide/index.md:1: KB110 two sources for one address: found docs/guide/index.md at /guide/, "
         "expected one source for it; there is docs/guide.md"],
    ),
    "HTML where a page stands": (
        twins("guide.md") | {"docs/guide/index.html": "<p>页</p>\n"},
        ["docs/guide/index.html:1: KB110"],
    ),
    "a file where a page's folder stands": (
        twins("guide.md") | {"docs/guide": "页\n"},
        ["docs/guide:1: KB131 a file that the site does not take: found a file whose name has no ending",
         "docs/guide.md:1: KB110 two sources for one address: found docs/guide.md at /guide, expected one "
         "source for it; there is docs/guide"],
    ),
    "a page where the parallel one stands": (
        twins("articles/chips/parallel.md"),
        ["docs/articles/chips/parallel.md:1: KB110 two sources for one address: found "
         "docs/articles/chips/parallel.md at /articles/chips/parallel/, expected one source for it; "
         "there is what the site makes of docs/articles/chips.md"],
    ),
    "a page where the other language's home stands": (
        twins("index.md") | twins("ja.md"),
        ["docs_ja/index.md:1: KB110 two sources for one address: found docs_ja/index.md at /ja/, expected "
         "one source for it; there is docs/ja.md"],
    ),
    "files that the site writes": (
        {"docs/robots.txt": "x", "docs/search/ja/x.json": "{}", "docs/assets/kb/kb.css": "x",
         "docs_ja/llms.txt": "x", "docs/articles/chips/citation.bib": "x"},
        ["docs/articles/chips/citation.bib:1: KB110", "docs/assets/kb/kb.css:1: KB110",
         "docs/robots.txt:1: KB110 two sources for one address: found docs/robots.txt at /robots.txt, "
         "expected one source for it; there is the site's own robots.txt",
         "docs/search/ja/x.json:1: KB110", "docs_ja/llms.txt:1: KB110"],
    ),
    "files that the site does not write": (
        {"docs/search/x.png": PICTURE, "docs/exports/x.csv": "x"} |
        twins("search.md") | twins("exports/x.md"), [],
    ),
    "pictures with a language in their names": (
        {"docs/img/map.us.png": PICTURE, "docs/x.ja.png": PICTURE, "docs/notes.en.pdf": DOWNLOAD,
         "docs/a.zh-Hans.png": PICTURE, "docs/a.pt_BR.png": PICTURE},
        ["docs/a.pt_BR.png:1: KB104", "docs/a.zh-Hans.png:1: KB104",
         "docs/img/map.us.png:1: KB104 a name that the site cannot have: found the name map.us.png, "
         "expected one dot, before the ending", "docs/notes.en.pdf:1: KB104", "docs/x.ja.png:1: KB104"],
    ),
    "pictures with other dots in their names": (
        {"docs/a.min.png": PICTURE, "docs/b.2024.png": PICTURE, "docs_ja/d.us.png": PICTURE},
        [],
    ),
    "pages with a language in their names": (
        twins("v.us.md") | twins("node.js.md"),
        ["docs/node.js.md:1: KB104", "docs/v.us.md:1: KB104"],
    ),
    "pages with other dots in their names": (twins("v1.0.md") | twins("1.2/x.md"), []),
    "a Japanese page that would get another's name": (
        twins("v.jar.md"), ["docs/v.jar.md:1: KB104"],
    ),
    "names that differ in capitals only": (
        twins("x/Guide.md") | twins("x/guide.md"),
        ["docs/x/guide.md:1: KB104 a name that the site cannot have: found the name guide.md, expected a "
         "name of its own: there is docs/x/Guide.md", "docs_ja/x/guide.md:1: KB104"],
    ),
    "one name in two forms": (
        {f"docs/{NFC}": "# 指南\n", f"docs_ja/{NFC}": "# ガイド\n", f"docs_ja/{NFD}": "# ガイド\n"},
        [f"docs_ja/{NFC}:1: KB104"],
    ),
    "one name, in another form in each tree": (
        {f"docs/{NFC}": "# 指南\n", f"docs_ja/{NFD}": "# ガイド\n"}, [],
    ),
    "a second home page, and one that is refused by its name": (
        twins("README.md") | twins("ja/index.md") | twins("index.md"),
        ["docs/README.md:1: KB104", "docs/ja:1: KB104", "docs_ja/ja:1: KB104"],
    ),
    "a name with a line break": (
        {"docs/a\nb.md": "# 页\n"},
        ["docs/a\N{REPLACEMENT CHARACTER}b.md:1: KB104"],
    ),
    "a download that is not there": (
        twins("x.md", "# 文\n\n[表](表%201.xlsx)\n"),
        ["docs/x.md:3: KB403 a picture or file that does not exist: found a link to "
         "表%201.xlsx, expected a file of docs/", "docs_ja/x.md:3: KB403"],
    ),
    "a download of another spelling": (
        twins("x.md", "# 文\n\n[表](a.PDF)\n") | {"docs/a.pdf": DOWNLOAD},
        ["docs/x.md:3: KB403", "docs_ja/x.md:3: KB403"],
    ),
    "a download in the other tree": (
        twins("x.md", "# 文\n\n[表](a.pdf)\n") | {"docs_ja/a.pdf": DOWNLOAD}, [],
    ),
    "a download that MkDocs leaves out": (
        twins("x.md", "# 文\n\n[表](.a/a.pdf)\n") | {"docs/.a/a.pdf": DOWNLOAD},
        ["docs/.a:1: KB131", "docs/x.md:3: KB403", "docs_ja/x.md:3: KB403"],
    ),
    "a link to a folder": (
        twins("x.md", "# 文\n\n[文](articles/)\n"),
        ["docs/x.md:3: KB401 a link to a page that does not exist: found a link to articles/",
         "docs_ja/x.md:3: KB401"],
    ),
    "a link from the host's root": (
        twins("x.md", "# 文\n\n[文](/articles/chips.md)\n"),
        ["docs/x.md:3: KB401 a link to a page that does not exist: found a link to /articles/chips.md, "
         "expected a link that begins at its own page", "docs_ja/x.md:3: KB401"],
    ),
    "a link with an encoded #": (
        twins("C#.md", "# 文\n\n[自](C%23.md)、[文](articles/chips.md?x#p1)\n"), [],
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_whatever_only_one_side_would_build_is_found_before(tmp_path, kb, what):
    files, expected = CASES[what]
    project(tmp_path)
    write(tmp_path, files)
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "check")
    found = [line for line in printed.splitlines() if re.search(r": KB\d+ ", line)
             and " KB105 " not in line]
    assert len(found) == len(expected), printed
    for line, start in zip(found, expected, strict=True):
        assert line.startswith(start)
    assert code == int(bool(expected) or " KB105 " in printed)
    assert every_file(tmp_path) == before


def test_two_sources_for_one_address_stop_the_build(tmp_path):
    project(tmp_path)
    site_of(tmp_path)
    write(tmp_path, twins("guide.md") | twins("guide/index.md"))
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode and "KB110" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_a_name_that_is_no_text_is_found_and_no_traceback(tmp_path, kb):
    project(tmp_path)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/docs/\xff.md")).write_text("# \u6587\n")
    code, printed = kb(tmp_path, "check")
    assert code == 1
    assert printed.startswith(
        "docs/\N{REPLACEMENT CHARACTER}.md:1: KB104 a name that the site cannot have: found the name "
        "\N{REPLACEMENT CHARACTER}.md, expected a name without control characters, in UTF-8\n")


def test_a_link_to_a_folder_that_holds_it_is_refused_and_not_followed(tmp_path, kb):
    project(tmp_path)
    (tmp_path / "docs/articles/again").symlink_to(tmp_path / "docs", target_is_directory=True)
    code, printed = kb(tmp_path, "check")
    assert code == 1 and printed.startswith("docs/articles/again:1: KB130 ") and "\n1 finding\n" in printed


# --- front matter from elsewhere ---------------------------------------------------------------------

FOREIGN = {
    "Jekyll": "layout: post\ntitle: 指南\ndate: 2024-01-01 10:00:00 +0800\npublished: true\ntags: [a, b]\n",
    "Hugo": "title: 指南\ndate: 2024-01-01T10:00:00+08:00\ndraft: false\nweight: 10\ntags:\n  - a\n",
    "Docusaurus": "id: x\nsidebar_position: 1\nslug: /x\nauthors: [甲]\nkeywords: [a]\n",
    "MkDocs-Material": "title: 指南\ntemplate: nothing.html\nhide: [toc, navigation]\nicon: material/x\n",
    "a title that is a number": "title: 2024\n",
    "values of other types": "title: [甲]\ndescription: {a: b}\nterms: sometimes\n",
    "another generator's kind": "kind: post\ntitle: 指南\n",
    "a kind that is no text": "kind: [a, b]\n",
    "Obsidian": "aliases: [甲]\nsources: ['[[乙]]']\nauthors: ['[[丙]]']\npublished: 2020-01-01\n",
    "Hugo's kinds": "kind: section\ntext: 一\nsources: [a]\n",
    "a kind near to a plain page": "kind: pages\n",
    "a kind that is empty": "kind:\n",
    "a template's braces": "title: {{ page.title }}\n",
    "a description without end": f"description: {'长' * 400}\n",
}


@pytest.fixture(scope="module")
def foreign(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("foreign")
    site_of(root)
    for number, front in enumerate(FOREIGN.values()):
        write(root, twins(f"page{number}.md", f"---\n{front}---\n\n# 文{number}\n\n本文。\n"))
    write(root, twins("toml.md", "+++\ntitle = 'x'\n+++\n\n# 文\n"))
    return root


def test_pages_with_front_matter_from_elsewhere_are_built(foreign):
    done = build(foreign, foreign / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    for number, _ in enumerate(FOREIGN):
        text = (foreign / f"site/page{number}/index.html").read_text("utf-8")
        assert f'<h1 id="{number}">文{number}</h1>' in text or f">文{number}</h1>" in text


def test_what_is_not_known_there_is_a_warning_that_stops_nothing(foreign, kb):
    code, printed = kb(foreign, "check")
    lines = printed.splitlines()
    assert code == 0, printed
    assert all(" KB111 (warning) " in line for line in lines[:-1] if not line.startswith("    hint: "))
    assert re.fullmatch(r"\d+ warnings", lines[-1])
    assert ("docs/toml.md:1: KB111 (warning) front matter that this site does not know: found front matter "
            "between “+++”, expected “---” and YAML") in lines
    assert not any("ScalarNode" in line for line in lines)
    assert lines[0] == (
        "docs/page0.md:2: KB111 (warning) front matter that this site does not know: found the keys "
        "“layout”, “date”, “published”, “tags”, expected one of description, kind, lists, terms, title")


def test_findings_and_warnings_are_counted_apart(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {"docs/x.md": "---\nlayout: post\n---\n\n# 文\n"})
    code, printed = kb(tmp_path, "check")
    assert code == 1 and printed.splitlines()[-1] == "1 finding, 1 warning"


def test_a_warning_keeps_nobody_from_giving_ids(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, twins("x.md", "---\nlayout: post\n---\n\n# 文\n"))
    assert kb(tmp_path, "anchors")[0] == 0


@pytest.mark.parametrize(("front", "found"), [
    ("description: 一\nauthor: 某\npublished: 2025-05-14\ntext: original\n", "found no “kind”"),
    ("kind: artical\ndescription: 一\n", "found \"artical\" for kind"),
    ("kind: 注\nauthors: [某]\non: [articles/chips#p1]\n", "found \"注\" for kind"),
    ("kind: index\nlayout: post\n", "found the unknown key “layout”"),
])
def test_a_page_that_was_meant_to_be_ours_is_still_refused(tmp_path, kb, front, found):
    project(tmp_path)
    write(tmp_path, twins("x.md", f"---\n{front}---\n\n# 文\n"))
    code, printed = kb(tmp_path, "check")
    assert code == 1
    assert [line for line in printed.splitlines() if " KB" in line and " KB103 " not in line] == []
    assert found in printed.splitlines()[0]


# --- dates -------------------------------------------------------------------------------------------

@pytest.mark.parametrize("date", ["1951", "1951-10", "1951-10-27"])
def test_a_text_may_be_dated_to_the_month_or_the_year(tmp_path, kb, date):
    project(tmp_path)
    site_of(tmp_path)
    write(tmp_path, {path: text.replace("2025-05-14", date) for path, text in (
        ("docs/articles/chips.md", CHINESE), ("docs_ja/articles/chips.md", JAPANESE))})
    code, printed = kb(tmp_path, "check")
    assert code == 0, printed
    done = build(tmp_path, tmp_path / "site", SITE_URL=SITE)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = tmp_path / "site/articles/chips"
    assert f'<time datetime="{date}">' in (folder / "index.html").read_text("utf-8")
    item, = json.loads((folder / "citation.json").read_text("utf-8"))
    assert item["issued"] == {"date-parts": [[int(part) for part in date.split("-")]]}
    with zipfile.ZipFile(next(folder.glob("*.zh-Hans.epub"))) as archive:
        assert f"{date}</dc:date>" in archive.read("EPUB/content.opf").decode()


@pytest.mark.parametrize("date", ["1951-13", "1951-10-32", "195", "19511027", "1951-1", "circa 1951"])
def test_a_date_that_no_calendar_has_is_refused(tmp_path, kb, date):
    project(tmp_path)
    write(tmp_path, {path: text.replace("2025-05-14", date) for path, text in (
        ("docs/articles/chips.md", CHINESE), ("docs_ja/articles/chips.md", JAPANESE))})
    code, printed = kb(tmp_path, "check")
    assert code == 1 and " KB103 " in printed and "Traceback" not in printed


def test_the_newest_come_first_and_what_has_no_date_last():
    from kb import dates

    assert sorted(["", "1951", "2025-05", "1951-10", "2025-05-14", "2025-05-01", "1951-01-01"],
                  key=dates.newest_first) == [
        "2025-05-14", "2025-05-01", "2025-05", "1951-10", "1951-01-01", "1951", ""]


def test_a_plain_page_may_begin_with_a_rule(tmp_path, kb):
    text = "---\n\n# {}\n\n{}\n\n---\n\n{}\n"
    write(tmp_path, {"docs/x.md": text.format("文", "甲段。", "乙段。"),
                     "docs_ja/x.md": text.format("文書", "甲の段落。", "乙の段落。")})
    code, printed = kb(tmp_path, "check")
    assert code == 0 and printed.startswith("no findings in ")
