"""What a check found.

In: a place (file and line), what was found there, what was expected, and what to do.
Out: one `Finding`, printed the same way everywhere. A code is stable: it is never given a
second meaning, and a retired one stays listed. A warning is a finding that one can live with: it is
printed, and stops nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from operator import attrgetter

from kb.characters import unseen

CODES = {
    # 1xx: what can be read
    "KB101": "a file that cannot be read as UTF-8",
    "KB102": "YAML that cannot be read",
    "KB103": "a key or value that the schema does not allow",
    "KB104": "a name that the site cannot have",
    "KB105": "a page that exists in one language only",
    "KB106": "a document without exactly one title",
    "KB107": "something that is not text",
    "KB108": "twins that contradict each other",
    "KB109": "a character that cannot be seen or carried",
    "KB110": "two sources for one address",
    "KB111": "front matter that this site does not know",
    "KB112": "text whose lines cannot be told",
    "KB113": "HTML that does not close what it opens",
    "KB114": "Markdown that cannot be read",
    "KB115": "a date that has not come yet",
    "KB116": "a name that may be a person’s, written as one piece",
    "KB120": "an element that no page may have",
    "KB121": "an attribute or class that no page may have",
    "KB122": "text nested too deep",
    "KB123": "what a merge left behind",
    "KB124": "HTML that browsers read otherwise",
    "KB125": "an id that is not to be given here",
    "KB126": "a commentary without words",
    "KB127": "a concept related to itself",
    "KB130": "a link, or something that is no file",
    "KB131": "a file that the site does not take",
    "KB132": "more than the site takes",
    "KB133": "an unfinished run that is not this program’s",
    "KB134": "a site without a home page",
    "KB135": "a browser module that the copy to take along cannot hold",
    "KB140": "a file that cannot be imported",
    "KB141": "a file that is not one text",
    "KB142": "a name that is taken",
    # 2xx: anchors
    "KB201": "an id used twice",
    "KB202": "a malformed id",
    "KB203": "a paragraph or section without an id",
    "KB204": "ids out of order",
    "KB205": "an id that one language lacks",
    "KB206": "a published id that is gone",
    "KB207": "a withdrawn id used again",
    "KB208": "an id that moved to another text",
    "KB209": "a wording that the register does not know",
    "KB210": "a translation older than its original",
    "KB211": "braces that would show in the text",
    "KB212": "a register that contradicts itself",
    "KB213": "an id that the page would print instead of reading",
    "KB214": "a line that is gone from a register",
    "KB215": "a published wording that is not kept",
    "KB216": "a wording that does not fit its fingerprint",
    "KB217": "an id whose text was replaced",
    "KB218": "an edit of a published paragraph that nobody confirmed",
    "KB219": "paragraphs that have no counterpart one by one",
    "KB220": "a paragraph that only the translation splits",
    "KB221": "a line that looks empty and is not",
    # 3xx: received texts and collation
    "KB301": "a received text that was changed",
    "KB302": "received words that stand in no edition",
    "KB303": "a difference from the received text that is not declared",
    "KB304": "a declared emendation of a wording that has changed since",
    "KB305": "a declaration that matches nothing",
    "KB306": "an editor's note on words that are not there",
    # 4xx: links
    "KB401": "a link to a page that does not exist",
    "KB402": "a link to a paragraph or section that does not exist",
    "KB403": "a picture or file that does not exist",
    "KB404": "an address that no link may have",
    # 5xx: languages
    "KB501": "Chinese characters left in Japanese text",
    "KB502": "half-width punctuation in Chinese or Japanese text",
    "KB503": "two styles of writing in one Japanese text",
    # 6xx: glossary, commentary, timeline
    "KB601": "a discouraged rendering",
    "KB602": "a concept that only one of two twins names",
    "KB603": "figures that differ between twins",
    "KB604": "an unknown concept",
    "KB605": "a concept without definition or source",
    "KB606": "two definitions that each need the other",
    "KB607": "a commentary on a paragraph that does not exist",
    "KB608": "events out of order",
    "KB609": "a form that two concepts claim",
    "KB610": "one English quotation with two translations",
    "KB611": "a source that names a site only",
    "KB612": "a source without a title",
}
WARNINGS = frozenset({"KB111", "KB116", "KB503"})
# Errors from which a site is built all the same, each for a reason. All others stop a build, new ones too.
BEARABLE = frozenset((
    # Work that waits for somebody: the pages show what is there, and say what is missing or out of date.
    "KB105", "KB203", "KB204", "KB205", "KB209", "KB210", "KB219", "KB220", "KB304", "KB605",
    # The shape of a text, which is shown as it was written.
    "KB106", "KB107", "KB112", "KB221",
    # Differences from a received text: its collation page and the page of the state count them as undeclared.
    "KB302", "KB303",
    # A way to what is not there yet: it leads to the page that says so.
    "KB401", "KB402", "KB403", "KB604",
    # What could be written better.
    "KB108", "KB501", "KB502", "KB601", "KB602", "KB603", "KB606", "KB608", "KB609",
    "KB610", "KB611", "KB612",
))
_NUMBERED = re.compile(r"([^0-9]*)([0-9]+)[a-z]*")
_BREAKS = "\n\r\x85\u2028\u2029"
# At the beginning of a line, and anywhere in it: what a workflow would take for a command.
_COMMAND = re.compile(r"^(\s*):(?=:)|#(?=#\[)")
LONGEST_LINE = 5000


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that is wrong, where, and what to do about it.

    `file` is relative to the project's root, `line` counts from 1.
    """

    file: str
    line: int
    code: str
    found: str
    expected: str
    hint: str
    is_lenient: bool = field(default=False, kw_only=True)  # a warning, although its code is none

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown finding code {self.code}")

    @property
    def what(self) -> str:
        """What kind of thing it is."""
        return CODES[self.code]

    @property
    def is_warning(self) -> bool:
        return self.is_lenient or self.code in WARNINGS

    def __str__(self) -> str:
        severity = " (warning)" if self.is_warning else ""
        return printable(
            f"{escaped(self.file)}:{self.line}: {self.code}{severity} {self.what}: "
            f"found {escaped(self.found)}, expected {escaped(self.expected)}\n    hint: {self.hint}"
        )


