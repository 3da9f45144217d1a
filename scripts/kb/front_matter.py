"""Front matter: what the author says of a page, checked by what the page is.

In: the YAML at the head of a Markdown file. Out: a `Record`, and findings. Documents, commentary,
concepts and the site's own kinds of page have a closed schema. A plain page may come from another
generator, whose keys (`date`, `tags`, `layout`, `template`, …) mean nothing here: they are left out
with a warning, and the page is read. Refuses what no YAML parser reads, aliases, and a misspelt or
forgotten kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from typing import Any

from kb import kinds, yamldata
from kb.findings import Finding
from kb.kinds import PLAIN
from kb.languages import words
from kb.yamldata import Record

# What begins like this is a mapping, if it is YAML at all.
_KEY = re.compile(r"[a-z][a-z-]*:[ \n]")
# What Hugo may write instead.
_TOML = re.compile(r"\+\+\+[ \t]*\n.*?^\+\+\+[ \t]*$", re.DOTALL | re.MULTILINE)
_SCHEMAS = {
    **dict.fromkeys(kinds.DOCUMENTS, "document"),
    **dict.fromkeys(kinds.COMMENTARY, "commentary"),
    kinds.CONCEPT: "concept",
}
# Keys of our documents, commentary and concepts. Other generators have some of them, hardly two of a row.
_DOCUMENTS = tuple(kinds.DOCUMENTS)
_OWN = ((("published", "text", "translation", "headings"), _DOCUMENTS),
        (("on", "authors"), kinds.COMMENTARY), (("on", "sources"), kinds.COMMENTARY),
        (("term", "english", "reading", "discouraged", "false-friends"), (kinds.CONCEPT,)))
# What stands in a folder of that name.
_KINDS_IN = {"commentary": kinds.COMMENTARY, "glossary": (kinds.CONCEPT,)}
# How near to one of our kinds another is a slip of the pen: Hugo's “section” is no “correction”.
_NEAR = 0.75


def read(text: str, *, file: str, first_line: int) -> tuple[Record, tuple[Finding, ...]]:
    """The front matter `text`, which begins on `first_line` of `file`."""
    record, findings = yamldata.load(text, file=file, first_line=first_line, aliases=False)
    if findings:
        return record, findings
    kind = record.values.get("kind", PLAIN)
    is_unknown = bool(yamldata.check(record, "kind", file=file, first_line=first_line))
    if is_unknown or "kind" not in record.values:
        if meant := _meant(record.values, file):
            return _of_kind(record, meant[0], file, first_line, _kind(record, meant, file, first_line))
        return _plain(record, file, first_line)
    return _plain(record, file, first_line) if kind == PLAIN else _of_kind(record, kind, file, first_line)


def schema_of(kind: str) -> str:
    """The name of the schema by which the front matter of such a page is checked."""
    return _SCHEMAS.get(kind, PLAIN)


def _of_kind(record: Record, kind: str, file: str, first_line: int, *wrong: Finding
             ) -> tuple[Record, tuple[Finding, ...]]:
    """The front matter of a page that is, or was to be, of that kind: this decides which keys it may have.
    `wrong` is what is wrong with its kind; what else is wrong is said at the same time."""
    schema = schema_of(kind)
    record = yamldata.with_text(record, schema)
    whole = replace(record, values={**record.values, "kind": kind}) if wrong else record
    return record, tuple(sorted((*wrong, *yamldata.check(whole, schema, file=file, first_line=first_line))))


def _meant(values: Mapping[str, Any], file: str) -> tuple[str, ...]:
    """The kinds, the likeliest first, that a page without one that we know was to have; none for a plain
    page. It would lose its ids, its notes and its references without a word."""
    folder = file.rpartition("/")[0].partition("/")[2]
    expected = _KINDS_IN.get(folder.partition("/")[0], ())
    kind = values.get("kind")
    if isinstance(kind, str):
        near = _in_words().get(kind) or next(iter(get_close_matches(
            kind.lower(), kinds.ALL, n=1, cutoff=_NEAR)), PLAIN)
        if near != PLAIN:
            return (near, *(one for one in expected if one != near))
        if expected and not kind.isascii():
            return expected  # in Chinese or Japanese it was written for this site
    # To Jekyll, `published` is true or false.
    own = {key for key in values if not isinstance(values[key], bool)}
    rows = [meant for row, meant in _OWN if len(own.intersection(row)) > 1]
    return (expected if expected in rows else rows[0]) if rows else ()


@cache
def _in_words() -> Mapping[str, str]:
    """A kind by the word that readers see."""
    return {
        **{wording: key.removeprefix("kind-") for key, wordings in words().items()
           if key.startswith("kind-") for wording in wordings.values()},
        **{name: kind.key for kind in kinds.DOCUMENTS.values() for name in kind.names.values()},
    }


def _kind(record: Record, meant: tuple[str, ...], file: str, first_line: int) -> Finding:
    """What is wrong with the kind of a page that was to be of one of the kinds `meant`."""
    known = ", ".join(meant if len(meant) > 1 else kinds.ALL)
    if "kind" not in record.values:
        return Finding(file, first_line, "KB103", "no “kind”", "“kind: …”",
                       f"say what the page is ({known}), as in “kind: {meant[0]}”")
    near = f"did you mean “{meant[0]}”?"
    wrong = yamldata.check(record, "kind", file=file, first_line=first_line)[0]
    here = f"; here it can be {known}" if len(meant) > 1 else ""
    return replace(wrong, hint=near + here)


def _plain(record: Record, file: str, first_line: int) -> tuple[Record, tuple[Finding, ...]]:
    """What a plain page says that this site understands, and a warning for the rest."""
    record = yamldata.with_text(record, PLAIN)
    allowed = yamldata.keys(PLAIN)
    unknown = [key for key in record.values if key not in allowed]
    known = {key: value for key, value in record.values.items() if key in allowed}
    wrong = yamldata.check(replace(record, values=known), PLAIN, file=file, first_line=first_line)
    warnings = [replace(one, code="KB111", hint=f"it is not used: {one.hint}") for one in wrong]
    if unknown:
        warnings.append(_unknown(unknown, allowed, record, file))
    refused = {key for key in known if _fails(key, known[key])}
    values = {key: value for key, value in known.items() if key not in refused}
    return replace(record, values=values), tuple(sorted(warnings))


def _fails(key: str, value: Any) -> bool:
    return bool(yamldata.check(Record({key: value}), PLAIN, file=""))


def _unknown(keys: list[str], allowed: tuple[str, ...], record: Record, file: str) -> Finding:
    named = ", ".join(f"“{key}”" for key in keys)
    close = dict(_close(keys, allowed))
    return Finding(
        file, record.line(keys[0]), "KB111", f"the key{'s' if len(keys) > 1 else ''} {named}",
        "one of " + ", ".join(allowed),
        "; ".join(f"did you mean “{there}” by “{here}”?" for here, there in close.items())
        or "they may stay: another generator knows them, and this site leaves them out")


def _close(keys: list[str], allowed: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key in keys:
        if close := get_close_matches(key, allowed, n=1, cutoff=0.75):
            yield key, close[0]


def is_some(text: str) -> bool:
    """Whether what stands between two lines of dashes is front matter at all, and not a text between two
    rules: keys and values, or what was to be some."""
    if _KEY.match(text):
        return True  # nearly every page: it is not read twice
    record, findings = yamldata.load(text, file="")
    return bool(record.values) or not text.strip() or not any(one.found == "no mapping" for one in findings)


def unread(text: str, file: str) -> tuple[Finding, ...]:
    """A warning where another kind of front matter stands, which is shown as text."""
    if _TOML.match(text):
        return (Finding(file, 1, "KB111", "front matter between “+++”", "“---” and YAML",
                        "it is shown as text: write it in YAML, or remove it"),)
    return ()
