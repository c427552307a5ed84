"""What comes to whom at a post's address."""

from dataclasses import FrozenInstanceError

import pytest

from webapp.errors import Gone, Missing
from webapp.history import reading
from webapp.history.people import person
from webapp.models import Post, StoredText
from webapp.operations import erase, posts, publication


@pytest.fixture
def published(write, cast) -> Post:
    """Return a post of which readers see revision 1 of 0 to 2."""
    post = write("first words", title="First", tags="a")
    write("second words", title="Second", tags="b", post=post)
    write("a secret third", title="Third secret", tags="c", post=post)
    publication.publish(post, revision=1, by=cast.editor)
    return post


def test_readers_get_the_published_revision_and_nothing_of_a_later_one(published, cast):
    for by in (None, cast.reader, cast.other):
        shown = reading.of(published.id, by=by)

        assert (shown.title, str(shown.html), shown.tags) == ("Second", "<p>second words</p>\n", ("b",))
        assert (shown.revision, shown.is_live, shown.is_latest, shown.may_edit) == (1, True, False, False)
        assert (shown.words, shown.minutes) == (2, 1)
        assert shown.author == shown.editor == person(cast.author)
        assert "secret" not in repr(shown)


def test_those_who_may_edit_get_the_latest(published, cast):
    for by in (cast.author, cast.editor, cast.admin):
        shown = reading.of(published.id, by=by)

        assert (shown.title, str(shown.html), shown.tags) == ("Third secret", "<p>a secret third</p>\n", ("c",))
        assert (shown.revision, shown.is_live, shown.is_latest, shown.may_edit) == (2, False, True, True)


@pytest.mark.parametrize(("number", "found"), [(0, "First"), (1, "Second"), (-1, "Third secret"), (-3, "First")])
def test_those_who_may_edit_get_any_revision(published, cast, number, found):
    assert reading.of(published.id, by=cast.author, revision=number).title == found


def test_an_old_revision_names_its_own_editor_and_time(published, cast):
    posts.write(published, title="T", body="b", tags="", note="", seen=2, by=cast.editor)

    shown = reading.of(published.id, by=cast.author, revision=3)

    assert (shown.editor, shown.author) == (person(cast.editor), person(cast.author))
    assert shown.saved_at == published.versions[3].saved_at


def test_readers_may_name_the_published_revision_and_no_other(published, cast):
    assert reading.of(published.id, by=cast.reader, revision=1).title == "Second"
    for number in (0, 2, -1, -2, 99):
        with pytest.raises(Missing):
            reading.of(published.id, by=cast.reader, revision=number)


def test_what_is_not_published_is_answered_like_what_does_not_exist(write, cast):
    post = write("a draft")

    for by in (None, cast.reader, cast.other):
        with pytest.raises(Missing) as hidden:
            reading.of(post.id, by=by)
        with pytest.raises(Missing) as absent:
            reading.of(post.id + 1, by=by)
        assert str(hidden.value) == str(absent.value)


def test_what_was_taken_back_is_not_there_any_more(published, cast):
    publication.unpublish(published, by=cast.author)

    with pytest.raises(Missing):
        reading.of(published.id, by=None)
    assert reading.of(published.id, by=cast.author, revision=1).is_live is False


def test_an_erased_revision_is_gone_for_those_who_may_edit_and_missing_for_others(published, cast):
    erase.revisions(published, [0], reason="asked for", by=cast.admin)

    with pytest.raises(Gone):
        reading.of(published.id, by=cast.author, revision=0)
    with pytest.raises(Missing):
        reading.of(published.id, by=None, revision=0)


def test_a_long_text_has_a_table_of_contents_and_a_short_one_has_none(write, cast):
    headings = [f"# Part {number}\n\nwords\n" for number in range(reading.LONG)]

    long = reading.of(write("\n".join(headings)).id, by=cast.author)
    short = reading.of(write("\n".join(headings[1:])).id, by=cast.author)

    assert [heading.text for heading in long.headings] == [f"Part {number}" for number in range(reading.LONG)]
    assert short.headings == ()


def test_a_reading_cannot_be_changed(published, cast):
    shown = reading.of(published.id, by=None)

    with pytest.raises(FrozenInstanceError):
        shown.title = "x"


def test_reading_takes_one_statement_for_readers_and_three_for_editors(published, cast, statements):
    author, post_id = cast.author, published.id
    assert author.role == "author"
    StoredText.forget()

    with statements() as for_readers:
        reading.of(post_id, by=None)
    with statements() as for_editors:
        reading.of(post_id, by=author, revision=0)

    assert (len(for_readers), len(for_editors)) == (1, 3)
