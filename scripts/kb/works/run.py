"""One run of a build: what is open while it goes on, and let go of when it ends, well or not.

In: the project's root, the folder of its site, what all works share. Out: the project, read with its memory;
a folder to build in; a `Build`; the site in its place. Refuses with `Stopped` what cannot be printed or
taken along: then nothing is put in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from kb import checks, project
from kb.exports.library.scripts import Unfit
from kb.findings import Finding
from kb.memory import folder, program
from kb.memory.digests import Digests, Unknown
from kb.memory.folder import Memory
from kb.memory.unchanged import Unchanged
from kb.memory.verdicts import Verdicts
from kb.reporting import catalogue, text
from kb.works import late, library, readings, whole
from kb.works.browser import VARIABLE, Failed
from kb.works.build import Build
from kb.works.site import Known, Site


class Stopped(RuntimeError):
    """Why a site that was made is not put in its place, as a person is told."""


class Run:
    """`project` was read when the run began; `build` and `site` are there once they were asked for. One that
    `goes_on` in a preview takes over what the one `before` it knows, and leaves it to the next."""

    build: Build | None = None
    def __init__(self, root: Path, before: Run | None = None, *, goes_on: bool = False) -> None:
        self.root, self._goes_on = root, goes_on
        self._late: set[str] = set()  # what a preview leaves, and has been made
        if before:
            before.end()
        known = before if goes_on else None
        # Of a preview the first, which may have made everything; small packs after it, when it ends.
        self._is_saved = known is None
        self.memory: Memory | None = known.memory if known else folder.opened(root)
        self._unchanged: Unchanged = known._unchanged if known else Unchanged(keeps=goes_on)
        self._digests: Digests = known._digests if known else Digests()
        self._there: Known = (known.site.known if known.site else known._there) if known else {}
        self._unchanged.begin()
        self._digests.begin()
        self._unchanged.verdicts = Verdicts(self.memory.works, self._digests) if self.memory else None
        self.project = project.read(root, self.memory.readings if self.memory else None, self._unchanged)
        readings.read(self.project.corpus)
        self.site: Site | None = None

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

    def findings(self, today: str, pause: Callable[[], None]) -> tuple[Finding, ...]:
        """All that is wrong. `pause` is called between pieces of work; what it raises ends it."""
        self._unchanged.pause, before = pause, self._unchanged.pause
        try:
            return checks.run(self.project, today)
        finally:
            self._unchanged.pause = before

    def into(self, target: Path) -> str:
        """The folder to build in, for a site at `target`."""
        self.site = self._site(target)
        return str(self.site.begun)

    def _site(self, target: Path) -> Site:
        """A preview's folder is known to nobody else."""
        if self._goes_on:
            return Site(target, None, self.site.known if self.site else self._there)
        return Site(target, self.memory.folder if self.memory else None)

    def make(self, shared: str, *, site_url: str, book_style: str, navigation: Iterable[str],
             browser: str = "") -> Build:
        assert self.site
        self.build = Build(self.project, self.memory.works if self.memory else None, shared, self.site,
                           site_url=site_url, book_style=book_style, navigation=navigation,
                           digests=self._digests, browser=browser, is_preview=self._goes_on)
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
        if self.memory and self._is_saved:
            self.memory.save()
        return done

    def late(self, place: str) -> None:
        """Of a preview: make the piece that it has left until somebody asks for a file of it, at `place`."""
        if self.build and self.site and (piece := late.piece(place)) not in self._late:
            self._late.add(piece)
            self.site = self._site(self.site.folder)
            try:
                self.build.make_late(self.site, piece)
            finally:
                self.site.end()

    def close(self) -> None:
        """Nobody goes on: remember what the runs of a preview have made."""
        if self.memory and self._goes_on:
            self.memory.save()
        self._goes_on = False
        self.end()

    def end(self) -> None:
        """Let go of the folders, and of the memory, if nobody goes on with it."""
        if self.build:
            self.build.close()
        if self.site:
            self.site.end()
        if self.memory and not self._goes_on:
            self.memory.close()
