"""A small document in both languages, and what editors do to it: for tests of `kb anchors`."""

from __future__ import annotations

from pathlib import Path

from kb import cli
from kb import project as projects

ZH, JA = "docs/articles/export.md", "docs_ja/articles/export.md"
REGISTER, WORDINGS = "anchors/articles/export.yml", "anchors/articles/export.txt"
HEAD_ZH = """\
---
kind: article
description: 一篇关于出口许可的短文。
author: 某研究院
published: 2025-05-14
text: original
---

# 出口许可的三个问题

"""
HEAD_JA = """\
---
kind: article
description: 輸出許可についての短い論考。
author: ある研究院
published: 2025-05-14
text: translation
translation: {from: zh-Hans, by: machine, post-edited: 2026-11-22}
---

# 輸出許可をめぐる3つの問題

"""
# Paragraphs by the name that they have here: (Chinese, Japanese).
TEXTS = {
    "intro": ("出口管制条例自2024年12月1日起施行，企业应当在45日内完成自查。有关部门将公布具体的申报办法。",
              "輸出管理条例は2024年12月1日に施行され、企業は45日以内に自主点検を終えなければならない。"
              "具体的な申告方法は関係部門が公表する。"),
    "scope": ("本条例适用于在境内从事货物、技术和服务出口的一切组织。外国企业在境内的分支机构同样适用。",
              "本条例は、国内で貨物、技術、サービスを輸出するすべての組織に適用される。"
              "外国企業の国内拠点にも同様に適用される。"),
    "list": ("许可申请应当附具最终用户证明，并说明用途。", "許可の申請には最終需要者の証明を添え、用途を説明しなければならない。"),
    "chips": ("先进制程的芯片另有规定，单价超过300美元的须逐笔报批。", "先端プロセスの半導体には別の定めがあり、単価が300ドルを超えるものは取引ごとに承認を要する。"),
    "end": ("总之，盟友是否跟进，要看7月的谈判结果。现在下结论为时过早。",
            "要するに、同盟国が追随するかどうかは7月の交渉の結果次第である。いま結論を下すのは早すぎる。"),
}
SECTIONS = {"legal": ("适用范围", "適用範囲"), "outlook": ("展望", "展望")}
ORDER = ("intro", "#legal", "scope", "list", "chips", "#outlook", "end")
IDS = {"intro": "p1", "scope": "p2", "list": "p3", "chips": "p4", "end": "p5"}


def paragraph(text: str, anchor: str | None) -> str:
    return f"{text}\n{{ #{anchor} }}\n" if anchor else f"{text}\n"


def document(side: int, order: tuple[str, ...] = ORDER, ids: dict[str, str] | None = None) -> str:
    """The document in Chinese (0) or Japanese (1), its paragraphs in this order, with these ids."""
    marks = IDS if ids is None else ids
    parts = []
    for name in order:
        if name.startswith("#"):
            parts.append(f"## {SECTIONS[name[1:]][side]} {{ {name} }}\n")
        else:
            parts.append(paragraph(TEXTS[name][side], marks.get(name)))
    return (HEAD_ZH, HEAD_JA)[side] + "\n".join(parts)


def put(root: Path, *files: tuple[str, str]) -> None:
    for name, text in files:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")


def published(root: Path) -> Path:
    """A project whose document is recorded in both languages."""
    put(root, (ZH, document(0)), (JA, document(1)))
    assert cli.main(["anchors"], root=root) == 0
    return root


def both(root: Path, order: tuple[str, ...] = ORDER, ids: dict[str, str] | None = None) -> None:
    put(root, (ZH, document(0, order, ids)), (JA, document(1, order, ids)))


def edit(root: Path, name: str, *changes: tuple[str, str]) -> None:
    text = (root / name).read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    put(root, (name, text))


def lines(root: Path) -> list[str]:
    return (root / REGISTER).read_text("utf-8").splitlines()


def anchors_of(root: Path, side: int = 0) -> dict[str, str]:
    """Id → text, as the page has them now."""
    page = next(page for page in projects.read(root).corpus.editions("articles/export.md")
                if page.file == (ZH, JA)[side])
    return {paragraph.id: paragraph.text for paragraph in page.paragraphs}
