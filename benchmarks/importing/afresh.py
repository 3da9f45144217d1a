"""The documents of this project imported afresh: which decisions of today's editions a machine proposes.

In: the project. Out: for each kind of decision, how many the editions hold, how many were proposed, and what was
proposed that they do not hold and was not doubtful. Wordings that editors wrote are no mechanical decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from kb.characters import comparable
from kb.collation.collate import collate
from kb.collation.sources import Received
from kb.corpus import CITABLE, Page
from kb.importing import drafting, taking
from kb.importing.placing import placed
from kb.importing.values import SURE, Block, Taken
from kb.languages import CHINESE, JAPANESE
from kb.project import Project


class Kind(NamedTuple):
    name: str
    held: int
    proposed: int
    wrong: tuple[str, ...]


class _Held(NamedTuple):
    """A block of an edition of today: of which document, its kind, its wordings, and what is declared."""

    document: int
    kind: str
    received: str
    edited: str
    is_quoted: bool
    reasons: str


_Key = tuple[int, str]


def kinds(root: Path, project: Project) -> Iterator[tuple[str, list[Kind]]]:
    """For each received text in Chinese, and for its translation, the kinds of decisions."""
    received = {one.language.tag: one for one in project.sources.received}
    made = {tag: _made(root, one) for tag, one in received.items() if tag in ("zh-Hans", "ja")}
    for tag, one in received.items():
        yield one.name, [*_omissions(one, made[tag]), *_blocks(project, one, made), *_lines(project, one)]


def _made(root: Path, received: Received) -> drafting.Made:
    taken = taking.taken((root / received.file).read_bytes(), received.name)
    assert isinstance(taken, Taken)
    made = drafting.made(taken, received.language, received.name, is_original=received.language is CHINESE,
                         documents=len(received.editions))
    assert isinstance(made, drafting.Made), made
    return made


def _omissions(received: Received, made: drafting.Made) -> Iterator[Kind]:
    held = {(line, one.text or "", one.count, one.reason) for one in received.omissions
            for line in range(one.line, (one.last or one.line) + 1)}
    lines = received.text.split("\n")
    # A declaration may name the words of a line that holds nothing else.
    held = {(line, "" if text == lines[line - 1].strip() else text, count, reason)
            for line, text, count, reason in held}
    proposed = {(one.line, one.text, one.count, one.reason): one.sure for one in made.omissions}
    yield Kind("omissions", len(held), len(held & proposed.keys()),
               tuple(str(one) for one, sure in proposed.items() if one not in held and sure >= SURE))
    if received.copies[1:]:
        yield Kind("copies", len(received.copies), len({*received.copies} & {*made.copies}), ())


def _blocks(project: Project, received: Received, made: dict[str, drafting.Made]) -> Iterator[Kind]:
    language = received.language
    held: list[_Held] = []
    proposed: list[tuple[int, Block]] = []
    for at, document in enumerate(received.editions):
        page = project.corpus.page(f"{document}.md", language)
        assert page
        laid = placed(made["zh-Hans"].drafts[at].blocks, made["ja"].drafts[at].blocks, CHINESE, JAPANESE)
        proposed += [(at, one) for one in (laid.original if language is CHINESE else laid.translation)]
        held += [_Held(at, *one) for one in _held(project, received, document, page)]
    yield from _compared(held, proposed, is_verbatim=language is CHINESE)


def _held(
    project: Project, received: Received, document: str, page: Page
) -> Iterator[tuple[str, str, str, bool, str]]:
    """(kind, received wording, edited wording, whether it stands in a quotation, reasons) of each block."""
    collation = next(one for one in project.collations if one.received is received)
    words = {one.id: one for one in collation.comparisons if one.document == document}
    lines = page.markdown.split("\n")
    for block in page.blocks:
        name = "title" if block.kind == "heading" and block.level == 1 else block.id or ""
        if name not in words:
            continue
        kind = "title" if name == "title" else ("number" if block.number else "item") if block.kind == "item" else (
            "paragraph")
        quoted = lines[block.line - 1].lstrip().startswith(">")
        assert name == "title" or block.kind in CITABLE
        yield kind, words[name].received, block.text, quoted, ",".join(words[name].reasons)


def _compared(held: list[_Held], proposed: list[tuple[int, Block]], *, is_verbatim: bool) -> Iterator[Kind]:
    by_words = {(at, _solid(one.received)): one for at, one in proposed}
    there = {(one.document, _solid(one.received)): one for one in held if one.received}
    sure = [((at, _solid(one.received)), one) for at, one in proposed if one.sure >= SURE]

    def kind(name: str, wanted: list[_Key], fits: Callable[[Block, _Held], bool],
             wrong: Callable[[Block, _Held], bool]) -> Kind:
        return Kind(name, len(wanted), sum(one in by_words and fits(by_words[one], there[one]) for one in wanted),
                    tuple(one.received[:30] for key, one in sure if key in there and wrong(one, there[key])))

    cut = kind("paragraphs", [*there], lambda one, own: True, lambda one, own: False)
    yield cut._replace(wrong=tuple(one.received[:30] for key, one in sure if key not in there))
    for name, of in (("titles", ("title",)), ("lists", ("item", "number"))):
        yield kind(name, [key for key, one in there.items() if one.kind in of],
                   lambda one, own: one.kind == own.kind, lambda one, own, of=of: one.kind in of and one.kind != own.kind)
    yield kind("quotations", [key for key, one in there.items() if one.is_quoted],
               lambda one, own: one.is_quoted, lambda one, own: one.is_quoted and not own.is_quoted)
    if is_verbatim:
        yield kind("punctuation", [*there], lambda one, own: _shown(one.text) == _shown(own.edited),
                   lambda one, own: _shown(one.text) != _shown(own.edited))
    else:
        yield kind("untranslated", [key for key, one in there.items() if "untranslated" in one.reasons],
                   lambda one, own: "untranslated" in one.names, lambda one, own: False)


def _lines(project: Project, received: Received) -> Iterator[Kind]:
    """The lines of emendations, as `kb declare` writes them where nobody wrote one."""
    bare = {name: replace(one, emendations={}) for name, one in project.sources.declarations.items()}
    found = collate(project.corpus, replace(project.sources, declarations=bare), received).undeclared
    proposed = {(one.file, one.id, one.text, one.mark) for one in found if one.id}
    held = {(own.file, name, one.text, one.received) for document in received.editions
            for own in [project.sources.of(document)]
            for name, one in own.emendations.get(received.language.tag, {}).items()}
    if held:
        yield Kind("emendation lines", len(held), len(held & proposed),
                   tuple(f"{file} {name}" for file, name, *_ in sorted(proposed - held, key=str)))


def _solid(words: str) -> str:
    return "".join(comparable(words).split())


def _shown(words: str) -> str:
    return "".join(words.split())
