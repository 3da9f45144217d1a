"""An editor imports a text: what is proposed, what is asked, what is written, and what is refused."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path

import pytest
import yaml
from scratch import commit, every_file, project, site_of, write

from kb.commands import importing, person
from kb.commands.report import Manner
from kb.importing import drafting, questions, taking, worksheet
from kb.aligning.align import align
from kb.importing.values import Block, Draft, Facts, Taken
from kb.languages import CHINESE, SHORT
from kb.reporting import catalogue
from kb.reporting.records import Reader

FACTS = ("--author", "某研究院", "--published", "2026-09-01")
PARAGRAPHS = (
    "为规范临港仓库的设备进出,主管部门今日印发通知,要求各单位自下月起办理备案(filing)。",
    "通知共12条,适用于测试设备和办公设备;未办理备案的设备,不得进入园区。",
    "主管部门负责人表示:",
    "“备案不是审批,企业只要如实填写即可。”",
    "据介绍,2025年园区共登记设备3,480台,比上一年增加两成,其中测试设备占六成以上。",
)
PAGE = """\
<!DOCTYPE html><html><head><meta charset="{charset}"><title>设备备案办法公布_港城网</title>
<meta property="og:url" content="https://news.example.org/2026/filing.html"></head><body>
<div class="nav"><a href="/">首页</a> <a href="/n">新闻</a> <a href="/e">经济</a></div>
<div class="main"><h1>设备备案办法公布</h1><div class="info">2026-09-01 09:30 来源:港城网 作者:李明</div>
<div class="content">{body}</div>
<div class="share">分享到: 微信 微博</div></div>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">仓库建成投用</a></li>
<li><a href="/2">新码头通过验收</a></li></ul></div>
<div class="footer">版权所有 港城网 港ICP备00000000号</div></body></html>
"""


def page(charset: str = "utf-8") -> bytes:
    body = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
    return PAGE.format(charset=charset, body=body).encode({"gb2312": "gb18030"}.get(charset, charset))


def imported(kb, root: Path, *files: tuple[str, bytes], options: tuple[str, ...] = ()) -> tuple[int, str]:
    write(root, {f"in/{name}": data for name, data in files})
    languages = [one for _ in files for one in ("--language", "zh" if len(files) == 1 or _ == files[0] else "ja")]
    given = options if "--slug" in options else ("--slug", "notices/filing", *options)
    return kb(root, "import", *(str(root / "in" / name) for name, _ in files), *languages, *given)


def paragraphs(root: Path, name: str = "docs/notices/filing.md") -> list[str]:
    body = (root / name).read_text("utf-8").split("---\n", 2)[2]
    return [one for one in body.strip().split("\n\n")]


# --- what is written ------------------------------------------------------------------------------


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030"])
def test_a_saved_page_becomes_a_draft_and_a_received_text_that_agree(tmp_path, kb, charset):
    site_of(project(tmp_path))
    code, _ = imported(kb, tmp_path, ("page.html", page(charset)))
    assert code == 0
    title, *rest = paragraphs(tmp_path)
    assert title == "# 设备备案办法公布"
    assert rest[0] == "为规范临港仓库的设备进出，主管部门今日印发通知，要求各单位自下月起办理备案（filing）。"
    assert rest[2:4] == ["主管部门负责人表示：", "> “备案不是审批，企业只要如实填写即可。”"]
    assert len(rest) == len(PARAGRAPHS) and "3,480台" in rest[4]
    front = yaml.safe_load((tmp_path / "docs/notices/filing.md").read_text("utf-8").split("---\n")[1])
    assert (front["kind"], front["author"], str(front["published"]), front["text"]) == (
        "notice", {"family": "李", "given": "明"}, "2026-09-01", "original")
    assert front["source"] == "https://news.example.org/2026/filing.html"
    assert kb(tmp_path, "anchors")[0] == 0
    found = kb(tmp_path, "collate")[1]
    assert "filing-zh.txt" in found and "unaccounted 0" in found.split("filing-zh.txt")[1]


def test_the_file_is_kept_byte_for_byte_with_what_was_made_of_it(tmp_path, kb):
    site_of(project(tmp_path))
    data = page("gb18030")
    imported(kb, tmp_path, ("page.html", data))
    assert (tmp_path / "sources/files/filing-zh.html").read_bytes() == data
    known = yaml.safe_load((tmp_path / "sources/filing-zh.yml").read_text("utf-8"))
    assert known["taken-from"] == {"file": "filing-zh.html", "sha256": hashlib.sha256(data).hexdigest(),
                                   "encoding": "gb18030"}
    assert {one["reason"] for one in known["omissions"]} == {"navigation", "metadata"}
    write(tmp_path, {"sources/files/filing-zh.html": data + b" "})
    assert "KB301" in kb(tmp_path, "check")[1]


def test_a_plain_text_is_its_own_received_text(tmp_path, kb):
    site_of(project(tmp_path))
    data = "\n\n".join(("设备备案办法公布", *PARAGRAPHS)).encode()
    assert imported(kb, tmp_path, ("text.txt", data), options=FACTS)[0] == 0
    assert (tmp_path / "sources/filing-zh.txt").read_bytes() == data
    assert not (tmp_path / "sources/files").exists()
    assert paragraphs(tmp_path)[0] == "# 设备备案办法公布"


def word_file(*paragraphs: tuple[str, str]) -> bytes:
    """A Word file of (style, text)."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    styles = "".join(f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{name}"/></w:style>'
                     for one, name in (("Title1", "heading 1"), ("Head2", "heading 2")))
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
                   for style, text in paragraphs)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
                         'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>')
        archive.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
                         'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
                         'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
                         "</Relationships>")
        archive.writestr("word/styles.xml", f"<w:styles {space}>{styles}</w:styles>")
        archive.writestr("word/_rels/document.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org'
                         '/package/2006/relationships"><Relationship Id="s" Type="http://schemas.openxmlformats.'
                         'org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>')
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    return kept.getvalue()


