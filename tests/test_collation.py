"""Collation: every received character has a fate, and no difference goes undeclared."""

import hashlib
import re

import pytest
from scratch import CHINESE, JAPANESE, RECEIVED, every_file, with_source, write

from kb import project as projects
from kb.collation import excerpts
from kb.collation.alignment import Line, align

ZH = "docs/articles/chips.md"
SUPPLIED = CHINESE.replace("text: original\n", "text: original\nheadings: supplied\n")
# The same as a translation: only that is ever emended.
EMENDED = SUPPLIED.replace("text: original\n", "text: translation\ntranslation: {from: ja, by: human}\n")


def collation(root):
    (found,) = projects.read(root).collations
    return found


def test_an_edition_that_restores_punctuation_and_lists_needs_no_declaration(tmp_path, kb):
    with_source(tmp_path)
    code, printed = kb(tmp_path, "collate")
    figures = collation(tmp_path).figures
    assert code == 0, printed
    assert printed == "  ".join(["fidelity", "a.txt", *(
        f"{name} {count:,}" for name, count in vars(figures).items())]) + "\n"
    assert figures.received == len(RECEIVED)
    assert figures.received == (figures.unchanged + figures.normalised + figures.omitted
                                + figures.emended + figures.unaccounted)
    assert (figures.omitted, figures.emended, figures.unaccounted) == (len("推荐下载,领取盲盒!"), 0, 0)


def test_the_characters_that_were_made_full_width_are_counted(tmp_path):
    with_source(tmp_path)
    assert collation(tmp_path).replaced == {(",", "，"): 2, (":", "："): 1, (";", "；"): 1}


def test_one_lost_character_is_a_finding_with_the_line_to_add(tmp_path, kb):
    with_source(tmp_path)
    write(tmp_path, {ZH: SUPPLIED.replace("很不严谨", "很严谨")})
    files = every_file(tmp_path)
    code, printed = kb(tmp_path, "collate")
    assert code == 1
    assert (f"{ZH}:12: KB303 a difference from the received text that is not declared: found "
            "“首先，BIS很[]严谨。” in p1, expected “首先,BIS很[不]严谨。”, as in sources/a.txt line 5") in printed
    assert ("add to sources/articles/chips.yml under notes: - {on: p1, kind: sic, " in printed
            and "emendations" not in printed)
    assert "unaccounted 1\n" in printed
    assert every_file(tmp_path) == files


def test_one_character_of_a_translation_may_be_declared(tmp_path, kb):
    with_source(tmp_path)
    write(tmp_path, {ZH: EMENDED.replace("很不严谨", "很严谨")})
    code, printed = kb(tmp_path, "collate")
    assert code == 1
    assert "add to sources/articles/chips.yml under emendations, zh-Hans: p1: {reasons: […], received: " \
        in printed


def test_a_lost_paragraph_is_a_finding_with_the_line_to_add(tmp_path, kb):
    with_source(tmp_path)
    write(tmp_path, {ZH: SUPPLIED.partition("\n> “")[0]})
    code, printed = kb(tmp_path, "collate")
    assert code == 1
    assert ("sources/a.txt:13: KB302 received words that stand in no edition: found "
            "““本届政府要确保盟友使用美国技术。”” in no edition") in printed
    assert "add to sources/a.yml under omissions: - {line: 13, reason: …}" in printed


def test_words_that_were_never_received_are_a_finding(tmp_path, kb):
    with_source(tmp_path)
    write(tmp_path, {ZH: SUPPLIED + "\n谁也没有写过的一段。\n{ #p6 }\n"})
    code, printed = kb(tmp_path, "collate")
    assert code == 1
    assert f"{ZH}:28: KB303" in printed


def test_two_paragraphs_in_the_wrong_order_are_a_finding(tmp_path, kb):
    with_source(tmp_path)
    write(tmp_path, {ZH: SUPPLIED.replace("解释性规则；", "甲").replace("政策声明。", "解释性规则；")
                     .replace("甲", "政策声明。")})
    code, printed = kb(tmp_path, "collate")
    assert code == 1 and "KB303" in printed and "unaccounted 0" not in printed


def declared(root, line):
    write(root, {"sources/articles/chips.yml": f"emendations:\n  zh-Hans:\n    p1: {line}\n"})


