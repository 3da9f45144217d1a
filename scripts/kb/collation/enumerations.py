"""What counts a line where it begins: 一、 （一） 1. 第一条 ① (a) ア. 甲、.

In: a line as it is written. Out: which number or letter stands at its beginning, whatever it is written
with: `（三）`, `三、` and `3.` are the same one, `第三条` and `第三章` are not. It is part of the words, and
evidence for which paragraph a line became. Refuses nothing.
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "[0-9]{1,4}|[〇零一二三四五六七八九十百千]+"
_LETTER = "[A-Za-z]|[ivx]{1,4}|[ア-ン]|[イロハニホヘト]|[甲乙丙丁戊己庚辛壬癸]"
_MARK = re.compile(
    rf"第(?P<nth>{_NUMERAL})(?P<unit>[条條章节節编編款项項号號目]|部分)?(?:の(?P<branch>{_NUMERAL}))?"
    rf"|\((?P<inside>{_NUMERAL}|{_LETTER})\)"
    rf"|(?P<before>{_NUMERAL}|{_LETTER})(?:[、.．)](?![0-9])|是(?=.))"
    r"|(?P<ring>[①-⑳㊀-㊉⒈-⒛❶-❿➀-➓])"
)
_SAME_UNIT = {"條": "条", "節": "节", "編": "编", "項": "项", "號": "号"}


def mark(line: str) -> str:
    """The mark that `line` begins with, so that equal marks are equal; empty where there is none."""
    text = line.lstrip("> \t\u3000•*+-")
    found = _MARK.match(text if text[:1] and _is_ring(text[0]) else unicodedata.normalize("NFKC", text[:16]))
    if not found:
        return ""
    if found["ring"]:
        return _value(unicodedata.normalize("NFKC", found["ring"]).rstrip("."))
    if found["nth"]:
        unit = found["unit"] or ""
        branch = f"の{_value(found['branch'])}" if found["branch"] else ""
        return f"{_SAME_UNIT.get(unit, unit)}{_value(found['nth'])}{branch}"
    return _value(found["inside"] or found["before"])


def _is_ring(character: str) -> bool:
    return unicodedata.category(character) == "No"


def _value(numeral: str) -> str:
    """A numeral in digits; a letter as it is."""
    if numeral.isascii() or any(one not in _DIGITS and one not in _POWERS for one in numeral):
        return numeral
    if not any(one in _POWERS for one in numeral):
        return "".join(str(_DIGITS[one]) for one in numeral)
    total, last = 0, 0
    for one in numeral:
        if one in _POWERS:
            total, last = total + (last or 1) * _POWERS[one], 0
        else:
            last = _DIGITS[one]
    return str(total + last)