def test_the_headings_of_a_word_file_are_the_text_s_own(tmp_path, kb):
    site_of(project(tmp_path))
    data = word_file(("Title1", "设备备案办法公布"), ("", PARAGRAPHS[0]), ("Head2", "适用范围"), ("", PARAGRAPHS[1]),
                     ("", PARAGRAPHS[4]))
    assert imported(kb, tmp_path, ("text.docx", data), options=FACTS)[0] == 0
    assert "## 适用范围 { #scope }" in paragraphs(tmp_path)
    assert kb(tmp_path, "anchors")[0] == 0
    assert "unaccounted 0" in kb(tmp_path, "collate")[1].split("filing-zh.txt")[1]


@pytest.mark.browser
def test_the_lines_of_a_pdf_are_joined_to_paragraphs(tmp_path, kb, browser):
    site_of(project(tmp_path))
    window = browser.new_page()
    window.set_content("<h1>设备备案办法公布</h1>" + "".join(f"<p>{one}</p>" for one in PARAGRAPHS))
    data = window.pdf(format="A5")
    window.close()
    assert imported(kb, tmp_path, ("text.pdf", data), options=FACTS)[0] == 0
    solid = [re.sub(r"\s", "", one) for one in paragraphs(tmp_path)]
    assert re.sub(r"\s", "", PARAGRAPHS[0]).replace(",", "，").replace("(", "（").replace(")", "）") in solid


# --- a translation --------------------------------------------------------------------------------

JAPANESE = (
    "設備の届出に関する規則を公表",
    "臨港倉庫での設備の出入りを適正に管理するため、主管部門は本日通知を出し、各単位に来月から届出(filing)を求めた。",
    "通知は12条から成り、試験設備と事務設備に適用される。届出のない設備は園区に入れない。主管部門の責任者は次のように述べた。",
    "「届出は許可ではない。企業はありのままに記入すればよい」",
    "据介绍,2025年园区共登记设备3,480台,比上一年增加两成,其中测试设备占六成以上。",
)


