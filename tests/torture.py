"""A site with everything that a text can hold: every construct that the configuration enables, in both
languages, on plain pages and in a document, nested and broken; notes, commentary, a concept, events, a
received text."""

from __future__ import annotations

import hashlib
from pathlib import Path

from scratch import site_of, write

from kb import cli

PLAIN_ZH = """\
# 写法大全

开头一段，**重点**与*强调*，`kb check`与[链接](articles/all.md#p1)。

该规定**（试行）**自发布之日起施行[^1]。

#无空格的标题

包括：
- 未空行的项

1) 带括号的编号

<details markdown="1"><summary>折叠的摘要</summary>

折叠里的一段，含3A090。

</details>

## 表格 { #tables }

| 编号 | 名称 |
|:-----|------|
| 4E091 | 模型权重 |
| 甲**粗**乙 | `单元码` |

```python
围栏 = "一行码"
第二行 = 2
```

    缩进的码一行

## 列表

1. 甲项

其间的一段。

3. 丙项
4. 丁项

    丁项的续段

    * 嵌套的项
        - 再嵌一层

> 引文一段
惰行
>
> * 引文里的项
>
> > 引文里的引文

术语词
:   释义一段

![流程图的说明](img/flow.png)

<ruby>輸出<rp>（</rp><rt>ゆしゅつ</rt><rp>）</rp></ruby>管理

<div>
盒中的文字
<p>盒中的一段</p>
</div>

<div markdown="1">

盒里的标记**文字**

</div>

国际
换行的**名称**
与General
Prohibition Ten条文

> > > > > > > > 深处的一句

葛\U000e0100城与１２３全角

&copy;实体与\\*转义\\*

[^1]: 脚注里的说明，见[文章](articles/all.md)。
"""
PLAIN_JA = PLAIN_ZH.translate(str.maketrans({
    "写": "書", "开": "開", "头": "頭", "链": "連", "规": "規", "发": "発", "标": "標", "题": "題", "项": "項", "带": "帯", "编": "編",
    "号": "号", "叠": "畳", "里": "裏", "围": "囲", "栏": "欄", "缩": "縮", "进": "進", "码": "碼", "续": "続", "释": "釈", "义": "義",
    "图": "図", "说": "説", "记": "記", "际": "際", "换": "換", "条": "条", "实": "実", "体": "体", "转": "転", "脚": "脚", "见": "見", "间": "間",
    "权": "権", "词": "詞", "与": "与", "区": "区", "语": "語", "术": "術", "处": "処", "单": "単", "层": "層", "惰": "惰", "称": "称", "粗": "粗",
    "试": "試", "无": "無", "丁": "丁", "强": "強", "调": "調", "点": "点", "径": "径", "级": "級", "节": "節", "乙": "乙", "嵌": "嵌",
}))

FRONT = """\
---
kind: article
description: {description}
author: {author}
published: 2025-05-14
text: {text}
---

"""
DOCUMENT_ZH = FRONT.format(description="一篇什么写法都有的文章。", author="某研究院", text="original\nheadings: supplied") + """\
# 写法俱全

第一段，含**出口**管制与《出口
管制条例》，又说`代码`。
{ #p1 }

## 法律效力 { #legal-effect }

包括：
{ #p2 }

* 解释性规则；
  { #p3 }
    * 更细的一种；
      { #p4 }
* 政策声明。
  { #p5 }

其间一段。
{ #p6 }

3. 第三种。
   { #p7 }
4. 第四种，<span lang="en">anywhere in the world</span>。
   { #p8 }

> “本届政府要确保盟友使用美国技术。”
> { #p9 }
>
> * 引文中的一项
>   { #p10 }

**「輸出管理」**的[译名](../glossary/control.md)。
{ #p11 }
"""
DOCUMENT_JA = FRONT.format(
    description="あらゆる書き方の論考。", author="ある研究院",
    text="translation\nheadings: supplied\ntranslation: {from: zh-Hans, by: human}") + """\
# あらゆる書き方

第1段落。**輸出**管理と『輸出
管理規則』、それに`コード`。
{ #p1 }

## 法的効力 { #legal-effect }

次のものを含む。
{ #p2 }

* 解釈規則
  { #p3 }
    * さらに細かなもの
      { #p4 }
* 政策声明
  { #p5 }

その間の一段落。
{ #p6 }

3. 第三のもの
   { #p7 }
4. 第四のもの、<span lang="en">anywhere in the world</span>
   { #p8 }

> 「現政権は、同盟国に米国の技術を使ってもらう」
> { #p9 }
>
> * 引用の中の項目
>   { #p10 }

**「出口管制」**の[訳語](../glossary/control.md)。
{ #p11 }
"""
CONCEPT = """\
---
kind: concept
term: {term}
english: export control
reading: {reading}
authority: [50 U.S.C. 4811]
discouraged: [{{rendering: {wrong}, instead: {term}}}]
false-friends: [{{form: {friend}, note: {note}}}]
description: {definition}
---

# {term}

{definition}

## {sources} {{ #sources }}

- 15 CFR 730
"""
COMMENT = """\
---
kind: note
title: {title}
description: {description}
authors: [{authors}]
date: 2026-01-02
on: [articles/all#p2]
sources: [{{text: {source}}}]
---

{text}
"""
EVENTS = """\
events:
  - date: "1952-01"
    title: {zh-Hans: 中国差别的开始, ja: 対中格差の開始}
    text: {zh-Hans: 参加国提高了对华管制。, ja: 参加国が対中規制を強めた。}
    sources: [{text: "FRUS 1955–57, vol. X, doc. 90"}]
  - date: "2025-05-14"
    title: {zh-Hans: 文章发表, ja: 論考の発表}
    text: {zh-Hans: 某研究院刊出此文。, ja: ある研究院がこれを公にした。}
    sources: [{text: 某研究院}]
    paragraphs: [articles/all#p1]
    concepts: [control]
"""
NOTES = """\
notes:
  - on: p1
    kind: sic
    date: 2026-11-22
    signed: {zh-Hans: 编者, ja: 編者}
    after: {zh-Hans: 又说, ja: それに}
    zh-Hans: 编者按语，**着重**说明，见[第2段](#p2)。
    ja: 編者の注記、**強調**して述べる。[第2段落](#p2)を見よ。
"""


