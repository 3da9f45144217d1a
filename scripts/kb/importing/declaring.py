"""Lines that declare what an editor did, or what two editions may say unlike each other, put into the data
files of `sources/`.

In: what is undeclared, the reasons that somebody gave, and the text of a data file. Out: the text with
the new lines in their places, everything else as it stands, comments among it (a list that stands on the
line of its key gets lines of its own); or None where the file is written in a way that a line cannot be put
into (all on one line, for example). What the machine can tell
of a reason: punctuation alone, or words that were left in Chinese. Refuses nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

import yaml

from kb import yamldata
from kb.characters import solid
from kb.checks.unlike import Unlike
from kb.collation.excerpts import yaml as quoted
from kb.collation.undeclared import Undeclared
from kb.importing import foreign, noise
from kb.importing.values import Line
from kb.languages import BY_TAG

_SIGNS = re.compile(r"[\W_]+")
_HEAD = """\
# yaml-language-server: $schema={up}scripts/kb/schemas/edition.json
# One line a paragraph: why the edition departs from the received text, with the fingerprint of the
# wording that is declared, or why both languages may differ. `kb declare` writes them.
"""
Declared = tuple[Undeclared | Unlike, Sequence[str]]  # with its reasons
_LISTS = ("omissions", "figures", "terms")
_PARAGRAPH = re.compile(r"p(\d+)([a-z]*)")


def proposed(one: Undeclared) -> tuple[str, ...]:
    """The reasons that the two wordings themselves show; those that stand there, where some do."""
    if one.reasons:
        return one.reasons
    if not one.id:
        told = noise.told(Line(one.line, one.received))
        return (told.reason,) if told else ()
    if not one.received:
        return () if one.has_source else ("left-out",)
    language = BY_TAG[one.language]
    much = sum(map(len, foreign.sentences(one.received, language))) > 0.5 * len(one.received)
    if (much or foreign.left(one.received, language)) and not foreign.sentences(one.edited, language):
        return ("untranslated",)
    return ("punctuation",) if _is_same_but_for_signs(one) else ()


def fitting(one: Undeclared, reasons: Sequence[str]) -> tuple[str, ...]:
    """Those of the given `reasons` that may be true of it: none where punctuation is all that is said and
    the words differ, or that it was left out, and words are left that may be its source."""
    if one.has_source:
        reasons = [reason for reason in reasons if reason != "left-out"]
    if one.id and tuple(reasons) == ("punctuation",) and not _is_same_but_for_signs(one):
        return ()
    return tuple(reasons)


def _is_same_but_for_signs(one: Undeclared) -> bool:
    words = (
        _SIGNS.sub("", unicodedata.normalize("NFKC", solid(text))) for text in (one.received, one.edited)
    )
    return len(set(words)) == 1


def line_of(one: Undeclared | Unlike, reasons: Sequence[str]) -> str:
    """The line that declares it."""
    if isinstance(one, Unlike):
        return f"- {one.line(yamldata.quoted(reasons[0]))}"
    if not one.id:
        text = "" if one.is_whole else f"text: {quoted(one.received)}, "
        return f"- {{line: {one.line}, {text}reason: {reasons[0]}}}"
    before = f"received: {one.mark}, " if one.mark else ""
    return f"{one.id}: {{reasons: [{', '.join(reasons)}], {before}text: {one.text}}}"


def with_lines(text: str | None, file: str, lines: Sequence[Declared]) -> str | None:
    """The data file `text` (None: there is none yet) with the lines of these."""
    wanted = _wanted(yaml.safe_load(text or "") or {}, lines)
    made = text if text is not None else _HEAD.format(up="../" * file.count("/"))
    for key in dict.fromkeys(_keys(one)[0] for one, _ in lines):
        made = _opened(made, key)
    rows = made.rstrip("\n").split("\n")
    for one, reasons in lines:
        _put(rows, _keys(one), one.id if isinstance(one, Undeclared) else "", line_of(one, reasons))
    made = "\n".join(rows) + "\n"
    try:
        return made if _in_no_order(yaml.safe_load(made)) == _in_no_order(wanted) else None
    except yaml.YAMLError:
        return None


def without_lines(text: str, numbers: Sequence[int]) -> str | None:
    """The data file without the lines of these numbers, each an entry of its own; keys that nothing stands
    below any more go too. None where something else would change."""
    values = yaml.safe_load(text)
    rows = text.split("\n")
    for number in sorted(numbers, reverse=True):
        own = yaml.safe_load(rows[number - 1].strip()) if 0 < number <= len(rows) else None
        if not isinstance(own, dict) or len(own) != 1 or not _took(values, own):
            return None
        del rows[number - 1]
        _closed(rows, number - 2)
    made = "\n".join(rows)
    return made if (yaml.safe_load(made) or {}) == values else None


def _took(values: dict[str, object], own: dict[str, object]) -> bool:
    """Take an entry out of the emendations, with the keys that hold nothing else."""
    emendations = values.get("emendations")
    for tag, declared in emendations.items() if isinstance(emendations, dict) else ():
        (name, entry), = own.items()
        if isinstance(declared, dict) and declared.get(name) == entry:
            del declared[name]
            if not declared and isinstance(emendations, dict):
                del emendations[tag]
            if not emendations:
                del values["emendations"]
            return True
    return False


def _closed(rows: list[str], at: int) -> None:
    """Take away the keys above a place that nothing stands below any more."""
    while at >= 0 and (found := re.fullmatch(r"( *)[\w-]+:\s*", rows[at])):
        if at + 1 < len(rows) and rows[at + 1].startswith(found[1] + " "):
            return
        del rows[at]
        at -= 1


def _keys(one: Undeclared | Unlike) -> Sequence[str]:
    """The keys below which its line stands."""
    if isinstance(one, Unlike):
        return [one.key]
    return ["emendations", one.language] if one.id else ["omissions"]


def _wanted(values: dict[str, object], lines: Sequence[Declared]) -> Mapping[str, object]:
    """The values that the file has to hold in the end."""
    for one, reasons in lines:
        own = yaml.safe_load(line_of(one, reasons))
        key, *below = _keys(one)
        if below:
            section = values.setdefault(key, {})
            assert isinstance(section, dict)
            section.setdefault(below[0], {}).update(own)
        else:
            listed = values.setdefault(key, [])
            assert isinstance(listed, list)
            listed += own
    return values


def _in_no_order(values: Mapping[str, object]) -> Mapping[str, object]:
    """The same, but for the order of what is only listed."""
    return {key: sorted(map(repr, listed)) if key in _LISTS and isinstance(listed, list) else listed
            for key, listed in values.items()}


def _opened(text: str, key: str) -> str:
    """`text` with each entry of the list `key` on a line of its own, where all stand within brackets; as it
    is where something else stands between them, such as a comment."""
    node = yaml.compose(text)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return text
    for name, listed in node.value:
        if name.value == key and isinstance(listed, yaml.SequenceNode) and listed.flow_style:
            start, end = listed.start_mark.index, listed.end_mark.index
            places = [(one.start_mark.index, one.end_mark.index) for one in listed.value]
            edges = [start + 1, *(at for place in places for at in place), end - 1]
            between = "".join(text[at:to] for at, to in zip(edges[::2], edges[1::2], strict=True))
            if not between.replace(",", "").strip():
                entries = "".join(f"\n  - {text[at:to]}" for at, to in places)
                return text[:start].rstrip() + entries + text[end:]
    return text


def _put(rows: list[str], keys: Sequence[str], name: str, line: str) -> None:
    """Put a line below these keys: in the place of that with the same name, or in its order."""
    start, end = 0, len(rows)
    for depth, key in enumerate(keys):
        indent = "  " * depth
        head = re.compile(rf"{indent}{re.escape(key)}:\s*(?:#.*)?")
        found = next((at for at in range(start, end) if head.fullmatch(rows[at])), None)
        if found is None:
            rows.insert(end, f"{indent}{key}:")
            found, end = end, end + 1
        start, end = found + 1, _end(rows, found + 1, end, indent)
    entry = next((one for at in range(start, end) if (one := re.match(r"( *)- ", rows[at]))), None)
    indent = entry[1] if entry and line.startswith("- ") else "  " * len(keys)
    own = [at for at in range(start, end) if name and rows[at].startswith(f"{indent}{name}: ")]
    if own:
        rows[own[0]] = f"{indent}{line}"
        return
    rank = _rank(line)
    at = next(
        (at for at in range(start, end) if rows[at].startswith(indent) and _rank(rows[at].strip()) > rank),
        None,
    )
    while at and at > start and rows[at - 1].lstrip().startswith("#"):
        at -= 1  # what is said of the next line stays above it
    rows.insert(end if at is None else at, f"{indent}{line}")


def _end(rows: Sequence[str], start: int, end: int, indent: str) -> int:
    """The row after the last of what stands below a key with this indentation; comments that stand further
    to the left, and empty rows, at its end belong to what comes next."""
    for at in range(start, end):
        row = rows[at]
        if row.strip() and not row.startswith((f"{indent} ", f"{indent}- ", "#")):
            end = at
            break
    below = (f"{indent} ", f"{indent}- ")
    while end > start and not (rows[end - 1].strip() and rows[end - 1].startswith(below)):
        end -= 1
    return end


def _rank(line: str) -> tuple[int, int, str]:
    """The order of lines: the title, headings, paragraphs by number; omissions by their line, what is listed
    by its paragraph."""
    if found := re.match(r"- \{line: (\d+)", line):
        return (int(found[1]), 0, "")
    if found := re.match(r"- (?:\{ ?)?on: p(\d+)([a-z]*)", line):
        return (1, int(found[1]), found[2])
    name = line.partition(":")[0]
    found = _PARAGRAPH.fullmatch(name)
    return (1, int(found[1]), found[2]) if found else (0, 0 if name == "title" else 1, name)
