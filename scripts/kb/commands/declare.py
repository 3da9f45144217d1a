"""`kb declare`: the lines that findings about received texts, terms and figures ask for, written into
`sources/`.

In: a project's root folder, and the reasons, from a person at the terminal or from the command line. Out:
files written, all or nothing; what was left open, and exit code 1 where anything was. Both wordings are
shown, and only the reason is asked, once for each kind of change, however many paragraphs have it (who wants
to answers one by one): where the two wordings themselves show it, Enter takes it. Why figures
may differ, or a paragraph does not mean a term, only a person says. Lines of emendations that became
needless are taken away, once somebody agrees. What differs in an original is not declared, but restored:
how much of it is open is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from kb import project, yamldata
from kb.characters import unseen
from kb.checks import unlike
from kb.checks.unlike import Unlike
from kb.collation.excerpts import about, beside, marked, short
from kb.collation.undeclared import Undeclared
from kb.commands import person, report, writing
from kb.files import read_text
from kb.findings import Finding, exit_code
from kb.importing import declaring, recurring
from kb.importing.declaring import Declared
from kb.languages import BY_TAG, word
from kb.reporting import catalogue

Open = Undeclared | Unlike
# What is open, all of one kind, the reasons that it shows itself, how much is left → the reasons; None where
# the person stops, `EACH` where they want to be asked one by one.
Ask = Callable[[Sequence[Open], Sequence[str], int], "tuple[str, ...] | None"]
Answers = list[tuple[Open, "Sequence[str] | None"]]
EACH = ("\0",)


def run(root: Path, *, reasons: Sequence[str], agreed: bool, manner: report.Manner,
        read: person.Read | None = None) -> int:
    """Declare what is undeclared. `reasons` are taken where the machine has none of its own and knows
    nothing against them; `agreed` takes those of the machine without asking. `read` asks a person; None:
    there is nobody but at a terminal."""
    emending, omitting = (yamldata.choices("edition", "reasons"), yamldata.choices("provenance", "reason"))
    if wrong := [one for one in reasons if one not in (*emending, *omitting)]:
        report.problem(f"no reason {wrong[0]}: one of {', '.join((*emending, *omitting))}", manner)
        return 2
    found = project.read(root)
    if exit_code(found.findings):
        return report.findings(found.findings, root, manner)
    may_ask = not agreed and not reasons
    ask = _asking(manner.reader.tag, emending, omitting, read) if may_ask else None

    def proposed(one: Open) -> Sequence[str]:
        if isinstance(one, Unlike) or not (ask or agreed or reasons):
            return ()
        known = emending if one.id else omitting
        given = declaring.fitting(one, [reason for reason in reasons if reason in known])
        return declaring.proposed(one) or given

    received = [one for collation in found.collations for one in collation.undeclared]
    terms = unlike.terms(found.corpus, found.glossary, found.sources)
    figures = unlike.all_figures(found.corpus, found.glossary, found.sources)
    answers = _answers(received, proposed, ask, len(terms) + len(figures))
    answers += _answers(terms, proposed, _going_on(ask, answers), len(figures))
    if said := [one for one, given in answers if given and isinstance(one, Unlike)]:
        figures = unlike.all_figures(found.corpus, unlike.without(found.glossary, said), found.sources)
    answers += _answers(figures, proposed, _going_on(ask, answers), 0)
    away = _withdrawn(found, agreed, None if not may_ask else person.reader(read), manner)
    code = _written(root, [(one, given or ()) for one, given in answers], away, manner)
    _of_originals(found, manner)
    return code


def _needless(found: project.Project) -> list[Finding]:
    """Emendations that stand for nothing: their paragraphs are as they were received, or are gone."""
    return [one for collation in found.collations for one in collation.findings
            if (one.code, one.hint) == ("KB305", "remove the line") and one.found.startswith("an emendation")]


def _withdrawn(found: project.Project, agreed: bool, ask: person.Read | None,
               manner: report.Manner) -> dict[str, list[int]]:
    """The lines to take away, by their files: all, once somebody agrees."""
    needless = _needless(found)
    for one in needless:
        report.note(f"{one.file}:{one.line}: {one.found} declares nothing any more", manner)
    tag = manner.reader.tag
    if needless and not agreed:
        words = catalogue.plural("declare-needless-question", len(needless), tag)
        agreed = ask is not None and person.meant(ask(words)) in ("", *person.YES)
    files: dict[str, list[int]] = {}
    for one in needless if agreed else ():
        files.setdefault(one.file, []).append(one.line)
    return files


def _of_originals(found: project.Project, manner: report.Manner) -> None:
    """Say how many differences of originals are open: nothing declares them."""
    pages = {page.file for page in found.corpus.documents if page.front.get("text") == "original"}
    open_ = [one for collation in found.collations for one in collation.findings
             if one.file in pages and one.code in ("KB302", "KB303")]
    if open_:
        report.note(
            f"{len(open_)} differences of the original are left, which nothing declares: restore what was "
            "received, or leave out in sources/ what does not belong to it; see: kb check", manner)


def _answers(open_: Sequence[Open], proposed: Callable[[Open], Sequence[str]], ask: Ask | None,
             later: int) -> Answers:
    """Each with its reasons: none where it is left open, None from where a person stopped."""
    said = [proposed(one) for one in open_]
    if not ask:
        return list(zip(open_, said, strict=True))
    found: list[Sequence[str] | None] = [None] * len(open_)
    known: dict[recurring.Change, Sequence[str]] = {}
    left = len(open_)
    asked_for = recurring.groups(open_, said)
    while asked_for:
        group = asked_for.pop(0)
        first = open_[group[0]]
        own = said[group[0]] or (recurring.learned(first, known) if isinstance(first, Undeclared) else ())
        given = ask([open_[at] for at in group], own, left + later)
        if given is None:
            break
        if given == EACH:
            asked_for[:0] = [[at] for at in group]
            continue
        left -= len(group)
        for at in group:
            found[at] = given
        if isinstance(first, Undeclared) and given and len(change := recurring.changed(first)) == 1:
            known |= dict.fromkeys(change, given)
    return list(zip(open_, found, strict=True))


def _going_on(ask: Ask | None, answers: Answers) -> Ask | None:
    """Whom to ask further: nobody where a person stopped."""
    return None if any(given is None for _, given in answers) else ask


def _written(root: Path, answers: Sequence[Declared], away: Mapping[str, Sequence[int]],
             manner: report.Manner) -> int:
    texts: dict[str, str | None] = {}
    files: dict[str, str | bytes | None] = {}
    chosen = [(one, reasons) for one, reasons in answers if reasons]
    left = [one for one, reasons in answers if not reasons]
    for file in dict.fromkeys((*away, *(one.file for one, _ in chosen))):
        path = root / file
        text = texts[file] = read_text(path, file, as_it_is=True)[0] if path.is_file() else None
        if text is not None and file in away:
            text = declaring.without_lines(text, away[file])
        lines = [one for one in chosen if one[0].file == file]
        made = declaring.with_lines(text, file, lines) if lines and (text or texts[file] is None) else text
        if made is None:
            report.problem(
                f"nothing is written: no line can be put into {file}: write each declaration on a line of "
                "its own",
                manner,
            )
            return 1
        files[file] = made
    if not writing.written(root, files, texts, "declare", manner):
        return 1
    for one, reasons in chosen:
        report.note(f"{one.file}: {declaring.line_of(one, reasons)}", manner)
    if taken := sum(map(len, away.values())):
        report.note(f"{taken} needless lines taken away", manner)
    for one in left:
        if isinstance(one, Unlike) and one.preferred:
            report.note(f"{one.document}#{one.on}: the other language’s term for {one.concept} is "
                        f"“{one.preferred}”: use it; only where it is not meant, declare:", manner)
        report.note("\n    ".join((f"{one.file}: {_open(one)}", *_excerpts(one))), manner)
    report.note(f"{len(chosen)} declared, {len(left)} left", manner)
    return int(bool(left))


def _open(one: Open) -> str:
    """The line without its reason."""
    return f"- {one.line('…')}" if isinstance(one, Unlike) else declaring.line_of(one, ["…"])


def _excerpts(one: Open) -> Iterable[str]:
    """Both wordings, short."""
    if isinstance(one, Unlike):
        return [about(text, spans) for text, spans in zip(one.texts, one.spans, strict=True)]
    return beside(one.received, one.edited) if one.edited else (short(one.received),)


def _asking(tag: str, emending: Sequence[str], omitting: Sequence[str],
            read: person.Read | None) -> Ask | None:
    """Somebody to ask, if there is a person at a terminal."""
    reader = person.reader(read)
    if not reader:
        return None

    def ask(alike: Sequence[Open], said: Sequence[str], left: int) -> tuple[str, ...] | None:
        one = alike[0]
        if isinstance(one, Unlike):
            return asked_why(one, left, tag, read=reader, places=_places(alike, tag))
        known = emending if one.id else omitting
        return asked(one, said, left, tag, known=known, read=reader, places=_places(alike, tag))

    return ask


def _places(alike: Sequence[Open], tag: str) -> str:
    """Where else the same stands, as a line before the question; empty where it stands nowhere else."""
    if len(alike) < 2:
        return ""
    kind = "line" if isinstance(alike[0], Undeclared) and not alike[0].id else "paragraph"
    places = dict.fromkeys(one.on if isinstance(one, Unlike) else one.id or str(one.line) for one in alike)
    said = catalogue.label(f"declare-same-{kind}", tag).format(
        count=len(places), places=("、" if tag in BY_TAG else ", ").join(places))
    return f"    {said}\n"


def asked_why(
    one: Unlike, left: int, tag: str, *, read: person.Read, places: str = ""
) -> tuple[str, ...] | None:
    """The reason in a person's own words; None where they stop, nothing where they leave it open. `places`
    says where else the same stands."""
    chinese, japanese = (marked(text, spans) for text, spans in zip(one.texts, one.spans, strict=True))
    words = catalogue.label(f"declare-{one.key}-question", tag).format(
        left=left, place=f"{one.document}#{one.on}", chinese=chinese, japanese=japanese, concept=one.concept,
        term=one.preferred)
    words = _with(places, words)
    while True:
        answer = read(words).strip()
        if person.meant(answer) in person.STOP:
            return None
        if places and person.meant(answer) in person.EACH:
            return EACH
        if answer in ("", "-"):
            return ()
        if not list(unseen(answer)):
            return (answer,)


def asked(
    one: Undeclared,
    said: Sequence[str],
    left: int,
    tag: str,
    *,
    known: Sequence[str],
    read: person.Read,
    places: str = "",
) -> tuple[str, ...] | None:
    """The reasons that a person gives, by their numbers or names; None where they stop, nothing where they
    leave it open. `places` says where else the same stands."""
    received, edited = beside(one.received, one.edited) if one.edited else (one.received, "—")
    words = catalogue.label("declare-question", tag).format(
        left=left,
        file=one.file,
        place=one.id or catalogue.label("declare-line", tag).format(line=one.line),
        language=catalogue.label(f"language-{one.language}", tag),
        received=received,
        edited=edited,
        reasons="  ".join(f"[{number}] {_spoken(reason, tag)}" for number, reason in enumerate(known, 1)),
        proposed=catalogue.label("comma", tag).join(_spoken(reason, tag) for reason in said) or "-",
    )
    words = _with(places, words)
    while True:
        answer = person.meant(read(words)).replace("、", ",")
        if answer in person.STOP:
            return None
        if places and answer in person.EACH:
            return EACH
        if not answer:
            return tuple(said)
        if answer == "-":
            return ()
        parts = [part.strip() for part in answer.replace(" ", ",").split(",") if part.strip()]
        names = [
            known[int(part) - 1] if part.isdigit() and 0 < int(part) <= len(known) else part for part in parts
        ]
        if all(name in known for name in names):
            return tuple(dict.fromkeys(names))


def _with(places: str, words: str) -> str:
    """A question with a line on where else the same stands, below its first one."""
    first, rest = words.split("\n", 1)
    return f"{first}\n{places}{rest}"


def _spoken(reason: str, tag: str) -> str:
    """A reason as a reader of the language calls it, with the word that stands in the file."""
    return f"{reason} {word(f'reason-{reason}', tag)}" if tag in BY_TAG else reason
