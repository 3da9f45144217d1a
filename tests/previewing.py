"""Builds previews of a project one after another in one process, as `mkdocs serve` does when a file was saved, but
without its server.

In: on standard input a line of JSON for each time that it is to build the project in the working directory:
"pages", or "all" for what a preview makes only when somebody asks for it, too. Out: on standard output, after each,
a line with the folder that is shown. It ends with its input (`host.Previews`).
"""

from __future__ import annotations

import json
import logging
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from mkdocs.commands import build
from mkdocs.config import load_config

from kb import exports
from kb.works import late

URL = "http://127.0.0.1:8000/"


def main() -> None:
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    place = Path(tempfile.mkdtemp(prefix="kb-preview-"))
    is_first = True
    config: Any = None
    try:
        for line in sys.stdin:
            config = load_config(site_dir=str(place / "site"), site_url=URL)
            if is_first:
                config.plugins.on_startup(command="serve", dirty=False)
            is_first = False
            try:
                build.build(config, serve_url=URL)
            except SystemExit:
                pass  # what stops a build leaves the last good pages
            else:
                if json.loads(line) == "all":
                    _ask(config.plugins["kb"].run)
            print(json.dumps(str(place / "site")), flush=True)
    finally:
        if config:
            config.plugins.on_shutdown()
        shutil.rmtree(place)


def _ask(run: Any) -> None:
    """Have all that waits until somebody asks for it."""
    name = min(exports.NAMES)
    for piece in ("search/all/x.json", "state.json", *(
            late.folder(path).removeprefix("/") + name for path in run.build.paths)):
        assert late.is_one(piece), piece
        run.late(piece)


if __name__ == "__main__":
    main()
