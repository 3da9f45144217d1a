"""`kb import`: drafts of a new document from files as an editor has them.

In: a project's root folder, files, and what the editor says of them. Out: drafts in both trees, the
received files with their provenance, a worksheet; or one finding, and nothing written. What the machine
is not sure of is asked on a terminal, the most doubtful first; each answer is kept as it is given
(`.cache/kb/import/`), so that whoever stops goes on where they were. All files are written at once, last."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kb import addresses, dates, kinds, project
from kb.collation.excerpts import short
from kb.commands import person, report, writing
from kb.findings import Finding
from kb.importing import drafting, editions, questions, taking, worksheet
from kb.importing.drafting import Answers, Made
from kb.importing.editions import Asked
from kb.importing.values import SURE, Taken
from kb.languages import BY_TAG, SHORT, Language, other
from kb.memory.folder import PLACE
from kb.reporting import catalogue

_SHOWN = 20  # doubtful rows that are printed; the worksheet has all


@dataclass(frozen=True)
class Order:
    """What was asked for: files with their languages, names of documents, and what the editor knows."""

    files: Sequence[Path]
    languages: Sequence[str]
    slugs: Sequence[str]
    encoding: str
    asked: Asked


def ordered(values: Mapping[str, Any]) -> Order:
    """An order from what the command line says."""
    alone = len(values["files"]) == 1
    asked = Asked(
        tuple(values["author"]),
        tuple(values["published"]),
        values["address"],
        values["translated_by"],
        alone and bool(values["translated_by"]),
    )
    return Order(values["files"], values["language"], values["slug"], values["encoding"], asked)


def run(root: Path, order: Order, manner: report.Manner) -> int:
    if wrong := _wrong(order):
        report.problem(wrong, manner)
        return 2
    known = project.read(root)
    if known.is_refused:
        return report.findings(known.findings, root, manner)
    languages = [SHORT[one] for one in order.languages]
    if taken_names := list(editions.taken(known, root, order.slugs, languages)):
        return report.findings(taken_names, root, manner)
    taken = [_read(path, order.encoding) for path in order.files]
    if found := [one for one in taken if isinstance(one, Finding)]:
        return report.findings(found[:1], root, manner)
    texts = [one for one in taken if isinstance(one, tuple)]
    made, stopped = _decided(root, texts, languages, order, manner)
    if isinstance(made, Finding):
        return report.findings([made], root, manner)
    if stopped:
        report.note("the answers are kept: the same command goes on with the next question", manner)
        return 1
    return _written(root, known, order, texts, made=made, manner=manner)


def _wrong(order: Order) -> str:
    """What is wrong with what was asked for; empty where nothing is."""
    if len(order.languages) != len(order.files) or len(set(order.languages)) != len(order.languages):
        return (
            "a language for each file, each once, as in: "
            "kb import a.html b.html --language zh --language ja --slug articles/x"
        )
    if len(order.slugs) > 2:
        return "one --slug for each text in the file, at most two"
    for slug in order.slugs:
        if not editions.is_slug(slug):
            return (
                f"a slug such as articles/equipment-filing, and not {slug}: one of the folders "
                f"{', '.join(kinds.SHELVES)}, then small letters, digits and hyphens"
            )
    for day in order.asked.published:
        if not dates.exists(day):
            return f"a date such as --published 2025-05-14, 2025-05 or 2025, and not {day}"
    if (address := order.asked.address) and not addresses.web(address):
        return f"an address of the web such as --address https://example.org/notice, and not {address}"
    return ""


def _read(path: Path, encoding: str) -> tuple[bytes, Taken] | Finding:
    name = path.name
    try:
        if large := taking.too_large(path.stat().st_size, name):
            return large  # before it is read
        data = path.read_bytes()
    except OSError as error:
        return Finding(
            name, 1, "KB101", str(error.strerror), "a file", "give the path of a file that is there"
        )
    found = taking.taken(data, name, encoding)
    return found if isinstance(found, Finding) else (data, found)


# --- what is asked -------------------------------------------------------------------------------


def _decided(
    root: Path,
    texts: Sequence[tuple[bytes, Taken]],
    languages: Sequence[Language],
    order: Order,
    manner: report.Manner,
) -> tuple[list[Made] | Finding, bool]:
    """What was made of each file once the editor has answered; and whether they stopped half-way."""
    found: list[Made] = []
    for (data, taken), language, path in zip(texts, languages, order.files, strict=True):
        is_original = language is languages[0] and not order.asked.is_translation
        make = partial(drafting.made, taken, language, path.name, is_original=is_original,
                       documents=len(order.slugs))
        kept = root / PLACE / "import" / f"{editions.name_of(order.slugs[0], language)}.json"
        tag = manner.reader.tag
        about = catalogue.label("import-questions", tag).format(
            file=path.name, language=catalogue.label(f"language-{language.tag}", tag)
        )
        made, stopped = _answered(make, kept, hashlib.sha256(data).hexdigest(), tag, about=about)
        if isinstance(made, Finding) or stopped:
            return made if isinstance(made, Finding) else found, stopped
        found.append(made)
    return found, False


def _answered(
    make: Callable[[Answers], Made | Finding],
    kept: Path,
    digest: str,
    tag: str,
    read: person.Read | None = None,
    *,
    about: str = "",
) -> tuple[Made | Finding, bool]:
    """What was made with what the editor answers. The first question begins with what all are `about`."""
    answers = drafting.NONE
    if kept.is_file():
        answers = questions.restored(kept.read_text("utf-8", "replace"), digest) or answers
    made = make(answers)
    ask = person.reader(read)
    while ask and not isinstance(made, Finding) and (open_ := questions.questions(made, answers)):
        said = person.meant(ask(about + _question(open_[0], len(open_), tag)))
        about = ""
        if said in person.STOP:
            return made, True
        if given := questions.answered(answers, open_[0], "" if said in person.YES else said):
            answers = given
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(questions.stored(answers, digest), "utf-8")
            made = make(answers)
    return made, False


def _question(one: questions.Question, left: int, tag: str) -> str:
    return catalogue.label("import-question", tag).format(
        left=left,
        line=one.line,
        words=short(one.words, 120),
        proposed=catalogue.label(f"worksheet-{one.proposed}", tag),
        why=catalogue.label("comma", tag).join(dict.fromkeys(catalogue.said(why, tag) for why in one.why)),
    )


# --- what is written -----------------------------------------------------------------------------


def _written(
    root: Path,
    known: project.Project,
    order: Order,
    texts: Sequence[tuple[bytes, Taken]],
    *,
    made: Sequence[Made],
    manner: report.Manner,
) -> int:
    languages = [SHORT[one] for one in order.languages]
    outcome = editions.drafted(known, order.slugs, languages, made, order.asked)
    if isinstance(outcome, str):
        report.problem(outcome, manner)
        return 2
    files = {**outcome.files, **editions.received(order.slugs, languages, texts, made, asked=order.asked,
                                                  outcome=outcome)}
    tag = manner.reader.tag
    sheet = root / PLACE / "import" / f"{order.slugs[0].rpartition('/')[2]}.html"
    shown = _sheet(order, made, outcome, tag)
    try:  # the sheet is no part of the project: what is, is written all or nothing, last
        sheet.parent.mkdir(parents=True, exist_ok=True)
        sheet.write_text(shown, "utf-8")
    except OSError as error:
        report.problem(f"nothing is written: {error.filename}: {error.strerror}", manner)
        return 1
    if not writing.written(root, files, dict.fromkeys(files), "import", manner):
        return 1
    _told(files, made, outcome, sheet.relative_to(root).as_posix(), manner)
    return 0


def _sheet(order: Order, made: Sequence[Made], outcome: editions.Outcome, tag: str) -> str:
    def say(words: str) -> str:
        return catalogue.label(words, tag) if words.startswith("worksheet-") else catalogue.said(words, tag)

    languages = [SHORT[one].tag for one in order.languages]
    tables = [
        worksheet.Table(path.name, worksheet.of_draft(one, language, say))
        for path, one, language in zip(order.files, made, languages, strict=True)
    ]
    if outcome.rows:
        both = (outcome.original, other(BY_TAG[outcome.original]).tag)
        rows = worksheet.of_rows(outcome.rows, both, say)
        tables.insert(0, worksheet.Table(say("worksheet-alignment"), rows, ("original", "translation")))
    title = catalogue.label("worksheet-name", tag).format(slugs=", ".join(order.slugs))
    return worksheet.page(title, tables, tag, say)


def _told(
    files: Iterable[str],
    made: Sequence[Made],
    outcome: editions.Outcome,
    sheet: str,
    manner: report.Manner,
) -> None:
    for name in files:
        report.note(f"written: {name}", manner)
    doubtful = [one for each in made for one in questions.questions(each, drafting.NONE)]
    rows = sorted((one for one in outcome.rows if one.doubt < SURE), key=lambda one: one.doubt)
    tag = manner.reader.tag
    for question in sorted(doubtful, key=lambda one: one.sure)[:_SHOWN]:
        proposed = catalogue.label(f"worksheet-{question.proposed}", tag)
        said = catalogue.label("import-doubtful", tag).format(
            sure=question.sure, line=question.line, proposed=proposed, words=short(question.words)
        )
        report.note(said, manner)
    for row in rows[:_SHOWN]:
        words = short((*row.left, *row.right)[0].text)
        why = next((one.why[-1] for one in row.right if one.names and one.why), row.why)
        report.note(f"doubtful ({row.doubt:.0%}): “{words}”: {why}", manner)
    for name, what in outcome.remarks:
        report.note(f"{name}: {what}", manner)
    report.note(
        f"{len(doubtful) + len(rows)} of the decisions are doubtful; all of them stand in {sheet}", manner
    )
    pages = " ".join(name for name in files if name.endswith(".md"))
    report.note(
        "next: correct the drafts, polish the translation, write the descriptions and the ids of headings, "
        f"look through sources/, then run:\n    kb fix --yes {pages}\n    kb anchors\n    kb declare\n"
        "    kb check\n    kb anchors --check",
        manner,
    )