def escaped(text: str) -> str:
    """`text` in one line of characters that can be seen: the others are spelled, as in `\\u202e`."""
    spelled = {*unseen(text), *(at for at, one in enumerate(text) if one in _BREAKS)}
    if not spelled:
        return text
    return "".join(_spelled(one) if at in spelled else one for at, one in enumerate(text))


def printable(text: str) -> str:
    """Lines that do nothing where they are printed: no line begins what a terminal or a workflow would take
    for a command, and none is endless."""
    return "\n".join(_COMMAND.sub(_uncommanded, escaped(line))[:LONGEST_LINE] for line in text.split("\n"))


def _uncommanded(begin: re.Match[str]) -> str:
    return (begin[1] or "") + _spelled(begin[0][-1])


def _spelled(character: str) -> str:
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def exit_code(findings: Collection[Finding]) -> int:
    """1 where anything but warnings was found, else 0."""
    return int(any(not one.is_warning for one in findings))


_PLACE = attrgetter("file", "line", "code", "found", "expected", "hint", "is_lenient")


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each once, by file and line."""
    return tuple(sorted(set(findings), key=_PLACE))  # as they compare, but where there are thousands


def severities(findings: Collection[Finding]) -> tuple[int, int]:
    """How many must be mended, and how many one can live with."""
    warnings = sum(one.is_warning for one in findings)
    return len(findings) - warnings, warnings


def nearest(wrong: str, known: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """That of `known` which is most like `wrong`, where any is as like it as `likeness` says (0 to 1). Of two
    numbers with the same letters before them, such as p99 and p67, the nearest by value."""
    words = sorted(set(known))
    if number := _NUMBERED.fullmatch(wrong):
        alike = [(abs(int(one[2]) - int(number[2])), word) for word in words
                 if (one := _NUMBERED.fullmatch(word)) and one[1] == number[1]]
        if alike:
            return min(alike)[1]
    folded = {word.casefold(): word for word in reversed(words)}
    close = get_close_matches(wrong.casefold(), folded, n=1, cutoff=likeness)
    return folded[close[0]] if close else None
