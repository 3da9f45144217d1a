"""One run of a build: what is open while it goes on, and let go of when it ends, well or not.

In: the project's root, the folder of its site, what all works share. Out: the project, read with its memory;
a folder to build in; a `Build`; the site in its place. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kb import project
from kb.memory import folder
from kb.works.build import Build
from kb.works.site import Site


class Run:
    """`project` was read when the run began; `build` and `site` are there once they were asked for."""

    build: Build

    def __init__(self, root: Path) -> None:
        self.memory = folder.opened(root)
        self.project = project.read(root, self.memory.readings if self.memory else None)
        self.site: Site | None = None

    def into(self, target: Path) -> str:
        """The folder to build in, for a site at `target`."""
        self.site = Site(target, self.memory.folder if self.memory else None)
        return str(self.site.begun)

    def make(self, shared: str, *, site_url: str, book_style: str, navigation: Iterable[str]) -> Build:
        assert self.site
        self.build = Build(self.project, self.memory.works if self.memory else None, shared, self.site,
                           site_url=site_url, book_style=book_style, navigation=navigation)
        return self.build

    def settle(self) -> str:
        """Put the site in its place, remember, and say in a line what was done."""
        done = self.build.end()
        if self.memory:
            self.memory.save()
        return done

    def end_build(self) -> None:
        """Let go of the folders; the project's readings are still remembered."""
        if self.site:
            self.site.end()

    def end(self) -> None:
        self.end_build()
        if self.memory:
            self.memory.close()
