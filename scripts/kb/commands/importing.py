"""`kb import`: drafts of a new document from files as an editor has them.

In: a project's root folder, files, and what the editor says of them. Out: drafts in both trees, the
received files with their provenance, a worksheet; or one finding, and nothing written. What the machine
is not sure of is asked on a terminal, the most doubtful first; each answer is kept as it is given
(`.cache/kb/import/`), so that whoever stops goes on where they were; who says `--anew` is asked again, and
drafts without ids are made again. All files are written at once, last."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from kb import addresses, dates, kinds, project
from kb.collation import sources
from kb.collation.excerpts import short
from kb.commands import earlier, naming, person, report, telling, writing
from kb.findings import Finding
from kb.importing import counterparts, drafting, editions, questions, taking
from kb.importing.drafting import Answers, Made
from kb.importing.editions import Asked
from kb.importing.values import Taken
from kb.languages import SHORT, Language
from kb.memory.folder import PLACE
from kb.reporting import catalogue


@dataclass(frozen=True)
class Order:
    """What was asked for: files with their languages, names of documents, and what the editor knows."""

    files: Sequence[Path]
    languages: Sequence[str]
    slugs: Sequence[str]
    encoding: str
    asked: Asked
    is_anew: bool = False


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
    files, names = values["files"], values["slug"]
    return Order(files, values["language"], names, values["encoding"], asked, values["anew"])


def run(root: Path, order: Order, manner: report.Manner) -> int:
    if wrong := _wrong(order):
        report.problem(wrong, manner)
        return 2
    known = project.read(root)
    if known.is_refused:
        return report.findings(known.findings, root, manner)
    languages = [SHORT[one] for one in order.languages]
    drafts = earlier.drafts(root, order.slugs, languages) if order.is_anew else {}
    if taken_names := list(editions.taken(known, root, order.slugs, languages, drafts)):
        return report.findings(taken_names, root, manner)
    taken = [_read(path, order.encoding) for path in order.files]
    if found := [one for one in taken if isinstance(one, Finding)]:
        return report.findings(found[:1], root, manner)
    texts = [one for one in taken if isinstance(one, tuple)]
    if order.is_anew:
        for language in languages:
            _kept(root, order, language).unlink(missing_ok=True)
    elif any(_kept(root, order, language).is_file() for language in languages):
        report.note("the answers of an earlier run are used (--anew forgets them, and asks again)", manner)
    made, stopped = _decided(root, texts, languages, order, manner)
    if isinstance(made, Finding):
        return report.findings([made], root, manner)
    names: Mapping[str, str] = {}
    if not stopped and made[0].is_original:
        digest = hashlib.sha256(texts[0][0]).hexdigest()
        names, stopped = naming.sections(editions.headings(known, made),
                                         _kept(root, order, languages[0]), digest, manner.reader.tag)
    if stopped:
        report.note("the answers are kept: the same command goes on with the next question", manner)
        return 1
    outcome = editions.drafted(known, order.slugs, languages, made, order.asked, said=names)
    if isinstance(outcome, str):
        report.problem(outcome, manner)
        return 2
    return _written(root, order, texts, made=made, outcome=outcome, drafts=drafts, manner=manner)


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
    """What was made of each file once the editor has answered; and whether they stopped half-way. What is
    left out of one is a hint for the other: the first is asked about once more where the second told
    something."""
    makers, places = [], []
    for (data, taken), language, path in zip(texts, languages, order.files, strict=True):
        is_original = language is languages[0] and not order.asked.is_translation
        makers.append(partial(drafting.made, taken, language, path.name, is_original=is_original,
                              documents=len(order.slugs)))
        places.append((_kept(root, order, language), hashlib.sha256(data).hexdigest()))
    given = _given(order)
    tag = manner.reader.tag
    found = [_answered(make, kept, digest, tag, lambda _: "q", given=given)[0]
             for make, (kept, digest) in zip(makers, places, strict=True)]
    hints: list[dict[int, str]] = [{} for _ in found]
    for at in (*range(len(found)), 0)[: len(found) + (len(found) > 1)]:
        _learn(hints, found, languages)
        kept, digest = places[at]
        found[at], stopped = _answered(partial(makers[at], hints=hints[at]), kept, digest, tag, given=given,
                                       about=_about(order.files[at], languages[at], tag))
        if isinstance(found[at], Finding) or stopped:
            break
    else:
        stopped = False
    if wrong := [one for one in found if isinstance(one, Finding)]:
        return wrong[0], stopped
    return [one for one in found if isinstance(one, Made)], stopped


def _kept(root: Path, order: Order, language: Language) -> Path:
    """Where the answers about a file are kept."""
    return root / PLACE / "import" / f"{editions.name_of(order.slugs[0], language)}.json"


def _given(order: Order) -> dict[str, str]:
    """What the editor has said of author and date on the command line: nobody is asked about it."""
    said = {"author": order.asked.authors, "date": order.asked.published}
    return {name: values[0] for name, values in said.items() if values}


def _learn(
    hints: list[dict[int, str]], found: Sequence[Made | Finding], languages: Sequence[Language]
) -> None:
    """Add to the hints what the two files tell of each other."""
    first, second = (*found, None)[:2]
    if isinstance(first, Made) and isinstance(second, Made):
        for own, told in zip(hints, counterparts.hints(first, second, *languages[:2]), strict=True):
            own |= told


def _about(path: Path, language: Language, tag: str) -> str:
    return catalogue.label("import-questions", tag).format(
        file=path.name, language=catalogue.label(f"language-{language.tag}", tag))


def _answered(
    make: Callable[[Answers], Made | Finding],
    kept: Path,
    digest: str,
    tag: str,
    read: person.Read | None = None,
    *,
    about: str = "",
    given: Mapping[str, str] | None = None,
) -> tuple[Made | Finding, bool]:
    """What was made with what the editor answers. The first question begins with what all are `about`; `b`
    takes the last answer back."""
    answers = drafting.NONE
    if kept.is_file():
        answers = questions.restored(kept.read_text("utf-8", "replace"), digest) or answers
    answers = replace(answers, facts={**answers.facts, **(given or {})})
    before: list[Answers] = []
    made = make(answers)
    ask = person.reader(read)
    while ask and not isinstance(made, Finding) and (open_ := questions.questions(made, answers)):
        typed = ask(about + _question(open_[0], len(open_), tag))
        said = person.meant(typed)
        about = ""
        if said in person.STOP:
            return made, True
        if said in person.BACK:
            given_now: Answers | None = before.pop() if before else None
        else:
            is_fact = open_[0].proposed in questions.FACTS
            answer = "" if said in person.YES else person.typed(typed) if is_fact else said
            given_now = questions.answered(answers, open_[0], answer)
            before += [answers] if given_now else []
        if given_now:
            answers = given_now
            naming.keep(kept, answers, digest)
            made = make(answers)
    return made, False


def _question(one: questions.Question, left: int, tag: str) -> str:
    why = catalogue.label("comma", tag).join(dict.fromkeys(catalogue.said(why, tag) for why in one.why))
    if one.proposed in questions.FACTS:
        words = catalogue.label(f"import-{one.proposed}-question", tag)
        return words.format(left=left, words=one.words, why=why)
    return catalogue.label("import-question", tag).format(
        left=left,
        line=one.line,
        words=short(one.words, 120),
        proposed=catalogue.label(f"worksheet-{one.proposed}", tag),
        why=why,
    )


# --- what is written -----------------------------------------------------------------------------


def _written(
    root: Path,
    order: Order,
    texts: Sequence[tuple[bytes, Taken]],
    *,
    made: Sequence[Made],
    outcome: editions.Outcome,
    drafts: Mapping[str, str | None],
    manner: report.Manner,
) -> int:
    languages = [SHORT[one] for one in order.languages]
    files = {**outcome.files, **editions.received(order.slugs, languages, texts, made, asked=order.asked,
                                                  outcome=outcome)}
    if order.is_anew:
        files = {name: text for name, text in files.items() if not earlier.is_there(root / name, text)}
    tag = manner.reader.tag
    sheet = root / PLACE / "import" / f"{order.slugs[0].rpartition('/')[2]}.html"
    shown = telling.sheet(order.files, order.languages, order.slugs, made=made, outcome=outcome, tag=tag)
    try:  # the sheet is no part of the project: what is, is written all or nothing, last
        sheet.parent.mkdir(parents=True, exist_ok=True)
        sheet.write_text(shown, "utf-8")
    except OSError as error:
        report.problem(f"nothing is written: {error.filename}: {error.strerror}", manner)
        return 1
    # Of drafts that are made again the files that they were taken from are the editor's too.
    read = {name: drafts.get(name) for name in files if not drafts or not name.startswith(sources.FILES)}
    if not writing.written(root, files, read, "import", manner):
        return 1
    telling.told(files, made, outcome, sheet.relative_to(root).as_posix(), manner)
    return 0
