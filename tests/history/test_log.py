"""All digests in one line, whose beginning never changes."""

import pytest

from webapp.database import db
from webapp.history import log
from webapp.models import Post
from webapp.operations import erase, trash


def digests_of(post: Post) -> list[bytes]:
    return [row.digest for row in post.versions]


def test_an_empty_desk_has_none(app):
    assert (list(log.digests()), log.last_transaction()) == ([], 0)


def test_they_come_in_the_order_in_which_they_were_saved(write):
    first, second = write("a", "b"), write("c")
    write("d", post=first)

    a, b, d = digests_of(first)
    assert list(log.digests()) == [a, b, *digests_of(second), d]


def test_their_beginning_stays_whatever_comes_after(write, cast):
    post = write("a", "b", "c")
    before, until = list(log.digests()), log.last_transaction()

    erase.revisions(post, [1], reason="asked for", by=cast.admin)
    write("d", post=post)
    trash.delete(post, by=cast.author)
    erase.post_for_good(post, reason="asked for", by=cast.admin)

    assert len(list(log.digests())) == 4
    assert list(log.digests(until=until)) == before
    assert list(log.digests(limit=3)) == before
    assert list(log.digests(limit=0)) == []


def test_they_are_read_by_one_statement(write, statements):
    post = write("a", "b", "c", "d", "e")
    expected = digests_of(post)
    db.session.rollback()

    with statements() as said:
        found = list(log.digests())

    assert (found, len(said)) == (expected, 1)


@pytest.mark.only("sqlite", "no text is asked for")
def test_reading_them_touches_no_text(write, statements):
    write("a")

    with statements() as said:
        list(log.digests())

    assert "text" not in " ".join(said)
