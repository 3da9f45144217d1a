"""Bytes as text: by what they are labelled as, strictly, or not at all.

In: the bytes of a file, its name, and the encoding that the editor names, if any. Out: the text and the
label that it was read by, or one finding (KB140). Labels are those of the Encoding Standard (WHATWG,
section 4.2), as far as Chinese and Japanese pages bear them. A text without a label is UTF-8 or nothing:
no encoding is guessed. Refuses bytes that the label does not allow, and a text that is plainly none in
this encoding."""

from __future__ import annotations

import codecs
import re
from functools import cache

from kb.findings import Finding

# Label → Python's codec. Browsers read the older standards as the newer ones that contain them.
LABELS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "unicode": "utf-16",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "chinese": "gb18030",
    "gb_2312": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cn-big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "ms_kanji": "cp932",
    "cp932": "cp932",
    "euc-jp": "euc_jp",
    "x-euc-jp": "euc_jp",
    "eucjp": "euc_jp",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
}
_NAMES = {
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "gb18030": "gb18030",
    "big5hkscs": "big5",
    "cp932": "shift_jis",
    "euc_jp": "euc-jp",
}
ENCODINGS = tuple(dict.fromkeys(_NAMES.values()))
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# A prescan of the first bytes, as in the HTML Standard, section 13.2.3.2, but of more of them: saved pages
# carry comments of their own before their head.
_PRESCAN = 8192
_META = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""\A\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9_:.-]+)""")
_EXAMPLE = "say which one it is, as in: --encoding gb18030"


def decoded(data: bytes, file: str, said: str = "") -> tuple[str, str] | Finding:
    """The text of `data` and the name of its encoding. `said` is the editor's word, which stands above the
    file's own."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], file, codec, "BOM")
    label = said or _label(data)
    if not label:
        return _unlabelled(data, file)
    codec = LABELS.get(label.lower(), "")
    if not codec:
        return Finding(
            file, 1, "KB140", f"the encoding “{label}”", f"one of {', '.join(ENCODINGS)}", _EXAMPLE
        )
    if codec.startswith("utf-16") and not said:
        codec = "utf-8"  # who can read this label cannot read UTF-16 (HTML Standard, section 13.2.3.2)
    if codec not in ("utf-8",) and not said and _is_utf_8(data):
        return Finding(
            file,
            _line(data, label),
            "KB140",
            f"the label “{label}” on a text in utf-8",
            "the encoding that the text is in",
            "if it is utf-8 as it seems, say: --encoding utf-8",
        )
    return _strictly(data, file, codec, label)


def _label(data: bytes) -> str:
    head = data[:_PRESCAN]
    found = _XML.search(head) or _META.search(head)
    return found[1].decode("ascii") if found else ""


def _line(data: bytes, label: str) -> int:
    return data.count(b"\n", 0, max(data.find(label.encode()), 0)) + 1


def _is_utf_8(data: bytes) -> bool:
    """Whether it is text beyond ASCII in UTF-8, which hardly any text in another encoding is by chance."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _unlabelled(data: bytes, file: str) -> tuple[str, str] | Finding:
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _undecodable(error, file, "no label of an encoding, and the bytes {}, which are not utf-8",
                            f"a text whose encoding is known: {', '.join(ENCODINGS)}")


def _undecodable(error: UnicodeDecodeError, file: str, found: str, expected: str) -> Finding:
    """`found` has a place for the bytes that cannot be read."""
    data = error.object
    return Finding(file, data.count(b"\n", 0, error.start) + 1, "KB140",
                   found.replace("{}", data[error.start : error.start + 4].hex(" ")), expected, _EXAMPLE)


def _strictly(data: bytes, file: str, codec: str, label: str) -> tuple[str, str] | Finding:
    name = _NAMES[codec]
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        return _undecodable(error, file, f"the label “{label}”, and the bytes {{}}, which are not {name}",
                            "the encoding that the text is in")
    if (share := oddity(text)) > _ODD:
        return Finding(
            file,
            1,
            "KB140",
            f"the label “{label}”, and {share:.0%} rare characters, as in “{_excerpt(text)}”",
            "the encoding that the text is in",
            _EXAMPLE,
        )
    return text.removeprefix("\ufeff"), name


# Of real texts at most 3 in 100 characters are outside the first levels of GB 2312, Big5 and JIS X 0208; of a
# text read in a wrong encoding more than 20.
_ODD = 0.12
_SIGNIFICANT = re.compile(r"[^\x00-\x7f\s]")


def oddity(text: str) -> float:
    """The share of rare characters in what is not ASCII: Han beyond the first levels of the three national
    standards, half-width kana, and what belongs to neither writing."""
    found = _SIGNIFICANT.findall(text)
    if len(found) < 8:
        return 0.0
    return sum(one not in _common() for one in found) / len(found)


@cache
def _common() -> frozenset[str]:
    rows = (
        (0xB0, 0xD8, 0xA1, "gb2312"),
        (0xA1, 0xAA, 0xA1, "gb2312"),
        (0xA1, 0xAA, 0xA1, "euc_jp"),
        (0xB0, 0xD0, 0xA1, "euc_jp"),
        (0xA1, 0xC7, 0x40, "big5"),
    )
    found = {
        character
        for first, last, cell, codec in rows
        for row in range(first, last)
        for low in range(cell, 0xFF)
        for character in bytes((row, low)).decode(codec, "ignore")
    }
    latin = (chr(code) for code in (*range(0xA0, 0x180), *range(0x2010, 0x2070), *range(0x20A0, 0x2700)))
    # Common in Chinese names and texts, and beyond the first level of GB 2312.
    return frozenset(
        {
            *found,
            *latin,
            *map(chr, range(0x3000, 0x3100)),
            *map(chr, range(0xFF01, 0xFF61)),
            *"囧镑渎谒褒圳邓蚂蚁曦琪瑶妍玥赟锴钰",
        }
    )


def _excerpt(text: str) -> str:
    odd = next(found.start() for found in _SIGNIFICANT.finditer(text) if found[0] not in _common())
    return " ".join(
        "".join(
            c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[max(0, odd - 4) : odd + 8]
        ).split()
    )
