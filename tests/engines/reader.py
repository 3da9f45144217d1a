"""A reader at the site of the fixed corpus, in any engine.

In: a driver, an address, what the build knows of the site. Out: a `Reader`, which goes, asks, clicks and waits;
`PATHS`, which `@path` fills, and of these `FROM_DISK`. Refuses to wait longer than 15 s.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from drivers import Driver, NotThere

ARTICLE, PRESS = "articles/encoder-notices/", "press-releases/three-notices/"
PAGES = ("", ARTICLE, ARTICLE + "parallel/", ARTICLE + "collation/", PRESS, "articles/", "glossary/",
         "glossary/rxr/", "commentary/", "commentary/old-harbour-rule/", "timeline/", "about/", "about/state/",
         PRESS + "history/", "check/", "notes/", "about/offline/")
LONG = "p18"  # a paragraph of the article of several sentences
PATHS: list[Callable[..., None]] = []
# Those that are walked once more in the copy that readers take along, opened from a disk.
FROM_DISK: list[Callable[..., None]] = []


def path(function: Callable[..., None]) -> Callable[..., None]:
    PATHS.append(function)
    return function


def from_disk(function: Callable[..., None]) -> Callable[..., None]:
    FROM_DISK.append(function)
    return path(function)


@dataclass(frozen=True)
class Known:
    """What the build knows, by prefix: the fingerprint of paragraph 23 of the article, and the words of one of
    several sentences (`LONG`), cut where they end."""

    fingerprint: dict[str, str]
    sentences: dict[str, list[str]]


@dataclass
class Reader:
    """`leave` has the server answer nobody, or again (False)."""

    driver: Driver
    root: str
    known: Known
    leave: Callable[[bool], None]

    def go(self, place: str, width: int = 1280) -> None:
        self.driver.go(self.root + place, width)

    def ask(self, script: str, *values: object) -> Any:
        return self.driver.ask(script, *values)

    def wait(self, script: str, *values: object, what: str) -> Any:
        """Until `script` gives something that is true."""
        end = time.monotonic() + 15
        while time.monotonic() < end:
            with suppress(NotThere):  # the page is on its way to another
                if found := self.ask(script, *values):
                    return found
            time.sleep(0.1)
        raise AssertionError(f"{what}: not within 15 s")

    def box(self, selector: str) -> dict[str, float]:
        found: dict[str, float] = self.wait("""const one = document.querySelector(arguments[0])
          if (!one) return null
          one.scrollIntoView({ block: "center", behavior: "instant" })
          const place = () => one.getClientRects()[0] ?? {}
          for (let was; one.isConnected && place().y !== undefined && was !== place().y;) {  // until what is loaded late has moved it
            was = place().y
            await new Promise((done) => setTimeout(() => requestAnimationFrame(done), 60))
          }
          const { x, y, width, height } = place()
          return width ? { x, y, width, height } : null""", selector, what=f"{selector} is shown")
        return found

    def click(self, selector: str) -> None:
        box = self.box(selector)
        self.driver.point(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, press=True)

    def choose(self, selector: str, words: str) -> None:
        """Click what of that kind says these words."""
        self.wait("""document.querySelector("[data-chosen]")?.removeAttribute("data-chosen")
          const found = [...document.querySelectorAll(arguments[0])].find(
            (one) => one.textContent.trim() === arguments[1] && one.checkVisibility())
          found?.setAttribute("data-chosen", "")
          return Boolean(found)""", selector, words, what=f"{words} is offered")
        self.click("[data-chosen]")

    def fill(self, selector: str, words: str) -> None:
        self.shows(selector)
        self.ask("""const field = document.querySelector(arguments[0])
          field.focus()
          field.value = arguments[1]
          field.dispatchEvent(new InputEvent("input", { bubbles: true }))""", selector, words)

    def says(self, selector: str, words: str) -> None:
        """Wait until the first of that kind that is shown has these words."""
        self.wait("""const found = [...document.querySelectorAll(arguments[0])].find((one) => one.checkVisibility())
          return found?.textContent.includes(arguments[1])""", selector, words, what=f"{selector} says {words}")

    def shows(self, selector: str) -> None:
        self.wait("return document.querySelector(arguments[0])?.checkVisibility()", selector,
                  what=f"{selector} is shown")

    def has_not(self, selector: str) -> None:
        self.wait("return !document.querySelector(arguments[0])?.checkVisibility()", selector,
                  what=f"{selector} is gone")

    def at(self, place: str) -> None:
        self.wait("return location.href === arguments[0]", self.root + place, what=f"the address is {place}")


class ReaderOfACopy(Reader):
    """At the copy on a disk, where a folder's page is a file in it."""

    def go(self, place: str, width: int = 1280) -> None:
        super().go(_file(place), width)

    def at(self, place: str) -> None:
        super().at(_file(place))


def _file(place: str) -> str:
    return re.sub(r"(?<![^/])(?=[?#]|$)", "index.html", place, count=1)
