"""How well an import proposes: saved pages made up for it, alignment of translations, and the documents of this
project imported afresh.

Usage: make bench-import. Prints the figures; exit 1 where one is below its bound.
"""

from __future__ import annotations

import sys
from pathlib import Path

from importing import afresh, measure, pairs, saved

from kb.project import Project, read

ROOT = Path(__file__).parent.parent
PAGES, F1, PERFECT = 40, 0.95, 0.60
ALIGNED, CAUGHT, SEEDS = (0.99, 0.96, 0.90, 0.83), 0.9, (11, 12, 13)
AFRESH = 0.9


def main() -> int:
    project = read(ROOT)
    kept = [_pages(), *_pairs(project), *_afresh(project)]
    print("all bounds kept" if all(kept) else "a bound is not kept")
    return int(not all(kept))


def _pages() -> bool:
    every = list(saved.pages())
    found = [measure.measured(page) for page in every]
    f1 = sum(one.f1 for one in found) / len(found)
    perfect = sum(one.is_perfect for one in found) / len(found)
    unmarked = [(page.name, words) for page, one in zip(every, found, strict=True) for words in one.unmarked]
    broken = [(page.name, one.problem) for page, one in zip(every, found, strict=True) if one.problem]
    asked = sum(one.asked for one in found) / sum(one.lines for one in found)
    wrong = sum(len(one.wrong) for one in found)
    encodings = {page.encoding for page in every}
    print(f"pages      {len(found)} in {len(encodings)} encodings   F1 {f1:.4f}   perfect {perfect:.1%}   wrong "
          f"passages {wrong}, not marked {len(unmarked)}   asked about {asked:.1%} of lines   titles and dates "
          f"{sum(one.facts for one in found) / 2 / len(found):.1%}   mojibake {len(broken)}")
    for name, words in (*unmarked, *broken):
        print(f"  {name}: {words[:60]}")
    return len(found) >= PAGES and f1 >= F1 and perfect >= PERFECT and not unmarked and not broken


def _pairs(project: Project) -> list[bool]:
    texts = pairs.texts(project)
    kept = []
    for (merges, deletions), bound in zip(pairs.RATES, ALIGNED, strict=True):
        scores = [pairs.scored(texts, merges, deletions, seed) for seed in (SEEDS if merges else SEEDS[:1])]
        f1 = sum(one.f1 for one in scores) / len(scores)
        wrong, caught = sum(one.wrong for one in scores), sum(one.caught for one in scores)
        flagged = sum(one.flagged for one in scores) / sum(one.rows for one in scores)
        kept.append(f1 >= bound and caught >= CAUGHT * wrong)
        print(f"alignment  {merges:.0%} merged, {deletions:.0%} deleted a side   F1 {f1:.4f} (bound {bound})   wrong "
              f"rows {wrong}, flagged {caught}   flagged of all {flagged:.1%}")
    return kept


def _afresh(project: Project) -> list[bool]:
    kept = []
    for name, kinds in afresh.kinds(ROOT, project):
        for one in kinds:
            kept.append(one.proposed >= AFRESH * one.held and not one.wrong)
            print(f"afresh     {name}   {one.name}: {one.proposed} of {one.held}, wrong and not marked "
                  f"{len(one.wrong)}")
            for words in one.wrong:
                print(f"  {words}")
    return kept


if __name__ == "__main__":
    sys.exit(main())
