"""What templates may ask for, and their code, which is put together once for both languages and for all
builds of a preview.

In: the environment in which MkDocs renders. Out: it is made ready, and lists what is not hidden. Refuses
nothing. The code is kept in this process only, each template's by its source.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket

from kb.exports import headers
from kb.views.filters import FILTERS

KEPT = "kept.html"  # the template of a page that is there already: nobody renders it
_CODE: dict[str, tuple[str, CodeType]] = {}  # by the name of the template: of which source, and the code
# What Material ships and no page of ours asks for.
_UNUSED = ("assets/javascripts/", "assets/images/", "assets/stylesheets/palette")
_LEFT_OUT = (".html", ".py", ".pyc", ".map")  # the last are maps of style sheets


class _Visible(FileSystemLoader):
    """Has an empty template for pages that are there already. MkDocs looks for the files of a theme among all
    its templates: lists them without what it would not take, as Material's 14,000 hidden icons, and without
    what no page asks for."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        return ("", "", lambda: True) if template == KEPT else super().get_source(environment, template)

    def list_templates(self) -> list[str]:
        own, *packages = self.searchpath
        return sorted({*_names(own, follows=self.followlinks)}.union(
            *(_of_package(one, follows=self.followlinks) for one in packages)))


def _names(place: str, *, follows: bool) -> Iterator[str]:
    """The names of what pages may ask for below a folder of templates; whether it `follows` links."""
    for folder, below, names in os.walk(place, followlinks=follows):
        below[:] = [one for one in below if not one.startswith(".")]
        parts = os.path.relpath(folder, place).replace(os.sep, "/") + "/"
        for name in names:
            own = (parts + name).removeprefix("./")
            if not name.startswith(".") and not own.startswith(_UNUSED) and not own.endswith(_LEFT_OUT):
                yield own


@cache
def _of_package(place: str, *, follows: bool) -> tuple[str, ...]:
    """The same of a package, which stays as it is while a preview goes on."""
    return tuple(_names(place, follows=follows))


def listed(make: Callable[[], Environment]) -> Callable[[], Environment]:
    """The same as `make`, but that what it makes lists its templates so."""
    def run() -> Environment:
        environment = make()
        if isinstance(loader := environment.loader, FileSystemLoader):
            environment.loader = _Visible(loader.searchpath, loader.encoding, loader.followlinks)
        return environment
    return run


class Templates(BytecodeCache):
    """The code of templates, by name and source."""

    _environment: Environment | None = None

    def put_together(self) -> None:
        """Have the code of all that the project's own theme holds: who asks for one later does not wait."""
        if self._environment and isinstance(loader := self._environment.loader, FileSystemLoader):
            theme = Path(loader.searchpath[0])
            for name in sorted(file.relative_to(theme).as_posix() for file in theme.rglob("*.html")):
                self._environment.get_template(name)

    def load_bytecode(self, bucket: Bucket) -> None:
        source, code = _CODE.get(bucket.key, ("", None))
        if source == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            _CODE[bucket.key] = bucket.checksum, bucket.code

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Wherever it stands, the same source is the same code."""
        return name

    def prepare(
        self, environment: Environment, *, is_preview: bool, is_printed: bool, stylesheet: str
    ) -> None:
        """`stylesheet` is Material's, below the site's root."""
        self._environment = environment
        environment.bytecode_cache = self
        environment.autoescape = environment.trim_blocks = environment.lstrip_blocks = True
        environment.filters.update(FILTERS)
        # `mkdocs serve` writes a script into each page that reloads it; a policy would forbid it.
        environment.globals["policy"] = "" if is_preview else headers.POLICY
        environment.globals["is_printed"] = is_printed
        environment.globals["material_stylesheet"] = stylesheet
