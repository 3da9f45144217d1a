"""Where nothing has changed, `kb build` looks at no work, and makes nothing; whatever has changed, it builds."""

from __future__ import annotations

import os
import shutil

import pytest
from scratch import every_file, project, site_of, write

from kb import cli
from kb.works import whole

TODAY = "2026-11-26"


@pytest.fixture(scope="module")
def remembered(tmp_path_factory):
    root = site_of(project(tmp_path_factory.mktemp("whole")))
    assert cli.main(["build"], root=root) == 0
    return root


@pytest.fixture
def root(remembered, tmp_path, monkeypatch):
    """The same project with its site at the same place, which a test may change."""
    shutil.copytree(remembered, tmp_path / "kept", symlinks=True)
    yield remembered
    shutil.rmtree(remembered)
    shutil.copytree(tmp_path / "kept", remembered, symlinks=True)


def built(root, capsys):
    capsys.readouterr()
    assert cli.main(["build"], root=root) == 0
    return capsys.readouterr().out


def test_where_nothing_has_changed_nothing_is_made(root, capsys):
    before = every_file(root / "site")
    built(root, capsys)  # files that were written just now may have been changed just now, too
    assert "nothing has changed" in built(root, capsys)
    assert every_file(root / "site") == before


CHANGES = {
    "a text": lambda root: write(root, {"docs/index.md": "# 首页\n\n新。\n"}),
    "a new page": lambda root: write(root, {"docs/x.md": "# 页\n", "docs_ja/x.md": "# 頁\n"}),
    "a template": lambda root: (root / "theme/404.html").write_text(
        (root / "theme/404.html").read_text("utf-8") + "\n", "utf-8"),
    "the configuration": lambda root: (root / "mkdocs.yml").write_text(
        (root / "mkdocs.yml").read_text("utf-8") + "\n# x\n", "utf-8"),
    "a file of the site": lambda root: write(root, {"site/index.html": "x"}),
    "a file of the site that is gone": lambda root: (root / "site/index.html").unlink(),
    "a file in the site that nobody made": lambda root: write(root, {"site/x.html": "x"}),
    "the site": lambda root: shutil.rmtree(root / "site"),
    "the memory": lambda root: shutil.rmtree(root / ".cache"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_has_changed_the_site_is_built(root, capsys, change):
    CHANGES[change](root)
    assert "nothing has changed" not in built(root, capsys)
    built(root, capsys)
    assert "nothing has changed" in built(root, capsys)


@pytest.mark.parametrize("name", ["SITE_URL", "CONTACT"])
def test_what_the_configuration_takes_from_the_environment_counts(root, capsys, monkeypatch, name):
    monkeypatch.setenv(name, "https://x.example/")
    assert "nothing has changed" not in built(root, capsys)


def test_another_day_counts(root):
    assert whole.mark(root, TODAY).partition(" ")[0] != whole.mark(root, "2026-11-27").partition(" ")[0]


def test_a_file_that_was_saved_while_the_site_was_built_is_not_taken_for_what_was_read(root, monkeypatch):
    monkeypatch.setenv(whole.VARIABLE, whole.mark(root, TODAY))
    assert whole.still_made_from(root, TODAY)
    os.utime(root / "docs/index.md", ns=(1, 1))
    assert whole.still_made_from(root, TODAY) == ""


def test_a_build_with_another_plugin_is_never_taken_for_known(root, capsys):
    text = (root / "mkdocs.yml").read_text("utf-8")
    write(root, {"mkdocs.yml": text.replace("plugins:\n  - kb\n", "plugins:\n  - meta\n  - kb\n")})
    built(root, capsys)
    assert "nothing has changed" not in built(root, capsys)
