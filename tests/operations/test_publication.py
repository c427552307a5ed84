"""What readers see is chosen, witnessed, and never changed by saving."""

import pytest
import sqlalchemy as sa

from webapp.database import db
from webapp.errors import Gone, Missing, NotAllowed
from webapp.models import Event, Post, Publication, Published
from webapp.operations import erase, publication, trash


def witnesses(post: Post) -> list[tuple[int | None, int | None]]:
    query = sa.select(Publication.revision, Publication.by_id).where(Publication.post_id == post.id)
    return [tuple(row) for row in db.session.execute(query.order_by(Publication.id))]


def live(post: Post) -> tuple[int, str, str, str] | None:
    row = db.session.get(Published, post.id)
    return row and (row.revision, row.title, row.tags, row.body)


def verbs(post: Post) -> list[tuple[str, int | None]]:
    query = sa.select(Event.verb, Event.revision).where(Event.post_id == post.id, Event.verb != "save")
    return [tuple(row) for row in db.session.execute(query.order_by(Event.id))]


def test_publishing_shows_readers_that_revision(write, cast):
    post = write("one", title="First", tags="a, b")
    write("two", title="Second", post=post)

    assert publication.publish(post, revision=0, by=cast.author) == 0

    assert live(post) == (0, "First", "a, b", "one")
    assert witnesses(post) == [(0, cast.author.id)]
    assert verbs(post) == [("publish", 0)]


def test_minus_one_publishes_the_latest(write, cast):
    post = write("one", "two")

    assert publication.publish(post, revision=-1, by=cast.editor) == 1
    assert live(post) == (1, "A post", "", "two")


def test_publishing_another_revision_takes_the_place_of_the_first(write, cast):
    post = write("one", "two")
    publication.publish(post, revision=1, by=cast.author)
    publication.publish(post, revision=0, by=cast.editor)

    assert live(post) == (0, "A post", "", "one")
    assert witnesses(post) == [(1, cast.author.id), (0, cast.editor.id)]


def test_publishing_what_is_published_changes_nothing(write, cast):
    post = write("one")
    publication.publish(post, revision=0, by=cast.author)
    at = db.session.get(Published, post.id).at

    assert publication.publish(post, revision=0, by=cast.author) == 0

    assert witnesses(post) == [(0, cast.author.id)]
    assert db.session.get(Published, post.id).at == at


def test_taking_back_shows_readers_nothing_and_is_witnessed(write, cast):
    post = write("one")
    publication.publish(post, revision=0, by=cast.author)

    publication.unpublish(post, by=cast.editor)
    publication.unpublish(post, by=cast.editor)

    assert live(post) is None
    assert witnesses(post) == [(0, cast.author.id), (None, cast.editor.id)]
    assert verbs(post) == [("publish", 0), ("unpublish", 0)]


def test_publishing_again_after_taking_back_works(write, cast):
    post = write("one")
    publication.publish(post, revision=0, by=cast.author)
    publication.unpublish(post, by=cast.author)
    publication.publish(post, revision=0, by=cast.author)

    assert live(post) == (0, "A post", "", "one")
    assert [revision for revision, _ in witnesses(post)] == [0, None, 0]


def test_publishing_makes_no_revision_and_saving_does_not_publish(write, cast):
    post = write("one")
    publication.publish(post, revision=0, by=cast.author)
    assert len(post.versions) == 1

    write("two", post=post)

    assert live(post) == (0, "A post", "", "one")


@pytest.mark.parametrize("number", [1, -2])
def test_a_revision_that_is_not_there_cannot_be_published(write, cast, number):
    post = write("one")

    with pytest.raises(Missing):
        publication.publish(post, revision=number, by=cast.author)

    assert (live(post), witnesses(post)) == (None, [])


def test_an_erased_text_cannot_be_published(write, cast):
    post = write("one", "two")
    erase.revisions(post, [0], reason="asked for", by=cast.admin)

    with pytest.raises(Gone):
        publication.publish(post, revision=0, by=cast.author)


def test_a_post_in_the_trash_cannot_be_published(write, cast):
    post = write("one")
    trash.delete(post, by=cast.author)

    with pytest.raises(Missing):
        publication.publish(post, revision=0, by=cast.author)

    assert live(post) is None


@pytest.mark.only("sqlite", "who may what is decided in Python")
@pytest.mark.parametrize("who", ["reader", "other"])
def test_who_may_not_edit_may_not_publish_or_take_back(write, cast, who):
    post = write("one", "two")
    publication.publish(post, revision=0, by=cast.author)

    with pytest.raises(NotAllowed):
        publication.publish(post, revision=1, by=getattr(cast, who))
    with pytest.raises(NotAllowed):
        publication.unpublish(post, by=getattr(cast, who))

    assert live(post) == (0, "A post", "", "one")
