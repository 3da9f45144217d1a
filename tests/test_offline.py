"""What was visited, read without the network: only where the reader asked for it, and always said to be so."""

import datetime
import re
import shutil
import socket
import threading

import pytest
from axe import violations
from host import serve
from lxml import html
from playwright.sync_api import expect
from scratch import ROOT, every_file, project, site_of
from window import overheard

from kb import cli
from kb.exports import headers, offline
from kb.languages import LANGUAGES, word

ARTICLE = "articles/encoder-notices/"
SWITCH = "about/offline/"
PREFIXES = {"": "zh-Hans", "ja/": "ja"}
PROGRAM = (ROOT / "theme/visited.js").read_text("utf-8")
NOTICE = "[data-kb-kept]"


class Host:
    """A copy of the site that can be changed, on a server that can go and come back at the same address."""

    def __init__(self, site, folder, below):
        self.site = shutil.copytree(site, folder / "site")
        self.below, self.asked = below, []
        self.server, self.address = serve(self.site, below)
        self._listen()

    def _listen(self):
        handler = self.server.RequestHandlerClass.func
        seen = self.asked

        class Listening(handler):
            close_connection = True

            def send_head(self):
                seen.append(self.path)
                return super().send_head()

            def end_headers(self):
                self.send_header("Connection", "close")  # none is left open to a server that is gone
                super().end_headers()

        self.server.RequestHandlerClass = type(self.server.RequestHandlerClass)(
            Listening, **self.server.RequestHandlerClass.keywords)

    def leave(self):
        self.server.shutdown()
        self.server.server_close()

    def come_back(self):
        place, handler = self.server.server_address, self.server.RequestHandlerClass
        self.server = type(self.server)(place, handler)
        threading.Thread(target=self.server.serve_forever, args=[0.02], daemon=True).start()


@pytest.fixture
def below():
    """The path of the site on its host."""
    return "/kb/"


@pytest.fixture
def host(site, tmp_path, below):
    found = Host(site, tmp_path, below)
    yield found
    found.leave()


