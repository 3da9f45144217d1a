"""Lines of a text as the blocks of an edition: title, headings, paragraphs, lists, quotations.

In: the lines that were kept, the language, and what is known of the text. Out: blocks with full-width
punctuation, each with what was decided and how sure that is. Marks of Markdown that a copy carries
(emphasis, pictures) are taken out and said as omissions. What no markup says is told from the words: a
line of numbers and no end is a heading, clauses that end in semicolons below a colon are a list, a line
within quotation marks below one that says who speaks is a quotation. Refuses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.characters import break_between, columns
from kb.importing import bold, foreign, numbered, punctuation
from kb.importing.values import Block, Facts, Judged, Line, Omission
from kb.importing.words import any_of
from kb.languages import Language, other

_END = re.compile(r"[。！？!?…]\s*[”’」』）)]*\s*$|[：:；;，,、]\s*$")
_CHAPTER = re.compile(rf"\s*{any_of('chapter')}")
_HEADING_WIDTH = 60  # columns: thirty characters
_TITLE_WIDTH = 120
_LEAD = re.compile(r"[：:]\s*$|(?:次の(?:とおり|通り)|以下の.{0,12}(?:とおり|通り)?)(?:である|です)?。\s*$")
_SAYS = re.compile(rf"{any_of('says')}[：:。]?\s*$")
_QUOTED = re.compile(
    r"\s*[“「『\"][^“”「」『』\"]*(?:[“‘「『][^“”「」『』]*[”’」』][^“”「」『』\"]*)*[”」』\"][。.]?\s*"
)
_CLAUSE = re.compile(r"[；;]\s*$")
_COUNTED = re.compile(rf"\s*{any_of('counted')}")
_FIRST = re.compile(r"\s*(?:第?一|其一|首先|まず|[（(]?[1１①]|ア[.．])")
_CLAUSES = re.compile(r"[^；;]+[；;]?\s*")
_COUNT = re.compile(r"((?<![第其同])(?:[一二三四五六]是|一种|另一种|其[一二三四五六]，))")
_END_WITHIN = re.compile(r"[。！？]")
_EMPHASIS = re.compile(r"\*\*|__")
_PICTURE = re.compile(r"!\s*\[[^\]]*\]\s*\([^)]*\)|(?<![^\s])!\s*$")
_WRAPPED = 0.6  # of the lines within a block must be as long as the longest for breaks to mean nothing


def shaped(
    judged: Sequence[Judged], language: Language, facts: Facts, *, is_original: bool
) -> tuple[tuple[Block, ...], tuple[Omission, ...]]:
    """The blocks that the kept lines make, and what is left out of them."""
    clean: list[tuple[Judged, str]] = []
    omitted: list[Omission] = []
    for one in judged:
        if one.is_text:
            words, gone = without_marks(one.line)
            omitted += gone
            if words.strip():
                clean.append((one, words))
    blocks = list(_blocks(numbered.judged(bold.judged(_joined(clean))), facts))
    blocks = _quotations(_lists([part for block in blocks for part in _enumerated(block)]))
    return tuple(_set(block, language, is_original) for block in blocks), tuple(omitted)


def without_marks(line: Line) -> tuple[str, list[Omission]]:
    """The words of a line without Markdown's emphasis and pictures, and these as omissions."""
    words, gone = line.words, []
    for found in dict.fromkeys(match[0] for match in _PICTURE.finditer(words)):
        gone.append(
            Omission(line.number, found, "image", "the mark of a picture", 1.0, found, words.count(found))
        )
        words = words.replace(found, "")
    if count := len(_EMPHASIS.findall(words)):
        mark = _EMPHASIS.search(words)
        assert mark
        if count % 2 == 0:
            gone.append(Omission(line.number, mark[0], "emphasis", "a mark of emphasis", 1.0, mark[0], count))
            words = words.replace(mark[0], "")
    return words, gone


