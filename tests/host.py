"""The site as readers get it: built, and served as GitHub Pages serves it.

In: a project's folder. Out: the built site in a folder, and a server on a free port of this machine
that sends text compressed, lets browsers keep everything for ten minutes, and answers addresses that
do not exist with `404.html` and the status 404.
"""

from __future__ import annotations

import atexit
import functools
import gzip
import http.server
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scratch import every_file

_TEXT = ("text/", "application/json", "application/xml", "image/svg+xml")


def build(root: Path, site: Path, *, anew: bool = False,
          **environment: str) -> subprocess.CompletedProcess[str]:
    """`mkdocs build --strict` of the project at `root` into `site`, in a process of its own; `anew`: in a
    new Python, where others take a copy of one that has imported everything (see `builder.py`)."""
    arguments = ["build", "--strict", "--site-dir", str(site)]
    variables = {key: value for key, value in os.environ.items() if key not in ("SITE_URL", "REPO_URL")} | {
        "NO_MKDOCS_2_WARNING": "1"} | environment
    # Elsewhere libraries of the system may not bear to be copied.
    if anew or sys.platform != "linux":
        return subprocess.run([sys.executable, "-m", "mkdocs", *arguments], cwd=root, env=variables,
                              text=True, capture_output=True)
    with tempfile.TemporaryDirectory() as place:
        printed = [Path(place, "out"), Path(place, "err")]
        code = ask(_builder(), {"folder": str(root), "arguments": arguments, "environment": variables,
                                 "out": str(printed[0]), "err": str(printed[1])})
        return subprocess.CompletedProcess(arguments, code, *(one.read_text("utf-8") for one in printed))


@functools.cache
def _builder() -> subprocess.Popen[str]:
    return helper("builder.py")


class Previews:
    """Previews of the project at `root`, one after another in one process."""

    def __init__(self, root: Path) -> None:
        self._program = helper("previewing.py", root)

    def files(self, asked: str = "pages") -> dict[str, bytes]:
        """All that is shown after another build: pages, and what somebody has asked for, or might ask for."""
        return every_file(Path(ask(self._program, asked)))

    def end(self) -> None:
        self._program.communicate()
        assert self._program.returncode == 0


def helper(script: str, folder: Path | None = None) -> subprocess.Popen[str]:
    """A program of this folder that answers each line of its input with one of its output, until this
    process ends; at work in `folder`, or here."""
    # In a session of its own: who interrupts the tests does not interrupt it, but ends its input.
    started = subprocess.Popen([sys.executable, str(Path(__file__).parent / script)], text=True, cwd=folder,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    atexit.register(started.communicate)
    return started


def ask(program: subprocess.Popen[str], question: object) -> Any:
    """What a helper answers. Both are JSON."""
    assert program.stdin and program.stdout
    print(json.dumps(question), file=program.stdin, flush=True)
    answer = program.stdout.readline()
    assert answer, f"{program.args} has ended"
    return json.loads(answer)


def serve(folder: Path, below: str = "/kb/") -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serve `folder` on a free port of this machine, below a path as a project's site is: the server
    and its address."""
    handler = functools.partial(_Pages, below=below, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    # How often it looks whether it is to end, in seconds: who ends it waits so long.
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}{below}"


@functools.lru_cache(256)  # each page asks for the same style sheets and modules
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


class _Pages(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else a body waits for the acknowledgement of its headers

    def __init__(self, *arguments: object, below: str, **named: object) -> None:
        self.below = below
        super().__init__(*arguments, **named)

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.below))

    def send_head(self) -> io.BytesIO | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            if not urlsplit(self.path).path.endswith("/"):
                return super().send_head()  # a redirection
            path /= "index.html"
        found = path.is_file()
        if not found:
            path = Path(self.directory) / "404.html"
        kind, body = self.guess_type(path), path.read_bytes()
        self.send_response(200 if found else 404)
        is_text = kind.startswith(_TEXT)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if is_text else kind)
        if is_text and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = _compressed(body)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return io.BytesIO(body)

    def log_message(self, *_: object) -> None:
        pass
