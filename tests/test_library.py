"""The whole library to take along: one file that opens from a disk, and is a mirror for any server."""

import json
import posixpath
import re
import zipfile
from datetime import date
from urllib.parse import unquote, urlsplit

import pytest
from host import serve
from lxml import html
from playwright.sync_api import expect
from scratch import ROOT, every_file, project, site_of, write

from kb import cli
from kb.exports import library, offline
from kb.exports.library import pages, scripts
from kb.languages import CHINESE, LANGUAGES
from kb.works import archive

ARTICLE = "articles/encoder-notices/"
THEME = {path.name: path.read_text("utf-8") for path in (ROOT / "theme/assets/kb").glob("*.js")}


@pytest.fixture(scope="session")
def copy(site, once):
    """The library, unpacked as a reader does it, in a folder as readers have them."""
    def unpack(place):
        with zipfile.ZipFile(site / library.FILE) as packed:
            assert packed.testzip() is None
            packed.extractall(place / "山田的 下载 100%#1")

    [root] = next(once("unpacked", unpack).iterdir()).iterdir()
    return root


def pages_of(copy):
    return [path for path in copy.rglob("*.html") if path.name != "404.html"]


def test_all_of_the_site_is_in_it_byte_for_byte_but_its_pages(site, copy):
    inside, whole = every_file(copy), every_file(site)
    del whole[library.FILE], whole[offline.FILE]
    assert whole.keys() <= inside.keys()
    for place, content in whole.items():
        if not place.endswith(".html") or place.endswith("404.html"):
            assert inside[place] == content, place
    assert {place for place in inside.keys() - whole.keys() if not place.endswith(".js")} == {library.NOTE}


def test_every_link_of_every_page_in_it_leads_to_a_file_in_it(copy):
    wrong = []
    for path in pages_of(copy):
        page = html.document_fromstring(path.read_bytes())
        for found in page.xpath("//@href | //@src | //@data-terms"):
            address = urlsplit(found)
            if address.scheme or found.startswith("#"):
                continue
            goal = path.parent / unquote(address.path) if address.path else path
            if found.startswith("/") or not goal.is_file():
                wrong.append((path.relative_to(copy).as_posix(), found))
            elif address.fragment and goal.suffix == ".html" and address.fragment not in goal.read_text("utf-8"):
                wrong.append((path.relative_to(copy).as_posix(), found))
    assert wrong == []


def test_no_page_in_it_asks_for_a_module_and_each_begins_with_those_of_the_site(site, copy):
    for path in pages_of(copy):
        own = html.document_fromstring(path.read_bytes())
        there = html.document_fromstring((site / path.relative_to(copy)).read_bytes())
        assert not own.xpath("//script[@type='module']")
        modules = [posixpath.basename(one) for one in there.xpath("//script[@type='module']/@src")]
        assert modules and " ".join(modules) == own.xpath("string(//script/@data-modules)")
        assert own.xpath("//meta[@http-equiv]/@content") == there.xpath("//meta[@http-equiv]/@content")


def test_it_keeps_no_pages_in_a_browser_and_offers_none(site, copy):
    assert offline.FILE not in every_file(copy)
    for language in LANGUAGES:
        place = f"{language.prefix}about/offline/index.html"
        assert "data-kb-worker" in (site / place).read_text("utf-8")
        text = (copy / place).read_text("utf-8")
        assert "data-kb-worker" not in text and "visited" not in text


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda one: one.tag)
def test_the_page_says_how_large_it_is_and_the_copy_that_it_is_one_and_of_when(site, copy, language):
    place = f"{language.prefix}about/offline/index.html"
    page = html.document_fromstring((site / place).read_bytes())
    [link] = page.xpath("//ul[@class='kb-actions']/li/a")
    assert posixpath.normpath(posixpath.join("/", posixpath.dirname(place), link.get("href"))) == "/library.zip"
    size = (site / library.FILE).stat().st_size
    assert f"{size / 1e6:.1f}\N{NO-BREAK SPACE}MB" in link.tail
    date = re.search(r"\d{4}年\d{1,2}月\d{1,2}日", link.tail)[0]
    for inside in (place, f"{language.prefix}{ARTICLE}index.html"):
        other = html.document_fromstring((copy / inside).read_bytes())
        foot = other.xpath("//footer")[0]
        assert date in foot.text_content()
        assert foot.xpath(".//a[@href='https://someone.example/kb/']")
        assert not other.xpath("//a[contains(@href, 'library.zip')]")
    assert date in (copy / library.NOTE).read_text("utf-8-sig")
    assert copy.name == "library-" + "-".join(f"{int(one):02}" for one in re.findall(r"\d+", date))