def test_a_declared_emendation_covers_one_wording_and_no_other(tmp_path, kb):
    with_source(tmp_path)
    changed = EMENDED.replace("很不严谨", "很严谨")
    write(tmp_path, {ZH: changed})
    line = kb(tmp_path, "collate")[1].partition("zh-Hans: p1: ")[2].splitlines()[0]
    fingerprint = line.rpartition("text: ")[2].rstrip("}")
    declared(tmp_path, line.replace("…", "wording"))
    code, printed = kb(tmp_path, "collate")
    assert code == 0, printed
    assert "emended 1  unaccounted 0" in printed
    (passage,) = collation(tmp_path).emended("articles/chips")
    assert (passage.id, passage.reasons) == ("p1", ("wording",))
    write(tmp_path, {ZH: changed.replace("首先", "首要")})
    code, printed = kb(tmp_path, "collate")
    assert code == 1
    assert (f"sources/articles/chips.yml:3: KB304 a declared emendation of a wording that has "
            f"changed since: found the fingerprint {fingerprint} for p1") in printed
    assert "replace the line by: p1: {reasons: [wording], received: " in printed


def test_a_declaration_without_a_difference_is_a_finding(tmp_path, kb):
    with_source(tmp_path)
    declared(tmp_path, "{reasons: [wording], text: 0123456789ab}")
    code, printed = kb(tmp_path, "collate")
    assert code == 1
    assert "sources/articles/chips.yml:3: KB305 a declaration that matches nothing: found an " \
        "emendation of p1, expected a paragraph that differs from the received text" in printed


def test_an_omission_that_is_not_in_the_text_is_a_finding(tmp_path, kb):
    with_source(tmp_path)
    path = tmp_path / "sources/a.yml"
    path.write_text(path.read_text("utf-8") + "  - {line: 5, text: 从来没有, reason: image}\n", "utf-8")
    code, printed = kb(tmp_path, "collate")
    assert code == 1
    assert "sources/a.yml:9: KB305 a declaration that matches nothing: found “从来没有” 0 times" \
        in printed


def test_a_changed_byte_of_a_received_text_is_a_finding(tmp_path, kb):
    with_source(tmp_path)
    (tmp_path / "sources/a.txt").write_text(RECEIVED.replace("芯片", "芯 片"), "utf-8")
    code, printed = kb(tmp_path, "collate")
    assert code == 1
    assert printed.startswith("sources/a.txt:1: KB301 a received text that was changed: found SHA-256 ")
    digits = hashlib.sha256((tmp_path / "sources/a.txt").read_bytes()).hexdigest()
    assert "as in sources/a.yml line 2\n    hint: a received text is never edited: " in printed
    assert f"only where it is new, write sha256: {digits} on line 2 of sources/a.yml" in printed


RUNNING = ("まず、BISはずさんである。こうしたものは法律ではなく、次のとおり:> * 解釈規則> * 政策声明> > "
           "“米国の技術を使う”> ")
BROKEN = "チップについて\nまず、BISはずさんである。\nこうしたものは法律ではなく、次のとおり:\n"


def test_of_two_copies_each_gives_what_the_other_lacks(tmp_path):
    """One copy without breaks and one by lines, as the received Japanese has them."""
    received = RUNNING + "\n" + BROKEN
    with_source(tmp_path, received, """\
received: a.txt
sha256: {sha256}
language: ja
what: {{zh-Hans: 译文, ja: 訳文}}
copies:
  - {{first: 1, last: 1, running: true}}
  - {{first: 2, last: 4}}
editions: [articles/chips]
""")
    write(tmp_path, {"docs_ja/articles/chips.md": JAPANESE.replace(
        "text: translation\n", "text: translation\nheadings: supplied\n")})
    received_of = {passage.id: passage.received for passage in collation(tmp_path).comparisons}
    assert received_of == {
        "title": "チップについて",
        "p1": "まず、BISはずさんである。",
        "p2": "こうしたものは法律ではなく、次のとおり:",
        "p3": "解釈規則",
        "p4": "政策声明",
        "p5": "“米国の技術を使う”",
    }
    assert collation(tmp_path).figures.received == len(received)


def aligned(pieces, paragraphs):
    return [(group.pieces, group.paragraphs) for group in
            align([Line(one) for one in pieces], [Line(one) for one in paragraphs])]


def test_one_received_paragraph_may_have_become_several():
    assert aligned(
        ["三个支柱：一是放松监管；二是推广技术；三是出口管制。", "第二段在后。"],
        ["三个支柱：", "一是放松监管；", "二是推广技术；", "三是出口管制。", "第二段在后。"],
    ) == [((0,), (0, 1, 2, 3)), ((1,), (4,))]


def test_a_passage_left_in_the_other_language_still_finds_its_place():
    assert aligned(
        ["まず、BISはずさんである。", "由于美国政府早指控华为", "近ごろの発言には、三つの柱がある。"],
        ["まず、BISはまったくずさんだ。", "米国政府は早くから非難している。", "近ごろの発言には、3つの柱がある。"],
    ) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]


