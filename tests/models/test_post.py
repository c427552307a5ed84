"""The post: found, locked, numbered."""

import pytest
import sqlalchemy as sa

from webapp.database import db, transaction
from webapp.errors import Missing
from webapp.models import Post


def test_a_post_is_found_by_its_number(write):
    post = write("one")

    assert Post.get(post.id) is post
    with pytest.raises(Missing):
        Post.get(post.id + 1)


def test_a_post_comes_without_its_body_until_that_is_asked_for(write, statements):
    post_id = write("one").id
    db.session.remove()

    with statements() as said:
        post = Post.get(post_id)
    assert "body" not in sa.inspect(post).dict
    assert "post.body" not in said[0]
    assert post.body == "one"


def test_a_locked_post_is_as_it_stands_now_body_included(write):
    post = write("one")
    assert post.title == "A post"
    with transaction():
        with db.session.no_autoflush:
            locked = Post.lock(post.id)
        assert locked is post
        assert sa.inspect(locked).dict["body"] == "one"


def test_a_post_that_is_not_there_cannot_be_locked(app):
    with transaction(), pytest.raises(Missing):
        Post.lock(1)


@pytest.mark.only("postgresql", "SQLite has one writer at a time")
def test_a_lock_keeps_others_from_writing(write):
    post = write("one")
    with transaction():
        Post.lock(post.id)
        waiting = sa.select(Post.id).with_for_update(nowait=True)

        with pytest.raises(sa.exc.OperationalError, match="could not obtain lock"), db.engine.begin() as connection:
            connection.execute(waiting)


def test_numbers_are_given_out_once(write):
    first = write("one").id
    with transaction() as session:
        assert Post.next_id(session()) == first + 1
    with transaction() as session:
        session.execute(sa.text("UPDATE sqlite_sequence SET seq = 41 WHERE name = 'post'")) if (
            db.engine.dialect.name == "sqlite"
        ) else session.execute(sa.text("SELECT setval(pg_get_serial_sequence('post', 'id'), 41)"))

    assert write("two").id == 42
    assert write("three").id == 43


def test_tags_are_a_tuple(write):
    assert write("one", tags="b, a").tag_list == ("b", "a")
    assert write("one").tag_list == ()