def test_every_page_leads_to_it_in_its_own_language(site):
    for language in LANGUAGES:
        page = html.document_fromstring((site / language.prefix / ARTICLE / "index.html").read_bytes())
        [link] = page.xpath("//footer//a[contains(@href, 'about/offline/')]/@href")
        here = f"/{language.prefix}{ARTICLE}"
        assert posixpath.normpath(posixpath.join(here, link)) == f"/{language.prefix}about/offline"


def test_names_in_it_can_be_unpacked_on_every_system(site):
    with zipfile.ZipFile(site / library.FILE) as packed:
        names = packed.namelist()
    assert names == sorted(names) and len({name.casefold() for name in names}) == len(names)
    assert [name for name in names if re.search(r'[<>:"|?*\\]|[. ]/', name) or len(name) > 180] == []


def test_it_is_the_same_for_the_same_texts_and_is_made_anew_only_when_something_has_changed(tmp_path, capsys):
    root = site_of(project(tmp_path / "one"))
    assert cli.main(["build"], root=root) == 0
    first, made = (root / "site/library.zip").read_bytes(), (root / "site/library.zip").stat()
    (root / "site/index.html").unlink()
    assert cli.main(["build"], root=root) == 0
    assert (root / "site/library.zip").stat().st_ino == made.st_ino
    write(root, {"docs/index.md": "# 首页\n\n新的一句。\n"})
    assert cli.main(["build"], root=root) == 0
    second = (root / "site/library.zip").read_bytes()
    assert second != first
    other = site_of(project(tmp_path / "two"))
    write(other, {"docs/index.md": "# 首页\n\n新的一句。\n"})
    assert cli.main(["build"], root=other) == 0
    assert every_file(other / "site") == every_file(root / "site")


def test_a_file_is_the_same_whether_it_is_packed_or_taken_from_another(tmp_path):
    files = {"目录/第一条.txt": "第一条 规定。".encode() * 999, "a.png": b"\x89PNG" * 9, "空": b"", "z/あ.html": "あ".encode()}
    day = date(2025, 5, 13)
    with archive.writing(tmp_path / "one.zip", day) as made:
        for name, content in files.items():
            made.add(name, content, is_packed=name.endswith(".png"))
    with archive.writing(tmp_path / "two.zip", day) as made, archive.reading(tmp_path / "one.zip") as before:
        for name in files:
            made.take(name, before)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "two.zip") as found:
        assert found.testzip() is None
        assert {name: found.read(name) for name in found.namelist()} == files
        assert {info.date_time for info in found.infolist()} == {(2025, 5, 13, 0, 0, 0)}


def test_who_wants_none_has_none_and_the_page_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("KB_LIBRARY", "never")
    root = site_of(project(tmp_path))
    assert cli.main(["build"], root=root) == 0
    assert not (root / "site/library.zip").exists()
    said = html.document_fromstring((root / "site/about/offline/index.html").read_bytes())
    assert said.xpath("string(//ul[@class='kb-actions']/li)") and not said.xpath("//ul[@class='kb-actions']/li/a")
    monkeypatch.setenv("KB_LIBRARY", "always")
    assert cli.main(["build"], root=root) == 0
    assert (root / "site/library.zip").exists()


