"""What an import tells: the worksheet, and what is printed.

In: what was asked for, what was made of each file, and the editions. Out: the worksheet as a page; on the
terminal the files, what is told of author and date, what is doubtful, and what to do next. Refuses
nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kb.collation.excerpts import short
from kb.commands import report
from kb.importing import dated, drafting, editions, questions, worksheet
from kb.importing.drafting import Made
from kb.importing.values import SURE
from kb.languages import BY_TAG, SHORT, other
from kb.reporting import catalogue

_SHOWN = 20  # doubtful rows that are printed; the worksheet has all


def sheet(files: Sequence[Path], short_names: Sequence[str], slugs: Sequence[str], *, made: Sequence[Made],
          outcome: editions.Outcome, tag: str) -> str:
    """The worksheet of files in these languages."""
    def say(words: str) -> str:
        return catalogue.label(words, tag) if words.startswith("worksheet-") else catalogue.said(words, tag)

    languages = [SHORT[one].tag for one in short_names]
    tables = [
        worksheet.Table(path.name, worksheet.of_draft(one, language, say, _kinds(outcome, language),
                                                      said=_rendered(one, language, outcome)))
        for path, one, language in zip(files, made, languages, strict=True)
    ]
    if outcome.rows:
        both = (outcome.original, other(BY_TAG[outcome.original]).tag)
        rows = worksheet.of_rows(outcome.rows, both, say)
        tables.insert(0, worksheet.Table(say("worksheet-alignment"), rows, ("original", "translation")))
    title = catalogue.label("worksheet-name", tag).format(slugs=", ".join(slugs))
    return worksheet.page(title, tables, tag, say)


def _kinds(outcome: editions.Outcome, language: str) -> dict[int, str]:
    """The kinds that the blocks of a translation have once they lie beside their original, by their lines."""
    if not outcome.rows or language == outcome.original:
        return {}
    return {line: one.kind for row in outcome.rows if row.left for one in row.right for line in one.lines}


def _rendered(made: Made, language: str, outcome: editions.Outcome) -> dict[str, str]:
    """What is said of the day that a translation only renders."""
    facts = made.drafts[0].facts if made.drafts else None
    is_rendered = facts and dated.is_rendered(facts, BY_TAG[language], outcome.original, outcome.published)
    return {"date": dated.RENDERED} if is_rendered else {}


def told(
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
    told = [one for each in made[:1] for draft in each.drafts[:1] for one in draft.facts.told]
    for fact in (one for one in told if one.sure < 1):
        report.note(catalogue.label("import-told", tag).format(
            name=catalogue.label(f"worksheet-{fact.name}", tag), value=fact.value, sure=fact.sure,
            why=catalogue.said(fact.why, tag)), manner)
    of_lines = [one for one in doubtful if one.proposed not in questions.FACTS]
    for question in sorted(of_lines, key=lambda one: one.sure)[:_SHOWN]:
        proposed = catalogue.label(f"worksheet-{question.proposed}", tag)
        said = catalogue.label("import-doubtful", tag).format(
            sure=question.sure, line=question.line, proposed=proposed, words=short(question.words)
        )
        report.note(said, manner)
    for row in rows[:_SHOWN]:
        words = short((*row.left, *row.right)[0].text)
        why = next((why for one in row.right for why in one.why if why.startswith("not in ")), row.why)
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
