"""What stands beside the pages: only pictures and documents of kinds that do nothing, and nothing else.

In: the corpus, and files of which something is said already. Out: findings for files whose kind the site
does not take, whose bytes are of another kind than their names say, or that could act (KB131).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

from kb import media, targets
from kb.corpus import Corpus
from kb.findings import Finding
from kb.languages import LANGUAGES

# Markdown by another ending has a finding of its own.
_MARKDOWN = (targets.MARKDOWN, *targets.OTHER_MARKDOWN)


def check(corpus: Corpus, told: Collection[str] = ()) -> Iterator[Finding]:
    for language in LANGUAGES:
        for path, file in corpus.trees[language.tag].files.items():
            own = PurePosixPath(language.tree, path)
            if own.suffix.lower() in _MARKDOWN or any(str(one) in told for one in (own, *own.parents)):
                continue
            if problem := media.problem(path, file.read_bytes()):
                yield Finding(str(own), 1, "KB131", problem,
                              f"a page, or a file that ends in {media.endings()} and is that",
                              "take it out; a drawing or document can be saved again by another program, "
                              "without what it does besides being looked at")
