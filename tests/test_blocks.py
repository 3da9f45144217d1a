"""Reading Markdown: blocks, their text, their ids, their lines."""

from kb.blocks import parse


def texts(markdown):
    return [(block.kind, block.id, block.text) for block in parse(markdown)]


def test_one_syntax_gives_ids_to_paragraphs_items_and_quotations():
    assert texts(
        "第一段。\n{ #p1 }\n\n* 一是；\n  { #p2 }\n* 二是。\n  { #p3 }\n\n1. 第一\n   { #p4 }\n\n"
        "> 引文。\n> { #p5 }\n>\n> * 引文中的一项\n>   { #p6 }\n\n## 法律效力 { #legal-effect }\n"
    ) == [
        ("paragraph", "p1", "第一段。"), ("item", "p2", "一是；"), ("item", "p3", "二是。"),
        ("item", "p4", "第一"), ("quotation", "p5", "引文。"), ("item", "p6", "引文中的一项"),
        ("heading", "legal-effect", "法律效力"),
    ]


def test_a_line_break_is_nothing_in_chinese_and_a_space_in_english():
    assert texts("最も重要な\nガイダンス\n")[0][2] == "最も重要なガイダンス"
    assert texts("General Prohibition\nTen\n")[0][2] == "General Prohibition Ten"


def test_links_emphasis_and_code_count_as_their_text():
    (block,) = parse("附：[商务部通知全文](../press-releases/x.md)，**重点**与`code`。\n")
    assert block.text == "附：商务部通知全文，重点与code。"
    assert [link.target for link in block.links] == ["../press-releases/x.md"]


def test_an_id_on_the_same_line_is_no_id_and_stays_in_the_text():
    assert texts("段落。{#p1}\n") == [("paragraph", None, "段落。{#p1}")]


def test_code_and_tables_hold_no_blocks():
    assert texts("```\n段落。\n{ #p1 }\n```\n\n| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n") == []


def test_lines_and_indents_say_where_an_id_would_be_written():
    items = parse("> 引文\n>\n> * 一项\n>   续行\n")
    assert (items[1].line, items[1].last_line, items[1].indent) == (3, 4, ">   ")
