"""Collation of any text: its own headings in their places, breaks that moved, lines that belong to nobody,
words that stand somewhere else, declarations that outlive what becomes of their neighbours.

Each case is a file in `cases/collation/`: a received text, its edition, what is declared of it, and what is
found. Declarations are written in words; the fingerprints are taken from these."""

import hashlib
import random
import re
from pathlib import Path

import pytest
import yaml
from scratch import write

from kb import parsers
from kb import project as projects
from kb.collation import enumerations
from kb.fingerprints import fingerprint
from kb.importing import declaring
from kb.languages import BY_TAG, other

CASES = sorted((Path(__file__).parent / "cases/collation").glob("*.yml"))
FILES = {"received": "sources/a.txt", "provenance": "sources/a.yml",
         "declarations": "sources/articles/text.yml"}
FRONT = {"kind": "article", "description": "一篇短文。", "author": "某研究院", "published": "2025-05-14"}
TRANSLATION = {"text": "translation", "translation": {"from": "zh-Hans", "by": "machine"}}


def built(root, received, edition, *, language="zh-Hans", front=None, provenance=None, declared=None,
          counterpart=None):
    """A project of one document and its received text, and its edition in the other language where there is a
    `counterpart`; the one collation of it."""
    head = {**FRONT, **(TRANSLATION if language == "ja" else {"text": "original"}), **(front or {})}
    tree = BY_TAG[language].tree
    write(root, {
        f"{tree}/articles/text.md": f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n\n{edition}",
        "docs/index.md": "# 首页\n", "docs_ja/index.md": "# ホーム\n",
        "sources/a.txt": received,
        "sources/a.yml": yaml.safe_dump({
            "received": "a.txt", "sha256": hashlib.sha256(received.encode()).hexdigest(),
            "language": language, "what": {"zh-Hans": "一篇短文", "ja": "短い論考"},
            "editions": ["articles/text"], **(provenance or {})}, allow_unicode=True, sort_keys=False),
    })
    if counterpart:
        twin = {**FRONT, "text": "original" if head["text"] == "translation" else "translation"}
        write(root, {f"{other(BY_TAG[language]).tree}/articles/text.md":
                     f"---\n{yaml.safe_dump(twin, allow_unicode=True)}---\n\n{counterpart}"})
    if declared:
        write(root, {"sources/articles/text.yml": yaml.safe_dump(
            {"emendations": {language: {key: marked(one) for key, one in declared.items()}}},
            allow_unicode=True, sort_keys=False)})
    (found,) = projects.read(root).collations
    return found


def marked(declared):
    """A declaration in words, with fingerprints in their place."""
    found = {"reasons": declared.get("reasons", ["wording"]), "text": fingerprint(declared["text"])}
    if "received" in declared:
        found["received"] = fingerprint(declared["received"])
    return found


def is_met(finding, wanted, edition):
    """Whether a finding is the one that a case names. Lines of the edition are counted without its front
    matter."""
    file = {**FILES, "edition": edition.file}[wanted["file"]]
    line = wanted["line"] + (edition.body_line if wanted["file"] == "edition" else 0)
    return ((finding.file, finding.line, finding.code) == (file, line, wanted["code"])
            and wanted.get("found", finding.found) == finding.found
            and wanted.get("expected", finding.expected) == finding.expected)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_became_of_a_received_text(tmp_path, path):
    case = parsers.own(path.read_text("utf-8"))
    language = case.get("language", "zh-Hans")
    received = case["received"].replace("\n", "\r\n") if case.get("crlf") else case["received"]
    found = built(tmp_path, received, case["edition"], language=language, front=case.get("front"),
                  provenance=case.get("provenance"), declared=case.get("declared"),
                  counterpart=case.get("counterpart"))
    edition = projects.read(tmp_path).corpus.page("articles/text.md", BY_TAG[language])
    said = "\n".join(map(str, found.findings))
    assert len(found.findings) == len(case.get("findings", ())), said
    for wanted in case.get("findings", ()):
        (finding,) = [one for one in found.findings if is_met(one, wanted, edition)] or [None]
        assert finding, f"{wanted} not in\n{said}"
        for words in wanted.get("hint", ()):
            assert words in finding.hint, finding.hint
        for words in wanted.get("never", ()):
            assert words not in finding.hint, finding.hint
    assert found.figures.unaccounted == case.get("unaccounted", 0), said
    shown = {one.id: one.received for one in found.comparisons}
    for key, words in case.get("became", {}).items():
        assert shown[key] == words
    proposed = {one.id: list(declaring.proposed(one)) for one in found.undeclared}
    for key, reasons in case.get("proposed", {}).items():
        assert proposed[key] == reasons


# --- any text, changed in known ways --------------------------------------------------------------

