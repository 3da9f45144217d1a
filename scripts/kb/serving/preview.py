"""What a preview shows while texts are being written, and what it says of them.

In: a function that builds the site, one that runs the checks, and the folder that MkDocs gives. Out: the
folder of the last build that succeeded, what changed among the findings since the build before
(printed), and a state for the bar on each page. A build that fails, for whatever reason,
leaves the last good pages where they are; before there are any, a page that says so stands in their
place. Refuses nothing and lets no error through: whoever writes a text mends it while the preview
goes on. Knows nothing of MkDocs.
"""

from __future__ import annotations

import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb.files import write
from kb.findings import Finding, severities
from kb.languages import LANGUAGES
from kb.reporting import catalogue, text
from kb.serving import bar

_OWN = ".preview"  # below the folder that MkDocs gives and removes
_KEPT = "not built; the preview shows the last pages that could be built"
_NOTHING = "not built yet; the preview waits for a file to be mended"


class _Overtaken(Exception):
    """Something was saved: what is checked is no longer what there is."""


@dataclass
class Preview:
    """One preview, for as long as its server runs. `check` gives all findings of what was read last, and
    calls `pause` now and then; `tag` is the language of the terminal."""

    check: Callable[[], Collection[Finding]]
    # What the last build has left until somebody asks for it: whether it is at a place, and what makes it.
    is_late: Callable[[str], bool] = lambda place: False
    late: Callable[[str], None] = lambda place: None
    tag: str = field(default_factory=catalogue.language)
    root: Path | None = None  # the folder that is shown
    has_site: bool = False
    state: bar.State = field(default_factory=bar.State)
    blocking: tuple[Finding, ...] = ()  # from these no site is built; whoever builds says so
    reveal: Callable[[], None] = lambda: None  # lets browsers have what was built
    renew: Callable[[], None] = lambda: None  # lets them ask once more
    is_waited_for: Callable[[], bool] = lambda: False  # whether something was saved since the build began
    _is_busy: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def shown(self, folder: Path) -> Path:
        """The folder that is shown, from which the build that begins now is made: the first that MkDocs
        gave."""
        self.root = self.root or folder
        return self.root

    def begin(self, folder: Path) -> Path:
        """The first build in `folder` has ended."""
        self.root = folder
        self._say_so()
        return folder

    def own(self) -> Path:
        """A folder for the preview's own, which no page stands in, and no build touches."""
        assert self.root
        return self.root / _OWN

    def guarded(self, build: Callable[..., object], *, is_checked: bool = True) -> Callable[..., None]:
        """`build`, followed by the checks, and without its errors. Within another one it is as it was. Of one
        that is not checked the findings are still to come, where there is a site to be shown before."""

        def run(*arguments: object, **named: object) -> None:
            if self._is_busy:
                build(*arguments, **named)
                return
            self.blocking, self._is_busy = (), True
            with self._lock:
                try:
                    build(*arguments, **named)
                except (Exception, SystemExit) as error:
                    self._end(error)
                else:
                    self._end(None, is_checked=is_checked)
                finally:
                    self._is_busy = False

        return run

    def ask(self, place: str) -> None:
        """Somebody asks for the file at `place`, below the site's root."""
        if not self.is_late(place):
            return
        with self._lock:
            try:
                self.late(place)
            except (Exception, SystemExit) as error:
                print(f"kb: {_said(error)}", flush=True)

    def _end(self, error: BaseException | None, *, is_checked: bool = True) -> None:
        self.has_site = self.has_site or error is None
        old = self.state
        if error is None:  # nobody waits for the checks: the bar is yesterday's until they are done
            self.state = replace(old, blocking=(), problem="", is_blocked=False, is_empty=False)
            self.reveal()
        if not is_checked:
            return
        findings, problem = self._checked()
        if error and not self.blocking:
            problem = _said(error)
        shown, self.state = self.state, bar.State(
            tuple(findings), self.blocking, problem, is_blocked=error is not None, is_empty=not self.has_site)
        if error is None and self.state != shown:
            self.renew()
        for line in changes(old.findings, self.state.findings, self.tag):
            print(line, flush=True)
        if problem:
            print(f"kb: {problem}", flush=True)
        if error:
            print(f"kb: {catalogue.said(_KEPT if self.has_site else _NOTHING, self.tag)}", flush=True)
        self._say_so()

    def _checked(self) -> tuple[Collection[Finding], str]:
        """Today's findings, or those of last time and why there are no others."""
        try:
            return self.check(), ""
        except _Overtaken:
            return self.state.findings, ""
        except Exception as error:
            return self.state.findings, _said(error)

    def pause(self) -> None:
        """End the checks where something was saved: the next build waits for nobody."""
        if self.is_waited_for():
            raise _Overtaken

    def _say_so(self) -> None:
        """A page in each language where there is no site yet."""
        if self.root and not self.has_site:
            for language in LANGUAGES:
                write(self.root / language.prefix / "index.html", bar.page(self.state, language).encode())


def _said(error: BaseException) -> str:
    """What an error says. One that nobody meant for a person is printed whole as well."""
    text = str(getattr(error, "message", "") or error).strip() or type(error).__name__
    if not isinstance(error, SystemExit) and not hasattr(error, "exit_code"):
        traceback.print_exception(error, file=sys.stderr)
        return f"{type(error).__name__}: {text}"
    return text


def changes(before: Collection[Finding], now: Collection[Finding],
            tag: str = catalogue.ENGLISH) -> Iterator[str]:
    """What is new among the findings, what is gone, and how many there are. One that has only moved to
    another line is neither."""
    old, new = Counter(map(_key, before)), Counter(map(_key, now))
    for one in _picked(now, new - old):
        yield catalogue.label("new", tag).format(what=text.rendered(one, None, tag))
    for one in _picked(before, old - new):
        yield catalogue.label("gone", tag).format(what=text.headline(one, tag))
    yield f"kb: {catalogue.counted(severities(now), tag)}"


def _picked(findings: Collection[Finding], left: Counter[tuple[str, ...]]) -> Iterator[Finding]:
    # From the end: of two that say the same, the last one is the one that came.
    picked: list[Finding] = []
    for one in reversed(tuple(findings)):
        if left[_key(one)] > 0:
            left[_key(one)] -= 1
            picked.append(one)
    yield from reversed(picked)


def _key(one: Finding) -> tuple[str, ...]:
    return one.file, one.code, one.found, one.expected
