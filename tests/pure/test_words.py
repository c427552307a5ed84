"""Words that a change added or removed, and how long a text takes to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pure import diff, tokens, words
from webapp.pure.words import WordChange

texts = st.text(alphabet="ab \n", max_size=60)


@pytest.mark.parametrize(
    ("old", "new", "added", "removed"),
    [
        ("same words", "same words", 0, 0),
        ("", "three new words", 3, 0),
        ("three old words", "", 0, 3),
        ("it may be so", "it must be so", 1, 1),
        ("keep\n\ndrop this", "keep\n\nand\n\nadd", 2, 2),
        ("one two\nthree four", "one two three\nfour", 0, 0),
        ("one  two", "one two \n", 0, 0),
        ("日本語", "日本人", 1, 1),
        ("a sentence", "a sentence --", 0, 0),
    ],
)
def test_words_are_counted_on_the_side_that_has_them(old, new, added, removed):
    assert words.change(old, new) == WordChange(added, removed)


@given(texts, texts)
def test_a_change_accounts_for_the_difference_in_length(old, new):
    change = words.change(old, new)

    assert words.count(old) + change.added - change.removed == words.count(new)


@given(texts, texts)
def test_the_way_back_removes_at_most_what_there_is(old, new):
    change = words.change(old, new)

    assert change.removed <= len(tokens.words(old))
    assert change.added <= len(tokens.words(new))


def test_a_long_line_is_compared_by_its_words():
    line = " ".join(f"word{number}" for number in range(20_000))

    assert words.change(f"first {line} last", f"{line} and last") == WordChange(1, 1)


def test_texts_too_large_to_compare_are_refused():
    with pytest.raises(diff.TooLarge):
        words.change("a " * 2_500_000, "b")


@pytest.mark.parametrize(("count", "minutes"), [(0, 0), (1, 1), (238, 1), (239, 2), (2380, 10)])
def test_reading_time_is_rounded_up_to_minutes(count, minutes):
    assert words.reading_minutes(count) == minutes
