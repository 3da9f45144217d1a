"""One reading: what is shown, and on which lines it stands. Each case is a file in `cases/reading/`."""

import random
import re
from pathlib import Path

import pytest
import random_markdown
from markdown import Markdown
from scratch import CHINESE, every_file, project, write

from kb import parsers, reading
from kb.reading import converter, settings, trees
from kb.reading.relinked import relinked

CASES = sorted((Path(__file__).parent / "cases/reading").glob("*.yml"))


def test_there_are_cases():
    assert len(CASES) > 30


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_read(path):
    case = parsers.own(path.read_text("utf-8"))
    found = reading.read(case["markdown"], reading.Settings())
    assert [(block.kind, block.text) for block in found.blocks] == [
        (one["kind"], one["text"]) for one in case["blocks"]], case["what"]
    for block, one in zip(found.blocks, case["blocks"], strict=True):
        assert f"{block.line}-{block.last_line}" == one["lines"], one["text"]
        for name in one.keys() - {"kind", "lines", "text"}:
            assert getattr(block, name) == one[name], (name, one["text"])
    if "links" in case:
        assert [link.target for link in found.links] == case["links"]
    if "unsupported" in case:
        assert [list(one) for one in found.unsupported] == case["unsupported"]
    assert case.get("html", "") in found.html
    assert bool(found.fault) == case.get("fault", False)
    assert not found.unknown_lines and not found.problem


def test_without_a_configuration_texts_are_read_as_this_site_reads_them():
    own, default = settings.read(Path(__file__).parent.parent), reading.Settings()
    assert own.extensions == default.extensions
    assert own.options.keys() == default.options.keys()
    assert own.options["tables"] == default.options["tables"]


def test_every_form_of_naming_extensions_is_read(tmp_path):
    for text in ("markdown_extensions:\n  - attr_list\n  - toc: {toc_depth: 2}\n",
                 "markdown_extensions: {attr_list: , toc: {toc_depth: 2}}\n"):
        (tmp_path / "mkdocs.yml").write_text("site_name: !ENV [X, x]\n" + text)
        found = settings.read(tmp_path)
        assert found.extensions == ("toc", "tables", "fenced_code", "attr_list")
        assert found.options == {"toc": {"toc_depth": 2}}


def lines_of(found, text):
    """(block, its lines of words, the numbers that its words say)."""
    for block in found.blocks:
        if numbers := random_markdown.numbers(block.text):
            yield block, numbers


@pytest.mark.parametrize("part", range(8))  # so that workers share them
def test_lines_are_right_or_refused_in_twenty_thousand_random_texts(part):
    chance = random.Random(20261126)
    texts = [random_markdown.text(chance, chance.choice((2, 3, 4, 6, 9))) for _ in range(20_000)]
    own = reading.Settings()
    known = refused = 0
    for text in texts[part::8]:
        found = reading.read(text, own)
        if found.problem or found.fault or found.unknown_lines:
            refused += 1
            continue
        lines = text.split("\n")
        for block, numbers in lines_of(found, text):
            assert block.line <= min(numbers) and max(numbers) <= block.last_line, (text, block)
            if block.kind in ("picture", "ruby"):
                continue  # they have the lines of the paragraph that they stand in
            for number in (*range(block.line, min(numbers)), *range(max(numbers) + 1, block.last_line + 1)):
                # What else stands before and after its words says none of its own, or stands within code.
                assert "第" not in lines[number - 1] or "`" in text or "~" in text or re.search(
                    r"\](?:\(|: )|!\[|\{:? ?[.#]|class=|^\s*</?\w|\[\^?\w+\]:|<!--|<rt>", lines[number - 1]), (
                    text, block, number)
            known += 1
    assert known > 2_500 and refused < 1_125


def test_the_html_is_python_markdowns_own_but_for_lists_and_line_breaks():
    chance = random.Random(20261127)
    own = reading.Settings()
    plain = Markdown(extensions=list(own.extensions),
                     extension_configs={name: dict(one) for name, one in own.options.items()})
    carrying = converter.Converter(own)
    for _ in range(1_500):
        text = random_markdown.text(chance, chance.choice((3, 6, 12)))
        plain.reset()
        html = re.sub(r' data-lines="[^"]*"', "", carrying.convert(text))
        assert re.sub("[\U00100000-\U0010fffd]", "", html) == plain.convert(text), text


