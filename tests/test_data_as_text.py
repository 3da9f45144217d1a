"""What data say is text, in every file that is made of them: no markup, no second record. And findings are lines
that a log can carry."""

import json
import re
import zipfile
from collections import Counter
from html.parser import HTMLParser

import bibtexparser
import pytest
import rispy
from host import build
from lxml import etree, html
from scratch import CHINESE, project, site_of, write

from kb.findings import LONGEST_LINE, Finding

# Ends an attribute, begins an element; also as references, which must not be read twice; ends a record of RIS and
# BibTeX and begins another; adds an entry to a list in Markdown; ends a CDATA section.
HOSTILE = ('甲\\"><script>alert(1)</script>&lt;script&gt;alert(2)&lt;/script&gt; }}\\nER  - \\nTY  - BOOK\\n'
           '- [假](https://elsewhere.example) and 乙 @misc{y, ]]>')
COMMENTARY = f"""\
---
kind: note
title: "{HOSTILE}"
authors: ["{HOSTILE}", {{family: "{HOSTILE}", given: "{HOSTILE}"}}]
date: 2025-06-01
on: [articles/chips#p1]
sources:
  - text: "{HOSTILE}"
    address: https://www.example.org/?a=%22%3E&b=1
description: "{HOSTILE}"
---

# 注

注。
"""
CONCEPT = f"""\
---
kind: concept
term: "规则{HOSTILE}"
english: "rule {HOSTILE}"
reading: "guīzé{HOSTILE}"
variants: ["规{HOSTILE}"]
authority: ["{HOSTILE}"]
discouraged:
  - {{rendering: "{HOSTILE}", instead: "{HOSTILE}"}}
false-friends:
  - {{form: "{HOSTILE}", note: "{HOSTILE}"}}
description: "{HOSTILE}"
---

# 规则&lt;script&gt;alert(3)&lt;/script&gt;

定义。

## 出处 {{ #sources }}

* 公报
"""
NOTE = f"""\
notes:
  - on: p1
    kind: note
    signed: {{zh-Hans: "{HOSTILE}", ja: "{HOSTILE}"}}
    date: 2025-06-01
    zh-Hans: 注。
    ja: 注。
"""
EVENTS = f"""\
events:
  - date: 2025-05-14
    title: {{zh-Hans: "{HOSTILE}", ja: "{HOSTILE}"}}
    text: {{zh-Hans: "{HOSTILE}", ja: "{HOSTILE}"}}
    sources: [{{text: "{HOSTILE}", address: https://www.example.org/x}}]
    paragraphs: [articles/chips#p1]
"""
INDEXES = {f"{tree}/{name}.md": f"---\nkind: {kind}\n---\n\n# 索引\n" for tree in ("docs", "docs_ja")
           for name, kind in (("commentary/index", "index"), ("glossary/index", "index"), ("timeline", "timeline"))}


def site(place, data):
    """A site of which all data are `data`."""
    root = site_of(project(place / "project"))
    document = CHINESE.replace("author: 某研究院", f'author: "{HOSTILE}"').replace(
        "# 聊聊芯片", "# 聊聊&lt;script>alert(4)&lt;/script>芯片")
    files = INDEXES | {
        "docs/articles/chips.md": document, "sources/articles/chips.yml": NOTE, "timeline/events.yml": EVENTS,
        **{f"{tree}/commentary/n.md": COMMENTARY for tree in ("docs", "docs_ja")},
        **{f"{tree}/glossary/rule.md": CONCEPT for tree in ("docs", "docs_ja")}}
    write(root, {name: text.replace(HOSTILE, data) for name, text in files.items()})
    done = build(root, place / "site", SITE_URL="https://someone.example/kb/")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def built(once):
    """A site of which all data are hostile."""
    return once("hostile-data", lambda place: site(place, HOSTILE)) / "site"


@pytest.fixture(scope="module")
def harmless(once):
    """The same site, of data that say nothing but a word."""
    return once("harmless-data", lambda place: site(place, "甲\\nand 乙")) / "site"


