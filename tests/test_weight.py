"""What a page weighs, and what it tells search engines: its address, its languages, what it is."""

from collections import Counter

import pytest
from host import build
from lxml import html
from scratch import project, site_of

HOME = "https://someone.example/kb/"
ARTICLE = "articles/encoder-notices/"
# One of each template; the tests below look at every page.
TEMPLATES = ["", ARTICLE, ARTICLE + "collation/", ARTICLE + "parallel/", ARTICLE + "history/", "articles/", "glossary/",
             "glossary/rxr/", "commentary/", "commentary/annex-number/", "timeline/", "about/", "about/state/",
             "notes/", "press-releases/three-notices/", "check/", "404.html"]
# The one page of the fixed corpus that nobody has translated: Japanese readers are shown the Chinese.
ALONE = "commentary/repair-parts/"


@pytest.fixture(scope="module")
def pages(site):
    """Address below the site's root → what was built there."""
    files = [*site.rglob("index.html"), *site.rglob("404.html")]
    return {file.relative_to(site).as_posix().removesuffix("index.html"):
            html.document_fromstring(file.read_bytes()) for file in sorted(files)}


@pytest.fixture(scope="module")
def citable(pages):
    """The pages that have an address of their own: all but the one for lost addresses, and what is shown
    in place of a translation."""
    return {address: page for address, page in pages.items()
            if not address.endswith("404.html") and address != f"ja/{ALONE}"}


def said(pages, path):
    """Address → the one thing that `path` finds on each page."""
    found = {address: page.xpath(path) for address, page in pages.items()}
    assert {address: all_ for address, all_ in found.items() if len(all_) != 1} == {}
    return {address: str(all_[0]).strip() for address, all_ in found.items()}


def twice(pages, values):
    """What stands on more than one page of a language."""
    counts = Counter((pages[address].get("lang"), value) for address, value in values.items())
    return [value for (_, value), count in counts.items() if count > 1]


def test_every_template_is_looked_at_in_both_languages(pages):
    assert {prefix + path for prefix in ("", "ja/") for path in TEMPLATES} <= pages.keys()


def test_every_page_has_one_description_that_no_other_page_of_its_language_has(pages):
    descriptions = said(pages, "//meta[@name='description']/@content")
    assert [address for address, text in descriptions.items() if len(text) < 20] == []
    assert twice(pages, descriptions) == []


def test_every_page_has_one_title_that_no_other_page_of_its_language_has(pages):
    titles = said(pages, "//title/text()")
    assert "" not in titles.values()
    assert twice(pages, titles) == []


def test_every_page_has_one_heading_of_the_first_level(pages):
    headings = {address: [one.text_content().strip() for one in page.iter("h1")]
                for address, page in pages.items()}
    assert {address: found for address, found in headings.items()
            if len(found) != 1 or not found[0]} == {}


def test_every_page_names_its_own_address_as_canonical(citable):
    assert said(citable, "//link[@rel='canonical']/@href") == {
        address: HOME + address for address in citable}


def test_the_page_for_lost_addresses_claims_no_address(pages):
    for address in ("404.html", "ja/404.html"):
        assert pages[address].xpath("//link[@rel='canonical' or @rel='alternate']") == []


def test_every_page_and_its_twin_name_each_other(citable):
    alternates = {
        HOME + address: {one.get("hreflang"): one.get("href")
                         for one in page.xpath("//head/link[@rel='alternate'][@hreflang]")}
        for address, page in citable.items()}
    assert alternates.pop(HOME + ALONE).keys() == {"zh-Hans"}
    for address, page in citable.items():
        if address == ALONE:
            continue
        own = alternates[HOME + address]
        assert own.keys() == {"zh-Hans", "ja", "x-default"}
        assert own[page.get("lang")] == HOME + address
        assert own["x-default"] == own["zh-Hans"]
        assert alternates[own["zh-Hans"]] == alternates[own["ja"]] == own


def test_search_engines_are_told_where_the_list_of_pages_is(site, tmp_path):
    assert (site / "robots.txt").read_text().splitlines() == [
        "User-agent: *", "Allow: /", "", f"Sitemap: {HOME}sitemap.xml"]
    place = tmp_path / "built"
    done = build(site_of(project(tmp_path)), place)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (place / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_a_first_visit_to_an_article_weighs_at_most_90_kilobytes_in_all(page, address, prefix):
    answered = []
    page.on("requestfinished", lambda request: answered.append(request))
    page.goto(address + prefix + ARTICLE)
    page.wait_for_load_state("networkidle")
    weights = {request.url.removeprefix(address): request.sizes() for request in answered}
    assert {prefix + ARTICLE, "assets/kb/kb.css", "assets/kb/switch.js"} <= weights.keys()
    assert all(one["responseBodySize"] > 0 for one in weights.values())
    total = sum(one["responseBodySize"] + one["responseHeadersSize"] for one in weights.values())
    assert total <= 90_000, weights