def test_a_translation_is_laid_beside_its_original(tmp_path, kb):
    site_of(project(tmp_path))
    zh = "\n\n".join(("设备备案办法公布", *PARAGRAPHS)).encode()
    ja = "\n".join(JAPANESE).encode()
    code, said = imported(kb, tmp_path, ("zh.txt", zh), ("ja.txt", ja), options=(*FACTS, "--translated-by", "machine"))
    assert code == 0
    found = paragraphs(tmp_path, "docs_ja/notices/filing.md")
    assert found[0] == "# 設備の届出に関する規則を公表"
    assert found[2] == "通知は12条から成り、試験設備と事務設備に適用される。届出のない設備は園区に入れない。"
    assert found[3] == "主管部門の責任者は次のように述べた。"
    assert found[4].startswith("> 「届出は")
    assert "訳文" not in said and "doubtful" in said
    assert kb(tmp_path, "anchors")[0] == 0
    checked = kb(tmp_path, "check")[1]
    assert "KB501" in checked  # the sentence that was left in Chinese
    sheet = (tmp_path / ".cache/kb/import/filing.html").read_text("utf-8")
    assert "not in 日本語" in sheet and "<script" not in sheet and "http-equiv" not in sheet


def test_a_translation_may_come_later(tmp_path, kb):
    site_of(project(tmp_path))
    write(tmp_path, {"in/zh.txt": "\n\n".join(("设备备案办法公布", *PARAGRAPHS)), "in/ja.txt": "\n".join(JAPANESE)})
    assert kb(tmp_path, "import", str(tmp_path / "in/zh.txt"), "--language", "zh", "--slug", "notices/filing",
              *FACTS)[0] == 0
    before = (tmp_path / "docs/notices/filing.md").read_bytes()
    assert kb(tmp_path, "import", str(tmp_path / "in/ja.txt"), "--language", "ja", "--slug", "notices/filing",
              "--translated-by", "machine")[0] == 0
    assert (tmp_path / "docs/notices/filing.md").read_bytes() == before
    front = yaml.safe_load((tmp_path / "docs_ja/notices/filing.md").read_text("utf-8").split("---\n")[1])
    assert front["text"] == "translation" and front["translation"] == {"from": "zh-Hans", "by": "machine"}
    assert kb(tmp_path, "anchors")[0] == 0


def test_paragraphs_that_a_translation_joins_or_lacks_are_told_and_doubtful():
    left = ["第一条规定设备应当在15日内备案。", "转让或者报废的，应当在30日内更新。", "备案不收费用，全部在网上办理。",
            "商务局应当在3个工作日内答复，不予受理的，应当书面说明理由，并告知申请人可以在60日内申请复议。", "本办法自2026年9月1日起施行。"]
    right = ["第1条は、設備を15日以内に届け出ると定める。譲渡または廃棄のときは30日以内に更新する。",
             "届出に手数料は要らず、すべてオンラインで行う。", "この規則は2026年9月1日から施行する。"]
    rows = align(left, right, CHINESE, SHORT["ja"])
    assert [(row.left, row.right) for row in rows] == [((0, 1), (0,)), ((2,), (1,)), ((3,), ()), ((4,), (2,))]
    assert all(0 <= row.sure <= 1 for row in rows)


def test_a_person_s_name_is_written_with_a_slash(tmp_path, kb):
    site_of(project(tmp_path))
    imported(kb, tmp_path, ("page.html", page()), options=("--author", "王/小明"))
    front = yaml.safe_load((tmp_path / "docs/notices/filing.md").read_text("utf-8").split("---\n")[1])
    assert front["author"] == {"family": "王", "given": "小明"}


