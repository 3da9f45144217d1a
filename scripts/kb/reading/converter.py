"""Python-Markdown as it reads this project's texts: with the extensions that `mkdocs.yml` names, and ours.

In: `Settings`, then one text after another. Out: HTML that says which lines it came from, the ids that
authors gave, the entries of the contents list, the raw HTML that was met. Refuses nothing: an extension may
raise anything, and `kb.reading.reader` says so.
"""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from kb.reading import trees
from kb.reading.lines import SourceLines
from kb.reading.settings import Settings


class _Given(Treeprocessor):
    """Notes the ids of headings that authors gave, before the contents list gives one to the others."""

    ids: frozenset[str] = frozenset()

    def run(self, root: Any) -> None:
        self.ids = frozenset(
            one.get("id") for tag in trees.HEADINGS for one in root.iter(tag) if one.get("id"))


class Converter(Extension):
    """A Python-Markdown with the project's extensions. After a conversion `lines` knows the lines, `given`
    the ids that authors gave to headings."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.lines = SourceLines()
        self.md = Markdown(extensions=[*settings.extensions, self.lines, self],
                           extension_configs={name: dict(one) for name, one in settings.options.items()})
        self.given: _Given

    def extendMarkdown(self, md: Markdown) -> None:
        self.given = _Given(md)
        # After attribute lists (8), before the contents list (5).
        md.treeprocessors.register(self.given, "kb-given", 6)

    def convert(self, markdown: str) -> str:
        self.md.reset()
        self.md.toc_tokens = []  # type: ignore[attr-defined]
        self.given.ids = frozenset()
        return str(self.md.convert(markdown))


# Made once for all texts of a project, and gone with its settings.
_CONVERTERS: WeakKeyDictionary[Settings, Converter] = WeakKeyDictionary()


def converter(settings: Settings) -> Converter:
    """The converter of the project with these settings."""
    found = _CONVERTERS.get(settings)
    if found is None:
        found = _CONVERTERS[settings] = Converter(settings)
    return found


def forget(settings: Settings) -> None:
    """A conversion that broke off leaves its converter in the middle: the next text gets a new one."""
    _CONVERTERS.pop(settings, None)
