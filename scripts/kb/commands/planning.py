"""What `kb anchors` is going to write, made without touching a file.

In: a project, the texts of its registers and wordings, what of them is published, and somebody to ask. Out: a
`Plan`, read again as it will be read tomorrow: the same words in every paragraph, each id where it was meant,
on the finished page too, and a register that holds. It is refused where anything could refuse the outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from kb import checks, rendering
from kb.anchors import advice, drafts, marking, register, wordings
from kb.anchors.assign import misread
from kb.anchors.drafts import Base, Files
from kb.anchors.history import History
from kb.anchors.ids import is_paragraph
from kb.anchors.outcome import Outcome, outcome
from kb.anchors.proposals import Proposal
from kb.checks import reading
from kb.checks.pages import check as pages_check
from kb.commands.named import named
from kb.corpus import Corpus, Page
from kb.findings import Finding
from kb.project import Project
from kb.reading import trees

# What no id can be given beside: text that is no text, or whose place cannot be told.
_SHAPE = ("KB106", "KB107", "KB112", "KB113", "KB114")
# What this command mends by writing, or what a person still has to do when it is written: a
# translation that is missing or out of date.
_MENDED = ("KB209", "KB215")
_STILL_TO_DO = ("KB205", "KB210")

Ask = Callable[[Proposal], bool]


@dataclass(frozen=True)
class Plan:
    """What is to be written: file → its text, None where it goes, and what to say of it. `read` are the texts
    that it was made from. Where `refused`, nothing is, for the reasons in `findings`; else they are what
    remains to be done."""

    files: Mapping[str, str | None] = field(default_factory=dict)
    read: Mapping[str, str | None] = field(default_factory=dict)
    report: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    refused: bool = False


@dataclass(frozen=True)
class _Document:
    """A document as it is going to be. `files` are its register and wordings as far as they stay."""

    name: str
    history: History
    files: Files
    outcome: Outcome | None = None  # None where no page has it

    def register_text(self) -> str | None:
        return self.files.register_with(self.outcome.entries if self.outcome else ())

    def wordings_text(self) -> str | None:
        pages = self.outcome.again.values() if self.outcome else ()
        entries = (*self.history.register.entries, *(self.outcome.entries if self.outcome else ()))
        return self.files.wordings_with(entries, wordings.today(pages))

    def declaring(self) -> register.Register:
        """What was published, and the new lines that say where a text went or came from."""
        said = [entry for entry in (self.outcome.entries if self.outcome else ())
                if entry.withdrawn or entry.was or entry.from_ or entry.merged]
        known = self.history.register
        return replace(known, entries=(*known.entries, *said))


def plan(
    found: Project, texts: Mapping[str, str], today: str, base: Base | None = None, ask: Ask | None = None
) -> Plan:
    """What to write into the project `found`. `texts` are those of its registers and wordings, file → text;
    `base` what of them is published, None: all. Edits of published paragraphs are made where `ask` agrees;
    with nobody to ask they are findings."""
    if problems := tuple(_problems(found)):
        return _refused(problems)  # no id can be given beside one that is wrong
    documents = [*_documents(found, texts, today, base)]
    if wrong := [one for document in documents if document.outcome for one in document.outcome.findings]:
        return _refused(wrong)
    if ask is None:
        wrong = [finding for one in documents if one.outcome
                 for finding in advice.proposed(one.name, one.outcome, one.history.texts)]
        if wrong:
            return _refused(wrong)
        documents = [_asked(one, lambda _: False, today) for one in documents]
    else:
        documents = [_asked(one, ask, today) for one in documents]
    numbered = replace(found, corpus=_with(found.corpus, documents),
                       registers={one.name: one.declaring() for one in documents})
    # What else is wrong with a page that is read otherwise would only be said of the same mistake.
    wrong = [*_misread(documents)] or [*_against(numbered, today)]
    if wrong:
        return _refused(_as_it_stands(wrong, documents))
    return _written(numbered, documents, texts, today)


def _refused(findings: Iterable[Finding]) -> Plan:
    return Plan(findings=tuple(findings), refused=True)


def _problems(found: Project) -> Iterator[Finding]:
    """What only a person can mend, before anything is known of ids."""
    documents = found.corpus.documents
    yield from (problem for page in documents for problem in marking.problems(page))
    files = {page.file for page in documents}
    for problem in (*reading.check(found.corpus), *pages_check(found.corpus)):
        if problem.file in files and problem.code in _SHAPE:
            yield problem


def _documents(
    found: Project, texts: Mapping[str, str], today: str, base: Base | None
) -> Iterator[_Document]:
    """Every document that has pages, or a register."""
    known = {name for name in (*texts, *(base.texts if base else ())) if name.endswith(".yml")}
    names = {page.document for page in found.corpus.documents}
    names |= {name.removeprefix(f"{register.FOLDER}/").removesuffix(".yml") for name in known}
    links = named(found) if base else {}
    for name in sorted(names):
        kept = dict(found.wordings_of(name).texts)
        if base and (text := base.texts.get(wordings.file_of(name))):
            kept |= wordings.parse(name, "", text)[0].texts
        history, files = drafts.read(name, texts, base, kept, links.get(name, ()))
        pages = [page for page in found.corpus.editions(f"{name}.md") if page.is_document]
        yield _Document(name, history, files, outcome(pages, history, today) if pages else None)


def _asked(document: _Document, ask: Ask, today: str) -> _Document:
    """The document with the edits that were agreed to."""
    answers: dict[tuple[str, str], bool] = {}
    result = document.outcome
    while result and (new := [one for one in result.proposals if one[:2] not in answers]):
        answers |= {one[:2]: ask(one) for one in new}
        declined = {key for key, answer in answers.items() if not answer}
        result = outcome([one.page for one in result.pages], document.history, today, declined)
    return replace(document, outcome=result)


def _with(corpus: Corpus, documents: Iterable[_Document]) -> Corpus:
    """The corpus as it is read when the ids stand in its pages."""
    pages = dict(corpus.pages)
    for one in documents:
        for page in one.outcome.again.values() if one.outcome else ():
            pages[page.path, page.language.tag] = page
    return replace(corpus, pages=pages)


def _misread(documents: Iterable[_Document]) -> Iterator[Finding]:
    for document in documents:
        for page in document.outcome.pages if document.outcome else ():
            if finding := misread(page, document.outcome.again[page.page.file]):  # type: ignore[union-attr]
                yield finding


def _against(found: Project, today: str) -> Iterator[Finding]:
    """What the register of today, or the build, would say against the project."""
    for finding in dict.fromkeys((*checks.recorded(found, today), *checks.blocking(found, today))):
        if finding.code not in (*_MENDED, *_STILL_TO_DO):
            yield finding


def _written(
    numbered: Project, documents: Iterable[_Document], texts: Mapping[str, str], today: str
) -> Plan:
    """The plan of what is right so far, if what is written can be read and shown."""
    files: dict[str, str | None] = {}
    read: dict[str, str | None] = {}
    report: list[str] = []
    for one in documents:
        for page in one.outcome.pages if one.outcome else ():
            read[page.page.file] = page.page.head + page.page.markdown
            if page.markdown != page.page.markdown:
                files[page.page.file] = page.page.head + page.markdown
                report.append(f"{page.page.file}: {', '.join(page.ids)}")
        for file, text, what in ((register.file_of(one.name), one.register_text(), "line"),
                                 (wordings.file_of(one.name), one.wordings_text(), "wording")):
            read[file] = texts.get(file)
            if text != texts.get(file):
                files[file] = text
                report.append(_said(file, texts.get(file), text, what))
    recorded, unreadable = _recorded(numbered, documents)
    remaining = [*unreadable, *dict.fromkeys(checks.recorded(recorded, today))]
    if any(finding.code not in _STILL_TO_DO for finding in remaining):
        return _refused(_as_it_stands(remaining, documents))
    if wrong := [*_unlike_shown(recorded, files)]:
        return _refused(_as_it_stands(wrong, documents))
    return Plan(files, read, tuple(report), tuple(remaining))


def _said(file: str, before: str | None, now: str | None, what: str) -> str:
    """How many lines a file gets, and loses."""
    old, new = ([row for row in (text or "").split("\n") if row and not row.startswith(("#", "document:"))
                 and row != "anchors:"] for text in (before, now))
    added, gone = len(set(new) - set(old)), len(set(old) - set(new))
    verb = "added" if what == "line" else "kept"
    parts = [f"{added} {what}{'s'[: added > 1]} {verb}"] if added or not gone else []
    parts += [f"{gone} draft{'s'[: gone > 1]} dropped"] if gone else []
    return f"{file}: {', '.join(parts)}"


def _recorded(found: Project, documents: Iterable[_Document]) -> tuple[Project, tuple[Finding, ...]]:
    """The project as it is read when everything is written, and what of it cannot be read."""
    registers: dict[str, register.Register] = {}
    kept: dict[str, wordings.Wordings] = {}
    findings: list[Finding] = []
    for one in documents:
        if (text := one.register_text()) is not None:
            registers[one.name], problems = register.parse(one.name, register.file_of(one.name), text)
            findings += problems
        if (text := one.wordings_text()) is not None:
            kept[one.name], problems = wordings.parse(one.name, wordings.file_of(one.name), text)
            findings += problems
    return replace(found, registers=registers, wordings=kept), tuple(findings)


def _unlike_shown(found: Project, files: Iterable[str]) -> Iterator[Finding]:
    """Ids that do not stand on the finished page once, at the words that they were meant for."""
    names = set(files)
    for path in {page.path for page in found.corpus.documents
                 if {page.file, register.file_of(page.document)} & names}:
        shown = rendering.document(found, path)
        for page in shown.editions:
            yield from _missing_on(page, trees.parsed(shown.html[page.language.tag]))


def _missing_on(page: Page, root: trees.Element) -> Iterator[Finding]:
    where: dict[str, list[trees.Element]] = {}
    for element in root.iter():
        if own := element.get("id"):
            where.setdefault(own, []).append(element)
    lines = {paragraph.id: paragraph.last_line for paragraph in page.paragraphs}
    for anchor, text in page.anchors.items():
        found = where.get(anchor, [])
        said = "".join("".join(one.itertext()) for one in found)
        if len(found) != 1 or (is_paragraph(anchor) and not _is_within(text, said)):
            yield Finding(page.file, lines.get(anchor, page.body_line), "KB213", f"#{anchor}",
                          "an id that stands on the finished page once, at its words",
                          "write the paragraph as plain text with an empty line before and after it")


def _is_within(words: str, shown: str) -> bool:
    """Whether the words stand there in their order; numbers and editors' notes may stand between them."""
    rest = iter(shown)
    return all(character in rest for character in words if not character.isspace())


def _as_it_stands(findings: Iterable[Finding], documents: Iterable[_Document]) -> Iterator[Finding]:
    """The findings with the lines of the files as they are now, not as they would have been."""
    pages = {page.page.file: page for one in documents if one.outcome for page in one.outcome.pages}
    for finding in findings:
        page = pages.get(finding.file)
        if page is None or finding.code == "KB213" or page.markdown == page.page.markdown:
            yield finding
        else:
            first = page.page.body_line
            line = _before(page.page.markdown, page.markdown, finding.line - first)
            yield replace(finding, line=first + line)


def _before(old: str, new: str, line: int) -> int:
    """The index of the line of `old` that became the line of `new` at index `line`."""
    if line <= 0:
        return line
    for tag, old_first, old_last, first, last in SequenceMatcher(
            None, old.split("\n"), new.split("\n"), autojunk=False).get_opcodes():
        if first <= line < last:
            return old_first + line - first if tag == "equal" else max(old_first - 1, 0) \
                if old_first == old_last else old_first
    return line
