"""The site as engines get it: the pages as they are built, with a witness in each, and without scripts.

In: a built site. Out: an address; below `off/` the same pages under a policy that lets no script run. The
witness is a script of the site's own host, which the pages' policy allows: it notes what the console is told
and what the policy forbids, in every engine alike (`WITNESS`). `frame.html` shows a page in a window as narrow
as a phone, for engines whose window cannot be.
"""

from __future__ import annotations

import functools
import http.server
import io
import threading
import zipfile
from pathlib import Path

import host

WITNESS = """
window.said = []
for (const kind of ["error", "warn"]) {
  const told = console[kind].bind(console)
  console[kind] = (...words) => { window.said.push(kind + ": " + words.join(" ")); told(...words) }
}
addEventListener("error", (event) => window.said.push("error: " + (event.message
  || event.target.href || event.target.src)), true)
addEventListener("unhandledrejection", (event) => window.said.push("rejected: " + event.reason))
addEventListener("securitypolicyviolation", (event) => window.said.push(
  "policy: " + event.violatedDirective + " " + event.blockedURI))
"""
FRAME = """<!doctype html><meta charset="utf-8">
<style>html, body { margin: 0 } iframe { border: 0; width: 360px; height: 740px }</style><iframe></iframe>"""


class _Pages(host._Pages):
    def send_head(self) -> io.BytesIO | None:
        path = self.path.partition("?")[0].removeprefix(self.below)
        if path in ("witness.js", "frame.html"):
            return self._answer(WITNESS if path == "witness.js" else FRAME, path)
        if path.startswith("off/"):
            self.path = self.below + path.removeprefix("off/")
        return super().send_head()

    def _answer(self, text: str, path: str) -> io.BytesIO:
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if path.endswith(".js") else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def end_headers(self) -> None:
        if getattr(self, "is_off", False):
            self.send_header("Content-Security-Policy", "script-src 'none'")
        super().end_headers()

    def do_GET(self) -> None:
        if getattr(self.server, "is_gone", False):  # as one that cannot be reached: nothing is answered
            self.close_connection = True
            return
        self.is_off = self.path.removeprefix(self.below).startswith("off/")
        super().do_GET()


def witnessed(page: bytes) -> bytes:
    """A page with the witness before all else."""
    return page.replace(b"<meta charset", b'<script src="/kb/witness.js"></script><meta charset', 1)


def unpacked(library: Path, folder: Path) -> str:
    """The copy that readers take along, unpacked, with the witness in each page: its address on this disk."""
    with zipfile.ZipFile(library) as copy:
        copy.extractall(folder)
    [root] = folder.iterdir()
    (root / "witness.js").write_text(WITNESS, "utf-8")
    for page in root.rglob("*.html"):
        up = "../" * (len(page.relative_to(root).parts) - 1)
        page.write_bytes(page.read_bytes().replace(
            b"<meta charset", f'<script src="{up}witness.js"></script><meta charset'.encode(), 1))
    return f"{root.as_uri()}/"


def leave(server: http.server.ThreadingHTTPServer, is_gone: bool) -> None:
    """From now on the server answers nobody, or everybody again."""
    server.is_gone = is_gone  # type: ignore[attr-defined]


def serve(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serve a copy of the site that may be changed: the server and its address."""
    for page in folder.rglob("*.html"):
        page.write_bytes(witnessed(page.read_bytes()))
    handler = functools.partial(_Pages, below="/kb/", directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}/kb/"
