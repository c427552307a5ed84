"""The beginning of a text in plain words."""

import pytest

from webapp.pure import excerpt


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", ""),
        ("# Title\n\nSome *words*, a [link](https://e.example).", "Title Some words, a link."),
        ("a < b & c", "a < b & c"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("&lt;b&gt;", "<b>"),
        ("one\ntwo\n\n- three", "one two three"),
    ],
)
def test_marks_are_left_out_and_words_stay(body, words):
    assert excerpt.of(body) == words


def test_a_long_text_is_cut_between_words():
    assert excerpt.of("word, " * 100, characters=20) == "word, word, word…"
    assert excerpt.of("x" * 30, characters=20) == "x" * 19 + "…"


def test_a_huge_text_is_read_only_at_its_beginning():
    assert excerpt.of("word " * 400_000) == "word " * 59 + "word…"
