"""A browser without a window, that prints pages and takes pictures of them while a site is built.

In: the path of a Chromium, and a function that gives the bytes at a place of the site. Out: PDF, JPEG. One
process serves all pages of a build, by the DevTools protocol over a pipe; it is given every file by us, asks
no network, and runs no script. Refuses, with `Failed`, a page that it cannot show. Two prints of one page are
the same to the byte: the day of printing is not in them.
"""

from __future__ import annotations

import base64
import json
import mimetypes
import os
import re
import select
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from kb.works.packed import packed

try:
    import fcntl
except ImportError:  # no such thing on this system, nor a pipe that a browser could be given
    fcntl = None  # type: ignore[assignment]

VARIABLE = "KB_BROWSER"  # names the browser; empty: nothing is printed
# One without windows first: the same engine, and a page costs half.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
_HOME = "http://site.invalid/"
_PATIENCE = 60  # seconds for one answer
_WHEN = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}")
Files = Callable[[str], bytes | None]


class Failed(RuntimeError):
    """The browser did not do what it was asked."""


def found() -> str:
    """The path of a browser that can print this site; "" where there is none, or no font for a language."""
    if fcntl is None:
        return ""
    path = next((path for name in NAMES if (path := shutil.which(name))), "")
    if not path:
        return MAC if Path(MAC).exists() else ""
    if fonts := shutil.which("fc-list"):
        for language in ("zh-cn", "ja"):
            if not subprocess.run([fonts, f":lang={language}"], capture_output=True).stdout.strip():
                return ""
    return path


@cache
def version(path: str) -> str:
    """What a browser calls itself."""
    return subprocess.run([path, "--version"], capture_output=True, text=True).stdout.strip()


class Browser:
    """One browser, begun when it is first needed."""

    def __init__(self, path: str, files: Files) -> None:
        if fcntl is None:
            raise Failed("on this system no browser can be given files")
        self._files = files
        self._number = 0
        self._waiting = b""
        self._profile = tempfile.mkdtemp(prefix="kb-print-")
        ours, theirs = os.pipe(), os.pipe()
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 50) for end in (ours[0], theirs[1])]
        # So that nothing else of ours stands where it looks for them.
        low = [os.open(os.devnull, os.O_RDONLY) for _ in range(3)]
        # Root and many containers cannot have a sandbox; it is shown our own files only, and runs no script.
        arguments = [path, "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
                     "--hide-scrollbars", "--no-first-run", "--disable-background-networking",
                     f"--user-data-dir={self._profile}"]
        # It reads from file 3 and writes to file 4.
        self._process = subprocess.Popen(
            arguments, pass_fds=(3, 4),
            preexec_fn=lambda: [os.dup2(end, at) for at, end in enumerate(ends, 3)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for end in (ours[0], theirs[1], *ends, *low):
            os.close(end)
        self._write, self._read = ours[1], theirs[0]
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for method, values in (("Page.enable", {}), ("Fetch.enable", {"patterns": [{"urlPattern": "*"}]}),
                               ("Emulation.setScriptExecutionDisabled", {"value": True})):
            self._call(method, **values)

    _session = ""

    def pdf(self, place: str) -> bytes:
        self._show(place)
        made = self._call("Page.printToPDF", preferCSSPageSize=True, generateTaggedPDF=True,
                          generateDocumentOutline=True)
        return packed(_WHEN.sub(rb"/\1 (D:20000101000000", base64.b64decode(made["data"])))

    def picture(self, place: str, width: int, height: int) -> bytes:
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                   mobile=False)
        self._show(place)
        return base64.b64decode(self._call("Page.captureScreenshot", format="jpeg", quality=72)["data"])

    def close(self) -> None:
        os.close(self._write)
        os.close(self._read)
        self._process.terminate()
        self._process.wait(20)
        shutil.rmtree(self._profile, ignore_errors=True)

    def _show(self, place: str) -> None:
        self._is_shown = False
        answer = self._call("Page.navigate", url=_HOME + place)
        if answer.get("errorText"):
            raise Failed(f"{place}: {answer['errorText']}")
        while not self._is_shown:
            self._take(self._receive())

    def _call(self, method: str, **values: object) -> Any:
        number = self._send(method, values)
        while True:
            message = self._receive()
            if message.get("id") == number:
                if "error" in message:
                    raise Failed(f"{method}: {message['error'].get('message')}")
                return message["result"]
            self._take(message)

    def _send(self, method: str, values: object) -> int:
        self._number += 1
        message = {"id": self._number, "method": method, "params": values}
        if self._session:
            message["sessionId"] = self._session
        data = json.dumps(message).encode() + b"\0"
        try:
            while data:
                data = data[os.write(self._write, data):]
        except OSError:
            raise Failed("the browser has ended") from None
        return self._number

    def _receive(self) -> Any:
        while b"\0" not in self._waiting:
            ready, _, _ = select.select([self._read], [], [], _PATIENCE)
            data = os.read(self._read, 1 << 20) if ready else b""
            if not data:
                raise Failed("the browser has ended" if ready else f"the browser took over {_PATIENCE} s")
            self._waiting += data
        message, _, self._waiting = self._waiting.partition(b"\0")
        return json.loads(message)

    def _take(self, message: Any) -> None:
        """What the browser says by itself: that a page is there, or that it wants a file."""
        if message.get("method") == "Page.loadEventFired":
            self._is_shown = True
        elif message.get("method") == "Fetch.requestPaused":
            wanted = message["params"]
            place = wanted["request"]["url"].removeprefix(_HOME).partition("?")[0].partition("#")[0]
            data = self._files(place) if wanted["request"]["url"].startswith(_HOME) else None
            if data is None:
                self._send("Fetch.failRequest",
                           {"requestId": wanted["requestId"], "errorReason": "Failed"})
                return
            is_page = not place or place.endswith("/")
            kind = "text/html" if is_page else mimetypes.guess_type(place)[0] or ""
            self._send("Fetch.fulfillRequest", {
                "requestId": wanted["requestId"], "responseCode": 200,
                "body": base64.b64encode(data).decode(),
                "responseHeaders": [{"name": "Content-Type", "value": f"{kind}; charset=utf-8"}]})
