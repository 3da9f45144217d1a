"""Whether a successor of MkDocs, ProperDocs, makes the same site of this project: the way out that is kept open.

Usage: successor.py. Builds the project with each, from nothing, and compares file by file; exit 1 where one
differs. ProperDocs is installed, with its hash, into a folder of its own that stands before the environment:
it takes MkDocs' place for plugins and themes, and needs nothing that is not there already.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

import synthetic  # noqa: E402

from kb import ground  # noqa: E402

LOCK = ROOT / ".github/requirements/successor.txt"


def installed(cache: Path) -> Path:
    """The folder with ProperDocs, installed when it is first asked for and when the lock changes."""
    place = cache / "successor"
    known = place / "installed.txt"
    if not known.exists() or known.read_text("utf-8") != LOCK.read_text("utf-8"):
        shutil.rmtree(place, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                        "--no-deps", "--require-hashes", "--requirement", LOCK, "--target", place], check=True)
        known.write_text(LOCK.read_text("utf-8"), "utf-8")
    return place


def made(root: Path, program: str, place: Path, **environment: str) -> dict[str, bytes]:
    """Every file of the site that a program makes of the project at `root`, in a copy at `place`."""
    for name in (*ground.FOLDERS, *ground.FILES):
        if (root / name).is_dir():
            shutil.copytree(root / name, place / name)
        elif (root / name).exists():
            place.mkdir(exist_ok=True)
            shutil.copy(root / name, place)
    subprocess.run([sys.executable, "-m", program, "build", "--quiet", "--strict"], cwd=place, check=True,
                   env=synthetic.environment() | environment)
    site = place / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def differing(root: Path) -> tuple[int, list[str]]:
    """How many files there are, and the places of those that differ."""
    with tempfile.TemporaryDirectory() as folder:
        ours = made(root, "mkdocs", Path(folder, "mkdocs"))
        path = os.pathsep.join(filter(None, (str(installed(ROOT / "benchmarks/.cache")),
                                             os.environ.get("PYTHONPATH"))))
        theirs = made(root, "properdocs", Path(folder, "properdocs"), PYTHONPATH=path)
    return len(ours), sorted(place for place in ours.keys() | theirs.keys()
                             if ours.get(place) != theirs.get(place))


def main() -> int:
    count, places = differing(ROOT)
    for place in places[:20]:
        print(f"differs: {place}")
    print(f"built with ProperDocs too: {len(places)} of {count} files differ")
    return int(bool(places))


if __name__ == "__main__":
    sys.exit(main())
