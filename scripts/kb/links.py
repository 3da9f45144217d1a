"""Links between pages: whether they lead anywhere.

In: the corpus and the notes of the sources. Out: findings for links to pages, paragraphs and
sections that do not exist, for pictures and files that are not there, and for links that would lead
elsewhere when the site stands below a path. Links to other sites are not followed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb import addresses, targets
from kb.anchors import ids
from kb.anchors.fates import Withdrawn, led_on
from kb.collation.sources import Note, Sources
from kb.corpus import Corpus, Page
from kb.findings import Finding, nearest
from kb.languages import LANGUAGES, Language
from kb.memory.unchanged import NOTHING, Unchanged
from kb.reading import Reading
from kb.targets import Target

# What is taken for a page where there is no such file: a link to one by its address.
_LIKE_PAGES = ("", ".html", ".htm", *targets.OTHER_MARKDOWN)

Notes = Callable[[str, Language], Sequence[tuple[Note, Reading]]]


@dataclass(frozen=True)
class _Link:
    """A link or picture as written: on which page, in which file, on which line. A note's links
    stand in a data file, and are read as if they stood on the note's page."""

    page: Page
    written: str
    is_picture: bool
    file: str
    line: int

    def finding(self, code: str, expected: str, hint: str) -> Finding:
        what = "a picture" if self.is_picture else "a link to"
        return Finding(self.file, self.line, code, f"{what} {self.written}", expected, hint)


@dataclass(frozen=True)
class _Goals:
    """What a link can lead to: `made` are the paths of pages that the site makes, `withdrawn` the
    withdrawn ids of each document, and where their words stand today."""

    corpus: Corpus
    made: Collection[str]
    withdrawn: Withdrawn
    unchanged: Unchanged


def check(
    corpus: Corpus, sources: Sources, notes: Notes, withdrawn: Withdrawn, made: Iterable[str],
    *, unchanged: Unchanged = NOTHING
) -> Iterator[Finding]:
    """`notes` gives a document's notes in a language, each with what it shows; `withdrawn` the withdrawn ids
    of each document, and the ids under which their words stand today; `made` are the paths of pages that the
    site makes."""
    goals = _Goals(corpus, frozenset(made), withdrawn, unchanged)
    for page in corpus.pages.values():
        yield from _listed(corpus, page)
    for link in (*_of_pages(corpus), *_of_notes(corpus, sources, notes)):
        yield from _follow(goals, link)


def references(page: Page) -> Iterator[tuple[int, str, bool]]:
    """(line, target, whether it is a picture) of everything that a page refers to."""
    for link in page.reading.links:
        yield page.line_of(link), link.target, link.is_picture


def _of_pages(corpus: Corpus) -> Iterator[_Link]:
    for page in corpus.pages.values():
        for line, target, is_picture in references(page):
            yield _Link(page, target, is_picture, page.file, line)


def _of_notes(corpus: Corpus, sources: Sources, notes: Notes) -> Iterator[_Link]:
    for declarations in sources.declarations.values():
        for language in LANGUAGES:
            page = corpus.page(f"{declarations.document}.md", language)
            if page is None:
                continue
            for note, reading in notes(declarations.document, language):
                for link in reading.links:
                    yield _Link(page, link.target, link.is_picture, declarations.file, note.line)


def _listed(corpus: Corpus, page: Page) -> Iterator[Finding]:
    """An index that lists a folder which is not there."""
    folder = page.front.get("lists")
    folders = {path.partition("/")[0] for path in corpus.trees[page.language.tag].files if "/" in path}
    if folder and not page.is_made and not any(path.startswith(f"{folder}/")
                          for path in corpus.trees[page.language.tag].files):
        near = nearest(folder, folders)
        yield Finding(page.file, page.record.line("lists"), "KB401", f"lists: {folder}",
                      f"a folder of {page.language.tree}/",
                      f"did you mean “lists: {near}”?" if near else "correct the name, or make the folder")


