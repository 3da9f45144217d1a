"""One run of a build: what is open while it goes on, and let go of when it ends, well or not.

In: the project's root, the folder of its site, what all works share. Out: the project, read with its memory;
a folder to build in; a `Build`; the site in its place. Refuses with `Stopped` what cannot be printed or
taken along: then nothing is put in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kb import checks, project
from kb.exports.library.scripts import Unfit
from kb.findings import Finding
from kb.memory import folder, program
from kb.memory.digests import Digests, Unknown
from kb.reporting import catalogue, text
from kb.works import library, readings, whole
from kb.works.browser import VARIABLE, Failed
from kb.works.build import Build
from kb.works.site import Site


class Stopped(RuntimeError):
    """Why a site that was made is not put in its place, as a person is told."""


class Run:
    """`project` was read when the run began; `build` and `site` are there once they were asked for."""

    build: Build | None = None

    def __init__(self, root: Path) -> None:
        self.root = root
        self.memory = folder.opened(root)
        self.project = project.read(root, self.memory.readings if self.memory else None)
        readings.read(self.project.corpus)
        self.site: Site | None = None
        self._digests = Digests()

    def blocking(self, today: str) -> tuple[Finding, ...]:
        """What no site is built from. That there was nothing is remembered of a project by all of its fields,
        and by the bytes of the files beside its pages, which checks read."""
        if (key := self._key(today)) and self.memory and self.memory.works.get(key) is not None:
            return ()
        found = checks.blocking(self.project, today)
        if key and self.memory and not found:
            self.memory.works.put(key, b"")
        return found

    def _key(self, today: str) -> str:
        trees = self.project.corpus.trees.values()
        try:
            beside = [(path, file.read_bytes()) for tree in trees for path, file in tree.files.items()
                      if path not in tree.pages]
            return f"sound {self._digests.of((program.version(), today, self.project, beside))}"
        except (Unknown, OSError):
            return ""

    def into(self, target: Path) -> str:
        """The folder to build in, for a site at `target`."""
        self.site = Site(target, self.memory.folder if self.memory else None)
        return str(self.site.begun)

    def make(self, shared: str, *, site_url: str, book_style: str, navigation: Iterable[str],
             browser: str = "", takes_along: bool = True) -> Build:
        assert self.site
        self.build = Build(self.project, self.memory.works if self.memory else None, shared, self.site,
                           site_url=site_url, book_style=book_style, navigation=navigation,
                           digests=self._digests, browser=browser, takes_along=takes_along)
        return self.build

    def settle(self, today: str) -> str:
        """Put the site in its place, remember, and say in a line what was done."""
        assert self.build
        try:
            done = self.build.end(whole.still_made_from(self.root, today))
        except Failed as fault:
            raise Stopped(f"kb: {fault}; {VARIABLE}= builds without PDF and pictures") from None
        except Unfit as fault:
            raise Stopped(text.refusal([library.finding(fault, self.root)], catalogue.language())) from None
        if self.memory:
            self.memory.save()
        return done

    def end_build(self) -> None:
        """Let go of the folders; the project's readings are still remembered."""
        if self.build:
            self.build.close()
        if self.site:
            self.site.end()

    def end(self) -> None:
        self.end_build()
        if self.memory:
            self.memory.close()