def test_the_numbers_of_lines_of_code_are_no_words_and_its_title_is():
    own = reading.Settings(extensions=("pymdownx.superfences",))
    found = reading.read('```bash title="终端" linenums="7" hl_lines="2"\n安装\n初始化\n```\n', own)
    assert [(block.text, block.line) for block in found.blocks] == [("终端", 1), ("安装\n初始化", 2)]
    assert not found.refused and not found.unknown_lines and "7" in found.html


def test_a_tree_is_a_new_one_each_time():
    found = reading.read("一段。\n", reading.Settings())
    found.tree()[0].text = "改了。"
    assert trees.inner(found.tree()) == "<p>一段。</p>"


@pytest.mark.parametrize("text", ["> " * 150 + "深处。\n", "<div>" * 3000 + "深处。" + "</div>" * 3000 + "\n",
                                  "<b>" * 400 + "深处。" + "</b>" * 400 + "\n"])
def test_what_is_nested_too_deep_is_refused_and_never_lost(text):
    found = reading.read(text, reading.Settings())
    assert found.problem == "more than 100 elements within each other" or found.blocks[0].text.endswith("深处。")


def test_a_text_nested_ninety_deep_is_read_whole():
    assert reading.read("> " * 90 + "深处。\n", reading.Settings()).blocks[0].text == "深处。"


def test_a_character_reference_to_what_nobody_can_see_is_a_finding(tmp_path, kb):
    write(tmp_path, {"docs/x.md": "# 页\n\n输出&#8203;管制与A&nbsp;B。\n", "docs_ja/x.md": "# ページ\n"})
    code, printed = kb(tmp_path, "check")
    assert code == 1
    assert printed.startswith("docs/x.md:3: KB109 a character that cannot be seen or carried: found U+200B")


@pytest.mark.parametrize(("text", "problem"), [
    ("甲&#x100005;乙\n", "“&#x100005”, a character for private use"),
    ("甲&#1114111;乙\n", "“&#1114111”, a character for private use"),
    ("9" * 5000 + ". 丙项\n", f"the list number “{'9' * 20}”, greater than 2147483647"),
    ("<style>\n\n第一段\n", "“<style>”, which is not closed and takes in all that follows"),
    ("前<script>段\n\n第二段\n", "“<script>”, which is not closed and takes in all that follows"),
    ("段\n\n</div></body>\n\n次の段落\n", "HTML that ends before line 5"),
])
def test_what_would_be_lost_or_shown_otherwise_is_refused(text, problem):
    assert reading.read(text, reading.Settings()).problem == problem


def test_no_number_of_a_line_is_left_in_a_page():
    text = ("<style>\n.a { color: red }\n</style>\n\n<svg>\n<text>图中字</text>\n</svg>\n\n"
            "<textarea>\n框中字\n</textarea>\n\n<b title=\"条\n例\">文</b>\n")
    assert not re.search("[\U00100000-\U0010ffff]|data-lines", reading.read(text, reading.Settings()).html)


@pytest.mark.parametrize("text", [
    "[甲](@b.md)，不是链接\\[乙](b.md)。", "[甲](@b.md)\n\n<!-- [乙](b.md) -->", "注[^1]と[甲](@b.md)\n\n[^1]: b.md 参见",
    "> [甲][r]\n>\n> [r]: @b.md", "* [甲][r]\n\n    [r]: @b.md \"題\"", "<a href=@b.md>甲</a>", "<A\n  HREF = '@b.md'>甲</A>",
    "[甲](@b_(c_(d)).md)", "[甲](@b.md)\n\n<script>var x = \"](b.md)\"; src=\"b.md\"</script>", "the href=\"b.md\"、[甲](@b.md)",
    "[![图](@b.png)](@b.md)与[甲[乙]](@b.md '题')", "<img data-src=\"b.md\" src=\"@b.md\" alt=\"图\">", "[甲](x:b){ href=@b.md }",
])
def test_what_is_handed_on_is_the_authors_text_but_for_links(text):
    markdown = text.replace("@", "") + "\n"
    found = relinked(markdown, reading.read(markdown, reading.Settings()), lambda target: f"there/{target}")
    assert found == text.replace("@", "there/") + "\n"


def test_of_a_document_that_cannot_be_read_one_thing_is_said(tmp_path, kb):
    project(tmp_path)
    write(tmp_path, {"docs/articles/chips.md": CHINESE + "\n新段&#x100005;。\n"})
    before = every_file(tmp_path)
    for command in ("check", "anchors"):
        code, printed = kb(tmp_path, command)
        assert code == 1
        assert [line[:36] for line in printed.splitlines() if line.startswith("docs")] == [
            "docs/articles/chips.md:8: KB114 Mark"], printed
    assert every_file(tmp_path) == before
