"""`kb new`: a commentary, concept, event or document, in both languages.

In: a project's root folder, the kind, values that are known; a person at the terminal, who is asked for
the others and offered known paragraphs, concepts and authors. Out: files that pass `kb check`, and what
to write next; or what is missing or wrong, and nothing written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kb import checks, commentary, names, project
from kb.commands import person, report, writing
from kb.files import read_text
from kb.findings import Finding, exit_code
from kb.importing import blank
from kb.importing.blank import FIELDS, Field
from kb.project import Project
from kb.reporting import catalogue
from kb.timeline import FILE

_OFFERED = 12
_AWAITED = ("KB203", "KB209")  # what `kb anchors` does, once the text of a document is written


def run(
    root: Path,
    kind: str,
    given: Sequence[str],
    today: str,
    *,
    manner: report.Manner,
    read: person.Read | None = None,
) -> int:
    values, wrong = _given(kind, given)
    if wrong:
        report.problem(wrong, manner)
        return 2
    known = project.read(root)
    if known.is_refused or exit_code(known.findings):
        return report.findings(known.findings, root, manner)
    fields = {one.name: one for one in FIELDS[kind]}
    if wrong := next(filter(None, (_unknown(fields[one], values[one], known) for one in values)), ""):
        report.problem(wrong, manner)
        return 2
    ask = person.reader(read)
    usual = {"date": today} if kind == "commentary" else {}
    values = _completed(kind, values, usual, known, ask=ask, manner=manner)
    if missing := [one for one in FIELDS[kind] if one.name not in values and not one.is_optional]:
        report.problem("missing: " + ", ".join(f"--set {one.name}={one.example}" for one in missing), manner)
        return 2
    return _written(root, kind, values, today, manner)


def _given(kind: str, given: Sequence[str]) -> tuple[dict[str, str], str]:
    """The values of the command line, and what is wrong with the first that is."""
    fields = {one.name: one for one in FIELDS[kind]}
    values: dict[str, str] = {}
    for one in given:
        name, _, value = one.partition("=")
        if name not in fields:
            return {}, f"no field {name}: one of {', '.join(fields)}"
        if wrong := blank.wrong(fields[name], value):
            return {}, wrong
        values[name] = value
    return values, ""


def _completed(
    kind: str,
    values: Mapping[str, str],
    usual: Mapping[str, str],
    known: Project,
    *,
    ask: person.Read | None,
    manner: report.Manner,
) -> dict[str, str]:
    """The values with those that the person gives; without anybody to ask, with the usual ones."""
    found = dict(values)
    for field in FIELDS[kind]:
        while ask and field.name not in found:
            for offer in _offers(field.offers, known, found):
                report.note(f"    {offer}", manner)
            default = usual.get(field.name) or (field.choices[0] if field.choices else "")
            question = catalogue.label("new-question", manner.reader.tag).format(
                field=field.name, example=field.example, default=default)
            said = ask(question).strip() or default
            if said == person.END:
                return {**usual, **found}
            if not said and field.is_optional:
                break
            if wrong := blank.wrong(field, said) or _unknown(field, said, known):
                report.note(wrong, manner)
                continue
            found[field.name] = said
    return {**usual, **found}


def _unknown(field: Field, value: str, known: Project) -> str:
    """Which paragraph or concept the project does not have of those that a value names; empty where it has
    all."""
    for one in blank.split(value):
        if field.offers == "paragraphs" and not commentary.is_there(one, known.corpus):
            return f"{field.name}: no paragraph {one}; {commentary.meant(one, known.corpus)}"
        if field.name == "concepts" and one not in known.glossary.concepts:
            return f"{field.name}: no concept {one}"
    return ""


def _offers(what: str, known: Project, found: Mapping[str, str]) -> Iterable[str]:
    """Known things of this kind, of paragraphs the newest documents' first."""
    if what == "paragraphs":
        pages = sorted(known.corpus.documents, key=lambda page: page.date, reverse=True)
        for page in pages[:4]:
            ids = [one.id for one in page.paragraphs if one.id]
            if ids:
                yield f"{page.document}#{ids[0]} … #{ids[-1]}  {page.title}"
    elif what == "authors":
        every = {
            names.line(one, "zh-Hans"): None
            for page in known.corpus.pages.values()
            for one in page.front.get("authors", ())
        }
        yield from list(every)[:_OFFERED]
    elif what == "concepts":
        yield ", ".join(known.glossary.concepts)


def _written(root: Path, kind: str, values: Mapping[str, str], today: str, manner: report.Manner) -> int:
    timeline = read_text(root / FILE, FILE, as_it_is=True)[0] if (root / FILE).is_file() else None
    files = blank.files(kind, values, timeline or "")
    before = {name: timeline if name == FILE else None for name in files}
    for name in files:
        if name != FILE and (root / name).exists():
            return report.findings(
                [
                    Finding(
                        name,
                        1,
                        "KB142",
                        f"a page of the name {values['slug']}",
                        "a name that is free",
                        "take another slug, or change the page that is there",
                    )
                ],
                root,
                manner,
            )
    if not writing.written(root, files, before, "new", manner):
        return 1
    for name in files:
        report.note(f"written: {name}", manner)
    awaited = _AWAITED if kind == "document" else ()
    found = [
        one
        for one in checks.run(project.read(root), today)
        if one.file in files and one.code not in awaited
    ]
    report.note(blank.NEXT[kind], manner)
    return report.findings(found, root, manner)
