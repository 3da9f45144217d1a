"""What a page says of its text: title, author, date, address.

In: the tree of a page, or the lines of a text. Out: `Facts`, with where author and date were found and how
sure that is; those are named as doubtful of which two things are said, or which only the place of a line
tells. Nothing is made up: what nobody says is empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from lxml import html

from kb import addresses, dates
from kb.importing import bylines
from kb.importing.values import SURE, Facts, Judged, Line, Told

_DAY = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_ERA = re.compile(r"(令和|平成|昭和)\s*(元|\d{1,2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_FIRST = {"令和": 2019, "平成": 1989, "昭和": 1926}
_NAMED = {
    "title": ("og:title", "twitter:title", "ArticleTitle", "citation_title", "DC.Title"),
    "author": ("author", "article:author", "citation_author", "DC.Creator", "byl"),
    "source": ("ContentSource", "source", "mediaid", "og:article:source"),
    "date": (
        "article:published_time",
        "PubDate",
        "pubdate",
        "publishdate",
        "date",
        "citation_publication_date",
        "DC.Date",
        "dcterms.date",
    ),
    "changed": ("article:modified_time", "lastmod"),
    "address": ("og:url",),
}
_SAVED = re.compile(r"saved from url=\(\d+\)(https?://[^\s>]+)")
_CHANGED = re.compile(r"更新|改[訂订]|修[訂订]|印刷|打印|access|アクセス")
_SENTENCE = re.compile(r"[。！？!?][”’」』）)]*\s*$")  # a day that a sentence names is no date of the text
_SEPARATED = re.compile(r"\s*(?:[-_|｜–—»«]|::?|：)\s*")


def of_page(root: html.HtmlElement, comments: str, judged: Sequence[Judged]) -> Facts:
    """What the head of a page says, and the lines around its text."""
    named: dict[str, list[str]] = {key: [] for key in _NAMED}
    metas = {
        (one.get("property") or one.get("name") or "").lower(): " ".join((one.get("content") or "").split())
        for one in root.iter("meta")
    }
    for key, names in _NAMED.items():
        named[key] += [metas[name.lower()] for name in names if metas.get(name.lower())]
    named["address"] += [one.get("href", "") for one in root.iter("link") if one.get("rel") == "canonical"]
    named["address"] += _SAVED.findall(comments)
    named["address"] = [
        one for one in named["address"] if re.match(r"https?://[^/]+/.", one) and addresses.web(one)
    ]
    for key in ("date", "changed"):
        named[key] = [day for one in named[key] if (day := day_of(one))]
    named["author"] = [one for one in named["author"] if not one.startswith("http")]
    named["date"] += [day for one in root.iter("time") if (day := day_of(one.get("datetime", "")))]
    named["title"] += _headings(judged)
    title = root.findtext(".//title") or ""
    return _of_lines(judged, named, " ".join(title.split()))


def of_text(judged: Sequence[Judged]) -> Facts:
    """What the first lines of a text say."""
    return _of_lines(judged, {key: [] for key in _NAMED}, "")


def _headings(judged: Sequence[Judged]) -> list[str]:
    return [
        one.line.words
        for one in judged
        if one.line.mark == "heading" and one.line.level == 1 and (one.is_text or len(one.line.words) > 3)
    ]


def _of_lines(judged: Sequence[Judged], named: dict[str, list[str]], page_title: str) -> Facts:
    near = _near(judged)
    told = (bylines.author(near, named["author"], named["source"]), _day(near, named))
    author, date = (one.value if one else "" for one in told)
    facts = Facts(
        _title(named["title"], page_title, judged), author, date, _first(named["address"]),
        told=tuple(one for one in told if one), names=bylines.named(near))
    doubtful = {one.name for one in facts.told if one.sure < SURE}
    if len(set(named["address"])) > 1:
        doubtful.add("address")
    if not any(one.line.words == facts.title for one in judged):
        doubtful.add("title")
    return replace(facts, doubtful=frozenset(doubtful))


def _day(near: Sequence[Line], named: Mapping[str, Sequence[str]]) -> Told | None:
    """The day of publication: that of the head, of the first line with one, or of a change of the page."""
    said = [(day, line) for line in near if not _SENTENCE.search(line.text) and (day := day_of(line.text))]
    lines = [one for one in said if not _CHANGED.search(one[1].text.partition(one[0][:4])[0])][:1]
    heads = list(dict.fromkeys(named["date"]))
    if not heads and not lines:
        others = [*((day, line.number, line.text) for day, line in said),
                  *((day, 0, day) for day in named.get("changed", ()))]
        return next((Told("date", *one, "the day of a change is the only one named", 0.6) for one in others),
                    None)
    day = heads[0] if heads else lines[0][0]
    line = next((line for one, line in lines if one == day), None)
    place = (line.number, line.text) if line else (0, day)
    if {*heads, *(one for one, _ in lines)} != {day}:
        return Told("date", day, *place, "two different days are named", 0.6)
    return Told("date", day, *place, "a line names the day" if line else "the head of the page names the day",
                0.95 if line else 0.85)


def _near(judged: Sequence[Judged]) -> list[Line]:
    """The lines around the beginning of the text, and those of data at its end."""
    first = next((at for at, one in enumerate(judged) if one.is_text), 0)
    last = max((at for at, one in enumerate(judged) if one.is_text), default=0)
    return [
        one.line
        for one in (*judged[max(0, first - 8) : first + 8], *judged[last : last + 3])
        if len(one.line.text) < 80
    ]


def _title(named: Sequence[str], page_title: str, judged: Sequence[Judged]) -> str:
    """The title as it stands on a line of the text, if what the head says begins with it."""
    words = [one.line.words for one in judged if 4 <= len(one.line.words) <= 100]
    for said in (*named, page_title):
        for line in words:
            if line == said or (said.startswith(line) and _SEPARATED.match(said[len(line) :])):
                return line
    for said in named:
        if said:
            return _SEPARATED.split(said)[0] if said == page_title else said
    return _SEPARATED.split(page_title)[0]


def _first(said: Iterable[str]) -> str:
    return next((one.strip() for one in said if one.strip()), "")


def day_of(text: str) -> str:
    """The first day that `text` names, as ISO 8601 writes it; empty where it names none that exists."""
    year, month, day = 0, 0, 0
    if era := _ERA.search(text):
        year = _FIRST[era[1]] + (1 if era[2] == "元" else int(era[2])) - 1
        month, day = int(era[3]), int(era[4])
    elif found := _DAY.search(text):
        year, month, day = (int(one) for one in found.groups())
    elif solid := re.match(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)\b", text):
        year, month, day = (int(one) for one in solid.groups())
    date = f"{year:04}-{month:02}-{day:02}"
    return date if dates.exists(date) else ""
