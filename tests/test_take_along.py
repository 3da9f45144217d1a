"""What a reader or a program takes along: Markdown of every page, llms.txt, feeds."""

import posixpath
import re
import zipfile

import feedparser
import pytest
import rispy
from host import build
from scratch import CHINESE, CORPUS, project, site_of, write

from kb import project as projects
from kb.texts import read
from kb.exports import plain
from kb.languages import CHINESE as ZH
from kb.languages import LANGUAGES
from kb.targets import address

SITE = "https://someone.example/kb/"
PAGES = list(read(CORPUS).pages.values())
LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_every_page_has_its_own_markdown_beside_it(site, page):
    text = (site / page.address / "index.md").read_text("utf-8")
    # But for the targets of links it is the file that an editor edits.
    assert LINK.sub("]()", text) == LINK.sub("]()", (CORPUS / page.file).read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_links_in_the_markdown_of_a_page_lead_to_files_of_the_site(site, page):
    here = site / page.address
    for target in LINK.findall((here / "index.md").read_text("utf-8")):
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target) or not path:
            continue
        there = here / path
        assert there.exists(), target
        if anchor and path.endswith(".md"):
            goal = posixpath.normpath(posixpath.join("/" + page.address, path))[1:]
            page_there = next(one for one in PAGES if one.address + "index.md" == goal)
            assert anchor in page_there.anchors, target


def test_a_link_to_a_page_of_the_other_language_leads_to_where_it_is_shown(tmp_path):
    project(tmp_path)
    write(tmp_path, {"docs/about.md": "# 说明\n\n见[短文](articles/chips.md#p1)、[日文页](only-ja.md)"
                                      "与[图](images/a.png)。\n",
                     "docs_ja/only-ja.md": "# 日本語だけのページ\n"})
    whole = projects.read(tmp_path)
    page = whole.corpus.page("about.md", ZH)
    assert LINK.findall(plain.markdown(whole, page)) == [
        "../articles/chips/index.md#p1", "../only-ja/", "../images/a.png"]


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_llms_txt_lists_every_page_once(site, language):
    text = (site / language.prefix / "llms.txt").read_text("utf-8")
    listed = [target.removeprefix(SITE) for target in LINK.findall(text)]
    own = {page.address + "index.md" for page in PAGES if page.language is language
           and (not page.path.endswith("/index.md"))}
    twin = next(one for one in LANGUAGES if one is not language)
    assert sorted(listed) == sorted([*own, f"{twin.prefix}llms.txt"])
    assert all((site / place).is_file() for place in listed)
    assert re.match(r"# \S+\n\n> \S+", text)


def test_without_an_address_llms_txt_links_relative_to_itself(tmp_path):
    project(tmp_path)
    write(tmp_path, {"docs/index.md": "# 首页\n", "docs_ja/index.md": "# ホーム\n"})
    whole = projects.read(tmp_path)
    for language in LANGUAGES:
        targets = LINK.findall(plain.llms(whole, language, ""))
        assert "articles/chips/index.md" in targets
    assert "../llms.txt" in targets


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_a_feed_reader_reads_the_commentary_of_its_language(site, language):
    feed = feedparser.parse((site / language.prefix / "commentary/feed.xml").read_bytes())
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    # What is not translated yet is announced where readers of the language are shown it.
    own = {page.path: page for page in PAGES if page.is_commentary and page.language is language}
    pages = {SITE + address(page.path, language): own.get(page.path, page)
             for page in PAGES if page.is_commentary}
    assert {entry.id for entry in feed.entries} == set(pages)
    days = [entry.published for entry in feed.entries]
    assert days == sorted(days, reverse=True)
    for entry in feed.entries:
        page = pages[entry.id]
        assert entry.link == entry.id
        assert entry.title == page.title
        assert entry.summary == page.front["description"]
        assert entry.published.startswith(page.front["date"])
        assert [author.name for author in entry.authors] == page.front["authors"]
        about = {link.href for link in entry.links if link.rel == "related"}
        assert about == {
            SITE + address(target.partition("#")[0] + ".md", language) + "#" + target.partition("#")[2]
            for target in page.front["on"]}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_every_page_names_its_markdown_and_the_feed(site, language):
    for page in PAGES:
        if page.language is not language:
            continue
        html = (site / page.address / "index.html").read_text("utf-8")
        found = dict(re.findall(
            r'<link rel="alternate" type="([^"]+)" href="([^"]+)"', html))
        assert (site / page.address / found["text/markdown"]).is_file()
        assert (site / page.address / found["application/atom+xml"]).is_file()


