"""Spans cover both sequences, stand where a reader expects them, and cost no more than the budget."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pure import alignment
from webapp.pure.alignment import Budget

few_items = st.lists(st.sampled_from("abcd"), max_size=25)


@given(few_items, few_items)
def test_spans_cover_both_sequences_and_equal_ones_are_equal(old, new):
    spans = alignment.align(old, new)

    assert [item for span in spans for item in old[span.old_start : span.old_end]] == old
    assert [item for span in spans for item in new[span.new_start : span.new_end]] == new
    for span in spans:
        assert span.equal == (old[span.old_start : span.old_end] == new[span.new_start : span.new_end])


@given(few_items, few_items)
def test_equal_and_changed_spans_alternate(old, new):
    kinds = [span.equal for span in alignment.align(old, new)]

    assert all(kind != following for kind, following in pairwise(kinds))


def test_equal_sequences_are_one_span():
    assert _align("ab", "ab") == ["ab"]


def test_empty_sequences_have_no_spans():
    assert _align("", "") == []


def test_a_new_paragraph_comes_with_the_empty_line_after_it():
    assert _align("A B", "A x B") == ["A ", ("", "x "), "B"]


def test_a_removed_repetition_is_the_last_one():
    assert _align("xaaay", "xaay") == ["xaa", ("a", ""), "y"]


def test_an_insertion_within_a_gap_stands_low_too():
    assert _align("cbc", "bcc") == [("c", ""), "bc", ("", "c")]


def test_a_gap_that_the_budget_does_not_cover_counts_as_replaced():
    assert _align("xabcabcy", "xcbacbay", budget=Budget(cells=35)) == ["x", ("abcabc", "cbacba"), "y"]


def test_an_exact_comparison_spends_its_cells():
    budget = Budget(cells=100)

    alignment.align("xabcabcy", "xcbacbay", budget=budget)

    assert budget.cells == 100 - 6 * 6


@pytest.mark.parametrize("spent", [{"items": 0}, {"runs": 0}])
def test_without_budget_all_between_the_common_ends_is_replaced(spent):
    assert _align("xaby", "xbay", budget=Budget(**spent)) == ["x", ("ab", "ba"), "y"]


def test_common_ends_cost_nothing():
    assert _align("abcd", "abxcd", budget=Budget(items=0, cells=0, runs=0)) == ["ab", ("", "x"), "cd"]


def test_a_gap_too_large_for_exactness_finds_anchors_of_its_own():
    # "i" stands twice in the old sequence, but once in the gap that the anchor "m" splits off.
    assert _align("aibmi", "cidme", budget=Budget(cells=0)) == [("a", "c"), "i", ("b", "d"), "m", ("i", "e")]


@pytest.mark.parametrize("size", [3_000, 50_000])
@pytest.mark.parametrize("kind", ["shuffled", "reversed", "two items", "few items", "alternating", "nested"])
def test_hostile_sequences_stay_within_the_budget(kind, size):
    old, new = _hostile(kind, size)
    budget = Budget()

    spans = alignment.align(old, new, budget=budget)

    assert [item for span in spans for item in new[span.new_start : span.new_end]] == new
    assert budget.items >= 0
    assert budget.cells >= 0
    # What the exact comparison of the last gap found may go beyond, by less than the items there are.
    assert budget.runs > -size
    assert len(spans) <= 2 * (Budget().runs - budget.runs + size) + 1


def _align(old, new, **options):
    """Return the text of each equal span, and of each changed one both texts."""
    return [
        old[span.old_start : span.old_end]
        if span.equal
        else (old[span.old_start : span.old_end], new[span.new_start : span.new_end])
        for span in alignment.align(old, new, **options)
    ]


def _hostile(kind, size):
    chance = random.Random(4)
    unique = [str(number) for number in range(size)]
    if kind == "shuffled":
        return unique, chance.sample(unique, size)
    if kind == "reversed":
        return unique, unique[::-1]
    if kind == "two items":
        return chance.choices("ab", k=size), chance.choices("ab", k=size)
    if kind == "few items":
        return chance.choices(unique[:128], k=size), chance.choices(unique[:128], k=size)
    if kind == "alternating":
        return ["a", "b"] * (size // 2), ["b", "a"] * (size // 2)
    # Each item stands twice, around the ones that come after it: an anchor only shows when the last one split the gap.
    nested = [f"pair {number // 2}" for number in range(size)]
    return nested, [*nested[1:], nested[0]]


@given(few_items, few_items)
def test_as_much_is_shared_as_an_alignment_finds_or_more(old: list[str], new: list[str]) -> None:
    found = sum(span.old_end - span.old_start for span in alignment.align(old, new) if span.equal)

    assert found <= alignment.shared(old, new, budget=Budget()) <= min(len(old), len(new))


def test_without_budget_what_an_alignment_finds_is_shared() -> None:
    old, new = ["a", "b", "c"], ["x", "b", "y"]

    assert alignment.shared(old, new, budget=Budget(cells=0)) == 1
