"""How far a long piece of work has come, for somebody who waits at a terminal.

In: what is being done and in how many pieces; the terminal, which `kb build` hands on, because what the build
prints goes elsewhere. Out: one line on the terminal, written over again, with the pieces, their number and
the time left; where there is no terminal, nothing. Refuses nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TextIO

import click

from kb.reporting import catalogue

# The number of a file that is open, and the language of what stands there, as in `5:ja`.
VARIABLE = "KB_TERMINAL"
_FEW = 12  # pieces that are done before anybody could read how many

Step = Callable[[], None]


@contextmanager
def over(what: str, count: int) -> Iterator[Step]:
    """A line for as long as the work goes on; call what is given after each of `count` pieces. `what` is a
    label of the reports: texts, pages, files."""
    with ExitStack() as stack:
        stream, tag = _stream(stack)
        if stream is None or count < _FEW:
            yield lambda: None
            return
        bar = stack.enter_context(click.progressbar(
            length=count, label=catalogue.label(f"progress-{what}", tag), show_pos=True, show_percent=False,
            file=stream, update_min_steps=max(1, count // 200)))
        yield lambda: bar.update(1)


def _stream(stack: ExitStack) -> tuple[TextIO | None, str]:
    number, _, tag = os.environ.get(VARIABLE, "").partition(":")
    try:
        stream = (stack.enter_context(os.fdopen(int(number), "w", encoding="utf-8", closefd=False))
                  if number else sys.stderr)
        return (stream if stream.isatty() else None), tag or catalogue.language()
    except (OSError, ValueError):
        return None, ""


@contextmanager
def terminal(tag: str) -> Iterator[tuple[Sequence[int], Mapping[str, str]]]:
    """For a command whose output is taken: the files that it has to keep open, and the environment that tells
    it of the terminal. `tag` is the language of what stands there."""
    if os.name != "posix" or not sys.stderr.isatty():
        yield (), {}
        return
    number = os.dup(sys.stderr.fileno())
    try:
        yield (number,), {VARIABLE: f"{number}:{tag}"}
    finally:
        os.close(number)
