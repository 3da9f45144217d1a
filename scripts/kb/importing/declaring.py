"""Lines that declare what an editor did, put into the data files of `sources/`.

In: what is undeclared, the reasons that somebody gave, and the text of a data file. Out: the text with
the new lines in their places, everything else as it stands, comments among it; or None where the file is
written in a way that a line cannot be put into (all on one line, for example). What the machine can tell
of a reason: punctuation alone, or words that were left in Chinese. Refuses nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

import yaml

from kb.characters import solid
from kb.collation.excerpts import yaml as quoted
from kb.collation.undeclared import Undeclared
from kb.importing import foreign, noise
from kb.importing.values import Line
from kb.languages import BY_TAG

_SIGNS = re.compile(r"[\W_]+")
_HEAD = """\
# yaml-language-server: $schema={up}scripts/kb/schemas/edition.json
# One line a paragraph: why the edition departs from the received text, and the fingerprint of the
# wording that is declared. `kb declare` writes them.
"""
_PARAGRAPH = re.compile(r"p(\d+)([a-z]*)")


def proposed(one: Undeclared) -> tuple[str, ...]:
    """The reasons that the two wordings themselves show; those that stand there, where some do."""
    if one.reasons:
        return one.reasons
    if not one.id:
        told = noise.told(Line(one.line, one.received))
        return (told.reason,) if told else ()
    if not one.received:
        return ("left-out",)
    language = BY_TAG[one.language]
    much = sum(map(len, foreign.sentences(one.received, language))) > 0.5 * len(one.received)
    if (much or foreign.left(one.received, language)) and not foreign.sentences(one.edited, language):
        return ("untranslated",)
    return ("punctuation",) if _is_same_but_for_signs(one) else ()


def fitting(one: Undeclared, reasons: Sequence[str]) -> tuple[str, ...]:
    """Those of the given `reasons` that may be true of it: none where punctuation is all that is said and
    the words differ."""
    if one.id and tuple(reasons) == ("punctuation",) and not _is_same_but_for_signs(one):
        return ()
    return tuple(reasons)


def _is_same_but_for_signs(one: Undeclared) -> bool:
    words = (
        _SIGNS.sub("", unicodedata.normalize("NFKC", solid(text))) for text in (one.received, one.edited)
    )
    return len(set(words)) == 1


def line_of(one: Undeclared, reasons: Sequence[str]) -> str:
    """The line that declares it."""
    if not one.id:
        text = "" if one.is_whole else f"text: {quoted(one.received)}, "
        return f"- {{line: {one.line}, {text}reason: {reasons[0]}}}"
    before = f"received: {one.mark}, " if one.mark else ""
    return f"{one.id}: {{reasons: [{', '.join(reasons)}], {before}text: {one.text}}}"


def with_lines(text: str | None, file: str, lines: Sequence[tuple[Undeclared, Sequence[str]]]) -> str | None:
    """The data file `text` (None: there is none yet) with the lines of these."""
    wanted = _wanted(yaml.safe_load(text or "") or {}, lines)
    rows = (text if text is not None else _HEAD.format(up="../" * file.count("/"))).rstrip("\n").split("\n")
    for one, reasons in lines:
        line = line_of(one, reasons)
        _put(rows, ["emendations", one.language] if one.id else ["omissions"], one.id, line)
    made = "\n".join(rows) + "\n"
    try:
        return made if yaml.safe_load(made) == wanted else None
    except yaml.YAMLError:
        return None


def _wanted(
    values: dict[str, object], lines: Sequence[tuple[Undeclared, Sequence[str]]]
) -> Mapping[str, object]:
    """The values that the file has to hold in the end."""
    for one, reasons in lines:
        [own] = [yaml.safe_load(line_of(one, reasons))]
        if one.id:
            section = values.setdefault("emendations", {})
            assert isinstance(section, dict)
            section.setdefault(one.language, {}).update(own)
        else:
            listed = values.setdefault("omissions", [])
            assert isinstance(listed, list)
            listed += own
            listed.sort(key=lambda entry: entry["line"])
    return values


def _put(rows: list[str], keys: Sequence[str], name: str, line: str) -> None:
    """Put a line below these keys: in the place of that with the same name, or in its order."""
    start, end = 0, len(rows)
    for depth, key in enumerate(keys):
        indent = "  " * depth
        found = next((at for at in range(start, end) if rows[at].rstrip() == f"{indent}{key}:"), None)
        if found is None:
            rows.insert(end, f"{indent}{key}:")
            found, end = end, end + 1
        start = found + 1
        end = next(
            (
                at
                for at in range(start, end)
                if rows[at].strip()
                and not rows[at].startswith(f"{indent} ")
                and not rows[at].lstrip().startswith("#")
            ),
            end,
        )
    while end > start and not rows[end - 1].strip():
        end -= 1
    indent = "  " * len(keys)
    own = [at for at in range(start, end) if name and rows[at].startswith(f"{indent}{name}: ")]
    if own:
        rows[own[0]] = f"{indent}{line}"
        return
    rank = _rank(line)
    at = next(
        (at for at in range(start, end) if rows[at].startswith(indent) and _rank(rows[at].strip()) > rank),
        end,
    )
    rows.insert(at, f"{indent}{line}")


def _rank(line: str) -> tuple[int, int, str]:
    """The order of lines: the title, headings, paragraphs by number; omissions by their line."""
    if found := re.match(r"- \{line: (\d+)", line):
        return (int(found[1]), 0, "")
    name = line.partition(":")[0]
    found = _PARAGRAPH.fullmatch(name)
    return (1, int(found[1]), found[2]) if found else (0, 0 if name == "title" else 1, name)
