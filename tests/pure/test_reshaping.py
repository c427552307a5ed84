"""What looks otherwise though it reads the same, in words."""

import pytest

from webapp.pure import markdown, reshaping, units


def path(text):
    """Return the elements around the first word of a text."""
    return next(iter(units.cut(str(markdown.render(text)))[0].leaves())).path


@pytest.mark.parametrize(
    ("old", "new", "remarks"),
    [
        ("a", "a", ()),
        ("*a*", "_a_", ()),
        ("a", "**a**", ("now bold",)),
        ("*a*", "`a`", ("now code", "no longer italic")),
        ("[a](/b)", "[a](/c)", ("link target changed from /b to /c",)),
        ("a", "[a](/c)", ("now a link to /c",)),
        ("[a](/c)", "a", ("no longer a link to /c",)),
        ("```\na\n```", "a", ()),
        ("a", f"[a](/{'b' * 200})", (f"now a link to /{'b' * 98}…",)),
        ("[a](/?b=1&c=2)", "a", ("no longer a link to /?b=1&c=2",)),
    ],
)
def test_words_that_read_the_same_may_look_otherwise(old, new, remarks):
    assert reshaping.of_words(path(old), path(new)) == remarks


@pytest.mark.parametrize(
    ("old", "new", "remark"),
    [
        ("a", "a", ""),
        ("# a", "## a", "was a heading of level 1"),
        ("- a", "a", "was an item of a list"),
        ("1. a", "- a", "was an item of a numbered list"),
        ("- - a", "- a", "was an item of a list, 2 deep"),
        ("- a\n\n  b", "- a", ""),
        ("> a", "a", "was a quotation"),
        ("    a", "a", "was code"),
        ("|a|\n|-|\n|b|", "a", "was a heading of a column"),
    ],
)
def test_a_block_may_have_been_another_kind(old, new, remark):
    assert reshaping.of_block(path(old), path(new)) == remark


def test_a_remark_is_text():
    assert reshaping.note("a < b") == ' <span class="note">a &lt; b</span>'
