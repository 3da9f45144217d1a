"""What term links cost: the article rendered as the site renders it, numbers, notes and commentary
included, with 1,000 concepts, against the same without any.

Usage: make bench-terms. Prints the ratio of the least processor times of alternating runs;
exit 1 above 1.2.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from pathlib import Path

import markdown

from kb.glossary.matcher import Matcher
from kb.languages import LANGUAGES
from kb.project import read

ROOT = Path(__file__).parent.parent
EXTENSIONS = ["attr_list", "def_list", "footnotes", "md_in_html", "tables", "pymdownx.superfences",
              "toc", "kb.numbering", "kb.apparatus", "kb.passages", "kb.terms"]
CONCEPTS, RUNS, LIMIT = 1000, 40, 1.2


def forms(text: str, real: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The forms of 1,000 concepts, three each: the real ones, which the text uses, and made ones
    that begin as words of the text do and then differ, which is what costs a matcher most."""
    chance = random.Random(20250514)
    found = list(real)
    for concept in range(CONCEPTS - len({concept for _, concept in real})):
        for _ in range(3):
            start = chance.randrange(len(text) - 2)
            rest = "".join(chance.choices(text, k=chance.randint(2, 8)))
            found.append((text[start : start + 2] + rest, f"made-{concept}"))
    return found


def rendered(text: str, site: dict, matcher: Matcher | None) -> float:
    gc.collect()  # what an earlier run left is not this one's cost
    start = time.process_time()
    options = {"matcher": matcher, "address": lambda concept: f"/{concept}/"} if matcher else {}
    markdown.markdown(text, extensions=EXTENSIONS, extension_configs={"kb.terms": options, **site})
    return time.process_time() - start


def main() -> int:
    project, worst = read(ROOT), 0.0
    corpus = project.corpus
    for language in LANGUAGES:
        page = corpus.page("articles/huawei-ascend-guidance.md", language)
        real = [(form, concept) for concept, term in project.glossary.terms[language.tag].items()
                for form in term.forms]
        matcher = Matcher(forms("".join(p.text for p in page.paragraphs), real))
        site = {
            "kb.numbering": {"language": language.tag, "sections": True},
            "kb.apparatus": {
                "language": language.tag,
                "notes": list(project.sources.of(page.document).notes),
                "comments": list(project.comments[page.document, language.tag]),
            },
        }
        without, with_terms = [], []
        for _ in range(RUNS):
            without.append(rendered(page.markdown, site, None))
            with_terms.append(rendered(page.markdown, site, matcher))
        ratio = min(with_terms) / min(without)
        worst = max(worst, ratio)
        print(f"{language.tag:8} without {min(without) * 1000:6.1f} ms   "
              f"with {CONCEPTS} concepts {min(with_terms) * 1000:6.1f} ms   "
              f"ratio {ratio:.2f}")
    print(f"limit {LIMIT}: {'kept' if worst <= LIMIT else 'exceeded'}")
    return worst > LIMIT


if __name__ == "__main__":
    sys.exit(main())
