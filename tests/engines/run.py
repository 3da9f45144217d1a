"""The reader's paths in Firefox, WebKit and Chromium: what `make engines` runs.

In: the engines of this machine, or those named as arguments, `--disk` for the copy alone that is opened from a
disk, and `--pictures FOLDER`. Out: a table, engine by
path; exit 1 where an engine that is here fails one, 2 where none is here. Says what could not be had, and what
an engine cannot be asked.
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
import found  # noqa: E402
import host  # noqa: E402
import pictures  # noqa: E402
import paths  # noqa: E402, F401
import served  # noqa: E402
import tools  # noqa: E402, F401
from drivers import Missing  # noqa: E402
from reader import ARTICLE, FROM_DISK, LONG, PATHS, Known, Reader, ReaderOfACopy  # noqa: E402
from scratch import corpus_of  # noqa: E402

from kb import project  # noqa: E402
from kb.languages import CHINESE, JAPANESE  # noqa: E402


def walk(reader: Reader, paths: Iterable[Callable[..., None]], words: str) -> int:
    """All `paths` in one engine; how many failed."""
    failed = 0
    print(f"\n{reader.driver.name} {reader.driver.version}, {reader.root.partition(':')[0]}", flush=True)
    for one in paths:
        if words not in one.__name__:
            continue
        prefixes = ("", "ja/") if "prefix" in one.__annotations__ else (None,)
        said, began = [], time.monotonic()
        for prefix in prefixes:
            try:
                one(reader) if prefix is None else one(reader, prefix)
            except Missing as missing:
                said.append(f"not asked: {missing}")
            except Exception as fault:
                failed += 1
                said.append(f"FAILED{f' ({prefix})' if prefix else ''}: {fault}")
                if not isinstance(fault, AssertionError):
                    traceback.print_exc(limit=-3)
        what = one.__name__.replace("_", " ")
        print(f"  {'; '.join(dict.fromkeys(said)) or 'ok'}  {what}  {time.monotonic() - began:.1f} s", flush=True)
    return failed


def what_is_known(root: Path, site: Path) -> Known:
    """What the paths look for, from the project and its site."""
    corpus = project.read(root).corpus
    fingerprints = {language.prefix: page.fingerprints["p23"] for language in (CHINESE, JAPANESE)
                    if (page := corpus.page(f"{ARTICLE.rstrip('/')}.md", language))}
    cut = json.loads((site / ARTICLE / "sentences.json").read_text("utf-8"))["paragraphs"][LONG]
    return Known(fingerprints, dict(zip(("", "ja/"), cut[:2], strict=True)))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("engines", nargs="*")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("-k", dest="words", default="")
    parser.add_argument("--disk", action="store_true", help="only the copy that is opened from a disk")
    asked = parser.parse_args()
    engines = {name: start for name, start in found.engines().items() if not asked.engines or name in asked.engines}
    if not engines:
        print("no engine is here")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        root = corpus_of(place / "corpus")
        done = host.build(root, place / "site", anew=True, SITE_URL="https://someone.example/kb/",
                          REPO_URL="https://github.com/someone/kb")
        assert done.returncode == 0, done.stdout + done.stderr
        known = what_is_known(root, place / "site")
        copy = served.unpacked(place / "site/library.zip", place / "copy")
        server, address = served.serve(place / "site")
        failed = 0
        for start in engines.values():
            driver = start()
            try:
                leave = functools.partial(served.leave, server)
                for kind, root_, all_ in ((Reader, address, PATHS), (ReaderOfACopy, copy, FROM_DISK)):
                    if not asked.disk or all_ is FROM_DISK:
                        failed += walk(kind(driver, root_, known, leave), all_, asked.words.replace(" ", "_"))
                if asked.pictures:
                    pictures.take(Reader(driver, address, known, leave), asked.pictures)
            finally:
                driver.close()
        server.shutdown()
    print(f"\n{failed} failed" if failed else "\nall paths hold")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
