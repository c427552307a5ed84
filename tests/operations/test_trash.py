"""Into the trash and out again, with the whole history."""

import pytest
import sqlalchemy as sa

from webapp.database import db
from webapp.errors import Missing, NotAllowed
from webapp.history import desk, reading
from webapp.models import Event, Post, Trashing
from webapp.operations import erase, publication, trash


def stays(post: Post) -> list[tuple[int, bool, int | None]]:
    rows = db.session.scalars(sa.select(Trashing).where(Trashing.post_id == post.id).order_by(Trashing.id))
    return [(row.by_id, row.ended_at is not None, row.ended_by_id) for row in rows]


def listed(by) -> list[int]:
    return [card.id for card in desk.posts(by=by).cards]


def test_a_post_comes_back_as_it_was(write, cast):
    post = write("one", "two", tags="a")
    publication.publish(post, revision=0, by=cast.author)
    before = [(row.revision, row.title, row.body, row.digest) for row in post.versions]

    trash.delete(post, by=cast.author)
    trash.undelete(post, by=cast.editor)

    assert [(row.revision, row.title, row.body, row.digest) for row in post.versions] == before
    assert stays(post) == [(cast.author.id, True, cast.editor.id)]
    assert reading.of(post.id, by=None).revision == 0
    assert listed(cast.author) == listed(None) == [post.id]


def test_nobody_sees_it_outside_of_the_trash(write, cast):
    post, other = write("one"), write("two")
    for each in (post, other):
        publication.publish(each, revision=0, by=cast.author)

    trash.delete(post, by=cast.author)

    for by in (None, cast.reader, cast.author, cast.editor, cast.admin):
        assert listed(by) == [other.id]
        with pytest.raises(Missing):
            reading.of(post.id, by=by)


def test_deleting_twice_is_one_stay(write, cast):
    post = write("one")

    trash.delete(post, by=cast.author)
    trash.delete(post, by=cast.editor)

    assert stays(post) == [(cast.author.id, False, None)]


def test_taking_back_what_is_not_in_the_trash_changes_nothing(write, cast):
    post = write("one")

    trash.undelete(post, by=cast.author)

    assert stays(post) == []
    assert db.session.scalars(sa.select(Event.verb)).all() == ["save"]


def test_every_stay_is_kept(write, cast):
    post = write("one")
    for _ in range(2):
        trash.delete(post, by=cast.author)
        trash.undelete(post, by=cast.author)

    assert stays(post) == [(cast.author.id, True, cast.author.id)] * 2
    assert db.session.scalars(sa.select(Event.verb).order_by(Event.id)).all() == ["save"] + ["delete", "undelete"] * 2


@pytest.mark.only("sqlite", "who may what is decided in Python")
@pytest.mark.parametrize("who", ["reader", "other"])
def test_who_may_not_edit_may_not_delete_or_take_back(write, cast, who):
    post = write("one")
    with pytest.raises(NotAllowed):
        trash.delete(post, by=getattr(cast, who))
    assert stays(post) == []

    trash.delete(post, by=cast.author)
    with pytest.raises(NotAllowed):
        trash.undelete(post, by=getattr(cast, who))
    assert stays(post) == [(cast.author.id, False, None)]


def test_what_was_deleted_for_good_does_not_come_back(write, cast):
    post = write("one")
    trash.delete(post, by=cast.author)
    erase.post_for_good(post, reason="asked for", by=cast.admin)

    with pytest.raises(Missing):
        trash.undelete(post, by=cast.admin)


def test_the_database_allows_one_stay_at_a_time(write, cast):
    post = write("one")
    trash.delete(post, by=cast.author)

    with pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
        connection.execute(sa.insert(Trashing).values(post_id=post.id, by_id=cast.author.id))
