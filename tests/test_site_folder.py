"""The folder of the site: what was built is there, byte for byte, and nothing else; only what differs is written."""

import random

import pytest
from scratch import every_file, write

from kb.memory.shelf import checked
from kb.works.site import Site


def built(root, files, *, notes=True, gives=True):
    """Build `files` into `root`/site; how many were written. `gives`: the builder offers bytes before it writes."""
    site = Site(root / "site", root / "notes" if notes else None)
    digests = {}
    for place, content in files.items():
        digests[place] = checked(content)
        if not (gives and site.reuse(place, digests[place])):
            write(site.begun, {place: content})
    site.settle(digests)
    return site.written


FILES = {"index.html": "首页".encode(), "ja/index.html": "ホーム".encode(), "a/b/c.txt": b"c", "a/d.txt": b"c"}


@pytest.mark.parametrize("gives", [True, False])
@pytest.mark.parametrize("notes", [True, False])
def test_what_is_built_again_is_not_written_again(tmp_path, notes, gives):
    assert built(tmp_path, FILES, notes=notes, gives=gives) == 4
    inodes = {place: (tmp_path / "site" / place).stat().st_ino for place in FILES}
    assert built(tmp_path, FILES, notes=notes, gives=gives) == 0
    assert inodes == {place: (tmp_path / "site" / place).stat().st_ino for place in FILES}
    assert every_file(tmp_path / "site") == FILES


def test_what_is_no_longer_built_is_removed_but_for_hidden_files_at_the_top(tmp_path):
    built(tmp_path, FILES)
    write(tmp_path / "site", {".nojekyll": b"", "a/.hidden": b"", "x/y/z": b"z"})
    (tmp_path / "site/link").symlink_to(tmp_path)
    built(tmp_path, {"index.html": FILES["index.html"]})
    assert every_file(tmp_path / "site") == {".nojekyll": b"", "index.html": FILES["index.html"]}
    assert {path.name for path in (tmp_path / "site").iterdir()} == {".nojekyll", "index.html"}


@pytest.mark.parametrize("now", [
    {"a": b"a"}, {"a/b/c.txt/d": b"c"}, {"index.html/x": b"x", "a/b": b"b"}, {},
    {"new/one": b"c", "new/two": b"c", "a/d.txt": b"c"}, {"new/one": b"c", "new/two": b"c", "new/three": b"c"},
])
def test_names_that_become_folders_and_files_that_get_other_names(tmp_path, now):
    built(tmp_path, FILES)
    built(tmp_path, now)
    assert every_file(tmp_path / "site") == now


@pytest.mark.parametrize("content", [b"d", "他の頁".encode(), b""])
def test_a_file_that_somebody_changed_is_written_again(tmp_path, content):
    built(tmp_path, FILES)
    (tmp_path / "site/a/d.txt").write_bytes(content)
    assert built(tmp_path, FILES) == 1
    assert every_file(tmp_path / "site") == FILES


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data.replace(b"1", b"2"), lambda data: b""])
def test_a_list_of_what_is_known_that_is_not_as_it_was_written_is_not_used(tmp_path, damage):
    built(tmp_path, FILES)
    (notes,) = (tmp_path / "notes").iterdir()
    notes.write_bytes(damage(notes.read_bytes()))
    assert built(tmp_path, FILES) == 0
    assert built(tmp_path, FILES | {"index.html": b"1"}) == 1
    assert every_file(tmp_path / "site") == FILES | {"index.html": b"1"}


def test_a_build_that_is_given_up_leaves_the_folder_as_it_was(tmp_path):
    built(tmp_path, FILES)
    site = Site(tmp_path / "site", tmp_path / "notes")
    write(site.begun, {"index.html": b"half"})
    site.end()
    assert every_file(tmp_path / "site") == FILES
    assert {path.name for path in tmp_path.iterdir()} == {"site", "notes"}


def test_random_builds_into_one_folder(tmp_path):
    chance = random.Random(14)
    names = ["a", "b/a", "b/b", "b/c/a", "c", "c/a", "d/e/f"]
    for _ in range(150):
        picked = chance.sample(names, chance.randrange(len(names)))
        files = {place: chance.choice((b"1", b"2", b"3")) for place in picked
                 if not any(other.startswith(f"{place}/") for other in picked)}
        built(tmp_path, files, notes=chance.random() < 0.8, gives=chance.random() < 0.7)
        assert every_file(tmp_path / "site") == files
        if files and chance.random() < 0.3:
            (tmp_path / "site" / chance.choice(sorted(files))).write_bytes(b"9")