def _joined(lines: Sequence[tuple[Judged, str]]) -> list[Block]:
    """A paragraph for each line, but where breaks within a block of lines mean nothing."""
    found: list[Block] = []
    wrapped = _wrapped([one.line for one, _ in lines])
    for at, (one, words) in enumerate(lines):
        before = lines[at - 1][0].line if at else None
        if (
            found
            and before
            and before.number in wrapped
            and one.line.number == before.number + 1
            and not (one.line.mark or _CHAPTER.match(words) or words.startswith("\u3000"))
        ):
            last = found.pop()
            found.append(
                replace(
                    last,
                    received=last.received + break_between(last.received, words) + words,
                    lines=(*last.lines, one.line.number),
                    sure=min(last.sure, 0.85),
                    why=(*last.why, f"line {one.line.number} goes on with it"),
                )
            )
            continue
        found.append(_block(one, words.strip()))
    return found


def _wrapped(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of lines after which a break means nothing: those as long as the longest of their block,
    where most of a plain text's are."""
    if not lines or lines[0].path or (any(line.mark for line in lines) and len(lines) < 4):
        return frozenset()
    widths = [columns(line.text) for line in lines]
    widest = max(widths)
    inner = [at for at, line in enumerate(lines[:-1]) if lines[at + 1].number == line.number + 1]
    full = [at for at in inner if widths[at] >= 0.9 * widest]
    if widest > 120 or len(inner) < 3 or len(full) < _WRAPPED * len(inner):
        return frozenset()
    return frozenset(lines[at].number for at in full)


def _block(one: Judged, words: str) -> Block:
    line = one.line
    kind = {"heading": "heading", "item": "item", "number": "number"}.get(line.mark, "paragraph")
    if kind == "paragraph" and line.is_bold and columns(words) <= _HEADING_WIDTH and not _END.search(words):
        return Block("heading", words, words, (line.number,), False, 2, "", one.sure, (one.why, bold.WHY))
    number = re.match(r"\s*(?:>\s*)*(\d{1,2})\.", line.text)
    return Block(
        kind,
        words,
        words,
        (line.number,),
        "blockquote" in line.names,
        line.level or 2,
        number[1] if number and kind == "number" else "",
        one.sure,
        (one.why,),
    )


def _blocks(found: Sequence[Block], facts: Facts) -> Iterator[Block]:
    """The same with the title and the headings told apart."""
    title = next((at for at, one in enumerate(found) if one.received == facts.title), None)
    if title is None:
        title = next(
            (
                at
                for at, one in enumerate(found[:3])
                if one.kind == "heading"
                or (columns(one.received) <= _TITLE_WIDTH and not _END.search(one.received))
            ),
            None,
        )
    levels = sorted({one.level for at, one in enumerate(found) if one.kind == "heading" and at != title})
    for at, one in enumerate(found):
        if at == title:
            sure = one.sure if one.received == facts.title or at == 0 else 0.7
            yield replace(one, kind="title", level=1, is_quoted=False, sure=sure, why=(*one.why, "the title"))
        elif one.kind == "heading":
            yield replace(one, level=2 + levels.index(one.level), why=(*one.why, "marked as a heading"))
        elif one.kind == "paragraph" and not one.is_quoted and _is_short(one) and _follows(found, at):
            counted = bool(_CHAPTER.match(one.received))
            sure = min(one.sure, 0.85 if counted else 0.55)
            if counted or _stands_alone(found, at):
                yield replace(
                    one,
                    kind="heading",
                    level=2,
                    sure=sure,
                    why=(*one.why, "short, without an end" + (", and counted" if counted else "")),
                )
            else:
                yield replace(one, sure=min(one.sure, 0.75))
        else:
            yield one


def _is_short(one: Block) -> bool:
    return columns(one.received) <= _HEADING_WIDTH and not _END.search(one.received)


def _follows(found: Sequence[Block], at: int) -> bool:
    """Whether a paragraph follows, of which this may be the heading."""
    return at + 1 < len(found) and found[at + 1].kind in ("paragraph", "item", "number") and at > 0


def _stands_alone(found: Sequence[Block], at: int) -> bool:
    """Whether neither neighbour is as short: lines of data stand together."""
    near = [found[at + 1], *found[at - 1 : at]]
    words = found[at].received
    return (
        not any(_is_short(one) and one.kind == "paragraph" for one in near)
        and not re.search(r"^(?:来源|出典|作者|記者|记者)|https?://|[:：]", words)
        and bool(re.search(r"\w", words))
    )


def _enumerated(block: Block) -> Iterator[Block]:
    """A paragraph whose clauses are counted, as the line that announces them and a list, or as the list
    alone, where that line stands before it. Editors do both, and leave many as they are: it is asked."""
    clauses = [one for one in _CLAUSES.findall(block.received) if one.strip()]
    lead, found, rest = "", clauses, _COUNT.split(clauses[0], maxsplit=1) if clauses else []
    if block.kind != "paragraph" or len(clauses) < 2:
        yield block
        return
    if len(rest) == 3 and _LEAD.search(rest[0]):
        lead, found = rest[0], [rest[1] + rest[2], *clauses[1:]]
    if not all(_COUNT.match(one) for one in found) or _END_WITHIN.search("".join(found)[:-1]):
        yield block
        return
    asked = replace(block, sure=min(block.sure, 0.6), why=(*block.why, "clauses that are counted"))
    if lead:
        yield replace(asked, received=lead, text=lead)
    for one in found:
        yield replace(asked, kind="item", received=one, text=one)


def _lists(found: Sequence[Block]) -> list[Block]:
    """What a line announces, as items of a list: clauses that end in semicolons, or paragraphs that count."""
    result = list(found)
    for at, lead in enumerate(found):
        if lead.kind != "paragraph" or not _LEAD.search(lead.received):
            continue
        items, sure = _announced(found, at + 1)
        for one in items:
            if numbered.is_word(result[one].received):
                continue  # its number is among its words
            why = (*result[one].why, "a clause of what the line above announces")
            result[one] = replace(result[one], kind="item", sure=min(result[one].sure, sure), why=why)
    return result


def _announced(found: Sequence[Block], start: int) -> tuple[range, float]:
    """The places of the items below a line, and how sure it is that they are a list."""
    end = start
    while end < len(found) and found[end].kind == "paragraph" and _CLAUSE.search(found[end].received):
        end += 1
    if end > start and end < len(found) and found[end].kind == "paragraph":
        counted = sum(bool(_COUNTED.match(one.received)) for one in found[start : end + 1])
        return range(start, end + 1), 0.85 if counted >= end - start else 0.65
    end = start
    while end < len(found) and found[end].kind == "paragraph" and _COUNTED.match(found[end].received):
        end += 1
    is_list = end - start >= 2 and _FIRST.match(found[start].received)
    return range(start, end if is_list else start), 0.65


def _quotations(found: Sequence[Block]) -> list[Block]:
    """What is said, below a line that says who speaks."""
    result = list(found)
    for at in range(1, len(result)):
        one, before = result[at], result[at - 1]
        if one.kind != "paragraph" or one.is_quoted or before.kind != "paragraph":
            continue
        whole = bool(_QUOTED.fullmatch(one.received))
        speaks = bool(_SAYS.search(before.received))
        if whole and (speaks or _LEAD.search(before.received)):
            result[at] = replace(
                one,
                is_quoted=True,
                sure=min(one.sure, 0.9),
                why=(*one.why, "within quotation marks, below who speaks"),
            )
        elif speaks and _LEAD.search(before.received):
            result[at] = replace(
                one,
                is_quoted=True,
                sure=min(one.sure, 0.6),
                why=(*one.why, "below a line that says who speaks"),
            )
    return result


def _set(block: Block, language: Language, is_original: bool) -> Block:
    # What a translation left in another language is set as that one is.
    own = is_original or not foreign.is_foreign(block.received, language)
    words = block.received[block.begins :]
    text = punctuation.set_(
        words, language if own else other(language), is_original=is_original or not own
    )
    if text == words:
        return replace(block, text=text)
    sure = block.sure if punctuation.is_set(text) else min(block.sure, 0.7)
    return replace(block, text=text, sure=sure, why=(*block.why, "punctuation made full-width"))
