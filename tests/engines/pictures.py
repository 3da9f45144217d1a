"""Pictures of what each engine makes of the site, for people to look at.

In: a `Reader`, a folder. Out: in it `<engine>-<page>-<width>-<light or dark>.png`. Refuses nothing.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from drivers import Missing
from reader import ARTICLE, PRESS, Reader

_PAGES = {"home": "", "article": ARTICLE, "parallel": f"{ARTICLE}parallel/", "glossary": "glossary/",
          "concept": "glossary/rxr/", "timeline": "timeline/", "history": f"{PRESS}history/",
          "then": f"{PRESS}?at=2026-05-20", "check": "check/",
          "offline": "about/offline/"}


def _dress(reader: Reader, theme: str) -> None:
    reader.ask("""document.documentElement.dataset.theme = arguments[0]
      await new Promise((done) => setTimeout(done, 500))""", theme)  # colours change in a while


def take(reader: Reader, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)

    def keep(name: str) -> None:
        (folder / f"{reader.driver.name}-{name}.png").write_bytes(reader.driver.picture())

    for prefix in ("", "ja/"):
        tag = "ja" if prefix else "zh"
        for width in (1280, 360):
            for name, place in _PAGES.items():
                for theme in ("light", "dark"):
                    reader.go(prefix + place, width)
                    _dress(reader, theme)
                    keep(f"{tag}-{name}-{width}-{theme}")
        for theme in ("light", "dark"):
            reader.go(prefix + ARTICLE)
            _dress(reader, theme)
            box = reader.box("article p a.kb-term")
            reader.driver.point(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            reader.shows(".kb-card")
            keep(f"{tag}-card-{theme}")
            reader.driver.type("Escape")
            reader.click("#p23 > .kb-number")
            reader.shows("[role=menu]")
            keep(f"{tag}-menu-{theme}")
            reader.click("[role=menu] button:last-child")
            reader.wait("return document.querySelector('.kb-cite-text')?.textContent.includes('#p23')", what="")
            keep(f"{tag}-dialog-{theme}")
            reader.go(f"{prefix}{ARTICLE}?search=北辰")
            _dress(reader, theme)
            reader.shows(".kb-hit")
            keep(f"{tag}-search-{theme}")
        for name in ("article", "parallel"):
            reader.go(prefix + _PAGES[name])
            with suppress(Missing):
                (folder / f"{reader.driver.name}-{tag}-{name}.pdf").write_bytes(reader.driver.pdf())
