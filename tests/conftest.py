"""What several tests need: the site of the fixed corpus, built once and served, and a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import chromium
import pytest
from host import build, serve
from playwright.sync_api import Browser, Page, sync_playwright
from scratch import corpus_of

from kb import cli


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: opens a browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses the browser carries its mark: `-m "not browser"` runs without one."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run a command on a folder: `kb(root, "check")` → exit code and everything it printed."""

    def run(root: Path, *argv: str) -> tuple[int, str]:
        capsys.readouterr()
        code = cli.main(argv, root=root)
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    return run


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the fixed corpus, as GitHub Pages would publish it from someone's fork, below a path."""
    place = tmp_path_factory.mktemp("built") / "site"
    done = build(corpus_of(place.parent), place, SITE_URL="https://someone.example/kb/",
                 REPO_URL="https://github.com/someone/kb")
    assert done.returncode == 0, done.stdout + done.stderr
    return place


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where that site can be visited."""
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
