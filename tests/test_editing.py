"""An editor declares what differs, mends what is mechanical, and begins new pages."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest
import yaml
from scratch import CHINESE, JAPANESE, every_file, project, site_of, with_source, write

from kb import project as projects
from kb import yamldata
from kb.collation.undeclared import Undeclared
from kb.commands import declare, fix, new, person
from kb.commands.report import Manner
from kb.importing import declaring

pytestmark = pytest.mark.usefixtures("each_text_once")

RECEIVED_JA = """\
チップについて

まず,BISはまったくずさんである。

这种指导意见不算法律,包括:

* 解釈規則

* 政策の声明

「現政権は、同盟国に米国の技術を使ってもらう」

推荐下载,领取盲盒!
"""
PROVENANCE_JA = """\
received: b.txt
sha256: {sha256}
language: ja
what: {{zh-Hans: 短文的译文, ja: 短い論考の訳文}}
editions: [articles/chips]
"""


def with_translation(root, capsys=None):
    with_source(root)
    write(root, {
        "docs_ja/articles/chips.md": JAPANESE.replace("text: tr", "headings: supplied\ntext: tr"),
        "sources/b.txt": RECEIVED_JA,
        "sources/b.yml": PROVENANCE_JA.format(sha256=hashlib.sha256(RECEIVED_JA.encode()).hexdigest()),
    })
    return root


# --- kb declare -----------------------------------------------------------------------------------


def test_what_the_wordings_themselves_show_is_declared_and_the_rest_is_left_open(tmp_path, kb):
    with_translation(tmp_path)
    code, said = kb(tmp_path, "declare", "--yes")
    assert code == 1 and re.search(r"\d declared, 1 left", said)
    declared = yaml.safe_load((tmp_path / "sources/articles/chips.yml").read_text("utf-8"))["emendations"]["ja"]
    assert {name: one["reasons"] for name, one in declared.items()} == {"p1": ["punctuation"], "p2": ["untranslated"]}
    assert yaml.safe_load((tmp_path / "sources/b.yml").read_text("utf-8"))["omissions"] == [
        {"line": 13, "reason": "advertisement"}]
    assert "政策[の]声明" in said and "sources/articles/chips.yml: p4: {reasons: […]" in said


def test_a_reason_for_the_rest_brings_the_collation_to_an_end(tmp_path, kb):
    with_translation(tmp_path)
    assert kb(tmp_path, "declare", "--reason", "wording")[0] == 0
    assert "KB30" not in kb(tmp_path, "collate")[1]
    again, said = kb(tmp_path, "declare", "--yes")
    assert again == 0 and "0 declared, 0 left" in said


KEPT, LEFT = "この種のガイダンスは法律ではない。", "它包括下列各项内容:"
LENT = Undeclared(
    "sources/x.yml", "ja",
    "また、国外の協力者に貸して使わせる設備は輸出に当たるかと尋ねた大学もある。"
    "凡是设备离开关境的，无论出售、出租还是出借，都应当备案。",
    "また、国外の協力者に貸して使わせる設備は輸出に当たるかと尋ねた大学もある。"
    "設備が関税領域を離れる場合は、販売、賃貸、貸与のいずれであっても、届け出なければならない。",
    "p24", "a" * 12, "b" * 12)


@pytest.mark.parametrize(("received", "edited", "reasons"), [
    (LENT.received, LENT.edited, ("untranslated",)),
    ("期限は翌日から起算する。材料不齐的，经办人员应当一次告知所缺的全部材料。",
     "期限は翌日から起算する。資料がそろっていないときは、不足する資料を一度に知らせる。", ("untranslated",)),
    (LENT.received, LENT.received.replace("また、", "さらに、"), ()),  # it is Chinese still
    # A name that was left in Chinese is not a sentence.
    ("海州市商务局は、「关于设备备案的说明」を公表した。その説明は、届出の範囲も企業の義務も広げないことを明らかにしている。",
     "海州市商務局は、届出に関する説明を公表した。その説明は、届出の範囲も企業の義務も広げないことを明らかにしている。", ()),
    ("双方は、資料を相手方へ転送することを確認する。", "双方は、資料を相手方へ送付することを確認する。", ()),
])
def test_a_sentence_that_was_left_in_chinese_is_told_in_the_midst_of_a_translation(received, edited, reasons):
    assert declaring.proposed(replace(LENT, received=received, edited=edited)) == reasons


def test_a_sentence_that_was_left_in_japanese_is_told_in_a_translation_into_chinese():
    one = replace(LENT, language="zh-Hans",
                  received="还有高等院校问，出借的设备算不算出口。設備が関境を離れる場合は届け出なければならない。",
                  edited="还有高等院校问，出借的设备算不算出口。凡是设备离开关境的，都应当备案。")
    assert declaring.proposed(one) == ("untranslated",)


def with_a_sentence_in_chinese(root):
    with_translation(root)
    received = RECEIVED_JA.replace("这种指导意见不算法律,包括:", f"{KEPT}{LEFT}")
    shown = (root / "docs_ja/articles/chips.md").read_text("utf-8")
    write(root, {
        "docs_ja/articles/chips.md": re.sub(
            r"[^\n]+\n\{ #p2 \}", f"{KEPT}次のものを含む。\n{{ #p2 }}", shown),
        "sources/b.txt": received,
        "sources/b.yml": PROVENANCE_JA.format(sha256=hashlib.sha256(received.encode()).hexdigest())})


def test_of_a_paragraph_with_a_sentence_left_in_chinese_only_that_is_shown_as_emended(tmp_path, kb):
    with_a_sentence_in_chinese(tmp_path)
    kb(tmp_path, "declare", "--reason", "wording")
    collation, = (one for one in projects.read(tmp_path).collations if one.received.file == "sources/b.txt")
    shown, = (one for one in collation.emended("articles/chips") if one.id == "p2")
    assert [(one.before, one.after) for one in shown.changes] == [
        (KEPT, KEPT), (LEFT, ""), ("", "次のものを含む。")]
    # Besides: の of 政策の声明, and the comma of まず, that became 、
    assert collation.figures.unaccounted == 0 and collation.figures.emended == len(LEFT) + 2


def test_a_reason_that_is_given_takes_the_place_of_none_that_is_recognised(tmp_path, kb):
    with_a_sentence_in_chinese(tmp_path)
    assert kb(tmp_path, "declare", "--reason", "wording")[0] == 0
    declared = yaml.safe_load((tmp_path / "sources/articles/chips.yml").read_text("utf-8"))["emendations"]["ja"]
    assert {name: one["reasons"] for name, one in declared.items()} == {
        "p1": ["punctuation"], "p2": ["untranslated"], "p4": ["wording"]}


def test_a_reason_that_the_wordings_contradict_leaves_the_paragraph_open(tmp_path, kb):
    """政策の声明 became 政策声明: that is no punctuation."""
    with_translation(tmp_path)
    code, said = kb(tmp_path, "declare", "--reason", "punctuation")
    assert code == 1 and "sources/articles/chips.yml: p4: {reasons: […]" in said
    declared = yaml.safe_load((tmp_path / "sources/articles/chips.yml").read_text("utf-8"))["emendations"]["ja"]
    assert declared.keys() == {"p1", "p2"}


def test_a_line_that_is_out_of_date_is_replaced_with_its_reasons_and_all_else_stays(tmp_path, kb):
    with_translation(tmp_path)
    kb(tmp_path, "declare", "--reason", "wording")
    file = tmp_path / "sources/articles/chips.yml"
    kept = file.read_text("utf-8").replace("emendations:", "# 编者的说明\nemendations:")
    write(tmp_path, {"sources/articles/chips.yml": kept, "docs_ja/articles/chips.md": JAPANESE.replace(
        "text: tr", "headings: supplied\ntext: tr").replace("* 政策声明", "* 政策に関する声明")})
    assert kb(tmp_path, "declare", "--yes")[0] == 0
    before, after = kept.split("\n"), file.read_text("utf-8").split("\n")
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert len(changed) == 1 and changed[0][1].startswith("    p4: {reasons: [wording], received: ")


def test_an_original_is_never_declared(tmp_path, kb):
    with_translation(tmp_path)
    kb(tmp_path, "declare", "--reason", "wording")
    write(tmp_path, {"docs/articles/chips.md": CHINESE.replace("text: original", "text: original\nheadings: supplied")
                     .replace("很不严谨", "不太严谨")})
    before = every_file(tmp_path)
    code, said = kb(tmp_path, "declare", "--reason", "wording")
    assert code == 0 and "0 declared, 0 left" in said and every_file(tmp_path) == before


def test_a_reason_that_nobody_knows_is_wrong_use(tmp_path, kb):
    with_translation(tmp_path)
    code, said = kb(tmp_path, "declare", "--reason", "because")
    assert code == 2 and "no reason because: one of untranslated, mistranslated" in said


def test_a_file_that_is_written_on_one_line_is_left_alone(tmp_path, kb):
    with_translation(tmp_path)
    write(tmp_path, {"sources/articles/chips.yml": "{emendations: {ja: {}}}\n"})
    before = every_file(tmp_path)
    code, said = kb(tmp_path, "declare", "--yes")
    assert code == 1 and "no line can be put into sources/articles/chips.yml" in said
    assert every_file(tmp_path) == before


@pytest.mark.parametrize(("answers", "reasons"), [
    (["2, 5"], ("mistranslated", "term")), (["term、wording"], ("term", "wording")), (["nonsense", "term"], ("term",)),
    ([""], ("punctuation",)), (["-"], ()), (["q"], None)])
def test_reasons_are_given_by_their_numbers_or_names(answers, reasons):
    one = Undeclared("sources/x.yml", "ja", "まず,", "まず、", "p1", "a" * 12, "b" * 12)
    given = iter(answers)
    known = ("untranslated", "mistranslated", "left-out", "name", "term", "register", "wording", "punctuation")
    assert declare.asked(one, ("punctuation",), 3, "ja", known=known, read=lambda words: next(given)) == reasons


@pytest.mark.parametrize(("tag", "begins", "reason", "proposed"), [
    ("en", "3 left. sources/x.yml, p1 (Japanese)\n", "[2] mistranslated  ", "Enter: punctuation"),
    ("zh-Hans", "还有3项。sources/x.yml，p1（日文）\n", "[2] mistranslated 误译  ", "回车：punctuation 标点"),
    ("ja", "残り3件。sources/x.yml、p1（日本語）\n", "[2] mistranslated 誤訳  ", "Enter：punctuation 句読点・記号"),
])
def test_a_question_names_its_file_and_language_and_its_reasons_in_that_of_the_editor(tag, begins, reason, proposed):
    one = Undeclared("sources/x.yml", "ja", "まず,", "まず、", "p1", "a" * 12, "b" * 12)
    asked: list[str] = []
    declare.asked(one, ("punctuation",), 3, tag, known=yamldata.choices("edition", "reasons"),
                  read=lambda words: asked.append(words) or "")
    assert asked[0].startswith(begins) and reason in asked[0] and proposed in asked[0]


@pytest.mark.parametrize("tag", ["zh-Hans", "ja"])
def test_a_question_about_an_omission_names_the_line_and_every_reason_has_its_words(tag):
    one = Undeclared("sources/b.yml", "ja", "領取", line=13, is_whole=True)
    known, asked = yamldata.choices("provenance", "reason"), []
    declare.asked(one, (), 1, tag, known=known, read=lambda words: asked.append(words) or "")
    assert ("第13行" if tag == "zh-Hans" else "13行目") in asked[0]
    assert all(re.search(rf"\[\d\] {reason} [^\x00-\x7f]", asked[0]) for reason in known)


def test_lines_stand_in_the_order_of_paragraphs():
    def one(name):
        return Undeclared("sources/articles/x.yml", "ja", "甲", "乙", name, "a" * 12, "b" * 12)

    text = declaring.with_lines(None, "sources/articles/x.yml", [(one(name), ["term"]) for name in (
        "p10", "p2", "title", "p2a")])
    assert re.findall(r"^    (\w+):", text, re.MULTILINE) == ["title", "p2", "p2a", "p10"]
    assert text.startswith("# yaml-language-server: $schema=../../scripts/kb/schemas/edition.json\n")


# --- who is asked ---------------------------------------------------------------------------------

@pytest.mark.parametrize("command", [["declare"], ["fix"], ["new", "concept"], ["anchors"]],
                         ids=lambda one: one[0])
def test_who_closes_the_input_of_the_terminal_has_stopped_and_nothing_is_written(
        tmp_path, kb, monkeypatch, command):
    with_translation(tmp_path)
    if command == ["fix"]:
        write(tmp_path, {"docs_ja/articles/chips.md": SPOILT})
    if command == ["anchors"]:
        write(tmp_path, {"docs/articles/chips.md": CHINESE.replace("首先，BIS很不严谨。", "另起炉灶，全部重新写过。")})

    def closed(words: str) -> str:
        asked.append(words)
        raise EOFError

    asked: list[str] = []
    monkeypatch.setattr(person, "is_there", lambda: True)
    monkeypatch.setattr("builtins.input", closed)
    before = every_file(tmp_path)
    code, _ = kb(tmp_path, *command)
    assert code != 0 and len(asked) == 1 and every_file(tmp_path) == before


@pytest.mark.parametrize("answer", ["Ｑ", " 終了 ", "停", "quit"])
def test_a_word_that_stops_may_be_typed_full_width_and_in_any_language(answer):
    one = Undeclared("sources/x.yml", "ja", "まず,", "まず、", "p1", "a" * 12, "b" * 12)
    assert declare.asked(one, ("punctuation",), 3, "ja", known=("term",), read=lambda words: answer) is None


# --- kb fix ---------------------------------------------------------------------------------------

SPOILT = (JAPANESE.replace("ではなく、次", "ではなく,次").replace("ずさんである。", "ずさん(と言うほか)である。")
          .replace("{ #p1 }", "｛＃p1｝").replace("kind: article\n", "").replace("text: tr", "kind: article\ntext: tr"))


def test_what_is_mechanical_is_mended_after_a_diff(tmp_path, kb):
    site_of(project(tmp_path))
    write(tmp_path, {"docs_ja/articles/chips.md": SPOILT})
    before = every_file(tmp_path)
    code, said = kb(tmp_path, "fix")
    assert code == 1 and every_file(tmp_path) == before
    assert "-｛＃p1｝" in said and "+{ #p1 }" in said and "--yes writes" in said
    assert kb(tmp_path, "fix", "--yes")[0] == 0
    now = (tmp_path / "docs_ja/articles/chips.md").read_text("utf-8")
    assert now.startswith("---\nkind: article\ndescription: ")
    assert "まず、BISはまったくずさん（と言うほか）である。\n{ #p1 }" in now and "ではなく、次" in now
    assert kb(tmp_path, "fix")[0] == 0
    assert "KB502" not in kb(tmp_path, "check")[1] and "KB211" not in kb(tmp_path, "check")[1]


def test_the_words_of_an_original_are_never_touched(tmp_path, kb):
    site_of(project(tmp_path))
    spoilt = CHINESE.replace("首先，BIS很不严谨。\n{ #p1 }", "首先,BIS很不严谨.\n｛ #p1 ｝")
    write(tmp_path, {"docs/articles/chips.md": spoilt})
    kb(tmp_path, "fix", "--yes")
    assert "首先,BIS很不严谨.\n{ #p1 }" in (tmp_path / "docs/articles/chips.md").read_text("utf-8")


def test_code_addresses_and_attributes_are_no_prose(tmp_path, kb):
    site_of(project(tmp_path))
    page = ("# 说明\n\n见`kb check,再看`和[表(一)](a(b).md),还有<https://example.org/a,b>。\n\n"
            "```\n命令,参数\n```\n")
    write(tmp_path, {"docs/guide.md": page})
    kb(tmp_path, "fix", "docs/guide.md", "--yes")
    now = (tmp_path / "docs/guide.md").read_text("utf-8")
    assert "`kb check,再看`" in now and "<https://example.org/a,b>" in now and "命令,参数" in now
    assert "[表（一）](a(b).md)，还有" in now


def test_an_editor_is_asked_before_anything_is_written(tmp_path, capsys):
    site_of(project(tmp_path))
    write(tmp_path, {"docs_ja/articles/chips.md": SPOILT})
    before = every_file(tmp_path)
    assert fix.run(tmp_path, (), agreed=False, manner=Manner(), read=lambda words: "n") == 1
    assert every_file(tmp_path) == before
    assert fix.run(tmp_path, (), agreed=False, manner=Manner(), read=lambda words: "はい") == 0
    assert every_file(tmp_path) != before


# --- kb new ---------------------------------------------------------------------------------------

GIVEN = {
    "commentary": ("slug=origin", "kind=note", "on=articles/chips#p1", "title.zh=规则的来历", "title.ja=規則の由来",
                   "authors=王/小明", "date=2026-11-22", "source.zh=某公告", "source.ja=ある公告", "description.zh=说明规则的来历。",
                   "description.ja=規則の由来を説明する。"),
    "concept": ("slug=filing", "term.zh=备案", "term.ja=届出", "english=filing", "reading.zh=bèi'àn",
                "reading.ja=とどけで", "definition.zh=备案，是把事项报给主管机关存查。",
                "definition.ja=届出とは、ある事柄を行政機関に知らせることをいう。", "source.zh=某法第2条", "source.ja=ある法律2条",
                "description.zh=备案的含义与译名。", "description.ja=届出の意味と訳語。"),
    "event": ("date=2025-05-14", "title.zh=公布备案办法", "title.ja=届出規則の公布", "text.zh=主管机关公布备案办法。",
              "text.ja=主管官庁が届出規則を公布した。", "source=某公告", "paragraphs=articles/chips#p1"),
    "document": ("slug=notices/filing", "title.zh=关于设备备案的通知", "title.ja=設備の届出に関する通知",
                 "author.zh=港城市商务局", "author.ja=港城市商務局", "published=2026-09-01", "original=zh",
                 "translated-by=machine", "description.zh=说明这是什么文本。", "description.ja=通知の内容を述べる。",
                 "text.zh=现将设备备案事项通知如下。", "text.ja=設備の届出について、次のとおり通知する。"),
}


@pytest.mark.parametrize("kind", GIVEN)
def test_what_is_begun_passes_every_check_in_both_languages(tmp_path, kb, kind):
    site_of(project(tmp_path))
    write(tmp_path, {"docs/timeline.md": "---\nkind: timeline\ntitle: 年表\ndescription: 年表。\n---\n\n# 年表\n",
                     "docs_ja/timeline.md": "---\nkind: timeline\ntitle: 年表\ndescription: 年表。\n---\n\n# 年表\n"})
    assert kb(tmp_path, "check")[0] == 0
    code, said = kb(tmp_path, "new", kind, *(part for one in GIVEN[kind] for part in ("--set", one)))
    assert code == 0 and "next: " in said
    if kind == "document":  # its title is recorded first
        assert kb(tmp_path, "anchors")[0] == 0
    assert kb(tmp_path, "check")[0] == 0
    written = re.findall(r"written: (\S+)", said)
    assert [one.partition("/")[0] for one in written] == (["timeline"] if kind == "event" else ["docs", "docs_ja"])


def test_an_event_takes_its_place_by_its_date(tmp_path, kb):
    site_of(project(tmp_path))
    for date in ("2025-05-14", "1951", "2025-01"):
        given = [one.replace("2025-05-14", date) for one in GIVEN["event"]]
        assert kb(tmp_path, "new", "event", *(part for one in given for part in ("--set", one)))[0] == 0
    events = yaml.safe_load((tmp_path / "timeline/events.yml").read_text("utf-8"))["events"]
    assert [one["date"] for one in events] == ["1951", "2025-01", "2025-05-14"]


def test_a_person_is_asked_for_what_is_missing_and_offered_what_is_known(tmp_path, capsys):
    site_of(project(tmp_path))
    values = dict(one.split("=", 1) for one in GIVEN["commentary"])
    asked = []

    def read(words):
        asked.append(words)
        name = re.match(r"[\w.-]+", words)[0]
        return "articles/chips" if name == "on" and sum(one.startswith("on") for one in asked) == 1 else values[name]

    assert new.run(tmp_path, "commentary", ["slug=origin"], "2026-11-27", manner=Manner(), read=read) == 0
    printed = capsys.readouterr().out
    assert "articles/chips#p1 … #p5  聊聊芯片" in printed and "on: “articles/chips”, and not as in articles/x#p12" in printed
    assert [one.partition(" ")[0] for one in asked][:4] == ["kind", "on", "on", "title.zh"]


@pytest.mark.parametrize(("given", "said"), [
    (["slug=origin"], "missing: --set kind=note, --set on=articles/x#p12"),
    (["nonsense=x"], "no field nonsense: one of slug, kind, on"),
    (["kind=remark"], "kind: “remark”, and not one of note, correction, update, essay"),
])
def test_without_anybody_to_ask_what_is_missing_is_said(tmp_path, kb, given, said):
    site_of(project(tmp_path))
    before = every_file(tmp_path)
    code, printed = kb(tmp_path, "new", "commentary", *(part for one in given for part in ("--set", one)))
    assert code == 2 and said in printed and every_file(tmp_path) == before


def test_a_page_that_is_there_is_not_overwritten(tmp_path, kb):
    site_of(project(tmp_path))
    options = [part for one in GIVEN["concept"] for part in ("--set", one)]
    assert kb(tmp_path, "new", "concept", *options)[0] == 0
    before = every_file(tmp_path)
    code, said = kb(tmp_path, "new", "concept", *options)
    assert code == 1 and "docs/glossary/filing.md:1: KB142" in said and every_file(tmp_path) == before


@pytest.mark.parametrize(("kind", "value"), [("event", "date=2026-02-30"), ("commentary", "date=2026-13-01"),
                                             ("document", "published=2026-04-31")])
@pytest.mark.parametrize("tag", ["en", "zh", "ja"])
def test_a_date_that_does_not_exist_is_refused_before_anything_is_written(tmp_path, kb, kind, value, tag):
    site_of(project(tmp_path))
    before = every_file(tmp_path)
    name, _, date = value.partition("=")
    given = [one for one in GIVEN[kind] if not one.startswith(f"{name}=")] + [value]
    code, said = kb(tmp_path, "new", kind, *(part for one in given for part in ("--set", one)), "--lang", tag)
    assert code == 2 and date in said and every_file(tmp_path) == before
    assert ("not a date that exists" in said) == (tag == "en")


@pytest.mark.parametrize(("kind", "value", "said"), [
    ("commentary", "on=articles/chips#p1, articles/chips#p99", "no paragraph articles/chips#p99; did you mean "),
    ("commentary", "on=articles/ships#p2", "no paragraph articles/ships#p2; did you mean articles/chips#p2?"),
    ("event", "paragraphs=articles/chips#p99", "no paragraph articles/chips#p99; did you mean "),
    ("event", "concepts=nothing-of-this", "concepts: no concept nothing-of-this"),
])
@pytest.mark.parametrize("tag", ["en", "zh", "ja"])
def test_a_paragraph_or_concept_that_is_not_there_is_refused_before_anything_is_written(
        tmp_path, kb, kind, value, said, tag):
    site_of(project(tmp_path))
    before = every_file(tmp_path)
    name = value.partition("=")[0]
    given = [one for one in GIVEN[kind] if not one.startswith(f"{name}=")] + [value]
    code, printed = kb(tmp_path, "new", kind, *(part for one in given for part in ("--set", one)), "--lang", tag)
    assert code == 2 and every_file(tmp_path) == before
    assert (said in printed) == (tag == "en") and ("no " in printed) == (tag == "en")


def test_a_paragraph_that_is_not_there_is_asked_for_again(tmp_path, capsys):
    site_of(project(tmp_path))
    values, asked = dict(one.split("=", 1) for one in GIVEN["commentary"]), []

    def read(words):
        asked.append(re.match(r"[\w.-]+", words)[0])
        return "articles/chips#p99" if asked[-1] == "on" and asked.count("on") == 1 else values[asked[-1]]

    assert new.run(tmp_path, "commentary", ["slug=origin"], "2026-11-27", manner=Manner(), read=read) == 0
    assert asked.count("on") == 2 and "no paragraph articles/chips#p99" in capsys.readouterr().out
