"""What a large site costs to build: clean, with nothing changed, after one paragraph, after one concept; how long
its preview takes; and whether a successor of MkDocs makes the same site.

Usage: build.py [--articles N]. Builds half as many articles, and all of them, in both languages, with
everything of which the site is built (parallel pages, books, search, files for programs; the articles have no
notes and no commentary), and all of them with mkdocs-material, mkdocs-static-i18n and Material's own search
with jieba, stock navigation. PDF and pictures for links, which the other does not make and a browser prints for
us, are left out there; what they cost is told apart, by a few articles. Prints wall time, processor time and
the most memory of all processes together, the files and bytes that an article costs, how long `make serve`
takes from saving a paragraph to the page that has it, and what is promised, as ratios of one run; exit 1 where
a promise is not kept.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import rivals  # noqa: E402
import successor  # noqa: E402
import synthetic  # noqa: E402
from costs import Cost, cost  # noqa: E402

from kb.languages import LANGUAGES  # noqa: E402
from kb.works import browser  # noqa: E402

# Of the stock stack's wall time; megabytes; how many times as long twice as many articles may take; seconds.
CLEAN, UNCHANGED, PARAGRAPH, MEMORY, GROWTH, SERVE = 0.5, 0.08, 0.1, 400, 2.2, 2
_PATIENCE = 600  # seconds for a preview to begin
_FEW = 20  # articles that are printed, too
_COMMAND = (str(Path(sys.executable).with_name("kb")), "build")


def ours(place: Path, articles: int) -> Iterator[tuple[str, Cost]]:
    """Each kind of build, one after another in one folder."""
    synthetic.make(place, articles)
    concept = sorted((place / "docs/glossary").glob("[a-h]*.md"))[0]
    for name, edit in (
        ("clean", lambda: None),
        ("nothing changed", lambda: None),
        ("one paragraph", lambda: _replace(_middle(place, articles), "\n{ #p7 }", "另有规定。\n{ #p7 }")),
        ("one concept", lambda: _replace(concept, "description: ", "description: 又称")),
    ):
        edit()
        yield name, cost(_COMMAND, place, _environment())


def printed(place: Path, articles: int) -> float | None:
    """Seconds that PDF and pictures of one article take, in both languages; None without a browser for it."""
    if not browser.found():
        return None
    synthetic.make(place, articles)
    without = cost(_COMMAND, place, _environment())
    shutil.rmtree(place / ".cache")
    shutil.rmtree(place / "site")
    return (cost(_COMMAND, place, synthetic.environment()).wall - without.wall) / articles


def _environment() -> Mapping[str, str]:
    return synthetic.environment() | {browser.VARIABLE: ""}


def served(place: Path, articles: int) -> float:
    """Seconds from saving a paragraph to the page that has it, while `mkdocs serve` shows a site that is
    remembered: the second time, when all is as warm as it will be."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    changed = _middle(place, articles)
    address = f"http://127.0.0.1:{port}/articles/{changed.stem}/"
    with (place / "serve.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=place, env=dict(_environment()), stdout=log, stderr=log)
    try:
        _wait(address, "</html>", _PATIENCE)
        for words in ("又有规定。", "再有规定。"):
            time.sleep(1)
            _replace(changed, "\n{ #p9 }", f"{words}\n{{ #p9 }}")
            begun = time.monotonic()
            _wait(address, words, _PATIENCE)
            taken = time.monotonic() - begun
        return taken
    finally:
        server.terminate()
        server.wait()


def _wait(address: str, words: str, patience: float) -> None:
    """Until the page at `address` has `words`."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(address, timeout=patience) as answer:
            if words in answer.read().decode():
                return
        time.sleep(0.02)
    raise SystemExit(f"{address} never had {words}")


def _middle(place: Path, articles: int) -> Path:
    return place / "docs/articles" / f"a{articles // 2:04}.md"


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def weight(folder: Path) -> tuple[int, int]:
    """Files, and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def stock(source: Path, place: Path) -> Cost:
    """The same texts, as static-i18n wants to have them."""
    docs = place / "docs"
    for language in LANGUAGES:
        tree = source / language.tree
        for path in tree.rglob("*.md"):
            name = path.relative_to(tree)
            copy = docs / (name if language.prefix == "" else name.with_suffix(f".{language.tag}.md"))
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    (place / "mkdocs.yml").write_text(rivals.BILINGUAL, "utf-8")
    python = rivals.environment(ROOT / "benchmarks/.cache")
    return cost([str(python), "-m", "mkdocs", "build", "--quiet"], place, synthetic.environment())


def _shown(costs: Iterator[tuple[str, Cost]], articles: int) -> dict[str, Cost]:
    """All `costs`, each printed when it is known."""
    found: dict[str, Cost] = {}
    for name, one in costs:
        found[name] = one
        print(f"{articles:4} articles, {name:16} {one.wall:7.1f} s {one.seconds:7.1f} s of the processor "
              f"{one.memory:5.0f} MB", flush=True)
    return found


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=500)
    articles = parser.parse_args(argv).articles
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        half = _shown(ours(root / "half", articles // 2), articles // 2)
        whole = _shown(ours(root / "whole", articles), articles)
        stacked = iter([("stock stack", stock(root / "whole", root / "stock"))])
        other = _shown(stacked, articles)["stock stack"]
        serve = served(root / "whole", articles)
        print(f"{articles:4} articles, serve: from saving a paragraph to the page {serve:7.1f} s", flush=True)
        few, many = weight(root / "half/site"), weight(root / "whole/site")
        more_to_print = printed(root / "printed", _FEW)
    more = articles - articles // 2
    print(f"an article in two languages: {(many[0] - few[0]) / more:.1f} files, "
          f"{(many[1] - few[1]) / more / 1000:.0f} kB")
    if more_to_print is not None:
        print(f"PDF and pictures of an article, where a browser is there: {more_to_print:.1f} s more")
    promises = (
        ("clean, of the stock stack", whole["clean"].wall / other.wall, CLEAN),
        ("nothing changed, of the same", whole["nothing changed"].wall / other.wall, UNCHANGED),
        ("one paragraph, of the same", whole["one paragraph"].wall / other.wall, PARAGRAPH),
        ("memory, MB", max(one.memory for one in whole.values()), MEMORY),
        ("clean, of half as many articles", whole["clean"].wall / half["clean"].wall, GROWTH),
        ("serve, seconds", serve, SERVE),
    )
    for name, value, limit in promises:
        print(f"{name:32} {value:7.2f}   limit {limit}: {'kept' if value <= limit else 'exceeded'}")
    count, differing = successor.differing(ROOT)
    print(f"this project, built with ProperDocs too: {len(differing)} of {count} files differ")
    return int(bool(differing) or any(value > limit for _, value, limit in promises))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
