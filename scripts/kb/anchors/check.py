"""Whether ids are right: on each page, between twins, and against what was published.

In: the corpus, the registers and the kept wordings. Out: findings. `problems` is what only a person can mend
on a page; `check` is everything, with what `kb anchors` would do and what it would ask. Nothing is said of
pages that could not be read, nor against a register that could not.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import replace

from kb.anchors import advice, proposals
from kb.anchors.fates import successors
from kb.anchors.history import History
from kb.anchors.marking import awaiting, disordered, line_without, lines_of, problems
from kb.anchors.outcome import outcome
from kb.anchors.register import FOLDER, Entry, Register, missing, of, original, stale
from kb.anchors.wordings import Wordings
from kb.corpus import Corpus, Page
from kb.findings import Finding
from kb.languages import BY_TAG
from kb.memory.unchanged import NOTHING, Unchanged


def check(
    corpus: Corpus, registers: Mapping[str, Register], kept: Mapping[str, Wordings], date: str,
    unchanged: Unchanged = NOTHING
) -> Iterator[Finding]:
    """Everything wrong with the ids of documents, measured against the register. `date` (ISO) is the
    one that suggested lines carry; `kept` are the wordings."""
    for path in sorted({page.path for page in corpus.documents} - corpus.unreadable):
        pages = tuple(page for page in corpus.editions(path) if page.is_document)
        document = path.removesuffix(".md")
        if not any(page.reading.problem for page in pages):  # else no word is known of it, and no id is lost
            yield from unchanged.found(
                _of_document, document, pages, registers.get(document), kept.get(document), date)
    for document, register in registers.items():
        yield from _to_come(register, date)
        if f"{document}.md" not in corpus.unreadable:
            yield from _gone(corpus, register)


def _of_document(document: str, pages: tuple[Page, ...], register: Register | None,
                 kept: Wordings | None, date: str) -> Iterator[Finding]:
    """What is wrong with the ids of one document's editions."""
    register = register or of({}, document)
    wrong = [finding for page in pages for finding in problems(page)]
    if not wrong and register.readable:
        wrong = [*_unsettled(pages, register, kept.texts if kept else {}, date)]
    wrong = wrong or [finding for page in pages for finding in (*awaiting(page), *disordered(page))]
    yield from wrong
    if wrong:
        return  # what else is wrong would only be said of the same mistake again
    yield from _twins(pages, register)
    for page in pages if register.readable else ():
        yield from _against(Corpus.of(pages), pages, register, page, date)


def _unsettled(
    pages: Sequence[Page], register: Register, kept: Mapping[str, str], date: str
) -> Iterator[Finding]:
    """What `kb anchors` would ask, what it could not do, and the paragraphs that have no id yet."""
    if not any(_is_open(page, register) for page in pages):
        return
    result = outcome(pages, History(register, kept), date)
    yield from result.findings
    if not result.findings:
        yield from advice.proposed(register.document, result, kept)
    is_clear = not result.proposals and not result.findings
    # New sections that each language has in another order: there is no id to give yet.
    crossed = [finding for one in result.pages if is_clear and any(p.id is None for p in one.page.paragraphs)
               for finding in disordered(one.page, one.labels)]
    yield from crossed
    for one in result.pages if not crossed else ():
        places = [at for at, paragraph in enumerate(one.page.paragraphs) if paragraph.id is None
                  and (one.page.language.tag, at) not in result.explained]
        given = {one.page.paragraphs[at].last_line: one.labels[at] or "" for at in places}
        yield from (replace(finding, hint=f"{finding.hint}, or put “{{ #{given[finding.line]} }}” there")
                    if given.get(finding.line) else finding
                    for finding in awaiting(one.page) if finding.line in given)
    deleted = {one.anchor for one in result.proposals if one.kind == proposals.DELETE}
    yield from (finding for page in pages for finding in _lost(pages, register, page, date, deleted))
    if is_clear and not crossed:
        # Where an owner is nowhere on the page, it is gone, which is said above.
        swapped = [finding for page in pages
                   for finding in _mislabelled(register, page, date, page.fingerprints)]
        yield from swapped or (finding for page in pages for finding in disordered(page))


