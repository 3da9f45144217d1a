"""People and bodies, as front matter names them.

In: a name as it is written (“东不压桥研究院”), a mapping of family and given name, or a list of
these. Out: `Name`s. A plain string is one name and is never split: only who wrote it knows where the
family name ends, and a body has none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kb.characters import HAN, HANGUL, KANA, VARIATION, one_line
from kb.languages import word

# Names that are written family name first and without a space, with the marks that stand within them.
_FAMILY_FIRST = re.compile(f"[{HAN}{KANA}{HANGUL}{VARIATION}・･＝゠]+")
_EAST = f"[{HAN}{KANA}]"


@dataclass(frozen=True)
class Name:
    """A person (`family`, `given`), or a body or pen name (`literal`)."""

    family: str = ""
    given: str = ""
    literal: str = ""

    @property
    def full(self) -> str:
        """As a reader sees it: 王小明, 𠮷田太郎, 김철수, Jane Smith."""
        if self.literal or not self.given:
            return self.literal or self.family
        if _FAMILY_FIRST.fullmatch(self.family + self.given):
            return self.family + self.given
        return f"{self.given} {self.family}"

    @property
    def inverted(self) -> str:
        """As catalogues sort it and as RIS, BibTeX and Highwire tags want it: 王, 小明."""
        return self.literal or ", ".join(part for part in (self.family, self.given) if part)

    @property
    def in_extra(self) -> str:
        """As Zotero and citeproc-js read it in a line of an item's “Extra” or note: 王 || 小明."""
        return self.literal or " || ".join(part for part in (self.family, self.given) if part)


def read(value: object) -> tuple[Name, ...]:
    """The names in `value`, which the schemas have checked."""
    if isinstance(value, str):
        return (Name(literal=one_line(value)),)
    if isinstance(value, Mapping):
        return (Name(one_line(value["family"]), one_line(value.get("given", ""))),)
    return tuple(name for one in value for name in read(one)) if isinstance(value, Sequence) else ()


def cited(value: object) -> tuple[Name, ...]:
    """The same as references give them: the space that parts two words of a Chinese or Japanese
    name on a page is typesetting, and programs would take it for the end of a given name."""
    return tuple(Name(name.family, name.given, _gap().sub("", name.literal)) for name in read(value))


@cache
def _gap() -> re.Pattern[str]:
    return re.compile(f"(?:(?<={_EAST})|(?<={_EAST}[{VARIATION}]))[ \u3000]+(?={_EAST})")


def line(value: object, tag: str) -> str:
    """All names in one line, in the language `tag`."""
    return word("list-comma", tag).join(name.full for name in read(value))


# The commonest family names; a name that begins with another one is not supposed to be anybody's.
_CHINESE = (
    "欧阳|司马|上官|诸葛|司徒|东方|独孤|南宫|夏侯|慕容|皇甫|尉迟|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田]|"
    "[董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石韦贾夏付邹熊孟]|"
    "[秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵覃武钱戴严莫孔]")
_JAPANESE = (
    "佐々木|長谷川|五十嵐|久保田|佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|"
    "小林|加藤|吉田|山田|山口|松本|井上|木村|斎藤|齋藤|清水|山崎|池田|橋本|"
    "阿部|石川|山下|中島|前田|藤田|小川|後藤|岡田|村上|近藤|石井|坂本|遠藤|"
    "青木|藤井|西村|福田|太田|三浦|藤原|松田|岡本|中川|中野|原田|小野|田村|"
    "竹内|金子|和田|中山|石田|上田|森田|柴田|酒井|工藤|横山|宮崎|宮本|内田|"
    "高木|谷口|安藤|丸山|大野|今井|高田|河野|藤本|武田|村田|上野|杉山|増田|"
    "平野|大塚|千葉|菅原|小島|松井|野口|木下|野村|新井|渡部|桜井|菊地|佐野|"
    "市川|水野|小松|山中")
_KOREAN = "[김이박최정강조윤장임한오서신권황안송류홍]"
_EASTERN_PERSON = tuple(map(re.compile, (
    rf"({_JAPANESE})(.{{1,3}})", rf"({_CHINESE})(.{{1,2}})", rf"({_KOREAN})(.{{2}})")))
# How the names of bodies end, or what stands in them.
_BODY = re.compile(
    "[部院局所司会會社厅庁省署处処科室组組办委党报報刊厂店校系馆館库団团队隊站台军軍府盟行国國市县県区州网網"
    "宫宮学學堂屋関関界派网]$|研究|大学|大學|公司|政府|中心|编辑|編集|新闻|新聞|委员|委員|协会|協会|银行|銀行|商会|集团")
_WORD = r"(?:[A-Z]’)?[A-Z][a-zà-öø-ÿ]+(?:[-’'][A-Z][a-zà-öø-ÿ]+)*"
_ENGLISH_PERSON = re.compile(rf"({_WORD}(?: (?:[A-Z]\.|{_WORD}))?) ({_WORD})")
_ENGLISH_BODY = re.compile(
    r"(?:Academy|Affairs|Agency|Alliance|America[n]?|Asia[n]?|Associat\w+|Authority|Bank|Board|Bulletin|Bureau|Business|"
    r"Cent(?:er|re)|Chamber|China|Chinese|College|Commerce|Commission|Committee|Company|Congress|Corporation|Council|"
    r"Court|Daily|Department|Economic|Editorial|Editors?|Embassy|Europe\w*|Export|Federal|Financial|Forum|Foundation|"
    r"Global|Government|Group|Herald|House|Industr\w+|Initiative|Institut\w+|International|Japan(?:ese)?|Journal|Labs?|"
    r"Law|League|Library|Magazine|Ministry|National|Network|News|Office|Organi[sz]ation|Parliament|Partners\w*|Party|"
    r"Policy|Post|Press|Project|Publish\w+|Research|Review|School|Security|Senate|Service|Society|Staff|State|States|"
    r"Strategic|Studies|Supreme|Team|Tech\w*|Times|Trade|Treasury|Tribune|Trust|Union|United|University|Weekly|World)")


def supposed(literal: str) -> Name | None:
    """The person whose name `literal` may be, taken apart; None where it looks like a body's, or like
    nothing in particular. A guess: 张三, 山田太郎 and John Smith are alike, and so is a pen name."""
    if english := _ENGLISH_PERSON.fullmatch(literal):
        is_body = any(_ENGLISH_BODY.fullmatch(word) for word in literal.split())
        return None if is_body else Name(english[2], english[1])
    parts = literal.replace("\u3000", " ").split(" ")
    if not _FAMILY_FIRST.fullmatch("".join(parts)) or len(parts) > 2 or any(map(_BODY.search, parts)):
        return None
    if len(parts) == 2:  # a space after the family name, as catalogues and forms have it
        return Name(parts[0], parts[1]) if max(map(len, parts)) <= 3 else None
    found = next(filter(None, (one.fullmatch(literal) for one in _EASTERN_PERSON)), None)
    return Name(found[1], found[2]) if found else None


def is_body(literal: str) -> bool:
    """Whether something in `literal` says that it names a body."""
    return bool(_BODY.search(literal) or any(_ENGLISH_BODY.fullmatch(word) for word in literal.split()))


def has_family(literal: str) -> bool:
    """Whether it begins with a family name that is well known."""
    return any(one.fullmatch(literal) for one in _EASTERN_PERSON)