def test_a_site_whose_address_is_not_known_has_no_feed_and_names_none(tmp_path):
    project(tmp_path)
    site_of(tmp_path)
    comment = ("---\nkind: note\ntitle: 注\nauthors: [编者]\ndate: 2026-11-22\n"
               "on: [articles/chips#p1]\nsources: [{text: 某书}]\ndescription: 一条短注。\n---\n\n短注。\n")
    write(tmp_path, {"docs/commentary/one.md": comment,
                     "docs_ja/commentary/one.md": comment.replace("一条短注。", "短い注。")})
    done = build(tmp_path, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "site/commentary/feed.xml").exists()
    assert "atom+xml" not in (tmp_path / "site/articles/chips/index.html").read_text("utf-8")
    assert (tmp_path / "site/articles/chips/index.md").read_text("utf-8") == CHINESE


def test_people_who_sign_by_family_and_given_name_stand_in_feeds_and_books(tmp_path):
    project(tmp_path)
    site_of(tmp_path)
    text = CHINESE.replace("author: 某研究院", "author: [{family: 王, given: 小明}, 某研究院]")
    comment = ("---\nkind: note\ntitle: 注\nauthors: [{family: 山田, given: 太郎}]\ndate: 2026-11-22\n"
               "on: [articles/chips#p1]\nsources: [{text: 某书}]\ndescription: |\n  一条\n  ER  - 短注。\n---\n\n短注。\n")
    write(tmp_path, {"docs/articles/chips.md": text, "docs/commentary/one.md": comment,
                     "docs_ja/commentary/one.md": comment})
    done = build(tmp_path, tmp_path / "site", SITE_URL=SITE)
    assert done.returncode == 0, done.stderr
    feed = feedparser.parse((tmp_path / "site/commentary/feed.xml").read_bytes())
    assert feed.entries[0].authors[0].name == "山田太郎"
    assert feed.entries[0].summary == "一条 ER - 短注。"
    with zipfile.ZipFile(tmp_path / "site/articles/chips/chips.zh-Hans.epub") as book:
        creators = re.findall(r"<dc:creator[^>]*>([^<]+)<", book.read("EPUB/content.opf").decode())
        assert creators == ["王小明", "某研究院"]
        assert "王小明、某研究院" in book.read("EPUB/title.xhtml").decode()
    entry = rispy.loads((tmp_path / "site/commentary/one/citation.ris").read_text("utf-8"))
    assert len(entry) == 1 and entry[0]["abstract"] == "一条 ER - 短注。"


def test_links_with_titles_and_definitions_of_links_are_right_too(tmp_path):
    project(tmp_path)
    write(tmp_path, {"docs/guides/g.md": '# 说明\n\n[甲](../articles/chips.md "标题")与[乙][b]。\n\n'
                                         "[b]: ../articles/chips.md#p2\n",
                     "docs/index.md": "# 首页\n"})
    whole = projects.read(tmp_path)
    text = plain.markdown(whole, whole.corpus.page("guides/g.md", ZH))
    assert '[甲](../../articles/chips/index.md "标题")' in text
    assert "[b]: ../../articles/chips/index.md#p2" in text
    assert "guides/g/index.md" in plain.llms(whole, ZH, "")
