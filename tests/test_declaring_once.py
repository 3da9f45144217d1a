"""An editor is asked once for each kind of change, however many paragraphs have it, and answers for all."""

from __future__ import annotations

import hashlib

import pytest
import yaml
from scratch import CHINESE, JAPANESE, every_file, project, write
from test_declaring_unlike import answered, made
from test_declaring_unlike import declared as of_twins

from kb import project as projects
from kb.commands import declare
from kb.commands.report import Manner

RECEIVED = ("云港市は企業に届け出を求めた。", "届出は云港市の窓口で受け付ける。", "期限は云港市が定める。",
            "手数料は要らない。", "詳しくは云港市に電話で聞く。")
EDITED = ("雲港市は企業に届け出を求めた。", "届出は雲港市の窓口で受け付ける。", "期限は雲港市が定める。",
          "手数料はかからない。", "詳しくは雲港市に電話で問い合わせる。")
TITLE = "届出の手引き"
FILE = "sources/articles/text.yml"


def texts(root, received=RECEIVED, edited=EDITED, *, more=()):
    front = JAPANESE.partition("---\n\n")[0] + "---\n\n"
    project(root)
    lines = "\n".join((TITLE, *received, *more)) + "\n"
    body = "\n\n".join(f"{one}\n{{ #p{at} }}" for at, one in enumerate(edited, 1))
    write(root, {
        "docs/articles/text.md": CHINESE.partition("---\n\n")[0] + "---\n\n# 备案指引\n\n" + "\n\n".join(
            f"第{at}段的原文。\n{{ #p{at} }}" for at in range(1, len(edited) + 1)) + "\n",
        "docs_ja/articles/text.md": f"{front}# {TITLE}\n\n{body}\n",
        "sources/t.txt": lines,
        "sources/t.yml": yaml.safe_dump({
            "received": "t.txt", "sha256": hashlib.sha256(lines.encode()).hexdigest(), "language": "ja",
            "what": {"zh-Hans": "指引的译文", "ja": "手引きの訳文"}, "editions": ["articles/text"]},
            allow_unicode=True, sort_keys=False)})


def reasons(root):
    values = yaml.safe_load((root / FILE).read_text("utf-8"))["emendations"]["ja"]
    return {key: one["reasons"] for key, one in values.items()}


def test_one_name_replaced_in_three_paragraphs_is_asked_once(tmp_path):
    texts(tmp_path)
    code, asked = answered(tmp_path, "name", "wording", "name, wording")
    assert code == 0 and len(asked) == 3
    assert "[云]港市" in asked[0] and asked[0].startswith(
        f"5 left. {FILE}, p1 (Japanese)\n    the same in 3 paragraphs: p1, p2, p3 ")
    assert asked[1].startswith(f"2 left. {FILE}, p4") and "the same" not in asked[1]
    assert asked[2].startswith(f"1 left. {FILE}, p5") and "the same" not in asked[2]
    assert reasons(tmp_path) == {"p1": ["name"], "p2": ["name"], "p3": ["name"], "p4": ["wording"],
                                 "p5": ["name", "wording"]}
    assert not [one for one in projects.read(tmp_path).findings if one.code.startswith("KB30")]


def test_who_wants_to_is_asked_one_by_one(tmp_path):
    texts(tmp_path)
    code, asked = answered(tmp_path, "ｅ", "name", "term", "-", "wording", "wording")
    assert code == 1 and [one.partition(" (")[0].rpartition(", ")[2] for one in asked] == [
        "p1", "p1", "p2", "p3", "p4", "p5"]
    assert not [one for one in asked[1:] if "the same" in one]
    assert reasons(tmp_path) == {"p1": ["name"], "p2": ["term"], "p4": ["wording"], "p5": ["wording"]}


def test_what_was_answered_for_each_change_alone_is_proposed_where_both_stand(tmp_path):
    texts(tmp_path, ("云港市は企業に求めた。", "手数料は要らない。", "云港市の手数料は要らない。"),
          ("雲港市は企業に求めた。", "手数料はかからない。", "雲港市の手数料はかからない。"))
    code, asked = answered(tmp_path, "name", "wording", "")
    assert code == 0 and len(asked) == 3
    assert reasons(tmp_path)["p3"] in (["name", "wording"], ["wording", "name"])


def test_who_stops_in_the_midst_has_answered_for_all_paragraphs_of_a_kind(tmp_path):
    texts(tmp_path)
    code, asked = answered(tmp_path, "name", "q")
    assert code == 1 and len(asked) == 2
    assert reasons(tmp_path) == {"p1": ["name"], "p2": ["name"], "p3": ["name"]}


def test_the_same_words_left_out_on_several_lines_are_asked_about_once(tmp_path):
    texts(tmp_path, EDITED, more=("▼特集企画▼", "▼特集企画▼"))
    code, asked = answered(tmp_path, "advertisement")
    assert code == 0 and len(asked) == 1 and "    the same on 2 lines: 7, 8 " in asked[0]
    provenance = yaml.safe_load((tmp_path / "sources/t.yml").read_text("utf-8"))
    assert [one["line"] for one in provenance["omissions"]] == [7, 8]


def test_words_that_only_look_like_a_term_are_asked_about_once(tmp_path, kb):
    root = made(tmp_path, kb, ("中国会展业很发达。", "中国の展示会産業は発達している。"),
                ("海州的中国会展馆很大。", "海州の展示会場は大きい。"))
    code, asked = answered(root, "会展业，与国会无关")
    assert code == 0 and len(asked) == 1 and "the same in 2 paragraphs: p1, p2 " in asked[0]
    assert [one["on"] for one in of_twins(root)["terms"]] == ["p1", "p2"]
    assert "KB602" not in kb(root, "check")[1]


@pytest.mark.parametrize(("tag", "said"), [
    ("zh-Hans", "同样的情形共3段：p1、p2、p3（回答一次，各段通用；e 逐段回答）"),
    ("ja", "同じものが3段落にある：p1、p2、p3（一度の答えをすべてに用いる。e 一つずつ答える）")])
def test_that_the_same_stands_elsewhere_is_said_in_the_language_of_the_editor(tmp_path, tag, said):
    texts(tmp_path)
    open_ = [one for collation in projects.read(tmp_path).collations for one in collation.undeclared]
    assert said in declare._places(open_[:3], tag)


def test_nobody_is_asked_in_ci(tmp_path, kb):
    texts(tmp_path)
    before = every_file(tmp_path)
    code, said = kb(tmp_path, "declare")
    assert code == 1 and said.rstrip().endswith("0 declared, 5 left") and every_file(tmp_path) == before
