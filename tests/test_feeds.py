"""Following without an account: Atom feeds of a document, of a concept, of everything, in each language. They
keep to RFC 4287, tell both wordings of what was changed, and are the same for as long as nothing is."""

import re
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from dated import DAYS, DELETED, INSERTED, ORIGINALS, TRANSLATIONS, ZH, edited, lived, recorded
from lxml import etree, html
from playwright.sync_api import expect
from scratch import CHINESE, CORPUS, JAPANESE, project, write

from kb import project as projects
from kb.exports import feeds
from kb.languages import LANGUAGES
from kb.targets import place

HOME = "https://someone.example/kb/"
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TERM = """\
---
kind: concept
term: {term}
reading: {reading}
english: rule
description: {text}
---

# {term}

{text}
"""


def every_feed(root, site_url=HOME):
    """Place → bytes of every feed of a project."""
    read = projects.read(root)
    found = {}
    for language in LANGUAGES:
        found |= feeds.of_all(read, language, site_url)
        for path in read.corpus.paths:
            found |= feeds.of_page(read, path, language, site_url)
    return {name: text.encode() for name, text in found.items()}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The project that has lived through four days, with a concept that its texts use."""
    place_ = lived(tmp_path_factory.mktemp("feeds"))
    write(place_, {
        "docs/glossary/rule.md": TERM.format(term="规则", reading="guīzé", text="一种规定。"),
        "docs_ja/glossary/rule.md": TERM.format(term="規則", reading="きそく", text="定めのこと。"),
        "docs/glossary/unused.md": TERM.format(term="豁免", reading="huòmiǎn", text="一种例外。"),
        "docs_ja/glossary/unused.md": TERM.format(term="免除", reading="めんじょ", text="例外のこと。")})
    return place_


@pytest.fixture(scope="module")
def made(root):
    return every_feed(root)


def entries(content):
    feed = feedparser.parse(content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed.entries


def one(element, name):
    found = element.findall(ATOM + name)
    assert len(found) == 1, (name, len(found))
    return found[0]


def is_moment(text):
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text))  # RFC 3339, as RFC 4287 3.3 asks


def check_links(element):
    """4.1.1 and 4.1.2: no two alternates of one type and language; 4.2.7: each has an address."""
    links = element.findall(ATOM + "link")
    assert all(urlsplit(link.get("href")).scheme == "https" for link in links)
    kinds = [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel") == "alternate"]
    assert len(kinds) == len(set(kinds)) == 1


def check_feed(name, content):
    """What RFC 4287 demands of a feed and its entries, of the kinds that are in ours."""
    feed = etree.fromstring(content)
    assert feed.tag == f"{ATOM}feed" and feed.get(XML_LANG)
    for required in ("title", "updated", "rights"):
        assert one(feed, required).text.strip()
    assert one(feed, "id").text == HOME + name  # 4.2.6: absolute, and it never changes
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == [HOME + name]
    check_links(feed)
    found = feed.findall(f"{ATOM}entry")
    ids = [one(entry, "id").text for entry in found]
    assert len(ids) == len(set(ids))
    moments = [one(entry, "updated").text for entry in found]
    assert all(map(is_moment, moments)) and moments == sorted(moments, reverse=True)
    assert one(feed, "updated").text == max(moments, default="1970-01-01T00:00:00Z")
    for entry in found:
        assert one(entry, "title").text.strip() and entry.get(XML_LANG) in ("zh-Hans", "ja")
        assert urlsplit(one(entry, "id").text).scheme == "https"
        assert is_moment(one(entry, "published").text)
        check_links(entry)
        # 4.1.2: an author in the entry, or in the feed
        assert entry.findall(f"{ATOM}author/{ATOM}name") or feed.findall(f"{ATOM}author/{ATOM}name")
        assert entry.findall(f"{ATOM}summary") or entry.findall(f"{ATOM}content")
        for content_ in entry.findall(f"{ATOM}content"):
            assert content_.get("type") == "html" and len(content_) == 0  # 4.1.3.3: escaped, no elements
            fragment = html.fragment_fromstring(content_.text, create_parent="div")
            assert {part.tag for part in fragment.iter()} <= {"div", "h3", "a", "p", "blockquote", "ins", "del"}
            assert all(set(part.attrib) <= {"href", "lang"} for part in fragment.iter())


def test_every_feed_keeps_to_the_rules_of_atom(made):
    assert {"feed.xml", "ja/feed.xml", "commentary/feed.xml", "ja/commentary/feed.xml",
            "articles/chips/feed.xml", "ja/articles/chips/feed.xml", "glossary/rule/feed.xml",
            "ja/glossary/rule/feed.xml", "glossary/unused/feed.xml", "ja/glossary/unused/feed.xml"} == set(made)
    for name, content in made.items():
        check_feed(name, content)
        entries(content)


def test_the_feeds_of_a_whole_site_keep_to_them_too_and_all_that_they_lead_to_is_there(site):
    paths = sorted(site.rglob("feed.xml"))
    assert len(paths) > 10
    for path in paths:
        name = path.relative_to(site).as_posix()
        check_feed(name, path.read_bytes())
        for link in etree.fromstring(path.read_bytes()).iter(f"{ATOM}link"):
            address, _, fragment = link.get("href").removeprefix(HOME).partition("#")
            file = site / address / ("" if address.endswith(".xml") else "index.html")
            assert file.is_file(), link.get("href")
            if fragment:
                assert f'id="{fragment}"' in file.read_text("utf-8"), link.get("href")


@pytest.mark.parametrize(("prefix", "titles"), [
    ("", ["聊聊芯片：第1段、第4段有改动", "聊聊芯片：第4a段有改动", "聊聊芯片：第1段有改动", "新收：聊聊芯片"]),
    ("ja/", ["チップについて：第4段落を変更", "チップについて：第1段落、第4a段落を変更", "新収：チップについて"])])
def test_a_document_s_feed_tells_what_each_day_brought_to_the_edition(made, prefix, titles):
    found = [entry for entry in entries(made[f"{prefix}articles/chips/feed.xml"]) if "#day." in entry.id]
    assert [entry.title for entry in found] == titles
    assert all(entry.updated == f"{entry.id[-10:]}T00:00:00Z" for entry in found)
    assert found[-1].summary.startswith("共5段。一篇" if not prefix else "全5段落。チップ") \
        or found[-1].summary.startswith("全5段落。")


def test_an_entry_has_both_wordings_whole_with_the_differences_marked(made):
    latest = next(entry for entry in entries(made["articles/chips/feed.xml"]) if entry.id.endswith(DAYS[1]))
    content = html.fragment_fromstring(latest.content[0].value, create_parent="div")
    before, after = content.findall("blockquote")
    assert (before.text_content(), after.text_content()) == ORIGINALS[:2]
    assert [part.text for part in before] == ["很"] and [part.text for part in after] == ["并", "，也不公开"]
    assert {part.get("lang") for part in (before, after)} == {"zh-Hans"}
    assert content.find("h3/a").get("href") == f"{HOME}articles/chips/#p1"


def test_what_was_inserted_and_what_was_removed_is_in_the_entry(made):
    found = {entry.id[-10:]: entry.content[0].value for entry in entries(made["ja/articles/chips/feed.xml"])
             if entry.get("content")}
    assert f"<ins>{INSERTED[1]}</ins>" in found[DAYS[2]] and "追加：" in found[DAYS[2]]
    assert TRANSLATIONS[1] in html.fromstring(found[DAYS[2]]).text_content()
    assert f"<del>{DELETED[1]}</del>" in found[DAYS[3]] and "撤去：" in found[DAYS[3]]


def test_what_is_in_two_feeds_is_the_same_entry(made):
    def by_id(name):
        return {entry.find(f"{ATOM}id").text: etree.tostring(entry, with_tail=False)
                for entry in etree.fromstring(made[name]).iter(f"{ATOM}entry")}

    for prefix in ("", "ja/"):
        everything, own = by_id(f"{prefix}feed.xml"), by_id(f"{prefix}articles/chips/feed.xml")
        assert own == everything and by_id(f"{prefix}commentary/feed.xml").items() <= everything.items()
        assert not by_id(f"{prefix}glossary/rule/feed.xml").keys() & everything.keys()


def test_a_concept_s_feed_tells_of_the_paragraphs_that_use_it_and_of_no_others(made):
    chinese = entries(made["glossary/rule/feed.xml"])
    assert [entry.title for entry in chinese] == ["“规则”见于聊聊芯片：第3段"]
    assert "解释性规则" in chinese[0].content[0].value and "严谨" not in chinese[0].content[0].value
    assert [entry.title for entry in entries(made["ja/glossary/rule/feed.xml"])] == [
        "「規則」の用例、チップについて：第3段落"]
    assert entries(made["glossary/unused/feed.xml"]) == []


def test_nothing_changes_in_a_feed_for_as_long_as_nothing_is_changed(root, made):
    assert every_feed(root) == made


def test_a_change_elsewhere_changes_no_other_document_s_feed_and_ids_stay_for_ever(tmp_path):
    root = lived(tmp_path)
    write(root, {"docs/articles/other.md": CHINESE.replace("聊聊芯片", "再聊芯片"),
                 "docs_ja/articles/other.md": JAPANESE.replace("チップについて", "チップ再論")})
    recorded(root, "2026-05-02")
    before = every_feed(root)
    edited(root, "docs/articles/other.md", ("很不严谨", "不严谨"))
    recorded(root, "2026-05-03")
    after = every_feed(root)
    assert {name for name in before if before[name] != after[name]} == {
        "feed.xml", "articles/other/feed.xml"}
    ids = [[entry.id for entry in entries(feed["feed.xml"]) if "#day." in entry.id] for feed in (before, after)]
    assert ids[1] == [f"{HOME}articles/other/history/#day.2026-05-03", *ids[0]]


def test_a_language_without_an_edition_is_told_of_the_other_one(tmp_path):
    root = lived(tmp_path)
    write(root, {"docs_ja/articles/chips.md": None})
    found = entries(every_feed(root)["ja/articles/chips/feed.xml"])
    assert {entry.content[0].language for entry in found if entry.get("content")} == {"zh-Hans"}
    assert all(entry.link.startswith(f"{HOME}ja/") for entry in found)


def test_a_site_whose_address_is_not_known_has_no_feed(root):
    assert every_feed(root, "") == {}


def test_a_long_day_is_cut_and_says_so(tmp_path):
    project(tmp_path)
    many = "\n".join(f"第{number}条，内容从略。\n{{ #p{number + 5} }}\n" for number in range(1, 41))
    edited(tmp_path, ZH, ("> “本届", f"{many}\n> “本届"), ("{ #p5 }", "{ #p46 }"))
    write(tmp_path, {"anchors/articles/chips.yml": None, "anchors/articles/chips.txt": None,
                     "docs_ja/articles/chips.md": None})
    recorded(tmp_path, "2026-05-01")
    edited(tmp_path, ZH, ("内容从略", "内容略去"))
    recorded(tmp_path, "2026-05-02")
    latest = entries(every_feed(tmp_path)["articles/chips/feed.xml"])[0]
    assert latest.title == "聊聊芯片：第6段、第7段、第8段、第9段等40处有改动"
    assert latest.content[0].value.count("<h3>") == 30 and "其余10处见“历次文字”。" in latest.content[0].value


@pytest.mark.parametrize(("path", "name"), [
    ("articles/encoder-notices/", "订阅本文的更新（Atom）"), ("ja/articles/encoder-notices/", "このテキストの更新を購読する（Atom）"),
    ("glossary/rxr/", "订阅此术语所见的段落（Atom）"), ("ja/glossary/rxr/", "この用語を用いた段落を購読する（Atom）"),
    ("", "订阅全部更新（Atom）"), ("ja/timeline/", "すべての更新を購読する（Atom）")])
def test_a_feed_is_linked_where_a_reader_looks_and_named_in_the_head(page, address, path, name):
    page.goto(address + path)
    link = page.get_by_role("link", name=name)
    expect(link).to_be_visible()
    goal = urljoin(page.url, link.get_attribute("href"))
    named = page.locator("link[type='application/atom+xml']").evaluate_all("all => all.map((one) => one.href)")
    assert goal in named and page.request.get(goal).ok


def test_the_places_of_feeds_are_kept_free_of_pages_and_files(tmp_path, kb):
    root = lived(tmp_path)
    write(root, {"docs/articles/chips/feed.xml": "<a/>"})
    code, printed = kb(root, "check")
    assert code == 1 and "articles/chips/feed.xml" in printed


def test_the_fixed_corpus_has_a_feed_for_each_document_and_concept(site):
    read = projects.read(CORPUS)
    for language in LANGUAGES:
        for page in read.corpus.pages.values():
            if page.language is language and (page.is_document or page.kind == "concept"):
                assert (site / place(page.path, language) / "feed.xml").is_file(), page.file
