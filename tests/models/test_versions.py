"""`post.versions`: a list as the article reads it."""

from collections.abc import Sequence

import pytest

from webapp.database import db
from webapp.errors import Missing
from webapp.models import Post
from webapp.operations import erase, posts


def test_versions_are_read_as_in_the_article(write, cast):
    post = write("The first body", title="A title")
    posts.write(post, title="Another title", body="The second body", tags="", note="", seen=0, by=cast.author)

    assert post.versions[0].title == "A title"
    assert post.versions[0].body == "The first body"
    assert post.versions[1].title == "Another title"
    assert post.versions[-1].body == "The second body"


@pytest.fixture
def five(write) -> Post:
    return write("0", "1", "2", "3", "4")


@pytest.mark.parametrize("index", [0, 1, 4, -1, -5])
def test_an_index_is_a_revisions_number_and_negative_ones_count_from_the_end(five, index):
    assert five.versions[index].body == "01234"[index]
    assert five.versions[index].revision == range(5)[index]


@pytest.mark.parametrize("index", [5, -6, 10**9])
def test_an_index_beyond_either_end_is_an_index_error(five, index):
    with pytest.raises(IndexError):
        five.versions[index]


@pytest.mark.parametrize(
    "part", [slice(None), slice(1, 3), slice(-2, None), slice(None, None, -1), slice(0, 5, 2), slice(7, 9), slice(3, 1)]
)
def test_slices_are_those_of_a_list(five, part):
    assert [row.body for row in five.versions[part]] == list("01234")[part]


def test_versions_are_a_sequence(five):
    assert isinstance(five.versions, Sequence)
    assert len(five.versions) == 5
    assert [row.body for row in five.versions] == list("01234")
    assert [row.body for row in reversed(five.versions)] == list("43210")


def test_a_new_post_has_no_version_of_one_before_it(write, cast):
    assert len(write("one", "two").versions) == 2
    assert [row.body for row in write("other").versions] == ["other"]


def test_any_version_takes_one_statement_and_its_body_two_more(five, statements):
    versions = five.versions

    with statements() as said:
        row = versions[2]
    assert len(said) == 1
    with statements() as said:
        assert row.body == "2"
    assert len(said) == 2


def test_the_body_of_an_erased_version_is_missing(five, cast):
    erase.revisions(five, [1], reason="asked for", by=cast.admin)

    assert five.versions[1].title == ""
    with pytest.raises(Missing):
        _ = five.versions[1].body


def test_reading_versions_changes_nothing(five):
    assert [row.body for row in five.versions] == list("01234")

    assert (list(db.session.new), list(db.session.dirty)) == ([], [])
    assert five.body == "4"
