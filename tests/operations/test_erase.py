"""Taking a post out for good: nothing of it stays, and everything else does."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.operations.canary import CANARY, canary_post, texts_of, traces
from webapp.database import db
from webapp.errors import Gone, Invalid, Missing, NotAllowed
from webapp.history import preview, verify
from webapp.models import Erasure, Event
from webapp.operations import erase, trash


def test_no_trace_of_a_post_deleted_for_good_is_left(app, write, cast):
    other = write("kept", "kept too")
    post = canary_post(cast)
    assert len(traces(CANARY)) > 60

    erase.post_for_good(post, reason="the author asked", by=cast.admin)

    assert traces(CANARY) == []
    assert verify.everything() == verify.Report(posts=2, revisions=22, first_bad=None)
    assert texts_of(post) == [None] * 20
    assert texts_of(other) == ["kept", "kept too"]


@pytest.mark.only("sqlite", "PostgreSQL's files are its own; it reuses the space when it vacuums")
def test_no_trace_is_left_in_the_file_either(app, write, cast):
    write("kept")
    post = canary_post(cast)
    erase.post_for_good(post, reason="the author asked", by=cast.admin)
    db.session.remove()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    file = Path(db.engine.url.database)
    kept = {path.name: path.read_bytes() for path in file.parent.glob("stet.sqlite3*")}

    assert {name: CANARY.encode() in content for name, content in kept.items()} == dict.fromkeys(kept, False)
    assert b"kept" in kept["stet.sqlite3"]


def test_people_numbers_and_times_stay(cast):
    post = canary_post(cast)
    names = ("revision", "kind", "editor_id", "saved_at", "words_added", "commitment", "digest")
    before = [[getattr(row, name) for name in names] for row in post.versions]

    erase.post_for_good(post, reason="the author asked", by=cast.admin)

    assert [[getattr(row, name) for name in names] for row in post.versions] == before
    assert (post.revision, post.digest) == (19, before[-1][-1])


def test_every_erased_revision_says_who_when_and_why(write, cast):
    post = write("one", "two")
    trash.delete(post, by=cast.author)
    erase.post_for_good(post, reason="  the author\n asked ", by=cast.admin)

    rows = db.session.scalars(sa.select(Erasure).order_by(Erasure.revision)).all()
    assert [(row.post_id, row.revision, row.by_id, row.reason, row.retention) for row in rows] == [
        (post.id, 0, cast.admin.id, "the author asked", False),
        (post.id, 1, cast.admin.id, "the author asked", False),
    ]
    with pytest.raises(Gone) as gone:
        preview.at(post, 0)
    assert (gone.value.by, gone.value.reason, gone.value.at) == ("Ada Admin", "the author asked", rows[0].at)
    events = db.session.execute(sa.select(Event.verb, Event.by_id, Event.detail).order_by(Event.id.desc())).first()
    assert tuple(events) == ("erase post", cast.admin.id, "the author asked")


def test_only_what_is_in_the_trash_is_deleted_for_good(write, cast):
    post = write("one")

    with pytest.raises(Missing):
        erase.post_for_good(post, reason="why not", by=cast.admin)

    assert texts_of(post) == ["one"]


def test_a_post_is_deleted_for_good_once(write, cast):
    post = write("one")
    trash.delete(post, by=cast.author)
    erase.post_for_good(post, reason="first", by=cast.admin)

    with pytest.raises(Missing):
        erase.post_for_good(post, reason="second", by=cast.admin)

    assert db.session.scalars(sa.select(Erasure.reason)).all() == ["first"]


@pytest.mark.only("sqlite", "who may what is decided in Python")
@pytest.mark.parametrize("who", ["reader", "author", "other", "editor"])
def test_only_an_administrator_erases(write, cast, who):
    post = write("one", "two")
    with pytest.raises(NotAllowed):
        erase.revisions(post, [0], reason="why not", by=getattr(cast, who))
    trash.delete(post, by=cast.author)
    with pytest.raises(NotAllowed):
        erase.post_for_good(post, reason="why not", by=getattr(cast, who))

    assert texts_of(post) == ["one", "two"]


@pytest.mark.only("sqlite", "decided in Python")
@pytest.mark.parametrize("reason", ["", "  \n ", "a\0b", "x" * 501])
def test_nothing_is_erased_without_a_reason_that_can_be_stored(write, cast, reason):
    post = write("one", "two")
    trash.delete(post, by=cast.author)

    for erasing in (
        lambda: erase.post_for_good(post, reason=reason, by=cast.admin),
        lambda: erase.revisions(post, [0], reason=reason, by=cast.admin),
    ):
        with pytest.raises(Invalid) as refused:
            erasing()
        assert list(refused.value.fields) == ["reason"]

    assert texts_of(post) == ["one", "two"]


def test_a_new_post_never_gets_the_number_of_one_deleted_for_good(write, cast):
    post = write("one", "two")
    trash.delete(post, by=cast.author)
    erase.post_for_good(post, reason="asked for", by=cast.admin)

    new = write("three")

    assert new.id == post.id + 1
    assert texts_of(new) == ["three"]