def project(root: Path) -> Path:
    """The project, recorded in the register, with a received text of its Chinese edition."""
    write(root, {
        "docs/all.md": PLAIN_ZH, "docs_ja/all.md": PLAIN_JA, "docs/img/flow.png": _PNG,
        "docs/articles/all.md": DOCUMENT_ZH, "docs_ja/articles/all.md": DOCUMENT_JA,
        "docs/glossary/control.md": CONCEPT.format(
            term="出口管制", reading="chūkǒu guǎnzhì", wrong="输出管控", friend="輸出管理", note="日语里的说法。",
            definition="国家对物项出境的约束。", sources="资料来源"),
        "docs_ja/glossary/control.md": CONCEPT.format(
            term="輸出管理", reading="ゆしゅつかんり", wrong="輸出統御", friend="出口管制", note="中国語での言い方。",
            definition="国が品目の移動に課す制約。", sources="出典"),
        "docs/commentary/two.md": COMMENT.format(
            title="第二段说了什么", description="对第二段的补充。", authors="编者", source="商务部公报",
            text="评注的**一段**。\n\n## 评注的小节\n\n| 评注 | 表格 |\n|---|---|\n| 一格 | 二格 |\n".partition("|")[0]),
        "docs_ja/commentary/two.md": COMMENT.format(
            title="第2段落の意味", description="第2段落への補足。", authors="編者", source="商務部公報",
            text="注釈の**一段落**。\n\n## 注釈の小見出し\n"),
        "docs/timeline.md": "---\nkind: timeline\ndescription: 年表。\n---\n\n# 大事年表\n",
        "docs_ja/timeline.md": "---\nkind: timeline\ndescription: 年表。\n---\n\n# 年表一覧\n",
        "timeline/events.yml": EVENTS, "sources/articles/all.yml": NOTES, **_received(),
    })
    site_of(root)
    assert cli.main(["anchors"], root=root) == 0
    return root


_PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                     "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")


def _received() -> dict[str, str]:
    """The Chinese edition as it reached us: without marks, with the noise of a page."""
    text = "写法俱全\n\n下载客户端\n\n" + "\n\n".join((
        "第一段,含出口管制与《出口管制条例》,又说代码。", "包括:", "• 解释性规则;", "• 更细的一种;", "• 政策声明。", "其间一段。",
        "3. 第三种。", "4. 第四种,anywhere in the world。", "“本届政府要确保盟友使用美国技术。”", "• 引文中的一项",
        "「輸出管理」的译名。")) + "\n"
    provenance = (f"received: all.txt\nsha256: {hashlib.sha256(text.encode()).hexdigest()}\ndate: 2025-05-14\n"
                  "language: zh-Hans\nwhat: {zh-Hans: 保存的网页, ja: 保存したページ}\neditions: [articles/all]\n"
                  "omissions:\n  - {line: 3, reason: advertisement}\n")
    return {"sources/all.txt": text, "sources/all.yml": provenance}
