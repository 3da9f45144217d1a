"""Three engines behind one set of verbs.

In: where a browser is. Out: a `Driver`: go to an address in a window of some width, ask a question of the page in
JavaScript, move and press the pointer, type, print, take a picture. Each speaks its engine's own protocol:
Chromium through Playwright, Firefox by WebDriver BiDi, WebKit by WebDriver. Refuses what an engine has no
command for with `Missing`, which is reported and is no failure.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
import chromium  # noqa: E402

KEYS = {"Escape": "\ue00c", "Enter": "\ue007", "ArrowDown": "\ue015", "Tab": "\ue004", "ArrowRight": "\ue014"}


class Missing(Exception):
    """What this engine, as it is driven here, cannot do."""


class NotThere(Exception):
    """The page that was asked is no longer there."""


class Driver(ABC):
    """A browser with one window."""

    name: str
    version = ""

    @abstractmethod
    def go(self, url: str, width: int = 1280) -> None: ...

    @abstractmethod
    def ask(self, script: str, *values: object) -> Any:
        """What `return …` in `script` gives; it finds the values in `arguments`, and may await."""

    @abstractmethod
    def point(self, x: float, y: float, *, press: bool = False) -> None: ...

    @abstractmethod
    def type(self, *keys: str) -> None: ...

    @abstractmethod
    def pdf(self) -> bytes: ...

    @abstractmethod
    def picture(self) -> bytes: ...

    @abstractmethod
    def close(self) -> None: ...


class Playwright(Driver):
    """Chromium; or Playwright's own build of another engine."""

    def __init__(self, engine: str, path: str | None) -> None:
        from playwright.sync_api import sync_playwright

        self.name = engine
        self._running = sync_playwright().start()
        arguments = [*chromium.ARGUMENTS] if engine == "chromium" else []
        self._browser = getattr(self._running, engine).launch(executable_path=path, args=arguments)
        self.version = self._browser.version
        self._context = self._browser.new_context()
        self._page = self._context.new_page()

    def go(self, url: str, width: int = 1280) -> None:
        left, self._page = self._page, self._context.new_page()
        left.close()
        self._page.set_viewport_size({"width": width, "height": 740 if width < 700 else 860})
        self._page.goto(url)

    def ask(self, script: str, *values: object) -> Any:
        from playwright.sync_api import Error

        try:
            return self._page.evaluate(f"(values) => (async function () {{ {script} }})(...values)", list(values))
        except Error as fault:
            if "context was destroyed" in str(fault):
                raise NotThere from None
            raise

    def point(self, x: float, y: float, *, press: bool = False) -> None:
        self._page.mouse.move(x, y)
        if press:
            self._page.mouse.down()
            self._page.mouse.up()

    def type(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key) if key in KEYS else self._page.keyboard.type(key)

    def pdf(self) -> bytes:
        if self.name != "chromium":
            raise Missing("no command for printing")
        return self._page.pdf(prefer_css_page_size=True)

    def picture(self) -> bytes:
        return self._page.screenshot()

    def close(self) -> None:
        self._browser.close()
        self._running.stop()


def _pressed(keys: tuple[str, ...]) -> list[dict[str, str]]:
    found = []
    for key in keys:
        for one in [KEYS[key]] if key in KEYS else key:
            found += [{"type": "keyDown", "value": one}, {"type": "keyUp", "value": one}]
    return found


def _pointed(x: float, y: float, press: bool) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0}]
    return found + ([{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}] if press else [])


class Screen:
    """A screen that nobody sees; `environment` is that of a program with windows on it."""

    def __init__(self) -> None:
        number = next(one for one in range(90, 190) if not Path(f"/tmp/.X{one}-lock").exists())
        self._process = subprocess.Popen(["Xvfb", f":{number}", "-screen", "0", "1400x1000x24"],
                                         stderr=subprocess.DEVNULL)
        self.environment = os.environ | {"DISPLAY": f":{number}", "WEBKIT_DISABLE_COMPOSITING_MODE": "1"}
        self.environment.pop("WAYLAND_DISPLAY", None)
        time.sleep(0.5)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(20)


