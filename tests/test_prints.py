"""What a browser prints while a site is built: PDF to take along, pictures for links."""

import re
import shutil
import subprocess
import sys
import zlib

import chromium
import pytest
from host import build
from lxml import html
from scratch import CHINESE, project, site_of, write

from kb.works import browser
from kb.works.packed import packed

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


def loose(pdf):
    """Number → words of each object that stands in the file itself."""
    return {int(one[1]): one[2] for one in re.finditer(rb"(\d+) 0 obj\s(.*?)\s*endobj\s", pdf, re.DOTALL)}


def together(pdf):
    """Number → words of each object that stands in a stream of objects."""
    found = {}
    for body in loose(pdf).values():
        if head := re.match(rb"<</Type /ObjStm /N (\d+) /First (\d+) .*?>>\nstream\n", body):
            content = zlib.decompress(body[head.end():-len(b"\nendstream")])
            numbers = [int(one) for one in content[:int(head[2])].split()]
            assert len(numbers) == 2 * int(head[1])
            starts = [int(head[2]) + at for at in numbers[1::2]]
            found |= {number: content[start:end].strip() for number, start, end in
                      zip(numbers[::2], starts, [*starts[1:], len(content)], strict=True)}
    return found


def test_what_is_printed_is_packed_and_says_the_same_in_fewer_bytes(monkeypatch, tmp_path):
    page = "<!doctype html><html lang=zh-Hans><title>通告</title><h1>通告</h1>" + "<p>第18号通告<a href=#a>生效</a>。" * 300
    monkeypatch.setattr(browser, "packed", lambda pdf: pdf)
    chrome = browser.Browser(chromium.installed() or "", lambda place: page.encode())
    try:
        whole = chrome.pdf("a/")
    finally:
        chrome.close()
    small = packed(whole)
    assert len(small) < 0.5 * len(whole)
    before, after = loose(whole), loose(small)
    inside = together(small)
    assert len(inside) > 300 and not inside.keys() & after.keys()
    assert {number: inside.get(number, after.get(number)) for number in before} == before
    assert packed(small) == small  # and once is enough
    if shutil.which("pdftotext"):
        texts = []
        for name, data in (("whole", whole), ("small", small)):
            (tmp_path / name).write_bytes(data)
            done = subprocess.run(["pdftotext", "-bbox", name, "-"], cwd=tmp_path, capture_output=True, check=True)
            assert not done.stderr
            texts.append(done.stdout)
        assert texts[0] == texts[1] and "生效".encode() in texts[0]


def test_a_file_that_is_written_in_another_way_stays_as_it_is():
    table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2 /Root 1 0 R>>\n"
    fine = b"%PDF-1.4\n1 0 obj\n<</Type /Catalog>>\nendobj\n"
    end = b"startxref\n%d\n%%%%EOF\n"
    wrong, fine = fine + table + end % (len(fine) + 1), fine + table + end % len(fine)
    assert packed(fine).startswith(b"%PDF-1.5\n") and together(packed(fine)) == {1: b"<</Type /Catalog>>"}
    for other in (b"", b"%PDF-1.4", fine[:-20], fine.replace(b"1.4", b"1.7"), wrong,
                  fine.replace(b"0000000009", b"0000000010"), fine.replace(b"1 0 obj", b"2 0 obj")):
        assert packed(other) == other


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
