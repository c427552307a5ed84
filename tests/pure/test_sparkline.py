"""Sizes as a drawing: inside of its frame, ascending, and true to what it is given."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pure import sparkline
from webapp.pure.sparkline import HEIGHT, WIDTH, draw

SIZES = st.lists(st.one_of(st.none(), st.integers(0, 2**21)), min_size=1, max_size=300)


def corners(path: str) -> list[tuple[int, int]]:
    """The places that a path of `M`, `H` and `V` goes through."""
    x = y = 0
    found = []
    for command, numbers in re.findall(r"([MHV])([\d ]+)", path):
        values = [int(number) for number in numbers.split()]
        x = values[0] if command in "MH" else x
        y = values[-1] if command in "MV" else y
        found.append((x, y))
    return found


@given(st.integers(1, 20_000), st.integers(2, 300))
def test_a_sample_is_evenly_spread_and_has_both_ends(count, most):
    numbers = sparkline.sample(count, most)

    gaps = {later - earlier for earlier, later in pairwise(numbers)}
    assert (numbers[0], numbers[-1], len(numbers)) == (0, count - 1, min(count, most))
    assert max(gaps, default=1) - min(gaps, default=1) <= 1
    assert min(gaps, default=1) >= 1


@given(SIZES)
def test_the_line_goes_from_edge_to_edge_inside_of_the_frame(sizes):
    line = draw(list(enumerate(sizes)), last=len(sizes) - 1).line

    if all(size is None for size in sizes):
        assert line == ""
        return
    through = corners(line)
    assert (through[0][0], through[-1][0]) == (0, WIDTH)
    assert [x for x, _ in through] == sorted(x for x, _ in through)
    assert {0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in through} == {True}


@given(SIZES)
def test_the_larger_text_is_never_drawn_lower(sizes):
    known = [(number, size) for number, size in enumerate(sizes) if size is not None]
    through = corners(draw(list(enumerate(sizes)), last=WIDTH).line)

    heights = [
        next(y for x, y in reversed(through) if x <= number or x == 0) for number, _ in known
    ]  # with WIDTH for the last number, a number is its own place

    for (_, size), y in zip(known, heights, strict=True):
        assert {other_y >= y for (_, other), other_y in zip(known, heights, strict=True) if other < size} <= {True}


def test_a_line_has_a_step_for_each_change():
    assert draw([(0, 0), (1, 50), (2, 50), (4, 100)], last=4).line == "M0 100H250V50H1000V0H1000"


def test_small_differences_fill_the_upper_half():
    assert draw([(0, 74_000), (1, 75_000)], last=1).line == "M0 50H1000V0H1000"


def test_a_text_that_is_not_kept_leaves_the_line_where_it_was():
    assert draw([(0, None), (1, 10), (2, None), (3, 20)], last=3).line == "M0 50H1000V0H1000"


def test_texts_of_one_size_are_a_line_in_the_middle():
    assert draw([(0, 10), (1, 10)], last=1).line == "M0 50H1000"


def test_the_area_is_what_lies_below_the_line():
    drawing = draw([(0, 0), (1, 10)], last=1)

    assert drawing.area == f"{drawing.line}V100H0Z"


@pytest.mark.parametrize(("last", "places"), [(4, ["M0 0V100", "M500 0V100"]), (0, ["M1000 0V100"])])
def test_marks_stand_where_their_revisions_do_and_once(last, places):
    numbers = [0, 2, 2, 0] if last else [0]
    drawing = draw([(0, 1)], last=last, labelled=numbers, published=numbers)

    assert drawing.labelled == "".join(places)
    assert drawing.published == "".join(place.replace(" 0V100", " 100h0") for place in places)
