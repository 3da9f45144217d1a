"""Collation of any text: its own headings in their places, breaks that moved, lines that belong to nobody,
words that stand somewhere else, declarations that outlive what becomes of their neighbours.

Each case is a file in `cases/collation/`: a received text, its edition, what is declared of it, and what is
found. Declarations are written in words; the fingerprints are taken from these."""

import hashlib
import random
import re
from pathlib import Path

import pytest
import yaml
from scratch import write

from kb import project as projects
from kb.fingerprints import fingerprint
from kb.languages import BY_TAG

CASES = sorted((Path(__file__).parent / "cases/collation").glob("*.yml"))
FILES = {"received": "sources/a.txt", "provenance": "sources/a.yml",
         "declarations": "sources/articles/text.yml"}
FRONT = {"kind": "article", "description": "一篇短文。", "author": "某研究院", "published": "2025-05-14"}
TRANSLATION = {"text": "translation", "translation": {"from": "zh-Hans", "by": "machine"}}


def built(root, received, edition, *, language="zh-Hans", front=None, provenance=None, declared=None):
    """A project of one document and its received text; the one collation of it."""
    head = {**FRONT, **(TRANSLATION if language == "ja" else {"text": "original"}), **(front or {})}
    tree = BY_TAG[language].tree
    write(root, {
        f"{tree}/articles/text.md": f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n\n{edition}",
        "docs/index.md": "# 首页\n", "docs_ja/index.md": "# ホーム\n",
        "sources/a.txt": received,
        "sources/a.yml": yaml.safe_dump({
            "received": "a.txt", "sha256": hashlib.sha256(received.encode()).hexdigest(),
            "language": language, "what": {"zh-Hans": "一篇短文", "ja": "短い論考"},
            "editions": ["articles/text"], **(provenance or {})}, allow_unicode=True, sort_keys=False),
    })
    if declared:
        write(root, {"sources/articles/text.yml": yaml.safe_dump(
            {"emendations": {language: {key: marked(one) for key, one in declared.items()}}},
            allow_unicode=True, sort_keys=False)})
    (found,) = projects.read(root).collations
    return found


def marked(declared):
    """A declaration in words, with fingerprints in their place."""
    found = {"reasons": declared.get("reasons", ["wording"]), "text": fingerprint(declared["text"])}
    if "received" in declared:
        found["received"] = fingerprint(declared["received"])
    return found


def is_met(finding, wanted, edition):
    """Whether a finding is the one that a case names. Lines of the edition are counted without its front
    matter."""
    file = {**FILES, "edition": edition.file}[wanted["file"]]
    line = wanted["line"] + (edition.body_line if wanted["file"] == "edition" else 0)
    return ((finding.file, finding.line, finding.code) == (file, line, wanted["code"])
            and wanted.get("found", finding.found) == finding.found
            and wanted.get("expected", finding.expected) == finding.expected)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_became_of_a_received_text(tmp_path, path):
    case = yaml.safe_load(path.read_text("utf-8"))
    language = case.get("language", "zh-Hans")
    received = case["received"].replace("\n", "\r\n") if case.get("crlf") else case["received"]
    found = built(tmp_path, received, case["edition"], language=language, front=case.get("front"),
                  provenance=case.get("provenance"), declared=case.get("declared"))
    edition = projects.read(tmp_path).corpus.page("articles/text.md", BY_TAG[language])
    said = "\n".join(map(str, found.findings))
    assert len(found.findings) == len(case.get("findings", ())), said
    for wanted in case.get("findings", ()):
        (finding,) = [one for one in found.findings if is_met(one, wanted, edition)] or [None]
        assert finding, f"{wanted} not in\n{said}"
        for words in wanted.get("hint", ()):
            assert words in finding.hint, finding.hint
        for words in wanted.get("never", ()):
            assert words not in finding.hint, finding.hint
    assert found.figures.unaccounted == case.get("unaccounted", 0), said
    shown = {one.id: one.received for one in found.comparisons}
    for key, words in case.get("became", {}).items():
        assert shown[key] == words
