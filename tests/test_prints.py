"""What a browser prints while a site is built: PDF to take along, pictures for links."""

import re
import subprocess
import sys

import chromium
import pytest
from host import build
from lxml import html
from scratch import CHINESE, project, site_of, write

HOME = "https://someone.example/kb/"
PLACE = "articles/chips/"


@pytest.fixture(scope="module")
def printed(once):
    """A tiny site that was printed."""
    def make(place):
        root = site_of(project(place / "own"))
        done = build(root, place / "site", SITE_URL=HOME, KB_BROWSER=chromium.installed() or "")
        assert done.returncode == 0, done.stdout + done.stderr

    return once("printed", make)


def linked(site, place):
    page = html.fromstring((site / place / "index.html").read_bytes())
    return page, [link.get("href") for link in page.xpath('//a[@type="application/pdf"]')]


def test_each_edition_and_the_parallel_text_are_pdf_beside_the_books(printed):
    site = printed / "site"
    for place in (PLACE, f"ja/{PLACE}", f"{PLACE}parallel/"):
        _, links = linked(site, place)
        assert links, place
        for link in links:
            data = (site / place / link).resolve().read_bytes()
            assert data.startswith(b"%PDF-") and len(data) > 5000
            assert b"(D:20000101000000" in data  # the day of printing would make each build another


def test_a_shared_link_has_a_picture_of_the_right_size(printed):
    site = printed / "site"
    page, _ = linked(site, f"ja/{PLACE}")
    (address,) = page.xpath('//meta[@property="og:image"]/@content')
    assert address == f"{HOME}ja/{PLACE}card.jpg"
    data = (site / f"ja/{PLACE}card.jpg").read_bytes()
    height, width = (int.from_bytes(part) for part in re.search(rb"\xff\xc0..\x08(..)(..)", data, re.DOTALL).groups())
    assert (width, height) == (1200, 630) and len(data) < 80_000


def test_only_what_changed_is_printed_again_and_the_rest_is_byte_for_byte_as_it_was(printed, tmp_path):
    root = site_of(project(tmp_path / "own"))
    variables = {"SITE_URL": HOME, "KB_BROWSER": chromium.installed() or ""}
    first, again = (build(root, tmp_path / "site", **variables) for _ in range(2))
    assert first.returncode == again.returncode == 0
    assert re.search(r" [1-9]\d* printed", first.stdout + first.stderr)
    assert " 0 printed" in again.stdout + again.stderr
    for file in (printed / "site").rglob("*.pdf"):
        assert (tmp_path / "site" / file.relative_to(printed / "site")).read_bytes() == file.read_bytes()
    write(root, {"docs/articles/chips.md": CHINESE.replace("一篇关于芯片", "一篇讨论芯片")})
    changed = build(root, tmp_path / "site", **variables)
    assert " 2 printed" in changed.stdout + changed.stderr or " 1 printed" in changed.stdout + changed.stderr


def test_without_a_browser_nothing_is_promised(tmp_path):
    done = build(site_of(project(tmp_path)), tmp_path / "site", SITE_URL=HOME, KB_BROWSER="")
    assert done.returncode == 0
    page, links = linked(tmp_path / "site", PLACE)
    assert links == page.xpath('//meta[@property="og:image"]') == []
    assert not list((tmp_path / "site").rglob("*.pdf"))


def test_a_system_without_such_pipes_has_no_browser_that_can_print():
    script = """
import sys
sys.modules["fcntl"] = None  # as on Windows
from kb.works import browser, site
print(browser.found() or "none")
try:
    browser.Browser("chromium", {}.get)
except browser.Failed as failed:
    print(failed)
"""
    done = subprocess.run([sys.executable, "-c", script], text=True, capture_output=True)
    assert (done.stdout, done.stderr) == ("none\non this system no browser can be given files\n", "")


def test_a_browser_that_ends_stops_the_build_and_leaves_the_site_as_it_was(tmp_path):
    root = site_of(project(tmp_path))
    assert build(root, tmp_path / "site", KB_BROWSER="").returncode == 0
    before = {file: file.read_bytes() for file in (tmp_path / "site").rglob("*") if file.is_file()}
    broken = tmp_path / "browser"
    broken.write_text("#!/bin/sh\nexit 0\n")
    broken.chmod(0o755)
    assert subprocess.run([broken]).returncode == 0
    done = build(root, tmp_path / "site", KB_BROWSER=str(broken))
    said = done.stdout + done.stderr
    assert done.returncode == 1 and "kb: the browser has ended; KB_BROWSER= builds without" in said
    assert "Traceback" not in said
    assert {file: file.read_bytes() for file in (tmp_path / "site").rglob("*") if file.is_file()} == before
