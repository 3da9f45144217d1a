"""Sentences in the wrong language: Chinese that a translation into Japanese left, Japanese in Chinese.

In: a text, and the language that it is said to be in. Out: the sentences that are in the other one, and
of a whole text, which language it is in. Refuses nothing."""

from __future__ import annotations

import re

from kb.characters import HAN, KANA, chinese_only
from kb.languages import CHINESE, JAPANESE, Language

SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]+[”」』）)]*|[^。！？!?]+$")
_HAN, _KANA = re.compile(f"[{HAN}]"), re.compile(f"[{KANA}]")
# Words that Chinese has in nearly every sentence and Japanese in none.
_CHINESE = re.compile(r"的|了|是|这|那|们|在|和|把|被|与|从|对|就|也|都|还|会|让|于|为")
# Of the letters of a Japanese sentence; in titles and lists of names fewer.
_KANA_SHARE = 0.12
_LEFT = 8  # characters of a sentence that is more than a name


def sentences(text: str, language: Language) -> tuple[str, ...]:
    """The sentences of `text` that are not in `language`, in their order."""
    return tuple(one.strip() for one in SENTENCE.findall(text) if one.strip() and is_foreign(one, language))


def left(text: str, language: Language) -> tuple[str, ...]:
    """The sentences that a translation into `language` left wholly in the other one: not those of its own
    that name something in it."""
    return tuple(
        one
        for one in sentences(text, language)
        if len(one) >= _LEFT and (language is not JAPANESE or not _KANA.search(one))
    )


def is_foreign(sentence: str, language: Language) -> bool:
    han, kana = len(_HAN.findall(sentence)), len(_KANA.findall(sentence))
    if language is JAPANESE:
        own = chinese_only(sentence)
        if not han or (kana > _KANA_SHARE * (han + kana) and len(own) < 4):
            return False
        return bool(own) and (len(own) >= 3 or len(_CHINESE.findall(sentence)) >= 2 or not kana)
    return kana > 0.1 * (han + kana) and kana >= 4


def language_of(text: str) -> Language | None:
    """The language that a text is in: kana stand in every Japanese sentence. None where it is neither."""
    han, kana = len(_HAN.findall(text)), len(_KANA.findall(text))
    if han + kana < 20 or han + kana < 0.05 * len(text):
        return None
    return JAPANESE if kana > 0.15 * (han + kana) else CHINESE