@pytest.fixture
def reader(browser):
    """A phone, as new."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    yield overheard(context.new_page())
    context.close()


def said(key, tag, **values):
    return word(key, tag, **values)


def today(tag):
    day = datetime.date.today()
    return said("date", tag, year=day.year, month=day.month, day=day.day)


def begin(page, host, prefix=""):
    page.goto(host.address + prefix + SWITCH)
    page.get_by_role("button", name=said("offline-begin", PREFIXES[prefix]), exact=True).click()
    expect(page.get_by_role("button", name=said("offline-end", PREFIXES[prefix]))).to_be_visible()


def until(page, script, given=None):
    """Wait until `script`, which may have to wait itself, gives something true: `wait_for_function` takes the
    promise of an answer for one."""
    for _ in range(400):
        if page.evaluate(script, given):
            return
        page.wait_for_timeout(50)
    raise AssertionError(script)


def visit(page, host, place):
    """Open a page of the site, and wait until it is kept."""
    page.goto(host.address + place)
    is_kept = """async (address) => {
      const name = (await caches.keys()).find((one) => one.endsWith(" pages"))
      const found = name && await (await caches.open(name)).match(address)
      return Boolean(found) && (await found.text()) === document.documentElement.dataset.whole
    }"""
    page.evaluate("""async () => {
      document.documentElement.dataset.whole = await (await fetch(location.href, { cache: "no-store" })).text()
    }""")
    until(page, is_kept, host.address + place)


def stores(page):
    return page.evaluate("caches.keys()")


def registrations(page):
    return page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => one.scope))")


def test_nothing_is_kept_and_no_worker_runs_where_nobody_asked_for_it(reader, host):
    for prefix in PREFIXES:
        for place in ("", ARTICLE, SWITCH):
            reader.goto(host.address + prefix + place)
            reader.wait_for_load_state("networkidle")
    assert stores(reader) == [] and registrations(reader) == []
    assert not any(path.endswith("visited.js") for path in host.asked)
    assert reader.wrong == []


@pytest.mark.parametrize("below", ["/kb/", "/"], ids=["below a path", "at the root"])
@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_page_that_was_visited_is_read_without_the_network_and_says_so_with_its_day(reader, host, prefix):
    tag = PREFIXES[prefix]
    begin(reader, host, prefix)
    visit(reader, host, prefix + ARTICLE)
    expect(reader.locator(NOTICE)).to_have_count(0)
    whole = reader.locator("article").inner_text()
    assert reader.wrong == []
    host.leave()
    reader.goto(host.address + prefix + ARTICLE + "?any=1#p3")
    expect(reader.locator(NOTICE)).to_have_text(said("offline-kept", tag, date=today(tag)))
    assert reader.locator("article").inner_text() == whole
    is_seen = """(notice) => {
      const { left, top, width, height } = notice.getBoundingClientRect()
      return document.elementFromPoint(left + width / 2, top + height / 2) === notice
    }"""
    assert reader.locator(NOTICE).evaluate(is_seen)  # at the paragraph too that the address leads to
    expect(reader.locator("#p3")).to_be_in_viewport()
    # Its styles are there, and its scripts, and the cards of its terms.
    assert reader.evaluate("getComputedStyle(document.querySelector('[data-kb-kept]')).borderInlineStartWidth") == "3px"
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reader.locator("article p a.kb-term").first.tap()
    expect(reader.locator(".kb-card-definition")).not_to_be_empty()
    host.come_back()
    reader.reload()
    expect(reader.locator("article")).to_be_visible()
    expect(reader.locator(NOTICE)).to_have_count(0)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_what_is_kept_serves_its_page_and_what_needs_the_network_says_so(reader, host, prefix):
    begin(reader, host, prefix)
    visit(reader, host, f"{prefix}{ARTICLE}parallel/")
    host.leave()
    reader.reload()
    expect(reader.locator(NOTICE)).to_be_visible()
    asked = reader.evaluate("""async () => {
      const { kbSentences, kbVersions } = document.querySelector("[data-kb-sentences]").dataset
      const places = [kbSentences, ...(kbVersions ?? "versions.json").split(" ")]
      return Promise.all(places.map(async (one) => (await fetch(new URL(one, location.href))).status))
    }""")
    assert asked and set(asked) == {200}
    reader.keyboard.press("/")
    reader.locator(".kb-search-input").fill("北辰")
    expect(reader.locator(".kb-search-dialog")).to_contain_text(said("search-error", PREFIXES[prefix]))
    host.come_back()


def test_where_the_network_does_not_answer_the_page_that_is_kept_is_shown(reader, host):
    program = host.site / offline.FILE
    program.write_text(program.read_text("utf-8").replace("PATIENCE = 6_000", "PATIENCE = 300"), "utf-8")
    begin(reader, host)
    visit(reader, host, ARTICLE)
    place = host.server.server_address
    host.leave()
    with socket.create_server(place):  # takes what is asked, and says nothing
        reader.goto(host.address + ARTICLE, wait_until="commit")
        expect(reader.locator(NOTICE)).to_have_text(said("offline-kept", "zh-Hans", date=today("zh-Hans")))
    host.come_back()


@pytest.mark.parametrize("prefix", PREFIXES)
def test_where_a_page_was_not_visited_both_languages_say_so_and_what_can_be_read(reader, host, prefix):
    begin(reader, host)
    host.leave()
    reader.goto(host.address + prefix + "timeline/")
    expect(reader.locator("h1")).to_have_text(said("offline-missing-title", PREFIXES[prefix]))
    for tag in PREFIXES.values():
        expect(reader.locator(f"section[lang={tag}]")).to_contain_text(said("offline-missing", tag))
        expect(reader.locator(f"p[lang={tag}]")).to_have_text(said("offline-none-kept", tag))
    host.come_back()
    visit(reader, host, ARTICLE)
    visit(reader, host, "ja/" + ARTICLE)
    titles = [html.document_fromstring((host.site / place / "index.html").read_bytes()).xpath("string(//h1)").strip()
              for place in ("ja/" + ARTICLE, ARTICLE)]
    host.leave()
    reader.goto(host.address + prefix + "timeline/")
    items = reader.locator("article li")
    expect(items).to_have_count(2)
    for at, (title, tag) in enumerate(zip(titles, ("ja", "zh-Hans"), strict=True)):
        expect(items.nth(at)).to_have_text(f"{title} {said('offline-day', tag, date=today(tag))}")
    assert violations(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reader.keyboard.press("Tab")
    while reader.evaluate("document.activeElement.closest('li') === null"):
        reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.locator(NOTICE)).to_contain_text(today("ja"))
    assert reader.url == host.address + "ja/" + ARTICLE
    host.come_back()


def test_with_the_network_the_new_wording_is_shown_and_then_kept(reader, host):
    begin(reader, host)
    visit(reader, host, ARTICLE)
    page = host.site / ARTICLE / "index.html"
    page.write_text(re.sub(r"(<h1[^>]*>).*?</h1>", r"\1改题</h1>", page.read_text("utf-8")), "utf-8")
    reader.goto(host.address + ARTICLE)  # within the ten minutes for which a browser may take what it has
    expect(reader.locator("h1")).to_have_text("改题")
    visit(reader, host, ARTICLE)
    host.leave()
    reader.reload()
    expect(reader.locator("h1")).to_have_text("改题")
    expect(reader.locator(NOTICE)).to_be_visible()
    host.come_back()


def built_anew(host, style):
    """Another version of the styles, and the worker that goes with it."""
    with (host.site / "assets/kb/kb.css").open("a", encoding="utf-8") as file:
        file.write(style)
    files = {path.relative_to(host.site).as_posix(): path.read_bytes for path in host.site.rglob("*") if path.is_file()}
    (host.site / offline.FILE).write_text(offline.made(PROGRAM, files), "utf-8")


def test_a_page_that_is_kept_never_meets_styles_of_another_version(reader, host):
    colour = "getComputedStyle(document.body).outlineColor"
    built_anew(host, "\nbody { outline: 1px solid rgb(1, 1, 1) }\n")
    begin(reader, host)
    visit(reader, host, ARTICLE)
    built_anew(host, "\nbody { outline-color: rgb(2, 2, 2) }\n")
    reader.goto(host.address + "timeline/")  # the worker of the new version comes, and takes over
    until(reader, """async () => {
      const names = (await caches.keys()).filter((one) => one.includes(" files "))
      return names.length === 2 && !(await navigator.serviceWorker.getRegistration()).installing
    }""")
    visit(reader, host, "glossary/")
    host.leave()
    reader.goto(host.address + "glossary/")
    assert reader.evaluate(colour) == "rgb(2, 2, 2)"
    reader.goto(host.address + ARTICLE)
    expect(reader.locator(NOTICE)).to_be_visible()
    assert reader.evaluate(colour) == "rgb(1, 1, 1)"
    host.come_back()
    reader.evaluate("document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', "
                    "href: document.querySelector('link[href$=\"kb.css\"]').href + '#again' }))")
    assert reader.evaluate(colour) == "rgb(1, 1, 1)"  # the network is back, and the page is the kept one still
    visit(reader, host, ARTICLE)
    host.leave()
    reader.goto(host.address + ARTICLE)
    expect(reader.locator(NOTICE)).to_be_visible()
    assert reader.evaluate(colour) == "rgb(2, 2, 2)"
    host.come_back()


@pytest.mark.parametrize("prefix", PREFIXES)
def test_the_reader_sees_what_is_kept_removes_it_and_ends_it(reader, host, prefix):
    tag = PREFIXES[prefix]
    begin(reader, host, prefix)
    visit(reader, host, prefix + ARTICLE)
    visit(reader, host, prefix + "glossary/")
    reader.goto(host.address + prefix + SWITCH)
    status = reader.locator(".kb-visited [role=status]")
    pattern = re.escape(said("offline-on", tag, number=2, size="SIZE")).replace("SIZE", r"0\.\d")
    expect(status).to_have_text(re.compile(pattern))
    expect(reader.locator(".kb-visited li")).to_have_count(2)
    assert violations(reader) == []
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    reader.get_by_role("button", name=said("offline-clear", tag)).press("Enter")
    expect(reader.locator(".kb-visited li")).to_have_count(0)
    expect(reader.get_by_role("button", name=said("offline-end", tag))).to_be_focused()
    host.leave()
    reader.goto(host.address + prefix + ARTICLE)
    expect(reader.locator("[data-kb-missing]")).to_be_visible()
    reader.goto(host.address + prefix + SWITCH)  # can be ended without the network too
    reader.get_by_role("button", name=said("offline-end", tag)).press("Enter")
    expect(status).to_have_text(said("offline-off", tag))
    expect(reader.get_by_role("button", name=said("offline-begin", tag), exact=True)).to_be_focused()
    assert stores(reader) == [] and registrations(reader) == []
    host.come_back()
    for place in (ARTICLE, SWITCH, ""):
        reader.goto(host.address + prefix + place)
        reader.wait_for_load_state("networkidle")
    assert stores(reader) == [] and registrations(reader) == []


def test_where_the_site_has_no_worker_any_more_all_that_was_kept_goes(reader, host):
    begin(reader, host)
    visit(reader, host, ARTICLE)
    (host.site / offline.FILE).unlink()
    reader.goto(host.address + "glossary/")
    until(reader, """async () => !(await caches.keys()).length
      && !(await navigator.serviceWorker.getRegistrations()).length""")


def test_a_page_that_was_withdrawn_is_kept_no_longer(reader, host):
    begin(reader, host)
    visit(reader, host, ARTICLE)
    (host.site / ARTICLE / "index.html").unlink()
    reader.goto(host.address + ARTICLE)
    until(reader, """async () => {
      const pages = await caches.open((await caches.keys()).find((one) => one.endsWith(" pages")))
      return (await pages.keys()).every(({ url }) => url.includes("/about/"))
    }""")


def test_what_is_kept_stays_within_its_bounds_and_what_was_kept_first_goes_first(reader, host):
    (host.site / offline.FILE).write_text(
        (host.site / offline.FILE).read_text("utf-8").replace("PAGES = 100", "PAGES = 2"), "utf-8")
    begin(reader, host)
    for place in (ARTICLE, "glossary/", "timeline/"):
        visit(reader, host, place)
    reader.goto(host.address + SWITCH)
    links = reader.locator(".kb-visited li a")
    expect(links).to_have_count(2)
    assert [link.get_attribute("href").removeprefix(host.address) for link in links.all()] == ["timeline/", "glossary/"]


def test_who_cannot_be_served_now_is_told_and_nothing_is_left(reader, host):
    (host.site / "assets/kb/kb.css").write_text("/* another one */", "utf-8")  # as in the midst of a publication
    reader.goto(host.address + SWITCH)
    reader.get_by_role("button", name=said("offline-begin", "zh-Hans"), exact=True).click()
    expect(reader.locator(".kb-visited [role=status]")).to_have_text(said("offline-failed", "zh-Hans"))
    assert stores(reader) == [] and registrations(reader) == []


@pytest.mark.parametrize("prefix", PREFIXES)
def test_without_scripts_the_page_says_what_it_needs(browser, host, prefix):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(host.address + prefix + SWITCH)
    expect(page.get_by_text(said("offline-scripts", PREFIXES[prefix]))).to_be_visible()
    expect(page.locator(".kb-visited")).to_be_hidden()
    context.close()


def test_two_sites_of_one_host_keep_apart_what_is_theirs(reader, site, tmp_path):
    both = tmp_path / "both"
    for name in ("one", "two"):
        shutil.copytree(site, both / name)
    server, address = serve(both, "/")
    for name in ("one", "two"):
        reader.goto(f"{address}{name}/{SWITCH}")
        reader.get_by_role("button", name=said("offline-begin", "zh-Hans"), exact=True).click()
        expect(reader.get_by_role("button", name=said("offline-end", "zh-Hans"))).to_be_visible()
    reader.get_by_role("button", name=said("offline-end", "zh-Hans")).click()
    expect(reader.locator(".kb-visited [role=status]")).to_have_text(said("offline-off", "zh-Hans"))
    assert registrations(reader) == [f"{address}one/"]
    assert stores(reader) and all(name.startswith("kb-offline /one/ ") for name in stores(reader))
    server.shutdown()


# --- what is built ----------------------------------------------------------------------------------

def test_the_policy_lets_pages_begin_workers_of_the_site_and_no_others(site):
    assert "worker-src 'self';" in headers.POLICY and headers.POLICY.count("worker-src") == 1
    for path in site.rglob("*.html"):
        assert "worker-src 'self';" in path.read_text("utf-8").replace("&#39;", "'"), path
    assert "worker-src 'self';" in (site / "_headers").read_text("utf-8").split("\n\n")[0]


def test_what_the_worker_keeps_is_what_the_site_has(site):
    text = (site / offline.FILE).read_text("utf-8")
    files = {path.relative_to(site).as_posix(): path.read_bytes for path in site.rglob("*") if path.is_file()}
    assert text == offline.made(PROGRAM, files)
    assert not list(site.glob("*/**/visited.js"))
    for script in (site / "assets/kb").iterdir():
        assert f'"assets/kb/{script.name}":"sha256-' in text
    for language in LANGUAGES:
        assert (site / language.prefix / SWITCH / "index.html").is_file()


def test_another_style_is_another_version_and_another_text_is_none(tmp_path):
    root = site_of(project(tmp_path))
    assert cli.main(["build"], root=root) == 0
    first = every_file(root / "site")
    page = root / "docs/articles/chips.md"
    page.write_text(page.read_text("utf-8").replace("一篇关于芯片出口管制的短文", "一篇短文"), "utf-8")
    assert cli.main(["build"], root=root) == 0
    second = every_file(root / "site")
    assert first != second and first[offline.FILE] == second[offline.FILE]
    style = root / "theme/assets/kb/kb.css"
    style.write_text(style.read_text("utf-8") + "\n", "utf-8")
    assert cli.main(["build"], root=root) == 0
    third = every_file(root / "site")
    assert third[offline.FILE] != second[offline.FILE]


def test_a_program_without_a_place_for_what_it_has_to_know_is_refused():
    with pytest.raises(ValueError, match="visited.js"):
        offline.made("const MADE = {}", {})