def _follow(goals: _Goals, link: _Link) -> Iterator[Finding]:
    if addresses.refusal(link.written, is_picture=link.is_picture):
        return  # KB404 says so
    target = targets.resolved(link.page.path, link.written)
    match target.kind:
        case "unreadable":
            yield link.finding("KB401", "an address that can be read",
                               "correct the address, as in https://www.example.org/x or ../articles/x.md")
        case "absolute":
            yield link.finding(
                "KB401", "a link that begins at its own page",
                f"as in {targets.written(link.page.path, target.path)}: the site may stand below a "
                "path, and “/” is the host's root")
        case "anchor":
            yield from _anchor(goals, link, target, link.page)
        case "page":
            yield from _page(goals, link, target)
        case "file":
            yield from _file(goals, link, target)


def _page(goals: _Goals, link: _Link, target: Target) -> Iterator[Finding]:
    if target.path in goals.corpus.unreadable or target.path in goals.made:
        return
    # A page that exists in the other language only is shown there with a notice.
    goal = goals.corpus.nearest(target.path, link.page.language)
    if goal is None:
        yield _no_page(goals, link, target)
    else:
        yield from _anchor(goals, link, target, goal)


def _no_page(goals: _Goals, link: _Link, target: Target) -> Finding:
    corpus = goals.corpus
    stem = posixpath.splitext(target.path)[0]
    for path in (f"{target.path}/index.md", f"{stem}.md"):  # its address, or that of its folder
        if path != target.path and (path in goals.made or corpus.editions(path)):
            return link.finding("KB401", "the name of a Markdown file",
                                f"write {targets.written(link.page.path, path)}")
    if near := goals.unchanged.once(_like, target.path, (*corpus.paths, *sorted(goals.made))):
        return link.finding("KB401", "a page in the same tree",
                            f"did you mean {targets.written(link.page.path, near)}?")
    beside = sorted(p.path for p in corpus.below(posixpath.dirname(target.path), link.page.language))
    return link.finding("KB401", "a page in the same tree", "in that folder there is "
                        + ", ".join(targets.written(link.page.path, one) for one in beside[:6]) if beside
                        else "links name the Markdown file, as in ../articles/x.md")


def _like(path: str, known: tuple[str, ...]) -> str | None:
    """The page that a path was to name: of the same name in another folder, else the most like it."""
    name = posixpath.basename(path)
    namesakes = [one for one in known if posixpath.basename(one) == name and name != "index.md"]
    return nearest(path, namesakes) or next(iter(namesakes), None) or nearest(path, known)


def _file(goals: _Goals, link: _Link, target: Target) -> Iterator[Finding]:
    """A picture or download: in the tree of the page, else in the other one."""
    trees = goals.corpus.trees.values()
    if any(target.path in tree.files for tree in trees):
        return
    if target.suffix.lower() in _LIKE_PAGES and not link.is_picture:
        yield _no_page(goals, link, target)
        return
    name = posixpath.basename(target.path)
    alike = sorted({path for tree in trees for path in tree.files
                    if posixpath.basename(path).casefold() == name.casefold()})
    yield link.finding(
        "KB403", f"a file of {link.page.language.tree}/",
        f"there is {', '.join(alike[:3])}" if alike
        else f"put the file at {link.page.language.tree}/{target.path}, or correct its name")


def _anchor(goals: _Goals, link: _Link, target: Target, goal: Page) -> Iterator[Finding]:
    anchor = target.fragment
    if hint := led_on(goals.withdrawn, goal.document, anchor):
        yield link.finding("KB402", f"an id of {goal.file}", hint)
    elif anchor and anchor not in goal.anchors and anchor not in goal.reading.ids:
        last = [a for a in goal.anchors if ids.is_paragraph(a)][-1:]
        near = nearest(anchor, (*goal.anchors, *goal.reading.ids))
        yield link.finding("KB402", f"an id of {goal.file}"
                           + (f" (its paragraphs go up to #{last[0]})" if last else ""),
                           f"did you mean #{near}?" if near
                           else "correct the number, or the name of the section")
