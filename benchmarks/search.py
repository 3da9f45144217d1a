"""Whether the search finds what is there, how much a reader loads for it, and how long it takes.

Usage: make bench-search [ZH=dir JA=dir] [ARTICLES=1000] [OTHERS=125]. Without trees of its own it makes
ARTICLES articles in each language of the sentences of this site, cut and mixed, beside its glossary. Asks
500 substrings of 2 to 8 characters and every term of the glossary in a real Chromium, each of them once
in a browser that has nothing yet, and compares the answers with texts that are asked one by one. Asks
Material's own search (with jieba) and Pagefind extended the same of the first OTHERS pages, which is what
they can take in reasonable time (0: leave them out). Exit 1 when anything was not found, or wrongly.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "benchmarks")]

import chromium  # noqa: E402
import oracle  # noqa: E402
import rivals  # noqa: E402
import synthetic  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from kb import project as projects  # noqa: E402
from kb.languages import LANGUAGES, Language  # noqa: E402
from kb.search import index, units  # noqa: E402

QUERIES, SIZES = 500, tuple(range(2, 9))
# What GitHub Pages sends compressed; it sends other files as they are.
COMPRESSED = {".html", ".css", ".js", ".json", ".txt", ".svg", ".xml"}
HEADERS = 250  # bytes, of an answer
SHARE_OF = 250  # articles with which the share of the build is measured: both parts are linear


@dataclass(frozen=True)
class Row:
    """What is said of one search in one language. Bytes and milliseconds."""

    name: str
    recall: float
    precision: float
    first: tuple[float, float]  # median and most of a first query
    times: tuple[float, float]  # median and 95th percentile
    setup: float
    size: int


# --- texts --------------------------------------------------------------------------------------------

def asked(texts: tuple[oracle.Text, ...], project: projects.Project, language: Language) -> list[str]:
    """Random substrings of the texts, and every term."""
    chance = random.Random(f"{language.tag} 20250514")
    found = list(oracle.queries(texts, QUERIES, chance, SIZES)) if texts else []
    for term in project.glossary.terms[language.tag].values():
        found += term.forms
    return found


# --- a server as GitHub Pages is ------------------------------------------------------------------------

@functools.cache  # nothing changes while it is served, and every browser that has nothing asks anew
def _sent(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.compress(content, 6, mtime=0) if path.suffix in COMPRESSED else content


class _Pages(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else a body waits for the acknowledgement of its headers, 40 ms

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.partition("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = _sent(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in COMPRESSED:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.server.sent.append(len(content) + HEADERS)

    def log_message(self, *_: object) -> None:
        pass


def serve(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    def handler(*arguments: object) -> _Pages:
        return _Pages(*arguments, directory=str(folder))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.sent = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}/"


def loaded(browser: Browser, server: http.server.ThreadingHTTPServer, root: str, script: str,
           argument: object) -> int:
    """Bytes over the wire, for everything that `script` and its workers ask for in a browser that has
    nothing yet."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(root + "blank.html")
    server.sent.clear()
    page.evaluate(script, argument)
    page.wait_for_timeout(50)
    context.close()
    return sum(server.sent)


# --- ours -----------------------------------------------------------------------------------------------

ASK = """async ([root, queries, language]) => {
  const { find } = await import(root + "assets/kb/search.js")
  const found = [], times = []
  for (const query of queries) {
    await (await find(query, {language})).hits(0, 10)
    const start = performance.now()
    const one = await find(query, {language})
    await one.hits(0, 10)
    times.push(performance.now() - start)
    found.push(one.ordinals)
  }
  return {found, times}
}"""
FIRST = """async ([root, query, language]) =>
  void await (await import(root + "assets/kb/search.js")).search(query, {language, limit: 10})"""


def ours(browser: Browser, server: http.server.ThreadingHTTPServer, root: str, project: projects.Project,
         language: Language, site: Path) -> list[Row]:
    texts = oracle.texts(project, language)
    queries = asked(texts, project, language)
    by_ordinal = {one.ordinal: (one.found.page.address, one.found.text)
                  for one in units.of(project, language)}
    page = browser.new_page()
    page.goto(root + "blank.html")
    answer = page.evaluate(ASK, [root, queries, language.tag])
    page.close()
    wanted = [oracle.found(query, texts) for query in queries]
    given = [[by_ordinal[ordinal] for ordinal in found] for found in answer["found"]]
    first = [loaded(browser, server, root, FIRST, [root, query, language.tag]) for query in queries]
    places = site / "search" / language.tag
    size = sum(path.stat().st_size for path in places.rglob("*") if path.is_file())
    by_paragraph = _right([sorted(one) for one in given], [sorted(one.elements()) for one in wanted])
    by_page = _right([sorted({place for place, _ in one}) for one in given],
                     [sorted({place for place, _ in one}) for one in wanted])
    shared = ((statistics.median(first), max(first)), _percentiles(answer["times"]), 0.0, size)
    return [Row("ours, by paragraph", *by_paragraph, *shared), Row("ours, by page", *by_page, *shared)]


def _right(given: Iterable[list], wanted: Iterable[list]) -> tuple[float, float]:
    """Recall and precision over all queries together; what is found twice counts twice."""
    hits = true = all_ = 0
    for one, other in zip(given, wanted, strict=True):
        left = list(other)
        rest = set(left)
        hits += len(one)
        all_ += len(left)
        true += len(one) if one == left else sum(min(one.count(each), left.count(each)) for each in rest)
    return true / (all_ or 1), true / (hits or 1)


