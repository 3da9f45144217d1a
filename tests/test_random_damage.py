"""Whatever happens to any byte, character or line of the content: a finding, or a good site. 2,000 edits of the
fixed corpus with a fixed seed. Never a trace, and no paragraph that is gone without a word."""

import random
import re
import shutil
from collections.abc import Iterator

import pytest
from host import build
from kb import checks, reading, rendering, texts
from kb import project as projects
from kb.anchors import check as recorded
from kb.checks import pages, unlike
from kb.glossary import concepts, matcher
from kb.memory.unchanged import Unchanged
from scratch import CONFIG, CORPUS, corpus_of, write

CJK = re.compile("[\u3040-\u30ff\u4e00-\u9fff]+")
CHUNKS, EDITS, TODAY = 10, 200, "2026-11-26"
UNCHANGED = Unchanged()
FILES = sorted(path.relative_to(CORPUS) for path in CORPUS.rglob("*")
               if path.suffix in (".md", ".yml", ".txt") and path.is_file())
ODD = ("\0", "\x01", "\x0b", "\u200b", "\u202e", "\ufeff", "\U000e0041", "\ud7ff", "\ue000", "<", ">", "&", "&#1;", "&#xD800;",
       "<script>", "</div>", "<!--", "<![CDATA[", "]]>", "{", "}", "{ #p1 }", "{: ", "[", "](", "![", "`", "```\n", "~~~\n",
       "\n", "\n\n", "\r", "\t", "    ", "> ", "* ", "1. ", "# ", "---\n", "|", ":", "'", '"', "*", "_", "\\", "[^1]", "[TOC]",
       "<b>", "<details>\n", "<textarea>", "<svg>", "&x [*x]", "!!python/name:os", "{{", "%}", "出", "の", "。", "9999-99-99")