def test_a_declaration_does_not_hide_what_its_paragraph_swallowed(tmp_path, kb):
    """A paragraph is deleted, and its received words fall to an emended neighbour."""
    with_source(tmp_path)
    write(tmp_path, {ZH: EMENDED.replace("* 解释性规则；", "* 解释规则；")})
    line = kb(tmp_path, "collate")[1].partition("zh-Hans: p3: ")[2].splitlines()[0]
    write(tmp_path, {"sources/articles/chips.yml":
                     f"emendations:\n  zh-Hans:\n    p3: {line.replace('…', 'wording')}\n"})
    assert kb(tmp_path, "collate")[0] == 0
    write(tmp_path, {ZH: EMENDED.replace("* 解释性规则；", "* 解释规则；")
                     .replace("* 政策声明。\n  { #p4 }\n", "")})
    code, printed = kb(tmp_path, "collate")
    assert code == 1 and ("KB302" in printed or "the received wording that it now stands for" in printed)


def test_copies_that_leave_lines_out_are_a_finding(tmp_path, kb):
    with_source(tmp_path)
    path = tmp_path / "sources/a.yml"
    path.write_text(path.read_text("utf-8").replace(
        "editions:", "copies:\n  - {first: 1, last: 5}\neditions:"), "utf-8")
    code, printed = kb(tmp_path, "collate")
    assert code == 1
    assert printed.startswith("sources/a.yml:6: KB305 a declaration that matches nothing: found copies "
                              "of the lines 1 to 5")


def test_emendations_without_a_received_text_are_a_finding(tmp_path, kb):
    with_source(tmp_path)
    declared(tmp_path, "{reasons: [wording], text: 0123456789ab}")
    write(tmp_path, {"sources/a.txt": None, "sources/a.yml": None})
    code, printed = kb(tmp_path, "check")
    assert code == 1
    assert "sources/articles/chips.yml:3: KB305 a declaration that matches nothing: found emendations " \
        "of articles/chips in zh-Hans, expected a received text that carries it" in printed


def test_a_space_lost_between_two_english_words_is_a_difference(tmp_path, kb):
    with_source(tmp_path, RECEIVED.replace("BIS很", "general statements of policy很"))
    write(tmp_path, {ZH: SUPPLIED.replace("BIS很", "general statementsof policy很")})
    assert kb(tmp_path, "collate")[0] == 1


# The two items of the list as they reached us, and as the edition has them → what is found. Lines 9
# and 11 are the received ones.
ITEM, NEXT = "解释性规则；", "政策声明。"
NUMBERS = {
    "the same numbers": (("1. ", "2. "), ("1. ", "2. "), []),
    "numbers that begin later": (("3. ", "4. "), ("3. ", "4. "), []),
    "numbers behind another sign": (("> 3. ", "> 4. "), ("3. ", "4. "), []),
    "a list that begins anew": (("3. ", "4. "), ("1. ", "2. "), [
        (20, "the number “1.” before p3", "“3.”, as in sources/a.txt line 9"),
        (22, "the number “2.” before p4", "“4.”, as in sources/a.txt line 11")]),
    "one number that is another": (("1. ", "3. "), ("1. ", "2. "), [
        (22, "the number “2.” before p4", "“3.”, as in sources/a.txt line 11")]),
    "numbers that are gone": (("1. ", "2. "), ("* ", "* "), [
        (20, "no number before p3", "“1.”, as in sources/a.txt line 9"),
        (22, "no number before p4", "“2.”, as in sources/a.txt line 11")]),
    "numbers that nobody wrote": (("• ", "• "), ("1. ", "2. "), [
        (20, "the number “1.” before p3", "no number, as in sources/a.txt line 9"),
        (22, "the number “2.” before p4", "no number, as in sources/a.txt line 11")]),
    "a number that is text": (("1. ", "2. "), ("1\\. ", "2\\. "), []),
    "full-width numbers are words": (("1．", "2．"), ("1. ", "2. "), [
        (20, "“[]解释性规则；” in p3", "“[1．]解释性规则;”, as in sources/a.txt line 9"),
        (22, "“[]政策声明。” in p4", "“[2．]政策声明。”, as in sources/a.txt line 11")]),
    "numbers in brackets are words": (("（一）", "(二)"), ("1. ", "2. "), [
        (20, "“[]解释性规则；” in p3", "“[（一）]解释性规则;”, as in sources/a.txt line 9"),
        (22, "“[]政策声明。” in p4", "“[(二)]政策声明。”, as in sources/a.txt line 11")]),
}


