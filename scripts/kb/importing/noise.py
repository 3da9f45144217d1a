"""What a line is if it is no text: told by the words that pages have around their texts.

In: a line. Out: the reason of an omission, and how sure it is; None where nothing tells. A line that is
long or ends as a sentence does may be text that speaks of such things, and is less sure. Refuses nothing."""

from __future__ import annotations

import re
from typing import NamedTuple

from kb.importing import dataline
from kb.importing.values import Line
from kb.importing.words import any_of


class Noise(NamedTuple):
    """`reason` is that of an omission in a provenance."""

    reason: str
    why: str
    sure: float


_TAGS = re.compile(r"(?:\s*</?[A-Za-z][^<>]*>)+\s*")
_IMAGE = re.compile(
    r"\s*!\s*(?:\[[^\]]*\]\s*(?:\([^)]*\))?)?\s*|\s*\[?(?:图|圖|画像|写真|图片|image)\d*\]?\s*"
)
_COUNTED = rf"{any_of('counters')}\s*[:：(（]?\s*(?:{dataline.COUNT})?\s*[)）]?"
_BARS = r"[\s|｜丨/／·・•【\[\]】()（）●]"
_READERS = re.compile(rf"{_BARS}*(?:{_COUNTED}{_BARS}*)+", re.IGNORECASE)
_ONE_READER = re.compile(any_of("counters"), re.IGNORECASE)
_BIOGRAPHY = re.compile(any_of("biography"))
_TRANSLATED = re.compile(any_of("translated"), re.IGNORECASE)
_CAPTION = re.compile(rf"\s*{any_of('caption')}")
_CREDIT = re.compile(rf"{any_of('credit')}\s*$", re.IGNORECASE)
_HOME = re.compile(rf"\s*{any_of('home')}(?=[\s|｜>›»/・·]|$)", re.IGNORECASE)
_OFFERED = re.compile(rf"{any_of('navigation', 'counters', 'networks')}", re.IGNORECASE)
_PART = re.compile(r"[\s　|｜/／・·>›»]+")
_DAY = re.compile(rf"\s*{dataline.DATE}\s*")
_OWNERSHIP = re.compile(any_of("ownership"), re.IGNORECASE)
_NAVIGATION = re.compile(
    rf"\s*(?:[•·]\s*)?{any_of('navigation')}(?P<whole>\s*$|[\s:：|｜>›»/(（・、\d])?", re.IGNORECASE
)
_AD = r"(?:广告|廣告|広告|PR|AD|Sponsored|スポンサー(?:ドリンク|リンク)?|プロモーション|推广|推廣|赞助)"
# 广告: …; 【推广】…; 广告　… (a name that begins with the word has no space behind it)
_ADVERTISEMENT = re.compile(
    rf"\s*(?:[•·]\s*)?(?:{_AD}\s*[】\])）]?(?:\s*$|[:：|｜])|[【\[(（〔]\s*{_AD}\s*[】\])）〕]|[广廣広]告\s+(?=\S))"
    rf"|{any_of('advertisement')}",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。！？!?」”]\s*$")
# Classes and ids by which pages call what stands around a text.
_AROUND = re.compile(
    r"(?<![a-z])(?:nav|navi|gnav|lnav|breadcrumbs?|crumbs?|topicpath|menu|footer|foot|sidebar|side|aside|related|"
    r"relate|recommend|share|social|sns|comments?|copyright|toolbar|tools|pager|pagination|ranking|rank|hot|ads?|"
    r"advert(?:isement|ising)?|banner|login|search|tags?|widget|prevnext|prev-next|keyword|pagetop|profile|newsletter)(?![a-z])"
)


def told(line: Line) -> Noise | None:
    """What the words of `line` say it is, if it is no text."""
    text = line.text.strip()
    said = line.words
    if not text or _TAGS.fullmatch(text):
        return Noise("empty-tags", "tags without words", 1.0)
    if _IMAGE.fullmatch(said):
        return Noise("image", "the mark of a picture", 1.0)
    is_sentence = bool(_SENTENCE.search(said))
    if re.search(r"(?<![a-z])fig(?:ure|caption)(?![a-z])|(?<![a-z])caption(?![a-z])", line.names):
        return Noise("image", "the caption of a picture", 0.7)
    return _of_page(said) or _of_picture(said) or _of_others(line, said, is_sentence=is_sentence)


