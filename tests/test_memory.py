"""What is remembered between runs: never another thing than was put there, whatever becomes of the files."""

import functools
import random
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import random_markdown
import torture
from scratch import CHINESE, commit, project, site_of, write

from kb import parsers, reading
from kb.memory import folder
from kb.memory.digests import Unknown, digest
from kb.memory.shelf import Shelf
from kb.reading import remembered

CASES = sorted((Path(__file__).parent / "cases/reading").glob("*.yml"))
LIMIT = 1 << 20


@dataclass(frozen=True)
class Word:
    tag: str
    text: str


@dataclass(frozen=True)
class Name:
    tag: str
    text: str


def plus(one, two):
    return one + two


DIFFERENT = [
    None, True, False, 0, 1, "", "1", b"1", "政策", "政 策", ("政", "策"), ("政策",), (), ("", ""), {}, {"政": "策"},
    {"政": "策", "p1": "段"}, {"p1": "段", "政": "策"}, frozenset(), frozenset(("政", "策")), Word("ja", "政策"),
    Word("zh-Hans", "政策"), Name("ja", "政策"), ("ja", "政策"), (("a", "b"), "c"), ("a", ("b", "c")),
    Path("docs"), "docs", plus, functools.partial(plus, 1), functools.partial(plus, 2),
]


def test_values_that_differ_have_digests_that_differ_and_equal_ones_the_same():
    assert len({digest(one) for one in DIFFERENT}) == len(DIFFERENT)
    assert digest(frozenset(("甲", "乙", "丙"))) == digest(frozenset(("丙", "乙", "甲")))
    assert digest(Word("ja", "政策")) == digest(Word("ja", "政策")) == digest(replace(Word("ja", ""), text="政策"))
    assert digest([1, 2]) == digest((1, 2))


@pytest.mark.parametrize("value", [object(), lambda: 1, iter(()), Word],
                         ids=["an object", "a lambda", "an iterator", "a class"])
def test_what_cannot_be_seen_through_has_no_digest(value):
    with pytest.raises(Unknown):
        digest(("政策", value))


def filled(place, **entries):
    shelf = Shelf(place, LIMIT)
    for key, value in entries.items():
        shelf.put(key, value)
    shelf.save()
    shelf.close()


def test_what_was_saved_is_there_again_and_what_was_not_is_gone(tmp_path):
    filled(tmp_path, one="第一段。".encode(), two=b"")
    shelf = Shelf(tmp_path, LIMIT)
    shelf.put("three", b"3")
    assert shelf.get("three") == b"3"
    shelf.close()
    again = Shelf(tmp_path, LIMIT)
    assert [again.get(key) for key in ("one", "two", "three")] == ["第一段。".encode(), b"", None]
    assert len(list(tmp_path.iterdir())) == 1


def test_the_newest_entry_of_a_key_counts(tmp_path):
    for number in range(20):
        filled(tmp_path, one=b"%d" % number)
        assert Shelf(tmp_path, LIMIT).get("one") == b"%d" % number
    assert len(list(tmp_path.iterdir())) < 10


def test_of_a_damaged_pack_nothing_is_taken_that_was_not_put_there(tmp_path):
    filled(tmp_path, one="许可证。".encode() * 9, two="許可証。".encode() * 9)
    (pack,) = tmp_path.iterdir()
    whole = pack.read_bytes()
    damaged = [whole[:at] for at in range(len(whole))]
    damaged += [whole[:at] + bytes((whole[at] ^ 1 << at % 8,)) + whole[at + 1 :] for at in range(len(whole))]
    damaged += [b"", whole + b"\0", whole[1:], whole * 2]
    taken = 0
    for data in damaged:
        pack.write_bytes(data)
        shelf = Shelf(tmp_path, LIMIT)
        found = shelf.get("one"), shelf.get("two")
        assert found[0] in (None, "许可证。".encode() * 9) and found[1] in (None, "許可証。".encode() * 9)
        taken += found != (None, None)
        shelf.close()
    assert 0 < taken < len(damaged)  # one entry may be whole where the other is not


def test_two_at_once_lose_nothing_of_each_other(tmp_path):
    filled(tmp_path, old=b"0")
    one, two = Shelf(tmp_path, LIMIT), Shelf(tmp_path, LIMIT)
    one.put("one", b"1")
    two.put("two", b"2")
    for shelf in (one, two):
        shelf.save()
    third = Shelf(tmp_path, LIMIT)
    assert [third.get(key) for key in ("old", "one", "two")] == [b"0", b"1", b"2"]
    for number in range(9):  # until one has put packs together under the other's hands
        filled(tmp_path, **{f"n{number}": b"n"})
    assert one.get("old") == two.get("old") == b"0" and one.get("one") == b"1"
    assert Shelf(tmp_path, LIMIT).get("two") == b"2"


