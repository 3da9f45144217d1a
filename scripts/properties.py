"""Write what is known of characters: `scripts/kb/properties.py`, classes by the properties of the Unicode
standard, and `scripts/kb/variants.txt`, which characters are forms of one, by the tables of OpenCC.

    python scripts/properties.py            write the tables
    python scripts/properties.py --check    say whether they are up to date

Python's own tables know neither scripts nor default ignorable characters, and differ from one version
of Python to the next; `regex` knows them all, but to ask it at every start costs a sixth of `kb check`.
OpenCC takes a third of a second to be asked for each character. Exit codes: 0 written, or up to date; 1 out
of date.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import regex
from opencc import OpenCC

_PROGRAM = Path(__file__).parent / "kb"
_CONVERSIONS = ("s2t", "t2s", "t2jp", "jp2t")  # between simplified, traditional and Japanese forms
_OPENING = '''"""Classes of characters as the inside of a `re` character class, by their properties in the
Unicode standard. Written by `scripts/properties.py`, which says how each is defined: change it there.

In and out: nothing; constants. Read them through `kb.characters`.
"""
'''
_SCRIPTS = r"\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}"
# Name → (what it is, which characters). `&&` is what both have, `--` takes away.
CLASSES = {
    "HAN": ("Ideographs of every plane with their radicals, 々, 〇, 〻 and 〆.",
            r"[\p{Script=Han}[\p{scx=Han}&&\p{L}]]--[\p{scx=Hiragana}\p{scx=Katakana}]"),
    "KANA": ("Hiragana and katakana of any width, with ー, voiced marks and the marks that repeat kana.",
             r"[\p{scx=Hiragana}\p{scx=Katakana}]&&[\p{L}\p{M}\p{Sk}]--[\u0300-\u036f]"),
    "KATAKANA": ("Katakana with the middle dot and the long vowel mark.",
                 r"\p{Script=Katakana}\u30fb\u30fc"),
    "HANGUL": ("Korean letters and syllables.", r"\p{Script=Hangul}"),
    "CJK": ("Whatever is set in the squares of Chinese and Japanese: their scripts, their punctuation, "
            "full-width\n# forms, enclosed characters. Hangul is as wide, but parts its words with "
            "spaces; emoji are pictures.",
            rf"[{_SCRIPTS}[[\p{{East_Asian_Width=W}}\p{{East_Asian_Width=F}}\uff61-\uff9f]&&"
            r"[\p{Script=Common}\p{Script=Inherited}\p{Script=Latin}]]]--\p{Emoji_Presentation}"),
    "LATIN": ("Letters of Latin words, with the marks that stand on them: è as one character or as two.",
              r"\p{Script=Latin}[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff]--"
              r"\p{Default_Ignorable_Code_Point}"),
    "IGNORABLE": ("Shown, if at all, by what they do to their neighbours.",
                  r"\p{Default_Ignorable_Code_Point}"),
    "HIDDEN": ("What XML 1.0 cannot carry (section 2.2), other controls, private use, noncharacters, "
               "separators of lines\n# and paragraphs, marks of format and all that is ignorable; and two "
               "that look like nothing without being\n# called so, the place of an object and a pattern "
               "of no dots. What Arabic and Syriac write around a\n# number can be seen.",
               r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}"
               r"\p{Default_Ignorable_Code_Point}\ufffc\u2800]--\p{Prepended_Concatenation_Mark}--[\t\n]"),
    "EMOJI": ("Pictures that have a form in colour and one in black.", r"\p{Emoji}--[#*0-9]"),
    "PICTURE": ("Pictures of which others are made.", r"\p{Extended_Pictographic}"),
    "JOINING": ("Letters that join hands, and the signs that bind two consonants to one (RFC 5892, "
                "appendix A).",
                r"\p{Canonical_Combining_Class=9}[[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Nko}"
                r"\p{Script=Mandaic}\p{Script=Mongolian}]&&\p{L}]"),
}


def table() -> str:
    """All classes, as a module."""
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    parts = [_OPENING]
    for name, (what, properties) in CLASSES.items():
        runs = (run.span() for run in regex.finditer(f"(?V1)[{properties}]+", every))
        ranges = [_range(first, end - 1) for first, end in runs]
        parts.append(f"\n# {what}\n{name} = (\n{_wrapped(ranges)})\n")
    return "".join(parts)


def _range(first: int, last: int) -> str:
    return _escaped(first) if first == last else f"{_escaped(first)}-{_escaped(last)}"


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _wrapped(ranges: list[str]) -> str:
    lines = [""]
    for one in ranges:
        if len(lines[-1]) + len(one) > 96:
            lines.append("")
        lines[-1] += one
    return "".join(f'    "{line}"\n' for line in lines)


def variants() -> str:
    """Each class of characters that OpenCC's tables map to each other, one character to one, in a line; first
    the one with the lowest code point. Compatibility ideographs are gone after NFKC."""
    han = regex.findall(f"(?V1)[{CLASSES['HAN'][1]}]", "".join(map(chr, range(sys.maxunicode + 1))))
    characters = [one for one in han if unicodedata.is_normalized("NFKC", one)]
    joined: dict[str, set[str]] = {}
    for name in _CONVERSIONS:
        converted = OpenCC(name).convert("\n".join(characters)).split("\n")
        for one, two in zip(characters, converted, strict=True):
            if one != two and len(two := unicodedata.normalize("NFKC", two)) == 1:
                both = joined.get(one, {one}) | joined.get(two, {two})
                joined |= dict.fromkeys(both, both)
    return "".join(sorted({"".join(sorted(one)) + "\n" for one in joined.values()}))


def main(argv: list[str]) -> int:
    code = 0
    for name, made in (("properties.py", table()), ("variants.txt", variants())):
        file = _PROGRAM / name
        if argv != ["--check"]:
            file.write_text(made, "utf-8")
        elif file.exists() and file.read_text("utf-8") == made:
            print(f"{name} is up to date")
        else:
            print(f"{name} is out of date: run python scripts/properties.py")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
