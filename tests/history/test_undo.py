"""What undoing one revision would do, worked out without touching anything."""

import pytest

from webapp.errors import Gone, Missing
from webapp.history import undo
from webapp.operations import erase
from webapp.pure.content import Writing


def test_the_latest_without_what_one_revision_did(write):
    post = write("a\n\nb\n\nc", "A\n\nb\n\nc", "A\n\nb\n\nC")

    undoing = undo.of(post, 1)

    assert undoing.together.writing() == Writing("A post", (), "a\n\nb\n\nC")
    assert (undoing.undone.number, undoing.onto.number, undoing.later) == (1, 2, 1)
    assert undoing.changes_nothing is False


def test_title_and_tags_are_undone_too(write):
    post = write("one", title="First", tags="a")
    write("one", title="Second", tags="a, b", post=post)
    write("one two", title="Second", tags="a, b, c", post=post)

    assert undo.of(post, 1).together.writing() == Writing("First", ("a", "c"), "one two")


def test_lines_that_were_touched_again_are_asked_about(write):
    post = write("one", "two", "three")

    (question,) = undo.of(post, 1).together.questions

    assert (question.base, question.ours, question.theirs) == ("two", "three", "one")


def test_what_later_edits_took_back_already_changes_nothing(write):
    post = write("one", "two", "one")

    assert undo.of(post, 1).changes_nothing is True


def test_negative_numbers_count_from_the_end(write):
    assert undo.of(write("one", "two", "three"), -1).undone.number == 2


@pytest.mark.only("sqlite", "decided in Python")
@pytest.mark.parametrize("number", [0, -2])
def test_the_beginning_cannot_be_undone(write, number):
    with pytest.raises(Missing, match="is where this post began"):
        undo.of(write("one", "two"), number)


@pytest.mark.only("sqlite", "decided in Python")
@pytest.mark.parametrize("number", [2, 99, -3])
def test_a_revision_that_is_not_there_cannot_be_undone(write, number):
    with pytest.raises(Missing, match=f"There is no revision {number}"):
        undo.of(write("one", "two"), number)


@pytest.mark.parametrize("gone", [0, 1])
def test_what_is_not_kept_cannot_be_undone(write, cast, gone):
    post = write("one", "two", "three")
    erase.revisions(post, [gone], reason="asked for", by=cast.admin)

    with pytest.raises(Gone, match=f"The text of revision {gone} is not kept"):
        undo.of(post, 1)