def numbered(received, edition, page=SUPPLIED):
    """The received text and the edition with these marks before the two items of the list."""
    text = RECEIVED.replace("  • " + ITEM.replace("；", ";"), "  " + received[0] + ITEM.replace("；", ";"))
    text = text.replace("  • " + NEXT, "  " + received[1] + NEXT)
    for mark, item, anchor in zip(edition, (ITEM, NEXT), ("p3", "p4"), strict=True):
        indent = " " * len(mark) if "\\" not in mark else ""
        page = page.replace(f"* {item}\n  {{ #{anchor} }}\n",
                            f"{mark}{item}\n{indent}{{ #{anchor} }}\n" + "\n" * ("\\" in mark))
    return text, page


@pytest.mark.parametrize("case", NUMBERS)
def test_the_number_of_an_item_is_part_of_what_was_received(tmp_path, kb, case):
    received, edition, expected = NUMBERS[case]
    text, page = numbered(received, edition)
    with_source(tmp_path, text)
    write(tmp_path, {ZH: page})
    code, printed = kb(tmp_path, "collate")
    head = "KB303 a difference from the received text that is not declared"
    assert [line for line in printed.splitlines() if " KB" in line] == [
        f"{ZH}:{line}: {head}: found {found}, expected {wanted}" for line, found, wanted in expected]
    assert code == bool(expected)
    figures = collation(tmp_path).figures
    lost = sum(wanted.startswith("“") and "number" in found for _, found, wanted in expected)
    if "words" not in case:
        assert figures.unaccounted == lost
    assert figures.received == len(text) == sum((figures.unchanged, figures.normalised, figures.omitted,
                                                 figures.emended, figures.unaccounted))


def test_another_number_is_declared_with_its_paragraph_and_covers_no_third_one(tmp_path, kb):
    text, page = numbered(("1. ", "3. "), ("1. ", "2. "), EMENDED)
    with_source(tmp_path, text)
    write(tmp_path, {ZH: page})
    printed = kb(tmp_path, "collate")[1]
    hint = ("number the item of the list as it was received, or add to sources/articles/chips.yml under "
            "emendations, zh-Hans: p4: ")
    line = printed.partition(hint)[2].splitlines()[0].replace("…", "wording")
    write(tmp_path, {"sources/articles/chips.yml": f"emendations:\n  zh-Hans:\n    p4: {line}\n"})
    code, printed = kb(tmp_path, "collate")
    assert code == 0, printed
    assert "emended 1  unaccounted 0" in printed
    (one,) = collation(tmp_path).emended("articles/chips")
    assert (one.received, one.edited) == ("3. 政策声明。", "2. 政策声明。")
    write(tmp_path, {ZH: page.replace("2. 政策", "4. 政策")})
    code, printed = kb(tmp_path, "collate")
    assert code == 1 and "KB304 a declared emendation of a wording that has changed since" in printed
    write(tmp_path, {ZH: page.replace("2. 政策", "3. 政策")})
    code, printed = kb(tmp_path, "collate")
    assert code == 1 and "KB305 a declaration that matches nothing: found an emendation of p4" in printed


def test_an_emendation_of_the_words_does_not_hide_another_number(tmp_path, kb):
    text, page = numbered(("1. ", "2. "), ("1. ", "2. "), EMENDED)
    with_source(tmp_path, text)
    page = page.replace("政策声明。", "政策说明。")
    write(tmp_path, {ZH: page})
    line = kb(tmp_path, "collate")[1].partition("zh-Hans: p4: ")[2].splitlines()[0].replace("…", "wording")
    write(tmp_path, {"sources/articles/chips.yml": f"emendations:\n  zh-Hans:\n    p4: {line}\n"})
    assert kb(tmp_path, "collate")[0] == 0
    write(tmp_path, {ZH: page.replace("2. 政策", "3. 政策")})
    code, printed = kb(tmp_path, "collate")
    assert code == 1
    assert (f"{ZH}:23: KB303 a difference from the received text that is not declared: found the number "
            "“3.” before p4, expected “2.”, as in sources/a.txt line 11\n    hint: number the item of "
            "the list as it was received, or replace the line in sources/articles/chips.yml under "
            "emendations, zh-Hans, by: p4: {reasons: [wording], received: ") in printed
    assert "emended 1  unaccounted 1\n" in printed
    line = printed.partition("by: p4: ")[2].splitlines()[0]
    write(tmp_path, {"sources/articles/chips.yml": f"emendations:\n  zh-Hans:\n    p4: {line}\n"})
    code, printed = kb(tmp_path, "collate")
    assert code == 0, printed
    assert "emended 2  unaccounted 0" in printed