def _percentiles(times: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.95)]


def share(articles: int, own: tuple[Path, Path] | None) -> float:
    """The index's part of a whole build's processor time."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        trees(root, articles, own)
        synthetic.dress(root)
        measured = subprocess.run([sys.executable, "-c", _MEASURE], cwd=root, check=True, text=True,
                                  capture_output=True, env=synthetic.environment())
        return float(measured.stdout.split()[-1])


_MEASURE = """
import time, sys
from kb.search import index
from kb import mkdocs_plugin
from mkdocs.__main__ import cli
spent, files = [], index.files
def timed(project, *more):
    start = time.process_time()
    made = files(project, *more)
    spent.append(time.process_time() - start)
    return made
index.files = timed
cli(["build", "--quiet"], standalone_mode=False)
print(sum(spent) / time.process_time())
"""


# --- the others -----------------------------------------------------------------------------------------

def others(browser: Browser, root: Path, language: Language, count: int) -> Iterator[Row]:
    """Material's search and Pagefind, on the first pages of the corpus."""
    python = rivals.environment(ROOT / "benchmarks/.cache")
    small = root / "others" / language.tag
    chosen = sorted((root / language.tree).rglob("*.md"))[:count]
    for path in chosen:
        copy = small / language.tree / path.relative_to(root / language.tree)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    if not (home := small / language.tree / "index.md").exists():
        home.write_text("# x\n", "utf-8")
    project = projects.read(small)
    texts = oracle.texts(project, language)
    queries = asked(texts, project, language)
    site = small / "site"
    rivals.build(python, small / language.tree, "zh" if language.prefix == "" else language.tag, site)
    (site / "blank.html").write_text("<!doctype html><title>x</title>", "utf-8")
    wanted = [sorted({one.removeprefix(language.prefix) for one, _ in oracle.found(query, texts)})
              for query in queries]
    server, place = serve(site)
    for name, script, parts in (
        ("Material with jieba", rivals.MATERIAL, ("search",)), ("Pagefind extended", rivals.PAGEFIND, ("pagefind",)),
    ):
        page = browser.new_page()
        page.set_default_timeout(0)
        page.goto(place + "blank.html")
        answer = page.evaluate(script, [place, queries])
        page.close()
        cold = random.Random(1).sample(queries, 5)
        first = [loaded(browser, server, place, script, [place, [query]]) for query in cold]
        size = sum(path.stat().st_size for part in parts for path in (site / part).rglob("*") if path.is_file())
        yield Row(f"{name}, by page", *_right([sorted(one) for one in answer["pages"]], wanted),
                  (statistics.median(first), max(first)), _percentiles(answer["times"]), answer["setup"], size)
    server.shutdown()


# --- all of it ------------------------------------------------------------------------------------------

def trees(root: Path, articles: int, own: tuple[Path, Path] | None) -> None:
    if own is None:
        synthetic.write(root, articles)
        return
    for source, language in zip(own, LANGUAGES):
        shutil.copytree(source, root / language.tree)


def show(language: Language, pages: int, rows: Iterable[Row]) -> None:
    for row in rows:
        print(f"{language.tag:8} {pages:6} {row.name:28} {row.recall:7.3f} {row.precision:9.3f} "
              f"{row.first[0] / 1000:8.1f} {row.first[1] / 1000:8.1f} {row.times[0]:7.1f} {row.times[1]:7.1f} "
              f"{row.setup:8.0f} {row.size / 1e6:8.1f}", flush=True)


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--zh", type=Path)
    parser.add_argument("--ja", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--others", type=int, default=125)
    options = parser.parse_args(argv)
    if bool(options.zh) != bool(options.ja):
        parser.error("ZH and JA go together")
    own = (options.zh.resolve(), options.ja.resolve()) if options.zh else None
    exact = True
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        root = Path(place)
        trees(root, options.articles, own)
        browser = playwright.chromium.launch(executable_path=chromium.installed(), args=["--no-sandbox"])
        project = projects.read(root)
        site = root / "site"
        for name, content in index.files(project).items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        shutil.copytree(ROOT / "theme/assets/kb", site / "assets/kb")
        (site / "blank.html").write_text("<!doctype html><title>x</title>", "utf-8")
        server, url = serve(site)
        print(f"{'':8} {'':6} {'':28} {'':7} {'':9} {'first query, kB':>17} {'time, ms':>15} {'set-up':>8} {'index':>8}")
        print(f"{'language':8} {'pages':>6} {'search':28} {'recall':>7} {'precision':>9} {'median':>8} {'most':>8} "
              f"{'p50':>7} {'p95':>7} {'ms':>8} {'MB':>8}")
        for language in LANGUAGES:
            pages = sum(one.language is language for one in project.corpus.pages.values())
            rows = ours(browser, server, url, project, language, site)
            show(language, pages, rows)
            exact &= all(row.recall == row.precision == 1 for row in rows)
            if options.others:
                show(language, min(options.others, pages), others(browser, root, language, options.others))
        server.shutdown()
        browser.close()
    part = share(min(options.articles, SHARE_OF), own)
    print(f"the index takes {part:.1%} of the processor time of a build"
          + ("" if own else f" of {min(options.articles, SHARE_OF)} articles in two languages"))
    return 0 if exact else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