def test_a_file_that_a_published_text_was_taken_from_stays_as_it_was(tmp_path, kb):
    site_of(project(tmp_path))
    imported(kb, tmp_path, ("page.html", page()))
    commit(tmp_path)
    known = (tmp_path / "sources/filing-zh.yml").read_text("utf-8")
    other = page() + b"<!-- x -->"
    write(tmp_path, {"sources/files/filing-zh.html": other, "sources/filing-zh.yml": re.sub(
        r"(html, sha256: )\w+|(sha256: )\w+(?=\n  encoding|, encoding)", lambda one: (one[1] or one[2]) + hashlib.sha256(
            other).hexdigest(), known)})
    found = kb(tmp_path, "check", "--since", "HEAD")[1]
    assert "sources/files/filing-zh.html:" in found and "found other bytes than at HEAD" in found
    assert "sources/filing-zh.yml:" in found and "found taken-from: " in found


# --- what is asked --------------------------------------------------------------------------------


def test_what_is_doubtful_is_asked_the_most_doubtful_first_and_answers_are_kept(tmp_path):
    lines = "<p>港城网讯</p><div class=note-tags><span>设备备案</span></div></div>\n<div class=\"share\">"
    data = page().replace('</div>\n<div class="share">'.encode(), lines.encode())
    taken = taking.taken(data, "page.html")
    assert isinstance(taken, Taken)
    asked: list[str] = []

    def make(answers):
        return drafting.made(taken, CHINESE, "page.html", is_original=True, answers=answers)

    def read(words: str) -> str:
        asked.append(words)
        return "q" if len(asked) == 2 else ""

    first = questions.questions(make(drafting.NONE), drafting.NONE)
    assert [one.sure for one in first] == sorted(one.sure for one in first) and len(first) >= 2
    _, stopped = importing._answered(make, tmp_path / "kept.json", "digest", "en", read)
    assert stopped and len(asked) == 2
    asked.clear()
    asked.append("as if one had been asked")
    asked.append("and another")
    made, stopped = importing._answered(make, tmp_path / "kept.json", "digest", "en", read)
    assert not stopped and len(asked) == 2 + len(first) - 1
    kept = questions.restored((tmp_path / "kept.json").read_text("utf-8"), "digest")
    assert kept and questions.questions(made, kept) == ()
    assert questions.restored((tmp_path / "kept.json").read_text("utf-8"), "another file") is None


@pytest.mark.parametrize(("tag", "begins"), [
    ("en", "page.html (Chinese)\n"), ("zh-Hans", "page.html（中文）\n还有"), ("ja", "page.html（中国語）\n残り")])
def test_the_first_question_about_a_file_names_it_and_its_language(tmp_path, monkeypatch, tag, begins):
    asked: list[str] = []
    monkeypatch.setattr(person, "is_there", lambda: True)
    monkeypatch.setattr("builtins.input", lambda words: asked.append(words) or "")
    taken = taking.taken(DOUBTFUL, "page.html")
    order = importing.Order([Path("page.html")], ["zh"], ["notices/filing"], "", importing.Asked())
    importing._decided(tmp_path, [(DOUBTFUL, taken)], [CHINESE], order, Manner("text", Reader(tag, ""), None))
    assert asked[0].startswith(begins) and len(asked) > 1
    assert not any(one.startswith("page.html") for one in asked[1:])


DOUBTFUL = page().replace('</div>\n<div class="share">'.encode(), (
    "<p>港城网讯</p><div class=note-tags><span>设备备案</span></div></div>\n<div class=\"share\">").encode())


