"""People and bodies, as front matter names them.

In: a name as it is written (“东不压桥研究院”), a mapping of family and given name, or a list of
these. Out: `Name`s. A plain string is one name and is never split: only who wrote it knows where the
family name ends, and a body has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.languages import word

_HAN_OR_KANA = r"\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_CJK = re.compile(rf"[{_HAN_OR_KANA}・]+")
_GAP = re.compile(rf"(?<=[{_HAN_OR_KANA}]) +(?=[{_HAN_OR_KANA}])")


@dataclass(frozen=True)
class Name:
    """A person (`family`, `given`), or a body or pen name (`literal`)."""

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def full(self) -> str:
        """As a reader sees it: 王小明, 山田太郎, Jane Smith."""
        if self.literal or not self.given:
            return self.literal or self.family
        if _CJK.fullmatch(self.family + self.given):
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
