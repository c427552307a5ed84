"""Anchors are readable, stable, and unique in their document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pure.headings import Contents, Heading, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Getting started", "getting-started"),
        ("What's new in 2.0?", "whats-new-in-20"),
        ("A & B", "a--b"),
        ("snake_case - dash", "snake_case---dash"),
        ("Größe", "größe"),
        ("हिन्दी पाठ", "हिन्दी-पाठ"),
        ("日本語", "日本語"),
        ("🎉", ""),
        ('"><script>', "script"),
        ("a" * 500, "a" * 80),
    ],
)
def test_a_slug_is_written_as_on_github(text, expected):
    assert slug(text) == expected


def test_repeated_headings_are_counted_and_do_not_meet_one_that_is_named_like_that():
    contents = Contents()
    for text in ["a", "a-1", "a", "a", "!", "?"]:
        contents.add(2, text)

    assert [heading.anchor for heading in contents.headings] == [
        "s-a", "s-a-1", "s-a-2", "s-a-3", "s-section", "s-section-1",
    ]  # fmt: skip


def test_a_heading_as_long_as_a_page_is_shortened_in_the_contents():
    assert Contents().add(1, "b " * 500) == Heading(1, "b " * 99 + "b…", "s-" + "b-" * 40)


@given(st.lists(st.text(alphabet="aA-1 é🎉", max_size=4), max_size=40))
def test_anchors_are_unique_and_the_same_each_time(texts):
    first, second = Contents(), Contents()
    for text in texts:
        first.add(1, text)
        second.add(1, text)

    assert first.headings == second.headings
    assert len({heading.anchor for heading in first.headings}) == len(texts)
