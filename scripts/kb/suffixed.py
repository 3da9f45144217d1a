"""The names by which mkdocs-static-i18n knows both trees: `x.md` is Chinese, `x.ja.md` Japanese.

In: the project and its root, and which pages are there already. Out: each such name → its source: a page, a
file, or the text of a page that the site makes. Knows nothing of MkDocs. Refuses nothing: what would collide
is a finding of `kb check`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

from kb.corpus import Page
from kb.languages import CHINESE, JAPANESE, LANGUAGES
from kb.project import Project
from kb.targets import composed, file_address, file_place
from kb.views import generated

Source = Page | Path | str


def sources(project: Project, root: Path, is_done: Callable[[str], bool]) -> dict[str, Source]:
    return {**_files(project, root), **_pages(project, is_done), **_generated(project, is_done)}


def _pages(project: Project, is_done: Callable[[str], bool]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for (path, tag), page in project.corpus.pages.items():
        if is_done(path):
            continue
        if tag == CHINESE.tag:
            found[path] = page
        else:
            found[f"{path.removesuffix('.md')}.{tag}.md"] = page
            found.setdefault(path, page)  # only in Japanese: shown at the Chinese address too
    return found


def _files(project: Project, root: Path) -> dict[str, Source]:
    """Pictures and downloads. MkDocs finds the Chinese ones itself, unless their name is not in NFC."""
    found: dict[str, Source] = {}
    trees = project.corpus.trees
    for path, file in trees[CHINESE.tag].files.items():
        if path != file.relative_to(root / CHINESE.tree).as_posix():
            found[path] = file
    for path, file in trees[JAPANESE.tag].files.items():
        if not path.endswith(".md"):
            name = PurePosixPath(path)
            found[name.with_suffix(f".{JAPANESE.tag}{name.suffix}").as_posix()] = file
    return found


def _generated(project: Project, is_done: Callable[[str], bool]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for path in (path for path in project.made if not is_done(path)):
        for language in LANGUAGES:
            suffix = "" if language is CHINESE else f".{language.tag}"
            text = f"# {generated.title(project, path, language)}\n"
            found[f"{path.removesuffix('.md')}{suffix}.md"] = text
    return found


def stand_at(file: Any, path: Path, site: str) -> None:
    """Put a Japanese picture or download, a file of MkDocs, where its path says: static-i18n takes what
    follows a dot in the name of its folder for a language, too."""
    own = composed(path.as_posix())
    file.dest_uri, file.url = file_place(own, JAPANESE), file_address(own, JAPANESE)
    file.abs_dest_path = str(Path(site, file.dest_uri))
