"""Files that a command writes, or why it writes none.

In: a project's root folder, the new text of each file, the texts that this was made from, which command
writes. Out: whether all are written (`kb.commands.transaction`); where none is, why not is printed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kb.commands import report, transaction

_BEGINNING = ("import", "new")  # a file of theirs that is there by now is somebody else's


def written(root: Path, files: Mapping[str, str | bytes | None], read: Mapping[str, str | None], command: str,
            manner: report.Manner) -> bool:
    """Write all of `files` or none. `read` are the texts that they were made from (None: no file)."""
    try:
        transaction.write(root, files, read)
    except transaction.Overtaken as overtaken:
        name = str(overtaken)
        report.problem(
            f"nothing is written: {name} is there already" if command in _BEGINNING and read[name] is None
            else f"nothing is written: {name} was changed meanwhile; run: kb {command}, again", manner)
    except OSError as error:
        report.problem(f"nothing is written: {error.filename}: {error.strerror}", manner)
    else:
        return True
    return False
