"""What building a large site costs, beside the stock stack on the same texts.

Usage: make bench-build [ARTICLES=500]. Makes ARTICLES articles in each language beside the glossary, and
builds them three times: half of them and all of them as this site is built (parallel pages, books, search,
files for programs; the articles have no notes and no commentary), and all of them with mkdocs-material,
mkdocs-static-i18n and Material's own search with jieba, stock navigation. Prints the processor time and the
most memory of each, and what is promised of them; exit 1 where a promise is not kept.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import rivals  # noqa: E402
import synthetic  # noqa: E402

from kb.languages import LANGUAGES  # noqa: E402

# Of the stock stack's processor time; megabytes; how many times as long twice as many articles may take.
RATIO, MEMORY, GROWTH = 0.4, 300, 2.2


@dataclass(frozen=True)
class Cost:
    """Seconds of the processor, and the most megabytes that were in memory at once."""

    seconds: float
    memory: float


def cost(command: Sequence[str], place: Path, environment: Mapping[str, str]) -> Cost:
    """What `command` takes. Refuses one that fails. The memory is never less than this process has: it
    must stay small, and the texts are made in another."""
    log = place / "build.log"
    process = os.posix_spawn(
        command[0], command, dict(environment), file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2)])
    _, status, use = os.wait4(process, 0)
    if status:
        raise SystemExit(log.read_text("utf-8")[-2000:])
    # Kilobytes on Linux, bytes on macOS.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Cost(use.ru_utime + use.ru_stime, use.ru_maxrss / unit)


def ours(place: Path, articles: int) -> Cost:
    subprocess.run([sys.executable, ROOT / "benchmarks/synthetic.py", place, str(articles)], check=True)
    return cost([sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(place / "mkdocs.yml")],
                place, synthetic.environment())


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


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=500)
    articles = parser.parse_args(argv).articles
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        found: dict[str, Cost] = {}
        for name, run in (
            (f"ours, {articles // 2}", lambda: ours(root / "half", articles // 2)),
            (f"ours, {articles}", lambda: ours(root / "whole", articles)),
            (f"stock stack, {articles}", lambda: stock(root / "whole", root / "stock")),
        ):
            found[name] = run()
            print(f"{name:20} {found[name].seconds:7.1f} s {found[name].memory:7.0f} MB", flush=True)
    half, whole, other = found.values()
    promises = (
        ("time, of the stock stack's", whole.seconds / other.seconds, RATIO),
        ("memory, MB", whole.memory, MEMORY),
        ("time, of half as many articles'", whole.seconds / half.seconds, GROWTH),
    )
    for name, value, limit in promises:
        print(f"{name:32} {value:7.2f}   limit {limit}: {'kept' if value <= limit else 'exceeded'}")
    return int(any(value > limit for _, value, limit in promises))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
