"""What a pull request touches: its texts alone, or more than that.

In: names of files on standard input, as `git diff --name-only -z` prints them. Out: in the log of a job of
GitHub Actions a notice for each part of the project that is more than content; below `GITHUB_STEP_SUMMARY`
the same as a table; below `GITHUB_OUTPUT` whether anything is touched that tests look at. Without those two
it only prints. A name can hold no command and no Markdown: what has a meaning is encoded. Refuses nothing.

It tells, and guards nothing: a pull request may change this file too. Reviews guard (`.github/CODEOWNERS`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from html import escape
from pathlib import Path

CONTENT, RECEIVED, DECLARED, REGISTER, WORKFLOWS, PROGRAM = (
    "content", "received texts", "declarations of sources", "registers", "workflows", "program")
# The first beginning that fits names the part; what none fits is the program, theme and tests included.
_PARTS = (
    ("docs/", CONTENT), ("docs_ja/", CONTENT), ("timeline/", CONTENT),
    ("sources/", DECLARED), ("anchors/", REGISTER), (".github/", WORKFLOWS), (".ci/", WORKFLOWS),
)
_SAID = {
    RECEIVED: "收到的原文逐字节保存，不得改动 / 受領した原文は1バイトも変えてはならない",
    DECLARED: "改动了出处或校订声明，请逐条核对 / 来歴や校訂の申告が変わる。1件ずつ確かめること",
    REGISTER: "改动了登记簿：只应增行 / 登録簿が変わる。行の追加だけが許される",
    WORKFLOWS: "改动了工作流或仓库设置 / ワークフローやリポジトリーの設定が変わる",
    PROGRAM: "改动了程序、主题或测试 / プログラム、テーマまたはテストが変わる",
}
_MOST = 20  # names of one part that are listed


def part(name: str) -> str:
    """Which part of the project the file of that name belongs to."""
    if name.startswith("sources/") and not name.endswith(".yml"):
        return RECEIVED
    return next((one for beginning, one in _PARTS if name.startswith(beginning)), PROGRAM)


def parts(names: Iterable[str]) -> dict[str, list[str]]:
    """Part → the names of its files, in the order of `_SAID`; content is left out."""
    names = sorted(set(names))
    found = {one: [name for name in names if part(name) == one] for one in _SAID}
    return {one: some for one, some in found.items() if some}


def tests_look_at(touched: Iterable[str]) -> bool:
    """Whether tests could end otherwise than before: texts, sources and registers are known to none."""
    return bool({WORKFLOWS, PROGRAM} & set(touched))


def markdown(touched: dict[str, list[str]]) -> str:
    """The summary; a name is shown as it is, whatever it would be to Markdown or to HTML."""
    if not touched:
        return "## 仅涉及正文 / 本文のみの変更\n\n"
    rows = [f"| {_SAID[one]} | {_listed(names)} |" for one, names in touched.items()]
    return "\n".join(("## 不止涉及正文 / 本文以外の変更を含む", "", "| | |", "|---|---|", *rows, "", ""))


def _listed(names: list[str]) -> str:
    more = f"<br>… ({len(names)})" if len(names) > _MOST else ""
    return "<br>".join(f"<code>{_plain(one)}</code>" for one in names[:_MOST]) + more


def _plain(name: str) -> str:
    """Letters and figures of any script as they are, every other character by its number."""
    return "".join(one if one.isalnum() or one in "/-. " else f"&#{ord(one)};" for one in escape(name)[:200])


def notices(touched: dict[str, list[str]]) -> list[str]:
    """One command for each part; no name stands in it."""
    return [f"::notice title={one}::{_SAID[one]} ({len(names)})" for one, names in touched.items()]


def main(names: Iterable[str]) -> None:
    touched = parts(names)
    print("\n".join(notices(touched)) or "content only")
    for variable, text in (("GITHUB_STEP_SUMMARY", markdown(touched)),
                           ("GITHUB_OUTPUT", f"program={str(tests_look_at(touched)).lower()}\n")):
        if where := os.environ.get(variable):
            with Path(where).open("a", encoding="utf-8") as file:
                file.write(text)


if __name__ == "__main__":
    main(name for name in sys.stdin.buffer.read().decode("utf-8", "backslashreplace").split("\0") if name)