def damaged(data: bytes, chance: random.Random) -> bytes:
    """`data` after one edit: of a byte, a character or a line."""
    kind = chance.randrange(3)
    if kind == 0:
        at = chance.randrange(len(data) + 1)
        return data[:at] + chance.choice((b"", bytes([chance.randrange(256)]))) + data[at + chance.randrange(3):]
    text = data.decode()
    if kind == 1:
        at = chance.randrange(len(text) + 1)
        return (text[:at] + chance.choice(ODD) + text[at + chance.choice((0, 0, 1, 5)):]).encode()
    lines = text.split("\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            del lines[at]
        case 1:
            lines.insert(other, lines[at])
        case 2:
            lines.insert(other, lines.pop(at))
        case 3:
            lines[at] = lines[at][::-1]
        case 4:
            lines[at] = lines[at] + lines[other]
    return "\n".join(lines).encode()


def remembered(monkeypatch, module, name, key=lambda *given, **named: (given, tuple(sorted(named.items())))):
    """A pure function that works once for what it was given before: of 2,000 projects nearly all is the same."""
    function, kept = getattr(module, name), {}

    def run(*given, **named):
        own = key(*given, **named)
        if own not in kept:
            value = function(*given, **named)
            # What is given stays: some keys are its identity.
            kept[own] = tuple(value) if isinstance(value, Iterator) else value, given
        return kept[own][0]

    monkeypatch.setattr(module, name, run)


def read(root):
    """The project, of which nothing is worked out anew that follows from what was read before."""
    return projects.read(root, unchanged=UNCHANGED)


def of_terms(glossary, page, paragraph=None):
    left_out = sorted((anchor, *sorted(concepts)) for anchor, concepts in glossary.left_out(page).items())
    return id(glossary.matcher(page.language)), tuple(left_out), id(page), id(paragraph)


@pytest.fixture(scope="module")
def monkeypatch():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def corpus(monkeypatch, tmp_path_factory):
    """A copy of the fixed corpus, what it says, and what is found in it. What is pure is not done twice."""
    root = tmp_path_factory.mktemp("damage") / "corpus"
    shutil.copytree(CORPUS, root)
    write(root, {"mkdocs.yml": CONFIG})
    settings = texts.markdown_settings.read(root)
    monkeypatch.setattr(texts.markdown_settings, "read", lambda _: settings)
    remembered(monkeypatch, reading, "read", lambda markdown, settings: (markdown, id(settings)))
    remembered(monkeypatch, unlike, "figures")
    for module in (recorded, pages):
        remembered(monkeypatch, module, "problems", id)
    # A term is its concept and its page.
    remembered(monkeypatch, concepts, "matcher_of",
               lambda terms: tuple((concept, id(one.page)) for concept, one in terms.items()))
    remembered(monkeypatch, unlike, "of", of_terms)
    remembered(monkeypatch, matcher.Matcher, "matches", lambda matcher, text: (id(matcher), text))
    found = read(root)
    before = {page.file: said(page) for page in found.corpus.pages.values()}
    return root, before, {str(one) for one in checks.run(found, TODAY)}


def said(page) -> list[tuple[int, int, str]]:
    """First and last line, and the Chinese and Japanese characters, of each block of a page."""
    return [(page.line_of(block), page.body_line + block.last_line, "".join(CJK.findall(block.text)))
            for block in page.blocks]


def lost(before, now, lines) -> list[str]:
    """The blocks that are on no page any more, though the edit of these lines did not touch them."""
    every = "".join(text for _, _, text in now)
    return [text for first, last, text in before
            if text not in every and (last < lines[0] - 1 or first > lines[1] + 1)]


def touched(before: bytes, after: bytes) -> tuple[int, int]:
    """The first and the last line of `before` that differ."""
    ours, theirs = before.split(b"\n"), after.split(b"\n")
    start = next((at for at, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other),
                 min(len(ours), len(theirs)))
    end = next((at for at, (one, other) in enumerate(zip(ours[::-1], theirs[::-1], strict=False)) if one != other),
               min(len(ours), len(theirs)))
    return start + 1, max(start + 1, len(ours) - end)


def show(project, file: str | None) -> None:
    """The page of a file as it is shown, with its twin; every page where none is named."""
    for page in project.corpus.pages.values():
        if file in (None, page.file):
            if page.is_document:
                rendering.document(project, page.path)
            else:
                rendering.shown(project, page, page.language)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_after_any_damage_there_is_a_finding_or_a_good_site_with_every_paragraph(corpus, chunk):
    root, before, known = corpus
    chance = random.Random(f"damage {chunk}")
    for number in range(EDITS):
        name = chance.choice(FILES)
        saved = (root / name).read_bytes()
        after = damaged(saved, chance)
        (root / name).write_bytes(after)
        try:
            found = read(root)
            findings = checks.run(found, TODAY)
            is_new = bool({str(one) for one in findings if not one.is_warning} - known)
            if not is_new or (number % 4 == 0 and not checks.blocking(found, TODAY)):
                show(found, name.as_posix() if number % 20 else None)
        finally:
            (root / name).write_bytes(saved)  # the next chunk begins with the same
        if not is_new:
            now = {page.file: page for page in found.corpus.pages.values()}
            assert now.keys() == before.keys(), (chunk, number, name)
            if (file := name.as_posix()) in now:  # no other page can have become another
                gone = lost(before[file], said(now[file]), touched(saved, after))
                assert not gone, (chunk, number, name, after)


@pytest.mark.parametrize("seed", range(3))
def test_what_checks_after_damage_is_built_and_what_stops_a_build_is_found_before(tmp_path, seed):
    chance = random.Random(f"build {seed}")
    root = corpus_of(tmp_path / "corpus")
    for _ in range(6):
        name = chance.choice(FILES)
        (root / name).write_bytes(damaged((root / name).read_bytes(), chance))
    found = projects.read(root)
    stops = checks.blocking(found, TODAY)
    done = build(root, tmp_path / "site")
    assert "Traceback" not in done.stdout + done.stderr
    assert bool(stops) == bool(done.returncode), done.stdout + done.stderr
    assert all(str(one) in done.stdout + done.stderr for one in stops)
