"""People and bodies, as front matter names them.

In: a name as it is written (“东不压桥研究院”), a mapping of family and given name, or a list of
these. Out: `Name`s. A plain string is one name and is never split: only who wrote it knows where the
family name ends, and a body has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.characters import HAN, HANGUL, KANA, VARIATION
from kb.languages import word

# Names that are written family name first and without a space, with the marks that stand within them.
_FAMILY_FIRST = re.compile(f"[{HAN}{KANA}{HANGUL}{VARIATION}・･＝゠]+")
_EAST = f"[{HAN}{KANA}]"
_GAP = re.compile(f"(?:(?<={_EAST})|(?<={_EAST}[{VARIATION}]))[ \u3000]+(?={_EAST})")


@dataclass(frozen=True)
class Name:
    """A person (`family`, `given`), or a body or pen name (`literal`)."""

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def full(self) -> str:
        """As a reader sees it: 王小明, 𠮷田太郎, 김철수, Jane Smith."""
        if self.literal or not self.given:
            return self.literal or self.family
        if _FAMILY_FIRST.fullmatch(self.family + self.given):
            return self.family + self.given
        return f"{self.given} {self.family}"

    @property
    def inverted(self) -> str:
        """As catalogues sort it and as RIS, BibTeX and Highwire tags want it: 王, 小明."""
        return self.literal or ", ".join(part for part in (self.family, self.given) if part)


def read(value: object) -> tuple[Name, ...]:
    """The names in `value`, which the schemas have checked."""
    if isinstance(value, str):
        return (Name(literal=value),)
    if isinstance(value, Mapping):
        return (Name(value["family"], value.get("given", "")),)
    return tuple(name for one in value for name in read(one)) if isinstance(value, Sequence) else ()


def cited(value: object) -> tuple[Name, ...]:
    """The same as references give them: the space that parts two words of a Chinese or Japanese
    name on a page is typesetting, and programs would take it for the end of a given name."""
    return tuple(Name(name.family, name.given, _GAP.sub("", name.literal)) for name in read(value))


def line(value: object, tag: str) -> str:
    """All names in one line, in the language `tag`."""
    return word("list-comma", tag).join(name.full for name in read(value))
