"""What makes the tests fast hides nothing from them."""

import re
import threading

from axe import violations
from host import build
from scratch import every_file, project, site_of, write


def printed(done):
    return re.sub(r"in [\d.]+ seconds|/\S*/site", "…", done.stdout + done.stderr)


def test_a_copied_process_builds_and_prints_what_a_new_python_does(tmp_path):
    for name in ("copied", "new"):
        (tmp_path / name).mkdir()
        site_of(project(tmp_path / name))
    one = build(tmp_path / "copied", tmp_path / "copied/site", SITE_URL="https://x.example/")
    two = build(tmp_path / "new", tmp_path / "new/site", anew=True, SITE_URL="https://x.example/")
    assert one.returncode == two.returncode == 0
    assert printed(one) == printed(two) and "Building documentation" in printed(one)
    assert every_file(tmp_path / "copied/site") == every_file(tmp_path / "new/site")


def test_no_build_sees_another_nor_its_environment(tmp_path):
    site_of(project(tmp_path))
    assert build(tmp_path, tmp_path / "one", SITE_URL="https://x.example/").returncode == 0
    write(tmp_path, {"docs/guide.md": "# 一\n", "docs/guide/index.md": "# 二\n"})
    refused = build(tmp_path, tmp_path / "two")
    assert refused.returncode == 1 and "KB110" in printed(refused)
    write(tmp_path, {"docs/guide.md": None})
    assert build(tmp_path, tmp_path / "three").returncode == 0
    assert "https://x.example/" in (tmp_path / "one/articles/chips/index.html").read_text("utf-8")
    assert "https://x.example/" not in (tmp_path / "three/articles/chips/index.html").read_text("utf-8")


def test_what_all_workers_share_is_made_once_and_whole(once):
    made, found = [], []

    def make(place):
        made.append(place)
        (place / "页.txt").write_text("全文", "utf-8")

    def ask():
        found.append((once("shared", make) / "页.txt").read_text("utf-8"))

    asking = [threading.Thread(target=ask) for _ in range(4)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert len(made) <= 1 and found == ["全文"] * 4


def test_axe_is_heard_when_something_offends_in_light_or_in_dark(page):
    page.set_content("""<html lang="ja"><title>題</title><meta name="color-scheme" content="light dark">
      <style>p { background: Canvas; color: light-dark(#000, #333) }</style>
      <main><h1>題</h1><p>一段。<img src="x.png"></p></main>""")
    assert [[*one[:-2], one[-1]] for one in violations(page)] == [
        ["image-alt", ["img"]], ["in dark", "color-contrast", ["p"]]]
    page.locator("img").evaluate("one => { one.alt = '地図' }")
    page.locator("p").evaluate("one => { one.style.color = 'CanvasText' }")
    assert violations(page) == []
