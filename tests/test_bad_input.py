"""Bad input: one finding that a person can act on, exit code 1, no stack trace, no file touched."""

import pytest
from scratch import CHINESE, JAPANESE, every_file, project, write

ZH, JA = "docs/articles/chips.md", "docs_ja/articles/chips.md"

# What is done to the project → the line that a person sees.
CASES = {
    "a page in Chinese only": (
        {"docs/only.md": "# 只有中文\n"},
        "docs/only.md:1: KB105 a page that exists in one language only: found no docs_ja/only.md, "
        "expected the same page in both languages",
    ),
    "a page in Japanese only": (
        {"docs_ja/only.md": "# 日本語のみ\n"},
        "docs_ja/only.md:1: KB105 a page that exists in one language only: found no docs/only.md, "
        "expected the same page in both languages",
    ),
    "an unknown key": (
        {ZH: CHINESE.replace("author:", "autor:")},
        f"{ZH}:4: KB103 a key or value that the schema does not allow: found the unknown key "
        "“autor”, expected one of author, description, headings, kind, license, published, source, text, "
        "translation",
    ),
    "a date that does not exist": (
        {ZH: CHINESE.replace("2025-05-14", "2025-02-30")},
        f"{ZH}:5: KB103 a key or value that the schema does not allow: found \"2025-02-30\" for "
        "published, expected a date that exists, as in 2025-05-14",
    ),
    "a value of the wrong type": (
        {ZH: CHINESE.replace("description: 一篇关于芯片出口管制的短文。", "description: [一篇短文]")},
        f"{ZH}:3: KB103 a key or value that the schema does not allow: found [\"一篇短文\"] for "
        "description, expected text",
    ),
    "a kind that does not exist": (
        {ZH: CHINESE.replace("kind: article", "kind: artical")},
        f"{ZH}:2: KB103 a key or value that the schema does not allow: found \"artical\" for kind, "
        "expected one of page, home, index, timeline, article, press-release, concept, note, "
        "correction, update, essay",
    ),
    "a missing key": (
        {ZH: CHINESE.replace("author: 某研究院\n", "")},
        f"{ZH}:2: KB103 a key or value that the schema does not allow: found no “author”, expected "
        "“author: …”",
    ),
    "a key given twice": (
        {ZH: CHINESE.replace("author: 某研究院\n", "author: 某研究院\nauthor: 另一个\n")},
        f"{ZH}:5: KB102 YAML that cannot be read: found the key “author” a second time, expected "
        "each key once",
    ),
    "YAML that cannot be read": (
        {ZH: CHINESE.replace("author: 某研究院", "author: “某研究院\" : x: y")},
        f"{ZH}:4: KB102 YAML that cannot be read: found mapping values are not allowed in this "
        "context, expected YAML that can be read",
    ),
    "front matter without an end": (
        {ZH: "---\nkind: article\n# 标题\n"},
        f"{ZH}:1: KB102 YAML that cannot be read: found front matter that does not end, expected a "
        "line “---” after it",
    ),
    "broken UTF-8": (
        {ZH: CHINESE.encode().replace("短文".encode(), b"\xe7\x9f")},
        f"{ZH}:3: KB101 a file that cannot be read as UTF-8: found the bytes ",
    ),
    "an id used twice": (
        {ZH: CHINESE.replace("{ #p4 }", "{ #p3 }")},
        f"{ZH}:22: KB201 an id used twice: found #p3 again (first in line 20), expected each id once",
    ),
    "a malformed id": (
        {ZH: CHINESE.replace("{ #p1 }", "{ #P1 }")},
        f"{ZH}:12: KB202 a malformed id: found #P1, expected an id such as p12 or p12a",
    ),
    "an id that would show in the text": (
        {ZH: CHINESE.replace("不严谨。\n{ #p1 }", "不严谨。{#p1}")},
        f"{ZH}:11: KB211 braces that would show in the text: found “{{#p1}}” in the text, expected "
        "“{ #p12 }” alone on the paragraph’s last line",
    ),
    "a heading without an id": (
        {ZH: CHINESE.replace(" { #legal-effect }", "")},
        f"{ZH}:14: KB203 a paragraph or section without an id: found the heading “法律效力” without "
        "an id, expected “ { #section-id }” after it, the same in both languages",
    ),
    "a link to a paragraph that does not exist": (
        {"docs/index.md": "# 首页\n\n[见第9段](articles/chips.md#p9)\n", "docs_ja/index.md": "# ホーム\n"},
        "docs/index.md:3: KB402 a link to a paragraph or section that does not exist: found a link "
        f"to articles/chips.md#p9, expected an id of {ZH} (its paragraphs go up to #p5)",
    ),
    "a link to a page that does not exist": (
        {"docs/index.md": "# 首页\n\n[文章](articles/chip.md)\n", "docs_ja/index.md": "# ホーム\n"},
        "docs/index.md:3: KB401 a link to a page that does not exist: found a link to "
        "articles/chip.md, expected a page in the same tree",
    ),
    "a two-letter folder": (
        {"docs/js/x.js": "// 脚本\n"},
        "docs/js:1: KB104 a name that the site cannot have: found the folder js/, expected a name of three "
        "letters or more at the top of the tree",
    ),
    "a document with two titles": (
        {ZH: CHINESE + "\n# 又一个标题\n"},
        f"{ZH}:27: KB106 a document without exactly one title: found 2 headings of level 1, "
        "expected the title, “# …”, once and first",
    ),
    "Chinese left in Japanese": (
        {JA: JAPANESE.replace("まず、BISは実にずさんである。", "由于美国政府早指控华为。")},
        f"{JA}:12: KB501 Chinese characters left in Japanese text: found “华为”",
    ),
    "half-width punctuation": (
        {"docs/index.md": "# 首页\n\n规则,例如这条。\n", "docs_ja/index.md": "# ホーム\n"},
        "docs/index.md:3: KB502 half-width punctuation in Chinese or Japanese text: found “规则,例如这”",
    ),
    "a register with a wrong key": (
        {"anchors/articles/chips.yml": "document: articles/chips\nanchors:\n- {id: p1, day: x}\n"},
        "anchors/articles/chips.yml:3: KB103 a key or value that the schema does not allow: found the "
        "unknown key “day” in anchors.0",
    ),
    "a received text without provenance": (
        {"sources/b.txt": "来源:某研究院\n"},
        "sources/b.txt:1: KB301 a received text that was changed: found a received text without "
        "provenance, expected b.yml beside it",
    ),
    "a document without its translation's origin": (
        {JA: JAPANESE.replace("translation: {from: zh-Hans, by: machine, post-edited: 2026-11-22}\n",
                              "")},
        f"{JA}:2: KB103 a key or value that the schema does not allow: found no “translation”, "
        "expected “translation: …”",
    ),
    "an alias that contains itself": (
        {ZH: CHINESE.replace("author: 某研究院", "author: &x [*x]")},
        f"{ZH}:4: KB102 YAML that cannot be read: found an alias that contains itself",
    ),
    "words in raw HTML, where no check reads": (
        {ZH: CHINESE + "\n<p>伪造的一段。</p>\n"},
        f"{ZH}:27: KB107 something that is not text: found raw HTML “<p>伪造的一段。</p>”",
    ),
    "words hidden within a paragraph": (
        {ZH: CHINESE.replace("很不严谨", "<span hidden>很</span>不严谨")},
        f"{ZH}:11: KB107 something that is not text: found raw HTML “<span hidden>”",
    ),
    "a table in a document": (
        {ZH: CHINESE + "\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n"},
        f"{ZH}:27: KB107 something that is not text: found a table",
    ),
    "an attribute beside an id": (
        {ZH: CHINESE.replace("{ #p1 }", "{ #p1 hidden=hidden }")},
        f"{ZH}:12: KB107 something that is not text: found “{{ #p1 hidden=hidden }}”",
    ),
    "twins of different dates": (
        {JA: JAPANESE.replace("2025-05-14", "2025-05-15")},
        f"{JA}:5: KB108 twins that contradict each other: found published: 2025-05-15, expected "
        f"published: 2025-05-14, as in {ZH}",
    ),
    "a name with a dot": (
        {"docs/v.us.md": "# 页\n", "docs_ja/v.us.md": "# ページ\n"},
        "docs/v.us.md:1: KB104 a name that the site cannot have: found the name v.us.md",
    ),
    "a link that no program can read": (
        {"docs/index.md": "# 首页\n\n[坏](http://[bad)\n", "docs_ja/index.md": "# ホーム\n"},
        "docs/index.md:3: KB401 a link to a page that does not exist: found a link to http://[bad",
    ),
    "an empty register": (
        {"anchors/articles/chips.yml": ""},
        "anchors/articles/chips.yml:1: KB103 a key or value that the schema does not allow: found no "
        "“document”",
    ),
    "a register of another document": (
        {"anchors/articles/chips.yml": "document: articles/other\nanchors:\n"
         "- {id: p1, date: 2026-11-22, language: ja, text: 0123456789ab}\n"},
        "anchors/articles/chips.yml:1: KB212 a register that contradicts itself: found document: "
        "articles/other, expected document: articles/chips",
    ),
    "a document that is no longer one": (
        {ZH: "# 聊聊芯片\n", JA: "# チップについて\n"},
        "anchors/articles/chips.yml:1: KB206 a published id that is gone: found no document "
        "docs/articles/chips.md",
    ),
    "a note on a paragraph that does not exist": (
        {"sources/articles/chips.yml": "notes:\n  - {on: p9, kind: note, date: 2026-11-22, signed: "
         "{zh-Hans: 编者, ja: 編者}, zh-Hans: 注, ja: 注}\n"},
        f"sources/articles/chips.yml:2: KB306 an editor's note on words that are not there: found a "
        f"note on #p9, expected a paragraph of {ZH}",
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_bad_input_gives_a_finding_and_leaves_every_file_as_it_was(tmp_path, kb, what):
    files, expected = CASES[what]
    project(tmp_path)
    write(tmp_path, files)
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "check")
    assert code == 1
    assert "Traceback" not in printed
    lines = printed.splitlines()
    matching = [number for number, line in enumerate(lines) if line.startswith(expected)]
    # A changed wording is also one that the register does not know yet.
    others = [line for line in lines if " KB" in line and " KB209 " not in line]
    assert len(matching) == len(others) == 1, printed
    assert lines[matching[0] + 1].startswith("    hint: ")
    assert every_file(tmp_path) == before


@pytest.mark.parametrize("what", ["broken UTF-8", "a key given twice", "an id used twice",
                                  "a two-letter folder", "an id that would show in the text"])
def test_anchors_writes_nothing_while_something_is_wrong(tmp_path, kb, what):
    project(tmp_path)
    write(tmp_path, CASES[what][0])
    before = every_file(tmp_path)
    if what != "a two-letter folder":
        assert kb(tmp_path, "anchors")[0] == 1
    assert every_file(tmp_path) == before


def test_a_wrong_command_says_how_to_use_it(tmp_path, kb):
    code, printed = kb(tmp_path, "chekc")
    assert code == 2 and "usage: kb" in printed


def test_outside_a_project_it_says_where_to_go(tmp_path, kb):
    assert kb(tmp_path, "check") == (
        2, f"kb: no docs/ in {tmp_path}: run it at the top of a project\n")
