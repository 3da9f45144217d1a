"""Two wordings side by side, short enough for one line, with what differs between brackets.

In: the received wording and the edited one. Out: both, as in `…很[不]严谨…` and `…很[]严谨…`, and in no
language but their own: `… (+3)` where three more differences follow. Refuses nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.characters import comparable
from kb.differences import changes

_AROUND = 8  # characters of what is the same that stand around a difference
_LONGEST = 40  # characters of one difference
_SHOWN = 4  # differences
_WORDS = 60  # characters of a wording that is shown alone


def short(words: str, most: int = _WORDS) -> str:
    """`words` in one line, with its middle left out where it is long."""
    words = " ".join(words.split())
    return words if len(words) <= most else f"{words[: most * 2 // 3]}…{words[-most // 3 :]}"


def beside(received: str, edited: str) -> tuple[str, str]:
    """Both wordings, with brackets around what differs."""
    runs: list[tuple[str, str, bool]] = []
    for one in changes(received, edited):
        same = one.same or comparable(one.before) == comparable(one.after)
        if runs and runs[-1][2] == same:
            before, after, _ = runs.pop()
            runs.append((before + one.before, after + one.after, same))
        else:
            runs.append((one.before, one.after, same))
    last = len(runs) - 1
    old, new, shown = "", "", 0
    for at, (before, after, same) in enumerate(runs):
        if not same:
            shown += 1
            if shown > _SHOWN:
                more = sum(not one[2] for one in runs[at:])
                return f"{old}… (+{more})", f"{new}… (+{more})"
            old, new = f"{old}[{short(before, _LONGEST)}]", f"{new}[{short(after, _LONGEST)}]"
            continue
        cut = {"first": at == 0, "last": at == last}
        old, new = old + _around(before, **cut), new + _around(after, **cut)
    return " ".join(old.split()), " ".join(new.split())


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """`text` in one line, with brackets around the words from each start to each end."""
    at, made = 0, ""
    for start, end in sorted(spans):
        made, at = f"{made}{text[at:start]}[{text[start:end]}]", end
    return " ".join((made + text[at:]).split())


def about(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The same, short: the first of these words and what is around them; the beginning and the end of `text`
    where there are none."""
    if not spans:
        return short(text)
    start, end = min(spans)
    before, after = text[max(0, start - 2 * _AROUND) : start], text[end : end + 2 * _AROUND]
    words = f"{before}[{short(text[start:end], _LONGEST)}]{after}"
    return " ".join(("…" * (start > 2 * _AROUND) + words + "…" * (end + 2 * _AROUND < len(text))).split())


def _around(same: str, *, first: bool, last: bool) -> str:
    """What is the same, but for what is far from any difference."""
    if len(same) <= 2 * _AROUND:
        return same
    before = "" if first else same[:_AROUND]
    after = "" if last else same[-_AROUND:]
    return f"{before}…{after}"


def yaml(words: str) -> str:
    """`words` as a value in a line of YAML."""
    return "'" + words.strip().replace("'", "''") + "'"
