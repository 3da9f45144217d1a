"""A Japanese document keeps to one style of writing: a polite sentence among plain ones is a warning."""

import pytest
from scratch import JAPANESE, project, write

PLAIN = "この種のガイダンスは法律ではなく、次のものを含む。"


def warnings(printed):
    return [line for line in printed.splitlines() if " KB503 " in line]


def styled(kb, root, text):
    project(root)
    assert PLAIN in JAPANESE
    write(root, {"docs_ja/articles/chips.md": text})
    return kb(root, "check")[1]


def test_a_polite_sentence_among_plain_ones_is_named_with_its_line(tmp_path, kb):
    printed = styled(kb, tmp_path, JAPANESE.replace(PLAIN, "効力は弱い。拘束力もない。次のものを含みます。"))
    (line,) = warnings(printed)
    assert line == (
        "docs_ja/articles/chips.md:17: KB503 (warning) two styles of writing in one Japanese text: "
        "found “次のものを含みます。”, expected the plain style (である) of the rest of the text")


def test_a_paragraph_is_named_once_however_many_polite_sentences_it_has(tmp_path, kb):
    printed = styled(kb, tmp_path, JAPANESE.replace(
        PLAIN, "弱い。もろい。薄い。遅い。規則です。通知でした。"))
    assert len(warnings(printed)) == 1


@pytest.mark.parametrize("text", [
    JAPANESE,
    JAPANESE.replace(PLAIN, "局長は「規則です。守ります。」と述べた。"),     # what somebody said
    JAPANESE.replace(PLAIN, "会誌に「『守ります。』と聞いた。従います。」とある。"),
    JAPANESE.replace("ずさんである。", "ずさんです。").replace(PLAIN, "次のものを含みます。"),   # throughout
    JAPANESE.replace("「現政権は、同盟国に米国の技術を使ってもらう」", "現政権は約束します。"),  # a quotation
    JAPANESE.replace(PLAIN, "次の「です・ます」の文を含む。"),
])
def test_speech_quotations_and_a_text_that_is_polite_throughout_are_no_mistake(tmp_path, kb, text):
    assert warnings(styled(kb, tmp_path, text)) == []
