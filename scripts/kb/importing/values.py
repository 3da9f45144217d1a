"""What an import is made of: lines as they were received, decisions about them, and the blocks of a draft.

In and out: plain values, which the other modules of this package hand to each other. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

# Below this, an editor is asked.
SURE = 0.8


@dataclass(frozen=True)
class Line:
    """A line of a received text, `number` counted from 1, and what the markup says of it. `mark` is
    `heading`, `item`, `number` (an item of an ordered list), `quotation` or empty; `links` the share of its
    characters within links; `votes` what each extractor says (True: it is text), empty where none was asked;
    `path` the elements that it stands in, from the outermost; `names` their tags, classes and ids; `begins`
    the character at which its words begin, after a list's mark."""

    number: int
    text: str
    mark: str = ""
    level: int = 0
    links: float = 0.0
    votes: tuple[bool, ...] = ()
    path: tuple[int, ...] = ()
    names: str = ""
    is_bold: bool = False
    begins: int = 0

    @property
    def words(self) -> str:
        """Its text without the mark of a list."""
        return self.text[self.begins :].strip()


class Judged(NamedTuple):
    """A line: whether it is text, how sure that is, and why; `reason` where it is none."""

    line: Line
    is_text: bool
    sure: float
    why: str
    reason: str = ""


class Told(NamedTuple):
    """What is told of a text (`author`, `date`), the line that tells it (0: none does) with its words, why it
    is taken for that, and how sure it is."""

    name: str
    value: str
    line: int
    words: str
    why: str
    sure: float


@dataclass(frozen=True)
class Facts:
    """What is known of a text: empty where nothing says it. `told` says of author and date where they were
    found. A person's name has a slash between family and given name, and several names are parted by `;`.
    `doubtful` names the facts of which two things were said, `names` are all that lines around the text
    give."""

    title: str = ""
    author: str = ""
    date: str = ""
    address: str = ""
    doubtful: frozenset[str] = frozenset()
    told: tuple[Told, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taken:
    """A file as it was read: the `text` that is kept as the received text (its lines as `lines`), and where
    that was taken from: `form` (`text`, `html`, `docx`, `pdf`), the `encoding` of its bytes. `is_itself`
    where the text is the file, byte for byte."""

    form: str
    encoding: str
    text: str
    lines: tuple[Line, ...]
    facts: Facts = field(default_factory=Facts)
    is_itself: bool = False


@dataclass(frozen=True)
class Omission:
    """Words that are not of the text: the whole `line`, or `count` times `text` on it."""

    line: int
    words: str
    reason: str
    why: str
    sure: float
    text: str = ""
    count: int = 1


@dataclass(frozen=True)
class Block:
    """A part of a draft. `kind` is `title`, `heading`, `paragraph`, `item`, `number`; `is_quoted` where it
    stands in a quotation; `lines` are those it was received on, `received` its words as they were received,
    `text` as they are proposed; `why` says what was decided, `sure` how sure that is, from 0 to 1."""

    kind: str
    text: str
    received: str
    lines: tuple[int, ...]
    is_quoted: bool = False
    level: int = 2
    number: str = ""
    sure: float = 1.0
    why: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # reasons of an emendation, where the proposal is one
    begins: int = 0  # characters of `received` that are the mark of a list, which Markdown writes

    @property
    def is_citable(self) -> bool:
        return self.kind not in ("title", "heading")


@dataclass(frozen=True)
class Draft:
    """An edition in one language as it is proposed."""

    facts: Facts
    blocks: tuple[Block, ...]
