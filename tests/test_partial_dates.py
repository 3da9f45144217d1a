"""Dates of a month or a year: shown, sorted, cited and put into books as what they are."""

import json
import re
import zipfile

import pytest
from host import build
from lxml import etree
from scratch import CHINESE, JAPANESE, project, site_of, with_source, write

from kb import project as projects
from kb.languages import CHINESE as ZH
from kb.views.listing import newest_first

SITE = "https://someone.example/kb/"
SPOKEN = {"1951-10": ("1951年10月", "1951年10月"), "1951": ("1951年", "1951年")}


def dated(root, date):
    """A text of that date; its translation was not edited after it."""
    write(root, {"docs/articles/chips.md": CHINESE.replace("2025-05-14", date),
                 "docs_ja/articles/chips.md": JAPANESE.replace("2025-05-14", date)})


@pytest.fixture(scope="module", params=["1951-10", "1951"])
def built(request, tmp_path_factory):
    root = tmp_path_factory.mktemp("dated")
    project(root)
    dated(site_of(root), request.param)
    write(root, {f"{tree}/articles/index.md": f"---\nkind: index\nlists: articles\n---\n\n# {title}\n"
                 for tree, title in (("docs", "文章"), ("docs_ja", "論考"))})
    done = build(root, root / "site", SITE_URL=SITE)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site", request.param


def test_it_is_shown_as_what_is_known_on_the_page_and_in_lists(built):
    site, date = built
    for prefix, spoken in zip(("", "ja/"), SPOKEN[date], strict=True):
        for place in ("articles/chips", "articles"):
            text = (site / prefix / place / "index.html").read_text("utf-8")
            assert f'<time datetime="{date}">{spoken}</time>' in text


def test_every_citation_says_no_more_than_is_known(built):
    site, date = built
    folder = site / "articles/chips"
    [item] = json.loads((folder / "citation.json").read_text("utf-8"))
    assert item["issued"] == {"date-parts": [[int(part) for part in date.split("-")]]}
    assert f"  date = {{{date}}}," in (folder / "citation.bib").read_text("utf-8")
    ris = (folder / "citation.ris").read_text("utf-8")
    assert f"DA  - {date.replace('-', '/')}\n" in ris and "PY  - 1951\n" in ris
    [translated] = json.loads((site / "ja/articles/chips/citation.json").read_text("utf-8"))
    assert translated["original-date"] == item["issued"]
    assert f"  origdate = {{{date}}}," in (site / "ja/articles/chips/citation.bib").read_text("utf-8")


def test_the_head_tells_programs_no_more_than_is_known(built):
    site, date = built
    text = (site / "articles/chips/index.html").read_text("utf-8")
    assert f'name="citation_publication_date" content="{date.replace("-", "/")}"' in text
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text).group(1))
    assert data["datePublished"] == date
    text = (site / "ja/articles/chips/index.html").read_text("utf-8")
    assert f'name="DCTERMS.created" content="{date}"' in text


def test_a_book_has_its_date_and_a_whole_moment_of_change(built):
    site, date = built
    books = [*site.rglob("*.epub")]
    assert len(books) == 3
    for path in books:
        with zipfile.ZipFile(path) as archive:
            opf = etree.fromstring(archive.read("EPUB/content.opf"))
            pages = "".join(archive.read(name).decode() for name in archive.namelist()
                            if name.endswith(".xhtml"))
        assert opf.findtext(".//{*}date") == date
        [changed] = [one.text for one in opf.iter("{*}meta") if one.get("property") == "dcterms:modified"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", changed)
        assert SPOKEN[date][0] in pages


def test_lists_put_a_year_after_its_months_and_these_after_their_days(tmp_path):
    dates = ["1951", "1951-10", "1951-10-27", "1952-01", "1950-12-31"]
    write(tmp_path, {f"docs/articles/d{number}.md": CHINESE.replace("2025-05-14", date)
                     for number, date in enumerate(dates)})
    pages = projects.read(tmp_path).corpus.below("articles", ZH)
    assert [page.date for page in newest_first(pages)] == ["1952-01", "1951-10-27", "1951-10", "1951",
                                                           "1950-12-31"]


def test_a_received_text_may_bear_a_month(tmp_path, kb):
    root = with_source(tmp_path)
    write(root, {"docs_ja/articles/chips.md": JAPANESE.replace("text: tr", "headings: supplied\ntext: tr")})
    path = root / "sources/a.yml"
    for date in ("1951-10", "1951"):
        write(root, {"sources/a.yml": re.sub(r"^date: .*$", f"date: {date}", path.read_text("utf-8"),
                                             flags=re.MULTILINE)})
        assert kb(root, "check")[0] == 0
        assert projects.read(root).sources.received[0].date == date


EVENTS = """\
events:
  - date: {date}
    until: {until}
    title: {{zh-Hans: 谈判, ja: 交渉}}
    text: {{zh-Hans: 谈判。, ja: 交渉。}}
    sources: [{{text: 某书}}]
"""


@pytest.mark.parametrize(("date", "until", "is_right"), [
    ("1951-10", "1951", True), ("1951-10-27", "1951-10", True), ("1951", "1951-10", True),
    ("1951-10", "1952", True), ("1951-10", "1951-09", False), ("1951-10-27", "1950", False),
    ("1952", "1951-12", False),
])
def test_an_event_may_last_until_a_month_or_a_year(tmp_path, kb, date, until, is_right):
    write(project(tmp_path), {"timeline/events.yml": EVENTS.format(date=date, until=until)})
    printed = kb(tmp_path, "check")[1]
    assert ("KB608" not in printed) == is_right and "KB103" not in printed, printed


@pytest.mark.parametrize("date", ["1951-13", "1951-00", "0000", "1951-10-32", "51", "1951-10-", "1951.10"])
def test_what_no_calendar_has_is_refused_with_an_example(tmp_path, kb, date):
    project(tmp_path)
    dated(tmp_path, f"'{date}'")
    code, printed = kb(tmp_path, "check")
    assert code == 1 and " KB103 " in printed and "as in 2025-05-14" in printed and "Traceback" not in printed