def markup(folder):
    """Of each page, each file of XML and each chapter of a book: how many elements of each name with the same
    attributes there are. What is English in a text is marked as such, and where a line of a title may end, there
    is a `wbr` without attributes: both depend on the words, and are left out here."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*")
             if path.suffix in (".html", ".xml", ".tbx", ".tmx", ".svg", ".rdf")}
    for book in folder.rglob("*.epub"):
        with zipfile.ZipFile(book) as opened:
            files |= {f"{book.relative_to(folder)}/{name}": opened.read(name) for name in opened.namelist()
                      if name.endswith((".xhtml", ".opf", ".ncx"))}
    found = {}
    for name, content in files.items():
        tree = html.document_fromstring(content) if name.endswith(".html") else etree.fromstring(content)
        elements = (((one.tag, *sorted(one.attrib)) for one in tree.iter() if isinstance(one.tag, str)))
        found[name] = Counter(one for one in elements
                              if (not one[0].endswith("span") or len(one) > 3) and one != ("wbr",))
    return found


class Live(HTMLParser):
    """What a page would run: scripts of its own, events, addresses of scripts; and where it says the words."""

    def __init__(self):
        super().__init__()
        self.found, self.said, self._script = [], "", False

    def handle_starttag(self, tag, attrs):
        self._script = tag == "script"
        self.found += [(tag, name) for name, value in attrs
                       if name.startswith("on") or (value or "").strip().lower().startswith("javascript:")]

    def handle_endtag(self, tag):
        self._script = False

    def handle_data(self, data):
        if self._script and not data.lstrip().startswith("{"):
            self.found.append(("script", data))
        if not self._script:
            self.said += data


def test_no_page_book_or_feed_has_another_element_or_attribute_whatever_data_say(built, harmless):
    """What templates and writers give is all there is: data add nothing to it."""
    ours, theirs = markup(built), markup(harmless)
    assert ours.keys() == theirs.keys() and sum(name.endswith(".xhtml") for name in ours) > 4
    assert {name: (ours[name] - theirs[name], theirs[name] - ours[name]) for name in ours
            if ours[name] != theirs[name]} == {}


def test_no_page_runs_what_data_say(built):
    pages = list(built.rglob("*.html"))
    assert len(pages) >= 20
    for path in pages:
        page = Live()
        page.feed(path.read_text("utf-8"))
        assert page.found == [], path


@pytest.mark.parametrize("place", ["articles/chips", "articles/chips/parallel", "commentary/n", "glossary/rule", "timeline"])
def test_pages_show_what_data_say_as_it_was_written(built, place):
    page = Live()
    page.feed((built / place / "index.html").read_text("utf-8"))
    assert "<script>alert(" in page.said
    if place != "articles/chips/parallel":
        assert "&lt;script&gt;alert(2)" in page.said  # not decoded twice


def test_data_for_search_engines_end_no_script(built):
    for path in built.rglob("*.html"):
        for found in re.findall(r'<script type="application/ld\+json">(.*?)</script>', path.read_text("utf-8"), re.S):
            json.loads(found)


@pytest.mark.parametrize("place", ["articles/chips", "commentary/n", "ja/commentary/n", "glossary/rule"])
def test_a_citation_file_holds_one_record(built, place):
    records = rispy.loads((built / place / "citation.ris").read_text("utf-8"))
    assert len(records) == 1 and records[0]["type_of_reference"] != "BOOK"
    text = (built / place / "citation.bib").read_text("utf-8")
    read = bibtexparser.parse_string(text)
    assert len(read.entries) == 1 and not read.failed_blocks
    assert text.count("{") == text.count("}")  # programs count braces
    assert len(json.loads((built / place / "citation.json").read_text("utf-8"))) == 1


def test_a_name_with_an_and_in_it_is_one_author(built):
    read = bibtexparser.parse_string((built / "commentary/n/citation.bib").read_text("utf-8"))
    outside, depth = "", 0
    for one in read.entries[0]["author"]:
        depth += (one == "{") - (one == "}")
        outside += one if not depth else ""
    assert outside.count(" and ") == 1  # between the two who signed


@pytest.mark.parametrize("place", ["llms.txt", "ja/llms.txt"])
def test_a_title_adds_no_entry_to_the_list_of_pages(built, place):
    lines = (built / place).read_text("utf-8").splitlines()
    entries = [line for line in lines if line.startswith("- ")]
    assert all(re.match(r"- \[(?:[^\[\]\\]|\\.)*\]\(https://someone\.example/", line) for line in entries)
    assert not any(re.search(r"(?<!\\)\[假|(?<!\\)<script", line) for line in lines)
    assert not any(line.startswith(("ER", "TY")) for line in lines)


def test_feeds_and_files_of_translators_are_read_by_an_xml_parser(built):
    paths = [path for suffix in ("xml", "tbx", "tmx") for path in built.rglob(f"*.{suffix}")]
    assert len(paths) > 3
    for path in paths:
        root = etree.fromstring(path.read_bytes())
        assert not list(root.iter("{*}script")), path
    feed = etree.fromstring((built / "commentary/feed.xml").read_bytes())
    assert len(list(feed.iter("{*}entry"))) == 1


def test_books_hold_no_script_of_data(built):
    books = list(built.rglob("*.epub"))
    assert books
    for path in books:
        with zipfile.ZipFile(path) as book:
            for name in book.namelist():
                if name.endswith((".xhtml", ".opf", ".ncx")):
                    assert not list(etree.fromstring(book.read(name)).iter("{*}script")), (path, name)


# --- findings as lines of a log -----------------------------------------------------------------------------


def finding(**changes):
    return Finding(**{"file": "docs/x.md", "line": 1, "code": "KB103", "found": "甲", "expected": "乙", "hint": "丙"}
                   | changes)


@pytest.mark.parametrize("part", ["file", "found", "expected", "hint"])
def test_nothing_in_a_finding_begins_a_line_that_a_workflow_would_obey(part):
    for sign in ("\n", "\r", "\r\n", "\x0b", "\x1b[2J", "\x85", "\u2028", "\u202e"):
        text = str(finding(**{part: f"甲{sign}::error file=x::乙"}))
        lines = re.split(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", text)
        assert not any(line.startswith("::") for line in lines)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]", text)


def test_a_finding_is_cut_where_nobody_would_read_on():
    text = str(finding(found="字" * 100_000))
    assert max(map(len, text.split("\n"))) <= LONGEST_LINE
