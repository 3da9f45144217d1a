"""The preview: a real `mkdocs serve` on a tiny site. What is saved is shown, what is wrong is said on the page
and in the terminal, and nothing that is saved stops it."""

from __future__ import annotations

import io
import json
import os
import queue
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from contextlib import contextmanager, suppress
from itertools import count
from types import SimpleNamespace

import pytest
from scratch import CHINESE, CORPUS, JAPANESE, project, site_of, write
from watchdog import observers
from watchdog.events import FileSystemEventHandler
from watchdog.observers.polling import PollingObserver

from kb import books, exports, targets
from kb import project as projects
from kb.findings import Finding
from kb.languages import CHINESE as ZH
from kb.languages import JAPANESE as JA
from kb.languages import LANGUAGES
from kb.search import index
from kb.serving import bar, preview, watcher
from kb.serving.folders import Folders
from kb.serving.server import attach
from kb.works import late

ARTICLE, TWIN = "docs/articles/chips.md", "docs_ja/articles/chips.md"
PATIENCE = 60  # seconds; nothing is asserted of how long anything takes


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Preview:
    """A running `mkdocs serve`, as an editor meets it: a terminal and pages."""

    def __init__(self, root, log):
        self.log, self.url = log, f"http://127.0.0.1:{(port := free_port())}/"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=root, stdout=log.open("w"), stderr=subprocess.STDOUT,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
        self.until(lambda: "Serving on" in self.terminal)

    @property
    def terminal(self):
        return self.log.read_text("utf-8")

    def page(self, place=""):
        """The page, or what stands where there is none."""
        try:
            with urllib.request.urlopen(self.url + place, timeout=PATIENCE) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.read().decode()

    def until(self, holds):
        """Wait until `holds`."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert self.process.poll() is None, self.terminal
            assert time.monotonic() < end, self.terminal
            time.sleep(0.1)

    def until_page(self, place, *words, without=()):
        """The page at `place`, when it has come to hold all `words`."""
        found = []

        def holds():
            found[:] = [self.page(place)]
            return all(one in found[0] for one in words) and not any(one in found[0] for one in without)

        self.until(holds)
        return found[0]

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=PATIENCE)


@pytest.fixture
def started(tmp_path):
    """Start a preview of the project in `root`."""
    running = []

    def start(root):
        running.append(Preview(root, tmp_path / "terminal.txt"))
        return running[-1]

    yield start
    for one in running:
        one.end()


@pytest.fixture
def root(tmp_path):
    found = tmp_path / "project"
    found.mkdir()
    return site_of(project(found))


def bar_of(page):
    found = re.search(r'<dialog open class="kb-preview.*?</dialog>', page, re.DOTALL)
    return found.group() if found else ""


BREAKS = {
    "a missing key": ("published: 2025-05-14\n", "", "KB103"),
    "YAML that cannot be read": ("author: 某研究院", "author: [某研究院", "KB102"),
    "a published id that is gone": ("> { #p5 }", "> { #p6 }", "KB206"),
}


def test_what_must_not_be_built_leaves_the_last_good_page_and_says_why_until_it_is_mended(root, started):
    shown = started(root)
    assert "BIS很不严谨" in shown.page("articles/chips/") and not bar_of(shown.page("articles/chips/"))
    for old, new, code in BREAKS.values():
        write(root, {ARTICLE: CHINESE.replace(old, new, 1)})
        page = shown.until_page("articles/chips/", 'class="kb-preview kb-preview-blocked"', code)
        assert "BIS很不严谨" in page  # the last good one
        assert "这里是上一次生成的页面" in bar_of(page) and ARTICLE in bar_of(page)
        assert "前回生成したページ" in bar_of(shown.page("ja/articles/chips/"))
        write(root, {ARTICLE: CHINESE})
        shown.until_page("articles/chips/", "BIS很不严谨", without=["kb-preview"])
    write(root, {ARTICLE: b"\x89PNG\r\n\x1a\n\xff\xfe"})
    assert "BIS很不严谨" in shown.until_page("articles/chips/", "kb-preview kb-preview-blocked", "KB101")
    assert "Traceback" not in shown.terminal


def test_a_finding_that_blocks_nothing_stands_on_the_new_page_and_goes_when_it_is_mended(root, started):
    shown = started(root)
    write(root, {ARTICLE: CHINESE.replace("政策声明。", "政策声明,或者政策说明。")})
    page = shown.until_page("articles/chips/", "政策声明,或者政策说明", "KB502")
    assert "kb-preview kb-preview-blocked" not in page
    assert f"<code>{ARTICLE}:21</code> KB502" in bar_of(page)
    assert "docs/articles/chips.md:21: KB502" in shown.terminal
    write(root, {ARTICLE: CHINESE})
    shown.until_page("articles/chips/", "政策声明。", without=["kb-preview"])
    assert f"gone: {ARTICLE}:21: KB502" in shown.terminal
    assert shown.terminal.count("new: ") == shown.terminal.count("gone: ")


def test_a_preview_that_is_blocked_when_it_starts_says_so_and_recovers(root, started):
    write(root, {ARTICLE: CHINESE.replace("text: original\n", "")})
    shown = started(root)
    for place, words in (("", "网站尚未生成"), ("articles/chips/", "网站尚未生成"),
                         ("ja/articles/chips/", "サイトはまだ生成されていない")):
        page = shown.page(place)
        assert words in bar_of(page) and "KB103" in bar_of(page)
        assert "livereload" in page  # it will be loaded again by itself
    write(root, {ARTICLE: CHINESE})
    shown.until_page("articles/chips/", "BIS很不严谨", without=["kb-preview"])


def test_a_configuration_that_cannot_be_read_is_said_on_the_page(root, started):
    shown = started(root)
    config = (root / "mkdocs.yml").read_text("utf-8")
    write(root, {"mkdocs.yml": config.replace("plugins:", "plugins: [", 1)})
    assert "BIS很不严谨" in shown.until_page("articles/chips/", "kb-preview kb-preview-blocked", "configuration")
    write(root, {"mkdocs.yml": config})
    shown.until_page("articles/chips/", "BIS很不严谨", without=["kb-preview"])


def test_a_folder_that_is_made_later_is_seen_and_so_is_what_is_saved_in_it(root, started):
    shutil.rmtree(root / "docs_ja")
    shutil.rmtree(root / "anchors")
    shown = started(root)
    shown.until_page("articles/chips/", "KB105")
    write(root, {TWIN: JAPANESE, "docs_ja/index.md": "# ホーム\n"})
    shown.until_page("ja/articles/chips/", "解釈規則</li>", without=["KB105"])
    write(root, {TWIN: JAPANESE.replace("解釈規則", "解釈の規則")})
    shown.until_page("ja/articles/chips/", "解釈の規則")
    write(root, {"timeline/events.yml": "events: 无\n"})
    shown.until_page("articles/chips/", "kb-preview kb-preview-blocked", "timeline/events.yml")
    write(root, {"timeline/events.yml": "events: []\n"})
    shown.until_page("articles/chips/", "KB209", without=["kb-preview kb-preview-blocked"])


def found(line, code="KB502", words="“,”", file=ARTICLE):
    return Finding(file, line, code, words, "“，”", "写全角")


def test_a_finding_that_has_only_moved_is_neither_new_nor_gone():
    assert list(preview.changes([found(3)], [found(5)])) == ["kb: 1 finding"]
    assert list(preview.changes([found(3)], [found(3), found(9)])) == [f"new: {found(9)}", "kb: 2 findings"]
    assert list(preview.changes([found(3)], [])) == [
        f"gone: {ARTICLE}:3: KB502 half-width punctuation in Chinese or Japanese text: "
        "found “,”, expected “，”", "kb: no findings"]


def test_the_bar_shows_what_blocks_first_and_counts_what_it_leaves_out():
    blocking = found(8, "KB201", "#p1")
    state = bar.State((*(found(n, words=f"“{n}”") for n in range(1, 5)), blocking), (blocking,),
                      is_blocked=True)
    chinese, japanese = bar.html(state, ZH), bar.html(state, JA)
    assert chinese.index("KB201") < chinese.index("KB502") and chinese.count("<li>") == 3
    assert "检查发现5处问题。" in chinese and "其余2项见终端。" in chinese
    assert "問題5件" in japanese and "ほかの2件" in japanese


def test_findings_are_said_in_the_language_of_the_page_and_of_the_terminal():
    one = Finding(ARTICLE, 8, "KB203", "no id after “首先，BIS很不严谨。”", "“{ #p… }” on a line of its own below it",
                  "run: kb anchors")
    chinese, japanese = (str(bar.html(bar.State((one,)), language)) for language in (ZH, JA))
    assert "段落或小节没有编号" in chinese and "<dd>“首先，BIS很不严谨。”之后没有编号</dd>" in chinese
    assert "番号のない段落や節" in japanese and "<dd>「首先，BIS很不严谨。」の後に番号がない</dd>" in japanese
    assert 'lang="en"' not in chinese + japanese
    assert '<dd lang="en">nobody knows this</dd>' in bar.html(bar.State((found(1, words="nobody knows this"),)), ZH)
    terminal = [line.partition("\n")[0] for line in preview.changes([], [one], "ja")]
    assert terminal[0].startswith(f"新規：{ARTICLE}:8: KB203 番号のない段落や節。") and terminal[1] == "kb: 問題1件"


def test_what_a_text_says_is_never_markup_in_the_bar():
    state = bar.State((found(1, words="“</dialog><script>x</script>”"),))
    assert "<script>" not in bar.html(state, ZH)


def test_a_page_without_findings_stays_as_it_is():
    assert bar.shown(b'<html lang="ja"><body>x</body></html>', bar.State()) == \
        b'<html lang="ja"><body>x</body></html>'


@pytest.mark.parametrize("is_new", [False, True], ids=["with the same findings", "with another finding"])
def test_pages_are_sent_before_the_checks_and_once_more_where_these_find_something_else(tmp_path, is_new):
    order, findings = [], []

    def check():
        order.append("checked")
        return tuple(findings)

    watched = preview.Preview(check, root=tmp_path, reveal=lambda: order.append("sent"),
                              renew=lambda: order.append("sent anew"))
    build = watched.guarded(lambda: order.append("built"))
    build()
    order.clear()
    if is_new:
        findings.append(found(3))
    build()
    assert order == ["built", "sent", "checked", *["sent anew"][:is_new]]
    assert watched.state.findings == tuple(findings)


def test_checks_end_where_something_was_saved_and_say_what_they_find_after_the_next_build(tmp_path):
    saved, said = [True], []

    def check():
        watched.pause()
        return (found(3),)

    watched = preview.Preview(check, root=tmp_path, is_waited_for=lambda: saved[0], renew=lambda: said.append("anew"))
    build = watched.guarded(lambda: None)
    build()
    assert watched.state.findings == () and watched.state.problem == "" and said == []
    saved[0] = False
    build()
    assert watched.state.findings == (found(3),) and said == ["anew"]


@pytest.mark.parametrize("has_site", [False, True], ids=["nothing to show", "a site"])
def test_what_was_built_first_is_checked_when_it_is_served_if_there_is_anything(tmp_path, monkeypatch, has_site):
    monkeypatch.setattr(Folders, "start", lambda folders: None)  # a thread would outlive the test
    server = SimpleNamespace(root=str(tmp_path), mount_path="/", builder=None, serve_request=None, _want_rebuild=False,
                             _watched_paths={}, watch=lambda path: None, unwatch=lambda path: None, set_app=lambda application: None)
    attach(server, preview.Preview(tuple, has_site=has_site), tmp_path / "docs")
    assert server._want_rebuild is has_site


def test_the_first_pages_wait_for_no_check_and_the_server_asks_for_it(root, started, tmp_path):
    watched = preview.Preview(lambda: pytest.fail("it was checked"), root=tmp_path)
    watched.guarded(lambda: None, is_checked=False)()
    write(root, {ARTICLE: CHINESE.replace("政策声明。", "政策声明,或者政策说明。")})
    shown = started(root)
    shown.until_page("articles/chips/", "KB502")
    assert shown.terminal.count(f"{ARTICLE}:21: KB502") == 1


def search_of(shown, tag):
    """Everything that the search of a language may show."""
    manifest = json.loads(shown.page(f"search/{tag}/manifest.json"))
    return "".join(shown.page(f"search/{tag}/texts/{number}-{name}.json")
                   for number, name in enumerate(re.findall(".{6}", manifest["texts"][1])))


def test_what_is_made_of_all_pages_is_new_when_somebody_asks_for_it(root, started):
    shown = started(root)
    for words in ("另有规定。", "再有规定。"):
        write(root, {ARTICLE: CHINESE.replace("政策声明。", f"政策声明。{words}")})
        shown.until_page("articles/chips/", words)
        assert words in search_of(shown, "zh-Hans")
    write(root, {"docs/about/index.md": "# 关于本站的说明\n", "docs_ja/about/index.md": "# このサイトについて\n"})
    shown.until_page("about/", "关于本站的说明")
    assert "关于本站的说明" in search_of(shown, "zh-Hans")
    assert words in search_of(shown, "zh-Hans") and words in shown.page("articles/chips/")


def test_a_book_is_new_when_somebody_asks_for_it(root, started):
    shown = started(root)
    for words in ("另有规定。", "再有规定。"):
        write(root, {ARTICLE: CHINESE.replace("政策声明。", f"政策声明。{words}")})
        shown.until_page("articles/chips/", words)
        with urllib.request.urlopen(f"{shown.url}articles/chips/chips.zh-Hans.epub") as answer:
            book = zipfile.ZipFile(io.BytesIO(answer.read()))
        assert words in "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))
        assert words in shown.page("articles/chips/")


@pytest.mark.parametrize(("taken", "pause"), [(0, .05), (0.0001, .05), (0.01, .2), (0.02, .4), (0.1, .5), (9, .5)])
def test_files_are_looked_at_as_often_as_it_costs_little(taken, pause):
    assert watcher.pause(taken) == pytest.approx(pause)


@contextmanager
def told_of_changes_in(folder):
    """The paths of which a watcher of `folder` tells."""
    told, handler = queue.Queue(), FileSystemEventHandler()
    handler.on_any_event = lambda event: told.put(event.src_path)
    observer = watcher.Observer()
    observer.schedule(handler, str(folder), recursive=True)
    observer.start()
    try:
        yield told
    finally:
        observer.stop()
        observer.join()


def is_seen(told, file):
    """Whether somebody tells of `file`, which is written until then: the watcher may only begin to look."""
    end = time.monotonic() + PATIENCE
    for number in count():
        file.write_text(f"第{number}次。\n", "utf-8")
        with suppress(queue.Empty):
            if told.get(timeout=1) == str(file):
                return True
        if time.monotonic() > end:
            return False


def test_what_the_system_tells_of_is_looked_at_at_once(tmp_path, monkeypatch):
    if issubclass(observers.Observer, PollingObserver):
        pytest.skip("this system tells of nothing")
    monkeypatch.setattr(watcher, "LONGEST", 3600)
    monkeypatch.setattr(watcher, "SHORTEST", 3600)
    with told_of_changes_in(tmp_path) as told:
        assert is_seen(told, tmp_path / "中文.md") and is_seen(told, tmp_path / "日本語.md")


def test_what_the_system_does_not_tell_of_is_seen_too(tmp_path, monkeypatch):
    monkeypatch.setattr(observers, "Observer", PollingObserver)
    with told_of_changes_in(tmp_path) as told:
        assert is_seen(told, tmp_path / "中文.md") and is_seen(told, tmp_path / "日本語.md")


class Silent:
    """A system that is asked to tell, as of a folder of another machine, and does not."""

    def start(self):
        pass

    stop = start

    def schedule(self, *_, **__):
        return object()


def test_a_system_that_has_not_told_once_is_not_waited_for_again(tmp_path, monkeypatch):
    monkeypatch.setattr(observers, "Observer", Silent)
    with told_of_changes_in(tmp_path) as told:
        assert is_seen(told, tmp_path / "中文.md")
        monkeypatch.setattr(watcher, "LONGEST", 3600)
        assert is_seen(told, tmp_path / "日本語.md")


def test_what_waits_until_somebody_asks_is_all_that_is_no_page():
    found, site_url = projects.read(CORPUS), "https://x.example/"
    assert {late.piece(place) for place in index.files(found)} == {late.SEARCH}
    assert {late.piece(place) for language in LANGUAGES for made in exports.of_all(language).values()
            for place in made(found, language, site_url)} == {late.LISTS}
    for path in found.corpus.paths:
        beside = {place for language in LANGUAGES for place in exports.of_page(found, path, language, site_url)}
        assert beside and {late.piece(place) for place in beside} == {late.folder(path)}
    editions = [page for page in found.corpus.documents if page.language is ZH]
    assert editions
    for page in editions:
        assert {late.piece(book.place) for book in books.of([page])} == {late.folder(page.path)}
    pages = {f"{targets.place(path, language)}index.html" for path in (*found.corpus.paths, "search/exports.md")
             for language in LANGUAGES}
    assert [place for place in pages if late.is_one(place)] == []
    assert [place for place in exports.of_none(LANGUAGES[0], site_url) if late.is_one(place)] == []


def test_what_goes_with_a_page_is_new_when_somebody_asks_for_it(root, started):
    shown = started(root)
    for words in ("另有规定。", "再有规定。"):
        write(root, {ARTICLE: CHINESE.replace("政策声明。", f"政策声明。{words}")})
        shown.until_page("articles/chips/", words)
        for place in ("articles/chips/index.md", "articles/chips/tei.xml"):
            assert words in shown.page(place) and words not in shown.page(f"ja/{place}")
        assert words in shown.page("articles/chips/")


def test_what_went_with_a_page_goes_with_it(root, started):
    about = {"docs/about/index.md": "# 关于本站的说明\n", "docs_ja/about/index.md": "# このサイトについて\n"}
    write(root, about)
    shown = started(root)
    assert "关于本站的说明" in shown.page("about/index.md")
    for file in about:
        (root / file).unlink()
    shown.until_page("about/", without=["关于本站的说明"])
    assert "关于本站的说明" not in shown.page("about/index.md")
