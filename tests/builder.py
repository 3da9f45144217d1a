"""Builds sites, each in a process of its own, without importing everything again for each.

In: on standard input a line of JSON for each build: the folder, the arguments of `mkdocs`, the environment,
and the files that take what it prints. Out: on standard output a line for each, its exit code. It has
imported what a build imports, and read the tables that every build reads; then each build is a copy of this
process (`fork`) that has built nothing yet, so that no build sees another. It ends with its input.

One thing is the same in all of them: the order of sets (the seed of hashes). Where two builds have to be
the same whatever that order is, `host.build(…, anew=True)` starts a new Python for each.
"""

from __future__ import annotations

import atexit
import functools
import gc
import importlib.metadata
import json
import os
import sys
from pathlib import Path

import jinja2

ROOT = Path(__file__).parent.parent


def main() -> None:
    _prepare()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            _build(**order)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _prepare() -> None:
    import yaml

    yaml.Loader = yaml.CLoader  # type: ignore[misc]  # the same in C: MkDocs reads its configuration with it
    import ebooklib.epub
    import markdown.util
    import material.plugins.search.plugin
    import mkdocs.commands.build
    import mkdocs_static_i18n.plugin
    import pymdownx.superfences  # noqa: F401

    # What is installed stays as it is: each build would ask three times.
    mkdocs.plugins.entry_points = mkdocs.utils.entry_points = functools.cache(importlib.metadata.entry_points)
    import mkdocs.__main__
    import mkdocs.theme

    import kb.mkdocs_plugin  # noqa: F401
    from kb import languages, phrases
    from kb.citation import styles
    from kb.memory import program
    from kb.reporting import catalogue
    from kb.search import folding, grams  # noqa: F401

    languages.words()
    folding.fold("经济")
    folding.classes("经济")
    for tag, text in (("zh-Hans", "出口许可的三个问题"), ("ja", "輸出許可をめぐる問題")):
        phrases.phrases(text, tag)  # reads a dictionary
    program.version()
    catalogue.label("hint", "ja")
    markdown.util.get_installed_extensions()
    styles.files()
    _compile(mkdocs.theme.Theme("material", custom_dir=str(ROOT / "theme")).get_env())
    gc.freeze()  # what is here is shared with the copies: nobody needs to look through it


def _compile(environment: jinja2.Environment) -> None:
    """Put the code of the templates together: it is the same for each project."""
    from kb.works.templates import Templates

    Templates().prepare(environment, is_preview=False, is_printed=False, stylesheet="")
    for path in (ROOT / "theme").rglob("*.html"):
        environment.get_template(path.relative_to(ROOT / "theme").as_posix())


def _build(folder: str, arguments: list[str], environment: dict[str, str], out: str, err: str) -> None:
    """As `python -m mkdocs …` in `folder`; does not return."""
    from mkdocs.__main__ import cli

    for number, name in enumerate((os.devnull, out, err)):
        opened = os.open(name, os.O_WRONLY | os.O_CREAT if number else os.O_RDONLY)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[0] = folder
    try:
        cli(arguments, prog_name="python -m mkdocs")
    except SystemExit as stop:
        # As Python ends, but without taking apart, one by one, all that was imported before the copy was made.
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(stop.code if isinstance(stop.code, int) else bool(stop.code))


if __name__ == "__main__":
    main()
