"""A large project made of this one, for benchmarks: as many articles in each language as are asked for,
beside the glossary. The same number gives the same texts.

Usage: synthetic.py FOLDER ARTICLES makes such a project, ready to be built.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from kb import project as projects
from kb.languages import JAPANESE, LANGUAGES

ROOT = Path(__file__).parent.parent


def write(root: Path, articles: int) -> None:
    """Articles as long as the real one, of sentences that exist, cut at random with rare characters put in,
    so that there are as many different pairs of characters as in as many real texts."""
    corpus = projects.read(ROOT).corpus
    for language in LANGUAGES:
        chance = random.Random(language.tag)
        sentences = [
            one for page in corpus.pages.values() if page.language is language
            for paragraph in page.paragraphs for one in re.findall(r"[^。！？]+[。！？]?", paragraph.text)
            # A heading that begins with the site's own name would have one of its ids.
            if len(one) > 6 and not re.search(r"[{}`<>#*\[\]|$~_\\]|^\W|^kb\W", one)
        ]
        rare = sorted({c for one in sentences for c in one if "\u4e00" <= c <= "\u9fff"})
        folder = root / language.tree / "articles"
        folder.mkdir(parents=True)
        for number in range(articles):
            text = "translation\ntranslation: {from: zh-Hans, by: machine}" if language is JAPANESE else "original"
            lines = [f"---\nkind: article\ndescription: 一\nauthor: 某\npublished: {2001 + number % 25}-"
                     f"{1 + number % 12:02}-{1 + number % 28:02}\ntext: {text}\n---\n",
                     f"# {chance.choice(sentences)[:20]}{number}\n"]
            for paragraph in range(1, 61):
                if paragraph % 8 == 1:
                    lines.append(f"## {chance.choice(sentences)[:12]} {{ #s{paragraph} }}\n")
                lines.append("".join(_cut(chance, sentences, rare) for _ in range(chance.randint(1, 3)))
                             + f"\n{{ #p{paragraph} }}\n")
            (folder / f"a{number:04}.md").write_text("\n".join(lines), "utf-8")
        shutil.copytree(ROOT / language.tree / "glossary", root / language.tree / "glossary")
        (root / language.tree / "index.md").write_text("# 首页\n", "utf-8")


def _cut(chance: random.Random, sentences: Sequence[str], rare: Sequence[str]) -> str:
    one = chance.choice(sentences)
    place = chance.randrange(len(one))
    return one[:place] + "".join(chance.choices(rare, k=chance.choice((0, 0, 2, 3)))) + one[place:]


def dress(root: Path) -> None:
    """The theme and the configuration of this site for the project at `root`."""
    shutil.copytree(ROOT / "theme", root / "theme")
    shutil.copy(ROOT / "mkdocs.yml", root)


def environment() -> Mapping[str, str]:
    """What a build needs to know, and nothing of the address where this site is published."""
    kept = {name: value for name, value in os.environ.items() if name not in ("SITE_URL", "REPO_URL")}
    return kept | {"NO_MKDOCS_2_WARNING": "1"}


def make(root: Path, articles: int) -> None:
    """A whole project, ready to be built: made by a process of its own, whose memory ends with it."""
    subprocess.run([sys.executable, __file__, root, str(articles)], check=True)


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
    dress(Path(sys.argv[1]))
