"""Paragraph ids: a new one fits between any two, and the order is that of statute books."""

import doctest
from itertools import pairwise

import pytest

from kb.anchors import ids
from kb.anchors.ids import between, is_paragraph, is_section, order


@pytest.mark.parametrize("anchor", ["p1", "p12", "p12a", "p12za", "p12aza", "p0a"])
def test_a_paragraph_id_is_p_a_number_and_perhaps_letters(anchor):
    assert is_paragraph(anchor)


@pytest.mark.parametrize("anchor", ["p0", "p012", "P12", "p12z", "p-12", "p12A", "legal-effect", "p"])
def test_nothing_else_is_a_paragraph_id(anchor):
    assert not is_paragraph(anchor)


def test_a_section_id_never_looks_like_a_paragraph():
    assert is_section("legal-effect") and is_section("policy")
    assert not any(map(is_section, ["p12", "p12-x", "Legal", "法律", "a--b", "-a"]))


def test_ids_are_ordered_as_in_a_statute_book():
    anchors = ["p1", "p2", "p9", "p10", "p12", "p12zza", "p12za", "p12a", "p12aza", "p12aa", "p12b",
               "p13"]
    assert sorted(anchors, key=order) == anchors


def test_at_the_end_the_next_number_that_was_never_used_is_taken():
    assert between("p60", None, {"p60", "p61"}) == "p62"
    assert between(None, None, set()) == "p1"


@pytest.mark.parametrize(("before", "after", "used", "expected"), [
    ("p12", "p13", {"p12", "p13"}, "p12a"),
    ("p12a", "p13", {"p12a"}, "p12b"),
    ("p12", "p12a", {"p12a"}, "p12za"),
    ("p12", "p12za", {"p12za", "p12a"}, "p12zza"),
    ("p12a", "p12b", {"p12a", "p12b"}, "p12aa"),
    ("p12", "p13", {"p12a"}, "p12b"),           # p12a was withdrawn: never used again
    (None, "p1", {"p1"}, "p0a"),
])
def test_between_two_ids_a_letter_is_added(before, after, used, expected):
    assert between(before, after, used) == expected


def test_a_hundred_paragraphs_fit_into_one_gap_in_order():
    text = ["p1", "p2"]
    used = set(text)
    for turn in range(100):
        at = 1 if turn % 3 else len(text) - 1
        text.insert(at, between(text[at - 1], text[at], used))
        used.add(text[at])
    assert len(set(text)) == 102
    assert all(order(one) < order(two) for one, two in pairwise(text))


def test_the_examples_in_the_module_are_right():
    assert doctest.testmod(ids).attempted and not doctest.testmod(ids).failed