def _is_open(page: Page, register: Register) -> bool:
    """Whether a paragraph has no id, ids are out of order, or one that was published is gone."""
    if any(paragraph.id is None for paragraph in page.paragraphs) or any(disordered(page)):
        return True
    return bool(_published(register, page) - page.fingerprints.keys() - register.withdrawn.keys())


def _twins(pages: tuple[Page, ...], register: Register) -> Iterator[Finding]:
    """Ids that one language lacks and never had: else they are gone, which is another finding."""
    if len(pages) < 2:
        return
    every = {anchor for page in pages for anchor in page.anchors}
    for page in pages:
        twin = next(other for other in pages if other is not page)
        lines = lines_of(twin)
        for anchor in sorted(every - page.anchors.keys() - _published(register, page)):
            yield Finding(page.file, line_without(page, anchor, twin.anchors), "KB205", f"no #{anchor}",
                          f"the counterpart of {twin.file} line {lines[anchor]}",
                          f"translate that paragraph and give it {{ #{anchor} }}")


def _against(
    corpus: Corpus, pages: Sequence[Page], register: Register, page: Page, date: str
) -> Iterator[Finding]:
    """What the register says of the ids of one page. A move is told once, as that."""
    lines = lines_of(page)
    yield from _withdrawn(register, page, lines)
    gone = _published(register, page) - page.fingerprints.keys() - register.withdrawn.keys()
    yield from _lost(pages, register, page, date, gone)
    moved = _moved(register, page)
    yield from _mislabelled(register, page, date, moved.values())
    if not _published(register, page):
        yield Finding(page.file, 1, "KB209", "a document that the register does not know",
                      f"{register.file}", "run: kb anchors")
        return
    for entry in missing(corpus, register, (page,), date):
        if entry.id not in moved and entry.id not in register.withdrawn:
            yield Finding(page.file, lines[entry.id], "KB209",
                          f"#{entry.id} as {entry.text}",
                          "a wording that stands in the register",
                          f"run: kb anchors, or add at the end of {register.file}: {entry} and at "
                          f"the end of {FOLDER}/{register.document}.txt: "
                          f"{entry.text} {page.anchors[entry.id]}")
    yield from out_of_date(corpus, register, page, date)


def _published(register: Register, page: Page) -> set[str]:
    """The ids that were ever published in the page's language."""
    return {anchor for anchor, language in register.latest if language == page.language.tag}


def _withdrawn(register: Register, page: Page, lines: Mapping[str, int]) -> Iterator[Finding]:
    for anchor, entry in register.withdrawn.items():
        if anchor in lines:
            yield Finding(page.file, lines[anchor], "KB207", f"#{anchor}",
                          f"a new id: #{anchor} was withdrawn on {entry.date}",
                          "remove it and run: kb anchors")


def _lost(
    pages: Sequence[Page], register: Register, page: Page, date: str, gone: Collection[str]
) -> Iterator[Finding]:
    """Published ids that the page has no longer, with the line that would withdraw each: its successor
    is the id under which its words stand now, if any."""
    for anchor in sorted(_published(register, page).intersection(gone)):
        latest = register.latest[anchor, page.language.tag].text
        successor = next((now for now, text in page.fingerprints.items() if text == latest), None)
        line = Entry(anchor, date, withdrawn=True, successor=successor)
        twin = next((other for other in pages if anchor in other.fingerprints), None)
        order = twin.anchors if twin else register.order(page.language.tag)
        yield Finding(page.file, line_without(page, anchor, order), "KB206", f"no #{anchor}",
                      "every id that was ever published",
                      f"bring the paragraph back, or do the same in {twin.file} line "
                      f"{lines_of(twin)[anchor]} and run: kb anchors" if twin else
                      "bring the paragraph back, or run: kb anchors, which takes back an id that was never "
                      "published, and asks of any other; or, of one that was, add at the end of "
                      f"{register.file}: {line}")


