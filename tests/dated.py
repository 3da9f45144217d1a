"""A project whose register tells of several days, for tests of what a reader is told of the past.

`lived(root)` writes it: an article in both languages, published on `DAYS[0]`. On `DAYS[1]` its original changes
and its translation does not; on `DAYS[2]` the translation catches up, a paragraph is inserted; on `DAYS[3]` a
paragraph is deleted, and the original changes again, so that the translation is behind today.
"""

import datetime

from scratch import CHINESE, JAPANESE, NOTE, site_of, write

from kb import cli

DAYS = ("2026-03-01", "2026-03-10", "2026-04-01", "2026-05-01")
ZH, JA = "docs/articles/chips.md", "docs_ja/articles/chips.md"
# Each wording of p1: the original's, and the translation's.
ORIGINALS = ("首先，BIS很不严谨。", "首先，BIS并不严谨，也不公开。", "首先，BIS并不严谨，也不公开。其次，它没有征求意见。")
TRANSLATIONS = ("まず、BISはまったくずさんである。", "まず、BISは厳密ではなく、公開もしない。")
INSERTED = ("此外还有问答。", "ほかに質疑応答もある。")
DELETED = ("政策声明。", "政策声明")


def edited(root, file, *pairs):
    text = (root / file).read_text("utf-8")
    for old, new in pairs:
        assert old in text, (file, old)
        text = text.replace(old, new)
    write(root, {file: text})


def recorded(root, day):
    """Have the register tell of what is new as of that day."""
    assert cli.main(["anchors", "--yes"], root=root) in (0, 1)
    today = datetime.date.today().isoformat()
    for path in (root / "anchors").rglob("*.yml"):
        path.write_text(path.read_text("utf-8").replace(f"date: {today}", f"date: {day}"), "utf-8")


def lived(root):
    """The project, ready to be built."""
    write(root, {ZH: CHINESE, JA: JAPANESE})
    recorded(root, DAYS[0])
    edited(root, ZH, (ORIGINALS[0], ORIGINALS[1]))
    recorded(root, DAYS[1])
    edited(root, JA, (TRANSLATIONS[0], TRANSLATIONS[1]),
           ("\n> 「現政権は", f"\n{INSERTED[1]}\n\n> 「現政権は"))
    edited(root, ZH, ("\n> “本届政府", f"\n{INSERTED[0]}\n\n> “本届政府"))
    recorded(root, DAYS[2])
    edited(root, ZH, (f"* {DELETED[0]}\n  {{ #p4 }}\n", ""), (ORIGINALS[1], ORIGINALS[2]))
    edited(root, JA, (f"* {DELETED[1]}\n  {{ #p4 }}\n", ""))
    recorded(root, DAYS[3])
    write(root, {"docs/commentary/origin.md": NOTE})
    return site_of(root)
