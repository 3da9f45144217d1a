"""New pages and events, from what an editor says of them.

In: the kind (`commentary`, `concept`, `event`, `document`), values by the names of its fields, and the
text of the timeline. Out: files by name, both languages alike, and what to write next. Each field says
what it is, with an example. A value that cannot stand there is named, with the reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from kb import dates, kinds
from kb.importing import editions, writing
from kb.languages import SHORT, Language
from kb.yamldata import quoted

_SLUG = re.compile(r"[a-z][a-z0-9-]*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_PARAGRAPH = r"[a-z0-9/-]+#p[0-9]+[a-z]*"
_PARAGRAPHS = re.compile(rf"{_PARAGRAPH}(?:\s*,\s*{_PARAGRAPH})*")
_SHELF = next(iter(kinds.SHELVES))
_SOURCES = {"zh-Hans": "出处", "ja": "出典"}


class Field(NamedTuple):
    """What is asked: its name, an example, and what it has to be. `offers` says what is known of it:
    paragraphs, authors or concepts."""

    name: str
    example: str
    pattern: re.Pattern[str] = re.compile(r".*\S.*", re.DOTALL)
    offers: str = ""
    is_optional: bool = False
    choices: tuple[str, ...] = ()


def _both(name: str, zh: str, ja: str) -> tuple[Field, Field]:
    return Field(f"{name}.zh", zh), Field(f"{name}.ja", ja)


FIELDS: Mapping[str, tuple[Field, ...]] = {
    "commentary": (
        Field("slug", "filing-dates", _SLUG),
        Field("kind", "note", choices=kinds.COMMENTARY),
        Field(
            "on",
            f"{_SHELF}/x#p12",
            _PARAGRAPHS,
            offers="paragraphs",
        ),
        *_both("title", "备案期限的由来", "届出期限の由来"),
        Field("authors", "王/小明", offers="authors"),
        Field("date", "2026-11-27", _DAY),
        *_both("source", "商务部公告2025年第21号", "経済産業省告示第21号（2025年）"),
        *_both("description", "说明备案期限的由来。", "届出期限の由来を説明する。"),
    ),
    "concept": (
        Field("slug", "filing", _SLUG, offers="concepts"),
        *_both("term", "备案", "届出"),
        Field("english", "filing"),
        *_both("reading", "bèi'àn", "とどけで"),
        *_both(
            "definition",
            "备案，是把事项报给主管机关存查。",
            "届出とは、ある事柄を行政機関に知らせることをいう。",
        ),
        *_both("source", "《行政许可法》第12条", "行政手続法2条7号"),
        *_both("description", "备案的含义与译名。", "届出の意味と訳語。"),
    ),
    "event": (
        Field("date", "2026-11-27", _DATE),
        *_both("title", "公布备案办法", "届出規則の公布"),
        *_both("text", "主管机关公布备案办法。", "主管官庁が届出規則を公布した。"),
        Field("source", "商务部公告2025年第21号"),
        Field(
            "paragraphs",
            f"{_SHELF}/x#p12",
            _PARAGRAPHS,
            offers="paragraphs",
            is_optional=True,
        ),
        Field(
            "concepts",
            "filing",
            re.compile(r"[a-z0-9-]+(?:\s*,\s*[a-z0-9-]+)*"),
            offers="concepts",
            is_optional=True,
        ),
    ),
    "document": (
        Field("slug", f"{_SHELF}/equipment-filing", re.compile(r"[a-z][a-z0-9-]*/[a-z0-9][a-z0-9-]*")),
        *_both("title", "关于设备备案的通知", "設備の届出に関する通知"),
        *_both("author", "港城市商务局", "港城市商務局"),
        Field("published", "2026-09-01", _DATE),
        Field("original", "zh", choices=tuple(SHORT)),
        Field("translated-by", "machine", choices=("machine", "human", "unknown")),
        *_both("description", "说明这是什么文本。", "どのようなテキストかを述べる。"),
        *_both("text", "为规范设备的进出，现通知如下。", "設備の出入りについて、次のとおり通知する。"),
    ),
}
NEXT: Mapping[str, str] = {
    "commentary": "next: write the commentary below the second line of dashes in both files, "
    "then run: kb check",
    "concept": "next: write the explanation below the definition in both files, then run: kb check",
    "event": "next: look at the timeline with make serve, then run: kb check",
    "document": "next: write the rest of the text in both files, a blank line between paragraphs, "
    "then run: kb anchors, kb check",
}


def wrong(field: Field, value: str) -> str:
    """Why a value cannot stand there; empty where it can."""
    if field.choices and value not in field.choices:
        return f"{field.name}: “{value}”, and not one of {', '.join(field.choices)}"
    if not field.pattern.fullmatch(value):
        return f"{field.name}: “{value}”, and not as in {field.example}"
    if field.pattern in (_DAY, _DATE) and not dates.exists(value):
        return f"{field.name}: “{value}”, and not a date that exists"
    if field.name == "slug" and "/" in field.example and not editions.is_slug(value):
        return f"{field.name}: “{value}”, and not in one of the folders {', '.join(kinds.SHELVES)}"
    return ""


def files(kind: str, values: Mapping[str, str], timeline: str) -> dict[str, str]:
    """The files of a new page, or the timeline with the new event."""
    if kind == "event":
        return {"timeline/events.yml": with_event(timeline, values)}
    make = {"commentary": _commentary, "concept": _concept, "document": _document}[kind]
    folder = {"commentary": "commentary/", "concept": "glossary/", "document": ""}[kind]
    return {
        f"{language.tree}/{folder}{values['slug']}.md": make(values, name, language)
        for name, language in SHORT.items()
    }


def _commentary(values: Mapping[str, str], name: str, language: Language) -> str:
    front = {
        "kind": values["kind"],
        "title": values[f"title.{name}"],
        "authors": [writing.name(one) for one in split(values["authors"])],
        "date": values["date"],
        "on": split(values["on"]),
        "sources": [{"text": values[f"source.{name}"]}],
        "description": values[f"description.{name}"],
    }
    return f"{writing.front_matter(front)}\n{values[f'description.{name}']}\n"


def _concept(values: Mapping[str, str], name: str, language: Language) -> str:
    term = values[f"term.{name}"]
    front = {
        "kind": "concept",
        "term": term,
        "english": values["english"],
        "reading": values[f"reading.{name}"],
        "description": values[f"description.{name}"],
    }
    return (
        f"{writing.front_matter(front)}\n# {term}\n\n{values[f'definition.{name}']}\n\n"
        f"## {_SOURCES[language.tag]} {{ #sources }}\n\n* {values[f'source.{name}']}\n"
    )


def _document(values: Mapping[str, str], name: str, language: Language) -> str:
    is_original = values["original"] == name
    front: dict[str, Any] = {
        "kind": kinds.SHELVES[values["slug"].partition("/")[0]].key,
        "description": values[f"description.{name}"],
        "author": writing.name(values[f"author.{name}"]),
        "published": values["published"],
        "text": "original" if is_original else "translation",
    }
    if not is_original:
        front["translation"] = {"from": SHORT[values["original"]].tag, "by": values["translated-by"]}
    return f"{writing.front_matter(front)}\n# {values[f'title.{name}']}\n\n{values[f'text.{name}']}\n"


def split(value: str) -> list[str]:
    """Several values, parted by commas."""
    return [one.strip() for one in re.split(r"[,，、]", value) if one.strip()]


def with_event(text: str, values: Mapping[str, str]) -> str:
    """The timeline with one more event, in the order of dates."""
    lines = (
        text or "# yaml-language-server: $schema=../scripts/kb/schemas/timeline.json\nevents:\n"
    ).splitlines()
    fields = {
        "title": _pair(values, "title"),
        "text": _pair(values, "text"),
        "sources": f"[{{text: {quoted(values['source'])}}}]",
    }
    fields |= {
        name: f"[{', '.join(split(values[name]))}]"
        for name in ("paragraphs", "concepts")
        if values.get(name)
    }
    entry = [f'  - date: "{values["date"]}"', *(f"    {name}: {one}" for name, one in fields.items())]
    starts = [
        (at, found[1])
        for at, line in enumerate(lines)
        if (found := re.match(r"\s*- date: ['\"]?([\d-]+)", line))
    ]
    first = next((at for at, line in enumerate(lines) if line.startswith("events:")), -1)
    end = next((at for at in range(first + 1, len(lines)) if re.match(r"[a-z]", lines[at])), len(lines))
    at = next((at for at, date in starts if date > values["date"]), end)
    return "\n".join([*lines[:at], *entry, *lines[at:]]) + "\n"


def _pair(values: Mapping[str, str], name: str) -> str:
    words = (f"{one.tag}: {quoted(values[f'{name}.{short}'])}" for short, one in SHORT.items())
    return "{" + ", ".join(words) + "}"
