"""What does not change is not worked out again, and nobody can tell: a preview finds what a new process finds."""

import random

import pytest
from scratch import CHINESE, CONFIG, JAPANESE, corpus_of, project, write
from test_random_damage import FILES, damaged

from kb import checks
from kb import project as projects
from kb.findings import Finding
from kb.glossary import concepts
from kb.languages import LANGUAGES
from kb.memory import folder
from kb.memory.digests import Digests
from kb.memory.shelf import Shelf
from kb.memory.unchanged import NOTHING, Unchanged
from kb.memory.verdicts import Verdicts

TODAY = "2026-11-26"


@pytest.fixture
def root(tmp_path):
    """The fixed corpus, all files of which may be spoilt."""
    found = corpus_of(tmp_path / "corpus")
    write(found, {"mkdocs.yml": CONFIG})
    return found


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_the_findings_are_those_of_a_new_process(root, seed, monkeypatch):
    monkeypatch.setattr(concepts, "_SOME", 1 + seed % 2)  # pages whose uses are put together: there are few
    chance, unchanged = random.Random(f"unchanged {seed}"), Unchanged()
    for number in range(12):
        name = chance.choice(FILES)
        saved = (root / name).read_bytes()
        after = damaged(saved, chance)
        (root / name).write_bytes(after)
        unchanged.begin()
        known, anew = projects.read(root, unchanged=unchanged), projects.read(root)
        assert checks.run(known, TODAY) == checks.run(anew, TODAY), (number, name)
        assert known.glossary.uses == anew.glossary.uses
        assert Digests().of(known.state) == Digests().of(anew.state)
        assert [one.figures for one in known.collations] == [one.figures for one in anew.collations]
        if number % 3 or "\ufffd" in after.decode(errors="replace"):  # some edits stay, and others come on top
            (root / name).write_bytes(saved)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_the_findings_are_those_of_a_process_that_remembers_nothing(root, seed):
    chance = random.Random(f"verdicts {seed}")
    for number in range(12):
        name = chance.choice(FILES)
        saved = (root / name).read_bytes()
        (root / name).write_bytes(after := damaged(saved, chance))
        with folder.readings(root) as memory:
            unchanged = Unchanged(keeps=False)
            unchanged.verdicts = Verdicts(memory, Digests())
            known = checks.run(projects.read(root, memory, unchanged), TODAY)
        assert known == checks.run(projects.read(root), TODAY), (number, name)
        if number % 3 or "\ufffd" in after.decode(errors="replace"):
            (root / name).write_bytes(saved)


def test_a_check_is_not_asked_again_of_what_it_was_asked_of(tmp_path):
    for expected in (["很好。", "很好。", "很不好。", "很不好。"], ["很好。", "很不好。"]):
        shelf = Shelf(tmp_path, 1 << 20)
        verdicts = Verdicts(shelf, Digests())
        for text, found in (("很好。", ()), ("很不好。", (WRONG,))):
            assert verdicts.found(bad, text) == found
            assert verdicts.found(bad, text, object()) == found  # which nobody can see through
        assert ASKED == expected
        ASKED.clear()
        shelf.save()
        shelf.close()


ASKED = []
WRONG = Finding("docs/甲.md", 1, "KB109", "“不”", "“很”", "改成“很”", is_lenient=True)


def bad(text, *_):
    """A check."""
    ASKED.append(text)
    return (WRONG for one in text if one == "不")


def test_a_page_is_the_same_object_until_its_file_is_another_one(tmp_path):
    root, unchanged = project(tmp_path), Unchanged()
    first = projects.read(root, unchanged=unchanged).corpus
    write(root, {"docs_ja/articles/chips.md": JAPANESE.replace("政策", "方針")})
    unchanged.begin()
    second = projects.read(root, unchanged=unchanged).corpus
    chinese, japanese = LANGUAGES
    assert second.page("articles/chips.md", chinese) is first.page("articles/chips.md", chinese)
    assert second.page("articles/chips.md", japanese) is not first.page("articles/chips.md", japanese)
    write(root, {"docs_ja/articles/chips.md": JAPANESE})  # as it was, and nobody has asked for it meanwhile
    unchanged.begin()
    projects.read(root, unchanged=unchanged)
    assert projects.read(root).corpus.page("articles/chips.md", chinese) is not first.page("articles/chips.md", chinese)


def test_a_setting_that_reads_texts_otherwise_makes_them_other_pages(tmp_path):
    root, unchanged = project(tmp_path), Unchanged()
    write(root, {"mkdocs.yml": CONFIG, "docs/articles/chips.md": CHINESE})
    first = projects.read(root, unchanged=unchanged).corpus.documents[0]
    write(root, {"mkdocs.yml": CONFIG + "\n# another comment\n"})
    assert projects.read(root, unchanged=unchanged).corpus.documents[0] is first
    write(root, {"mkdocs.yml": CONFIG.replace("markdown_extensions:", "markdown_extensions:\n  - abbr", 1)})
    assert projects.read(root, unchanged=unchanged).corpus.documents[0] is not first


def worked_out(what):
    """A function that counts how often it works."""
    def run(*given):
        what.append(given)
        return len(what)

    return run


def test_a_result_is_kept_for_the_same_objects_and_for_equal_plain_values():
    asked, unchanged = [], Unchanged()
    run, one, other = worked_out(asked), ["一"], ["一"]
    assert unchanged.once(run, one, "規則") == unchanged.once(run, one, "規則") == 1
    assert unchanged.once(run, other, "規則") == 2  # it is equal, and not the same
    assert unchanged.once(run, one, "规则") == 3
    assert unchanged.once(run, (one, other)) == unchanged.once(run, (one, other)) == 4
    assert NOTHING.once(run, one, "規則") == 5 and NOTHING.once(run, one, "規則") == 6


def test_what_a_whole_run_has_not_asked_for_is_let_go_of():
    asked, unchanged = [], Unchanged()
    run, one = worked_out(asked), ["一"]
    unchanged.once(run, one)
    unchanged.begin()
    assert unchanged.once(run, one) == 1
    unchanged.begin()
    unchanged.begin()
    assert unchanged.once(run, one) == 2


def test_before_anything_is_worked_out_somebody_may_stop_it_and_nothing_is_lost():
    class Stop(Exception):
        pass

    def stop():
        raise Stop

    asked, unchanged = [], Unchanged()
    run, one, other = worked_out(asked), ["一"], ["二"]
    unchanged.once(run, one)
    unchanged.pause = stop
    assert unchanged.once(run, one) == 1
    with pytest.raises(Stop):
        unchanged.once(run, other)
    assert asked == [(one,)]
