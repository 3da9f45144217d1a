"""A draft of one language, made from a file that was taken.

In: a `Taken`, its language, whether it is an original, and what the editor has answered so far. Out: a
`Made`: the draft with its omissions and copies; or one finding (KB141) where the file holds no text in
that language, a page that asks to log in, or two texts for one name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kb.collation.excerpts import short
from kb.collation.sources import Copy
from kb.findings import Finding
from kb.importing import copies, facts, foreign, judging, plaintext, shaping
from kb.importing.values import Block, Draft, Facts, Judged, Omission, Taken
from kb.importing.words import any_of
from kb.languages import BY_TAG, Language, called

_LOGIN = re.compile(any_of("login"))
_SENTENCE = re.compile(r"[。！？!?：:]\s*$")
_ENOUGH = 120  # characters of a text that is more than a notice
_ANNEX = re.compile(r"\s*(?:附(?:件|录|錄)?|付録|添付|別添|資料)\s*[\d一二三]*\s*[:：]\s*.*(?:全文|原文)")
# Of the characters of both: less is an annex of the text.
_SECOND = 0.08
_SAID = "the editor says so"
# Of a line whose counterpart in the other language is left out.
COUNTERPART, _HINTED = "what stands there in the other language is left out: ", 0.6


@dataclass(frozen=True)
class Answers:
    """What the editor has said: lines that are text or not (with the reason), kinds of blocks by the line on
    which they begin, author and date by these names, and ids of sections by the words of their headings."""

    lines: Mapping[int, str | None]  # None: it is text
    kinds: Mapping[int, str]
    facts: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """The draft of each document that the file carries, and the copies of its text within it. What is told of
    author and date is a question only of an original."""

    drafts: tuple[Draft, ...]
    omissions: tuple[Omission, ...]
    copies: tuple[Copy, ...] = ()
    is_original: bool = False


NONE = Answers({}, {})


def made(
    taken: Taken,
    language: Language,
    file: str,
    answers: Answers = NONE,
    *,
    is_original: bool,
    documents: int = 1,
    hints: Mapping[int, str] | None = None,
) -> Made | Finding:
    """The drafts of so many `documents`. `hints` are lines whose counterparts were left out, with the
    reason."""
    judged = [_answered(_hinted(one, hints or {}), answers) for one in judging.judged(taken.lines)]
    if wrong := _refused(taken, judged, language, file):
        return wrong
    judged, left_out, both = _unfolded(taken, judged)
    told = _facts_as_answered(taken.facts if taken.form == "html" else facts.of_text(judged), answers)
    judged = _titled(judged, told.title)
    cut_at = _second(judged)
    if cut_at and documents == 1:
        return _two(judged[cut_at], file)
    if documents == 2 and not cut_at:
        return Finding(
            file,
            1,
            "KB141",
            "one text",
            "two texts, as there are two names",
            "give one --slug, or import the second text from a file of its own",
        )
    parts = [judged[:cut_at], judged[cut_at:]] if cut_at else [judged]
    omissions = [*judging.omissions(judged), *left_out]
    drafts = []
    for number, part in enumerate(parts):
        own = told if not number else _of_second(part)
        blocks, gone = shaping.shaped(part, language, own, is_original=is_original)
        omissions += [one for one in gone if one not in omissions]
        drafts.append(Draft(own, tuple(_kind_as_answered(one, answers) for one in blocks)))
    omissions.sort(key=lambda one: (one.line, one.text))
    return Made(tuple(drafts), tuple(omissions), both, is_original)


def _of_second(part: Sequence[Judged]) -> Facts:
    """What is known of a second text: the title, its first line."""
    return Facts(title=next((one.line.words for one in part if one.is_text), ""))


def _kind_as_answered(block: Block, answers: Answers) -> Block:
    kind = answers.kinds.get(block.lines[0], "")
    if kind and block.kind != "title":
        return replace(block, kind=kind, sure=1.0, why=(*block.why, f"proposed was: {block.kind}"))
    return replace(block, sure=1.0) if block.lines[0] in answers.lines else block


def _titled(judged: list[Judged], title: str) -> list[Judged]:
    """The same with the line of the title, which stands above the text, as a part of it."""
    there = [at for at, one in enumerate(judged) if one.line.words == title]
    if not title or not there:
        return judged
    kept = [at for at in there if judged[at].is_text]
    first = next(
        (at for at, one in enumerate(judged) if one.is_text and one.line.words != title), len(judged)
    )
    above = [at for at in there if at < first] or kept or there
    at = kept[0] if kept else max(above, key=lambda one: (judged[one].line.mark == "heading", one))
    result = list(judged)
    if not kept and at < first:
        result[at] = judged[at]._replace(is_text=True, reason="", sure=0.9, why="the title")
    for before in range(at):
        one = judged[before]
        if one.is_text and one.line.path and not _SENTENCE.search(one.line.words):
            result[before] = one._replace(is_text=False, reason="navigation", sure=0.7, why="above the title")
    return result


def _hinted(one: Judged, hints: Mapping[int, str]) -> Judged:
    reason = hints.get(one.line.number)
    if not reason or not one.is_text:
        return one
    return one._replace(is_text=False, reason=reason, sure=_HINTED, why=f"{COUNTERPART}left out ({reason})")


def _facts_as_answered(told: Facts, answers: Answers) -> Facts:
    """What is told, with what the editor says of author and date instead."""
    said = answers.facts
    kept = (one if one.name not in said else one._replace(value=said[one.name], sure=1.0, why=_SAID)
            for one in told.told)
    return replace(told, author=said.get("author", told.author), date=said.get("date", told.date),
                   told=tuple(kept))


def _answered(one: Judged, answers: Answers) -> Judged:
    if one.line.number not in answers.lines:
        return one
    reason = answers.lines[one.line.number]
    proposed = "kept" if one.is_text else f"left out ({one.reason})"
    why = f"the editor says so; proposed was: {proposed}; {one.why}"
    return one._replace(is_text=reason is None, reason=reason or "", sure=1.0, why=why)


def _unfolded(taken: Taken, judged: list[Judged]) -> tuple[list[Judged], list[Omission], tuple[Copy, ...]]:
    """The lines of a text that stands there twice, as one; with what is left out of its running copy."""
    first = plaintext.running(taken.lines) if taken.form == "text" else None
    if not first:
        return judged, [], ()
    marks = [gone for one in judged if one.is_text for gone in shaping.without_marks(one.line)[1]]
    lines, both = copies.merged(taken.text, first, judged, [*judging.omissions(judged), *marks])
    return [*lines, *(one for one in judged if not one.is_text)], marks, both


def _refused(taken: Taken, judged: Sequence[Judged], language: Language, file: str) -> Finding | None:
    kept = "".join(one.line.words for one in judged if one.is_text)
    if taken.form == "html" and len(kept) < _ENOUGH and (found := _LOGIN.search(taken.text)):
        return Finding(
            file,
            1,
            "KB141",
            f"a page that asks to log in (“{found[0]}”), with {len(kept)} characters of text",
            "a page with its text",
            "log in with a browser, and save the page again",
        )
    if not kept:
        return Finding(
            file,
            1,
            "KB141",
            "no text besides what stands around one",
            "a page with its text",
            "save the page once its text is shown",
        )
    own = foreign.language_of(kept)
    if own is not language:
        said = f"a text in {own.tag}" if own else "a text in neither language"
        return Finding(
            file,
            1,
            "KB141",
            said,
            f"a text in {language.tag}, as --language says",
            f"say: --language {called(own)}"
            if own
            else f"import a text in {' or '.join(BY_TAG)}",
        )
    return None


def _second(judged: Sequence[Judged]) -> int:
    """The place of the line with which a second text begins; 0 where there is none."""
    texts = [at for at, one in enumerate(judged) if one.is_text]
    size = sum(len(judged[at].line.words) for at in texts) or 1
    for place, at in enumerate(texts):
        rest = sum(len(judged[later].line.words) for later in texts[place:])
        if place and _ANNEX.match(judged[at].line.words) and rest > _SECOND * size:
            # The heading of the annex, and its address, are the first text's.
            follows = [
                later
                for later in texts[place + 1 :]
                if not re.match(r"\s*https?://", judged[later].line.words)
            ]
            return follows[0] if follows else 0
    tops = [at for at in texts if judged[at].line.mark == "heading" and judged[at].line.level == 1]
    return tops[1] if len(tops) == 2 and _is_long(judged, tops[1], size) else 0


def _is_long(judged: Sequence[Judged], at: int, size: int) -> bool:
    rest = sum(len(one.line.words) for one in judged[at:] if one.is_text)
    return 0.2 * size < rest < 0.8 * size


def _two(second: Judged, file: str) -> Finding:
    line = second.line
    return Finding(
        file,
        line.number,
        "KB141",
        f"two texts: one more begins with “{short(line.words)}”",
        "one text for one name",
        "give a name for each, as in: --slug articles/x --slug press-releases/y",
    )
