"""Which received texts an edition rests on: those in its own language, unless it names others; shown to readers
of both languages, and compared where they are in its language."""

import hashlib
import re

import pytest
from host import build
from scratch import JAPANESE, RECEIVED, site_of, with_source, write

from kb import project as projects
from kb.collation import rests
from kb.languages import CHINESE as ZH
from kb.languages import JAPANESE as JA

TRANSLATION = JAPANESE.replace("text: translation\n", "text: translation\nheadings: supplied\n")
ENGLISH = "First of all, the notice is careless.\n"
SITE = "https://someone.example/kb/"


def received(name, text, language, more=""):
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return {f"sources/{name}.txt": text, f"sources/{name}.yml": (
        f"received: {name}.txt\nsha256: {sha256}\nlanguage: {language}\n"
        f"what: {{zh-Hans: 一份文本, ja: テキスト1点}}\neditions: [articles/chips]\n{more}")}


def names(root, language):
    found = projects.read(root)
    return [one.name for one in rests.of(found.sources, found.corpus.page("articles/chips.md", language))]


def base(root):
    """A document with the received text of its Chinese edition; the editors supplied its headings."""
    with_source(root)
    write(root, {"docs_ja/articles/chips.md": TRANSLATION})
    return root


def resting_on(*files):
    return TRANSLATION.replace("text: translation\n", f"text: translation\nrests-on: [{', '.join(files)}]\n")


def test_an_edition_rests_on_what_reached_us_in_its_language(tmp_path):
    root = base(tmp_path)
    assert names(root, ZH) == ["a.txt"] and names(root, JA) == []


def test_a_japanese_edition_may_rest_on_an_english_text_which_is_kept_and_not_compared(tmp_path, kb):
    root = base(tmp_path)
    write(root, received("b", ENGLISH, "en", "date: 1951-10\n") | {"docs_ja/articles/chips.md":
                                                                   resting_on("b.txt", "a.txt")})
    code, printed = kb(root, "check")
    assert "KB" not in printed and code == 0
    assert names(root, JA) == ["b.txt", "a.txt"] and names(root, ZH) == ["a.txt"]
    assert [one.received.name for one in projects.read(root).collations] == ["a.txt"]
    done = build(site_of(root), root / "site", SITE_URL=SITE)
    assert done.returncode == 0, done.stdout + done.stderr

    def row(place):
        text = (root / "site" / place / "index.html").read_text("utf-8")
        return re.search(r"<dt>底本</dt><dd>(.*?)</dd>", text).group(1)

    assert row("articles/chips") == "中文（2025年5月14日）"
    assert row("ja/articles/chips") == "英語（1951年10月）、中国語（2025年5月14日）"


def test_a_received_text_that_changed_is_found_in_any_language(tmp_path, kb):
    root = base(tmp_path)
    write(root, received("b", ENGLISH, "en") | {"sources/b.txt": ENGLISH + "x"})
    assert "KB301 a received text that was changed" in kb(root, "check")[1]


def test_two_texts_in_one_language_are_both_compared_and_have_ids_of_their_own(tmp_path, kb):
    root = base(tmp_path)
    write(root, received("b", RECEIVED, "zh-Hans", "omissions: [{line: 3, reason: advertisement}]\n"))
    assert kb(root, "check")[0] == 0
    found = projects.read(root)
    assert names(root, ZH) == ["a.txt", "b.txt"]
    assert found.marks_of("articles/chips") == ("zh-Hans", "zh-Hans-2")
    done = build(site_of(root), root / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    text = (root / "site/articles/chips/collation/index.html").read_text("utf-8")
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids)) and {"text-zh-Hans", "text-zh-Hans-2"} <= set(ids)


def test_a_text_that_no_edition_rests_on_is_kept_and_not_compared(tmp_path, kb):
    root = base(tmp_path)
    chinese = (root / "docs/articles/chips.md").read_text("utf-8")
    write(root, received("b", "别的文本。\n", "zh-Hans") | {
        "docs/articles/chips.md": chinese.replace("text: original\n", "text: original\nrests-on: [a.txt]\n")})
    assert kb(root, "check")[0] == 0
    assert [one.received.name for one in projects.read(root).collations] == ["a.txt"]


@pytest.mark.parametrize("name", ["none.txt", "b.txt"])
def test_a_name_that_no_received_text_of_the_document_has_is_a_finding(tmp_path, kb, name):
    root = base(tmp_path)
    write(root, {key: text.replace("articles/chips", "articles/none") if key.endswith("yml") else text
                 for key, text in received("b", ENGLISH, "en").items()})
    write(root, {"docs_ja/articles/chips.md": resting_on(name)})
    assert (f"docs_ja/articles/chips.md:7: KB305 a declaration that matches nothing: found rests-on: {name}, "
            "expected a received text that carries the document: a.txt") in kb(root, "check")[1]


@pytest.mark.parametrize(("behind", "is_wrong"), [("b.txt", True), ("c.txt", False), ("b.txt, c.txt", False)])
def test_what_is_declared_of_a_text_that_the_edition_does_not_rest_on_is_a_finding(tmp_path, kb, behind, is_wrong):
    root = base(tmp_path)
    japanese = received("c", "チップについて\n\nまず、BISはずさんである。\n", "ja")
    write(root, received("b", ENGLISH, "en") | japanese | {
        "docs_ja/articles/chips.md": resting_on(*behind.split(", ")),
        "sources/articles/chips.yml": "emendations:\n  ja:\n    p1: {reasons: [wording], received: 000000000000, "
                                      "text: 58329fbd15de}\n"})
    finding = ("sources/articles/chips.yml:3: KB305 a declaration that matches nothing: found emendations of "
               "articles/chips in ja, expected a received text that the edition rests on")
    printed = kb(root, "check")[1]
    assert (finding in printed) == is_wrong
    assert ("hint: remove them, or name in rests-on of docs_ja/articles/chips.md the text that they were made "
            "against: c.txt") in printed or not is_wrong
