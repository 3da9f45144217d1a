"""The order in which a glossary stands, on its page and in books.

In: terms. Out: keys to sort them by, and every concept's terms in that order. By reading as a dictionary of
the language sorts it; of one reading by concept. Refuses nothing.
"""

from __future__ import annotations

import unicodedata

from kb.glossary.concepts import Glossary, Term
from kb.languages import Language, other

_BETWEEN = "・゠＝ \u3000"
_LARGE = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", strict=True))
_VOWELS = {kana: vowel for vowel, row in {
    "あ": "あかさたなはまやらわ", "い": "いきしちにひみりゐ", "う": "うくすつぬふむゆる",
    "え": "えけせてねへめれゑ", "お": "おこそとのほもよろを", "ん": "ん"}.items() for kana in row}
Pair = tuple[Term, Term | None]  # a concept's term, and that of the other language


def by_reading(term: Term) -> tuple[str, str]:
    return sorting_form(str(term.page.front["reading"])), term.concept


def by_english(term: Term) -> str:
    return str(term.page.front["english"]).lower()


def sorting_form(reading: str) -> str:
    """A reading as a dictionary sorts it: pinyin without tones; kana as plain hiragana, after JIS X 4061:1996
    a long vowel as the vowel that it lengthens, small kana as large, no marks between words."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", reading.lower())
                    if not unicodedata.combining(c) and c not in _BETWEEN)
    sorted_by = ""
    for c in plain:
        kana = chr(ord(c) - 0x60) if "\u30a1" <= c <= "\u30f6" else c
        if kana == "ー" and sorted_by:
            sorted_by += _VOWELS.get(sorted_by[-1], kana)
        else:
            sorted_by += _LARGE.get(kana, kana)
    return sorted_by


def pairs(glossary: Glossary, language: Language) -> tuple[Pair, ...]:
    """Every concept's term in `language` with that in the other, by reading. A concept that the language
    lacks stands there with the other's term alone."""
    own = glossary.terms.get(language.tag, {})
    twins = glossary.terms.get(other(language).tag, {})
    terms = sorted((own.get(concept) or twins[concept] for concept in glossary.concepts), key=by_reading)
    return tuple(
        (term, twins.get(term.concept) if term.page.language is language else None) for term in terms)