@pytest.mark.parametrize(("answer", "english", "chinese", "japanese"), [
    ("n", "the editor says so; proposed was: kept; ", "编者决定；原建议：保留（", "編者の判断による。当初の案：残す（"),
    ("h", "the editor says so; proposed was: left out (navigation); ", "编者决定；原建议：略去（导航）（",
     "編者の判断による。当初の案：省略（ナビゲーション）（"),
])
def test_what_was_proposed_is_still_said_once_the_editor_has_decided(answer, english, chinese, japanese):
    taken = taking.taken(DOUBTFUL, "page.html")
    before = drafting.made(taken, CHINESE, "page.html", is_original=True)
    kinds = ("paragraph", "heading") if answer == "n" else ("navigation",)
    question = next(one for one in questions.questions(before, drafting.NONE) if one.proposed in kinds)
    answers = questions.answered(drafting.NONE, question, answer)
    made = drafting.made(taken, CHINESE, "page.html", is_original=True, answers=answers)
    said = {one.line: (one.why,) for one in made.omissions} | {
        one.lines[0]: one.why for one in made.drafts[0].blocks}
    whys = said[question.line]
    assert whys[0].startswith(english)
    assert catalogue.known(whys[0], "zh-Hans").startswith(chinese)
    assert catalogue.known(whys[0], "ja").startswith(japanese)


# --- the words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["zh-Hans", "ja"])
@pytest.mark.parametrize("mark", ["heading", "item", "number", "quotation", "line in bold"])
def test_what_marks_a_line_is_said_without_english(mark, tag):
    said = catalogue.known(f"marked as a {mark}, in the text", tag)
    assert said and not re.search("[A-Za-z]", said)


def test_a_worksheet_in_chinese_has_full_width_signs_and_says_nothing_twice():
    block = Block("paragraph", "甲：乙", "甲:乙", (3,), is_quoted=True, why=("the title", "the title"))
    made = drafting.Made((Draft(Facts(), (block,)),), ())

    def say(words: str) -> str:
        return catalogue.label(words, "zh-Hans") if words.startswith("worksheet-") else catalogue.said(words, "zh-Hans")

    [entry] = worksheet.of_draft(made, "zh-Hans", say)
    assert (entry.proposed, entry.why) == ("段落（引文）：甲：乙", "题名")


@pytest.mark.parametrize(("name", "chinese", "japanese"), [("中文", "不是中文", "中国語でない"),
                                                           ("日本語", "不是日文", "日本語でない")])
def test_a_language_is_called_as_its_reader_calls_it(name, chinese, japanese):
    assert catalogue.known(f"not in {name}: “甲”", "zh-Hans").startswith(chinese)
    assert catalogue.known(f"not in {name}: “甲”", "ja").startswith(japanese)


def test_the_first_description_speaks_of_dates_and_people_as_its_language_does(tmp_path, kb):
    site_of(project(tmp_path))
    imported(kb, tmp_path, ("zh.txt", "\n\n".join(("设备备案办法公布", *PARAGRAPHS)).encode()),
             ("ja.txt", "\n".join(JAPANESE).encode()),
             options=("--author", "王/小明", "--published", "2026-09-10", "--translated-by", "machine"))
    said = [yaml.safe_load((tmp_path / f"{tree}/notices/filing.md").read_text("utf-8").split("---\n")[1])["description"]
            for tree in ("docs", "docs_ja")]
    assert said == ["王小明于2026年9月10日发表的《设备备案办法公布》。",
                    "王小明による「設備の届出に関する規則を公表」（2026年9月10日公表）の日本語訳。"]


def test_a_long_line_that_is_told_on_the_terminal_ends_in_its_own_words(tmp_path, kb):
    site_of(project(tmp_path))
    ja = "\n".join((*JAPANESE[:-1], "据介绍,2025年园区共登记设备3,480台,比上一年增加两成,其中测试设备占六成以上,办公设备"
                    "占三成,其余为实验设备,主管部门今后将继续公布各单位登记的数量与用途。"))
    zh = "\n\n".join(("设备备案办法公布", *PARAGRAPHS))
    said = imported(kb, tmp_path, ("zh.txt", zh.encode()), ("ja.txt", ja.encode()),
                    options=(*FACTS, "--translated-by", "machine"))[1]
    assert re.search("not in 日本語: “据介绍[^”]+…[^”]+用途。”", said)


