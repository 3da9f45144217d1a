"""A reader tells the editors of an error: from a paragraph's menu, in a real Chromium, to the form of the
repository or a mail."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from playwright.sync_api import expect

from conftest import build, serve
from kb import cli
from scratch import CHINESE, JAPANESE, ROOT, site_of, write

ARTICLE = "articles/encoder-notices/"
FORMS = ROOT / ".github/ISSUE_TEMPLATE"
ENTRY = {"": "报告错误", "ja/": "誤りを知らせる"}


def form_ids(name):
    return [one["id"] for one in yaml.safe_load((FORMS / name).read_text("utf-8"))["body"] if "id" in one]


def opened(page, number, entry):
    page.locator(f"#p{number} > .kb-number").click()
    page.get_by_role("menuitem", name=entry).click()


@pytest.fixture
def reader(page):
    """A reader's window; what it asks of other hosts is written down, and answered by nobody's page."""
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.route("https://github.com/**", lambda route: route.fulfill(body="<p>form", content_type="text/html"))
    return page


def sent(page):
    page.wait_for_url("https://github.com/**")
    return urlsplit(page.url), {key: one for key, [one] in parse_qs(urlsplit(page.url).query).items()}


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_the_menu_opens_the_form_with_the_address_and_both_wordings(reader, address, prefix):
    reader.goto(address + prefix + ARTICLE)
    shown = reader.locator("#p23").inner_text()
    opened(reader, 23, ENTRY[prefix])
    where, fields = sent(reader)
    assert where.path == "/someone/kb/issues/new" and fields["template"] == "error.yml"
    assert re.fullmatch(re.escape(address + prefix + ARTICLE) + r"\?cite=\d{4}-\d\d-\d\d\.[0-9a-f]{12}#p23",
                        fields["address"])
    own, other = ("japanese", "chinese") if prefix else ("chinese", "japanese")
    assert fields[own].rstrip("…") in shown and len(fields[own]) > 10
    assert fields[other] and fields[other] != fields[own]
    assert "quotation" not in fields
    assert set(fields) - {"template", "title"} <= set(form_ids("error.yml"))


def test_what_was_selected_in_the_paragraph_is_quoted(reader, address):
    reader.goto(address + ARTICLE)
    words = reader.evaluate("""() => {
      const texts = document.createTreeWalker(document.querySelector("#p23"), NodeFilter.SHOW_TEXT)
      while (texts.nextNode().length < 8) {}
      getSelection().setBaseAndExtent(texts.currentNode, 1, texts.currentNode, 7)
      return getSelection().toString()
    }""")
    opened(reader, 23, ENTRY[""])
    assert sent(reader)[1]["quotation"] == words


def test_a_selection_elsewhere_is_no_quotation(reader, address):
    reader.goto(address + ARTICLE)
    reader.evaluate("getSelection().selectAllChildren(document.querySelector('#p1'))")
    opened(reader, 23, ENTRY[""])
    assert "quotation" not in sent(reader)[1]


def test_nothing_is_asked_of_another_host_before_the_reader_chooses(reader, address):
    reader.goto(address + ARTICLE)
    reader.locator("#p23 > .kb-number").click()
    expect(reader.get_by_role("menuitem", name=ENTRY[""])).to_be_visible()
    assert [one for one in reader.asked if not one.startswith(address)] == []


def test_long_texts_are_cut_alike_until_a_reader_who_has_to_sign_in_gets_there_too(reader, address):
    reader.goto(address + ARTICLE)
    made = reader.evaluate("""async ([text, limit]) => {
      const { fitting } = await import(new URL("assets/kb/mistake.js", document.querySelector(
        "link[href*='kb.css']").href.replace("assets/kb/kb.css", "")))
      return fitting((texts) => texts.map(encodeURIComponent).join("&"), [text, text, "短い"],
        (address) => address.length <= limit)
    }""", ["长" * 5000, 3000])
    assert 2900 < len(made) <= 3000
    first, second, third = map(unquote, made.split("&"))
    assert first == second and first.endswith("长…") and third == "短い"


def test_the_address_of_a_form_stays_below_what_github_takes(reader, tmp_path):
    long = "因此，这份通告不能约束任何人，" * 200
    longer = "したがって、この通告はだれも拘束しない。" * 200
    site = built(tmp_path, CHINESE.replace("首先，BIS很不严谨。", long),
                 JAPANESE.replace("まず、BISはまったくずさんである。", longer),
                 REPO_URL="https://github.com/someone/kb")
    server, address = serve(site)
    reader.goto(address + "articles/chips/")
    opened(reader, 1, ENTRY[""])
    _, fields = sent(reader)
    encoded = reader.evaluate("encodeURIComponent(location.href).length")
    assert 7500 < encoded <= 8000
    assert long.startswith(fields["chinese"][:-1]) and fields["chinese"][-1] == "…"
    assert longer.startswith(fields["japanese"][:-1])
    server.shutdown()


def built(tmp_path, chinese, japanese, **environment):
    root = site_of(tmp_path)
    write(root, {"docs/articles/chips.md": chinese, "docs_ja/articles/chips.md": japanese})
    assert cli.main(["anchors"], root=root) == 0
    done = build(root, root / "site", anew=True, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.mark.parametrize("repository", ["", "https://git.example.org/someone/kb"])
def test_where_there_is_no_form_but_an_address_a_mail_is_begun(reader, tmp_path, repository):
    site = built(tmp_path, CHINESE, JAPANESE, CONTACT="editors@example.org", REPO_URL=repository)
    server, address = serve(site)
    reader.goto(address + "ja/articles/chips/")
    mail = reader.evaluate("""async (site) =>
      (await import(`${site}assets/kb/mistake.js`)).filledIn("p1", "ずさん")""", address)
    where, fields = urlsplit(mail), parse_qs(urlsplit(mail).query)
    assert (where.scheme, where.path) == ("mailto", "editors@example.org")
    assert fields["subject"] == ["第1段落の誤り：チップについて"]
    body = fields["body"][0]
    assert "首先，BIS很不严谨。" in body and "まず、BISはまったくずさんである。" in body
    assert "誤りのある文言\r\nずさん\r\n" in body and f"{address}ja/articles/chips/" in body
    assert len(mail) <= 1900 and "+" not in where.query
    reader.locator("#p1 > .kb-number").click()
    expect(reader.get_by_role("menuitem", name=ENTRY["ja/"])).to_be_visible()
    server.shutdown()


def test_where_there_is_neither_the_menu_offers_nothing(reader, tmp_path):
    server, address = serve(built(tmp_path, CHINESE, JAPANESE))
    reader.goto(address + "articles/chips/")
    reader.locator("#p1 > .kb-number").click()
    expect(reader.get_by_role("menuitem").last).to_be_visible()
    assert reader.get_by_role("menuitem", name=ENTRY[""]).count() == 0
    server.shutdown()


@pytest.mark.parametrize("name", ["error.yml", "concept.yml", "document.yml"])
def test_each_form_asks_in_both_languages_under_ids_that_an_address_can_fill_in(name):
    form = yaml.safe_load((FORMS / name).read_text("utf-8"))
    assert " / " in form["name"] and " / " in form["description"]
    ids = form_ids(name)
    assert len(set(ids)) == len(ids) and all(re.fullmatch(r"[a-z-]+", one) for one in ids)
    for one in form["body"]:
        if "id" in one:
            chinese, japanese = one["attributes"]["label"].split(" / ")
            assert chinese and japanese