# Headings stand with the number signs of Markdown; what follows a colon is the way an editor reworded it.
CHINESE = """\
# 企业出口管制内部合规指引
为引导企业建立健全出口管制内部合规机制，防范经营风险，制定本指引。企业可以结合自身规模参照执行。
## 一、总则
本指引所称出口管制，是指国家对两用物项的出口采取禁止或者限制性措施。技术和服务也在其列。
企业应当把合规要求贯穿于采购、研发、销售和售后的全过程。任何部门都不得以业务紧急为由绕过审查。
合规工作遵循全面、独立、有效的原则。合规人员履行职责时，有权直接向负责人报告。
## 二、组织机构
### （一）领导责任
主要负责人对本企业的出口管制合规负总责。他应当每年至少听取一次专题汇报。
董事会设立合规委员会的，委员会负责审定制度和年度计划。委员会的决定应当形成书面记录。
### （二）专职人员
企业应当指定至少一名熟悉管制清单的人员担任合规专员。规模较大的企业可以设立独立的合规部门。
合规专员离职的，应当在十五日内完成交接。交接材料包括在办许可和历史档案。
## 三、风险评估
企业应当定期识别产品、客户和用途三方面的风险。评估周期一般不超过一年。
对产品的识别，重点是确认其是否列入管制清单。清单调整后三十日内应当重新核对。
对客户的识别，应当查明最终用户的所有权结构。名称与限制名单近似的，必须人工复核。
对用途的识别，应当取得最终用户出具的书面声明。声明含糊其辞的，不得发货。
## 四、许可与交易
需要许可的出口，由合规专员统一提出申请。申请材料的真实性由业务部门负责。
许可证载明的数量、期限和收货人不得擅自变更。确需变更的，应当重新申请。
交易过程中发现可疑情形的，应当立即中止交易。中止期间不得以其他名义继续履行。
货物转运经第三地的，应当核对运单上的每一个经停港口。无法核对的视为可疑情形。
## 五、培训与档案
新入职的员工应当在三个月内接受一次基础培训。培训结束后须通过书面测验。
与出口有关的合同、发票、运输单据和往来邮件应当保存五年。电子档案应当另行备份。
内部举报的渠道应当向全体员工公布。举报人的身份受到保护。
## 六、附则
本指引由主管部门负责解释。各地可以制定实施细则。
本指引自发布之日起施行。
"""
JAPANESE = """\
# 輸出管理に関する社内規程の手引き
この手引きは、企業が輸出管理の体制を整えるための参考として作成しました。各社は規模に応じて取り入れてください。
## 第1章 総則
輸出管理とは、軍事転用のおそれがある貨物や技術の移転を規制することです。役務の提供も含まれます。
企業は仕入れから販売後の保守まで、すべての段階で審査を行います。納期を理由に審査を省いてはなりません。
担当者は、必要があれば経営者に直接報告することができます。報告を理由とする不利益な扱いは認められません。
## 第2章 組織
代表者は自社の輸出管理に最終的な責任を負います。少なくとも年に一度は状況の説明を受けます。
委員会を置く場合、委員会は規程と年間計画を承認します。議事は必ず書面に残します。
リストに詳しい者を1名以上、専任の担当者に任命してください。大企業では独立した部署を設けることもできます。
担当者が退職するときは、15日以内に引き継ぎを終えます。引き継ぎには申請中の案件を含めます。
## 第3章 審査
製品、顧客、用途の三つの観点から定期的にリスクを洗い出します。間隔は1年を超えないようにします。
製品については、規制リストに載っているかどうかを確かめます。改正があれば30日以内に見直します。
顧客については、最終需要者の出資関係まで調べてください。名称が似ているだけでも人の目で確認します。
用途については、需要者から書面による誓約を得ます。内容があいまいなときは出荷しません。
## 第4章 取引
許可が必要な輸出は、担当者がまとめて申請します。資料の正確さには営業部門が責任を持ちます。
許可証の数量や期限、荷受人を勝手に変えることはできません。変更するときは申請し直します。
不審な点が見つかったら、ただちに取引を止めてください。別の名義で続けることも許されません。
第三国を経由する貨物は、運送状の寄港地をすべて照合します。照合できないものは不審な取引とみなします。
## 第5章 教育と記録
新入社員は3か月以内に基礎的な研修を受けます。終了後に筆記試験を行います。
契約書や請求書、運送書類、電子メールは5年間保存します。電子的な記録は別の場所に控えを取ります。
社内の通報窓口は全従業員に知らせておきます。通報した人の身元は守られます。
## 附則
この手引きの解釈は主務官庁が行います。地域ごとの細則を定めることもできます。
この手引きは公表の日から適用します。
"""
STRANGERS = {
    "zh-Hans": ("推荐下载,领取价值高达六万元的盲盒!", "图片来源:视觉中国", "下一篇:某公司取得一种区块链专利",
                "责任编辑:王芳", "点击查看:美国收紧对华芯片出口管制", "广告", "返回顶部"),
    "ja": ("今すぐ登録して特典を受け取ろう!", "写真:庁舎の外観(共同)", "関連記事:米国、半導体規制を強化", "広告",
           "【PR】ポイント還元キャンペーン実施中", "トップへ戻る"),
}
HEADINGS = {"zh-Hans": "、合规工作的若干要求", "ja": " 雑則と経過措置"}
FOLDED = str.maketrans({"，": ",", "：": ":", "；": ";", "（": "(", "）": ")"})
SENTENCE = re.compile("[^。]+。")


