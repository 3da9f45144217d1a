"""What several tests need: the real site, built once, a server as plain as GitHub Pages, and a
real browser."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import chromium
import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from scratch import ROOT

from kb import cli


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run a command on a folder: `kb(root, "check")` → exit code and everything it printed."""

    def run(root: Path, *argv: str) -> tuple[int, str]:
        capsys.readouterr()
        code = cli.main(argv, root=root)
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


def build(root: Path, site: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`mkdocs build --strict` of the project at `root` into `site`."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=root, text=True, capture_output=True,
        env={key: value for key, value in os.environ.items() if key not in ("SITE_URL", "REPO_URL")}
        | {"NO_MKDOCS_2_WARNING": "1"} | environment,
    )


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, as GitHub Pages would publish it from someone's fork, below a path."""
    place = tmp_path_factory.mktemp("built") / "site"
    done = build(ROOT, place, SITE_URL="https://someone.example/kb/",
                 REPO_URL="https://github.com/someone/kb")
    assert done.returncode == 0, done.stdout + done.stderr
    return place


class _Pages(http.server.SimpleHTTPRequestHandler):
    """Serves a folder as GitHub Pages does: below `/kb/`, with one 404.html for everything."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/kb"))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def serve(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serve `folder` on a free port of this machine: the server and its address."""
    handler = functools.partial(_Pages, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}/kb/"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the real site can be visited."""
    server, url = serve(site)
    yield url
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.installed()
    assert path, "no Chromium: run `make browser`, which installs one or says what to do"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking",
                  "--disable-component-update", "--disable-sync", "--no-first-run"],
        )
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A desktop window."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone: 360 px wide, touch only."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True,
                                  is_mobile=True)
    yield context.new_page()
    context.close()
