"""What Lighthouse says of the site: the real one, built for the address it is served at, compressed.

Usage: make lighthouse, or for some pages only: make lighthouse PAGES="ja/ timeline/". The longest
page of each of six kinds, in both languages, is visited three times on a slow phone (Lighthouse's
default). Prints a table: performance is the median of the visits, the other categories and the bytes are the worst.
Exit 0 when every promise is kept; 1 when one is not, with the audits that failed; 2 where Node.js,
Lighthouse or a Chromium is missing, the site cannot be built, or a page cannot be visited.

Lighthouse is pinned to the last version that runs on Node.js 18 and 20; from 13 on it wants 22.19.
Two of its parts ask for "latest" of a package: `overrides` in package.json holds them to the lock.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
# The tests' way to find a Chromium and to serve a site.
sys.path.insert(0, str(ROOT / "tests"))

import chromium
from host import build, serve

from kb import project as projects
from kb.languages import CHINESE

PROGRAM = ROOT / "benchmarks/lighthouse/run.mjs"
RUNS = 3
PROMISED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
HEAVIEST = 90_000  # bytes of a first visit, all in all


@dataclass(frozen=True)
class Audit:
    """One rule that a page did not keep in full. `value` is what was measured, as in `2.1 s`."""

    category: str
    id: str
    title: str
    value: str

    def __str__(self) -> str:
        return f"{self.id}: {self.title}" + (f" ({self.value})" if self.value else "")


@dataclass(frozen=True)
class Visit:
    """What Lighthouse found on one visit. Scores are 0 to 100, by category."""

    scores: dict[str, int]
    bytes: int
    failed: tuple[Audit, ...]


def chosen() -> Iterator[str]:
    """The home page, the longest document and its parallel text, the longest page of each other kind."""
    pages = [page for page in projects.read(ROOT).corpus.pages.values() if page.language is CHINESE]

    def longest(*kinds: str) -> str:
        found = [page for page in pages if page.kind in kinds]
        return max(found, key=lambda page: len(page.markdown)).address if found else ""

    documents = sorted({page.kind for page in pages if page.is_document})
    article = longest(*documents)
    yield from dict.fromkeys(("", article, f"{article}parallel/" if article else "", *map(longest, documents),
                              longest("concept"), longest("essay")))


def visits(browser: str, home: str, pages: Sequence[str]) -> Iterator[tuple[str, Visit]]:
    """Each page with each visit to it, as they are made. RuntimeError when Lighthouse gives up."""
    command = ["node", str(PROGRAM), browser, str(RUNS), *(home + page for page in pages)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout:
            one = json.loads(line)
            yield one["address"].removeprefix(home), Visit(
                one["scores"], one["bytes"], tuple(Audit(**audit) for audit in one["failed"]))
    if running.returncode:
        raise RuntimeError(f"Lighthouse gave up, with exit code {running.returncode}")


def figures(found: Sequence[Visit]) -> dict[str, int]:
    """One figure a category, and the bytes."""
    worst = {category: min(visit.scores[category] for visit in found) for category in PROMISED}
    median = statistics.median_low(visit.scores["performance"] for visit in found)
    return worst | {"performance": median, "bytes": max(visit.bytes for visit in found)}


def broken(found: Sequence[Visit]) -> Iterator[str]:
    """Each promise that a page does not keep, with the audits that explain it."""
    seen = figures(found)
    for category, least in PROMISED.items():
        if seen[category] < least:
            audits = dict.fromkeys(audit for visit in found for audit in visit.failed
                                   if audit.category == category
                                   and visit.scores[category] <= seen[category])
            yield f"{category} {seen[category]}, promised {least}"
            yield from (f"  {audit}" for audit in audits)
    if seen["bytes"] > HEAVIEST:
        yield f"{seen['bytes'] / 1000:.1f} kB, promised {HEAVIEST / 1000:.0f} kB"


def main(argv: Sequence[str]) -> int:
    path = chromium.installed(chromium.WINDOWED) or chromium.installed()
    missing = ("no Node.js: install 18.20 or later, see nodejs.org" if not shutil.which("node") else
               "no Chromium: run `make browser`, which installs one or says what to do" if not path else
               "not installed: run `make lighthouse`, which sees to it"
               if not (PROGRAM.parent / "node_modules").is_dir() else "")
    if missing:
        print(f"lighthouse: {missing}", file=sys.stderr)
        return 2
    pages = argv or [prefix + page for page in chosen() for prefix in ("", "ja/")]
    found: dict[str, list[Visit]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        # Canonical addresses are right only if the site is built for the address it is served at.
        server, home = serve(Path(folder), below="/")
        done = build(ROOT, Path(folder), SITE_URL=home)
        if done.returncode:
            print(done.stdout + done.stderr, end="", file=sys.stderr)
            return 2
        try:
            for count, (page, visit) in enumerate(visits(path, home, pages), 1):
                found[page].append(visit)
                print(f"visit {count} of {len(pages) * RUNS}: /{page}", file=sys.stderr)
        except RuntimeError as error:
            print(f"lighthouse: {error}", file=sys.stderr)
            return 2
        finally:
            server.shutdown()
    width = max(map(len, found)) + 1
    print(f"{'page':{width}}  performance  accessibility  best practices  SEO   kB")
    for page, all_ in found.items():
        seen = figures(all_)
        print(f"{'/' + page:{width}}  {seen['performance']:11}  {seen['accessibility']:13}"
              f"  {seen['best-practices']:14}  {seen['seo']:3} {seen['bytes'] / 1000:5.1f}")
    complaints = [f"/{page}: {said}" for page, all_ in found.items() for said in broken(all_)]
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > cores + 1:  # the browser itself is about one
        print(f"this machine was busy (load {load:.1f} on {cores} cores): performance may read too low")
    print("\n".join(complaints) or "every promise is kept")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
