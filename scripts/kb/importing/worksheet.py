"""The worksheet of an import as a page: what was received beside what is proposed, why, and how sure it is.

In: what was made of each file, and the rows of an alignment. Out: one HTML page that stands alone: no
script, nothing from elsewhere; doubtful rows come first, and are told by words as well as by colour.
Refuses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import NamedTuple

from kb.importing.drafting import Made
from kb.importing.placing import Pairing
from kb.importing.values import SURE, Block

Say = Callable[[str], str]
_STYLE = """
:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--line:#c8c8c8;--doubt:#8a2d00;--tint:#fff4ea}
@media (prefers-color-scheme:dark){
:root{--ink:#ececec;--paper:#161616;--line:#4a4a4a;--doubt:#ffb38a;--tint:#2a1c12}}
body{margin:0;padding:1rem;font:1rem/1.6 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:75rem;margin:auto}
table{width:100%;border-collapse:collapse;table-layout:fixed}
caption{text-align:start;font-weight:600;padding:1.5rem 0 .5rem}
th,td{text-align:start;vertical-align:top;border-top:1px solid var(--line);padding:.5rem}
td{overflow-wrap:anywhere}
th:first-child,td:first-child{width:4.5rem}
th:last-child,td:last-child{width:6rem}
tr.doubtful td{background:var(--tint)}
.doubtful strong{color:var(--doubt)}
@media (max-width:45rem){
table,tbody,tr,td,caption{display:block;width:auto}
thead{position:absolute;left:-99in}
td{border:0;padding:.15rem .5rem}
td:first-child,td:last-child{width:auto}
tr{border-top:1px solid var(--line)}
td::before{content:attr(data-label) " ";font-size:.8rem;opacity:.75}}
"""


class Entry(NamedTuple):
    """A row of the worksheet; `languages` are those of the two texts in it (BCP 47)."""

    place: str
    received: str
    proposed: str
    why: str
    sure: float
    languages: tuple[str, str]


class Table(NamedTuple):
    """`names` are the labels of its columns with the two texts."""

    caption: str
    entries: Iterable[Entry]
    names: tuple[str, str] = ("received", "proposed")


def page(title: str, tables: Sequence[Table], language: str, say: Say) -> str:
    """The worksheet. `say` gives a label or a reason in the reader's language."""
    body = "".join(_table(one, say) for one in tables)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body><main>\n<h1>{escape(title)}</h1>\n<p>{escape(say('worksheet-lead'))}</p>\n{body}"
        f"</main></body>\n</html>\n"
    )


def _table(table: Table, say: Say) -> str:
    names = [say(f"worksheet-{one}") for one in ("place", *table.names, "why", "sure")]
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in names)
    entries = sorted(table.entries, key=lambda one: one.sure >= SURE)
    rows = "".join(_row(one, names, say) for one in entries)
    return (
        f"<table><caption>{escape(table.caption)}</caption><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}"
        f"</tbody></table>\n"
    )


def _row(one: Entry, names: Sequence[str], say: Say) -> str:
    doubtful = one.sure < SURE
    sure = f"{one.sure:.0%}"
    if doubtful:
        sure = f"<strong>{escape(say('worksheet-doubtful'))}</strong> {sure}"
    first, second = (f' lang="{language}"' for language in one.languages)
    cells = (
        ("", escape(one.place)),
        (first, escape(one.received)),
        (second, escape(one.proposed)),
        ("", escape(one.why)),
        ("", sure),
    )
    shown = (
        f'<td{language} data-label="{escape(name)}">{cell}</td>'
        for name, (language, cell) in zip(names, cells, strict=True)
    )
    return f"<tr{' class=doubtful' * doubtful}>{''.join(shown)}</tr>\n"


def of_draft(made: Made, language: str, say: Say, kinds: Mapping[int, str] | None = None, *,
             said: Mapping[str, str] | None = None) -> Iterator[Entry]:
    """What is told of author and date, then every block and omission of a file in this language, in the
    order of its lines. `kinds` are those that blocks have in the end, by their lines, where they are
    others; `said` is what became of a fact, by its name, where it is not taken as it is told."""
    comma, both = say("worksheet-comma"), (language, language)
    yield from _of_facts(made, say, both, said or {})
    entries = [
        (
            one.line,
            Entry(
                str(one.line),
                one.text or one.words,
                say(f"worksheet-{one.reason}"),
                say(one.why),
                one.sure,
                both,
            ),
        )
        for one in made.omissions
    ]
    entries += [
        (
            one.lines[0],
            Entry(
                ", ".join(map(str, one.lines)),
                one.received,
                _proposed(replace(one, kind=(kinds or {}).get(one.lines[0], one.kind)), say),
                comma.join(dict.fromkeys(map(say, one.why))),
                one.sure,
                both,
            ),
        )
        for draft in made.drafts
        for one in draft.blocks
    ]
    yield from (entry for _, entry in sorted(entries, key=lambda one: one[0]))


def _of_facts(made: Made, say: Say, both: tuple[str, str], said: Mapping[str, str]) -> Iterator[Entry]:
    yield from (
        Entry(str(one.line or "–"), one.words,
              say("worksheet-set").format(kind=say(f"worksheet-{one.name}"), words=one.value),
              say("worksheet-comma").join(say(why) for why in (one.why, said.get(one.name)) if why),
              one.sure, both)
        for draft in made.drafts[:1] for one in draft.facts.told
    )


def _proposed(one: Block, say: Say) -> str:
    kind = say(f"worksheet-{one.kind}")
    if one.is_quoted:
        kind = say("worksheet-quoted").format(kind=kind)
    return say("worksheet-set").format(kind=kind, words=one.text) if one.text != one.received else kind


def of_rows(rows: Sequence[Pairing], languages: tuple[str, str], say: Say) -> Iterator[Entry]:
    """Every row of the alignment."""
    for number, one in enumerate(rows, 1):
        doubts = [reason for block in one.right if block.sure < SURE for reason in block.why]
        yield Entry(
            str(number),
            " ¶ ".join(block.text for block in one.left),
            " ¶ ".join(block.text for block in one.right) or say("worksheet-missing"),
            say("worksheet-comma").join(map(say, dict.fromkeys((one.why, *doubts)))),
            one.doubt,
            languages,
        )
