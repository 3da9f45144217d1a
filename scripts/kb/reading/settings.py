"""What `mkdocs.yml` says of the project: its Markdown, and the licence under which its editors write.

In: the project's root. Out: `Settings`: names of extensions, in MkDocs' order, with their options; the
licence that stands below `extra`. Without a `mkdocs.yml` the extensions are the site's own, and there is no
licence. Refuses nothing: what MkDocs could not read is for MkDocs to say, and of a licence `kb.refusals`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from markdown.extensions.toc import slugify as toc_slugify
from markdown.util import get_installed_extensions
from pymdownx.slugs import slugify
from yaml_env_tag import add_env_tag

from kb.memory import program
from kb.memory.digests import Unknown, digest
from kb.memory.shelf import Shelf
from kb.parsers import TRUSTING

# MkDocs loads these whatever the configuration says.
ALWAYS = ("toc", "tables", "fenced_code")


@dataclass(frozen=True)
class License:
    """Under which conditions what the editors write may be used: the licence's name and its address."""

    name: str
    address: str


@dataclass(frozen=True, eq=False)  # options hold functions: two settings are the same only if they are one
class Settings:
    """`extensions` in order, `options` by extension. `is_of_site` where a `mkdocs.yml` gives them: else
    there is nothing to build. `license` is that of what the editors write, if there is one. `memory` is where
    readings are remembered, if they are."""

    extensions: tuple[str, ...] = (
        *ALWAYS, "attr_list", "def_list", "footnotes", "md_in_html", "pymdownx.superfences")
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: {
        "tables": {"use_align_attribute": True},
        "toc": {"slugify": slugify(case="lower"), "toc_depth": 3},
    })

    is_of_site: bool = False
    license: License | None = None
    memory: Shelf | None = None

    def made_of(self) -> object:
        """What tells these settings from others. Raises Unknown where an extension's code cannot be told."""
        modules = {one.name: one.module for one in get_installed_extensions()}
        for name in self.extensions:
            if not program.is_of_program(modules.get(name, name)):
                raise Unknown(f"the Markdown extension {name}")
        return self.extensions, self.options

    @cached_property
    def key(self) -> str:
        """What a reading's key begins with; empty where none can be remembered."""
        try:
            return digest((program.version(), self.made_of()))
        except Unknown:
            return ""

    @property
    def told(self) -> tuple[object, ...]:
        """Plain values that tell all of these settings; of ones that none can tell, that they are these."""
        license = self.license and (self.license.name, self.license.address)
        return self.key or id(self), self.is_of_site, license, id(self.memory)

    def slug(self, heading: str) -> str:
        """The id that a heading gets to which no author gave one."""
        toc = self.options.get("toc", {})
        return str(toc.get("slugify", toc_slugify)(heading, toc.get("separator", "-")))


def read(root: Path) -> Settings:
    """The settings of the project at `root`."""
    path = root / "mkdocs.yml"
    if not path.is_file():
        return Settings()
    try:
        # The configuration is the site's own program, and MkDocs builds what it names in the same way.
        values = yaml.load(path.read_text("utf-8"), Loader=add_env_tag(_Loader))
    except (yaml.YAMLError, UnicodeDecodeError):
        return Settings()
    if not isinstance(values, dict):
        values = {}
    extra = values.get("extra")
    return replace(of(_pairs(values.get("markdown_extensions") or [])), is_of_site=True,
                   license=license_of(extra.get("license") if isinstance(extra, dict) else None))


def license_of(value: object) -> License | None:
    """A licence as `mkdocs.yml` writes it, `{name: CC BY 4.0, address: https://…}`; None for all else."""
    if not isinstance(value, dict) or set(value) != {"name", "address"}:
        return None
    name, address = value["name"], value["address"]
    if not isinstance(name, str) or not isinstance(address, str) or not name.strip():
        return None
    return License(name, address) if re.match(r"https?://[^/]", address) else None


def of(pairs: Mapping[str, Mapping[str, Any]]) -> Settings:
    """The settings of extensions that are named beside those that MkDocs always loads."""
    return Settings(tuple(dict.fromkeys((*ALWAYS, *pairs))),
                    {name: options for name, options in pairs.items() if options})


def _pairs(named: object) -> Mapping[str, Mapping[str, Any]]:
    """Extension → options, from any of the forms that MkDocs reads."""
    if isinstance(named, dict):
        named = [{name: options} for name, options in named.items()]
    found: dict[str, Mapping[str, Any]] = {}
    for one in named if isinstance(named, list) else ():
        for name, options in one.items() if isinstance(one, dict) else ((one, None),):
            found[str(name)] = options or {}
    return found


class _Loader(TRUSTING):
    pass