def _of_page(said: str) -> Noise | None:
    """Data about the page, and what readers are shown of each other."""
    if sure := dataline.sure(said):
        return Noise("metadata", "a line of data about the page", sure)
    if _READERS.fullmatch(said):
        several = len(_ONE_READER.findall(said)) > 1 or any(map(str.isdigit, said))
        return Noise("navigation", "what readers may do, and did", 0.9 if several else 0.6)
    if _BIOGRAPHY.search(said):
        return Noise("metadata", "a line on who the author is", 0.7)
    if found := _TRANSLATED.search(said):
        return Noise("metadata", f"a notice of a translation program: “{found[0][:20]}”",
                     0.85 if len(said) <= 80 else 0.6)
    return None


def _of_picture(said: str) -> Noise | None:
    begins, credit = _CAPTION.match(said), len(said) <= 120 and _CREDIT.search(said)
    if not begins and not credit:
        return None
    # A sentence may speak of a picture.
    speaks = begins and not credit and _SENTENCE.search(said) and not re.match(r"\s*[^。]{1,8}[:：]", said)
    sure = 0.85 if len(said) <= 60 and not speaks else 0.6
    return Noise("image", "the caption or the credit of a picture", sure)


def _of_others(line: Line, said: str, *, is_sentence: bool) -> Noise | None:
    """Ways to other pages, whose the page is, and what is to be bought."""
    if _is_menu(said):
        return Noise("navigation", "a row of short words, as menus are", 0.9)
    if found := _OWNERSHIP.search(said):
        return Noise("metadata", f"“{found[0][:20]}”", 0.6 if is_sentence and len(said) > 80 else 0.85)
    if found := _ADVERTISEMENT.search(said):
        return Noise(
            "advertisement", f"“{found[0].strip()[:20]}”", 0.6 if is_sentence and len(said) > 60 else 0.9
        )
    if (found := _NAVIGATION.match(said)) and len(said) <= 90:
        sure = 0.9 if len(said) <= 30 or line.links > 0.5 else 0.6
        if (is_sentence and len(said) > 16) or (found["whole"] is None and line.links <= 0.5):
            sure = 0.5
        return Noise("navigation", f"“{found[0].strip()[:20]}”", sure)
    return None


def _is_menu(said: str) -> bool:
    """Whether it is a row of short names of pages that begins at home, or of what a page offers to do."""
    parts = [one for one in _PART.split(said) if one]
    if len(parts) < 3 or max(map(len, parts)) > 16:
        return False
    return bool(_HOME.match(said)) or sum(bool(_OFFERED.fullmatch(one)) for one in parts) > 1


def is_day(line: Line) -> bool:
    """Whether it is a date and nothing else: of the page, or below the name of who signs."""
    return bool(_DAY.fullmatch(line.words))


def reason_outside(line: Line) -> str:
    """The reason to leave out a line that stands outside a text and tells nothing else."""
    return "metadata" if dataline.may_be(line.words) and line.links < 0.5 else "navigation"


def is_labelled(line: Line) -> bool:
    """Whether it says a value behind a label that data about a page have."""
    return dataline.is_labelled(line.words)


def around(line: Line) -> str:
    """The name by which the page calls what stands around its text, if `line` stands in such a part."""
    inner = line.names.split(" body ", 1)[-1] if " body " in line.names else line.names
    found = _AROUND.search(inner)
    return found[0] if found else ""


def reason_of(name: str) -> str:
    """The reason to leave out what stands in a part that a page calls so; empty for no name."""
    if name in ("ad", "ads") or name.startswith("advert"):
        return "advertisement"
    return "metadata" if name == "copyright" else "navigation" if name else ""
