"""What term links cost: the article rendered with 1,000 concepts, against the same without.

Usage: make bench-terms. Prints the ratio of the least processor times of alternating runs;
exit 1 above 1.2.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import markdown

from kb.corpus import read
from kb.glossary import concepts
from kb.glossary.matcher import Matcher
from kb.languages import LANGUAGES

ROOT = Path(__file__).parent.parent
EXTENSIONS = ["attr_list", "def_list", "footnotes", "md_in_html", "tables", "pymdownx.superfences",
              "toc", "kb.numbering", "kb.passages", "kb.terms"]
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


def rendered(text: str, matcher: Matcher | None) -> float:
    start = time.process_time()
    options = {"matcher": matcher, "address": lambda concept: f"/{concept}/"} if matcher else {}
    markdown.markdown(text, extensions=EXTENSIONS, extension_configs={"kb.terms": options})
    return time.process_time() - start


def main() -> int:
    corpus, worst = read(ROOT), 0.0
    for language in LANGUAGES:
        page = corpus.page("articles/huawei-ascend-guidance.md", language)
        real = [(form, concept) for concept, term in concepts.read(corpus).terms[language.tag].items()
                for form in term.forms]
        matcher = Matcher(forms("".join(p.text for p in page.paragraphs), real))
        without, with_terms = [], []
        for _ in range(RUNS):
            without.append(rendered(page.markdown, None))
            with_terms.append(rendered(page.markdown, matcher))
        ratio = min(with_terms) / min(without)
        worst = max(worst, ratio)
        print(f"{language.tag:8} without {min(without) * 1000:6.1f} ms   "
              f"with {CONCEPTS} concepts {min(with_terms) * 1000:6.1f} ms   "
              f"ratio {ratio:.2f}")
    print(f"limit {LIMIT}: {'kept' if worst <= LIMIT else 'exceeded'}")
    return worst > LIMIT


if __name__ == "__main__":
    sys.exit(main())
