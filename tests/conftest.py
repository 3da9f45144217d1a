"""What several tests need: the site of the fixed corpus, built once for all workers and served; a real browser
and one Java, for each worker that asks for them."""

from __future__ import annotations

import fcntl
import gc
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import chromium
import pytest
from host import Previews, ask, build, helper, serve
from playwright.sync_api import Browser, Page, expect, sync_playwright
from scratch import corpus_of
from window import UNCHANGING, Windows, origin

from kb import cli
from kb.reading import Reading, Settings, reader

SHOWN = re.compile(r"^ *[0-9]+ \|.*\n(?: +\| *\^+\n)?", re.MULTILINE)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: opens a browser")
    os.environ.setdefault("KB_BROWSER", "")  # sites of tests are not printed, unless a test asks for it
    os.environ["LC_ALL"] = "C.UTF-8"  # findings are in English, whoever runs the tests
    # Thousands of tests and what they import stay: to look through them again and again for what can go took
    # a tenth of the time.
    gc.set_threshold(100_000, 50, 50)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """A worker more than there are cores: one that waits for a browser leaves a core free."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever uses the browser carries its mark: `-m "not browser"` runs without one."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture
def kb(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run a command on a folder: `kb(root, "check")` → exit code and everything it printed, but for the lines
    of files that findings show: `test_reporting.py` looks at these."""

    def run(root: Path, *argv: str) -> tuple[int, str]:
        capsys.readouterr()
        code = cli.main(argv, root=root)
        printed = capsys.readouterr()
        return code, SHOWN.sub("", printed.out) + printed.err

    return run


@pytest.fixture(scope="session")
def readings() -> dict[tuple[str, str], Reading]:
    """What the tests of this worker have read: settings and text → what it shows."""
    return {}


@pytest.fixture(scope="module")
def each_text_once(readings: dict[tuple[str, str], Reading]) -> Iterator[None]:
    """A reading is a value: tests that read the same few texts hundreds of times do it once."""
    anew = reader._anew

    def run(markdown: str, settings: Settings) -> Reading:
        key = settings.key, markdown
        if key not in readings:
            found = anew(markdown, settings)
            if found.problem or not settings.key:
                return found  # it may have been for want of time
            readings[key] = found
        return readings[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_anew", run)
        yield


@pytest.fixture(scope="session")
def once(request: pytest.FixtureRequest,
         tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """`once("name", make)` → a folder that `make` has filled, in whichever worker came first: the others
    wait for it. Nobody changes it afterwards."""
    own = tmp_path_factory.getbasetemp()
    # The environment would say it too, but to the tests that a test starts as well.
    common = own.parent if hasattr(request.config, "workerinput") else own

    def run(name: str, make: Callable[[Path], None]) -> Path:
        with (common / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            place, begun = common / name, common / f"{name}-begun"
            if not place.exists():
                shutil.rmtree(begun, ignore_errors=True)
                begun.mkdir()
                make(begun)
                begun.rename(place)
        return place

    return run


@pytest.fixture(scope="session")
def site(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The site of the fixed corpus, as GitHub Pages would publish it from someone's fork, below a path."""
    def make(place: Path) -> None:
        done = build(corpus_of(place / "corpus"), place / "site", anew=True, SITE_URL="https://someone.example/kb/",
                     REPO_URL="https://github.com/someone/kb")
        assert done.returncode == 0, done.stdout + done.stderr

    return once("built", make) / "site"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where that site can be visited."""
    server, url = serve(site)
    UNCHANGING.add(origin(url))
    yield url
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.installed()
    assert path, "no Chromium: run `make browser`, which installs one or says what to do"
    with sync_playwright() as playwright:
        expect.set_options(timeout=20_000)  # two workers on two cores may keep each other waiting
        running = playwright.chromium.launch(executable_path=path, args=[*chromium.ARGUMENTS])
        yield running
        running.close()


@pytest.fixture(scope="session")
def java() -> Callable[[Path], dict[str, Any]]:
    """`java(file)` → what programs in Java say of it (see `checker_in_java.py`)."""
    if not shutil.which("java"):
        pytest.skip("epubcheck and Jing need Java, which is not installed: books and TEI are not validated "
                    "(apt-get install default-jre-headless)")
    started = helper("checker_in_java.py")
    return lambda file: ask(started, str(file))


@pytest.fixture
def epubcheck(java: Callable[[Path], dict[str, Any]]) -> Callable[[Path], dict[str, Any]]:
    """`epubcheck(book)` → what it says of it."""
    return java


@pytest.fixture(scope="module")
def windows(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`windows(**options)` → a window of a browser's context with these options, for tests that only look:
    the same one for all of them in a file, empty when it is asked for. A new one costs more than a page."""
    kept: dict[str, Page] = {}

    def window(**options: Any) -> Page:
        key = repr(sorted(options.items()))
        if key not in kept:
            kept[key] = browser.new_context(**options).new_page()
        kept[key].goto("about:blank")
        return kept[key]

    yield window
    for one in kept.values():
        one.context.close()


@pytest.fixture(scope="session")
def used_again(browser: Browser) -> Iterator[Windows]:
    kept = Windows(browser)
    yield kept
    kept.close()


@pytest.fixture
def fixed_time() -> str | None:
    """The time in the windows (ISO), for tests to which it matters; else it goes on."""
    return None


@pytest.fixture
def page(used_again: Windows, fixed_time: str | None) -> Iterator[Page]:
    """A desktop window, as new."""
    window, leave = used_again.window(fixed_time, viewport={"width": 1280, "height": 800})
    yield window
    leave()


@pytest.fixture
def previews() -> Iterator[Callable[[Path], Previews]]:
    """Begin previews of a project, each in a process of its own."""
    started: list[Previews] = []

    def start(root: Path) -> Previews:
        started.append(Previews(root))
        return started[-1]

    yield start
    for one in started:
        one.end()


@pytest.fixture
def phone(used_again: Windows, fixed_time: str | None) -> Iterator[Page]:
    """A phone, as new: 360 px wide, touch only."""
    window, leave = used_again.window(fixed_time, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    yield window
    leave()