class Firefox(Driver):
    """Any Firefox from 129 on: it speaks WebDriver BiDi itself. It has no window, and so never the focus."""

    name = "firefox"

    def __init__(self, path: str) -> None:
        from websockets.sync.client import connect

        self._profile = tempfile.mkdtemp(prefix="kb-firefox-")
        Path(self._profile, "user.js").write_text("".join(f'user_pref("{key}", {value});\n' for key, value in {
            "app.normandy.enabled": "false", "browser.shell.checkDefaultBrowser": "false",
            "datareporting.policy.dataSubmissionEnabled": "false", "network.captive-portal-service.enabled": "false",
            "remote.active-protocols": 1, "toolkit.telemetry.enabled": "false"}.items()))
        self._process = subprocess.Popen(
            [path, "--headless", "--no-remote", "--profile", self._profile, "--remote-debugging-port", "0"],
            stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        assert self._process.stderr
        place = next(line.split()[-1] for line in self._process.stderr if "BiDi listening" in line)
        # What it goes on saying is read by nobody, and must not fill the pipe.
        subprocess.Popen(["cat"], stdin=self._process.stderr, stdout=subprocess.DEVNULL)
        self._socket = connect(f"{place}/session", max_size=None, legacy=True)
        self._number = 0
        self.version = self._call("session.new", capabilities={})["capabilities"]["browserVersion"]
        self._context = self._call("browsingContext.getTree")["contexts"][0]["context"]

    def _call(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=60))
            if answer.get("id") == self._number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
                return answer["result"]

    def go(self, url: str, width: int = 1280) -> None:
        height = 740 if width < 700 else 860
        self._call("browsingContext.setViewport", context=self._context,
                   viewport={"width": width, "height": height})
        for one in ("about:blank", url):
            self._call("browsingContext.navigate", context=self._context, url=one, wait="complete")

    def ask(self, script: str, *values: object) -> Any:
        given = json.dumps(list(values))
        answer = self._call(
            "script.evaluate", target={"context": self._context}, awaitPromise=True,
            expression=f"(async () => JSON.stringify(await (async function () {{ {script} }})(...{given})))()")
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        found = answer["result"]
        return json.loads(found["value"]) if found["type"] == "string" else None

    def point(self, x: float, y: float, *, press: bool = False) -> None:
        self._call("input.performActions", context=self._context, actions=[
            {"type": "pointer", "id": "mouse", "actions": _pointed(x, y, press)}])

    def type(self, *keys: str) -> None:
        self._call("input.performActions", context=self._context, actions=[
            {"type": "key", "id": "keys", "actions": _pressed(keys)}])

    def pdf(self) -> bytes:
        return base64.b64decode(self._call(
            "browsingContext.print", context=self._context, page={"width": 21.0, "height": 29.7})["data"])

    def picture(self) -> bytes:
        return base64.b64decode(self._call("browsingContext.captureScreenshot", context=self._context)["data"])

    def close(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(20)
        shutil.rmtree(self._profile, ignore_errors=True)


class WebKit(Driver):
    """WebKitGTK's MiniBrowser, on a screen that nobody sees. Its window is no narrower than its buttons: a
    page of 360 px is shown in a frame of that width."""

    name = "webkit"

    def __init__(self, driver: str, browser: str) -> None:
        self._screen = Screen()
        self._port = 20000 + os.getpid() % 20000
        self._process = subprocess.Popen(
            [driver, "-p", str(self._port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=self._screen.environment)
        for _ in range(100):
            time.sleep(0.1)
            try:
                self._request("GET", "/status")
                break
            except OSError:
                continue
        session = self._request("POST", "/session", {"capabilities": {"alwaysMatch": {
            "webkitgtk:browserOptions": {"binary": browser, "args": ["--automation"]}}}})
        self._base = f"/session/{session['sessionId']}"
        self.version = session["capabilities"]["browserVersion"]
        self._request("POST", f"{self._base}/window/rect", {"x": 0, "y": 0, "width": 1280, "height": 900})

    def _request(self, method: str, place: str, body: object = None) -> Any:
        request = urllib.request.Request(f"http://127.0.0.1:{self._port}{place}", method=method,
                                         data=None if body is None else json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()[:400]) from None

    def go(self, url: str, width: int = 1280) -> None:
        self._request("POST", f"{self._base}/frame", {"id": None})
        if width >= 700:
            self._request("POST", f"{self._base}/url", {"url": "about:blank"})
            self._request("POST", f"{self._base}/url", {"url": url})
            return
        if url.startswith("file:"):
            raise Missing("as narrow as a phone: a frame shows no page from a disk")
        root = url[: url.index("/kb/") + 4]
        self._request("POST", f"{self._base}/url", {"url": f"{root}frame.html"})
        self.ask("""const frame = document.querySelector("iframe")
          await new Promise((done) => { frame.onload = done; frame.src = arguments[0] })""", url)
        self._request("POST", f"{self._base}/frame", {"id": 0})

    def ask(self, script: str, *values: object) -> Any:
        return self._request("POST", f"{self._base}/execute/async", {"args": list(values), "script": f"""
          const done = arguments[arguments.length - 1], values = [...arguments].slice(0, -1);
          (async function () {{ {script} }})(...values).then((one) => done({{one}}),
            (fault) => done({{fault: String(fault)}}))"""}).get("one")

    def point(self, x: float, y: float, *, press: bool = False) -> None:
        self._request("POST", f"{self._base}/actions", {"actions": [
            {"type": "pointer", "id": "mouse", "actions": _pointed(x, y, press)}]})

    def type(self, *keys: str) -> None:
        self._request("POST", f"{self._base}/actions", {"actions": [
            {"type": "key", "id": "keys", "actions": _pressed(keys)}]})

    def pdf(self) -> bytes:
        raise Missing("no command for printing")

    def picture(self) -> bytes:
        # It answers with the next frame; a page that has nothing to draw again has none.
        self.ask("""const style = document.documentElement.style
          let times = 60
          const draw = () => {
            style.outline = times % 2 ? "1px solid rgb(0 0 0 / 0.4%)" : ""
            if (times--) requestAnimationFrame(draw)
          }
          draw()""")
        return base64.b64decode(self._request("GET", f"{self._base}/screenshot"))

    def close(self) -> None:
        self._request("DELETE", self._base)
        self._process.terminate()
        self._process.wait(20)
        self._screen.close()