class Text:
    """A text as it was received, line by line, and as it stands in the edition, known by their keys."""

    def __init__(self, language, chance):
        self.language, self.chance = language, chance
        self.received, self.edition, self.heads, self.declared = [], {}, {}, {}
        self.expected, self.busy = [], set()
        for number, line in enumerate((CHINESE if language == "zh-Hans" else JAPANESE).splitlines()):
            signs, _, words = line.rpartition("# ") if line.startswith("#") else ("", "", line)
            key = "title" if number == 0 else f"s{number}" if signs or line.startswith("#") else f"p{number}"
            self.heads[key] = f"{signs}# " if line.startswith("#") else ""
            self.edition[key] = words
            self.received.append([key, words.translate(FOLDED)])
        self.whole = dict(self.edition)

    def pick(self, *, heads=False, count=1):
        """Neighbouring paragraphs (or a heading) that nothing was done to, nor to what stands beside them."""
        keys = list(self.whole)
        places = [at for at in range(1, len(keys) - count)
                  if not self.busy & set(keys[at - 1:at + count + 1])
                  and all(bool(self.heads[key]) is heads for key in keys[at:at + count])]
        at = self.chance.choice(places)
        self.busy |= set(keys[at:at + count])
        return keys[at:at + count]

    def line(self, key):
        return next(at for at, (one, _) in enumerate(self.received) if one == key)

    def markdown(self):
        return "\n\n".join(
            f"# {words}" if key == "title" else f"{self.heads[key]}{words} {{ #{key} }}" if self.heads[key]
            else f"{words}\n{{ #{key} }}" for key, words in self.edition.items()) + "\n"


def an_advertisement(text):
    (key,) = text.pick()
    words = text.chance.choice([one for one in STRANGERS[text.language]
                                if one not in [line for _, line in text.received]])
    text.received.insert(text.line(key) + 1, ["", words])
    text.expected.append(("KB302", words, None))


def a_line_that_is_lost(text):
    """In the received text: what the edition has was never received."""
    (key,) = text.pick()
    del text.received[text.line(key)]
    text.expected.append(("KB303", key, "words that stand in "))


def a_paragraph_that_is_lost(text):
    """In the edition."""
    (key,) = text.pick()
    text.expected.append(("KB302", text.received[text.line(key)][1], None))
    del text.edition[key]


def a_sentence_across_a_break(text):
    first, second = text.pick(count=2)
    one, two = SENTENCE.findall(text.received[text.line(first)][1])
    text.received[text.line(first)][1] = one
    text.received[text.line(second)][1] = two + text.received[text.line(second)][1]


def a_line_that_is_broken(text):
    (key,) = text.pick()
    at, (_, words) = text.line(key), text.received[text.line(key)]
    half = len(words) // 2 - 3
    text.received[at:at + 1] = [[key, words[:half]], ["", words[half:]]]


def two_lines_that_are_one(text):
    first, second = text.pick(count=2)
    text.received[text.line(first)][1] += text.received[text.line(second)][1]
    del text.received[text.line(second)]


def a_sentence_that_moves(text):
    (origin,), (aim,) = text.pick(), text.pick()
    one, two = SENTENCE.findall(text.edition[origin])
    text.edition[origin] = one
    text.edition[aim] += two
    text.expected.append(("KB303", aim, f"these words in {origin}, as in "))


def a_heading_that_is_reworded(text):
    (key,) = text.pick(heads=True)
    mark = re.match(r"[^、） ]+[）]?", text.edition[key])[0]
    text.edition[key] = mark + HEADINGS[text.language]
    text.expected.append(("KB303", key, "“"))


def two_paragraphs_that_change_places(text):
    first, second = text.pick(count=2)
    keys = list(text.edition)
    at = keys.index(first)
    keys[at:at + 2] = second, first
    text.edition = {key: text.edition[key] for key in keys}
    text.expected.append(("KB303", (first, second), "after "))


