"""What a line of the register can say of where a paragraph came from: split from another one, or having
taken others in."""

import pytest

from kb.anchors import register
from kb.anchors.register import Entry

HEAD = """\
# Anchor register of articles/x.
# Append only: `kb anchors` adds lines at the end; no line is ever changed or removed.
document: articles/x
anchors:
"""
P3 = "- {id: p3, date: 2026-11-01, language: zh-Hans, text: aaaaaaaaaaaa}"
P4 = "- {id: p4, date: 2026-11-01, language: zh-Hans, text: bbbbbbbbbbbb}"
LINES = (
    (P3, Entry("p3", "2026-11-01", "zh-Hans", "a" * 12)),
    (P4, Entry("p4", "2026-11-01", "zh-Hans", "b" * 12)),
    ("- {id: p3a, date: 2026-11-26, language: zh-Hans, text: cccccccccccc, from: p3}",
     Entry("p3a", "2026-11-26", "zh-Hans", "c" * 12, from_="p3")),
    ("- {id: p3a, date: 2026-11-26, language: ja, text: dddddddddddd, of: cccccccccccc, from: p3}",
     Entry("p3a", "2026-11-26", "ja", "d" * 12, of="c" * 12, from_="p3")),
    ("- {id: p3, date: 2026-11-26, language: zh-Hans, text: eeeeeeeeeeee, merged: [p4, p3a]}",
     Entry("p3", "2026-11-26", "zh-Hans", "e" * 12, merged=("p4", "p3a"))),
    ("- {id: p4, date: 2026-11-26, withdrawn: true, successor: p3}",
     Entry("p4", "2026-11-26", withdrawn=True, successor="p3")),
    ("- {id: p3a, date: 2026-11-26, withdrawn: true}", Entry("p3a", "2026-11-26", withdrawn=True)),
    ("- {id: p3, date: 2026-11-27, language: zh-Hans, text: ffffffffffff, was: p3}",
     Entry("p3", "2026-11-27", "zh-Hans", "f" * 12, was="p3")),
)


@pytest.mark.parametrize("remark", ["", "# 另有说明\n"])
def test_each_line_is_read_as_it_is_written_by_the_program_and_by_hand(remark):
    text = HEAD + remark + "".join(f"{line}\n" for line, _ in LINES)  # with a remark it is read as YAML
    found, findings = register.parse("articles/x", "anchors/articles/x.yml", text)
    assert findings == ()
    assert found.entries == tuple(entry for _, entry in LINES)
    assert [str(entry) for entry in found.entries] == [line for line, _ in LINES]


@pytest.mark.parametrize("said, found", [
    ("from: p9", "#p4 from #p9"), ("from: p4", "#p4 from #p4"),
    ("merged: [p9]", "#p4 merged #p9"), ("merged: [p3, p4]", "#p4 merged #p4"),
    ("was: p9", "#p4 was #p9"),
])
def test_a_text_comes_only_from_another_paragraph_that_was_published_before(said, found):
    line = P4.replace("}", f", {said}}}")
    read, findings = register.parse("articles/x", "x.yml", f"{HEAD}{P3}\n{P4}\n{line}\n")
    assert not read.readable
    assert [(one.code, one.line, one.found) for one in findings] == [("KB212", 7, found)]


def test_a_withdrawn_id_has_no_text_that_could_come_from_another(tmp_path):
    line = "- {id: p4, date: 2026-11-26, withdrawn: true, from: p3}"
    _, findings = register.parse("articles/x", "x.yml", f"{HEAD}{P3}\n{P4}\n{line}\n")
    assert [(one.code, one.line) for one in findings] == [("KB212", 7)]
