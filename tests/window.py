"""Windows of a browser that are used again, and are as new for each test.

In: a browser, and the options of a context; the time that it is there, where that is not today. Out: a page that
is empty and remembers nothing: no cookie, no storage, no history, no route, no permission, no script or listener
that was added, the size that was asked for. A new window costs more than what most tests do in it. Its cache is
empty too, but for the files of a site that stays as it is (`UNCHANGING`): these go as soon as a test listens to
what is asked for, or answers it. What cannot be taken back (a clock that was set, a function that was exposed …)
is noticed, and such a window is used no more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page

_LASTING = {
    "page": ("once", "expose_binding", "expose_function", "close", "set_extra_http_headers", "set_default_timeout",
             "set_default_navigation_timeout", "add_locator_handler", "route_from_har", "route_web_socket"),
    "context": ("add_init_script", "on", "once", "expose_binding", "expose_function", "new_page", "route",
                "new_cdp_session", "set_offline", "set_geolocation", "set_extra_http_headers",
                "set_default_timeout", "close", "route_from_har", "route_web_socket"),
    "clock": ("install", "fast_forward", "pause_at", "resume", "run_for", "set_fixed_time", "set_system_time"),
}
# Origins that give the same answers to all tests.
UNCHANGING: set[str] = set()
_ASKED = ("request", "response", "requestfinished", "requestfailed")


class Windows:
    """The windows of one browser, one for each set of options."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._kept: dict[str, _Window] = {}

    def window(self, at: str | None = None, **options: Any) -> tuple[Page, Callable[[], None]]:
        """A page of a context with `options` where it is always the time `at` (ISO), and what is to be done when
        it is no longer used."""
        key = repr((at, sorted(options.items())))
        if key not in self._kept:
            self._kept[key] = _Window(self._browser, options, at)
        kept = self._kept.pop(key)  # whoever asks meanwhile gets another

        def leave() -> None:
            if kept.is_spoilt or not kept.emptied() or key in self._kept:
                kept.page.context.close()
            else:
                self._kept[key] = kept

        return kept.page, leave

    def close(self) -> None:
        while self._kept:
            self._kept.popitem()[1].page.context.close()


class _Window:
    def __init__(self, browser: Browser, options: dict[str, Any], at: str | None) -> None:
        self.page: Page = browser.new_context(**options).new_page()
        if at:
            self.page.clock.set_fixed_time(at)
        self._devtools: Callable[[Page], CDPSession] = self.page.context.new_cdp_session
        self._size, self._origins = options.get("viewport"), set[str]()
        self.is_spoilt, self._is_cached = False, False
        self._undone: list[Callable[[], Any]] = []  # what takes back what was done
        self.page.on("framenavigated", lambda frame: self._origins.add(origin(frame.url)))
        for name, thing in (("page", self.page), ("context", self.page.context), ("clock", self.page.clock)):
            for method in _LASTING[name]:
                setattr(thing, method, self._noticed(getattr(thing, method)))
        for name in ("on", "route", "add_init_script", "emulate_media"):
            setattr(self.page, name, getattr(self, f"_{name}")(getattr(self.page, name)))
        self._own = set(vars(self.page))

    def _on(self, method: Callable[..., None]) -> Callable[..., None]:
        def run(event: Any, listener: Callable[..., Any]) -> None:
            if event in _ASKED:
                self._forget()
            method(event, listener)
            self._undone.append(lambda: self.page.remove_listener(event, listener))
        return run

    def _route(self, method: Callable[..., None]) -> Callable[..., None]:
        def run(*given: Any, **named: Any) -> None:
            self._forget()
            method(*given, **named)
        return run

    def _forget(self) -> None:
        """Empty the cache that other tests have left."""
        if self._is_cached:
            devtools = self._devtools(self.page)
            devtools.send("Network.clearBrowserCache")
            devtools.detach()
            self._is_cached = False

    def _add_init_script(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            added = method(*given, **named)
            self._undone.append(added.close)
            return added
        return run

    def _emulate_media(self, method: Callable[..., None]) -> Callable[..., None]:
        def run(**media: Any) -> None:
            method(**media)
            self._undone.append(lambda: method(**dict.fromkeys(media, "null")))  # as the context has it
        return run

    def _noticed(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            self.is_spoilt = True
            return method(*given, **named)
        return run

    def emptied(self) -> bool:
        """Whether nothing is left of what was done in it."""
        context = self.page.context
        if len(context.pages) != 1:
            return False
        while self._undone:
            self._undone.pop()()
        self.page.unroute_all()
        self.page.goto("about:blank")
        # Open only now: while there is such a session, media that a test emulates end with the next page.
        devtools = self._devtools(self.page)
        for origin in self._origins:
            if origin.startswith("http"):
                devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        self._is_cached = {one for one in self._origins if one.startswith("http")} <= UNCHANGING
        if not self._is_cached:
            devtools.send("Network.clearBrowserCache")
        self._origins.clear()
        devtools.send("Page.resetNavigationHistory")
        devtools.detach()
        context.clear_cookies()
        context.clear_permissions()
        if self._size:
            self.page.set_viewport_size(self._size)
        self.page.mouse.move(0, 0)
        for name in set(vars(self.page)) - self._own:  # what a test has written on it
            delattr(self.page, name)
        return True


def origin(url: str) -> str:
    """As in `http://127.0.0.1:8000`."""
    return "{0.scheme}://{0.netloc}".format(urlsplit(url))


def overheard(page: Page) -> Page:
    """The window, with `wrong`: what goes wrong in it from now on, violations of the policy among it."""
    page.wrong = wrong = []  # type: ignore[attr-defined]
    page.add_init_script("""addEventListener("securitypolicyviolation", (event) =>
      console.error("policy: " + event.violatedDirective + " " + event.blockedURI))""")
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    return page
