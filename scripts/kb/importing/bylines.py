"""Who wrote a text, as the lines around it and the head of its page say.

In: lines near the beginning and the end of a text, and what a head names as author and as source. Out: a
`Told` for the author, or None where nobody is named. A name that follows a label of authors goes before
one that the head has, that before a body that issued the text, and a source is no author: it is proposed
only where nothing else is named, and asked about. A person's name is taken apart where its family name is
well known, and written as `family/given`; several are parted by `;`. What looks like neither a person nor
a body is asked about. Refuses nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb import names
from kb.characters import HAN, KANA
from kb.importing.values import Line, Told
from kb.importing.words import any_of
from kb.variants import variants

_SIGN = r"\s*[:：／/＝=|｜丨]\s*"
_EDGE = r"(?:^|(?<=[\s　|｜/／·・【\[（(●■◆▲]))"
# What ends a name: another label, a day, a bracket or bar, a wide space.
_LABELS = any_of("author-labels", "body-labels", "source-labels", "editor-labels", "labels", "counters",
                 "picture-labels")
_REST = (rf"(?=\s+{_LABELS}(?:{_SIGN}|\s|[\d(（]|$)|\s*[|｜/／＝=（(【】\[\]）)<>●■]"
         r"|\s*(?:19|20)\d\d|　|\s{2,}|\s*$)")
_NAMED = re.compile(
    rf"{_EDGE}(?:(?P<author>{any_of('author-labels')})(?:{_SIGN}|[ 　](?=[{HAN}{KANA}]))"
    rf"|(?P<body>{any_of('body-labels')}){_SIGN}|(?P<source>{any_of('source-labels')}){_SIGN})"
    rf"(?P<name>\S.{{0,40}}?){_REST}")
_CALLED = re.compile(r"(?<![a-z])(?:author|byline|writer)(?:[-_]?name)?(?![a-z])")
_SEVERAL = re.compile(r"\s*[、，,;；&＆]\s*|\s+和\s+")
_ROLE = re.compile(
    r"(?:本报|本刊|本网|本社)?(?:特约|实习|见习)?(?:记者|記者|通讯员|撰稿人)\s*|\s*(?:著|作|氏|さん)$")
_SENTENCE = re.compile(r"[。！？!?][”’」』）)]*\s*$")
_FEW = re.compile(rf"[{HAN}]{{2,4}}")


def author(lines: Sequence[Line], heads: Sequence[str], sources: Sequence[str]) -> Told | None:
    """The author of a text near which these lines stand. `heads` and `sources` are named by the head of
    its page."""
    said: dict[str, list[tuple[str, Line]]] = {"author": [], "body": [], "source": []}
    for kind, name, line in _said(lines):
        said[kind].append((name, line))
    sources = [*sources, *(name for name, _ in said["source"])]
    if said["author"]:
        name, line = said["author"][0]
        together = [one for one, other in said["author"] if other is line]
        if len(together) > 1:
            return _told("、".join(together), line, "several are named on one line", 0.7)
        others = [one for one, _ in said["author"][1:]]
        others += [one for one in heads if not _is_among(one, sources)]
        if any(not _is_among(one, [name]) for one in others):
            return _told(name, line, "two different authors are named", 0.55)
        return _told(name, line, "a line names who wrote it", 0.95)
    for name in heads:
        if _is_among(name, sources):
            return _told(name, None, "the page names it as author and as source", 0.6)
        return _told(name, None, "the head of the page names who wrote it", 0.85)
    for name, line in said["body"]:
        return _told(name, line, "a line names who issued it", 0.9)
    for name in sources:
        found = next((line for one, line in said["source"] if one == name), None)
        return _told(name, found, "only a source is named, which need not have written it", 0.5)
    return None


def named(lines: Sequence[Line]) -> tuple[str, ...]:
    """All names that lines give, of authors, bodies and sources."""
    return tuple(dict.fromkeys(name for _, name, _ in _said(lines)))


def _said(lines: Sequence[Line]) -> Iterator[tuple[str, str, Line]]:
    """(kind, name, line) of what lines say."""
    for line in lines:
        if _SENTENCE.search(line.text):
            continue
        for found in _NAMED.finditer(line.text):
            kind = next(one for one in ("author", "body", "source") if found[one])
            if name := _ROLE.sub("", found["name"]).strip(" 　:："):
                yield kind, name, line
        if _CALLED.search(line.names) and len(line.words) <= 16 and names.supposed(line.words):
            yield "author", line.words.strip(), line


def _told(name: str, line: Line | None, why: str, sure: float) -> Told:
    written, is_known = spelt(name)
    if not is_known and sure > 0.6:
        why, sure = f"{why}; is it a person or a body?", 0.6
    return Told("author", written, line.number if line else 0, line.text if line else name, why, sure)


def spelt(name: str) -> tuple[str, bool]:
    """A name as it is written for the front matter, and whether it is known to be a person's or a body's."""
    parts = [one for one in _SEVERAL.split(name) if one]
    if len(parts) == 1 and " " in name and all(names.supposed(one) for one in name.split()):
        parts = name.split()  # two whole names, each with its family name
    people = [names.supposed(one) for one in parts]
    if parts and all(people):
        return ";".join(f"{one.family}/{one.given}" for one in people if one), True
    if len(parts) > 1 and people[0]:  # what follows says who that is
        return f"{people[0].family}/{people[0].given}", False
    return name, names.is_body(name) and not (_FEW.fullmatch(name) and names.has_family(name))


def folded(name: str) -> str:
    """A name without its marks, each character as the first of its variants."""
    same = variants()
    return "".join(same.get(one, one) for one in re.sub(r"[\s　/;・·、，,]", "", name))


def _is_among(name: str, others: Sequence[str]) -> bool:
    return folded(name) in {folded(one) for one in others}


def alike(original: str, own: str) -> str:
    """The name that a translation gives, parted as its `original` is, if both have as many characters and
    are the same but for variants; else as it is."""
    solid = re.sub(r"[\s　/;、，,]", "", own)
    if not re.search("[/;]", original) or folded(original) != folded(own):
        return own
    made, at = "", 0
    for one in original:
        if one in "/;":
            made += one
        elif not one.isspace():
            made, at = made + solid[at : at + 1], at + 1
    return made