def declared_emendations(text):
    """Of a translation, beside whatever else happened: they must outlive it."""
    free = [key for key in text.edition if key not in text.busy and not text.heads[key]]
    for key in text.chance.sample(free, 5):
        new = text.edition[key].replace("ます", "る").replace("です", "だ") + "（注）"
        text.declared[key] = {"received": text.received[text.line(key)][1], "text": new}
        text.edition[key] = new


CHANGES = (an_advertisement, a_line_that_is_lost, a_paragraph_that_is_lost, a_sentence_across_a_break,
           a_line_that_is_broken, two_lines_that_are_one, a_sentence_that_moves, a_heading_that_is_reworded,
           two_paragraphs_that_change_places)


@pytest.mark.parametrize("language", ["zh-Hans", "ja"])
@pytest.mark.parametrize("seed", range(60))
def test_each_received_line_is_accounted_for_where_a_reader_looks_for_it(tmp_path, language, seed):
    text = Text(language, random.Random(f"{language} {seed}"))
    for change in text.chance.sample(CHANGES, 3):
        change(text)
    if language == "ja":
        declared_emendations(text)
    received = "\n".join(words for _, words in text.received) + "\n"
    found = built(tmp_path, received, text.markdown(), language=language, front={"headings": "original"},
                  declared=text.declared)
    page = projects.read(tmp_path).corpus.page("articles/text.md", BY_TAG[language])
    said = "\n".join(map(str, found.findings))
    assert len(found.findings) == len(text.expected), said
    for code, what, expected in text.expected:
        assert any(one.code == code and (
            (one.line, one.found) == (received.split("\n").index(what) + 1, f"“{what}” in no edition")
            if expected is None else one.expected.startswith(expected) and one.line in lines_of(page, what))
            for one in found.findings), f"{code} {what} not in\n{said}"
    untouched = {key: words for key, words in text.whole.items() if key not in text.busy}
    became = {one.id: one.received for one in found.comparisons}
    assert {key: became[key].translate(FOLDED) for key in untouched} == {
        key: words.translate(FOLDED) for key, words in untouched.items()}
    figures = found.figures
    assert (figures.unaccounted == 0) == (not any(
        code == "KB302" or not wanted.startswith("words") for code, _, wanted in text.expected))
    assert figures.received == len(received) == sum((figures.unchanged, figures.normalised, figures.omitted,
                                                     figures.emended, figures.unaccounted))


def lines_of(page, keys):
    """The lines on which the paragraphs or headings of these ids begin."""
    wanted = (keys,) if isinstance(keys, str) else keys
    return {one.line for one in (*page.headings, *page.paragraphs) if one.id in wanted}


@pytest.mark.parametrize(("lines", "mark"), [
    (("三、罚则", "（三）罚则", "(三)罚则", "3. 罚则", "3、罚则", "③罚则", "三是罚则", "  • 3．罚则"), "3"),
    (("第十二条 许可", "第12条　許可", "第１２條 許可"), "条12"),
    (("第三章 附则", "第3章 附则"), "章3"),
    (("第3条の2 許可", "第三条の二 許可"), "条3の2"),
    (("ア．貨物", "（ア）貨物", "(ア) 貨物"), "ア"),
    (("(a) goods", "a. goods"), "a"),
    (("甲、货物", "（甲）货物"), "甲"),
    (("一百零三、附表", "第103，附表"), "103"),
    (("2025年5月14日", "3.5万美元", "首先，BIS很不严谨。", "（下称“指引”）", "三项指导意见", ""), ""),
])
def test_what_counts_a_line_is_known_however_it_is_written(lines, mark):
    assert {line: enumerations.mark(line) for line in lines} == dict.fromkeys(lines, mark)


@pytest.mark.parametrize("language", ["zh-Hans", "ja"])
@pytest.mark.parametrize("seed", range(20))
def test_a_line_that_belongs_to_nobody_is_found_wherever_it_stands(tmp_path, language, seed):
    """Beside a paragraph that is lost, one that was moved, in the middle of one that was broken, after another
    stranger."""
    text = Text(language, random.Random(f"strangers {language} {seed}"))
    for change in text.chance.sample(CHANGES[1:], 4):
        change(text)
    if language == "ja":
        declared_emendations(text)
    strangers = text.chance.sample(STRANGERS[language], 4)
    for words in strangers:
        text.received.insert(text.chance.randrange(len(text.received) + 1), ["", words])
    received = "\n".join(words for _, words in text.received) + "\n"
    found = built(tmp_path, received, text.markdown(), language=language, front={"headings": "original"},
                  declared=text.declared)
    alone = {(one.line, one.found) for one in found.findings if one.code == "KB302"}
    assert {(received.split("\n").index(words) + 1, f"“{words}” in no edition")
            for words in strangers} <= alone, "\n".join(map(str, found.findings))
    assert not {"KB304", "KB305"} & {one.code for one in found.findings}, "declarations did not survive"