def _moved(register: Register, page: Page) -> Mapping[str, str]:
    """Ids under which another's text stands → the id that first stood for that text. Where the register says
    already that the words of that one went there, nothing has moved."""
    today, tag = page.fingerprints, page.language.tag
    told = successors(register)
    moved: dict[str, str] = {}
    for anchor, text in today.items():
        owner = register.owners.get((tag, text))
        known = register.latest.get((anchor, tag))
        recorded = known is not None and known.text == text
        if (owner and owner != anchor and today.get(owner) != text and not recorded
                and anchor not in told.get(owner, ())):
            moved[anchor] = owner
    return moved


def _mislabelled(register: Register, page: Page, date: str, owners: Container[str]) -> Iterator[Finding]:
    """Ids below the words of another one, which is one of `owners`."""
    lines = lines_of(page)
    for anchor, owner in _moved(register, page).items():
        if owner not in owners:
            continue
        line = Entry(anchor, date, page.language.tag, page.fingerprints[anchor], was=owner)
        yield Finding(page.file, lines[anchor], "KB208",
                      f"under #{anchor} the text of #{owner}", f"that text under #{owner}",
                      "give every paragraph the id it had, and new ones none, then run: kb anchors;"
                      f" if the text truly moved, add at the end of {register.file}: {line}")


def out_of_date(corpus: Corpus, register: Register, page: Page, date: str) -> Iterator[Finding]:
    """The paragraphs of a translation that are older than their original."""
    source = original(corpus, page)
    if source is None:
        return
    lines = lines_of(page)
    for anchor in stale(corpus, register, page):
        holds = Entry(anchor, date, page.language.tag, page.fingerprints[anchor],
                      source.fingerprints[anchor])
        yield Finding(page.file, lines[anchor], "KB210", f"#{anchor} made from an older wording",
                      f"a translation of {source.file} as it is now",
                      "translate it again, or, if it still holds, add at the end of "
                      f"{register.file}: {holds}")


def _gone(corpus: Corpus, register: Register) -> Iterator[Finding]:
    """A document with published ids that is no longer there, or no longer a document: withdrawn ids
    too are answered on its page. One that is gone in one language only is still there for its
    readers, with a notice."""
    published = {tag for _, tag in register.latest}
    for tag in sorted(published, reverse=True):
        path = f"{register.document}.md"
        page = corpus.page(path, BY_TAG[tag]) or next(iter(corpus.editions(path)), None)
        if page is None or not page.is_document:
            yield Finding(register.file, 1, "KB206",
                          f"no document {BY_TAG[tag].tree}/{register.document}.md",
                          "the document whose ids this register has published",
                          "bring it back, with its front matter; if it was never published, run: kb anchors, "
                          "which takes its lines back")
            return


def _to_come(register: Register, today: str) -> Iterator[Finding]:
    """The first line that is dated after today."""
    place, entry = next(((at, one) for at, one in enumerate(register.entries) if one.date > today), (0, None))
    if entry:
        yield Finding(register.file, register.line(place), "KB212", f"#{entry.id} dated {entry.date}",
                      f"today, {today}, or a day before it", "correct the date of the line")


def lost_lines(file: str, before: str, now: str | None) -> Iterator[Finding]:
    """The first line of a file's earlier text `before` that `now`, the text of today, does not
    begin with: a register, and the wordings beside it, only grow at their end."""
    today = (now or "").split("\n")
    for number, line in enumerate(before.removesuffix("\n").split("\n"), 1):
        if number > len(today) or today[number - 1] != line:
            yield Finding(file, number, "KB214", f"no line “{line}”",
                          "every line that was ever recorded, in its place",
                          "put it back where it was; new lines stand at the end")
            return
