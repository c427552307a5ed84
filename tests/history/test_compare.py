"""Two texts of a post, one against the other."""

import pytest

from webapp.errors import TooLarge
from webapp.history import compare, preview
from webapp.pure.inline import Piece


def test_a_comparison_is_from_the_old_text_to_the_new_one(write):
    post = write("zero\nsame", "one\nsame")

    pair = compare.between(preview.at(post, 0), preview.at(post, 1))

    change, _ = pair.text.parts
    assert (change.hunk.old_lines, change.hunk.new_lines) == (("zero",), ("one",))
    assert (pair.title, pair.tags, pair.changes) == (None, None, 1)


def test_title_and_tags_are_compared_too(write):
    post = write("same", title="An old title", tags="sea, travel")
    write("same", title="A new title", tags="sea, food", post=post)

    pair = compare.between(preview.at(post, 0), preview.at(post, 1))

    assert pair.title == (Piece("delete", "An old"), Piece("insert", "A new"), Piece("equal", " title"))
    assert pair.tags == (Piece("equal", "sea"), Piece("delete", "travel"), Piece("insert", "food"))
    assert (pair.facts, pair.changes) == (2, 2)


@pytest.mark.only("sqlite", "decided in Python")
@pytest.mark.parametrize(("way", "places"), [("inline", [None, 2, 4]), ("rendered", [None, 2, 3])])
def test_a_sentence_knows_the_change_that_it_is_about(write, way, places):
    post = write("one\ntwo\nthree\n\nmore\n\nfour", title="A post")
    write("eins\ntwo\ndrei\n\nmore\n\nvier", title="Another post", post=post)

    pair = compare.between(preview.at(post, 0), preview.at(post, 1), way=way)

    assert [pair.change_of(sentence) for sentence in pair.sentences] == places


def test_what_was_typed_is_compared_as_it_would_be_saved(write):
    post = write("one\ntwo", title="A post", tags="a, b")
    typed = compare.typed(title="  A post ", tags="a,b,,a", body="one\r\ntwo")

    assert compare.between(preview.at(post), typed).changes == 0


def test_more_than_is_compared_is_refused_as_too_much_text(write):
    post = write("one")

    with pytest.raises(TooLarge):
        compare.between(preview.at(post), compare.typed(title="", tags="", body="x" * (2**21 + 1)))
