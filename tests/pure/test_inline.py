"""Rows show which words changed, line beside line, and nothing of either text gets lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pure import inline
from webapp.pure.inline import Piece, Row

pieces = st.sampled_from(["some", "more", "words", " ", "  ", ", ", "é", "日本"])
lines = st.lists(st.lists(pieces, max_size=8).map("".join), max_size=6)


@given(lines, lines)
def test_the_rows_of_one_column_hold_every_line_of_both(old, new):
    _assert_complete(inline.rows(old, new), old, new)


@given(lines, lines)
def test_the_rows_of_two_columns_hold_every_line_of_both(old, new):
    _assert_complete(inline.side_by_side(inline.rows(old, new)), old, new)


def test_a_changed_word_is_replaced_within_its_line():
    assert inline.rows(["You may go home."], ["You must go home."]) == (
        Row(
            0,
            0,
            (
                Piece("equal", "You "),
                Piece("delete", "may"),
                Piece("insert", "must"),
                Piece("equal", " go home."),
            ),
        ),
    )


def test_replaced_words_with_only_a_space_between_are_replaced_as_one():
    (row,) = inline.rows(["It may be so today."], ["It must have so today."])

    assert row.pieces[1:3] == (Piece("delete", "may be"), Piece("insert", "must have"))


def test_a_changed_link_shows_only_its_target():
    (row,) = inline.rows(["See [the guide](http://old.example)."], ["See [the guide](http://new.example)."])

    assert row.pieces == (
        Piece("equal", "See [the guide](http://"),
        Piece("delete", "old"),
        Piece("insert", "new"),
        Piece("equal", ".example)."),
    )


def test_lines_are_paired_with_the_line_they_were_and_numbered_from_the_start_of_the_hunk():
    old = ["- apples and pears", "- bread for the week"]
    new = ["- milk", "- apples and ripe pears", "- bread for this week"]

    rows = inline.rows(old, new, old_start=10, new_start=20)

    assert [(row.old_line, row.new_line, row.reworded) for row in rows] == [
        (None, 20, False),
        (10, 21, True),
        (11, 22, True),
    ]


def test_unrelated_lines_stand_below_each_other_in_one_column_and_beside_each_other_in_two():
    column = inline.rows(["old one", "old two"], ["fresh", "new", "more"])

    assert [(row.old_line, row.new_line) for row in column] == [(0, None), (1, None), (None, 0), (None, 1), (None, 2)]
    assert [(row.old_line, row.new_line) for row in inline.side_by_side(column)] == [(0, 0), (1, 1), (None, 2)]


def test_each_column_has_the_pieces_of_its_side():
    (row,) = inline.rows(["You may go home."], ["You must go home."])

    assert row.old_pieces == (Piece("equal", "You "), Piece("delete", "may"), Piece("equal", " go home."))
    assert row.new_pieces == (Piece("equal", "You "), Piece("insert", "must"), Piece("equal", " go home."))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["the same words"] * 101, ["the same words too"] * 100),
        (["the same words " * 700], ["the same words " * 700 + "too"]),
    ],
)
def test_a_hunk_of_too_many_lines_or_characters_is_replaced_whole(old, new):
    assert not any(row.reworded for row in inline.rows(old, new))


def test_a_line_with_too_much_to_compare_is_replaced_whole_beside_its_other_version():
    old, new = ["x! " + "a!!!!!!! " * 1_000], ["a!!!!!!! " * 1_000 + "y?"]

    rows = inline.rows(old, new)

    assert rows == (Row(0, 0, (Piece("delete", old[0]), Piece("insert", new[0]))),)
    assert inline.side_by_side(rows) == rows


def test_a_line_of_punctuation_is_replaced_whole():
    rows = inline.rows(["!" * 9_000], ["?!" * 4_500])

    assert [row.pieces for row in rows] == [(Piece("delete", "!" * 9_000),), (Piece("insert", "?!" * 4_500),)]


def _assert_complete(rows, old, new):
    old_rows = [row for row in rows if row.old_line is not None]
    new_rows = [row for row in rows if row.new_line is not None]
    assert [row.old_line for row in old_rows] == list(range(len(old)))
    assert [row.new_line for row in new_rows] == list(range(len(new)))
    assert ["".join(piece.text for piece in row.old_pieces) for row in old_rows] == old
    assert ["".join(piece.text for piece in row.new_pieces) for row in new_rows] == new