@pytest.mark.parametrize(("link", "led"), [
    ("../", "../index.html"), ("..", "../index.html"), (".", "./index.html"), ("./", "./index.html"),
    ("a/", "a/index.html"), ("a/#p1", "a/index.html#p1"), ("a/?q=%E4%B8%AD#p1", "a/index.html?q=%E4%B8%AD#p1"),
    ("../a.b/", "../a.b/index.html"), ("#p1", "#p1"), ("?q=1", "?q=1"), ("a.pdf", "a.pdf"),
    ("https://a.example/", "https://a.example/"), ("mailto:a@a.example/", "mailto:a@a.example/"),
    ("//a.example/", "//a.example/"), ("/a/", "/a/"),
])
def test_only_links_to_folders_are_changed(link, led):
    page = '<p class="a > b"><a class="kb>x" href="{}" hidden>文</a></p><code>&lt;a href="a/"&gt;</code> href="a/"'
    assert pages.copied(page.format(link), CHINESE, pages.Copy("", "")) == page.format(led)


@pytest.mark.parametrize("text", [
    'import one from "./two.js"', 'import * as one from "./two.js"', 'import "./two.js"',
    'import { one } from "https://a.example/two.js"', "export default 1", 'export { one } from "./two.js"',
    "export let one = 1", "const one = import.meta.resolve('./two.js')",
])
def test_a_module_in_another_form_is_refused_and_not_changed_wrongly(text):
    with pytest.raises(ValueError, match="one.js"):
        scripts.together({"one.js": f"{text}\n", "two.js": "export const two = 1\n"})


def test_modules_that_import_each_other_are_refused():
    with pytest.raises(ValueError, match="import each other"):
        scripts.together({"one.js": 'import { two } from "./two.js"\n', "two.js": 'import { one } from "./one.js"\n'})


def test_the_modules_of_the_theme_fit_into_one_script():
    made = scripts.together(THEME)
    assert all(f'"{name}"($address)' in made for name in THEME)
    assert not re.search(r"^(import|export)\b", made, re.MULTILINE)


@pytest.fixture(params=["disk", "server"])
def opened(request, copy, browser):
    """A page of the copy's, opened from the disk, or from a server below some path; and what it asked for."""
    server, root = None, f"{copy.as_uri()}/"
    if request.param == "server":
        server, root = serve(copy, "/a/mirror/")
    window = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    wrong = []
    window.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    window.on("pageerror", lambda fault: wrong.append(str(fault)))
    window.on("request", lambda one: None if one.url.startswith((root, "data:", "blob:")) else wrong.append(one.url))

    def go(place):
        window.goto(root + place)
        expect(window.locator("[data-kb-search][role=button]")).to_be_visible()
        return window

    go.root = root
    yield go
    window.context.close()
    if server:
        server.shutdown()
    assert wrong == []


def test_from_a_disk_and_from_any_server_no_worker_begins(opened):
    page = opened("about/offline/index.html")
    begun = "navigator.serviceWorker?.getRegistrations().then((all) => all.length, () => 0) ?? 0"
    assert page.evaluate(begun) == 0  # on a disk there is nothing to ask


def test_from_a_disk_and_from_any_server_the_language_changes_at_the_paragraph(opened):
    page = opened(f"{ARTICLE}index.html#p23")
    page.locator(".kb-header .kb-switch").click()
    expect(page).to_have_url(f"{opened.root}ja/{ARTICLE}index.html#p23")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    page.locator(".kb-header .kb-switch").click()
    expect(page).to_have_url(f"{opened.root}{ARTICLE}index.html#p23")


@pytest.mark.parametrize("prefix", ["", "ja/"])
def test_from_a_disk_and_from_any_server_cards_parallel_text_search_and_citations_are_there(opened, prefix):
    page = opened(f"{prefix}{ARTICLE}index.html")
    page.locator("article p a.kb-term").first.hover()
    expect(page.locator(".kb-card-definition")).not_to_be_empty()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.locator(".kb-search-input").fill("北辰")
    expect(page.locator(".kb-hit").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".kb-found-count")).not_to_be_empty()
    page = opened(f"{prefix}{ARTICLE}index.html?cite=2026-06-01.000000000000#p23")
    expect(page.locator("#p23 + .kb-cited")).to_be_visible()
    page.locator("#p23 > .kb-number").click()
    page.locator("[role=menu] button").last.click()
    expect(page.locator(".kb-cite-dialog")).to_be_visible()
    expect(page.locator(".kb-cite-data li")).to_have_count(3)
    page = opened(f"{prefix}{ARTICLE}parallel/index.html")
    one, two = (cell.bounding_box() for cell in page.locator("#p23 > .kb-cell").all())
    assert two["x"] > one["x"] + 300
    page.goto(f"{opened.root}{prefix}index.html")
    expect(page.locator("h1").first).to_be_visible()


