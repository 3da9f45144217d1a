"""Random Markdown in which each line of words says its own number, so that any block can be asked where it
stands: `第12行` is line 12."""

from __future__ import annotations

import random
import re

# `@` is a line's number. What ends in `\n` is followed by an empty line.
LINES = (
    "第@行。", "第@行、続き", "**第@行**と*強調*", "EAR line 第@行", "（第@行）", "1984年第@行", "[第@行](x.md)", "`第@行`",
    "* 第@行", "- 第@行", "+ 第@行", "1. 第@行", "3. 第@行", "    * 第@行", "    1. 第@行", "* * 第@行", "    第@行", "  第@行",
    "        第@行", "> 第@行", "> * 第@行", ">   第@行", "> > 第@行", ">", "> { #q@ }", "# 第@行", "## 第@行 { #s@ }", "##第@行",
    "### 第@行 ###", "===", "---", "***", "* * *", "", "", "", "", "\n", "\n", "{ #p@ }", "  { #p@ }", "{: .第@行 }",
    "```", "```", "~~~", "    ```", "> ```", "| 第@行 | 乙@ |", "|---|---|", "| 甲 |", "||", "[^n@]", "[^n@]: 第@行", "[r@]: https://x.example/@",
    "词第@行", ":   释第@行", "<div>", "</div>", "<div markdown=\"1\">", "<div>第@行</div>", "<p>第@行", "<b>第@行</b>", "<span lang=\"en\">第@行</span>",
    "<!-- 第@行", "-->", "<!-- 第@行 -->", "<details markdown=\"1\"><summary>第@行</summary>", "</details>", "<table>", "<tr><td>第@行",
    "</table>", "![第@行](a.png)", "<https://x.example/第@行>", "&nbsp;第@行", "\\* 第@行", "?!", "……", "::", "。", "<br>第@行<br>",
    "<div", "  class=\"x@\">", "<script>第@行", "</script>", "<ruby>第@行<rt>よみ</rt></ruby>", "!!! note", "[TOC]", "1) 第@行", "a < b 第@行",
)


def text(chance: random.Random, size: int) -> str:
    """A text of `size` lines."""
    lines: list[str] = []
    while len(lines) < size:
        for part in chance.choice(LINES).split("\n"):
            lines.append(part.replace("@", str(len(lines) + 1)))
    return "\n".join(lines) + "\n"


def numbers(words: str) -> list[int]:
    """The lines that `words` say they stand on."""
    return [int(found) for found in re.findall(r"第(\d+)行", words)]
