"""What term links cost: an article rendered as the site renders it, numbers, notes and commentary
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

from kb import reading
from kb.anchors.register import stale
from kb.corpus import Page
from kb.glossary.matcher import Matcher
from kb.languages import LANGUAGES
from kb.marks import notes, numbers, passages, terms
from kb.project import Project, read
from kb.reading import trees

ROOT = Path(__file__).parent.parent
CONCEPTS, RUNS, LIMIT = 1000, 40, 1.2


def forms(text: str, real: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The forms of 1,000 concepts, three each: the real ones, which the text uses, and invented ones
    that begin as words of the text do and then differ, which is what costs a matcher most."""
    chance = random.Random(20250514)
    found = list(real)
    for concept in range(CONCEPTS - len({concept for _, concept in real})):
        for _ in range(3):
            start = chance.randrange(len(text) - 2)
            rest = "".join(chance.choices(text, k=chance.randint(2, 8)))
            found.append((text[start : start + 2] + rest, f"invented-{concept}"))
    return found


def rendered(project: Project, page: Page, matcher: Matcher | None) -> float:
    """Seconds of the processor for a page from its Markdown to its HTML. Terms are linked in its notes and
    commentary as well as in its text, so that all of them are read anew, each once, as in a build."""
    comments = project.comments.get((page.document, page.language.tag), ())
    beside = notes.Beside(page.language, project.notes_of(page.document, page.language), comments, False)
    old = stale(project.corpus, project.register(page.document), page)
    texts = [page.markdown, *(note.wording[page.language.tag] for note, _ in beside.notes),
             *{one.page.path: one.page.markdown for one in comments}.values()]
    gc.collect()  # what an earlier run left is not this one's cost
    start = time.process_time()
    root, *_ = [reading.read(text, page.settings).tree() for text in texts]
    notes.place(root, beside)
    numbers.number(root, page.language, old, sections=True)
    if matcher:
        terms.link(root, matcher, lambda concept: f"../glossary/{concept}.md")
    passages.mark(root)
    trees.inner(root)
    return time.process_time() - start


def main() -> int:
    project, worst = read(ROOT), 0.0
    for language in LANGUAGES:
        page = max((one for one in project.corpus.documents if one.language is language),
                   key=lambda one: len(one.markdown))
        real = [(form, concept) for concept, term in project.glossary.terms[language.tag].items()
                for form in term.forms]
        matcher = Matcher(forms("".join(p.text for p in page.paragraphs), real))
        without, with_terms = [], []
        for _ in range(RUNS):
            without.append(rendered(project, page, None))
            with_terms.append(rendered(project, page, matcher))
        ratio = min(with_terms) / min(without)
        worst = max(worst, ratio)
        print(f"{language.tag:8} without {min(without) * 1000:6.1f} ms   "
              f"with {CONCEPTS} concepts {min(with_terms) * 1000:6.1f} ms   "
              f"ratio {ratio:.2f}")
    print(f"limit {LIMIT}: {'kept' if worst <= LIMIT else 'exceeded'}")
    return worst > LIMIT


if __name__ == "__main__":
    sys.exit(main())
