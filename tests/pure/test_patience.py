"""Anchors are items that occur once on both sides, in the longest series that has one order."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from webapp.pure import patience


def test_items_that_occur_once_on_both_sides_are_anchors():
    assert patience.anchors("abcxxd", "xaxcd") == [(0, 1), (2, 3), (5, 4)]


def test_an_item_that_moved_against_the_others_is_no_anchor():
    assert patience.anchors("abcd", "dabc") == [(0, 1), (1, 2), (2, 3)]


def test_repeated_items_give_no_anchors():
    assert patience.anchors("aabb", "abab") == []


@given(st.permutations(range(8)))
def test_the_rising_part_is_as_long_as_any(numbers):
    chosen = [numbers[at] for at in patience.longest_rising(numbers)]

    lengths = [len(part) for size in range(9) for part in combinations(numbers, size) if _rises(part)]
    assert _rises(chosen)
    assert len(chosen) == max(lengths)


def _rises(numbers):
    return all(one < other for one, other in pairwise(numbers))
