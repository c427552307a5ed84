"""Words are what a person would count, and tokens give the text back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pure import tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("It isn't far.", ["It", "isn't", "far."]),
        ("# A heading -- and *more*", ["A", "heading", "and", "*more*"]),
        ("well-known, 3.5 %", ["well-known,", "3.5"]),
        ("--- *** !!", []),
        ("line\nfeeds\tand\u00a0spaces", ["line", "feeds", "and", "spaces"]),
        ("日本語 for かな", ["日", "本", "語", "for", "か", "な"]),
        ("日本語。", ["日", "本", "語"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
    ],
)
def test_words_hold_a_letter_or_a_digit(text, words):
    assert tokens.words(text) == words


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("It isn't *far*.", ["It", " ", "isn't", " ", "*", "far", "*", "."]),
        ("[a_b](http://c)", ["[", "a", "_", "b", "]", "(", "http", ":", "/", "/", "c", ")"]),
        ("cafe\u0301  au", ["cafe\u0301", "  ", "au"]),
        ("日本、", ["日", "本", "、"]),
        ("नमस्ते", ["नमस्ते"]),
    ],
)
def test_tokens_are_words_spaces_and_single_marks(text, pieces):
    assert tokens.split(text) == pieces


@given(st.text())
def test_tokens_joined_give_the_text_back(text):
    assert "".join(tokens.split(text)) == text
