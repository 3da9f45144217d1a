"""`kb declare`: the lines that findings about received texts ask for, written into `sources/`.

In: a project's root folder, and the reasons, from a person at the terminal or from the command line. Out:
files written, all or nothing; what was left open. Both wordings are shown, and only the reason is asked:
where the two wordings themselves show it, Enter takes it. What differs in an original is not declared,
but restored."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kb import project, yamldata
from kb.collation.excerpts import beside, short
from kb.collation.undeclared import Undeclared
from kb.commands import report, transaction
from kb.files import read_text
from kb.findings import exit_code
from kb.importing import declaring
from kb.languages import BY_TAG, word
from kb.reporting import catalogue

_STOP = ("q", "quit", "停", "終了")


def run(root: Path, *, reasons: Sequence[str], agreed: bool, manner: report.Manner) -> int:
    """Declare what is undeclared. `reasons` are taken where the machine has none of its own and knows
    nothing against them; `agreed` takes those of the machine without asking."""
    emending, omitting = (yamldata.choices("edition", "reasons"), yamldata.choices("provenance", "reason"))
    if wrong := [one for one in reasons if one not in (*emending, *omitting)]:
        report.problem(f"no reason {wrong[0]}: one of {', '.join((*emending, *omitting))}", manner)
        return 2
    found = project.read(root)
    if exit_code(found.findings):
        return report.findings(found.findings, root, manner)
    open_ = [one for collation in found.collations for one in collation.undeclared]
    ask = _asking(manner.reader.tag, emending, omitting)
    chosen: list[tuple[Undeclared, Sequence[str]]] = []
    for number, one in enumerate(open_):
        known = emending if one.id else omitting
        given = declaring.fitting(one, [reason for reason in reasons if reason in known])
        said = declaring.proposed(one) or given
        if ask and not agreed and not reasons:
            answer = ask(one, said, len(open_) - number)
            if answer is None:
                break
            said = answer
        if said and (agreed or reasons or ask):
            chosen.append((one, said))
    return _written(root, chosen, open_, manner)


def _written(
    root: Path,
    chosen: Sequence[tuple[Undeclared, Sequence[str]]],
    open_: Sequence[Undeclared],
    manner: report.Manner,
) -> int:
    texts: dict[str, str | None] = {}
    files: dict[str, str | bytes | None] = {}
    for file in dict.fromkeys(one.file for one, _ in chosen):
        path = root / file
        texts[file] = read_text(path, file, as_it_is=True)[0] if path.is_file() else None
        lines = [(one, reasons) for one, reasons in chosen if one.file == file]
        made = declaring.with_lines(texts[file], file, lines)
        if made is None:
            report.problem(
                f"nothing is written: no line can be put into {file}: write each emendation and "
                "omission on a line of its own",
                manner,
            )
            return 1
        files[file] = made
    try:
        transaction.write(root, files, texts)
    except transaction.Overtaken as name:
        report.problem(f"nothing is written: {name} was changed meanwhile; run: kb declare, again", manner)
        return 1
    for one, reasons in chosen:
        report.note(f"{one.file}: {declaring.line_of(one, reasons)}", manner)
    left = [one for one in open_ if one not in [done for done, _ in chosen]]
    for one in left:
        received, edited = beside(one.received, one.edited) if one.edited else (short(one.received), "")
        report.note(
            f"{one.file}: {declaring.line_of(one, ['…'])}\n    {received}\n    {edited}".rstrip(), manner
        )
    report.note(f"{len(chosen)} declared, {len(left)} left", manner)
    return int(bool(left))


Ask = Callable[[Undeclared, Sequence[str], int], "tuple[str, ...] | None"]


def _asking(tag: str, emending: Sequence[str], omitting: Sequence[str]) -> Ask | None:
    """Somebody to ask, if there is a person at a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("CI"):
        return None
    return lambda one, said, left: asked(one, said, left, tag, known=emending if one.id else omitting)


def asked(
    one: Undeclared,
    said: Sequence[str],
    left: int,
    tag: str,
    *,
    known: Sequence[str],
    read: Callable[[str], str] | None = None,
) -> tuple[str, ...] | None:
    """The reasons that a person gives, by their numbers or names; None where they stop, nothing where they
    leave it open."""
    received, edited = beside(one.received, one.edited) if one.edited else (one.received, "—")
    words = catalogue.label("declare-question", tag).format(
        left=left,
        file=one.file,
        place=one.id or catalogue.label("declare-line", tag).format(line=one.line),
        language=catalogue.label(f"language-{one.language}", tag),
        received=received,
        edited=edited,
        reasons="  ".join(f"[{number}] {_spoken(reason, tag)}" for number, reason in enumerate(known, 1)),
        proposed=catalogue.label("comma", tag).join(_spoken(reason, tag) for reason in said) or "-",
    )
    while True:
        answer = (read or input)(words).replace("、", ",").replace("，", ",").strip().lower()
        if answer in _STOP:
            return None
        if not answer:
            return tuple(said)
        if answer == "-":
            return ()
        parts = [part.strip() for part in answer.replace(" ", ",").split(",") if part.strip()]
        names = [
            known[int(part) - 1] if part.isdigit() and 0 < int(part) <= len(known) else part for part in parts
        ]
        if all(name in known for name in names):
            return tuple(dict.fromkeys(names))


def _spoken(reason: str, tag: str) -> str:
    """A reason as a reader of the language calls it, with the word that stands in the file."""
    return f"{reason} {word(f'reason-{reason}', tag)}" if tag in BY_TAG else reason