def test_a_shelf_has_a_limit_and_keeps_what_was_used_last(tmp_path):
    chance = random.Random(5)
    for number in range(40):
        shelf = Shelf(tmp_path, 40_000)
        assert number < 2 or shelf.get("first")
        shelf.put("first" if number == 0 else f"n{number}", chance.randbytes(4000))
        shelf.save()
        shelf.close()
        assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 90_000


def test_where_nothing_can_be_written_nothing_is_remembered_and_nobody_is_stopped(tmp_path):
    (tmp_path / "file").write_text("这里不是文件夹")
    filled(tmp_path / "file", one=b"1")
    assert Shelf(tmp_path / "file", LIMIT).get("one") is None


TEXTS = {path.stem: parsers.own(path.read_text("utf-8"))["markdown"] for path in CASES}
TEXTS |= {"torture, Chinese": torture.DOCUMENT_ZH, "torture, Japanese": torture.PLAIN_JA}
TEXTS |= {f"random {seed}": random_markdown.text(random.Random(seed), 12) for seed in range(20)}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_reading_is_as_a_remembered_one(tmp_path, text):
    anew = reading.read(text, reading.Settings())
    data = remembered.written(anew)
    assert (remembered.parsed(data) == anew) is not bool(anew.problem)  # what has one is not remembered
    shelf = Shelf(tmp_path, LIMIT)
    settings = reading.Settings(memory=shelf)
    assert reading.read(text, settings) == anew == reading.read(text, settings)


def test_a_remembered_text_is_not_read_again_and_a_changed_one_or_one_of_other_settings_is(tmp_path):
    shelf, read = Shelf(tmp_path, LIMIT), []

    def anew(text, settings):
        read.append(text)
        return reading.Reading(fault=text)

    own, other = reading.Settings(memory=shelf), reading.Settings(("tables",), memory=shelf)
    for text, settings in (("一", own), ("一", own), ("二", own), ("一", other), ("二", own), ("一", other)):
        assert remembered.read(text, settings, anew).fault == text
    assert read == ["一", "二", "一"]


def test_a_text_that_could_not_be_read_is_tried_again(tmp_path):
    shelf, tried = Shelf(tmp_path, LIMIT), []

    def anew(text, settings):
        tried.append(text)
        return reading.Reading(problem="a text that takes too long")

    for _ in range(2):
        assert remembered.read("深", reading.Settings(memory=shelf), anew).problem
    assert len(tried) == 2


def test_with_an_extension_whose_code_nobody_knows_nothing_is_remembered(tmp_path, monkeypatch):
    write(tmp_path, {"own_extension.py": "def makeExtension(**_): ..."})
    monkeypatch.syspath_prepend(tmp_path)
    assert reading.Settings(("tables", "pymdownx.superfences", "attr_list")).key
    assert not reading.Settings(("tables", "own_extension")).key


def test_a_check_remembers_readings_and_says_the_same(tmp_path, kb):
    site_of(project(tmp_path))
    write(tmp_path, {"docs/articles/chips.md": CHINESE.replace("严谨。", "严谨,真的。")})
    first = kb(tmp_path, "check")
    assert (tmp_path / folder.PLACE / "readings").is_dir() and "KB502" in first[1]
    assert kb(tmp_path, "check") == first
    for path in (tmp_path / folder.PLACE / "readings").iterdir():
        path.write_bytes(path.read_bytes()[::-1])
    assert kb(tmp_path, "check") == first


@pytest.mark.parametrize("kind", ["a link", "kept by git", "no site"])
def test_a_memory_that_may_be_somebody_elses_is_not_used(tmp_path, kind):
    root = tmp_path / "project"
    site_of(project(root)) if kind != "no site" else project(root)
    if kind == "a link":
        (root / ".cache").symlink_to(tmp_path)
    if kind == "kept by git":
        write(root, {".cache/kb/readings/x.pack": b"x"})
        commit(root)
    assert folder.opened(root) is None


def test_a_memory_that_git_does_not_keep_is_used(tmp_path):
    commit(site_of(project(tmp_path)))
    write(tmp_path, {".cache/kb/readings/x.pack": b"x"})
    assert folder.opened(tmp_path)
