"""Hunks lead from one text to the other and back, all of them or any of them, whatever the texts are."""

import subprocess
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import corpus, hostile
from webapp.pure import diff
from webapp.pure.diff import Comparison, Equal, Hunk

# Few different lines, so that many are equal; and all the characters that other ways of splitting take for line ends.
texts = st.lists(st.sampled_from(["", "a", "b", "c", "a\r", "b\x0b\x0c\x1c\x85\u2028"]), max_size=20).map("\n".join)


@given(texts, texts)
def test_the_blocks_hold_both_texts(old, new):
    comparison = diff.compare(old, new)

    assert "\n".join(_lines(comparison, "old_lines")) == old
    assert "\n".join(_lines(comparison, "new_lines")) == new


@given(st.text(), st.text())
def test_taking_all_hunks_gives_the_other_text_and_taking_none_the_same(old, new):
    everything = range(len(diff.compare(old, new).hunks))

    assert diff.take(old, new, everything) == new
    assert diff.take(old, new, []) == old


@given(texts, texts, st.sets(st.integers(0, 20)))
def test_taking_the_other_hunks_back_undoes_the_ones_taken(old, new, chosen):
    count = len(diff.compare(old, new).hunks)
    taken = diff.take(old, new, {number for number in chosen if number < count})

    back = diff.compare(taken, old)

    assert diff.take(taken, old, range(len(back.hunks))) == old


@given(texts, texts)
def test_each_hunk_says_where_it_stands(old, new):
    for hunk in diff.compare(old, new).hunks:
        old_end, new_end = hunk.old_start + len(hunk.old_lines), hunk.new_start + len(hunk.new_lines)
        assert tuple(diff.lines(old)[hunk.old_start : old_end]) == hunk.old_lines
        assert tuple(diff.lines(new)[hunk.new_start : new_end]) == hunk.new_lines


def test_a_comparison_is_equal_blocks_and_numbered_hunks():
    assert diff.compare("one\ntwo\nthree\n", "one\n2\nthree\nfour\n") == Comparison(
        (
            Equal(0, 0, ("one",)),
            Hunk(0, 1, 1, ("two",), ("2",)),
            Equal(2, 2, ("three",)),
            Hunk(1, 3, 3, (), ("four",)),
            Equal(3, 4, ("",)),
        )
    )


def test_added_and_removed_lines_are_counted():
    comparison = diff.compare("one\ntwo\nthree", "one\n2\nthree\nfour")

    assert (comparison.lines_added, comparison.lines_removed) == (2, 1)


def test_equal_texts_have_no_hunks():
    assert diff.compare("one\ntwo", "one\ntwo").hunks == ()


def test_the_empty_text_has_no_lines():
    assert diff.compare("", "one\ntwo") == Comparison((Hunk(0, 0, 0, (), ("one", "two")),))
    assert diff.compare("", "") == Comparison(())


def test_only_line_feeds_separate_lines():
    assert diff.lines("one\rtwo\x0bthree\u2028four\x85five\nsix") == ["one\rtwo\x0bthree\u2028four\x85five", "six"]


def test_only_the_chosen_hunks_are_taken():
    assert diff.take("one\ntwo\nthree\nfour", "1\ntwo\n3\nfour\nfive", {0, 2}) == "1\ntwo\nthree\nfour\nfive"


def test_taking_a_hunk_that_is_not_there_is_refused():
    with pytest.raises(diff.NoSuchHunk, match="There is no change number 3 between these texts"):
        diff.take("one", "two", {0, 2})


def test_a_moved_paragraph_points_to_its_other_place():
    moved = "A paragraph that is taken elsewhere."
    comparison = diff.compare(f"{moved}\n\none\n\ntwo\n\nthree", f"one\n\ntwo\n\n{moved}\n\nthree")

    assert [(hunk.moved_from, hunk.moved_to) for hunk in comparison.hunks] == [(None, 1), (0, None)]


def test_paragraphs_that_moved_past_each_other_are_told_apart():
    first, second = "The first of the two paragraphs.", "The second of the two paragraphs."
    comparison = diff.compare(
        f"{first}\n\n{second}\n\none\n\ntwo\n\nthree\n\nfour", f"one\n\ntwo\n\n{second}\n\nthree\n\n{first}\n\nfour"
    )

    assert [hunk.old_lines or hunk.new_lines for hunk in comparison.hunks] == [
        (first, "", second, ""),
        (second, ""),
        (first, ""),
    ]
    assert not any(hunk.moved_from or hunk.moved_to for hunk in comparison.hunks)


@pytest.mark.parametrize("mark", ["```", "---" * 10, "short"])
def test_what_says_too_little_has_not_moved(mark):
    comparison = diff.compare(f"{mark}\none\ntwo\nthree", f"one\ntwo\n{mark}\nthree")

    assert [(hunk.moved_from, hunk.moved_to) for hunk in comparison.hunks] == [(None, None), (None, None)]


def test_hunks_show_their_words_in_one_column_and_in_two():
    (hunk,) = diff.compare("title\n\nYou may go home.", "title\n\nYou must go home.\nNow.").hunks

    assert [(row.old_line, row.new_line) for row in hunk.inline_rows()] == [(2, 2), (None, 3)]
    assert hunk.split_rows() == hunk.inline_rows()


def test_texts_over_the_limit_are_refused():
    with pytest.raises(diff.TooLarge, match=r"more than 2,097,152 characters"):
        diff.compare("line\n" * 1_000_000, "")


@pytest.mark.parametrize("kind", [*hostile.KINDS])
def test_hostile_texts_of_a_megabyte_are_compared_and_taken(kind):
    old, new = hostile.pair(kind, 1_000_000)
    comparison = diff.compare(old, new)

    assert diff.take(old, new, range(len(comparison.hunks))) == new
    assert len(comparison.blocks) <= 100_000


def test_no_more_lines_are_changed_than_in_gits_histogram(tmp_path):
    texts = [*corpus.edited(corpus.document(), 600)][::20]
    for number, text in enumerate(texts):
        for side, name in (("old", number), ("new", number - 1)):
            (tmp_path / side).mkdir(exist_ok=True)
            (tmp_path / side / str(name)).write_text(text, newline="\n")

    compared = [diff.compare(*pair) for pair in pairwise(texts)]

    command = ["git", "diff", "--no-index", "--histogram", "--numstat", "--diff-filter=M", "old", "new"]
    said = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True).stdout.splitlines()
    of_git = sum(int(added) + int(removed) for added, removed, _ in (line.split("\t") for line in said))
    assert len(said) == len(compared)
    assert sum(each.lines_added + each.lines_removed for each in compared) <= 1.02 * of_git


def _lines(comparison, side):
    return [
        line for block in comparison.blocks for line in (block.lines if not block.changed else getattr(block, side))
    ]