# --- what is refused ------------------------------------------------------------------------------

LOGIN = ("<html><head><meta charset=utf-8></head><body><h1>港城网</h1><p>请先登录后查看全文。</p>"
         "<form><input type=password></form></body></html>").encode()
TWO = "\n\n".join(("设备备案办法公布", *PARAGRAPHS, "附:港城发布通知全文", "港城发布设备备案通知",
                   *(f"第{number}项,各单位应当在规定期限内如实填报设备的名称、数量和用途。" for number in "一二三四"))).encode()


@pytest.mark.parametrize(("name", "data", "code", "said"), [
    ("empty.txt", b" \n", "KB140", "found an empty file"),
    ("scan.html", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "KB140", "found a picture (PNG)"),
    ("old.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 40, "KB140", "found a Word file of the old kind (.doc)"),
    ("broken.pdf", b"%PDF-1.7\nnothing", "KB140", "found a PDF that cannot be read"),
    ("broken.docx", b"PK\x03\x04nothing", "KB140", "found a DOCX that cannot be read"),
    ("unlabelled.txt", PARAGRAPHS[0].encode("gb18030"), "KB140", "found no label of an encoding"),
    ("lies.html", page("utf-8").replace(b'charset="utf-8"', b'charset="gb2312"'), "KB140",
     "found the label “gb2312” on a text in utf-8"),
    ("lies-too.html", page("gb18030").replace(b'charset="gb18030"', b'charset="utf-8"'), "KB140",
     "which are not utf-8"),
    ("mojibake.html", page("gb18030").replace(b'charset="gb18030"', b'charset="big5"'), "KB140", "“big5”"),
    ("unknown.html", page("utf-8").replace(b'charset="utf-8"', b'charset="klingon"'), "KB140",
     "found the encoding “klingon”"),
    ("login.html", LOGIN, "KB141", "found a page that asks to log in"),
    ("two.txt", TWO, "KB141", "found two texts: one more begins with “港城发布设备备案通知”"),
    ("ja.txt", "\n".join(JAPANESE[:4]).encode(), "KB141", "found a text in ja, expected a text in zh-Hans"),
    ("english.txt", b"Nothing of this is in Chinese. " * 20, "KB141", "found a text in neither language"),
    ("large.txt", b"a" * 10_000_001, "KB132", "found a file of 10000001 bytes"),
], ids=lambda one: one if isinstance(one, str) and "." in one and len(one) < 20 else "")
def test_what_cannot_be_imported_is_one_finding_and_nothing_is_written(tmp_path, kb, name, data, code, said):
    site_of(project(tmp_path))
    write(tmp_path, {f"in/{name}": data})
    before = every_file(tmp_path)
    exit_code, printed = imported(kb, tmp_path, (name, data), options=FACTS)
    assert exit_code == 1 and printed.count(" KB") == 1 and f" {code} " in printed and said in printed
    assert "hint: " in printed and every_file(tmp_path) == before


def test_a_name_that_is_taken_is_refused_before_anything_is_read(tmp_path, kb):
    site_of(project(tmp_path))
    write(tmp_path, {"in/page.html": page()})
    before = every_file(tmp_path)
    code, said = imported(kb, tmp_path, ("page.html", page()), options=("--slug", "articles/chips"))
    assert code == 1 and "docs/articles/chips.md:1: KB142" in said
    assert every_file(tmp_path) == before


@pytest.mark.parametrize(("tag", "said"), [("en", "is there already"), ("zh", "已经存在"), ("ja", "すでにある")])
def test_a_file_that_somebody_else_has_put_there_is_not_written_over(tmp_path, kb, tag, said):
    site_of(project(tmp_path))
    name = "sources/files/filing-zh.html"
    write(tmp_path, {name: b"\xff\xfe other bytes", "in/page.html": page()})
    before = every_file(tmp_path)
    code, printed = imported(kb, tmp_path, ("page.html", page()), options=("--lang", tag))
    now = every_file(tmp_path)
    assert code == 1 and name in printed and said in printed
    assert {one for one in now if not one.startswith(".cache/")} == set(before) and now[name] == before[name]


@pytest.mark.parametrize(("options", "said"), [
    (("--slug", "filing"), "a slug such as articles/equipment-filing, and not filing"),
    (("--slug", "../x"), "a slug such as articles/equipment-filing, and not ../x"),
    (("--slug", "notices/a", "--slug", "notices/b", "--slug", "notices/c"), "at most two"),
])
def test_a_name_that_no_document_can_have_is_wrong_use(tmp_path, kb, options, said):
    site_of(project(tmp_path))
    code, printed = imported(kb, tmp_path, ("page.html", page()), options=options)
    assert code == 2 and said in printed


@pytest.mark.parametrize(("option", "value"), [
    ("--published", "2026-02-30"), ("--published", "2026-13"), ("--published", "去年"),
    ("--address", "javascript:alert(1)"), ("--address", "news.example.org/1"), ("--address", "https://user@example.org/1"),
])
@pytest.mark.parametrize("tag", ["en", "zh", "ja"])
def test_what_no_page_could_carry_is_refused_before_anything_is_asked_or_written(tmp_path, kb, option, value, tag):
    site_of(project(tmp_path))
    options = ("--author", "某研究院", option, value, "--lang", tag)
    code, printed = imported(kb, tmp_path, ("page.html", page()), options=options)
    assert code == 2 and value in printed and ("and not" in printed) == (tag == "en")
    assert not (tmp_path / "docs/notices").exists() and not (tmp_path / "sources/filing-zh.yml").exists()


def test_where_the_original_was_published_its_translation_was_not(tmp_path, kb):
    site_of(project(tmp_path))
    address = "https://news.example.org/2026/9"
    assert imported(kb, tmp_path, ("zh.txt", "\n\n".join(("设备备案办法公布", *PARAGRAPHS)).encode()),
                    ("ja.txt", "\n".join(JAPANESE).encode()),
                    options=(*FACTS, "--address", address, "--translated-by", "machine"))[0] == 0
    received, rendered = (yaml.safe_load((tmp_path / f"sources/filing-{one}.yml").read_text("utf-8"))
                          for one in ("zh", "ja"))
    assert received["address"] == address and "address" not in rendered
    fronts = [yaml.safe_load((tmp_path / f"{tree}/notices/filing.md").read_text("utf-8").split("---\n")[1])
              for tree in ("docs", "docs_ja")]
    assert [one["source"] for one in fronts] == [address, address]


def test_what_no_file_says_the_editor_has_to_say(tmp_path, kb):
    site_of(project(tmp_path))
    data = "\n\n".join(("设备备案办法公布", *PARAGRAPHS)).encode()
    before = every_file(tmp_path)
    code, said = imported(kb, tmp_path, ("text.txt", data))
    assert code == 2 and "nothing says who wrote notices/filing: add, as in: --author 某研究院" in said
    assert every_file(tmp_path).keys() - before.keys() == {"in/text.txt"}


def test_two_texts_in_one_file_become_two_documents(tmp_path, kb):
    site_of(project(tmp_path))
    code, _ = imported(kb, tmp_path, ("two.txt", TWO), options=(
        "--slug", "articles/filing", "--slug", "notices/filing-notice", "--author", "某研究院", "--author", "港城发布",
        "--published", "2026-09-01", "--published", "2026-08-31"))
    assert code == 0
    assert paragraphs(tmp_path, "docs/notices/filing-notice.md")[0] == "# 港城发布设备备案通知"
    assert paragraphs(tmp_path, "docs/articles/filing.md")[-1] == "附：港城发布通知全文"
    assert kb(tmp_path, "anchors")[0] == 0
    assert "unaccounted 0" in kb(tmp_path, "collate")[1].split("filing-zh.txt")[1]
