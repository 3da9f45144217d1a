"""What a large site costs to build: clean, with nothing changed, after one paragraph, after one concept.

Usage: build.py [--articles N]. Builds half as many articles, and all of them, in both languages, with
everything of which the site is built (parallel pages, books, search, files for programs; the articles have no
notes and no commentary), and all of them with mkdocs-material, mkdocs-static-i18n and Material's own search
with jieba, stock navigation. Prints wall time, processor time and the most memory of each, the files and
bytes that an article costs, and what is promised, as ratios of one run; exit 1 where a promise is not kept.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import rivals  # noqa: E402
import synthetic  # noqa: E402

from kb.languages import LANGUAGES  # noqa: E402

# Of the stock stack's wall time; megabytes; how many times as long twice as many articles may take.
CLEAN, UNCHANGED, PARAGRAPH, MEMORY, GROWTH = 0.5, 0.08, 0.1, 400, 2.2


@dataclass(frozen=True)
class Cost:
    """Seconds that somebody waits, seconds of the processor, the most megabytes in memory at once."""

    wall: float
    seconds: float
    memory: float


def cost(command: Sequence[str], place: Path, environment: Mapping[str, str]) -> Cost:
    """What `command` takes. Refuses one that fails. The memory is never less than this process has: it
    must stay small, and the texts are made in another."""
    log, begun = place / "build.log", time.monotonic()
    process = os.posix_spawn(
        command[0], command, dict(environment), file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2)])
    _, status, use = os.wait4(process, 0)
    if status:
        raise SystemExit(log.read_text("utf-8")[-2000:])
    # Kilobytes on Linux, bytes on macOS.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Cost(time.monotonic() - begun, use.ru_utime + use.ru_stime, use.ru_maxrss / unit)


def ours(place: Path, articles: int) -> Iterator[tuple[str, Cost]]:
    """Each kind of build, one after another in one folder."""
    subprocess.run([sys.executable, ROOT / "benchmarks/synthetic.py", place, str(articles)], check=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(place / "mkdocs.yml")]
    changed = place / "docs/articles" / f"a{articles // 2:04}.md"
    concept = sorted((place / "docs/glossary").glob("[a-h]*.md"))[0]
    for name, edit in (
        ("clean", lambda: None),
        ("nothing changed", lambda: None),
        ("one paragraph", lambda: _replace(changed, "\n{ #p7 }", "另有规定。\n{ #p7 }")),
        ("one concept", lambda: _replace(concept, "description: ", "description: 又称")),
    ):
        edit()
        yield name, cost(command, place, synthetic.environment())


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
    return cost([str(python), "-m", "mkdocs", "build", "--quiet", "--config-file", str(place / "mkdocs.yml")],
                place, synthetic.environment())


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
        few, many = weight(root / "half/site"), weight(root / "whole/site")
    more = articles - articles // 2
    print(f"an article in two languages: {(many[0] - few[0]) / more:.1f} files, "
          f"{(many[1] - few[1]) / more / 1000:.0f} kB")
    promises = (
        ("clean, of the stock stack", whole["clean"].wall / other.wall, CLEAN),
        ("nothing changed, of the same", whole["nothing changed"].wall / other.wall, UNCHANGED),
        ("one paragraph, of the same", whole["one paragraph"].wall / other.wall, PARAGRAPH),
        ("memory, MB", max(one.memory for one in whole.values()), MEMORY),
        ("clean, of half as many articles", whole["clean"].wall / half["clean"].wall, GROWTH),
    )
    for name, value, limit in promises:
        print(f"{name:32} {value:7.2f}   limit {limit}: {'kept' if value <= limit else 'exceeded'}")
    return int(any(value > limit for _, value, limit in promises))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