def test_the_number_of_a_copy_without_breaks_belongs_to_the_words_after_it(tmp_path, kb):
    """The other copy, by lines, has lost the numbers."""
    running = "まず、BISはずさんである。次のとおり:1. 解釈規則 2. 政策声明 "
    broken = "チップについて\nまず、BISはずさんである。\n次のとおり:\n解釈規則\n政策声明\n"
    with_source(tmp_path, f"{running}\n{broken}", """\
received: a.txt
sha256: {sha256}
language: ja
what: {{zh-Hans: 译文, ja: 訳文}}
copies:
  - {{first: 1, last: 1, running: true}}
  - {{first: 2, last: 6}}
editions: [articles/chips]
""")
    page = (JAPANESE.replace("text: translation\n", "text: translation\nheadings: supplied\n")
            .replace("まったくずさん", "ずさん").partition("> 「")[0]
            .replace("この種のガイダンスは法律ではなく、次のものを含む。", "次のとおり："))
    right = page.replace("* 解釈規則\n  ", "1. 解釈規則\n   ").replace("* 政策声明\n  ", "2. 政策声明\n   ")
    write(tmp_path, {"docs_ja/articles/chips.md": right})
    assert collation(tmp_path).findings == ()
    assert collation(tmp_path).figures.unaccounted == 0
    write(tmp_path, {"docs_ja/articles/chips.md": right.replace("2. 政", "3. 政")})
    (finding,) = collation(tmp_path).findings
    assert (finding.found, finding.expected) == (
        "the number “3.” before p4", "“2.”, as in sources/a.txt line 1")
    write(tmp_path, {"docs_ja/articles/chips.md": page})
    assert [(one.found, one.expected) for one in collation(tmp_path).findings] == [
        ("no number before p3", "“1.”, as in sources/a.txt line 1"),
        ("no number before p4", "“2.”, as in sources/a.txt line 1")]


def test_two_numbered_paragraphs_that_became_one_are_a_finding(tmp_path, kb):
    text, _ = numbered(("1. ", "2. "), ("1. ", "2. "))
    with_source(tmp_path, text)
    write(tmp_path, {ZH: SUPPLIED.replace("* 解释性规则；\n  { #p3 }\n* 政策声明。\n  { #p4 }",
                                          "1. 解释性规则；政策声明。\n   { #p3 }")})
    code, printed = kb(tmp_path, "collate")
    assert code == 1
    assert ("found the number “1.” before p3, expected “1.” and “2.”, as in sources/a.txt line 9"
            in printed)


def test_a_number_without_words_is_not_lost(tmp_path, kb):
    text = ("聊聊芯片> 首先,BIS很不严谨。> 这种指导意见不算法律,包括:> * 解释性规则;> * 政策声明。"
            "> “本届政府要确保盟友使用美国技术。” 7. \n")
    with_source(tmp_path, text, """\
received: a.txt
sha256: {sha256}
language: zh-Hans
what: {{zh-Hans: 一篇短文, ja: 短い論考}}
copies:
  - {{first: 1, last: 1, running: true}}
editions: [articles/chips]
""")
    code, printed = kb(tmp_path, "collate")
    assert code == 1 and "unaccounted 1\n" in printed
    assert "KB302 received words that stand in no edition: found “7. ” in no edition" in printed


def test_of_two_copies_one_may_be_omitted_whole(tmp_path, kb):
    with_source(tmp_path, "首先,BIS很不严谨。\n" + RECEIVED.replace("推荐下载,领取盲盒!\n\n", ""), """\
received: a.txt
sha256: {sha256}
language: zh-Hans
what: {{zh-Hans: 一篇短文, ja: 短い論考}}
copies:
  - {{first: 1, last: 1, running: true}}
  - {{first: 2, last: 12}}
editions: [articles/chips]
omissions:
  - {{line: 1, reason: navigation}}
""")
    code, printed = kb(tmp_path, "collate")
    assert code == 0, printed
    assert f"omitted {len('首先,BIS很不严谨。')}  emended 0  unaccounted 0" in printed


def test_of_two_wordings_that_differ_much_the_first_differences_stand_there_and_how_many_follow_in_no_language():
    received = "一甲、二甲、三甲、四甲、五甲、六甲、七甲。"
    shown = excerpts.beside(received, received.replace("甲", "乙"))
    assert all(one.endswith("… (+3)") and not re.search("[A-Za-z]", one) for one in shown)
