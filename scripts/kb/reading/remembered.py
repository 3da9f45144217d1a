"""Readings that are remembered: each text is read once, until it changes.

In: a text, the settings, and the function that reads it. Out: its `Reading`, from the memory of the settings
or read anew, and then remembered. As bytes a reading is its packed HTML behind all else, in JSON. Remembered
is only what comes out of the bytes as it went in. Refuses to remember a text that could not be read: another
computer might be able to.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields

from kb.memory.digests import digest
from kb.reading.allowed import Refused
from kb.reading.settings import Settings
from kb.reading.values import Block, Link, Reading

_BLOCK, _LINK, _REFUSED = ([one.name for one in fields(kind)] for kind in (Block, Link, Refused))


def read(markdown: str, settings: Settings, anew: Callable[[str, Settings], Reading]) -> Reading:
    memory = settings.memory
    if memory is None or not settings.key:
        return anew(markdown, settings)
    key = digest((settings.key, markdown))
    data = memory.get(key)
    found = parsed(data) if data else None
    if found is None:
        found = anew(markdown, settings)
        if made := lasting(found):
            memory.put(key, made)
    return found


def take(markdown: str, settings: Settings, made: bytes) -> Reading:
    """The reading of `markdown` that another process has made `lasting`; it is remembered here."""
    if settings.memory is not None and settings.key:
        settings.memory.put(digest((settings.key, markdown)), made)
    found = parsed(made)
    assert found
    return found


def lasting(reading: Reading) -> bytes | None:
    """`reading` as bytes from which it comes as it is; None where it cannot be remembered."""
    data = None if reading.problem else written(reading)
    return data if data and parsed(data) == reading else None


def written(reading: Reading) -> bytes | None:
    """`reading` as bytes; None where something in it is no plain value."""
    try:
        rest = json.dumps([
            [[getattr(one, name) for name in _BLOCK] for one in reading.blocks],
            reading.contents,
            [[getattr(one, name) for name in _LINK] for one in reading.links],
            sorted(reading.ids),
            reading.unsupported,
            [[getattr(one, name) for name in _REFUSED] for one in reading.refused],
            reading.unknown_lines,
            reading.fault,
        ], ensure_ascii=False, separators=(",", ":")).encode()
    except (TypeError, ValueError):
        return None
    return len(rest).to_bytes(4, "big") + rest + reading.packed


def parsed(data: bytes) -> Reading | None:
    """The reading that these bytes are; None where they are not one."""
    end = 4 + int.from_bytes(data[:4], "big")
    try:
        blocks, contents, links, ids, unsupported, refused, unknown, fault = json.loads(data[4:end])
        return Reading(
            blocks=tuple(Block(*one) for one in blocks),
            packed=data[end:],
            contents=tuple(contents),
            links=tuple(Link(*one) for one in links),
            ids=frozenset(ids),
            unsupported=tuple((line, what) for line, what in unsupported),
            refused=tuple(Refused(*one) for one in refused),
            unknown_lines=tuple(unknown),
            fault=fault,
        )
    except (TypeError, ValueError):
        return None
