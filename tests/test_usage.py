"""Help and errors of use, in the language of who asks."""

from __future__ import annotations

import re

import pytest
from scratch import project, site_of
from test_documentation import commands

from kb import cli

_ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")


@pytest.mark.parametrize("tag", ["zh", "ja"])
@pytest.mark.parametrize("command", ["", *commands()])
def test_help_is_wholly_in_the_reader_s_language(capsys, tmp_path, tag, command, monkeypatch):
    monkeypatch.setenv("LC_ALL", {"zh": "zh_CN.UTF-8", "ja": "ja_JP.UTF-8"}[tag])
    assert cli.main([*([command] if command else []), "--help"], root=tmp_path) == 0
    said = capsys.readouterr().out
    assert said.startswith({"zh": "用法：kb", "ja": "使い方：kb"}[tag]) and "options" not in said
    rest = re.sub(r"\{[^}]*\}|\[[^]]*\]", "", said)
    assert not _ENGLISH.search(rest), rest


@pytest.mark.parametrize(("argv", "chinese", "japanese"), [
    (["import", "x"], "kb import：缺少参数：--language, --slug", "kb import：引数が足りない：--language, --slug"),
    (["nonsense"], "kb：command不能写", "kb：commandに"),
    (["check", "--since"], "kb check：--since后面要写一个值", "kb check：--sinceの後に値を1つ書く"),
    (["check", "--sinse", "x"], "kb：没有这样的参数：--sinse x", "kb：このような引数はない：--sinse x"),
])
def test_a_command_that_is_used_wrongly_says_so_in_the_reader_s_language(capsys, tmp_path, argv, chinese, japanese):
    for tag, said in (("zh", chinese), ("ja", japanese)):
        assert cli.main([*argv, "--lang", tag] if argv[-1] != "--since" else [argv[0], "--lang", tag, argv[1]],
                        root=tmp_path) == 2
        assert said in capsys.readouterr().err


def test_another_language_than_that_of_the_locale_may_be_asked_for(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    site_of(project(tmp_path))
    assert cli.main(["import", "--lang=en"], root=tmp_path) == 2
    assert "kb import: error: the following arguments are required" in capsys.readouterr().err
