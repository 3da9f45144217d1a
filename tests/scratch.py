"""Projects for tests: two mirrored trees of a few paragraphs, real Chinese and Japanese; and copies of the
fixed corpus, `tests/corpus/`."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from kb import cli
from kb.memory.folder import PLACE

ROOT = Path(__file__).parent.parent
# The fixed corpus: a whole project of its own, which says nothing of what this one publishes.
CORPUS = ROOT / "tests/corpus"
ARTICLE, RELEASE = "articles/encoder-notices", "press-releases/three-notices"

CHINESE = """\
---
kind: article
description: 一篇关于芯片出口管制的短文。
author: 某研究院
published: 2025-05-14
text: original
---

# 聊聊芯片

首先，BIS很不严谨。
{ #p1 }

## 法律效力 { #legal-effect }

这种指导意见不算法律，包括：
{ #p2 }

* 解释性规则；
  { #p3 }
* 政策声明。
  { #p4 }

> “本届政府要确保盟友使用美国技术。”
> { #p5 }
"""

JAPANESE = """\
---
kind: article
description: チップの輸出管理についての短い論考。
author: ある研究院
published: 2025-05-14
text: translation
translation: {from: zh-Hans, by: machine, post-edited: 2026-11-22}
---

# チップについて

まず、BISはまったくずさんである。
{ #p1 }

## 法的効力 { #legal-effect }

この種のガイダンスは法律ではなく、次のものを含む。
{ #p2 }

* 解釈規則
  { #p3 }
* 政策声明
  { #p4 }

> 「現政権は、同盟国に米国の技術を使ってもらう」
> { #p5 }
"""

# A commentary on its first paragraph, in Chinese only.
NOTE = """\
---
kind: note
title: 规则的来历
authors: [{family: 王, given: 小明}]
date: 2026-11-22
on: [articles/chips#p1]
sources: [{text: 某公告}]
description: 说明规则的来历。
---

说明规则的来历。
"""

# As it reached us: punctuation folded to half-width, and the noise of a web page.
RECEIVED = """\
聊聊芯片

推荐下载,领取盲盒!

首先,BIS很不严谨。

这种指导意见不算法律,包括:

  • 解释性规则;

  • 政策声明。

“本届政府要确保盟友使用美国技术。”
"""

PROVENANCE = """\
received: a.txt
sha256: {sha256}
date: 2025-05-14
language: zh-Hans
what: {{zh-Hans: 一篇短文, ja: 短い論考}}
editions: [articles/chips]
omissions:
  - {{line: 3, reason: advertisement}}
"""

# Without the licence under which the editors of this site write: that is theirs to give.
CONFIG = re.sub(r"^  license: .*\n", "", (ROOT / "mkdocs.yml").read_text("utf-8"), flags=re.MULTILINE)


def write(root: Path, files: dict[str, str | bytes | None]) -> None:
    """Write each file below `root`; None removes it."""
    for name, content in files.items():
        path = root / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def project(root: Path, **files: str) -> Path:
    """A project of one article in both languages, recorded in the register."""
    write(root, {"docs/articles/chips.md": CHINESE, "docs_ja/articles/chips.md": JAPANESE})
    assert cli.main(["anchors"], root=root) == 0
    return root


def with_source(root: Path, received: str = RECEIVED, provenance: str = PROVENANCE) -> Path:
    """The same, with the received text of its Chinese edition. `headings` are the editors'."""
    project(root)
    supplied = CHINESE.replace("text: original\n", "text: original\nheadings: supplied\n")
    sha256 = hashlib.sha256(received.encode()).hexdigest()
    write(root, {
        "docs/articles/chips.md": supplied,
        "sources/a.txt": received,
        "sources/a.yml": provenance.format(sha256=sha256),
    })
    return root


def dressed(root: Path) -> Path:
    """The configuration and the theme of this site, for the texts at `root`."""
    shutil.copytree(ROOT / "theme", root / "theme", dirs_exist_ok=True)
    write(root, {"mkdocs.yml": CONFIG})
    return root


def site_of(root: Path) -> Path:
    """What a site needs besides its texts: the configuration, the theme, and two home pages."""
    write(root, {"docs/index.md": "# 首页\n", "docs_ja/index.md": "# ホーム\n"})
    return dressed(root)


def corpus_of(root: Path) -> Path:
    """A copy of the fixed corpus that can be built, and changed."""
    shutil.copytree(CORPUS, root, dirs_exist_ok=True)
    return dressed(root)


def commit(root: Path) -> None:
    """Make `root` a git repository, with everything in it committed."""
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
                       cwd=root, check=True, capture_output=True)


def every_file(root: Path) -> dict[str, bytes]:
    """All files below `root`, to show that none was touched. What is remembered there is nobody's."""
    away, start = str(root / PLACE), len(str(root)) + 1
    found = {}
    for place, folders, names in os.walk(root):  # as `Path.rglob`, in a third of its time
        folders[:] = [one for one in folders if f"{place}/{one}" != away]
        for path in (f"{place}/{name}" for name in names):
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    found[path[start:]] = file.read()
    return dict(sorted(found.items(), key=lambda one: one[0].split("/")))
