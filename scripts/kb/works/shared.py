"""What all works are made from besides the project: the program, the configuration, the templates.

In: the project, and what MkDocs was configured with. Out: a digest that tells all of it. Refuses, with "", a
site of which pages may be made from anything else: by another plugin or a hook, with a configuration that
takes in another one, or with a navigation that nobody wrote, which names every page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kb.languages import LANGUAGES
from kb.memory import program
from kb.memory.digests import Digests, Unknown
from kb.project import Project

# Files of a theme that are no templates.
_NO_TEMPLATES = (".css", ".js")
_PLUGINS = {"kb", "i18n"}
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def of(
    project: Project, *, file: Path, values: Mapping[str, Any], plugins: Collection[str],
    hooks: Collection[object], theme: Path, navigation: Sequence[Any] | None,
    is_preview: bool, is_printed: bool,
) -> str:
    """`file` is the configuration; `values` are those of it that pages show, as they count today; `theme` is
    the folder of the site's own templates, `navigation` what it leads to."""
    written = file.read_text("utf-8")
    if set(plugins) - _PLUGINS or hooks or not navigation or "INHERIT" in written:
        return ""
    shared = {
        "program": program.version(),
        "configuration": (written, values),
        "environment": environment(written),
        "templates": {path.relative_to(theme).as_posix(): path.read_bytes()
                      for path in sorted(theme.rglob("*"))
                      if path.is_file() and path.suffix not in _NO_TEMPLATES},
        "navigation": [(path, page and page.title) for path in paths(navigation) for language in LANGUAGES
                       for page in (project.corpus.nearest(path, language),)],
        "settings": project.settings,
        "is_preview": is_preview,
        "is_printed": is_printed,
    }
    try:
        return Digests().of(shared)
    except Unknown:
        return ""


def environment(written: str) -> Mapping[str, str]:
    """What a configuration may take from the environment."""
    named = dict.fromkeys(_VARIABLE.findall(written))
    return {name: os.environ[name] for name in named if name in os.environ}


def paths(navigation: Any) -> Iterator[str]:
    """Every page that the navigation names."""
    if isinstance(navigation, str):
        yield navigation
    elif isinstance(navigation, Mapping | list | tuple):
        for one in navigation.values() if isinstance(navigation, Mapping) else navigation:
            yield from paths(one)