@pytest.mark.parametrize(("prefix", "write", "save"), [("", "写笔记", "保存"), ("ja/", "メモを付ける", "保存")])
def test_from_a_disk_and_from_any_server_notes_are_kept_and_quotations_and_references_are_found(opened, prefix, write, save):
    page = opened(f"{prefix}{ARTICLE}index.html")
    words = page.locator("#p23").evaluate("(one) => one.textContent.replace(/\\s/g, '').slice(-24)")
    page.locator("#p23 > .kb-number").click()
    page.get_by_role("menuitem", name=write).click()
    page.locator(".kb-own-form textarea").fill("再核对一次。")
    page.locator(".kb-own-form").get_by_role("button", name=save).click()
    page.reload()
    expect(page.locator(".kb-own-text")).to_have_text("再核对一次。")
    page = opened(f"{prefix}notes/index.html")
    expect(page.get_by_text("再核对一次。")).to_be_visible()
    page.locator(".kb-own-list h3 a").click()
    expect(page.locator("#p23")).to_be_in_viewport()
    for pasted in (words, f"https://someone.example/kb/{prefix}{ARTICLE}#p23"):
        page = opened(f"{prefix}check/index.html")
        page.locator("#kb-check-text").fill(pasted)
        page.locator(".kb-check-run").click()
        expect(page.locator(".kb-check-found blockquote").first).to_contain_text(words[-8:])
        page.locator(".kb-check-found .kb-check-place a").first.click()
        expect(page.locator("#p23")).to_be_in_viewport()


def test_the_link_that_is_copied_from_a_disk_is_that_of_the_site(copy, browser):
    context = browser.new_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{copy.as_uri()}/{ARTICLE}index.html")
    page.locator("#p23 > .kb-number").click()
    page.locator("[role=menu] button").nth(2).click()
    expect(page.locator(".kb-status, [role=status]").last).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()").startswith(f"https://someone.example/kb/{ARTICLE}#p23")
    context.close()


@pytest.mark.parametrize(("text", "line", "found", "hint"), [
    ('/** 一个模块。 */\n\nimport * as words from "./words.js"\n', 3, "“import * as words from \"./words.js\"”",
     'as in import { element } from "./element.js"'),
    ('import { one } from "./nowhere.js"\n', 1, "“./nowhere.js”", "add the module beside it"),
    ('import { unfit } from "./unfit.js"\nexport const unfit = 1\n', 1,
     "modules that import each other: unfit.js → unfit.js", "move what both need"),
])
def test_a_module_that_it_cannot_hold_is_one_finding_and_nothing_is_published(tmp_path, capsys, text, line, found, hint):
    root = site_of(project(tmp_path))
    write(root, {"theme/assets/kb/unfit.js": text})
    (root / "site").mkdir()
    (root / "site/index.html").write_text("以前的网站", "utf-8")
    capsys.readouterr()
    assert cli.main(["build", "--format", "json"], root=root) == 1
    printed = capsys.readouterr()
    (one,) = json.loads(printed.out)["findings"]
    assert (one["code"], one["file"], one["line"], one["found"]) == (
        "KB135", "theme/assets/kb/unfit.js", line, found)
    assert hint in one["hint"] and one["hint"].endswith("or build without the copy: KB_LIBRARY=never")
    assert "Traceback" not in printed.err and "the build failed; site/ is as it was" in printed.err
    assert [path.name for path in (root / "site").rglob("*")] == ["index.html"]
