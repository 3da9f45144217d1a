"""Names of files: whether MkDocs and mkdocs-static-i18n make of them what this site makes of them.

In: the project. Out: findings for names that one of the sides would take for something else or leave out
(KB104), and for files that would stand at one address (KB110), one of which would be overwritten without a
word. What has such a name is not built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from kb import targets
from kb.checks.places import places
from kb.corpus import Corpus
from kb.findings import Finding
from kb.languages import BY_TAG, JAPANESE, LANGUAGES, Language
from kb.project import Project

# What static-i18n takes for a language (`config.RE_LOCALE`), besides the languages of the site.
_LOCALE = re.compile(r"[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?|[a-z]{2}_[A-Z]{2}")
_TWO_LETTERS = re.compile(r"[a-z]{2}")


def check(project: Project) -> Iterator[Finding]:
    for language in LANGUAGES:
        yield from _tree(project.corpus, language)
        yield from _files(project.corpus, language)
    yield from _pages(project.corpus)
    yield from _addresses(project)


def is_swallowed(path: str) -> bool:
    """Whether what stands before the ending of a name is taken for a language: `map.us.png`."""
    ending = PurePosixPath(PurePosixPath(path).stem).suffix.replace(".", "")
    return ending in BY_TAG or bool(_LOCALE.fullmatch(ending))


def has_lost_folder(path: str) -> bool:
    """Whether the file stands in a folder at the top that is taken for a language."""
    top, slash, _ = path.partition("/")
    return bool(slash and _TWO_LETTERS.fullmatch(top))


def _is_refused(path: str) -> bool:
    """Whether a page is refused for its name alone."""
    return has_lost_folder(path) or is_swallowed(path) or PurePosixPath(path).stem == "README"


def _tree(corpus: Corpus, language: Language) -> Iterator[Finding]:
    tree = corpus.trees[language.tag]
    for first, second in tree.namesakes:
        yield _name(language, second, f"a name of its own: there is {language.tree}/{first}",
                    "rename one of them: to some computers the two are one name")
    for name in tree.hidden:
        yield Finding(f"{language.tree}/{name}", 1, "KB131", "a name that begins with a dot",
                      "a file that the site shows", "rename it, or take it out: nobody who looks through "
                      "this folder sees it, and the site leaves it out")
    for name in tree.left_out[:1]:
        yield Finding(f"{language.tree}/{name}", 1, "KB104", "the folder templates/",
                      "another name at the top of the tree",
                      "rename it: MkDocs leaves it out of the site")
    for folder in sorted({path.partition("/")[0] for path in tree.files if has_lost_folder(path)}):
        yield Finding(f"{language.tree}/{folder}", 1, "KB104", f"the folder {folder}/",
                      "a name of three letters or more at the top of the tree",
                      f"rename it, as in {folder}-pages/: two letters are read as a "
                      "language, and the folder would vanish from the site")


def _files(corpus: Corpus, language: Language) -> Iterator[Finding]:
    """Files that are no pages: pictures, downloads, and Markdown by another ending."""
    for path in corpus.trees[language.tag].files:
        ending = PurePosixPath(path).suffix
        if ending.lower() in (targets.MARKDOWN, *targets.OTHER_MARKDOWN):
            if ending != targets.MARKDOWN:
                yield _name(language, path, f"a name that ends in {targets.MARKDOWN}",
                            f"rename it: pages end in {targets.MARKDOWN}, in small letters")
        elif language is not JAPANESE and is_swallowed(path):
            yield _name(language, path, "one dot, before the ending",
                        "rename it, as in map-us.png: what follows the first dot is read as a "
                        "language, and the file would vanish from the site")


def _pages(corpus: Corpus) -> Iterator[Finding]:
    """Each path once: a page that one language lacks is shown in it all the same."""
    for path in sorted({path for tree in corpus.trees.values() for path in tree.pages}):
        language = next(one for one in LANGUAGES if path in corpus.trees[one.tag].files)
        if is_swallowed(path) or PurePosixPath(path).stem == "README":
            yield _name(language, path, "letters, digits and hyphens; an index is called index.md",
                        "rename it: what follows a dot is read as a language, and the page "
                        "would vanish from the site")
        elif (mark := f".{JAPANESE.tag}") in path:
            yield _name(language, path, f"a path without “{mark}” in it",
                        "rename it: the Japanese page would be taken for another one")


def _name(language: Language, path: str, expected: str, hint: str) -> Finding:
    return Finding(f"{language.tree}/{path}", 1, "KB104", f"the name {path.rpartition('/')[2]}",
                   expected, hint)


def _addresses(project: Project) -> Iterator[Finding]:
    """Two files, or a file and what the site makes, at one address: each pair of paths once, though
    it may stand in both trees."""
    known: dict[str, str] = {}
    pairs: dict[tuple[str, str], str] = {}
    for place, source in places(project):
        # To some computers, names that differ in capitals are one.
        first = known.setdefault(place.casefold(), source)
        if first != source:
            pairs.setdefault((first, source), place)
    pairs |= dict(_in_the_way(known))
    said: set[frozenset[str]] = set()
    for sides, place in pairs.items():
        # Where the site makes both, the two files that it makes them of are at one address too.
        files = sorted(side for side in sides if _tree_of(side))
        paths = frozenset(side.removeprefix(_tree_of(side)) for side in sides)
        if files and paths not in said and not any(map(_is_refused, paths)):
            said.add(paths)
            # What the site makes cannot be renamed: the finding stands at the file.
            beside = next(side for side in sides if side != files[-1])
            url = targets.encoded(place.removesuffix("index.html"))
            yield Finding(files[-1], 1, "KB110", f"{files[-1]} at /{url}",
                          f"one source for it; there is {beside}",
                          "rename one of the two files" if len(files) > 1
                          else "rename the file, or its folder")


def _in_the_way(known: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], str]]:
    """A file that stands where a folder has to: `guide` beside `guide.md`."""
    folders: dict[str, str] = {}
    for place, source in known.items():
        end = place.rfind("/")
        while end > 0 and place[:end] not in folders:
            folders[place[:end]] = source
            end = place.rfind("/", 0, end)
    for place in known.keys() & folders.keys():
        yield (known[place], folders[place]), place


def _tree_of(source: str) -> str:
    """The tree in which a file stands, as its name begins; empty for what the site makes."""
    return next((f"{one.tree}/" for one in LANGUAGES if source.startswith(f"{one.tree}/")), "")
